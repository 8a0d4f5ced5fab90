//! Writing something under a name that was chosen or offered: a name of another kind of file, or one that is taken, is asked about.

use std::path::{Path, PathBuf};

use super::{
    export::{Format, return_name},
    exporting::{export_to, picture_to},
    file_extension::{Written, is_bare, with_ending},
    open::shown,
    save_back::save_copy,
    saving::save_to,
    state::{Ask, Prompts, Remembered, Tasks, ViewState, Workspace},
};

/// Writes something under a chosen name. One that is of another kind of file is asked about.
pub(super) fn write_as(
    workspace: &mut Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    (what, chosen): (Written, PathBuf),
) {
    if tasks.is_busy(prompts) {
        return;
    }
    let copied = workspace.workbook_to_copy().filter(|_| what == Written::Document).map(|source| source.path.clone());
    let same_kind =
        |copied: &Path| copied.extension().is_some_and(|ending| chosen.extension().is_some_and(|own| own.eq_ignore_ascii_case(ending)));
    if copied.as_deref().is_some_and(same_kind) {
        return save_copy(workspace, prompts, tasks, remembered, chosen);
    }
    let named = match copied.as_deref().and_then(Path::extension).filter(|_| is_bare(&chosen)) {
        // A copy of a workbook is a workbook, unless its name says otherwise.
        Some(ending) => Ok(with_ending(&chosen, &ending.to_string_lossy())),
        None => what.named(chosen.clone()),
    };
    match named {
        // No dialog has asked about a name that was not chosen in full.
        Ok(path) if path != chosen && path.exists() && !matches!(what, Written::Return | Written::Pdf) => {
            prompts.pending = None;
            prompts.fail(format!("{}: a file of this name is already there. Choose another name, or this one in full.", shown(&path)));
        }
        Ok(path) if copied.as_deref().is_some_and(|copied| copied.extension() == path.extension()) => {
            save_copy(workspace, prompts, tasks, remembered, path);
        }
        Ok(path) => write_to(workspace, view, prompts, tasks, remembered, (what, path)),
        Err(other) => prompts.ask = Some(Ask::OtherKind(Box::new(other))),
    }
}

/// Whether a workbook of the document has a password, which no file of ours has.
fn is_secret(workspace: &Workspace, remembered: &Remembered) -> bool {
    workspace.sources.iter().any(|source| remembered.passwords.is_secret(&source.path))
}

/// Writes something under a name that was offered instead of the chosen one.
pub(super) fn write_instead(
    workspace: &mut Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    (what, path): (Written, PathBuf),
) {
    prompts.ask = None;
    // Only a saved document may be closed.
    if what != Written::Document {
        prompts.pending = None;
    }
    if !path.exists() {
        return write_to(workspace, view, prompts, tasks, remembered, (what, path));
    }
    prompts.ask = Some(match what {
        Written::Document => Ask::WhereToSave(shown(&path)),
        // What is there may well be the workbook that the plan was read from.
        Written::Return | Written::Pdf => Ask::WhereToExport(return_name(&workspace.document, prompts.template(), Format::of(&path))),
        Written::Picture => Ask::WhereToSavePicture(shown(&path)),
    });
}

fn write_to(
    workspace: &mut Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    (what, path): (Written, PathBuf),
) {
    match what {
        Written::Document if workspace.path.as_ref() != Some(&path) && is_secret(workspace, remembered) => {
            prompts.ask = Some(Ask::InTheClear(path));
        }
        Written::Document => save_to(workspace, prompts, tasks, remembered, path),
        Written::Return | Written::Pdf => export_to(workspace, view, prompts, tasks, remembered, (path, false)),
        Written::Picture => picture_to(prompts, remembered, &path),
    }
}
