//! Cells on their way into a grid: their shown numbers, their order, and the errors among them. Knows no file format.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use jiff::civil::{Date, Time};

use crate::{
    model::{General, NumberFormat, Stored, column_letters, is_date_format, place_of, serial_from_date, show_number},
    notes::{Code, Note, Noted, Place, Severity},
    workbook::{
        Merge, OpenError, Painted, RawCell, RawRow, RawSheet,
        merges::apart,
        package::{Beside, Budget},
        parts::RawLook,
    },
};

/// The most errors of a sheet that are named one by one.
const MOST_ERRORS: usize = 20;
/// The most shown numbers that are remembered.
const MOST_SHOWN: usize = 4096;
/// The most formats that are kept as they were read.
const MOST_FORMATS: usize = 256;
/// The most formulas without a stored value whose places are told.
pub(crate) const MOST_PLACES: usize = 3;
/// How many letters of a text that was read over are named.
const NAMED: usize = 200;
/// The format of a date that has none of its own.
const SHORT_DATE: &str = "dd/mm/yyyy";
/// The most cells of merges that are looked through for painted ones.
const MOST_COVERED: u64 = 1_000_000;

/// What a cell was found to hold.
pub(crate) enum RawContent {
    Blank,
    Text(Box<str>),
    Number(f64),
    /// A day, as the number of a date.
    Day(f64),
    /// An error's text.
    Error(Box<str>),
}

/// Fills one grid with cells.
pub(crate) struct Filler<'a> {
    pub taken: Taken,
    looks: &'a [RawLook],
    plain: RawLook,
    shown: &'a mut Shown,
    budget: &'a mut Budget,
    is_within: bool,
}

/// The cells of a grid as they came, in whatever order.
#[derive(Default)]
pub(crate) struct Taken {
    pub grid: RawSheet,
    errors: Vec<(u32, u16, Box<str>)>,
    /// The first of the formulas without a stored value; how many there are is counted in the grid.
    without_value: Vec<(u32, u16)>,
    disordered: bool,
}

/// The numbers shown in styles so far, and the formats of styles as they were read.
#[derive(Default)]
pub(crate) struct Shown {
    numbers: HashMap<(usize, u64), Box<str>>,
    formats: HashMap<usize, NumberFormat>,
}

impl<'a> Filler<'a> {
    /// Fills a grid with cells whose styles are among `looks`.
    pub(crate) fn new(grid: RawSheet, looks: &'a [RawLook], shown: &'a mut Shown, budget: &'a mut Budget) -> Self {
        let taken = Taken { grid, ..Taken::default() };
        Self { taken, looks, plain: RawLook::default(), shown, budget, is_within: true }
    }

    /// Whether the cells so far are no more than can be held; those past it were left out.
    pub(crate) fn within_budget(&self) -> Result<(), OpenError> {
        self.budget.check()
    }

    /// Takes a cell in; false when there have been too many.
    pub(crate) fn take(&mut self, row: u32, column: u16, style: usize, content: RawContent, formula: bool) -> bool {
        let look = self.looks.get(style).unwrap_or(&self.plain);
        let (text, stored) = match content {
            RawContent::Text(text) if !is_blank(&text) => (look.font.drawn(text), None),
            RawContent::Blank | RawContent::Text(_) => {
                if let Some(fill) = look.fill {
                    self.taken.grid.painted.push(Painted { row, column, fill });
                }
                return self.is_within;
            }
            RawContent::Number(number) => {
                (self.shown.number(number, style, &look.format), Some(Stored { number, format: Arc::clone(&look.format) }))
            }
            RawContent::Day(number) => {
                let format = if is_date_format(&look.format) { Arc::clone(&look.format) } else { SHORT_DATE.into() };
                (show_number(number, &format).into(), Some(Stored { number, format }))
            }
            RawContent::Error(text) => {
                self.taken.errors.push((row, column, text.clone()));
                (text, None)
            }
        };
        let (fill, bold, font, indent) = (look.fill, look.bold, look.font, look.indent);
        self.put(row, RawCell { column, text, stored, fill, bold, font, formula, indent })
    }

    /// Takes a merge in, as far as there is room for it.
    pub(crate) fn merge(&mut self, merge: Merge) {
        if self.budget.take(Beside::Merges, usize::from(merge.last.1.saturating_sub(merge.first.1)) + 1) {
            self.taken.grid.merges.push(merge);
        }
    }

    /// Takes in formulas without a stored value: how many, and where some of them stand.
    pub(crate) fn without_value(&mut self, count: usize, places: &[(u32, u16)]) {
        self.taken.without_value(count, places);
    }

    /// Takes a filled cell in as it is; false when there have been too many.
    pub(crate) fn put(&mut self, row: u32, cell: RawCell) -> bool {
        let begins = self.taken.grid.rows.last().is_none_or(|last| last.row != row);
        self.is_within = self.is_within && self.budget.spend(&cell.text, begins);
        if self.is_within {
            self.put_counted(row, cell);
        }
        self.is_within
    }

    /// Takes an error in that the budget knows of.
    pub(crate) fn error(&mut self, row: u32, column: u16, text: Box<str>) {
        self.taken.errors.push((row, column, text.clone()));
        self.put_counted(row, RawCell { column, text, formula: true, ..RawCell::default() });
    }

    /// Takes a filled cell in that the budget knows of.
    pub(crate) fn put_counted(&mut self, row: u32, cell: RawCell) {
        let row = match self.taken.grid.rows.last_mut() {
            Some(last) if last.row == row => last,
            last => {
                self.taken.disordered |= last.as_ref().is_some_and(|last| last.row > row);
                // Room for as many cells as the row before has: a million rows of one cell take no room for eight.
                let cells = Vec::with_capacity(last.map_or(1, |last| last.cells.len()));
                self.taken.grid.rows.push(RawRow { row, cells });
                self.taken.grid.rows.last_mut().expect("a row was just put there")
            }
        };
        self.taken.disordered |= row.cells.last().is_some_and(|last| last.column >= cell.column);
        row.cells.push(cell);
    }

    /// What it has taken in.
    pub(crate) fn into_taken(self) -> Taken {
        self.taken
    }

    /// The grid, with its cells in order; what was noticed goes to the notes.
    pub(crate) fn finish(self, notes: &mut Vec<Note>) -> RawSheet {
        self.taken.finish(notes)
    }
}

impl Taken {
    /// Takes in formulas without a stored value: how many, and where some of them stand.
    pub(crate) fn without_value(&mut self, count: usize, places: &[(u32, u16)]) {
        self.grid.without_value = self.grid.without_value.saturating_add(count);
        let room = MOST_PLACES.saturating_sub(self.without_value.len());
        self.without_value.extend(places.iter().take(room));
    }

    /// Adds what stands behind it in the same sheet.
    pub(crate) fn append(&mut self, mut next: Self) {
        let row = |row: Option<&RawRow>| row.map(|row| row.row);
        self.disordered |= next.disordered || row(self.grid.rows.last()) >= row(next.grid.rows.first()).or(Some(u32::MAX));
        self.grid.rows.append(&mut next.grid.rows);
        self.grid.painted.append(&mut next.grid.painted);
        self.errors.append(&mut next.errors);
    }

    /// The grid, with its cells in order; what was noticed goes to the notes.
    pub(crate) fn finish(mut self, notes: &mut Vec<Note>) -> RawSheet {
        if self.disordered {
            in_order(&mut self.grid, notes);
        }
        apart(&mut self.grid.merges);
        error_notes(&self.grid.sheet, &self.errors, notes);
        notes.extend(without_value(&self.grid, &self.without_value));
        if !self.grid.painted.is_empty() && !self.grid.merges.is_empty() {
            let covered = covered(&self.grid.merges);
            self.grid.painted.retain(|painted| !covered.contains(&(painted.row, painted.column)));
        }
        self.grid
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// The cells that merges cover, but for the first of each; merges that are too large together are left out.
fn covered(merges: &[Merge]) -> HashSet<(u32, u16)> {
    let mut left = MOST_COVERED;
    let size = |merge: &Merge| (u64::from(merge.last.0 - merge.first.0) + 1) * (u64::from(merge.last.1 - merge.first.1) + 1);
    let few = merges.iter().filter(|merge| left.checked_sub(size(merge)).map(|rest| left = rest).is_some());
    few.flat_map(|merge| {
        let cells = (merge.first.0..=merge.last.0).flat_map(|row| (merge.first.1..=merge.last.1).map(move |column| (row, column)));
        cells.filter(|at| *at != merge.first)
    })
    .collect()
}

/// Puts rows and cells in order. Of several cells in one place the last stays, as in Excel's repair; the others are named.
fn in_order(grid: &mut RawSheet, notes: &mut Vec<Note>) {
    let mut noted = Noted::default();
    let mut rows = std::mem::take(&mut grid.rows);
    rows.sort_by_key(|row| row.row);
    for mut row in rows {
        match grid.rows.last_mut() {
            Some(last) if last.row == row.row => last.cells.append(&mut row.cells),
            _ => grid.rows.push(row),
        }
    }
    for row in &mut grid.rows {
        row.cells.sort_by_key(|cell| cell.column);
        let mut cells: Vec<RawCell> = Vec::with_capacity(row.cells.len());
        for cell in row.cells.drain(..) {
            match cells.last_mut() {
                Some(last) if last.column == cell.column => {
                    let text: String = last.text.chars().take(NAMED).collect();
                    let message = format!("The workbook has this cell twice. “{text}” was read over.");
                    let place = Place::address(place_of(&grid.sheet, row.row, u32::from(cell.column)));
                    noted.push(Note::new(Severity::Warning, Code::RepeatedCell, place, message, "Check this cell in Excel."));
                    *last = cell;
                }
                _ => cells.push(cell),
            }
        }
        row.cells = cells;
    }
    notes.extend(noted.finish());
    grid.painted.sort_by_key(|painted| (painted.row, painted.column));
    grid.painted.dedup_by_key(|painted| (painted.row, painted.column));
}

fn error_notes(sheet: &str, errors: &[(u32, u16, Box<str>)], notes: &mut Vec<Note>) {
    const HINT: &str = "Mend the formula in Excel, or type the value here.";
    let note = |row, column, message: String, hint: &str| {
        let place = Place::address(place_of(sheet, row, u32::from(column)));
        Note::new(Severity::Warning, Code::CellError, place, message, hint)
    };
    match errors {
        [(row, column, error), rest @ ..] if rest.len() >= MOST_ERRORS => {
            let message = format!("The formula in this cell gives {error}, and {} more cells of the sheet give errors.", rest.len());
            notes.push(note(*row, *column, message, "Mend the formulas in Excel, or type the values here."));
        }
        few => notes
            .extend(few.iter().map(|(row, column, error)| note(*row, *column, format!("The formula in this cell gives {error}."), HINT))),
    }
}

/// The note of the formulas of a sheet that have no stored value.
fn without_value(grid: &RawSheet, places: &[(u32, u16)]) -> Option<Note> {
    let &(row, column) = places.first()?;
    let names: Vec<String> =
        places.iter().map(|&(row, column)| format!("{}{}", column_letters(u32::from(column)), u64::from(row) + 1)).collect();
    let message = match grid.without_value.saturating_sub(names.len()) {
        0 if names.len() == 1 => "The formula in this cell has no stored value, so the cell is blank here.".to_owned(),
        0 => format!("{} formulas of the sheet have no stored value, so their cells are blank here: {}.", names.len(), names.join(", ")),
        more => {
            let count = grid.without_value;
            format!(
                "{count} formulas of the sheet have no stored value, so their cells are blank here: {} and {more} more.",
                names.join(", ")
            )
        }
    };
    let place = Place::address(grid.place(row, column));
    Some(Note::new(Severity::Warning, Code::FormulaWithoutValue, place, message, "Open it in Excel and save it, so the values are stored."))
}

impl Shown {
    /// The text of a number in a style's format.
    fn number(&mut self, number: f64, style: usize, format: &str) -> Box<str> {
        if let Some(text) = self.numbers.get(&(style, number.to_bits())) {
            return text.clone();
        }
        if self.formats.len() >= MOST_FORMATS && !self.formats.contains_key(&style) {
            self.formats.clear();
        }
        let text: Box<str> = self.formats.entry(style).or_insert_with(|| NumberFormat::read(format)).show(number).into();
        // A format may show nothing, but what is filled is never read as blank.
        let text = if is_blank(&text) { show_number(number, General).into() } else { text };
        if self.numbers.len() < MOST_SHOWN {
            self.numbers.insert((style, number.to_bits()), text.clone());
        }
        text
    }
}

/// A text with plain line breaks.
pub(crate) fn plain(text: &str) -> Box<str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// The number of a date such as `2024-01-31` or `2024-01-31T09:30:00`.
pub(crate) fn iso_serial(text: &str) -> Option<f64> {
    let date: Date = text.get(..10)?.parse().ok()?;
    let time = text.get(11..).map(|time| time.trim_end_matches('Z')).filter(|time| !time.is_empty());
    let seconds = match time.map(str::parse::<Time>) {
        Some(time) => {
            let time = time.ok()?;
            f64::from(i32::from(time.hour()) * 3600 + i32::from(time.minute()) * 60 + i32::from(time.second()))
        }
        None => 0.0,
    };
    Some(serial_from_date(date) + seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(cells: &[(u32, u16, &str)]) -> (RawSheet, Vec<Note>) {
        let (mut shown, mut budget, mut notes) = (Shown::default(), Budget::default(), Vec::new());
        let mut filler = Filler::new(RawSheet { sheet: "Plan".into(), ..RawSheet::default() }, &[], &mut shown, &mut budget);
        for (row, column, text) in cells {
            let content = if text.starts_with('#') { RawContent::Error((*text).into()) } else { RawContent::Text((*text).into()) };
            filler.take(*row, *column, 0, content, false);
        }
        (filler.finish(&mut notes), notes)
    }

    #[test]
    fn cells_out_of_order_are_put_in_order() {
        let (grid, notes) = filled(&[(5, 1, "c"), (2, 3, "b"), (2, 0, "a"), (5, 1, "d"), (5, 0, " ")]);
        let texts: Vec<(u32, u16, &str)> =
            grid.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.row, cell.column, &*cell.text))).collect();
        assert_eq!(texts, [(2, 0, "a"), (2, 3, "b"), (5, 1, "d")]);
        assert_eq!((notes.len(), &*notes[0].place.address), (1, "Plan!B6"));
        assert!(notes[0].message.contains('c'));
    }

    #[test]
    fn iso_dates_are_days() {
        assert_eq!(iso_serial("2017-08-01"), Some(42_948.0));
        assert_eq!(iso_serial("2017-08-01T12:00:00"), Some(42_948.5));
        assert_eq!((iso_serial("2017-13-01"), iso_serial("soon"), iso_serial("2017-08-01Tx")), (None, None, None));
    }

    #[test]
    fn many_errors_make_one_note() {
        let errors: Vec<(u32, u16, &str)> = (0..20).map(|row| (row, 0, "#SPILL!")).collect();
        assert_eq!(filled(&errors).1.len(), 20);
        let (grid, notes) = filled(&[&errors[..], &[(20, 0, "#N/A")]].concat());
        assert_eq!((grid.filled(), notes.len()), (21, 1));
        assert!(notes[0].message.contains("#SPILL!") && notes[0].message.contains("20 more"));
    }

    #[test]
    fn a_covered_cell_of_a_merge_is_not_painted() {
        let look = RawLook { fill: Some(0xFF_0000), ..RawLook::default() };
        let looks = [look];
        let (mut shown, mut budget) = (Shown::default(), Budget::default());
        let merges = vec![Merge { first: (0, 0), last: (1, 1) }];
        let mut filler = Filler::new(RawSheet { merges, ..RawSheet::default() }, &looks, &mut shown, &mut budget);
        for (row, column) in [(0, 0), (0, 1), (1, 0), (2, 0)] {
            filler.take(row, column, 0, RawContent::Blank, false);
        }
        let grid = filler.finish(&mut Vec::new());
        assert_eq!(grid.painted.iter().map(|painted| (painted.row, painted.column)).collect::<Vec<_>>(), [(0, 0), (2, 0)]);
    }
}
