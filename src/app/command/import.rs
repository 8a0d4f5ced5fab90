//! The actions of an import, each with what it has to say of itself.

use std::path::PathBuf;

use super::{
    about::{About, Need, about},
    keys::ctrl,
};
use crate::app::import::{Correct, ReviewPlace, Source};

/// One action of an import under review, or one that begins it.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportCommand {
    /// Reads the workbook again and shows how.
    Review,
    /// The same of another of the workbooks that the document was read from.
    ReviewWorkbook(Source),
    AddFromWorkbook,
    AddFiles(Vec<PathBuf>),
    /// Reviews a pasted text as a table; an empty one asks the clipboard for it.
    PasteTable(String),
    LookAt(ReviewPlace),
    /// Corrects a table under review, by position.
    Correct(usize, Correct),
    /// Reads the cells that are selected in the sheet under review as a table.
    ReadAsTable,
    /// The name the corrections are remembered under.
    Remember(Option<String>),
    /// Forgets the mapping the workbook under review was read by.
    ForgetMapping,
    Accept,
    Cancel,
    /// Goes on with what was asked about, leaving the import under review behind.
    Discard,
    /// Stays with the import under review.
    KeepReviewing,
}

impl ImportCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Review => about("Review import…")
                .tooltip("See how the workbook was read, and correct it")
                .keys(ctrl("I"))
                .letter('I')
                .needs(&[Need::AnyTable]),
            Self::ReviewWorkbook(_) => about("Review import…"),
            Self::AddFromWorkbook => {
                about("Add tables from a workbook…").tooltip("Add the tables of another workbook to this document").letter('T')
            }
            Self::AddFiles(_) => about("Add tables from a workbook…"),
            Self::PasteTable(_) => {
                about("Paste as a table…").tooltip("Read what was copied from a sheet, a document or a page as a table").letter('B')
            }
            Self::LookAt(_) => about("Look at a table"),
            Self::Correct(_, Correct::LeaveOut(true)) => about("Leave this table out").tooltip("Its cells are then kept in notes"),
            Self::Correct(_, Correct::LeaveOut(false)) => about("Take this table in again"),
            Self::Correct(_, Correct::Reset) => about("Undo its corrections").tooltip("Read it as the program would"),
            Self::Correct(_, Correct::Remove) => about("Remove this table").tooltip("Its cells are then kept in notes"),
            Self::Correct(..) => about("Correct the table"),
            Self::ReadAsTable => {
                about("Read as a table").tooltip("Read the selected cells as a table, the first of their rows as its headings")
            }
            Self::Remember(_) => about("Remember these corrections as"),
            Self::ForgetMapping => about("Forget this mapping").tooltip("Read it by the program's own judgement, now and from now on"),
            Self::Accept => about("Accept import"),
            Self::Cancel => about("Cancel import").tooltip("Leave the document as it was"),
            Self::Discard => about("Discard"),
            Self::KeepReviewing => about("Keep reviewing"),
        }
    }
}
