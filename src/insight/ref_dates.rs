//! Refs such as 2-1 that became dates as they were typed into Excel, as one note a table. Never changes one.

use crate::model::{Cell, RowKind, Table, Value, date_from_serial, is_date_format};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How many of them the note names.
const NAMED: usize = 3;

/// A ref that became a date.
struct Changed<'table> {
    row: usize,
    cell: &'table Cell,
    month: i8,
    day: i8,
}

/// Adds a note on the refs of a table that are dates.
pub(super) fn collect(table: &Table, column: usize, notes: &mut Noted) {
    let cells = || {
        table
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.kind != RowKind::Section)
            .filter_map(|(at, row)| Some((at, row.cells.get(column)?)))
    };
    let changed: Vec<Changed<'_>> = cells().filter_map(|(row, cell)| changed(row, cell)).collect();
    let [first, ..] = &changed[..] else { return };
    // What all of them share stands first in a ref, as it does in one that stayed as it was.
    let same = |part: fn(&Changed<'_>) -> i8| changed.iter().all(|other| part(other) == part(first));
    let starts = |number: i8| cells().any(|(_, cell)| cell.stored().is_none() && begins(&cell.text, number));
    let (by_month, by_day) = (same(|one| one.month), same(|one| one.day));
    let month_first = match (by_month && starts(first.month), by_day && starts(first.day)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ if by_month == by_day => None,
        _ => Some(by_month),
    };
    let meant = |one: &Changed<'_>| match month_first {
        Some(true) => format!("{}-{}", one.month, one.day),
        Some(false) => format!("{}-{}", one.day, one.month),
        None => format!("{}-{} or {}-{}", one.day, one.month, one.month, one.day),
    };
    let named: Vec<String> = changed.iter().take(NAMED).map(|one| format!("“{}” was probably {}", one.cell.text, meant(one))).collect();
    let more = if changed.len() > NAMED { format!(" and {} more", changed.len() - NAMED) } else { String::new() };
    let them = if changed.len() == 1 { "A ref became a date".to_owned() } else { format!("{} refs became dates", changed.len()) };
    let message = format!("{them} as it was typed into Excel: {}{more}", named.join(", "));
    let message = if changed.len() == 1 { message } else { message.replacen("as it was", "as they were", 1) };
    let place = |one: &Changed<'_>| Place::cell(table, one.row, column);
    let hint = "Make the column one of text in Excel, and type them again";
    notes.push(Note::new(Severity::Warning, Code::RefChanged, place(first), message, hint).of_all(changed.iter().map(place)));
}

/// A ref that is stored as a day.
fn changed(row: usize, cell: &Cell) -> Option<Changed<'_>> {
    let Value::Number(number) = cell.value else { return None };
    let date = cell.format.as_deref().filter(|format| is_date_format(format)).and_then(|_| date_from_serial(number))?;
    Some(Changed { row, cell, month: date.month(), day: date.day() })
}

/// Whether a ref such as `2-40` or `2/3` begins with a number.
fn begins(text: &str, number: i8) -> bool {
    text.split_once(['-', '/', '.']).is_some_and(|(first, _)| first.trim().parse() == Ok(number))
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::{Stored, kinds::Kind, show_number};

    /// The note on some refs: numbers are days of 2026 by their place in the year, in Excel's way of showing them; the rest is text.
    fn said(refs: &[&str]) -> String {
        let mut table = seed::plan_of(&[]);
        for text in refs {
            seed::push_action(&mut table, ["", "Dig", "", "", "", ""]);
            let cell = match text.parse::<f64>() {
                Ok(day) => {
                    let stored = Stored { number: 46_022.0 + day, format: "d-mmm".into() };
                    Kind::Ref.read(show_number(stored.number, "d-mmm").into(), Some(stored))
                }
                Err(_) => Cell::text(*text),
            };
            table.rows.last_mut().into_iter().for_each(|row| row.cells[0] = cell.clone());
        }
        let mut notes = Noted::default();
        collect(&table, 0, &mut notes);
        notes.iter().map(|note| format!("{} ({})", note.message, note.cells.len())).collect()
    }

    #[test]
    fn refs_that_became_dates_are_said_once() {
        for (refs, expected) in [
            (
                &["32", "33", "2-40"][..],
                "2 refs became dates as they were typed into Excel: “1-Feb” was probably 2-1, “2-Feb” was probably 2-2 (2)",
            ),
            (&["32", "60"], "2 refs became dates as they were typed into Excel: “1-Feb” was probably 1-2, “1-Mar” was probably 1-3 (2)"),
            (&["34"], "A ref became a date as it was typed into Excel: “3-Feb” was probably 3-2 or 2-3 (0)"),
            (&["1-2", "A1"], ""),
        ] {
            assert_eq!(said(refs), expected, "{refs:?}");
        }
    }
}
