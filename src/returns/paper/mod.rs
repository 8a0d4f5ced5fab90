//! Returns on paper: what a report says, as headings, tables and figures. Lays out no page and works out no figure of its own.

mod board;
mod changes;
mod exceptions;
mod headline;
mod kpi_charts;
mod kpis;
mod looks;
mod notes;
mod one_page;
mod plans;
mod registers;
mod tracker;

use crate::{
    insight::Report,
    model::Marking,
    paper::{Block, Orientation, Paper},
};

/// One kind of return on paper.
#[derive(Debug)]
pub struct PaperTemplate {
    /// A stable name, by which it is asked for.
    pub code: &'static str,
    /// As shown in a menu.
    pub name: &'static str,
    /// What it is, in one sentence.
    pub about: &'static str,
    /// Its pages.
    pub paper: fn(&Report<'_>) -> Paper,
}

/// Every return there is on paper.
pub const PAPERS: [PaperTemplate; 3] = [board::TEMPLATE, exceptions::TEMPLATE, one_page::TEMPLATE];

/// A paper of a report, under a name, with the blocks of its body.
fn paper(report: &Report<'_>, name: &str, orientation: Orientation, blocks: Vec<Block>) -> Paper {
    let document = report.document;
    let title = format!("{}: {}", document.name(), name.to_lowercase());
    let as_at = report.as_at();
    let running = if as_at.is_empty() { title.clone() } else { format!("{title}, as at {as_at}") };
    Paper {
        title,
        author: document.field("Owner").map_or_else(String::new, |field| field.cell.text.to_string()),
        language: "en-GB".to_owned(),
        marking: document.marking.as_ref().map_or_else(String::new, Marking::words),
        running,
        orientation,
        palette: super::style::PAPER,
        blocks,
    }
}

/// The title of a paper, and what it is and stands at.
fn titled(report: &Report<'_>, name: &str) -> Vec<Block> {
    let as_at = report.as_at();
    let mut under = name.to_owned();
    if !as_at.is_empty() {
        under += &format!(", as at {as_at}");
    }
    if let Some(changes) = &report.changes {
        under += &format!(". Changes are since {}", changes.since);
    }
    vec![looks::heading(1, report.document.name()), looks::muted(under)]
}
