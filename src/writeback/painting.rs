//! Which cells of a column show how each status is painted by its owner. Knows no style.

use std::{collections::HashMap, sync::Arc};

use super::{SheetChanges, sheet_of};
use crate::{
    model::{Cell, Role, Status, Table, in_plain_form},
    workbook::patch::Paint,
};

/// How many rows of a column are looked at.
const ROWS: usize = 2_000;

/// What the columns of a table show, worked out once each.
#[derive(Default)]
pub(super) struct Paints(HashMap<usize, Shown>);

/// What a column shows: its cells, each with the number of what it states, and these numbers.
#[derive(Clone)]
struct Shown {
    cells: Arc<Vec<(u32, u32, usize)>>,
    numbers: HashMap<String, usize>,
}

impl Paints {
    /// How a cell of the column at a position is painted for what it states now; nothing where its column states no status.
    pub(super) fn of(&mut self, before: &Table, after: &Table, at: usize, new: &Cell, sheet: &SheetChanges) -> Option<Paint> {
        let column = &after.columns[at];
        if !matches!(column.role, Some(Role::Status | Role::Rating)) {
            return None;
        }
        let held = before.column_position(column.id)?;
        let Shown { cells, numbers } = self.0.entry(at).or_insert_with(|| cells(before, held, sheet));
        let words = states(new);
        let scale = column.scale.step_for(&new.text).and_then(|step| step.colour);
        let number = words.as_ref().map(|words| numbers.get(words).copied().unwrap_or(usize::MAX));
        Some(Paint { cells: Arc::clone(cells), states: number, colour: scale.or_else(|| new.status().map(usual)) })
    }
}

/// What a cell states, as it is compared.
fn states(cell: &Cell) -> Option<String> {
    match cell.status() {
        Some(status) => Some(status.code().to_owned()),
        None => Some(in_plain_form(&cell.text)).filter(|words| !words.is_empty()),
    }
}

fn cells(before: &Table, at: usize, sheet: &SheetChanges) -> Shown {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut cells = Vec::new();
    let rows = before.rows.iter().filter(|row| row.is_line() && row.source > 0 && sheet_of(before, row) == before.sheet);
    for row in rows.take(ROWS) {
        let Some(words) = row.cells.get(at).and_then(states) else { continue };
        let count = numbers.len();
        let number = *numbers.entry(words).or_insert(count);
        // A row that goes shows it as well, but stands nowhere then.
        let spot = before.source_cell(row, Some(at)).and_then(|(row, column)| Some((sheet.place(row)?, sheet.column(column))));
        cells.extend(spot.map(|(row, column)| (row, column, number)));
    }
    Shown { cells: Arc::new(cells), numbers }
}

/// The colour councils use for a status, 0xRRGGBB, as in their key of red, amber and green.
fn usual(status: Status) -> u32 {
    match status {
        Status::NotStarted => 0xD9_D9D9,
        Status::MajorProblems => 0xFF_0000,
        Status::MinorProblems => 0xFF_C000,
        Status::InProgress => 0x92_D050,
        Status::Complete => 0x00_B0F0,
        Status::OnHold => 0xBF_BFBF,
        Status::Cancelled => 0xA6_A6A6,
    }
}
