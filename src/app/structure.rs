//! The commands that add, copy, move and renumber rows, and the offer to renumber that follows. Makes its edits through `edit` alone.

use super::{
    command::{Cursor, RowCommand},
    cursor::cursor_in,
    deleting::{delete_heading, delete_row},
    direction::turn_direction,
    editing::{edit, restructure},
    numbering::{self, Misplaced},
    rows,
    state::{Prompts, Remembered, ViewState, Workspace},
    update::add_update,
    visibility::bring_into_sight,
};
use crate::model::{RowId, RowKind, Table};

/// Does what a command says with the rows, their refs and their comments.
pub(super) fn run(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &Remembered, command: RowCommand) {
    let name = command.about().text;
    match command {
        RowCommand::AddAction => add_row(workspace, view, prompts, remembered, (name, RowKind::Entry)),
        RowCommand::AddLine => add_row(workspace, view, prompts, remembered, (name, RowKind::Line)),
        RowCommand::AddGroup => add_row(workspace, view, prompts, remembered, (name, RowKind::Group)),
        RowCommand::AddSection => add_row(workspace, view, prompts, remembered, (name, RowKind::Section)),
        RowCommand::Delete => delete_row(workspace, view, prompts),
        RowCommand::DeleteHeading(fate) => delete_heading(workspace, view, prompts, fate),
        RowCommand::MoveUp => move_row(workspace, view, prompts, true),
        RowCommand::MoveDown => move_row(workspace, view, prompts, false),
        RowCommand::Place { row, before } => place_row(workspace, view, prompts, row, before),
        RowCommand::Duplicate => duplicate_row(workspace, view, prompts),
        RowCommand::RenumberRefs => renumber_refs(workspace, view, prompts),
        RowCommand::LeaveRefs => prompts.renumber_offered = None,
        RowCommand::AddUpdate(words) => add_update(workspace, view, prompts, &words),
        RowCommand::TurnDirection => turn_direction(workspace, view, prompts),
    }
}

fn add_row(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &Remembered, (name, kind): (&str, RowKind)) {
    let Some((table, at)) = view.here(&workspace.document) else { return };
    let id = table.id;
    let added = match table.rows.get(at) {
        Some(row) => rows::add(table, row.id, kind),
        None => rows::add_first(table, kind),
    };
    let Some((changes, row)) = added else {
        prompts.say("That cannot be added here");
        return;
    };
    restructure(workspace, prompts, id, name.to_owned(), changes, Some(row));
    let Some((table, held)) = workspace.document.table(id).and_then(|table| Some((table, table.row(row)?))) else { return };
    let looked_at = remembered.view_of(&workspace.document, table);
    let column =
        rows::typed_next(table, held, |column| !looked_at.hides(column)).and_then(|at| table.columns.get(at)).map(|column| column.id);
    let cursor = Cursor { table: id, row, column };
    view.select(cursor);
    bring_into_sight(workspace, view, prompts, remembered, cursor);
}

fn duplicate_row(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts) {
    let Some((table, at)) = view.cursor_row(&workspace.document) else { return };
    let Some((changes, copy)) = rows::duplicate(table, table.rows[at].id) else {
        prompts.say("Only an action is duplicated; the cursor is in a heading");
        return;
    };
    let name = format!("Duplicate {}", table.entry_of(at).map_or_else(String::new, |row| table.name_of(row)));
    let (id, column) = (table.id, view.cursor.and_then(|cursor| cursor.column));
    restructure(workspace, prompts, id, name, changes, Some(copy));
    view.cursor = workspace.document.table(id).and_then(|table| Some(cursor_in(table, table.row(copy)?, column)));
}

fn move_row(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, up: bool) {
    let Some((table, at)) = view.cursor_row(&workspace.document) else { return };
    let row = &table.rows[at];
    let name = format!("Move {} {}", table.name_of(row), if up { "up" } else { "down" });
    match rows::shift(table, row.id, up) {
        Some(changes) => restructure(workspace, prompts, table.id, name, changes, None),
        None => prompts.said = format!("It cannot go further {}", if up { "up" } else { "down" }),
    }
}

fn place_row(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, row: RowId, before: Option<RowId>) {
    let Some(table) = view.table(&workspace.document) else { return };
    let (Some(held), Some(changes)) = (table.row(row), rows::place(table, row, before)) else { return };
    let (id, name) = (table.id, format!("Move {}", table.name_of(held)));
    restructure(workspace, prompts, id, name, changes, None);
}

fn renumber_refs(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts) {
    let Some((table, at)) = view.here(&workspace.document) else { return };
    let offered = prompts.renumber_offered.filter(|scope| scope.table == table.id);
    let section = offered.map_or_else(|| section_at(table, at), |scope| scope.section);
    let all = numbering::misplaced(table);
    let own: Vec<Misplaced> = all.iter().filter(|row| section.is_none() || row.section == section).cloned().collect();
    // An approach whose refs are in order leaves the rest of the plan.
    let misplaced = if own.is_empty() && offered.is_none() { all } else { own };
    prompts.renumber_offered = None;
    let Some(table) = view.table(&workspace.document).filter(|_| !misplaced.is_empty()) else {
        prompts.say("The refs are in order");
        return;
    };
    let name = if misplaced.len() == 1 { "Renumber 1 ref".to_owned() } else { format!("Renumber {} refs", misplaced.len()) };
    let changes = rows::renumber(&workspace.document, table, &misplaced);
    edit(workspace, prompts, name, changes);
}

/// The approach that the row at a position stands in.
fn section_at(table: &Table, at: usize) -> Option<RowId> {
    table.rows.range(..=at)?.iter().rev().find(|row| row.kind == RowKind::Section).map(|row| row.id)
}
