//! The window: draws a document and sends commands. Holds no plan of its own and changes none.

mod clipboard;
pub mod dialogs;
mod drawing;
mod entries;
mod find_bar;
mod focus;
mod gathered;
pub mod grid;
pub mod icon;
mod import;
mod letter_list;
mod letters;
mod panels;
mod placement;
pub mod plot;
mod queue;
mod shortcuts;
mod start;
mod telling;
pub mod theme;
mod window;

pub use dialogs::files::Files;
pub use start::{Ended, Wishes, run};
pub use telling::tell;
pub use window::Window;
