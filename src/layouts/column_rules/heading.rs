//! What a column's heading says of its role, word by word. Looks at no other column.

use super::rule::Rule;
use crate::{
    layouts::{
        content::ColumnContent,
        evidence::{Evidence, Reason},
        facts::{ColumnFacts, TableFacts},
        header::{Label, plain_role},
        words::{EXACT, Subject, is_comparator, is_other, is_period, role_of},
    },
    model::{Role, TableKind},
};

/// How many points a heading of surety 1 weighs.
const POINTS: f32 = 10.0;
/// What is said so plainly that a heading's own words do not speak against it.
const PLAIN: f32 = 14.0;
/// The least surety with which a heading may repeat a role that another column has.
const REPEATS: f32 = 0.6;

pub(super) const RULES: &[Rule] = &[words, period, pounds, per_cent, own_above, comparator, colours, past, carbon];

/// The role its words name.
fn words(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    let Some((role, surety)) = column.spoken else { return };
    if role == Role::Period && table.subject != Some(Subject::Kpi) {
        found.push(Evidence::own(6.0, Reason::PeriodElsewhere));
        return;
    }
    let reason = if surety >= 0.9 { Reason::HeadingKnown } else { Reason::HeadingContains };
    let role = named(table, role);
    found.push(Evidence { role: Some(role), weight: surety * POINTS, reason, repeats: surety >= REPEATS });
}

/// What a plan measures its actions by may be called an indicator.
pub(super) fn named(table: &TableFacts, role: Role) -> Role {
    if table.subject == Some(Subject::Plan) && role == Role::Kpi { Role::Measure } else { role }
}

/// A heading that names a period, in a table of indicators.
fn period(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    if table.subject == Some(Subject::Kpi) {
        found.extend(period_role(&column.label, &column.content).map(|role| Evidence::also(role, PLAIN, Reason::Period)));
    } else if table.kind == TableKind::Kpi && column.spoken.is_none() && is_period(&column.label.child) {
        found.push(Evidence::also(Role::Period, 9.0, Reason::Period));
    }
}

/// Under a period, the value read is the period's.
fn period_role(label: &Label, content: &ColumnContent) -> Option<Role> {
    if is_period(&label.parent) && !label.child.is_empty() {
        return match role_of(&label.child, Some(Subject::Kpi)).map(|(role, _)| role) {
            Some(Role::Current | Role::Kpi) => Some(Role::Period),
            Some(Role::Target) => Some(Role::Target),
            Some(Role::Rating | Role::Trend | Role::Comment | Role::Status) => None,
            _ if is_period(&label.child) || content.mostly(content.numbers + content.percents, 0.6) => Some(Role::Period),
            _ => None,
        };
    }
    is_period(if label.child.is_empty() { &label.parent } else { &label.child }).then_some(Role::Period)
}

fn pounds(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let ColumnFacts { words, content, .. } = &table.columns[at];
    if table.subject == Some(Subject::Plan) && words.contains('£') && content.mostly(content.numbers + content.money, 0.4) {
        found.push(Evidence::also(Role::Budget, PLAIN, Reason::Pounds));
    }
}

fn per_cent(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let ColumnFacts { words, said, content, .. } = &table.columns[at];
    let done = ["complet", "done", "progress", "achiev"].iter().any(|word| said.contains(word));
    let asked = words.starts_with('%') || (words.contains('%') && done);
    if table.subject == Some(Subject::Plan) && asked && content.mostly(content.percents + content.numbers, 0.6) {
        found.push(Evidence::also(Role::Progress, PLAIN, Reason::PerCent));
    }
}

/// What stands under a heading of the owner's own is so too.
fn own_above(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let Label { parent, child, .. } = &table.columns[at].label;
    if !child.is_empty() && is_other(parent) {
        found.push(Evidence::own(PLAIN, Reason::OverHeadingOwn));
    } else if is_other(if child.is_empty() { parent } else { child }) && table.columns[at].spoken.is_none_or(|(_, surety)| surety < EXACT) {
        found.push(Evidence::own(4.0, Reason::HeadingOwn));
    }
}

fn comparator(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    if table.subject == Some(Subject::Kpi) && column.spoken.is_some_and(|(_, surety)| surety < 0.9) && is_comparator(&column.words) {
        found.push(Evidence::own(PLAIN, Reason::Comparator));
    }
}

/// Under RAG, what is rated may be called anything.
fn colours(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let ColumnFacts { label, content, .. } = &table.columns[at];
    let upper = || Label { column: label.column, parent: "".into(), child: label.parent.clone() };
    let rated = content.filled == 0 && content.hues >= 2 && !label.parent.is_empty();
    if table.subject == Some(Subject::Plan) && rated && plain_role(&upper(), table.subject) == Some(Role::Status) {
        found.push(Evidence::also(Role::Status, PLAIN, Reason::StatusColours));
    }
}

/// What was done once is no end.
fn past(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let column = &table.columns[at];
    if column.spoken.is_some_and(|(role, surety)| role == Role::End && surety < 0.9) && is_past(&column.said) {
        found.push(Evidence::own(PLAIN, Reason::PastOnce));
    }
}

/// A saving of carbon is no sum of money.
fn carbon(table: &TableFacts, at: usize, found: &mut Vec<Evidence>) {
    let ColumnFacts { words, content, spoken, .. } = &table.columns[at];
    let units = || ["co2", "carbon", "kwh", "tonne"].iter().any(|unit| words.to_lowercase().contains(unit));
    if spoken.is_some_and(|(role, _)| role == Role::Budget) && content.money == 0 && units() {
        found.push(Evidence::own(PLAIN, Reason::NoMoney));
    }
}

/// Words for what was done once, which is no part of a row's own time.
const PAST: [&str; 21] = [
    "committee",
    "report",
    "raised",
    "issued",
    "reported",
    "identified",
    "received",
    "added",
    "created",
    "last",
    "updated",
    "reviewed",
    "logged",
    "approved",
    "met",
    "decision",
    "detection",
    "detected",
    "opened",
    "found",
    "meeting",
];

/// Whether a heading says when something was done or said of a row.
pub(super) fn is_past(words: &str) -> bool {
    words.split([' ', '/']).any(|word| PAST.contains(&word))
}
