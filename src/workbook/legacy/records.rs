//! The records of an .xls file: how much they lay out, and the edits that make them safe. Never reads a cell's value.

use std::{collections::HashSet, ops::Range};

use crate::workbook::{
    OpenError,
    package::{MAX_CELLS, MAX_LAID_OUT, MAX_SHEETS, MAX_STRINGS, MAX_TEXT, grouped, strange},
};

/// A reader takes continued records out one by one from the front. Excel fills each with 8,224 bytes.
const MAX_CONTINUED: usize = 20_000;

/// Each text stands in the reader, in the sheet that is handed out and in the grid.
const MAX_CHARACTERS: usize = MAX_TEXT / 3;

const FORMULA: u16 = 0x0006;
const END: u16 = 0x000A;
const FILE_PASSWORD: u16 = 0x002F;
const CONTINUED: u16 = 0x003C;
const SHEET: u16 = 0x0085;
const MANY_NUMBERS: u16 = 0x00BD;
const RICH_TEXT: u16 = 0x00D6;
const STRINGS: u16 = 0x00FC;
const SHARED_TEXT: u16 = 0x00FD;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const TRUTH: u16 = 0x0205;
const FORMULA_TEXT: u16 = 0x0207;
const SMALL_NUMBER: u16 = 0x027E;
const BEGIN: u16 = 0x0809;

/// Checks a workbook's stream, and takes out of it what makes a reader allocate: the claimed extent of each sheet, and the
/// formulas, whose text can grow fiftyfold. A formula keeps its value and becomes the formula `0`.
pub fn clean(stream: &mut [u8]) -> Result<(), OpenError> {
    let mut edits = Vec::new();
    let (sheets, texts) = globals(stream)?;
    let mut extent = Extent { texts, ..Extent::default() };
    for start in sheets {
        extent.sheet(stream, start, &mut edits)?;
    }
    for edit in edits {
        match edit {
            Edit::Blank(range) => stream[range].fill(0),
            // Three bytes of formula: the whole number 0.
            Edit::Formula(at) => stream[at..at + 5].copy_from_slice(&[3, 0, 0x1E, 0, 0]),
            Edit::NoFormula(at) => stream[at..at + 2].fill(0),
        }
    }
    Ok(())
}

enum Edit {
    Blank(Range<usize>),
    Formula(usize),
    NoFormula(usize),
}

/// A record's kind, where its body is, and where the next one starts.
fn record(stream: &[u8], at: usize) -> Option<(u16, Range<usize>)> {
    let head = stream.get(at..at + 4)?;
    let (kind, length) = (half(head, 0), usize::from(half(head, 2)));
    let body = at + 4..at + 4 + length;
    (body.end <= stream.len()).then_some((kind, body))
}

fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// Where the sheets start, and how long each shared text is.
fn globals(stream: &[u8]) -> Result<(Vec<usize>, Vec<u32>), OpenError> {
    let (mut sheets, mut texts, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some((kind, body)) = record(stream, at) {
        at = body.end;
        let data = &stream[body];
        match kind {
            END => break,
            FILE_PASSWORD if data.len() >= 2 && half(data, 0) != 0 => return Err(OpenError::Password),
            SHEET if data.len() >= 4 => {
                sheets.push(u32::from_le_bytes([data[0], data[1], data[2], data[3]]) as usize);
                if sheets.len() > MAX_SHEETS {
                    return Err(OpenError::TooLarge(format!("it has more than {} sheets", grouped(MAX_SHEETS))));
                }
            }
            STRINGS => texts = shared_texts(stream, data, at)?,
            _ => {}
        }
    }
    let different: HashSet<&usize> = sheets.iter().collect();
    if different.len() < sheets.len() {
        return Err(strange("two of its sheets are the same part"));
    }
    Ok((sheets, texts))
}

/// The lengths of the shared texts, which stand in a record and the ones that continue it.
fn shared_texts(stream: &[u8], first: &[u8], mut at: usize) -> Result<Vec<u32>, OpenError> {
    let mut pieces = vec![first.get(8..).unwrap_or_default()];
    while let Some((CONTINUED, body)) = record(stream, at) {
        at = body.end;
        pieces.push(&stream[body]);
        if pieces.len() > MAX_CONTINUED {
            return Err(strange("its texts are in too many pieces"));
        }
    }
    let (mut texts, mut list) = (Vec::new(), Pieces { pieces: &pieces, piece: 0, at: 0 });
    while !list.rest().is_empty() || list.next_piece() {
        // What cannot be read on is for the reader to name.
        let Some(length) = list.text() else { break };
        texts.push(length);
        if texts.len() > MAX_STRINGS {
            return Err(OpenError::TooLarge(format!("it has more than {} different texts", grouped(MAX_STRINGS))));
        }
    }
    Ok(texts)
}

/// A record and the ones that continue it, read from the front.
struct Pieces<'a> {
    pieces: &'a [&'a [u8]],
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    fn rest(&self) -> &'a [u8] {
        &self.pieces[self.piece][self.at..]
    }

    fn next_piece(&mut self) -> bool {
        let more = self.piece + 1 < self.pieces.len();
        if more {
            (self.piece, self.at) = (self.piece + 1, 0);
        }
        more
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.rest().get(..count)?;
        self.at += count;
        Some(taken)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            if self.rest().is_empty() && !self.next_piece() {
                return None;
            }
            let step = count.min(self.rest().len());
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// Passes over one text and says how long it is.
    fn text(&mut self) -> Option<u32> {
        if self.rest().is_empty() {
            return Some(0);
        }
        let head = self.take(3)?;
        let (length, flags) = (half(head, 0), head[2]);
        let runs = if flags & 8 != 0 { usize::from(half(self.take(2)?, 0)) } else { 0 };
        let extra = if flags & 4 != 0 { i32::from_le_bytes(self.take(4)?.try_into().ok()?) } else { 0 };
        let (mut left, mut wide) = (usize::from(length), flags & 1 != 0);
        while left > 0 {
            let width = if wide { 2 } else { 1 };
            let count = left.min(self.rest().len() / width);
            self.at += count * width;
            left -= count;
            if left > 0 {
                if !self.next_piece() {
                    return None;
                }
                wide = self.take(1)?[0] & 1 != 0;
            }
        }
        self.skip(runs * 4)?;
        self.skip(usize::try_from(extra).ok()?)?;
        Some(u32::from(length))
    }
}

/// How much all sheets lay out.
#[derive(Default)]
struct Extent {
    texts: Vec<u32>,
    walked: usize,
    cells: usize,
    characters: usize,
    laid_out: usize,
}

impl Extent {
    fn sheet(&mut self, stream: &[u8], start: usize, edits: &mut Vec<Edit>) -> Result<(), OpenError> {
        let (mut at, mut depth, mut area) = (start, 0usize, None);
        while let Some((kind, body)) = record(stream, at) {
            self.walked += body.end - at;
            at = body.end;
            match kind {
                BEGIN => depth += 1,
                END if depth <= 1 => break,
                END => depth -= 1,
                // The charts in a sheet have records of the same kinds, which are passed over.
                _ if depth > 1 => {}
                DIMENSIONS => edits.push(Edit::Blank(body)),
                _ => self.cell(kind, &stream[body.clone()], body.start, &mut area, edits)?,
            }
        }
        // Sheets that run into one another are read again and again.
        if self.walked > 2 * stream.len() {
            return Err(strange("its sheets overlap"));
        }
        self.laid_out +=
            area.map_or(0, |(top, left, bottom, right): Area| (usize::from(bottom - top) + 1) * (usize::from(right - left) + 1));
        if self.laid_out > MAX_LAID_OUT {
            return Err(OpenError::TooLarge(format!("its filled cells span more than {} cells", grouped(MAX_LAID_OUT))));
        }
        Ok(())
    }

    fn cell(&mut self, kind: u16, data: &[u8], at: usize, area: &mut Option<Area>, edits: &mut Vec<Edit>) -> Result<(), OpenError> {
        let characters = |at: usize| if data.len() >= at + 2 { usize::from(half(data, at)) } else { 0 };
        let mut columns = 1;
        match kind {
            NUMBER | TRUTH | SMALL_NUMBER => {}
            TEXT | RICH_TEXT => self.characters += characters(6),
            FORMULA_TEXT => {
                self.cells += 1;
                self.characters += characters(0);
                return self.check();
            }
            SHARED_TEXT if data.len() >= 10 => {
                let text = u32::from_le_bytes([data[6], data[7], data[8], data[9]]) as usize;
                self.characters += self.texts.get(text).map_or(0, |length| *length as usize);
            }
            MANY_NUMBERS => columns = (data.len() / 6).max(1),
            FORMULA => match data.len() {
                25.. => edits.push(Edit::Formula(at + 20)),
                22.. => edits.push(Edit::NoFormula(at + 20)),
                _ => {}
            },
            _ => return Ok(()),
        }
        if data.len() >= 4 {
            let (row, column) = (half(data, 0), half(data, 2));
            let last = column.saturating_add((columns - 1) as u16);
            let (top, left, bottom, right) = area.unwrap_or((row, column, row, last));
            *area = Some((top.min(row), left.min(column), bottom.max(row), right.max(last)));
        }
        self.cells += columns;
        self.check()
    }

    fn check(&self) -> Result<(), OpenError> {
        if self.cells > MAX_CELLS {
            return Err(OpenError::TooLarge(format!("it has more than {} cells", grouped(MAX_CELLS))));
        }
        if self.characters > MAX_CHARACTERS {
            return Err(OpenError::TooLarge(format!("its cells hold more than {} million characters", MAX_CHARACTERS / 1_000_000)));
        }
        Ok(())
    }
}

/// First row and column, last row and column.
type Area = (u16, u16, u16, u16);
