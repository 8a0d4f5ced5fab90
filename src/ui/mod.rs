//! The window: draws a document and sends commands. Holds no plan of its own and changes none.

mod access_keys;
mod cell_marks;
mod clipboard;
pub mod dialogs;
mod drawing;
mod entries;
mod find_bar;
mod focus;
pub mod grid;
pub mod icon;
mod import;
mod message_box;
mod panels;
#[cfg(test)]
mod pictures;
mod placement;
pub mod plot;
mod queue;
mod raster;
mod shortcuts;
mod software;
mod start;
pub mod theme;
mod type_ahead;
mod window;

pub use dialogs::files::Files;
pub use message_box::tell;
pub use start::{Ended, Wishes, run};
pub use window::Window;
