//! Keeping unsaved work: soon after each change it is added to a journal beside the program, and offered again after a fault.

mod journal_writer;
mod replay;

pub use self::replay::Replayed;

use std::{
    path::PathBuf,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use self::{
    journal_writer::{Batch, JournalWriter, Message, Pace, Shared, Snapshot},
    replay::{Entry, snapshot_records},
};
use super::{
    command::{Cursor, Pane, View},
    import::Source,
    open::Opened,
    state::{Ask, State},
};
use crate::{
    notes::Note,
    store::{self, Fingerprint, Folder, Journal, Left, OpenText, Told},
};

/// Where unsaved work is kept, and what is there.
#[derive(Debug, Default)]
pub struct Keeping {
    journal: Option<Arc<Journal>>,
    /// The work that a window which ended has left here, until its user says what becomes of it.
    pub left: Option<Left>,
    /// What cannot be read of the work of such windows, and was put out of the way.
    aside: Vec<PathBuf>,
    keeper: Option<JournalWriter>,
    pace: Pace,
    shared: Arc<Shared>,
    /// How many messages were sent.
    sent: u64,
    /// The number of the last snapshot that was sent, and the first that was of this document.
    number: u64,
    first: u64,
    /// Notes that came with a step and are not kept yet.
    notes: Vec<Entry>,
    /// The document whose changes are kept, by its number.
    of: Option<u64>,
    /// What was told last.
    told: Option<Key>,
}

/// What is being typed.
#[derive(Debug, Default)]
pub struct Typed {
    /// What stands in no cell yet, and how often that changed.
    pub(super) texts: Vec<OpenText>,
    revision: u64,
    /// Editors to be opened again, with what was typed in them.
    pub again: Vec<OpenText>,
}

/// By what it is seen that there is something to tell.
type Key = (u64, (bool, bool), u64, Option<Cursor>);

impl Keeping {
    /// Takes a place in the folder. Nothing is kept where there is none.
    pub(super) fn new(folder: &Folder) -> Self {
        let Some(taken) = Journal::take(folder) else { return Self::default() };
        Self { aside: taken.aside, ..Self::at(taken.journal, taken.left) }
    }

    fn at(journal: Journal, left: Option<Left>) -> Self {
        Self { journal: Some(Arc::new(journal)), left, ..Self::default() }
    }

    fn tell(&mut self, message: Message, wake: &super::jobs::Wake) {
        let Some(journal) = &self.journal else { return };
        let start = || JournalWriter::start(journal.clone(), self.shared.clone(), wake.clone(), self.pace);
        self.keeper.get_or_insert_with(start).tell(message);
    }

    /// Whether the journal has begun with this document, so that what happens is added to it.
    fn has_snapshot(&self) -> bool {
        let begun = self.shared.begun.load(Ordering::SeqCst);
        begun != 0 && begun >= self.first
    }

    /// Whether what is unsaved would be lost with this window.
    pub(super) fn has_failed(&self) -> bool {
        self.shared.failed.load(Ordering::SeqCst)
    }

    fn stop(&mut self) {
        self.keeper = None;
        self.shared = Arc::default();
    }

    /// Puts off the question about what was left, for another start.
    fn leave(&mut self) {
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

impl State {
    /// Tells the keeper of every change, and that nothing is unsaved any more.
    pub(super) fn keep_unsaved(&mut self) {
        if self.keeping.journal.is_none() || self.keeping.left.is_some() {
            return;
        }
        if self.keeping.of.replace(self.document_number) != Some(self.document_number) {
            self.keep_another();
        }
        let events = self.history.take_events();
        let unsaved = self.is_unsaved();
        let now = (self.revision, (unsaved, self.saving), self.typed.revision, self.cursor.filter(|_| unsaved));
        let wants_snapshot = self.keeping.shared.wants_snapshot.swap(false, Ordering::SeqCst) && unsaved;
        if self.keeping.told == Some(now) && events.is_empty() && !wants_snapshot {
            return;
        }
        let was_unsaved = self.keeping.told.replace(now).is_some_and(|(_, (unsaved, _), ..)| unsaved);
        let begun = self.keeping.has_snapshot();
        let notes = std::mem::take(&mut self.keeping.notes);
        if unsaved || begun {
            let snapshot = (!begun).then(|| self.snapshot());
            let entries = events.into_iter().map(Entry::Event).chain(notes).collect();
            self.keeping.sent += 1;
            // What is being saved is kept first, so that a journal is never behind its file; and that it is saved is kept at once, so that
            // no saved work is offered after a fault.
            let at_once = self.saving || (!unsaved && begun);
            let work = Batch { number: self.keeping.sent, told: self.told(), at_once, entries, snapshot };
            self.keeping.tell(Message::Keep(Box::new(work)), &self.wake);
        } else if was_unsaved {
            self.forget_kept();
        }
        if self.keeping.has_failed() && unsaved {
            self.said = "Unsaved changes cannot be kept for after a fault: save them".to_owned();
        }
    }

    /// Sets how soon work is kept: after such a rest, and after so long at most. For tests, which have no time.
    pub fn set_pace(&mut self, rest: Duration, longest: Duration) {
        self.keeping.pace = Pace { rest, longest };
    }

    /// Whether all that was done is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.keeping.shared.written.load(Ordering::SeqCst) == self.keeping.sent
    }

    /// Begins to keep another document.
    fn keep_another(&mut self) {
        self.history.note_events(true);
        self.keeping.notes.clear();
        self.keeping.first = self.keeping.number + 1;
        if self.keeping.told.take().is_some() {
            self.forget_kept();
        }
    }

    fn forget_kept(&mut self) {
        self.keeping.first = self.keeping.number + 1;
        self.keeping.tell(Message::Forget, &self.wake);
    }

    /// All there is to keep.
    fn snapshot(&mut self) -> Snapshot {
        self.keeping.number += 1;
        Snapshot {
            number: self.keeping.number,
            document: Arc::downgrade(&self.document),
            history: self.history.clone(),
            notes_from: self.notes_from.clone(),
        }
    }

    /// Keeps the document as it is, at once: the window is ending unasked, and another takes its place. False where that fails.
    pub fn hand_on(&mut self) -> bool {
        if self.keeping.left.is_some() {
            return true;
        }
        self.keeping.stop();
        let Some(journal) = &self.keeping.journal else { return false };
        let all = snapshot_records(&self.document, &self.history, &self.notes_from);
        let kept = all.is_ok_and(|(document, events)| journal.begin(&self.told(), &document, &events).is_ok());
        if !kept {
            log::error!("the document could not be handed on");
        }
        kept
    }

    /// Forgets what was kept: its user closes the window and has saved or discarded it.
    pub fn close_kept(&mut self) {
        self.keeping.stop();
        if let Some(journal) = self.keeping.journal.take().filter(|_| self.keeping.left.is_none()) {
            journal.remove();
        }
    }

    /// Begins to keep unsaved work, and offers what a window that ended has left. A window that takes another's place takes over what
    /// that one handed on, unasked.
    pub fn begin_keeping(&mut self, takes_over: bool) {
        let folder = self.folder.clone();
        std::thread::spawn(move || store::sweep_at_start(&folder));
        if takes_over && let Some((journal, left)) = Journal::handed_on(&self.folder) {
            self.keeping = Keeping::at(journal, Some(left));
            self.restore();
            return;
        }
        self.keeping = Keeping::new(&self.folder);
        if self.keeping.left.is_some() {
            self.ask = Some(Ask::KeptWork);
        } else if !self.keeping.aside.is_empty() {
            self.failed = Some(self.aside_words());
        }
        if self.keeping.journal.is_none() && self.folder.place().is_some() {
            log::warn!("there is no place for unsaved work");
            self.said = "Unsaved changes cannot be kept for after a fault: save often".to_owned();
        }
    }

    /// What is offered, in words.
    #[must_use]
    pub fn kept_words(&self) -> String {
        let Some(Left { told, torn }) = &self.keeping.left else { return String::new() };
        let today = told.at.date() == jiff::Zoned::now().date();
        let when = told.at.strftime(if today { "%H:%M" } else { "%H:%M on %-d %B %Y" });
        let mut words = format!("plandesk closed unexpectedly. Your unsaved changes to “{}” of {when} are here.", told.name);
        if *torn {
            words.push_str(" Some of what was kept is damaged and cannot be read: the last changes may be missing. A copy of it is kept.");
        }
        if !self.keeping.aside.is_empty() {
            words.push(' ');
            words.push_str(&self.aside_words());
        }
        words
    }

    /// Where work is that cannot be read, in words.
    fn aside_words(&self) -> String {
        let all: Vec<String> = self.keeping.aside.iter().map(|path| store::shortened(path)).collect();
        format!("Unsaved work that an earlier window left cannot be read. It is kept as it is: {}", all.join(", "))
    }

    /// Makes the kept work the open document again.
    pub(super) fn restore(&mut self) {
        self.ask = None;
        // A file that is being opened would take its place.
        self.job.iter().for_each(|job| job.progress.cancel());
        (self.job, self.opening) = (None, false);
        let Some(read) = self.keeping.journal.as_ref().map(|journal| journal.read()) else { return };
        let mut replayed = match read {
            Ok(kept) => Replayed::of(kept),
            Err(error) => {
                self.keeping.leave();
                self.failed = Some(format!("Your unsaved changes could not be brought back: {error}. They are kept as they are."));
                return;
            }
        };
        let aside = self.keep_torn(replayed.torn);
        let told = replayed.told.clone();
        let sources = told.workbooks.iter().map(|(table, path)| (*table, Source::File(path.clone()))).collect();
        let notes = replayed.notes().to_vec();
        self.take(Opened { document: replayed.document, notes, sources, ..Opened::default() }, told.path, told.name);
        // Where the state that was saved cannot be told, none is.
        if told.edited.unwrap_or(told.unsaved) && !replayed.history.is_unsaved() {
            replayed.history.mark_unsaved();
        }
        (self.history, self.notes_from) = (replayed.history, replayed.notes_from);
        self.read_from = told.read_from;
        // An older version kept no fingerprint: whatever is there is asked about.
        self.own.fingerprint = self.path.as_ref().map(|_| told.fingerprint.unwrap_or_else(Fingerprint::unknown));
        self.know_own_file();
        self.lock_own_file();
        if let Some(table) = told.table.filter(|id| self.document.table(*id).is_some()) {
            self.view = View::Table(table);
            self.cursor = told.row.map(|row| Cursor { table, row, column: told.column });
            self.keep_cursor();
        } else {
            self.view = View::Summary;
        }
        if told.texts.iter().any(|text| matches!(text, OpenText::Detail { .. } | OpenText::Update { .. })) {
            self.pane = Some(Pane::Details);
        }
        self.typed.again = told.texts;
        self.said = aside.unwrap_or_else(|| "Your work is as it was".to_owned());
        self.keeping.left = None;
    }

    /// Sees whether the file holds the very document that was brought back: the window was ended after it had saved it.
    fn know_own_file(&mut self) {
        let there = self.path.as_ref().and_then(|path| Some((path, Fingerprint::read(path).ok()?)));
        let Some((path, there)) = there.filter(|(_, there)| self.own.fingerprint.as_ref().is_none_or(|known| !known.holds_same(there)))
        else {
            return;
        };
        if store::encode(&self.document, &self.read_notes).is_ok_and(|bytes| Fingerprint::of(path, &bytes).holds_same(&there)) {
            self.own.fingerprint = Some(there);
            self.history.mark_saved();
        }
    }

    /// Keeps a copy of what cannot be read to the end, before anything takes its place; says where.
    fn keep_torn(&self, torn: bool) -> Option<String> {
        let copy = self.keeping.journal.as_ref().filter(|_| torn)?.copy_aside();
        Some(match copy {
            Some(copy) => {
                format!("Your work is here as far as it could be read; a copy of what was kept is in {}", store::shortened(&copy))
            }
            None => "Your work is here as far as it could be read".to_owned(),
        })
    }

    /// Forgets the kept work, as its user said. What could not be read of it is kept all the same.
    pub(super) fn discard_kept(&mut self) {
        self.ask = None;
        let torn = self.keeping.left.take().is_some_and(|left| left.torn);
        let _ = self.keep_torn(torn);
        self.keeping.journal.iter().for_each(|journal| journal.remove());
    }

    /// Leaves the kept work for another start.
    pub(super) fn leave_kept(&mut self) {
        self.ask = None;
        self.keeping.leave();
    }

    /// Takes note of what is being typed and stands in no cell yet.
    /// True where that is not what it was.
    pub fn set_texts(&mut self, texts: Vec<OpenText>) -> bool {
        let changed = self.typed.texts != texts;
        if changed {
            self.typed.texts = texts;
            self.typed.revision += 1;
            self.keep_unsaved();
        }
        changed
    }

    fn told(&self) -> Told {
        let file = |(table, source): (&crate::model::TableId, &Source)| match source {
            Source::File(path) => Some((*table, path.clone())),
            Source::Sample | Source::Pasted(_) => None,
        };
        let mut workbooks: Vec<_> = self.origins.iter().filter_map(file).collect();
        workbooks.sort();
        Told {
            name: self.name.clone(),
            path: self.path.clone(),
            unsaved: self.is_unsaved(),
            edited: Some(self.is_document_unsaved()),
            at: jiff::Zoned::now().datetime(),
            table: self.table_id(),
            row: self.cursor.map(|cursor| cursor.row),
            column: self.cursor.and_then(|cursor| cursor.column),
            fingerprint: self.own.fingerprint.clone(),
            read_from: self.read_from.clone(),
            workbooks,
            // What is about to be opened again is open.
            texts: self.typed.texts.iter().chain(&self.typed.again).cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
