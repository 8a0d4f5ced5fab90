//! What a return rests on, and the texts outside its tables, on paper. Finds nothing.

use super::looks::{heading, plain, strong};
use crate::{insight::Report, model::LooseText, paper::Block};

/// The notes at the end of a return.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let mut blocks = rests_on(report);
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

/// What the figures rest on, in the words of the workbook's notes.
pub(super) fn rests_on(report: &Report<'_>) -> Vec<Block> {
    let points = super::super::notes::notes(report);
    if points.is_empty() { Vec::new() } else { vec![heading(2, "Notes"), Block::List(points)] }
}
