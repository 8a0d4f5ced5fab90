//! Edits as data. `apply` alone changes a loaded document, and returns the inverse; `history` keeps the steps.

mod apply;
mod change;
mod history;
mod trace;

pub use apply::apply;
pub use change::{Change, FieldPlace};
pub use history::{Event, History, Step};
pub use trace::{Trace, Traced, trace};
