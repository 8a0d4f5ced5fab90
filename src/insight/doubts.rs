//! Cells that were not understood, or that say something their column does not hold, as notes. Never guesses what was meant.

use crate::model::kinds::{Kind, listed_dates};
use crate::model::{Cell, Row, Status, Table, TableKind, Value, When};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Adds a note for each doubtful cell of a table.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    // A history's first column holds what its owner calls the rows: totals stand among the statuses.
    if table.kind == TableKind::History {
        return;
    }
    let asked = table.columns.iter().enumerate().filter(|(_, column)| matches!(column.kind, Kind::Date | Kind::Status));
    let asked: Vec<(usize, Kind)> = asked.map(|(at, column)| (at, column.kind)).collect();
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        for &(column, kind) in &asked {
            let Some(cell) = row.cells.get(column) else { continue };
            let note = match cell.value {
                Value::Text => unread(table, kind, cell),
                Value::Status(status) if kind == Kind::Date => Some(misplaced(table, row, status)),
                Value::When(when) if kind == Kind::Date => several(cell, when),
                Value::Blank | Value::Merged | Value::Number(_) | Value::When(_) | Value::Status(_) | Value::Figure(_) => None,
            };
            notes.extend(note.map(|note| Note { place: Place::cell(table, at, column), ..note }));
        }
    }
}

fn unread(table: &Table, kind: Kind, cell: &Cell) -> Option<Note> {
    let severity = if table.kind == TableKind::Plan { Severity::Warning } else { Severity::Info };
    let (code, hint) = match kind {
        Kind::Date => (Code::DateUnclear, "Type it in full, such as December 2017; the text is kept as it is until then"),
        Kind::Status => (Code::StatusUnknown, "Choose one of the five; the text is kept as it is until then"),
        Kind::Ref | Kind::Paragraph | Kind::Figure | Kind::Number => return None,
    };
    Some(Note::new(severity, code, Place::default(), kind.doubt(cell)?, hint))
}

/// The note on a cell that names several dates.
fn several(cell: &Cell, when: When) -> Option<Note> {
    let dates = listed_dates(&cell.text).filter(|dates| dates.contains(&when))?;
    let message = format!("“{}” names {} dates; the last of them counts", cell.text, dates.len());
    Some(Note::new(Severity::Info, Code::SeveralDates, Place::default(), message, "Part the row in two if each has its own end"))
}

fn misplaced(table: &Table, row: &Row, status: Status) -> Note {
    let message = format!("{} has the status “{}” in place of a date", table.name_of(row), status.word());
    Note::new(Severity::Info, Code::StatusInDateColumn, Place::default(), message, "It is counted as the status")
}
