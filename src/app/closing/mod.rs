//! Closing a period, worked out: what it is called and when it ends, and what is recorded where. Makes no edit and writes no file.

mod counts;
mod heading;
mod kpis;
mod recording;
mod sequence;

pub use self::recording::{Place, Recorded, Recording};

use jiff::civil::Date;

use self::{
    heading::Named,
    sequence::{Headed, Sequence},
};
use super::range::put::as_typed;
use crate::{
    edit::Change,
    insight::{AsOf, Insight},
    model::{ColumnId, Document, FrozenReturn, Role, Table, TableId, TableKind, When, kinds::parse_when},
    publish,
    returns::{self, Template},
    store::RowMarks,
};

/// What is chosen of a period that is closed.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// Its date as it was typed; the last day of what it names.
    pub date: String,
    /// Whether the date was typed, rather than told by the name.
    pub date_is_typed: bool,
    /// The return that is written.
    pub template: &'static Template,
    /// Whether what is hidden in the workbook is in it.
    pub with_hidden: bool,
    pub tables: Vec<TableWish>,
}

/// What is chosen of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableWish {
    pub table: TableId,
    /// Whether the period is recorded in it.
    pub record: bool,
    /// Whether what a column of this period holds may give way.
    pub replace: bool,
    /// What the column is headed, where that was typed.
    pub heading: Option<String>,
}

/// What the sheet is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A period is closed: recorded, frozen, and its return written.
    Close,
    /// Only recorded, in one table.
    Record(TableId),
}

/// A table that can keep the period.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub table: TableId,
    pub title: String,
    pub is_tracker: bool,
    /// What the column would be headed.
    pub heading: String,
    /// What would be recorded; or why nothing can be.
    pub recording: Result<Recording, &'static str>,
}

/// A period about to be closed, with what that comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    pub purpose: Purpose,
    pub draft: Draft,
    /// Its date.
    pub as_at: Option<Date>,
    /// A line for each entry of `draft.tables`.
    pub lines: Vec<Line>,
    /// Whether the workbook hides something of it.
    pub has_hidden: bool,
}

/// What a period is closed of.
#[derive(Clone, Copy, Debug)]
pub struct Grounds<'a> {
    pub document: &'a Document,
    /// The figures of the document as it stands.
    pub insight: &'a Insight,
    pub today: Date,
    /// Whether saving writes into the workbooks it was read from.
    pub in_workbook: bool,
}

/// Whether a document has something to close a period of.
#[must_use]
pub(in crate::app) fn has_periods(document: &Document) -> bool {
    document.tables.iter().any(|table| matches!(table.kind, TableKind::Plan | TableKind::Kpi))
}

/// Whether the period can be recorded in a table: a tracker, or KPIs with current values.
#[must_use]
pub(in crate::app) fn keeps_periods(table: &Table, insight: &Insight) -> bool {
    let is_tracker = insight.trackers.iter().any(|tracker| tracker.table == table.id);
    is_tracker || table.kind == TableKind::Kpi && table.role_position(Role::Current).is_some()
}

impl Grounds<'_> {
    fn sequence(&self, table: &Table) -> Sequence {
        match self.insight.trackers.iter().find(|tracker| tracker.table == table.id) {
            Some(tracker) => counts::sequence(table, tracker),
            None => kpis::sequence(table),
        }
    }

    /// The period that a KPI table's current values are of, where their heading says so.
    fn current_period(&self, table: &Table) -> Option<Named> {
        let is_tracker = self.insight.trackers.iter().any(|tracker| tracker.table == table.id);
        if is_tracker { None } else { kpis::current_period(table) }
    }

    /// The tables that may keep the period, the trackers first.
    fn tables(&self) -> Vec<&Table> {
        let of = |trackers: bool| {
            let is_tracker = move |table: &&Table| self.insight.trackers.iter().any(|tracker| tracker.table == table.id) == trackers;
            self.document.tables.iter().filter(|table| keeps_periods(table, self.insight)).filter(is_tracker)
        };
        of(true).chain(of(false)).collect()
    }

    /// The day that a heading without a year is near to.
    fn near(&self) -> Date {
        self.insight.as_of.unwrap_or(self.today)
    }

    /// What the next period is called, and its last day where that can be told.
    fn proposed(&self, tables: &[&Table]) -> Option<(String, Option<Date>)> {
        let of_table = |table: &&Table| {
            let sequence = self.sequence(table);
            let next = self.current_period(table).or_else(|| sequence.next())?;
            Some((next.name().to_owned(), sequence.last_day(&next, self.near())))
        };
        let frozen = || {
            let headed = |name: &str| Headed { column: ColumnId::default(), heading: name.to_owned(), filled: true };
            let next = Sequence::of(self.document.frozen.iter().map(|frozen| headed(&frozen.name)).collect()).next()?;
            Some((next.name().to_owned(), next.last_day(self.near())))
        };
        tables.iter().find_map(of_table).or_else(frozen)
    }

    /// What a period is headed in a table: as it is called, in the table's own form; or what comes next there.
    fn heading(&self, table: &Table, is_tracker: bool, name: &str) -> String {
        let (sequence, named) = (self.sequence(table), Named::read(name));
        let current = || self.current_period(table).map(|named| named.name().to_owned());
        let next = || current().or_else(|| sequence.next().map(|next| next.text));
        let own = match &named {
            Some(named) => sequence.like(named).map(|named| named.text).or_else(next),
            // A name that tells no time is taken as it is.
            None if is_tracker && !name.trim().is_empty() => None,
            None => next(),
        };
        own.unwrap_or_else(|| name.trim().to_owned())
    }

    fn line(&self, table: &Table, wish: &TableWish, name: &str, at_date: &Insight) -> Line {
        let tracker = self.insight.trackers.iter().find(|tracker| tracker.table == table.id);
        let heading = wish.heading.clone().unwrap_or_else(|| self.heading(table, tracker.is_some(), name));
        let recording = match tracker {
            _ if heading.trim().is_empty() => Err("name the period first"),
            Some(tracker) => counts::recording(table, tracker, at_date, (&heading, self.in_workbook)),
            None => kpis::recording(table, (&heading, self.in_workbook)),
        };
        Line { table: table.id, title: table.title().to_owned(), is_tracker: tracker.is_some(), heading, recording }
    }
}

impl Closing {
    /// A period about to be closed, as it is proposed.
    #[must_use]
    pub fn of(grounds: Grounds<'_>, purpose: Purpose) -> Self {
        let tables = grounds.tables();
        let (name, day) = match purpose {
            Purpose::Close => grounds.proposed(&tables),
            Purpose::Record(only) => {
                let own: Vec<&Table> = tables.iter().copied().filter(|table| table.id == only).collect();
                grounds.proposed(&own).or_else(|| grounds.proposed(&tables))
            }
        }
        .unwrap_or_default();
        let in_sheet = |table: &&&Table| matches!(purpose, Purpose::Close) || purpose == Purpose::Record(table.id);
        let wish = |table: &&Table| {
            let record = table.kind != TableKind::Kpi || kpis::keeps_periods(table) || purpose != Purpose::Close;
            TableWish { table: table.id, record, replace: false, heading: None }
        };
        let draft = Draft {
            name,
            date: as_typed(day.unwrap_or_else(|| grounds.near())),
            date_is_typed: false,
            template: returns::board(),
            with_hidden: false,
            tables: tables.iter().filter(in_sheet).map(wish).collect(),
        };
        Self::drafted(grounds, purpose, draft)
    }

    /// The same as it is chosen otherwise.
    #[must_use]
    pub fn with(&self, grounds: Grounds<'_>, mut draft: Draft) -> Self {
        if draft.date != self.draft.date {
            draft.date_is_typed = true;
        } else if draft.name != self.draft.name && !draft.date_is_typed {
            let sequences = grounds.tables().into_iter().map(|table| grounds.sequence(table));
            let named = Named::read(&draft.name);
            let day = named.and_then(|named| {
                let own = sequences.into_iter().find_map(|sequence| sequence.last_day(&sequence.like(&named)?, grounds.near()));
                own.or_else(|| named.last_day(grounds.near()))
            });
            draft.date = day.map_or(draft.date, as_typed);
        }
        Self::drafted(grounds, self.purpose, draft)
    }

    fn drafted(grounds: Grounds<'_>, purpose: Purpose, draft: Draft) -> Self {
        let as_at = parse_when(&draft.date).and_then(When::last_day);
        let tells_overdue =
            |table: &Table| table.rows.iter().any(|row| row.cells.first().is_some_and(|cell| cell.text.to_lowercase().contains("overdue")));
        // Only what is overdue depends on the day.
        let at_date = as_at.filter(|day| Some(*day) != grounds.insight.as_of && grounds.tables().into_iter().any(tells_overdue));
        let at_date = at_date.map(|day| Insight::of(grounds.document, AsOf { given: Some(day), today: Some(grounds.today) }));
        let at_date = at_date.as_ref().unwrap_or(grounds.insight);
        let line = |wish: &TableWish| Some(grounds.line(grounds.document.table(wish.table)?, wish, &draft.name, at_date));
        let (tables, lines) = draft.tables.iter().filter_map(|wish| Some((wish.clone(), line(wish)?))).unzip();
        let has_hidden = grounds.document.tables.iter().any(publish::has_hidden);
        Self { purpose, as_at, lines, has_hidden, draft: Draft { tables, ..draft } }
    }

    /// What is recorded: where that is chosen, and what is there already gives way only where that is chosen too.
    pub fn recordings(&self) -> impl Iterator<Item = &Recording> {
        let chosen = self.draft.tables.iter().zip(&self.lines).filter(|(wish, _)| wish.record);
        chosen.filter_map(|(wish, line)| line.recording.as_ref().ok().filter(|recording| wish.replace || !recording.replaces()))
    }

    /// What was to be recorded and is not, in words.
    #[must_use]
    pub(in crate::app) fn refused(&self) -> Vec<String> {
        let told = |(wish, line): (&TableWish, &Line)| match &line.recording {
            Err(why) if wish.record => Some(format!("Not recorded in “{}”: {why}.", line.title)),
            Ok(recording) if wish.record && recording.replaces() && !wish.replace => {
                Some(format!("Not recorded in “{}”: {} is filled already.", line.title, recording.heading))
            }
            Err(_) | Ok(_) => None,
        };
        self.draft.tables.iter().zip(&self.lines).filter_map(told).collect()
    }

    /// The edits that record it in a document.
    #[must_use]
    pub fn changes(&self, document: &Document) -> Vec<Change> {
        self.recordings().filter(|recording| !recording.is_there()).flat_map(|recording| recording.changes(document)).collect()
    }

    /// Why it cannot be closed as it is chosen.
    #[must_use]
    pub fn why_not(&self) -> Option<&'static str> {
        match self.purpose {
            _ if self.draft.name.trim().is_empty() => Some("Name the period"),
            Purpose::Close if self.as_at.is_none() => Some("Type the date it stands at, such as 31/12/2026"),
            Purpose::Close => None,
            Purpose::Record(_) if self.recordings().all(Recording::is_there) => Some("There is nothing to record"),
            Purpose::Record(_) => None,
        }
    }

    /// What is worth a second look before it is closed.
    #[must_use]
    pub fn doubts(&self, document: &Document, today: Date) -> Vec<String> {
        let name = self.draft.name.trim();
        let again = document.frozen.iter().any(|frozen| frozen.name.eq_ignore_ascii_case(name));
        let again = again.then(|| format!("A return called {name} is frozen already; both are kept."));
        let to_come = self
            .as_at
            .filter(|day| *day > today)
            .map(|day| format!("{} is still to come: what is recorded is how the plan stands today.", day.strftime("%-d %B %Y")));
        let untold = Named::read(name).is_some_and(|named| named.last_day(today).is_none()) && !self.draft.date_is_typed;
        let untold = untold.then(|| "The name does not say on which day the period ends: check the date.".to_owned());
        [again, to_come, untold].into_iter().flatten().filter(|_| self.purpose == Purpose::Close).collect()
    }
}

/// What a period was closed with, once its return is written.
#[derive(Debug)]
pub struct Closed {
    pub frozen: FrozenReturn,
    /// What the rows of the return hold.
    pub(in crate::app) rows: RowMarks,
}

#[cfg(test)]
mod tests;
