//! What `check` says of a document: the JSON that is a contract, and the same for people. Reads, never changes or writes files.

mod json;
mod text;
mod typed;

use std::collections::HashSet;

use crate::insight::Insight;
use crate::notes::{Code, Note};

pub use json::json;
pub use text::text;

/// The notes of an import, then what the figures say; a thing both say is said once.
fn all_notes<'a>(imported: &'a [Note], insight: &'a Insight) -> Vec<&'a Note> {
    let said: HashSet<(Code, &str)> = imported.iter().map(|note| (note.code, &*note.place.address)).collect();
    let new = insight.notes.iter().filter(|note| !said.contains(&(note.code, &*note.place.address)));
    imported.iter().chain(new).collect()
}
