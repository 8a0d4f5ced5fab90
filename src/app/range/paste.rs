//! A block of texts put over cells: what changes, what was not understood, and what had no place.

use super::{Area, cell_at, holds, put, tsv::Block};
use crate::{
    edit::Change,
    model::{Cell, Row, RowId, RowKind, Table, Value},
};

/// What pasting a block comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pasted {
    pub changes: Vec<Change>,
    /// How many cells the block was put into.
    pub cells: usize,
    /// How many of them were not understood as what their column holds.
    pub kept: usize,
    /// How many rows were added below.
    pub added: usize,
    /// How many texts had no cell to go to.
    pub lost: usize,
    /// The positions of its first and its last cell, once the changes are made.
    pub corners: Option<((usize, usize), (usize, usize))>,
}

/// Puts a block over an area. One text fills the area, a block repeats where the area is a multiple of it, and else it is put
/// once from the top left cell, over rows that are added where it runs past the end. Rows without a cell in its columns
/// and those out of sight are passed over, as they are when cells are copied.
#[must_use]
pub fn paste(table: &Table, area: &Area, block: &Block, in_sight: impl Fn(usize) -> bool) -> Pasted {
    let width = block.iter().map(Vec::len).max().unwrap_or(0);
    let mut pasted = Pasted::default();
    if width == 0 || table.columns.is_empty() {
        return pasted;
    }
    let start = area.columns.start;
    let columns = start..(start + repeated(width, area.columns.len())).min(table.columns.len());
    let open = Area { rows: area.rows.start..table.rows.len(), columns: columns.clone() };
    let selected = Area { rows: area.rows.clone(), columns: columns.clone() }.lines(table).filter(|&row| in_sight(row)).count();
    let count = repeated(block.len(), selected);
    let mut rows = open.lines(table).filter(|&row| in_sight(row)).filter(|&row| count == 1 || table.rows[row].kind != RowKind::Total);
    let mut added = Vec::new();
    let end = table.rows.iter().rposition(|row| row.kind != RowKind::Total).map_or(0, |at| at + 1);
    for line in 0..count {
        let texts = &block[line % block.len()];
        pasted.lost += texts.iter().skip(columns.len()).filter(|text| !text.is_empty()).count();
        let text = |column: usize| texts.get((column - start) % width).map_or("", String::as_str);
        let row = rows.next();
        match row {
            Some(row) => columns.clone().for_each(|column| pasted.put(table, row, column, text(column))),
            None => added.push(pasted.added_row(table, columns.clone().map(|column| (column, text(column))))),
        }
        let row = row.unwrap_or(end + added.len().saturating_sub(1));
        let first = pasted.corners.map_or((row, start), |(first, _)| first);
        pasted.corners = Some((first, (row, columns.end - 1)));
    }
    pasted.added = added.len();
    for ((at, id), row) in (end..).zip(table.new_row_ids()).zip(added) {
        let row = Row { id, ..row };
        pasted.changes.push(Change::InsertRow { table: table.id, at, row });
    }
    pasted
}

impl Pasted {
    /// What the status bar says beside the step's name.
    #[must_use]
    pub fn remarks(&self) -> String {
        let one = |count: usize, one: &str, several: &str| match count {
            0 => String::new(),
            1 => format!("; {one}"),
            _ => format!("; {count} {several}"),
        };
        [
            one(self.added, "1 row was added", "rows were added"),
            one(self.kept, "1 cell was kept as text", "cells were kept as text"),
            one(self.lost, "1 value had no cell to go to", "values had no cell to go to"),
        ]
        .concat()
    }

    fn put(&mut self, table: &Table, row: usize, column: usize, text: &str) {
        let (kind, of) = (table.columns[column].kind, &table.columns[column]);
        if !holds(table, row, column) {
            // A cell merged with the one above takes a text of its own; a heading has no place for one.
            let merged = cell_at(table, row, column).is_some_and(|cell| cell.value == Value::Merged);
            if text.is_empty() || !merged {
                self.lost += usize::from(!text.is_empty());
                return;
            }
        }
        let cell = of.enter(text);
        self.cells += 1;
        self.kept += usize::from(kind.is_kept_as_text(&cell));
        self.changes.extend(put::change(table, row, column, cell));
    }

    fn added_row<'a>(&mut self, table: &Table, texts: impl Iterator<Item = (usize, &'a str)>) -> Row {
        let mut row = table.blank_row(RowId::default(), RowKind::Entry);
        for (column, text) in texts {
            let kind = table.columns[column].kind;
            let cell: Cell = table.columns[column].enter(text);
            self.cells += 1;
            self.kept += usize::from(kind.is_kept_as_text(&cell));
            if let Some(place) = row.cells.get_mut(column) {
                *place = cell;
            }
        }
        row
    }
}

/// How far something reaches over a selection: over all of it where that is a multiple, else only as far as it is long.
fn repeated(length: usize, selected: usize) -> usize {
    if selected > length && selected.is_multiple_of(length) { selected } else { length }
}
