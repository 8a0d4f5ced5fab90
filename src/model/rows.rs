//! The rows of a table, shared between the document and its snapshots: a copy costs nothing, and a change copies one row.

use std::{
    collections::HashMap,
    ops::{Index, IndexMut, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive},
    slice::SliceIndex,
    sync::{Arc, OnceLock},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Row, RowId, in_pieces};

/// Rows in order, each known by its id and by its position.
///
/// A copy shares every row with what it was copied from. What is changed in either is copied first: the list of rows once, which is a
/// pointer a row, and the row itself.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    shared: Arc<Vec<Arc<Row>>>,
    /// The position of each id, once one was looked for in vain where it should stand.
    positions: OnceLock<Arc<HashMap<RowId, usize>>>,
}

impl Rows {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.shared.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.shared.is_empty()
    }

    /// The row at a position.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<&Row> {
        self.shared.get(at).map(|row| &**row)
    }

    /// The rows of a range of positions; none of them where it reaches beyond the last.
    #[must_use]
    pub fn range<I: SliceIndex<[Arc<Row>], Output = [Arc<Row>]>>(&self, range: I) -> Option<&[Arc<Row>]> {
        self.shared.get(range)
    }

    /// The row at a position, to be changed.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut Row> {
        Arc::make_mut(&mut self.shared).get_mut(at).map(Arc::make_mut)
    }

    /// The first row.
    #[must_use]
    pub fn first(&self) -> Option<&Row> {
        self.get(0)
    }

    /// The last row.
    #[must_use]
    pub fn last(&self) -> Option<&Row> {
        self.shared.last().map(|row| &**row)
    }

    /// The last row, to be changed.
    pub fn last_mut(&mut self) -> Option<&mut Row> {
        self.len().checked_sub(1).and_then(|at| self.get_mut(at))
    }

    /// The rows in order.
    pub fn iter(&self) -> Iter<'_> {
        let read: fn(&Arc<Row>) -> &Row = read;
        self.shared.iter().map(read)
    }

    /// The rows in order, to be changed. Copies each that is shared, whether it is changed or not.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Row> {
        Arc::make_mut(&mut self.shared).iter_mut().map(Arc::make_mut)
    }

    /// Where a row stands, by its id. Rows mostly stand in the order of their ids, so that place is looked at first; where it is not
    /// there, all positions are noted once, until rows are put in, taken out or moved.
    #[must_use]
    pub fn position(&self, id: RowId) -> Option<usize> {
        let guess = (id.0 as usize).wrapping_sub(1);
        if self.get(guess).is_some_and(|row| row.id == id) {
            return Some(guess);
        }
        let noted = || Arc::new(self.iter().enumerate().map(|(at, row)| (row.id, at)).collect());
        self.positions.get_or_init(noted).get(&id).copied()
    }

    /// The rows that differ from those at the same positions of another list, with their positions, and those beyond its end. A row that is
    /// shared with the other is the same without a look at it.
    pub fn unshared<'rows>(&'rows self, other: &'rows Self) -> impl Iterator<Item = (usize, &'rows Row)> {
        let is_shared = |at: usize, row: &Arc<Row>| other.shared.get(at).is_some_and(|held| Arc::ptr_eq(held, row));
        self.shared.iter().enumerate().filter(move |(at, row)| !is_shared(*at, row)).map(|(at, row)| (at, &**row))
    }

    /// Puts a row in before a position.
    ///
    /// # Panics
    /// When the position is beyond the end.
    pub fn insert(&mut self, at: usize, row: Row) {
        self.reordered().insert(at, Arc::new(row));
    }

    /// Puts a row at the end.
    pub fn push(&mut self, row: Row) {
        self.reordered().push(Arc::new(row));
    }

    /// Takes a row out.
    ///
    /// # Panics
    /// When the position is beyond the end.
    pub fn remove(&mut self, at: usize) -> Row {
        Arc::unwrap_or_clone(self.reordered().remove(at))
    }

    /// Takes the last row out.
    pub fn pop(&mut self) -> Option<Row> {
        self.reordered().pop().map(Arc::unwrap_or_clone)
    }

    /// Takes all rows out.
    pub fn clear(&mut self) {
        self.reordered().clear();
    }

    /// Moves a row to another position.
    ///
    /// # Panics
    /// When one of the positions is beyond the end.
    pub fn relocate(&mut self, from: usize, to: usize) {
        let rows = self.reordered();
        let moved = rows.remove(from);
        rows.insert(to, moved);
    }

    /// Swaps two rows.
    ///
    /// # Panics
    /// When one of the positions is beyond the end.
    pub fn swap(&mut self, one: usize, other: usize) {
        self.reordered().swap(one, other);
    }

    /// Keeps the rows that a test holds of.
    pub fn retain(&mut self, mut keeps: impl FnMut(&Row) -> bool) {
        self.reordered().retain(|row| keeps(row));
    }

    /// Changes each row, and keeps those that a test holds of.
    pub fn retain_mut(&mut self, mut keeps: impl FnMut(&mut Row) -> bool) {
        self.reordered().retain_mut(|row| keeps(Arc::make_mut(row)));
    }

    /// Leaves out all rows from a position on.
    pub fn truncate(&mut self, length: usize) {
        self.reordered().truncate(length);
    }

    /// Puts the rows in the order of ids; those that are not among them come last, as they stood. How they stood before.
    pub fn put_in_order(&mut self, order: &[RowId]) -> Vec<RowId> {
        let rows = self.reordered();
        // Ids are given from 1 on, and mostly without gaps.
        let ids = |rows: &[Arc<Row>]| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let before = in_pieces(rows.len(), |piece| ids(&rows[piece])).concat();
        let highest = before.iter().map(|id| id.0 as usize).max().unwrap_or(0);
        let mut held: Vec<Option<Arc<Row>>> = rows.drain(..).map(Some).collect();
        let place: Box<dyn Fn(RowId) -> Option<usize>> = if highest < 4 * before.len() {
            let mut places = vec![usize::MAX; highest + 1];
            before.iter().zip(0..).for_each(|(id, at)| places[id.0 as usize] = at);
            Box::new(move |id| places.get(id.0 as usize).copied())
        } else {
            let places: HashMap<RowId, usize> = before.iter().copied().zip(0..).collect();
            Box::new(move |id| places.get(&id).copied())
        };
        rows.extend(order.iter().filter_map(|id| held.get_mut(place(*id)?)?.take()));
        rows.extend(held.into_iter().flatten());
        before
    }

    /// The list, whose order is about to change.
    fn reordered(&mut self) -> &mut Vec<Arc<Row>> {
        self.positions = OnceLock::new();
        Arc::make_mut(&mut self.shared)
    }
}

/// Walks over rows in order.
pub(super) type Iter<'rows> = std::iter::Map<std::slice::Iter<'rows, Arc<Row>>, fn(&Arc<Row>) -> &Row>;

fn read(row: &Arc<Row>) -> &Row {
    row
}

impl<'rows> IntoIterator for &'rows Rows {
    type Item = &'rows Row;
    type IntoIter = Iter<'rows>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Rows {
    type Item = Row;
    type IntoIter = std::iter::Map<std::vec::IntoIter<Arc<Row>>, fn(Arc<Row>) -> Row>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.shared).into_iter().map(Arc::unwrap_or_clone)
    }
}

impl FromIterator<Row> for Rows {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Self {
        Self { shared: Arc::new(rows.into_iter().map(Arc::new).collect()), positions: OnceLock::new() }
    }
}

impl From<Vec<Row>> for Rows {
    fn from(rows: Vec<Row>) -> Self {
        rows.into_iter().collect()
    }
}

impl Extend<Row> for Rows {
    fn extend<I: IntoIterator<Item = Row>>(&mut self, rows: I) {
        self.reordered().extend(rows.into_iter().map(Arc::new));
    }
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared) || self.shared == other.shared
    }
}

impl Index<usize> for Rows {
    type Output = Row;

    fn index(&self, at: usize) -> &Row {
        &self.shared[at]
    }
}

impl IndexMut<usize> for Rows {
    fn index_mut(&mut self, at: usize) -> &mut Row {
        Arc::make_mut(&mut Arc::make_mut(&mut self.shared)[at])
    }
}

/// A stretch of rows reads like the whole.
macro_rules! stretches {
    ($($range:ty),*) => {$(
        impl Index<$range> for Rows {
            type Output = [Arc<Row>];

            fn index(&self, range: $range) -> &[Arc<Row>] {
                &self.shared[range]
            }
        }
    )*};
}

stretches!(Range<usize>, RangeFrom<usize>, RangeFull, RangeInclusive<usize>, RangeTo<usize>, RangeToInclusive<usize>);

impl Serialize for Rows {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shared.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { shared: Arc::new(Vec::deserialize(deserializer)?), positions: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(ids: &[u32]) -> Rows {
        ids.iter().map(|id| Row { id: RowId(*id), ..Row::default() }).collect()
    }

    #[test]
    fn a_change_copies_one_row_of_a_snapshot() {
        let snapshot = rows(&[1, 2, 3]);
        let mut changed = snapshot.clone();
        assert!(Arc::ptr_eq(&snapshot.shared, &changed.shared));
        changed[1].source = 9;
        let shared = |at: usize| Arc::ptr_eq(&snapshot.shared[at], &changed.shared[at]);
        assert_eq!([shared(0), shared(1), shared(2)], [true, false, true]);
        assert_eq!((snapshot[1].source, changed[1].source), (0, 9));
    }

    #[test]
    fn a_row_is_found_wherever_it_was_moved() {
        let mut rows = rows(&[1, 2, 3, 900]);
        assert_eq!((rows.position(RowId(3)), rows.position(RowId(900)), rows.position(RowId(0))), (Some(2), Some(3), None));
        rows.relocate(3, 0);
        assert_eq!((rows.position(RowId(900)), rows.position(RowId(3)), rows.position(RowId(4))), (Some(0), Some(3), None));
        rows.remove(0);
        assert_eq!((rows.position(RowId(900)), rows.position(RowId(1))), (None, Some(0)));
        rows.insert(1, Row { id: RowId(7), ..Row::default() });
        rows.put_in_order(&[RowId(3), RowId(2), RowId(1)]);
        assert_eq!(rows.iter().map(|row| rows.position(row.id)).collect::<Vec<_>>(), [Some(0), Some(1), Some(2), Some(3)]);
    }
}
