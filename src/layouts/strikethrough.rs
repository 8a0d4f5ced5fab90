//! Which rows of a table are struck through. Says not what that means.

use super::outline::Outline;
use crate::workbook::{RawCell, RawRow, RawSheet};

/// The rows of a table, zero-based, of which the name and most of the other cells are struck through.
pub(super) fn rows<'grid>(grid: &'grid RawSheet, outline: &'grid Outline, name: u16) -> impl Iterator<Item = u32> + 'grid {
    let is_struck = move |row: &&RawRow| {
        // Most rows are told by their first cell.
        let own = || row.cells.iter().filter(|cell| (outline.first.1..=outline.last.1).contains(&cell.column));
        let line = |cell: &&RawCell| cell.font.is_struck();
        row.cell(name).is_some_and(|cell| line(&cell)) && own().filter(line).count() * 3 >= own().count() * 2
    };
    let within = move |row: &&RawRow| (outline.body()..=outline.last.0).contains(&row.row);
    grid.rows.iter().filter(within).filter(is_struck).map(|row| row.row)
}
