//! One fast pass over the cells of a sheet part: whether they are sound, and what the cell reader does not tell. Never reads values.

use super::package::openings;
use crate::model::excel::{MOST_COLUMNS, MOST_ROWS};

/// The most cells without a value whose places are told.
const MOST_PLACES: usize = 3;
/// The errors that the cell reader knows.
const KNOWN_ERRORS: [&[u8]; 8] = [b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!", b"#GETTING_DATA"];

/// What a pass over a sheet's cells finds. Cells are named by their order in the part, as the cell reader gives them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetPart {
    /// Where the cells begin and end in the part.
    pub data: std::ops::Range<usize>,
    pub cells: u32,
    /// Zero-based, as they stand.
    pub hidden_rows: Vec<u32>,
    /// The rows that an outline sets in, and how far.
    pub levels: Vec<(u32, u8)>,
    /// The cells that have a formula.
    pub formulas: Vec<u32>,
    /// How many cells have a value.
    pub values: usize,
    /// How many have a formula and no value, and where the first of them stand.
    pub without_value: usize,
    pub valueless: Vec<(u32, u16)>,
    /// The cells whose value is an error that the cell reader does not know.
    pub strange_errors: Vec<u32>,
    /// Whether the cells stand in reading order, each once.
    pub ordered: bool,
    /// Where a byte makes a cell an error that the cell reader would stop at.
    error_marks: Vec<usize>,
}

/// Why the cells of a sheet are not read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("“{0}” in it is the address of no cell")]
    Address(String),
    #[error("it has more rows or columns than an Excel sheet")]
    PastTheEnd,
    #[error("it has more than 5 million cells")]
    TooManyCells,
    #[error("a cell in it is cut off")]
    CutOff,
}

impl SheetPart {
    /// Looks over a part that may have `most` cells.
    pub(crate) fn scan(part: &[u8], most: u32) -> Result<Self, Refusal> {
        let mut pass = Pass {
            part,
            at: 0,
            row: 0,
            column: 0,
            last: None,
            in_error: None,
            cell: Open::default(),
            found: Self { ordered: true, ..Self::default() },
        };
        pass.run(most)?;
        Ok(pass.found)
    }

    /// The part with strange errors as texts, when there are any.
    pub(crate) fn mended(&self, part: &[u8]) -> Option<Vec<u8>> {
        if self.error_marks.is_empty() {
            return None;
        }
        let mut mended = part.to_vec();
        for mark in &self.error_marks {
            // An ISO date's type has as many letters as an error's, and its value is taken as it stands.
            mended[*mark] = b'd';
        }
        Some(mended)
    }
}

/// An attribute's name, and where its value stands.
type Attribute<'a> = (&'a [u8], std::ops::Range<usize>);

struct Pass<'a> {
    part: &'a [u8],
    at: usize,
    /// Where a cell without an address stands.
    row: u32,
    column: u32,
    last: Option<(u32, u32)>,
    /// The mark of the error cell that is being read.
    in_error: Option<usize>,
    cell: Open,
    found: SheetPart,
}

/// What was seen so far of the cell that is being read.
#[derive(Clone, Copy, Default)]
struct Open {
    formula: bool,
    value: bool,
    /// Whether its type is a formula's text, which may be empty.
    text: bool,
}

impl Pass<'_> {
    fn run(&mut self, most: u32) -> Result<(), Refusal> {
        let mut in_data = false;
        while let Some(tag) = self.next_tag() {
            let (start, closing, name) = tag;
            match (in_data, closing, name) {
                (false, false, b"sheetData") => {
                    in_data = true;
                    self.found.data = start..self.part.len();
                    if self.is_empty_element() {
                        self.found.data.end = self.at;
                        return Ok(());
                    }
                }
                (true, true, b"sheetData") => {
                    self.end_cell();
                    self.found.data.end = self.at;
                    return Ok(());
                }
                (true, false, b"c") => {
                    if self.found.cells >= most {
                        return Err(Refusal::TooManyCells);
                    }
                    self.cell()?;
                }
                (true, false, b"f") => {
                    self.cell.formula = true;
                    let cell = self.found.cells.wrapping_sub(1);
                    if self.found.cells > 0 && self.found.formulas.last() != Some(&cell) {
                        self.found.formulas.push(cell);
                    }
                }
                (true, false, b"v") => self.value(),
                (true, false, b"is") => self.cell.value = true,
                (true, false, b"row") => self.row()?,
                (true, true, b"row") => self.end_row(),
                _ => {}
            }
        }
        if in_data { Err(Refusal::CutOff) } else { Ok(()) }
    }

    /// The next tag: where it begins, whether it closes, and its name without a prefix.
    fn next_tag(&mut self) -> Option<(usize, bool, &'static [u8])> {
        loop {
            let start = self.at + self.part[self.at..].iter().position(|byte| *byte == b'<')?;
            self.at = start + 1;
            match *self.part.get(self.at)? {
                b'!' | b'?' => self.skip_aside()?,
                first => {
                    let closing = first == b'/';
                    self.at += usize::from(closing);
                    let rest = &self.part[self.at..];
                    let length = rest.iter().position(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'))?;
                    let name = &rest[..length];
                    self.at += length;
                    let local = name.iter().position(|byte| *byte == b':').map_or(name, |colon| &name[colon + 1..]);
                    let known: &'static [u8] = match local {
                        b"c" => b"c",
                        b"v" => b"v",
                        b"f" => b"f",
                        b"is" => b"is",
                        b"row" => b"row",
                        b"sheetData" => b"sheetData",
                        _ => continue,
                    };
                    return Some((start, closing, known));
                }
            }
        }
    }

    /// Passes over a comment, an instruction or raw text.
    fn skip_aside(&mut self) -> Option<()> {
        let rest = &self.part[self.at..];
        let (from, end): (usize, &[u8]) = if rest.starts_with(b"!--") {
            (3, b"-->")
        } else if rest.starts_with(b"![CDATA[") {
            (8, b"]]>")
        } else if rest.starts_with(b"?") {
            (1, b"?>")
        } else {
            (1, b">")
        };
        let length = rest[from..].windows(end.len()).position(|window| window == end)?;
        self.at += from + length + end.len();
        Some(())
    }

    /// Whether the tag whose name was just passed has no content; its attributes are passed over.
    fn is_empty_element(&mut self) -> bool {
        while let Ok(Some(_)) = self.attribute() {}
        let empty = self.part.get(self.at) == Some(&b'/');
        self.at += usize::from(empty);
        self.at += usize::from(self.part.get(self.at) == Some(&b'>'));
        empty
    }

    /// The next attribute of the tag: its name and where its value stands.
    fn attribute(&mut self) -> Result<Option<Attribute<'_>>, Refusal> {
        let part = self.part;
        let mut at = self.at;
        let byte = |at: usize| part.get(at).copied().ok_or(Refusal::CutOff);
        while byte(at)?.is_ascii_whitespace() {
            at += 1;
        }
        if matches!(byte(at)?, b'>' | b'/') {
            self.at = at;
            return Ok(None);
        }
        let name = at;
        while !matches!(byte(at)?, b'=' | b'>') {
            at += 1;
        }
        let name = part[name..at].trim_ascii_end();
        at += 1;
        while byte(at)?.is_ascii_whitespace() {
            at += 1;
        }
        let quote = byte(at)?;
        if !matches!(quote, b'"' | b'\'') {
            return Err(Refusal::CutOff);
        }
        let value = at + 1;
        at = value;
        while byte(at)? != quote {
            at += 1;
        }
        self.at = at + 1;
        Ok(Some((name, value..at)))
    }

    fn cell(&mut self) -> Result<(), Refusal> {
        let part = self.part;
        let mut place = None;
        self.end_cell();
        self.in_error = None;
        while let Some((name, value)) = self.attribute()? {
            match name {
                b"r" => place = Some(value),
                b"t" if part[value.clone()] == *b"e" => self.in_error = Some(value.start),
                b"t" => self.cell.text = part[value] == *b"str",
                _ => {}
            }
        }
        let at = match place {
            Some(place) => {
                let text = &part[place];
                let (row, column) = cell_address(text).ok_or_else(|| Refusal::Address(shown(text)))?;
                self.column = column;
                (row, column)
            }
            None if self.row >= MOST_ROWS || self.column >= MOST_COLUMNS => return Err(Refusal::PastTheEnd),
            None => (self.row, self.column),
        };
        self.column += 1;
        if self.last.is_some_and(|last| last >= at) {
            self.found.ordered = false;
        }
        self.last = Some(at);
        self.found.cells += 1;
        Ok(())
    }

    /// Counts the cell that was read, once all of it was.
    fn end_cell(&mut self) {
        let Open { formula, value, .. } = std::mem::take(&mut self.cell);
        self.found.values += usize::from(value);
        if formula && !value {
            self.found.without_value += 1;
            if self.found.valueless.len() < MOST_PLACES {
                self.found.valueless.extend(self.last.map(|(row, column)| (row, column as u16)));
            }
        }
    }

    /// The value of a cell: whether there is any, and that of an error.
    fn value(&mut self) {
        let rest = &self.part[self.at..];
        let Some(start) = rest.iter().position(|byte| *byte == b'>') else { return };
        let empty = rest[..start].ends_with(b"/") || rest[start + 1..].starts_with(b"</");
        self.cell.value |= !empty || self.cell.text;
        let Some(mark) = self.in_error.take() else { return };
        let text = rest[start + 1..].split(|byte| *byte == b'<').next().unwrap_or_default();
        if !text.is_empty() && !KNOWN_ERRORS.contains(&text) {
            self.found.strange_errors.push(self.found.cells - 1);
            self.found.error_marks.push(mark);
        }
    }

    fn row(&mut self) -> Result<(), Refusal> {
        let part = self.part;
        let (mut hidden, mut level) = (false, 0);
        while let Some((name, value)) = self.attribute()? {
            let text = &part[value];
            match name {
                b"r" => self.row = row_number(text).ok_or_else(|| Refusal::Address(shown(text)))?,
                b"hidden" => hidden |= text == b"1" || text == b"true",
                b"outlineLevel" => level = if let [digit @ b'1'..=b'7'] = text { digit - b'0' } else { 0 },
                // A row without height is out of sight too.
                b"ht" => hidden |= !text.is_empty() && text.iter().all(|byte| matches!(byte, b'0' | b'.')),
                _ => {}
            }
        }
        if hidden && self.row < MOST_ROWS {
            self.found.hidden_rows.push(self.row);
        }
        if level > 0 && self.row < MOST_ROWS {
            self.found.levels.push((self.row, level));
        }
        if part.get(self.at) == Some(&b'/') {
            self.end_row();
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }
}

/// How many values stand in a part, whether or not they are in cells that can be read.
pub(crate) fn values(part: &[u8]) -> usize {
    openings(part).filter(|(name, _)| matches!(*name, b"v" | b"is")).count()
}

/// A text of the part, short enough to be shown.
fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).chars().take(20).collect()
}

/// A row number, as a zero-based row of a sheet.
fn row_number(text: &[u8]) -> Option<u32> {
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    let mut row = 0;
    for digit in text {
        row = row * 10 + u32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    (1..=MOST_ROWS).contains(&row).then(|| row - 1)
}

/// A cell's address such as `B7`, as its zero-based row and column.
pub(crate) fn cell_address(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text.iter().position(|byte| !byte.is_ascii_alphabetic())?;
    let column = column_number(&text[..letters])?;
    Some((row_number(&text[letters..])?, column))
}

/// A column's letters, as a zero-based column of a sheet.
pub(crate) fn column_number(letters: &[u8]) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut column = 0;
    for letter in letters {
        column = column * 26 + u32::from(letter.is_ascii_alphabetic().then(|| letter.to_ascii_uppercase() - b'A')?) + 1;
    }
    (column <= MOST_COLUMNS).then(|| column - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(data: &str) -> Result<SheetPart, Refusal> {
        SheetPart::scan(
            format!("<worksheet><cols><col min=\"1\"/></cols><sheetData>{data}</sheetData><c r=\"no\"/></worksheet>").as_bytes(),
            100,
        )
    }

    #[test]
    fn what_the_cell_reader_does_not_tell_is_found() {
        let found = scan(
            "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><f>1+1</f><v>2</v></c><c r=\"B3\"/></row><row ht=\"0\"/>\
             <!-- <c r=\"?\"> --><row><c t=\"e\" s=\"1\"><v>#SPILL!</v></c><c t=\"e\"><f/><v>#N/A</v></c></row>",
        )
        .unwrap();
        assert_eq!((found.cells, found.hidden_rows, found.formulas), (4, vec![2, 3], vec![0, 3]));
        assert_eq!((found.strange_errors, found.ordered), (vec![2], true));
        assert!(!scan("<row r=\"2\"><c r=\"B2\"/><c r=\"B2\"/></row>").unwrap().ordered);
    }

    #[test]
    fn a_strange_error_becomes_a_text() {
        let part = b"<sheetData><x:row><x:c t=\"e\"><x:v>#CALC!</x:v></x:c></x:row></sheetData>";
        let mended = SheetPart::scan(part, 9).unwrap().mended(part).unwrap();
        assert_eq!(String::from_utf8(mended).unwrap(), String::from_utf8_lossy(part).replace("\"e\"", "\"d\""));
        assert_eq!(SheetPart::scan(b"<sheetData/>", 9).unwrap().mended(b"<sheetData/>"), None);
    }

    #[test]
    fn an_address_past_the_sheet_is_refused() {
        for address in ["XFE1", "A1048577", "AAAA1", "A00000001", "1A", "A", "", "$A$1", "A0"] {
            assert_eq!(scan(&format!("<row><c r=\"{address}\"/></row>")), Err(Refusal::Address(address.to_owned())));
        }
        assert!(scan("<row r=\"1048577\"/>").is_err() && scan("<row r=\"99999999999\"/>").is_err());
        assert!(scan("<row r=\"1048576\"><c r=\"XFD1048576\"/></row>").is_ok());
        assert_eq!(scan("<row r=\"1048576\"></row><row><c/></row>"), Err(Refusal::PastTheEnd));
        assert_eq!(scan("<row r=\"1\"><c r=\"XFD1\"/><c/></row>"), Err(Refusal::PastTheEnd));
        assert_eq!(scan(&"<c/>".repeat(101)), Err(Refusal::TooManyCells));
        assert_eq!(SheetPart::scan(b"<sheetData><row><c r=\"A1", 9), Err(Refusal::CutOff));
    }
}
