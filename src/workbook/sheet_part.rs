//! One pass over the cells of a sheet part: where each stands and what is written in it, and which rows are hidden. Knows no shared texts.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::{
    chunks::chunks,
    package::{after_aside, openings},
};
use crate::model::excel::{MOST_COLUMNS, MOST_ROWS};

/// The longest prefix of a name that is looked for, with the slash and the colon.
const LONGEST_PREFIX: usize = 16;
/// The most cells without a value whose places are told.
const MOST_PLACES: usize = 3;

/// What a pass over a sheet's cells finds beside them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetPart {
    /// Where the cells begin and end in the part.
    pub data: Range<usize>,
    pub cells: u32,
    /// Zero-based, as they stand.
    pub hidden_rows: Vec<u32>,
    /// The rows that an outline sets in, and how far.
    pub levels: Vec<(u32, u8)>,
    /// How many cells have a value.
    pub values: usize,
    /// How many have a formula and no value, and where the first of them stand.
    pub without_value: usize,
    pub valueless: Vec<(u32, u16)>,
    /// Whether the cells came to their end within the piece that was read.
    ended: bool,
}

/// A cell as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartCell<'part> {
    /// Zero-based.
    pub row: u32,
    pub column: u16,
    /// The number of its style.
    pub style: usize,
    /// Its type, such as `s`; empty where none is given.
    pub kind: &'part [u8],
    /// What stands in its value, with its entities.
    pub value: Option<&'part [u8]>,
    /// What stands in the text of its own, with the elements in it.
    pub inline: Option<&'part [u8]>,
    /// Whether it has a formula.
    pub formula: bool,
}

/// Why the cells of a sheet are not read, or not read on.
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
    /// A cell that is of no known type, or leads to no text.
    #[error("a cell in it cannot be understood")]
    Cell,
    /// Whoever takes the cells wants no more of them.
    #[error("it was not wanted to its end")]
    Stopped,
}

impl SheetPart {
    /// Reads the cells of a piece of a part, as `pieces` has cut it, that may have `most` of them. `take` is given each in the order of the
    /// part. What was found up to where it was refused is kept.
    pub(crate) fn read<'part>(
        part: &'part [u8],
        piece: Range<usize>,
        most: u32,
        take: impl FnMut(PartCell<'part>) -> Result<(), Refusal>,
    ) -> (Self, Result<(), Refusal>) {
        let (at, in_data, goes_on) = (piece.start, piece.start > 0, piece.end < part.len());
        let data = if in_data { piece.clone() } else { 0..0 };
        let found = Self { data, ended: !in_data, ..Self::default() };
        let mut pass = Pass { part: &part[..piece.end], at, row: 0, column: 0, cell: None, take, found };
        let read = pass.run(in_data, most);
        let read = if goes_on { read.and_then(|()| pass.end_cell()) } else { read };
        (pass.found, read)
    }

    /// Adds what was found in the piece that follows.
    pub(crate) fn append(&mut self, mut next: Self) {
        self.data.end = next.data.end;
        self.cells += next.cells;
        self.hidden_rows.append(&mut next.hidden_rows);
        self.levels.append(&mut next.levels);
        self.values += next.values;
        self.without_value += next.without_value;
        let room = MOST_PLACES.saturating_sub(self.valueless.len());
        self.valueless.extend(next.valueless.into_iter().take(room));
        self.ended = next.ended;
    }

    /// Notes where the cells end in a part of which they were not read to their end, so that what stands behind them can be.
    pub(crate) fn find_end(&mut self, part: &[u8]) {
        const NAME: &[u8] = b"sheetData>";
        let closes = |at: &usize| {
            let before = part[..*at].rsplit(|byte| *byte == b'<').next().unwrap_or_default();
            before.starts_with(b"/") && before.len() <= LONGEST_PREFIX
        };
        if let Some(at) = memmem::rfind_iter(part, NAME).find(closes) {
            self.data.end = at + NAME.len();
        }
    }

    /// Whether the cells came to their end; also where there are none.
    pub(crate) fn is_whole(&self) -> bool {
        self.ended
    }
}

/// Cuts a part into about so many pieces, each of which begins with a row that has a number.
pub(crate) fn pieces(part: &[u8], count: usize) -> Vec<Range<usize>> {
    let is_numbered = |row: &[u8]| memmem::find(&row[..memchr(b'>', row).unwrap_or(row.len())], b" r=").is_some();
    let (data, count) = memmem::find(part, b"sheetData").map_or((0, 1), |data| (data, count));
    chunks(part, data, count, b"<row ", is_numbered)
}

/// An attribute's name, and its value.
type Attribute<'part> = (&'part [u8], &'part [u8]);

struct Pass<'part, Take> {
    part: &'part [u8],
    at: usize,
    /// Where a cell without an address stands.
    row: u32,
    column: u32,
    /// What was seen so far of the cell that is being read.
    cell: Option<PartCell<'part>>,
    take: Take,
    found: SheetPart,
}

impl<'part, Take: FnMut(PartCell<'part>) -> Result<(), Refusal>> Pass<'part, Take> {
    fn run(&mut self, mut in_data: bool, most: u32) -> Result<(), Refusal> {
        while let Some((start, closing, name)) = self.next_tag() {
            match (in_data, closing, name) {
                (false, false, Name::Data) => {
                    in_data = true;
                    self.found.ended = false;
                    self.found.data = start..self.part.len();
                    if self.is_empty_element() {
                        self.found.data.end = self.at;
                        self.found.ended = true;
                        return Ok(());
                    }
                }
                (true, true, Name::Data) => {
                    self.end_cell()?;
                    self.found.data.end = self.at;
                    self.found.ended = true;
                    return Ok(());
                }
                (true, false, Name::Cell) => {
                    self.end_cell()?;
                    if self.found.cells >= most {
                        return Err(Refusal::TooManyCells);
                    }
                    self.begin_cell()?;
                }
                (true, false, Name::Formula) => self.cell.iter_mut().for_each(|cell| cell.formula = true),
                (true, false, Name::Value) => {
                    let value = self.content(Name::Value)?;
                    self.cell.iter_mut().for_each(|cell| cell.value = value);
                }
                (true, false, Name::Inline) => {
                    let inline = self.content(Name::Inline)?;
                    self.cell.iter_mut().for_each(|cell| cell.inline = inline);
                }
                (true, false, Name::Row) => {
                    self.end_cell()?;
                    self.begin_row()?;
                }
                (true, true, Name::Row) => {
                    self.end_cell()?;
                    self.end_row();
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The next tag of a known name: where it begins, whether it closes, and which it is.
    fn next_tag(&mut self) -> Option<(usize, bool, Name)> {
        loop {
            if let (start, closing, Some(name)) = self.any_tag()? {
                return Some((start, closing, name));
            }
        }
    }

    /// The next tag, whatever its name.
    fn any_tag(&mut self) -> Option<(usize, bool, Option<Name>)> {
        loop {
            let start = self.at + memchr(b'<', &self.part[self.at..])?;
            self.at = start + 1;
            match *self.part.get(self.at)? {
                b'!' | b'?' => self.at = after_aside(self.part, start)?,
                first => {
                    let closing = first == b'/';
                    self.at += usize::from(closing);
                    let rest = &self.part[self.at..];
                    let length = rest.iter().position(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t'))?;
                    self.at += length;
                    return Some((start, closing, Name::of(&rest[..length])));
                }
            }
        }
    }

    /// Whether the tag whose name was just passed has no content; its attributes are passed over.
    fn is_empty_element(&mut self) -> bool {
        while let Ok(Some(_)) = self.attribute() {}
        let empty = self.part.get(self.at) == Some(&b'/');
        self.at += usize::from(empty);
        self.at += usize::from(self.part.get(self.at) == Some(&b'>'));
        empty
    }

    /// The next attribute of the tag: its name and its value.
    fn attribute(&mut self) -> Result<Option<Attribute<'part>>, Refusal> {
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
        Ok(Some((name, &part[value..at])))
    }

    fn begin_cell(&mut self) -> Result<(), Refusal> {
        let mut cell = PartCell::default();
        let mut place = None;
        while let Some((name, value)) = self.attribute()? {
            match name {
                b"r" => place = Some(value),
                b"s" => cell.style = number(value).unwrap_or(0),
                b"t" => cell.kind = value,
                _ => {}
            }
        }
        let (row, column) = match place {
            Some(text) => {
                let (row, column) = cell_address(text).ok_or_else(|| Refusal::Address(shown(text)))?;
                self.column = column;
                (row, column)
            }
            None if self.row >= MOST_ROWS || self.column >= MOST_COLUMNS => return Err(Refusal::PastTheEnd),
            None => (self.row, self.column),
        };
        self.column += 1;
        self.found.cells += 1;
        // A sheet has 16,384 columns.
        self.cell = Some(PartCell { row, column: column as u16, ..cell });
        Ok(())
    }

    /// Hands the cell that was read over, once all of it was.
    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        // A formula's text may be empty.
        let has_value = cell.inline.is_some() || cell.value.is_some_and(|value| !value.is_empty() || cell.kind == b"str");
        self.found.values += usize::from(has_value);
        if cell.formula && !has_value {
            self.found.without_value += 1;
            if self.found.valueless.len() < MOST_PLACES {
                self.found.valueless.push((cell.row, cell.column));
            }
        }
        (self.take)(cell)
    }

    /// What stands between the tag whose name was just passed and its end; `None` where it has none.
    fn content(&mut self, name: Name) -> Result<Option<&'part [u8]>, Refusal> {
        let part = self.part;
        let end = self.at + memchr(b'>', &part[self.at..]).ok_or(Refusal::CutOff)?;
        self.at = end + 1;
        if part[end - 1] == b'/' {
            return Ok(if name == Name::Inline { Some(&[]) } else { None });
        }
        loop {
            let (start, closing, found) = self.any_tag().ok_or(Refusal::CutOff)?;
            if closing && found == Some(name) {
                return Ok(Some(&part[end + 1..start]));
            }
        }
    }

    fn begin_row(&mut self) -> Result<(), Refusal> {
        let (mut hidden, mut level) = (false, 0);
        while let Some((name, text)) = self.attribute()? {
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
        if self.part.get(self.at) == Some(&b'/') {
            self.end_row();
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }
}

/// The elements that tell of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Name {
    Data,
    Row,
    Cell,
    Formula,
    Value,
    Inline,
}

impl Name {
    /// By a name as it is written, with or without a prefix.
    fn of(written: &[u8]) -> Option<Self> {
        let local = match written {
            [_] => written,
            _ => memchr(b':', written).map_or(written, |colon| &written[colon + 1..]),
        };
        match local {
            b"c" => Some(Self::Cell),
            b"v" => Some(Self::Value),
            b"f" => Some(Self::Formula),
            b"is" => Some(Self::Inline),
            b"row" => Some(Self::Row),
            b"sheetData" => Some(Self::Data),
            _ => None,
        }
    }
}

/// A number of a few digits.
fn number(text: &[u8]) -> Option<usize> {
    let digits = (1..=9).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    digits.then(|| text.iter().fold(0, |number, digit| number * 10 + usize::from(digit - b'0')))
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

    type Taken = Vec<(u32, u16, usize, String)>;

    fn read(data: &str) -> (Taken, SheetPart, Result<(), Refusal>) {
        let part = format!("<worksheet><cols><col min=\"1\"/></cols><sheetData>{data}</sheetData><c r=\"no\"/></worksheet>");
        let mut taken = Vec::new();
        let (found, read) = SheetPart::read(part.as_bytes(), 0..part.len(), 100, |cell| {
            let text = cell.value.or(cell.inline).map_or("-".into(), String::from_utf8_lossy);
            let kind = String::from_utf8_lossy(cell.kind);
            taken.push((cell.row, cell.column, cell.style, format!("{kind}{}{text}", if cell.formula { "=" } else { "" })));
            Ok(())
        });
        (taken, found, read)
    }

    fn refused(data: &str) -> Refusal {
        read(data).2.unwrap_err()
    }

    #[test]
    fn cells_are_read_as_they_are_written() {
        let (taken, found, read) = read(
            "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><f>1+1</f><v>2</v></c><c r=\"B3\"/></row><row ht=\"0\"/>\
             <!-- <c r=\"?\"> --><row><x:c t=\"e\" s=\"12\"><x:v>#SPILL!</x:v></x:c><c t='str'><f/><v></v></c>\
             <c t=\"inlineStr\"><is><r><t>a &amp; b</t></r></is></c><c><v><![CDATA[</v>]]>5</v></c></row>",
        );
        let cell = |row, column, style, text: &str| (row, column, style, text.to_owned());
        let expected = [
            cell(2, 0, 0, "=2"),
            cell(2, 1, 0, "-"),
            cell(4, 0, 12, "e#SPILL!"),
            cell(4, 1, 0, "str="),
            cell(4, 2, 0, "inlineStr<r><t>a &amp; b</t></r>"),
            cell(4, 3, 0, "<![CDATA[</v>]]>5"),
        ];
        assert_eq!((taken, read), (expected.to_vec(), Ok(())));
        assert_eq!((found.cells, found.hidden_rows, found.values, found.without_value), (6, vec![2, 3], 5, 0));
        assert!(found.ended);
    }

    #[test]
    fn a_formula_without_a_value_is_told() {
        let (_, found, _) = read("<row><c><f>1</f></c><c><f>1</f><v/></c><c><f>1</f><v></v></c><c t=\"str\"><f>1</f><v></v></c></row>");
        assert_eq!((found.without_value, found.valueless, found.values), (3, vec![(0, 0), (0, 1), (0, 2)], 1));
    }

    #[test]
    fn pieces_give_what_the_whole_does() {
        let rows: String = (1..60).map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>{row}</v></c><c><v>x</v></c></row>")).collect();
        let part = format!("<worksheet><sheetData>{rows}</sheetData><mergeCells/></worksheet>");
        let whole = |cells: &mut Vec<(u32, u16)>| {
            SheetPart::read(part.as_bytes(), 0..part.len(), 1000, |cell| {
                cells.push((cell.row, cell.column));
                Ok(())
            })
        };
        let (mut all, mut parted) = (Vec::new(), Vec::new());
        let (found, _) = whole(&mut all);
        let cut = pieces(part.as_bytes(), 4);
        assert_eq!(cut.len(), 4);
        let mut joined: Option<SheetPart> = None;
        for (at, piece) in cut.into_iter().enumerate() {
            let (part, read) = SheetPart::read(part.as_bytes(), piece, 1000, |cell| {
                parted.push((cell.row, cell.column));
                Ok(())
            });
            assert_eq!((read, part.is_whole()), (Ok(()), at == 3));
            match &mut joined {
                Some(joined) => joined.append(part),
                None => joined = Some(part),
            }
        }
        assert_eq!((all, Some(found)), (parted, joined));
        let commented = part.replace("<mergeCells/>", "<!-- -->");
        assert_eq!(pieces(commented.as_bytes(), 4).len(), 1);
        assert_eq!(pieces(part.replace(" r=", " x=").as_bytes(), 4).len(), 1);
    }

    #[test]
    fn an_address_past_the_sheet_is_refused() {
        for address in ["XFE1", "A1048577", "AAAA1", "A00000001", "1A", "A", "", "$A$1", "A0"] {
            assert_eq!(refused(&format!("<row><c r=\"{address}\"/></row>")), Refusal::Address(address.to_owned()));
        }
        assert!(read("<row r=\"1048577\"/>").2.is_err() && read("<row r=\"99999999999\"/>").2.is_err());
        assert_eq!(read("<row r=\"1048576\"><c r=\"XFD1048576\"/></row>").2, Ok(()));
        assert_eq!(refused("<row r=\"1048576\"></row><row><c/></row>"), Refusal::PastTheEnd);
        assert_eq!(refused("<row r=\"1\"><c r=\"XFD1\"/><c/></row>"), Refusal::PastTheEnd);
        assert_eq!(refused(&"<c/>".repeat(101)), Refusal::TooManyCells);
        let cut = b"<sheetData><row><c r=\"A1";
        assert_eq!(SheetPart::read(cut, 0..cut.len(), 9, |_| Ok(())).1, Err(Refusal::CutOff));
        let cut = b"<sheetData><row><c r=\"A1\"><v>1</v></c></row>";
        assert!(!SheetPart::read(cut, 0..cut.len(), 9, |_| Ok(())).0.is_whole());
    }
}
