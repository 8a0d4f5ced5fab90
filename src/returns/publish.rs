//! The return to be published: the plan as an accessible workbook, one marked table a sheet, in words and figures. Works out no figure.

mod cells;
mod notes;
mod sheet;
mod summary;
mod tables;

use std::collections::HashMap;

use self::{
    notes::Notes,
    sheet::{Sheet, text},
};
use super::{Template, list::owned, names::Names, properties};
use crate::{
    insight::Report,
    model::{Document, Field, Marking, RowKind, Table, TableKind},
    workbook::{Content, Page, Properties, sentinels},
};

/// The return to be published.
pub(super) const TEMPLATE: Template = Template {
    code: "publish",
    name: "Publish",
    file: "accessible",
    about: "The plan as an accessible workbook for the public: one marked table a sheet, in words and figures, checked against 19 essentials.",
    pages: Some(pages),
    paper: super::paper::publication,
};

/// The sheets of what stands above the tables and beside them.
const ABOUT: &str = "About";
const OTHER: &str = "Other text";

fn pages<'doc>(report: &Report<'doc>) -> (Vec<Page<'doc>>, Properties) {
    let document = report.document;
    let mut names = Names::default();
    let [contents, summary, about, other, noted] =
        [sentinels::CONTENTS_SHEET, sentinels::SUMMARY, ABOUT, OTHER, sentinels::NOTES].map(|name| names.give(name));
    let mut notes = Notes::of(report);
    let mut sheets: Vec<Sheet<'doc>> = Vec::new();
    sheets.extend(summary::sheet(report, &mut notes, summary));
    sheets.extend(about_sheet(document, about));
    let mut titles: HashMap<String, usize> = HashMap::new();
    for table in document.tables.iter().filter(|table| tables::is_worth_a_sheet(table)) {
        let alone = document.tables.iter().filter(|other| other.sheet == table.sheet).count() == 1;
        let name = names.give(if alone && !table.sheet.is_empty() { &table.sheet } else { &table.name });
        let title = if table.title().trim().is_empty() { name.clone() } else { one_line(table.title()) };
        let times = titles.entry(title.to_lowercase()).or_insert(0);
        *times += 1;
        let title = if *times > 1 || title == document.name() { format!("{title}: {name}") } else { title };
        sheets.push(tables::sheet(report, table, (name, title), &mut notes));
    }
    sheets.extend(other_texts(document, other));
    let used = sheets.iter().map(Sheet::shorthand).fold((false, false), |all, one| (all.0 || one.0, all.1 || one.1));
    sheets.extend(notes.sheet(used, noted));
    sheets.insert(0, contents_sheet(report, &sheets, contents));
    let marking = document.marking.as_ref().map_or_else(String::new, Marking::told);
    let pages = sheets.into_iter().map(|sheet| sheet.page(&marking)).collect();
    let mut properties = properties::of(document, "Accessible action plan");
    if properties.author.trim().is_empty() {
        sentinels::PROGRAM.clone_into(&mut properties.author);
    }
    (pages, properties)
}

/// The list of the sheets, each with a link and what it holds.
fn contents_sheet<'doc>(report: &Report<'doc>, sheets: &[Sheet<'doc>], name: String) -> Sheet<'doc> {
    let as_at = report.as_at();
    let when = if as_at.is_empty() { String::new() } else { format!(", as at {as_at}") };
    let mut contents = Sheet::new(name, one_line(report.document.name()));
    contents.say(format!("Contents of this workbook{when}. Each sheet has its title in cell A1 and one table."));
    contents.headings(["Sheet", "What it holds"]);
    for sheet in sheets {
        contents.rows.push(vec![Content::Link { text: sheet.name.clone(), sheet: sheet.name.clone() }, owned(sheet.holds.clone())]);
    }
    if sheets.is_empty() {
        contents.rows.push(vec![text("[x]"), text("Nothing is recorded in the plan.")]);
    }
    contents.holds = "The sheets of this workbook".to_owned();
    contents
}

/// What stands above the tables: their banners, their labelled values and the counts that their owner states.
fn about_sheet<'doc>(document: &'doc Document, name: String) -> Option<Sheet<'doc>> {
    let mut sheet = Sheet::new(name, format!("About {}", one_line(document.name())));
    sheet.holds = "What is said above the tables: owners, dates and the like".to_owned();
    sheet.say("What the plan says above its tables, as it stands there.".to_owned());
    sheet.headings(["Table", "Item", "What it says"]);
    for table in document.tables.iter().filter(|table| !table.name.is_empty() || !table.fields.is_empty()) {
        let banner = table.title.iter().map(|title| ("Title", title));
        let stated = table.summary.iter().flat_map(|summary| summary.lines.iter().map(|line| ("Count as stated in the plan", line)));
        let fields = table.fields.iter().map(|field| ("Value without a label", field));
        for (unlabelled, field) in banner.chain(fields).chain(stated).filter(|(_, field)| !field.cell.is_blank()) {
            sheet.rows.push(vec![owned(named(table)), owned(label(field, unlabelled)), cells::of_field(&field.cell)]);
        }
    }
    (!sheet.rows.is_empty()).then_some(sheet)
}

/// The texts that stand outside the tables of the plan's workbook.
fn other_texts<'doc>(document: &'doc Document, name: String) -> Option<Sheet<'doc>> {
    let mut sheet = Sheet::new(name, "Other text of the plan's workbook".to_owned());
    sheet.holds = "Text that stands outside the tables".to_owned();
    sheet.say("Text that stands outside the tables of the plan's workbook, sheet by sheet in reading order.".to_owned());
    sheet.headings(["Sheet", "Text"]);
    for texts in document.loose.chunk_by(|a, b| a.sheet == b.sheet && a.row == b.row) {
        let said: Vec<&str> = texts.iter().map(|text| text.cell.text.trim()).filter(|text| !text.is_empty()).collect();
        if !said.is_empty() {
            sheet.rows.push(vec![owned(texts[0].sheet.to_string()), owned(said.join(" "))]);
        }
    }
    (!sheet.rows.is_empty()).then_some(sheet)
}

/// What a table is called in words: its name, or that it has none.
fn named(table: &Table) -> String {
    let name = one_line(table.title());
    if name.is_empty() { "A table without a name".to_owned() } else { name }
}

/// The label of a value without its colon.
fn label(field: &Field, unlabelled: &str) -> String {
    let label = one_line(field.label.trim().trim_end_matches(':'));
    if label.is_empty() { unlabelled.to_owned() } else { label }
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many rows of its own kind a table has, in words: `34 actions in 35 lines`.
fn holds(report: &Report<'_>, table: &Table) -> String {
    let count = |kind: RowKind| table.rows.iter().filter(|row| row.kind == kind).count();
    let entries = count(RowKind::Entry);
    let some = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    match table.kind {
        TableKind::Plan => {
            let lines = report.insight.plan(table.id).map_or(entries, |plan| plan.counts.line_count);
            let actions = some(entries, "action", "actions");
            if lines == entries { actions } else { format!("{actions} in {}", some(lines, "line", "lines")) }
        }
        TableKind::Kpi => some(entries, "key performance indicator (KPI)", "key performance indicators (KPIs)"),
        TableKind::History => "counts by status over time".to_owned(),
        TableKind::Register => some(entries, "row", "rows"),
    }
}
