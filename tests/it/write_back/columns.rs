//! New columns and headings, written into the workbook: what stands to the right makes room, and all that refers to it follows.

use plandesk::{
    app::{
        closing::{Closing, Grounds, Purpose},
        open::open_bytes,
        write_back::*,
    },
    edit::{Change, apply},
    insight::{AsOf, Insight},
    model::{Document, Role, TableId, TableKind},
    workbook::{self, patch::Allowed},
};

use super::update::{packed, part, shown_at};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// KPIs with a current value, a target and a total that adds the targets up, and a note beside the table.
fn kpis() -> Vec<(&'static str, String)> {
    let text = |place: &str, text: &str| format!("<c r=\"{place}\" s=\"1\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head = [text("A1", "Ref"), text("B1", "KPI"), text("C1", "Q1 2026/27"), text("D1", "Current"), text("E1", "Target")].concat();
    let row = |row: u32, reference: &str, name: &str, [first, current, target]: [u32; 3]| {
        let number = |column: char, number: u32| format!("<c r=\"{column}{row}\" s=\"0\"><v>{number}</v></c>");
        let cells = [number('C', first), number('D', current), number('E', target)].concat();
        format!("<row r=\"{row}\">{}{}{cells}</row>", text(&format!("A{row}"), reference), text(&format!("B{row}"), name))
    };
    let rows = [row(2, "K1", "Trees planted", [12, 30, 50]), row(3, "K2", "Visitors to the garden", [400, 900, 1200])].concat();
    let total = "<row r=\"6\"><c r=\"E6\"><f>SUM(E2:E3)</f><v>1250</v></c></row>";
    let sheet = format!(
        "<worksheet xmlns=\"{MAIN}\"><cols><col min=\"4\" max=\"4\" width=\"22\" customWidth=\"1\"/></cols><sheetData><row r=\"1\">{head}</row>\
         {rows}{total}</sheetData></worksheet>"
    );
    let mut parts = super::update::plan();
    parts[4].1 = sheet;
    parts
}

/// The edits that record the next period in a table.
fn record_period(document: &Document, table: TableId) -> Vec<Change> {
    let insight = Insight::of(document, AsOf::default());
    let grounds = Grounds { document, insight: &insight, today: jiff::civil::date(2026, 10, 9), in_workbook: true };
    let closing = Closing::of(grounds, Purpose::Record(table));
    assert_eq!(closing.draft.name, "Q2 2026/27");
    closing.changes(document)
}

#[test]
fn a_period_that_is_recorded_is_a_column_of_the_workbook() {
    let bytes = packed(&kpis());
    let opened = open_bytes("Plan.xlsx", &bytes, &|_| true).unwrap();
    let table = opened.document.of_kind(TableKind::Kpi).next().expect("KPIs are read");
    let mut now = opened.document.clone();
    for change in record_period(&opened.document, table.id) {
        apply(&mut now, change).unwrap();
    }
    let wanted = ToWrite { base: &opened.document.tables, now: &now, outside: &[], allowed: Allowed::default(), over_theirs: None };
    let written = write_back("Plan.xlsx", &bytes, &wanted, &|_| true).unwrap();
    assert!(written.receipt.is_whole(), "{:?}", written.receipt);
    let sheet = workbook::open("Plan.xlsx", &written.bytes, &|_| true).unwrap().0.swap_remove(0);
    let row = |row: u32| (0..6).map(|column| shown_at(&sheet, row, column)).collect::<Vec<_>>();
    assert_eq!(row(1), ["Ref", "KPI", "Q1 2026/27", "Q2 2026/27", "Current", "Target"]);
    assert_eq!(row(2), ["K1", "Trees planted", "12", "30", "30", "50"]);
    assert_eq!(row(3), ["K2", "Visitors to the garden", "400", "900", "900", "1200"]);
    let xml = part(&written.bytes, "xl/worksheets/sheet1.xml").unwrap();
    assert!(xml.contains("<c r=\"F6\"><f>SUM(F2:F3)</f>"), "the total follows its column: {xml}");
    // What is edited next finds its place.
    let mut later = now.clone();
    let table = later.of_kind(TableKind::Kpi).next().unwrap().clone();
    let (row, at) = (table.rows[0].id, table.role_position(Role::Current).unwrap());
    let change = Change::SetCell { table: table.id, row, column: table.columns[at].id, cell: table.columns[at].enter("44") };
    apply(&mut later, change).unwrap();
    let wanted = ToWrite { base: &written.base, now: &later, outside: &[], allowed: Allowed::default(), over_theirs: None };
    let again = write_back("Plan.xlsx", &written.bytes, &wanted, &|_| true).unwrap();
    assert_eq!(again.receipt.written.iter().map(|cell| &*cell.place).collect::<Vec<_>>(), ["Plan!E2"]);
}

#[test]
fn a_cell_to_the_right_of_a_new_column_is_written_where_it_stands_then() {
    let bytes = packed(&kpis());
    let opened = open_bytes("Plan.xlsx", &bytes, &|_| true).unwrap();
    let mut now = opened.document.clone();
    let table = opened.document.of_kind(TableKind::Kpi).next().unwrap();
    let target = &table.columns[table.role_position(Role::Target).unwrap()];
    let edit = Change::SetCell { table: table.id, row: table.rows[1].id, column: target.id, cell: target.enter("1300") };
    for change in record_period(&opened.document, table.id).into_iter().chain([edit]) {
        apply(&mut now, change).unwrap();
    }
    let wanted = ToWrite { base: &opened.document.tables, now: &now, outside: &[], allowed: Allowed::default(), over_theirs: None };
    let written = write_back("Plan.xlsx", &bytes, &wanted, &|_| true).unwrap();
    let sheet = workbook::open("Plan.xlsx", &written.bytes, &|_| true).unwrap().0.swap_remove(0);
    let row = (0..6).map(|column| shown_at(&sheet, 3, column)).collect::<Vec<_>>();
    assert_eq!(row, ["K2", "Visitors to the garden", "400", "900", "900", "1300"]);
}

#[test]
fn a_heading_is_renamed_in_its_cell() {
    let bytes = packed(&kpis());
    let opened = open_bytes("Plan.xlsx", &bytes, &|_| true).unwrap();
    let mut now = opened.document.clone();
    let table = now.tables.iter_mut().find(|table| table.kind == TableKind::Kpi).unwrap();
    let at = table.role_position(Role::Current).unwrap();
    table.columns[at].heading = "Latest".into();
    let wanted = ToWrite { base: &opened.document.tables, now: &now, outside: &[], allowed: Allowed::default(), over_theirs: None };
    let written = write_back("Plan.xlsx", &bytes, &wanted, &|_| true).unwrap();
    assert_eq!(written.receipt.written.len(), 1);
    let sheet = workbook::open("Plan.xlsx", &written.bytes, &|_| true).unwrap().0.swap_remove(0);
    assert_eq!(shown_at(&sheet, 1, 3), "Latest");
}
