//! Addresses and ranges as sheet parts and formulas write them. Reads no values.

use super::super::{
    Merge,
    sheet_part::{cell_address, column_number},
};

/// The last row and column of a sheet, zero-based.
const LAST: (u32, u16) = (1_048_575, 16_383);

/// The zero-based row and column of a cell's address such as `B7` or `$B$7`.
#[must_use]
pub fn cell(text: &str) -> Option<(u32, u16)> {
    let (row, column) = cell_address(text.replace('$', "").as_bytes())?;
    Some((row, column as u16))
}

/// A range such as `B7`, `B7:D9`, `B:D` or `7:9`.
pub(crate) fn range(text: &str) -> Option<Merge> {
    let text = text.trim().replace('$', "");
    let (from, to) = text.split_once(':').unwrap_or((&text, &text));
    if let (Some(first), Some(last)) = (cell(from), cell(to)) {
        return Some(Merge { first: (first.0.min(last.0), first.1.min(last.1)), last: (first.0.max(last.0), first.1.max(last.1)) });
    }
    if !text.contains(':') {
        return None;
    }
    if let (Some(first), Some(last)) = (column_number(from.as_bytes()), column_number(to.as_bytes())) {
        return Some(Merge { first: (0, first.min(last) as u16), last: (LAST.0, first.max(last) as u16) });
    }
    let row = |text: &str| text.parse().ok().filter(|row| (1..=LAST.0 + 1).contains(row)).map(|row: u32| row - 1);
    let (first, last) = (row(from)?, row(to)?);
    Some(Merge { first: (first.min(last), 0), last: (first.max(last), LAST.1) })
}

/// Ranges with spaces between them.
pub(crate) fn ranges(text: &str) -> Vec<Merge> {
    text.split_whitespace().filter_map(range).collect()
}

/// A reference to a sheet's range: the sheet, where one is named, and the range as it is written.
pub(crate) fn split_sheet(text: &str) -> (Option<String>, &str) {
    match text.trim().trim_start_matches('=').rsplit_once('!') {
        Some((sheet, range)) => {
            let bare = sheet.strip_prefix('\'').and_then(|sheet| sheet.strip_suffix('\''));
            (Some(bare.map_or_else(|| sheet.to_owned(), |sheet| sheet.replace("''", "'"))), range)
        }
        None => (None, text.trim().trim_start_matches('=')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_however_they_are_written() {
        let area = |first, last| Some(Merge { first, last });
        assert_eq!(range("$B$7"), area((6, 1), (6, 1)));
        assert_eq!(range("D9:B7"), area((6, 1), (8, 3)));
        assert_eq!(range("B:D"), area((0, 1), (1_048_575, 3)));
        assert_eq!(range("$7:$9"), area((6, 0), (8, 16_383)));
        for none in ["", "B", "7", "Statuses", "B7:", "0:3", "Table[Status]"] {
            assert_eq!(range(none), None, "{none}");
        }
        assert_eq!(ranges("A1 B2:B3 x").len(), 2);
        assert_eq!(split_sheet("='It''s a list'!$A$1:$A$5"), (Some("It's a list".to_owned()), "$A$1:$A$5"));
        assert_eq!(split_sheet("Statuses"), (None, "Statuses"));
    }
}
