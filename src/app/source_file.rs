//! A workbook that a document was read from: what it was then, by which edits find their way back into it. Reads and writes nothing.

use std::path::{Path, PathBuf};

use super::{own_file::Unwritten, receipt::Receipt};
use crate::{
    model::{Cell, Document, Row, Stored, Table, TableId, show_number},
    store::Fingerprint,
    writeback::Theirs,
};

/// A workbook that tables of the document came from.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    pub path: PathBuf,
    /// What it was when it was read or written last.
    pub known: Fingerprint,
    /// Its tables as they stand in it.
    pub tables: Vec<Table>,
    /// The same before others' changes of it were taken in, which Undo brings back.
    pub earlier: Vec<(Fingerprint, Vec<Table>)>,
}

impl SourceFile {
    /// A workbook as it was read.
    #[must_use]
    pub fn new(path: PathBuf, known: Fingerprint, tables: Vec<Table>) -> Self {
        Self { path, known, tables, earlier: Vec::new() }
    }

    /// The workbook as the tables of a document know it: where Undo brought back those of before others' changes were taken in, it is one
    /// that others have changed.
    #[must_use]
    pub fn known_to(&self, document: &Document) -> Self {
        let holds = |tables: &[Table]| tables.iter().any(|table| document.table(table.id).is_some());
        let earlier = self.earlier.iter().rev().find(|(_, tables)| !holds(&self.tables) && holds(tables));
        earlier.map_or_else(|| self.clone(), |(known, tables)| Self { known: known.clone(), tables: tables.clone(), ..self.clone() })
    }

    /// Takes in the workbook as others have saved it.
    pub fn take(&mut self, known: Fingerprint, tables: Vec<Table>) {
        let before = (std::mem::replace(&mut self.known, known), std::mem::replace(&mut self.tables, tables));
        self.earlier.push(before);
    }

    /// Whether edits can be written into it: only Excel's own workbooks take them.
    #[must_use]
    pub fn takes_edits(&self) -> bool {
        takes_edits(&self.path)
    }
}

/// Whether edits can be written into a file of this name.
#[must_use]
pub fn takes_edits(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ["xlsx", "xlsm"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// A workbook that edits were written into.
#[derive(Debug)]
pub struct SavedBack {
    pub file: SourceFile,
    pub receipt: Receipt,
    /// Where the workbook is kept as it was before.
    pub kept: Option<PathBuf>,
}

/// What became of saving into the workbooks: those that were written, and why the next one was not.
#[derive(Debug)]
pub struct SaveBack {
    pub saved: Vec<SavedBack>,
    pub failed: Option<(PathBuf, Unwritten)>,
    /// What others did to that one, where it was changed.
    pub theirs: Option<Theirs>,
}

/// Shows the values that formulas have now, by their places, in a document and in the tables as they stand in the workbook.
pub(super) fn take_values(document: &mut Document, tables: &mut [Table], values: &[(String, String)]) {
    let places: Vec<(TableId, usize, usize, &str)> = {
        let addresses = document.addresses();
        let found = values.iter().filter_map(|(place, text)| {
            let (table, row, column) = addresses.cell_at(place)?;
            Some((table.id, row, column, text.as_str()))
        });
        found.collect()
    };
    for (id, row, column, text) in places {
        let Some(table) = document.tables.iter_mut().find(|table| table.id == id) else { continue };
        let kind = table.columns[column].kind;
        let row_id = table.rows[row].id;
        let Some(cell) = table.rows[row].cells.get_mut(column) else { continue };
        let number = text.parse::<f64>().ok().zip(cell.format.clone());
        let (text, stored) = match number {
            Some((number, format)) => (show_number(number, &format), Some(Stored { number, format })),
            None => (text.to_owned(), None),
        };
        *cell = Cell { formula: true, ..kind.read(text.into(), stored) };
        let cell = cell.clone();
        let held = tables.iter_mut().find(|table| table.id == id);
        if let Some(held) = held
            && let Some(at) = held.position(row_id)
            && let Some(held) = held.rows[at].cells.get_mut(column)
        {
            *held = cell;
        }
    }
}

/// Gives the rows and labelled values of a document their places in the workbooks, as they stand there now.
pub(super) fn take_places(document: &mut Document, tables: &[Table]) {
    for held in tables {
        let Some(table) = document.tables.iter_mut().find(|table| table.id == held.id) else { continue };
        table.heading_row = held.heading_row;
        for column in &held.columns {
            table.columns.iter_mut().filter(|own| own.id == column.id).for_each(|own| own.source = column.source);
        }
        for row in &held.rows {
            // A row is taken out of those that it shares with a snapshot only where something of it differs.
            let differs = |own: &Row| {
                let fields = || own.fields.iter().zip(&row.fields);
                (own.source, &own.sheet) != (row.source, &row.sheet) || fields().any(|(own, held)| own.source != held.source)
            };
            let place = table.position(row.id).filter(|at| differs(&table.rows[*at]));
            if let Some(at) = place {
                table.rows[at].source = row.source;
                table.rows[at].sheet.clone_from(&row.sheet);
                let fields = table.rows[at].fields.iter_mut().zip(&row.fields);
                fields.for_each(|(field, held)| field.source = held.source);
            }
        }
        table.fields.iter_mut().zip(&held.fields).for_each(|(field, held)| field.source = held.source);
        let lines = table.summary.iter_mut().zip(&held.summary).flat_map(|(summary, held)| summary.lines.iter_mut().zip(&held.lines));
        lines.for_each(|(field, held)| field.source = held.source);
    }
}
