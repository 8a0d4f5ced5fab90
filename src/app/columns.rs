//! Moving the columns of the table in view. Makes its edits through `edit` alone.

use super::{
    editing::edit,
    state::{Prompts, Remembered, ViewState, Workspace},
};
use crate::{
    edit::Change,
    model::{ColumnId, Table},
    store::TableView,
};

/// Moves the cursor's column past the next one in sight.
pub(super) fn move_column(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, remembered: &Remembered, left: bool) {
    let Some(table) = view.table(&workspace.document) else { return };
    let column = view.cursor_column(&workspace.document);
    let wanted = column.and_then(|column| beside(table, remembered.view_of(&workspace.document, table), column, left));
    put(workspace, view, prompts, wanted);
}

/// Moves a column to stand before another, or last.
pub(super) fn place_column(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, column: ColumnId, before: Option<ColumnId>) {
    let wanted = view.table(&workspace.document).and_then(|table| placed(table, column, before));
    put(workspace, view, prompts, wanted);
}

fn put(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, wanted: Option<(ColumnId, usize)>) {
    let Some(table) = view.table(&workspace.document) else { return };
    let Some((column, to)) = wanted else {
        prompts.say("The column cannot go further");
        return;
    };
    let name = table.column_position(column).map_or_else(String::new, |at| format!("Move the column {}", table.heading(at)));
    let change = Change::MoveColumn { table: table.id, column, to };
    edit(workspace, prompts, name, vec![change]);
}

/// A column, and the place of the next one in sight on a side.
fn beside(table: &Table, view: &TableView, column: ColumnId, left: bool) -> Option<(ColumnId, usize)> {
    let at = table.column_position(column)?;
    let in_sight = |&at: &usize| !view.hides(&table.columns[at]);
    let to = if left { (0..at).rfind(in_sight) } else { (at + 1..table.columns.len()).find(in_sight) };
    Some((column, to?))
}

/// Where a column comes to stand before another, or last; `None` where it stands there already.
fn placed(table: &Table, column: ColumnId, before: Option<ColumnId>) -> Option<(ColumnId, usize)> {
    let at = table.column_position(column)?;
    let before = before.map_or(Some(table.columns.len()), |id| table.column_position(id))?;
    let to = if before > at { before - 1 } else { before };
    (to != at).then_some((column, to))
}
