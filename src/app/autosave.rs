//! Keeping unsaved work: soon after each change it is added to a journal beside the program, and offered again after a fault.

pub(super) mod journal_writer;
pub(super) mod replay;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use self::{
    journal_writer::{JournalWriter, Message, Pace, Shared},
    replay::Entry,
};
use super::command::Cursor;
use crate::{
    notes::Note,
    store::{self, Folder, Journal, Left, OpenText},
};

/// Where unsaved work is kept, and what is there.
#[derive(Debug, Default)]
pub(crate) struct Autosave {
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
    pub(super) session: Option<Key>,
}

/// What is being typed.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    /// What stands in no cell yet, and how often that changed.
    pub(super) texts: Vec<OpenText>,
    pub(super) revision: u64,
    /// Editors to be opened again, with what was typed in them.
    pub(super) again: Vec<OpenText>,
}

impl Typed {
    /// Takes the editors that are to be opened again.
    pub(crate) fn take_again(&mut self) -> Vec<OpenText> {
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

    /// Sets how soon work is kept.
    pub(super) fn set_pace(&mut self, rest: Duration, longest: Duration) {
        self.pace = Pace { rest, longest };
    }

    /// Whether all that was done is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.shared.written.load(Ordering::SeqCst) == self.sent
    }

    /// Forgets what was kept: its user closes the window and has saved or discarded it.
    pub(super) fn close(&mut self) {
        self.stop();
        if let Some(journal) = self.journal.take().filter(|_| self.left.is_none()) {
            journal.remove();
        }
    }

    /// What is offered, in words.
    pub(super) fn left_words(&self) -> String {
        let Some(Left { session, torn }) = &self.left else { return String::new() };
        let today = session.at.date() == jiff::Zoned::now().date();
        let when = session.at.strftime(if today { "%H:%M" } else { "%H:%M on %-d %B %Y" });
        let mut words = format!("plandesk closed unexpectedly. Your unsaved changes to “{}” of {when} are here.", session.name);
        if *torn {
            words.push_str(" Some of what was kept is damaged and cannot be read: the last changes may be missing. A copy of it is kept.");
        }
        if !self.aside.is_empty() {
            words.push(' ');
            words.push_str(&self.aside_words());
        }
        words
    }

    /// Where work is that cannot be read, in words.
    pub(super) fn aside_words(&self) -> String {
        let all: Vec<String> = self.aside.iter().map(|path| store::shortened(path)).collect();
        format!("Unsaved work that an earlier window left cannot be read. It is kept as it is: {}", all.join(", "))
    }

    /// The journal, where pages that are printed are noted too.
    pub(super) fn journal(&self) -> Option<Arc<Journal>> {
        self.journal.clone()
    }
}
