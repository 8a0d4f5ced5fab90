//! The return for a board on paper: headline, exceptions, the plan by approach, KPIs, tracker, changes and notes.

use super::{changes, exceptions, headline, kpis, looks::heading, made, notes, plans, registers, titled, tracker};
use crate::{
    insight::Report,
    model::{Marking, TableKind},
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
    for table in document.of_kind(TableKind::Register) {
        blocks.push(heading(2, table.title()));
        blocks.extend(registers::blocks(table));
    }
    blocks.extend(notes::blocks(report));
    made(report, NAME, Orientation::Landscape, blocks)
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
