//! Returns on paper: what a report says, as headings, tables and figures. Lays out no page and works out no figure of its own.

mod board;
mod changes;
mod exceptions;
mod headline;
mod kpi_charts;
mod kpis;
mod leads;
mod looks;
mod notes;
mod one_page;
mod plans;
mod printed;
mod registers;
mod tracker;

use crate::{
    insight::Report,
    model::Marking,
    paper::{Block, Orientation, Paper},
};

pub use printed::{PrintedTable, printed_summary, printed_table};
pub(super) use {
    board::paper as board, board::publication, changes::paper as changes, exceptions::paper as exceptions, one_page::TEMPLATE as ONE_PAGE,
};

/// A paper of a report, under a name, with the blocks of its body.
fn made(report: &Report<'_>, name: &str, orientation: Orientation, blocks: Vec<Block>) -> Paper {
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
        identity: document.identity.to_string(),
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
