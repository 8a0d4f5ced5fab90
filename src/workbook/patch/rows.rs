//! The rows and columns of a sheet that are added, deleted or moved, with all that refers to them in the whole workbook. Writes no cell.

use std::collections::{HashMap, HashSet};

use super::{
    PatchError, SheetEdits,
    facts::SheetFacts,
    parts::Parts,
    shift::{Axis, Placed, Said, SaidWhat, Shift, shift_package},
};

/// A row, or a column, as it is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacedRow {
    /// One that stood at this place, zero-based.
    Old(u32),
    /// A new one, which looks like the one that stood at this place.
    New { like: u32 },
    /// A new one with what the cells of another hold between two columns, both included, but for the numbers that formulas give.
    Copy { of: u32, columns: (u32, u32) },
}

impl PlacedRow {
    /// The columns whose cells come along.
    fn copied(&self) -> Option<(u32, u32)> {
        match self {
            Self::Copy { columns, .. } => Some(*columns),
            Self::Old(_) | Self::New { .. } => None,
        }
    }
}

/// Rows, or columns, of a sheet in a new order; those it does not name are deleted, and all that follow move up or down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOrder {
    /// The first row, zero-based, and how many there were.
    pub first: u32,
    pub count: u32,
    pub rows: Vec<PlacedRow>,
}

impl NewOrder {
    /// Whether it says where a row stands, or that it goes.
    pub(super) fn holds(&self, row: u32) -> bool {
        row.checked_sub(self.first).is_some_and(|within| within < self.count)
    }

    /// Tells where a row is to stand; nothing where it goes.
    pub(super) fn places(&self) -> impl Fn(u32) -> Option<u32> + use<> {
        let (first, count, now) = (self.first, self.count, self.rows.len());
        let old = |(place, row): (u32, &PlacedRow)| if let PlacedRow::Old(old) = row { Some((*old, place)) } else { None };
        let places: HashMap<u32, u32> = (first..).zip(&self.rows).filter_map(old).collect();
        move |row| match row.checked_sub(first) {
            None => Some(row),
            Some(within) if within < count => places.get(&row).copied(),
            Some(_) => Some(row - count + u32::try_from(now).ok()?),
        }
    }
}

/// What became of a formula as rows moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowsSaid {
    /// A cell that it refers to is gone.
    Broken { place: String, formula: String },
    /// A range of it ends directly above a new row, which it does not count.
    EndsAbove { place: String, formula: String },
}

/// Moves the rows and columns of every sheet that says so.
///
/// # Errors
/// When something is in the way on one of them; nothing may be kept then.
pub(super) fn shift(parts: &mut Parts<'_>, edits: &[SheetEdits], progress: &dyn Fn() -> bool) -> Result<Vec<RowsSaid>, PatchError> {
    let mut all = Vec::new();
    for edit in edits {
        for (axis, order) in [(Axis::Rows, &edit.rows), (Axis::Columns, &edit.columns)] {
            if let Some(order) = order {
                shift_one(parts, &edit.sheet, (axis, order), &mut all, progress)?;
            }
        }
    }
    Ok(all)
}

/// Moves the rows, or the columns, of one sheet.
fn shift_one(
    parts: &mut Parts<'_>,
    sheet: &str,
    (axis, order): (Axis, &NewOrder),
    all: &mut Vec<RowsSaid>,
    progress: &dyn Fn() -> bool,
) -> Result<(), PatchError> {
    let refused = |why: String| match axis {
        Axis::Rows => PatchError::Rows { sheet: sheet.to_owned(), why },
        Axis::Columns => PatchError::Columns { sheet: sheet.to_owned(), why },
    };
    if !progress() {
        return Err(PatchError::Cancelled);
    }
    let part = parts.sheet(sheet).ok_or_else(|| refused("there is no such sheet of cells".to_owned()))?;
    let facts = SheetFacts::read(&parts.read(&part)?, &HashSet::new()).map_err(|_| PatchError::Sheet(sheet.to_owned()))?;
    if facts.protected {
        return Err(refused("the sheet is protected. Unprotect it in Excel (Review > Unprotect Sheet)".to_owned()));
    }
    let rows = order.rows.iter().map(|row| match row {
        PlacedRow::Old(old) => Placed::Old(*old),
        PlacedRow::New { like } | PlacedRow::Copy { of: like, .. } => Placed::New { like: Some(*like) },
    });
    let shift = Shift::new(axis, order.first, order.count, rows.collect()).map_err(|why| refused(why.to_string()))?;
    let shift = shift.copying(order.rows.iter().map(PlacedRow::copied).collect());
    let names = parts.names();
    let shifted = shift_package(&|name| parts.read(name).ok(), &names, &part, &shift).map_err(|why| refused(why.to_string()))?;
    for (name, bytes) in shifted.parts {
        parts.set(&name, bytes);
    }
    if shifted.drop.is_some() {
        parts.drop_calculation_chain()?;
    }
    all.extend(shifted.said.into_iter().map(|Said { place, what, formula }| match what {
        SaidWhat::Broken => RowsSaid::Broken { place, formula },
        SaidWhat::EndsAbove => RowsSaid::EndsAbove { place, formula },
    }));
    Ok(())
}
