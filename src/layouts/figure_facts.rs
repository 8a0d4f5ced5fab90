//! What the figures of a column of indicators are, counted over its first cells. Judges nothing.

use crate::{
    model::{Cell, Figure, Polarity, Value, kinds::Kind},
    workbook::{RawCell, RawRow},
};

/// How many rows are searched for filled cells, and how many of these are looked at.
const ROWS: usize = 4_000;
const SAMPLE: usize = 60;

/// What the filled cells of a column are, as counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FigureFacts {
    pub filled: usize,
    /// Figures of any sort.
    pub figures: usize,
    /// Amounts, limits and ranges.
    pub bounded: usize,
    /// Amounts that are never below nothing and that no formula gives.
    pub allowed: usize,
    /// Words that are no figure.
    pub words: usize,
    /// Words for which way is good; an arrow or `up` may be the way a figure went.
    pub ways: usize,
}

impl FigureFacts {
    /// Counts what stands in a column of some rows.
    pub(super) fn of<'row>(rows: impl Iterator<Item = &'row RawRow>, column: u16) -> Self {
        let mut facts = Self::default();
        rows.take(ROWS).filter_map(|row| row.cell(column)).take(SAMPLE).for_each(|cell| facts.count(cell));
        facts
    }

    fn count(&mut self, cell: &RawCell) {
        let figure = figure(cell);
        let worded = cell.text.chars().filter(|c| c.is_alphabetic()).count() > 2;
        self.filled += 1;
        self.figures += usize::from(figure.is_some());
        self.bounded += usize::from(matches!(figure, Some(Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. })));
        self.allowed += usize::from(!cell.formula && figure.and_then(Figure::amount).is_some_and(|amount| amount >= 0.0));
        self.words += usize::from(figure.is_none() && worded);
        self.ways += usize::from(worded && Polarity::parse(&cell.text).is_some());
    }

    /// Whether so many are most of the filled cells.
    pub(super) fn mostly(&self, count: usize) -> bool {
        self.filled > 0 && count * 5 >= self.filled * 4
    }
}

fn figure(cell: &RawCell) -> Option<Figure> {
    let read: Cell = Kind::Figure.read(cell.text.clone(), cell.stored.clone());
    match read.value {
        Value::Figure(figure) => Some(figure),
        _ => None,
    }
}
