//! Keeping unsaved work: soon after each change it is written beside the program, on a thread of its own, and offered again after a fault.

use std::{
    sync::{
        Arc, Weak,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use super::{
    command::{Cursor, View},
    open::Opened,
    state::{Ask, State},
};
use crate::{
    model::Document,
    notes::Note,
    store::{Folder, Journal, Told, bytes_of},
};

/// Work is kept once nothing was changed for this long,
const REST: Duration = Duration::from_secs(2);
/// or once the first change that is not kept is so old.
const LONGEST: Duration = Duration::from_secs(15);

/// Where unsaved work is kept, and what is there.
#[derive(Debug, Default)]
pub struct Keeping {
    journal: Option<Arc<Journal>>,
    /// The work that a window which ended has left here, until its user says what becomes of it.
    pub left: Option<Told>,
    keeper: Option<(Sender<Message>, JoinHandle<()>)>,
    /// What was told last: the document, its revision, and whether it was unsaved.
    told: Option<(u64, u64, bool)>,
}

#[derive(Debug)]
enum Message {
    Keep(Box<Kept>),
    Forget,
}

#[derive(Debug)]
struct Kept {
    told: Told,
    /// Held weakly while it waits, so that an edit in the pause copies nothing; its next revision is then told of.
    document: Weak<Document>,
    notes: Arc<Vec<Note>>,
}

impl Keeping {
    /// Takes a place in the folder. Nothing is kept where there is none.
    pub(super) fn new(folder: &Folder) -> Self {
        let Some((journal, left)) = Journal::take(folder) else { return Self::default() };
        Self::at(journal, left)
    }

    fn at(journal: Journal, left: Option<Told>) -> Self {
        Self { journal: Some(Arc::new(journal)), left, keeper: None, told: None }
    }

    fn tell(&mut self, message: Message) {
        let Some(journal) = &self.journal else { return };
        let start = || {
            let (sender, receiver) = channel();
            let journal = journal.clone();
            (sender, std::thread::spawn(move || keep(&journal, &receiver, REST, LONGEST)))
        };
        let (sender, _) = self.keeper.get_or_insert_with(start);
        // A keeper that is gone is not missed: what it had written stays.
        let _ = sender.send(message);
    }

    /// Waits until what is being written is written, and writes no more.
    fn stop(&mut self) {
        if let Some((sender, thread)) = self.keeper.take() {
            drop(sender);
            let _ = thread.join();
        }
    }

    /// Puts off the question about what was left, for another start.
    fn leave(&mut self) {
        self.stop();
        self.left = None;
        let journal = self.journal.take().and_then(Arc::into_inner).and_then(Journal::leave);
        self.journal = journal.map(Arc::new);
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Writes what it is told of once it rests.
fn keep(journal: &Journal, messages: &Receiver<Message>, rest: Duration, longest: Duration) {
    let mut waiting: Option<(Box<Kept>, Instant)> = None;
    loop {
        let message = match &waiting {
            None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some((_, first)) => messages.recv_timeout(rest.min(longest.saturating_sub(first.elapsed()))),
        };
        match message {
            Ok(Message::Keep(kept)) => waiting = Some((kept, waiting.map_or_else(Instant::now, |(_, first)| first))),
            Ok(Message::Forget) => {
                waiting = None;
                journal.remove();
            }
            Err(RecvTimeoutError::Timeout) => {
                if let Some((kept, _)) = waiting.take() {
                    write(journal, &kept);
                }
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn write(journal: &Journal, kept: &Kept) {
    let Some(document) = kept.document.upgrade() else { return };
    let bytes = bytes_of(&kept.told, &document, &kept.notes);
    // Let go before the disk is waited for, so that fewer edits meet it.
    drop(document);
    let done = bytes.map_err(|error| error.to_string()).and_then(|bytes| journal.put(&bytes).map_err(|error| error.to_string()));
    if done.is_err() {
        // The reason would name the folder, which names the user.
        log::warn!("unsaved work could not be kept");
    }
}

impl State {
    /// Tells the keeper of every change, and that nothing is unsaved any more.
    pub(super) fn keep_unsaved(&mut self) {
        if self.keeping.journal.is_none() || self.keeping.left.is_some() {
            return;
        }
        let now = (self.document_number, self.revision, self.is_unsaved());
        if self.keeping.told == Some(now) {
            return;
        }
        if now.2 {
            let kept = Kept { told: self.told(), document: Arc::downgrade(&self.document), notes: self.read_notes.clone() };
            self.keeping.tell(Message::Keep(Box::new(kept)));
        } else if self.job.is_some() {
            // What is being saved counts as saved only once it is.
            return;
        } else if self.keeping.told.is_some_and(|(_, _, unsaved)| unsaved) {
            self.keeping.tell(Message::Forget);
        }
        self.keeping.told = Some(now);
    }

    /// Keeps the document as it is, at once: the window is ending unasked, and another takes its place. False where that fails.
    pub fn hand_on(&mut self) -> bool {
        if self.keeping.left.is_some() {
            return true;
        }
        self.keeping.stop();
        let Some(journal) = &self.keeping.journal else { return false };
        let kept = journal.keep(&self.told(), &self.document, &self.read_notes).is_ok();
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
        if takes_over && let Some((journal, told)) = Journal::handed_on(&self.folder) {
            self.keeping = Keeping::at(journal, Some(told));
            self.restore();
            return;
        }
        self.keeping = Keeping::new(&self.folder);
        if self.keeping.left.is_some() {
            self.ask = Some(Ask::KeptWork);
        }
    }

    /// What is offered, in words.
    #[must_use]
    pub fn kept_words(&self) -> String {
        let Some(told) = &self.keeping.left else { return String::new() };
        let today = told.at.date() == jiff::Zoned::now().date();
        let when = told.at.strftime(if today { "%H:%M" } else { "%H:%M on %-d %B %Y" });
        format!("plandesk closed unexpectedly. Your unsaved changes to “{}” of {when} are here.", told.name)
    }

    /// Makes the kept work the open document again.
    pub(super) fn restore(&mut self) {
        self.ask = None;
        // A file that is being opened would take its place.
        (self.job, self.opening) = (None, false);
        let Some(read) = self.keeping.journal.as_ref().map(|journal| journal.read()) else { return };
        let (told, document, notes) = match read {
            Ok(read) => read,
            Err(error) => {
                self.keeping.leave();
                self.failed = Some(format!("Your unsaved changes could not be brought back: {error}. They are kept as they are."));
                return;
            }
        };
        self.keeping.left = None;
        self.take(Opened { document, notes, ..Opened::default() }, told.path, told.name);
        if told.unsaved {
            self.history.mark_unsaved();
        }
        if let Some(table) = told.table.filter(|id| self.document.table(*id).is_some()) {
            self.view = View::Table(table);
            self.cursor = told.row.map(|row| Cursor { table, row, column: told.column });
            self.keep_cursor();
        } else {
            self.view = View::Summary;
        }
        self.said = "Your work is as it was".to_owned();
    }

    /// Forgets the kept work, as its user said.
    pub(super) fn discard_kept(&mut self) {
        (self.ask, self.keeping.left) = (None, None);
        self.keeping.journal.iter().for_each(|journal| journal.remove());
    }

    /// Leaves the kept work for another start.
    pub(super) fn leave_kept(&mut self) {
        self.ask = None;
        self.keeping.leave();
    }

    fn told(&self) -> Told {
        Told {
            name: self.name.clone(),
            path: self.path.clone(),
            unsaved: self.is_unsaved(),
            at: jiff::Zoned::now().datetime(),
            table: self.table_id(),
            row: self.cursor.map(|cursor| cursor.row),
            column: self.cursor.and_then(|cursor| cursor.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{command::Command, jobs::Wake},
        edit::Change,
        model::{Cell, TableKind},
    };

    fn state(folder: &Folder, takes_over: bool) -> State {
        let mut state = State::new(folder.clone(), Wake::default());
        state.begin_keeping(takes_over);
        state
    }

    fn edit(state: &mut State) {
        let table = state.document.of_kind(TableKind::Plan).next().unwrap();
        let (table, row, column) = (table.id, table.rows[2].id, table.columns[1].id);
        state.run(Command::Edit("Edit".to_owned(), vec![Change::SetCell { table, row, column, cell: Cell::text("New") }]));
    }

    fn kept(folder: &std::path::Path) -> usize {
        let all = std::fs::read_dir(folder.join("unsaved")).unwrap();
        all.filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "kept")).count()
    }

    #[test]
    fn changes_are_kept_at_rest_or_after_a_while_and_forgotten_once_saved() {
        let temporary = tempfile::tempdir().unwrap();
        let journal = Journal::take(&Folder::at(temporary.path())).unwrap().0;
        let (sender, receiver) = channel();
        let document = Arc::new(Document::default());
        let told = Told { name: "Plan".into(), path: None, unsaved: true, at: Default::default(), table: None, row: None, column: None };
        let message = || Message::Keep(Box::new(Kept { told: told.clone(), document: Arc::downgrade(&document), notes: Arc::default() }));
        std::thread::scope(|scope| {
            let journal = &journal;
            scope.spawn(move || keep(journal, &receiver, Duration::from_millis(1500), Duration::from_millis(3000)));
            for _ in 0..5 {
                sender.send(message()).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
            assert_eq!(kept(temporary.path()), 0, "it is being worked on");
            for _ in 0..30 {
                sender.send(message()).unwrap();
                std::thread::sleep(Duration::from_millis(100));
            }
            assert_eq!(kept(temporary.path()), 1, "work that never rests is kept too");
            sender.send(Message::Forget).unwrap();
            let end = Instant::now() + Duration::from_secs(5);
            while kept(temporary.path()) > 0 && Instant::now() < end {
                std::thread::sleep(Duration::from_millis(50));
            }
            assert_eq!(kept(temporary.path()), 0);
            drop(sender);
        });
    }

    #[test]
    fn a_document_without_unsaved_changes_leaves_nothing_behind() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let mut state = state(&folder, false);
        edit(&mut state);
        state.run(Command::Undo);
        state.run(Command::Quit);
        state.close_kept();
        assert!(state.closing && kept(temporary.path()) == 0);
    }

    #[test]
    fn what_is_handed_on_comes_back_at_the_same_cell_saved_or_not() {
        for unsaved in [true, false] {
            let temporary = tempfile::tempdir().unwrap();
            let folder = Folder::at(temporary.path());
            let mut first = state(&folder, false);
            let table = first.document.of_kind(TableKind::Kpi).next().unwrap();
            let cursor = Cursor { table: table.id, row: table.rows[1].id, column: Some(table.columns[1].id) };
            (first.view, first.cursor) = (View::Table(cursor.table), Some(cursor));
            if unsaved {
                edit(&mut first);
            }
            first.hand_on();
            let document = first.document.clone();
            drop(first);
            let mut second = state(&folder, true);
            assert_eq!((&second.document, second.cursor, second.is_unsaved(), &second.ask), (&document, Some(cursor), unsaved, &None));
            second.hand_on();
            drop(second);
            let third = state(&folder, false);
            assert_eq!(third.ask.is_some(), unsaved, "what was not lost is not offered");
        }
    }
}
