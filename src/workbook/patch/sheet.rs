//! The cells of a sheet part as they stand in its bytes: walked in order, row by row, with the place of each. Changes nothing.

use std::ops::Range;

use memchr::{memchr, memchr3, memmem};
use quick_xml::{Reader, events::Event};

use super::tag::Tag;
use crate::{
    model::excel::{MOST_COLUMNS, MOST_ROWS},
    workbook::sheet_part::cell_address,
};

/// What a walk over a sheet meets, with where it stands in the part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// The beginning of the cells.
    Data(Range<usize>),
    /// The beginning of a row, zero-based; its tag is the whole row where that is empty.
    Row { row: u32, tag: Range<usize>, empty: bool },
    /// A whole cell.
    Cell { row: u32, column: u32, whole: Range<usize>, tag: Range<usize> },
    /// The end of a row's content.
    RowEnd { row: u32, at: usize },
    /// The end of the cells.
    DataEnd { at: usize },
    /// An element outside the cells, at its start.
    Outside { tag: Range<usize> },
    /// The text of an element outside the cells, which began last.
    Text { at: Range<usize> },
}

/// Why a sheet cannot be walked over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken;

/// Walks over a sheet until it ends or `see` returns false. Of rows that are not wanted only the beginning and the end are met.
///
/// # Errors
/// When it is no sound XML in UTF-8, or a row or cell stands outside a sheet.
pub(super) fn walk(part: &[u8], wanted: &dyn Fn(u32) -> bool, mut see: impl FnMut(Met) -> bool) -> Result<(), Broken> {
    let text = std::str::from_utf8(part).map_err(|_| Broken)?;
    // The mark of UTF-8 that may stand first is no part of what the reader counts.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader::from_str(&text[mark..]);
    reader.config_mut().check_end_names = false;
    let mut from = mark;
    // What stands before and behind the cells is little; the cells are scanned by their brackets.
    loop {
        let event = reader.read_event().map_err(|_| Broken)?;
        let at = from..mark + position(&reader);
        from = at.end;
        let met = match event {
            Event::Start(start) if start.local_name().as_ref() == "sheetData" => {
                if !see(Met::Data(at.clone())) {
                    return Ok(());
                }
                let mut cells = Cells { text, at: at.end, row: 0, column: 0, wanted };
                let Some(end) = cells.walk(&mut see)? else { return Ok(()) };
                return outside(text, end, &mut see);
            }
            Event::Empty(start) if start.local_name().as_ref() == "sheetData" => Some(Met::Data(at)),
            Event::Start(_) | Event::Empty(_) => Some(Met::Outside { tag: at }),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Some(Met::Text { at }),
            Event::Eof => return Ok(()),
            _ => None,
        };
        if met.is_some_and(|met| !see(met)) {
            return Ok(());
        }
    }
}

/// Walks over what stands behind the cells.
fn outside(text: &str, from: usize, see: &mut impl FnMut(Met) -> bool) -> Result<(), Broken> {
    let mut reader = Reader::from_str(&text[from..]);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut start = from;
    loop {
        let event = reader.read_event().map_err(|_| Broken)?;
        let at = start..from + position(&reader);
        start = at.end;
        let met = match event {
            Event::Start(_) | Event::Empty(_) => Met::Outside { tag: at },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => Met::Text { at },
            Event::Eof => return Ok(()),
            _ => continue,
        };
        if !see(met) {
            return Ok(());
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// A walk over the cells.
struct Cells<'a> {
    text: &'a str,
    at: usize,
    row: u32,
    column: u32,
    wanted: &'a dyn Fn(u32) -> bool,
}

/// A tag: where it stands, its name without a prefix, and what it does.
struct Scanned {
    at: Range<usize>,
    name: Range<usize>,
    closes: bool,
    empty: bool,
}

impl Cells<'_> {
    /// Walks to the end of the cells; where their end tag begins, or nothing where no more is wanted.
    fn walk(&mut self, see: &mut impl FnMut(Met) -> bool) -> Result<Option<usize>, Broken> {
        loop {
            let tag = self.tag()?;
            let met = match (&self.text[tag.name.clone()], tag.closes) {
                ("sheetData", true) => {
                    return Ok(see(Met::DataEnd { at: tag.at.start }).then_some(tag.at.start));
                }
                ("row", false) => {
                    if !self.row(&tag, see)? {
                        return Ok(None);
                    }
                    continue;
                }
                ("row", true) => {
                    let row = self.row;
                    self.row += 1;
                    Met::RowEnd { row, at: tag.at.start }
                }
                ("c", false) => self.cell(&tag)?,
                _ => continue,
            };
            if !see(met) {
                return Ok(None);
            }
        }
    }

    /// Meets the beginning of a row, and passes over its cells where they are not wanted.
    fn row(&mut self, tag: &Scanned, see: &mut impl FnMut(Met) -> bool) -> Result<bool, Broken> {
        if let Some(number) = Tag::new(&self.text[tag.at.clone()]).get("r") {
            self.row = number.trim().parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(Broken)?;
        }
        if self.row >= MOST_ROWS {
            return Err(Broken);
        }
        self.column = 0;
        let row = self.row;
        self.row += u32::from(tag.empty);
        if !see(Met::Row { row, tag: tag.at.clone(), empty: tag.empty }) {
            return Ok(false);
        }
        if !tag.empty && !(self.wanted)(row) {
            let name = &self.text[tag.at.start + 1..tag.name.end];
            let end = memmem::find(&self.text.as_bytes()[self.at..], format!("</{name}").as_bytes()).ok_or(Broken)?;
            self.at += end;
        }
        Ok(true)
    }

    /// A whole cell, from its tag to its end.
    fn cell(&mut self, tag: &Scanned) -> Result<Met, Broken> {
        if let Some(place) = Tag::new(&self.text[tag.at.clone()]).get("r") {
            let (row, column) = cell_address(place.as_bytes()).ok_or(Broken)?;
            if row != self.row {
                return Err(Broken);
            }
            self.column = column;
        }
        if self.column >= MOST_COLUMNS {
            return Err(Broken);
        }
        let column = self.column;
        self.column += 1;
        let end = if tag.empty { tag.at.end } else { self.cell_end()? };
        Ok(Met::Cell { row: self.row, column, whole: tag.at.start..end, tag: tag.at.clone() })
    }

    /// Where the cell ends that is open.
    fn cell_end(&mut self) -> Result<usize, Broken> {
        loop {
            let inner = self.tag()?;
            if inner.closes && &self.text[inner.name] == "c" {
                return Ok(inner.at.end);
            }
        }
    }

    /// The next tag; comments, instructions and raw texts are passed over.
    fn tag(&mut self) -> Result<Scanned, Broken> {
        let bytes = self.text.as_bytes();
        loop {
            let start = self.at + memchr(b'<', &bytes[self.at..]).ok_or(Broken)?;
            let rest = &bytes[start..];
            let aside = [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>"), (b"<?", b"?>")];
            if let Some((_, end)) = aside.iter().find(|(begin, _)| rest.starts_with(begin)) {
                self.at = start + memmem::find(rest, end).ok_or(Broken)? + end.len();
                continue;
            }
            let end = tag_end(bytes, start)?;
            self.at = end;
            let closes = bytes.get(start + 1) == Some(&b'/');
            let from = start + 1 + usize::from(closes);
            let length =
                bytes[from..end].iter().position(|byte| matches!(byte, b' ' | b'>' | b'/' | b'\n' | b'\r' | b'\t')).ok_or(Broken)?;
            let prefix = memchr(b':', &bytes[from..from + length]).map_or(0, |colon| colon + 1);
            let empty = bytes[end - 2] == b'/';
            return Ok(Scanned { at: start..end, name: from + prefix..from + length, closes, empty });
        }
    }
}

/// Where a tag ends, past its bracket: one within quotes is none.
fn tag_end(bytes: &[u8], start: usize) -> Result<usize, Broken> {
    let mut at = start;
    loop {
        at += memchr3(b'>', b'"', b'\'', &bytes[at..]).ok_or(Broken)?;
        match bytes[at] {
            b'>' => return Ok(at + 1),
            quote => at += 2 + memchr(quote, &bytes[at + 1..]).ok_or(Broken)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_cells_are_met_with_their_places() {
        let part = "<x:worksheet><x:dimension ref=\"A1\"/><x:sheetData><x:row r=\"3\"><x:c/><x:c r=\"D3\"><x:v>1</x:v></x:c></x:row>\
            <x:row/><x:row><x:c/></x:row></x:sheetData><x:m>t</x:m></x:worksheet>";
        let mut met = Vec::new();
        walk(part.as_bytes(), &|_| true, |step| {
            met.push(match step {
                Met::Data(_) => "data".to_owned(),
                Met::Row { row, empty, .. } => format!("row {row} {empty}"),
                Met::Cell { row, column, whole, .. } => format!("cell {row} {column} {}", &part[whole]),
                Met::RowEnd { row, .. } => format!("end {row}"),
                Met::DataEnd { .. } => "data end".to_owned(),
                Met::Outside { tag } => part[tag].to_owned(),
                Met::Text { at } => part[at].to_owned(),
            });
            true
        })
        .unwrap();
        let cells = ["row 2 false", "cell 2 0 <x:c/>", "cell 2 3 <x:c r=\"D3\"><x:v>1</x:v></x:c>", "end 2", "row 3 true", "row 4 false"];
        let all =
            [&["<x:worksheet>", "<x:dimension ref=\"A1\"/>", "data"], &cells[..], &["cell 4 0 <x:c/>", "end 4", "data end", "<x:m>", "t"]];
        assert_eq!(met, all.concat());
    }

    #[test]
    fn the_cells_of_rows_that_are_not_wanted_are_passed_over() {
        let part = "<x:worksheet><x:sheetData><x:row r=\"1\"><x:c a='>'/></x:row><!-- <x:row> --><x:row><x:c/></x:row></x:sheetData></x:worksheet>";
        let mut met = Vec::new();
        walk(part.as_bytes(), &|row| row == 1, |step| {
            met.extend(match step {
                Met::Cell { row, .. } => Some(format!("cell {row}")),
                Met::RowEnd { row, at } => Some(format!("end {row} {}", &part[at..at + 8])),
                _ => None,
            });
            true
        })
        .unwrap();
        assert_eq!(met, ["end 0 </x:row>", "cell 1", "end 1 </x:row>"]);
    }

    #[test]
    fn a_mark_of_utf_8_moves_no_place() {
        let part = "\u{feff}<worksheet><sheetData><row><c/></row></sheetData></worksheet>";
        let mut cells = Vec::new();
        walk(part.as_bytes(), &|_| true, |step| {
            cells.extend(if let Met::Cell { whole, .. } = step { Some(&part[whole]) } else { None });
            true
        })
        .unwrap();
        assert_eq!(cells, ["<c/>"]);
    }
}
