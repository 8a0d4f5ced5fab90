//! The document's file as it is on the disk: whether others have changed it, who has it open, and what becomes of a document that differs.

use std::path::{Path, PathBuf};

use super::{
    command::View,
    jobs::{Job, Outcome, Progress},
    open::{OpenError, Opened, open_files, shown},
    own_file::{Conflict, Locked, OnDisk, Saved, is_gone, lock_file, look},
    state::{Ask, Done, State},
};
use crate::{
    edit::Change,
    model::Document,
    store::{self, FileLock, Fingerprint},
};

impl State {
    /// Whether a path is that of the document's own file.
    pub(super) fn is_own_file(&self, path: &Path) -> bool {
        let same = |own: &Path| own == path || own.canonicalize().is_ok_and(|own| path.canonicalize().is_ok_and(|path| path == own));
        self.workspace.path.as_deref().is_some_and(same)
    }

    /// Looks whether the file of the document is still there.
    pub(super) fn look_at_file(&mut self) {
        self.workspace.own.job = None;
        if self.workspace.path.as_deref().is_some_and(is_gone) {
            self.workspace.own.on_disk = OnDisk::Gone;
        } else if self.workspace.own.on_disk == OnDisk::Gone {
            self.workspace.own.on_disk = OnDisk::Same;
        }
    }

    /// Looks how the file is, in the background, as a network may take its time.
    pub fn look_at_file_soon(&mut self) {
        if let Some(path) = self.workspace.path.clone().filter(|_| !self.workspace.saving) {
            let known = self.workspace.own.fingerprint.clone();
            let look = move |_: &Progress| look(&path, known.as_ref());
            self.workspace.own.job = Some(Job::start("Looking at the file".to_owned(), self.tasks.wake.clone(), look));
        }
    }

    /// Takes in what was found in the background.
    pub(super) fn end_look_at_file(&mut self) {
        match self.workspace.own.job.as_ref().map(Job::poll) {
            Some(Outcome::Done(found)) => {
                self.workspace.own.job = None;
                if let Some(path) = self.workspace.path.clone().filter(|_| found == OnDisk::Changed && self.workspace.own.on_disk != found)
                {
                    let words = format!("{} was changed by another person or program since it was opened here.", shown(&path));
                    self.prompts.held = Some((words, vec![path]));
                }
                self.workspace.own.on_disk = found;
            }
            Some(Outcome::Lost | Outcome::Left) => self.workspace.own.job = None,
            Some(Outcome::Running) | None => {}
        }
    }

    /// Takes in that the document is saved in a file.
    pub(super) fn take_saved(&mut self, path: PathBuf, saved: Saved) {
        (self.workspace.own.on_disk, self.workspace.read_only, self.prompts.conflict) = (OnDisk::Same, false, None);
        self.workspace.own.fingerprint = Some(saved.fingerprint);
        // One of another file is let go with it.
        let kept = self.workspace.own.lock.take().filter(|lock| lock.is_of(&path));
        self.workspace.own.lock = saved.lock.or(kept);
        // What was said of the file is over.
        self.prompts.held = None;
        self.workspace.path = Some(path);
    }

    /// Takes in whether an opened document is held here or by another window. That one's file is not written from here.
    pub(super) fn take_lock(&mut self, mine: Option<FileLock>, held: Locked) {
        match held {
            Ok(lock) => self.workspace.own.lock = lock.or(mine),
            Err(holder) => {
                let Some(path) = self.workspace.path.clone() else { return };
                let words = format!("{}: {holder}. Here it is read-only until it is closed there.", shown(&path));
                (self.workspace.read_only, self.prompts.held) = (true, Some((words, vec![path])));
            }
        }
    }

    /// Locks the file of a document that was brought back.
    pub(super) fn lock_own_file(&mut self) {
        if let Some(path) = self.workspace.path.clone() {
            let held = lock_file(&self.remembered.folder, &path);
            self.take_lock(None, held);
        }
    }

    /// Asks what becomes of a document whose file is not what was opened.
    pub(super) fn ask_of_conflict(&mut self, path: PathBuf, theirs: Option<Fingerprint>) {
        self.workspace.own.on_disk = if theirs.is_some() { OnDisk::Changed } else { OnDisk::Gone };
        self.prompts.conflict = Some(Conflict { path, theirs });
        self.prompts.ask = Some(Ask::Conflict);
    }

    /// Does what was chosen of that.
    pub(super) fn settle_conflict(&mut self, settle: impl FnOnce(&mut Self, Conflict)) {
        self.prompts.ask = None;
        if let Some(conflict) = self.prompts.conflict.clone() {
            settle(self, conflict);
        }
    }

    /// Writes over the file: what is overwritten is what was asked about, and not yet another.
    pub(super) fn keep_mine(&mut self, Conflict { path, theirs }: Conflict) {
        self.save_over(path, theirs);
    }

    pub(super) fn save_beside(&mut self, Conflict { path, .. }: Conflict) {
        self.save_over(path.with_file_name(store::another_name(&path)), None);
    }

    pub(super) fn take_theirs(&mut self, path: PathBuf) {
        self.prompts.pending = None;
        if self.is_busy() {
            return;
        }
        let name = format!("Opening {}", shown(&path));
        let work = move |progress: &Progress| {
            let result = open_files(std::slice::from_ref(&path), &[], &|done| progress.report(done));
            Done::Theirs { path, result }
        };
        self.tasks.opening = true;
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work));
    }

    /// Puts what is in the file in the place of what is open, as one step: what was here comes back by undo.
    pub(super) fn end_taking_theirs(&mut self, path: PathBuf, result: Result<Opened, OpenError>) {
        self.tasks.opening = false;
        match result {
            Ok(opened) => {
                let cursor = self.view.cursor;
                let changes = replacing(&self.workspace.document, opened.document);
                if !changes.is_empty() {
                    self.take_import(format!("Take {} as it is on the disk", shown(&path)), changes, opened.notes);
                }
                self.workspace.history.mark_saved();
                (self.workspace.own.fingerprint, self.workspace.own.on_disk, self.prompts.conflict, self.prompts.held) =
                    (opened.fingerprint, OnDisk::Same, None, None);
                self.view.cursor = cursor;
                self.keep_cursor();
                if let View::Table(id) = self.view.shown
                    && self.workspace.document.table(id).is_none()
                {
                    self.view.shown = self.workspace.document.tables.first().map_or(View::Summary, |table| View::Table(table.id));
                }
                self.prompts.said = format!("{} is as it is on the disk; Undo brings back what was here", shown(&path));
            }
            Err(error) if error.is_cancelled() => self.prompts.said = "Opening cancelled; the document is as it was".to_owned(),
            Err(error) => self.prompts.failed = Some(error.to_string()),
        }
    }
}

/// The changes that make one document of another.
fn replacing(mine: &Document, theirs: Document) -> Vec<Change> {
    let mut changes = Vec::new();
    if mine.tables != theirs.tables {
        changes.extend(mine.tables.iter().map(|table| Change::RemoveTable { table: table.id }));
        changes.extend(theirs.tables.into_iter().enumerate().map(|(at, table)| Change::InsertTable { at, table: Box::new(table) }));
    }
    changes.extend((mine.loose != theirs.loose).then_some(Change::SetLoose { loose: theirs.loose }));
    changes.extend((mine.marking != theirs.marking).then_some(Change::SetMarking(theirs.marking)));
    changes
}
