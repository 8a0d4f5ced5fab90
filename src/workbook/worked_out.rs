//! What a return works out beside an owner's cells, known again by a sum of each text and taken out at reading; what was typed over it stays.

use std::collections::HashMap;

use super::RawRow;
use crate::model::TableId;

/// Begins the key of a column that is worked out.
const COLUMN: &str = "w";
/// Between a row's key and the sums of what was worked out in it, and between these.
const BESIDE: char = '~';
const BETWEEN: char = '.';

/// The key of a column that is worked out: `w1`.
#[must_use]
pub fn column_key(number: usize) -> String {
    format!("{COLUMN}{}", number + 1)
}

/// The sums of texts, to stand behind the key of their row; nothing where there is none.
#[must_use]
pub fn sums<'text>(texts: impl IntoIterator<Item = &'text str>) -> String {
    let mut said = String::new();
    for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
        said.push(if said.is_empty() { BESIDE } else { BETWEEN });
        said += &sum(text);
    }
    said
}

/// A sum by which a text is known: spaces and ends of lines count as one, as programs change them.
fn sum(text: &str) -> String {
    let mut crc = crc32fast::Hasher::new();
    for word in text.split_whitespace() {
        crc.update(word.as_bytes());
        crc.update(b" ");
    }
    format!("{:08x}", crc.finalize())
}

/// The key of a row and the sums behind it.
pub(super) fn parted(text: &str) -> (&str, Vec<String>) {
    match text.split_once(BESIDE) {
        Some((key, sums)) => (key, sums.split(BETWEEN).map(str::to_owned).collect()),
        None => (text, Vec::new()),
    }
}

/// Takes out of a row what is known by its sum in some of its columns.
pub(super) fn take_known(row: &mut RawRow, sums: &[String], within: impl Fn(u16) -> bool) {
    if !sums.is_empty() {
        row.cells.retain(|cell| !within(cell.column) || !sums.contains(&sum(&cell.text)));
    }
}

/// The columns of a sheet that are worked out, by their tables.
#[derive(Default)]
pub(super) struct WorkedOut(HashMap<TableId, Vec<u16>>);

impl WorkedOut {
    /// Finds the columns of a table by their keys, and takes these out.
    pub(super) fn take_columns(&mut self, table: TableId, row: &mut RawRow) {
        let is_key = |text: &str| text.strip_prefix(COLUMN).is_some_and(|number| super::keys::number(number).is_some());
        let columns = row.cells.iter().filter(|cell| is_key(&cell.text)).map(|cell| cell.column).collect();
        row.cells.retain(|cell| !is_key(&cell.text));
        // A row that was copied has its keys twice.
        self.0.entry(table).or_insert(columns);
    }

    /// Takes out of a row of a table what stands in its columns as it was worked out.
    pub(super) fn take_cells(&self, table: TableId, row: &mut RawRow, sums: &[String]) {
        if let Some(columns) = self.0.get(&table).filter(|columns| !columns.is_empty()) {
            take_known(row, sums, |column| columns.contains(&column));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::RawCell;

    #[test]
    fn only_what_was_worked_out_is_taken() {
        let cell = |column, text: &str| RawCell { column, text: text.into(), ..RawCell::default() };
        let mut keys = RawRow { row: 0, cells: vec![cell(2, "w1"), cell(3, "w2"), cell(4, "w"), cell(5, "wide")] };
        let mut columns = WorkedOut::default();
        columns.take_columns(TableId(2), &mut keys);
        assert_eq!(keys.cells.len(), 2);
        let key = format!("t2:e4{}", sums(["Near target", "", "Three points\nshort"]));
        let (key, sums) = parted(&key);
        assert_eq!((key, sums.len()), ("t2:e4", 2));
        let mut row = RawRow { row: 1, cells: vec![cell(1, "Near target"), cell(2, "Near target"), cell(3, "Three points short")] };
        columns.take_cells(TableId(1), &mut row, &sums);
        assert_eq!(row.cells.len(), 3, "another table has no such columns");
        columns.take_cells(TableId(2), &mut row, &sums);
        assert_eq!(row.cells, [cell(1, "Near target")]);
        let mut typed = RawRow { row: 1, cells: vec![cell(2, "Off target, says Jo")] };
        columns.take_cells(TableId(2), &mut typed, &sums);
        assert_eq!(typed.cells.len(), 1);
    }
}
