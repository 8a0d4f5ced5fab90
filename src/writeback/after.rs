//! The tables as they stand in a workbook once edits were written into it: the base of what is edited next. Writes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Changes, NewColumns, RowOrder, SheetChanges, Target, sheet_of};
use crate::model::{Cell, Column, ColumnId, Document, Field, Row, Rows, Table, TableId};

/// The tables that were read, after changes of which some were refused: by the sheet's place among the changes and the cell's among its own.
#[must_use]
pub fn after(base: &[Table], now: &Document, changes: &Changes, refused: &HashSet<(usize, usize)>) -> Vec<Table> {
    let sheets: BTreeMap<&str, &SheetChanges> = changes.sheets.iter().map(|sheet| (sheet.edits.sheet.as_str(), sheet)).collect();
    let mut tables: Vec<Table> = base.iter().map(|table| ordered(table, now.table(table.id).unwrap_or(table), &sheets)).collect();
    for (at, sheet) in changes.sheets.iter().enumerate() {
        for (_, edited) in sheet.cells.iter().enumerate().filter(|(place, _)| !refused.contains(&(at, *place))) {
            let held = tables.iter_mut().find(|table| table.id == edited.table);
            if let (Some(held), Some(table)) = (held, now.table(edited.table)) {
                take(held, table, edited.target);
            }
        }
    }
    tables
}

/// Takes over what was written.
fn take(held: &mut Table, now: &Table, target: Target) {
    let field = |held: Option<&mut Field>, now: Option<&Field>| {
        if let (Some(held), Some(now)) = (held, now) {
            held.cell = now.cell.clone();
        }
    };
    match target {
        Target::Cell(row, column) => {
            let new = now.row(row).zip(now.column_position(column)).and_then(|(row, at)| row.cells.get(at));
            let place = held.position(row).zip(held.column_position(column));
            if let (Some(new), Some((row, at))) = (new, place)
                && let Some(cell) = held.rows[row].cells.get_mut(at)
            {
                *cell = new.clone();
            }
        }
        Target::Header(at) => field(held.fields.get_mut(at), now.fields.get(at)),
        Target::Title => field(held.title.as_mut(), now.title.as_ref()),
        Target::Summary(at) => {
            let new = now.summary.as_ref().and_then(|summary| summary.lines.get(at));
            field(held.summary.as_mut().and_then(|summary| summary.lines.get_mut(at)), new);
        }
        Target::Section(row, at) => {
            let new = now.row(row).and_then(|row| row.fields.get(at));
            if let Some(place) = held.position(row) {
                field(held.rows[place].fields.get_mut(at), new);
            }
        }
        Target::Heading(column) => {
            let new = now.column_position(column).map(|at| now.columns[at].heading.clone());
            if let (Some(at), Some(new)) = (held.column_position(column), new) {
                held.columns[at].heading = new;
            }
        }
        Target::Outside => {}
    }
}

/// A table with its rows where they stand now.
fn ordered(base: &Table, now: &Table, sheets: &BTreeMap<&str, &SheetChanges>) -> Table {
    let mut table = base.clone();
    let place = |sheet: &str, row: u32| sheets.get(sheet).map_or(Some(row), |sheet| sheet.place(row));
    let fields = table.fields.iter_mut().chain(&mut table.title).chain(table.summary.iter_mut().flat_map(|summary| &mut summary.lines));
    for field in fields {
        field.source = field.source.and_then(|(row, column)| Some((place(&base.sheet, row)?, column)));
    }
    table.heading_row = base.heading_row.checked_sub(1).and_then(|row| place(&base.sheet, row)).map_or(0, |row| row + 1);
    put_columns(&mut table, now, sheets.get(base.sheet.as_str()).and_then(|sheet| sheet.columns.as_ref()));
    let (base, columns) = (&table.clone(), table.columns.len());
    let ordered = |sheet: &str| sheets.get(sheet).is_some_and(|sheet| sheet.order.is_some());
    if !base.rows.iter().any(|row| ordered(sheet_of(base, row))) && !ordered(&base.sheet) {
        return table;
    }
    let mut rows = Rows::default();
    for row in &now.rows {
        let held = base.row(row.id).and_then(|held| moved(held, |row| place(sheet_of(base, held), row)));
        rows.extend(
            held.or_else(|| sheets.iter().find_map(|(sheet, changes)| added(base, row, (now.id, columns), sheet, changes.order.as_ref()?))),
        );
    }
    table.rows = rows;
    table
}

/// A row that is new in a sheet. It holds nothing until its cells were written; an approach holds what the one does that it is a copy of.
fn added(base: &Table, row: &Row, (table, columns): (TableId, usize), sheet: &str, order: &RowOrder) -> Option<Row> {
    let id = (table, row.id);
    let place = order.new_place(id)?;
    let like = order.template(id).and_then(|like| Some(&base.rows[base.position(like)?]));
    let field = |(at, field): (usize, &Field)| {
        let held = like.and_then(|like| like.fields.get(at));
        let source = held.and_then(|held| held.source).and_then(|(row, column)| Some((order.copy_place(id, row)?, column)));
        Field { cell: held.map_or_else(Cell::default, |held| held.cell.clone()), source, ..field.clone() }
    };
    let cells = if row.cells.is_empty() { Vec::new() } else { vec![Cell::default(); columns] };
    let sheet = (sheet != base.sheet).then(|| sheet.into());
    Some(Row { cells, fields: row.fields.iter().enumerate().map(field).collect(), source: place + 1, sheet, ..row.clone() })
}

/// Puts new columns into a table, still without their cells, and gives all their places.
fn put_columns(table: &mut Table, now: &Table, new: Option<&NewColumns>) {
    let Some(new) = new else { return };
    for field in table.fields.iter_mut().chain(&mut table.title).chain(table.summary.iter_mut().flat_map(|summary| &mut summary.lines)) {
        field.source = field.source.map(|(row, column)| (row, new.place(column)));
    }
    let held: HashMap<ColumnId, usize> = table.columns.iter().enumerate().map(|(at, column)| (column.id, at)).collect();
    let place = |column: &Column| match held.get(&column.id) {
        Some(at) => Some(new.place(table.columns[*at].source)),
        None => new.new_place((now.id, column.id)),
    };
    let columns: Vec<Column> = now
        .columns
        .iter()
        .filter_map(|column| {
            let heading = held.get(&column.id).map_or_else(Box::default, |at| table.columns[*at].heading.clone());
            Some(Column { source: place(column)?, heading, ..column.clone() })
        })
        .collect();
    for row in table.rows.iter_mut() {
        row.fields.iter_mut().for_each(|field| field.source = field.source.map(|(row, column)| (row, new.place(column))));
        if !row.cells.is_empty() {
            let cell = |column: &Column| held.get(&column.id).and_then(|at| row.cells.get(*at)).cloned().unwrap_or_default();
            row.cells = columns.iter().map(cell).collect();
        }
    }
    table.columns = columns;
}

/// A row with its own place and those of its words.
fn moved(row: &Row, place: impl Fn(u32) -> Option<u32>) -> Option<Row> {
    let mut row = row.clone();
    if row.source > 0 {
        row.source = place(row.source - 1)? + 1;
    }
    for field in &mut row.fields {
        field.source = field.source.and_then(|(at, column)| Some((place(at)?, column)));
    }
    Some(row)
}
