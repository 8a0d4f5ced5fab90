//! Starts and ends that cannot be meant as they stand, as notes: outside the plan's duration, end before start, a day taken for a month.

use std::collections::HashSet;

use jiff::civil::Date;

use super::lines::columns_of;
use crate::model::{Cell, Grain, Role, Table, Value, When};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Adds a note for each start or end of a table that does not fit.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    let columns: Vec<usize> =
        [Role::Start, Role::End, Role::EarlierEnd, Role::Completed].into_iter().flat_map(|role| columns_of(table, role)).collect();
    if columns.is_empty() {
        return;
    }
    let duration = duration(table);
    let others = Others::of(table, &columns);
    let mut doubted = HashSet::new();
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        for &column in &columns {
            let Some((cell, when)) = row.cells.get(column).and_then(|cell| Some((cell, cell.when()?))) else { continue };
            let found = others.day_for_month(cell, when, column, duration.as_ref());
            let found = found.map(|slip| taken_for_month(table, at, cell, slip, duration.as_ref()));
            let found = found.or_else(|| outside(table, at, cell, when, duration.as_ref()?));
            if let Some(note) = found {
                doubted.insert((at, column));
                notes.push(Note { place: Place::cell(table, at, column), ..note });
            }
        }
    }
    backwards(table, &doubted, notes);
}

/// The years a plan states as its duration.
struct Duration<'table> {
    text: &'table str,
    first: Date,
    last: Date,
}

/// The whole years a duration such as `2017-2020` or `2021/22` covers; `None` unless it names at least two.
fn duration(table: &Table) -> Option<Duration<'_>> {
    let text = &*table.field("Duration")?.cell.text;
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

/// Which side of a duration a date falls on, when it falls outside.
fn side(when: When, duration: &Duration<'_>) -> Option<&'static str> {
    if when.last_day().is_some_and(|day| day < duration.first) {
        return Some("before");
    }
    when.first_day().is_some_and(|day| day > duration.last).then_some("after")
}

fn outside(table: &Table, at: usize, cell: &Cell, when: When, duration: &Duration<'_>) -> Option<Note> {
    let side = side(when, duration)?;
    let message = format!("{} of {} is {side} the plan's duration, {}", cell.text, name(table, at), duration.text);
    Some(Note::new(
        Severity::Warning,
        Code::OutsideDuration,
        Place::default(),
        message,
        "Check the year: Excel takes “Aug-17” for 17 August of this year",
    ))
}

/// How far from all others a date must lie to be a slip, where a plan states no duration, in years.
const FAR: i16 = 3;
/// How many other dates there must be to say what is far from them.
const ENOUGH: usize = 4;

/// What the other dates of a table look like.
struct Others {
    /// By column: whether most of its dates are months.
    monthly: Vec<(usize, bool)>,
    /// The first and the last year of the dates that cannot be slips of this sort; `None` when there are few.
    years: Option<(i16, i16)>,
}

impl Others {
    fn of(table: &Table, columns: &[usize]) -> Self {
        let mut years: Option<(i16, i16)> = None;
        let mut sure = 0;
        let mut monthly = Vec::new();
        for &column in columns {
            let (mut months, mut dates) = (0, 0);
            for cell in table.rows.iter().filter(|row| row.is_line()).filter_map(|row| row.cells.get(column)) {
                let Value::When(When::On { date, grain }) = cell.value else { continue };
                dates += 1;
                months += usize::from(grain == Grain::Month);
                if !hides_its_year(cell) && date.day() == 1 {
                    sure += 1;
                    years = Some(years.map_or((date.year(), date.year()), |(a, b)| (a.min(date.year()), b.max(date.year()))));
                }
            }
            monthly.push((column, dates > 2 && months * 2 > dates));
        }
        Self { monthly, years: years.filter(|_| sure >= ENOUGH) }
    }

    /// The month that was probably typed as `Aug-17` and became the seventeenth of August of another year.
    fn day_for_month(&self, cell: &Cell, when: When, column: usize, duration: Option<&Duration<'_>>) -> Option<Slip> {
        let When::On { date, grain } = when else { return None };
        // The first of a month is what `Aug-01` becomes and what a month is stored as: it says nothing.
        let among_months = self.monthly.iter().any(|&(held, monthly)| held == column && monthly);
        if date.day() == 1 || !(hides_its_year(cell) || among_months) || grain == Grain::Year {
            return None;
        }
        let meant = Date::new(2000 + i16::from(date.day()), date.month(), 1).ok()?;
        let fits = match (duration, self.years) {
            (Some(duration), _) => side(when, duration).is_some() && duration.first <= meant && meant <= duration.last,
            (None, Some((first, last))) => {
                (date.year() < first - FAR || date.year() > last + FAR) && (first..=last).contains(&meant.year())
            }
            (None, None) => false,
        };
        fits.then_some(Slip { stored: date, meant })
    }
}

/// A month that became a day.
#[derive(Clone, Copy)]
struct Slip {
    stored: Date,
    meant: Date,
}

/// Whether a stored date is shown with its day and month alone, as Excel shows what it took `Aug-17` for.
fn hides_its_year(cell: &Cell) -> bool {
    cell.format.as_deref().is_some_and(|format| {
        let format = format.to_ascii_lowercase();
        format.contains('d') && format.contains('m') && !format.contains('y')
    })
}

fn taken_for_month(table: &Table, at: usize, cell: &Cell, slip: Slip, duration: Option<&Duration<'_>>) -> Note {
    let against =
        duration.map_or_else(|| "far from all other dates".to_owned(), |held| format!("outside the plan's duration, {}", held.text));
    let typed = slip.meant.strftime("%b-%y");
    let stored = slip.stored.strftime("%-d %B %Y");
    let message = format!(
        "{} of {} is stored as {stored}, {against}: Excel takes “{typed}” for a day of the year it is typed in",
        cell.text,
        name(table, at)
    );
    let hint = format!("If {typed} is meant, type it again as {}", slip.meant.strftime("%d/%m/%Y"));
    Note::new(Severity::Warning, Code::DayForMonth, Place::default(), message, &hint)
}

/// Each end that is over before its start begins, unless one of them is doubted already.
fn backwards(table: &Table, doubted: &HashSet<(usize, usize)>, notes: &mut Noted) {
    let Some([start, end]) = table.role_position(Role::Start).zip(table.role_position(Role::End)).map(|(start, end)| [start, end]) else {
        return;
    };
    // The row of the start that holds for the line being read.
    let mut begun: Option<(usize, Date)> = None;
    for (at, row) in table.rows.iter().enumerate() {
        let cell = |column: usize| row.cells.get(column);
        if row.kind != crate::model::RowKind::Line || cell(start).is_some_and(|cell| !cell.is_blank()) {
            begun = cell(start).and_then(Cell::when).and_then(When::first_day).map(|day| (at, day)).filter(|_| row.is_line());
        }
        let over = cell(end).and_then(Cell::when).and_then(When::last_day);
        let Some(((from, _), _)) = begun.zip(over).filter(|&((_, day), over)| over < day) else { continue };
        if doubted.contains(&(at, end)) || doubted.contains(&(from, start)) {
            continue;
        }
        let texts = [(at, end), (from, start)].map(|(row, column)| &*table.rows[row].cells[column].text);
        let message = format!("{} ends {}, before it starts, {}", name(table, at), texts[0], texts[1]);
        let note =
            Note::new(Severity::Warning, Code::EndBeforeStart, Place::cell(table, at, end), message, "Correct the one that is wrong");
        notes.push(note.and(Place::cell(table, from, start)));
    }
}

/// What the action of a row is called.
fn name(table: &Table, at: usize) -> String {
    table.name_of(table.entry_of(at).unwrap_or(&table.rows[at]))
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::{Status, kinds::Kind};

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

    fn said(duration: &str, start: Cell, end: Cell) -> String {
        let mut table = seed::plan_of(&[
            ["1", "One", "Aug-17", "Dec-17", "", ""],
            ["2", "Two", "Sep-17", "Aug-18", "", ""],
            ["3", "Three", "Jan-18", "Mar-19", "", ""],
            ["4", "Four", "Jan-18", "Jan-20", "", ""],
        ]);
        table.fields.push(crate::model::Field { label: "Duration".into(), cell: Cell::text(duration), ..Default::default() });
        (table.rows[1].cells[2], table.rows[1].cells[3]) = (start, end);
        let mut notes = Noted::default();
        collect(&table, &mut notes);
        notes.iter().map(|note| format!("{} {} {}", note.code, note.place.address, note.hint)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn dates_that_cannot_be_meant_are_told() {
        let stored = |day: &str, format: &str| {
            let date: Date = day.parse().expect("a date");
            let grain = if format.contains('d') { Grain::Day } else { Grain::Month };
            Cell { text: day.into(), value: Value::When(When::On { date, grain }), format: Some(format.into()), formula: false }
        };
        let typed = |text: &str| Kind::Date.enter(text);
        let slip = "day_for_month Plan!C19 If Aug-17 is meant, type it again as 01/08/2017";
        for (duration, start, end, expected) in [
            ("2017-2020", typed("Aug-17"), typed("Aug-18"), ""),
            ("2017-2020", stored("2024-08-17", "d-mmm"), typed("On-going"), slip),
            ("2017-2020", stored("2024-08-17", "mmm-yy"), typed("On-going"), slip),
            ("2017-2020", typed("17/08/2024"), typed("On-going"), slip),
            (
                "2017-2020",
                typed("25/08/2024"),
                typed("On-going"),
                "outside_duration Plan!C19 Check the year: Excel takes “Aug-17” for 17 August of this year",
            ),
            ("2017-2020", typed("17/08/2019"), typed("On-going"), ""),
            ("", stored("2024-08-17", "d-mmm"), typed("On-going"), slip),
            ("", stored("2021-08-17", "d-mmm"), typed("On-going"), ""),
            ("", typed("Aug-18"), typed("Jul-18"), "end_before_start Plan!D19 Correct the one that is wrong"),
            ("", typed("Aug-18"), typed("Aug-18"), ""),
            ("", typed("15/08/2018"), typed("Aug-18"), ""),
            ("", typed("2018-19"), typed("Jun-18"), ""),
            ("", typed("On-going"), typed("Jun-18"), ""),
            ("", typed("Aug-18"), Cell { value: Value::Status(Status::Complete), ..Cell::text("Complete") }, ""),
        ] {
            let case = format!("{duration} {} {}", start.text, end.text);
            assert_eq!(said(duration, start, end), expected, "{case}");
        }
    }
}
