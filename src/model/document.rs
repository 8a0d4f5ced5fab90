//! A document: the tables of the workbooks an owner opened together.

use std::{cell::OnceCell, collections::HashMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Cell, Column, Field, FrozenReturn, HighestId, Marking, Row, RowId, Table, TableId, TableKind, column_letters};

/// Everything an owner keeps in one file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub tables: Vec<Table>,
    /// What stands outside the tables of the workbooks, sheet by sheet in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub loose: Vec<LooseText>,
    /// The protective marking that everything written from it carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marking: Option<Marking>,
    /// By which a file that was written from it is known again; empty where it came from no file.
    #[serde(default, skip_serializing_if = "str::is_empty")]
    pub identity: Box<str>,
    /// The returns that were frozen, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frozen: Vec<FrozenReturn>,
    /// The ids of tables that are gone.
    #[serde(default, skip_serializing_if = "HighestId::is_none")]
    pub given_tables: HighestId,
}

/// A text of a workbook that is in no table: guidance, a remark below the plan, a sheet without one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LooseText {
    pub sheet: Arc<str>,
    /// Where it was read, zero-based.
    pub row: u32,
    pub column: u16,
    pub cell: Cell,
    /// Whether its owner hid it: its sheet, its row or its column.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// Where the cells of a document were read from.
#[derive(Debug)]
pub struct Addresses<'doc>(HashMap<&'doc str, Vec<Addressed<'doc>>>);

/// A table, and where its rows and columns stand by their numbers in the sheet once they were asked for.
#[derive(Debug)]
struct Addressed<'doc> {
    table: &'doc Table,
    rows: OnceCell<HashMap<u32, usize>>,
    columns: OnceCell<HashMap<String, usize>>,
}

impl<'doc> Addresses<'doc> {
    /// The cell that was read from a workbook address such as `Plan!C19`: its table and positions.
    #[must_use]
    pub fn cell_at(&self, address: &str) -> Option<(&'doc Table, usize, usize)> {
        let (sheet, cell) = address.rsplit_once('!')?;
        let (letters, digits) = cell.split_at(cell.find(|letter: char| letter.is_ascii_digit())?);
        let row: u32 = digits.parse().ok()?;
        self.0.get(sheet)?.iter().find_map(|Addressed { table, rows, columns }| {
            if table.turned {
                let column = table.columns.iter().position(|column| column.source + 1 == row)?;
                let named = |held: &Row| held.source.checked_sub(1).is_some_and(|at| column_letters(at) == letters);
                return Some((*table, table.rows.iter().position(named)?, column));
            }
            let named = |(at, column): (usize, &Column)| (column_letters(column.source), at);
            let column = *columns.get_or_init(|| table.columns.iter().enumerate().rev().map(named).collect()).get(letters)?;
            let numbered = |(at, row): (usize, &Row)| (row.source, at);
            let row = *rows.get_or_init(|| table.rows.iter().enumerate().rev().map(numbered).collect()).get(&row)?;
            Some((*table, row, column))
        })
    }
}

impl Document {
    /// A document of these tables, which have their ids.
    #[must_use]
    pub fn of(tables: Vec<Table>) -> Self {
        Self { tables, ..Self::default() }
    }

    /// The table with an id.
    #[must_use]
    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.iter().find(|table| table.id == id)
    }

    /// The tables of a kind, in order.
    pub fn of_kind(&self, kind: TableKind) -> impl Iterator<Item = &Table> {
        self.tables.iter().filter(move |table| table.kind == kind)
    }

    /// The header field with a label, in any case.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&Field> {
        self.tables.iter().flat_map(|table| &table.fields).find(|field| field.label.eq_ignore_ascii_case(label))
    }

    /// What the document is called, after its first plan or, without one, its first table.
    #[must_use]
    pub fn name(&self) -> &str {
        self.of_kind(TableKind::Plan).next().or(self.tables.first()).map_or("Untitled plan", Table::title)
    }

    /// Finds the cells that were read from workbook addresses.
    #[must_use]
    pub fn addresses(&self) -> Addresses<'_> {
        let mut sheets: HashMap<&str, Vec<Addressed<'_>>> = HashMap::new();
        for table in &self.tables {
            sheets.entry(&table.sheet).or_default().push(Addressed { table, rows: OnceCell::new(), columns: OnceCell::new() });
        }
        Addresses(sheets)
    }

    /// Ids for new tables, in order; no table of this document has had one of them.
    pub fn new_table_ids(&self) -> impl Iterator<Item = TableId> + use<> {
        self.given_tables.free(self.tables.iter().map(|table| table.id.0)).map(TableId)
    }

    /// Adds tables after those there are, with ids of their own.
    pub fn append(&mut self, tables: Vec<Table>) {
        let ids = self.new_table_ids();
        self.tables.extend(tables.into_iter().zip(ids).map(|(table, id)| Table { id, ..table }));
    }

    /// The same content with ids in order and no memory of where it was read, for comparing two documents.
    #[must_use]
    pub fn content(&self) -> Self {
        let mut copy = self.clone();
        copy.loose.iter_mut().for_each(|text| text.row = 0);
        copy.identity = Box::default();
        copy.frozen.clear();
        for (table, id) in copy.tables.iter_mut().zip(1..) {
            table.id = TableId(id);
            (table.given_rows, table.given_columns, table.heading_row) = (HighestId::default(), HighestId::default(), 0);
            for (column, id) in table.columns.iter_mut().zip(1..) {
                column.id = super::ColumnId(id);
                column.source = 0;
                column.width = 0.0;
            }
            let fields = table.fields.iter_mut().chain(&mut table.title).chain(table.summary.iter_mut().flat_map(|s| &mut s.lines));
            for field in fields.chain(table.rows.iter_mut().flat_map(|row| &mut row.fields)) {
                field.source = None;
            }
            let old_rules = std::mem::take(&mut table.rules);
            for (row, id) in table.rows.iter_mut().zip(1..) {
                if let Some(rule) = old_rules.get(&row.id) {
                    table.rules.insert(RowId(id), *rule);
                }
                row.id = RowId(id);
                row.source = 0;
                row.sheet = None;
            }
        }
        copy
    }
}
