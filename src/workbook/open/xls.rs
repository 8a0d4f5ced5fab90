//! Older Excel workbooks (.xls): values by calamine, and what it does not tell from the records themselves. Never runs a macro.

use std::{collections::HashMap, io::Cursor, sync::Arc};

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::{
    OpenError, Progress, Read,
    cells::{Content, Filler, Shown, plain},
    records::{BookRecords, SheetRecords},
    xls_properties::properties,
};
use crate::workbook::{
    Grid, Hidden, Merge, Painted,
    legacy::Legacy,
    package::Budget,
    parts::{labelled, macros, part},
};

/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;
/// Reads every sheet of an older workbook with these records.
pub fn read(file: &str, legacy: &Legacy, progress: &Progress<'_>) -> Read {
    let stream = &legacy.records;
    let book = BookRecords::read(stream);
    let records: Vec<SheetRecords> = book.sheets.iter().map(|start| SheetRecords::read(stream, *start)).collect();
    if !progress(0.1) {
        return Err(OpenError::Cancelled);
    }
    let mut workbook: Xls<_> = Xls::new(Cursor::new(legacy.file()?)).map_err(damage)?;
    let shift = if workbook.has_1904_epoch() { DAYS_TO_1904 } else { 0.0 };
    let mut notes = Vec::new();
    if legacy.has_macros {
        notes.push(macros(file));
    }
    let (mut grids, mut shown, mut budget) = (Vec::new(), Shown::default(), Budget::default());
    let sheets = workbook.sheets_metadata().to_vec();
    let count = sheets.len().max(1) as f32;
    // A sheet whose records could not be found is still read, without its looks.
    let mut records = records.into_iter().chain(std::iter::repeat_with(SheetRecords::default));
    let label = Arc::new(labelled(properties(&legacy.properties)));
    for (at, sheet) in sheets.iter().enumerate() {
        let mut records = records.next().unwrap_or_default();
        if !progress(0.1 + 0.9 * at as f32 / count) {
            return Err(OpenError::Cancelled);
        }
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let range = workbook.worksheet_range(&sheet.name).map_err(damage)?;
        let merges = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        let merge = |m: &calamine::Dimensions| Merge { first: (m.start.0, m.start.1 as u16), last: (m.end.0, m.end.1 as u16) };
        let grid = Grid {
            sheet: sheet.name.clone(),
            merges: merges.iter().map(merge).collect(),
            hidden: Hidden {
                sheet: sheet.visible != SheetVisible::Visible,
                very: sheet.visible == SheetVisible::VeryHidden,
                rows: std::mem::take(&mut records.hidden_rows),
                columns: std::mem::take(&mut records.hidden_columns),
                ..Hidden::default()
            },
            attached: std::mem::take(&mut records.attached),
            page_texts: std::mem::take(&mut records.page_texts),
            label: Arc::clone(&label),
            colours_read: !book.looks.is_empty(),
            ..Grid::default()
        };
        let mut filler = Filler::new(grid, &book.looks, &mut shown, &mut budget);
        let start = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let (row, column) = (start.0 + row as u32, (start.1 + column as u32) as u16);
            let (style, formula) = records.styles.remove(&(row, column)).unwrap_or_default();
            filler.take(row, column, usize::from(style), content(value, shift), formula);
        }
        filler.grid.painted = blanks(&records.styles, &book);
        let mut grid = filler.finish(&mut notes);
        let filter = records.filter.filter(book.filtered.get(&at).copied());
        if records.filter.is_on && filter.is_none() {
            grid.hidden.untold.clone_from(&grid.hidden.rows);
        }
        part(&mut grid, filter.as_slice());
        grids.push(grid);
    }
    budget.check()?;
    Ok((grids, notes))
}

fn damage(error: XlsError) -> OpenError {
    match error {
        XlsError::Password => OpenError::Password,
        other => OpenError::Damaged(other.to_string()),
    }
}

fn content(value: &Data, shift: f64) -> Content {
    match value {
        Data::Empty => Content::Blank,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => Content::Text(plain(text)),
        Data::Bool(truth) => Content::Text(if *truth { "TRUE" } else { "FALSE" }.into()),
        Data::Int(whole) => Content::Number(*whole as f64),
        Data::Float(float) => Content::Number(*float),
        // A stretch of time counts from nowhere.
        Data::DateTime(date) if date.is_duration() => Content::Number(date.as_f64()),
        Data::DateTime(date) => Content::Number(date.as_f64() + shift),
        Data::Error(error) => Content::Error(error.to_string().into()),
    }
}

/// The painted ones of the cells without a value.
fn blanks(styles: &HashMap<(u32, u16), (u16, bool)>, book: &BookRecords) -> Vec<Painted> {
    let fill = |style: &u16| book.looks.get(usize::from(*style)).and_then(|look| look.fill);
    let painted = |(at, (style, _)): (&(u32, u16), &(u16, bool))| Some(Painted { row: at.0, column: at.1, fill: fill(style)? });
    let mut painted: Vec<Painted> = styles.iter().filter_map(painted).collect();
    painted.sort_by_key(|painted| (painted.row, painted.column));
    painted
}
