//! What is known of the frozen returns beside the workbooks that are open, and reading them as these are opened. Writes none.

use std::path::PathBuf;

use super::open::{Opened, shown};
use crate::{
    model::{Document, FrozenReturn},
    notes::{Code, Note, Place, Severity},
    store::{self, Folder},
};

/// The frozen returns as they were kept beside the workbooks last.
#[derive(Debug, Default)]
pub(crate) struct KeptBeside {
    pub(super) workbooks: Vec<PathBuf>,
    pub(super) returns: Vec<FrozenReturn>,
}

impl KeptBeside {
    /// What was read with some workbooks.
    pub(super) fn read(workbooks: Vec<PathBuf>, document: &Document) -> Self {
        let returns = if workbooks.is_empty() { Vec::new() } else { document.frozen.clone() };
        Self { workbooks, returns }
    }

    /// Whether it is what a document holds: told by what a return is called and when it was frozen.
    pub(super) fn is_of(&self, workbooks: &[PathBuf], frozen: &[FrozenReturn]) -> bool {
        let same = |one: &FrozenReturn, other: &FrozenReturn| {
            (&one.name, one.as_at, one.frozen_on, &one.sha256) == (&other.name, other.as_at, other.frozen_on, &other.sha256)
        };
        let alike = self.returns.len() == frozen.len() && self.returns.iter().zip(frozen).all(|(one, other)| same(one, other));
        // Where tables of another workbook were added, what is kept beside the first is enough until another return is frozen.
        alike && (frozen.is_empty() || self.workbooks.iter().all(|held| workbooks.contains(held)) && !self.workbooks.is_empty())
    }
}

/// Reads the frozen returns that are kept beside the workbooks that were opened, or in the program's folder.
pub(super) fn recall(opened: &mut Opened, folder: &Folder) {
    if opened.files.is_empty() || opened.fingerprint.is_some() {
        return;
    }
    let workbooks: Vec<PathBuf> = opened.files.iter().map(|(path, _)| path.clone()).collect();
    let read = store::read_beside(&workbooks, folder);
    opened.document.frozen = read.returns;
    if let Some((path, why)) = read.refused {
        let message = format!("The frozen returns of this workbook are in {}, which was left alone: {why}.", shown(&path));
        let hint = "Until then, returns are frozen in plandesk's own folder on this computer.";
        opened.notes.insert(0, Note::new(Severity::Warning, Code::ReturnsUnread, Place::address(shown(&path)), message, hint));
    }
}
