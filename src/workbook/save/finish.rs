//! What the library has no word for, put into the parts it wrote: the language, and heights that Excel works out anew. Adds no part.

use std::collections::{HashMap, HashSet};

use crate::workbook::{
    archive::{Archive, ArchiveError},
    package::part_key,
    row_heights::RowHeight,
};

/// The language of a return.
const LANGUAGE: &str = "en-GB";
const PROPERTIES: &str = "docProps/core.xml";
const CHARTS: &str = "xl/charts/";

/// The package with its language, and with the heights of the rows of its sheets, one list a sheet.
///
/// # Errors
/// When it is not as the library writes it.
pub(super) fn finished(package: &[u8], heights: &[&[RowHeight]]) -> Result<Vec<u8>, ArchiveError> {
    let archive = Archive::read(package)?;
    let text = |name: &str| {
        let bytes = archive.part(name)?.ok_or(ArchiveError::Damaged)?;
        String::from_utf8(bytes).map_err(|_| ArchiveError::Damaged)
    };
    let mut changed: HashMap<String, Vec<u8>> = HashMap::new();
    let mut put = |name: &str, text: String| changed.insert(part_key(name), text.into_bytes());
    let end = "</cp:coreProperties>";
    put(PROPERTIES, text(PROPERTIES)?.replacen(end, &format!("<dc:language>{LANGUAGE}</dc:language>{end}"), 1));
    for name in archive.names().filter(|name| name.starts_with(CHARTS) && name.ends_with(".xml")) {
        put(name, text(name)?.replace("\"en-US\"", &format!("\"{LANGUAGE}\"")));
    }
    for (number, heights) in (1..).zip(heights).filter(|(_, heights)| !heights.is_empty()) {
        let name = format!("xl/worksheets/sheet{number}.xml");
        put(&name, with_heights(&text(&name)?, heights));
    }
    archive.with(&changed, &HashSet::new())
}

/// A height as a row says it, with a space before it.
pub(super) fn height_words(height: &RowHeight) -> String {
    let fixed = if height.fixed { " customHeight=\"1\"" } else { "" };
    format!(" ht=\"{}\"{fixed}", height.points)
}

/// The part of a sheet with heights for its rows.
fn with_heights(part: &str, heights: &[RowHeight]) -> String {
    const ROW: &str = "<row r=\"";
    let mut written = String::with_capacity(part.len() + heights.len() * 24);
    let (mut rest, mut heights) = (part, heights.iter().peekable());
    while let Some(at) = rest.find(ROW) {
        let digits = at + ROW.len();
        let end = digits + rest[digits..].find('"').map_or(0, |end| end + 1);
        written.push_str(&rest[..end]);
        let row = rest[digits..end].trim_end_matches('"').parse::<u32>().unwrap_or(0);
        while heights.next_if(|height| height.row + 1 < row).is_some() {}
        if let Some(height) = heights.next_if(|height| height.row + 1 == row) {
            written.push_str(&height_words(height));
        }
        rest = &rest[end..];
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_its_own_height() {
        let part = "<sheetData><row r=\"1\" spans=\"1:2\"><c r=\"A1\"/></row><row r=\"2\"/><row r=\"12\" hidden=\"1\"/></sheetData>";
        let height = |row, points, fixed| RowHeight { row, points, fixed };
        let written = with_heights(part, &[height(0, 30.0, false), height(5, 45.0, true), height(11, 20.25, true)]);
        assert_eq!(
            written,
            "<sheetData><row r=\"1\" ht=\"30\" spans=\"1:2\"><c r=\"A1\"/></row><row r=\"2\"/>\
             <row r=\"12\" ht=\"20.25\" customHeight=\"1\" hidden=\"1\"/></sheetData>"
        );
    }
}
