//! The hidden sheet by which a return is read as it was written: where each table stands, what it is and what its columns are.

use super::{placement::Placed, sheet::Sheet, style::Style};
use crate::{
    model::{OTHER, Role},
    workbook::{Content, Page, keys::column_key, sentinels},
};

/// The sheet: three rows a table on a sheet, its place and its columns' roles, their headings, and their keys.
pub(crate) fn page<'doc>(placed: &[Placed<'doc>], texts: bool, name: String) -> Option<Page<'doc>> {
    let mut sheet = Sheet::new(name);
    sheet.text(0, 0, sentinels::READING_LINE, Style::Heading);
    let mut next = 1;
    for Placed { part, sheet: on, placement } in placed.iter().filter(|placed| !placed.part.table.columns.is_empty()) {
        let table = part.table;
        // Rows are given as Excel numbers them; a table without headings has none.
        let place = [placement.above, placement.first(part), placement.last].map(|row| (row + 1).to_string());
        let header = placement.header.map_or_else(String::new, |row| (row + 1).to_string());
        let [above, first, last] = place;
        let kind = table.kind.code().to_owned();
        for (column, text) in (0..).zip([on.clone(), kind, above, first, header, last]) {
            sheet.put(next, column, Content::Owned(text), Style::Body);
        }
        let columns = || (sentinels::READING_PLACE..).zip(&table.columns);
        columns().for_each(|(column, held)| sheet.text(next, column, held.role.map_or(OTHER, Role::code), Style::Body));
        sheet.put(next + 1, 0, Content::Owned(format!("t{}", table.id.0)), Style::Body);
        for (column, given) in (1..).zip([table.next_row_id().0, table.next_column_id().0]) {
            sheet.put(next + 1, column, Content::Owned((given - 1).to_string()), Style::Body);
        }
        columns().for_each(|(column, held)| sheet.text(next + 1, column, &held.heading, Style::Body));
        columns().for_each(|(column, held)| sheet.put(next + 2, column, Content::Owned(column_key(held.id)), Style::Body));
        next += 3;
    }
    sheet.page.hidden = true;
    // Texts outside the tables have keys of their own.
    (next > 1 || texts).then_some(sheet.page)
}
