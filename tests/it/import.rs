//! What is read from a workbook: the sample and the fixtures word by word, and that nothing filled is ever lost.

mod generated;
mod real;

use std::collections::HashMap;

use plandesk::{
    app::{
        SAMPLE,
        open::{Opened, open_bytes},
    },
    insight::{AsOf, Insight},
    layouts::Reading,
    model::{Cell, Column, Document, Figure, Role, RowKind, Status, Table, TableKind, Value, When},
    notes::Note,
    workbook,
};

const RECOMMENDATIONS: &[u8] = include_bytes!("../fixtures/recommendations.xlsx");
const REGISTERS: &[u8] = include_bytes!("../fixtures/registers.xlsx");

fn read(bytes: &[u8]) -> (Document, Vec<Note>) {
    let opened = open_bytes("plan.xlsx", bytes, &|_| true).unwrap();
    (opened.document, opened.notes)
}

fn count(table: &Table, kind: RowKind) -> usize {
    table.rows.iter().filter(|row| row.kind == kind).count()
}

fn kinds(table: &Table) -> [usize; 4] {
    [RowKind::Section, RowKind::Group, RowKind::Entry, RowKind::Line].map(|kind| count(table, kind))
}

fn column(table: &Table, role: Role) -> Vec<&Cell> {
    table.rows.iter().filter(|row| row.is_line()).map(|row| table.cell(row, role).unwrap()).collect()
}

#[test]
fn the_plan_of_the_sample_is_read_whole() {
    let (document, notes) = read(SAMPLE);
    assert_eq!(notes, []);
    let plan = &document.tables[0];
    assert_eq!((plan.kind, kinds(plan)), (TableKind::Plan, [4, 14, 34, 4]));
    let fields: Vec<(&str, &str)> = plan.fields.iter().map(|field| (&*field.label, &*field.cell.text)).collect();
    let expected = [
        ("Name", "Good Neighbours Plan"),
        ("Duration", "2017-2020"),
        ("Relevant Strategies", "Living Well in Wrenbridge, Talking with Tenants & Leaseholders, Healthy Minds"),
        ("Board responsible for monitoring plan", "GNB / CLT"),
        ("Owner", "Morwenna Pike"),
        ("Implementation date", "Jul-17"),
        ("Review date", "Jan-19"),
    ];
    assert_eq!(fields, expected);
    assert_eq!(plan.review_date().unwrap().to_string(), "2019-01-31");
    let summary = plan.summary.as_ref().unwrap();
    let lines: Vec<(&str, &str)> = summary.lines.iter().map(|line| (&*line.label, &*line.cell.text)).collect();
    let stated = [
        ("Not Started", "5 (-3)"),
        ("Major Problems", "0"),
        ("Minor Problems", "1 (-1)"),
        ("In Progress", "15(-9)"),
        ("Complete", "14 (+11)"),
    ];
    assert_eq!(lines, stated);
    let actions = plan.rows.iter().fold(Vec::new(), |mut actions, row| {
        match row.kind {
            RowKind::Section => actions.push(0),
            RowKind::Entry => *actions.last_mut().unwrap() += 1,
            RowKind::Group | RowKind::Line | RowKind::Total => {}
        }
        actions
    });
    assert_eq!(actions, [8, 8, 14, 4]);
    for row in plan.rows.iter().filter(|row| row.kind == RowKind::Section) {
        let labels: Vec<&str> = row.fields.iter().map(|field| &*field.label).collect();
        assert_eq!(labels, ["Approach", "Objective"]);
        assert!(row.fields.iter().all(|field| !field.cell.is_blank()));
    }
    let statuses = column(plan, Role::Status).into_iter().filter_map(Cell::status);
    let counts = statuses.fold(HashMap::new(), |mut counts, status| {
        *counts.entry(status).or_insert(0) += 1;
        counts
    });
    assert_eq!(counts[&Status::Complete] + counts[&Status::InProgress] + counts[&Status::NotStarted] + counts[&Status::MinorProblems], 35);
    assert_eq!((counts[&Status::Complete], counts[&Status::InProgress]), (14, 15));
    for role in [Role::Start, Role::End] {
        for cell in column(plan, role) {
            assert!(cell.when().is_some() || cell.value == Value::Merged, "{}", cell.text);
        }
    }
}

#[test]
fn continuation_lines_keep_their_own_cells() {
    let (document, _) = read(SAMPLE);
    let plan = &document.tables[0];
    // Of each continued action: how many of its lines have a status, a measure and a lead officer.
    for (reference, lines, filled) in [("1.2.1", 2, [2, 1, 1]), ("2.3.1", 2, [1, 2, 2]), ("2.3.4", 3, [1, 3, 3])] {
        let at = plan.rows.iter().position(|row| plan.cell(row, Role::Ref).is_some_and(|cell| &*cell.text == reference)).unwrap();
        let own = &plan.rows[at..at + lines];
        assert!(own[1..].iter().all(|row| row.kind == RowKind::Line) && plan.rows[at + lines].kind != RowKind::Line);
        let counted = [Role::Status, Role::Measure, Role::Lead]
            .map(|role| own.iter().filter(|row| plan.cell(row, role).is_some_and(|cell| !cell.is_blank())).count());
        assert_eq!(counted, filled, "{reference}");
        assert_eq!(plan.merged_lines(at, plan.role_position(Role::Action).unwrap()), lines);
    }
}

#[test]
fn the_tracker_and_every_form_of_a_kpi_are_read() {
    let (document, _) = read(SAMPLE);
    let tracker = document.of_kind(TableKind::History).next().unwrap();
    let periods: Vec<String> = (1..tracker.columns.len()).map(|at| tracker.heading(at)).collect();
    assert_eq!(periods, ["Aug 17", "Nov 17", "Feb 18", "May 18", "Aug 18", "Oct 18", "Jan-19"]);
    let totals = (1..8).map(|at| tracker.rows.iter().filter_map(|row| row.cells[at].amount()).sum::<f64>());
    assert_eq!(totals.collect::<Vec<_>>(), [33.0, 33.0, 33.0, 35.0, 35.0, 35.0, 35.0]);
    let tables: Vec<&Table> = document.of_kind(TableKind::Kpi).collect();
    assert_eq!(tables.iter().map(|table| table.rows.len()).collect::<Vec<_>>(), [13, 8]);
    let figures: Vec<String> = tables
        .iter()
        .flat_map(|table| column(table, Role::Current).into_iter().zip(column(table, Role::Target)))
        .flat_map(|(current, target)| [current, target])
        .map(|cell| form(cell).to_owned())
        .collect();
    for (wanted, least) in [("amount", 20), ("amount with arrow", 2), ("direction", 7), ("new", 2), ("several", 2), ("blank", 1)] {
        let found = figures.iter().filter(|form| *form == wanted).count();
        assert!(found >= least, "{wanted}: {found} of {figures:?}");
    }
}

fn form(cell: &Cell) -> &'static str {
    match cell.value {
        Value::Figure(Figure::Amount { arrow: None, .. }) => "amount",
        Value::Figure(Figure::Amount { arrow: Some(_), .. }) => "amount with arrow",
        Value::Figure(Figure::Limit { .. }) => "limit",
        Value::Figure(Figure::Range { .. }) => "range",
        Value::Figure(Figure::Direction(_)) => "direction",
        Value::Figure(Figure::New) => "new",
        Value::Figure(Figure::Several) => "several",
        Value::Blank => "blank",
        Value::Merged | Value::Text | Value::Number(_) | Value::When(_) | Value::Status(_) => "other",
    }
}

#[test]
fn recommendations_have_statuses_for_deadlines_and_a_date_that_is_not_guessed() {
    let (document, notes) = read(RECOMMENDATIONS);
    let plan = &document.tables[0];
    assert_eq!(kinds(plan), [6, 0, 21, 0]);
    for row in plan.rows.iter().filter(|row| row.kind == RowKind::Section) {
        assert!(row.fields.len() >= 2 && row.fields.iter().all(|field| !field.cell.is_blank()), "its words and the comments from service");
    }
    let deadlines = column(plan, Role::End);
    assert_eq!(deadlines.iter().filter(|cell| cell.status() == Some(Status::Complete)).count(), 2);
    assert_eq!(deadlines.iter().filter(|cell| cell.when().is_some_and(|when| matches!(when, When::On { .. }))).count(), 18);
    let lost: Vec<_> = deadlines.iter().filter(|cell| cell.value == Value::Text).map(|cell| &*cell.text).collect();
    assert_eq!(lost, ["December 201"]);
    let insight = Insight::of(&document, AsOf::default());
    let report = crate::json_report(&Opened { document, notes, ..Opened::default() }, &insight);
    let notes = report["notes"].as_array().unwrap();
    assert!(notes.iter().any(|note| note["message"].as_str().unwrap().contains("December 201") && note["place"] == "Action Plan!C13"));
    assert_eq!(report["counts"]["by_status"]["complete"], 2);
}

#[test]
fn risks_and_scores_are_plain_registers() {
    let (document, _) = read(REGISTERS);
    let named: Vec<(&str, TableKind, usize)> = document.tables.iter().map(|table| (&*table.name, table.kind, table.rows.len())).collect();
    let expected = [("Key Risks", TableKind::Register, 2), ("Equality self assessment: how we marked ourselves", TableKind::Register, 6)];
    assert_eq!(named, expected);
}

#[test]
fn every_filled_cell_of_the_fixtures_is_kept() {
    for (name, bytes) in [("sample", SAMPLE), ("recommendations", RECOMMENDATIONS), ("registers", REGISTERS)] {
        assert_eq!(lost(bytes).unwrap(), Vec::<String>::new(), "{name}");
    }
}

/// The texts of a workbook that stand in no table and in no note; `None` when it cannot be opened at all.
fn lost(bytes: &[u8]) -> Option<Vec<String>> {
    let (grids, _) = workbook::open("plan.xlsx", bytes, &|_| true).ok()?;
    let texts: Vec<(String, String)> = grids
        .iter()
        .flat_map(|grid| grid.rows.iter().flat_map(|row| &row.cells).map(|cell| (grid.sheet.clone(), cell.text.to_string())))
        .collect();
    let Reading { tables, notes, loose, .. } = crate::read_workbook(grids);
    let mut kept = kept(&tables);
    loose.iter().for_each(|text| *kept.entry(plain(&text.cell.text)).or_insert(0) += 1);
    // A sheet that holds another's actions again is left out as a whole, and can be taken in.
    let copies: Vec<&str> =
        notes.iter().filter(|note| note.code == plandesk::notes::Code::CopyLeftOut).map(|note| &*note.place.address).collect();
    let texts = texts.into_iter().filter(|(sheet, _)| !copies.contains(&&**sheet)).map(|(_, text)| text);
    // Headings repeated under each approach are one column's.
    // A heading in two rows is kept as one.
    let parts =
        |column: &Column| column.heading.split(": ").chain([&*column.heading]).map(|part| plain(part).to_lowercase()).collect::<Vec<_>>();
    let headings: Vec<String> = tables.iter().flat_map(|table| &table.columns).flat_map(parts).collect();
    let mut noted: String = notes.iter().map(|note| plain(&note.message) + "\n").collect();
    let mut lost = Vec::new();
    for text in texts {
        let words = plain(&text);
        match kept.get_mut(&words) {
            Some(count) if *count > 0 => *count -= 1,
            _ if headings.contains(&words.to_lowercase()) => {}
            _ => match noted.find(&words) {
                Some(at) => noted.replace_range(at..at + words.len(), "\u{0}"),
                None => lost.push(text),
            },
        }
    }
    Some(lost)
}

/// How often each text stands in the tables.
fn kept(tables: &[Table]) -> HashMap<String, usize> {
    let mut kept = HashMap::new();
    let mut keep = |text: &str| *kept.entry(plain(text)).or_insert(0) += 1;
    for table in tables {
        keep(&table.name);
        let fields = table.title.iter().chain(&table.fields).chain(table.summary.iter().flat_map(|summary| &summary.lines));
        for field in fields.chain(table.rows.iter().flat_map(|row| &row.fields)) {
            keep(&field.label);
            keep(&field.cell.text);
            // A label and its words may stand in one cell.
            keep(&format!("{}: {}", field.label, field.cell.text));
        }
        table.summary.iter().for_each(|summary| keep(&summary.title));
        table.columns.iter().for_each(|column| keep(&column.heading));
        table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_blank()).for_each(|cell| keep(&cell.text));
    }
    kept
}

/// A text without what a reader trims: spaces about it and a label's colon.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches(':').trim_end().to_owned()
}
