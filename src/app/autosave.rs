//! Keeping unsaved work: soon after each change it is added to a journal beside the program, and offered again after a fault.

pub(super) mod journal_writer;
pub(super) mod replay;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
};

use self::{
    journal_writer::{JournalWriter, Message, Pace, Shared},
    replay::Entry,
};
use super::command::Cursor;
use crate::{
    notes::Note,
    store::{Folder, Journal, Left, OpenText},
};

/// Where unsaved work is kept, and what is there.
#[derive(Debug, Default)]
pub struct Autosave {
    pub(super) journal: Option<Arc<Journal>>,
    /// The work that a window which ended has left here, until its user says what becomes of it.
    pub left: Option<Left>,
    /// What cannot be read of the work of such windows, and was put out of the way.
    pub(super) aside: Vec<PathBuf>,
    pub(super) keeper: Option<JournalWriter>,
    pub(super) pace: Pace,
    pub(super) shared: Arc<Shared>,
    /// How many messages were sent.
    pub(super) sent: u64,
    /// The number of the last snapshot that was sent, and the first that was of this document.
    pub(super) number: u64,
    pub(super) first: u64,
    /// Notes that came with a step and are not kept yet.
    pub(super) notes: Vec<Entry>,
    /// The document whose changes are kept, by its number.
    pub(super) of: Option<u64>,
    /// What was told last.
    pub(super) told: Option<Key>,
}

/// What is being typed.
#[derive(Debug, Default)]
pub struct Typed {
    /// What stands in no cell yet, and how often that changed.
    pub(super) texts: Vec<OpenText>,
    pub(super) revision: u64,
    /// Editors to be opened again, with what was typed in them.
    pub(super) again: Vec<OpenText>,
}

impl Typed {
    /// Takes the editors that are to be opened again.
    pub fn take_again(&mut self) -> Vec<OpenText> {
        std::mem::take(&mut self.again)
    }
}

/// By what it is seen that there is something to tell.
pub(super) type Key = (u64, (bool, bool), u64, Option<Cursor>);

impl Autosave {
    /// Takes a place in the folder. Nothing is kept where there is none.
    pub(super) fn new(folder: &Folder) -> Self {
        let Some(taken) = Journal::take(folder) else { return Self::default() };
        Self { aside: taken.aside, ..Self::at(taken.journal, taken.left) }
    }

    pub(super) fn at(journal: Journal, left: Option<Left>) -> Self {
        Self { journal: Some(Arc::new(journal)), left, ..Self::default() }
    }

    pub(super) fn tell(&mut self, message: Message, wake: &super::jobs::Wake) {
        let Some(journal) = &self.journal else { return };
        let start = || JournalWriter::start(journal.clone(), self.shared.clone(), wake.clone(), self.pace);
        self.keeper.get_or_insert_with(start).tell(message);
    }

    /// Whether the journal has begun with this document, so that what happens is added to it.
    pub(super) fn has_snapshot(&self) -> bool {
        let begun = self.shared.begun.load(Ordering::SeqCst);
        begun != 0 && begun >= self.first
    }

    /// Whether what is unsaved would be lost with this window.
    pub(super) fn has_failed(&self) -> bool {
        self.shared.failed.load(Ordering::SeqCst)
    }

    pub(super) fn stop(&mut self) {
        self.keeper = None;
        self.shared = Arc::default();
    }

    /// Puts off the question about what was left, for another start.
    pub(super) fn leave(&mut self) {
        self.stop();
        self.left = None;
        let journal = self.journal.take().and_then(Arc::into_inner).and_then(Journal::leave);
        self.journal = journal.map(Arc::new);
    }

    /// Keeps notes that came with a step.
    pub(super) fn add_notes(&mut self, from: usize, notes: &Arc<Vec<Note>>) {
        self.notes.push(Entry::Notes(from, notes.clone()));
    }

    /// The journal, where pages that are printed are noted too.
    pub(super) fn journal(&self) -> Option<Arc<Journal>> {
        self.journal.clone()
    }
}
