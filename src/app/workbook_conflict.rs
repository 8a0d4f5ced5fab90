//! What becomes of edits whose workbook others have saved meanwhile: they are written into it, or give way to it. Asks nothing itself.

use std::path::PathBuf;

use super::{
    allowed,
    editing::make_import,
    import::Source,
    jobs::Progress,
    on_disk::refuse,
    open::{OpenError, Opened, open_locked_files, place_notes, shown},
    own_file::{Conflict, OnDisk, Unwritten, elsewhere},
    passwords::{NeedsPassword, Passwords},
    receipt::Receipt,
    source_file::SourceFile,
    state::{Ask, Done, Prompts, Remembered, Retry, Tasks, ViewState, Workspace},
    today,
    write_back::{ToWrite, write_back},
};
use crate::{
    edit::Change,
    model::{Document, Table},
    store::{self, Fingerprint, FirstCopy},
    workbook,
    writeback::{self, Theirs},
};

/// What others did to a workbook, beside the edits here; nothing where it cannot be read.
///
/// # Errors
/// When its password is to be typed first.
pub(super) fn meet(source: &SourceFile, document: &Document, passwords: &Passwords) -> Result<Option<Theirs>, NeedsPassword> {
    let Ok(bytes) = store::read(&source.path) else { return Ok(None) };
    let held = passwords.unlock(&source.path, bytes)?;
    let Ok((grids, _)) = workbook::open(&store::shortened(&source.path), held.clear(), &|_| true) else { return Ok(None) };
    let mut changes = writeback::changes(&source.tables, document, (&[], &[]));
    let moved = writeback::rows_moved(&source.tables, &changes, &grids);
    let words = |sheet: &String| format!("the rows of {sheet} were moved there as well, so yours are not added, moved or deleted");
    let lost: Vec<String> = moved.iter().map(words).collect();
    if !moved.is_empty() {
        changes = writeback::changes(&source.tables, document, (&moved, &[]));
    }
    let mut theirs = writeback::theirs(&source.tables, &mut changes, &grids, false);
    theirs.lost.extend(lost);
    Ok(Some(theirs))
}

/// Writes the edits into the workbook as others have saved it, and reads it again. Where both changed a cell, mine or theirs stays.
pub(super) fn save_into_theirs(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    mine_wins: bool,
) {
    let Some(Conflict { path, theirs: Some(theirs), .. }) = prompts.conflict.clone() else { return };
    let Some(source) = workspace.sources.iter().find(|source| source.path == path) else { return };
    let source = source.known_to(&workspace.document);
    prompts.ask = None;
    if tasks.is_busy(prompts) {
        return;
    }
    let (document, folder) = (workspace.document.clone(), remembered.folder.clone());
    let (first_copy, passwords) = (remembered.settings.first_copy.clone(), remembered.passwords.clone());
    (workspace.opening, prompts.pending) = (true, None);
    tasks.start(format!("Saving {}", shown(&path)), move |progress: &Progress| {
        let written = write(&source, &document, (&theirs, mine_wins), (&first_copy, &passwords), progress);
        if let Ok(receipt) = &written {
            store::audit(&folder, &path, receipt.audited());
        }
        let read = || open_locked_files(std::slice::from_ref(&path), &[], &passwords, &|done| progress.report(done)).map(Box::new);
        let result = written.map(|receipt| (receipt, read()));
        Done::IntoTheirs { path, result }
    });
}

fn write(
    source: &SourceFile,
    document: &Document,
    (theirs, mine_wins): (&Fingerprint, bool),
    (first_copy, passwords): (&FirstCopy, &Passwords),
    progress: &Progress,
) -> Result<Receipt, Unwritten> {
    let path = &source.path;
    let bytes = store::read(path).map_err(|error| Unwritten::Itself(error.to_string()))?;
    let held = passwords.unlock(path, bytes).map_err(Unwritten::NeedsPassword)?;
    let wanted = ToWrite { base: &source.tables, now: document, outside: &[], allowed: allowed(), over_theirs: Some(mine_wins) };
    let itself = |why: String| Unwritten::Itself(format!("{}: {why}.", store::shortened(path)));
    let written = write_back(&store::shortened(path), held.clear(), &wanted, &|done| progress.report(done));
    let written = written.map_err(|why| itself(why.to_string()))?;
    let bytes = held.sealed(written.bytes).map_err(itself)?;
    store::keep_first_copy(first_copy, path, &held.on_disk, today())?;
    store::write_unless_changed(path, &bytes, Some(theirs))?;
    Ok(written.receipt)
}

/// Takes in the workbook with the edits in it, or says why they are not.
pub(super) fn end_saving_into_theirs(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    path: PathBuf,
    result: Result<(Receipt, Result<Box<Opened>, OpenError>), Unwritten>,
) {
    workspace.opening = false;
    match result {
        Ok((receipt, Ok(opened))) => {
            let said = receipt.summary(&shown(&path), receipt.refusals());
            let whole = receipt.is_whole();
            prompts.receipts = vec![(path.clone(), receipt)];
            take_workbook(workspace, view, prompts, tasks, path, *opened);
            prompts.say(said);
            prompts.receipt_said.clone_from(&prompts.said);
            if !whole {
                prompts.ask = Some(Ask::Receipt);
            }
        }
        Ok((_, Err(error))) => prompts.fail(error.to_string()),
        Err(Unwritten::Changed(_) | Unwritten::Gone) => prompts.fail(format!("{}: it was changed once more. Save again.", shown(&path))),
        Err(Unwritten::NeedsPassword(locked)) => prompts.ask = Some(Ask::Password(locked, Retry::Save)),
        Err(why) => refuse(prompts, why, elsewhere(&path)),
    }
}

/// Puts the tables of a workbook as it is on the disk in the place of those that were read from it, as one step.
pub(super) fn take_workbook(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    path: PathBuf,
    opened: Opened,
) {
    let source = Source::File(path.clone());
    let document = &workspace.document;
    let is_from = |table: &&Table| workspace.origins.get(&table.id) == Some(&source);
    let gone: Vec<_> = document.tables.iter().filter(is_from).map(|table| table.id).collect();
    let at = document.tables.iter().position(|table| gone.contains(&table.id)).unwrap_or(document.tables.len());
    let in_view = view.table_id(document).and_then(|id| gone.iter().position(|gone| *gone == id));
    let tables: Vec<Table> =
        opened.document.tables.into_iter().zip(document.new_table_ids()).map(|(table, id)| Table { id, ..table }).collect();
    let notes = place_notes(&Document::of(tables.clone()), opened.notes);
    let shown_table = in_view.and_then(|at| tables.get(at)).map(|table| table.id);
    workspace.origins.extend(tables.iter().map(|table| (table.id, source.clone())));
    let known = opened.files.into_iter().next().map(|(_, known)| known);
    if let Some((held, known)) = workspace.sources.iter_mut().find(|held| held.path == path).zip(known) {
        held.take(known, tables.clone());
    }
    let removed = gone.into_iter().map(|table| Change::RemoveTable { table });
    let added = tables.into_iter().enumerate().map(|(after, table)| Change::InsertTable { at: at + after, table: Box::new(table) });
    let changes: Vec<Change> = removed.chain(added).collect();
    make_import(workspace, view, prompts, tasks, (format!("Take {} as it is on the disk", shown(&path)), changes, notes));
    workspace.history.mark_saved();
    (workspace.own.on_disk, prompts.conflict, prompts.held) = (OnDisk::Same, None, None);
    view.shown = shown_table.map_or(view.shown, super::command::View::Table);
    view.stay_within(&workspace.document);
}
