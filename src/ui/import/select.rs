//! Where the sheet under review is looked at and what is selected in it, by pointer and keys. Draws nothing.

use eframe::egui::{Key, Modifiers, PointerButton, Response, Ui, pos2};

use super::{geometry::Geometry, keys};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Draft, Import, ReviewPlace},
    },
    model::column_letters,
};

/// Looks at the cell that is clicked, or selects from the one looked at as far as that one while Shift is held.
pub(super) fn click(ui: &Ui, import: &Import, cell: (u32, u16)) -> Command {
    Command::Import(ImportCommand::LookAt(moved(import, import.look, cell, ui.input(|input| input.modifiers.shift))))
}

/// Selects the cells that the pointer is dragged over.
pub(super) fn drag(ui: &Ui, import: &Import, geometry: &Geometry<'_>, response: &Response, commands: &mut Vec<Command>) {
    let (Some(place), true) = (response.interact_pointer_pos(), response.dragged_by(PointerButton::Primary)) else { return };
    let body = geometry.body;
    let within = pos2(place.x.clamp(body.left(), body.right() - 1.0), place.y.clamp(body.top(), body.bottom() - 1.0));
    let (mut row, mut column) = geometry.cell_at(within);
    // Beyond an edge the sheet scrolls along, a cell a frame.
    if place.y > body.bottom() {
        row = (row + 1).min(geometry.rows.saturating_sub(1));
    } else if place.y < body.top() {
        row = row.saturating_sub(1);
    }
    if place.x > body.right() {
        column = (column + 1).min(geometry.columns.last_filled());
    } else if place.x < body.left() {
        column = column.saturating_sub(1);
    }
    let began = ui.input(|input| input.pointer.press_origin()).filter(|_| response.drag_started());
    let from = began.map(|origin| geometry.cell_at(origin)).or(import.look.from).or(import.look.cell);
    let look = ReviewPlace { cell: Some((row, column)), from, ..import.look };
    if look != import.look {
        commands.push(Command::Import(ImportCommand::LookAt(look)));
    }
}

/// Moves over the cells by the keys, and selects while Shift is held.
pub(super) fn keys(ui: &Ui, import: &Import, geometry: &Geometry<'_>, commands: &mut Vec<Command>) {
    let mut look = import.look;
    for (key, held) in keys::taken(ui, super::sheet::id()) {
        let cell = look.cell.unwrap_or_else(|| import.draft().map_or((0, 0), |(_, draft)| draft.outline.first));
        look = match step(import, geometry, key, held, cell) {
            Some(cell) => moved(import, look, cell, held.shift),
            None => ReviewPlace { from: None, ..look },
        };
    }
    if look != import.look {
        commands.push(Command::Import(ImportCommand::LookAt(look)));
    }
}

/// The cell that a key leads to from another; `None` for the one that ends a selection.
fn step(import: &Import, geometry: &Geometry<'_>, key: Key, held: Modifiers, (row, column): (u32, u16)) -> Option<(u32, u16)> {
    let last = (geometry.rows.saturating_sub(1), geometry.columns.last_filled());
    let filled = import.grids.get(import.look.sheet).and_then(|grid| grid.rows.last()).map_or(0, |row| row.row);
    let page = ((geometry.body.height() / super::geometry::ROW) as u32).saturating_sub(2).max(1);
    let (row, column) = match key {
        Key::ArrowUp => (row.saturating_sub(1), column),
        Key::ArrowDown => (row + 1, column),
        Key::ArrowLeft => (row, column.saturating_sub(1)),
        Key::ArrowRight => (row, column + 1),
        Key::PageUp => (row.saturating_sub(page), column),
        Key::PageDown => (row + page, column),
        Key::Home if held.command => (0, 0),
        Key::Home => (row, 0),
        Key::End if held.command => (filled, last.1),
        Key::End => (row, last.1),
        _ => return None,
    };
    Some((row.min(last.0), column.min(last.1)))
}

/// A look at another cell and the table that holds it, or a selection as far as there.
fn moved(import: &Import, look: ReviewPlace, cell: (u32, u16), selects: bool) -> ReviewPlace {
    if selects {
        return ReviewPlace { cell: Some(cell), from: look.from.or(look.cell).or(Some(cell)), ..look };
    }
    let name = import.grids.get(look.sheet).map(|grid| &grid.sheet);
    let holds = |draft: &Draft| Some(&draft.outline.sheet) == name && draft.outline.holds(cell.0, cell.1);
    let table = import.tables.iter().position(holds).or(look.table);
    ReviewPlace { table, cell: Some(cell), from: None, ..look }
}

/// What an area is called: `B3`, or `B3 to D9`.
pub(super) fn name((first, last): ((u32, u16), (u32, u16))) -> String {
    let cell = |(row, column): (u32, u16)| format!("{}{}", column_letters(u32::from(column)), u64::from(row) + 1);
    if first == last { cell(first) } else { format!("{} to {}", cell(first), cell(last)) }
}
