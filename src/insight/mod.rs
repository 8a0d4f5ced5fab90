//! Figures derived from a document: counts, ratings, what is overdue, what does not add up. Reads documents, never changes them.

mod as_of;
mod baseline;
mod changes;
mod checklist;
mod claims;
mod comments;
mod completion_dates;
mod conflicts;
mod counts;
mod dates;
mod direction;
mod doubts;
mod earlier;
mod entry_names;
mod exceptions;
mod figures;
mod freeze;
mod history;
mod kpi_columns;
mod kpi_links;
mod kpi_standing;
mod kpis;
mod leads;
mod lines;
mod log;
mod matching;
mod negation;
mod overdue;
mod owner_rating;
mod part_of_year;
mod rating;
mod ref_dates;
mod refs;
mod repeated_passages;
mod report;
mod rule;
#[cfg(test)]
pub(crate) mod seed;
mod signed_by;
mod slip;
mod spc;
mod stated_counts;
mod status_checks;
mod status_conflicts;
mod summaries;
mod tense;
mod text;
mod thresholds;
mod tolerance;
mod totals;
mod tracker;
mod truncated;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::model::{Document, RowId, Status, TableId, TableKind};
use crate::notes::Note;
use crate::publish;

pub use as_of::{AsOf, Basis, Judged, judged};
pub use baseline::told_of;
pub use changes::{ActionChange, Changed, Changes, KpiChange, KpiWhat, Unanswered, What, changes};
pub use checklist::{Answer, Check, Gap, Hidden, Question, checklist};
pub use claims::{Claim, unshown_claims};
pub use counts::{StatusCounts, Tally, counts};
pub use earlier::{first_year, years_of};
pub use exceptions::{Exception, Exceptions, Missing, Said, exceptions};
pub use figures::{figure_of, show_figure};
pub use freeze::freeze;
pub use history::{Histories, History, PeriodFigure, PeriodTarget};
pub use kpi_links::{KpiLink, kpi_links, speaking_of};
pub use kpi_standing::{KpiStanding, Travel, kpi_ratings, kpi_standings};
pub use leads::{BETWEEN_LEADS, leads};
pub use log::{Logged, entries as log_entries};
pub use overdue::{LateGroup, Overdue, overdue};
pub use rating::{Aim, Rated, Rating};
pub use report::Report;
pub use rule::{rule_of, stated_rule};
pub use slip::Slip;
pub use spc::{Assurance, FULL_LIMITS, LEAST_FIGURES, Side, Signal, Spc, SpcRule, Variation};
pub use stated_counts::{Stated, stated, stated_in};
pub use tracker::{Deltas, Period, Tracker, changes_between, deltas, signed, tracker, trackers};

/// How one plan stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanStanding {
    pub table: TableId,
    pub counts: StatusCounts,
    /// How the line counts changed since the previous column of the tracker that counts this plan alone.
    pub deltas: Option<Deltas>,
    /// The counts its own summary states.
    pub stated: Vec<Stated>,
    /// The day its ends are judged at; `None` when it states none, and neither another nor today was given.
    pub judged: Option<Judged>,
}

/// Everything derived from a document, worked out in one go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Insight {
    /// The day given, or the one that all plans are judged at; `None` where there is no such day.
    pub as_of: Option<Date>,
    /// Today, where it was told.
    pub today: Option<Date>,
    /// The counts over all plans.
    pub counts: StatusCounts,
    /// Each plan, in document order.
    pub plans: Vec<PlanStanding>,
    /// Each history table that holds status counts, in document order.
    pub trackers: Vec<Tracker>,
    /// The rating of each KPI.
    pub ratings: HashMap<(TableId, RowId), Rated>,
    /// The unfinished lines past their end, in document order.
    pub overdue: Vec<Overdue>,
    /// How many entries of a table are hidden in the workbook, and how many only a filter keeps out of sight there, where any are.
    pub out_of_sight: HashMap<TableId, (usize, usize)>,
    /// What does not add up, in document order.
    pub notes: Vec<Note>,
}

impl Insight {
    /// Works everything out, with what does not add up.
    #[must_use]
    pub fn of(document: &Document, as_of: AsOf) -> Self {
        let mut insight = Self::figures(document, as_of);
        insight.notes = conflicts::notes_from(document, &insight);
        insight
    }

    /// Works the figures out without what does not add up, each plan judged at the day given, its own review date, the document's or today, whichever there is first.
    #[must_use]
    pub fn figures(document: &Document, as_of: AsOf) -> Self {
        let mut insight = Self { trackers: trackers(document), today: as_of.today, ..Self::default() };
        for table in document.of_kind(TableKind::Plan) {
            let counts = counts(table);
            insight.counts.add(&counts);
            let tracker = insight.trackers.iter().find(|tracker| tracker.plans == [table.id]);
            let deltas = tracker.and_then(|tracker| deltas(tracker, &counts.lines));
            let judged = judged(document, table, as_of);
            insight.overdue.extend(judged.into_iter().flat_map(|judged| overdue(table, judged.day)));
            insight.plans.push(PlanStanding { table: table.id, counts, deltas, stated: stated(table), judged });
        }
        insight.as_of = as_of.given.or_else(|| insight.judged().map(|judged| judged.day));
        let earlier = earlier::Earlier::of(document);
        for table in document.of_kind(TableKind::Kpi) {
            insight.ratings.extend(rating::ratings_beside(table, &earlier).into_iter().map(|(row, rated)| ((table.id, row), rated)));
        }
        let hidden = document.tables.iter().map(|table| (table.id, publish::out_of_sight(table)));
        insight.out_of_sight = hidden.filter(|(_, counts)| *counts != (0, 0)).collect();
        insight
    }

    /// The day that the ends of all plans are judged at, where it is one day by one reason.
    #[must_use]
    pub fn judged(&self) -> Option<Judged> {
        let mut all = self.plans.iter().map(|plan| plan.judged);
        let first = all.next()??;
        all.all(|judged| judged == Some(first)).then_some(first)
    }

    /// When ends are judged, in words: `at the plan's review date, 31 January 2019`; nothing where there is no plan.
    #[must_use]
    pub fn judged_when(&self) -> Option<String> {
        let each = || self.plans.iter().any(|plan| plan.judged.is_some()).then(|| "at a date of its own for each plan".to_owned());
        self.judged().map(Judged::when).or_else(each)
    }

    /// How one plan stands.
    #[must_use]
    pub fn plan(&self, table: TableId) -> Option<&PlanStanding> {
        self.plans.iter().find(|plan| plan.table == table)
    }

    /// The lines counted now in the plans a tracker counts.
    #[must_use]
    pub fn present(&self, tracker: &Tracker) -> Tally {
        let mut sum = Tally::default();
        for plan in self.plans.iter().filter(|plan| tracker.plans.contains(&plan.table)) {
            plan.counts.lines.iter().for_each(|(status, count)| sum.add(status, count));
        }
        sum
    }

    /// How many of a table's entries its workbook hides, to be said after their count; empty where it hides none.
    #[must_use]
    pub fn hidden_words(&self, table: TableId) -> String {
        let (hidden, filtered) = self.out_of_sight.get(&table).copied().unwrap_or_default();
        let hidden = (hidden > 0).then(|| format!("{hidden} hidden in the workbook"));
        let filtered = (filtered > 0).then(|| format!("{filtered} out of sight by a filter there"));
        let words: Vec<String> = hidden.into_iter().chain(filtered).collect();
        if words.is_empty() { String::new() } else { format!(", of them {}", words.join(" and ")) }
    }

    /// The rating of a KPI.
    #[must_use]
    pub fn rating(&self, table: TableId, row: RowId) -> Option<&Rated> {
        self.ratings.get(&(table, row))
    }

    /// How many KPIs of a table have each rating, in the order of `Rating::ALL`.
    #[must_use]
    pub fn rating_counts(&self, table: TableId) -> [usize; 4] {
        let mut counts = [0; 4];
        for (_, rated) in self.ratings.iter().filter(|((held, _), _)| *held == table) {
            counts[rated.rating as usize] += 1;
        }
        counts
    }
}

/// How bad a status is, for an action that has several: problems first, then what is least far on.
pub(crate) fn badness(status: Status) -> u8 {
    match status {
        Status::MajorProblems => 6,
        Status::MinorProblems => 5,
        Status::OnHold => 4,
        Status::NotStarted => 3,
        Status::InProgress => 2,
        Status::Complete => 1,
        // An action of which one line was cancelled stands as its other lines do.
        Status::Cancelled => 0,
    }
}
