//! Cells that were not understood, or that say something their column does not hold, as notes. Never guesses what was meant.

use jiff::civil::Date;

use crate::model::kinds::Kind;
use crate::model::{Cell, Role, Row, Status, Table, TableKind, Value, When};
use crate::notes::{Note, Place, Severity};

/// Adds a note for each doubtful cell of a table.
pub(super) fn collect(table: &Table, notes: &mut Vec<Note>) {
    // A history's first column holds what its owner calls the rows: totals stand among the statuses.
    if table.kind == TableKind::History {
        return;
    }
    let asked = table.columns.iter().enumerate().filter(|(_, column)| matches!(column.kind, Kind::Date | Kind::Status));
    let asked: Vec<(usize, Kind, bool)> =
        asked.map(|(at, column)| (at, column.kind, matches!(column.role, Some(Role::Start | Role::End)))).collect();
    let duration = duration(table);
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        for &(column, kind, is_end) in &asked {
            let Some(cell) = row.cells.get(column) else { continue };
            let note = match cell.value {
                Value::Text => unread(table, kind, cell),
                Value::Status(status) if kind == Kind::Date => Some(misplaced(table, row, status)),
                Value::When(when) if is_end => duration.as_ref().and_then(|duration| outside(table, row, cell, when, duration)),
                Value::Blank | Value::Merged | Value::Number(_) | Value::When(_) | Value::Status(_) | Value::Figure(_) => None,
            };
            notes.extend(note.map(|note| Note { place: Place::cell(table, at, column), ..note }));
        }
    }
}

fn unread(table: &Table, kind: Kind, cell: &Cell) -> Option<Note> {
    let severity = if table.kind == TableKind::Plan { Severity::Warning } else { Severity::Info };
    let (code, hint) = match kind {
        Kind::Date => ("date_unclear", "Type it in full, such as December 2017; the text is kept as it is until then"),
        Kind::Status => ("status_unknown", "Choose one of the five; the text is kept as it is until then"),
        Kind::Ref | Kind::Paragraph | Kind::Figure | Kind::Number => return None,
    };
    Some(Note::new(severity, code, Place::default(), kind.doubt(cell)?, hint))
}

fn misplaced(table: &Table, row: &Row, status: Status) -> Note {
    let message = format!("{} has the status “{}” in place of a date", table.name_of(row), status.word());
    Note::new(Severity::Info, "status_in_date_column", Place::default(), message, "It is counted as the status")
}

/// The years a plan states as its duration.
struct Duration<'table> {
    text: &'table str,
    first: Date,
    last: Date,
}

/// The whole years a duration such as `2017-2020` or `2021/22` covers; `None` unless it names at least two.
fn duration(table: &Table) -> Option<Duration<'_>> {
    let text = &*table.fields.iter().find(|field| field.label.eq_ignore_ascii_case("Duration"))?.cell.text;
    let mut years: Vec<i16> = Vec::new();
    for digits in text.split(|c: char| !c.is_ascii_digit()) {
        match (digits.len(), digits.parse::<i16>(), years.last()) {
            (4, Ok(year), _) if (1900..=2200).contains(&year) => years.push(year),
            (2, Ok(short), Some(&last)) if last / 100 * 100 + short > last => years.push(last / 100 * 100 + short),
            _ => {}
        }
    }
    let (first, last) = (*years.iter().min()?, *years.iter().max()?);
    (years.len() > 1).then(|| Some(Duration { text, first: Date::new(first, 1, 1).ok()?, last: Date::new(last, 12, 31).ok()? })).flatten()
}

fn outside(table: &Table, row: &Row, cell: &Cell, when: When, duration: &Duration<'_>) -> Option<Note> {
    let before = when.last_day().is_some_and(|day| day < duration.first);
    let after = when.first_day().is_some_and(|day| day > duration.last);
    if !before && !after {
        return None;
    }
    let side = if before { "before" } else { "after" };
    let message = format!("{} of {} is {side} the plan's duration, {}", cell.text, table.name_of(row), duration.text);
    Some(Note::new(
        Severity::Warning,
        "outside_duration",
        Place::default(),
        message,
        "Check the year: Excel takes “Aug-17” for 17 August of this year",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn a_duration_is_whole_years() {
        let mut table = seed::plan();
        for (text, years) in [
            ("2017-2020", Some((2017, 2020))),
            ("2021/22 to 2024/25", Some((2021, 2025))),
            ("April 2017 - March 2019", Some((2017, 2019))),
            ("From 2017", None),
            ("3 years", None),
        ] {
            table.fields[1].cell = Cell::text(text);
            assert_eq!(duration(&table).map(|held| (held.first.year(), held.last.year())), years, "{text}");
        }
    }
}
