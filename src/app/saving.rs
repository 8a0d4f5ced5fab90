//! Saving the document in its own file, and what is offered where a file cannot be written. Leaves the document as it is.

use std::path::{Path, PathBuf};

use super::{
    allowed,
    command::{Command, FileCommand},
    export::file_stem,
    jobs::Progress,
    on_disk::{ask_of_conflict, refuse, take_saved},
    open::{shown, stem},
    own_file::{OnDisk, Saved, Unwritten},
    recent::remember,
    save_back::save_back,
    state::{Ask, Done, Pending, Prompts, Remembered, Tasks, Workspace},
};
use crate::{
    model::Document,
    notes::Note,
    store::{self, FileLock, Fingerprint, WriteError},
};

/// Saves the document where it is saved already; asks where it is not.
pub(super) fn save(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered) {
    match workspace.path.clone() {
        // It may have been made writable meanwhile.
        Some(path) if workspace.read_only && store::is_read_only(&path) => {
            prompts.fail(format!(
                "{}: the file is read-only, so it stays as it is. Save your work in another folder or under another name.",
                store::shortened(&path)
            ));
            prompts.instead = Some(Command::File(FileCommand::SaveElsewhere(shown(&path))));
        }
        Some(path) => save_to(workspace, prompts, tasks, remembered, path),
        None if workspace.sources.is_empty() => ask_where(workspace, prompts),
        None => save_back(workspace, prompts, tasks, remembered, allowed()),
    }
}

/// Asks where the document is saved.
pub(super) fn ask_where(workspace: &Workspace, prompts: &mut Prompts) {
    prompts.ask = Some(match workspace.workbook_to_copy() {
        Some(source) => Ask::WhereToSaveCopy(store::another_name(&source.path)),
        None => Ask::WhereToSave(format!("{}.plandesk", file_stem(&workspace.document))),
    });
}

/// Writes the document, where the file is what it was when it was opened or saved here.
pub(super) fn save_to(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, path: PathBuf) {
    // That the file is gone may have been said before; it is then meant to be there again.
    let said = workspace.own.on_disk == OnDisk::Gone && !path.exists();
    let known = workspace.own.fingerprint.clone().filter(|_| !said && workspace.is_own_file(&path));
    save_over(workspace, prompts, tasks, remembered, path, known);
}

/// Writes the document, where the file is what is known of it.
pub(super) fn save_over(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    path: PathBuf,
    known: Option<Fingerprint>,
) {
    if tasks.is_busy(prompts) {
        return;
    }
    // Never over a workbook: what is written is a file of ours.
    if !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(store::ENDING)) {
        return ask_where(workspace, prompts);
    }
    let (document, notes, folder) = (workspace.document.clone(), workspace.read_notes.clone(), remembered.folder.clone());
    let mine = workspace.own.lock.as_ref().is_some_and(|lock| lock.is_of(&path));
    // The state being saved is the present one; edits made meanwhile count as unsaved.
    workspace.history.mark_saved();
    (workspace.saving, workspace.own.job) = (true, None);
    tasks.start(format!("Saving {}", shown(&path)), move |_: &Progress| {
        store::note_folder(&folder, &path);
        let result = write_document(&path, &document, &notes, known.as_ref(), mine);
        Done::Saved { path, result }
    });
}

/// Takes in what saving ended in; what waited for it now goes on.
#[must_use]
pub(super) fn end_save(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    path: PathBuf,
    result: Result<Saved, Unwritten>,
) -> Option<Pending> {
    workspace.saving = false;
    match result {
        Ok(saved) => {
            prompts.say(format!("Saved {}", shown(&path)));
            log::info!("saved {}", shown(&path));
            workspace.name = stem(&path);
            remember(prompts, remembered, &path);
            take_saved(workspace, prompts, path, saved);
            return prompts.pending.take();
        }
        Err(why) => {
            workspace.history.mark_unsaved();
            match why {
                Unwritten::Changed(theirs) => ask_of_conflict(workspace, prompts, path, Some(theirs)),
                Unwritten::Gone => ask_of_conflict(workspace, prompts, path, None),
                why @ (Unwritten::There(_) | Unwritten::Itself(_) | Unwritten::Signed | Unwritten::NeedsPassword(_)) => {
                    refuse(prompts, why, Command::File(FileCommand::SaveElsewhere(store::another_name(&path))));
                }
            }
        }
    }
    None
}

/// Writes the document under a lock that other windows see; one that is not this window's yet is taken.
fn write_document(path: &Path, document: &Document, notes: &[Note], known: Option<&Fingerprint>, mine: bool) -> Result<Saved, Unwritten> {
    let bytes = store::encode(document, notes).map_err(|error| Unwritten::Itself(error.to_string()))?;
    let taken = if mine { Ok(None) } else { FileLock::take(path) };
    let lock = taken.map_err(|holder| WriteError::OpenElsewhere { file: path.into(), holder })?;
    let fingerprint = store::write_unless_changed(path, &bytes, known)?;
    Ok(Saved { fingerprint, lock })
}
