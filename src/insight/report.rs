//! Everything a return says of a document, worked out once: for pages of a workbook and for pages of paper alike. Lays nothing out.

use super::{AsOf, Changes, Exceptions, Insight, KpiStanding, changes, exceptions, kpi_standings};
use crate::model::{Document, FrozenReturn, Overridden, Status};

/// A document with all that is said of it in a return.
#[derive(Clone, Debug)]
pub struct Report<'doc> {
    /// What leaves the program: without what its owner hid, unless that was chosen.
    pub document: &'doc Document,
    /// The days it is judged at.
    pub as_of: AsOf,
    /// Without what does not add up.
    pub insight: Insight,
    /// Every KPI, in order.
    pub kpis: Vec<KpiStanding>,
    /// What changed since the baseline, where there is one.
    pub changes: Option<Changes>,
    pub exceptions: Exceptions,
    /// The questions that were passed over before it went, each with why.
    pub overridden: Vec<Overridden>,
}

impl<'doc> Report<'doc> {
    /// Works everything out, held against an earlier return where one is given.
    #[must_use]
    pub fn of(document: &'doc Document, as_of: AsOf, baseline: Option<&FrozenReturn>) -> Self {
        let insight = Insight::figures(document, as_of);
        let kpis = kpi_standings(document, &insight);
        let changes = baseline.map(|baseline| changes(baseline, document, &insight));
        let exceptions = exceptions(document, &insight, &kpis, changes.as_ref());
        Self { document, as_of, insight, kpis, changes, exceptions, overridden: Vec::new() }
    }

    /// The statuses that are listed with their lines: those of the RAG key, and of the others those there are any of, or were at the baseline, so
    /// that changes add up.
    #[must_use]
    pub fn listed(&self) -> Vec<(Status, usize)> {
        let was = |status: Status| self.changes.as_ref().is_some_and(|changes| changes.before.get(status) > 0);
        let is_listed = |(status, count): &(Status, usize)| *count > 0 || Status::RAG.contains(status) || was(*status);
        self.insight.counts.lines.iter().filter(is_listed).collect()
    }

    /// The day it stands at, in words: `31 January 2019`; empty where no day is known.
    #[must_use]
    pub fn as_at(&self) -> String {
        self.insight.as_of.map_or_else(String::new, |day| day.strftime("%-d %B %Y").to_string())
    }
}
