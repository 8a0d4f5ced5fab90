//! Row heights and where each row begins, in f64 so that a hundred thousand rows scroll without drift.

use std::collections::HashMap;

use crate::model::{RowId, Table};

/// Ids are kept in a list up to this many times the number of rows, and a few; those above it, of which there are few, by themselves.
const DENSE: usize = 4;
const FEW: usize = 4096;

/// The heights of a table's rows: estimated at first, exact once drawn.
#[derive(Debug, Default)]
pub(super) struct Heights {
    /// By row id, so that moves and insertions keep what was measured; NaN where nothing is known.
    by_id: Vec<f32>,
    far: HashMap<RowId, f32>,
    /// Where each row begins, and after the last the whole height.
    tops: Vec<f64>,
    revision: Option<u64>,
    out_of_sight: Vec<bool>,
}

impl Heights {
    /// Brings the heights up to date with a table; `estimate` is asked for rows not seen before.
    /// Rows out of sight have none.
    pub(super) fn update(&mut self, table: &Table, revision: u64, out_of_sight: &[bool], estimate: impl Fn(usize) -> f32) {
        if self.revision == Some(revision) && self.out_of_sight == out_of_sight {
            return;
        }
        self.revision = Some(revision);
        self.out_of_sight = out_of_sight.to_vec();
        self.rebuild(table, estimate);
    }

    /// Forgets every height, as after a change of column widths.
    pub(super) fn forget(&mut self) {
        self.by_id.clear();
        self.far.clear();
        self.revision = None;
    }

    /// Sets a row's exact height and returns by how much that makes it higher, where it does. `shift` moves the rows below.
    pub(super) fn set(&mut self, id: RowId, height: f32) -> Option<f64> {
        let known = self.by_id.get_mut(id.0 as usize).or_else(|| self.far.get_mut(&id)).filter(|known| (**known - height).abs() > 0.5)?;
        let more = f64::from(height) - f64::from(*known);
        *known = height;
        Some(more)
    }

    /// Moves the rows below those that became higher: positions in rising order, each with its difference.
    pub(super) fn shift(&mut self, changed: &[(usize, f64)]) {
        let mut more = 0.0;
        for (number, &(at, difference)) in changed.iter().enumerate() {
            more += difference;
            let end = changed.get(number + 1).map_or(self.tops.len(), |next| next.0 + 1);
            self.tops[at + 1..end].iter_mut().for_each(|top| *top += more);
        }
    }

    /// Adds the heights up anew.
    fn rebuild(&mut self, table: &Table, estimate: impl Fn(usize) -> f32) {
        self.tops.clear();
        self.tops.reserve(table.rows.len() + 1);
        let mut top = 0.0;
        for (at, row) in table.rows.iter().enumerate() {
            self.tops.push(top);
            let known = self.known(row.id, table.rows.len(), at);
            if known.is_nan() {
                *known = estimate(at);
            }
            let height = f64::from(*known);
            if !self.out_of_sight.get(at).copied().unwrap_or(false) {
                top += height;
            }
        }
        self.tops.push(top);
    }

    /// What is known of the height of a row, the one at a position of so many.
    fn known(&mut self, id: RowId, rows: usize, at: usize) -> &mut f32 {
        let place = id.0 as usize;
        if place >= self.by_id.len() {
            if place >= rows * DENSE + FEW {
                return self.far.entry(id).or_insert(f32::NAN);
            }
            self.by_id.resize(place + 1 + rows - at, f32::NAN);
        }
        &mut self.by_id[place]
    }

    /// The height of a row.
    pub(super) fn of(&self, id: RowId) -> f32 {
        self.by_id.get(id.0 as usize).or_else(|| self.far.get(&id)).copied().unwrap_or(0.0)
    }

    /// Where a row begins, in points from the top of the table.
    pub(super) fn top(&self, at: usize) -> f64 {
        self.tops.get(at).or(self.tops.last()).copied().unwrap_or(0.0)
    }

    /// The height of all rows.
    pub(super) fn total(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// The row that a height from the top falls in.
    pub(super) fn row_at(&self, y: f64) -> usize {
        self.tops.partition_point(|&top| top <= y).saturating_sub(1).min(self.tops.len().saturating_sub(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Row, RowKind, TableKind};

    fn table(ids: &[u32]) -> Table {
        let row = |&id: &u32| Row { id: RowId(id), kind: RowKind::Entry, ..Row::default() };
        Table::new(TableKind::Plan, Vec::new(), ids.iter().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn a_moved_row_keeps_its_height() {
        let mut heights = Heights::default();
        heights.update(&table(&[1, 2, 3]), 1, &[], |_| 20.0);
        let more = heights.set(RowId(3), 50.0).unwrap();
        heights.shift(&[(2, more)]);
        assert_eq!(heights.total(), 90.0);
        heights.update(&table(&[3, 1, 2]), 2, &[], |_| 20.0);
        assert_eq!((heights.top(1), heights.total(), heights.row_at(49.9), heights.row_at(50.0)), (50.0, 90.0, 0, 1));
    }

    #[test]
    fn a_high_id_takes_no_more_room_than_a_low_one() {
        let mut heights = Heights::default();
        heights.update(&table(&[1, u32::MAX, 2]), 1, &[], |_| 20.0);
        assert!(heights.by_id.len() < 10_000);
        let more = heights.set(RowId(u32::MAX), 50.0).unwrap();
        heights.shift(&[(1, more)]);
        assert_eq!((heights.total(), heights.of(RowId(u32::MAX)), heights.top(2)), (90.0, 50.0, 70.0));
    }

    #[test]
    fn rows_below_a_higher_one_move() {
        let mut heights = Heights::default();
        heights.update(&table(&[1, 2, 3, 4]), 1, &[], |_| 20.0);
        heights.shift(&[(0, 5.0), (2, -10.0)]);
        assert_eq!([0, 1, 2, 3, 4].map(|at| heights.top(at)), [0.0, 25.0, 45.0, 55.0, 75.0]);
    }

    #[test]
    fn a_row_out_of_sight_takes_no_room() {
        let mut heights = Heights::default();
        heights.update(&table(&[1, 2, 3]), 1, &[false, true, false], |_| 20.0);
        assert_eq!((heights.total(), heights.row_at(19.0), heights.row_at(20.0)), (40.0, 0, 2));
        heights.update(&table(&[1, 2, 3]), 1, &[], |_| 20.0);
        assert_eq!((heights.total(), heights.row_at(20.0)), (60.0, 1));
    }

    #[test]
    fn an_empty_table_has_no_height() {
        let mut heights = Heights::default();
        heights.update(&table(&[]), 1, &[], |_| 20.0);
        assert_eq!((heights.total(), heights.row_at(5.0)), (0.0, 0));
    }
}
