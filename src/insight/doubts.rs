//! Cells that were not understood, or that say something their column does not hold, as notes. Never guesses what was meant.

use crate::model::kinds::{Kind, listed_dates};
use crate::model::{Cell, Row, Status, Table, TableKind, Unknown, Value, When};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How many cells a note names beside its own.
const NAMED: usize = 12;

/// Adds a note for each doubtful date of a table, and for each word that is no known status.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    // A history's first column holds what its owner calls the rows: totals stand among the statuses.
    if table.kind == TableKind::History {
        return;
    }
    for column in 0..table.columns.len() {
        notes.extend(table.unknown_words(column).into_iter().map(|unknown| unknown_status(table, column, &unknown)));
    }
    let asked: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].kind == Kind::Date).collect();
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        for &column in &asked {
            let Some(cell) = row.cells.get(column) else { continue };
            let note = match cell.value {
                Value::Text => unread_date(table, cell),
                Value::Status(status) => Some(misplaced(table, row, status)),
                Value::When(when) => several(cell, when),
                Value::Blank | Value::Merged | Value::Number(_) | Value::Figure(_) => None,
            };
            notes.extend(note.map(|note| Note { place: Place::cell(table, at, column), ..note }));
        }
    }
}

fn severity(table: &Table) -> Severity {
    if table.kind == TableKind::Plan { Severity::Warning } else { Severity::Info }
}

fn unread_date(table: &Table, cell: &Cell) -> Option<Note> {
    let hint = "Type it in full, such as December 2017; the text is kept as it is until then";
    Some(Note::new(severity(table), Code::DateUnclear, Place::default(), Kind::Date.doubt(cell)?, hint))
}

/// One note of a word that is no status that is known, however many cells it stands in: saying once what it means answers all of them.
fn unknown_status(table: &Table, column: usize, unknown: &Unknown<'_>) -> Note {
    let place = |row: usize| Place::cell(table, row, column);
    let doubt = Kind::Status.doubt(&table.rows[unknown.rows[0]].cells[column]).unwrap_or_default();
    let others: Vec<String> = unknown.rows.iter().skip(1).take(NAMED).map(|&row| place(row).address).collect();
    let more = unknown.rows.len().saturating_sub(1 + others.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let message = if others.is_empty() {
        doubt
    } else {
        format!("{doubt}; it stands in {} cells, also in {}{more}", unknown.rows.len(), others.join(", "))
    };
    let hint = "Say once what it means under Row, Statuses of this plan; it is counted as no status until then";
    Note::new(severity(table), Code::StatusUnknown, place(unknown.rows[0]), message, hint)
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
