//! Workbooks of many shapes, each with what its own script says it holds: tables, roles, kinds of row, statuses and warnings.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use plandesk::{
    app::open::{Opened, open_bytes},
    insight::{AsOf, Insight},
    model::{Role, RowKind, Table, TableKind},
};
use serde_json::Value as Json;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes");

/// The workbooks of the folder with what they are expected to hold.
fn workbooks() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    let is_workbook =
        |path: &PathBuf| path.extension().is_some_and(|ending| ["xlsx", "xls", "ods", "csv", "tsv"].iter().any(|e| ending == *e));
    let mut found: Vec<(PathBuf, String)> =
        entries.filter(is_workbook).map(|path| (path.clone(), fs::read_to_string(path.with_extension("txt")).unwrap())).collect();
    found.sort();
    found
}

fn open(path: &Path) -> Opened {
    open_bytes(&path.display().to_string(), &fs::read(path).unwrap(), &|_| true).unwrap()
}

/// What the program says of a workbook, in the words of the expectations.
fn said(opened: &Opened) -> Vec<String> {
    let mut lines = Vec::new();
    for table in &opened.document.tables {
        lines.push(format!("table {} {}", table.kind.code(), table.sheet));
        for column in &table.columns {
            let heading = column.heading.split_whitespace().collect::<Vec<_>>().join(" ");
            let heading = if heading.is_empty() { "-" } else { heading.trim_end_matches(':') };
            lines.push(format!("column {} {heading}", column.role.map_or("other", Role::code)));
        }
        lines.extend(table.rows.iter().map(|row| {
            let place = format!("{}!{}", row.sheet.as_deref().unwrap_or(&table.sheet), row.source);
            format!("row {place} {}{}", row.kind.code(), status(table, row))
        }));
    }
    lines
}

fn status(table: &Table, row: &plandesk::model::Row) -> String {
    let stated =
        (table.kind == TableKind::Plan && matches!(row.kind, RowKind::Entry | RowKind::Line)).then(|| table.status_of(row)).flatten();
    stated.map_or_else(String::new, |status| format!(" {}", status.code()))
}

/// The warnings of a report, as code and place.
fn warnings(report: &Json) -> BTreeSet<String> {
    let notes = report["notes"].as_array().unwrap().iter().filter(|note| note["severity"] != "info");
    notes.map(|note| format!("warning {} {}", note["code"].as_str().unwrap(), note["place"].as_str().unwrap())).collect()
}

#[test]
fn every_shape_is_understood() {
    let all = workbooks();
    assert!(all.len() >= 25, "{} workbooks", all.len());
    let mut wrong = Vec::new();
    for (path, expected) in &all {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (facts, warned): (Vec<&str>, Vec<&str>) =
            expected.lines().filter(|line| !line.is_empty()).partition(|line| !line.starts_with("warning"));
        let opened = open(path);
        let said = said(&opened);
        let first = facts.iter().zip(&said).find(|(fact, said)| *fact != said).map(|(fact, said)| format!("{fact} (said: {said})"));
        wrong.extend(
            first
                .or((facts.len() != said.len()).then(|| format!("{} facts, {} said", facts.len(), said.len())))
                .map(|what| format!("{name}: {what}")),
        );
        let report = crate::json_report(&opened, &Insight::of(&opened.document, AsOf::default()));
        if report["accounted"]["unread"] != 0 || report["accounted"]["cells"] == 0 {
            wrong.push(format!("{name}: {}", report["accounted"]));
        }
        if !warned.contains(&"warnings any") {
            let warned: BTreeSet<String> = warned.iter().filter(|line| **line != "warnings none").map(|line| (*line).to_owned()).collect();
            wrong.extend(warnings(&report).symmetric_difference(&warned).map(|line| format!("{name}: {line}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
