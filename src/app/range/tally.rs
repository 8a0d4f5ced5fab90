//! How much is selected: cells, numbers and their sum. Worked out once for each selection and change.

use super::{Area, Selection, cell_at};
use crate::model::{Figure, Table, Unit, Value};

/// What the status bar says of a selection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    of: Option<(u64, Selection)>,
    /// What is selected, in words; empty when no more than one cell is.
    pub words: String,
}

impl Tally {
    /// Counts anew when the selection or the document is another.
    pub fn update(&mut self, revision: u64, selected: Option<(Selection, &Table)>) {
        let of = selected.map(|(selection, _)| (revision, selection));
        if self.of != of {
            let area = selected.and_then(|(selection, table)| Some((table, selection.area(table)?)));
            self.words = area.map_or_else(String::new, |(table, area)| words(table, &area));
            self.of = of;
        }
    }
}

/// `12 cells selected, 3 numbers, sum 24`.
fn words(table: &Table, area: &Area) -> String {
    let (mut cells, mut numbers, mut shares, mut sum) = (0_usize, 0_usize, 0_usize, 0.0);
    for (row, column) in area.cells(table) {
        cells += 1;
        let Some(cell) = cell_at(table, row, column) else { continue };
        if let Some(amount) = cell.amount() {
            numbers += 1;
            sum += amount;
            shares += usize::from(matches!(cell.value, Value::Figure(Figure::Amount { unit: Unit::Percent, .. })));
        }
    }
    let counted = match cells {
        0 => return String::new(),
        1 => "1 cell selected".to_owned(),
        _ => format!("{cells} cells selected"),
    };
    // Shares and counts are not summed together.
    match (numbers, shares) {
        (0 | 1, _) => counted,
        (_, 0) => format!("{counted}, {numbers} numbers, sum {}", rounded(sum)),
        (_, shares) if shares == numbers => format!("{counted}, {numbers} numbers, average {}%", rounded(sum * 100.0 / numbers as f64)),
        _ => format!("{counted}, {numbers} numbers"),
    }
}

/// A number without the noise of its last binary digits.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
