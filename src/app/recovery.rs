//! When unsaved work is kept, offered again and brought back. Writes no journal itself.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use super::{
    autosave::{
        Autosave,
        journal_writer::{Batch, Message, Pace, Snapshot},
        replay::{Entry, Replayed, snapshot_records},
    },
    command::{Cursor, Pane, View},
    import::Source,
    open::Opened,
    state::{Ask, State},
};
use crate::store::{self, Fingerprint, Journal, Left, OpenText, Told};

impl State {
    /// Tells the keeper of every change, and that nothing is unsaved any more.
    pub(super) fn keep_unsaved(&mut self) {
        if self.tasks.autosave.journal.is_none() || self.tasks.autosave.left.is_some() {
            return;
        }
        if self.tasks.autosave.of.replace(self.workspace.document_number) != Some(self.workspace.document_number) {
            self.keep_another();
        }
        let events = self.workspace.history.take_events();
        let unsaved = self.workspace.is_unsaved();
        let now = (
            self.workspace.revision,
            (unsaved, self.workspace.saving),
            self.workspace.typed.revision,
            self.view.cursor.filter(|_| unsaved),
        );
        let wants_snapshot = self.tasks.autosave.shared.wants_snapshot.swap(false, Ordering::SeqCst) && unsaved;
        if self.tasks.autosave.told == Some(now) && events.is_empty() && !wants_snapshot {
            return;
        }
        let was_unsaved = self.tasks.autosave.told.replace(now).is_some_and(|(_, (unsaved, _), ..)| unsaved);
        let begun = self.tasks.autosave.has_snapshot();
        let notes = std::mem::take(&mut self.tasks.autosave.notes);
        if unsaved || begun {
            let snapshot = (!begun).then(|| self.snapshot());
            let entries = events.into_iter().map(Entry::Event).chain(notes).collect();
            self.tasks.autosave.sent += 1;
            // What is being saved is kept first, so that a journal is never behind its file; and that it is saved is kept at once, so that
            // no saved work is offered after a fault.
            let at_once = self.workspace.saving || (!unsaved && begun);
            let work = Batch { number: self.tasks.autosave.sent, told: self.told(), at_once, entries, snapshot };
            self.tasks.autosave.tell(Message::Keep(Box::new(work)), &self.tasks.wake);
        } else if was_unsaved {
            self.forget_kept();
        }
        if self.tasks.autosave.has_failed() && unsaved {
            self.prompts.said = "Unsaved changes cannot be kept for after a fault: save them".to_owned();
        }
    }

    /// Sets how soon work is kept: after such a rest, and after so long at most. For tests, which have no time.
    pub fn set_pace(&mut self, rest: Duration, longest: Duration) {
        self.tasks.autosave.pace = Pace { rest, longest };
    }

    /// Whether all that was done is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.tasks.autosave.shared.written.load(Ordering::SeqCst) == self.tasks.autosave.sent
    }

    /// Begins to keep another document.
    fn keep_another(&mut self) {
        self.workspace.history.note_events(true);
        self.tasks.autosave.notes.clear();
        self.tasks.autosave.first = self.tasks.autosave.number + 1;
        if self.tasks.autosave.told.take().is_some() {
            self.forget_kept();
        }
    }

    fn forget_kept(&mut self) {
        self.tasks.autosave.first = self.tasks.autosave.number + 1;
        self.tasks.autosave.tell(Message::Forget, &self.tasks.wake);
    }

    /// All there is to keep.
    fn snapshot(&mut self) -> Snapshot {
        self.tasks.autosave.number += 1;
        Snapshot {
            number: self.tasks.autosave.number,
            document: Arc::downgrade(&self.workspace.document),
            history: self.workspace.history.clone(),
            notes_from: self.workspace.notes_from.clone(),
        }
    }

    /// Keeps the document as it is, at once: the window is ending unasked, and another takes its place. False where that fails.
    pub fn hand_on(&mut self) -> bool {
        if self.tasks.autosave.left.is_some() {
            return true;
        }
        self.tasks.autosave.stop();
        let Some(journal) = &self.tasks.autosave.journal else { return false };
        let all = snapshot_records(&self.workspace.document, &self.workspace.history, &self.workspace.notes_from);
        let kept = all.is_ok_and(|(document, events)| journal.begin(&self.told(), &document, &events).is_ok());
        if !kept {
            log::error!("the document could not be handed on");
        }
        kept
    }

    /// Forgets what was kept: its user closes the window and has saved or discarded it.
    pub fn close_kept(&mut self) {
        self.tasks.autosave.stop();
        if let Some(journal) = self.tasks.autosave.journal.take().filter(|_| self.tasks.autosave.left.is_none()) {
            journal.remove();
        }
    }

    /// Begins to keep unsaved work, and offers what a window that ended has left. A window that takes another's place takes over what
    /// that one handed on, unasked.
    pub fn begin_keeping(&mut self, takes_over: bool) {
        let folder = self.remembered.folder.clone();
        std::thread::spawn(move || store::sweep_at_start(&folder));
        if takes_over && let Some((journal, left)) = Journal::handed_on(&self.remembered.folder) {
            self.tasks.autosave = Autosave::at(journal, Some(left));
            self.restore();
            return;
        }
        self.tasks.autosave = Autosave::new(&self.remembered.folder);
        if self.tasks.autosave.left.is_some() {
            self.prompts.ask = Some(Ask::KeptWork);
        } else if !self.tasks.autosave.aside.is_empty() {
            self.prompts.failed = Some(self.aside_words());
        }
        if self.tasks.autosave.journal.is_none() && self.remembered.folder.place().is_some() {
            log::warn!("there is no place for unsaved work");
            self.prompts.said = "Unsaved changes cannot be kept for after a fault: save often".to_owned();
        }
    }

    /// What is offered, in words.
    #[must_use]
    pub fn kept_words(&self) -> String {
        let Some(Left { told, torn }) = &self.tasks.autosave.left else { return String::new() };
        let today = told.at.date() == jiff::Zoned::now().date();
        let when = told.at.strftime(if today { "%H:%M" } else { "%H:%M on %-d %B %Y" });
        let mut words = format!("plandesk closed unexpectedly. Your unsaved changes to “{}” of {when} are here.", told.name);
        if *torn {
            words.push_str(" Some of what was kept is damaged and cannot be read: the last changes may be missing. A copy of it is kept.");
        }
        if !self.tasks.autosave.aside.is_empty() {
            words.push(' ');
            words.push_str(&self.aside_words());
        }
        words
    }

    /// Where work is that cannot be read, in words.
    fn aside_words(&self) -> String {
        let all: Vec<String> = self.tasks.autosave.aside.iter().map(|path| store::shortened(path)).collect();
        format!("Unsaved work that an earlier window left cannot be read. It is kept as it is: {}", all.join(", "))
    }

    /// Makes the kept work the open document again.
    pub(super) fn restore(&mut self) {
        self.prompts.ask = None;
        // A file that is being opened would take its place.
        self.tasks.job.iter().for_each(|job| job.progress.cancel());
        (self.tasks.job, self.tasks.opening) = (None, false);
        let Some(read) = self.tasks.autosave.journal.as_ref().map(|journal| journal.read()) else { return };
        let mut replayed = match read {
            Ok(kept) => Replayed::of(kept),
            Err(error) => {
                self.tasks.autosave.leave();
                self.prompts.failed = Some(format!("Your unsaved changes could not be brought back: {error}. They are kept as they are."));
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
        (self.workspace.history, self.workspace.notes_from) = (replayed.history, replayed.notes_from);
        self.workspace.read_from = told.read_from;
        // An older version kept no fingerprint: whatever is there is asked about.
        self.workspace.own.fingerprint = self.workspace.path.as_ref().map(|_| told.fingerprint.unwrap_or_else(Fingerprint::unknown));
        self.know_own_file();
        self.lock_own_file();
        if let Some(table) = told.table.filter(|id| self.workspace.document.table(*id).is_some()) {
            self.view.shown = View::Table(table);
            self.view.cursor = told.row.map(|row| Cursor { table, row, column: told.column });
            self.keep_cursor();
        } else {
            self.view.shown = View::Summary;
        }
        if told.texts.iter().any(|text| matches!(text, OpenText::Detail { .. } | OpenText::Update { .. })) {
            self.view.pane = Some(Pane::Details);
        }
        self.workspace.typed.again = told.texts;
        self.prompts.said = aside.unwrap_or_else(|| "Your work is as it was".to_owned());
        self.tasks.autosave.left = None;
    }

    /// Sees whether the file holds the very document that was brought back: the window was ended after it had saved it.
    fn know_own_file(&mut self) {
        let there = self.workspace.path.as_ref().and_then(|path| Some((path, Fingerprint::read(path).ok()?)));
        let Some((path, there)) =
            there.filter(|(_, there)| self.workspace.own.fingerprint.as_ref().is_none_or(|known| !known.holds_same(there)))
        else {
            return;
        };
        if store::encode(&self.workspace.document, &self.workspace.read_notes)
            .is_ok_and(|bytes| Fingerprint::of(path, &bytes).holds_same(&there))
        {
            self.workspace.own.fingerprint = Some(there);
            self.workspace.history.mark_saved();
        }
    }

    /// Keeps a copy of what cannot be read to the end, before anything takes its place; says where.
    fn keep_torn(&self, torn: bool) -> Option<String> {
        let copy = self.tasks.autosave.journal.as_ref().filter(|_| torn)?.copy_aside();
        Some(match copy {
            Some(copy) => {
                format!("Your work is here as far as it could be read; a copy of what was kept is in {}", store::shortened(&copy))
            }
            None => "Your work is here as far as it could be read".to_owned(),
        })
    }

    /// Forgets the kept work, as its user said. What could not be read of it is kept all the same.
    pub(super) fn discard_kept(&mut self) {
        self.prompts.ask = None;
        let torn = self.tasks.autosave.left.take().is_some_and(|left| left.torn);
        let _ = self.keep_torn(torn);
        self.tasks.autosave.journal.iter().for_each(|journal| journal.remove());
    }

    /// Leaves the kept work for another start.
    pub(super) fn leave_kept(&mut self) {
        self.prompts.ask = None;
        self.tasks.autosave.leave();
    }

    /// Takes note of what is being typed and stands in no cell yet.
    /// True where that is not what it was.
    pub fn set_texts(&mut self, texts: Vec<OpenText>) -> bool {
        let changed = self.workspace.typed.texts != texts;
        if changed {
            self.workspace.typed.texts = texts;
            self.workspace.typed.revision += 1;
            self.keep_unsaved();
        }
        changed
    }

    fn told(&self) -> Told {
        let file = |(table, source): (&crate::model::TableId, &Source)| match source {
            Source::File(path) => Some((*table, path.clone())),
            Source::Sample | Source::Pasted(_) => None,
        };
        let mut workbooks: Vec<_> = self.workspace.origins.iter().filter_map(file).collect();
        workbooks.sort();
        Told {
            name: self.workspace.name.clone(),
            path: self.workspace.path.clone(),
            unsaved: self.workspace.is_unsaved(),
            edited: Some(self.workspace.is_document_unsaved()),
            at: jiff::Zoned::now().datetime(),
            table: self.table_id(),
            row: self.view.cursor.map(|cursor| cursor.row),
            column: self.view.cursor.and_then(|cursor| cursor.column),
            fingerprint: self.workspace.own.fingerprint.clone(),
            read_from: self.workspace.read_from.clone(),
            workbooks,
            // What is about to be opened again is open.
            texts: self.workspace.typed.texts.iter().chain(&self.workspace.typed.again).cloned().collect(),
        }
    }
}

#[cfg(test)]
mod tests;
