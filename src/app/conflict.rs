//! What becomes of a document whose file is not what was opened, as its owner chose. Asks nothing itself.

use std::path::PathBuf;

use super::{
    editing::make_import,
    jobs::Progress,
    open::{OpenError, Opened, open_locked_files, shown},
    own_file::{Conflict, OnDisk},
    saving::save_over,
    state::{Ask, Done, Prompts, Remembered, Retry, Tasks, ViewState, Workspace},
};
use crate::{edit::Change, model::Document, store};

/// What was chosen of it.
#[derive(Clone, Copy)]
pub(super) enum Choice {
    /// Writes over the file: what is overwritten is what was asked about, and not yet another.
    KeepMine,
    /// Writes beside it, in a file of a name that is free.
    SaveBeside,
    /// Asks whether the file takes the place of what is open.
    AskForTheirs,
    TakeTheirs,
}

/// Does what was chosen of a document whose file is not what was opened.
pub(super) fn settle(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, choice: Choice) {
    prompts.ask = None;
    let Some(Conflict { path, theirs, .. }) = prompts.conflict.clone() else { return };
    match choice {
        Choice::KeepMine => save_over(workspace, prompts, tasks, remembered, path, theirs),
        Choice::SaveBeside => {
            let beside = path.with_file_name(store::another_name(&path));
            save_over(workspace, prompts, tasks, remembered, beside, None);
        }
        Choice::AskForTheirs => prompts.ask = Some(Ask::TakeTheirs),
        Choice::TakeTheirs => take_theirs(workspace, prompts, tasks, remembered, path),
    }
}

fn take_theirs(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, path: PathBuf) {
    prompts.pending = None;
    if tasks.is_busy(prompts) {
        return;
    }
    let passwords = remembered.passwords.clone();
    workspace.opening = true;
    tasks.start(format!("Opening {}", shown(&path)), move |progress: &Progress| {
        let result = open_locked_files(std::slice::from_ref(&path), &[], &passwords, &|done| progress.report(done));
        Done::Theirs { path, result }
    });
}

/// Puts what is in the file in the place of what is open, as one step: what was here comes back by undo.
pub(super) fn end_taking_theirs(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    path: PathBuf,
    result: Result<Opened, OpenError>,
) {
    workspace.opening = false;
    match result {
        Ok(opened) => {
            let cursor = view.cursor;
            let changes = replacing(&workspace.document, opened.document);
            if !changes.is_empty() {
                let name = format!("Take {} as it is on the disk", shown(&path));
                make_import(workspace, view, prompts, tasks, (name, changes, opened.notes));
            }
            workspace.history.mark_saved();
            (workspace.own.fingerprint, workspace.own.on_disk, prompts.conflict, prompts.held) =
                (opened.fingerprint, OnDisk::Same, None, None);
            view.cursor = cursor;
            view.stay_within(&workspace.document);
            prompts.say(format!("{} is as it is on the disk; Undo brings back what was here", shown(&path)));
        }
        Err(error) if error.is_cancelled() => prompts.say("Opening cancelled; the document is as it was"),
        Err(OpenError::NeedsPassword(locked)) => prompts.ask = Some(Ask::Password(locked, Retry::TakeTheirs)),
        Err(error) => prompts.fail(error.to_string()),
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
    changes.extend((mine.frozen != theirs.frozen).then_some(Change::SetFrozen(theirs.frozen)));
    changes.extend((mine.marking != theirs.marking).then_some(Change::SetMarking(theirs.marking)));
    changes
}
