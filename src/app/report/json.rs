//! The JSON of `check`, a contract that `docs/check-json.md` states: its keys may be added to, never renamed.

use std::collections::{HashMap, HashSet};

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value as Json, json};

use super::{super::open::Opened, all_notes, typed};
use crate::insight::{Insight, stated};
use crate::model::{
    Column, ColumnId, Document, Field, FrozenReturn, Marking, OTHER, Remark, Role, Row, RowId, RowKind, Status, Table, TableKind, Value,
};
use crate::notes::Note;

/// The version of the contract, which rises where a script that relied on it would break.
pub const VERSION: u32 = 1;

/// What was read, counted, rated and noticed, made while it is written: a table's rows are held one at a time.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    pub opened: &'a Opened,
    pub insight: &'a Insight,
}

/// A list whose elements are made while it is written.
struct Each<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (Opened { document, notes, accounted, .. }, insight) = (self.opened, self.insight);
        let all = all_notes(notes, insight);
        let mut report = serializer.serialize_map(None)?;
        report.serialize_entry("version", &VERSION)?;
        report.serialize_entry("tables", &Each(|| document.tables.iter().map(Held)))?;
        report.serialize_entry("as_of", &insight.as_of.map(|day| day.to_string()))?;
        report.serialize_entry("judged", &judged(document, insight))?;
        report.serialize_entry("marking", &document.marking.as_ref().map(Marking::words).filter(|words| !words.is_empty()))?;
        report.serialize_entry("counts", &counts(insight))?;
        report.serialize_entry("overdue", &Each(|| insight.overdue.iter().map(|late| &*late.name)))?;
        report.serialize_entry("ratings", &Each(|| ratings(document, insight)))?;
        report.serialize_entry("frozen", &Each(|| document.frozen.iter().map(frozen)))?;
        report.serialize_entry("notes", &Each(|| all.iter().map(|held| note(held))))?;
        let accounted = json!({
            "cells": accounted.cells,
            "in_tables": accounted.in_tables,
            "in_fields": accounted.in_fields,
            "in_notes": accounted.in_notes,
            "unread": accounted.unread,
        });
        report.serialize_entry("accounted", &accounted)?;
        report.end()
    }
}

/// A table as it is reported.
struct Held<'a>(&'a Table);

impl Serialize for Held<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(table) = self;
        let keys = Keys::of(table);
        let mut remarks: HashMap<RowId, Vec<&Remark>> = HashMap::new();
        table.remarks.iter().for_each(|remark| remarks.entry(remark.row).or_default().push(remark));
        let columns = || table.columns.iter().enumerate().map(|(at, held)| column(table, at, held));
        let rows = || table.rows.iter().map(|held| row(table, &keys, held, remarks.get(&held.id).map_or(&[], Vec::as_slice)));
        let mut fields = Map::new();
        let lines = table.summary.iter().flat_map(|summary| &summary.lines);
        for field in table.fields.iter().chain(lines) {
            put(&mut fields, &field.label, Json::from(&*field.cell.text));
        }
        let mut held = serializer.serialize_map(None)?;
        held.serialize_entry("name", &table.name)?;
        held.serialize_entry("kind", table.kind.code())?;
        held.serialize_entry("sheet", &table.sheet)?;
        held.serialize_entry("fields", &fields)?;
        held.serialize_entry("columns", &Each(columns))?;
        held.serialize_entry("rows", &Each(rows))?;
        let hidden_sheets = || table.hidden.iter().filter(|hiding| hiding.column.is_none()).map(|hiding| &*hiding.sheet);
        if hidden_sheets().next().is_some() {
            held.serialize_entry("hidden_sheets", &Each(hidden_sheets))?;
        }
        if let Some(title) = &table.title {
            held.serialize_entry("title", &*title.cell.text)?;
        }
        if table.summary.is_some() {
            held.serialize_entry("summary", &summary(table))?;
        }
        held.end()
    }
}

/// A return that was frozen: which, when, and how much is in it.
fn frozen(frozen: &FrozenReturn) -> Json {
    let actions: usize = frozen.plans.iter().map(|plan| plan.actions.len()).sum();
    json!({
        "name": &*frozen.name,
        "as_at": frozen.as_at.map(|day| day.to_string()),
        "frozen_on": frozen.frozen_on.map(|day| day.to_string()),
        "file": &*frozen.file,
        "sha256": &*frozen.sha256,
        "actions": actions,
        "kpis": frozen.kpis.len(),
    })
}

/// The counts a plan's owner stated.
fn summary(table: &Table) -> Json {
    let read = stated(table);
    let lines = table.summary.iter().flat_map(|summary| &summary.lines).enumerate().map(|(at, field): (usize, &Field)| {
        let mut line = json!({"label": &*field.label, "text": &*field.cell.text});
        if let Some(stated) = read.iter().find(|stated| stated.line == at) {
            line["status"] = Json::from(stated.status.code());
            line["count"] = Json::from(stated.count);
            line["delta"] = stated.delta.map_or(Json::Null, Json::from);
        }
        line
    });
    json!({"title": table.summary.as_ref().map(|summary| &*summary.title), "lines": lines.collect::<Vec<_>>()})
}

/// What each column's cells are called: the role where one column alone has it, otherwise the heading.
struct Keys {
    names: Vec<String>,
    /// Where each column stands.
    places: HashMap<ColumnId, usize>,
}

impl Keys {
    fn of(table: &Table) -> Self {
        let mut roles: HashMap<Role, usize> = HashMap::new();
        table.columns.iter().filter_map(|column| column.role).for_each(|role| *roles.entry(role).or_default() += 1);
        let mut used = HashSet::new();
        let name = |(at, column): (usize, &Column)| {
            let alone = |role: &Role| *role != Role::Period && roles.get(role) == Some(&1);
            let wanted = column.role.filter(alone).map_or_else(|| table.heading(at), |role| role.code().to_owned());
            let name = if used.contains(&wanted) { format!("{wanted} ({})", at + 1) } else { wanted };
            used.insert(name.clone());
            name
        };
        let names = table.columns.iter().enumerate().map(name).collect();
        Self { names, places: table.columns.iter().zip(0..).map(|(column, at)| (column.id, at)).collect() }
    }

    fn of_column(&self, column: ColumnId) -> Option<&String> {
        self.names.get(*self.places.get(&column)?)
    }
}

fn row(table: &Table, keys: &Keys, row: &Row, remarks: &[&Remark]) -> Json {
    let (mut cells, mut values) = (Map::new(), Map::new());
    for field in row.fields.iter().filter(|field| !field.cell.is_blank()) {
        put(&mut cells, &field.label, Json::from(&*field.cell.text));
    }
    for ((cell, key), column) in row.cells.iter().zip(&keys.names).zip(&table.columns) {
        if cell.is_blank() || cell.value == Value::Merged {
            continue;
        }
        cells.insert(key.clone(), Json::from(&*cell.text));
        match (column.role, cell.value) {
            (Some(Role::Ref), _) => {
                values.insert(key.clone(), Json::from(&*cell.text));
            }
            // A status in place of a deadline is the row's status.
            (Some(Role::Start | Role::End), Value::Status(_)) => {}
            _ => values.extend(typed::value(cell).map(|value| (key.clone(), value))),
        }
    }
    if let Some(status) = table.status_of(row).filter(|_| row.is_line()) {
        values.entry(Role::Status.code()).or_insert_with(|| Json::from(status.code()));
    }
    let mut held = json!({"kind": row.kind.code(), "cells": cells, "values": values, "place": table.place(row, None)});
    mark(&mut held, keys, row, remarks);
    held
}

/// A column: its heading and role, and what its workbook says of it.
fn column(table: &Table, at: usize, column: &Column) -> Json {
    let mut held = json!({"heading": table.heading(at), "role": column.role.map_or(OTHER, Role::code)});
    if column.hidden {
        held["hidden"] = Json::from(true);
    }
    if !column.choices.is_empty() {
        held["choices"] = column.choices.iter().map(|choice| Json::from(&**choice)).collect();
    }
    held
}

/// Adds what the workbook says of a row beside its cells: that it is hidden, its formulas and the notes on its cells.
fn mark(held: &mut Json, keys: &Keys, row: &Row, remarks: &[&Remark]) {
    if row.hidden {
        held["hidden"] = Json::from(true);
    }
    if row.filtered {
        held["filtered"] = Json::from(true);
    }
    let formulas: Vec<&String> = row.cells.iter().zip(&keys.names).filter(|(cell, _)| cell.formula).map(|(_, key)| key).collect();
    if !formulas.is_empty() {
        held["formulas"] = json!(formulas);
    }
    let remarks: Map<String, Json> =
        remarks.iter().filter_map(|remark| Some((keys.of_column(remark.column)?.clone(), Json::from(&*remark.text)))).collect();
    if !remarks.is_empty() {
        held["comments"] = Json::Object(remarks);
    }
}

/// Adds a text under a label; one of the same label joins it on a line of its own.
fn put(map: &mut Map<String, Json>, label: &str, text: Json) {
    match map.get_mut(label) {
        Some(Json::String(held)) => {
            held.push('\n');
            held.push_str(text.as_str().unwrap_or_default());
        }
        Some(_) | None => {
            map.insert(label.to_owned(), text);
        }
    }
}

fn counts(insight: &Insight) -> Json {
    let counts = &insight.counts;
    let out_of_sight = insight.plans.iter().filter_map(|plan| insight.out_of_sight.get(&plan.table));
    let (hidden, filtered) = out_of_sight.fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    let by_status: Map<String, Json> =
        Status::ALL.into_iter().map(|status| (status.code().to_owned(), Json::from(counts.lines.get(status)))).collect();
    json!({
        "actions": counts.action_count,
        "lines": counts.line_count,
        "by_status": by_status,
        "without_status": counts.without_status,
        // Actions that are in the counts above.
        "hidden": hidden,
        "filtered": filtered,
    })
}

/// What each plan's ends are judged at, and why.
fn judged(document: &Document, insight: &Insight) -> Vec<Json> {
    let plans = insight.plans.iter().filter_map(|plan| Some((document.table(plan.table)?, plan.judged?)));
    plans.map(|(table, judged)| json!({"table": table.name, "day": judged.day.to_string(), "by": judged.basis.code()})).collect()
}

fn ratings<'a>(document: &'a Document, insight: &'a Insight) -> impl Iterator<Item = Json> + 'a {
    let entries = document
        .of_kind(TableKind::Kpi)
        .flat_map(|table| table.rows.iter().filter(|row| row.kind == RowKind::Entry).map(move |row| (table, row)));
    entries.filter_map(|(table, row)| {
        let rated = insight.rating(table.id, row.id)?;
        let text = |role| table.cell(row, role).map(|cell| &*cell.text).filter(|text| !text.is_empty());
        let kpi = text(Role::Ref).or_else(|| text(Role::Kpi)).unwrap_or_default();
        Some(json!({"kpi": kpi, "rating": rated.rating.code(), "why": rated.why, "table": table.name}))
    })
}

fn note(note: &Note) -> Json {
    let mut held =
        json!({"severity": note.severity.name(), "code": note.code.name(), "place": note.place.address, "message": note.message});
    if let Some(also) = &note.also {
        held["also"] = Json::from(&*also.address);
    }
    if !note.cells.is_empty() {
        held["cells"] = note.cells.iter().map(|place| &*place.address).collect();
    }
    held
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{AsOf, seed};
    use crate::notes::{Code, Place, Severity};

    fn report(opened: &Opened) -> Json {
        let insight = Insight::of(&opened.document, AsOf::default());
        serde_json::to_value(Report { opened, insight: &insight }).expect("a report is JSON")
    }

    fn document() -> Document {
        let mut document = seed::document();
        document.append(vec![seed::recommendations()]);
        document
    }

    #[test]
    fn the_contract_holds() {
        let note = |code| Note::new(Severity::Info, code, Place::address("File"), "First", "");
        let notes = vec![note(Code::HiddenSheet), note(Code::KpiConflict).and(Place::address("Plan!A1"))];
        let report = report(&Opened { document: document(), notes, ..Opened::default() });
        let keys: Vec<&String> = report.as_object().expect("an object").keys().collect();
        assert_eq!(
            keys,
            ["version", "tables", "as_of", "judged", "marking", "counts", "overdue", "ratings", "frozen", "notes", "accounted"]
        );
        for (path, expected) in [
            ("/version", json!(1)),
            ("/as_of", Json::Null),
            ("/judged", json!([{"table": "Action Plan", "day": "2019-01-31", "by": "plan"}])),
            ("/counts/actions", json!(38)),
            ("/counts/lines", json!(39)),
            ("/counts/by_status/complete", json!(16)),
            ("/counts/without_status", json!(2)),
            ("/overdue/0", json!("1.1.2")),
            ("/ratings/1/kpi", json!("2")),
            ("/ratings/1/rating", json!("amber")),
            ("/ratings/14/kpi", json!("Share of EHC plans on time")),
            ("/notes/0", json!({"severity": "info", "code": "hidden_sheet", "place": "File", "message": "First"})),
            ("/notes/1", json!({"severity": "info", "code": "kpi_conflict", "place": "File", "message": "First", "also": "Plan!A1"})),
            ("/tables/0/kind", json!("plan")),
            ("/tables/0/fields/Duration", json!("2017-2020")),
            ("/tables/0/fields/Not Started", json!("5 (-3)")),
            (
                "/tables/0/summary/lines/0",
                json!({"label": "Not Started", "text": "5 (-3)", "status": "not_started", "count": 5, "delta": -3}),
            ),
            ("/tables/0/columns/4", json!({"heading": "RAG Status", "role": "status"})),
            ("/tables/0/rows/0/cells/Approach", json!("Street by Street")),
            ("/tables/0/rows/1/cells", json!({"ref": "1.1", "action": "Do 1.1"})),
            ("/tables/0/rows/2/kind", json!("entry")),
            ("/tables/0/rows/2/place", json!("Action Plan!A20")),
            ("/tables/0/rows/2/values", json!({"ref": "1.1.1", "start": "2017-08-01", "end": "2018-03-01", "status": "complete"})),
            ("/tables/0/rows/6/cells", json!({"status": "In Progress"})),
            ("/tables/1/rows/3/values/Aug 17", json!(13)),
            ("/tables/2/rows/8/values/current", json!({"number": 0.09, "direction": "down"})),
            ("/tables/4/rows/1/cells/end", json!("Complete")),
            ("/tables/4/rows/1/values", json!({"status": "complete"})),
            ("/tables/4/rows/3/values", json!({"end": "2017-12-01"})),
            ("/tables/4/rows/4/values", json!({})),
        ] {
            assert_eq!(report.pointer(path), Some(&expected), "{path}");
        }
    }

    #[test]
    fn an_empty_document_is_reported() {
        let report = report(&Opened::default());
        assert_eq!(report["tables"], json!([]));
        assert_eq!(report["counts"]["actions"], json!(0));
    }

    #[test]
    fn columns_that_share_a_role_are_keyed_by_heading() {
        let mut table = seed::plan();
        table.columns[3].role = Some(Role::Start);
        assert_eq!(Keys::of(&table).names, ["ref", "action", "Start", "End", "status"]);
        table.columns[3].heading = "Start:".into();
        assert_eq!(Keys::of(&table).names[3], "Start (4)");
    }
}
