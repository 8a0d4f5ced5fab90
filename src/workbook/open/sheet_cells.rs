//! The cells of an Excel sheet into a grid: what each holds by its type, its style and the texts that cells share. Parses no markup.

use std::{
    collections::HashMap,
    ops::Range,
    panic::resume_unwind,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

use super::{
    OpenError, Progress,
    cells::{Filler, RawContent, Shown, Taken, iso_serial, plain},
};
use crate::{
    model::is_date_format,
    workbook::{
        RawSheet,
        chunks::chunk_count,
        package::Budget,
        parts::{RawLook, SharedTexts, Styles, rich_text, written_text},
        sheet_part::{PartCell, Refusal, SheetPart, pieces},
    },
};

/// From how many bytes on a sheet is read by several threads.
const LARGE: usize = 1 << 20;
/// After how many cells it is asked whether they are still wanted.
const ASKED_EVERY: usize = 1024;
/// How many bytes a cell takes, by which it is told how many of them are read.
const BYTES_A_CELL: usize = 50;
/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;

/// What the cells of a workbook's sheets are read with.
pub(crate) struct Cells<'a> {
    pub texts: &'a SharedTexts,
    pub styles: &'a Styles,
    pub is_1904: bool,
}

/// How far reading a workbook is, as one sheet of it is read.
pub(crate) struct Share<'a> {
    pub from: f32,
    pub of: f32,
    pub progress: &'a Progress<'a>,
}

/// The cells of a sheet or of a piece of it, and what was found beside them.
pub(crate) struct Filled {
    pub part: SheetPart,
    pub taken: Taken,
    /// Why it was not read to its end.
    pub refused: Option<Refusal>,
}

impl Share<'_> {
    /// Tells how much of the sheet is read, 0 to 1; false when it is to stop.
    pub(crate) fn is_wanted(&self, done: f32) -> bool {
        (self.progress)(self.from + self.of * done)
    }
}

impl Cells<'_> {
    /// Reads the cells of a sheet part that may have `most` of them.
    ///
    /// # Errors
    /// When cancelled, or when there are too many cells or too much text.
    pub(crate) fn fill(&self, part: &[u8], most: u32, budget: &mut Budget, share: &Share<'_>) -> Result<Filled, OpenError> {
        let cut = pieces(part, chunk_count(part.len(), LARGE));
        let (is_stopped, is_refused, counted) = (AtomicBool::new(false), AtomicBool::new(false), AtomicUsize::new(0));
        let within = |_: usize| {
            let all = counted.fetch_add(ASKED_EVERY, Ordering::Relaxed);
            all <= most as usize && !is_stopped.load(Ordering::Relaxed) && !is_refused.load(Ordering::Relaxed)
        };
        // The first piece tells how far it is, as the others go along with it.
        let first_within = |cells: usize| {
            let done = (cells * BYTES_A_CELL) as f32 / cut[0].len().max(1) as f32;
            is_stopped.fetch_or(!share.is_wanted(done.min(1.0)), Ordering::Relaxed);
            within(cells)
        };
        let mut pieces = thread::scope(|scope| {
            let read = |piece: &Range<usize>| self.fill_piece(part, piece.clone(), most, &own_looks(&self.styles.looks), &within);
            let others: Vec<_> = cut[1..].iter().map(|piece| scope.spawn(move || read(piece))).collect();
            let first = self.fill_piece(part, cut[0].clone(), most, &self.styles.looks, &first_within);
            // What stands behind a cell that cannot be understood is not read.
            is_refused.store(first.0.refused.is_some(), Ordering::Relaxed);
            let others = others.into_iter().map(|piece| piece.join().unwrap_or_else(|fault| resume_unwind(fault)));
            std::iter::once(first).chain(others).collect::<Vec<_>>()
        })
        .into_iter();
        let (mut filled, spent) = pieces.next().expect("a part is at least one piece");
        budget.add(spent);
        for (next, spent) in pieces {
            // What stands behind the end of the cells is none of them.
            if filled.refused.is_some() || filled.part.is_whole() {
                break;
            }
            budget.add(spent);
            filled.part.append(next.part);
            filled.taken.append(next.taken);
            filled.refused = next.refused;
        }
        budget.check()?;
        if is_stopped.into_inner() {
            return Err(OpenError::Cancelled);
        }
        if filled.refused.is_none() && !filled.part.is_whole() {
            filled.refused = Some(Refusal::CutOff);
        }
        if filled.part.cells > most || filled.refused == Some(Refusal::Stopped) {
            filled.refused = Some(Refusal::TooManyCells);
        }
        if filled.refused == Some(Refusal::Cell) {
            filled.part.find_end(part);
        }
        filled.taken.without_value(filled.part.without_value, &filled.part.valueless);
        Ok(filled)
    }

    /// Reads the cells of a piece as long as `within` answers, which is told how many there were so far.
    fn fill_piece(
        &self,
        part: &[u8],
        piece: Range<usize>,
        most: u32,
        looks: &[RawLook],
        within: &dyn Fn(usize) -> bool,
    ) -> (Filled, Budget) {
        let (mut shown, mut budget) = (Shown::default(), Budget::default());
        let mut filler = Filler::new(RawSheet::default(), looks, &mut shown, &mut budget);
        let mut count = 0;
        let (part, read) = SheetPart::read(part, piece, most, |cell| {
            count += 1;
            let content = self.content(&cell, looks)?;
            let is_within = filler.take(cell.row, cell.column, cell.style, content, cell.formula);
            if is_within && (count % ASKED_EVERY != 0 || within(count)) { Ok(()) } else { Err(Refusal::Stopped) }
        });
        let taken = filler.into_taken();
        (Filled { part, taken, refused: read.err() }, budget)
    }

    /// What a cell holds.
    fn content(&self, cell: &PartCell<'_>, looks: &[RawLook]) -> Result<RawContent, Refusal> {
        if let Some(inline) = cell.inline {
            let mut text = String::new();
            rich_text(inline, &mut text);
            return Ok(RawContent::Text(plain(&text)));
        }
        let Some(value) = cell.value else { return Ok(RawContent::Blank) };
        let text = || {
            let mut text = String::new();
            written_text(value, true, &mut text);
            text
        };
        match cell.kind {
            b"inlineStr" | b"is" => Ok(RawContent::Blank),
            b"str" => Ok(RawContent::Text(plain(&text()))),
            _ if value.trim_ascii().is_empty() => Ok(RawContent::Blank),
            b"s" => {
                let at = std::str::from_utf8(value.trim_ascii()).ok().and_then(|digits| digits.parse().ok()).ok_or(Refusal::Cell)?;
                self.texts.get(at).map(|text| RawContent::Text(plain(text))).ok_or(Refusal::Cell)
            }
            b"b" => match text().trim().to_ascii_lowercase().as_str() {
                "0" | "false" => Ok(RawContent::Text("FALSE".into())),
                "1" | "true" => Ok(RawContent::Text("TRUE".into())),
                _ => Err(Refusal::Cell),
            },
            b"e" => Ok(RawContent::Error(text().into())),
            b"d" => {
                let text = text();
                Ok(iso_serial(&text).map_or_else(|| RawContent::Text(plain(&text)), RawContent::Day))
            }
            b"" | b"n" => {
                let written = std::str::from_utf8(value.trim_ascii()).map_err(|_| Refusal::Cell)?;
                match written.parse::<f64>() {
                    Ok(number) => Ok(RawContent::Number(number + self.days(cell.style, looks))),
                    Err(_) if cell.kind.is_empty() => Ok(RawContent::Text(plain(&text()))),
                    Err(_) => Err(Refusal::Cell),
                }
            }
            _ => Err(Refusal::Cell),
        }
    }

    /// By how many days the numbers in a style begin later. A stretch of time counts from nowhere.
    fn days(&self, style: usize, looks: &[RawLook]) -> f64 {
        let shifted = self.is_1904 && looks.get(style).is_some_and(|look| is_date_format(&look.format));
        if shifted { DAYS_TO_1904 } else { 0.0 }
    }
}

/// The same looks with formats of their own, each once: threads that share one would wait for each other at every cell.
fn own_looks<'a>(looks: &'a [RawLook]) -> Vec<RawLook> {
    let mut formats: HashMap<&str, Arc<str>> = HashMap::new();
    let own = |look: &'a RawLook| {
        let format = formats.entry(&look.format).or_insert_with(|| Arc::from(&*look.format));
        RawLook { format: Arc::clone(format), ..look.clone() }
    };
    looks.iter().map(own).collect()
}
