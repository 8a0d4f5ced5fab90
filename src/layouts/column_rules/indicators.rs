//! What the figures of a table of indicators say beside its headings: thresholds, which way is good, the deviation allowed. Decides nothing.

use super::rule::Rule;
use crate::{
    layouts::{
        evidence::{Evidence, Reason},
        facts::{ColumnFacts, TableFacts},
        indicators::{colour, has_thresholds},
        words::Subject,
    },
    model::Role,
};

/// What beats the known words of a heading, and whatever else is said of a column.
const OVER_ALL: f32 = 30.0;
/// What a column is then.
const INSTEAD: f32 = 9.0;
/// Headings over where a figure began, which is no date in a table of indicators.
const BEGINNINGS: [&str; 6] = ["start value", "starting value", "start", "starting point", "initial value", "baseline value"];
/// Headings under which the deviation that is allowed may stand, or the one that was measured.
const DEVIATIONS: [&str; 4] = ["variance", "deviation", "allowed variance", "permitted variance"];

pub(super) const RULES: &[Rule] = &[thresholds, polarity, goals, deviation, beginnings];

fn is_of_indicators(table: &TableFacts) -> bool {
    table.subject == Some(Subject::Kpi)
}

/// The figures of each colour are what decides a rating.
fn thresholds(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let figures = &column.figures;
    let coloured = || colour(&column.words).is_some() && has_thresholds(table.columns.iter().map(|column| &*column.words));
    if is_of_indicators(table) && figures.mostly(figures.bounded) && coloured() {
        found.push(Evidence::also(Role::Tolerance, OVER_ALL, Reason::Threshold));
    }
}

/// A column that says in words which way is good, where none is headed so.
fn polarity(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let free =
        matches!(column.claim, None | Some(Role::Description | Role::Trend | Role::Unit | Role::Measure | Role::Comment | Role::Theme));
    if is_of_indicators(table) && free && column.figures.mostly(column.figures.ways) && !table.claims(Role::Polarity) {
        found.push(Evidence::once(Role::Polarity, OVER_ALL / 2.0, Reason::Ways));
    }
}

/// Of two columns headed as targets, one that holds words is what the indicators serve.
fn goals(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let targets = |column: &ColumnFacts| column.claim == Some(Role::Target);
    let figures = |column: &ColumnFacts| targets(column) && column.figures.mostly(column.figures.figures);
    let wordy = targets(column) && column.figures.mostly(column.figures.words);
    if is_of_indicators(table) && wordy && table.columns.iter().any(figures) {
        found.push(Evidence::against(Role::Target, OVER_ALL, Reason::WordsNoTarget));
        found.push(Evidence::also(Role::Theme, INSTEAD, Reason::WordsNoTarget));
    }
}

/// A deviation that stands before the figures, and is never below nothing, is the one allowed.
fn deviation(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let before = || table.first_of(&[Role::Current, Role::Period]).is_some_and(|first| at < first);
    let headed = column.claim.is_none() && DEVIATIONS.contains(&&*column.plain);
    if is_of_indicators(table) && headed && column.figures.mostly(column.figures.allowed) && !table.claims(Role::Tolerance) && before() {
        found.push(Evidence::once(Role::Tolerance, INSTEAD, Reason::Deviation));
    }
}

/// Where a figure began is neither a date nor the figure of a period.
fn beginnings(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let roles = [Role::Start, Role::Current, Role::Period];
    if is_of_indicators(table) && BEGINNINGS.contains(&&*column.plain) && column.claim.is_some_and(|role| roles.contains(&role)) {
        roles.iter().for_each(|role| found.push(Evidence::against(*role, OVER_ALL, Reason::Beginning)));
        found.push(Evidence::own(INSTEAD, Reason::Beginning));
    }
}
