//! What stands above the columns: a banner, labelled values, and the RAG key with its stated counts.

use std::ops::Range;

use crate::{
    model::{Cell, Field, Marking, Stands, Status, Summary, kinds::Kind, kinds::parse_when},
    workbook::{RawCell, RawSheet},
};

/// What was read above a table.
#[derive(Debug, Default)]
pub(super) struct Preamble {
    pub title: Option<Field>,
    pub fields: Vec<Field>,
    pub summary: Option<Summary>,
}

/// Takes what stands in these rows and columns out of the grid.
pub(super) fn read(grid: &mut RawSheet, rows: Range<usize>, columns: (u16, u16)) -> Preamble {
    let mut preamble = Preamble::default();
    let mut rows: Vec<(u32, Vec<RawCell>)> = grid.rows[rows].iter_mut().map(|row| (row.row, row.take_within(columns))).collect();
    let statuses: Vec<usize> = (0..rows.len()).filter(|&at| is_status_line(&rows[at].1)).collect();
    if statuses.len() >= 3 {
        let above = statuses[0].checked_sub(1).filter(|&at| rows[at].1.len() == 1);
        let title = above.and_then(|at| rows[at].1.pop()).map_or_else(Box::default, |cell| cell.text);
        let lines = statuses.iter().filter_map(|&at| labelled(rows[at].0, std::mem::take(&mut rows[at].1))).collect();
        preamble.summary = Some(Summary { title, lines });
    }
    for (row, cells) in rows {
        match &cells[..] {
            [] => {}
            [cell] if cell.text.trim_end().ends_with(':') => preamble.fields.extend(pairs(row, cells)),
            [_] => preamble.take_line(row, cells),
            _ => preamble.fields.extend(pairs(row, cells)),
        }
    }
    preamble
}

impl Preamble {
    /// A lone line: the title, a value behind its label, or a further line of the banner.
    fn take_line(&mut self, row: u32, cells: Vec<RawCell>) {
        for cell in cells {
            let told = cell.text.split_once(':').map(|(label, value)| (label.trim().to_owned(), value.trim().to_owned()));
            match told.filter(|(label, value)| !value.is_empty() && is_label(label)) {
                Some((label, value)) => {
                    let held = RawCell { text: value.into(), ..cell };
                    self.fields.push(value_field(&label, row, held, Kind::Paragraph));
                }
                // A protective marking names no plan.
                None if self.title.is_none() && Marking::in_text(&cell.text, Stands::Alone).is_none() => {
                    self.title = Some(value_field("", row, cell, Kind::Paragraph));
                }
                None => self.fields.push(value_field("", row, cell, Kind::Paragraph)),
            }
        }
    }
}

/// Whether words before a colon label what stands behind it.
pub(super) fn is_label(words: &str) -> bool {
    let plain = super::heading_text::plain(words);
    words.len() <= 30
        && (super::words::known(words).is_some()
            || [
                "duration",
                "name",
                "plan",
                "period",
                "version",
                "as at",
                "updated",
                "last updated",
                "board",
                "council",
                "reporting period",
                "author",
                "prepared by",
                "approved by",
                "date",
                "document owner",
                "issued",
                "classification",
                "contact",
                "strategy",
                "department",
                "directorate",
            ]
            .contains(&&*plain))
}

/// Whether a row is a line of the RAG key.
fn is_status_line(cells: &[RawCell]) -> bool {
    cells.len() <= 2 && cells.first().is_some_and(|cell| cell.text.len() > 2 && Status::parse(&cell.text).is_some())
}

/// A label and its value from the cells of a row.
fn labelled(row: u32, cells: Vec<RawCell>) -> Option<Field> {
    let mut cells = cells.into_iter();
    let label = cells.next()?;
    let place = (row, u32::from(label.column));
    let field = cells.next().map(|value| value_field(&label.text, row, value, Kind::Number));
    Some(field.unwrap_or_else(|| Field { label: label.text, source: Some(place), ..Field::default() }))
}

/// The label and value pairs of a row: each label ends with a colon, or the first cell is one.
pub(super) fn pairs(row: u32, cells: Vec<RawCell>) -> Vec<Field> {
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
pub(super) fn value_field(label: &str, row: u32, cell: RawCell, kind: Kind) -> Field {
    let dated = cell.stored.is_some() || (label.to_lowercase().ends_with("date") && parse_when(&cell.text).is_some());
    let kind = if kind == Kind::Paragraph && dated { Kind::Date } else { kind };
    let source = Some((row, u32::from(cell.column)));
    let cell = Cell { formula: cell.formula, ..kind.read(cell.text, cell.stored) };
    Field { label: label.into(), source, cell, ..Field::default() }
}
