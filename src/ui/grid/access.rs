//! What a screen reader is told: a grid of rows and cells, each cell with its column, its row and its value.

use eframe::egui::{
    Id, Rect, Response, Ui,
    accesskit::{self, Action, Node, Role},
};

use super::Shown;
use crate::model::{RowKind, Table};

/// Where a node is drawn and that it can be clicked.
pub fn place(node: &mut Node, rect: Rect) {
    let [x0, y0, x1, y1] = [rect.left(), rect.top(), rect.right(), rect.bottom()].map(f64::from);
    node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
    node.add_action(Action::Click);
}

/// The grid itself, which holds the focus, points to the active cell and says what more is selected.
pub(super) fn grid(ui: &Ui, response: &Response, shown: &Shown<'_>, active: Option<Id>, selected: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        place(node, response.rect);
        node.set_role(Role::Grid);
        node.add_action(Action::Focus);
        node.set_label(shown.table.name.clone());
        node.set_row_count(shown.table.rows.len());
        node.set_column_count(shown.table.columns.len());
        if !selected.is_empty() {
            node.set_description(selected.to_owned());
        }
        if let Some(active) = active {
            node.set_active_descendant(active.accesskit_id());
        }
    });
}

/// A heading.
pub(super) fn heading(ui: &Ui, response: &Response, column: usize, heading: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        place(node, response.rect);
        node.set_role(Role::ColumnHeader);
        node.set_column_index(column);
        node.set_label(heading.to_owned());
    });
}

/// The id of an approach's words, by the number of its row and their place.
pub(super) fn field_id(row: u32, field: usize) -> Id {
    super::id().with(("field", row, field))
}

/// The id of a cell, by the numbers of its row and column.
pub(super) fn cell_id(row: u32, column: u32) -> Id {
    super::id().with(("cell", row, column))
}

/// A cell: `Comment, 1.1.2: …`, with what notes say of it.
pub(super) fn cell(ui: &Ui, response: &Response, at: (usize, usize), name: &str, value: &str, note: Option<&str>, selected: bool) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        place(node, response.rect);
        node.set_role(Role::GridCell);
        node.set_row_index(at.0);
        node.set_column_index(at.1);
        node.set_label(format!("{name}: {}", if value.is_empty() { "blank" } else { value }));
        node.set_selected(selected);
        if let Some(note) = note {
            node.set_description(note.to_owned());
        }
    });
}

/// What is told of a cell beside its value: its row's status, unless it is the status itself, and the notes on it.
pub(super) fn about(table: &Table, row: usize, column: usize, note: Option<&str>) -> Option<String> {
    let held = &table.rows[row];
    let status = held.cells.iter().find_map(crate::model::Cell::status).filter(|_| held.cells[column].status().is_none());
    let status = status.map(|status| format!("Status: {}", status.word()));
    let note = note.map(|note| format!("Note: {}", note.replace('\n', "; ")));
    let parts: Vec<String> = status.into_iter().chain(note).collect();
    (!parts.is_empty()).then(|| parts.join(". "))
}

/// What a cell is called, apart from its value: its column and its row's ref.
pub(super) fn name(table: &Table, row: usize, column: usize) -> String {
    let held = &table.rows[row];
    let of = table.entry_of(row).filter(|_| held.kind == RowKind::Line).unwrap_or(held);
    let line = if held.kind == RowKind::Line { ", further line" } else { "" };
    format!("{}, {}{line}", table.heading(column), table.name_of(of))
}
