//! The tables of a page as Excel's own, each with its filter and its name. Leaves out one that Excel would not take.

use std::collections::HashSet;

use rust_xlsxwriter::{Table, TableColumn, TableStyle, Worksheet, XlsxError};

use crate::workbook::page::{Area, Content, MadeFor, Page};

/// The longest heading that Excel takes, in UTF-16 units.
const LONGEST_HEADING: usize = 255;

/// Makes the tables of a page. Before its cells, as the library writes headings of its own, which those of the page then replace.
/// `given` counts the tables of the workbook, so that no two have one name.
pub(super) fn add_tables(sheet: &mut Worksheet, page: &Page<'_>, given: &mut usize) -> Result<(), XlsxError> {
    let mut made: Vec<Area> = Vec::new();
    for area in &page.tables {
        let free = made.iter().chain(&page.merges).chain(&page.autofilter).all(|other| !meet(area, other));
        let Some(headings) = headings(page, area).filter(|_| free && area.first_row < area.last_row) else { continue };
        *given += 1;
        let columns: Vec<TableColumn> = headings.into_iter().map(|heading| TableColumn::new().set_header(heading)).collect();
        let table = Table::new().set_columns(&columns).set_name(name(&page.name, *given)).set_style(TableStyle::None);
        let table = table.set_banded_rows(false).set_autofilter(page.made_for == MadeFor::Work).set_alt_text_title(page.name.as_str());
        sheet.add_table(area.first_row, area.first_column, area.last_row, area.last_column, &table)?;
        made.push(*area);
    }
    Ok(())
}

/// The texts of the first row of an area, where each cell has one and no two are the same.
fn headings<'page>(page: &'page Page<'_>, area: &Area) -> Option<Vec<&'page str>> {
    let from = page.cells.partition_point(|cell| (cell.row, cell.column) < (area.first_row, area.first_column));
    let row = page.cells[from..].iter().take_while(|cell| cell.row == area.first_row && cell.column <= area.last_column);
    let texts: Option<Vec<&str>> = row
        .map(|cell| match &cell.content {
            Content::Text(text) => Some(*text),
            Content::Owned(text) | Content::Link { text, .. } => Some(text.as_str()),
            Content::Stored(_) | Content::Formula { .. } | Content::Blank => None,
        })
        .collect();
    let texts = texts.filter(|texts| texts.len() == usize::from(area.last_column - area.first_column) + 1)?;
    let mut seen = HashSet::new();
    let fits = |text: &str| !text.trim().is_empty() && text.encode_utf16().count() <= LONGEST_HEADING && !text.contains('\r');
    texts.iter().all(|text| fits(text) && seen.insert(text.to_lowercase())).then_some(texts)
}

/// A name that Excel takes for a table: letters, digits and low lines, and nothing that could be a cell.
fn name(sheet: &str, number: usize) -> String {
    let words: String = sheet.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).take(60).collect();
    format!("Table{number}_{words}")
}

/// Whether two areas share a cell.
fn meet(one: &Area, other: &Area) -> bool {
    let rows = one.first_row <= other.last_row && other.first_row <= one.last_row;
    rows && one.first_column <= other.last_column && other.first_column <= one.last_column
}
