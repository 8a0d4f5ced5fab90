//! A list with one header row, as the sheets that are worked out for a return have. Knows no plan.

use super::{sheet::Sheet, style::Style};
use crate::workbook::{Area, Content};

/// One cell of a list: what it holds and how it looks.
pub(super) type Entry<'doc> = (Content<'doc>, Style);

/// A column of a list: its heading, and its width in characters.
pub(super) type Heading = (&'static str, f64);

/// Lays out a list below what stands on the sheet, as a table with its filter, its header in view and repeated in print; where it came to stand.
pub(super) fn lay<'doc>(sheet: &mut Sheet<'doc>, headings: &[Heading], rows: Vec<Vec<Entry<'doc>>>) -> Area {
    let first_row = sheet.next;
    for ((heading, width), column) in headings.iter().zip(0_u16..) {
        sheet.widen(usize::from(column), *width);
        sheet.text(first_row, column, heading, Style::Header);
    }
    for (row, cells) in (first_row + 1..).zip(rows) {
        for ((content, style), column) in cells.into_iter().zip(0..) {
            sheet.put(row, column, content, style);
        }
        sheet.next = row;
    }
    let last_column = headings.len().saturating_sub(1) as u16;
    let area = Area { first_row, first_column: 0, last_row: sheet.next, last_column };
    sheet.next += 1;
    if area.first_row < area.last_row {
        sheet.page.tables.push(area);
    }
    sheet.page.freeze.get_or_insert((first_row + 1, 0));
    sheet.page.repeat_rows.get_or_insert((first_row, first_row));
    area
}

/// A text of its own, or a blank cell where there is none.
pub(super) fn owned<'doc>(text: impl Into<String>) -> Content<'doc> {
    let text = text.into();
    if text.is_empty() { Content::Blank } else { Content::Owned(text) }
}
