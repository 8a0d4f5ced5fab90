//! What says a status beside the words of its cell: the colour of a dot, and a row that is struck through. Reads no fill, which `read` does.

use std::collections::HashSet;

use super::{
    colours::{Colours, by_colour, colour_word, is_sign},
    outline::Outline,
    painted::Painted,
    rows, strikethrough,
};
use crate::{
    model::{Cell, Role, Status, Table, TableKind, Value, is_date_format, kinds::Kind},
    notes::{Code, Note, Place, Severity},
    workbook::{RawCell, RawSheet},
};

/// How many rows a note names.
const NAMED: usize = 8;

/// What the fonts of a table's cells say, taken down before its cells are taken out of the sheet.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// The colours of signs in the columns of statuses and ratings, by sheet row and column in reading order.
    inks: Painted,
    struck: HashSet<u32>,
}

impl Signs {
    /// Takes down what the fonts of a table's cells say.
    pub(super) fn of(grid: &RawSheet, outline: &Outline) -> Self {
        let stated = outline.columns.iter().filter(|heading| matches!(heading.role, Some(Role::Status | Role::Rating)));
        let stated: Vec<(u16, bool)> = stated.map(|heading| (heading.column, heading.role == Some(Role::Status))).collect();
        let mut signs = Self::default();
        for row in grid.rows.iter().filter(|row| (outline.body()..=outline.last.0).contains(&row.row)) {
            let ink = |(column, status): (u16, bool)| {
                let number = |cell: &RawCell| cell.stored.as_ref().is_some_and(|stored| !is_date_format(&stored.format));
                let cell = row.cell(column).filter(|cell| is_sign(&cell.text) || (status && number(cell)))?;
                Some(((row.row, column), cell.font.colour()?))
            };
            signs.inks.0.extend(stated.iter().filter_map(|column| ink(*column)));
        }
        signs.struck = strikethrough::rows(grid, outline, rows::name_column(outline)).collect();
        signs
    }

    /// Gives their statuses to the cells whose fonts say them, and notes that.
    pub(super) fn read(&self, table: &mut Table, grid: &RawSheet, outline: &Outline, colours: &Colours, notes: &mut Vec<Note>) {
        if table.kind == TableKind::History {
            return;
        }
        self.read_inks(table, grid, colours, notes);
        if !self.struck.is_empty() && table.kind == TableKind::Plan {
            notes.extend(self.read_struck(table, grid, outline));
        }
    }

    /// The statuses of signs by their colours: the sign of another colour is the same text, so that the word for it is put in its place.
    fn read_inks(&self, table: &mut Table, grid: &RawSheet, colours: &Colours, notes: &mut Vec<Note>) {
        let stated = |at: &usize| matches!(table.columns[*at].role, Some(Role::Status | Role::Rating));
        let stated: Vec<usize> = (0..table.columns.len()).filter(stated).collect();
        for at in stated {
            let (place, role) = (table.columns[at].source as u16, table.columns[at].role);
            let meant: Vec<(usize, Status)> = table
                .rows
                .iter()
                .enumerate()
                .filter_map(|(position, row)| Some((position, self.status(row.source, place, colours)?)))
                .collect();
            let Some((first, _)) = meant.first() else { continue };
            let first = Place::address(grid.place(table.rows[*first].source - 1, place));
            for &(position, status) in &meant {
                let Some(cell) = table.rows[position].cells.get_mut(at) else { continue };
                // A number beside an arrow says the same by itself.
                if !is_sign(&cell.text) && role == Some(Role::Status) {
                    (cell.value, cell.format) = (Value::Status(status), None);
                } else {
                    *cell = if role == Some(Role::Status) { Kind::Status.enter(status.word()) } else { Cell::text(colour_word(status)) };
                }
            }
            notes.push(by_colour(&table.heading(at), meant.len(), "sign", first));
        }
    }

    fn status(&self, source: u32, column: u16, colours: &Colours) -> Option<Status> {
        colours.status(self.inks.get(source.checked_sub(1)?, column)?)
    }

    /// Makes the rows that are struck through cancelled, but for those that are done; tells which they are.
    fn read_struck(&self, table: &mut Table, grid: &RawSheet, outline: &Outline) -> Option<Note> {
        let first = *self.struck.iter().min()?;
        let place = Place::address(grid.place(first, outline.first.1));
        let Some(at) = table.status_column() else {
            let count = self.struck.len();
            let message = format!(
                "{} struck through in the workbook, which says that {} dropped or done; without a column of statuses {} left out.",
                if count == 1 { "1 row is".to_owned() } else { format!("{count} rows are") },
                if count == 1 { "it was" } else { "they were" },
                if count == 1 { "it was" } else { "they were" },
            );
            let hint = "What stands in them is kept in notes; take the line through them away in Excel where they still count.";
            return Some(Note::new(Severity::Warning, Code::StruckOut, place, message, hint));
        };
        let cancelled = table.columns[at].enter(table.columns[at].word_for(Status::Cancelled));
        let mut told = Vec::new();
        for position in 0..table.rows.len() {
            let row = &table.rows[position];
            let is_struck = row.is_line() && row.source.checked_sub(1).is_some_and(|row| self.struck.contains(&row));
            let Some(cell) = row.cells.get(at).filter(|cell| is_struck && cell.value != Value::Merged) else { continue };
            let was = if cell.is_blank() { "without a status".to_owned() } else { format!("“{}”", cell.text) };
            if table.status_of(row).is_some_and(|status| status == Status::Complete || status == Status::Cancelled) {
                continue;
            }
            told.push(format!("{} (before: {was})", table.name_of(row)));
            table.rows[position].cells[at] = cancelled.clone();
        }
        let more = told.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let count = if told.len() == 1 { "1 row is".to_owned() } else { format!("{} rows are", told.len()) };
        told.truncate(NAMED);
        let names = told.join(", ");
        let message = format!("{count} struck through in the workbook and read as cancelled, so neither late nor done: {names}{more}.");
        let hint = "Choose another status where a row was crossed off because it is done.";
        (!names.is_empty()).then(|| Note::new(Severity::Warning, Code::StruckOut, place, message, hint))
    }
}
