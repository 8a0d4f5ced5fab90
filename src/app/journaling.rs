//! When unsaved work is kept: what has changed is told to the journal's writer after each action. Writes no journal itself.

use std::sync::{Arc, atomic::Ordering};

use super::{
    autosave::{
        journal_writer::{Batch, Message, Snapshot},
        replay::{Entry, snapshot_records},
    },
    import::Source,
    state::{Prompts, State, Tasks, ViewState, Workspace},
};
use crate::store::{OpenText, Session};

impl State {
    /// Takes note of what is being typed and stands in no cell yet. True where that is not what it was.
    pub fn set_texts(&mut self, texts: Vec<OpenText>) -> bool {
        let changed = self.workspace.typed.texts != texts;
        if changed {
            self.workspace.typed.texts = texts;
            self.workspace.typed.revision += 1;
            keep_unsaved(&mut self.workspace, &self.view, &mut self.prompts, &mut self.tasks);
        }
        changed
    }

    /// Keeps the document as it is, at once: the window is ending unasked, and another takes its place. False where that fails.
    pub fn hand_on(&mut self) -> bool {
        hand_on(&self.workspace, &self.view, &mut self.tasks)
    }
}

/// Tells the journal's writer of every change, and that nothing is unsaved any more.
pub(super) fn keep_unsaved(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, tasks: &mut Tasks) {
    if tasks.autosave.journal.is_none() || tasks.autosave.left.is_some() {
        return;
    }
    if tasks.autosave.of.replace(workspace.document_number) != Some(workspace.document_number) {
        keep_another(workspace, tasks);
    }
    let events = workspace.history.take_events();
    let unsaved = workspace.is_unsaved();
    let now = (workspace.revision, (unsaved, workspace.saving), workspace.typed.revision, view.cursor.filter(|_| unsaved));
    let wants_snapshot = tasks.autosave.shared.wants_snapshot.swap(false, Ordering::SeqCst) && unsaved;
    if tasks.autosave.session == Some(now) && events.is_empty() && !wants_snapshot {
        return;
    }
    let was_unsaved = tasks.autosave.session.replace(now).is_some_and(|(_, (unsaved, _), ..)| unsaved);
    let begun = tasks.autosave.has_snapshot();
    let notes = std::mem::take(&mut tasks.autosave.notes);
    if unsaved || begun {
        let snapshot = (!begun).then(|| snapshot(workspace, tasks));
        let entries = events.into_iter().map(Entry::Event).chain(notes).collect();
        tasks.autosave.sent += 1;
        // What is being saved is kept first, so that a journal is never behind its file; and that it is saved is kept at once, so that
        // no saved work is offered after a fault.
        let at_once = workspace.saving || (!unsaved && begun);
        let work = Batch { number: tasks.autosave.sent, session: session(workspace, view), at_once, entries, snapshot };
        tasks.autosave.tell(Message::Keep(Box::new(work)), &tasks.wake);
    } else if was_unsaved {
        forget(tasks);
    }
    if tasks.autosave.has_failed() && unsaved {
        prompts.say("Unsaved changes cannot be kept for after a fault: save them");
    }
}

/// Begins to keep another document.
fn keep_another(workspace: &mut Workspace, tasks: &mut Tasks) {
    workspace.history.note_events(true);
    tasks.autosave.notes.clear();
    tasks.autosave.first = tasks.autosave.number + 1;
    if tasks.autosave.session.take().is_some() {
        forget(tasks);
    }
}

fn forget(tasks: &mut Tasks) {
    tasks.autosave.first = tasks.autosave.number + 1;
    tasks.autosave.tell(Message::Forget, &tasks.wake);
}

/// All there is to keep.
fn snapshot(workspace: &Workspace, tasks: &mut Tasks) -> Snapshot {
    tasks.autosave.number += 1;
    Snapshot {
        number: tasks.autosave.number,
        document: Arc::downgrade(&workspace.document),
        history: workspace.history.clone(),
        notes_from: workspace.notes_from.clone(),
    }
}

fn hand_on(workspace: &Workspace, view: &ViewState, tasks: &mut Tasks) -> bool {
    if tasks.autosave.left.is_some() {
        return true;
    }
    tasks.autosave.stop();
    let Some(journal) = &tasks.autosave.journal else { return false };
    let all = snapshot_records(&workspace.document, &workspace.history, &workspace.notes_from);
    let kept = all.is_ok_and(|(document, events)| journal.begin(&session(workspace, view), &document, &events).is_ok());
    if !kept {
        log::error!("the document could not be handed on");
    }
    kept
}

/// What is told of the document beside its cells.
fn session(workspace: &Workspace, view: &ViewState) -> Session {
    let file = |(table, source): (&crate::model::TableId, &Source)| match source {
        Source::File(path) => Some((*table, path.clone())),
        Source::Sample | Source::Pasted(_) => None,
    };
    let mut workbooks: Vec<_> = workspace.origins.iter().filter_map(file).collect();
    workbooks.sort();
    Session {
        name: workspace.name.clone(),
        path: workspace.path.clone(),
        unsaved: workspace.is_unsaved(),
        edited: Some(workspace.is_document_unsaved()),
        at: jiff::Zoned::now().datetime(),
        table: view.table_id(&workspace.document),
        row: view.cursor.map(|cursor| cursor.row),
        column: view.cursor.and_then(|cursor| cursor.column),
        fingerprint: workspace.own.fingerprint.clone(),
        read_from: workspace.read_from.clone(),
        workbooks,
        files: workspace.sources.iter().map(|source| (source.path.clone(), source.known.clone())).collect(),
        // What is about to be opened again is open.
        texts: workspace.typed.texts.iter().chain(&workspace.typed.again).cloned().collect(),
    }
}
