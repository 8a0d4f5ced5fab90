//! A sheet as it was read: texts, stored numbers, merges. Layouts take cells out of it; what is left over was not understood.

use std::sync::Arc;

use super::{font::Font, keys::Keys};
use crate::model::{Label, Stored, place_of};

/// One filled cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawCell {
    pub column: u16,
    /// As its owner sees it.
    pub text: Box<str>,
    /// The number behind the text, when it is stored as one.
    pub stored: Option<Stored>,
    /// The colour it is painted in, 0xRRGGBB, by its own style or a conditional format; none for white.
    pub fill: Option<u32>,
    pub bold: bool,
    pub font: Font,
    /// Whether a formula gives its value.
    pub formula: bool,
    /// How far its text is set in.
    pub indent: u8,
}

// A sheet has a million of them.
const _: () = assert!(size_of::<RawCell>() <= 64);

/// A blank cell that is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Painted {
    /// Zero-based.
    pub row: u32,
    pub column: u16,
    /// 0xRRGGBB.
    pub fill: u32,
}

/// What is hidden in a sheet, zero-based and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The whole sheet.
    pub sheet: bool,
    /// Whether the sheet is not even listed among the hidden ones.
    pub very: bool,
    /// The rows hidden by hand.
    pub rows: Vec<u32>,
    /// The rows that only a filter keeps out of sight.
    pub filtered: Vec<u32>,
    /// Those of the rows hidden by hand that a filter may keep out of sight, which could not be told.
    pub untold: Vec<u32>,
    pub columns: Vec<u16>,
}

impl Hidden {
    /// Whether a row is out of sight, by hand or by a filter.
    #[must_use]
    pub fn row(&self, row: u32) -> bool {
        self.is_by_hand(row) || self.filtered.binary_search(&row).is_ok()
    }

    /// Whether a row is hidden by hand.
    #[must_use]
    pub fn is_by_hand(&self, row: u32) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    /// Whether a column is hidden.
    #[must_use]
    pub fn column(&self, column: u16) -> bool {
        self.columns.binary_search(&column).is_ok()
    }
}

/// A note attached to a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attached {
    /// Zero-based.
    pub row: u32,
    pub column: u16,
    /// Its words, after its author's name where one is given.
    pub text: Box<str>,
}

/// The values a data validation offers in cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    pub ranges: Vec<Merge>,
    pub choices: Vec<Box<str>>,
}

/// The filled cells of one row, in column order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawRow {
    /// Zero-based.
    pub row: u32,
    pub cells: Vec<RawCell>,
}

impl RawRow {
    /// The text in a column; empty where there is none.
    #[must_use]
    pub fn text(&self, column: u16) -> &str {
        self.cell(column).map_or("", |cell| &cell.text)
    }

    /// The cell in a column.
    #[must_use]
    pub fn cell(&self, column: u16) -> Option<&RawCell> {
        self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
    }

    /// The first cell.
    #[must_use]
    pub fn first(&self) -> Option<&RawCell> {
        self.cells.first()
    }

    /// Whether nothing stands in it, or everything was taken.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// Takes the cell in a column out.
    pub fn take(&mut self, column: u16) -> Option<RawCell> {
        let at = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        Some(self.cells.remove(at))
    }

    /// Takes the cells of these columns out, both included.
    pub fn take_within(&mut self, columns: (u16, u16)) -> Vec<RawCell> {
        let (taken, left) = self.take_all().into_iter().partition(|cell| (columns.0..=columns.1).contains(&cell.column));
        self.cells = left;
        taken
    }

    /// Takes every cell out.
    pub fn take_all(&mut self) -> Vec<RawCell> {
        std::mem::take(&mut self.cells)
    }
}

/// How many rows count as a sheet's top, and how many as its bottom.
const TOP: usize = 2000;
const BOTTOM: usize = 200;

/// A range of cells such as a merge, both ends included, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first: (u32, u16),
    pub last: (u32, u16),
}

/// A sheet as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RawSheet {
    pub sheet: String,
    /// Whether it holds a table that lay on its side and was turned: its rows are columns of the workbook, and its columns rows.
    pub turned: bool,
    /// The rows with anything in them, in order.
    pub rows: Vec<RawRow>,
    /// In reading order, none over another.
    pub merges: Vec<Merge>,
    /// In reading order.
    pub painted: Vec<Painted>,
    pub hidden: Hidden,
    /// The rows that an outline sets in, zero-based and in order, with how far.
    pub levels: Vec<(u32, u8)>,
    /// In reading order.
    pub attached: Vec<Attached>,
    pub offered: Vec<Offered>,
    /// The rows that are marked as the last one of headings, in order: by panes that are frozen, a filter or an Excel table.
    pub heads: Vec<u32>,
    /// Whether the fills of its cells could be read from its format.
    pub colours_read: bool,
    /// What a return of this program wrote beside its tables; empty for any other sheet.
    pub keys: Keys,
    /// The texts in the headers and footers of its pages.
    pub page_texts: Vec<String>,
    /// The sensitivity label of its workbook.
    pub label: Arc<Label>,
    /// How many of its formulas have no stored value, which a note tells.
    pub without_value: usize,
    /// How many filled cells stand past the point to which it could be read.
    pub unread: usize,
}

impl RawSheet {
    /// Where the row with a sheet row number stands among the filled rows.
    #[must_use]
    pub fn position(&self, row: u32) -> Option<usize> {
        self.rows.binary_search_by_key(&row, |r| r.row).ok()
    }

    /// How far an outline sets a row in.
    #[must_use]
    pub fn level(&self, row: u32) -> u8 {
        self.levels.binary_search_by_key(&row, |(row, _)| *row).map_or(0, |at| self.levels[at].1)
    }

    /// The merge that begins at a cell.
    #[must_use]
    pub fn merge_at(&self, row: u32, column: u16) -> Option<&Merge> {
        let at = self.merges.binary_search_by_key(&(row, column), |merge| merge.first).ok()?;
        Some(&self.merges[at])
    }

    /// The rows where what is said of a sheet's tables stands: its first few thousand, and its last few hundred.
    pub fn edges(&self) -> impl Iterator<Item = &RawRow> {
        let (top, bottom) = (self.rows.len().min(TOP), self.rows.len().saturating_sub(BOTTOM));
        self.rows[..top].iter().chain(&self.rows[bottom.max(top)..])
    }

    /// How many cells are filled.
    #[must_use]
    pub fn filled(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).sum()
    }

    /// The address of a cell.
    #[must_use]
    pub fn place(&self, row: u32, column: u16) -> String {
        let (row, column) = if self.turned { (u32::from(column), row) } else { (row, u32::from(column)) };
        place_of(&self.sheet, row, column)
    }
}
