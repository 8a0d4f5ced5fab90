//! Excel workbooks (.xlsx, .xlsm): the sheet parts looked over, then their cells by calamine's streaming reader. Never builds a dense range.

use calamine::{DataRef, Reader, Xlsx, XlsxError};

use super::{
    OpenError, Progress, Read,
    cells::{Content, Filler, Shown, iso_serial, plain},
    hidden_sheet,
};
use crate::{
    notes::{Note, Place, Severity},
    workbook::{
        Attached, Grid, Hidden,
        package::{Budget, Clean, Package},
        parts::{Book, Colours, Styles, Surroundings, attached, notes_about, offered, paint, relations},
        sheet_part::{Refusal, SheetPart},
    },
};

/// The most cells of a workbook.
const MOST_CELLS: u32 = 5_000_000;
/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;

type Workbook<'a> = Xlsx<Clean<'a>>;

/// What was found of a sheet before its cells are read.
struct Found {
    name: String,
    hidden: bool,
    /// Its place among the sheets of the workbook.
    at: usize,
    part: Result<SheetPart, Refusal>,
    around: Surroundings,
    attached: Vec<Attached>,
}

/// Reads every sheet of a package.
pub fn read(file: &str, mut package: Package, progress: &Progress<'_>) -> Read {
    let book = Book::read(&package)?;
    let mut notes = notes_about(&package, &book.part, file);
    let styles = styles(&package, &book);
    let (mut found, mended) = {
        // The library reads the texts that cells share while the sheets are looked over.
        let (found, workbook) = std::thread::scope(|scope| {
            let looking = scope.spawn(|| look_over(&package, &book, progress));
            let workbook = connect(&package);
            (looking.join(), workbook)
        });
        let (mut found, mended) = found.map_err(|_| OpenError::Damaged("a part of it cannot be understood".to_owned()))??;
        if mended.is_empty() {
            let grids = read_sheets(workbook?, &mut found, &styles, &mut notes, progress)?;
            return Ok((finished(grids, found, &book, &styles), notes));
        }
        (found, mended)
    };
    for (part, bytes) in mended {
        package.replace(&part, bytes);
    }
    let grids = read_sheets(connect(&package)?, &mut found, &styles, &mut notes, progress)?;
    Ok((finished(grids, found, &book, &styles), notes))
}

fn connect(package: &Package) -> Result<Workbook<'_>, OpenError> {
    Xlsx::new(package.clean()).map_err(|error| match error {
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => OpenError::NotAWorkbook,
        other => OpenError::Damaged(other.to_string()),
    })
}

/// What is found of the sheets, and the parts that the library would stop at, mended.
type LookedOver = (Vec<Found>, Vec<(String, Vec<u8>)>);

/// Looks over every sheet part.
fn look_over(package: &Package, book: &Book, progress: &Progress<'_>) -> Result<LookedOver, OpenError> {
    let (mut found, mut mended, mut left) = (Vec::new(), Vec::new(), MOST_CELLS);
    for (at, sheet) in book.sheets.iter().enumerate() {
        if !progress(0.0) {
            return Err(OpenError::Cancelled);
        }
        let Some(part) = &sheet.part else { continue };
        let bytes = package.part(part).unwrap_or_default();
        let scanned = SheetPart::scan(bytes, left);
        let around = scanned.as_ref().map_or_else(|_| Surroundings::default(), |scanned| Surroundings::read(bytes, &scanned.data));
        let attached = attached(package, part, &around.links);
        if let Ok(scanned) = &scanned {
            left -= scanned.cells;
            mended.extend(scanned.mended(bytes).map(|bytes| (part.clone(), bytes)));
        }
        found.push(Found { name: sheet.name.clone(), hidden: sheet.hidden, at, part: scanned, around, attached });
    }
    Ok((found, mended))
}

/// Reads the cells of the sheets that were looked over.
fn read_sheets(
    mut workbook: Workbook<'_>,
    found: &mut [Found],
    styles: &Styles,
    notes: &mut Vec<Note>,
    progress: &Progress<'_>,
) -> Result<Vec<Grid>, OpenError> {
    let (mut grids, mut shown, mut budget) = (Vec::new(), Shown::default(), Budget::default());
    let count = |sheet: &Found| sheet.part.as_ref().map_or(0.0, |part| part.cells as f32);
    let (all, mut done) = (found.iter().map(count).sum::<f32>().max(1.0), 0.0);
    for sheet in found {
        if sheet.hidden {
            notes.push(hidden_sheet(&sheet.name));
        }
        let share = |more: u32| progress((done + more as f32) / all);
        grids.push(read_sheet(&mut workbook, sheet, styles, (&mut shown, &mut budget), notes, &share)?);
        done += count(sheet);
    }
    Ok(grids)
}

/// The grids with what could only be told once every sheet was read.
fn finished(mut grids: Vec<Grid>, found: Vec<Found>, book: &Book, styles: &Styles) -> Vec<Grid> {
    for (at, sheet) in found.into_iter().enumerate() {
        grids[at].offered = offered(&sheet.around.lists, sheet.at, book, &grids);
        paint(&mut grids[at], sheet.around.rules, &styles.repaints);
    }
    grids
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
) -> Result<Grid, OpenError> {
    let mut grid = Grid {
        sheet: sheet.name.clone(),
        merges: std::mem::take(&mut sheet.around.merges),
        attached: std::mem::take(&mut sheet.attached),
        hidden: Hidden { sheet: sheet.hidden, rows: Vec::new(), columns: std::mem::take(&mut sheet.around.hidden_columns) },
        colours_read: true,
        ..Grid::default()
    };
    let unread = |why: &str, hint: &str| {
        let message = format!("The sheet “{}” could not be read to its end: {why}.", sheet.name);
        Note::new(Severity::Problem, "unread_sheet", Place::address(&sheet.name), message, hint)
    };
    let part = match &mut sheet.part {
        Ok(part) => part,
        Err(refusal) => {
            notes.push(unread(&refusal.to_string(), "Open the workbook in Excel, take out what is not needed, and save it again."));
            return Ok(grid);
        }
    };
    grid.hidden.rows = std::mem::take(&mut part.hidden_rows);
    grid.hidden.rows.sort_unstable();
    grid.hidden.rows.dedup();
    let mut filler = Filler::new(grid, &styles.looks, shown, budget);
    match read_cells(workbook, part, &sheet.name, &mut filler, progress) {
        Ok(true) => {}
        Ok(false) => return filler.within_budget().and(Err(OpenError::Cancelled)),
        Err(error) => {
            notes.push(unread(&error.to_string(), "Open the workbook in Excel, replace the cell that shows an error, and save it again."));
        }
    }
    Ok(filler.finish(notes))
}

/// Reads the cells of a sheet; false when cancelled.
fn read_cells(
    workbook: &mut Workbook<'_>,
    part: &SheetPart,
    sheet: &str,
    filler: &mut Filler<'_>,
    progress: &dyn Fn(u32) -> bool,
) -> Result<bool, XlsxError> {
    let shift = if workbook.has_1904_epoch() { DAYS_TO_1904 } else { 0.0 };
    let mut cells = workbook.worksheet_cells_reader(sheet)?;
    let (mut formulas, mut errors) = (part.formulas.iter().peekable(), part.strange_errors.iter().peekable());
    let mut at = 0;
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let formula = formulas.next_if_eq(&&at).is_some();
        let strange = errors.next_if_eq(&&at).is_some();
        if at.is_multiple_of(4096) && (filler.within_budget().is_err() || !progress(at)) {
            return Ok(false);
        }
        at += 1;
        let content = match cell.get_value() {
            DataRef::Empty => Content::Blank,
            DataRef::SharedString(text) => Content::Text(plain(text)),
            DataRef::DateTimeIso(text) if strange => Content::Error(text.as_str().into()),
            DataRef::DateTimeIso(text) => iso_serial(text).map_or_else(|| Content::Text(plain(text)), Content::Day),
            DataRef::String(text) | DataRef::DurationIso(text) => Content::Text(plain(text)),
            DataRef::Bool(truth) => Content::Text(if *truth { "TRUE" } else { "FALSE" }.into()),
            DataRef::Int(whole) => Content::Number(*whole as f64),
            DataRef::Float(float) => Content::Number(*float),
            // A stretch of time counts from nowhere.
            DataRef::DateTime(date) if date.is_duration() => Content::Number(date.as_f64()),
            DataRef::DateTime(date) => Content::Number(date.as_f64() + shift),
            DataRef::Error(error) => Content::Error(error.to_string().into()),
        };
        filler.take(row, column as u16, style, content, formula);
    }
    Ok(filler.within_budget().is_ok())
}
