//! Rows put in the order of a column, without leaving their group: actions with their lines, by what their cells mean.

use std::{cmp::Ordering, ops::Range};

use crate::model::{Cell, ColumnId, RowId, RowKind, Table, Value, in_pieces, serial_from_date};

/// How long a key is, in bytes: enough to tell most texts apart without a look at the texts themselves, which lie far apart.
const KEY: usize = 32;
/// What stands in a key before the length and the bytes of a number: numbers come where digits do.
const NUMBER: u8 = b'0';

/// What a cell is sorted by. Blank cells come last whichever way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Number,
    Words,
    Blank,
}

/// Where an action with its lines comes.
#[derive(Clone, Debug)]
struct Entry {
    class: Class,
    /// Less where it comes before.
    key: [u8; KEY],
    /// Whether the key says all that the cell does.
    whole: bool,
    rows: Range<usize>,
}

/// The rows of a table in the order of a column; `None` when they already are.
#[must_use]
pub(crate) fn sorted(table: &Table, column: ColumnId, descending: bool) -> Option<Vec<RowId>> {
    let at = table.column_position(column)?;
    let kinds = |rows: Range<usize>| rows.map(|row| (table.rows[row].id, table.rows[row].kind)).collect::<Vec<_>>();
    let rows: Vec<(RowId, RowKind)> = in_pieces(table.rows.len(), kinds).concat();
    let mut order: Vec<usize> = Vec::with_capacity(rows.len());
    let mut run: Vec<Range<usize>> = Vec::new();
    let mut row = 0;
    while row < rows.len() {
        let end = row + 1 + rows[row + 1..].iter().take_while(|(_, kind)| *kind == RowKind::Line).count();
        if matches!(rows[row].1, RowKind::Entry | RowKind::Line) {
            run.push(row..end);
        } else {
            order.extend(close(table, at, &run, descending).into_iter().flatten());
            run.clear();
            order.extend(row..end);
        }
        row = end;
    }
    order.extend(close(table, at, &run, descending).into_iter().flatten());
    (!order.is_sorted()).then(|| order.into_iter().map(|row| rows[row].0).collect())
}

/// The actions since the last heading in their order.
fn close(table: &Table, column: usize, run: &[Range<usize>], descending: bool) -> Vec<Range<usize>> {
    let cell = |rows: &Range<usize>| table.rows[rows.start].cells.get(column);
    let text = |entry: &Entry| cell(&entry.rows).map_or("", |cell| &*cell.text);
    let before = |a: &Entry, b: &Entry| {
        let (a, b) = if descending && ![a.class, b.class].contains(&Class::Blank) { (b, a) } else { (a, b) };
        let keys = a.class.cmp(&b.class).then_with(|| a.key.cmp(&b.key));
        keys.then_with(|| if a.whole && b.whole { Ordering::Equal } else { compare(text(a), text(b)) })
    };
    let sorted = |piece: Range<usize>| {
        let mut entries: Vec<Entry> = run[piece].iter().map(|rows| Entry::of(cell(rows), rows.clone())).collect();
        entries.sort_by(before);
        entries
    };
    let mut entries = in_pieces(run.len(), sorted).concat();
    // Each piece is in order, and that takes no more than a look at each.
    entries.sort_by(before);
    entries.into_iter().map(|entry| entry.rows).collect()
}

impl Entry {
    fn of(cell: Option<&Cell>, rows: Range<usize>) -> Self {
        let number = |number: f64| {
            let bits = number.to_bits();
            let bits = if number.is_sign_negative() { !bits } else { bits | 1 << 63 };
            let mut key = [0; KEY];
            key[..8].copy_from_slice(&bits.to_be_bytes());
            (Class::Number, key, true)
        };
        let words = |text: &str| {
            let (key, whole) = key(text);
            (Class::Words, key, whole)
        };
        let (class, key, whole) = match cell.map(|cell| (cell, &cell.value)) {
            Some((cell, Value::Status(status))) if !cell.is_blank() => number(f64::from(*status as u8)),
            // What goes on ends after every day.
            Some((cell, Value::When(when))) if !cell.is_blank() => number(when.last_day().map_or(f64::MAX, serial_from_date)),
            Some((cell, _)) if !cell.is_blank() => cell.amount().map_or_else(|| words(&cell.text), number),
            _ => (Class::Blank, [0; KEY], true),
        };
        Self { class, key, whole, rows }
    }
}

/// How a text begins, in lower case and with its numbers by what they count, and whether that is all of it.
fn key(text: &str) -> ([u8; KEY], bool) {
    let (mut key, mut length) = ([0; KEY], 0);
    let mut put = |bytes: &[u8]| {
        let fits = bytes.len().min(KEY - length);
        key[length..length + fits].copy_from_slice(&bytes[..fits]);
        length += fits;
        fits == bytes.len()
    };
    let mut rest = text.chars();
    let mut whole = true;
    while let (true, Some(first)) = (whole, rest.clone().next()) {
        if first.is_ascii_digit() {
            let digits = rest.as_str().bytes().take_while(u8::is_ascii_digit).count();
            let (digits, behind) = rest.as_str().split_at(digits);
            let number = value(digits.bytes());
            let bytes = number.to_be_bytes();
            let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
            // Of numbers that are as large, how they are written tells.
            let is_plain = !digits.starts_with('0') && number < u64::MAX;
            whole = put(&[NUMBER, (bytes.len() - zeros) as u8]) && put(&bytes[zeros..]) && is_plain;
            rest = behind.chars();
        } else if first.is_ascii() {
            rest.next();
            whole = first != '\0' && put(&[first.to_ascii_lowercase() as u8]);
        } else {
            rest.next();
            let mut letters = [0; 4];
            whole = first.to_lowercase().all(|letter| put(letter.encode_utf8(&mut letters).as_bytes()));
        }
    }
    (key, whole)
}

/// The order of two texts in lower case.
fn compare(a: &str, b: &str) -> Ordering {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
    match a.is_ascii() && b.is_ascii() {
        true => natural(a.as_bytes(), b.as_bytes()),
        false => natural(lower(a).as_bytes(), lower(b).as_bytes()),
    }
}

/// The order of two texts with the numbers in them as numbers, 1.2.10 after 1.2.9, and plain capitals as small letters. Looks no further
/// than where they differ.
fn natural(a: &[u8], b: &[u8]) -> Ordering {
    let same = a.iter().zip(b).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let begun = a[..same].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |text: &[u8]| {
        let digits = text[same - begun..].iter().copied().take_while(u8::is_ascii_digit);
        digits.clone().next().map(|_| value(digits))
    };
    let numbers = number(a).zip(number(b)).map_or(Ordering::Equal, |(a, b)| a.cmp(&b));
    let lower = |text: &[u8]| text.get(same).map(u8::to_ascii_lowercase);
    numbers.then_with(|| lower(a).cmp(&lower(b)))
}

/// What digits count, as far as a number goes.
fn value(digits: impl Iterator<Item = u8>) -> u64 {
    digits.fold(0, |number: u64, digit| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, Row, TableKind, kinds::Kind};

    fn table(kind: Kind, rows: &[(RowKind, &str)]) -> Table {
        let column = Column { id: ColumnId(1), kind, ..Column::default() };
        let row =
            |(id, (row, text)): (u32, &(RowKind, &str))| Row { id: RowId(id), kind: *row, cells: vec![kind.enter(text)], ..Row::default() };
        Table::new(TableKind::Plan, vec![column], (1..).zip(rows).map(row).collect::<Vec<_>>())
    }

    fn order(kind: Kind, rows: &[(RowKind, &str)], descending: bool) -> Vec<u32> {
        let order = sorted(&table(kind, rows), ColumnId(1), descending);
        order.map_or_else(Vec::new, |rows| rows.into_iter().map(|row| row.0).collect())
    }

    #[test]
    fn actions_stay_in_their_group_and_with_their_lines() {
        use RowKind::{Entry, Group, Line, Total};
        let rows = [(Entry, "b"), (Line, "zz"), (Entry, "A"), (Group, "1"), (Entry, "1.2.10"), (Entry, "1.2.9"), (Total, "0")];
        assert_eq!(order(Kind::Paragraph, &rows, false), [3, 1, 2, 4, 6, 5, 7]);
        assert_eq!(order(Kind::Paragraph, &rows, true), [0; 0], "they are in that order");
    }

    #[test]
    fn numbers_in_words_count_as_numbers() {
        for (less, more) in [("1.2.9", "1.2.10"), ("kpi 9", "kpi 10 b"), ("a", "a1"), ("a1b2", "a1b10"), ("01", "1"), ("", "a"), ("9", "a")]
        {
            assert_eq!(natural(less.as_bytes(), more.as_bytes()), Ordering::Less, "{less} and {more}");
            assert_eq!(natural(more.as_bytes(), less.as_bytes()), Ordering::Greater, "{more} and {less}");
        }
        assert_eq!(natural(b"1.2", b"1.2"), Ordering::Equal);
    }

    #[test]
    fn keys_tell_what_the_whole_texts_do() {
        let long = "the review of homes with partners and residents by spring";
        let texts = [
            "",
            "a",
            "A",
            "a1",
            "the review of homes",
            "The review of homes with",
            "the reviews",
            long,
            "kpi 10",
            "KPI 9",
            "kpi 9 b",
            "01 b",
            "1 a",
            "1",
            "01",
            "001",
            "0",
            "00",
            "0 a",
            "00 b",
            "02",
            "10",
            "010",
            "99999999999999999999",
            "99999999999999999998 a",
            "1.2.10",
            "1.2.9",
            "\u{e9}t\u{e9}",
            "\u{c9}TE",
            "z",
            "a\0",
            "9",
            ":",
            "/",
            "a:",
            "a0",
            "a/",
            "officer 12",
            "Officer 2",
        ];
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (*a, *b))) {
            let ((first, a_whole), (second, b_whole)) = (key(a), key(b));
            let by_key = first.cmp(&second).then_with(|| if a_whole && b_whole { Ordering::Equal } else { compare(a, b) });
            assert_eq!(by_key, compare(a, b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn a_long_table_is_sorted_as_a_short_one() {
        let texts: Vec<String> = (0..20_000_u32).map(|at| format!("Officer {} of {}", at * 7_919 % 997, at % 3)).collect();
        let rows: Vec<(RowKind, &str)> = texts.iter().map(|text| (RowKind::Entry, text.as_str())).collect();
        let mut expected: Vec<u32> = (0..20_000).collect();
        expected.sort_by_key(|at| (at * 7_919 % 997, at % 3));
        let found = order(Kind::Paragraph, &rows, false);
        assert!(found.into_iter().eq(expected.iter().map(|at| at + 1)));
        let mut descending: Vec<u32> = (0..20_000).collect();
        descending.sort_by_key(|at| std::cmp::Reverse((at * 7_919 % 997, at % 3)));
        assert!(order(Kind::Paragraph, &rows, true).into_iter().eq(descending.iter().map(|at| at + 1)));
    }

    #[test]
    fn cells_are_sorted_by_what_they_mean_and_blank_ones_come_last() {
        use RowKind::Entry;
        let dates = [(Entry, "Ongoing"), (Entry, ""), (Entry, "Mar 2025"), (Entry, "5 January 2026"), (Entry, "2023-24")];
        assert_eq!(order(Kind::Date, &dates, false), [5, 3, 4, 1, 2]);
        assert_eq!(order(Kind::Date, &dates, true), [1, 4, 3, 5, 2]);
        let statuses = [(Entry, "Complete"), (Entry, ""), (Entry, "Major problems")];
        assert_eq!(order(Kind::Status, &statuses, false), [3, 1, 2]);
    }
}
