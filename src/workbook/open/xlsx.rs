//! Excel workbooks (.xlsx, .xlsm): the sheet parts looked over, then their cells by calamine's streaming reader. Never builds a dense range.

use std::{
    borrow::Cow,
    sync::{Arc, mpsc::sync_channel},
};

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxError};

use super::{
    OpenError, Progress, Read,
    cells::{Filler, RawContent, Shown, iso_serial, plain},
};
use crate::{
    model::Label,
    notes::{Code, Note, Place, Severity},
    workbook::{
        Attached, Hidden, RawSheet, kind_of,
        package::{Budget, Clean, Package},
        parts::{
            self, Book, Colours, Filters, Styles, Surroundings, XmlStep, attached, label, notes_about, offered, paint, range, relations,
            split_sheet, walk,
        },
        sheet_part::{Refusal, SheetPart, values},
    },
};

/// The most cells of a workbook.
const MOST_CELLS: u32 = 5_000_000;
/// From how many cells on a sheet is read by two threads.
const MANY_CELLS: u32 = 20_000;
/// How many cells are handed over together, and how many times ahead of their being kept.
const BATCH: usize = 1024;
const BATCHES_AHEAD: usize = 8;
/// How many characters are quoted of what is struck through.
const LONGEST_QUOTED: usize = 80;
/// The name of the range that a sheet's filter goes over.
const FILTERED: &str = "_xlnm._FilterDatabase";
/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;

type Workbook<'a> = Xlsx<Clean<'a>>;

/// What was found of a sheet before its cells are read.
struct Found {
    name: String,
    hidden: bool,
    very: bool,
    /// Its place among the sheets of the workbook.
    at: usize,
    part: Result<SheetPart, Refusal>,
    /// How many cells have values, where they are not looked over.
    values: usize,
    around: Surroundings,
    /// The first rows of its Excel tables.
    tables: Vec<u32>,
    attached: Vec<Attached>,
}

/// Reads every sheet of a package.
pub(crate) fn read(file: &str, mut package: Package, progress: &Progress<'_>) -> Read {
    let book = Book::read(&package)?;
    let mut notes = notes_about(&package, &book.part, file);
    notes.extend(book.sheets.iter().filter(|sheet| sheet.lost).map(|sheet| lost(&sheet.name)));
    notes.extend(without_struck(&mut package, file));
    let styles = styles(&package, &book);
    let label = Arc::new(label(&package));
    let (mut found, mended, mut budget) = {
        // The library reads the texts that cells share while the sheets are looked over.
        let (found, workbook) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| look_over(&package, &book, &styles, progress));
            let workbook = connect(&package, &book);
            (looking.join(), workbook)
        });
        let (mut found, mended, mut budget) = found.map_err(|_| OpenError::Damaged("a part of it cannot be understood".to_owned()))??;
        if mended.is_empty() {
            let grids = read_sheets(workbook?, &mut found, &styles, &mut budget, &mut notes, progress)?;
            let grids = finished(grids, found, &book, &styles, &label, &mut budget);
            notes.extend(budget.notes(file));
            return Ok((grids, notes));
        }
        (found, mended, budget)
    };
    for (part, bytes) in mended {
        package.replace(&part, bytes);
    }
    let grids = read_sheets(connect(&package, &book)?, &mut found, &styles, &mut budget, &mut notes, progress)?;
    let grids = finished(grids, found, &book, &styles, &label, &mut budget);
    notes.extend(budget.notes(file));
    Ok((grids, notes))
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

/// The library, with a package of its own that holds the sheets with cells, the styles and the shared texts. What else a workbook says of
/// itself, such as sheets of macros, it would stop at.
fn connect<'a>(package: &'a Package, book: &Book) -> Result<Workbook<'a>, OpenError> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = relations(package, &book.part);
    let folder = book.part.rsplit_once('/').map_or("", |(folder, _)| folder);
    // Only parts of the usual names were looked over before.
    let part = |usual: &str| {
        let named = relations.iter().map(|relation| relation.target.as_str()).find(|target| target.to_lowercase().ends_with(usual));
        named.and_then(|name| package.part(name)).or_else(|| package.part(&format!("{folder}/{usual}")))
    };
    let sheets = || book.sheets.iter().enumerate().filter_map(|(at, sheet)| Some((at, package.part(sheet.part.as_deref()?)?)));
    let listed: String = sheets().map(|(at, _)| format!("<sheet name=\"{at}\" r:id=\"r{at}\"></sheet>")).collect();
    let related = |(at, _)| format!("<Relationship Id=\"r{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/{at}.xml\"/>");
    let related: String = sheets().map(related).collect();
    let whole = format!("<Relationships><Relationship Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    let own = [
        ("_rels/.rels", whole),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships>{related}</Relationships>")),
        ("xl/workbook.xml", format!("<workbook><workbookPr date1904=\"{}\"/><sheets>{listed}</sheets></workbook>", u8::from(book.is_1904))),
    ];
    let own = own.into_iter().map(|(name, text)| (name.to_owned(), Cow::Owned(text.into_bytes())));
    let shared = [("xl/sharedStrings.xml", part("sharedstrings.xml")), ("xl/styles.xml", part("styles.xml"))];
    let shared = shared.into_iter().filter_map(|(name, bytes)| Some((name.to_owned(), Cow::Borrowed(bytes?))));
    let sheets = sheets().map(|(at, bytes)| (format!("xl/worksheets/{at}.xml"), Cow::Borrowed(bytes)));
    Xlsx::new(Clean::of(own.chain(shared).chain(sheets))).map_err(|error| {
        log::warn!("the styles or texts of a workbook cannot be read: {}", kind_of(&error));
        OpenError::Damaged("its styles or its texts cannot be understood".to_owned())
    })
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

/// What is found of the sheets, the parts that the library would stop at, mended, and what was taken of what stands beside cells.
type LookedOver = (Vec<Found>, Vec<(String, Vec<u8>)>, Budget);

/// Looks over every sheet part.
fn look_over(package: &Package, book: &Book, styles: &Styles, progress: &Progress<'_>) -> Result<LookedOver, OpenError> {
    let (mut found, mut mended, mut left, mut budget) = (Vec::new(), Vec::new(), MOST_CELLS, Budget::default());
    book.names_within(&mut budget);
    for (at, sheet) in book.sheets.iter().enumerate() {
        if !progress(0.0) {
            return Err(OpenError::Cancelled);
        }
        let Some(part) = &sheet.part else { continue };
        let bytes = package.part(part).unwrap_or_default();
        let scanned = SheetPart::scan(bytes, left);
        let mut around = match &scanned {
            Ok(scanned) => Surroundings::read(bytes, &scanned.data, &styles.repaints, &mut budget),
            Err(_) => Surroundings::default(),
        };
        // Only a sheet with hidden rows is asked what its tables filter.
        if scanned.as_ref().is_ok_and(|scanned| !scanned.hidden_rows.is_empty()) {
            around.filters.extend(tables_filters(package, part, styles));
        }
        let attached = attached(package, part, &std::mem::take(&mut around.links), &mut budget);
        let values = if scanned.is_err() { values(bytes) } else { 0 };
        if let Ok(scanned) = &scanned {
            left -= scanned.cells;
            mended.extend(scanned.mended(bytes).map(|bytes| (part.clone(), bytes)));
        }
        let name = sheet.name.clone();
        let tables = tables(package, part);
        found.push(Found { name, hidden: sheet.hidden, very: sheet.very, at, part: scanned, values, around, tables, attached });
    }
    Ok((found, mended, budget))
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

/// Reads the cells of the sheets that were looked over.
fn read_sheets(
    mut workbook: Workbook<'_>,
    found: &mut [Found],
    styles: &Styles,
    budget: &mut Budget,
    notes: &mut Vec<Note>,
    progress: &Progress<'_>,
) -> Result<Vec<RawSheet>, OpenError> {
    let (mut grids, mut shown) = (Vec::new(), Shown::default());
    let count = |sheet: &Found| sheet.part.as_ref().map_or(0.0, |part| part.cells as f32);
    let (all, mut done) = (found.iter().map(count).sum::<f32>().max(1.0), 0.0);
    for sheet in found {
        let share = |more: u32| progress((done + more as f32) / all);
        grids.push(read_sheet(&mut workbook, sheet, styles, (&mut shown, budget), notes, &share)?);
        done += count(sheet);
    }
    Ok(grids)
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

/// Reads one sheet's cells into a grid. What was read before an error stays.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    sheet: &mut Found,
    styles: &Styles,
    (shown, budget): (&mut Shown, &mut Budget),
    notes: &mut Vec<Note>,
    progress: &dyn Fn(u32) -> bool,
) -> Result<RawSheet, OpenError> {
    let mut grid = RawSheet {
        sheet: sheet.name.clone(),
        merges: std::mem::take(&mut sheet.around.merges),
        attached: std::mem::take(&mut sheet.attached),
        hidden: Hidden {
            sheet: sheet.hidden,
            very: sheet.very,
            columns: std::mem::take(&mut sheet.around.hidden_columns),
            ..Hidden::default()
        },
        colours_read: true,
        ..RawSheet::default()
    };
    let unread = |why: &str, hint: &str| {
        let message = format!("The sheet “{}” could not be read to its end: {why}.", sheet.name);
        Note::new(Severity::Problem, Code::UnreadSheet, Place::address(&sheet.name), message, hint)
    };
    let part = match &mut sheet.part {
        Ok(part) => part,
        Err(refusal) => {
            notes.push(unread(&refusal.to_string(), "Open the workbook in Excel, take out what is not needed, and save it again."));
            grid.unread = sheet.values.max(1);
            return Ok(grid);
        }
    };
    grid.hidden.rows = std::mem::take(&mut part.hidden_rows);
    grid.hidden.rows.sort_unstable();
    grid.hidden.rows.dedup();
    grid.levels = std::mem::take(&mut part.levels);
    grid.levels.sort_unstable();
    grid.levels.dedup_by_key(|(row, _)| *row);
    let mut filler = Filler::new(grid, &styles.looks, shown, budget);
    filler.without_value(part.without_value, &part.valueless);
    match fill(workbook, part, &sheet.at.to_string(), &mut filler, progress) {
        Ok(true) => {}
        Ok(false) => return filler.within_budget().and(Err(OpenError::Cancelled)),
        Err(error) => {
            log::warn!("a sheet could not be read to its end: {}", kind_of(&error));
            let last = filler.grid.rows.last().and_then(|row| Some((row.row, row.cells.last()?.column)));
            let after = last.map_or_else(String::new, |(row, column)| format!(" after {}", filler.grid.place(row, column)));
            let why = format!("a cell{after} cannot be understood");
            notes.push(unread(&why, "Open the workbook in Excel, type that cell anew, and save it again."));
            filler.grid.unread = part.values.saturating_sub(filler.grid.filled()).max(1);
        }
    }
    filler.within_budget()?;
    Ok(filler.finish(notes))
}

/// A cell as the library reads it.
struct Raw<'a> {
    cell: Cell<DataRef<'a>>,
    style: usize,
    formula: bool,
    /// Whether it is an error that the library does not know.
    strange: bool,
}

/// Reads the cells of a sheet into its grid; false when cancelled or over the budget.
fn fill(
    workbook: &mut Workbook<'_>,
    part: &SheetPart,
    sheet: &str,
    filler: &mut Filler<'_>,
    progress: &dyn Fn(u32) -> bool,
) -> Result<bool, XlsxError> {
    let shift = if workbook.has_1904_epoch() { DAYS_TO_1904 } else { 0.0 };
    let mut take = |batch: Vec<Raw<'_>>| {
        for raw in batch {
            let (row, column) = raw.cell.get_position();
            let content = content(&raw, shift);
            filler.take(row, column as u16, raw.style, content, raw.formula);
        }
        filler.within_budget().is_ok()
    };
    if part.cells < MANY_CELLS {
        return read_cells(workbook, part, sheet, &mut |batch| take(batch), progress);
    }
    // Reading a cell takes longer than keeping it, so that one thread does each.
    std::thread::scope(|scope| {
        let (sender, receiver) = sync_channel(BATCHES_AHEAD);
        scope.spawn(move || receiver.into_iter().all(take));
        read_cells(workbook, part, sheet, &mut |batch| sender.send(batch).is_ok(), progress)
    })
}

/// Hands the cells of a sheet over in batches, until that answers false; false when it did, or when cancelled.
fn read_cells<'a>(
    workbook: &'a mut Workbook<'_>,
    part: &SheetPart,
    sheet: &str,
    take: &mut dyn FnMut(Vec<Raw<'a>>) -> bool,
    progress: &dyn Fn(u32) -> bool,
) -> Result<bool, XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let (mut formulas, mut errors) = (part.formulas.iter().peekable(), part.strange_errors.iter().peekable());
    let mut batch = Vec::new();
    for at in 0.. {
        let (cell, style) = match cells.next_cell_with_style_id() {
            Ok(Some(cell)) => cell,
            ended => {
                let taken = take(batch);
                return ended.map(|_| taken);
            }
        };
        let (formula, strange) = (formulas.next_if_eq(&&at).is_some(), errors.next_if_eq(&&at).is_some());
        batch.push(Raw { cell, style, formula, strange });
        if batch.len() == BATCH {
            let full = std::mem::replace(&mut batch, Vec::with_capacity(BATCH));
            if !take(full) || !progress(at) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

fn content(raw: &Raw<'_>, shift: f64) -> RawContent {
    match raw.cell.get_value() {
        DataRef::Empty => RawContent::Blank,
        DataRef::SharedString(text) => RawContent::Text(plain(text)),
        DataRef::DateTimeIso(text) if raw.strange => RawContent::Error(text.as_str().into()),
        DataRef::DateTimeIso(text) => iso_serial(text).map_or_else(|| RawContent::Text(plain(text)), RawContent::Day),
        DataRef::String(text) | DataRef::DurationIso(text) => RawContent::Text(plain(text)),
        DataRef::Bool(truth) => RawContent::Text(if *truth { "TRUE" } else { "FALSE" }.into()),
        DataRef::Int(whole) => RawContent::Number(*whole as f64),
        DataRef::Float(float) => RawContent::Number(*float),
        // A stretch of time counts from nowhere.
        DataRef::DateTime(date) if date.is_duration() => RawContent::Number(date.as_f64()),
        DataRef::DateTime(date) => RawContent::Number(date.as_f64() + shift),
        DataRef::Error(error) => RawContent::Error(error.to_string().into()),
    }
}
