//! The real workbooks beside the project, where they are: read as they stand, nothing lost, nothing that stops the program.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::Value as Json;

use super::*;

/// The largest workbook of the corpus that is read here, in bytes: a test build is slow.
const LARGEST: u64 = 3 << 20;

/// The folder of real workbooks that is kept beside the project, where there is one.
fn beside(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    let found = folder.is_dir().then_some(folder);
    if found.is_none() {
        // Past the harness, which keeps to itself what a test that passes prints.
        let mut out = std::io::stderr();
        writeln!(out, "skipped, as there is no ../shared/{name} here").unwrap();
    }
    found
}

/// What `check --json` says of a workbook.
fn checked(path: &Path) -> Json {
    let opened = open_bytes(&path.display().to_string(), &fs::read(path).unwrap(), &|_| true).unwrap();
    crate::json_report(&opened, &Insight::of(&opened.document, AsOf::default()))
}

fn text<'a>(row: &'a Json, role: &str) -> &'a str {
    row["cells"][role].as_str().unwrap_or("")
}

fn same(read: &str, truth: &Json, what: &str) {
    assert_eq!(plain(read), plain(truth.as_str().unwrap()), "{what}");
}

fn rows_of<'a>(report: &'a Json, kind: &str) -> Vec<&'a Json> {
    let tables = report["tables"].as_array().unwrap().iter().filter(|table| table["kind"] == kind);
    tables.flat_map(|table| table["rows"].as_array().unwrap()).collect()
}

#[test]
fn the_real_plan_is_read_as_it_is() {
    let Some(folder) = beside("fixtures") else { return };
    let truth: Json = serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let report = checked(&folder.join("Social Wellbeing Strategy Action Plan.xlsx"));
    let rows: Vec<&Json> = rows_of(&report, "plan");
    let lines: Vec<&Json> = rows.iter().copied().filter(|row| row["kind"] == "entry" || row["kind"] == "line").collect();
    let actions = truth["actions"].as_object().unwrap();
    assert_eq!(actions.len(), 34);
    let roles = ["ref", "action", "start", "end", "measure", "lead", "status", "comment"];
    for (reference, expected) in actions {
        let at = lines.iter().position(|row| text(row, "ref") == reference).unwrap();
        let expected = expected.as_array().unwrap();
        let end = lines[at + 1..].iter().position(|row| row["kind"] == "entry").map_or(lines.len(), |steps| at + 1 + steps);
        assert_eq!(end - at, expected.len(), "lines of {reference}");
        for (row, truth) in lines[at..end].iter().zip(expected) {
            for (role, truth) in roles.iter().zip(truth.as_array().unwrap()) {
                same(text(row, role), truth, &format!("{reference} {role}"));
            }
        }
    }
    let count = |kind: &str| rows.iter().filter(|row| row["kind"] == kind).count();
    assert_eq!((count("section"), count("group"), count("entry")), (4, 14, 34));
    let counts = &report["counts"];
    assert_eq!((&counts["actions"], &counts["lines"]), (&34.into(), &35.into()));
    let by_status = serde_json::json!({"not_started": 5, "major_problems": 0, "minor_problems": 1, "in_progress": 15, "complete": 14});
    let counted = counts["by_status"].as_object().unwrap().iter().filter(|(status, _)| !matches!(status.as_str(), "on_hold" | "cancelled"));
    let counted: serde_json::Map<_, _> = counted.map(|(status, count)| (status.clone(), count.clone())).collect();
    assert_eq!(serde_json::Value::from(counted), by_status);
    let late = ["1.1.2", "1.3.1", "1.3.2", "1.3.3", "2.2.1", "2.4.2", "3.1.3", "3.3.3", "3.4.1", "4.3.1"];
    assert_eq!(report["overdue"], serde_json::json!(late));
    let tracker = report["tables"].as_array().unwrap().iter().find(|table| table["kind"] == "history").unwrap();
    assert_eq!(tracker["columns"].as_array().unwrap().iter().filter(|column| column["role"] == "period").count(), 7);
    let said = |words: &str| report["notes"].as_array().unwrap().iter().any(|note| note["message"].as_str().unwrap().contains(words));
    assert!(said("8/0/2/24/3") && said("33 to 35"));
}

#[test]
fn the_real_kpis_are_read_as_they_are() {
    let Some(folder) = beside("fixtures") else { return };
    let truth: Json = serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let report = checked(&folder.join("Departmental KPIs.xlsx"));
    let rows = rows_of(&report, "kpi");
    let (newer, older) = (truth["kpi23"].as_array().unwrap(), truth["kpi21"].as_array().unwrap());
    assert_eq!((newer.len(), older.len() - 1, rows.len()), (13, 8, 21));
    let roles: [&[&str]; 2] = [&["ref", "kpi", "current", "target"], &["kpi", "current", "target"]];
    for (kpis, roles) in [(&newer[..], roles[0]), (&older[1..], roles[1])] {
        for kpi in kpis {
            let words = plain(kpi[roles.len() - 3].as_str().unwrap());
            let row = rows.iter().find(|row| plain(text(row, "kpi")) == words).unwrap();
            for (role, truth) in roles.iter().zip(kpi.as_array().unwrap()) {
                same(text(row, role), truth, &format!("{words} {role}"));
            }
        }
    }
    assert_eq!(report["ratings"].as_array().unwrap().len(), 21);
}

#[test]
fn the_real_recommendations_are_read_as_they_are() {
    let Some(folder) = beside("fixtures") else { return };
    let truth: Json = serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap();
    let report = checked(&folder.join("Cohesion Scrutiny Action Plan.xlsx"));
    let rows = rows_of(&report, "plan");
    let mut at = 0;
    for recommendation in truth["recs"].as_array().unwrap() {
        assert_eq!(rows[at]["kind"], "section");
        let words: Vec<String> = rows[at]["cells"].as_object().unwrap().values().map(|text| plain(text.as_str().unwrap())).collect();
        for expected in [&recommendation[1], &recommendation[2]] {
            let expected = plain(expected.as_str().unwrap());
            assert!(words.iter().any(|words| words.contains(&expected)), "{expected}: {words:?}");
        }
        at += 1;
        for action in recommendation[3].as_array().unwrap() {
            for (role, truth) in ["action", "lead", "end"].iter().zip(action.as_array().unwrap()) {
                same(text(rows[at], role), truth, &format!("row {at} {role}"));
            }
            at += 1;
        }
    }
    assert_eq!((at, rows.len()), (27, 27), "six recommendations and 21 actions");
    assert_eq!(report["counts"]["by_status"]["complete"], 2);
}

#[test]
fn nothing_filled_in_a_real_workbook_is_lost() {
    let mut files: Vec<PathBuf> = ["fixtures", "corpus/real", "corpus/odd"].into_iter().filter_map(beside).collect();
    let (mut read, mut broken) = (0, Vec::new());
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(path).unwrap().map(|file| file.unwrap().path()));
            continue;
        }
        let small = fs::metadata(&path).is_ok_and(|about| about.len() <= LARGEST);
        let Some(bytes) = small.then(|| fs::read(&path).ok()).flatten() else { continue };
        let shown = path.display().to_string();
        match std::panic::catch_unwind(|| lost(&bytes)) {
            Ok(None) => {}
            Ok(Some(lost)) => {
                read += 1;
                if let Some(first) = lost.first() {
                    broken.push(format!("{shown}: {} lost, first {first:?}", lost.len()));
                }
            }
            Err(_) => broken.push(format!("{shown}: it panicked")),
        }
    }
    assert_eq!(broken, Vec::<String>::new(), "of {read} read");
}
