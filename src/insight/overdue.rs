//! Which unfinished lines are past their end. Only ever judges by a stated day, never by today's.

use jiff::civil::Date;

use crate::model::{Document, Role, RowKind, Status, Table, TableKind, When};
use crate::notes::Place;

/// An unfinished line whose end has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The line, at its end date.
    pub place: Place,
    /// The action's ref, otherwise its first words.
    pub name: String,
    /// The last day of its end.
    pub end: Date,
    /// The end as its owner wrote it.
    pub end_text: Box<str>,
    /// What the line states; `None` when the action has no status at all.
    pub status: Option<Status>,
}

/// The unfinished lines of a plan whose end was before a day. A continuation line ends when its action does, unless it has an end of its own.
#[must_use]
pub fn overdue(table: &Table, as_of: Date) -> Vec<Overdue> {
    let Some(column) = table.role_position(Role::End) else { return Vec::new() };
    let mut found = Vec::new();
    let mut action: Option<Action> = None;
    for (at, row) in table.rows.iter().enumerate() {
        match row.kind {
            RowKind::Section | RowKind::Group | RowKind::Total => {
                found.extend(action.take().and_then(Action::without_status));
                continue;
            }
            RowKind::Entry => {
                found.extend(action.replace(Action::default()).and_then(Action::without_status));
            }
            RowKind::Line => {}
        }
        let action = action.get_or_insert_default();
        let status = table.status_of(row);
        action.has_status |= status.is_some();
        let cell = row.cells.get(column);
        if let Some(end) = cell.and_then(|cell| cell.when()) {
            action.end = When::last_day(end).filter(|&day| day < as_of).map(|day| (day, at, cell.map_or("", |cell| &cell.text).into()));
        }
        if row.kind == RowKind::Entry {
            action.at = at;
        }
        if let Some((end, end_at, end_text)) = &action.end {
            let line = |status| {
                let place = Place { address: Place::cell(table, *end_at, column).address, ..Place::cell(table, at, column) };
                Overdue { place, name: table.name_of(&table.rows[action.at]), end: *end, end_text: end_text.clone(), status }
            };
            match status {
                Some(Status::Complete) => {}
                Some(status) => found.push(line(Some(status))),
                None if row.kind == RowKind::Entry => action.pending = Some(line(None)),
                None => {}
            }
        }
    }
    found.extend(action.and_then(Action::without_status));
    found
}

/// The day a plan's ends are judged by: the one given, its own review date, or one that stands outside any plan.
#[must_use]
pub fn review_date(document: &Document, table: &Table, as_of: Option<Date>) -> Option<Date> {
    judged(document, table, as_of).map(|(first, _)| first)
}

/// The first and the last day that may be meant by it: a review in Jan-19 is in some day of that month.
pub(super) fn judged(document: &Document, table: &Table, as_of: Option<Date>) -> Option<(Date, Date)> {
    let stated = |table: &Table| {
        let when = table.field("Review date")?.cell.when()?;
        Some((when.first_day()?, when.last_day()?))
    };
    // Another plan's review date says nothing of this one.
    let mut elsewhere = document.tables.iter().filter(|other| other.kind != TableKind::Plan);
    as_of.map(|day| (day, day)).or_else(|| stated(table)).or_else(|| elsewhere.find_map(stated))
}

/// What is known so far of the action being read.
#[derive(Default)]
struct Action {
    at: usize,
    has_status: bool,
    /// Its end when past: the last day, the row it stands in and its text.
    end: Option<(Date, usize, Box<str>)>,
    /// Its first line, which is overdue if none of its lines states a status.
    pending: Option<Overdue>,
}

impl Action {
    fn without_status(self) -> Option<Overdue> {
        self.pending.filter(|_| !self.has_status)
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    fn names(table: &Table, day: &str) -> String {
        let day: Date = day.parse().expect("a date");
        overdue(table, day).iter().map(|late| &*late.name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ten_lines_of_the_seed_plan_are_past_their_end() {
        let ten = "1.1.2 1.3.1 1.3.2 1.3.3 2.2.1 2.4.2 3.1.3 3.3.3 3.4.1 4.3.1";
        assert_eq!(names(&seed::plan(), "2019-01-01"), ten);
        assert_eq!(names(&seed::plan(), "2017-12-31"), "", "December 2017 ends on its last day");
        assert_eq!(names(&seed::plan(), "2018-01-01"), "1.3.2");
        assert!(names(&seed::plan(), "2020-08-01").contains("1.2.1"), "its second line ends with the action");
        let late = overdue(&seed::plan(), Date::constant(2019, 1, 1));
        assert_eq!((&*late[0].end_text, late[0].status), ("Sep-18", Some(Status::InProgress)));
    }

    #[test]
    fn an_action_without_a_status_is_unfinished() {
        assert_eq!(names(&seed::recommendations(), "2018-06-01"), "Map what there is");
        assert_eq!(overdue(&seed::recommendations(), Date::constant(2018, 6, 1))[0].status, None);
    }

    #[test]
    fn a_plan_is_judged_by_its_own_review_date() {
        let document = seed::document();
        let day = review_date(&document, &document.tables[0], None);
        assert_eq!(day, Some(Date::constant(2019, 1, 1)));
        assert_eq!(review_date(&document, &seed::recommendations(), None), None, "never by another plan's");
    }
}
