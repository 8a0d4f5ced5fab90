//! The hidden keys beside a return's tables, by which rows and columns are known after others moved them. Knows nothing of their meaning.

use std::{collections::HashMap, fmt};

use super::{
    RawSheet, sentinels,
    worked_out::{self, WorkedOut},
};
use crate::model::{ColumnId, RowId, RowKind, TableId};

/// What a row of a return's sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The hidden row with the keys of the columns.
    Columns,
    /// What is said above the table.
    Above,
    /// A row of headings.
    Header,
    /// A text that stands outside the tables.
    Text,
    /// A row of the table, or one of the rows of a section's words.
    Row(RowKind, RowId),
    /// What of a row did not fit into it: the rest of its texts, the first being 1.
    More(RowId, u32),
    /// A row of what was worked out for the return.
    Said,
}

/// The key of a row: its table and what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowKey {
    pub table: TableId,
    pub part: Part,
}

/// The letters of the kinds of rows.
const KINDS: [(RowKind, char); 5] =
    [(RowKind::Section, 's'), (RowKind::Group, 'g'), (RowKind::Entry, 'e'), (RowKind::Line, 'l'), (RowKind::Total, 't')];

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}:", self.table.0)?;
        match self.part {
            Part::Columns => f.write_str("columns"),
            Part::Above => f.write_str("above"),
            Part::Header => f.write_str("header"),
            Part::Text => f.write_str("text"),
            Part::Said => f.write_str("said"),
            Part::More(id, number) => write!(f, "m{}.{number}", id.0),
            Part::Row(kind, id) => {
                let letter = KINDS.iter().find(|(known, _)| *known == kind).map_or('e', |(_, letter)| *letter);
                write!(f, "{letter}{}", id.0)
            }
        }
    }
}

impl RowKey {
    /// Reads `t2:e14`, `t2:header` and the like; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (table, part) = text.strip_prefix('t')?.split_once(':')?;
        let part = match part {
            "columns" => Part::Columns,
            "above" => Part::Above,
            "header" => Part::Header,
            "text" => Part::Text,
            "said" => Part::Said,
            more if more.starts_with('m') => {
                let (id, at) = more[1..].split_once('.')?;
                Part::More(RowId(number(id)?), number(at)?)
            }
            row => {
                let letter = row.chars().next()?;
                let (kind, _) = KINDS.into_iter().find(|(_, known)| *known == letter)?;
                Part::Row(kind, RowId(number(&row[letter.len_utf8()..])?))
            }
        };
        Some(Self { table: TableId(number(table)?), part })
    }
}

/// The highest id that a key may have: no document comes near it.
const HIGHEST: u32 = 1 << 24;

/// A number as a key writes it: digits alone, from 1 on.
#[must_use]
pub fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (1..=HIGHEST).contains(number))
}

/// The key of a column: `c3`.
#[must_use]
pub fn column_key(id: ColumnId) -> String {
    format!("c{}", id.0)
}

fn parse_column(text: &str) -> Option<ColumnId> {
    number(text.strip_prefix('c')?).map(ColumnId)
}

/// The keys of one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    /// By zero-based sheet row, in order.
    rows: Vec<(u32, RowKey)>,
    /// Where the keyed columns of each table stand now, from the left.
    columns: HashMap<TableId, Vec<(u16, ColumnId)>>,
    /// The columns the keys of rows stood in, in order.
    places: Vec<u16>,
}

impl Keys {
    /// The key of a sheet row.
    #[must_use]
    pub fn row(&self, row: u32) -> Option<RowKey> {
        self.rows.binary_search_by_key(&row, |(at, _)| *at).ok().map(|at| self.rows[at].1)
    }

    /// The rows of a table with what they are, in order.
    pub fn of(&self, table: TableId) -> impl Iterator<Item = (u32, Part)> {
        self.rows.iter().filter(move |(_, key)| key.table == table).map(|(row, key)| (*row, key.part))
    }

    /// Where a table's columns stand now, from the left; none where their row is gone.
    #[must_use]
    pub fn columns(&self, table: TableId) -> &[(u16, ColumnId)] {
        self.columns.get(&table).map_or(&[], Vec::as_slice)
    }

    /// Whether keys stood in a column.
    #[must_use]
    pub fn stood_in(&self, column: u16) -> bool {
        self.places.binary_search(&column).is_ok()
    }
}

/// Takes the keys out of the sheets of a return, so that they are nobody's cells; leaves every other workbook as it is.
pub fn take(grids: &mut [RawSheet]) {
    let is_return = grids.iter().any(|grid| grid.rows.first().is_some_and(|row| row.row == 0 && row.text(0) == sentinels::READING_LINE));
    if is_return {
        grids.iter_mut().filter(|grid| grid.rows.first().is_none_or(|row| row.text(0) != sentinels::READING_LINE)).for_each(take_of);
    }
}

fn take_of(grid: &mut RawSheet) {
    let mut keys = Keys::default();
    let mut worked_out = WorkedOut::default();
    let mut more: Vec<(RowKey, usize)> = Vec::new();
    for (at, row) in grid.rows.iter_mut().enumerate() {
        let Some((column, key, sums)) = row.cells.iter().find_map(|cell| {
            let (text, sums) = worked_out::parted(&cell.text);
            RowKey::parse(text).map(|key| (cell.column, key, sums))
        }) else {
            continue;
        };
        row.take(column);
        keys.places.push(column);
        match key.part {
            Part::Columns => {
                let columns: Vec<(u16, ColumnId)> =
                    row.cells.iter().filter_map(|cell| parse_column(&cell.text).map(|id| (cell.column, id))).collect();
                row.cells.retain(|cell| parse_column(&cell.text).is_none());
                // A row that was copied has its keys twice.
                keys.columns.entry(key.table).or_insert(columns);
                worked_out.take_columns(key.table, row);
            }
            Part::Said => worked_out::take_known(row, &sums, |_| true),
            Part::More(..) => more.push((key, at)),
            Part::Above | Part::Header | Part::Text | Part::Row(..) => worked_out.take_cells(key.table, row, &sums),
        }
        if !matches!(key.part, Part::Said | Part::More(..)) {
            keys.rows.push((row.row, key));
        }
    }
    join_more(grid, &keys, more);
    // The author of a note stands before its words.
    grid.attached.retain(|note| !note.text.ends_with(sentinels::TOO_HIGH));
    keys.places.sort_unstable();
    keys.places.dedup();
    grid.rows.retain(|row| !row.is_blank());
    grid.hidden.columns.retain(|column| keys.places.binary_search(column).is_err());
    grid.hidden.rows.retain(|row| keys.row(*row).is_none_or(|key| key.part != Part::Columns));
    grid.keys = keys;
}

/// Puts what did not fit into a row back to the end of its texts, wherever the rows were sorted to.
fn join_more(grid: &mut RawSheet, keys: &Keys, mut more: Vec<(RowKey, usize)>) {
    more.sort_by_key(|(key, at)| match key.part {
        Part::More(id, number) => (key.table.0, id.0, number, *at),
        _ => (key.table.0, 0, 0, *at),
    });
    // Of two rows with one key the first.
    let mut rows: HashMap<(TableId, RowId), u32> = HashMap::new();
    if !more.is_empty() {
        for (row, held) in &keys.rows {
            if let Part::Row(_, id) = held.part {
                rows.entry((held.table, id)).or_insert(*row);
            }
        }
    }
    for (key, at) in more {
        let Part::More(id, _) = key.part else { continue };
        // What is left of a row that someone deleted stays where it is.
        let Some(row) = rows.get(&(key.table, id)).and_then(|row| grid.position(*row)) else { continue };
        for rest in grid.rows[at].take_all() {
            let cells = &mut grid.rows[row].cells;
            match cells.binary_search_by_key(&rest.column, |cell| cell.column) {
                Ok(first) => cells[first].text = joined(&cells[first].text, &rest.text),
                Err(free) => cells.insert(free, rest),
            }
        }
    }
}

/// Two pieces of a text that was cut behind a word or at the end of a line, where its space stands unless someone took it away.
fn joined(first: &str, rest: &str) -> Box<str> {
    let parted = first.is_empty() || first.ends_with(char::is_whitespace) || rest.starts_with(char::is_whitespace);
    format!("{first}{}{rest}", if parted { "" } else { "\n" }).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written_and_nothing_else_is_one() {
        let rows = KINDS.map(|(kind, _)| Part::Row(kind, RowId(14)));
        let others = [Part::Columns, Part::Above, Part::Header, Part::Text, Part::Said, Part::More(RowId(14), 2)];
        for part in others.into_iter().chain(rows) {
            let key = RowKey { table: TableId(2), part };
            assert_eq!(RowKey::parse(&key.to_string()), Some(key));
        }
        for text in [
            "",
            "t",
            "t2",
            "t2:",
            "t2:x4",
            "t0:e1",
            "t2:e0",
            "t2:e",
            "t2:e+1",
            "t-1:e1",
            "t2:e4294967296",
            "tea: biscuits",
            "t2:é1",
            "t2:m3",
            "t2:m3.0",
            "t2:m.1",
        ] {
            assert_eq!(RowKey::parse(text), None, "{text}");
        }
    }
}
