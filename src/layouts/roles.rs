//! What each column of a table is, by its heading and by what stands in it. Says how sure it is and why.

use super::{
    assignment::{Decision, decide},
    column_rules::{gather, naming_role},
    content::MOST_JUDGED,
    evidence::Reason,
    facts::TableFacts,
    header::{Label, names_statuses},
    outline::Heading,
    words::{Subject, is_period},
};
use crate::{
    model::{Role, Status, TableKind},
    workbook::RawSheet,
};

/// Names the columns of a table. `rows` are its first and last sheet row below the header.
pub(super) fn name_columns(grid: &RawSheet, labels: &[Label], kind: TableKind, subject: Option<Subject>, rows: (u32, u32)) -> Vec<Heading> {
    let (labels, rest) = labels.split_at(labels.len().min(MOST_JUDGED));
    let judged = if kind == TableKind::History { name_history(labels) } else { judge(grid, labels, kind, subject, rows) };
    let unjudged = rest.iter().map(|label| Heading { surety: 0.5, ..heading(label, None, Reason::FarRight) });
    judged.into_iter().chain(unjudged).collect()
}

/// Names columns by all that speaks for and against each role, in one decision.
fn judge(grid: &RawSheet, labels: &[Label], kind: TableKind, subject: Option<Subject>, rows: (u32, u32)) -> Vec<Heading> {
    let mut table = TableFacts::of(grid, labels, kind, subject, rows);
    let evidence = gather(&mut table);
    let decisions = decide(&evidence, naming_role(&table));
    let named = labels.iter().zip(decisions).zip(evidence);
    named
        .map(|((label, Decision { role, surety, reason, rival }), evidence)| Heading {
            surety,
            rival,
            evidence,
            ..heading(label, role, reason)
        })
        .collect()
}

fn heading(label: &Label, role: Option<Role>, why: Reason) -> Heading {
    Heading { column: label.column, words: label.words().into(), role, surety: 0.95, why, rival: None, evidence: Vec::new(), key: None }
}

/// A history's first column names statuses and the others are periods, or the other way about.
fn name_history(labels: &[Label]) -> Vec<Heading> {
    let lying = names_statuses(labels);
    let role = |at: usize, words: &str| match (at, lying) {
        (0, false) => Some(Role::Status),
        (0, true) => Some(Role::Period),
        (_, false) => is_period(words).then_some(Role::Period),
        (_, true) => Status::parse(words).map(|_| Role::Status),
    };
    labels.iter().enumerate().map(|(at, label)| heading(label, role(at, &label.words()), Reason::StatusCounts)).collect()
}
