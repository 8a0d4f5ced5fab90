//! One text or date put into many cells at once, as changes.

use jiff::civil::Date;

use super::{Area, cell_at};
use crate::{
    edit::Change,
    model::{Cell, Role, RowKind, Table, Value, kinds::Kind},
};

/// Puts what typing a text makes into every cell of an area.
#[must_use]
pub fn text(table: &Table, area: &Area, text: &str) -> Vec<Change> {
    let cells = area.open(table);
    cells.filter_map(|(row, column)| change(table, row, column, table.columns[column].enter(text))).collect()
}

/// Puts a day into every cell of an area.
#[must_use]
pub fn day(table: &Table, area: &Area, day: Date) -> Vec<Change> {
    text(table, area, &as_typed(day))
}

/// A day as its owner would type it.
#[must_use]
pub fn as_typed(day: Date) -> String {
    day.strftime("%d/%m/%Y").to_string()
}

/// Puts a text into the first column of a role, in every row of an area that has a cell of its own there.
#[must_use]
pub fn in_role(table: &Table, area: &Area, role: Role, typed: &str) -> Vec<Change> {
    let Some(column) = table.role_position(role) else { return Vec::new() };
    text(table, &Area { rows: area.rows.clone(), columns: column..column + 1 }, typed)
}

/// Moves every date in the rows of an area by months; also how many dates could not be moved, as they stand in words.
#[must_use]
pub fn months(table: &Table, area: &Area, months: i32) -> (Vec<Change>, usize) {
    let dates = (0..table.columns.len()).filter(|&at| table.columns[at].kind == Kind::Date);
    let (mut changes, mut left) = (Vec::new(), 0);
    for column in dates {
        for (row, column) in (Area { rows: area.rows.clone(), columns: column..column + 1 }).open(table) {
            let Some(cell) = cell_at(table, row, column).filter(|cell| cell.when().and_then(crate::model::When::first_day).is_some())
            else {
                continue;
            };
            match crate::model::kinds::moved(cell, months) {
                Some(moved) => changes.extend(change(table, row, column, moved)),
                None => left += 1,
            }
        }
    }
    (changes, left)
}

/// The change that puts a cell somewhere; `None` when it stands there already.
#[must_use]
pub fn change(table: &Table, row: usize, column: usize, cell: Cell) -> Option<Change> {
    let old = cell_at(table, row, column)?;
    let same = old.text == cell.text && old.value != Value::Merged;
    (!same).then(|| Change::SetCell { table: table.id, row: table.rows[row].id, column: table.columns[column].id, cell })
}

/// What a step over some cells is called: `Clear Lead of 1.1.1`, `Clear 12 cells`.
#[must_use]
pub fn name(what: &str, table: &Table, changes: &[Change]) -> String {
    match changes {
        [Change::SetCell { row, column, .. }] => {
            let (Some(row), Some(column)) = (table.position(*row), table.column_position(*column)) else { return what.to_owned() };
            let held = &table.rows[row];
            let of = table.entry_of(row).filter(|_| held.kind == RowKind::Line).unwrap_or(held);
            format!("{what} {} of {}", table.heading(column), table.name_of(of))
        }
        _ => format!("{what} {} cells", changes.len()),
    }
}
