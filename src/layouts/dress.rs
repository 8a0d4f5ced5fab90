//! How an owner paints the headings of a table, from the cells of its sheet before they are taken out. Paints nothing.

use std::collections::HashMap;

use super::outline::Outline;
use crate::{
    model::{Dress, Paint, RowKind, Table},
    workbook::{RawRow, RawSheet},
};

/// The paints of the rows of a table, by their numbers.
pub(super) struct Paints(HashMap<u32, Paint>);

impl Paints {
    /// Looks at the rows of a table and what is said above it.
    pub(super) fn of(grid: &RawSheet, outline: &Outline) -> Self {
        let from = grid.rows.partition_point(|row| row.row < outline.above.min(outline.first.0));
        let rows = grid.rows[from..].iter().take_while(|row| row.row <= outline.last.0);
        Self(rows.filter_map(|row| Some((row.row, paint(row, (outline.first.1, outline.last.1))?))).collect())
    }

    /// The paints of the headings of the table that was read.
    pub(super) fn of_table(&self, table: &Table) -> Dress {
        let row = |source: u32| source.checked_sub(1).and_then(|row| self.0.get(&row)).copied();
        let first = |kind: RowKind| table.rows.iter().find(|row| row.kind == kind).and_then(|held| row(held.source));
        Dress { header: row(table.heading_row), section: first(RowKind::Section), group: first(RowKind::Group) }.own()
    }
}

/// How a row is painted: as most of its filled cells are, within the columns of its table.
fn paint(row: &RawRow, (left, right): (u16, u16)) -> Option<Paint> {
    let mut counts: Vec<(Option<Paint>, usize)> = Vec::new();
    for cell in row.cells.iter().filter(|cell| (left..=right).contains(&cell.column)) {
        let paint = cell.fill.map(|fill| Paint { fill, ink: cell.font.colour() });
        match counts.iter_mut().find(|(held, _)| *held == paint) {
            Some((_, count)) => *count += 1,
            None => counts.push((paint, 1)),
        }
    }
    // Of two as frequent the one further left.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).and_then(|(paint, _)| paint)
}
