//! Printing what is in view: its pages are made in the background, and opened where PDFs are opened.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    as_of,
    command::View,
    export::file_stem,
    jobs::Progress,
    state::{Done, Prompts, Remembered, Tasks, ViewState, Workspace},
};
use crate::{
    insight::{Report, told_of},
    paper::{self, PaperError},
    publish,
    returns::{PrintedTable, printed_summary, printed_table},
    store::TempFile,
};

/// Writes what is in view as a PDF, and opens it where PDFs are opened. What is hidden in the workbook is on it where that was chosen.
pub(super) fn print(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    with_hidden: bool,
) {
    if tasks.is_busy(prompts) {
        return;
    }
    let (document, as_of, shown) = (workspace.document.clone(), as_of(view.as_of), view.shown);
    let baseline = remembered.baseline_of(&workspace.document).cloned();
    let out_of_sight = view.sight.out.rows.clone();
    let hidden = view.table(&workspace.document).map(|table| remembered.view_of(&workspace.document, table).hidden.clone());
    let hidden = hidden.unwrap_or_default();
    let (journal, mut pages) = (tasks.autosave.journal(), tasks.printed.iter().map(|page| page.path().into()).collect::<Vec<PathBuf>>());
    tasks.start("Making the pages to print".to_owned(), move |progress: &Progress| {
        let seen = if with_hidden { Cow::Borrowed(&*document) } else { publish::seen(&document) };
        let baseline = baseline.as_ref().map(|baseline| told_of(baseline, with_hidden, &document, &seen));
        let report = Report::of(&seen, as_of, baseline.as_deref());
        let paper = match shown {
            View::Summary => printed_summary(&report),
            View::Table(id) => {
                let whole = document.table(id).into_iter().flat_map(|table| &table.rows);
                let rows_out = whole.zip(&*out_of_sight).filter(|(_, out)| **out).map(|(row, _)| row.id).collect();
                let away = document
                    .table(id)
                    .into_iter()
                    .flat_map(|table| &table.columns)
                    .filter(|column| hidden.iter().any(|key| key.is(column)));
                printed_table(&report, &PrintedTable { table: id, rows_out, columns_out: away.map(|column| column.id).collect() })
            }
        };
        let bytes = match paper::pdf(&paper, &mut |done| progress.report(done)) {
            Ok(bytes) => bytes,
            Err(PaperError::Cancelled) => return Done::Printed(Ok(None)),
            Err(why) => return Done::Printed(Err(why.to_string())),
        };
        let note = |page: &Path| {
            pages.push(page.into());
            journal.iter().for_each(|journal| journal.note_printed(&pages));
        };
        let written = TempFile::write(&file_stem(&seen), &bytes, note);
        Done::Printed(written.map(Some).map_err(|error| error.to_string()))
    });
}

/// Takes in the pages that were made.
pub(super) fn end_printing(prompts: &mut Prompts, tasks: &mut Tasks, result: Result<Option<TempFile>, String>) {
    match result {
        Ok(Some(pages)) => {
            prompts.say("The pages open in what shows PDFs here, which prints them");
            tasks.to_open = Some(pages.path().to_path_buf());
            tasks.printed.push(pages);
        }
        Ok(None) => prompts.say("Printing cancelled"),
        Err(why) => prompts.fail(why),
    }
}
