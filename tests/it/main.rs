//! Every integration test, in one binary so that linking happens once.
#![expect(clippy::unwrap_used, reason = "a test stops at the first thing that fails")]

mod accessibility;
mod check_json;
mod columns;
mod edited_returns;
#[cfg(feature = "window")]
mod gui;
mod headless;
mod hostile;
mod import;
mod kill;
mod kpis;
mod live_counts;
mod odd;
mod pdf;
mod publishing;
mod reading;
mod reference_reader;
mod registries;
mod return_pages;
mod returns;
mod rows_and_sheets;
mod shapes;
mod statuses;
mod tidy;
mod write_back;

use plandesk::{
    app::{open::Opened, report::Report},
    insight::Insight,
    layouts::{self, Reading},
    workbook::RawSheet,
};

/// Reads the sheets of a workbook by its own outline.
fn read_workbook(grids: Vec<RawSheet>) -> Reading {
    let outlines = layouts::outline(&grids);
    layouts::read(grids, &outlines)
}

/// What `check --json` prints, held as a whole.
fn json_report(opened: &Opened, insight: &Insight) -> serde_json::Value {
    serde_json::to_value(Report { opened, insight }).expect("a report is JSON")
}
