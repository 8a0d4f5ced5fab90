//! Tables with the structure, dates, statuses and figures of the sample, for tests alone.

use crate::model::kinds::Kind;
use crate::model::{Cell, Column, ColumnId, Document, Field, Role, Row, RowKind, Status, Summary, Table, TableId, TableKind, Value};

/// Ref, start, end and status of each row; groups have a ref alone, continuation lines none.
const PLAN: &[(&str, &str, &str, &str)] = &[
    ("1.1", "", "", ""),
    ("1.1.1", "Aug-17", "Mar-18", "Complete"),
    ("1.1.2", "May-18", "Sep-18", "In Progress"),
    ("1.2", "", "", ""),
    ("1.2.1", "Aug-17", "Jul-20", "Complete"),
    ("", "", "", "In Progress"),
    ("1.2.2", "On-going", "Dec-18", "Complete"),
    ("1.2.3", "On-going", "Jul-20", "Complete"),
    ("1.3", "", "", ""),
    ("1.3.1", "Aug-17", "Aug-18", "Not started"),
    ("1.3.2", "On-going", "Dec-17", "In Progress"),
    ("1.3.3", "On-going", "Apr-18", "In Progress"),
    ("2.1", "", "", ""),
    ("2.1.1", "Jul-17", "On-going", "In Progress"),
    ("2.2", "", "", ""),
    ("2.2.1", "Jul-17", "Jul-18", "In Progress"),
    ("2.3", "", "", ""),
    ("2.3.1", "Oct-17", "Apr-18", "Complete"),
    ("", "", "", "merged"),
    ("2.3.2", "Aug-17", "Jul-19", "Not started"),
    ("2.3.3", "On-going", "On-going", "In Progress"),
    ("2.3.4", "On-going", "Jun-18", "Complete"),
    ("", "", "", "merged"),
    ("", "", "", "merged"),
    ("2.4", "", "", ""),
    ("2.4.1", "Aug-17", "On-going", "Not started"),
    ("2.4.2", "Aug-17", "Dec-18", "Minor Problem"),
    ("3.1", "", "", ""),
    ("3.1.1", "Jul-17", "On-going", "In Progress"),
    ("3.1.2", "Aug-17", "On-going", "In Progress"),
    ("3.1.3", "Jul-17", "Aug-18", "In Progress"),
    ("3.1.4", "Jul-17", "On-going", "In Progress"),
    ("3.1.5", "Jul-17", "On-going", "Complete"),
    ("3.2", "", "", ""),
    ("3.2.1", "Oct-17", "Sep-18", "Complete"),
    ("3.2.2", "Aug-17", "Sep-17", "Complete"),
    ("3.2.3", "Jul-17", "On-going", "Complete"),
    ("3.2.4", "Jul-17", "On-going", "Not started"),
    ("3.3", "", "", ""),
    ("3.3.1", "Jul-17", "On-going", "In Progress"),
    ("3.3.2", "Jul-17", "Jul-18", "Complete"),
    ("3.3.3", "Jul-17", "Jul-18", "In Progress"),
    ("3.4", "", "", ""),
    ("3.4.1", "On-going", "Jan-18", "In Progress"),
    ("3.4.2", "Aug-17", "On-going", "In Progress"),
    ("4.1", "", "", ""),
    ("4.1.1", "On-going", "Mar-18", "Complete"),
    ("4.2", "", "", ""),
    ("4.2.1", "Oct-17", "Sep-18", "Complete"),
    ("4.2.2", "Oct-17", "Sep-18", "Complete"),
    ("4.3", "", "", ""),
    ("4.3.1", "Sep-17", "Aug-18", "Not started"),
];

const SUMMARY: [(&str, &str); 5] =
    [("Not Started", "5 (-3)"), ("Major Problems", "0"), ("Minor Problems", "1 (-1)"), ("In Progress", "15(-9)"), ("Complete", "14 (+11)")];

const TRACKER: [[&str; 8]; 5] = [
    ["Not Started", "20", "8", "5", "5", "5", "5", "5"],
    ["Major Problems", "0", "0", "0", "0", "0", "0", "0"],
    ["Minor Problems", "0", "0", "2", "2", "2", "2", "1"],
    ["In Progress", "13", "25", "25", "19", "19", "16", "15"],
    ["Complete", "0", "0", "1", "9", "9", "12", "14"],
];

/// The plan, its tracker and both KPI tables.
pub(crate) fn document() -> Document {
    let mut document = Document::default();
    document.append(vec![plan(), tracker(), kpis(), older_kpis()]);
    document
}

/// 34 actions with 35 status lines.
pub(crate) fn plan() -> Table {
    let columns =
        [("Ref:", Role::Ref), ("Action:", Role::Action), ("Start:", Role::Start), ("End:", Role::End), ("RAG Status:", Role::Status)];
    let mut table = table("Action Plan", TableKind::Plan, &columns);
    let field = |label: &str, cell| Field { label: label.into(), cell, source: Some((5, 2)), ..Field::default() };
    table.fields = vec![
        field("Name", Cell::text("Good Neighbours Plan")),
        field("Duration", Cell::text("2017-2020")),
        field("Review date", Kind::Date.enter("Jan-19")),
    ];
    let lines = SUMMARY.iter().zip(8..).map(|((label, text), row)| Field {
        label: (*label).into(),
        cell: Cell::text(*text),
        source: Some((row, 2)),
        ..Field::default()
    });
    table.summary = Some(Summary { title: "RAG Status Key and Summary".into(), lines: lines.collect() });
    let title = |label: &str, text: &str| Field { label: label.into(), cell: Cell::text(text), ..Field::default() };
    push(&mut table, RowKind::Section, Vec::new());
    table.rows[0].fields = vec![title("Approach", "Street by Street"), title("Objective", "Help neighbours get to know one another")];
    for &(reference, start, end, status) in PLAN {
        let kind = match reference.matches('.').count() {
            0 => RowKind::Line,
            1 => RowKind::Group,
            _ => RowKind::Entry,
        };
        let merged = |cell: Cell| if kind == RowKind::Line { Cell::merged() } else { cell };
        let status = if status == "merged" {
            Cell::merged()
        } else {
            Cell { text: status.into(), value: Kind::Status.value(status, None), ..Cell::default() }
        };
        let action = if reference.is_empty() { Cell::merged() } else { Cell::text(format!("Do {reference}")) };
        let cells = vec![merged(Cell::text(reference)), action, merged(Kind::Date.enter(start)), merged(Kind::Date.enter(end)), status];
        push(&mut table, kind, cells);
    }
    table
}

/// A plan of actions alone: ref, action, start, end, status and comment of each. Without a ref and an action it is a line of the one above.
pub(crate) fn plan_of(rows: &[[&str; 6]]) -> Table {
    let columns = [Role::Ref, Role::Action, Role::Start, Role::End, Role::Status, Role::Comment].map(|role| (role.code(), role));
    let mut table = table("Plan", TableKind::Plan, &columns);
    push(&mut table, RowKind::Section, Vec::new());
    rows.iter().for_each(|row| push_action(&mut table, *row));
    table
}

/// Adds an action, or a line to the one above.
pub(crate) fn push_action(table: &mut Table, texts: [&str; 6]) {
    let kind = if texts[..2] == ["", ""] { RowKind::Line } else { RowKind::Entry };
    let cells = texts.iter().zip(&table.columns).map(|(text, column)| match (kind, column.role) {
        (RowKind::Line, Some(Role::Ref | Role::Action)) => Cell::merged(),
        (_, Some(Role::Status)) if *text == "merged" => Cell::merged(),
        _ => column.kind.enter(text),
    });
    let cells = cells.collect();
    push(table, kind, cells);
}

/// Adds a section.
pub(crate) fn push_section(table: &mut Table) {
    push(table, RowKind::Section, Vec::new());
}

/// Seven periods.
pub(crate) fn tracker() -> Table {
    let headings = ["", "Aug 17", "Nov 17", "Feb 18", "May 18", "Aug 18", "Oct 18", "Jan-19"];
    let mut table = table("Progress Tracker", TableKind::History, &[]);
    table.columns = headings.iter().zip(0..).map(|(heading, at)| column(heading, None, Kind::Number, at)).collect();
    for texts in TRACKER {
        push(&mut table, RowKind::Entry, texts.iter().map(|text| Kind::Number.enter(text)).collect());
    }
    let status = |text: &str| Status::parse(text).map_or(Value::Text, Value::Status);
    table.rows.iter_mut().for_each(|row| row.cells[0].value = status(&row.cells[0].text));
    table
}

/// Thirteen KPIs with numbers.
pub(crate) fn kpis() -> Table {
    let columns = [("#", Role::Ref), ("KPI", Role::Kpi), ("Current Performance", Role::Current), ("Target", Role::Target)];
    let mut table = table("KPIs 2023-24", TableKind::Kpi, &columns);
    let figures = [
        ("0%", "0%"),
        ("90%", "100%"),
        ("79%", "90%"),
        ("88%", "100%"),
        ("95%", "100%"),
        ("100%", "100%"),
        ("new", "90%"),
        ("69", "↑"),
        ("↓ 9%", "↓ 20%"),
        ("84%", "100%"),
        ("new", "70%"),
        ("70%", "100%"),
        ("85%", "90%"),
    ];
    for ((current, target), number) in figures.into_iter().zip(1..) {
        let words = if number == 6 { "Share of EHC plans on time".to_owned() } else { format!("Measure {number}") };
        let cells =
            vec![Kind::Number.enter(&number.to_string()), Cell::text(words), Kind::Figure.enter(current), Kind::Figure.enter(target)];
        push(&mut table, RowKind::Entry, cells);
    }
    table
}

/// Eight KPIs without numbers, aiming at directions.
pub(crate) fn older_kpis() -> Table {
    let columns = [("KPI", Role::Kpi), ("Current Performance (Q2 Figures)", Role::Current), ("Target (direction of travel)", Role::Target)];
    let mut table = table("KPIs 2021-22", TableKind::Kpi, &columns);
    for (words, current, target) in [
        ("Every school is good", "100%", "Maintain"),
        ("Share of EHC plans on time", "98%", "Maintain"),
        ("Family help plans still open: >12 months >24 months", "37% 0%", ""),
        ("People sleeping outdoors (count and share)", "40", "Decrease"),
        ("How people rate their lives", "7.5 (carers) 19.3 (users) (n.b. every 2 years)", "Increase"),
        ("Adults at risk", "100%", "Maintain"),
        ("Mean energy score", "64.43", "Increase"),
        ("Fire risk assessments", "100%", "Maintain"),
    ] {
        push(&mut table, RowKind::Entry, vec![Cell::text(words), Kind::Figure.enter(current), Kind::Figure.enter(target)]);
    }
    table
}

/// Four actions under a recommendation, two of them complete by their deadline column, and one date with a digit lost.
pub(crate) fn recommendations() -> Table {
    let columns = [("Actions", Role::Action), ("Responsible Officer", Role::Lead), ("Deadline", Role::End)];
    let mut table = table("Recommendations", TableKind::Plan, &columns);
    push(&mut table, RowKind::Section, Vec::new());
    for (action, deadline) in [
        ("Build a course", "Complete"),
        ("Appoint a lead", "Complete"),
        ("Map what there is", "December 2017"),
        ("Ask around", "December 201"),
    ] {
        push(&mut table, RowKind::Entry, vec![Cell::text(action), Cell::text("A lead"), Kind::Date.enter(deadline)]);
    }
    table
}

fn table(name: &str, kind: TableKind, columns: &[(&str, Role)]) -> Table {
    let columns = columns.iter().zip(0..).map(|(&(heading, role), at)| column(heading, Some(role), role.kind(), at)).collect();
    Table { id: TableId(1), name: name.into(), sheet: name.into(), ..Table::new(kind, columns, Vec::new()) }
}

fn column(heading: &str, role: Option<Role>, kind: Kind, at: u32) -> Column {
    Column { id: ColumnId(at + 1), heading: heading.into(), role, kind, width: 80.0, source: at, ..Column::default() }
}

fn push(table: &mut Table, kind: RowKind, cells: Vec<Cell>) {
    let id = table.next_row_id();
    table.rows.push(Row { id, kind, cells, source: id.0 + 17, ..Row::default() });
}
