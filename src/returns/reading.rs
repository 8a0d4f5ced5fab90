//! The hidden sheet by which a return is read as it was written: where each table stands, what it is and what its columns are.

use super::{board::Placed, sheet::Sheet, style::Style};
use crate::{
    model::{OTHER, Role},
    workbook::{Content, Page, marks},
};

/// The sheet: two rows a table, its place and its columns' roles above their headings.
pub fn page<'doc>(placed: &[Placed<'doc>], name: String) -> Option<Page<'doc>> {
    let mut sheet = Sheet::new(name);
    sheet.text(0, 0, marks::READING_LINE, Style::Title);
    let mut next = 1;
    for Placed { table, sheet: on, spot } in placed.iter().filter(|placed| !placed.table.columns.is_empty()) {
        // Rows are given as Excel numbers them; a table without headings has none.
        let place = [spot.above, spot.first(), spot.last].map(|row| (row + 1).to_string());
        let header = spot.header.map_or_else(String::new, |row| (row + 1).to_string());
        let [above, first, last] = place;
        let kind = table.kind.code().to_owned();
        for (column, text) in (0..).zip([on.clone(), kind, above, first, header, last]) {
            sheet.put(next, column, Content::Owned(text), Style::Body);
        }
        for (column, held) in (marks::READING_PLACE..).zip(&table.columns) {
            sheet.text(next, column, held.role.map_or(OTHER, Role::code), Style::Body);
        }
        for (column, held) in (marks::READING_PLACE..).zip(&table.columns) {
            sheet.text(next + 1, column, &held.heading, Style::Body);
        }
        next += 2;
    }
    sheet.page.hidden = true;
    (next > 1).then_some(sheet.page)
}
