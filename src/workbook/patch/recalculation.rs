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
    fn place(&mut self, edits: &[SheetEdits]) {
        let orders: HashMap<&str, _> = edits
            .iter()
            .map(|edit| (edit.sheet.as_str(), (edit.rows.as_ref().map(NewOrder::places), edit.columns.as_ref().map(NewOrder::places))))
            .collect();
        let placed = |(sheet, row, column, said): (String, u32, u32, String)| match orders.get(sheet.as_str()) {
            Some((rows, columns)) => {
                let row = rows.as_ref().map_or(Some(row), |place| place(row))?;
                let column = columns.as_ref().map_or(Some(column), |place| place(column))?;
                Some((sheet, row, column, said))
            }
            None => Some((sheet, row, column, said)),
        };
        self.changed = std::mem::take(&mut self.changed).into_iter().filter_map(placed).collect();
        self.kept = std::mem::take(&mut self.kept).into_iter().filter_map(placed).collect();
    }

    /// Adds what became of formulas later; what is told of one twice holds as it was told last.
    pub(super) fn append(&mut self, later: Self) {
        let Self { changed, kept } = later;
        for (told, later) in [(&mut self.changed, changed), (&mut self.kept, kept)] {
            let again: HashSet<(&str, u32, u32)> = later.iter().map(|(sheet, row, column, _)| (sheet.as_str(), *row, *column)).collect();
            told.retain(|(sheet, row, column, _)| !again.contains(&(sheet.as_str(), *row, *column)));
            told.extend(later);
        }
    }
}

/// Works out the formulas that read rows which are about to go, as if nothing stood in these. What becomes of each is told by where it is to
/// stand. Nothing is worked out where no row goes.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn recalculate_without_rows(
    parts: &mut Parts<'_>,
    edits: &[SheetEdits],
    today: (i32, u32, u32),
    progress: &dyn Fn() -> bool,
) -> Result<Formulas, PatchError> {
    let mut formulas = Formulas::default();
    let gone: HashMap<&str, HashSet<u32>> =
        edits.iter().map(|edit| (edit.sheet.as_str(), edit.rows.as_ref().map(NewOrder::gone).unwrap_or_default())).collect();
    if gone.values().all(HashSet::is_empty) {
        return Ok(formulas);
    }
    let Some(mut book) = formula_book::read(parts, today)? else { return Ok(formulas) };
    let mut edited = Vec::new();
    for (at, sheet) in book.sheets.iter_mut().enumerate() {
        let Some(gone) = gone.get(sheet.name.as_str()) else { continue };
        for cell in sheet.cells.iter_mut().filter(|cell| gone.contains(&cell.row)) {
            edited.push((at, cell.row, cell.column, std::mem::take(&mut cell.value)));
            (cell.formula, cell.fills) = (None, None);
        }
    }
    let done = recalculate(&book, &edited, progress);
    put_values(parts, &book, &done.changed, &mut formulas)?;
    formulas.keep(&book, done.kept);
    formulas.place(edits);
    Ok(formulas)
}

/// Works out the formulas that depend on cells that were edited. Where some cannot be worked out here, or rows moved, Excel is asked to
/// work out everything when it opens the workbook.
///
/// # Errors
/// When a part cannot be read.
pub(super) fn recalculate_formulas(
    parts: &mut Parts<'_>,
    edited: &[Before],
    (moved, today): (bool, (i32, u32, u32)),
    progress: &dyn Fn() -> bool,
) -> Result<Formulas, PatchError> {
    let mut formulas = Formulas::default();
    if !parts.is_changed() {
        return Ok(formulas);
    }
    let mut any = false;
    for sheet in parts.sheets() {
        any = any || has_formulas(&parts.read(&sheet)?);
    }
    if !any {
        return Ok(formulas);
    }
    let book = formula_book::read(parts, today)?;
    // Some formulas tell where a row stands among others, whatever is in it.
    let whole = book.is_some() && !moved;
    if let Some(book) = book {
        let sheet = |name: &str| book.sheets.iter().position(|sheet| sheet.name == name);
        let edited: Vec<_> =
            edited.iter().filter_map(|(name, row, column, before)| Some((sheet(name)?, *row, *column, before.clone()))).collect();
        let done = recalculate(&book, &edited, progress);
        put_values(parts, &book, &done.changed, &mut formulas)?;
        formulas.keep(&book, done.kept);
    }
    if !whole || !formulas.kept.is_empty() {
        ask_for_all(parts)?;
    }
    Ok(formulas)
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
