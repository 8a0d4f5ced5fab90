//! Cells put into the bytes of a sheet part, each in the place of the one there or between those there. Every other byte stays.

use std::{collections::HashSet, ops::Range};

use super::{
    content::{NewContent, cell},
    sheet::{Broken, Met, walk},
    tag::Tag,
};
use crate::{model::column_letters, workbook::parts::range};

/// A cell as it is to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct NewCell {
    pub row: u32,
    pub column: u32,
    pub content: NewContent,
    pub style: usize,
}

/// A piece of a part that other text takes the place of.
struct Splice {
    at: Range<usize>,
    text: String,
}

fn address(row: u32, column: u32) -> String {
    format!("{}{}", column_letters(column), row + 1)
}

/// Walks over a sheet along with the cells that are to be put in, which stand in reading order, each once.
struct Writer<'a> {
    part: &'a str,
    cells: &'a [NewCell],
    next: usize,
    splices: Vec<Splice>,
    prefix: String,
    is_1904: bool,
    dimension: Option<Range<usize>>,
    /// The tag of the row that is open.
    row: Option<Range<usize>>,
}

/// The sheet with these cells in it, which stand in reading order, each once.
///
/// # Errors
/// When the sheet is broken.
pub(super) fn write(part: &[u8], cells: &[NewCell], is_1904: bool) -> Result<Vec<u8>, Broken> {
    let text = std::str::from_utf8(part).map_err(|_| Broken)?;
    let mut writer = Writer { part: text, cells, next: 0, splices: Vec::new(), prefix: String::new(), is_1904, dimension: None, row: None };
    let rows: HashSet<u32> = cells.iter().map(|cell| cell.row).collect();
    walk(part, &|row| rows.contains(&row), |met| {
        writer.see(met);
        true
    })?;
    if writer.next < cells.len() {
        return Err(Broken);
    }
    writer.widen_dimension();
    Ok(spliced(text, writer.splices).into_bytes())
}

/// A text with pieces of it replaced.
fn spliced(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| splice.at.start);
    let mut written = String::with_capacity(text.len() + splices.iter().map(|splice| splice.text.len()).sum::<usize>());
    let mut from = 0;
    for Splice { at, text: new } in splices {
        written.push_str(&text[from..at.start]);
        written.push_str(&new);
        from = at.end;
    }
    written.push_str(&text[from..]);
    written
}

impl Writer<'_> {
    fn see(&mut self, met: Met) {
        match met {
            Met::Data(tag) => {
                let mut written = Tag::new(&self.part[tag.clone()]);
                self.prefix = written.prefix().to_owned();
                if written.is_empty() {
                    let name = written.name().to_owned();
                    written.set_empty(false);
                    let rows = self.rows_before(u32::MAX);
                    if !rows.is_empty() {
                        self.splice(tag, format!("{}{rows}</{name}>", written.as_str()));
                    }
                }
            }
            Met::Row { row, tag, empty } => {
                let rows = self.rows_before(row);
                self.splice(tag.start..tag.start, rows);
                if empty {
                    self.fill_row(row, tag);
                } else {
                    self.row = Some(tag);
                }
            }
            Met::Cell { row, column, whole, tag } => {
                let before = self.cells_before(row, column);
                self.splice(whole.start..whole.start, before);
                if let Some(new) = self.cells.get(self.next).filter(|new| (new.row, new.column) == (row, column)) {
                    let mut held = Tag::new(&self.part[tag]);
                    if new.style > 0 || held.get("s").is_some() {
                        held.set("s", &new.style.to_string());
                    }
                    let text = cell(&held, &new.content, self.is_1904);
                    self.splice(whole, text);
                    self.next += 1;
                }
            }
            Met::RowEnd { row, at } => {
                let last = self.cells_before(row, u32::MAX);
                if !last.is_empty() {
                    self.widen_spans();
                }
                self.splice(at..at, last);
                self.row = None;
            }
            Met::DataEnd { at } => {
                let rows = self.rows_before(u32::MAX);
                self.splice(at..at, rows);
            }
            Met::Outside { tag } => {
                if self.dimension.is_none() && Tag::new(&self.part[tag.clone()]).name().rsplit(':').next() == Some("dimension") {
                    self.dimension = Some(tag);
                }
            }
            Met::Text { .. } => {}
        }
    }

    fn splice(&mut self, at: Range<usize>, text: String) {
        if !(at.is_empty() && text.is_empty()) {
            self.splices.push(Splice { at, text });
        }
    }

    /// New rows for the cells that stand in none before a row.
    fn rows_before(&mut self, row: u32) -> String {
        let mut rows = String::new();
        while let Some(first) = self.cells.get(self.next).filter(|cell| cell.row < row) {
            let prefix = self.prefix.clone();
            let cells = self.cells_before(first.row, u32::MAX);
            if !cells.is_empty() {
                rows.push_str(&format!("<{prefix}row r=\"{}\">{cells}</{prefix}row>", first.row + 1));
            }
        }
        rows
    }

    /// The cells of a row before a column. One that holds nothing and looks like nothing is none.
    fn cells_before(&mut self, row: u32, column: u32) -> String {
        let mut cells = String::new();
        while let Some(new) = self.cells.get(self.next).filter(|new| new.row == row && new.column < column) {
            self.next += 1;
            if new.content == NewContent::Blank {
                continue;
            }
            let mut tag = Tag::new(format!("<{}c r=\"{}\">", self.prefix, address(new.row, new.column)));
            if new.style > 0 {
                tag.set("s", &new.style.to_string());
            }
            cells.push_str(&cell(&tag, &new.content, self.is_1904));
        }
        cells
    }

    /// Puts cells into a row that has none.
    fn fill_row(&mut self, row: u32, tag: Range<usize>) {
        let cells = self.cells_before(row, u32::MAX);
        if cells.is_empty() {
            return;
        }
        let mut written = Tag::new(&self.part[tag.clone()]);
        written.remove(&["spans"]);
        let name = written.name().to_owned();
        written.set_empty(false);
        self.splice(tag, format!("{}{cells}</{name}>", written.as_str()));
    }

    /// A row that became longer no longer says how long it is, which it need not.
    fn widen_spans(&mut self) {
        let Some(tag) = self.row.clone() else { return };
        let mut written = Tag::new(&self.part[tag.clone()]);
        let last = written.get("spans").and_then(|spans| spans.split(':').nth(1)?.trim().parse::<u32>().ok());
        let longest = self.cells[..self.next].last().map_or(0, |cell| cell.column + 1);
        if last.is_some_and(|last| last < longest) {
            written.remove(&["spans"]);
            self.splice(tag, written.as_str().to_owned());
        }
    }

    /// The range that the sheet says it fills, where a cell stands outside it now.
    fn widen_dimension(&mut self) {
        let Some(at) = self.dimension.clone() else { return };
        let mut tag = Tag::new(&self.part[at.clone()]);
        let Some(area) = tag.get("ref").and_then(|text| range(&text)) else { return };
        let filled = self.cells.iter().filter(|cell| cell.content != NewContent::Blank);
        let (mut first, mut last) = ((area.first.0, u32::from(area.first.1)), (area.last.0, u32::from(area.last.1)));
        let before = (first, last);
        for cell in filled {
            first = (first.0.min(cell.row), first.1.min(cell.column));
            last = (last.0.max(cell.row), last.1.max(cell.column));
        }
        if (first, last) != before {
            tag.set("ref", &format!("{}:{}", address(first.0, first.1), address(last.0, last.1)));
            self.splice(at, tag.as_str().to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(row: u32, column: u32, text: &str) -> NewCell {
        NewCell { row, column, content: NewContent::Text(text.to_owned()), style: 0 }
    }

    fn written(part: &str, cells: &[NewCell]) -> String {
        String::from_utf8(write(part.as_bytes(), cells, false).unwrap()).unwrap()
    }

    const T: &str = " t=\"inlineStr\"><is><t xml:space=\"preserve\">";

    #[test]
    fn cells_are_put_between_those_there() {
        let part = "<worksheet><dimension ref=\"B2:C3\"/><sheetData>\n<row r=\"2\" spans=\"2:3\"><c r=\"B2\" s=\"1\" t=\"s\"><v>0</v></c>\
            <c r=\"C2\"/></row><row r=\"4\" ht=\"20\"/>\n</sheetData><pageMargins/></worksheet>";
        let cells = [text(0, 0, "a"), text(1, 0, "b"), text(1, 2, "c"), text(1, 4, "d"), text(3, 1, "e"), text(8, 1, "f")];
        let cell = |place: &str, text: &str| format!("<c r=\"{place}\"{T}{text}</t></is></c>");
        let expected = format!(
            "<worksheet><dimension ref=\"A1:E9\"/><sheetData>\n<row r=\"1\">{}</row><row r=\"2\">{}<c r=\"B2\" s=\"1\" t=\"s\"><v>0</v></c>{}{}\
             </row><row r=\"4\" ht=\"20\">{}</row>\n<row r=\"9\">{}</row></sheetData><pageMargins/></worksheet>",
            cell("A1", "a"),
            cell("A2", "b"),
            cell("C2", "c"),
            cell("E2", "d"),
            cell("B4", "e"),
            cell("B9", "f"),
        );
        assert_eq!(written(part, &cells), expected);
        assert_eq!(written(part, &[]), part);
        let blank = NewCell { row: 20, column: 1, content: NewContent::Blank, style: 0 };
        assert_eq!(written(part, &[blank]), part);
        let empty = "<x:worksheet><x:sheetData/></x:worksheet>";
        let expected = "<x:worksheet><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">a</x:t></x:is></x:c>\
            </x:row></x:sheetData></x:worksheet>";
        assert_eq!(written(empty, &[text(0, 0, "a")]), expected);
    }

    #[test]
    fn a_cell_in_the_place_of_one_keeps_what_stands_beside_it() {
        let part =
            "<worksheet><sheetData><row><c s=\"3\" t=\"s\"><v>7</v></c><c s=\"4\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>";
        let cells = [NewCell { style: 5, ..text(0, 1, "x") }];
        let expected =
            format!("<worksheet><sheetData><row><c s=\"3\" t=\"s\"><v>7</v></c><c s=\"5\"{T}x</t></is></c></row></sheetData></worksheet>");
        assert_eq!(written(part, &cells), expected);
        assert_eq!(write(b"<worksheet/>", &cells, false), Err(Broken));
    }
}
