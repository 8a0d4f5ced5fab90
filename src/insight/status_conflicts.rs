//! Statuses beside each other that cannot both hold, as notes: a RAG beside a status, a share done beside a status. Never says which is right.

use super::lines::columns_of;
use crate::model::{Cell, Role, Row, Status, Table};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Adds the notes on a plan's statuses that contradict each other.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    let beside = table.status_columns_together();
    let shares = columns_of(table, Role::Progress);
    let stated = columns_of(table, Role::Status);
    // A share that nobody keeps says nothing.
    let share_of = |row: &Row, column: usize| row.cells.get(column).and_then(Cell::share);
    let kept: Vec<usize> =
        shares.into_iter().filter(|&column| table.rows.iter().any(|row| share_of(row, column).is_some_and(|share| share > 0.0))).collect();
    if beside.is_empty() && (kept.is_empty() || stated.is_empty()) {
        return;
    }
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        if let Some((one, other)) = contradicting(table, row, &beside) {
            let named = |column: usize| format!("“{}” under “{}”", row.cells[column].text, table.heading(column));
            let message = format!("{} says {} and {}, which cannot both be so", table.name_of(row), named(one), named(other));
            let hint = "Set one of the two right; until then what is said in words counts, and the problems that a colour tells";
            let note = Note::new(Severity::Warning, Code::StatusConflict, Place::cell(table, at, one), message, hint);
            notes.push(note.and(Place::cell(table, at, other)));
        }
        let said = stated.iter().find_map(|&column| Some((column, row.cells.get(column)?.status()?)));
        let done = kept.iter().find_map(|&column| Some((column, share_of(row, column)?)));
        if let (Some((column, status)), Some((share_column, share))) = (said, done)
            && let Some(words) = against_share(status, share)
        {
            let share = (share * 100.0).round();
            let message = format!(
                "{} is “{}” and {share} % done under “{}”: {words}",
                table.name_of(row),
                row.cells[column].text,
                table.heading(share_column)
            );
            let hint = "Set one of the two right; until then the status counts";
            let note = Note::new(Severity::Warning, Code::StatusConflict, Place::cell(table, at, column), message, hint);
            notes.push(note.and(Place::cell(table, at, share_column)));
        }
    }
}

/// Two columns of a row whose statuses cannot both hold.
fn contradicting(table: &Table, row: &Row, columns: &[usize]) -> Option<(usize, usize)> {
    let stated: Vec<(usize, bool, Status)> =
        columns.iter().filter_map(|&column| Some((column, table.columns[column].is_rag(), row.cells.get(column)?.status()?))).collect();
    let against = |(_, rag, status): (usize, bool, Status), (_, other_rag, other): (usize, bool, Status)| match (status, other) {
        (Status::Complete, other) if rag && !other_rag => other != Status::Complete && !other.is_stopped(),
        (Status::Complete, other) if !rag && other_rag => other.is_problem(),
        (Status::Complete, other) => other != Status::Complete,
        (Status::Cancelled | Status::OnHold | Status::NotStarted, _) => false,
        (Status::MajorProblems | Status::MinorProblems | Status::InProgress, _) => false,
    };
    let pairs = stated.iter().flat_map(|one| stated.iter().map(move |other| (*one, *other)));
    pairs.into_iter().find(|(one, other)| one.0 != other.0 && against(*one, *other)).map(|(one, other)| (one.0, other.0))
}

/// What speaks against a status beside a share done, in words.
fn against_share(status: Status, share: f64) -> Option<&'static str> {
    match status {
        Status::Complete if share < 1.0 => Some("what is complete is done to the whole"),
        Status::NotStarted if share > 0.0 => Some("what is not started has nothing done"),
        Status::InProgress | Status::MajorProblems | Status::MinorProblems if share >= 1.0 => Some("what is done to the whole is complete"),
        _ => None,
    }
}
