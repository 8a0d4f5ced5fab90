//! Files and folders: the own file format, whole-or-nothing saving, what is remembered between runs. Never shows anything itself.

mod atomic;
mod file;
mod folder;
mod identity;
mod journal;
mod log;
mod mappings;
mod owner;
mod passing;
mod paths;
mod private;
mod read;
mod recent;
mod recently_used;
pub mod renderer;
mod returned;
mod settings;
pub mod single;
mod sound;
mod system;
mod views;
mod weight;

pub use atomic::{WriteError, write, write_private};
pub use file::{StoreError, VERSION, converted_from, decode, encode, encode_converted, looks_ours};
pub use folder::Folder;
pub use identity::{both, identity, new_identity, number_of};
pub use journal::{Journal, JournalError, Told, bytes_of};
pub use log::{log_path, no_file_dialog, start_log};
pub use mappings::Mappings;
pub use owner::{Owner, owner};
pub use passing::Passing;
pub use paths::{another_name, first_folder, is_read_only, shortened};
pub use read::{LARGEST, ReadError, read};
pub use recent::Recent;
pub use recently_used::RecentlyUsed;
pub use renderer::Renderer;
pub use returned::{Returned, RowMarks};
pub use settings::{Appearance, Settings, TextSize, WindowPlace, Zoom};
pub use system::high_contrast;
pub use views::{ColumnKey, Filter, Frozen, TableView, Views};

/// The ending of the own file format.
pub const ENDING: &str = "plandesk";
