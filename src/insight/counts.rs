//! Status counts by line and by action. The unit counted is always explicit, because an action may have several lines.

use super::badness;
use crate::model::{RowKind, Status, Table};

/// How many there are of each status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally([usize; 7]);

impl Tally {
    /// A tally of the five of the RAG key, in its order, with none on hold or cancelled.
    #[cfg(test)]
    #[must_use]
    pub(super) fn new([not_started, major, minor, in_progress, complete]: [usize; 5]) -> Self {
        Self([not_started, major, minor, in_progress, complete, 0, 0])
    }

    /// How many have a status.
    #[must_use]
    pub fn get(&self, status: Status) -> usize {
        self.0[status as usize]
    }

    /// Adds some of a status.
    pub fn add(&mut self, status: Status, count: usize) {
        self.0[status as usize] += count;
    }

    /// How many there are in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Those that are listed, with their counts: the five of the RAG key, and of the others those there are any of.
    pub fn listed(&self) -> impl Iterator<Item = (Status, usize)> + use<> {
        self.iter().filter(|(status, count)| *count > 0 || Status::RAG.contains(status))
    }

    /// How many are done, of how many that are still to be delivered: what is cancelled is neither.
    #[must_use]
    pub fn done(&self) -> (usize, usize) {
        (self.get(Status::Complete), self.total() - self.get(Status::Cancelled))
    }

    /// Each status with its count, in the order of `Status::ALL`.
    pub fn iter(&self) -> impl Iterator<Item = (Status, usize)> + use<> {
        Status::ALL.into_iter().zip(self.0)
    }
}

/// The counts of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts {
    /// By line: each entry or continuation line that states a status counts once.
    pub lines: Tally,
    /// By action: one with several statuses counts once, by its worst (problems first, then what is least far on),
    /// so that an action is complete only when all its lines are.
    pub actions: Tally,
    /// How many actions there are, with a status or without.
    pub action_count: usize,
    /// How many lines there are: those that state a status, and actions of which no line does.
    pub line_count: usize,
    /// Actions of which no line states a status.
    pub without_status: usize,
}

impl StatusCounts {
    /// Adds another plan's counts.
    pub fn add(&mut self, other: &Self) {
        for status in Status::ALL {
            self.lines.add(status, other.lines.get(status));
            self.actions.add(status, other.actions.get(status));
        }
        self.action_count += other.action_count;
        self.line_count += other.line_count;
        self.without_status += other.without_status;
    }

    /// Takes in a whole action, by its worst status.
    fn close(&mut self, worst: Option<Status>) {
        self.action_count += 1;
        if let Some(worst) = worst {
            self.actions.add(worst, 1);
        } else {
            self.line_count += 1;
            self.without_status += 1;
        }
    }
}

/// The counts of one table, whatever its kind.
#[must_use]
pub fn counts(table: &Table) -> StatusCounts {
    let mut counts = StatusCounts::default();
    // The worst status so far of the action being read; `None` outside one.
    let mut open: Option<Option<Status>> = None;
    for row in &table.rows {
        if row.kind != RowKind::Line
            && let Some(worst) = open.take()
        {
            counts.close(worst);
        }
        if row.kind == RowKind::Entry {
            open = Some(None);
        }
        if let Some(status) = table.status_of(row).filter(|_| row.is_line()) {
            counts.lines.add(status, 1);
            counts.line_count += 1;
            if let Some(worst) = &mut open {
                *worst = (*worst).into_iter().chain([status]).max_by_key(|&status| badness(status));
            }
        }
    }
    if let Some(worst) = open {
        counts.close(worst);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn the_seed_plan_has_34_actions_and_35_lines() {
        let counts = counts(&seed::plan());
        assert_eq!((counts.action_count, counts.line_count, counts.without_status), (34, 35, 0));
        assert_eq!(counts.lines, Tally::new([5, 0, 1, 15, 14]));
        assert_eq!(counts.actions, Tally::new([5, 0, 1, 15, 13]), "1.2.1 is complete and in progress: in progress");
    }

    #[test]
    fn a_status_in_place_of_a_deadline_counts() {
        let counts = counts(&seed::recommendations());
        assert_eq!((counts.action_count, counts.line_count, counts.without_status), (4, 4, 2));
        assert_eq!(counts.lines.get(Status::Complete), 2);
    }

    #[test]
    fn an_empty_table_counts_nothing() {
        let mut table = seed::plan();
        table.rows.clear();
        assert_eq!(counts(&table), StatusCounts::default());
    }
}
