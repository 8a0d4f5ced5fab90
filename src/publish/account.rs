//! What is in a return, what was left out of it and why, in plain words. Says nothing of how it is shown.

use std::collections::HashSet;

use crate::{
    model::{Document, LooseText, Marking, Row, RowKind, Table, TableKind},
    notes::{Code, Note},
};

use super::out_of_sight;

/// What is said before something is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The tables that are in it.
    pub tables: Vec<String>,
    /// What its owner hid in the workbook: left out of it, unless `with_hidden`.
    pub hidden: Vec<String>,
    pub with_hidden: bool,
    /// Whether there is anything to choose: something hidden that can be in it.
    pub has_choice: bool,
    /// The rows in it that only a filter keeps out of sight in the workbook.
    pub filtered: Vec<String>,
    /// How many cells of it were formulas, and are values now.
    pub formulas: usize,
    /// How many were counts by formulas, and are formulas again.
    pub counts: usize,
    /// How many rows of it go on in a row below, as Excel shows no more of one than 409 points.
    pub long_rows: usize,
    pub dropped: Dropped,
    /// What is said of its protective marking; empty where it has none.
    pub marking: String,
}

/// How much of what the workbook holds is not part of a return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Notes attached to cells.
    pub remarks: usize,
    /// Rows of texts outside the tables.
    pub outside: usize,
    pub macros: bool,
    pub links: bool,
    /// Hidden sheets that no table was read of.
    pub sheets: Vec<String>,
}

const IN_IT: &str = "In it";
const MARKED: &str = "Marked";
const LONG: &str = "Longer than Excel shows in a row, so going on in the row below";
const FILTERED: &str = "In it, although a filter keeps it out of sight in the workbook";

/// A heading with the lines below it.
pub type Section = (&'static str, Vec<String>);

impl Account {
    /// `whole` is the document with what is hidden, whose notes are given.
    pub(super) fn of((document, whole): (&Document, &Document), notes: &[Note], mut hidden: Vec<String>, with_hidden: bool) -> Self {
        let has = |code: Code| notes.iter().any(|note| note.code == code);
        let sheets: HashSet<&str> = notes.iter().filter(|note| note.code == Code::HiddenSheet).map(|note| &*note.place.address).collect();
        let in_sight = |note: &&Note| !note.place.address.rsplit_once('!').is_some_and(|(sheet, _)| sheets.contains(sheet));
        let has_choice = !hidden.is_empty();
        let mut unread: Vec<String> = sheets.iter().map(|sheet| sheet_out(sheet)).filter(|sheet| !hidden.contains(sheet)).collect();
        unread.sort();
        if !with_hidden {
            hidden.append(&mut unread);
        }
        let kept = whole.loose.chunk_by(|a, b| a.sheet == b.sheet).filter(|texts| !sheets.contains(&*texts[0].sheet)).map(rows).sum();
        Self {
            tables: document.tables.iter().map(holds).chain(texts(document)).collect(),
            hidden,
            with_hidden,
            has_choice,
            filtered: document.tables.iter().filter_map(filtered).collect(),
            formulas: document.tables.iter().map(formulas).sum(),
            counts: 0,
            long_rows: 0,
            dropped: Dropped {
                remarks: document.tables.iter().map(|table| table.remarks.len()).sum(),
                // An older file of the program's own tells of them in its notes alone.
                outside: notes.iter().filter(|note| note.code == Code::OutsideTables).filter(in_sight).count().saturating_sub(kept),
                macros: has(Code::Macros),
                links: has(Code::ExternalLink) || has(Code::DataConnection),
                sheets: unread,
            },
            marking: document.marking.as_ref().map_or_else(String::new, Marking::told),
        }
    }

    /// The same where so many of the cells that were formulas are formulas again.
    #[must_use]
    pub fn with_counts(self, counts: usize) -> Self {
        Self { counts, formulas: self.formulas.saturating_sub(counts), ..self }
    }

    /// The same where so many rows are longer than Excel shows in one.
    #[must_use]
    pub fn with_long_rows(self, long_rows: usize) -> Self {
        Self { long_rows, ..self }
    }

    /// All of it under headings; those with nothing below them are left out.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let hidden =
            if self.with_hidden { "In it, although hidden in the workbook" } else { "Left out, because it is hidden in the workbook" };
        let marking = (!self.marking.is_empty()).then(|| self.marking.clone());
        let formulas = counted(self.formulas, "cell that was a formula", "cells that were formulas");
        let counts = counted(self.counts, "count of statuses that was a formula", "counts of statuses that were formulas");
        let long = counted(self.long_rows, "row", "rows");
        let tables = if self.tables.is_empty() { vec!["nothing".to_owned()] } else { self.tables.clone() };
        let sections = [
            (IN_IT, tables),
            (MARKED, marking.into_iter().collect()),
            (hidden, self.hidden.clone()),
            (FILTERED, self.filtered.clone()),
            ("Counted anew", counts.into_iter().collect()),
            ("Written as values", formulas.into_iter().collect()),
            (LONG, long.into_iter().collect()),
            ("Not part of a return", self.dropped.lines()),
        ];
        sections.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
    }

    /// The same for a file of the program's own, which keeps everything.
    #[must_use]
    pub fn kept(&self) -> Vec<Section> {
        let hidden = ("Kept in it, although hidden in the workbook", self.hidden.clone());
        let sections = self.sections().into_iter().filter(|(title, _)| matches!(*title, IN_IT | MARKED | FILTERED));
        sections.chain([hidden]).filter(|(_, lines)| !lines.is_empty()).collect()
    }
}

impl Dropped {
    fn lines(&self) -> Vec<String> {
        let remarks = counted(self.remarks, "note attached to a cell", "notes attached to cells");
        let outside = counted(self.outside, "row outside the tables", "rows outside the tables");
        let macros = self.macros.then(|| "its macros".to_owned());
        let links = self.links.then(|| "its links to other data".to_owned());
        let sheets = self.sheets.iter().map(|sheet| format!("{sheet}, which is hidden and no table"));
        [remarks, outside, macros, links].into_iter().flatten().chain(sheets).collect()
    }
}

/// What a hidden sheet is called among what is left out.
pub(crate) fn sheet_out(sheet: &str) -> String {
    format!("the sheet “{sheet}”")
}

/// How many there are, in words; none where there are none.
fn counted(count: usize, one: &str, several: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {several}")),
    }
}

/// A table by its name and how much it holds.
fn holds(table: &Table) -> String {
    let count = table.rows.iter().filter(|row| row.kind == RowKind::Entry).count();
    let word = match (table.kind, count) {
        (TableKind::Plan, 1) => "action",
        (TableKind::Plan, _) => "actions",
        (TableKind::Kpi, 1) => "KPI",
        (TableKind::Kpi, _) => "KPIs",
        (TableKind::History | TableKind::Register, 1) => "row",
        (TableKind::History | TableKind::Register, _) => "rows",
    };
    let sheet = if table.sheet == table.name { String::new() } else { format!(" (sheet “{}”)", table.sheet) };
    format!("“{}”{sheet}: {count} {word}", table.name)
}

/// The texts outside the tables, sheet by sheet.
fn texts(document: &Document) -> impl Iterator<Item = String> {
    document.loose.chunk_by(|a, b| a.sheet == b.sheet).map(|texts| match rows(texts) {
        1 => format!("“{}”: 1 line of text outside the tables", texts[0].sheet),
        count => format!("“{}”: {count} lines of text outside the tables", texts[0].sheet),
    })
}

/// How many rows some texts stand in.
fn rows(texts: &[LooseText]) -> usize {
    texts.chunk_by(|a, b| a.sheet == b.sheet && a.row == b.row).count()
}

fn filtered(table: &Table) -> Option<String> {
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.filtered && !row.hidden && row.source > 0).collect();
    let numbers: Vec<u32> = rows.iter().map(|row| row.source).collect();
    let count = out_of_sight(table).1;
    (!numbers.is_empty()).then(|| format!("{} of “{}” ({count} of its {})", table.sheet_rows(&numbers), table.name, total(table)))
}

fn total(table: &Table) -> String {
    let whole = holds(table);
    whole.rsplit_once(": ").map_or(whole.clone(), |(_, count)| count.to_owned())
}

fn formulas(table: &Table) -> usize {
    let lines = table.summary.iter().flat_map(|summary| &summary.lines);
    let above = table.title.iter().chain(&table.fields).chain(lines);
    let in_rows = table.rows.iter().flat_map(|row| row.cells.iter().chain(row.fields.iter().map(|field| &field.cell)));
    in_rows.chain(above.map(|field| &field.cell)).filter(|cell| cell.formula).count()
}
