//! Edits and a workbook that somebody else has saved meanwhile: which of them still find the cell they are of as it was. Writes nothing.

use std::collections::HashMap;

use super::{Changes, SheetChanges, sheet_of};
use crate::{
    model::{Cell, Role, Row, Table, in_plain_form, place_of},
    workbook::{RawSheet, patch::NewContent},
};

/// How many of the cells that only others changed are told.
const MOST_TOLD: usize = 1_000;

/// A cell that was changed here and there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlap {
    pub place: String,
    pub mine: String,
    pub theirs: String,
}

/// What others did to a workbook, beside the edits that are to be written into it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theirs {
    /// The cells that were changed on both sides.
    pub overlaps: Vec<Overlap>,
    /// The cells of the tables that only they changed: where, before and after.
    pub changed: Vec<[String; 3]>,
    /// The edits that no longer have a place, in words.
    pub lost: Vec<String>,
}

/// Moves edits to where their cells stand in a workbook that others have saved. Those of cells that they changed as well are left out
/// unless `mine_wins`; so are those without a place.
pub fn theirs(base: &[Table], changes: &mut Changes, grids: &[RawSheet], mine_wins: bool) -> Theirs {
    let mut met = Theirs::default();
    let grids: HashMap<&str, &RawSheet> = grids.iter().map(|grid| (grid.sheet.as_str(), grid)).collect();
    for table in base {
        let Some(grid) = grids.get(table.sheet.as_str()) else { continue };
        changed(table, grid, &mut met.changed);
    }
    for sheet in &mut changes.sheets {
        let grid = grids.get(sheet.edits.sheet.as_str()).copied();
        settle(base, sheet, grid, mine_wins, &mut met);
    }
    changes.sheets.retain(|sheet| !sheet.cells.is_empty() || sheet.order.is_some());
    let both: Vec<&str> = met.overlaps.iter().map(|overlap| overlap.place.as_str()).collect();
    met.changed.retain(|[place, ..]| !both.contains(&place.as_str()));
    met
}

/// The sheets whose rows are to be moved and were moved by others as well.
#[must_use]
pub fn rows_moved(base: &[Table], changes: &Changes, grids: &[RawSheet]) -> Vec<String> {
    let ordered = changes.sheets.iter().filter(|sheet| sheet.order.is_some()).map(|sheet| sheet.edits.sheet.as_str());
    let moved = |sheet: &&str| {
        let grid = grids.iter().find(|grid| grid.sheet == *sheet);
        base.iter().any(|table| {
            let rows = table.rows.iter().filter(|row| row.source > 0 && sheet_of(table, row) == *sheet);
            rows.into_iter().any(|row| grid.and_then(|grid| found(table, row, grid)) != Some(row.source - 1))
        })
    };
    ordered.filter(moved).map(str::to_owned).collect()
}

fn settle(base: &[Table], sheet: &mut SheetChanges, grid: Option<&RawSheet>, mine_wins: bool, met: &mut Theirs) {
    let kept: Vec<bool> = (0..sheet.cells.len()).map(|at| keeps(base, sheet, at, grid, mine_wins, met)).collect();
    let mut kept_edits = kept.iter();
    sheet.edits.cells.retain(|_| kept_edits.next().is_some_and(|kept| *kept));
    let mut kept_cells = kept.iter();
    sheet.cells.retain(|_| kept_cells.next().is_some_and(|kept| *kept));
}

/// Whether an edit is written, and where.
fn keeps(base: &[Table], sheet: &mut SheetChanges, at: usize, grid: Option<&RawSheet>, mine_wins: bool, met: &mut Theirs) -> bool {
    let (edited, name) = (&sheet.cells[at], sheet.edits.sheet.clone());
    let edit = &mut sheet.edits.cells[at];
    let Some((row, column)) = edited.was else { return sheet.order.is_some() };
    let table = base.iter().find(|table| table.id == edited.table && !table.turned);
    let held = table.and_then(|table| Some((table, table.rows.iter().find(|held| held.source == row + 1)?)));
    let place = grid.and_then(|grid| match held {
        Some((table, held)) => found(table, held, grid),
        None => Some(row),
    });
    let (Some(grid), Some(place)) = (grid, place) else {
        met.lost.push(format!("{}: its row is no longer there", place_of(&name, row, column)));
        return false;
    };
    if sheet.order.is_none() {
        edit.row = place;
    }
    let now = text(grid, place, column);
    let mine = match &edit.content {
        NewContent::Number { .. } => edited.after.clone(),
        NewContent::Text(text) => text.clone(),
        NewContent::Blank => String::new(),
        NewContent::Truth(_) => edited.after.clone(),
    };
    if same(&now, &edited.before) || now.contains(edited.before.as_str()) && !edited.before.is_empty() {
        return true;
    }
    if same(&now, &mine) {
        return false;
    }
    met.overlaps.push(Overlap { place: place_of(&name, place, column), mine, theirs: now });
    if mine_wins {
        edit.before = None;
    }
    mine_wins
}

/// The cells of a table that others changed.
fn changed(table: &Table, grid: &RawSheet, all: &mut Vec<[String; 3]>) {
    if table.turned {
        return;
    }
    for row in table.rows.iter().filter(|row| row.source > 0 && sheet_of(table, row) == grid.sheet && row.fields.is_empty()) {
        let Some(place) = found(table, row, grid) else { continue };
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            let now = text(grid, place, column.source);
            if all.len() < MOST_TOLD && !same(&now, &cell.text) && !(now.is_empty() && is_filled_from_above(cell)) {
                all.push([place_of(&grid.sheet, place, column.source), cell.text.to_string(), now]);
            }
        }
    }
}

fn is_filled_from_above(cell: &Cell) -> bool {
    cell.value == crate::model::Value::Merged
}

/// Where a row stands in a sheet now: where it stood, or where alone its ref and its words are.
fn found(table: &Table, row: &Row, grid: &RawSheet) -> Option<u32> {
    let named = |column: &crate::model::Column| matches!(column.role, Some(Role::Ref | Role::Action | Role::Kpi | Role::Risk));
    let keys = table.columns.iter().zip(&row.cells).filter(|(column, cell)| named(column) && !cell.is_blank());
    let keys: Vec<(u32, &str)> = keys.map(|(column, cell)| (column.source, &*cell.text)).collect();
    let at = row.source.checked_sub(1)?;
    let fits = |place: u32| keys.iter().all(|(column, key)| text(grid, place, *column).contains(key));
    if keys.is_empty() || fits(at) {
        return Some(at);
    }
    // Of two that changed their ref or their words, the one in its place is meant.
    let mut places = grid.rows.iter().map(|row| row.row).filter(|place| fits(*place));
    match (places.next(), places.next()) {
        (Some(place), None) => Some(place),
        (None, _) => Some(at).filter(|at| keys.iter().any(|(column, key)| text(grid, *at, *column).contains(key))),
        (Some(_), Some(_)) => None,
    }
}

fn text(grid: &RawSheet, row: u32, column: u32) -> String {
    let held = grid.position(row).map(|at| &grid.rows[at]);
    held.map_or("", |row| u16::try_from(column).map_or("", |column| row.text(column))).to_owned()
}

fn same(one: &str, other: &str) -> bool {
    one == other || in_plain_form(one) == in_plain_form(other)
}
