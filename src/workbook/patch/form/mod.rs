//! A workbook as a form that is to be filled: which of its cells are open, what each takes, and what its formulas give. Changes no byte.

mod sheet;
mod trial;
mod validations;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

pub(crate) use trial::{Choices, Trial};
pub(crate) use validations::{Bounds, OnError, Validation, ValidationKind};

use self::sheet::Described;
use super::{PatchError, facts, formula_book, parts::Parts};
use crate::{
    model::show_number,
    workbook::{
        Merge, OpenError,
        recalculate::{Book, Stored, recalculate},
    },
};

/// What a cell of a form holds.
pub(crate) type FormValue = Stored;

/// How a cell looks, and whether it may be typed in on a protected sheet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FormLook {
    pub locked: bool,
    pub format: Arc<str>,
    /// 0xRRGGBB; none for white.
    pub fill: Option<u32>,
    pub bold: bool,
}

/// A cell that holds something, or is blank and open or filled with a colour.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FormCell {
    pub look: usize,
    pub value: FormValue,
    /// Without its equals sign.
    pub formula: Option<String>,
    /// Whether its value cannot be told: it is of a formula that was never worked out, and could not be here; with the reason.
    pub untold: Option<String>,
}

/// A sheet of cells.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FormSheet {
    pub name: String,
    pub hidden: bool,
    pub protected: bool,
    /// By row and column, zero-based.
    pub cells: BTreeMap<(u32, u32), FormCell>,
    pub merges: Vec<Merge>,
    pub validations: Vec<Validation>,
    pub hidden_rows: HashSet<u32>,
    pub hidden_columns: Vec<(u32, u32)>,
    /// The first cells of merges, by the other cells of each.
    covered: HashMap<(u32, u32), (u32, u32)>,
    /// The merges by their first cells.
    merged: HashMap<(u32, u32), Merge>,
    /// The validations that are for cells, by their places among all.
    ruled: HashMap<(u32, u32), usize>,
}

/// A workbook that is to be filled.
#[derive(Clone, Debug, Default)]
pub(crate) struct Form {
    /// All sheets of the workbook in order; one that holds no cells is empty.
    pub sheets: Vec<FormSheet>,
    looks: Vec<FormLook>,
    book: Book,
}

/// How many cells all ranges of a sheet's validations may be held against.
const MOST_RULED: usize = 20_000_000;
/// A merge of more cells than this is not followed cell by cell.
const MOST_MERGED: u64 = 10_000;

impl FormSheet {
    /// The first cell of the merge that a cell is in; the cell itself where it is in none.
    pub(crate) fn first_of(&self, place: (u32, u32)) -> (u32, u32) {
        self.covered.get(&place).copied().unwrap_or(place)
    }

    /// The merge that begins at a cell.
    pub(crate) fn merge_at(&self, place: (u32, u32)) -> Option<&Merge> {
        self.merged.get(&place)
    }

    /// Whether a cell is out of sight by its row or column.
    pub(crate) fn is_hidden(&self, (row, column): (u32, u32)) -> bool {
        self.hidden_rows.contains(&row) || self.hidden_columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }

    fn cover(&mut self) {
        for merge in &self.merges {
            let (rows, columns) = (merge.first.0..=merge.last.0, u32::from(merge.first.1)..=u32::from(merge.last.1));
            let first = (merge.first.0, u32::from(merge.first.1));
            self.merged.insert(first, *merge);
            let size = u64::from(merge.last.0 - merge.first.0 + 1) * (u64::from(merge.last.1 - merge.first.1) + 1);
            if size <= MOST_MERGED {
                let all = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
                self.covered.extend(all.filter(|place| *place != first).map(|place| (place, first)));
            }
        }
    }
}

impl Form {
    /// Reads a workbook. Formulas that nobody has worked out yet are worked out here, where that can be done.
    ///
    /// # Errors
    /// When it is no workbook that can be written in place, or more than can be looked at.
    pub(crate) fn read(bytes: &[u8], today: (i32, u32, u32), progress: &dyn Fn() -> bool) -> Result<Self, PatchError> {
        let parts = Parts::open(bytes, progress)?;
        let styles = parts.styles()?;
        let looks: Vec<FormLook> = parts
            .looks()
            .into_iter()
            .enumerate()
            .map(|(style, look)| FormLook { locked: styles.is_locked(style), format: look.format, fill: look.fill, bold: look.bold })
            .collect();
        let book = formula_book::read(&parts, today)?;
        let book = book.ok_or_else(|| OpenError::TooLarge("it holds too many cells to be filled as a form".to_owned()))?;
        let mut form = Self { looks, book, ..Self::default() };
        let hidden = parts.hidden_sheets();
        for (at, (name, part)) in parts.named_sheets().into_iter().enumerate() {
            if !progress() {
                return Err(PatchError::Cancelled);
            }
            let mut sheet = FormSheet { hidden: hidden.contains(&name), name, ..FormSheet::default() };
            if let Some(part) = part {
                let wanted = |style: usize| form.looks.get(style).is_some_and(|look| !look.locked || look.fill.is_some());
                let read = Described::read(&parts.read(&part)?, &wanted).map_err(|_| PatchError::Sheet(sheet.name.clone()))?;
                sheet.take(read, &form.book.sheets[at].cells);
                sheet.index_rules().ok_or_else(|| OpenError::TooLarge(format!("the sheet “{}” has too many rules", sheet.name)))?;
            }
            form.sheets.push(sheet);
        }
        form.work_out(progress);
        Ok(form)
    }

    /// How a cell looks that has one of the styles there are.
    pub(crate) fn look(&self, cell: &FormCell) -> Option<&FormLook> {
        self.looks.get(cell.look)
    }

    /// A sheet and its place among all, by its name.
    pub(crate) fn sheet(&self, name: &str) -> Option<(usize, &FormSheet)> {
        self.sheets.iter().enumerate().find(|(_, sheet)| sheet.name == name)
    }

    /// What is read in a cell.
    pub(crate) fn text(&self, sheet: usize, place: (u32, u32)) -> String {
        let Some(cell) = self.sheets.get(sheet).and_then(|sheet| sheet.cells.get(&place)) else { return String::new() };
        self.shown(cell)
    }

    /// What is read in a cell, in its own format.
    pub(crate) fn shown(&self, cell: &FormCell) -> String {
        match &cell.value {
            Stored::Blank => String::new(),
            Stored::Number(number) => {
                let days_later = if self.book.date_1904 { 1462.0 } else { 0.0 };
                match self.looks.get(cell.look) {
                    Some(look) if crate::model::is_date_format(&look.format) => show_number(*number + days_later, &look.format),
                    Some(look) => show_number(*number, &look.format),
                    None => show_number(*number, crate::model::General),
                }
            }
            Stored::Text(text) | Stored::Error(text) => text.clone(),
            Stored::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        }
    }

    /// A day as this workbook stores it, from the days since 30 December 1899.
    pub(crate) fn serial(&self, days: f64) -> f64 {
        if self.book.date_1904 { days - 1462.0 } else { days }
    }

    /// Works out formulas that have no value yet, and says of the others of them that theirs cannot be told.
    fn work_out(&mut self, progress: &dyn Fn() -> bool) {
        let all = self.book.sheets.iter().enumerate();
        let without: Vec<(usize, u32, u32, Stored)> = all
            .flat_map(|(at, sheet)| sheet.cells.iter().map(move |cell| (at, cell)))
            .filter(|(_, cell)| cell.formula.is_some() && cell.value == Stored::Blank)
            .map(|(at, cell)| (at, cell.row, cell.column, Stored::Blank))
            .collect();
        if without.is_empty() {
            return;
        }
        let done = recalculate(&self.book, &without, progress);
        trial::lay(&mut self.book, done.changed.iter().cloned());
        for (sheet, row, column, value) in done.changed {
            self.sheets[sheet].cells.get_mut(&(row, column)).into_iter().for_each(|cell| cell.value = value.clone());
        }
        for (sheet, row, column, why) in done.kept {
            let cell = self.sheets[sheet].cells.get_mut(&(row, column));
            cell.filter(|cell| cell.value == Stored::Blank).into_iter().for_each(|cell| cell.untold = Some(why.clone()));
        }
    }
}

impl FormSheet {
    fn take(&mut self, read: Described, cells: &[crate::workbook::recalculate::SheetCell]) {
        let blank = |look: usize| FormCell { look, value: Stored::Blank, formula: None, untold: None };
        self.cells = read.styles.iter().map(|(place, style)| (*place, blank(*style))).collect();
        for held in cells {
            let place = (held.row, held.column);
            let cell = self.cells.entry(place).or_insert_with(|| blank(read.style(place)));
            (cell.value, cell.formula) = (held.value.clone(), held.formula.clone());
            if let (Some(formula), Some((rows, columns))) = (&held.formula, held.fills)
                && u64::from(rows) * u64::from(columns) <= MOST_MERGED
            {
                // The other cells of an array hold no formula of their own, and are no more open for it.
                let all = (held.row..held.row + rows).flat_map(|row| (held.column..held.column + columns).map(move |column| (row, column)));
                let formula = formula.clone();
                all.filter(|other| *other != place).for_each(|other| {
                    let cell = self.cells.entry(other).or_insert_with(|| blank(read.style(other)));
                    cell.formula = Some(formula.clone());
                });
            }
        }
        let Described { merges, protected, hidden_rows, hidden_columns, validations, .. } = read;
        (self.merges, self.protected, self.hidden_rows) = (merges, protected, hidden_rows);
        (self.hidden_columns, self.validations) = (hidden_columns, validations);
        self.cover();
    }

    /// The validation that is for a cell, where it says what the cell takes.
    pub(crate) fn validation(&self, place: (u32, u32)) -> Option<&Validation> {
        self.ruled.get(&place).map(|at| &self.validations[*at])
    }

    /// Finds the validation of each cell; nothing where that takes too long.
    fn index_rules(&mut self) -> Option<()> {
        let (mut seen, mut ruled) = (0, HashMap::new());
        for (at, validation) in self.validations.iter().enumerate().filter(|(_, validation)| validation.kind != ValidationKind::Any) {
            for range in &validation.ranges {
                for (place, _) in self.cells.range((range.first.0, 0)..=(range.last.0, u32::MAX)) {
                    seen += 1;
                    if facts::within(range, *place) {
                        ruled.entry(*place).or_insert(at);
                    }
                }
                if seen > MOST_RULED {
                    return None;
                }
            }
        }
        self.ruled = ruled;
        Some(())
    }

    /// What validations say beside a cell.
    pub(crate) fn prompt(&self, place: (u32, u32)) -> Option<&str> {
        let all = self.validations.iter().filter(|validation| validation.covers(place));
        all.map(|validation| validation.prompt.as_str()).find(|prompt| !prompt.is_empty())
    }
}
