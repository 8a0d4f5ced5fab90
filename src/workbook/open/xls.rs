//! Older Excel workbooks (.xls): their cells, read record by record, so that what is blank takes no room. Never runs a macro.

use std::sync::Arc;

use super::{
    OpenError, Progress, Read,
    cells::{Filler, RawContent, Shown, plain},
    records::{BookRecords, BookSheet, Notes, SheetKind},
    xls_filter::FilterRecords,
    xlsb::{error, unpacked},
};
use crate::{
    model::{Named, is_date_format},
    notes::{Code, Note, Place, Severity},
    workbook::{
        Hidden, Merge, RawSheet,
        legacy::{Records, Texts, decoded, half, word},
        package::{Budget, strange},
        parts::{labelled, macros, part},
    },
};

/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;
/// The last column of a sheet.
const LAST_COLUMN: u16 = 255;
/// After so many records it is asked whether to go on.
const STEP: usize = 4096;

/// Reads every sheet of an older workbook with these records and properties.
pub(crate) fn read(file: &str, stream: &[u8], (has_macros, properties): (bool, Vec<Named>), progress: &Progress<'_>) -> Read {
    let label = Arc::new(labelled(properties));
    let book = BookRecords::read(stream)?;
    let mut notes = Vec::new();
    if has_macros || book.sheets.iter().any(|sheet| sheet.kind == SheetKind::Macros) {
        notes.push(macros(file));
    }
    let (mut grids, mut shown, mut budget, mut walked) = (Vec::new(), Shown::default(), Budget::default(), 0);
    for (at, sheet) in book.sheets.iter().enumerate() {
        let share = || progress(0.1 + 0.9 * at as f32 / book.sheets.len() as f32);
        if !share() {
            return Err(OpenError::Cancelled);
        }
        if sheet.kind != SheetKind::Cells {
            continue;
        }
        let grid = RawSheet {
            sheet: sheet.name.clone(),
            hidden: Hidden { sheet: sheet.hidden, very: sheet.very, ..Hidden::default() },
            label: Arc::clone(&label),
            colours_read: !book.looks.is_empty(),
            ..RawSheet::default()
        };
        let filler = Filler::new(grid, &book.looks, &mut shown, &mut budget);
        let mut cells = Cells {
            book: &book,
            filler,
            waiting: None,
            notes: Notes::default(),
            filter: FilterRecords::default(),
            hidden: [false; 256],
            depth: 0,
        };
        let mut records = Records::new(stream, sheet.start);
        let whole = cells.read(&mut records, &share)?;
        // Sheets that run into one another are read again and again.
        walked += records.at().saturating_sub(sheet.start);
        if walked > 2 * stream.len() {
            return Err(strange("its sheets overlap"));
        }
        let filter = cells.filter.filter(book.filtered.get(&at).copied());
        let is_on = cells.filter.is_on;
        let mut grid = cells.finish(sheet, whole, &mut notes);
        if is_on && filter.is_none() {
            grid.hidden.untold.clone_from(&grid.hidden.rows);
        }
        part(&mut grid, filter.as_slice());
        grids.push(grid);
    }
    budget.check()?;
    notes.extend(budget.notes(file));
    Ok((grids, notes))
}

/// One sheet while it is read.
struct Cells<'a> {
    book: &'a BookRecords,
    filler: Filler<'a>,
    /// The formula whose value, a text, stands in a record of its own behind it: its row, column and style.
    waiting: Option<(u32, u16, usize)>,
    notes: Notes,
    filter: FilterRecords,
    /// Which columns are hidden.
    hidden: [bool; 256],
    /// How deep within parts of the sheet: a chart in it has records of its own.
    depth: u32,
}

impl Cells<'_> {
    /// Reads the records of a sheet; false when they end before it does.
    fn read(&mut self, records: &mut Records<'_>, progress: &dyn Fn() -> bool) -> Result<bool, OpenError> {
        let mut count = 0_usize;
        while let Some((kind, data)) = records.next() {
            count += 1;
            if count.is_multiple_of(STEP) {
                self.filler.within_budget()?;
                if !progress() {
                    return Err(OpenError::Cancelled);
                }
            }
            match kind {
                // BOF and EOF
                0x0809 => self.depth += 1,
                0x000A if self.depth <= 1 => return Ok(true),
                0x000A => self.depth -= 1,
                _ if self.depth > 1 => {}
                // STRING
                0x0207 => self.text_of_formula(data, records),
                // Shared and array formulas and data tables may stand between a formula and its text.
                0x04BC | 0x0221 | 0x0236 | 0x003C if self.waiting.is_some() => {}
                _ => {
                    self.end_formula();
                    self.see(kind, data);
                }
            }
        }
        Ok(false)
    }

    fn finish(mut self, sheet: &BookSheet, whole: bool, notes: &mut Vec<Note>) -> RawSheet {
        self.end_formula();
        let grid = &mut self.filler.taken.grid;
        grid.hidden.rows.sort_unstable();
        grid.hidden.rows.dedup();
        grid.hidden.columns = (0..).zip(self.hidden).filter(|(_, hidden)| *hidden).map(|(column, _)| column).collect();
        grid.painted.sort_by_key(|painted| (painted.row, painted.column));
        grid.painted.dedup_by_key(|painted| (painted.row, painted.column));
        grid.attached = self.notes.attached();
        if !whole || grid.unread > 0 {
            // How many cells are missing where the file ends cannot be told.
            grid.unread += usize::from(!whole);
            let why = if whole { "cells in it stand past the last column of a sheet" } else { "the file ends within it" };
            let message = format!("The sheet “{}” could not be read to its end: {why}.", sheet.name);
            let hint = "RawLook for a whole copy of the workbook.";
            notes.push(Note::new(Severity::Problem, Code::UnreadSheet, Place::address(&sheet.name), message, hint));
        }
        self.filler.finish(notes)
    }

    fn see(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // BLANK; NUMBER; LABEL and RSTRING; BOOLERR; RK; LABELSST; FORMULA
            0x0201 | 0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD | 0x0006 => {
                if let (Some(row), Some(column), Some(style)) = (half(data, 0), half(data, 2), half(data, 4)) {
                    self.cell(kind, data, (u32::from(row), column, usize::from(style)));
                }
            }
            // MULRK and MULBLANK: the first column, a style and perhaps a value for each, and the last column
            0x00BD | 0x00BE => {
                let (Some(row), Some(first)) = (half(data, 0), half(data, 2)) else { return };
                let size = if kind == 0x00BD { 6 } else { 2 };
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(size);
                for (column, cell) in (first..=LAST_COLUMN).zip(cells) {
                    let style = usize::from(half(cell, 0).unwrap_or(0));
                    let content = word(cell, 2).map_or(RawContent::Blank, |packed| self.number(unpacked(packed), style));
                    self.take((u32::from(row), column, style), content, false);
                }
            }
            // ROW
            0x0208 => {
                if let (Some(row), Some(flags)) = (half(data, 0), half(data, 12)) {
                    self.filler.taken.grid.hidden.rows.extend((flags & 0x20 != 0).then_some(u32::from(row)));
                }
            }
            // COLINFO
            0x007D => {
                if let (Some(first), Some(last), Some(flags)) = (half(data, 0), half(data, 2), half(data, 8))
                    && flags & 1 != 0
                {
                    let (first, last) = (usize::from(first.min(LAST_COLUMN)), usize::from(last.min(LAST_COLUMN)));
                    self.hidden[first..=last.max(first)].fill(true);
                }
            }
            // MERGECELLS: how many, then the first and last row and column of each
            0x00E5 => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let [top, bottom, left, right] = [0, 2, 4, 6].map(|at| half(range, at).unwrap_or(0));
                    if top <= bottom && left <= right && right <= LAST_COLUMN {
                        self.filler.merge(Merge { first: (u32::from(top), left), last: (u32::from(bottom), right) });
                    }
                }
            }
            // HEADER, FOOTER; HeaderFooter: those of even and first pages, behind a header of its own, an id, flags and their lengths
            0x0014 | 0x0015 => self.filler.taken.grid.page_texts.extend(self.book.page_texts(data)),
            0x089C => self.filler.taken.grid.page_texts.extend(self.book.page_texts(data.get(38..).unwrap_or_default())),
            kind => {
                self.filter.see(kind, data);
                self.notes.see(kind, data);
            }
        }
    }

    fn cell(&mut self, kind: u16, data: &[u8], at: (u32, u16, usize)) {
        let content = match kind {
            0x0203 => data.get(6..14).and_then(double).map(|number| self.number(number, at.2)),
            0x027E => word(data, 6).map(|packed| self.number(unpacked(packed), at.2)),
            0x0205 => data.get(6).zip(data.get(7)).map(|(value, is_error)| truth_or_error(*value, *is_error != 0)),
            0x00FD => word(data, 6).and_then(|text| self.book.strings.get(text as usize)).map(|text| RawContent::Text(text.clone())),
            0x0204 | 0x00D6 => half(data, 6).map(|length| RawContent::Text(self.text(data.get(8..).unwrap_or_default(), length, None))),
            0x0006 => return self.formula(data, at),
            _ => None,
        };
        self.take(at, content.unwrap_or(RawContent::Blank), false);
    }

    /// A formula's value: a number, or what two bytes of ones at its end say it is.
    fn formula(&mut self, data: &[u8], at: (u32, u16, usize)) {
        let Some(result) = data.get(6..14) else { return self.filler.without_value(1, &[(at.0, at.1)]) };
        let content = match (result[6..] == [0xFF, 0xFF], result[0]) {
            (false, _) => double(result).map(|number| self.number(number, at.2)),
            (true, 0) => return self.waiting = Some(at),
            (true, 1) => Some(truth_or_error(result[2], false)),
            (true, 2) => Some(truth_or_error(result[2], true)),
            (true, _) => None,
        };
        self.take(at, content.unwrap_or(RawContent::Blank), true);
    }

    fn text_of_formula(&mut self, data: &[u8], records: &Records<'_>) {
        let (Some(at), Some(length)) = (self.waiting.take(), half(data, 0)) else { return };
        let text = self.text(data.get(2..).unwrap_or_default(), length, Some(records));
        self.take(at, RawContent::Text(text), true);
    }

    /// A formula whose text never came.
    fn end_formula(&mut self) {
        if let Some((row, column, _)) = self.waiting.take() {
            self.filler.without_value(1, &[(row, column)]);
        }
    }

    /// So many letters, as this version of the format writes them; what goes on in the records behind where it may.
    fn text(&self, data: &[u8], length: u16, more: Option<&Records<'_>>) -> Box<str> {
        if self.book.letters_in_bytes {
            return plain(&decoded(self.book.page, &data[..usize::from(length).min(data.len())]));
        }
        let more = more.cloned().unwrap_or_else(|| Records::new(&[], 0));
        plain(&Texts::new(data, more).flagged(usize::from(length)).unwrap_or_default())
    }

    fn number(&self, number: f64, style: usize) -> RawContent {
        if !number.is_finite() {
            return RawContent::Error("#NUM!".into());
        }
        let is_date = self.book.is_1904 && self.book.looks.get(style).is_some_and(|look| is_date_format(&look.format));
        RawContent::Number(if is_date { number + DAYS_TO_1904 } else { number })
    }

    fn take(&mut self, (row, column, style): (u32, u16, usize), content: RawContent, formula: bool) {
        if column > LAST_COLUMN {
            self.filler.taken.grid.unread += usize::from(!matches!(content, RawContent::Blank));
            return;
        }
        self.filler.take(row, column, style, content, formula);
    }
}

fn truth_or_error(value: u8, is_error: bool) -> RawContent {
    match (is_error, value) {
        (true, code) => RawContent::Error(error(code).into()),
        (false, 0) => RawContent::Text("FALSE".into()),
        (false, _) => RawContent::Text("TRUE".into()),
    }
}

fn double(data: &[u8]) -> Option<f64> {
    Some(f64::from_le_bytes(data.try_into().ok()?))
}
