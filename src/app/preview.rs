//! The sheets of a return as a window shows them before they are written: the first rows of each, as plain data. Draws nothing.

use crate::{
    model::show_number,
    workbook::{Content, Look, Page},
};

/// How many rows of a sheet are shown.
const ROWS: u32 = 48;
/// How many characters of a text are kept.
const LONGEST: usize = 400;
/// How many columns of a sheet are shown.
const COLUMNS: u16 = 24;

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetPreview {
    pub name: String,
    /// The widths of its columns, in characters.
    pub widths: Vec<f32>,
    /// The heights of its rows from the first, in lines of text.
    pub heights: Vec<f32>,
    pub cells: Vec<CellPreview>,
    /// What its charts are called.
    pub charts: Vec<String>,
    /// How many rows it has in all.
    pub rows: usize,
}

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub struct CellPreview {
    pub row: u32,
    pub column: u16,
    /// How many columns it reaches over.
    pub across: u16,
    pub text: String,
    pub look: Look,
}

/// The sheets of a return that are in sight.
#[must_use]
pub fn preview(pages: &[Page<'_>]) -> Vec<SheetPreview> {
    pages.iter().filter(|page| !page.hidden).map(sheet).collect()
}

fn sheet(page: &Page<'_>) -> SheetPreview {
    let hidden_column = |column: u16| page.hidden_columns.contains(&column);
    let shown = |row: u32| !page.hidden_rows.contains(&row);
    let last = page.cells.last().map_or(0, |cell| cell.row);
    // Rows that are hidden take no room.
    let rows: Vec<u32> = (0..=last).filter(|row| shown(*row)).take(ROWS as usize).collect();
    let mut heights = vec![1.0_f32; rows.len()];
    let mut cells = Vec::new();
    let width = |column: u16| page.widths.get(usize::from(column)).copied().unwrap_or(9.0).max(1.0);
    for cell in page.cells.iter().take_while(|cell| rows.last().is_some_and(|row| cell.row <= *row)) {
        let Ok(row) = rows.binary_search(&cell.row) else { continue };
        if cell.column >= COLUMNS || hidden_column(cell.column) {
            continue;
        }
        let merge = page.merges.iter().find(|area| (area.first_row, area.first_column) == (cell.row, cell.column));
        let across = merge.map_or(1, |area| (area.last_column - area.first_column + 1).min(COLUMNS - cell.column));
        let text = text(&cell.content);
        let look = page.looks.get(cell.look).cloned().unwrap_or_default();
        let wide: f64 = (cell.column..cell.column + across).map(width).sum();
        if look.wrap && merge.is_none_or(|area| area.first_row == area.last_row) {
            let lines: usize = text.lines().map(|line| line.chars().count().div_ceil(wide as usize).max(1)).sum();
            heights[row] = heights[row].max(lines as f32);
        }
        if look.size > 12 {
            heights[row] = heights[row].max(1.6);
        }
        cells.push(CellPreview { row: row as u32, column: cell.column, across, text, look });
    }
    let columns = cells.iter().map(|cell| cell.column + cell.across).max().unwrap_or(0);
    SheetPreview {
        name: page.name.clone(),
        widths: (0..columns).map(|column| if hidden_column(column) { 0.0 } else { width(column) as f32 }).collect(),
        heights,
        cells,
        charts: page.charts.iter().map(|chart| chart.title.clone()).collect(),
        rows: last as usize + 1,
    }
}

fn text(content: &Content<'_>) -> String {
    let text = match content {
        Content::Text(text) => (*text).to_owned(),
        Content::Owned(text) | Content::Link { text, .. } => text.clone(),
        Content::Stored(stored) | Content::Formula { now: stored, .. } => show_number(stored.number, &stored.format),
        Content::Blank => String::new(),
    };
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => text[..cut].to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Area, PageCell};

    #[test]
    fn a_sheet_is_shown_without_what_is_hidden_in_it() {
        let cell = |row, column, text| PageCell { row, column, content: Content::Text(text), look: 0 };
        let page = Page {
            name: "Plan".to_owned(),
            looks: vec![Look { wrap: true, ..Look::default() }],
            cells: vec![cell(0, 0, "key"), cell(1, 0, "A heading over both"), cell(2, 1, "three words here"), cell(2, 2, "secret")],
            merges: vec![Area { first_row: 1, first_column: 0, last_row: 1, last_column: 1 }],
            widths: vec![6.0, 8.0, 9.0],
            hidden_rows: vec![0],
            hidden_columns: vec![2],
            ..Page::default()
        };
        let [shown] = &preview(&[page.clone(), Page { hidden: true, ..page }])[..] else { unreachable!("one is in sight") };
        let told: Vec<_> = shown.cells.iter().map(|cell| (cell.row, cell.column, cell.across, &*cell.text)).collect();
        assert_eq!(told, [(0, 0, 2, "A heading over both"), (1, 1, 1, "three words here")]);
        assert_eq!((&*shown.widths, &*shown.heights), (&[6.0, 8.0][..], &[2.0, 2.0][..]));
    }
}
