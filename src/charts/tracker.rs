//! The progress tracker as stacked columns, one a period, with the present counts at the end when they have moved on.

use super::{Chart, ChartData, Subject};
use crate::insight::{Insight, Tally, Tracker};
use crate::model::{Document, TableId, TableKind};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "tracker",
    label: "Progress by period",
    of_kind: TableKind::History,
    of_row: false,
    of: |document, insight, subject: Subject| TrackerChart::of(document, insight, subject.table).map(ChartData::Tracker),
};

/// What the column of the present counts is headed.
const NOW: &str = "Now";

/// Status counts by period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrackerChart {
    pub table: TableId,
    pub title: String,
    /// Oldest first.
    pub stacks: Vec<Stack>,
}

/// One column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    pub heading: String,
    pub counts: Tally,
    /// Whether it is counted now rather than recorded.
    pub now: bool,
}

impl TrackerChart {
    /// The chart of a history table; `None` when it holds no status counts.
    #[must_use]
    pub fn of(document: &Document, insight: &Insight, table: TableId) -> Option<Self> {
        document.table(table)?;
        let tracker = insight.trackers.iter().find(|tracker| tracker.table == table)?;
        Some(Self { table, title: tracker.name.clone(), stacks: stacks(tracker, insight) })
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        self.stacks.iter().map(|stack| stack.text() + "\n").collect()
    }
}

impl Stack {
    /// The column in words.
    #[must_use]
    pub fn text(&self) -> String {
        let parts = self.counts.iter().filter(|&(_, count)| count > 0);
        let parts: Vec<String> = parts.map(|(status, count)| format!("{} {count}", status.word().to_lowercase())).collect();
        format!("{}: {} in all, {}", self.heading, self.counts.total(), if parts.is_empty() { "none".to_owned() } else { parts.join(", ") })
    }
}

fn stacks(tracker: &Tracker, insight: &Insight) -> Vec<Stack> {
    let recorded = tracker.periods.iter().map(|period| Stack { heading: period.heading.clone(), counts: period.counts, now: false });
    let mut stacks: Vec<Stack> = recorded.collect();
    let present = insight.present(tracker);
    if present.total() > 0 && stacks.last().is_none_or(|last| last.counts != present) {
        stacks.push(Stack { heading: NOW.to_owned(), counts: present, now: true });
    }
    stacks
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::insight::{AsOf, seed};
    use crate::model::kinds::Kind;

    fn check(document: &Document, expected: Expect) {
        let insight = Insight::of(document, AsOf::default());
        expected.assert_eq(&TrackerChart::of(document, &insight, document.tables[1].id).expect("a tracker").text());
    }

    #[test]
    fn the_seed_tracker_stacks_seven_columns() {
        check(
            &seed::document(),
            expect![[r#"
            Aug 17: 33 in all, not started 20, in progress 13
            Nov 17: 33 in all, not started 8, in progress 25
            Feb 18: 33 in all, not started 5, minor problems 2, in progress 25, complete 1
            May 18: 35 in all, not started 5, minor problems 2, in progress 19, complete 9
            Aug 18: 35 in all, not started 5, minor problems 2, in progress 19, complete 9
            Oct 18: 35 in all, not started 5, minor problems 2, in progress 16, complete 12
            Jan-19: 35 in all, not started 5, minor problems 1, in progress 15, complete 14
        "#]],
        );
    }

    #[test]
    fn an_edit_shows_as_now() {
        let mut document = seed::document();
        document.tables[0].rows[3].cells[4] = Kind::Status.enter("Complete");
        document.tables[1].rows.iter_mut().for_each(|row| row.cells.truncate(2));
        document.tables[1].columns.truncate(2);
        check(
            &document,
            expect![[r#"
            Aug 17: 33 in all, not started 20, in progress 13
            Now: 35 in all, not started 5, minor problems 1, in progress 14, complete 15
        "#]],
        );
    }
}
