//! The one place where a loaded document changes.

use super::change::{Change, FieldPlace};
use crate::model::{Cell, Document, Field, RowId, Table, TableId};

/// Makes a change and returns the one that takes it back. A change whose place is gone does nothing and returns `None`.
pub fn apply(document: &mut Document, change: Change) -> Option<Change> {
    match change {
        Change::InsertTable { at, table } => {
            let id = table.id;
            document.tables.insert(at.min(document.tables.len()), *table);
            Some(Change::RemoveTable { table: id })
        }
        Change::RemoveTable { table } => {
            let at = document.tables.iter().position(|t| t.id == table)?;
            document.given_tables.raise(table.0);
            Some(Change::InsertTable { at, table: Box::new(document.tables.remove(at)) })
        }
        Change::SetLoose { loose } => Some(Change::SetLoose { loose: std::mem::replace(&mut document.loose, loose) }),
        Change::SetCell { table, row, column, cell } => {
            let held = table_mut(document, table)?;
            let (at, column_at) = (held.position(row)?, held.column_position(column)?);
            let old = std::mem::replace(held.rows[at].cells.get_mut(column_at)?, cell);
            Some(Change::SetCell { table, row, column, cell: old })
        }
        Change::SetField { table, field, cell } => {
            let old = std::mem::replace(&mut field_mut(table_mut(document, table)?, field)?.cell, cell);
            Some(Change::SetField { table, field, cell: old })
        }
        Change::SetWidth { table, column, width } => {
            let held = table_mut(document, table)?;
            let at = held.column_position(column)?;
            let old = std::mem::replace(&mut held.columns[at].width, width);
            Some(Change::SetWidth { table, column, width: old })
        }
        Change::SetScale { table, column, scale } => {
            let held = table_mut(document, table)?;
            let at = held.column_position(column)?;
            let old = std::mem::replace(&mut held.columns[at].scale, scale);
            Some(Change::SetScale { table, column, scale: old })
        }
        Change::SetRule { table, row, rule } => {
            let held = table_mut(document, table)?;
            held.position(row)?;
            let rules = &mut held.rules;
            let old = match rule {
                Some(rule) => rules.insert(row, rule),
                None => rules.remove(&row),
            };
            Some(Change::SetRule { table, row, rule: old })
        }
        Change::SetMarking(marking) => Some(Change::SetMarking(std::mem::replace(&mut document.marking, marking))),
        Change::SetFrozen(frozen) => Some(Change::SetFrozen(std::mem::replace(&mut document.frozen, frozen))),
        change => apply_to_rows(document, change),
    }
}

/// Changes that put in, take out or move rows and columns.
fn apply_to_rows(document: &mut Document, change: Change) -> Option<Change> {
    match change {
        Change::InsertRow { table, at, row } => {
            let held = table_mut(document, table)?;
            let id = row.id;
            held.rows.insert(at.min(held.rows.len()), row);
            Some(Change::RemoveRow { table, row: id })
        }
        Change::PutRowBack { table, at, row, rule, remarks } => {
            let held = table_mut(document, table)?;
            let id = row.id;
            held.rows.insert(at.min(held.rows.len()), row);
            held.rules.extend(rule.map(|rule| (id, rule)));
            for (place, remark) in remarks {
                held.remarks.insert(place.min(held.remarks.len()), remark);
            }
            Some(Change::RemoveRow { table, row: id })
        }
        Change::RemoveRow { table, row } => remove_row(table_mut(document, table)?, row),
        Change::MoveRow { table, row, to } => {
            let held = table_mut(document, table)?;
            let from = held.position(row)?;
            let to = to.min(held.rows.len() - 1);
            held.rows.relocate(from, to);
            Some(Change::MoveRow { table, row, to: from })
        }
        Change::OrderRows { table, rows } => {
            let held = table_mut(document, table)?;
            let before = held.rows.put_in_order(&rows);
            Some(Change::OrderRows { table, rows: before })
        }
        Change::InsertColumn { table, at, column, cells } => {
            let held = table_mut(document, table)?;
            let (id, at) = (column.id, at.min(held.columns.len()));
            held.columns.insert(at, column);
            let mut cells = cells.into_iter();
            for row in held.rows.iter_mut().filter(|row| row.cells.len() >= at && row.fields.is_empty()) {
                row.cells.insert(at, cells.next().unwrap_or_default());
            }
            Some(Change::RemoveColumn { table, column: id })
        }
        Change::MoveColumn { table, column, to } => {
            let held = table_mut(document, table)?;
            let (from, to) = (held.column_position(column)?, to.min(held.columns.len() - 1));
            let count = held.columns.len();
            let moved = held.columns.remove(from);
            held.columns.insert(to, moved);
            for row in held.rows.iter_mut().filter(|row| row.cells.len() == count) {
                let moved = row.cells.remove(from);
                row.cells.insert(to, moved);
            }
            Some(Change::MoveColumn { table, column, to: from })
        }
        Change::RemoveColumn { table, column } => {
            let held = table_mut(document, table)?;
            let at = held.column_position(column)?;
            held.given_columns.raise(column.0);
            let rows = held.rows.iter_mut().filter(|row| row.fields.is_empty() && row.cells.len() > at);
            let cells: Vec<Cell> = rows.map(|row| row.cells.remove(at)).collect();
            Some(Change::InsertColumn { table, at, column: held.columns.remove(at), cells })
        }
        _ => None,
    }
}

/// Takes a row out with what hangs on it.
fn remove_row(table: &mut Table, row: RowId) -> Option<Change> {
    let at = table.position(row)?;
    table.given_rows.raise(row.0);
    let rule = table.rules.remove(&row);
    let remarks = table.remarks.iter().enumerate().filter(|(_, remark)| remark.row == row);
    let remarks: Vec<_> = remarks.map(|(place, remark)| (place, remark.clone())).collect();
    if !remarks.is_empty() {
        table.remarks.retain(|remark| remark.row != row);
    }
    Some(Change::PutRowBack { table: table.id, at, row: table.rows.remove(at), rule, remarks })
}

fn table_mut(document: &mut Document, id: TableId) -> Option<&mut Table> {
    document.tables.iter_mut().find(|table| table.id == id)
}

fn field_mut(table: &mut Table, place: FieldPlace) -> Option<&mut Field> {
    match place {
        FieldPlace::Header(at) => table.fields.get_mut(at),
        FieldPlace::Summary(at) => table.summary.as_mut()?.lines.get_mut(at),
        FieldPlace::Section(row, at) => {
            let position = table.position(row)?;
            table.rows[position].fields.get_mut(at)
        }
    }
}
