//! The sheet of statuses of a return: gives each column of statuses its scale back. Rows that name no column are left in the sheet.

use std::collections::BTreeMap;

use crate::{
    model::{Column, Meaning, Scale, Step, Table, TableId, Value},
    workbook::{
        RawRow, RawSheet,
        keys::{Part, RowKey, column_key},
        sentinels,
    },
};

/// Whether a sheet says what statuses stand for as a return does.
#[must_use]
pub(super) fn recognise(grid: &RawSheet) -> bool {
    grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == sentinels::SCALE_LINE)
}

/// Takes every word it understands out of the sheet and gives the columns their scales, and their cells what these say.
pub(super) fn read(grid: &mut RawSheet, tables: &mut [Table]) {
    let keys = std::mem::take(&mut grid.keys);
    let mut scales: BTreeMap<(usize, usize), (Vec<Step>, bool)> = BTreeMap::new();
    for (at, row) in grid.rows.iter_mut().enumerate() {
        let heads = sentinels::SCALE_HEADINGS.iter().zip(0..).all(|(heading, column)| row.text(column) == *heading);
        let key = keys.row(row.row);
        if at == 0 || heads {
            row.take_all();
        } else if let (Some(place), Some(step)) = (key.and_then(|key| column_of(&key, row, tables)), step(row)) {
            let (steps, offered) = scales.entry(place).or_default();
            steps.push(step);
            *offered |= row.text(5) == sentinels::OFFERED;
            row.cells.retain(|cell| usize::from(cell.column) >= sentinels::SCALE_HEADINGS.len());
        }
    }
    grid.rows.retain(|row| !row.is_blank());
    for ((table, column), (steps, offered)) in scales {
        give(&mut tables[table], column, Scale::of(steps), offered);
    }
}

/// The column that a row is of, by its key and the column's own.
fn column_of(key: &RowKey, row: &RawRow, tables: &[Table]) -> Option<(usize, usize)> {
    let RowKey { table, part: Part::Above } = *key else { return None };
    let of_column = row.text(6);
    let named = |id: TableId| tables.iter().position(|held| held.id == id);
    let at = named(table)?;
    tables[at].columns.iter().position(|column| column_key(column.id) == of_column).map(|column| (at, column))
}

fn step(row: &RawRow) -> Option<Step> {
    let meaning = Meaning::ALL.into_iter().find(|meaning| meaning.word().eq_ignore_ascii_case(row.text(3).trim()))?;
    let colour =
        row.text(4).trim().strip_prefix('#').and_then(|digits| u32::from_str_radix(digits, 16).ok()).filter(|rgb| *rgb <= 0xFF_FFFF);
    let text = row.text(1).trim();
    (!text.is_empty()).then(|| Step { text: text.into(), also: row.text(2).trim().into(), meaning, colour })
}

/// Gives a column its scale, and its cells what that says of their words. What the return offers without its owner offering it is its own.
fn give(table: &mut Table, at: usize, scale: Scale, offered: bool) {
    let column = &mut table.columns[at];
    column.scale = scale;
    if !offered {
        column.choices.clear();
    }
    let column: &Column = &table.columns[at];
    let meant: Vec<(usize, Value)> = table
        .rows
        .iter()
        .enumerate()
        .filter_map(|(position, row)| {
            let cell = row.cells.get(at).filter(|cell| matches!(cell.value, Value::Text | Value::Status(_) | Value::Number(_)))?;
            let value = column.scale.meaning(&cell.text)?.status().map_or(Value::Text, Value::Status);
            (value != cell.value).then_some((position, value))
        })
        .collect();
    for (position, value) in meant {
        let cell = &mut table.rows[position].cells[at];
        (cell.value, cell.format) = (value, None);
    }
}
