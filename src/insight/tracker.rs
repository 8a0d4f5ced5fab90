//! The progress tracker: a history table read as status counts by period. Compares counts, never edits them.

use super::Tally;
use crate::model::{Cell, Document, Role, Status, Table, TableId, TableKind};

/// The counts of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// As its owner headed it: `Aug 17`.
    pub heading: String,
    /// Which column it stands in.
    pub column: usize,
    pub counts: Tally,
    /// Whether formulas gave them, so that they are of now, as soon as they are worked out again.
    pub by_formulas: bool,
}

/// A history table as periods, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    pub table: TableId,
    pub name: String,
    /// The plans whose lines it counts; known once the whole document is read.
    pub plans: Vec<TableId>,
    /// Which row holds each status, in the order of `Status::ALL`.
    pub rows: [Option<usize>; 7],
    pub periods: Vec<Period>,
}

/// How counts changed since a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deltas {
    /// The period they are compared with.
    pub since: String,
    /// The changes, in the order of `Status::ALL`.
    pub changes: [i64; 7],
}

impl Deltas {
    /// The change of one status.
    #[must_use]
    pub fn get(&self, status: Status) -> i64 {
        self.changes[status as usize]
    }
}

/// Reads a history table; `None` when its first column holds no statuses or no other column holds counts.
#[must_use]
pub fn tracker(table: &Table) -> Option<Tracker> {
    let mut rows = [None; 7];
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        let first = row.cells.first();
        let status = first.and_then(|cell| cell.status().or_else(|| Status::parse(&cell.text)));
        if let Some(status) = status {
            rows[status as usize].get_or_insert(at);
        }
    }
    let period = |column: usize| {
        let mut counts = Tally::default();
        let (mut any, mut by_formulas) = (false, true);
        for (status, row) in Status::ALL.into_iter().zip(rows) {
            let Some(cell) = row.and_then(|row| table.rows[row].cells.get(column)) else { continue };
            if let Some(count) = count(cell) {
                counts.add(status, count);
                any = true;
                by_formulas &= cell.formula;
            }
        }
        any.then(|| Period { heading: table.heading(column), column, counts, by_formulas })
    };
    let periods: Vec<Period> = (1..table.columns.len()).filter_map(period).collect();
    (!periods.is_empty()).then(|| Tracker { table: table.id, name: table.name.clone(), plans: Vec::new(), rows, periods })
}

/// How counts changed since the tracker's previous column: its last one, or the one before if the last holds the present counts already, or
/// formulas that count them.
#[must_use]
pub fn deltas(tracker: &Tracker, present: &Tally) -> Option<Deltas> {
    let mut before = tracker.periods.iter().rev();
    let previous = before.next().filter(|last| last.counts != *present && !last.by_formulas).or_else(|| before.next())?;
    Some(Deltas { since: previous.heading.clone(), changes: changes_between(&previous.counts, present) })
}

/// The changes from one tally to another, in the order of `Status::ALL`.
#[must_use]
pub fn changes_between(from: &Tally, to: &Tally) -> [i64; 7] {
    Status::ALL.map(|status| signed(to.get(status)) - signed(from.get(status)))
}

/// Reads every tracker of a document, each with the plans it counts: those between it and the tracker before it,
/// only those with a status column where any has one, or the document's only plan wherever that stands.
#[must_use]
pub fn trackers(document: &Document) -> Vec<Tracker> {
    let all: Vec<&Table> = document.of_kind(TableKind::Plan).collect();
    let mut trackers = Vec::new();
    let mut plans: Vec<&Table> = Vec::new();
    for table in &document.tables {
        match table.kind {
            TableKind::Plan => plans.push(table),
            TableKind::History => {
                let Some(mut tracker) = tracker(table) else { continue };
                let mut counted = std::mem::take(&mut plans);
                if let ([only], true) = (&all[..], counted.is_empty()) {
                    counted.push(*only);
                }
                let rated = |plan: &&Table| plan.role_position(Role::Status).is_some();
                if counted.iter().any(rated) {
                    counted.retain(rated);
                }
                tracker.plans = counted.iter().map(|plan| plan.id).collect();
                trackers.push(tracker);
            }
            TableKind::Kpi | TableKind::Register => {}
        }
    }
    trackers
}

/// A count as a signed number; plans do not come near its limit.
#[must_use]
pub fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The whole number in a cell, whether stored or spelt.
fn count(cell: &Cell) -> Option<usize> {
    match cell.amount() {
        Some(number) if number >= 0.0 && number.fract() == 0.0 && number < 1e9 => Some(number as usize),
        Some(_) => None,
        None => cell.text.trim().parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn the_seed_tracker_has_seven_periods() {
        let tracker = tracker(&seed::tracker()).expect("a tracker");
        let totals: Vec<usize> = tracker.periods.iter().map(|period| period.counts.total()).collect();
        assert_eq!(totals, [33, 33, 33, 35, 35, 35, 35]);
        assert_eq!(tracker.periods[0].heading, "Aug 17");
        assert_eq!(tracker.periods[6].counts, Tally::new([5, 0, 1, 15, 14]));
    }

    #[test]
    fn the_last_column_is_passed_over_when_it_holds_the_present_counts() {
        let tracker = tracker(&seed::tracker()).expect("a tracker");
        let against_october = deltas(&tracker, &Tally::new([5, 0, 1, 15, 14])).expect("a previous column");
        assert_eq!((&*against_october.since, against_october.changes), ("Oct 18", [0, 0, -1, -1, 2, 0, 0]));
        let edited = deltas(&tracker, &Tally::new([5, 0, 1, 14, 15])).expect("a previous column");
        assert_eq!((&*edited.since, edited.changes), ("Jan-19", [0, 0, 0, -1, 1, 0, 0]));
        let only = Tracker { periods: tracker.periods[6..].to_vec(), ..tracker };
        assert_eq!(deltas(&only, &Tally::new([5, 0, 1, 15, 14])), None);
    }

    #[test]
    fn a_tracker_counts_the_plans_before_it() {
        let mut document = seed::document();
        let plans = |document: &Document| trackers(document).iter().map(|tracker| tracker.plans.clone()).collect::<Vec<_>>();
        assert_eq!(plans(&document), [[TableId(1)]]);
        document.tables.swap(0, 1);
        assert_eq!(plans(&document), [[TableId(1)]], "the only plan, though it stands after");
        document.tables.swap(0, 1);
        document.tables.insert(0, Table { id: TableId(9), ..seed::recommendations() });
        assert_eq!(plans(&document), [[TableId(1)]], "recommendations have no status column");
    }

    #[test]
    fn other_tables_are_no_trackers() {
        assert_eq!(tracker(&seed::kpis()), None);
    }
}
