//! Whether the dates of a table put the month first: told by days that can be no month, once for each column. Changes no text.

use jiff::civil::Date;

use crate::{
    model::{
        Grain, Table, Value, When,
        kinds::{Kind, ambiguous_day_month, leading_numbers},
    },
    notes::{Code, Note, Place, Severity},
};

/// What the dates of a column say of their order.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// How many can only have the day first, and how many only the month.
    day: usize,
    month: usize,
    /// How many could be either.
    either: usize,
}

impl Evidence {
    fn of(table: &Table, column: usize) -> Self {
        let mut evidence = Self::default();
        for cell in table.rows.iter().filter_map(|row| row.cells.get(column)).filter(|cell| cell.format.is_none()) {
            match leading_numbers(&cell.text) {
                Some((13.., ..13)) => evidence.day += 1,
                Some((..13, 13..)) => evidence.month += 1,
                Some((first, second)) if first != second => evidence.either += 1,
                Some(_) | None => {}
            }
        }
        evidence
    }
}

/// Reads the dates of each column in one order, and notes where that is not the usual one.
pub(super) fn settle(table: &mut Table, sheet: &str, notes: &mut Vec<Note>) {
    let dated: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].kind == Kind::Date).collect();
    let evidence: Vec<(usize, Evidence)> = dated.into_iter().map(|column| (column, Evidence::of(table, column))).collect();
    let all = evidence.iter().fold((0, 0), |(day, month), (_, held)| (day + held.day, month + held.month));
    for (column, held) in evidence {
        let month_first = held.month > 0 && held.day == 0 || held.month + held.day == 0 && all.1 > 0 && all.0 == 0;
        if held.month > 0 && held.day > 0 && held.either > 0 {
            notes.push(note(
                table,
                sheet,
                column,
                Severity::Warning,
                "puts the day first in some dates and the month in others; where both can be meant, the day was taken to come first",
            ));
        } else if month_first && held.either > 0 {
            read_month_first(table, column);
            notes.push(note(
                table,
                sheet,
                column,
                Severity::Info,
                "puts the month first, as a number above 12 stands second: 04/12/2026 is 12 April there",
            ));
        }
    }
}

fn read_month_first(table: &mut Table, column: usize) {
    for row in table.rows.iter_mut() {
        let Some(cell) = row.cells.get_mut(column).filter(|cell| cell.format.is_none()) else { continue };
        let Value::When(When::On { date, grain: Grain::Day }) = cell.value else { continue };
        let turned = ambiguous_day_month(&cell.text).and_then(|(month, day)| Date::new(date.year(), month, day).ok());
        if let Some(date) = turned {
            cell.value = Value::When(When::On { date, grain: Grain::Day });
        }
    }
}

fn note(table: &Table, sheet: &str, column: usize, severity: Severity, what: &str) -> Note {
    let letters = crate::model::column_letters(table.columns[column].source);
    let message = format!("The column {letters} (“{}”) {what}.", table.heading(column));
    let place = Place::address(format!("{sheet}!{letters}"));
    Note::new(
        severity,
        Code::DateOrder,
        place,
        message,
        "Type the dates as 12 April 2026, or as Excel's own dates, so that they can be read one way only.",
    )
}
