//! Writing the return that closes a period, with what is recorded for it. A return is written whole or not at all, and nothing is recorded here.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    as_of,
    closing::{Closed, Closing},
    command::{Command, PeriodCommand},
    export::{Wished, closing_name, export},
    jobs::Progress,
    last_return,
    open::shown,
    own_file::Unwritten,
    return_file::{may_take_place, own_workbook_words, unless_taken},
    state::{Done, Prompts, Remembered, Tasks, Workspace},
    today,
};
use crate::{
    edit::apply,
    insight::{Insight, freeze},
    model::{Document, FrozenReturn},
    publish,
    store::{self, Fingerprint},
    workbook::SaveError,
};

/// Writes the return of the period that is about to be closed. Where another file would be lost with it, that is asked about first, unless
/// it is to be replaced.
pub(super) fn close_to(
    workspace: &Workspace,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    (path, replaces): (PathBuf, bool),
) {
    if tasks.is_busy(prompts) {
        return;
    }
    let Some(closing) = prompts.closing.clone() else { return };
    if workspace.was_read_from(&path) || workspace.is_own_file(&path) {
        prompts.fail(own_workbook_words(&path));
        let name = closing_name(&workspace.document, closing.draft.template, &closing.draft.name);
        prompts.instead = Some(Command::Period(PeriodCommand::WriteElsewhere(name)));
        return;
    }
    let document = workspace.document.clone();
    let baseline = remembered.baseline_of(&document).cloned();
    let folder = remembered.folder.clone();
    tasks.start(format!("Writing {}", shown(&path)), move |progress: &Progress| {
        store::note_folder(&folder, &path);
        let may = || may_take_place(&path, &document);
        let written = |known: Option<&Fingerprint>| write(&path, document.clone(), &closing, (baseline.as_ref(), known), progress);
        match unless_taken(&path, replaces, may, written) {
            Ok(result) => Done::Closed { path, closing, result },
            Err(why) => Done::CloseTaken { path, closing, why },
        }
    });
}

/// Writes the return, and tells what it froze; nothing when it was cancelled, and then no file is touched.
fn write(
    path: &Path,
    document: Arc<Document>,
    closing: &Closing,
    (baseline, known): (Option<&FrozenReturn>, Option<&Fingerprint>),
    progress: &Progress,
) -> Result<Option<Box<Closed>>, Unwritten> {
    let rows: usize = document.tables.iter().map(|table| table.rows.len()).sum();
    let (made, bytes) = match made(document, closing, baseline, &mut |done| progress.report(done as f32 / rows.max(1) as f32)) {
        Ok(made) if progress.report(1.0) => made,
        Ok(_) | Err(SaveError::Cancelled) => return Ok(None),
        Err(error) => return Err(Unwritten::Itself(error.to_string())),
    };
    let written = store::replace_unless_changed(path, &bytes, known)?;
    let rows = last_return::marks(&made.document);
    Ok(Some(Box::new(Closed { frozen: made.frozen_in(path, &written), rows })))
}

/// A document with a period recorded in it, and how it stands then.
pub(super) struct Made {
    pub document: Arc<Document>,
    frozen: FrozenReturn,
}

impl Made {
    /// The same frozen, as its return stands in a file.
    #[must_use]
    pub(super) fn frozen_in(&self, path: &Path, written: &Fingerprint) -> FrozenReturn {
        FrozenReturn { frozen_on: Some(today()), file: shown(path).into(), sha256: written.sha256().into(), ..self.frozen.clone() }
    }
}

/// Records the period in a copy of a document, and makes its return: the bytes of a workbook.
///
/// # Errors
/// When it is more than a workbook holds, or was cancelled.
pub(super) fn made(
    mut document: Arc<Document>,
    closing: &Closing,
    baseline: Option<&FrozenReturn>,
    progress: &mut (dyn FnMut(usize) -> bool + Send),
) -> Result<(Made, Vec<u8>), SaveError> {
    let changes = closing.changes(&document);
    if !changes.is_empty() {
        let changed = Arc::make_mut(&mut document);
        changes.into_iter().for_each(|change| drop(apply(changed, change)));
    }
    let (with_hidden, as_of) = (closing.draft.with_hidden, as_of(closing.as_at));
    let wished = Wished { template: closing.draft.template, with_hidden, as_of, baseline, ..Wished::default() };
    let bytes = export(&document, wished, progress)?;
    let seen = publish::seen(&document);
    let returned = if with_hidden { &*document } else { &*seen };
    let now = freeze(returned, &Insight::of(returned, as_of), as_of, &closing.draft.name);
    let frozen = FrozenReturn { as_at: closing.as_at, with_hidden, ..now };
    drop(seen);
    Ok((Made { document, frozen }, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::{
            closing::{Grounds, Purpose},
            open::open_sample,
        },
        insight::AsOf,
    };

    #[test]
    fn a_return_that_is_called_off_touches_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("return.xlsx");
        let document = Arc::new(open_sample().document);
        let insight = Insight::of(&document, AsOf::default());
        let grounds = Grounds { document: &document, insight: &insight, today: today(), in_workbook: true };
        let closing = Closing::of(grounds, Purpose::Close);
        let progress = Progress::default();
        progress.cancel();
        let cancelled = write(&path, Arc::clone(&document), &closing, (None, None), &progress);
        assert!(cancelled.is_ok_and(|closed| closed.is_none()) && !path.exists());
        let closed = write(&path, document, &closing, (None, None), &Progress::default()).unwrap().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(closed.frozen.sha256, Fingerprint::of(&path, &bytes).sha256().into());
        assert!(closed.frozen.has_ids && closed.frozen.plans[0].actions.len() == 34);
    }
}
