//! What stands above the columns: a banner, labelled values, and the RAG key with its stated counts.

use crate::{
    model::{Field, Status, Summary, kinds::Kind, kinds::parse_when},
    workbook::{Grid, GridCell, GridRow},
};

/// What was read above a table.
#[derive(Debug, Default)]
pub struct Preamble {
    pub title: Option<Field>,
    pub fields: Vec<Field>,
    pub summary: Option<Summary>,
}

/// Takes what stands in the rows before `end` out of the grid.
pub fn read(grid: &mut Grid, end: usize) -> Preamble {
    let mut preamble = Preamble::default();
    let statuses: Vec<usize> = (0..end).filter(|&at| is_status_line(&grid.rows[at])).collect();
    if statuses.len() >= 3 {
        let above = statuses[0].checked_sub(1).filter(|&at| grid.rows[at].cells.len() == 1);
        let title = above.and_then(|at| grid.rows[at].take_all().pop()).map_or_else(Box::default, |cell| cell.text);
        let lines = statuses.iter().filter_map(|&at| labelled(grid.rows[at].row, grid.rows[at].take_all())).collect();
        preamble.summary = Some(Summary { title, lines });
    }
    for row in &mut grid.rows[..end] {
        match row.cells.len() {
            0 => {}
            1 if !row.cells[0].text.trim_end().ends_with(':') => {
                if preamble.title.is_none() {
                    preamble.title = row.take_all().pop().map(|cell| value_field("", row.row, cell, Kind::Paragraph));
                }
            }
            _ => preamble.fields.extend(pairs(row.row, row.take_all())),
        }
    }
    preamble
}

/// Whether a row is a line of the RAG key.
fn is_status_line(row: &GridRow) -> bool {
    row.cells.len() <= 2 && row.first().is_some_and(|cell| cell.text.len() > 2 && Status::parse(&cell.text).is_some())
}

/// A label and its value from the cells of a row.
fn labelled(row: u32, cells: Vec<GridCell>) -> Option<Field> {
    let mut cells = cells.into_iter();
    let label = cells.next()?;
    let place = (row, u32::from(label.column));
    let field = cells.next().map(|value| value_field(&label.text, row, value, Kind::Number));
    Some(field.unwrap_or_else(|| Field { label: label.text, source: Some(place), ..Field::default() }))
}

/// The label and value pairs of a row: each label ends with a colon, or the first cell is one.
fn pairs(row: u32, cells: Vec<GridCell>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut open = false;
    for cell in cells {
        let label = cell.text.trim_end().strip_suffix(':').map(str::trim);
        if let Some(label) = label.or_else(|| fields.is_empty().then(|| cell.text.trim())) {
            let place = (row, u32::from(cell.column));
            fields.push(Field { label: label.into(), source: Some(place), ..Field::default() });
            open = true;
        } else if let (true, Some(last)) = (open, fields.last_mut()) {
            let label = std::mem::take(&mut last.label);
            *last = value_field(&label, row, cell, Kind::Paragraph);
            open = false;
        } else {
            fields.push(value_field("", row, cell, Kind::Paragraph));
        }
    }
    fields
}

/// A field with a value; a stored date, or a text that is one, is a date.
pub fn value_field(label: &str, row: u32, cell: GridCell, kind: Kind) -> Field {
    let dated = cell.stored.is_some() || (label.to_lowercase().ends_with("date") && parse_when(&cell.text).is_some());
    let kind = if kind == Kind::Paragraph && dated { Kind::Date } else { kind };
    Field { label: label.into(), source: Some((row, u32::from(cell.column))), cell: kind.read(cell.text, cell.stored) }
}
