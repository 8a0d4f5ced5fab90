//! How wide the columns of a table are: as its owner has them, and no narrower than what cannot be wrapped. Lays nothing out.

use super::{parts, sheet::Sheet};
use crate::{
    model::{Column, Table},
    workbook::{Letters, room},
};

/// Points a character takes in a column.
const POINTS_A_CHARACTER: f64 = 7.0;
/// The narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 70.0);
/// As much as a column is widened for a number, a date or a word of its heading, in characters.
const WIDEST_WORD: f64 = 24.0;

/// Makes the columns of a sheet as wide as those of a table.
pub(super) fn set_widths(sheet: &mut Sheet<'_>, table: &Table) {
    for (at, column) in table.columns.iter().enumerate() {
        sheet.widen(at, width(column).max(least_width(table, at)));
    }
}

/// The width in which the labels of a table's sections stand on a line, in characters.
pub(super) fn label_width(part: &parts::Part<'_>) -> f64 {
    // Colon and all, in the larger letters of a section's title.
    let letters = Letters::new(12, true);
    let sections = part.table.rows[part.rows.clone()].iter().flat_map(|row| &row.fields);
    let pixels = sections.chain(part.fields).map(|field| letters.width(&field.label) + letters.width(":")).fold(0.0, f64::max);
    if pixels > 0.0 { (pixels * 1.05 / room(1.0) + 0.5).min(WIDEST_WORD) } else { 0.0 }
}

/// A column's width in characters.
fn width(column: &Column) -> f64 {
    (f64::from(column.width) / POINTS_A_CHARACTER).clamp(WIDTHS.0, WIDTHS.1)
}

/// The width in which the numbers and dates of a column stand whole, and each word of its heading on a line, in characters.
fn least_width(table: &Table, at: usize) -> f64 {
    let bold = Letters::new(0, true);
    let words = table.columns[at].heading.split_whitespace().map(|word| bold.width(word));
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| cell.format.is_some());
    let pixels = words.chain(cells.map(|cell| Letters::USUAL.width(&cell.text))).fold(0.0, f64::max);
    // A little more than the letters take, as others draw them a little wider.
    (pixels * 1.05 / room(1.0) + 0.5).min(WIDEST_WORD)
}
