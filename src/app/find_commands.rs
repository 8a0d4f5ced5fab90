//! Doing what the commands of the find bar say: going from one found cell to the next, and replacing.

use super::{
    command::{Cursor, FindCommand},
    editing::edit,
    find::Finding,
    range::cursor_at,
    state::{Prompts, Remembered, ViewState, Workspace},
    visibility::bring_into_sight,
};
use crate::model::RowKind;

/// Does what a command of the find bar says.
pub(super) fn run(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &Remembered, command: FindCommand) {
    match command {
        FindCommand::Open => open(view, false),
        FindCommand::OpenReplace => open(view, true),
        FindCommand::For(query) => {
            view.finding.get_or_insert_with(Finding::default).query = query;
            view.look_again(&workspace.document, workspace.revision);
            if view.found_here(&workspace.document).is_none() {
                find_next(workspace, view, prompts, remembered, false);
            }
        }
        FindCommand::Next if view.finding.is_none() => open(view, false),
        FindCommand::Next => find_next(workspace, view, prompts, remembered, false),
        FindCommand::Previous => find_next(workspace, view, prompts, remembered, true),
        FindCommand::ReplaceOne(with) => {
            replace_one(workspace, view, prompts, &with);
            find_next(workspace, view, prompts, remembered, false);
        }
        FindCommand::ReplaceAll(with) => replace_all(workspace, view, prompts, &with),
        FindCommand::Close => view.finding = None,
    }
}

/// Opens the find bar, or gives it the keyboard again.
fn open(view: &mut ViewState, replacing: bool) {
    let finding = view.finding.get_or_insert_with(Finding::default);
    finding.replacing = replacing;
    finding.asked += 1;
}

/// Moves the cursor to the next or the previous found cell, around the end.
fn find_next(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &Remembered, back: bool) {
    view.look_again(&workspace.document, workspace.revision);
    let Some((table, finding)) = view.table(&workspace.document).zip(view.finding.as_ref()) else { return };
    let found = &finding.found;
    let here = view.cursor_place(&workspace.document).map(|(row, column)| (row, column.unwrap_or(0)));
    let next = match (here, back) {
        (Some(here), false) => found.iter().find(|&&place| place > here).or(found.first()),
        (Some(here), true) => found.iter().rev().find(|&&place| place < here).or(found.last()),
        (None, false) => found.first(),
        (None, true) => found.last(),
    };
    let Some(&(row, column)) = next else {
        let words = &finding.query.text;
        prompts.said =
            if words.is_empty() { "Type what to look for".to_owned() } else { format!("“{words}” is nowhere in this table") };
        return;
    };
    let cursor = match table.rows[row].kind {
        RowKind::Section => Cursor { column: None, ..cursor_at(table, row, 0) },
        RowKind::Group | RowKind::Entry | RowKind::Line | RowKind::Total => cursor_at(table, row, column),
    };
    view.select(cursor);
    prompts.said.clear();
    bring_into_sight(workspace, view, prompts, remembered, cursor);
}

fn replace_one(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, with: &str) {
    let document = &workspace.document;
    view.look_again(document, workspace.revision);
    if let (Some((at, _)), Some(table), Some(finding)) = (view.found_here(document), view.table(document), view.finding.as_ref()) {
        let change = finding.pattern.as_ref().and_then(|pattern| pattern.change(table, finding.found[at], with));
        let name = format!("Replace “{}”", finding.query.text);
        if let Some(change) = change {
            edit(workspace, prompts, name, vec![change]);
        }
    }
}

fn replace_all(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, with: &str) {
    view.look_again(&workspace.document, workspace.revision);
    let Some((table, finding)) = view.table(&workspace.document).zip(view.finding.as_ref()) else { return };
    let (query, pattern) = (&finding.query, finding.pattern.iter());
    let changes: Vec<_> =
        pattern.flat_map(|pattern| finding.found.iter().filter_map(|&place| pattern.change(table, place, with))).collect();
    let cells = if changes.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", changes.len()) };
    let name = format!("Replace “{}” in {cells}", query.text);
    if changes.is_empty() {
        prompts.said = format!("“{}” is nowhere in this table", query.text);
    } else {
        edit(workspace, prompts, name, changes);
    }
}
