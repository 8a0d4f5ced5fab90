//! The counts of a tracker for a period: by line as it counts, its sums where the earlier columns prove what they are. Edits nothing.

use std::collections::HashSet;

use super::{
    recording::{Recorded, Recording, held, like, place, sequence_of},
    sequence::Sequence,
};
use crate::{
    insight::{Insight, Tally, Tracker},
    model::{Cell, Column, Role, Status, Table},
};

/// The periods of a tracker: those that hold counts, and the empty columns that are headed by a period.
pub(super) fn sequence(table: &Table, tracker: &Tracker) -> Sequence {
    let rows: Vec<usize> = tracker.rows.iter().flatten().copied().collect();
    let counted = |at: &usize| tracker.periods.iter().any(|period| period.column == *at);
    let is_period = |column: &Column| super::heading::Named::read(&column.heading).is_some();
    let columns = (1..table.columns.len()).filter(|at| counted(at) || is_period(&table.columns[*at]));
    sequence_of(table, columns, |cell| !cell.is_blank() && !cell.formula, &rows)
}

/// The counts of a tracker as they are now, under a heading.
///
/// # Errors
/// Why they cannot be recorded, and what to do.
pub(super) fn recording(
    table: &Table,
    tracker: &Tracker,
    insight: &Insight,
    (heading, in_workbook): (&str, bool),
) -> Result<Recording, &'static str> {
    if tracker.plans.is_empty() {
        return Err("no plan here is known to be the one that it counts");
    }
    let place = place(table, sequence(table, tracker).spot(heading), in_workbook)?;
    let rows: HashSet<usize> = tracker.rows.iter().flatten().copied().collect();
    if let Some(column) = place.column()
        && rows.iter().any(|row| held(table, *row, Some(column)).is_some_and(|cell| cell.formula))
    {
        return Err(
            "formulas of the workbook count in that column. They go on counting: type their values over them in Excel to keep them",
        );
    }
    let present = insight.present(tracker);
    let mut recording = Recording {
        table: table.id,
        name: table.title().to_owned(),
        heading: heading.trim().to_owned(),
        place,
        values: Vec::new(),
        left: Vec::new(),
    };
    let filled: Vec<usize> =
        tracker.periods.iter().map(|period| period.column).filter(|at| Some(table.columns[*at].id) != place.column()).collect();
    for (status, row) in Status::ALL.into_iter().zip(tracker.rows) {
        let count = present.get(status);
        match row {
            Some(row) => put(table, &filled, &mut recording, row, count as f64),
            None if count > 0 => recording.left.push(no_row(status, count)),
            None => {}
        }
    }
    for row in (0..table.rows.len()).filter(|row| !rows.contains(row) && !table.rows[*row].cells.is_empty()) {
        other_row(table, tracker, insight, &mut recording, (row, &filled, &present));
    }
    Ok(recording)
}

fn no_row(status: Status, count: usize) -> String {
    let lines = if count == 1 { "1 line is".to_owned() } else { format!("{count} lines are") };
    format!("{lines} {}, which has no row there", status.word().to_lowercase())
}

/// Puts a number into a row, in the form of its other periods; a formula that is there stays.
fn put(table: &Table, filled: &[usize], recording: &mut Recording, row: usize, number: f64) {
    let target = recording.place.column();
    let before = held(table, row, target);
    if before.is_some_and(|cell| cell.formula) || (target.is_some() && before.is_none()) {
        return;
    }
    let cells = &table.rows[row].cells;
    let format = filled.iter().rev().find_map(|at| cells.get(*at)?.format.as_deref());
    let like_column = target.and_then(|id| table.column_position(id)).or(filled.last().copied());
    let kind = like_column.map_or(Role::Period.kind(), |at| table.columns[at].kind);
    recording.values.push(Recorded {
        row: table.rows[row].id,
        label: label(table, row),
        before: before.map_or_else(String::new, |cell| cell.text.to_string()),
        cell: like(kind, format, number),
    });
}

fn label(table: &Table, row: usize) -> String {
    table.rows[row].cells.first().map_or_else(String::new, |cell| cell.text.trim().to_owned())
}

/// What a row beside the statuses may hold: its name in a heading, and what it is of the counts of a period.
struct Derived {
    words: &'static [&'static str],
    of: fn(&Tally) -> Option<f64>,
}

/// The sums that are known by their words; which of them a row holds is told by its earlier columns.
const DERIVED: [Derived; 7] = [
    Derived { words: &["total", "sum", "all ", "number of actions", "number of lines"], of: |tally| Some(tally.total() as f64) },
    Derived { words: &["total", "all ", "live", "active"], of: |tally| Some((tally.total() - tally.get(Status::Cancelled)) as f64) },
    Derived { words: &["complete", "done", "%"], of: |tally| share(tally.get(Status::Complete), tally.total()) },
    Derived { words: &["complete", "done", "%"], of: |tally| share(tally.done().0, tally.done().1) },
    Derived { words: &["complete", "done", "%"], of: |tally| share(tally.done().0, tally.done().1).map(|share| (share * 100.0).round()) },
    Derived { words: &["open", "outstanding", "incomplete", "remaining", "not complete"], of: |tally| Some(open(tally) as f64) },
    Derived {
        words: &["problem", "off track", "at risk"],
        of: |tally| Some((tally.get(Status::MajorProblems) + tally.get(Status::MinorProblems)) as f64),
    },
];

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn open(tally: &Tally) -> usize {
    tally.total() - tally.get(Status::Complete) - tally.get(Status::Cancelled)
}

/// A row that counts no status: its sum where the earlier columns prove which one it is, the overdue where it says so, and otherwise nothing.
fn other_row(
    table: &Table,
    tracker: &Tracker,
    insight: &Insight,
    recording: &mut Recording,
    (row, filled, present): (usize, &[usize], &Tally),
) {
    let name = label(table, row);
    let words = name.to_lowercase();
    let earlier: Vec<(&Cell, &Tally)> = tracker
        .periods
        .iter()
        .filter(|period| filled.contains(&period.column))
        .filter_map(|period| Some((table.rows[row].cells.get(period.column)?, &period.counts)))
        .filter(|(cell, _)| !cell.is_blank())
        .collect();
    if name.is_empty() && earlier.is_empty() {
        return;
    }
    let proves = |derived: &&Derived| {
        let is = |(cell, tally): &(&Cell, &Tally)| {
            (derived.of)(tally).zip(cell.amount()).is_some_and(|(is, says)| (is - says).abs() < if is > 1.5 { 0.5 } else { 0.006 })
        };
        derived.words.iter().any(|word| words.contains(word)) && !earlier.is_empty() && earlier.iter().all(is)
    };
    if let Some(number) = DERIVED.iter().find(proves).and_then(|derived| (derived.of)(present)) {
        return put(table, filled, recording, row, number);
    }
    if words.contains("overdue") || words.contains("past its end") || words.contains("past their end") {
        match overdue(tracker, insight, &words) {
            Some(count) => return put(table, filled, recording, row, count as f64),
            None => return recording.left.push(format!("“{name}” is left blank: whether it counts lines or actions is not said")),
        }
    }
    // What formulas of other columns work out, and rows without a number, were never typed.
    if earlier.iter().any(|(cell, _)| cell.amount().is_some()) || earlier.is_empty() {
        recording.left.push(format!("“{name}” is left blank: what it counts is not certain"));
    }
}

/// How much is overdue, in the unit that a row names; `None` where it names none and that matters, or no day is known.
fn overdue(tracker: &Tracker, insight: &Insight, words: &str) -> Option<usize> {
    let mut plans = insight.plans.iter().filter(|plan| tracker.plans.contains(&plan.table));
    let late: Vec<_> = insight.overdue.iter().filter(|late| late.place.table.is_some_and(|table| tracker.plans.contains(&table))).collect();
    let actions = late.iter().map(|late| (late.place.table, &late.name)).collect::<HashSet<_>>().len();
    let count = match (words.contains("action"), words.contains("line")) {
        (true, false) => Some(actions),
        (false, true) => Some(late.len()),
        _ => (actions == late.len()).then_some(actions),
    };
    count.filter(|_| plans.all(|plan| plan.judged.is_some()))
}
