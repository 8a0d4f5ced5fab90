//! Owns rectangles of cells and which formulas read them; it never looks at a value.

use std::collections::HashMap;

/// A rectangle of cells of one sheet, zero-based, both ends within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Area {
    pub(super) sheet: usize,
    pub(super) first_row: u32,
    pub(super) last_row: u32,
    pub(super) first_column: u32,
    pub(super) last_column: u32,
}

/// The last row and the last column that a sheet can have.
pub(super) const LAST_ROW: u32 = 1_048_575;
pub(super) const LAST_COLUMN: u32 = 16_383;

impl Area {
    /// A whole sheet.
    pub(super) fn whole(sheet: usize) -> Self {
        Self { sheet, first_row: 0, last_row: LAST_ROW, first_column: 0, last_column: LAST_COLUMN }
    }

    pub(super) fn contains(&self, sheet: usize, row: u32, column: u32) -> bool {
        self.sheet == sheet && (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }

    pub(super) fn rows(&self) -> u64 {
        u64::from(self.last_row.saturating_sub(self.first_row)) + 1
    }

    pub(super) fn columns(&self) -> u64 {
        u64::from(self.last_column.saturating_sub(self.first_column)) + 1
    }

    /// The smallest rectangle that holds both, where they are on one sheet.
    pub(super) fn with(&self, other: &Self) -> Option<Self> {
        (self.sheet == other.sheet).then(|| Self {
            sheet: self.sheet,
            first_row: self.first_row.min(other.first_row),
            last_row: self.last_row.max(other.last_row),
            first_column: self.first_column.min(other.first_column),
            last_column: self.last_column.max(other.last_column),
        })
    }
}

/// A rectangle over more columns than this is filed once for all columns.
const MOST_COLUMNS_FILED: u64 = 8;
/// Stands for "any column" in the key of a filed rectangle.
const ANY_COLUMN: u32 = u32::MAX;
/// Rows are halved this often before one block holds all of them.
const LEVELS: u8 = 21;

/// Sheet, column, level and block: where a piece of a rectangle is filed.
type Place = (u32, u32, u8, u32);

/// Which formulas read which rectangles, searchable by cell.
///
/// Every rectangle is cut into blocks of rows whose lengths are powers of two, so that it is found from a cell in one
/// look-up for each length, however many rectangles there are.
#[derive(Default)]
pub(super) struct Readers {
    places: HashMap<Place, Vec<u32>>,
    numbers: HashMap<Area, u32>,
    areas: Vec<Area>,
    formulas: Vec<Vec<u32>>,
}

impl Readers {
    /// Notes that a formula reads a rectangle.
    pub(super) fn add(&mut self, area: Area, formula: u32) {
        let next = u32::try_from(self.areas.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(area).or_insert(next);
        if number == next {
            self.areas.push(area);
            self.formulas.push(Vec::new());
            self.file(area, number);
        }
        if let Some(formulas) = self.formulas.get_mut(number as usize)
            && formulas.last() != Some(&formula)
        {
            formulas.push(formula);
        }
    }

    fn file(&mut self, area: Area, number: u32) {
        let sheet = u32::try_from(area.sheet).unwrap_or(u32::MAX);
        let columns = match area.columns() <= MOST_COLUMNS_FILED {
            true => area.first_column..=area.last_column,
            false => ANY_COLUMN..=ANY_COLUMN,
        };
        for column in columns {
            let (mut low, mut high) = (area.first_row, area.last_row.saturating_add(1));
            for level in 0..LEVELS {
                if low >= high {
                    break;
                }
                if low & 1 == 1 {
                    self.places.entry((sheet, column, level, low)).or_default().push(number);
                    low += 1;
                }
                if high & 1 == 1 {
                    high -= 1;
                    self.places.entry((sheet, column, level, high)).or_default().push(number);
                }
                low >>= 1;
                high >>= 1;
            }
        }
    }

    /// Calls for the number of every rectangle that holds a cell, each once.
    pub(super) fn at(&self, sheet: usize, row: u32, column: u32, mut found: impl FnMut(u32)) {
        let sheet_key = u32::try_from(sheet).unwrap_or(u32::MAX);
        for level in 0..LEVELS {
            for filed in [column, ANY_COLUMN] {
                for &number in self.places.get(&(sheet_key, filed, level, row >> level)).into_iter().flatten() {
                    if self.area(number).is_some_and(|area| area.contains(sheet, row, column)) {
                        found(number);
                    }
                }
            }
        }
    }

    pub(super) fn area(&self, number: u32) -> Option<&Area> {
        self.areas.get(number as usize)
    }

    /// The formulas that read a rectangle.
    pub(super) fn formulas(&self, number: u32) -> &[u32] {
        self.formulas.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// How many rectangles there are.
    pub(super) fn len(&self) -> usize {
        self.areas.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_finds_every_rectangle_around_it_and_no_other() {
        let mut readers = Readers::default();
        let mut all = Vec::new();
        let mut seed = 7_u32;
        let mut next = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % most
        };
        for formula in 0..400 {
            let (row, column) = (next(200), next(30));
            let area = Area {
                sheet: next(2) as usize,
                first_row: row,
                last_row: row + next(90),
                first_column: column,
                last_column: column + next(20),
            };
            all.push(area);
            readers.add(area, formula);
        }
        readers.add(Area::whole(1), 400);
        all.push(Area::whole(1));
        for _ in 0..3000 {
            let (sheet, row, column) = (next(2) as usize, next(300), next(60));
            let mut found = Vec::new();
            readers.at(sheet, row, column, |number| found.push(*readers.area(number).unwrap()));
            let mut expected: Vec<Area> = all.iter().filter(|area| area.contains(sheet, row, column)).copied().collect();
            let order = |area: &Area| (area.sheet, area.first_row, area.last_row, area.first_column, area.last_column);
            found.sort_by_key(order);
            expected.sort_by_key(order);
            expected.dedup();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_last_row_is_found() {
        let mut readers = Readers::default();
        readers.add(Area::whole(0), 3);
        let mut found = 0;
        readers.at(0, LAST_ROW, LAST_COLUMN, |_| found += 1);
        assert_eq!(found, 1);
    }
}
