//! A form with values laid into its cells, to be asked what its formulas and lists give then. Changes no byte.

use super::{super::shift::displaced, Form, Validation, ValidationKind};
use crate::workbook::recalculate::{Asked, Book, SheetCell, Stored, answers, recalculate};

/// What a validation goes by, worked out for one cell: the choices of a list, its bounds, or whether its own formula holds.
pub(crate) type Choices = Result<Vec<Stored>, String>;

/// A form as it would be with other values in some cells.
#[derive(Debug)]
pub(crate) struct Trial {
    book: Book,
    /// The formulas that could not be worked out anew, with the reasons.
    kept: Vec<(usize, u32, u32, String)>,
}

impl Trial {
    /// The form with these values: sheet, row, column, and what is laid there.
    pub(crate) fn of(form: &Form, values: &[(usize, u32, u32, Stored)], progress: &dyn Fn() -> bool) -> Self {
        let mut book = form.book.clone();
        let before: Vec<_> =
            values.iter().map(|(sheet, row, column, _)| (*sheet, *row, *column, held(&book, (*sheet, *row, *column)))).collect();
        lay(&mut book, values.iter().cloned());
        let done = recalculate(&book, &before, progress);
        lay(&mut book, done.changed.into_iter());
        Self { book, kept: done.kept }
    }

    /// The form with what its cells hold then; a formula that could not be worked out anew says so.
    pub(crate) fn into_form(self, form: &Form) -> Form {
        let mut form = Form { sheets: form.sheets.clone(), looks: form.looks.clone(), book: self.book };
        for (sheet, held) in form.sheets.iter_mut().zip(&form.book.sheets) {
            for cell in &held.cells {
                sheet.cells.get_mut(&(cell.row, cell.column)).into_iter().for_each(|own| own.value = cell.value.clone());
            }
        }
        for (sheet, row, column, why) in self.kept {
            let cell = form.sheets.get_mut(sheet).and_then(|sheet| sheet.cells.get_mut(&(row, column)));
            cell.into_iter().for_each(|cell| cell.untold = Some(why.clone()));
        }
        form
    }

    /// What validations go by, each in a cell of a sheet: its first formula, and its second where it has one.
    pub(crate) fn asked(&self, all: &[(usize, (u32, u32), &Validation)], progress: &dyn Fn() -> bool) -> Vec<(Choices, Option<Choices>)> {
        let formula = |sheet: usize, (row, column): (u32, u32), validation: &Validation, text: &str| {
            let anchor = validation.anchor();
            let formula = displaced(text, i64::from(row) - i64::from(anchor.0), i64::from(column) - i64::from(anchor.1));
            Asked { place: (sheet, row, column), formula }
        };
        let firsts = all.iter().map(|(sheet, place, validation)| formula(*sheet, *place, validation, &validation.first));
        let with_second = all.iter().filter(|(.., validation)| !validation.second.is_empty());
        let seconds = with_second.map(|(sheet, place, validation)| formula(*sheet, *place, validation, &validation.second));
        let asked: Vec<Asked> = firsts.chain(seconds).collect();
        let mut given = answers(&self.book, &asked, progress).into_iter();
        let firsts: Vec<Choices> = given.by_ref().take(all.len()).collect();
        let told = all.iter().zip(firsts);
        told.map(|((.., validation), first)| {
            let first = match written_list(validation) {
                Some(choices) => Ok(choices),
                None => first,
            };
            let second = (!validation.second.is_empty()).then(|| given.next()).flatten();
            (first, second)
        })
        .collect()
    }
}

/// The choices of a list that is written out: `"Red,Amber,Green"`.
fn written_list(validation: &Validation) -> Option<Vec<Stored>> {
    let list = validation.first.trim().strip_prefix('"')?.strip_suffix('"')?;
    // One with `&` is a formula.
    let is_list = validation.kind == ValidationKind::List && !list.replace("\"\"", "").contains('"');
    let choice = |choice: &str| Stored::Text(choice.trim().replace("\"\"", "\""));
    is_list.then(|| list.split(',').filter(|choice| !choice.trim().is_empty()).map(choice).collect())
}

fn held(book: &Book, (sheet, row, column): (usize, u32, u32)) -> Stored {
    let cells = book.sheets.get(sheet).map_or(&[][..], |sheet| &sheet.cells);
    position(cells, (row, column)).map_or_else(|_| Stored::Blank, |at| cells[at].value.clone())
}

/// Where a cell stands among those of a sheet, which are in order.
fn position(cells: &[SheetCell], place: (u32, u32)) -> Result<usize, usize> {
    cells.binary_search_by_key(&place, |cell| (cell.row, cell.column))
}

/// Puts values into cells, new ones where there are none.
pub(super) fn lay(book: &mut Book, values: impl Iterator<Item = (usize, u32, u32, Stored)>) {
    let mut by_sheet: std::collections::BTreeMap<usize, Vec<(u32, u32, Stored)>> = std::collections::BTreeMap::new();
    values.for_each(|(sheet, row, column, value)| by_sheet.entry(sheet).or_default().push((row, column, value)));
    for (sheet, values) in by_sheet {
        let Some(sheet) = book.sheets.get_mut(sheet) else { continue };
        let (mut added, in_order) = (false, sheet.cells.is_sorted_by_key(|cell| (cell.row, cell.column)));
        if !in_order {
            sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        let known = sheet.cells.len();
        for (row, column, value) in values {
            match position(&sheet.cells[..known], (row, column)) {
                Ok(at) => sheet.cells[at].value = value,
                Err(_) => {
                    added = true;
                    sheet.cells.push(SheetCell { row, column, value, ..SheetCell::default() });
                }
            }
        }
        if added {
            sheet.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
    }
}
