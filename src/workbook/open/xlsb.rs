//! Binary Excel workbooks (.xlsb): their parts are records, read in one pass. Never holds more than the cells that are filled.

use std::{collections::HashMap, sync::Arc};

use super::{
    OpenError, Progress, Read,
    cells::{Filler, RawContent, Shown, plain},
};
use crate::model::excel::{MOST_COLUMNS, MOST_ROWS};
use crate::workbook::{
    Font, Hidden, Merge, RawSheet, SymbolFont,
    merges::Runs,
    package::{Budget, Package},
    parts::{self, Colour, Colours, Criterion, Filter, Listed, RawLook, WHITE, built_in, label, notes_about, page_texts, relations},
};

/// How many days later the 1904 date system begins.
const DAYS_TO_1904: f64 = 1462.0;
/// The most cells of a workbook.
const MOST_CELLS: usize = 5_000_000;

/// A sheet as the workbook part names it.
struct XlsbSheet {
    name: String,
    hidden: bool,
    very: bool,
    relation: String,
}

/// Reads every sheet of a package.
pub(crate) fn read(file: &str, package: &Package, progress: &Progress<'_>) -> Read {
    const BOOK: &str = "xl/workbook.bin";
    let mut notes = notes_about(package, BOOK, file);
    let relations = relations(package, BOOK);
    let part = |kind: &str| relations.iter().find(|relation| relation.kind == kind).and_then(|relation| package.part(&relation.target));
    let (sheets, is_1904) = book(package.part(BOOK).unwrap_or_default());
    let mut colours = Colours::default();
    colours.read_theme(part("theme").unwrap_or_default());
    let looks = looks(part("styles").unwrap_or_default(), &colours);
    let strings = strings(part("sharedStrings").unwrap_or_default());
    let label = Arc::new(label(package));
    let (mut grids, mut shown, mut budget, mut left) = (Vec::new(), Shown::default(), Budget::default(), MOST_CELLS);
    for (at, sheet) in sheets.iter().enumerate() {
        if !progress(at as f32 / sheets.len() as f32) {
            return Err(OpenError::Cancelled);
        }
        let relation = relations.iter().find(|relation| relation.id == sheet.relation && relation.kind == "worksheet");
        let Some(part) = relation.and_then(|relation| package.part(&relation.target)) else { continue };
        let grid = RawSheet {
            sheet: sheet.name.clone(),
            hidden: Hidden { sheet: sheet.hidden, very: sheet.very, ..Hidden::default() },
            colours_read: true,
            ..RawSheet::default()
        };
        let cells = Cells { strings: &strings, looks: &looks, is_1904, row: 0, left: &mut left, hidden: Runs::default() };
        let mut grid = cells.read(part, Filler::new(grid, &looks, &mut shown, &mut budget))?.finish(&mut notes);
        let own = self::relations(package, &relation.map_or_else(String::new, |relation| relation.target.clone()));
        let tables = own.iter().filter(|relation| relation.kind == "table").filter_map(|table| package.part(&table.target));
        let filters: Vec<Filter> = tables.chain([part]).flat_map(filters).collect();
        parts::part(&mut grid, &filters);
        (grid.page_texts, grid.label) = (page_texts_of(part), Arc::clone(&label));
        grids.push(grid);
    }
    budget.check()?;
    notes.extend(budget.notes(file));
    Ok((grids, notes))
}

/// The records of a part, with their kinds.
struct Records<'a>(&'a [u8]);

impl<'a> Iterator for Records<'a> {
    type Item = (u32, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let kind = match *self.0 {
            [low, high, ..] if low & 0x80 != 0 => {
                self.0 = &self.0[2..];
                u32::from(low & 0x7F) | u32::from(high & 0x7F) << 7
            }
            [low, ..] => {
                self.0 = &self.0[1..];
                u32::from(low)
            }
            [] => return None,
        };
        let mut size = 0;
        for shift in [0, 7, 14, 21] {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            size |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (data, rest) = self.0.split_at_checked(size)?;
        self.0 = rest;
        Some((kind, data))
    }
}

fn word(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?))
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
}

fn double(data: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?))
}

/// A text after its length, and what stands behind it.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let count = long(data, at)?;
    // No text is written so.
    if count == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = at + 4 + (count as usize).checked_mul(2)?;
    let units = data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}

/// The sheets of the workbook part, and whether it counts days from 1904.
fn book(part: &[u8]) -> (Vec<XlsbSheet>, bool) {
    let (mut sheets, mut is_1904) = (Vec::new(), false);
    for (kind, data) in Records(part) {
        match kind {
            // BrtWbProp
            0x99 => is_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            // BrtBundleSh
            0x9C => sheets.extend(sheet(data)),
            _ => {}
        }
    }
    (sheets, is_1904)
}

fn sheet(data: &[u8]) -> Option<XlsbSheet> {
    let (relation, end) = wide(data, 8)?;
    let state = long(data, 0)?;
    Some(XlsbSheet { hidden: state != 0, very: state == 2, relation, name: wide(data, end)?.0 })
}

fn strings(part: &[u8]) -> Vec<Box<str>> {
    let items = Records(part).filter(|(kind, _)| *kind == 0x13);
    items.map(|(_, data)| wide(data, 1).map(|(text, _)| plain(&text)).unwrap_or_default()).collect()
}

/// The cell styles of a styles part.
fn looks(part: &[u8], colours: &Colours) -> Vec<RawLook> {
    let (mut formats, mut fonts, mut fills, mut looks) = (HashMap::new(), Vec::new(), Vec::new(), Vec::new());
    let mut of_cells = false;
    for (kind, data) in Records(part) {
        match kind {
            // BrtFmt
            0x2C => formats.extend(word(data, 0).zip(wide(data, 2).map(|(code, _)| Arc::<str>::from(code)))),
            // BrtFont
            0x2B => fonts.push((word(data, 4).is_some_and(|weight| weight >= 600), font(data, colours))),
            // BrtFill
            0x2D => fills.push(fill(data, colours)),
            // BrtBeginCellXFs, BrtEndCellXFs
            0x269 => of_cells = true,
            0x26A => of_cells = false,
            // BrtXF
            0x2F if of_cells => {
                let of = |at: usize| word(data, at).unwrap_or(0);
                looks.push(RawLook {
                    format: formats.get(&of(2)).cloned().unwrap_or_else(|| built_in(usize::from(of(2))).into()),
                    fill: fills.get(usize::from(of(6))).copied().flatten(),
                    bold: fonts.get(usize::from(of(4))).is_some_and(|(bold, _)| *bold),
                    font: fonts.get(usize::from(of(4))).map(|(_, font)| *font).unwrap_or_default(),
                    ..RawLook::default()
                });
            }
            _ => {}
        }
    }
    looks
}

/// What a font record says beside its weight.
fn font(data: &[u8], colours: &Colours) -> Font {
    let colour = data.get(12..20).and_then(colour).and_then(|colour| colours.resolve(colour));
    let name = wide(data, 21).map(|(name, _)| name);
    let struck = word(data, 2).is_some_and(|flags| flags & 8 != 0);
    Font::new(colour, struck).of_symbols(name.and_then(|name| SymbolFont::of(&name)))
}

/// The colour of a fill; none for white.
fn fill(data: &[u8], colours: &Colours) -> Option<u32> {
    let colour = match long(data, 0)? {
        0 => return None,
        1 => colour(data.get(4..12)?),
        _ => colour(data.get(12..20)?),
    };
    colours.resolve(colour?).filter(|rgb| *rgb != WHITE)
}

fn colour(data: &[u8]) -> Option<Colour> {
    let tint = f64::from(word(data, 2)?.cast_signed()) / 32_767.0;
    match data[0] >> 1 {
        1 => Some(Colour::indexed(usize::from(data[1]))),
        2 => Some(Colour::plain(u32::from_be_bytes([0, data[4], data[5], data[6]]), tint)),
        3 => Some(Colour::theme(usize::from(data[1]), tint)),
        _ => None,
    }
}

/// The filters of a sheet or a table. What they ask is read where values are listed; all else is not told.
fn filters(part: &[u8]) -> Vec<Filter> {
    const MOST: usize = 200;
    let (mut found, mut column): (Vec<Filter>, Option<u16>) = (Vec::new(), None);
    for (kind, data) in Records(part) {
        let room = found.len() < MOST;
        let criteria = found.last_mut().map(|filter: &mut Filter| &mut filter.columns);
        match (kind, criteria) {
            // BrtBeginAFilter
            (0xA1, _) if room => {
                let [top, bottom, left, right] = [0, 4, 8, 12].map(|at| long(data, at).unwrap_or(0).min(1_048_575));
                let range = Merge { first: (top, left.min(16_383) as u16), last: (bottom, right.min(16_383) as u16) };
                found.push(Filter { range, columns: Vec::new() });
            }
            // BrtBeginFilterColumn, BrtEndFilterColumn
            (0xA3, _) => column = long(data, 0).and_then(|column| u16::try_from(column).ok()),
            (0xA4, _) => column = None,
            // BrtBeginFilters
            (0xA5, Some(criteria)) => {
                let listed = Listed { blank: long(data, 0).is_some_and(|blank| blank != 0), ..Listed::default() };
                criteria.extend(column.map(|column| (column, Criterion::Listed(listed))));
            }
            // BrtFilter
            (0xA7, Some(criteria)) => {
                if let (Some((_, Criterion::Listed(listed))), Some((text, _))) = (criteria.last_mut(), wide(data, 0)) {
                    listed.texts.insert(text.trim().to_lowercase());
                }
            }
            // A day among the values
            (0xAF, Some(criteria)) => criteria.last_mut().into_iter().for_each(|(_, criterion)| *criterion = Criterion::Untold),
            // By colour, icon, rank, calendar or comparison
            (0xA8..=0xAC | 0xAE, Some(criteria)) => criteria.extend(column.map(|column| (column, Criterion::Untold))),
            _ => {}
        }
    }
    found
}

/// The texts of a sheet's headers and footers.
fn page_texts_of(part: &[u8]) -> Vec<String> {
    let mut texts = Vec::new();
    // BrtBeginHeaderFooter: flags, then six texts
    for (_, data) in Records(part).filter(|(kind, _)| *kind == 0x1DF) {
        let mut at = 2;
        for _ in 0..6 {
            let Some((text, after)) = wide(data, at) else { break };
            texts.extend(page_texts(&text));
            at = after;
        }
    }
    texts
}

/// Reads the cells of a sheet.
struct Cells<'a> {
    strings: &'a [Box<str>],
    looks: &'a [RawLook],
    is_1904: bool,
    row: u32,
    left: &'a mut usize,
    /// The hidden columns.
    hidden: Runs,
}

impl Cells<'_> {
    fn read<'f>(mut self, part: &[u8], mut filler: Filler<'f>) -> Result<Filler<'f>, OpenError> {
        for (kind, data) in Records(part) {
            match kind {
                // BrtRowHdr
                0 => {
                    let row = long(data, 0).filter(|row| *row < MOST_ROWS);
                    self.row = row.ok_or_else(|| OpenError::Damaged("a row lies past the end of a sheet".to_owned()))?;
                    if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                        filler.taken.grid.hidden.rows.push(self.row);
                    }
                }
                1..=11 => {
                    *self.left =
                        self.left.checked_sub(1).ok_or_else(|| OpenError::Damaged("it has more than 5 million cells".to_owned()))?;
                    self.cell(kind, data, &mut filler);
                }
                // BrtColInfo
                0x3C => {
                    if let (Some(first), Some(last), Some(flags)) = (long(data, 0), long(data, 4), word(data, 16))
                        && flags & 1 != 0
                    {
                        self.hidden.add(first as usize, last as usize);
                    }
                }
                // BrtMergeCell
                0xB0 => {
                    if let [Some(top), Some(bottom), Some(left), Some(right)] = [0, 4, 8, 12].map(|at| long(data, at))
                        && top <= bottom
                        && bottom < MOST_ROWS
                        && left <= right
                        && right < MOST_COLUMNS
                    {
                        filler.merge(Merge { first: (top, left as u16), last: (bottom, right as u16) });
                    }
                }
                _ => {}
            }
        }
        filler.taken.grid.hidden.columns = self.hidden.columns();
        filler.taken.grid.hidden.rows.sort_unstable();
        filler.taken.grid.hidden.rows.dedup();
        Ok(filler)
    }

    fn cell(&self, kind: u32, data: &[u8], filler: &mut Filler<'_>) {
        let Some((column, style)) = long(data, 0).filter(|column| *column < MOST_COLUMNS).zip(long(data, 4)) else { return };
        let style = (style & 0x00FF_FFFF) as usize;
        let format = self.looks.get(style).map_or("", |look| &look.format);
        let shift = if self.is_1904 && crate::model::is_date_format(format) { DAYS_TO_1904 } else { 0.0 };
        let content = match kind {
            2 => long(data, 8).map(|packed| RawContent::Number(unpacked(packed) + shift)),
            3 | 11 => data.get(8).map(|code| RawContent::Error(error(*code).into())),
            4 | 10 => data.get(8).map(|truth| RawContent::Text(if *truth == 0 { "FALSE" } else { "TRUE" }.into())),
            5 | 9 => double(data, 8).map(|number| RawContent::Number(number + shift)),
            6 | 8 => wide(data, 8).map(|(text, _)| RawContent::Text(plain(&text))),
            7 => long(data, 8).and_then(|at| self.strings.get(at as usize)).map(|text| RawContent::Text(text.clone())),
            _ => None,
        };
        filler.take(self.row, column as u16, style, content.unwrap_or(RawContent::Blank), kind >= 8);
    }
}

/// A number in four bytes: a whole one or the upper half of a fraction, perhaps a hundredfold.
pub(crate) fn unpacked(packed: u32) -> f64 {
    let number = if packed & 2 != 0 { f64::from(packed.cast_signed() >> 2) } else { f64::from_bits(u64::from(packed & !3) << 32) };
    if packed & 1 != 0 { number / 100.0 } else { number }
}

/// How Excel writes an error.
pub(crate) fn error(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "#ERROR!",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_have_kinds_and_sizes_of_one_byte_or_more() {
        let part = [0x02, 1, 9, 0x99, 0x01, 0, 0x2C, 0x80, 0x01];
        let records: Vec<(u32, usize)> = Records(&part).map(|(kind, data)| (kind, data.len())).collect();
        assert_eq!(records, [(2, 1), (0x99, 0)], "the last is cut off");
    }

    #[test]
    fn packed_numbers_are_unpacked() {
        assert_eq!(unpacked(79 << 2 | 3), 0.79);
        assert_eq!(unpacked((-5_i32 << 2) as u32 | 2), -5.0);
        assert_eq!(unpacked((0.5_f64.to_bits() >> 32) as u32), 0.5);
    }
}
