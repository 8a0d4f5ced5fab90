//! Deleting rows, and what becomes of the rows below the heading of an approach that goes. Asks before anything changes its approach.

pub use super::below::{Below, Fate};

use super::{
    below::counted_as,
    cursor::cursor_in,
    editing::restructure,
    range::Reach,
    rows,
    state::{Ask, Prompts, ViewState, Workspace},
};
use crate::{
    edit::Change,
    model::{Row, RowId, RowKind, Table, TableId},
};

/// Deletes the cursor's row, or every selected one. Where a heading of an approach goes from above its rows, asks what becomes of them.
pub(super) fn delete_row(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts) {
    let Some((table, at)) = view.cursor_row(&workspace.document) else { return };
    // Whoever selects whole columns does not mean all rows, and an action's own lines are not several rows.
    let selected = view.selected(&workspace.document).filter(|selection| selection.reach != Reach::Columns);
    let selected = selected.and_then(|selection| selection.area(table)).map(|area| area.rows);
    let own = |at: usize| if table.rows[at].kind == RowKind::Entry { rows::block(table, at).len() } else { 1 };
    let selected = selected.filter(|rows| rows.len() > own(rows.start));
    let (id, at) = (table.id, selected.as_ref().map_or(at, |rows| rows.start));
    let (name, changes, said) = match selected {
        Some(rows) => {
            let changes = view.in_sight(table, rows::delete_all(table, rows));
            let name = format!("Delete {} rows", removed(&changes).count());
            (name.clone(), changes, name)
        }
        None => {
            let row = &table.rows[at];
            let Some(changes) = rows::delete(table, row.id) else { return };
            let lines = removed(&changes).count() - 1;
            (format!("Delete {}", table.name_of(row)), changes, deleted(table, row, lines))
        }
    };
    let rows: Vec<RowId> = removed(&changes).collect();
    if let Some(below) = Below::of(table, &rows, |at| view.is_in_sight(at)) {
        prompts.ask = Some(Ask::RowsBelow(Box::new(below)));
        return;
    }
    delete(workspace, view, prompts, Deletion { table: id, name, changes, at, said });
}

/// Deletes the headings that were asked about.
pub(super) fn delete_heading(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, fate: Fate) {
    let Some(Ask::RowsBelow(below)) = prompts.ask.take() else { return };
    let Some(table) = workspace.document.table(below.table) else { return };
    let changes = below.changes(table, fate);
    let first = below.rows.iter().filter_map(|row| table.position(*row)).min();
    let Some(at) = first.filter(|_| fate != Fate::Keep && !changes.is_empty()) else { return };
    let count = removed(&changes).count();
    let name = match &below.rows[..] {
        [row] if fate != Fate::Delete => format!("Delete {}", table.row(*row).map_or_else(String::new, |row| table.name_of(row))),
        _ => format!("Delete {}", counted_as(count, "row", "rows")),
    };
    let said = match fate {
        Fate::Above => format!("{name}; what stood below is under the approach above now"),
        Fate::Below => format!("{name}; what stood below is under the next approach now"),
        Fate::Alone => format!("{name}; what stood below has no approach now"),
        Fate::Delete | Fate::Keep => name.clone(),
    };
    delete(workspace, view, prompts, Deletion { table: below.table, name, changes, at, said });
}

/// A step that deletes rows.
struct Deletion {
    table: TableId,
    name: String,
    changes: Vec<Change>,
    /// The position of the first of them.
    at: usize,
    /// What the status bar says of it.
    said: String,
}

/// Makes the step that deletes rows, and brings the cursor to what then stands at the position of the first of them.
fn delete(
    workspace: &mut Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    Deletion { table: id, name, changes, at, said }: Deletion,
) {
    let column = view.cursor.and_then(|cursor| cursor.column);
    let before = workspace.history.depth();
    restructure(workspace, prompts, id, name, changes, None);
    if workspace.history.depth() > before {
        prompts.said = said;
    }
    let Some(table) = workspace.document.table(id) else { return };
    let next = table.rows.get(at).or(table.rows.last());
    view.cursor = next.map(|row| cursor_in(table, row, column));
}

/// The rows that changes take away.
fn removed(changes: &[Change]) -> impl Iterator<Item = RowId> {
    changes.iter().filter_map(|change| if let Change::RemoveRow { row, .. } = change { Some(*row) } else { None })
}

/// What the status bar says of a row that was deleted with its lines; of a group's, also where its actions now stand.
fn deleted(table: &Table, row: &Row, lines: usize) -> String {
    let name = match (row.kind, &*table.name_of(row)) {
        (RowKind::Line, _) => "a continuation line".to_owned(),
        (_, "") => "a blank row".to_owned(),
        (_, name) => name.to_owned(),
    };
    let with = match lines {
        0 => String::new(),
        1 => " and its continuation line".to_owned(),
        lines => format!(" and its {lines} continuation lines"),
    };
    let at = table.position(row.id).filter(|&at| row.kind == RowKind::Group && rows::block(table, at).len() > 1);
    let above = at.and_then(|at| table.rows[..at].iter().rfind(|row| matches!(row.kind, RowKind::Group | RowKind::Section)));
    let moved = above.map_or_else(String::new, |above| format!("; its actions are under {} now", table.name_of(above)));
    format!("Deleted {name}{with}{moved}; Undo brings it back")
}
