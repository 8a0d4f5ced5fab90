//! `plandesk update` as a script meets it: what is written, what is refused and why, and the codes it ends with.

use std::{
    fs,
    io::{Cursor, Read},
    path::Path,
    process::{Command, Output},
};

use plandesk::workbook::{self, RawSheet};
use serde_json::{Value as Json, json};

use crate::hostile::builder::honest;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A cell of text in a style.
fn text(place: &str, style: u8, text: &str) -> String {
    format!("<c r=\"{place}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// A plan as an owner keeps it: statuses painted by hand, a formula, a merge, a count on another sheet, a picture that nobody reads here.
pub(super) fn plan() -> Vec<(&'static str, String)> {
    let heads = ["Ref", "Action", "End date", "Status", "Days", "Comments"];
    let head: String = heads.iter().zip('A'..).map(|(head, column)| text(&format!("{column}3"), 1, head)).collect();
    let row = |row: u32, reference: &str, action: &str, end: u32, (fill, status): (u8, &str), comment: &str| {
        let cells = [text(&format!("A{row}"), 0, reference), text(&format!("B{row}"), 0, action)].concat();
        let end = format!("<c r=\"C{row}\" s=\"2\"><v>{end}</v></c>");
        let days = format!("<c r=\"E{row}\"><f>C{row}-TODAY()</f><v>100</v></c>");
        let status = text(&format!("D{row}"), fill, status);
        format!("<row r=\"{row}\" ht=\"30\" customHeight=\"1\">{cells}{end}{status}{days}{}</row>", text(&format!("F{row}"), 0, comment))
    };
    let rows = [
        row(4, "1.1", "Plant the orchard", 46_112, (3, "Complete"), "Planted"),
        row(5, "1.2", "Build the shed", 46_203, (4, "Delayed"), "Waiting for wood"),
        row(6, "1.3", "Open the gate", 46_295, (3, "Complete"), "Opened"),
        row(7, "1.4", "Paint the fence", 46_386, (5, "On track"), "Second coat"),
    ]
    .concat();
    let sheet = format!(
        "<worksheet xmlns=\"{MAIN}\"><cols><col min=\"2\" max=\"2\" width=\"40\"/></cols><sheetData><row r=\"1\">{}</row><row r=\"2\">{}</row>\
         <row r=\"3\">{head}</row>{rows}</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:F1\"/></mergeCells>\
         <dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"D4:D7\"><formula1>\"Complete,Delayed,On track\"</formula1>\
         </dataValidation></dataValidations></worksheet>",
        text("A1", 1, "Orchard plan"),
        text("A2", 0, "Owner: Grounds team"),
    );
    let counts = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Complete</t></is></c><c r=\"B1\"><f>COUNTIF(Plan!D4:D7,\"Complete\")</f><v>2</v></c></row>";
    let fill = |rgb: &str| format!("<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FF{rgb}\"/></patternFill></fill>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/></font></fonts><fills count=\"5\"><fill/>\
         <fill/>{}{}{}</fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"6\"><xf/>\
         <xf fontId=\"1\"/><xf numFmtId=\"17\" applyNumberFormat=\"1\"/><xf fillId=\"2\" applyFill=\"1\"/><xf fillId=\"3\" applyFill=\"1\"/>\
         <xf fillId=\"4\" applyFill=\"1\"/></cellXfs></styleSheet>",
        fill("00B050"),
        fill("FF0000"),
        fill("FFC000"),
    );
    let relation = |id: u8, kind: &str, to: &str| format!("<Relationship Id=\"r{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{to}\"/>");
    let relations = [
        relation(1, "worksheet", "worksheets/sheet1.xml"),
        relation(2, "worksheet", "worksheets/sheet2.xml"),
        relation(3, "styles", "styles.xml"),
        relation(4, "calcChain", "calcChain.xml"),
    ]
    .concat();
    vec![
        ("[Content_Types].xml", "<Types><Override PartName=\"/xl/calcChain.xml\" ContentType=\"c\"/></Types>".to_owned()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{}</Relationships>", relation(1, "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Plan\" sheetId=\"1\" r:id=\"r1\"/>\
                 <sheet name=\"Counts\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
            ),
        ),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{PACKAGE}\">{relations}</Relationships>")),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/worksheets/sheet2.xml", format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{counts}</sheetData></worksheet>")),
        ("xl/styles.xml", styles),
        ("xl/calcChain.xml", format!("<calcChain xmlns=\"{MAIN}\"><c r=\"E4\" i=\"1\"/></calcChain>")),
        ("xl/media/logo.png", "not read by anybody".to_owned()),
    ]
}

pub(super) fn packed(parts: &[(&'static str, String)]) -> Vec<u8> {
    honest(&parts.iter().map(|(name, text)| (*name, text.as_bytes())).collect::<Vec<_>>())
}

pub(super) fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut file = zip.by_name(name).ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    Some(text)
}

/// Runs `update` on a workbook in a folder; its output, its JSON, and the workbook after it.
struct Run {
    output: Output,
    json: Json,
    after: Vec<u8>,
}

fn update(bytes: &[u8], changes: &Json, more: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    let run = update_in(folder.path(), bytes, changes, more);
    drop(folder);
    run
}

fn update_in(folder: &Path, bytes: &[u8], changes: &Json, more: &[&str]) -> Run {
    fs::write(folder.join("Plan.xlsx"), bytes).unwrap();
    fs::write(folder.join("changes.json"), changes.to_string()).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_plandesk"));
    program.current_dir(folder).env("PLANDESK_CONFIG", folder.join("config"));
    let output = program.args(["update", "Plan.xlsx", "--changes", "changes.json", "--json"]).args(more).output().unwrap();
    let json = serde_json::from_slice(&output.stdout).unwrap_or(Json::Null);
    Run { json, after: fs::read(folder.join("Plan.xlsx")).unwrap(), output }
}

fn grid(bytes: &[u8], at: usize) -> RawSheet {
    workbook::open("Plan.xlsx", bytes, &|_| true).unwrap().0.swap_remove(at)
}

pub(super) fn shown_at(grid: &RawSheet, row: u32, column: u16) -> String {
    grid.position(row - 1).map_or_else(String::new, |at| grid.rows[at].text(column).to_owned())
}

fn fill(grid: &RawSheet, row: u32, column: u16) -> Option<u32> {
    grid.rows[grid.position(row - 1)?].cell(column)?.fill
}

#[test]
fn cells_are_written_and_every_other_part_is_as_it_was() {
    let before = packed(&plan());
    let changes = json!([
        { "place": "Plan!F5", "value": "Wood came <today> & is stacked" },
        { "table": "Plan", "ref": "1.3", "role": "end", "value": "2027-01-31" },
        { "place": "Plan!H1", "value": "2026-11-27" },
    ]);
    let run = update(&before, &changes, &[]);
    assert_eq!(run.output.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.output.stderr));
    let sheet = grid(&run.after, 0);
    assert_eq!([shown_at(&sheet, 5, 5), shown_at(&sheet, 6, 2)], ["Wood came <today> & is stacked", "Jan-27"]);
    let written = &run.json["written"];
    assert_eq!(written[0], json!({ "place": "Plan!F5", "before": "Waiting for wood", "after": "Wood came <today> & is stacked" }));
    assert_eq!((&written[1]["place"], &written[1]["after"]), (&json!("Plan!C6"), &json!("Jan-27")));
    assert_eq!(written[2]["place"], "Plan!H1");
    assert_eq!(run.json["refused"], json!([]));
    for name in ["[Content_Types].xml", "xl/worksheets/sheet2.xml", "xl/calcChain.xml", "xl/media/logo.png"] {
        assert_eq!(part(&run.after, name), part(&before, name), "{name}");
        assert!(!run.json["parts"]["changed"].to_string().contains(name), "{name}");
    }
    let (old, new) = (part(&before, "xl/worksheets/sheet1.xml").unwrap(), part(&run.after, "xl/worksheets/sheet1.xml").unwrap());
    assert!(new.contains("<c r=\"C6\" s=\"2\"><v>46418</v></c>"), "its own number format");
    let rest = |text: &str| text[text.find("</sheetData>").unwrap()..].to_owned();
    assert_eq!(rest(&old), rest(&new));
}

#[test]
fn nothing_to_change_leaves_the_same_bytes_and_makes_no_copy() {
    let folder = tempfile::tempdir().unwrap();
    let before = packed(&plan());
    for changes in [json!([]), json!([{ "place": "Plan!D4", "value": "Complete" }, { "place": "Plan!A1", "value": "Orchard plan" }])] {
        let run = update_in(folder.path(), &before, &changes, &[]);
        assert_eq!((run.output.status.code(), run.after == before), (Some(0), true), "{changes}");
        assert_eq!(run.json["parts"], json!({ "kept": 9, "changed": [] }));
    }
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "the workbook and the changes");
}

#[test]
fn the_workbook_as_it_was_is_kept_once_and_another_file_leaves_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let before = packed(&plan());
    let change = |value: &str| json!([{ "place": "Plan!F4", "value": value }]);
    let copies = || {
        let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with("Plan (before plandesk, ")).collect::<Vec<_>>()
    };
    let run = update_in(folder.path(), &before, &change("a"), &["-o", "other.xlsx"]);
    assert!(run.after == before && copies().is_empty());
    assert_eq!(shown_at(&grid(&fs::read(folder.path().join("other.xlsx")).unwrap(), 0), 4, 5), "a");
    let first = update_in(folder.path(), &before, &change("b"), &[]);
    let kept = copies();
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(folder.path().join(&kept[0])).unwrap(), before);
    let second = update_in(folder.path(), &first.after, &change("c"), &[]);
    assert_eq!((copies(), shown_at(&grid(&second.after, 0), 4, 5)), (kept, "c".to_owned()));
}

#[test]
fn the_first_copy_goes_where_the_settings_say_and_every_cell_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let before = packed(&plan());
    let change = |value: &str| json!([{ "place": "Plan!F4", "value": value }]);
    let choose = |choice: &Json| {
        fs::create_dir_all(folder.path().join("config")).unwrap();
        fs::write(folder.path().join("config/settings.json"), json!({ "first_copy": choice }).to_string()).unwrap();
    };
    let count = |under: &str| fs::read_dir(folder.path().join(under)).unwrap().count();
    choose(&json!({ "folder": "copies" }));
    let refused = update_in(folder.path(), &before, &change("a"), &[]);
    let said = String::from_utf8(refused.output.stderr).unwrap();
    assert!(refused.after == before && said.contains("nothing was saved"), "{said}");
    assert!(!folder.path().join("config/saved-cells.jsonl").exists());
    fs::create_dir(folder.path().join("copies")).unwrap();
    let kept = update_in(folder.path(), &before, &change("a"), &[]);
    assert_eq!((kept.output.status.code(), count("copies")), (Some(0), 1));
    choose(&json!("none"));
    update_in(folder.path(), &before, &change("b"), &[]);
    assert_eq!((count("copies"), count("")), (1, 4), "the workbook, the changes, the copies and the settings");
    let log = fs::read_to_string(folder.path().join("config/saved-cells.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn a_status_is_painted_as_others_of_it_are() {
    let run = update(
        &packed(&plan()),
        &json!([{ "place": "Plan!D5", "value": "Complete" }, { "table": "Plan", "ref": "1.1", "role": "status", "value": "Delayed" }]),
        &[],
    );
    let sheet = grid(&run.after, 0);
    assert_eq!([4, 5, 6, 7].map(|row| fill(&sheet, row, 3)), [Some(0xFF_0000), Some(0x00_B050), Some(0x00_B050), Some(0xFF_C000)]);
    assert!(!run.json["parts"]["changed"].to_string().contains("styles"), "no style is added where one serves");
}

#[test]
fn a_conditional_format_paints_by_itself() {
    let mut parts = plan();
    let rule = "</mergeCells><conditionalFormatting sqref=\"D4:D7\"><cfRule type=\"cellIs\" priority=\"1\" operator=\"equal\"><formula>\"x\"\
                </formula></cfRule></conditionalFormatting>";
    parts[4].1 = parts[4].1.replace("</mergeCells>", rule);
    let run = update(&packed(&parts), &json!([{ "place": "Plan!D5", "value": "Complete" }]), &[]);
    let sheet = part(&run.after, "xl/worksheets/sheet1.xml").unwrap();
    assert!(sheet.contains("<c r=\"D5\" s=\"4\" t=\"inlineStr\"><is><t xml:space=\"preserve\">Complete</t>"), "its style stays");
}

#[test]
fn what_cannot_be_written_is_refused_by_name_and_the_rest_is_written() {
    let mut parts = plan();
    parts[4].1 = parts[4].1.replace("<c r=\"E7\"><f>C7-TODAY()</f>", "<c r=\"E7\"><f t=\"array\" ref=\"E7:E9\">C7-TODAY()</f>");
    let changes = json!([
        { "place": "Plan!F4", "value": "written" },
        { "place": "Plan!E4", "value": "5" },
        { "place": "Plan!E8", "value": "5" },
        { "place": "Plan!C1", "value": "x" },
        { "place": "Nowhere!A1", "value": "x" },
        { "place": "Plan", "value": "x" },
        { "table": "Plan", "ref": "7.7", "role": "status", "value": "Complete" },
        { "table": "Plans", "ref": "1.1", "role": "status", "value": "Complete" },
        { "table": "Plan", "ref": "1.1", "role": "colour", "value": "Complete" },
        { "place": "Plan!F6", "value": "x".repeat(40_000) },
        { "place": "Plan!F7" },
    ]);
    let run = update(&packed(&parts), &changes, &[]);
    assert_eq!(run.output.status.code(), Some(1));
    assert_eq!(run.json["written"].as_array().map(Vec::len), Some(1));
    let whys: Vec<&str> = run.json["refused"].as_array().unwrap().iter().map(|refused| refused["why"].as_str().unwrap()).collect();
    let parts = [
        "E4: a formula stands there (=C4-TODAY())",
        "E8: one formula fills E7:E9",
        "C1: the cell is merged into A1. Edit A1",
        "A1: there is no such sheet",
        "“Plan” is no place such as Plan!G19",
        "“Plan” has no row with the ref 7.7",
        "there is no table “Plans”; there is Plan",
        "“Plan” has no column “colour”; it has Ref, Action, End date",
        "F6: the text is longer than a cell of Excel can hold",
        "“value” is missing",
    ];
    assert_eq!(whys.len(), parts.len(), "{whys:?}");
    for (why, part) in whys.iter().zip(parts) {
        assert!(why.contains(part), "{why}: {part}");
    }
    assert_eq!(run.json["refused"][0]["change"], json!({ "place": "Plan!E4", "value": "5" }));
    let run = update(&packed(&plan()), &json!([{ "place": "Plan!E4", "value": "5" }]), &[]);
    assert_eq!((run.output.status.code(), run.after == packed(&plan())), (Some(2), true), "nothing could be written");
    let run = update(&packed(&plan()), &json!([{ "place": "Plan!E4", "value": "5" }]), &["--replace-formulas"]);
    assert_eq!((run.output.status.code(), shown_at(&grid(&run.after, 0), 4, 4)), (Some(0), "5".to_owned()));
    assert_eq!(part(&run.after, "xl/calcChain.xml"), None, "the order of calculation no longer holds");
    assert!(!part(&run.after, "[Content_Types].xml").unwrap().contains("calcChain"));
}

#[test]
fn a_protected_sheet_lets_only_its_open_cells_be_written() {
    let mut parts = plan();
    parts[4].1 = parts[4].1.replace("</sheetData>", "</sheetData><sheetProtection sheet=\"1\"/>");
    parts[6].1 =
        parts[6].1.replace("<xf fillId=\"2\" applyFill=\"1\"/>", "<xf fillId=\"2\" applyFill=\"1\"><protection locked=\"0\"/></xf>");
    let changes =
        json!([{ "place": "Plan!D4", "value": "Delayed" }, { "place": "Plan!D5", "value": "Complete" }, { "delete": { "ref": "1.4" } }]);
    let run = update(&packed(&parts), &changes, &[]);
    let sheet = grid(&run.after, 0);
    assert_eq!([shown_at(&sheet, 4, 3), shown_at(&sheet, 5, 3), shown_at(&sheet, 7, 0)], ["Delayed", "Delayed", "1.4"]);
    let refused = run.json["refused"].to_string();
    assert!(refused.contains("the sheet is protected and the cell is locked") && refused.contains("Unprotect Sheet"), "{refused}");
}

#[test]
fn counts_follow_rows_that_go_come_and_move() {
    let complete = "COUNTIF(Plan!D4:D7,\"Complete\")";
    let count = |formula: &str, value: &str, changes: Json| {
        let mut parts = plan();
        parts[5].1 = parts[5].1.replace(&format!("<f>{complete}</f><v>2</v>"), &format!("<f>{formula}</f><v>{value}</v>"));
        let run = update(&packed(&parts), &changes, &[]);
        assert!(part(&run.after, "xl/workbook.xml").unwrap().contains("fullCalcOnLoad"), "some formulas tell where a row stands");
        let told = run.json["formulas"]["kept"].to_string().contains("Counts!B1");
        let sheet = part(&run.after, "xl/worksheets/sheet2.xml").unwrap();
        (sheet.split("</f><v>").nth(1).unwrap().split('<').next().unwrap().to_owned(), told)
    };
    let delete = |reference: &str| json!({ "delete": { "table": "Plan", "ref": reference } });
    let new =
        json!({ "insert_after": { "table": "Plan", "ref": "1.3" }, "cells": { "ref": "1.3a", "action": "Hang it", "status": "Complete" } });
    let others = "COUNTIF(Plan!D4:D7,&quot;&lt;&gt;Complete&quot;)";
    let place = "MATCH(&quot;1.4&quot;,Plan!A4:A7,0)";
    for (formula, value, changes, expected) in [
        (complete, "2", json!([delete("1.3")]), "1"),
        (complete, "2", json!([new]), "3"),
        (complete, "2", json!([delete("1.1"), new]), "2"),
        (complete, "2", json!([{ "move": { "table": "Plan", "ref": "1.3" }, "after": "1.1" }]), "2"),
        (others, "2", json!([delete("1.3")]), "2"),
        (others, "2", json!([delete("1.2")]), "1"),
        (place, "4", json!([delete("1.1")]), "3"),
        ("ROWS(Plan!D4:D7)", "4", json!([delete("1.1")]), "3"),
    ] {
        assert_eq!(count(formula, value, changes.clone()), (expected.to_owned(), false), "{formula} {changes}");
    }
    // What it read is gone, which it shows as Excel does.
    assert_eq!(count("Plan!C4+1", "46113", json!([delete("1.1")])).0, "#REF!");
    // One that this program would not have worked out so keeps its value, and is named.
    assert_eq!(count(complete, "9", json!([delete("1.3")])), ("9".to_owned(), true));
}

#[test]
fn rows_are_added_deleted_and_moved_with_all_that_refers_to_them() {
    let changes = json!([
        { "insert_after": { "table": "Plan", "ref": "1.2" }, "cells": { "ref": "1.2a", "action": "Roof the shed", "status": "Complete", "end": "2027-03-31" } },
        { "delete": { "table": "Plan", "ref": "1.3" } },
        { "move": { "table": "Plan", "ref": "1.1" }, "after": "1.4" },
    ]);
    let run = update(&packed(&plan()), &changes, &[]);
    assert_eq!(run.output.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.output.stderr));
    let sheet = grid(&run.after, 0);
    assert_eq!([4, 5, 6, 7, 8].map(|row| shown_at(&sheet, row, 0)), ["1.2", "1.2a", "1.4", "1.1", ""]);
    assert_eq!([shown_at(&sheet, 5, 1), shown_at(&sheet, 5, 2), shown_at(&sheet, 5, 3)], ["Roof the shed", "Mar-27", "Complete"]);
    assert_eq!(fill(&sheet, 5, 3), Some(0x00_B050), "the new status is painted as others of it");
    let xml = part(&run.after, "xl/worksheets/sheet1.xml").unwrap();
    assert!(
        xml.contains("<c r=\"E7\"><f>C7-TODAY()</f>") && xml.contains("sqref=\"D4:D7\"") && xml.contains("<mergeCell ref=\"A1:F1\"/>"),
        "{xml}"
    );
    assert!(xml.contains("<row r=\"5\" ht=\"30\" customHeight=\"1\">"), "a new row is as high as the one above");
    assert!(part(&run.after, "xl/worksheets/sheet2.xml").unwrap().contains("COUNTIF(Plan!D4:D7,"));
    assert!(part(&run.after, "xl/workbook.xml").unwrap().contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn a_label_in_the_cell_of_its_value_stays() {
    let run = update(
        &packed(&plan()),
        &json!([{ "place": "Plan!B4", "value": "Plant two orchards" }, { "place": "Plan!A2", "value": "Garden team" }]),
        &[],
    );
    let held = shown_at(&grid(&run.after, 0), 2, 0);
    assert!(held == "Owner: Garden team" || held == "Garden team", "{held}");
    assert_eq!(shown_at(&grid(&run.after, 0), 4, 1), "Plant two orchards");
}

#[test]
fn a_signed_workbook_is_written_only_when_told_to() {
    let mut parts = plan();
    parts.push(("_xmlsignatures/sig1.xml", "<Signature/>".to_owned()));
    let (before, changes) = (packed(&parts), json!([{ "place": "Plan!F4", "value": "x" }]));
    let run = update(&before, &changes, &[]);
    let said = String::from_utf8(run.output.stderr).unwrap();
    assert_eq!((run.output.status.code(), run.after == before), (Some(2), true));
    assert!(said.contains("it has a digital signature, which any change breaks"), "{said}");
    assert_eq!(update(&before, &changes, &["--break-signature"]).output.status.code(), Some(0));
}

#[test]
fn other_files_and_lists_are_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.csv"), "Ref,Action,Status\n1.1,Sow the field,Complete\n1.2,Cut the hedge,Delayed\n").unwrap();
    fs::write(folder.path().join("changes.json"), "[]").unwrap();
    fs::write(folder.path().join("no.json"), "{\"place\": 1}").unwrap();
    for (file, changes, why) in [
        ("plan.csv", "changes.json", "plan.csv: only Excel workbooks (.xlsx, .xlsm) can be written in place."),
        ("plan.csv", "no.json", "no.json: this is no list of changes"),
        ("none.xlsx", "changes.json", "none.xlsx: there is no such file."),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_plandesk"));
        program.current_dir(folder.path()).env("PLANDESK_CONFIG", folder.path().join("config"));
        let output = program.args(["update", file, "--changes", changes]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{said}");
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn formulas_that_depend_on_an_edit_show_their_new_value_and_the_others_are_named() {
    let mut parts = plan();
    parts[5].1 = parts[5].1.replace(
        "</row>",
        "</row><row r=\"2\"><c r=\"A2\" t=\"str\"><f>IF(B1&gt;2,\"ahead\",\"behind\")</f><v>behind</v></c><c r=\"B2\"><f>SOMETHING(Plan!D4:D7)</f><v>9</v></c>\
         <c r=\"C2\"><f>COUNTIF(Plan!F4:F7,\"Opened\")</f><v>7</v></c></row>",
    );
    let before = packed(&parts);
    let run = update(&before, &json!([{ "place": "Plan!D5", "value": "Complete" }]), &[]);
    let counts = grid(&run.after, 1);
    assert_eq!([shown_at(&counts, 1, 1), shown_at(&counts, 2, 0), shown_at(&counts, 2, 1)], ["3", "ahead", "9"]);
    let formulas = &run.json["formulas"];
    assert_eq!(formulas["changed"], json!([{ "place": "Counts!B1", "after": "3" }, { "place": "Counts!A2", "after": "ahead" }]));
    assert_eq!(formulas["kept"][0]["place"], "Counts!B2");
    assert!(part(&run.after, "xl/workbook.xml").unwrap().contains("fullCalcOnLoad"), "Excel works out what is left");
    assert!(part(&run.after, "xl/worksheets/sheet2.xml").unwrap().contains("<f>COUNTIF(Plan!D4:D7,\"Complete\")</f><v>3</v>"));
    // A formula whose stored value was wrong before is not trusted.
    let run = update(&before, &json!([{ "place": "Plan!F5", "value": "Opened" }]), &[]);
    assert_eq!(shown_at(&grid(&run.after, 1), 2, 2), "7");
    assert_eq!(run.json["formulas"]["kept"][0]["place"], "Counts!C2");
    // Where all could be worked out here, Excel need not, and asks nothing when it is closed.
    let run = update(&packed(&plan()), &json!([{ "place": "Plan!D5", "value": "Complete" }]), &[]);
    assert_eq!(run.json["formulas"]["kept"], json!([]));
    assert!(!part(&run.after, "xl/workbook.xml").unwrap().contains("fullCalcOnLoad"));
}
