//! The records of an older Excel workbook that say how cells look: formats, fills, hidden rows, notes. Never reads a value.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use encoding_rs::WINDOWS_1252;

use super::xls_filter::{FilterRecords, range};
use crate::workbook::{
    Attached, Merge,
    parts::{Look, PALETTE, WHITE, built_in, page_texts},
};

/// What the records say of the whole workbook.
#[derive(Debug, Default)]
pub struct BookRecords {
    /// Where each sheet's records begin.
    pub sheets: Vec<usize>,
    /// By the number that cells give.
    pub looks: Vec<Look>,
    /// The ranges that filters go over, by the number of their sheet.
    pub filtered: HashMap<usize, Merge>,
}

/// What the records say of one sheet.
#[derive(Debug, Default)]
pub struct SheetRecords {
    /// The style of each cell, and whether it has a formula.
    pub styles: HashMap<(u32, u16), (u16, bool)>,
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u16>,
    pub attached: Vec<Attached>,
    pub filter: FilterRecords,
    /// The texts of its pages' headers and footers.
    pub page_texts: Vec<String>,
}

/// The records from a place on, with their kinds.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..)?;
        let (kind, size) = (word(head, 0)?, usize::from(word(head, 2)?));
        let data = head.get(4..4 + size)?;
        self.at += 4 + size;
        Some((kind, data))
    }
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

/// Characters in one byte each or two, as a flag before them says.
pub fn characters(data: &[u8], count: usize) -> Option<String> {
    let (flags, rest) = data.split_first()?;
    Some(if flags & 1 == 0 {
        WINDOWS_1252.decode_without_bom_handling(rest.get(..count.min(rest.len()))?).0.into_owned()
    } else {
        let units = rest.chunks_exact(2).take(count).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    })
}

/// A style as it is written: its font, number format, and the pattern and colours of its fill.
struct Style {
    font: u16,
    format: u16,
    pattern: u32,
    front: usize,
    back: usize,
}

impl BookRecords {
    /// Reads the records before the sheets.
    pub fn read(stream: &[u8]) -> Self {
        let mut book = Self::default();
        let (mut formats, mut bolds, mut styles) = (HashMap::new(), Vec::new(), Vec::new());
        let mut palette = PALETTE;
        for (kind, data) in (Records { stream, at: 0 }) {
            match kind {
                // EOF
                0x000A => break,
                // BOUNDSHEET
                0x0085 => book.sheets.extend(long(data, 0).map(|at| at as usize)),
                // NAME
                0x0018 => book.filtered.extend(range(data)),
                // FORMAT
                0x041E => {
                    if let (Some(id), Some(count)) = (word(data, 0), word(data, 2))
                        && let Some(code) = data.get(4..).and_then(|rest| characters(rest, usize::from(count)))
                    {
                        formats.insert(id, Arc::<str>::from(code));
                    }
                }
                // FONT
                0x0031 => bolds.push(word(data, 6).is_some_and(|weight| weight >= 600)),
                // XF, as Excel 97 and later write it
                0x00E0 if data.len() >= 20 => {
                    if let (Some(font), Some(format), Some(lines), Some(colours)) =
                        (word(data, 0), word(data, 2), long(data, 14), word(data, 18))
                    {
                        let (front, back) = (usize::from(colours & 0x7F), usize::from(colours >> 7 & 0x7F));
                        styles.push(Style { font, format, pattern: lines >> 26, front, back });
                    }
                }
                // PALETTE
                0x0092 => {
                    for (own, given) in palette[8..].iter_mut().zip(data.get(2..).unwrap_or_default().chunks_exact(4)) {
                        *own = u32::from_be_bytes([0, given[0], given[1], given[2]]);
                    }
                }
                _ => {}
            }
        }
        let look = |style: &Style| {
            let colour = match style.pattern {
                0 => None,
                1 => palette.get(style.front),
                _ => palette.get(style.back),
            };
            // The fifth font is never written.
            let font = usize::from(if style.font > 4 { style.font - 1 } else { style.font });
            Look {
                format: formats.get(&style.format).cloned().unwrap_or_else(|| built_in(usize::from(style.format)).into()),
                fill: colour.copied().filter(|rgb| *rgb != WHITE),
                bold: bolds.get(font).copied().unwrap_or(false),
            }
        };
        book.looks = styles.iter().map(look).collect();
        book
    }
}

impl SheetRecords {
    /// Reads the records of the sheet that begins at a place.
    pub fn read(stream: &[u8], start: usize) -> Self {
        let mut sheet = Self::default();
        let mut notes = Notes::default();
        let mut depth = 0_u32;
        for (kind, data) in (Records { stream, at: start }) {
            match kind {
                // BOF and EOF: a chart within the sheet has records of its own.
                0x0809 => depth += 1,
                0x000A if depth <= 1 => break,
                0x000A => depth -= 1,
                _ if depth > 1 => {}
                _ => sheet.see(kind, data, &mut notes),
            }
        }
        sheet.hidden_rows.sort_unstable();
        sheet.hidden_columns.sort_unstable();
        sheet.attached = notes.attached();
        sheet
    }

    fn see(&mut self, kind: u16, data: &[u8], notes: &mut Notes) {
        let at = |from: usize| Some((u32::from(word(data, from)?), word(data, from + 2)?));
        match kind {
            // BLANK; LABELSST, LABEL, RSTRING, NUMBER, BOOLERR, RK; FORMULA
            0x0201 | 0x00FD | 0x0204 | 0x00D6 | 0x0203 | 0x0205 | 0x027E | 0x0006 => {
                if let (Some(at), Some(style)) = (at(0), word(data, 4)) {
                    self.styles.insert(at, (style, kind == 0x0006));
                }
            }
            // MULRK, MULBLANK: the first column, a style and perhaps a value for each, and the last column
            0x00BD | 0x00BE => {
                let Some((row, first)) = at(0) else { return };
                let step = if kind == 0x00BD { 6 } else { 2 };
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(step);
                for (column, cell) in (first..).zip(cells) {
                    self.styles.insert((row, column), (u16::from_le_bytes([cell[0], cell[1]]), false));
                }
            }
            // ROW
            0x0208 => {
                if let (Some(row), Some(flags)) = (word(data, 0), word(data, 12)) {
                    self.hidden_rows.extend((flags & 0x20 != 0).then_some(u32::from(row)));
                }
            }
            // COLINFO
            0x007D => {
                if let (Some(first), Some(last), Some(flags)) = (word(data, 0), word(data, 2), word(data, 8))
                    && flags & 1 != 0
                {
                    self.hidden_columns.extend(first..=last.min(255));
                }
            }
            // HEADER, FOOTER
            0x0014 | 0x0015 => self.page_texts.extend(text(data).map(|(text, _)| page_texts(&text)).unwrap_or_default()),
            // HeaderFooter: those of even and first pages, behind a header of its own, an id, flags and their lengths
            0x089C => {
                let mut rest = data.get(38..).unwrap_or_default();
                while let Some((words, after)) = text(rest) {
                    self.page_texts.extend(page_texts(&words));
                    rest = after;
                }
            }
            kind => {
                self.filter.see(kind, data);
                notes.see(kind, data);
            }
        }
    }
}

/// A text behind its length, and what stands after it; none where nothing does.
fn text(data: &[u8]) -> Option<(String, &[u8])> {
    let count = usize::from(word(data, 0)?);
    let wide = data.get(2)? & 1 != 0;
    let words = characters(data.get(2..)?, count)?;
    Some((words, data.get(3 + count * if wide { 2 } else { 1 }..).unwrap_or_default()))
}

/// The notes of a sheet while they are read: their words stand in drawn objects.
#[derive(Default)]
struct Notes {
    object: u16,
    /// How many characters the next record holds, when they are an object's.
    expected: Option<usize>,
    words: HashMap<u16, String>,
    /// The object and the author of each cell's note.
    cells: BTreeMap<(u32, u16), (u16, String)>,
}

impl Notes {
    fn see(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // OBJ
            0x005D => self.object = word(data, 6).unwrap_or(0),
            // TXO
            0x01B6 => self.expected = word(data, 10).map(usize::from).filter(|count| *count > 0),
            // CONTINUE
            0x003C => {
                if let Some(count) = self.expected.take()
                    && let Some(words) = characters(data, count)
                {
                    self.words.insert(self.object, words);
                }
            }
            // NOTE
            0x001C => {
                if let (Some(row), Some(column), Some(object), Some(count)) = (word(data, 0), word(data, 2), word(data, 6), word(data, 8)) {
                    let author = data.get(10..).and_then(|rest| characters(rest, usize::from(count))).unwrap_or_default();
                    self.cells.insert((u32::from(row), column), (object, author));
                }
            }
            _ => {}
        }
    }

    fn attached(&self) -> Vec<Attached> {
        let attached = |(at, (object, author)): (&(u32, u16), &(u16, String))| {
            let (words, author) = (self.words.get(object)?.trim(), author.trim());
            let text = if author.is_empty() || words.starts_with(author) { words.to_owned() } else { format!("{author}: {words}") };
            (!words.is_empty()).then(|| Attached { row: at.0, column: at.1, text: text.into() })
        };
        self.cells.iter().filter_map(attached).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
    }

    #[test]
    fn styles_are_read_from_their_records() {
        let mut style = [0_u8; 20];
        (style[0], style[2]) = (5, 164);
        style[14..18].copy_from_slice(&(1_u32 << 26).to_le_bytes());
        style[18..20].copy_from_slice(&(10_u16 | 65 << 7).to_le_bytes());
        let fonts = [record(0x0031, &[0; 8]).repeat(4), record(0x0031, &[0, 0, 0, 0, 0, 0, 0xBC, 0x02])].concat();
        let stream =
            [record(0x0809, &[]), fonts, record(0x041E, b"\xA4\0\x02\0\x000%"), record(0x00E0, &style), record(0x000A, &[])].concat();
        let book = BookRecords::read(&stream);
        assert_eq!(book.looks, [Look { format: "0%".into(), fill: Some(0xFF_0000), bold: true }]);
    }

    #[test]
    fn a_note_has_its_words_and_its_author() {
        let stream = [
            record(0x0809, &[]),
            record(0x0208, &[7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]),
            record(0x00BE, &[7, 0, 1, 0, 15, 0, 16, 0, 2, 0]),
            record(0x005D, &[0x15, 0, 0x12, 0, 0x19, 0, 9, 0]),
            record(0x01B6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0]),
            record(0x003C, b"\0late"),
            record(0x001C, b"\x02\0\x03\0\0\0\x09\0\x03\0\0Ana"),
            record(0x0014, b"\x0A\0\0&COFFICIAL"),
            record(0x089C, &[&[0; 38][..], b"\x06\0\x01&\0L\0S\0e\0e\0n\0"].concat()),
            record(0x000A, &[]),
        ];
        let sheet = SheetRecords::read(&stream.concat(), 0);
        assert_eq!(sheet.attached, [Attached { row: 2, column: 3, text: "Ana: late".into() }]);
        assert_eq!(sheet.page_texts, ["OFFICIAL", "Seen"]);
        assert_eq!((sheet.hidden_rows, sheet.styles[&(7, 2)]), (vec![7], (16, false)));
        let cut = SheetRecords::read(&stream.concat()[..70], 0);
        assert!(cut.attached.is_empty());
    }
}
