//! The document's file as it is on the disk: whether others have changed it, and who has it open. Writes nothing.

use std::path::PathBuf;

use super::{
    command::Command,
    jobs::{Job, Outcome, Progress, Wake},
    open::shown,
    open_error::OpenError,
    own_file::{Conflict, Locked, OnDisk, Saved, Unwritten, is_gone, lock_file, look},
    state::{Ask, Prompts, Remembered, State, Workspace},
};
use crate::store::{FileLock, Fingerprint};

impl State {
    /// Looks how the file is, in the background, as a network may take its time.
    pub fn look_at_file_soon(&mut self) {
        look_at_file_soon(&mut self.workspace, &self.tasks.wake);
    }
}

/// Looks whether the file of the document is still there.
pub(super) fn look_at_file(workspace: &mut Workspace) {
    workspace.own.job = None;
    if workspace.path.as_deref().is_some_and(is_gone) {
        workspace.own.on_disk = OnDisk::Gone;
    } else if workspace.own.on_disk == OnDisk::Gone {
        workspace.own.on_disk = OnDisk::Same;
    }
}

fn look_at_file_soon(workspace: &mut Workspace, wake: &Wake) {
    let own = workspace.path.iter().map(|path| (path.clone(), workspace.own.fingerprint.clone()));
    let sources = workspace.sources.iter().filter(|_| workspace.path.is_none());
    let files: Vec<_> = own.chain(sources.map(|source| (source.path.clone(), Some(source.known.clone())))).collect();
    if !workspace.saving && !files.is_empty() {
        let look = move |_: &Progress| {
            let looked = files.into_iter().map(|(path, known)| (look(&path, known.as_ref()), path));
            looked.max_by_key(|(found, _)| *found)
        };
        workspace.own.job = Some(Job::start("Looking at the file".to_owned(), wake.clone(), look));
    }
}

/// Takes in what was found in the background.
pub(super) fn end_look_at_file(workspace: &mut Workspace, prompts: &mut Prompts) {
    match workspace.own.job.as_ref().map(Job::poll) {
        Some(Outcome::Done(Some((found, path)))) => {
            workspace.own.job = None;
            if found == OnDisk::Changed && workspace.own.on_disk != found {
                let words = format!("{} was changed by another person or program since it was opened here.", shown(&path));
                prompts.held = Some((words, vec![path]));
            }
            workspace.own.on_disk = found;
        }
        Some(Outcome::Done(None) | Outcome::Lost | Outcome::Left) => workspace.own.job = None,
        Some(Outcome::Running) | None => {}
    }
}

/// Takes in that the document is saved in a file.
pub(super) fn take_saved(workspace: &mut Workspace, prompts: &mut Prompts, path: PathBuf, saved: Saved) {
    (workspace.own.on_disk, workspace.read_only, prompts.conflict) = (OnDisk::Same, false, None);
    workspace.own.fingerprint = Some(saved.fingerprint);
    // One of another file is let go with it.
    let kept = workspace.own.lock.take().filter(|lock| lock.is_of(&path));
    workspace.own.lock = saved.lock.or(kept);
    // What was said of the file is over.
    prompts.held = None;
    workspace.path = Some(path);
}

/// Takes in whether an opened document is held here or by another window. That one's file is not written from here.
pub(super) fn take_lock(workspace: &mut Workspace, prompts: &mut Prompts, mine: Option<FileLock>, held: Locked) {
    match held {
        Ok(lock) => workspace.own.lock = lock.or(mine),
        Err(holder) => {
            let Some(path) = workspace.path.clone() else { return };
            let words = format!("{}: {holder}. Here it is read-only until it is closed there.", shown(&path));
            (workspace.read_only, prompts.held) = (true, Some((words, vec![path])));
        }
    }
}

/// Locks the file of a document that was brought back.
pub(super) fn lock_own_file(workspace: &mut Workspace, prompts: &mut Prompts, remembered: &Remembered) {
    if let Some(path) = workspace.path.clone() {
        let held = lock_file(&remembered.folder, &path);
        take_lock(workspace, prompts, None, held);
    }
}

/// Asks what becomes of a document whose file is not what was opened.
pub(super) fn ask_of_conflict(workspace: &mut Workspace, prompts: &mut Prompts, path: PathBuf, theirs: Option<Fingerprint>) {
    workspace.own.on_disk = if theirs.is_some() { OnDisk::Changed } else { OnDisk::Gone };
    prompts.conflict = Some(Conflict { path, theirs, workbook: None });
    prompts.ask = Some(Ask::Conflict);
}

/// Says why a file was not written, with what may be done instead where that helps.
pub(super) fn refuse(prompts: &mut Prompts, why: Unwritten, elsewhere: Command) {
    match why {
        // These are asked about where a document is saved, and nothing else is compared.
        Unwritten::Changed(_) | Unwritten::Gone | Unwritten::Signed => prompts.pending = None,
        Unwritten::NeedsPassword(locked) => prompts.fail(OpenError::NeedsPassword(locked).to_string()),
        Unwritten::Itself(why) => (prompts.failed, prompts.instead, prompts.pending) = (Some(why), None, None),
        // What waits for the saving goes on waiting.
        Unwritten::There(error) => (prompts.failed, prompts.instead) = (Some(error.to_string()), Some(elsewhere)),
    }
}
