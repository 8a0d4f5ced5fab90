//! Central bodies' forms in the window: reading one, trying what fills it, writing it under a name of its own. Never writes the form it was given.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    as_of,
    command::{Command, FormCommand},
    fill_template::{FillReport, OpenForm, Published, fill_form, mapping_for, read_form, write_form},
    jobs::Progress,
    on_disk::refuse,
    open::shown,
    overwrite::may_replace,
    own_file::Unwritten,
    passwords::NeedsPassword,
    state::{Ask, Done, FormRead, Prompts, Remembered, Retry, Tasks, ViewState, Workspace},
};
use crate::{
    central::FormMapping,
    store::{self, Fingerprint, Folder, FormMappings, WriteError},
};

/// Does what a command says with a form.
pub(super) fn run(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    command: FormCommand,
) {
    match command {
        FormCommand::Choose => {
            if !tasks.is_busy(prompts) {
                prompts.ask = Some(Ask::FormToFill);
            }
        }
        FormCommand::Read(path) => read(workspace, view, prompts, tasks, remembered, path),
        FormCommand::Edit(edit) => {
            prompts.form.iter_mut().for_each(|form| form.edit(edit.clone()));
            go_on(prompts, tasks);
        }
        FormCommand::WithHidden(with) => {
            if let Some(form) = &mut prompts.form {
                let published = Published::of(&workspace.document, &workspace.read_notes, with, as_of(view.as_of));
                form.publish(Arc::new(published), with);
            }
            go_on(prompts, tasks);
        }
        FormCommand::Save => {
            if let Some(form) = &prompts.form {
                prompts.ask = Some(Ask::WhereToSaveForm(form.file_name()));
                (prompts.failed, prompts.instead) = (None, None);
            }
        }
        FormCommand::SaveTo(path) => save_to(workspace, prompts, tasks, remembered, path),
        FormCommand::Close => close(prompts, remembered),
    }
}

/// Closes a form. What its user said of it is kept for when it is opened again.
fn close(prompts: &mut Prompts, remembered: &Remembered) {
    prompts.ask = None;
    let Some(form) = prompts.form.take().filter(|form| form.is_edited) else { return };
    let kept = remember(&remembered.folder, form.mapping).is_ok();
    prompts.say(if kept {
        "No form was written; what fills it is remembered"
    } else {
        "No form was written, and what fills it could not be kept"
    });
}

/// Remembers what fills a form, for the next one of its shape.
fn remember(folder: &Folder, mapping: FormMapping) -> Result<(), WriteError> {
    let mut known = FormMappings::load(folder);
    known.put(mapping);
    known.save(folder)
}

/// Reads a form, to be filled from what of the plan may leave it.
pub(super) fn read(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    path: PathBuf,
) {
    if tasks.is_busy(prompts) {
        return;
    }
    let (document, notes, as_of) = (workspace.document.clone(), workspace.read_notes.clone(), as_of(view.as_of));
    let (passwords, folder) = (remembered.passwords.clone(), remembered.folder.clone());
    tasks.start_reading(format!("Reading {}", shown(&path)), move |progress: &Progress| {
        let bytes = match store::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return Done::FormRead(FormRead::Failed(error.to_string())),
        };
        let held = match passwords.unlock(&path, bytes) {
            Ok(held) => held,
            Err(locked) => return Done::FormRead(FormRead::Locked(locked)),
        };
        let template = match read_form(held.clear(), &|| progress.report(0.3)) {
            Ok(template) => template,
            Err(why) => return Done::FormRead(FormRead::Failed(format!("{}: {why}.", store::shortened(&path)))),
        };
        let published = Published::of(&document, &notes, false, as_of);
        let mapping = mapping_for(&template, FormMappings::load(&folder).all(), &published.plan());
        let form = OpenForm::new(path, Arc::new(held), Arc::new(template), Arc::new(published), mapping);
        Done::FormRead(FormRead::Read(Box::new(form)))
    });
}

/// Takes in a form that was read.
pub(super) fn end_read(prompts: &mut Prompts, tasks: &mut Tasks, read: FormRead) {
    match read {
        FormRead::Read(form) => {
            (prompts.form, prompts.ask) = (Some(*form), Some(Ask::Form));
            go_on(prompts, tasks);
        }
        FormRead::Locked(locked) => {
            let path = locked.path.clone();
            prompts.ask = Some(Ask::Password(NeedsPassword { ..locked }, Retry::Form(path)));
        }
        FormRead::Failed(why) => prompts.fail(why),
    }
}

/// Works out how the form stands, where what fills it changed and nothing else is under way.
pub(super) fn go_on(prompts: &mut Prompts, tasks: &mut Tasks) {
    let Some(form) = prompts.form.as_mut().filter(|form| form.is_stale && tasks.job.is_none()) else { return };
    form.is_stale = false;
    let (template, mapping, published) = (Arc::clone(&form.template), form.mapping.clone(), Arc::clone(&form.published));
    tasks.start_reading("Trying the form".to_owned(), move |progress: &Progress| {
        let (_, report) = fill_form(&template, &mapping, &published.plan(), &|| progress.report(0.5));
        Done::FormTried(Box::new(FillReport { about_plan: published.said.clone(), ..report }))
    });
}

/// Takes in how a form stands.
pub(super) fn end_try(prompts: &mut Prompts, report: FillReport) {
    prompts.form.iter_mut().for_each(|form| form.set_report(report.clone()));
}

/// Writes the filled form where it is to go: never over the form as it was sent, the plan, or a file that is there.
pub(super) fn save_to(workspace: &Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, path: PathBuf) {
    if tasks.is_busy(prompts) {
        return;
    }
    let Some(form) = &prompts.form else { return };
    let path =
        if path.extension().is_none() { form.path.extension().map_or(path.clone(), |ending| path.with_extension(ending)) } else { path };
    if let Err(why) = may_be_written(workspace, form, &path) {
        prompts.fail(format!("{}: {why}. Choose another name.", store::shortened(&path)));
        prompts.instead = Some(Command::Form(FormCommand::Save));
        prompts.ask = Some(Ask::Form);
        return;
    }
    let (template, mapping, published) = (Arc::clone(&form.template), form.mapping.clone(), Arc::clone(&form.published));
    let (bytes, name, folder) = (Arc::clone(&form.bytes), store::shortened(&form.path), remembered.folder.clone());
    tasks.start(format!("Filling {}", shown(&form.path)), move |progress: &Progress| {
        let written = write_form((&name, bytes.clear()), &template, &mapping, &published.plan(), false, &|done| progress.report(done));
        let result = written.map_err(|why| Unwritten::Itself(why.to_string())).and_then(|(clear, report)| {
            let sealed = bytes.sealed(clear).map_err(Unwritten::Itself)?;
            store::note_folder(&folder, &path);
            let known = Fingerprint::read(&path).ok();
            store::replace_unless_changed(&path, &sealed, known.as_ref())?;
            // What it was filled with is remembered for the next return. What cannot be kept is not worth a failure.
            let _ = remember(&folder, mapping.looked_at());
            Ok(Box::new(FillReport { about_plan: published.said.clone(), ..report }))
        });
        Done::FormFilled { path, result }
    });
}

/// Whether a name may be that of the filled form.
fn may_be_written(workspace: &Workspace, form: &OpenForm, path: &Path) -> Result<(), &'static str> {
    let is = |file: &Path| file.canonicalize().is_ok_and(|file| path.canonicalize().is_ok_and(|path| path == file));
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    if is(&form.path) {
        return Err("it is the form as it was sent, which stays as it is");
    }
    if workspace.was_read_from(path) {
        return Err("this plan was read from it");
    }
    if ending(path) != ending(&form.path) {
        return Err("the form is a workbook of another kind, and keeps its ending");
    }
    may_replace(path, "").map_err(|_| "a file of this name is already there")
}

/// Takes in what filling a form ended in.
pub(super) fn end_save(prompts: &mut Prompts, path: &Path, result: Result<Box<FillReport>, Unwritten>) {
    match result {
        Ok(report) => {
            prompts.say(format!("Filled {}: {}", shown(path), report.summary()));
            prompts.form = None;
            prompts.ask = Some(Ask::FormFilled(path.to_path_buf(), report));
        }
        Err(why) => {
            prompts.ask = Some(Ask::Form);
            refuse(prompts, why, Command::Form(FormCommand::Save));
        }
    }
}
