//! The records of an older Excel workbook that say how cells look: formats, fills, hidden rows, notes. Never reads a value.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use encoding_rs::{Encoding, WINDOWS_1252};

use super::{OpenError, cells::plain, xls_filter::range};
use crate::workbook::{
    Attached, Font, Merge, SymbolFont,
    legacy::{Records, Texts, code_page, decoded, half, word},
    package::{MAX_SHEETS, MAX_STRINGS, MAX_TEXT, grouped, strange},
    parts::{PALETTE, RawLook, WHITE, built_in, page_texts},
};

/// What the records say of the whole workbook.
#[derive(Debug)]
pub(crate) struct BookRecords {
    pub sheets: Vec<BookSheet>,
    /// By the number that cells give.
    pub looks: Vec<RawLook>,
    /// The texts that cells share.
    pub strings: Vec<Box<str>>,
    pub is_1904: bool,
    /// Whether letters take a byte each, as before Excel 97, and by which code page.
    pub letters_in_bytes: bool,
    pub page: &'static Encoding,
    /// The ranges that filters go over, by the number of their sheet.
    pub filtered: HashMap<usize, Merge>,
}

/// A sheet as the workbook names it.
#[derive(Debug)]
pub(crate) struct BookSheet {
    pub name: String,
    /// Where its records begin.
    pub start: usize,
    pub hidden: bool,
    /// Whether Excel does not even list it among the hidden ones.
    pub very: bool,
    pub kind: SheetKind,
}

/// What a sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SheetKind {
    Cells,
    Macros,
    /// A chart or a module.
    Other,
}

/// Characters in one byte each or two, as a flag before them says.
pub(crate) fn characters(data: &[u8], count: usize) -> Option<String> {
    Texts::new(data, Records::new(&[], 0)).flagged(count)
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
    ///
    /// # Errors
    /// When it has more sheets or texts than can be held, or sheets that are one.
    pub(crate) fn read(stream: &[u8]) -> Result<Self, OpenError> {
        let mut book = Self {
            sheets: Vec::new(),
            looks: Vec::new(),
            strings: Vec::new(),
            is_1904: false,
            letters_in_bytes: false,
            page: WINDOWS_1252,
            filtered: HashMap::new(),
        };
        let mut styles = Styles { formats: HashMap::new(), fonts: Vec::new(), styles: Vec::new(), palette: PALETTE };
        let (mut records, mut whole) = (Records::new(stream, 0), false);
        while let Some((kind, data)) = records.next() {
            match kind {
                // EOF
                0x000A => {
                    whole = true;
                    break;
                }
                // BOF: its version
                0x0809 => book.letters_in_bytes = half(data, 0).is_some_and(|version| version < 0x0600),
                // CODEPAGE
                0x0042 => book.page = code_page(half(data, 0).unwrap_or(0)),
                // DATEMODE
                0x0022 => book.is_1904 = half(data, 0) == Some(1),
                // BOUNDSHEET
                0x0085 => book.sheets.extend(book.sheet(data)),
                // NAME
                0x0018 => book.filtered.extend(range(data)),
                // SST
                0x00FC => book.strings = shared(Texts::new(data.get(8..).unwrap_or_default(), records.clone()))?,
                // FORMAT
                0x041E => {
                    if let Some(id) = half(data, 0) {
                        styles.formats.extend(book.format(data).map(|code| (id, code)));
                    }
                }
                kind => styles.see(kind, data),
            }
        }
        if !whole && book.sheets.is_empty() {
            return Err(OpenError::Damaged("a part of it is missing, so it may not have been copied completely".to_owned()));
        }
        if book.sheets.len() > MAX_SHEETS {
            return Err(OpenError::TooLarge(format!("it has more than {} sheets", grouped(MAX_SHEETS))));
        }
        let different: HashSet<usize> = book.sheets.iter().map(|sheet| sheet.start).collect();
        if different.len() < book.sheets.len() {
            return Err(strange("two of its sheets are the same part"));
        }
        book.looks = styles.looks();
        Ok(book)
    }

    fn sheet(&self, data: &[u8]) -> Option<BookSheet> {
        let (start, state, kind, length) = (word(data, 0)? as usize, *data.get(4)?, *data.get(5)?, usize::from(*data.get(6)?));
        let letters = data.get(7..)?;
        let name =
            if self.letters_in_bytes { decoded(self.page, letters.get(..length)?).into_owned() } else { characters(letters, length)? };
        let kind = match kind {
            0 => SheetKind::Cells,
            1 => SheetKind::Macros,
            _ => SheetKind::Other,
        };
        Some(BookSheet { name: name.replace('\0', ""), start, hidden: state & 3 != 0, very: state & 3 == 2, kind })
    }

    /// The texts of a record of headers or footers of pages, from a place on, each behind its length.
    pub(crate) fn page_texts(&self, mut data: &[u8]) -> Vec<String> {
        let mut all = Vec::new();
        while let Some((words, after)) = if self.letters_in_bytes { self.short_text(data) } else { long_text(data) } {
            all.extend(page_texts(&words));
            data = after;
        }
        all
    }

    fn short_text<'a>(&self, data: &'a [u8]) -> Option<(String, &'a [u8])> {
        let (count, letters) = data.split_first().map(|(count, letters)| (usize::from(*count), letters))?;
        Some((decoded(self.page, letters.get(..count)?).into_owned(), &letters[count..]))
    }

    fn format(&self, data: &[u8]) -> Option<Arc<str>> {
        if self.letters_in_bytes {
            let length = usize::from(*data.get(2)?);
            return Some(decoded(self.page, data.get(3..3 + length)?).as_ref().into());
        }
        Some(characters(data.get(4..)?, usize::from(half(data, 2)?))?.into())
    }
}

/// A text behind its length, and what stands after it; none where nothing does.
fn long_text(data: &[u8]) -> Option<(String, &[u8])> {
    let count = usize::from(half(data, 0)?);
    let wide = data.get(2)? & 1 != 0;
    let words = characters(data.get(2..)?, count)?;
    Some((words, data.get(3 + count * if wide { 2 } else { 1 }..).unwrap_or_default()))
}

/// The texts that cells share, in order.
fn shared(mut texts: Texts<'_>) -> Result<Vec<Box<str>>, OpenError> {
    let (mut all, mut bytes) = (Vec::new(), 0);
    while let Some(text) = texts.shared() {
        bytes += text.len();
        if all.len() >= MAX_STRINGS || bytes > MAX_TEXT {
            return Err(OpenError::TooLarge(format!("it has more than {} different texts", grouped(MAX_STRINGS))));
        }
        all.push(plain(&text));
    }
    Ok(all)
}

/// A font as it is written.
struct WrittenFont {
    bold: bool,
    struck: bool,
    /// In the palette.
    colour: Option<usize>,
    symbols: Option<SymbolFont>,
}

/// The symbols that a font record's name stands for: behind its length, in wide letters or not.
fn symbols(data: &[u8]) -> Option<SymbolFont> {
    let (count, wide) = (usize::from(*data.get(14)?), data.get(15)? & 1 != 0);
    let letters = data.get(16..16 + count * if wide { 2 } else { 1 })?;
    let name: String = letters.iter().step_by(if wide { 2 } else { 1 }).map(|letter| char::from(*letter)).collect();
    SymbolFont::of(&name)
}

/// What makes up the looks of cells.
struct Styles {
    formats: HashMap<u16, Arc<str>>,
    fonts: Vec<WrittenFont>,
    styles: Vec<Style>,
    palette: [u32; 64],
}

impl Styles {
    fn see(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // FONT
            0x0031 => {
                let struck = half(data, 2).is_some_and(|flags| flags & 8 != 0);
                let (bold, colour) = (half(data, 6).is_some_and(|weight| weight >= 600), half(data, 4).map(usize::from));
                self.fonts.push(WrittenFont { bold, struck, colour, symbols: symbols(data) });
            }
            // XF
            0x00E0 => self.styles.extend(style(data)),
            // PALETTE
            0x0092 => {
                for (own, given) in self.palette[8..].iter_mut().zip(data.get(2..).unwrap_or_default().chunks_exact(4)) {
                    *own = u32::from_be_bytes([0, given[0], given[1], given[2]]);
                }
            }
            _ => {}
        }
    }

    fn looks(&self) -> Vec<RawLook> {
        let look = |style: &Style| {
            let colour = match style.pattern {
                0 => None,
                1 => self.palette.get(style.front),
                _ => self.palette.get(style.back),
            };
            // The fifth font is never written.
            let font = usize::from(if style.font > 4 { style.font - 1 } else { style.font });
            RawLook {
                format: self.formats.get(&style.format).cloned().unwrap_or_else(|| built_in(usize::from(style.format)).into()),
                fill: colour.copied().filter(|rgb| *rgb != WHITE),
                bold: self.fonts.get(font).is_some_and(|font| font.bold),
                font: self.fonts.get(font).map_or_else(Font::default, |font| {
                    let colour = font.colour.and_then(|colour| self.palette.get(colour)).copied();
                    Font::new(colour, font.struck).of_symbols(font.symbols)
                }),
                ..RawLook::default()
            }
        };
        self.styles.iter().map(look).collect()
    }
}

/// A style: as Excel 97 and later write it, or as those before do.
fn style(data: &[u8]) -> Option<Style> {
    let (font, format) = (half(data, 0)?, half(data, 2)?);
    let colour = |bits: u32| (bits & 0x7F) as usize;
    Some(if data.len() >= 20 {
        let (lines, colours) = (word(data, 14)?, u32::from(half(data, 18)?));
        Style { font, format, pattern: lines >> 26, front: colour(colours), back: colour(colours >> 7) }
    } else {
        let area = word(data, 8)?;
        Style { font, format, pattern: area >> 16 & 0x3F, front: colour(area), back: colour(area >> 7) }
    })
}

/// The notes of a sheet while they are read: their words stand in drawn objects.
#[derive(Default)]
pub(crate) struct Notes {
    object: u16,
    /// How many characters the next record holds, when they are an object's.
    expected: Option<usize>,
    words: HashMap<u16, String>,
    /// The object and the author of each cell's note.
    cells: BTreeMap<(u32, u16), (u16, String)>,
}

impl Notes {
    pub(crate) fn see(&mut self, kind: u16, data: &[u8]) {
        match kind {
            // OBJ
            0x005D => self.object = half(data, 6).unwrap_or(0),
            // TXO
            0x01B6 => self.expected = half(data, 10).map(usize::from).filter(|count| *count > 0),
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
                if let (Some(row), Some(column), Some(object), Some(count)) = (half(data, 0), half(data, 2), half(data, 6), half(data, 8)) {
                    let author = data.get(10..).and_then(|rest| characters(rest, usize::from(count))).unwrap_or_default();
                    self.cells.insert((u32::from(row), column), (object, author));
                }
            }
            _ => {}
        }
    }

    pub(crate) fn attached(&self) -> Vec<Attached> {
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
            [record(0x0809, &[0, 6]), fonts, record(0x041E, b"\xA4\0\x02\0\x000%"), record(0x00E0, &style), record(0x000A, &[])].concat();
        let book = BookRecords::read(&stream).unwrap();
        assert_eq!(book.looks, [RawLook { format: "0%".into(), fill: Some(0xFF_0000), bold: true, ..RawLook::default() }]);
    }

    #[test]
    fn a_note_has_its_words_and_its_author() {
        let records: [(u16, &[u8]); 4] = [
            (0x005D, &[0x15, 0, 0x12, 0, 0x19, 0, 9, 0]),
            (0x01B6, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0]),
            (0x003C, b"\0late"),
            (0x001C, b"\x02\0\x03\0\0\0\x09\0\x03\0\0Ana"),
        ];
        let mut notes = Notes::default();
        records.iter().for_each(|(kind, data)| notes.see(*kind, data));
        assert_eq!(notes.attached(), [Attached { row: 2, column: 3, text: "Ana: late".into() }]);
    }
}
