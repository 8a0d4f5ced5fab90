//! Printing what is in view: a page is made in the background, and opened where pages are opened.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    as_of,
    command::View,
    export::file_stem,
    jobs::Progress,
    print,
    state::{Done, Prompts, Remembered, Tasks, ViewState, Workspace},
};
use crate::{insight::Insight, publish, store::TempFile};

/// Writes what is in view as a page to print, and opens it where pages are opened. What is hidden in the workbook is on it where that
/// was chosen.
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
    let out_of_sight = view.sight.out.rows.clone();
    let hidden = view.table(&workspace.document).map(|table| remembered.view_of(&workspace.document, table).hidden.clone());
    let hidden = hidden.unwrap_or_default();
    let (journal, mut pages) = (tasks.autosave.journal(), tasks.printed.iter().map(|page| page.path().into()).collect::<Vec<PathBuf>>());
    tasks.start("Making the page to print".to_owned(), move |_: &Progress| {
        let seen = if with_hidden { Cow::Borrowed(&*document) } else { publish::seen(&document) };
        let page = match shown {
            View::Summary => print::summary(&seen, &Insight::of(&seen, as_of)),
            View::Table(id) => {
                let whole = document.table(id).into_iter().flat_map(|table| &table.rows);
                let rows = whole.zip(&*out_of_sight).filter(|(_, out)| **out).map(|(row, _)| row.id).collect();
                let marking = print::marking(&seen);
                seen.table(id).map(|table| print::table(table, &rows, &hidden, &marking)).unwrap_or_default()
            }
        };
        let note = |page: &Path| {
            pages.push(page.into());
            journal.iter().for_each(|journal| journal.note_printed(&pages));
        };
        let written = TempFile::write(&file_stem(&seen), page.as_bytes(), note);
        Done::Printed(written.map_err(|error| error.to_string()))
    });
}

/// Takes in the page that was made.
pub(super) fn end_printing(prompts: &mut Prompts, tasks: &mut Tasks, result: Result<TempFile, String>) {
    match result {
        Ok(page) => {
            prompts.say("The page opens in your browser, which prints it");
            tasks.to_open = Some(page.path().to_path_buf());
            tasks.printed.push(page);
        }
        Err(why) => prompts.fail(why),
    }
}
