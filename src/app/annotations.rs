//! The cells that notes are on, and going from one to the next. Finds no notes itself.

use std::collections::HashMap;

use super::{command::View, cursor::cursor_in, state::State};
use crate::{
    model::{ColumnId, RowId, Table},
    notes::{Place, Severity},
};

/// What is noted on a cell, or on a row where it has no column.
#[derive(Clone, Copy, Debug)]
pub struct Noted<'a> {
    pub row: RowId,
    pub column: Option<ColumnId>,
    pub severity: Severity,
    pub words: &'a str,
}

impl State {
    /// Goes to the place a note is on.
    pub(super) fn go_to(&mut self, place: &Place) {
        let Some(table) = place.table.and_then(|id| self.workspace.document.table(id)) else {
            self.prompts.said = format!("{} is not in a table", place.address);
            return;
        };
        self.view.shown = View::Table(table.id);
        let row = place.row.or_else(|| table.rows.iter().find(|row| row.is_line()).map(|row| row.id));
        let Some(row) = row.and_then(|id| table.row(id)) else { return };
        let cursor = cursor_in(table, row, place.column);
        self.view.select(cursor);
        self.bring_into_sight(cursor.table, cursor.row);
        self.unhide_cursor();
    }

    /// Everything noted on a table's cells: the program's notes, what is hidden in the workbook, and the remarks attached there.
    pub fn noted<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = Noted<'a>> {
        let found =
            self.workspace.insight.notes.iter().chain(&*self.workspace.read_notes).filter(|note| note.place.table == Some(table.id));
        let found = found.flat_map(|note| {
            let of = |place: &Place| Some(Noted { row: place.row?, column: place.column, severity: note.severity, words: &note.message });
            note.places().filter_map(of)
        });
        let first = table.columns.first().map(|column| column.id);
        let hidden = table.rows.iter().filter(|row| row.hidden).map(move |row| Noted {
            row: row.id,
            column: first,
            severity: Severity::Info,
            words: "This row is hidden in its workbook",
        });
        let remarks = table.remarks.iter().map(|remark| Noted {
            row: remark.row,
            column: Some(remark.column),
            severity: Severity::Info,
            words: &remark.text,
        });
        found.chain(hidden).chain(remarks)
    }

    /// Moves the cursor to the next cell with a note in the table in view, or the one before, and says the note. After the last comes the first.
    pub(super) fn go_to_note(&mut self, next: bool) {
        let Some(table) = self.table() else {
            self.prompts.said = "Open a table to go through its notes".to_owned();
            return;
        };
        // In reading order; cells with several notes are gone to once.
        let mut cells: Vec<((usize, usize), String)> = Vec::new();
        let rows: HashMap<RowId, usize> = table.rows.iter().enumerate().map(|(at, row)| (row.id, at)).collect();
        let mut noted: Vec<_> = self
            .noted(table)
            .filter_map(|noted| {
                let column = noted.column.and_then(|id| table.column_position(id));
                Some(((*rows.get(&noted.row)?, column.unwrap_or(0)), noted.words))
            })
            .collect();
        noted.sort_by_key(|(place, _)| *place);
        for (place, words) in noted {
            match cells.last_mut().filter(|(last, _)| *last == place) {
                Some((_, said)) => *said = format!("{said}; {words}"),
                None => cells.push((place, words.to_owned())),
            }
        }
        let here = self.view.cursor.filter(|cursor| cursor.table == table.id).and_then(|cursor| {
            let column = cursor.column.and_then(|id| table.column_position(id)).unwrap_or(0);
            Some((table.position(cursor.row)?, column))
        });
        let onward = |place: (usize, usize)| here.is_none_or(|here| if next { place > here } else { place < here });
        let found = if next {
            cells.iter().find(|(place, _)| onward(*place)).or(cells.first())
        } else {
            cells.iter().rfind(|(place, _)| onward(*place)).or(cells.last())
        };
        let Some(((row, column), words)) = found else {
            self.prompts.said = "There are no notes on this table's cells".to_owned();
            return;
        };
        let at = cells.iter().position(|(place, _)| *place == (*row, *column)).map_or(0, |at| at + 1);
        let said = format!("Note {at} of {}: {words}", cells.len());
        let cursor = cursor_in(table, &table.rows[*row], table.columns.get(*column).map(|column| column.id));
        (self.view.cursor, self.prompts.said) = (Some(cursor), said);
        self.unhide_cursor();
    }
}
