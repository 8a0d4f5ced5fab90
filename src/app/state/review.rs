//! The workbooks that are not in the document yet: the one under review and those after it. Changes no document.

use std::path::PathBuf;

use crate::app::import::Import;

/// What is under review.
#[derive(Debug, Default)]
pub struct Review {
    /// The workbook under review.
    pub(in crate::app) import: Option<Box<Import>>,
    /// The workbooks to be reviewed after it.
    pub(in crate::app) to_add: Vec<PathBuf>,
    /// True while a table from the clipboard is waited for.
    pub(in crate::app) wants_paste: bool,
}

impl Review {
    /// The workbook under review.
    #[must_use]
    pub fn import(&self) -> Option<&Import> {
        self.import.as_deref()
    }

    /// The workbooks to be reviewed after it.
    #[must_use]
    pub fn to_add(&self) -> &[PathBuf] {
        &self.to_add
    }

    /// Whether a table from the clipboard is waited for.
    #[must_use]
    pub fn wants_paste(&self) -> bool {
        self.wants_paste
    }

    /// Whether something under review would be lost: its corrections, or tables that are not in the document yet.
    #[must_use]
    pub fn is_unaccepted(&self) -> bool {
        self.import.as_ref().is_some_and(|import| import.is_corrected() || import.replaces.is_empty())
    }

    /// What was waited for came, or comes no more.
    pub fn stop_waiting_for_paste(&mut self) {
        self.wants_paste = false;
    }

    /// Leaves what is under review, and what was to follow it.
    pub(in crate::app) fn leave(&mut self) {
        self.import = None;
        self.to_add.clear();
    }
}
