//! Central bodies' forms filled from a plan: what is written, what their rules do not take, which checks ask for an explanation.

pub(crate) mod drawn;

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
    process::{Command, Output},
};

use plandesk::workbook::{self, RawSheet};
use serde_json::{Value as Json, json};

/// A folder with the plan and a form.
fn folder(form: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.xlsx"), drawn::plan()).unwrap();
    fs::write(folder.path().join("form.xlsx"), form).unwrap();
    folder
}

fn fill(folder: &Path, more: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_plandesk"));
    program.current_dir(folder).env("PLANDESK_CONFIG", folder.join("config"));
    program.args(["fill", "form.xlsx", "--from", "plan.xlsx"]).args(more).output().unwrap()
}

/// Fills the form as a mapping says, or with what is certain; what is told of it.
fn filled(folder: &Path, mapping: Option<Json>, code: i32) -> Json {
    let mut more = vec!["-o", "out.xlsx", "--json", "--force"];
    if let Some(mapping) = mapping {
        fs::write(folder.join("mapping.json"), mapping.to_string()).unwrap();
        more.extend(["--mapping", "mapping.json"]);
    }
    let output = fill(folder, &more);
    let said = String::from_utf8_lossy(&output.stderr);
    let told: Json = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| unreachable!("{said}"));
    assert_eq!(output.status.code(), Some(code), "{told:#}");
    told
}

fn sheets(folder: &Path) -> Vec<RawSheet> {
    workbook::open("out.xlsx", &fs::read(folder.join("out.xlsx")).unwrap(), &|_| true).unwrap().0
}

/// What is read in a cell of the filled form.
fn cell(sheets: &[RawSheet], place: &str) -> String {
    let (sheet, cell) = place.rsplit_once('!').unwrap();
    let (row, column) = workbook::cell_at(cell).unwrap();
    let sheet = sheets.iter().find(|held| held.sheet == sheet).unwrap();
    sheet.position(row).map_or("", |at| sheet.rows[at].text(column)).to_owned()
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = zip.len();
    let read = |at: usize| {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        (file.name().unwrap().into_owned(), bytes)
    };
    (0..count).map(read).collect()
}

/// The cells of a sheet part taken out, so that all else of it can be compared.
fn without_cells(part: &[u8]) -> String {
    let text = String::from_utf8(part.to_vec()).unwrap();
    let (Some(from), Some(to)) = (text.find("<sheetData>"), text.find("</sheetData>")) else { return text };
    format!("{}{}", &text[..from], &text[to..])
}

/// Nothing but cells of sheets changed: every other part byte for byte, and of sheets what stands around their cells.
fn keeps_all_else(folder: &Path) {
    let (before, after) = (parts(&fs::read(folder.join("form.xlsx")).unwrap()), parts(&fs::read(folder.join("out.xlsx")).unwrap()));
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, part) in &before {
        if name.starts_with("xl/worksheets/") && name.ends_with(".xml") {
            assert_eq!(without_cells(part), without_cells(&after[name]), "{name}");
        } else {
            assert!(*part == after[name], "{name} changed");
        }
    }
}

fn places(told: &Json, list: &str) -> Vec<String> {
    told[list].as_array().unwrap().iter().map(|told| told["place"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_finance_return_is_filled_in_thousands_and_each_failed_rule_asks_for_its_reason() {
    let folder = folder(&drawn::finance_return());
    let at = folder.path();
    let from = |reference: &str| json!({"cell": {"ref": reference, "column": "budget"}});
    let mut mapping = json!({"cells": [
        {"cell": "Spend!B5", "from": from("1.1")},
        {"cell": "Spend!B6", "from": from("1.2")},
        {"cell": "Spend!B7", "from": {"text": "nine"}},
        {"cell": "Spend!B8", "from": from("1.3")},
        {"cell": "Spend!C5", "from": from("1.3")},
    ]});
    let told = filled(at, Some(mapping.clone()), 1);
    let held = sheets(at);
    assert_eq!(
        ["Spend!B5", "Spend!B6", "Spend!B7", "Spend!B8", "Spend!C5"].map(|place| cell(&held, place)),
        ["125", "61", "", "186", "60"]
    );
    // Words, a formula and a locked cell are not written, each with its reason.
    assert_eq!(places(&told, "not_written"), ["Spend!B8", "Spend!C5", "Spend!B7"]);
    assert!(told["not_written"][2]["rule"].as_str().unwrap().contains("number"), "{told:#}");
    assert!(told["written"][0]["said"][0].as_str().unwrap().contains("thousand"), "{told:#}");
    let check = &told["checks"][0];
    assert_eq!((told["met"].as_u64(), told["all_checks"].as_u64()), (Some(1), Some(2)));
    assert_eq!((&check["place"], &check["says"], &check["cell"]), (&json!("Validations!B3"), &json!("Fail"), &json!("Validations!C3")));
    assert_eq!(check["explanation"], Json::Null);
    assert_eq!(cell(&held, "Validations!B4"), "Pass");
    keeps_all_else(at);
    // The reason goes into the cell beside it, and the check stays named.
    mapping["cells"].as_array_mut().unwrap().truncate(2);
    mapping["explanations"] = json!({"Validations!B3": "A second street was added", "Validations!B4": "Never needed"});
    let told = filled(at, Some(mapping), 0);
    let held = sheets(at);
    assert_eq!(
        ["Validations!B3", "Validations!C3", "Validations!C4"].map(|place| cell(&held, place)),
        ["Fail", "A second street was added", ""]
    );
    assert_eq!(told["checks"][0]["explanation"], "A second street was added");
    keeps_all_else(at);
}

#[test]
fn what_is_certain_is_proposed_and_what_a_person_declares_is_not() {
    let folder = folder(&drawn::named_return());
    let at = folder.path();
    let told = filled(at, None, 0);
    let held = sheets(at);
    assert_eq!(
        ["Governance!B2", "Governance!B4", "Governance!B5", "Governance!B6"].map(|place| cell(&held, place)),
        ["Mereshire Council", "", "1", "5"]
    );
    assert!(cell(&held, "Governance!B3").len() == 10, "a day: {}", cell(&held, "Governance!B3"));
    assert!(told["written"].as_array().unwrap().iter().all(|told| told["proposed"] == true));
    assert_eq!(told["blank"][0][0], "Governance!B4");
    let name = &told["name"];
    assert_eq!((&name["pattern"], &name["asked"], &name["whole"]), (&json!("WHF3MI_RRR_MMYY"), &json!(["RRR"]), &json!(false)));
    // Once its letters are known, the name is whole.
    let told = filled(at, Some(json!({"cells": [], "file_name": {"RRR": "412"}})), 0);
    assert!(told["name"]["name"].as_str().unwrap().starts_with("WHF3MI_412_") && told["name"]["whole"] == true, "{told:#}");
    keeps_all_else(at);
    let said = String::from_utf8(fill(at, &["-o", "other.xlsx"]).stdout).unwrap();
    assert!(said.contains("Before it is sent, name it WHF3MI_RRR_"), "{said}");
}

#[test]
fn a_template_without_locks_is_filled_where_its_key_says() {
    let folder = folder(&drawn::coloured_template());
    let at = folder.path();
    let told = filled(at, None, 0);
    let held = sheets(at);
    assert_eq!(
        ["Metrics!D4", "Metrics!D5", "Metrics!E4", "Metrics!E5"].map(|place| cell(&held, place)),
        ["79.0%", "95.0%", "Red", "Green"]
    );
    assert_eq!(["Checklist!C2", "Checklist!C3", "Checklist!C5"].map(|place| cell(&held, place)), ["Yes", "Yes", "Complete Template"]);
    assert_eq!((told["met"].as_u64(), told["all_checks"].as_u64()), (Some(3), Some(3)));
    keeps_all_else(at);
    // Grey is not for typing.
    let told = filled(at, Some(json!({"cells": [{"cell": "Metrics!C4", "from": {"text": "1"}}]})), 1);
    assert_eq!(places(&told, "not_written"), ["Metrics!C4"]);
    assert_eq!(told["checks"].as_array().unwrap().len(), 3, "{told:#}");
}

#[test]
fn drop_downs_limits_and_rows_are_obeyed() {
    let folder = folder(&drawn::progress_report());
    let at = folder.path();
    let mapping = json!({
        "cells": [
            {"cell": "Progress!B2", "from": {"cell": {"ref": "1.2", "column": "status"}}},
            {"cell": "Progress!B3", "from": {"text": "stable"}},
            {"cell": "Progress!B4", "from": {"cell": {"ref": "2.2", "column": "comment"}}},
            {"cell": "Progress!B5", "from": {"cell": {"ref": "2.2", "column": "comment"}}},
            {"cell": "Progress!B6", "from": {"count": {"status": "complete", "share": true}}},
            {"cell": "Progress!B7", "from": {"text": "A title that is too long for it"}},
        ],
        "rows": [{"sheet": "Progress", "first_row": 11, "last_row": 14,
            "columns": {"A": "action", "B": "lead", "C": "status", "D": "end", "E": "comment", "F": "budget"}}],
    });
    let told = filled(at, Some(mapping), 1);
    let held = sheets(at);
    let of = |place: &str| cell(&held, place);
    assert_eq!(["B2", "B3", "B4", "B6", "B7"].map(|place| of(&format!("Progress!{place}"))), ["Amber", "Stable", "", "20%", ""]);
    assert_eq!(of("Progress!B5").split(' ').count(), 260, "more than is suggested is written, and said");
    let first = ["A11", "B11", "C11", "D11", "E11", "F11"].map(|place| of(&format!("Progress!{place}")));
    assert_eq!(first, ["Insulate the terraces", "A. Byrne", "G", "31/03/2026", "Half the street is done", "125"]);
    assert_eq!(["C12", "C13", "C14"].map(|place| of(&format!("Progress!{place}"))), ["A", "R", "B"]);
    let refused: Vec<(String, String)> = told["not_written"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| (told["place"].as_str().unwrap().to_owned(), told["rule"].as_str().unwrap().to_owned()))
        .collect();
    let rule = |place: &str| refused.iter().find(|(held, _)| held == place).map_or("", |(_, rule)| rule).to_owned();
    assert_eq!(rule("Progress!B4"), "it takes at most 250 words, and this has 260");
    assert!(rule("Progress!B7").contains("Twenty characters"), "{refused:?}");
    assert!(rule("Progress!11:14").contains("the form has 4 rows for this, and the plan has 5"), "{refused:?}");
    assert_eq!(refused.len(), 3, "{refused:?}");
    // A rule that only warns is written, and named.
    assert_eq!(places(&told, "warned"), ["Progress!F11"]);
    keeps_all_else(at);
}

#[test]
fn what_the_plan_hides_stays_out_of_the_form() {
    let folder = folder(&drawn::progress_report());
    let at = folder.path();
    fs::write(at.join("plan.xlsx"), drawn::plan_with_hidden_row()).unwrap();
    let mapping = json!({"cells": [{"cell": "Progress!B2", "from": {"cell": {"ref": "1.3", "column": "status"}}}]});
    let told = filled(at, Some(mapping), 1);
    assert!(told["not_written"][0]["rule"].as_str().unwrap().contains("no row has the ref"), "{told:#}");
    assert!(told["about_plan"].to_string().contains("hidden"), "{told:#}");
    let output = fill(at, &["-o", "with.xlsx", "--mapping", "mapping.json", "--with-hidden"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn one_box_explains_all_checks_and_a_name_may_be_anybodys() {
    let folder = folder(&drawn::questionnaire());
    let at = folder.path();
    let told = filled(at, None, 1);
    assert_eq!(places(&told, "written"), Vec::<String>::new(), "“Name” may be of anybody");
    assert_eq!(places(&told, "checks"), ["Questions!D3"]);
    let mapping = json!({
        "cells": [{"cell": "Questions!B3", "from": {"text": "450"}}, {"cell": "Questions!B4", "from": {"text": "45"}}],
        "explanations": {"Questions!D3": "Shut for repairs", "Questions!D4": "Loans began late"},
    });
    let told = filled(at, Some(mapping), 0);
    assert_eq!(told["checks"].as_array().unwrap().len(), 2, "{told:#}");
    assert_eq!(cell(&sheets(at), "Questions!A8"), "Questions!D3: Shut for repairs\nQuestions!D4: Loans began late");
    keeps_all_else(at);
}

#[test]
fn formulas_that_nobody_worked_out_are_worked_out() {
    let folder = folder(&drawn::never_worked_out());
    let at = folder.path();
    let mapping = json!({"cells": [
        {"cell": "Return!B1", "from": {"count": {}}},
        {"cell": "Return!B2", "from": {"count": {"status": "complete"}}},
    ]});
    let told = filled(at, Some(mapping), 1);
    let check = &told["checks"][0];
    assert_eq!((&check["place"], &check["says"], &check["cell"]), (&json!("Return!B3"), &json!("FAIL"), &json!("Return!B4")));
    assert_eq!(cell(&sheets(at), "Return!B3"), "FAIL");
}

#[test]
fn a_mapping_is_written_to_be_corrected_and_follows_a_label_that_moved() {
    let folder = folder(&drawn::named_return());
    let at = folder.path();
    assert!(fill(at, &["--write-mapping", "mapping.json"]).status.success());
    let mut mapping: Json = serde_json::from_slice(&fs::read(at.join("mapping.json")).unwrap()).unwrap();
    assert_eq!(mapping["cells"].as_array().unwrap().len(), 5);
    // The form's next edition has the same question elsewhere.
    mapping["cells"][0]["cell"] = json!("Governance!B6");
    mapping["cells"].as_array_mut().unwrap().truncate(1);
    filled(at, Some(mapping.clone()), 0);
    assert_eq!(cell(&sheets(at), "Governance!B2"), "Mereshire Council");
    mapping["cells"][0]["label"] = json!("Something nobody asks");
    let told = filled(at, Some(mapping), 1);
    assert!(told["not_written"][0]["rule"].as_str().unwrap().contains("calls this cell “Number of actions” now"), "{told:#}");
}

#[test]
fn what_cannot_be_filled_is_one_line_and_exit_2() {
    let folder = folder(&drawn::named_return());
    let at = folder.path();
    fs::write(at.join("bad.json"), r#"{"cells": [{"cell": "A!B1", "from": {"kpi": 1}}]}"#).unwrap();
    fs::write(at.join("there.xlsx"), "somebody's").unwrap();
    for (arguments, why) in [
        (&["-o", "form.xlsx"][..], "this is the file that is read"),
        (&["-o", "plan.xlsx"], "this is the file that is read"),
        (&["-o", "there.xlsx"], "already there"),
        (&["-o", "out.xlsx", "--mapping", "bad.json"], "this is no mapping of a form"),
        (&["-o", "out.xlsx", "--mapping", "none.json"], "none.json"),
        (&[], "--output"),
    ] {
        let output = fill(at, arguments);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(2) && said.contains(why), "{arguments:?}: {said}");
        assert!(!at.join("out.xlsx").exists());
    }
    fs::write(at.join("form.xlsx"), "PK no workbook").unwrap();
    assert_eq!(fill(at, &["-o", "out.xlsx"]).status.code(), Some(2));
    assert_eq!(fs::read(at.join("there.xlsx")).unwrap(), b"somebody's");
}
