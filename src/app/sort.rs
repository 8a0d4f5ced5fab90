//! Rows put in the order of a column, without leaving their group: actions with their lines, by what their cells mean.

use std::cmp::Ordering;

use crate::model::{Cell, ColumnId, RowId, RowKind, Table, Value, serial_from_date};

/// What a cell is sorted by; blank cells come last whichever way.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Number(f64),
    /// In lower case, with how they begin.
    Words(Option<u128>, String),
    Blank,
}

/// How many letters tell most texts apart without a look at the texts themselves.
const BEGINNING: usize = size_of::<u128>();

/// The rows of a table in the order of a column; `None` when they already are.
#[must_use]
pub(crate) fn sorted(table: &Table, column: ColumnId, descending: bool) -> Option<Vec<RowId>> {
    let at = table.column_position(column)?;
    let mut order: Vec<RowId> = Vec::with_capacity(table.rows.len());
    let mut run: Vec<(Key, std::ops::Range<usize>)> = Vec::new();
    let mut row = 0;
    while row < table.rows.len() {
        let held = &table.rows[row];
        let end = row + 1 + table.rows[row + 1..].iter().take_while(|below| below.kind == RowKind::Line).count();
        if matches!(held.kind, RowKind::Entry | RowKind::Line) {
            run.push((held.cells.get(at).map_or(Key::Blank, key), row..end));
        } else {
            close(table, &mut run, descending, &mut order);
            order.extend(table.rows[row..end].iter().map(|row| row.id));
        }
        row = end;
    }
    close(table, &mut run, descending, &mut order);
    let same = table.rows.iter().map(|row| row.id).eq(order.iter().copied());
    (!same).then_some(order)
}

/// Sorts the actions since the last heading and puts them into the order.
fn close(table: &Table, run: &mut Vec<(Key, std::ops::Range<usize>)>, descending: bool, order: &mut Vec<RowId>) {
    run.sort_by(|(a, _), (b, _)| match (a, b) {
        (Key::Blank, _) | (_, Key::Blank) => compare(a, b),
        _ if descending => compare(b, a),
        _ => compare(a, b),
    });
    for (_, rows) in run.drain(..) {
        order.extend(table.rows[rows].iter().map(|row| row.id));
    }
}

fn compare(a: &Key, b: &Key) -> Ordering {
    match (a, b) {
        (Key::Number(a), Key::Number(b)) => a.total_cmp(b),
        (Key::Words(Some(a), _), Key::Words(Some(b), _)) if a != b => a.cmp(b),
        (Key::Words(_, a), Key::Words(_, b)) => natural(a.as_bytes(), b.as_bytes()),
        (Key::Blank, Key::Blank) => Ordering::Equal,
        (Key::Number(_), _) | (_, Key::Blank) => Ordering::Less,
        (_, Key::Number(_)) | (Key::Blank, _) => Ordering::Greater,
    }
}

fn key(cell: &Cell) -> Key {
    match cell.value {
        _ if cell.is_blank() => Key::Blank,
        Value::Status(status) => Key::Number(f64::from(status as u8)),
        // What goes on ends after every day.
        Value::When(when) => Key::Number(when.last_day().map_or(f64::MAX, serial_from_date)),
        _ => cell.amount().map_or_else(|| words(cell.text.to_lowercase()), Key::Number),
    }
}

fn words(text: String) -> Key {
    Key::Words(beginning(text.as_bytes()), text)
}

/// The first letters of a text as a number, which is less where the text comes before; nothing where digits are among them, which count as
/// numbers.
fn beginning(text: &[u8]) -> Option<u128> {
    let mut first = [0; BEGINNING];
    let length = text.len().min(BEGINNING);
    first[..length].copy_from_slice(&text[..length]);
    (!first.iter().any(u8::is_ascii_digit)).then(|| u128::from_be_bytes(first))
}

/// The order of two texts with the numbers in them as numbers: 1.2.10 comes after 1.2.9. Looks no further than where they differ.
fn natural(a: &[u8], b: &[u8]) -> Ordering {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let begun = a[..same].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let number = |text: &[u8]| {
        let digits = text[same - begun..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(None, |number: Option<u64>, digit| Some(number.unwrap_or(0).saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
    };
    let numbers = number(a).zip(number(b)).map_or(Ordering::Equal, |(a, b)| a.cmp(&b));
    numbers.then_with(|| a[same..].cmp(&b[same..]))
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
    fn how_texts_begin_tells_what_the_whole_texts_do() {
        let texts = [
            "",
            "a",
            "a1",
            "the review of homes",
            "the review of homes with",
            "the reviews",
            "kpi 10",
            "kpi 9",
            "\u{e9}t\u{e9}",
            "z",
            "a\0",
        ];
        for (a, b) in texts.iter().flat_map(|a| texts.iter().map(move |b| (*a, *b))) {
            assert_eq!(compare(&words(a.to_owned()), &words(b.to_owned())), natural(a.as_bytes(), b.as_bytes()), "{a:?} and {b:?}");
        }
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
