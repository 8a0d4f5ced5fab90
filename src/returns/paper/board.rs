//! The return for a board on paper: headline, exceptions, the plan by approach, KPIs, tracker, changes and notes.

use super::{changes, exceptions, headline, kpis, looks::heading, made, notes, plans, registers, titled, tracker};
use crate::{
    insight::Report,
    model::{Marking, Table, TableKind},
    paper::{Block, Orientation, Paper},
};

/// What it is called.
const NAME: &str = "Board return";

/// The paper.
pub(in crate::returns) fn paper(report: &Report<'_>) -> Paper {
    let mut blocks = titled(report, NAME);
    blocks.extend(facts(report));
    blocks.extend(headline::blocks(report));
    blocks.extend(exceptions::blocks(report));
    let document = report.document;
    for table in document.of_kind(TableKind::Plan) {
        blocks.extend(plans::blocks(report, table));
    }
    blocks.extend(kpis::blocks(report));
    blocks.extend(tracker::blocks(report));
    blocks.extend(changes::blocks(report));
    for table in document.tables.iter().filter(|table| is_other(report, table)) {
        blocks.push(heading(2, table.title()));
        let facts = plans::facts(table, table.title());
        if !facts.is_empty() {
            blocks.push(Block::Facts(facts));
        }
        blocks.extend(registers::blocks(table));
    }
    blocks.extend(notes::blocks(report));
    made(report, NAME, Orientation::Landscape, blocks)
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
