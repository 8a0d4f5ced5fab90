//! What a return rests on, and the texts outside its tables, on paper. Finds nothing.

use super::looks::{heading, plain, strong};
use crate::{insight::Report, model::LooseText, paper::Block};

/// The notes at the end of a return.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let mut blocks = assumptions(report);
    let loose: Vec<&LooseText> = report.document.loose.iter().filter(|text| !text.cell.text.trim().is_empty()).collect();
    if !loose.is_empty() {
        blocks.push(heading(2, "Text outside the tables"));
    }
    for texts in loose.chunk_by(|one, next| one.sheet == next.sheet) {
        blocks.push(strong(format!("Sheet “{}”", texts[0].sheet)));
        for row in texts.chunk_by(|one, next| one.row == next.row) {
            blocks.push(plain(row.iter().map(|text| text.cell.text.trim()).collect::<Vec<_>>().join("   ")));
        }
    }
    blocks
}

/// What the figures rest on.
pub(super) fn assumptions(report: &Report<'_>) -> Vec<Block> {
    let mut points = Vec::new();
    match report.insight.judged_when() {
        Some(when) => points.push(format!("Overdue is what is neither complete nor stopped and whose end had passed {when}.")),
        None if report.insight.plans.is_empty() => {}
        None => points.push("No day is known to judge ends at, so nothing is told to be overdue.".to_owned()),
    }
    if !report.insight.plans.is_empty() {
        points.push("Counts are of lines: an action with several statuses counts once for each. By action it counts once, by its worst.".to_owned());
    }
    if !report.kpis.is_empty() {
        points.push("KPIs are rated by the rule that each reason states; where nothing says which way is better, higher is assumed to be.".to_owned());
    }
    if points.is_empty() { Vec::new() } else { vec![heading(2, "Notes"), Block::List(points)] }
}
