//! What is asked and said: questions, faults, what stands over the window, and what goes on once a question is answered. Does none of it.

use std::path::PathBuf;

use crate::{
    app::{
        below::Below,
        closing::Closing,
        command::Command,
        export::Format,
        file_extension::{OtherKind, PictureKind},
        fill_template::{FillReport, OpenForm},
        import::Source,
        leaving::Leaving,
        numbering::Scope,
        own_file::Conflict,
        passwords::NeedsPassword,
        receipt::Receipt,
    },
    model::{harmless, is_harmful},
    returns::{self, Template},
};

/// A question only the window can put.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Which files to open.
    FilesToOpen,
    /// Which workbooks to add tables from.
    FilesToAdd,
    /// Where to save, with a file name to begin with.
    WhereToSave(String),
    /// Where a copy of the workbook goes, or a plandesk file, with a file name to begin with.
    WhereToSaveCopy(String),
    /// What is to be written, as `State::leaving` says.
    ToWrite,
    /// Whether a file is replaced, and what it is.
    Replace(PathBuf, &'static str),
    /// Which older workbook the return is held against.
    OlderWorkbook,
    /// Where the return goes, with a file name to begin with.
    WhereToExport(String),
    /// What a period is called that is closed or recorded, as `Prompts::closing` says.
    Closing,
    /// Where the return that closes it goes, with a file name to begin with.
    WhereToClose(String),
    /// Whether a file gives way to that return, and what it is.
    ReplaceToClose(PathBuf, &'static str),
    /// The returns that were frozen.
    FrozenReturns,
    /// Which form to fill.
    FormToFill,
    /// What fills the form that is open, as `Prompts::form` says.
    Form,
    /// Where the filled form goes, with a file name to begin with.
    WhereToSaveForm(String),
    /// What became of a form that was filled.
    FormFilled(PathBuf, Box<FillReport>),
    /// Where a chart's picture goes, with a file name to begin with.
    WhereToSavePicture(PictureKind, String),
    /// The date that ends are judged at.
    AsOf,
    /// What becomes of unsaved work before going on.
    UnsavedWork,
    /// What becomes of the work that a window which ended unasked has left.
    KeptWork,
    /// What becomes of an import that is not accepted before going on.
    UnacceptedImport,
    /// What the words of the plan's statuses stand for.
    Statuses,
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
    /// What was written by the last save, and what was not, as `Prompts::receipts` says.
    Receipt,
    /// Whether a workbook is written whose digital signature no longer holds then.
    Signature(PathBuf),
    /// Whether a file without a password is written of a workbook that has one.
    InTheClear(PathBuf),
    /// The password of a workbook, and what goes on with it.
    Password(NeedsPassword, Retry),
}

/// What is tried again once the password of a workbook was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retry {
    Open(Vec<PathBuf>),
    Review(NewReview),
    Save,
    /// Filling it as a form.
    Form(PathBuf),
    /// Saving a copy of it in another file.
    SaveCopy(PathBuf),
    /// Reading it in the place of what is open.
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

/// What leads away from the document that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leave {
    NewPlan,
    OpenFiles(Vec<PathBuf>),
    OpenSample,
    Quit,
}

/// What begins a review of something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewReview {
    /// Of a workbook the document was read from.
    Again(Source),
    Files(Vec<PathBuf>),
    /// Of a table from the clipboard.
    Pasted(String),
}

/// What goes on once a question is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pending {
    Leave(Leave),
    Review(NewReview),
}

/// What is asked and said.
#[derive(Debug, Default)]
pub struct Prompts {
    pub(in crate::app) ask: Option<Ask>,
    /// The list that stands over the window.
    pub(in crate::app) help: Option<Help>,
    /// What was done last, for the status bar.
    pub(in crate::app) said: String,
    /// What went wrong, until it is closed.
    pub(in crate::app) failed: Option<String>,
    /// What may be done instead of what failed.
    pub(in crate::app) instead: Option<Command>,
    /// Who had a workbook open while it was read, with the files that were opened.
    pub(in crate::app) held: Option<(String, Vec<PathBuf>)>,
    /// What to go on with once unsaved work is dealt with.
    pub(in crate::app) pending: Option<Pending>,
    /// What the document's file turned out to be when it was to be saved.
    pub(in crate::app) conflict: Option<Conflict>,
    /// What the last save wrote into each workbook, and what it did not.
    pub(in crate::app) receipts: Vec<(PathBuf, Receipt)>,
    /// What was said of it.
    pub(in crate::app) receipt_said: String,
    /// What is about to be written or printed.
    pub(in crate::app) leaving: Option<Leaving>,
    /// The period that is about to be closed or recorded.
    pub(in crate::app) closing: Option<Box<Closing>>,
    /// The form that is being filled.
    pub(in crate::app) form: Option<OpenForm>,
    /// The picture that waits for a place.
    pub(in crate::app) picture: (PictureKind, Vec<u8>),
    /// The renumbering that the last move or delete calls for, until it is made or refused.
    pub(in crate::app) renumber_offered: Option<Scope>,
}

impl Prompts {
    /// The question that is put.
    #[must_use]
    pub fn ask(&self) -> Option<&Ask> {
        self.ask.as_ref()
    }

    /// The list that stands over the window.
    #[must_use]
    pub fn help(&self) -> Option<Help> {
        self.help
    }

    /// What was done last, for the status bar.
    #[must_use]
    pub fn said(&self) -> &str {
        &self.said
    }

    /// What went wrong, until it is closed.
    #[must_use]
    pub fn failed(&self) -> Option<&str> {
        self.failed.as_deref()
    }

    /// What may be done instead of what failed.
    #[must_use]
    pub fn instead(&self) -> Option<&Command> {
        self.instead.as_ref()
    }

    /// Who had a workbook open while it was read, with the files that were opened.
    #[must_use]
    pub fn held(&self) -> Option<&(String, Vec<PathBuf>)> {
        self.held.as_ref()
    }

    /// What the document's file turned out to be when it was to be saved.
    #[must_use]
    pub fn conflict(&self) -> Option<&Conflict> {
        self.conflict.as_ref()
    }

    /// What is about to be written or printed.
    #[must_use]
    pub fn leaving(&self) -> Option<&Leaving> {
        self.leaving.as_ref()
    }

    /// The period that is about to be closed or recorded.
    #[must_use]
    pub fn closing(&self) -> Option<&Closing> {
        self.closing.as_deref()
    }

    /// The form that is being filled.
    #[must_use]
    pub fn form(&self) -> Option<&OpenForm> {
        self.form.as_ref()
    }

    /// The renumbering that the last move or delete calls for, until it is made or refused.
    #[must_use]
    pub fn renumber_offered(&self) -> Option<Scope> {
        self.renumber_offered
    }

    /// The window has put the question.
    pub fn mark_asked(&mut self) {
        // A form stays open behind the question where it goes.
        self.ask = self.form.as_ref().filter(|_| matches!(self.ask, Some(Ask::WhereToSaveForm(_)))).map(|_| Ask::Form);
    }

    /// Says what was done.
    pub(in crate::app) fn say(&mut self, words: impl Into<String>) {
        self.said = words.into();
    }

    /// Says what went wrong.
    pub(in crate::app) fn fail(&mut self, words: impl Into<String>) {
        self.failed = Some(words.into());
    }

    /// Whether what was asked about is to hold what is hidden in the workbook.
    pub(in crate::app) fn with_hidden(&self) -> bool {
        self.leaving.as_ref().is_some_and(|leaving| leaving.with_hidden)
    }

    /// Which return what was asked about is to be.
    pub(in crate::app) fn template(&self) -> &'static Template {
        self.leaving.as_ref().map_or_else(returns::board, |leaving| leaving.template)
    }

    /// What it is to be written as.
    pub(in crate::app) fn format(&self) -> Format {
        self.leaving.as_ref().map_or_else(Format::default, |leaving| leaving.format)
    }

    /// Asks for another place than the one that was refused.
    pub(in crate::app) fn ask_elsewhere(&mut self, ask: Ask) {
        (self.failed, self.instead) = (None, None);
        self.ask = Some(ask);
    }

    /// Takes from what is said the signs that could mislead, as names of files, sheets and tables stand in it.
    pub(in crate::app) fn make_harmless(&mut self) {
        for words in self.failed.iter_mut().chain([&mut self.said]).filter(|words| words.contains(is_harmful)) {
            *words = harmless(words).into_owned();
        }
    }

    /// Lets go of what was asked of the document that was open before.
    pub(in crate::app) fn let_go(&mut self) {
        let of_document = matches!(
            self.ask,
            Some(
                Ask::ToWrite
                    | Ask::OlderWorkbook
                    | Ask::WhereToExport(_)
                    | Ask::Closing
                    | Ask::FrozenReturns
                    | Ask::Form
                    | Ask::WhereToClose(_)
                    | Ask::ReplaceToClose(..)
                    | Ask::FormFilled(..)
                    | Ask::WhereToSaveForm(_)
            )
        );
        if of_document {
            self.ask = None;
        }
        (self.leaving, self.closing, self.form) = (None, None, None);
    }

    /// Stays with what is open, or under review, instead of what was asked about.
    pub(in crate::app) fn stay(&mut self) {
        (self.ask, self.pending, self.conflict, self.closing) = (None, None, None, None);
        // A form stays open until it is closed itself.
        self.ask = self.form.as_ref().map(|_| Ask::Form);
    }

    /// Closes what went wrong, and goes on with nothing.
    pub(in crate::app) fn dismiss(&mut self) {
        (self.failed, self.instead, self.pending) = (None, None, None);
    }
}
