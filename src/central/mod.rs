//! A central body's form filled from a plan: what it asks for, what of the plan fills it, and how its rules and checks stand then. Touches no file.

mod checks;
mod convert;
mod figure;
mod file_name;
mod fill;
mod labels;
mod limits;
mod mapping;
mod open_cells;
mod propose;
mod rules;
mod template;
mod wishes;

pub(crate) use checks::Verdict;
pub(crate) use figure::Plan;
pub(crate) use file_name::NamePattern;
pub(crate) use fill::{Explained, Filling, Unmet};
pub use mapping::{Count, Counted, Day, FormMapping, MappedCell, MappedRows, RowCell, Source};
pub(crate) use propose::{fitted, propose, rows_offered};
pub(crate) use template::Template;
pub(crate) use wishes::NotWritten;
