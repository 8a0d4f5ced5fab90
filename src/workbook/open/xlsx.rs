//! Excel workbooks (.xlsx, .xlsm): what stands around the cells of each sheet, and its grid. Never builds a dense range.

use std::sync::Arc;

use super::{
    OpenError, Progress, Read,
    sheet_cells::{Cells, Filled, Share},
};
use crate::{
    model::Label,
    notes::{Code, Note, Place, Severity},
    workbook::{
        Hidden, RawSheet,
        package::{Budget, Package},
        parts::{
            self, Book, BookSheet, Colours, Filters, SharedTexts, Styles, Surroundings, XmlStep, attached, label, notes_about, offered,
            paint, range, relations, split_sheet, walk,
        },
        sheet_part::{Refusal, values},
    },
};

/// The most cells of a workbook, blank ones included.
const MOST_CELLS: u32 = 5_000_000;
/// How many characters are quoted of what is struck through.
const LONGEST_QUOTED: usize = 80;
/// The name of the range that a sheet's filter goes over.
const FILTERED: &str = "_xlnm._FilterDatabase";
/// What was found of a sheet beside its cells.
struct Found {
    /// Its place among the sheets of the workbook.
    at: usize,
    around: Surroundings,
    /// The first rows of its Excel tables.
    tables: Vec<u32>,
}

/// Reads every sheet of a package.
pub(crate) fn read(file: &str, mut package: Package, progress: &Progress<'_>) -> Read {
    let book = Book::read(&package)?;
    let mut notes = notes_about(&package, &book.part, file);
    notes.extend(book.sheets.iter().filter(|sheet| sheet.lost).map(|sheet| lost(&sheet.name)));
    notes.extend(without_struck(&mut package, file));
    let styles = styles(&package, &book);
    let label = Arc::new(label(&package));
    let texts = shared_texts(&mut package, &book);
    let cells = Cells { texts: &texts, styles: &styles, is_1904: book.is_1904 };
    let (mut grids, mut found, mut left, mut budget) = (Vec::new(), Vec::new(), MOST_CELLS, Budget::default());
    book.names_within(&mut budget);
    let size = |part: Option<&String>| part.and_then(|part| package.part(part)).map_or(0, <[u8]>::len);
    let all = book.sheets.iter().map(|sheet| size(sheet.part.as_ref())).sum::<usize>().max(1) as f32;
    let mut done = 0;
    for (at, sheet) in book.sheets.iter().enumerate() {
        let Some(part) = &sheet.part else { continue };
        let bytes = package.part(part).unwrap_or_default();
        let share = Share { from: done as f32 / all, of: bytes.len() as f32 / all, progress };
        if !share.is_wanted(0.0) {
            return Err(OpenError::Cancelled);
        }
        let filled = cells.fill(bytes, left, &mut budget, &share)?;
        left = left.saturating_sub(filled.part.cells);
        let (grid, beside) = sheet_of(&package, (at, sheet), bytes, filled, &styles, &mut budget, &mut notes);
        grids.push(grid);
        found.push(beside);
        done += bytes.len();
        package.release(part);
    }
    // What is made of the sheets takes as much as they do.
    drop((package, texts));
    let grids = finished(grids, found, &book, &styles, &label, &mut budget);
    notes.extend(budget.notes(file));
    Ok((grids, notes))
}

/// The texts that cells share. Only a part of the usual name was looked over before.
fn shared_texts(package: &mut Package, book: &Book) -> SharedTexts {
    const USUAL: &str = "sharedstrings.xml";
    let named = relations(package, &book.part).into_iter().map(|relation| relation.target);
    let folder = book.part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let names = named.filter(|target| target.to_lowercase().ends_with(USUAL)).chain([format!("{folder}/{USUAL}")]);
    let Some(name) = names.into_iter().find(|name| package.part(name).is_some()) else { return SharedTexts::default() };
    let texts = package.part(&name).map(SharedTexts::read).unwrap_or_default();
    package.release(&name);
    texts
}

/// Takes what is struck through beside other words out of the texts that cells share, and tells of it.
fn without_struck(package: &mut Package, file: &str) -> Option<Note> {
    let name = package.names().find(|name| name.to_lowercase().ends_with("sharedstrings.xml"))?.to_owned();
    let parts::Unstruck { bytes, texts, first } = parts::unstruck(package.part(&name)?)?;
    package.replace(&name, bytes);
    let count = if texts == 1 { "1 text".to_owned() } else { format!("{texts} texts") };
    let first: String = first.trim().chars().take(LONGEST_QUOTED).collect();
    let message = format!("A part of {count} is struck through in the workbook and was left out, beginning with “{first}”.");
    let hint = "Take the line through it away in Excel where it still counts.";
    Some(Note::new(Severity::Info, Code::StruckOut, Place::address(file), message, hint))
}

/// The note of a sheet that is in the list of sheets alone.
fn lost(sheet: &str) -> Note {
    let message = format!("The workbook lists the sheet “{sheet}”, but holds nothing of it.");
    Note::new(
        Severity::Warning,
        Code::UnreadSheet,
        Place::address(sheet),
        message,
        "Open the workbook in Excel to see whether it is missed there.",
    )
}

/// The grid of a sheet with its cells, and what stands around them. What was read before a cell that cannot be understood stays.
fn sheet_of(
    package: &Package,
    (at, sheet): (usize, &BookSheet),
    bytes: &[u8],
    filled: Filled,
    styles: &Styles,
    budget: &mut Budget,
    notes: &mut Vec<Note>,
) -> (RawSheet, Found) {
    let Filled { mut part, mut taken, refused } = filled;
    let name = sheet.part.as_deref().unwrap_or_default();
    let mut around = match &refused {
        None | Some(Refusal::Cell) => Surroundings::read(bytes, &part.data, &styles.repaints, budget),
        Some(_) => Surroundings::default(),
    };
    // Only a sheet with hidden rows is asked what its tables filter.
    if !part.hidden_rows.is_empty() {
        around.filters.extend(tables_filters(package, name, styles));
    }
    let attached = attached(package, name, &std::mem::take(&mut around.links), budget);
    taken.grid.sheet.clone_from(&sheet.name);
    taken.grid.merges = std::mem::take(&mut around.merges);
    let mut grid = taken.finish(notes);
    part.hidden_rows.sort_unstable();
    part.hidden_rows.dedup();
    part.levels.sort_unstable();
    part.levels.dedup_by_key(|(row, _)| *row);
    grid.attached = attached;
    grid.hidden = Hidden {
        sheet: sheet.hidden,
        very: sheet.very,
        rows: part.hidden_rows,
        columns: std::mem::take(&mut around.hidden_columns),
        ..Hidden::default()
    };
    grid.levels = part.levels;
    grid.colours_read = true;
    if let Some(refusal) = refused {
        grid.unread = values(bytes).saturating_sub(grid.filled()).max(1);
        notes.push(unread(&grid, &refusal));
    }
    (grid, Found { at, around, tables: tables(package, name) })
}

/// The note of a sheet that was not read to its end.
fn unread(grid: &RawSheet, refusal: &Refusal) -> Note {
    let last = grid.rows.last().and_then(|row| Some((row.row, row.cells.last()?.column)));
    let after = last.map_or_else(String::new, |(row, column)| format!(" after {}", grid.place(row, column)));
    let (why, hint) = match refusal {
        Refusal::Cell => (format!("a cell{after} cannot be understood"), "type that cell anew"),
        other => (other.to_string(), "take out what is not needed"),
    };
    let message = format!("The sheet “{}” could not be read to its end: {why}.", grid.sheet);
    let hint = format!("Open the workbook in Excel, {hint}, and save it again.");
    Note::new(Severity::Problem, Code::UnreadSheet, Place::address(&grid.sheet), message, &hint)
}

/// The most Excel tables of a sheet that are asked where they begin.
const MOST_TABLES: usize = 200;

/// The filters of the tables on a sheet.
fn tables_filters(package: &Package, sheet: &str, styles: &Styles) -> Vec<parts::Filter> {
    let mut filters = Filters::default();
    for table in relations(package, sheet).into_iter().filter(|relation| relation.kind == "table") {
        walk(package.part(&table.target).unwrap_or_default(), |step| match step {
            XmlStep::Open(element) => filters.open(&element, &styles.repaints),
            XmlStep::Close(name) => filters.close(name),
            XmlStep::Text(_) => {}
        });
    }
    filters.found
}

/// The first rows of the Excel tables on a sheet that have a row of headings.
fn tables(package: &Package, sheet: &str) -> Vec<u32> {
    let mut rows = Vec::new();
    for table in relations(package, sheet).into_iter().filter(|relation| relation.kind == "table").take(MOST_TABLES) {
        walk(package.part(&table.target).unwrap_or_default(), |step| match step {
            XmlStep::Open(element) if element.name() == "table" && element.get("headerRowCount").as_deref() != Some("0") => {
                rows.extend(element.get("ref").and_then(|text| range(&text)).map(|range| range.first.0));
            }
            XmlStep::Open(_) | XmlStep::Close(_) | XmlStep::Text(_) => {}
        });
    }
    rows
}

/// The grids with what could only be told once every sheet was read.
fn finished(
    mut grids: Vec<RawSheet>,
    found: Vec<Found>,
    book: &Book,
    styles: &Styles,
    label: &Arc<Label>,
    budget: &mut Budget,
) -> Vec<RawSheet> {
    for (at, sheet) in found.into_iter().enumerate() {
        grids[at].offered = offered(&sheet.around.lists, sheet.at, book, &grids, budget);
        let grid = &mut grids[at];
        paint(grid, sheet.around.rules, &styles.repaints, &styles.inks);
        parts::part(grid, &sheet.around.filters);
        if sheet.around.is_filtered && sheet.around.filters.iter().all(|filter| filter.columns.is_empty()) {
            untold(grid, book.name(FILTERED, sheet.at));
        }
        let filters = sheet.around.filters.iter().map(|filter| filter.range.first.0);
        grid.heads = sheet.around.frozen.into_iter().chain(filters).chain(sheet.tables).collect();
        grid.heads.sort_unstable();
        grid.heads.dedup();
        (grid.page_texts, grid.label) = (sheet.around.page_texts, Arc::clone(label));
    }
    grids
}

/// An advanced filter leaves behind which rows it went over, and not what it asked of them.
fn untold(grid: &mut RawSheet, over: Option<&str>) {
    let over = over.and_then(|over| range(split_sheet(over).1));
    let within = |row: &&u32| over.is_none_or(|over| over.first.0 < **row && **row <= over.last.0);
    grid.hidden.untold = grid.hidden.rows.iter().filter(within).copied().collect();
}

/// The styles that the workbook part points to.
fn styles(package: &Package, book: &Book) -> Styles {
    let relations = relations(package, &book.part);
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).and_then(|relation| package.part(&relation.target));
    let mut colours = Colours::default();
    if let Some(theme) = part("theme") {
        colours.read_theme(theme);
    }
    part("styles").map(|part| Styles::read(part, colours)).unwrap_or_default()
}
