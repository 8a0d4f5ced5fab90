//! Columns that are new in a table: which columns of the sheet they are put before. Moves no row.

use std::collections::HashMap;

use crate::{
    model::{ColumnId, Table, TableId},
    workbook::patch::{NewOrder, PlacedRow},
};

/// The columns that are put into a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewColumns {
    /// Before which column of the sheet each is put, zero-based, with the column that it looks like; in order.
    put: Vec<(u32, (TableId, ColumnId), u32)>,
}

impl NewColumns {
    /// Those of a table, where it has any.
    pub(super) fn of(before: &Table, after: &Table) -> Option<Self> {
        if before.turned || before.columns.is_empty() {
            return None;
        }
        let places: HashMap<ColumnId, u32> = before.columns.iter().map(|column| (column.id, column.source)).collect();
        let place = |id: ColumnId| places.get(&id).copied();
        let new = after.columns.iter().enumerate().filter(|(_, column)| place(column.id).is_none());
        let put = new.filter_map(|(at, column)| {
            let next = after.columns[at + 1..].iter().find_map(|column| place(column.id));
            let last = || after.columns[..at].iter().rev().find_map(|column| place(column.id)).map(|last| last + 1);
            let like = after.columns[..at].iter().rev().chain(&after.columns[at + 1..]).find_map(|column| place(column.id))?;
            Some((next.or_else(last)?, (after.id, column.id), like))
        });
        let put: Vec<_> = put.collect();
        (!put.is_empty()).then_some(Self { put })
    }

    /// These and those of another table of the sheet.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.put.extend(other.put);
        self.put.sort_by_key(|(before, ..)| *before);
        self
    }

    /// Where a column of the sheet is to stand.
    #[must_use]
    pub fn place(&self, column: u32) -> u32 {
        column + self.put.iter().filter(|(before, ..)| *before <= column).count() as u32
    }

    /// Where a new column is to stand.
    #[must_use]
    pub fn new_place(&self, column: (TableId, ColumnId)) -> Option<u32> {
        let at = self.put.iter().position(|(_, id, _)| *id == column)?;
        Some(self.put[at].0 + u32::try_from(at).ok()?)
    }

    /// The same as an edit of the workbook.
    pub(super) fn new_order(&self) -> NewOrder {
        let first = self.put.first().map_or(0, |(before, ..)| *before);
        let last = self.put.last().map_or(0, |(before, ..)| *before);
        let mut columns = Vec::new();
        for column in first..=last {
            let new = self.put.iter().filter(|(before, ..)| *before == column);
            columns.extend(new.map(|(.., like)| PlacedRow::New { like: *like }));
            columns.extend((column < last).then_some(PlacedRow::Old(column)));
        }
        NewOrder { first, count: last - first, rows: columns }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, TableKind};

    #[test]
    fn new_columns_stand_before_the_next_that_was_there() {
        let column = |id: u32, source: u32| Column { id: ColumnId(id), source, ..Column::default() };
        let before = Table::new(TableKind::Kpi, vec![column(1, 2), column(2, 3), column(3, 5)], Vec::new());
        let now = vec![column(1, 2), column(9, 0), column(2, 3), column(3, 5), column(10, 0)];
        let after = Table::new(TableKind::Kpi, now, Vec::new());
        let new = NewColumns::of(&before, &after).unwrap();
        assert_eq!([1, 2, 3, 5, 6].map(|column| new.place(column)), [1, 2, 4, 6, 8]);
        assert_eq!([9, 10].map(|id| new.new_place((after.id, ColumnId(id)))), [Some(3), Some(7)]);
        let order = new.new_order();
        assert_eq!((order.first, order.count), (3, 3));
        let (put, old) = (|like| PlacedRow::New { like }, PlacedRow::Old);
        assert_eq!(order.rows, [put(2), old(3), old(4), old(5), put(5)]);
        assert_eq!(NewColumns::of(&before, &before), None);
    }
}
