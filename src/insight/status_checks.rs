//! Statuses that do not go with their dates, or with there being nothing to read about them, as notes. Reads no clock.

use std::collections::HashSet;

use jiff::ToSpan;

use super::Judged;
use super::lines::{Line, columns_of};
use super::overdue::Overdue;
use crate::model::{Role, RowId, Status, Table, Value, When};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How long after its start a line may be not started before it is worth saying, in days.
const LATE: i64 = 90;
/// How many other complete lines must have a comment before one without is a slip, and what share of them in per cent.
const ENOUGH: usize = 4;
const MOST: usize = 60;

/// How long a text in a column without a role must be to count as one, in bytes.
const LONG: usize = 30;

/// Adds the notes on a plan's statuses.
pub(super) fn collect(table: &Table, lines: &[Line], judged: Option<Judged>, overdue: &[Overdue], notes: &mut Noted) {
    let said: HashSet<RowId> = overdue.iter().filter(|late| late.place.table == Some(table.id)).filter_map(|late| late.place.row).collect();
    let silent = without_evidence(table, lines);
    for (at, line) in lines.iter().enumerate() {
        match line.status {
            Status::Complete => {
                notes.extend(ongoing(table, line));
                notes.extend(judged.and_then(|judged| before_start(table, line, judged)));
                notes.extend(silent.contains(&at).then(|| nothing_said(table, line)));
            }
            Status::NotStarted if !said.contains(&table.rows[line.at].id) => {
                notes.extend(judged.and_then(|judged| late_start(table, line, judged)));
            }
            Status::NotStarted
            | Status::MajorProblems
            | Status::MinorProblems
            | Status::InProgress
            | Status::OnHold
            | Status::Cancelled => {}
        }
    }
}

fn ongoing(table: &Table, line: &Line) -> Option<Note> {
    let end = line.end.filter(|end| end.when == When::Ongoing)?;
    let message = format!("{} is complete, though its end is {}", name(table, line), table.rows[end.row].cells[end.column].text);
    let hint = "Say when it ended, or whether it goes on";
    let note = Note::new(Severity::Info, Code::CompleteOngoing, Place::cell(table, end.row, end.column), message, hint);
    Some(note.and(status_place(table, line)))
}

fn before_start(table: &Table, line: &Line, judged: Judged) -> Option<Note> {
    let start = line.start.filter(|start| start.when.first_day().is_some_and(|start| start > judged.day))?;
    let text = &table.rows[start.row].cells[start.column].text;
    let message = format!("{} is complete, though it starts {text}, after {}", name(table, line), judged.words());
    let note = Note::new(
        Severity::Warning,
        Code::CompleteBeforeStart,
        status_place(table, line),
        message,
        "Correct the start, the status or the review date",
    );
    Some(note.and(Place::cell(table, start.row, start.column)))
}

fn late_start(table: &Table, line: &Line, judged: Judged) -> Option<Note> {
    let start = line.start?;
    let latest = start.when.last_day()?.checked_add(LATE.days()).ok()?;
    if latest >= judged.day {
        return None;
    }
    let text = &table.rows[start.row].cells[start.column].text;
    let message = format!("{} was to start {text} and is not started {}", name(table, line), judged.when());
    let note =
        Note::new(Severity::Info, Code::NotStartedLate, status_place(table, line), message, "Say what holds it up, or agree a new start");
    Some(note.and(Place::cell(table, start.row, start.column)))
}

/// The complete lines without a word of comment, where most complete ones have one.
fn without_evidence(table: &Table, lines: &[Line]) -> HashSet<usize> {
    let columns = columns_of(table, Role::Comment);
    if columns.is_empty() {
        return HashSet::new();
    }
    // A column of another name, such as evidence, may hold what would stand in the comment.
    let free: Vec<usize> = (0..table.columns.len()).filter(|&column| table.columns[column].role.is_none()).collect();
    let told = |line: &Line| {
        let mut rows = line.rows.clone().map(|row| &table.rows[row].cells);
        rows.any(|cells| {
            let comment =
                |&column: &usize| cells.get(column).is_some_and(|cell| !cell.text.trim().is_empty() || cell.value == Value::Merged);
            columns.iter().any(comment) || free.iter().any(|&column| cells.get(column).is_some_and(|cell| cell.text.len() >= LONG))
        })
    };
    let complete = lines.iter().enumerate().filter(|(_, line)| line.status == Status::Complete);
    let (with, without): (Vec<_>, Vec<_>) = complete.partition(|(_, line)| told(line));
    // Of the others, for each that says nothing.
    let others = (with.len() + without.len()).saturating_sub(1);
    if with.len() < ENOUGH || with.len() * 100 < others * MOST {
        return HashSet::new();
    }
    without.into_iter().map(|(at, _)| at).collect()
}

fn nothing_said(table: &Table, line: &Line) -> Note {
    let message = format!("{} is complete and nothing is said of it, while the other complete ones have a comment", name(table, line));
    let hint = "Say in the comment what was done, and when";
    Note::new(Severity::Warning, Code::CompleteWithoutEvidence, status_place(table, line), message, hint)
}

fn status_place(table: &Table, line: &Line) -> Place {
    Place::cell(table, line.at, line.column)
}

fn name(table: &Table, line: &Line) -> String {
    table.name_of(&table.rows[line.entry])
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::super::{Basis, lines::lines, overdue, seed};
    use super::*;

    fn said(rows: &[[&str; 6]]) -> String {
        let table = seed::plan_of(rows);
        let judged = Judged { day: Date::constant(2019, 1, 31), basis: Basis::Plan };
        let mut notes = Noted::default();
        collect(&table, &lines(&table), Some(judged), &overdue(&table, judged.day), &mut notes);
        notes.iter().map(|note| format!("{} {}", note.code, note.place.address)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_status_is_held_against_its_dates() {
        for (start, end, status, expected) in [
            ("Aug-17", "Aug-18", "Complete", ""),
            ("Aug-17", "On-going", "Complete", "complete_ongoing Plan!D19"),
            ("Aug-17", "On-going", "In progress", ""),
            ("Feb-19", "Aug-19", "Complete", "complete_before_start Plan!E19"),
            ("15/01/2019", "Aug-19", "Complete", ""),
            ("Feb-19", "Aug-19", "Not started", ""),
            ("Aug-17", "On-going", "Not started", "not_started_late Plan!E19"),
            ("Nov-18", "On-going", "Not started", ""),
            ("Aug-17", "Aug-18", "Not started", ""),
            ("On-going", "On-going", "Not started", ""),
        ] {
            assert_eq!(said(&[["1", "Do it", start, end, status, ""]]), expected, "{start} {end} {status}");
        }
    }

    #[test]
    fn a_complete_line_says_what_was_done() {
        let row = |comment| ["1", "Do it", "", "", "Complete", comment];
        let line = |comment| ["", "", "", "", "merged", comment];
        for (rows, expected) in [
            (vec![row("Done"); 5], ""),
            (vec![row("a"), row("b"), row("c"), row("d"), row("")], "complete_without_evidence Plan!E23"),
            (vec![row("a"), row("b"), row("c"), row("d"), row(""), line("e")], ""),
            (vec![row("a"), row("b"), row("c"), row("")], ""),
            (vec![row("a"), row("b"), row("c"), row("d"), row(""), row(""), row(""), row("")], ""),
        ] {
            assert_eq!(said(&rows), expected, "{rows:?}");
        }
    }
}
