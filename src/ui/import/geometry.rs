//! Where the rows and columns of a painted sheet stand on screen. Paints nothing.

use std::{ops::Range, sync::Arc};

use eframe::egui::{Rangef, Rect};

use crate::app::import::Import;

/// The height of a row, in points.
pub(super) const ROW: f32 = 22.0;
/// The room above the first row, in points, for the tag of a table that begins there.
pub(super) const TOP: f32 = 20.0;
/// The width of a column with nothing in it, in points.
const BLANK: f32 = 72.0;
/// The least width of a table's column, in points, so that its role can be read above it.
const LEAST: f32 = 142.0;
/// The greatest width, in points.
const MOST: f32 = 240.0;
/// How many rows tell how wide a column is.
const SAMPLE: usize = 200;

/// The columns of a sheet.
#[derive(Debug, Default)]
pub(super) struct ColumnSpans {
    /// The workbook, the sheet, how far its tables reach and the room there was.
    of: Option<(usize, usize, u16, u16)>,
    /// The left edge of each, and the right edge of the last.
    lefts: Vec<f32>,
    filled: u16,
}

impl ColumnSpans {
    /// Measures the columns of the sheet looked at, once.
    pub(super) fn update(&mut self, import: &Import, room: f32) {
        let sheet = import.look.sheet;
        let Some(grid) = import.grids.get(sheet) else { return };
        let tables = || import.tables.iter().map(|draft| &draft.outline).filter(|outline| outline.sheet == grid.sheet);
        let reach = tables().map(|outline| outline.last.1).max().unwrap_or(0);
        let of = (Arc::as_ptr(&import.grids) as usize, sheet, reach, room as u16);
        if self.of == Some(of) {
            return;
        }
        self.of = Some(of);
        // A sheet without a table is all there is to see.
        let alone = tables().next().is_none();
        let last = grid.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column).max().unwrap_or(0).max(reach);
        self.filled = last;
        let mut widths = vec![BLANK; usize::from(last) + 1];
        for row in grid.rows.iter().take(SAMPLE) {
            for cell in row.cells.iter().filter(|cell| grid.merges.is_empty() || !spans(grid, row.row, cell.column)) {
                // What stands outside the tables, such as a banner, is written over the blank cells beside it.
                let most = if alone || tables().any(|outline| outline.holds(row.row, cell.column)) { MOST } else { BLANK * 1.5 };
                let letters = cell.text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                let width = &mut widths[usize::from(cell.column)];
                *width = width.max((letters as f32 * 6.6 + 18.0).min(most));
            }
        }
        for column in tables().flat_map(|outline| outline.first.1..=outline.last.1) {
            let width = &mut widths[usize::from(column)];
            *width = width.max(LEAST);
        }
        self.lefts = vec![0.0];
        let mut left = 0.0;
        for width in widths {
            left += width;
            self.lefts.push(left);
        }
        // Blank columns up to the edge of the window, and one more.
        while left < room + BLANK && self.lefts.len() < usize::from(u16::MAX) {
            left += BLANK;
            self.lefts.push(left);
        }
    }

    /// The width of all of them, in points.
    #[must_use]
    pub(super) fn total(&self) -> f32 {
        self.lefts.last().copied().unwrap_or(0.0)
    }

    /// The last column with anything in it.
    #[must_use]
    pub(super) fn last_filled(&self) -> u16 {
        self.filled
    }

    /// The left edge of a column.
    #[must_use]
    pub(super) fn left(&self, column: u16) -> f32 {
        self.lefts.get(usize::from(column)).copied().unwrap_or_else(|| self.total())
    }

    /// The width of a column.
    #[must_use]
    pub(super) fn width(&self, column: u16) -> f32 {
        self.left(column.saturating_add(1)) - self.left(column)
    }

    fn at(&self, x: f32) -> u16 {
        self.lefts.partition_point(|left| *left <= x).saturating_sub(1).min(self.lefts.len().saturating_sub(2)) as u16
    }
}

/// Whether a cell is merged over several columns, and so says nothing of one column's width.
fn spans(grid: &crate::workbook::RawSheet, row: u32, column: u16) -> bool {
    grid.merge_at(row, column).is_some_and(|merge| merge.last.1 > column)
}

/// A sheet on screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Geometry<'columns> {
    /// Where the cells are drawn.
    pub body: Rect,
    pub x: f32,
    pub y: f64,
    pub columns: &'columns ColumnSpans,
    pub rows: u32,
}

impl Geometry<'_> {
    /// The rows in view.
    #[must_use]
    pub(super) fn visible_rows(&self) -> Range<u32> {
        let first = ((self.y - f64::from(TOP)) / f64::from(ROW)).max(0.0) as u32;
        first..(first + (self.body.height() / ROW) as u32 + 2).min(self.rows)
    }

    /// The columns in view.
    #[must_use]
    pub(super) fn visible_columns(&self) -> Range<u16> {
        self.columns.at(self.x)..self.columns.at(self.x + self.body.width()) + 1
    }

    /// Where a row is drawn, from top to bottom.
    #[must_use]
    pub(super) fn row(&self, row: u32) -> Rangef {
        let top = self.body.top() + TOP + (f64::from(row) * f64::from(ROW) - self.y) as f32;
        Rangef::new(top, top + ROW)
    }

    /// Where a column is drawn, from left to right.
    #[must_use]
    pub(super) fn column(&self, column: u16) -> Rangef {
        let left = self.body.left() + self.columns.left(column) - self.x;
        Rangef::new(left, left + self.columns.width(column))
    }

    /// Where a range of cells is drawn, both ends included.
    #[must_use]
    pub(super) fn range(&self, first: (u32, u16), last: (u32, u16)) -> Rect {
        let (top, bottom) = (self.row(first.0).min, self.row(last.0).max);
        // Points far outside would be too large for f32 to paint.
        let far = self.body.height() + 200.0;
        let (top, bottom) = (top.max(self.body.top() - far), bottom.min(self.body.bottom() + far));
        Rect::from_x_y_ranges(self.column(first.1).min..=self.column(last.1).max, top..=bottom)
    }

    /// The cell at a place on screen.
    #[must_use]
    pub(super) fn cell_at(&self, place: eframe::egui::Pos2) -> (u32, u16) {
        let row = ((f64::from(place.y - self.body.top() - TOP) + self.y) / f64::from(ROW)).max(0.0) as u32;
        (row.min(self.rows.saturating_sub(1)), self.columns.at((place.x - self.body.left() + self.x).max(0.0)))
    }
}
