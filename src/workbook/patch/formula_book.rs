//! A workbook as its formulas see it: the cells of every sheet with their values, names and Excel tables. Works nothing out.

use std::collections::{HashMap, HashSet};

use super::{
    PatchError,
    parts::Parts,
    sheet::{Met, walk},
    shift::displaced,
    tag::Tag,
};
use crate::workbook::{
    escaped::escaped,
    parts::{XmlStep, range, walk as walk_parts},
    recalculate::{Book, SheetCell, SheetCells, Stored, TableArea},
};

/// More cells than this are not read: their formulas are worked out by Excel.
const MOST_CELLS: usize = 2_500_000;

/// A formula that cells share: where its first stands, and its text there.
type Shared = HashMap<String, (u32, u32, String)>;

/// Reads the sheets of a workbook as they are now; nothing where they are too many cells or not sound.
///
/// # Errors
/// When a part cannot be unpacked.
pub(super) fn read(parts: &Parts<'_>, today: (i32, u32, u32)) -> Result<Option<Book>, PatchError> {
    let mut book = Book { date_1904: parts.is_1904(), today, ..Book::default() };
    let texts = parts.all_shared_texts()?;
    let mut cells = 0;
    for (at, (name, part)) in parts.named_sheets().into_iter().enumerate() {
        let mut sheet = SheetCells { name, ..SheetCells::default() };
        if let Some(part) = part {
            let Some(read) = sheet_cells(&parts.read(&part)?, &texts, MOST_CELLS - cells) else { return Ok(None) };
            cells += read.len();
            sheet.cells = read;
            book.tables.extend(tables(parts, &part, at)?);
        }
        book.sheets.push(sheet);
    }
    book.names = parts.names_of_formulas()?;
    if parts.asks_to_calculate()? {
        forget_noughts(&mut book);
    }
    Ok(Some(book))
}

/// Takes the noughts of formulas out of a workbook that asks for all of them to be worked out as it is opened: a program that works none out
/// writes 0 for each. Other values stay, and what is worked out here has to agree with them.
fn forget_noughts(book: &mut Book) {
    let cells = book.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells);
    cells.filter(|cell| cell.formula.is_some() && cell.value == Stored::Number(0.0)).for_each(|cell| cell.value = Stored::Blank);
}

/// The cells of a sheet that hold something; nothing where they are too many or not sound.
fn sheet_cells(part: &[u8], texts: &[String], most: usize) -> Option<Vec<SheetCell>> {
    let text = std::str::from_utf8(part).ok()?;
    let (mut cells, mut shared, mut too_many) = (Vec::new(), Shared::new(), false);
    let walked = walk(part, &|_| true, |met| {
        if let Met::Cell { row, column, whole, tag } = met {
            cells.extend(cell((row, column), &text[whole], tag.len(), texts, &mut shared));
            too_many = cells.len() > most;
        }
        !too_many
    });
    (walked.is_ok() && !too_many).then_some(cells)
}

/// A cell with its value; nothing where it holds none.
fn cell((row, column): (u32, u32), whole: &str, tag: usize, texts: &[String], shared: &mut Shared) -> Option<SheetCell> {
    let inner = &whole[tag.min(whole.len())..];
    if inner.is_empty() {
        return None;
    }
    let tag = Tag::new(&whole[..tag]);
    let (formula, fills) = formula((row, column), inner, shared);
    let value = element(inner, "v").map(|(_, text)| text);
    let kind = tag.get("t");
    let value = match (kind.as_deref().unwrap_or("n"), value) {
        ("s", Some(text)) => Stored::Text(text.trim().parse::<usize>().ok().and_then(|at| texts.get(at)).cloned().unwrap_or_default()),
        ("str" | "d", Some(text)) => Stored::Text(text),
        ("str", None) if formula.is_some() => Stored::Text(String::new()),
        ("inlineStr", _) => Stored::Text(inline(inner)),
        ("b", Some(text)) => Stored::Truth(text.trim() == "1" || text.trim() == "true"),
        ("e", Some(text)) => Stored::Error(text),
        (_, Some(text)) => text.trim().parse().map_or(Stored::Blank, Stored::Number),
        (_, None) => Stored::Blank,
    };
    (formula.is_some() || value != Stored::Blank).then_some(SheetCell { row, column, formula, fills, value })
}

/// The formula of a cell, and how many rows and columns it fills where it was entered for a range.
fn formula((row, column): (u32, u32), inner: &str, shared: &mut Shared) -> (Option<String>, Option<(u32, u32)>) {
    let Some((tag, text)) = element(inner, "f") else { return (None, None) };
    let tag = Tag::new(tag);
    match tag.get("t").as_deref() {
        Some("shared") => {
            let number = tag.get("si").unwrap_or_default().into_owned();
            if !text.is_empty() {
                shared.insert(number, (row, column, text.clone()));
                return (Some(text), None);
            }
            let own = shared.get(&number).map(|(first_row, first_column, text)| {
                displaced(text, i64::from(row) - i64::from(*first_row), i64::from(column) - i64::from(*first_column))
            });
            (own, None)
        }
        Some("array" | "dataTable") => {
            let area = tag.get("ref").and_then(|text| range(&text));
            let size = |area: &crate::workbook::Merge| (area.last.0 - area.first.0 + 1, u32::from(area.last.1 - area.first.1) + 1);
            (Some(text), Some(area.as_ref().map_or((1, 1), size)))
        }
        _ => (Some(text).filter(|text| !text.is_empty()), None),
    }
}

/// The first element of a name in a cell: its tag as it is written, and its text.
fn element<'a>(inner: &'a str, name: &str) -> Option<(&'a str, String)> {
    let mut rest = inner;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>')? + 1;
        let tag = &rest[at..end];
        let own = tag[1..].split([' ', '>', '/', '\n', '\r', '\t']).next()?;
        if own.rsplit(':').next() == Some(name) && !tag.starts_with("</") {
            if tag.ends_with("/>") {
                return Some((tag, String::new()));
            }
            let text = &rest[end..end + rest[end..].find('<').unwrap_or(rest.len() - end)];
            return Some((tag, quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)));
        }
        rest = &rest[end..];
    }
    None
}

fn inline(inner: &str) -> String {
    let (mut text, mut inside) = (String::new(), false);
    walk_parts(inner.as_bytes(), |step| match step {
        XmlStep::Open(element) => inside |= element.name() == "t",
        XmlStep::Close("t") => inside = false,
        XmlStep::Text(piece) if inside => text.push_str(piece),
        XmlStep::Close(_) | XmlStep::Text(_) => {}
    });
    text
}

/// The Excel tables of a sheet.
fn tables(parts: &Parts<'_>, sheet_part: &str, sheet: usize) -> Result<Vec<TableArea>, PatchError> {
    let mut tables = Vec::new();
    for part in parts.tables(sheet_part) {
        let mut table: Option<TableArea> = None;
        walk_parts(&parts.read(&part)?, |step| {
            let XmlStep::Open(element) = step else { return };
            match element.name() {
                "table" => {
                    table = element.get("ref").and_then(|text| range(&text)).map(|area| TableArea {
                        name: element.get("displayName").or_else(|| element.get("name")).unwrap_or_default(),
                        sheet,
                        rows: (area.first.0, area.last.0),
                        columns: (u32::from(area.first.1), u32::from(area.last.1)),
                        heading_rows: element.number("headerRowCount").unwrap_or(1).min(1),
                        total_rows: element.number("totalsRowCount").unwrap_or(0).min(1),
                        headings: Vec::new(),
                    });
                }
                "tableColumn" => table.iter_mut().for_each(|table| table.headings.push(element.get("name").unwrap_or_default())),
                _ => {}
            }
        });
        tables.extend(table);
    }
    Ok(tables)
}

/// Where the formulas of a sheet stand whose values are to be other ones.
pub(super) type NewValues = HashMap<(u32, u32), Stored>;

/// A sheet with other values of formulas, whose formulas stay as they are written.
pub(super) fn with_values(part: &[u8], values: &NewValues) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(part).ok()?;
    let rows: HashSet<u32> = values.keys().map(|(row, _)| *row).collect();
    let (mut written, mut from) = (String::with_capacity(text.len() + 256), 0);
    walk(part, &|row| rows.contains(&row), |met| {
        if let Met::Cell { row, column, whole, tag } = met
            && let Some(value) = values.get(&(row, column))
        {
            written.push_str(&text[from..whole.start]);
            written.push_str(&with_value(&text[whole.clone()], tag.len(), value));
            from = whole.end;
        }
        true
    })
    .ok()?;
    written.push_str(&text[from..]);
    Some(written.into_bytes())
}

/// A cell of a formula with another value.
fn with_value(whole: &str, tag_length: usize, value: &Stored) -> String {
    let (mut tag, inner) = (Tag::new(&whole[..tag_length]), &whole[tag_length..]);
    let (prefix, name) = (tag.prefix().to_owned(), tag.name().to_owned());
    // The formula as it is written, up to where it ends.
    let formula = inner.find(&format!("<{prefix}f")).map(|from| {
        let tag_end = from + inner[from..].find('>').map_or(inner.len() - from, |end| end + 1);
        let closing = format!("</{prefix}f>");
        let end = if inner[..tag_end].ends_with("/>") { tag_end } else { inner.find(&closing).map_or(tag_end, |at| at + closing.len()) };
        &inner[from..end]
    });
    tag.remove(&["t"]);
    let (kind, text) = match value {
        Stored::Blank => (None, None),
        Stored::Number(number) => (None, Some(number.to_string())),
        Stored::Text(text) => (Some("str"), Some(escaped(text))),
        Stored::Truth(truth) => (Some("b"), Some(u8::from(*truth).to_string())),
        Stored::Error(error) => (Some("e"), Some(escaped(error))),
    };
    kind.into_iter().for_each(|kind| tag.set("t", kind));
    let value = text.map_or_else(String::new, |text| format!("<{prefix}v>{text}</{prefix}v>"));
    format!("{}{}{value}</{name}>", tag.as_str(), formula.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_with_their_values_and_shared_formulas_with_their_own() {
        let part = "<x:worksheet><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>1</x:v></x:c><x:c r=\"B1\"><x:f t=\"shared\" ref=\"B1:B2\" si=\"0\">A1&amp;\"x\"</x:f>\
            <x:v>2</x:v></x:c></x:row><x:row r=\"2\"><x:c r=\"A2\" s=\"3\"/><x:c r=\"B2\" t=\"str\"><x:f t=\"shared\" si=\"0\"/><x:v>q</x:v></x:c></x:row>\
            </x:sheetData></x:worksheet>";
        let cells = sheet_cells(part.as_bytes(), &["a".to_owned(), "b".to_owned()], 10).unwrap();
        let read: Vec<_> = cells.iter().map(|cell| (cell.row, cell.column, cell.formula.as_deref(), cell.value.clone())).collect();
        let expected = [
            (0, 0, None, Stored::Text("b".to_owned())),
            (0, 1, Some("A1&\"x\""), Stored::Number(2.0)),
            (1, 1, Some("A2&\"x\""), Stored::Text("q".to_owned())),
        ];
        assert_eq!(read, expected);
        let values = NewValues::from([((0, 1), Stored::Text("a < b".to_owned())), ((1, 1), Stored::Number(7.5))]);
        let written = String::from_utf8(with_values(part.as_bytes(), &values).unwrap()).unwrap();
        assert!(
            written
                .contains("<x:c r=\"B1\" t=\"str\"><x:f t=\"shared\" ref=\"B1:B2\" si=\"0\">A1&amp;\"x\"</x:f><x:v>a &lt; b</x:v></x:c>")
        );
        assert!(written.contains("<x:c r=\"B2\"><x:f t=\"shared\" si=\"0\"/><x:v>7.5</x:v></x:c>"));
    }
}
