//! The returns that were frozen: renaming and deleting them, which the next is compared with, and where they are kept. Freezes none.

use std::path::PathBuf;

use super::{
    editing::edit,
    kept_beside::KeptBeside,
    state::{Prompts, Remembered, Workspace},
};
use crate::{
    edit::Change,
    model::FrozenReturn,
    store::{self, Folder, KeptReturns},
};

/// Keeps the frozen returns beside the workbooks of the document, where they are not those that are kept there. A document with a file of its
/// own keeps them inside.
pub(super) fn keep_up(workspace: &mut Workspace, prompts: &mut Prompts, folder: &Folder) {
    if workspace.path.is_some() || workspace.sources.is_empty() {
        return;
    }
    let workbooks: Vec<PathBuf> = workspace.sources.iter().map(|source| source.path.clone()).collect();
    let frozen = &workspace.document.frozen;
    if workspace.kept_beside.is_of(&workbooks, frozen) {
        return;
    }
    let before: &[FrozenReturn] = if workspace.kept_beside.workbooks == workbooks { &workspace.kept_beside.returns } else { &[] };
    let kept = store::keep_beside(&workbooks, folder, before, frozen);
    // What could not be kept is not tried again with each command.
    workspace.kept_beside = KeptBeside { workbooks, returns: frozen.clone() };
    match kept {
        Ok(KeptReturns::Beside(_)) => {}
        Ok(KeptReturns::InFolder(why)) => {
            prompts.said.push_str("; the frozen returns are kept on this computer alone, as they could not be put beside the workbook");
            log::warn!("frozen returns are kept in the program's folder: {why}");
        }
        Err(why) => prompts.fail(format!("{why} The frozen returns are in this window alone: save as a plandesk file to keep them.")),
    }
}

/// Calls a frozen return otherwise.
pub(super) fn rename(workspace: &mut Workspace, prompts: &mut Prompts, remembered: &mut Remembered, at: usize, name: &str) {
    let mut frozen = workspace.document.frozen.clone();
    let name = name.trim();
    let Some(held) = frozen.get_mut(at).filter(|held| !name.is_empty() && &*held.name != name) else { return };
    let was_chosen = remembered.baseline_of(&workspace.document) == Some(&*held);
    let step = format!("Rename the return {} to {name}", held.name);
    held.name = name.into();
    edit(workspace, prompts, step, vec![Change::SetFrozen(frozen)]);
    // It is remembered by its name.
    if was_chosen && at + 1 < workspace.document.frozen.len() {
        compare_with(workspace, prompts, remembered, Some(at));
    }
}

/// Deletes a frozen return; the file that was written stays.
pub(super) fn delete(workspace: &mut Workspace, prompts: &mut Prompts, at: usize) {
    let mut frozen = workspace.document.frozen.clone();
    if at >= frozen.len() {
        return;
    }
    let gone = frozen.remove(at);
    edit(workspace, prompts, format!("Delete the frozen return {}", gone.name), vec![Change::SetFrozen(frozen)]);
    prompts.said.push_str("; its file stays, and Undo brings it back");
}

/// Remembers which frozen return the next is compared with.
pub(super) fn compare_with(workspace: &Workspace, prompts: &mut Prompts, remembered: &mut Remembered, at: Option<usize>) {
    let document = &workspace.document;
    // Whoever chooses the last means the last, whichever that will be.
    let chosen = at.and_then(|at| document.frozen.get(at)).filter(|chosen| document.frozen.last() != Some(*chosen));
    let kept = remembered.baselines.set(&remembered.folder, document.name(), chosen);
    let words = match remembered.baseline_of(document) {
        Some(baseline) => format!("Returns are compared with {}", baseline.title()),
        None => "Returns are compared with none".to_owned(),
    };
    prompts.say(words);
    if kept.is_err() {
        prompts.said.push_str(", which could not be kept for next time");
    }
}
