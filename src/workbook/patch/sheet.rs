//! The cells of a sheet part as they stand in its bytes: walked in order, row by row, with the place of each. Changes nothing.

use std::ops::Range;

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

/// Walks over a sheet until it ends or `see` returns false.
///
/// # Errors
/// When it is no sound XML in UTF-8, or a row or cell stands outside a sheet.
pub(super) fn walk(part: &[u8], mut see: impl FnMut(Met) -> bool) -> Result<(), Broken> {
    let text = std::str::from_utf8(part).map_err(|_| Broken)?;
    // The mark of UTF-8 that may stand first is no part of what the reader counts.
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = Reader::from_str(&text[mark..]);
    reader.config_mut().check_end_names = false;
    let mut place = Place::default();
    loop {
        let from = mark + position(&reader);
        let event = reader.read_event().map_err(|_| Broken)?;
        let at = from..mark + position(&reader);
        let met = match event {
            Event::Start(start) => place.open(text, start.local_name().as_ref(), at, false)?,
            Event::Empty(start) => place.open(text, start.local_name().as_ref(), at, true)?,
            Event::End(end) => place.close(end.local_name().as_ref(), &at),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if !place.in_data => Some(Met::Text { at }),
            Event::Eof => return Ok(()),
            _ => None,
        };
        if let Some(met) = met
            && !see(met)
        {
            return Ok(());
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

/// Where a walk is.
#[derive(Default)]
struct Place {
    in_data: bool,
    row: u32,
    column: u32,
    /// The cell that is open: its column and its tag.
    cell: Option<(u32, Range<usize>)>,
}

impl Place {
    fn open(&mut self, text: &str, name: &str, at: Range<usize>, empty: bool) -> Result<Option<Met>, Broken> {
        match name {
            "sheetData" if !self.in_data => {
                self.in_data = !empty;
                Ok(Some(Met::Data(at)))
            }
            "row" if self.in_data => {
                let tag = Tag::new(&text[at.clone()]);
                if let Some(number) = tag.get("r") {
                    self.row = number.trim().parse::<u32>().ok().and_then(|row| row.checked_sub(1)).ok_or(Broken)?;
                }
                if self.row >= MOST_ROWS {
                    return Err(Broken);
                }
                self.column = 0;
                let row = self.row;
                self.row += u32::from(empty);
                Ok(Some(Met::Row { row, tag: at, empty }))
            }
            "c" if self.in_data && self.cell.is_none() => {
                if let Some(place) = Tag::new(&text[at.clone()]).get("r") {
                    let (row, column) = cell_address(place.as_bytes()).ok_or(Broken)?;
                    if row != self.row {
                        return Err(Broken);
                    }
                    self.column = column;
                }
                if self.column >= MOST_COLUMNS {
                    return Err(Broken);
                }
                if empty {
                    let column = self.column;
                    self.column += 1;
                    return Ok(Some(Met::Cell { row: self.row, column, whole: at.clone(), tag: at }));
                }
                self.cell = Some((self.column, at));
                Ok(None)
            }
            _ if self.in_data => Ok(None),
            _ => Ok(Some(Met::Outside { tag: at })),
        }
    }

    fn close(&mut self, name: &str, at: &Range<usize>) -> Option<Met> {
        match name {
            "c" => {
                let (column, tag) = self.cell.take()?;
                self.column = column + 1;
                Some(Met::Cell { row: self.row, column, whole: tag.start..at.end, tag })
            }
            "row" if self.in_data => {
                let row = self.row;
                self.row += 1;
                Some(Met::RowEnd { row, at: at.start })
            }
            "sheetData" if self.in_data => {
                self.in_data = false;
                Some(Met::DataEnd { at: at.start })
            }
            _ => None,
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
        walk(part.as_bytes(), |step| {
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
    fn a_mark_of_utf_8_moves_no_place() {
        let part = "\u{feff}<worksheet><sheetData><row><c/></row></sheetData></worksheet>";
        let mut cells = Vec::new();
        walk(part.as_bytes(), |step| {
            cells.extend(if let Met::Cell { whole, .. } = step { Some(&part[whole]) } else { None });
            true
        })
        .unwrap();
        assert_eq!(cells, ["<c/>"]);
    }
}
