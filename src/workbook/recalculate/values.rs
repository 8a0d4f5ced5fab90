//! Owns the look-up of a cell's value in the sheets handed in, by column, with changes laid over them; it never changes a sheet.

use std::collections::{BTreeMap, HashMap};

use super::areas::{Area, LAST_COLUMN, LAST_ROW};
use super::{Book, Stored};

/// Sheet, row and column, zero-based.
pub(super) type Place = (usize, u32, u32);

/// One column's cells that are not blank, by row.
type Column<'a> = Vec<(u32, &'a Stored)>;

/// The values of a book.
pub(super) struct Values<'a> {
    sheets: Vec<Vec<Column<'a>>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(book: &'a Book) -> Self {
        let mut sheets = Vec::with_capacity(book.sheets.len());
        for sheet in &book.sheets {
            let mut columns: Vec<Column<'a>> = Vec::new();
            for cell in &sheet.cells {
                if cell.value == Stored::Blank || cell.row > LAST_ROW || cell.column > LAST_COLUMN {
                    continue;
                }
                let at = cell.column as usize;
                if columns.len() <= at {
                    columns.resize_with(at + 1, Vec::new);
                }
                columns[at].push((cell.row, &cell.value));
            }
            for column in &mut columns {
                if !column.is_sorted_by_key(|cell| cell.0) {
                    column.sort_by_key(|cell| cell.0);
                }
            }
            sheets.push(columns);
        }
        Self { sheets }
    }

    fn column(&self, sheet: usize, column: u32) -> &[(u32, &'a Stored)] {
        self.sheets.get(sheet).and_then(|columns| columns.get(column as usize)).map_or(&[], Vec::as_slice)
    }

    fn columns(&self, sheet: usize) -> u32 {
        self.sheets.get(sheet).map_or(0, |columns| u32::try_from(columns.len()).unwrap_or(0))
    }
}

/// Values that stand in place of what the sheets hold, by sheet and column.
#[derive(Default)]
pub(super) struct Over {
    columns: HashMap<(usize, u32), BTreeMap<u32, Stored>>,
    /// One more than the last column of any.
    last_column: u32,
}

impl Over {
    pub(super) fn set(&mut self, (sheet, row, column): Place, value: Stored) {
        if row > LAST_ROW || column > LAST_COLUMN {
            return;
        }
        self.last_column = self.last_column.max(column + 1);
        self.columns.entry((sheet, column)).or_default().insert(row, value);
    }
}

/// Values with others laid over them.
pub(super) struct Layers<'a> {
    pub(super) values: &'a Values<'a>,
    pub(super) over: Over,
}

impl Layers<'_> {
    /// What a cell holds.
    pub(super) fn at(&self, (sheet, row, column): Place) -> Option<&Stored> {
        if let Some(found) = self.over.columns.get(&(sheet, column)).and_then(|column| column.get(&row)) {
            return Some(found);
        }
        let cells = self.values.column(sheet, column);
        let at = cells.binary_search_by_key(&row, |cell| cell.0).ok()?;
        cells.get(at).map(|cell| cell.1)
    }

    /// Calls for every cell of an area that is not blank, one column after the other; stops where that gives an error.
    pub(super) fn each<E>(&self, area: &Area, found: &mut dyn FnMut(u32, u32, &Stored) -> Result<(), E>) -> Result<(), E> {
        let last = area.last_column.min(self.values.columns(area.sheet).max(self.over.last_column));
        for column in area.first_column..=last {
            let cells = self.values.column(area.sheet, column);
            let first = cells.partition_point(|cell| cell.0 < area.first_row);
            let mut cells = cells.get(first..).unwrap_or_default().iter().take_while(|cell| cell.0 <= area.last_row).peekable();
            if let Some(over) = self.over.columns.get(&(area.sheet, column)).filter(|_| area.first_row <= area.last_row) {
                for (&row, value) in over.range(area.first_row..=area.last_row) {
                    while let Some(cell) = cells.next_if(|cell| cell.0 < row) {
                        found(cell.0, column, cell.1)?;
                    }
                    cells.next_if(|cell| cell.0 == row);
                    if *value != Stored::Blank {
                        found(row, column, value)?;
                    }
                }
            }
            for cell in cells {
                found(cell.0, column, cell.1)?;
            }
        }
        Ok(())
    }
}
