//! Which unfinished lines are past their end on a day. Reads no clock.

use jiff::civil::Date;

use super::{Insight, PlanStanding, entry_names::EntryNames};
use crate::model::{Document, Role, RowKind, Status, Table, When};
use crate::notes::Place;

/// An unfinished line whose end has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The line, at its end date.
    pub place: Place,
    /// The action's ref, otherwise its first words; with its theme or section where the ref names several.
    pub name: String,
    /// The last day of its end.
    pub end: Date,
    /// The end as its owner wrote it.
    pub end_text: Box<str>,
    /// What the line states; `None` when the action has no status at all.
    pub status: Option<Status>,
}

/// What is overdue of one plan, or of all that are judged at one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LateGroup<'insight> {
    /// What it is and when it is judged: `Overdue at the plan's review date, 31 January 2019`.
    pub title: String,
    pub late: Vec<&'insight Overdue>,
}

impl Insight {
    /// What is overdue under the day it is judged at: all of it where that is one day, otherwise plan by plan. Nothing for plans
    /// without ends.
    #[must_use]
    pub fn overdue_by_day(&self, document: &Document) -> Vec<LateGroup<'_>> {
        let with_ends = |plan: &PlanStanding| document.table(plan.table).filter(|table| table.role_position(Role::End).is_some());
        if let Some(judged) = self.judged().filter(|_| self.plans.iter().any(|plan| with_ends(plan).is_some())) {
            return vec![LateGroup { title: format!("Overdue {}", judged.when()), late: self.overdue.iter().collect() }];
        }
        let group = |plan: &PlanStanding| {
            let title = format!("Overdue in {} {}", with_ends(plan)?.title(), plan.judged?.when());
            let late = self.overdue.iter().filter(|late| late.place.table == Some(plan.table)).collect();
            Some(LateGroup { title, late })
        };
        self.plans.iter().filter_map(group).collect()
    }
}

/// The unfinished lines of a plan whose end was before a day. A continuation line ends when its action does, unless it has an end of its own.
#[must_use]
pub fn overdue(table: &Table, as_of: Date) -> Vec<Overdue> {
    let ends = |role: &Role| matches!(role, Role::End | Role::EarlierEnd);
    if !table.columns.iter().filter_map(|column| column.role.as_ref()).any(ends) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let names = EntryNames::of(table);
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
        if let Some((column, cell, end)) = table.end_of(row) {
            action.end = When::last_day(end).filter(|&day| day < as_of).map(|day| (day, (at, column), cell.text.clone()));
        }
        action.is_done |= table.completed_on(row).and_then(When::first_day).is_some_and(|day| day <= as_of);
        if row.kind == RowKind::Entry {
            action.at = at;
        }
        if let Some((end, (end_at, column), end_text)) = action.end.as_ref().filter(|_| !action.is_done) {
            let line = |status| {
                let place = Place { address: Place::cell(table, *end_at, *column).address, ..Place::cell(table, at, *column) };
                Overdue { place, name: names.name(action.at), end: *end, end_text: end_text.clone(), status }
            };
            match status {
                Some(status) if !status.can_be_overdue() => {}
                Some(status) => found.push(line(Some(status))),
                None if row.kind == RowKind::Entry => action.pending = Some(line(None)),
                None => {}
            }
        }
    }
    found.extend(action.and_then(Action::without_status));
    found
}

/// What is known so far of the action being read.
#[derive(Default)]
struct Action {
    at: usize,
    has_status: bool,
    /// Whether a column says when it was done.
    is_done: bool,
    /// Its end when past: the last day, the row and column it stands in and its text.
    end: Option<(Date, (usize, usize), Box<str>)>,
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
}
