//! What becomes of the unsaved work that a window which ended unasked has left: it is offered, brought back, discarded or left.

use super::{
    autosave::{Autosave, replay::Replayed},
    command::{Cursor, Pane, RecoveryCommand, View},
    import::Source,
    on_disk::lock_own_file,
    open::Opened,
    state::{Ask, Prompts, Remembered, State, Tasks, ViewState, Workspace},
};
use crate::store::{self, Fingerprint, Journal, OpenText};

impl State {
    /// Begins to keep unsaved work, and offers what a window that ended has left. A window that takes another's place takes over what
    /// that one handed on, unasked. Needs all, as what is taken over becomes the open document.
    pub fn begin_keeping(&mut self, takes_over: bool) {
        let folder = self.remembered.folder.clone();
        std::thread::spawn(move || store::sweep_at_start(&folder));
        if takes_over && let Some((journal, left)) = Journal::handed_on(&self.remembered.folder) {
            self.tasks.autosave = Autosave::at(journal, Some(left));
            self.restore();
            return;
        }
        offer(&mut self.prompts, &mut self.tasks, &self.remembered);
    }

    /// Does what a command says with the work that was kept. Needs all, as what is brought back becomes the open document.
    pub(super) fn run_recovery(&mut self, command: RecoveryCommand) {
        self.prompts.ask = None;
        match command {
            RecoveryCommand::Restore => self.restore(),
            RecoveryCommand::Discard => discard(&mut self.tasks),
            RecoveryCommand::Leave => self.tasks.autosave.leave(),
        }
    }

    /// Makes the kept work the open document again.
    fn restore(&mut self) {
        let Some(mut replayed) = replayed(&mut self.workspace, &mut self.prompts, &mut self.tasks) else { return };
        let aside = keep_torn(&self.tasks, replayed.torn);
        let sources = replayed.session.workbooks.iter().map(|(table, path)| (*table, Source::File(path.clone()))).collect();
        let notes = replayed.notes().to_vec();
        let opened = Opened { document: std::mem::take(&mut replayed.document), notes, sources, ..Opened::default() };
        self.take(opened, replayed.session.path.clone(), replayed.session.name.clone());
        let Self { workspace, view, prompts, tasks, remembered, .. } = self;
        take_back(workspace, view, prompts, remembered, replayed);
        prompts.said = aside.unwrap_or_else(|| "Your work is as it was".to_owned());
        tasks.autosave.left = None;
    }
}

/// Takes a place for unsaved work, and asks what becomes of what is there.
fn offer(prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered) {
    tasks.autosave = Autosave::new(&remembered.folder);
    if tasks.autosave.left.is_some() {
        prompts.ask = Some(Ask::KeptWork);
    } else if !tasks.autosave.aside.is_empty() {
        prompts.fail(tasks.autosave.aside_words());
    }
    if tasks.autosave.journal.is_none() && remembered.folder.place().is_some() {
        log::warn!("there is no place for unsaved work");
        prompts.say("Unsaved changes cannot be kept for after a fault: save often");
    }
}

/// Reads the kept work, in the place of what is being opened.
fn replayed(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks) -> Option<Replayed> {
    prompts.ask = None;
    // A file that is being opened would take its place.
    tasks.cancel();
    (tasks.job, workspace.opening) = (None, false);
    match tasks.autosave.journal.as_ref().map(|journal| journal.read())? {
        Ok(kept) => Some(Replayed::of(kept)),
        Err(error) => {
            tasks.autosave.leave();
            prompts.fail(format!("Your unsaved changes could not be brought back: {error}. They are kept as they are."));
            None
        }
    }
}

/// Brings back what stands beside the cells: the steps that were done, what is known of the file, the cursor, and what was being typed.
fn take_back(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    remembered: &Remembered,
    Replayed { mut session, mut history, notes_from, .. }: Replayed,
) {
    // Edits find their way back into the workbooks only from what was read of these.
    let read = history.saved_document(&workspace.document).filter(|_| session.path.is_none());
    workspace.sources = read.map_or_else(Vec::new, |read| workspace.sources_of(&read, std::mem::take(&mut session.files)));
    // Where the state that was saved cannot be told, none is.
    if session.edited.unwrap_or(session.unsaved) && !history.is_unsaved() {
        history.mark_unsaved();
    }
    (workspace.history, workspace.notes_from, workspace.read_from) = (history, notes_from, session.read_from);
    // An older version kept no fingerprint: whatever is there is asked about.
    workspace.own.fingerprint = workspace.path.as_ref().map(|_| session.fingerprint.unwrap_or_else(Fingerprint::unknown));
    know_own_file(workspace);
    lock_own_file(workspace, prompts, remembered);
    view.shown = View::Summary;
    if let Some(table) = session.table.filter(|id| workspace.document.table(*id).is_some()) {
        view.shown = View::Table(table);
        view.cursor = session.row.map(|row| Cursor { table, row, column: session.column });
        view.stay_within(&workspace.document);
    }
    if session.texts.iter().any(|text| matches!(text, OpenText::Detail { .. } | OpenText::Update { .. })) {
        view.pane = Some(Pane::Details);
    }
    workspace.typed.again = session.texts;
}

/// Sees whether the file holds the very document that was brought back: the window was ended after it had saved it.
fn know_own_file(workspace: &mut Workspace) {
    let there = workspace.path.as_ref().and_then(|path| Some((path, Fingerprint::read(path).ok()?)));
    let Some((path, there)) = there.filter(|(_, there)| workspace.own.fingerprint.as_ref().is_none_or(|known| !known.holds_same(there)))
    else {
        return;
    };
    if store::encode(&workspace.document, &workspace.read_notes).is_ok_and(|bytes| Fingerprint::of(path, &bytes).holds_same(&there)) {
        workspace.own.fingerprint = Some(there);
        workspace.history.mark_saved();
    }
}

/// Keeps a copy of what cannot be read to the end, before anything takes its place; says where.
fn keep_torn(tasks: &Tasks, torn: bool) -> Option<String> {
    let copy = tasks.autosave.journal.as_ref().filter(|_| torn)?.copy_aside();
    Some(match copy {
        Some(copy) => {
            format!("Your work is here as far as it could be read; a copy of what was kept is in {}", store::shortened(&copy))
        }
        None => "Your work is here as far as it could be read".to_owned(),
    })
}

/// Forgets the kept work, as its user said. What could not be read of it is kept all the same.
fn discard(tasks: &mut Tasks) {
    let torn = tasks.autosave.left.take().is_some_and(|left| left.torn);
    let _ = keep_torn(tasks, torn);
    tasks.autosave.journal.iter().for_each(|journal| journal.remove());
}

#[cfg(test)]
mod tests;
