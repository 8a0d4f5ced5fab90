//! The formulas that depend on what was edited: their values are worked out anew, or Excel is asked to do it when it opens the workbook.

use std::collections::{HashMap, HashSet};

use quick_xml::{Reader, events::Event};

use super::{
    NewOrder, PatchError, SheetEdits,
    facts::has_formulas,
    formula_book::{self, NewValues},
    parts::Parts,
    tag::Tag,
};
use crate::{
    model::{General, show_number},
    workbook::recalculate::{Book, Stored, recalculate},
};

/// The elements of a workbook's part that follow the one about calculation.
const AFTER: [&str; 9] = [
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// A cell that was written, with what stood there: the sheet by its name, the row and the column.
pub(super) type Before = (String, u32, u32, Stored);

/// What became of the formulas that depend on what was edited.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formulas {
    /// Those that show another value now: where, and the value.
    pub changed: Vec<(String, u32, u32, String)>,
    /// Those that keep their value until Excel opens the workbook: where, and why.
    pub kept: Vec<(String, u32, u32, String)>,
}

impl Formulas {
    /// Takes in formulas that keep their values, as many as are told.
    fn keep(&mut self, book: &Book, kept: Vec<(usize, u32, u32, String)>) {
        let named = kept.into_iter().map(|(sheet, row, column, why)| (book.sheets[sheet].name.clone(), row, column, why));
        self.kept.extend(named.take(MOST_TOLD));
    }

    /// Tells of each by where it is to stand; of those that go nothing is told.
    fn place(&mut self, placed: impl Fn(Cell) -> Option<Cell>) {
        let kept = std::mem::take(&mut self.kept).into_iter();
        self.kept = kept
            .filter_map(|(sheet, row, column, why)| placed((sheet, row, column)).map(|(sheet, row, column)| (sheet, row, column, why)))
            .collect();
    }

    /// Adds what became of formulas later; of one that is told twice, only what was told last.
    pub(super) fn append(&mut self, later: Self) {
        let again: HashSet<(&str, u32, u32)> =
            later.changed.iter().chain(&later.kept).map(|(sheet, row, column, _)| (sheet.as_str(), *row, *column)).collect();
        for told in [&mut self.changed, &mut self.kept] {
            told.retain(|(sheet, row, column, _)| !again.contains(&(sheet.as_str(), *row, *column)));
        }
        self.changed.extend(later.changed);
        self.kept.extend(later.kept);
    }
}

/// A cell: the sheet by its name, the row and the column.
type Cell = (String, u32, u32);

/// Tells where cells are to stand once the rows and columns do; nothing where they go.
fn placed(edits: &[SheetEdits]) -> impl Fn(Cell) -> Option<Cell> {
    let orders: HashMap<String, _> = edits
        .iter()
        .map(|edit| (edit.sheet.clone(), (edit.rows.as_ref().map(NewOrder::places), edit.columns.as_ref().map(NewOrder::places))))
        .collect();
    move |(sheet, row, column)| match orders.get(&sheet) {
        Some((rows, columns)) => {
            let row = rows.as_ref().map_or(Some(row), |place| place(row))?;
            let column = columns.as_ref().map_or(Some(column), |place| place(column))?;
            Some((sheet, row, column))
        }
        None => Some((sheet, row, column)),
    }
}

/// Finds the formulas that read rows which are about to go, come or move, as far as they can be worked out here: where each is to stand. The
/// others keep their values.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn formulas_of_rows(
    parts: &Parts<'_>,
    edits: &[SheetEdits],
    today: (i32, u32, u32),
    progress: &dyn Fn() -> bool,
) -> Result<(Vec<Cell>, Formulas), PatchError> {
    let mut formulas = Formulas::default();
    let orders: HashMap<&str, &NewOrder> = edits.iter().filter_map(|edit| Some((edit.sheet.as_str(), edit.rows.as_ref()?))).collect();
    if orders.is_empty() || !any_formulas(parts)? {
        return Ok((Vec::new(), formulas));
    }
    let Some(book) = formula_book::read(parts, today)? else { return Ok((Vec::new(), formulas)) };
    let mut within = Vec::new();
    for (at, sheet) in book.sheets.iter().enumerate() {
        let Some(order) = orders.get(sheet.name.as_str()) else { continue };
        let cells = sheet.cells.iter().filter(|cell| order.holds(cell.row));
        within.extend(cells.map(|cell| (at, cell.row, cell.column, cell.value.clone())));
    }
    let done = recalculate(&book, &within, progress);
    formulas.keep(&book, done.kept);
    let placed = placed(edits);
    formulas.place(&placed);
    let changed = done.changed.into_iter().map(|(sheet, row, column, _)| (sheet, row, column));
    let found = done.held.into_iter().chain(changed).map(|(sheet, row, column)| (book.sheets[sheet].name.clone(), row, column));
    Ok((found.filter_map(placed).collect(), formulas))
}

/// Works out the formulas that depend on cells that were edited, and those `of_rows` that moved. Where some cannot be worked out here, or rows
/// moved, Excel is asked to work out everything when it opens the workbook.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn recalculate_formulas(
    parts: &mut Parts<'_>,
    edited: &[Before],
    (moved, of_rows, today): (bool, &[Cell], (i32, u32, u32)),
    progress: &dyn Fn() -> bool,
) -> Result<Formulas, PatchError> {
    let mut formulas = Formulas::default();
    if !parts.is_changed() {
        return Ok(formulas);
    }
    if !any_formulas(parts)? {
        return Ok(formulas);
    }
    let book = formula_book::read(parts, today)?;
    // Some formulas tell where a row stands among others, whatever is in it.
    let whole = book.is_some() && !moved;
    if let Some(book) = book {
        let numbers: HashMap<&str, usize> = book.sheets.iter().enumerate().map(|(at, sheet)| (sheet.name.as_str(), at)).collect();
        let sheet = |name: &str| numbers.get(name).copied();
        let mut edited: Vec<_> =
            edited.iter().filter_map(|(name, row, column, before)| Some((sheet(name)?, *row, *column, before.clone()))).collect();
        // What a formula gives is not asked again to be what it gave: the rows that it reads are others now.
        let of_rows: HashSet<(usize, u32, u32)> =
            of_rows.iter().filter_map(|(name, row, column)| Some((sheet(name)?, *row, *column))).collect();
        for (at, sheet) in book.sheets.iter().enumerate() {
            let own = sheet.cells.iter().filter(|cell| cell.formula.is_some() && of_rows.contains(&(at, cell.row, cell.column)));
            edited.extend(own.map(|cell| (at, cell.row, cell.column, cell.value.clone())));
        }
        let done = recalculate(&book, &edited, progress);
        put_values(parts, &book, &done.changed, &mut formulas)?;
        formulas.keep(&book, done.kept);
    }
    if !whole || !formulas.kept.is_empty() {
        ask_for_all(parts)?;
    }
    Ok(formulas)
}

/// Whether any sheet has a formula.
fn any_formulas(parts: &Parts<'_>) -> Result<bool, PatchError> {
    for sheet in parts.sheets() {
        if has_formulas(&parts.read(&sheet)?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How many formulas that keep their values are told.
const MOST_TOLD: usize = 1_000;

fn put_values(
    parts: &mut Parts<'_>,
    book: &Book,
    changed: &[(usize, u32, u32, Stored)],
    formulas: &mut Formulas,
) -> Result<(), PatchError> {
    let mut values: HashMap<usize, NewValues> = HashMap::new();
    for (sheet, row, column, value) in changed {
        values.entry(*sheet).or_default().insert((*row, *column), value.clone());
        formulas.changed.push((book.sheets[*sheet].name.clone(), *row, *column, shown(value)));
    }
    for (sheet, values) in values {
        let Some(part) = parts.sheet(&book.sheets[sheet].name) else { continue };
        let before = parts.read(&part)?;
        let written = formula_book::with_values(&before, &values).ok_or_else(|| PatchError::Sheet(book.sheets[sheet].name.clone()))?;
        parts.set_unless_same(&part, &before, written);
    }
    Ok(())
}

fn shown(value: &Stored) -> String {
    match value {
        Stored::Blank => String::new(),
        Stored::Number(number) => show_number(*number, General),
        Stored::Text(text) | Stored::Error(text) => text.clone(),
        Stored::Truth(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
    }
}

/// Has Excel work out everything when it opens the workbook.
fn ask_for_all(parts: &mut Parts<'_>) -> Result<(), PatchError> {
    let part = parts.book_part().to_owned();
    let bytes = parts.read(&part)?;
    if let Some(changed) = std::str::from_utf8(&bytes).ok().map(|text| text.trim_start_matches('\u{feff}')).and_then(on_load) {
        parts.set_unless_same(&part, &bytes, changed.into_bytes());
    }
    Ok(())
}

/// A workbook's part that asks for everything to be worked out on opening; nothing where it is not sound.
fn on_load(book: &str) -> Option<String> {
    let mut reader = Reader::from_str(book);
    reader.config_mut().check_end_names = false;
    let mut depth = 0_usize;
    loop {
        let from = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let to = usize::try_from(reader.buffer_position()).ok()?;
        let name = match &event {
            Event::Start(start) | Event::Empty(start) => start.local_name().as_ref().to_owned(),
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(put_in(book, from));
                }
                continue;
            }
            Event::Eof => return None,
            _ => continue,
        };
        if name == "calcPr" {
            let mut tag = Tag::new(&book[from..to]);
            tag.set("fullCalcOnLoad", "1");
            return Some(format!("{}{}{}", &book[..from], tag.as_str(), &book[to..]));
        }
        if depth == 1 && AFTER.contains(&&*name) {
            return Some(put_in(book, from));
        }
        depth += usize::from(matches!(event, Event::Start(_)));
    }
}

fn put_in(book: &str, at: usize) -> String {
    let prefix = book.find("workbook").and_then(|end| Some(&book[book[..end].rfind('<')? + 1..end])).unwrap_or("");
    format!("{}<{prefix}calcPr fullCalcOnLoad=\"1\"/>{}", &book[..at], &book[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_is_worked_out_anew_on_opening() {
        let with = on_load("<workbook><sheets/><calcPr calcId=\"1\"/><extLst/></workbook>").unwrap();
        assert_eq!(with, "<workbook><sheets/><calcPr calcId=\"1\" fullCalcOnLoad=\"1\"/><extLst/></workbook>");
        let with = on_load("<?xml version=\"1.0\"?><x:workbook><x:sheets><x:sheet/></x:sheets><x:pivotCaches/></x:workbook>").unwrap();
        assert!(with.contains("</x:sheets><x:calcPr fullCalcOnLoad=\"1\"/><x:pivotCaches/>"), "{with}");
        let with = on_load("<workbook><sheets></sheets></workbook>").unwrap();
        assert_eq!(with, "<workbook><sheets></sheets><calcPr fullCalcOnLoad=\"1\"/></workbook>");
    }
}
