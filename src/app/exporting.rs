//! Writing the return, and the picture of a chart. Asks before a file would be lost, and never writes the workbook a plan was read from.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    as_of,
    command::{Command, PublishCommand},
    export::{Format, Wished, export, export_pdf, return_name},
    jobs::Progress,
    last_return,
    on_disk::refuse,
    open::shown,
    own_file::Unwritten,
    return_file::{may_take_place, own_workbook_words, unless_taken},
    state::{Done, Prompts, Remembered, Tasks, ViewState, Workspace},
};
use crate::{
    insight::AsOf,
    model::{Document, FrozenReturn, Overridden},
    paper::PaperError,
    returns::Template,
    store::{self, Fingerprint, RowMarks},
    workbook::SaveError,
};

/// Writes the return. Where another file would be lost with it, that is asked about first, unless it is to be replaced.
pub(super) fn export_to(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    (path, replaces): (PathBuf, bool),
) {
    if tasks.is_busy(prompts) {
        return;
    }
    if workspace.was_read_from(&path) {
        prompts.pending = None;
        prompts.fail(own_workbook_words(&path));
        prompts.instead = Some(Command::Publish(PublishCommand::ExportElsewhere(return_name(
            &workspace.document,
            prompts.template(),
            Format::of(&path),
        ))));
        return;
    }
    let document = workspace.document.clone();
    let wish = Wish {
        template: prompts.template(),
        with_hidden: prompts.with_hidden(),
        as_of: as_of(view.as_of),
        baseline: prompts.leaving.as_ref().and_then(|leaving| leaving.baseline.clone()),
        overridden: prompts.leaving.as_ref().map_or_else(Vec::new, |leaving| leaving.overridden.clone()),
    };
    let folder = remembered.folder.clone();
    tasks.start(format!("Exporting {}", shown(&path)), move |progress: &Progress| {
        store::note_folder(&folder, &path);
        let write = |known: Option<&Fingerprint>| write_return(&path, &document, &wish, known, progress);
        match unless_taken(&path, replaces, || may_take_place(&path, &document), write) {
            Ok(result) => Done::Exported { path, result },
            Err(why) => Done::Taken { path, why },
        }
    });
}

/// Takes in what exporting ended in.
pub(super) fn end_export(
    workspace: &Workspace,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    path: &Path,
    result: Result<Option<RowMarks>, Unwritten>,
) {
    match result {
        Ok(Some(rows)) => {
            prompts.say(format!("Exported the return to {}", shown(path)));
            if remembered.returned.set(&remembered.folder, workspace.document.name(), rows).is_err() {
                prompts.said.push_str("; what it holds could not be kept, so the filter Changed goes by the return before");
            }
        }
        Ok(None) => prompts.say("Export cancelled; no file was written"),
        Err(why) => refuse(prompts, why, Command::Publish(PublishCommand::ExportElsewhere(store::another_name(path)))),
    }
}

/// Writes the picture that waits for a place.
pub(super) fn picture_to(prompts: &mut Prompts, remembered: &Remembered, path: &Path) {
    let (kind, picture) = std::mem::take(&mut prompts.picture);
    store::note_folder(&remembered.folder, path);
    match store::write(path, &picture) {
        Ok(()) => prompts.say(format!("Saved the picture to {}", shown(path))),
        Err(error) => {
            refuse(prompts, error.into(), Command::Publish(PublishCommand::SavePicture(kind, store::another_name(path), picture)));
        }
    }
}

/// What a return that a job writes is to be.
struct Wish {
    template: &'static Template,
    with_hidden: bool,
    as_of: AsOf,
    baseline: Option<Arc<FrozenReturn>>,
    overridden: Vec<Overridden>,
}

impl Wish {
    fn wished(&self) -> Wished<'_> {
        let Self { template, with_hidden, as_of, baseline, overridden } = self;
        Wished { template, with_hidden: *with_hidden, as_of: *as_of, baseline: baseline.as_deref(), overridden }
    }
}

/// Writes the return and tells what its rows hold; none when it was cancelled, and then no file is touched.
fn write_return(
    path: &Path,
    document: &Document,
    wish: &Wish,
    known: Option<&Fingerprint>,
    progress: &Progress,
) -> Result<Option<RowMarks>, Unwritten> {
    let rows: usize = document.tables.iter().map(|table| table.rows.len()).sum();
    let made = match Format::of(path) {
        Format::Workbook => match export(document, wish.wished(), &mut |done| progress.report(done as f32 / rows.max(1) as f32)) {
            Err(SaveError::Cancelled) => return Ok(None),
            made => made.map_err(|error| error.to_string()),
        },
        Format::Pdf => match export_pdf(document, wish.wished(), &mut |done| progress.report(done)) {
            Err(PaperError::Cancelled) => return Ok(None),
            made => made.map_err(|error| error.to_string()),
        },
    };
    match made {
        Ok(bytes) if progress.report(1.0) => {
            store::replace_unless_changed(path, &bytes, known)?;
            Ok(Some(last_return::marks(document)))
        }
        Ok(_) => Ok(None),
        Err(why) => Err(Unwritten::Itself(why)),
    }
}
