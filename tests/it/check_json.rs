//! Holds `docs/check-json.md` to what `check --json` prints: every key and every name, neither more nor less.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use jiff::civil::Date;
use plandesk::{
    app::{
        SAMPLE,
        check::FailOn,
        open::{Opened, open_bytes},
        report,
    },
    insight::{AsOf, Basis, Insight, Rating},
    model::{FrozenReturn, Hiding, OTHER, Role, RowKind, Status, TableKind},
    notes::{Code, Severity},
};
use serde_json::Value as Json;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// Objects whose keys are an owner's words, or names of another list.
const OPEN: [&str; 5] = ["fields", "cells", "values", "comments", "by_status"];

/// The page, section by section: the rows of each table below a heading, the words of their first two columns.
fn documented() -> BTreeMap<String, BTreeMap<String, String>> {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/check-json.md")).unwrap();
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut heading = String::new();
    for line in page.lines() {
        if let Some(words) = line.strip_prefix("## ") {
            heading = words.to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            let cells: Vec<&str> = row.split(" | ").collect();
            let name = cells[0].trim_end_matches('`').to_owned();
            let twice = sections.entry(heading.clone()).or_default().insert(name, cells[1].trim().to_owned());
            assert_eq!(twice, None, "stated twice: {line}");
        }
    }
    sections
}

/// The keys of a JSON value with the types of their values, owners' words as `*`.
fn keys(json: &Json, path: &str, found: &mut BTreeMap<String, BTreeSet<&'static str>>) {
    let kind = match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "number",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    if !path.is_empty() {
        found.entry(path.to_owned()).or_default().insert(kind);
    }
    match json {
        Json::Array(values) => values.iter().for_each(|value| keys(value, &format!("{path}[]"), found)),
        Json::Object(map) => {
            let is_open = path.rsplit('.').next().is_some_and(|last| OPEN.contains(&last));
            for (key, value) in map {
                let key = if is_open { "*" } else { key };
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                keys(value, &path, found);
            }
        }
        _ => {}
    }
}

/// What is printed of the fixtures, on a day that leaves something overdue.
fn reports() -> Vec<Json> {
    let folder = |name: &str| fs::read_dir(Path::new(ROOT).join(name)).unwrap().map(|entry| entry.unwrap().path());
    let is_workbook =
        |path: &PathBuf| path.extension().is_some_and(|ending| ["xlsx", "xls", "ods", "csv", "tsv"].iter().any(|e| ending == *e));
    let files = folder("tests/fixtures").chain(folder("tests/fixtures/shapes")).filter(is_workbook);
    let read = files.map(|path| (path.display().to_string(), fs::read(path).unwrap())).chain([("sample.xlsx".to_owned(), SAMPLE.to_vec())]);
    let as_of = AsOf { given: None, today: Some(Date::constant(2026, 11, 27)) };
    let mut opened: Vec<Opened> = read.map(|(name, bytes)| open_bytes(&name, &bytes, &|_| true).unwrap()).collect();
    // What no fixture holds.
    let mut hiding = open_bytes("sample.xlsx", SAMPLE, &|_| true).unwrap();
    let table = &mut hiding.document.tables[0];
    table.hidden = vec![Hiding { sheet: "Older plan".into(), column: None }];
    table.rows[2].filtered = true;
    let frozen = |name: &str, as_at| FrozenReturn { name: name.into(), as_at, frozen_on: as_at, ..FrozenReturn::default() };
    hiding.document.frozen = vec![frozen("Q1", None), frozen("Q2", Some(Date::constant(2026, 9, 30)))];
    opened.push(hiding);
    let bounds = "No;Indicator;Target;Latest\nB1;Days to reply;≤ 10;8\nB2;Share of empty plots;8% to 12%;15%\n";
    opened.push(open_bytes("kpis.csv", bounds.as_bytes(), &|_| true).unwrap());
    opened.iter().map(|opened| crate::json_report(opened, &Insight::of(&opened.document, as_of))).collect()
}

/// Fails where a key is stated and never printed, printed and not stated, or of another type than is stated.
fn assert_keys(found: &BTreeMap<String, BTreeSet<&'static str>>, stated: &BTreeMap<String, String>) {
    let mut wrong: Vec<String> = Vec::new();
    wrong.extend(stated.keys().filter(|key| !found.contains_key(*key)).map(|key| format!("`{key}` is never printed")));
    for (key, kinds) in found {
        let Some(types) = stated.get(key) else {
            wrong.push(format!("`{key}` is not stated"));
            continue;
        };
        let types: BTreeSet<&str> = types.split([',', ' ']).filter(|word| !matches!(*word, "" | "or")).collect();
        wrong.extend(kinds.difference(&types).map(|kind| format!("`{key}` is {kind}, which is not stated")));
    }
    assert!(wrong.is_empty(), "docs/check-json.md:\n{}", wrong.join("\n"));
}

#[test]
fn every_key_that_is_printed_is_stated_and_every_one_that_is_stated_is_printed() {
    let mut found = BTreeMap::new();
    for report in reports() {
        assert_eq!(report.as_object().unwrap().keys().next().map(String::as_str), Some("version"));
        assert_eq!(report["version"], report::VERSION);
        keys(&report, "", &mut found);
    }
    let page = documented();
    assert_keys(&found, &page["One file"]);
}

#[test]
fn every_key_of_several_files_is_stated() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(ROOT).join("assets/sample.xlsx");
    let output = Command::new(env!("CARGO_BIN_EXE_plandesk"))
        .current_dir(folder.path())
        .env("PLANDESK_CONFIG", folder.path().join("config"))
        .args(["check", "--json"])
        .args([&sample, Path::new("none.xlsx")])
        .output()
        .unwrap();
    let several: Json = serde_json::from_slice(&output.stdout).unwrap();
    let mut found = BTreeMap::new();
    keys(&several, "", &mut found);
    found.retain(|key, _| !key.starts_with("files[].report."));
    assert_keys(&found, &documented()["Several files"]);
    assert_eq!(several["version"], report::VERSION);
    assert_eq!(several["files"][0]["report"]["counts"]["actions"], 34);
}

#[test]
fn every_name_is_stated() {
    let page = documented();
    let codes = Code::ALL.map(Code::name).into_iter().chain([Code::Unknown.name()]).collect::<Vec<_>>();
    let roles = Role::ALL.map(Role::code).into_iter().chain([OTHER]).collect::<Vec<_>>();
    for (section, names) in [
        ("Note codes", codes),
        ("Roles", roles),
        ("Severities", Severity::ALL.map(Severity::name).into()),
        ("Statuses", Status::ALL.map(Status::code).into()),
        ("Ratings", Rating::ALL.map(Rating::code).into()),
        ("Kinds of table", TableKind::ALL.map(TableKind::code).into()),
        ("Kinds of row", RowKind::ALL.map(RowKind::code).into()),
        ("Where a day comes from", Basis::ALL.map(Basis::code).into()),
        ("What --fail-on asks about", FailOn::ALL.map(FailOn::name).into()),
        ("Exit codes", vec!["0", "1", "2"]),
    ] {
        let names: BTreeSet<&str> = names.into_iter().collect();
        let stated: BTreeSet<&str> = page[section].keys().map(String::as_str).collect();
        let missing: Vec<_> = names.difference(&stated).collect();
        let gone: Vec<_> = stated.difference(&names).collect();
        assert!(
            missing.is_empty() && gone.is_empty(),
            "docs/check-json.md, {section}: not stated {missing:?}, stated but not there {gone:?}"
        );
    }
}

#[test]
fn every_note_has_a_severity_that_is_stated_for_its_code() {
    let codes = &documented()["Note codes"];
    for report in reports() {
        for note in report["notes"].as_array().unwrap() {
            let [code, severity] = ["code", "severity"].map(|key| note[key].as_str().unwrap());
            let stated = codes.get(code).map_or("", String::as_str);
            assert!(
                stated.split(" or ").any(|stated| stated == severity),
                "docs/check-json.md: {code} is not stated as {severity}: {note}"
            );
        }
    }
}
