//! Files and folders: the own file format, whole-or-nothing saving, what is remembered between runs. Never shows anything itself.

mod atomic;
mod audit;
mod conflict_copies;
mod disk;
mod file;
mod file_lock;
mod fingerprint;
mod first_copy;
mod folder;
mod identity;
mod journal;
mod last_return;
mod log;
mod mappings;
mod owner;
mod paths;
mod private;
mod read;
mod recent;
mod recently_used;
mod records;
pub mod renderer;
mod session;
mod settings;
pub mod single;
mod system;
mod taking_place;
mod temp_file;
mod temp_files;
mod validate;
mod views;
mod weight;

pub use atomic::{Unwritten, WriteError, write, write_private, write_unless_changed};
pub use audit::{audit, audit_path};
pub use conflict_copies::{ConflictCopy, conflict_copies};
#[cfg(test)]
pub use disk::faults;
pub use file::{StoreError, VERSION, converted_from, decode, encode, encode_converted, looks_ours};
pub use file_lock::{FileLock, LockOwner};
pub use fingerprint::{Fingerprint, Found, compare};
pub use first_copy::keep_first_copy;
pub use folder::Folder;
pub use identity::{both, identity, new_identity};
pub use journal::{Journal, JournalError, Kept, Left, Taken, document_bytes};
pub use last_return::{Returned, RowMarks};
pub use log::{log_path, no_file_dialog, start_log};
pub use mappings::Mappings;
pub use owner::{Owner, owner};
pub use paths::{another_name, first_folder, is_read_only, shortened};
pub use read::{LARGEST, ReadError, read};
pub use recent::Recent;
pub use recently_used::RecentlyUsed;
pub use renderer::Renderer;
pub use session::{OpenText, Session};
pub use settings::{Appearance, FirstCopy, Settings, TextSize, WindowPlace, Zoom};
pub use system::high_contrast;
pub use temp_file::TempFile;
pub use temp_files::{note_folder, sweep_at_start};
pub use views::{ColumnKey, Filter, Frozen, TableView, Views};

/// The ending of the own file format.
pub const ENDING: &str = "plandesk";
