//! Row heights and where each row begins, in f64 so that a hundred thousand rows scroll without drift.

use crate::model::{RowId, Table};

/// The heights of a table's rows: estimated at first, exact once drawn.
#[derive(Debug, Default)]
pub struct Heights {
    /// By row id, so that moves and insertions keep what was measured; NaN where nothing is known.
    by_id: Vec<f32>,
    /// Where each row begins, and after the last the whole height.
    tops: Vec<f64>,
    revision: Option<u64>,
}

impl Heights {
    /// Brings the heights up to date with a table; `estimate` is asked for rows not seen before.
    pub fn update(&mut self, table: &Table, revision: u64, estimate: impl Fn(usize) -> f32) {
        if self.revision == Some(revision) {
            return;
        }
        self.revision = Some(revision);
        self.rebuild(table, estimate);
    }

    /// Forgets every height, as after a change of column widths.
    pub fn forget(&mut self) {
        self.by_id.clear();
        self.revision = None;
    }

    /// Sets a row's exact height; true when that changed it.
    pub fn set(&mut self, id: RowId, height: f32) -> bool {
        match self.by_id.get_mut(id.0 as usize) {
            Some(known) if (*known - height).abs() > 0.5 => {
                *known = height;
                true
            }
            _ => false,
        }
    }

    /// Adds the heights up anew.
    pub fn rebuild(&mut self, table: &Table, estimate: impl Fn(usize) -> f32) {
        self.tops.clear();
        self.tops.reserve(table.rows.len() + 1);
        let mut top = 0.0;
        for (at, row) in table.rows.iter().enumerate() {
            self.tops.push(top);
            let id = row.id.0 as usize;
            if id >= self.by_id.len() {
                self.by_id.resize(id + 1 + table.rows.len() - at, f32::NAN);
            }
            if self.by_id[id].is_nan() {
                self.by_id[id] = estimate(at);
            }
            top += f64::from(self.by_id[id]);
        }
        self.tops.push(top);
    }

    /// The height of a row.
    pub fn of(&self, id: RowId) -> f32 {
        self.by_id.get(id.0 as usize).copied().unwrap_or(0.0)
    }

    /// Where a row begins, in points from the top of the table.
    pub fn top(&self, at: usize) -> f64 {
        self.tops.get(at).or(self.tops.last()).copied().unwrap_or(0.0)
    }

    /// The height of all rows.
    pub fn total(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// The row that a height from the top falls in.
    pub fn row_at(&self, y: f64) -> usize {
        self.tops.partition_point(|&top| top <= y).saturating_sub(1).min(self.tops.len().saturating_sub(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Row, RowKind, TableKind};

    fn table(ids: &[u32]) -> Table {
        let row = |&id: &u32| Row { id: RowId(id), kind: RowKind::Entry, cells: Vec::new(), fields: Vec::new(), source: 0 };
        Table::new(TableKind::Plan, Vec::new(), ids.iter().map(row).collect())
    }

    #[test]
    fn a_moved_row_keeps_its_height() {
        let mut heights = Heights::default();
        heights.update(&table(&[1, 2, 3]), 1, |_| 20.0);
        assert!(heights.set(RowId(3), 50.0));
        heights.update(&table(&[3, 1, 2]), 2, |_| 20.0);
        assert_eq!((heights.top(1), heights.total(), heights.row_at(49.9), heights.row_at(50.0)), (50.0, 90.0, 0, 1));
    }

    #[test]
    fn an_empty_table_has_no_height() {
        let mut heights = Heights::default();
        heights.update(&table(&[]), 1, |_| 20.0);
        assert_eq!((heights.total(), heights.row_at(5.0)), (0.0, 0));
    }
}
