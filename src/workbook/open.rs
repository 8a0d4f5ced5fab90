//! Workbook bytes to grids, by calamine's streaming reader. Never builds a dense range and never follows anything outside the file.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};

use super::{
    Grid, GridCell, GridRow, Merge,
    legacy::clean_xls,
    package::{Budget, Clean, Package, PackageKind},
};
use crate::{
    model::{General, Stored, place_of, show_number},
    notes::{Note, Place, Severity},
};

/// Why nothing could be read. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("it is not an Excel workbook. Open an .xlsx or .xlsm file, or a .plandesk file")]
    NotAWorkbook,
    #[error("it is protected by a password. Open it in Excel, remove the password under File > Info, and save it again")]
    Password,
    #[error("it is in an older or other spreadsheet format. Open it in Excel and save it as an Excel workbook (.xlsx)")]
    OtherFormat,
    #[error("it is empty. Check that it was copied or downloaded completely")]
    Empty,
    #[error("it is damaged ({0}). Open it in Excel, let Excel repair it, and save it again")]
    Damaged(String),
    #[error(
        "it is built in a way no spreadsheet program writes ({0}), so it was not opened. Ask its sender for a fresh copy, saved from Excel"
    )]
    Strange(String),
    #[error("it is larger than can be opened here ({0}). Remove what is not needed from it in Excel, and save it again as .xlsx")]
    TooLarge(String),
    #[error("opening was cancelled")]
    Cancelled,
}

type Workbook<'a> = Xlsx<Clean<'a>>;

/// Reads every sheet. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When nothing can be read; a single sheet that cannot be read is a note instead.
pub fn open(bytes: &[u8], progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<(Vec<Grid>, Vec<Note>), OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    let zip = bytes.starts_with(b"PK");
    let compound = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if !zip && !compound {
        return Err(OpenError::NotAWorkbook);
    }
    if compound {
        // An older workbook is checked all the same, so that its password is named.
        clean_xls(bytes)?;
        return Err(OpenError::OtherFormat);
    }
    let package = Package::open(bytes, &|| progress(0.0))?;
    if package.kind() != PackageKind::Xlsx {
        return Err(OpenError::OtherFormat);
    }
    // The library is trusted with shapes, not with hostility: a panic inside it is a damaged file, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| {
        // The merges stand behind the cells, so a second reader finds them while the first reads the cells.
        std::thread::scope(|scope| {
            let merges = scope.spawn(|| read_merges(package.clean()));
            let read = read_sheets(package.clean(), progress);
            let merges = merges.join().unwrap_or_default();
            let (mut grids, notes) = read?;
            for (grid, merges) in grids.iter_mut().zip(merges) {
                grid.merges = merges;
            }
            Ok((grids, notes))
        })
    }))
    .unwrap_or_else(|_| Err(OpenError::Damaged("a part of it cannot be understood".to_owned())))
}

fn connect(clean: Clean<'_>) -> Result<Workbook<'_>, OpenError> {
    Xlsx::new(clean).map_err(|error| match error {
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => OpenError::NotAWorkbook,
        other => OpenError::Damaged(other.to_string()),
    })
}

fn is_sheet(sheet: &calamine::Sheet) -> bool {
    matches!(sheet.typ, SheetType::WorkSheet)
}

fn read_merges(clean: Clean<'_>) -> Vec<Vec<Merge>> {
    let Ok(mut workbook) = connect(clean) else { return Vec::new() };
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(|s| is_sheet(s)).map(|s| s.name.clone()).collect();
    let merges_of = |name: &String| {
        let merges = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        let merge = |m: &calamine::Dimensions| Merge { first: (m.start.0, m.start.1 as u16), last: (m.end.0, m.end.1 as u16) };
        merges.iter().map(merge).collect()
    };
    names.iter().map(merges_of).collect()
}

fn read_sheets(clean: Clean<'_>, progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<(Vec<Grid>, Vec<Note>), OpenError> {
    if !progress(0.0) {
        return Err(OpenError::Cancelled);
    }
    let mut workbook = connect(clean)?;
    let sheets: Vec<_> = workbook.sheets_metadata().iter().filter(|sheet| is_sheet(sheet)).cloned().collect();
    let (mut grids, mut notes, mut budget) = (Vec::new(), Vec::new(), Budget::default());
    let count = sheets.len().max(1) as f32;
    for (at, sheet) in sheets.iter().enumerate() {
        if sheet.visible != SheetVisible::Visible {
            let message = format!("The sheet “{}” is hidden in the workbook; it was read all the same.", sheet.name);
            notes.push(Note::new(Severity::Info, "hidden_sheet", Place::address(&sheet.name), message, ""));
        }
        let share = |part: f32| progress((at as f32 + part) / count);
        let mut grid = Grid { sheet: sheet.name.clone(), ..Grid::default() };
        match read_sheet(&mut workbook, &mut grid, &mut notes, (&mut budget, &share)) {
            Ok(true) => {}
            Ok(false) => return budget.check().and(Err(OpenError::Cancelled)),
            Err(error) => {
                let message = format!("The sheet “{}” could not be read to its end: {error}.", sheet.name);
                let hint = "Open the workbook in Excel, replace the cell that shows an error, and save it again.";
                notes.push(Note::new(Severity::Problem, "unread_sheet", Place::address(&sheet.name), message, hint));
            }
        }
        grids.push(grid);
    }
    Ok((grids, notes))
}

/// Reads one sheet's cells into the grid; false when cancelled or over the budget. What was read before an error stays.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    grid: &mut Grid,
    notes: &mut Vec<Note>,
    (budget, progress): (&mut Budget, &dyn Fn(f32) -> bool),
) -> Result<bool, XlsxError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(&grid.sheet)?;
    let rows = (cells.dimensions().end.0 as f32).max(1.0);
    let mut formats = Formats { styles: cells.styles().iter().map(format_of).collect(), shown: HashMap::new() };
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        let (row, column) = cell.get_position();
        let number = |number: f64, formats: &mut Formats| formats.number(number, style);
        let (text, stored) = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => (plain(text), None),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (plain(text), None),
            DataRef::Bool(truth) => (if *truth { "TRUE" } else { "FALSE" }.into(), None),
            DataRef::Int(whole) => number(*whole as f64, &mut formats),
            DataRef::Float(float) => number(*float, &mut formats),
            // The 1904 date system counts from 1462 days later.
            DataRef::DateTime(date) => number(date.as_f64() + if is_1904 { 1462.0 } else { 0.0 }, &mut formats),
            DataRef::Error(error) => {
                notes.push(error_note(&grid.sheet, row, column, &error.to_string()));
                (error.to_string().into(), None)
            }
        };
        if text.trim().is_empty() {
            continue;
        }
        if !budget.spend(&text) {
            return Ok(false);
        }
        if grid.rows.last().is_none_or(|last| last.row != row) {
            if grid.rows.len().is_multiple_of(512) && !progress((row as f32 / rows).min(1.0)) {
                return Ok(false);
            }
            // Room for as many cells as the row before has: a million rows of one cell take no room for eight.
            let cells = Vec::with_capacity(grid.rows.last().map_or(1, |last| last.cells.len()));
            grid.rows.push(GridRow { row, cells });
        }
        if let Some(last) = grid.rows.last_mut() {
            last.cells.push(GridCell { column: column as u16, text, stored, ..GridCell::default() });
        }
    }
    Ok(true)
}

fn error_note(sheet: &str, row: u32, column: u32, error: &str) -> Note {
    let message = format!("The formula in this cell gives {error}.");
    let hint = "Mend the formula in Excel, or type the value here.";
    Note::new(Severity::Warning, "cell_error", Place::address(place_of(sheet, row, column)), message, hint)
}

/// A text with plain line breaks.
fn plain(text: &str) -> Box<str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

/// The number formats of a workbook's styles, and the numbers shown in them so far.
struct Formats {
    styles: Vec<Arc<str>>,
    shown: HashMap<(usize, u64), Box<str>>,
}

impl Formats {
    fn number(&mut self, number: f64, style: usize) -> (Box<str>, Option<Stored>) {
        let format = self.styles.get(style).cloned().unwrap_or_else(|| General.into());
        let text = match self.shown.get(&(style, number.to_bits())) {
            Some(text) => text.clone(),
            None => {
                let text: Box<str> = show_number(number, &format).into();
                if self.shown.len() < 4096 {
                    self.shown.insert((style, number.to_bits()), text.clone());
                }
                text
            }
        };
        (text, Some(Stored { number, format }))
    }
}

/// A style's number format. Excel's built-in short date follows the user's region, which is the UK here.
fn format_of(style: &Style) -> Arc<str> {
    match &style.number_format {
        Some(format) if format.format_id == Some(14) => "dd/mm/yyyy".into(),
        Some(format) => format.format_code.as_str().into(),
        None => General.into(),
    }
}
