//! What was edited since a document was read from its workbook, as edits of the workbook's own sheets. Writes nothing.

mod after;
mod approach;
mod cells;
mod columns;
mod order;
mod painting;
mod template;
mod theirs;

use std::{borrow::Cow, collections::BTreeMap};

pub use after::after;
pub use columns::NewColumns;
pub use order::{Placed, RowOrder};
pub use theirs::{Overlap, Theirs, rows_moved, theirs};

use crate::{
    model::{Cell, Column, ColumnId, Document, Row, RowId, Table, TableId},
    workbook::patch::{CellEdit, NewContent, SheetEdits},
};

/// What of a table was edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    Cell(RowId, ColumnId),
    /// A labelled value above the columns, by its position,
    Header(usize),
    /// of a section,
    Section(RowId, usize),
    /// of the summary.
    Summary(usize),
    Title,
    /// What a column is called.
    Heading(ColumnId),
    /// A cell outside the tables.
    Outside,
}

/// A value of a document that was edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    pub table: TableId,
    pub target: Target,
    /// Where it stood in its sheet, zero-based; nothing for a cell of a new row.
    pub was: Option<(u32, u32)>,
    /// What its column is called, or its field.
    pub heading: String,
    pub before: String,
    pub after: String,
}

/// What is to be written into one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetChanges {
    pub edits: SheetEdits,
    /// What each of the cells is, in the same order.
    pub cells: Vec<Edited>,
    /// How the rows of the sheet are to stand, where that changes.
    pub order: Option<RowOrder>,
    /// The columns that are put into it.
    pub columns: Option<NewColumns>,
}

/// Something that was edited and cannot be written into the workbook, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    pub what: String,
    pub why: Cow<'static, str>,
}

/// All that was edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    pub sheets: Vec<SheetChanges>,
    pub unwritable: Vec<Unwritable>,
}

/// The changes of the tables of one workbook: as they were read, and as they are now. A table that is gone stays in the workbook. On some
/// sheets no row is added, deleted or moved, and on some no column is added.
#[must_use]
pub fn changes(base: &[Table], now: &Document, (rows_stay, columns_stay): (&[String], &[String])) -> Changes {
    let mut changes = Changes::default();
    let mut sheets: BTreeMap<String, SheetChanges> = BTreeMap::new();
    for before in base {
        let Some(after) = now.table(before.id) else { continue };
        for (sheet, order) in order::orders(before, after).into_iter().filter(|(sheet, _)| !rows_stay.contains(sheet)) {
            sheets.entry(sheet).or_default().merge(order);
        }
        if let Some(new) = NewColumns::of(before, after).filter(|_| !columns_stay.contains(&before.sheet) && one_sheet(before)) {
            let held = sheets.entry(before.sheet.clone()).or_default();
            held.columns = Some(match held.columns.take() {
                Some(held) => held.and(new),
                None => new,
            });
        }
        columns(before, after, &mut changes.unwritable);
        approach::unwritable(before, after, &mut changes.unwritable);
    }
    for before in base {
        let Some(after) = now.table(before.id) else { continue };
        cells::collect(before, after, &mut sheets);
        approach::collect(before, after, &mut sheets);
    }
    for (name, mut sheet) in sheets {
        sheet.edits.sheet = name;
        sheet.edits.rows = sheet.order.as_ref().map(RowOrder::new_order);
        sheet.edits.columns = sheet.columns.as_ref().map(NewColumns::new_order);
        if !sheet.cells.is_empty() || sheet.order.is_some() || sheet.columns.is_some() {
            changes.sheets.push(sheet);
        }
    }
    changes
}

impl SheetChanges {
    /// Takes in how the rows of another table on the same sheet are to stand.
    fn merge(&mut self, order: RowOrder) {
        self.order = Some(match self.order.take() {
            Some(held) => held.and(order),
            None => order,
        });
    }

    /// Where a row of the sheet is to stand, zero-based; nothing where it goes.
    fn place(&self, row: u32) -> Option<u32> {
        self.order.as_ref().map_or(Some(row), |order| order.place(row))
    }

    /// Where a column of the sheet is to stand.
    fn column(&self, column: u32) -> u32 {
        self.columns.as_ref().map_or(column, |columns| columns.place(column))
    }

    /// Adds a cell outside the tables, which is written as a whole.
    pub fn outside(&mut self, row: u32, column: u32, content: NewContent, before: String) {
        self.edits.cells.retain(|cell| (cell.row, cell.column) != (row, column));
        let edit = CellEdit { row, column, content, before: None, paint: None, like: None, label: None };
        let edited = Edited {
            table: TableId(0),
            target: Target::Outside,
            was: Some((row, column)),
            heading: String::new(),
            before,
            after: String::new(),
        };
        self.push(edit, edited);
    }

    fn push(&mut self, edit: CellEdit, edited: Edited) {
        self.edits.cells.push(edit);
        self.cells.push(edited);
    }
}

/// Says which changes of columns cannot be written.
fn columns(before: &Table, after: &Table, unwritable: &mut Vec<Unwritable>) {
    let rows = |table: &Table| table.rows.iter().map(|row| row.id).collect::<Vec<_>>();
    if before.turned && rows(before) != rows(after) {
        let what = format!("the rows of {}", after.name);
        unwritable
            .push(Unwritable { what, why: "they are columns of the sheet, which are not added, moved or deleted. Do it in Excel".into() });
    }
    let named = |column: &Column| format!("the column “{}” of {}", column.heading, after.name);
    let (old, new) = (&before.columns, &after.columns);
    let fits = !before.turned && one_sheet(before) && !before.columns.is_empty();
    for column in old.iter().filter(|column| after.column_position(column.id).is_none()) {
        unwritable.push(Unwritable { what: named(column), why: "a column is not taken out of the workbook. Delete it in Excel".into() });
    }
    for column in new.iter().filter(|column| before.column_position(column.id).is_none() && !fits) {
        unwritable.push(Unwritable { what: named(column), why: "a new column cannot be put into it. Add it in Excel".into() });
    }
}

/// Whether all rows of a table stand on one sheet.
fn one_sheet(table: &Table) -> bool {
    table.rows.iter().all(|row| row.sheet.is_none())
}

/// The rows that may differ from those that were read, with their positions: none that is the very one that was, where the columns are.
fn unshared<'rows>(before: &'rows Table, after: &'rows Table) -> Vec<(usize, &'rows Row)> {
    let ids = |table: &Table| table.columns.iter().map(|column| column.id).collect::<Vec<_>>();
    if ids(before) == ids(after) { after.rows.unshared(&before.rows).collect() } else { after.rows.iter().enumerate().collect() }
}

/// The sheet that a row stands on.
fn sheet_of<'a>(table: &'a Table, row: &'a Row) -> &'a str {
    row.sheet.as_deref().unwrap_or(&table.sheet)
}

/// Whether a cell is to be written: the number behind it differs, or its text where it is none. How a number is shown is the workbook's.
fn differs(before: &Cell, after: &Cell) -> bool {
    match (before.stored(), after.stored()) {
        (Some(before), Some(after)) => before.number != after.number,
        (None, None) => before.text != after.text,
        (Some(_), None) | (None, Some(_)) => true,
    }
}
