//! What the columns of a table of indicators are by what stands in them: thresholds, which way is good, the deviation allowed.

use super::{
    evidence::Reason,
    heading_text::plain,
    indicators::{colour, has_thresholds},
    outline::Heading,
};
use crate::{
    model::{Cell, Figure, Polarity, Role, Value, kinds::Kind},
    workbook::{RawCell, RawSheet},
};

/// Headings over where a figure began, which is no date in a table of indicators.
const BEGINNINGS: [&str; 6] = ["start value", "starting value", "start", "starting point", "initial value", "baseline value"];
/// Headings under which the deviation that is allowed may stand, or the one that was measured.
const DEVIATIONS: [&str; 4] = ["variance", "deviation", "allowed variance", "permitted variance"];
/// How many filled cells of a column are looked at.
const SAMPLE: usize = 60;

/// Names the columns of a table of indicators again where what stands in them says more than their headings.
pub fn refine(grid: &RawSheet, rows: (u32, u32), columns: &mut [Heading]) {
    name_thresholds(grid, rows, columns);
    name_polarity(grid, rows, columns);
    name_deviation(grid, rows, columns);
    name_goals(grid, rows, columns);
    for heading in columns.iter_mut() {
        let begins = BEGINNINGS.contains(&&*plain(&heading.words));
        if begins && heading.role.is_some_and(|role| matches!(role, Role::Start | Role::Current | Role::Period)) {
            set(heading, None, Reason::Beginning);
        }
    }
}

fn set(heading: &mut Heading, role: Option<Role>, why: Reason) {
    (heading.role, heading.surety, heading.why, heading.rival) = (role, 0.85, why, None);
}

/// The filled cells of a column, the first of them.
fn cells(grid: &RawSheet, rows: (u32, u32), column: u16) -> Vec<&RawCell> {
    let from = grid.rows.partition_point(|row| row.row < rows.0);
    let within = grid.rows[from..].iter().take_while(|row| row.row <= rows.1);
    within.filter_map(|row| row.cell(column)).take(SAMPLE).collect()
}

/// Whether most of some cells are such.
fn mostly(cells: &[&RawCell], is: impl Fn(&RawCell) -> bool) -> bool {
    !cells.is_empty() && cells.iter().filter(|cell| is(cell)).count() * 5 >= cells.len() * 4
}

fn figure(cell: &RawCell) -> Option<Figure> {
    let read: Cell = Kind::Figure.read(cell.text.clone(), cell.stored.clone());
    match read.value {
        Value::Figure(figure) => Some(figure),
        _ => None,
    }
}

fn name_thresholds(grid: &RawSheet, rows: (u32, u32), columns: &mut [Heading]) {
    if !has_thresholds(columns.iter().map(|heading| &*heading.words)) {
        return;
    }
    for heading in columns.iter_mut().filter(|heading| colour(&heading.words).is_some()) {
        let held = cells(grid, rows, heading.column);
        if mostly(&held, |cell| matches!(figure(cell), Some(Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. }))) {
            set(heading, Some(Role::Tolerance), Reason::Threshold);
        }
    }
}

fn name_polarity(grid: &RawSheet, rows: (u32, u32), columns: &mut [Heading]) {
    if columns.iter().any(|heading| heading.role == Some(Role::Polarity)) {
        return;
    }
    let free = |heading: &Heading| {
        matches!(heading.role, None | Some(Role::Description | Role::Trend | Role::Unit | Role::Measure | Role::Comment | Role::Theme))
    };
    // An arrow or `up` may be the way a figure went.
    let says = |cell: &RawCell| cell.text.chars().filter(|c| c.is_alphabetic()).count() > 2 && Polarity::parse(&cell.text).is_some();
    let found = columns.iter_mut().find(|heading| free(heading) && mostly(&cells(grid, rows, heading.column), says));
    if let Some(heading) = found {
        set(heading, Some(Role::Polarity), Reason::Ways);
    }
}

/// Of two columns headed as targets, one that holds words is what the indicators serve.
fn name_goals(grid: &RawSheet, rows: (u32, u32), columns: &mut [Heading]) {
    let targets = |heading: &Heading| heading.role == Some(Role::Target);
    let figures = |heading: &Heading| mostly(&cells(grid, rows, heading.column), |cell| figure(cell).is_some());
    if !columns.iter().any(|heading| targets(heading) && figures(heading)) {
        return;
    }
    let wordy = |heading: &Heading| {
        let held = cells(grid, rows, heading.column);
        mostly(&held, |cell| figure(cell).is_none() && cell.text.chars().filter(|c| c.is_alphabetic()).count() > 2)
    };
    if let Some(heading) = columns.iter_mut().find(|heading| targets(heading) && wordy(heading)) {
        set(heading, Some(Role::Theme), Reason::WordsNoTarget);
    }
}

/// A deviation that stands before the figures, and is never below nothing, is the one allowed.
fn name_deviation(grid: &RawSheet, rows: (u32, u32), columns: &mut [Heading]) {
    if columns.iter().any(|heading| heading.role == Some(Role::Tolerance)) {
        return;
    }
    let first = columns.iter().find(|heading| matches!(heading.role, Some(Role::Current | Role::Period))).map(|heading| heading.column);
    let before = |heading: &Heading| first.is_some_and(|first| heading.column < first);
    let allowed = |cell: &RawCell| !cell.formula && figure(cell).and_then(Figure::amount).is_some_and(|amount| amount >= 0.0);
    let found = columns.iter_mut().find(|heading| {
        heading.role.is_none()
            && DEVIATIONS.contains(&&*plain(&heading.words))
            && before(heading)
            && mostly(&cells(grid, rows, heading.column), allowed)
    });
    if let Some(heading) = found {
        set(heading, Some(Role::Tolerance), Reason::Deviation);
    }
}
