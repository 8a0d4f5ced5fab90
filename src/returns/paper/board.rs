//! The return for a board on paper: headline, exceptions, the plan by approach, KPIs, tracker, changes and notes.

use super::{changes, exceptions, headline, kpis, looks::heading, made, notes, plans, registers, titled, tracker};
use crate::{
    insight::Report,
    model::{Marking, Table, TableKind},
    paper::{Block, Orientation, Paper},
};

/// The paper for a board.
pub(in crate::returns) fn paper(report: &Report<'_>) -> Paper {
    let mut blocks = begun(report, "Board return");
    blocks.extend(exceptions::blocks(report));
    blocks.extend(plan_and_kpis(report));
    blocks.extend(changes::blocks(report));
    blocks.extend(others(report));
    blocks.extend(notes::blocks(report));
    made(report, "Board return", Orientation::Landscape, blocks)
}

/// The paper for the public: how the plan stands, without what is told to a board alone.
pub(in crate::returns) fn publication(report: &Report<'_>) -> Paper {
    let mut blocks = begun(report, "Action plan");
    blocks.extend(plan_and_kpis(report));
    blocks.extend(others(report));
    blocks.extend(notes::blocks(report));
    made(report, "Action plan", Orientation::Landscape, blocks)
}

fn begun(report: &Report<'_>, name: &str) -> Vec<Block> {
    let mut blocks = titled(report, name);
    blocks.extend(facts(report));
    blocks.extend(headline::blocks(report));
    blocks
}

fn plan_and_kpis(report: &Report<'_>) -> Vec<Block> {
    let plans = report.document.of_kind(TableKind::Plan).flat_map(|table| plans::blocks(report, table));
    plans.chain(kpis::blocks(report)).chain(tracker::blocks(report)).collect()
}

/// The tables that have no way of their own to be shown.
fn others(report: &Report<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for table in report.document.tables.iter().filter(|table| is_other(report, table)) {
        blocks.push(heading(2, table.title()));
        let facts = plans::facts(table, table.title());
        if !facts.is_empty() {
            blocks.push(Block::Facts(facts));
        }
        blocks.extend(registers::blocks(table));
    }
    blocks
}

/// Whether a table is none of those that have a way of their own to be shown.
fn is_other(report: &Report<'_>, table: &Table) -> bool {
    match table.kind {
        TableKind::Plan => false,
        TableKind::Kpi => report.kpis.iter().all(|kpi| kpi.place.table != Some(table.id)),
        TableKind::History => report.insight.trackers.iter().all(|tracker| tracker.table != table.id),
        TableKind::Register => true,
    }
}

/// Who the plan is of, and what else stands above it, where there is one plan.
fn facts(report: &Report<'_>) -> Option<Block> {
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut plans = report.document.of_kind(TableKind::Plan);
    if let (Some(plan), None) = (plans.next(), plans.next()) {
        facts = plans::facts(plan, report.document.name());
    }
    if let Some(judged) = report.insight.judged_when() {
        facts.push(("Ends are judged".to_owned(), judged));
    }
    if let Some(marking) = &report.document.marking {
        facts.push(("Marking".to_owned(), Marking::told(marking)));
    }
    (!facts.is_empty()).then_some(Block::Facts(facts))
}
