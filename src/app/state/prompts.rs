//! What is asked and said: questions, faults, what stands over the window, and what goes on once a question is answered. Does none of it.

use std::path::PathBuf;

use crate::app::{below::Below, command::Command, file_extension::OtherKind, leaving::Leaving, numbering::Scope, own_file::Conflict};

/// A question only the window can put.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Which files to open.
    FilesToOpen,
    /// Which workbooks to add tables from.
    FilesToAdd,
    /// Where to save, with a file name to begin with.
    WhereToSave(String),
    /// What is to be written, as `State::leaving` says.
    ToWrite,
    /// Whether a file is replaced, and what it is.
    Replace(PathBuf, &'static str),
    /// Where the return goes, with a file name to begin with.
    WhereToExport(String),
    /// Where a chart's picture goes, with a file name to begin with.
    WhereToSavePicture(String),
    /// The date that ends are judged at.
    AsOf,
    /// What becomes of unsaved work before going on.
    UnsavedWork,
    /// What becomes of the work that a window which ended unasked has left.
    KeptWork,
    /// What becomes of an import that is not accepted before going on.
    UnacceptedImport,
    /// The lead of every selected row.
    Lead,
    /// By how many months the dates of every selected row move.
    Months,
    /// What becomes of the rows below the headings of approaches that are to be deleted.
    RowsBelow(Box<Below>),
    /// What is written, as the chosen name is one of another kind of file.
    OtherKind(Box<OtherKind>),
    /// What becomes of a document whose file is not what was opened, as `State::conflict` says.
    Conflict,
    /// Whether the file takes the place of what is open.
    TakeTheirs,
}

/// What stands over the window to be read or chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Commands to choose from.
    Palette,
    /// Keys to read.
    Shortcuts,
    /// What this program is, and what draws it.
    About,
}

/// What is asked and said.
#[derive(Debug, Default)]
pub struct Prompts {
    pub ask: Option<Ask>,
    /// The list that stands over the window.
    pub help: Option<Help>,
    /// What was done last, for the status bar.
    pub said: String,
    /// What went wrong, until it is closed.
    pub failed: Option<String>,
    /// What may be done instead of what failed.
    pub instead: Option<Command>,
    /// Who had a workbook open while it was read, with the files that were opened.
    pub held: Option<(String, Vec<PathBuf>)>,
    /// What to go on with once unsaved work is dealt with.
    pub(in crate::app) pending: Option<Command>,
    /// What the document's file turned out to be when it was to be saved.
    pub conflict: Option<Conflict>,
    /// What is about to be written or printed.
    pub leaving: Option<Leaving>,
    /// The picture that waits for a place.
    pub(in crate::app) picture: Vec<u8>,
    /// The renumbering that the last move or delete calls for, until it is made or refused.
    pub renumber_offered: Option<Scope>,
}

impl Prompts {
    /// The window has put the question.
    pub fn mark_asked(&mut self) {
        self.ask = None;
    }

    /// Stays with what is open, or under review, instead of what was asked about.
    pub(in crate::app) fn stay(&mut self) {
        (self.ask, self.pending, self.conflict) = (None, None, None);
    }

    /// Closes what went wrong, and goes on with nothing.
    pub(in crate::app) fn dismiss(&mut self) {
        (self.failed, self.instead, self.pending) = (None, None, None);
    }
}
