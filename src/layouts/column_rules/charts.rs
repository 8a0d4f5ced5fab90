//! Columns of a chart over time, whose bars and weekdays are no statuses, and of remarks by date. Looks at no values.

use super::rule::Rule;
use crate::{
    layouts::{
        evidence::{Evidence, Reason},
        facts::{ColumnFacts, TableFacts},
        words::is_period,
    },
    model::{Role, Status},
};

/// What no heading or colour speaks against.
const SURELY: f32 = 40.0;
/// How many such columns side by side make a chart.
const RUN: usize = 3;
/// Statuses fill a column; bars leave gaps.
const FULL: f32 = 0.75;

pub(super) const RULES: &[Rule] = &[bars, weeks, dated_remarks];

/// Whether a column holds nothing but colours.
fn is_bare(column: &ColumnFacts) -> bool {
    column.content.filled * 4 <= column.content.painted && column.content.painted > 0
}

/// Whether a heading leaves open what stands below, or only says when.
fn is_timed(column: &ColumnFacts) -> bool {
    let child = if column.label.child.is_empty() { &column.label.parent } else { &column.label.child };
    column.is_unheaded() || column.in_sequence || is_period(child) || column.claim.is_none() || child.chars().count() <= 2
}

/// The run of columns around one that all pass a test.
fn run(table: &TableFacts, at: usize, test: impl Fn(&ColumnFacts) -> bool) -> std::ops::Range<usize> {
    let first = (0..=at).rev().take_while(|at| test(&table.columns[*at])).last().unwrap_or(at);
    let last = (at..table.columns.len()).take_while(|at| test(&table.columns[*at])).last().unwrap_or(at);
    first..last + 1
}

/// Bars: columns side by side that hold colours with gaps between them.
fn bars(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let chart = |column: &ColumnFacts| (is_bare(column) || column.content.filled == 0) && is_timed(column);
    if !table.is_plan() || !chart(&table.columns[at]) {
        return;
    }
    let run = &table.columns[run(table, at, chart)];
    let painted: usize = run.iter().map(|column| column.content.painted).sum();
    let full = table.rows.max(1) * run.len();
    if run.len() >= RUN && (painted as f32) < FULL * full as f32 {
        found.push(Evidence::own(SURELY, Reason::TimeChart));
    }
}

/// Weeks, weekdays or numbers in a row, over ticks or nothing.
fn weeks(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let content = &column.content;
    let marked = content.filled == 0 || content.mostly(content.marks, 0.6) || column.average() <= 1.0;
    let stated = Status::parse(&column.label.child).is_some_and(|_| !column.in_sequence) || content.mostly(content.statuses, 0.6);
    if table.is_plan() && column.in_sequence && marked && !stated {
        found.push(Evidence::own(SURELY, Reason::TimeChart));
    }
}

/// What is said under a date is a remark of that day.
fn dated_remarks(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let said = column.content.filled > 0 && column.is_wordy(0.5) && column.content.statuses * 2 < column.content.filled;
    if table.is_plan() && is_period(&column.label.child) && column.spoken.is_none_or(|(role, _)| role == Role::Period) && said {
        found.push(Evidence::also(Role::Comment, 8.0, Reason::DatedRemarks));
    }
}
