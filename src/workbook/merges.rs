//! Merged ranges and runs of columns as files state them, made plain: none over another, each column once. Reads no cell.

use super::Merge;

/// The columns of a sheet.
const COLUMNS: usize = 16_384;

/// Puts merges in reading order and leaves out those that reach into one before them, as Excel's repair does.
pub(crate) fn apart(merges: &mut Vec<Merge>) {
    if merges.is_empty() {
        return;
    }
    merges.sort_unstable_by_key(|merge| (merge.first, merge.last));
    // The row below the last one that is covered of each column so far.
    let mut free = vec![0_u32; COLUMNS];
    merges.retain(|merge| {
        let Some(columns) = free.get_mut(usize::from(merge.first.1)..=usize::from(merge.last.1)) else { return false };
        let is_apart = columns.iter().all(|free| *free <= merge.first.0);
        if is_apart {
            columns.fill(merge.last.0.saturating_add(1));
        }
        is_apart
    });
}

/// Columns in runs that may overlap, however many there are.
#[derive(Default)]
pub(crate) struct Runs {
    /// How many more runs begin than end at each column.
    steps: Vec<i64>,
}

impl Runs {
    /// Adds a run, zero-based, both ends included; what lies past the last column of a sheet is left out.
    pub(crate) fn add(&mut self, first: usize, last: usize) {
        if first > last || first >= COLUMNS {
            return;
        }
        self.steps.resize(COLUMNS + 1, 0);
        self.steps[first] += 1;
        self.steps[last.min(COLUMNS - 1) + 1] -= 1;
    }

    /// Every column of the runs once, in order.
    pub(crate) fn columns(&self) -> Vec<u16> {
        let mut open = 0;
        let within = self.steps.iter().zip(0_u16..).filter(|(step, _)| {
            open += **step;
            open > 0
        });
        within.map(|(_, column)| column).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merges_stand_apart_in_reading_order() {
        let merge = |first, last| Merge { first, last };
        let (a, b, c) = (merge((0, 0), (2, 1)), merge((0, 2), (0, 5)), merge((3, 1), (9, 1)));
        let mut merges = vec![c, a, merge((2, 1), (4, 3)), a, b, merge((5, 0), (5, 2))];
        apart(&mut merges);
        assert_eq!(merges, [a, b, c]);
        let mut many = vec![a; 1_000_000];
        apart(&mut many);
        assert_eq!(many, [a]);
    }

    #[test]
    fn runs_of_columns_are_told_once() {
        let mut runs = Runs::default();
        assert!(runs.columns().is_empty());
        for (first, last) in [(1, 2), (6, 6), (2, 3), (16_383, 99_999), (20_000, 20_001), (9, 8)] {
            runs.add(first, last);
        }
        assert_eq!(runs.columns(), [1, 2, 3, 6, 16_383]);
        (0..1_000_000).for_each(|_| runs.add(0, 16_383));
        assert_eq!(runs.columns().len(), 16_384);
    }
}
