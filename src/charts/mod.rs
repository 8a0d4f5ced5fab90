//! One file per chart: from a document to plain numbers and words. Knows nothing of how they are drawn.

mod bullet;
mod control;
pub(crate) mod marks;
mod multiples;
mod timeline;
mod tracker;
mod trend;

use crate::insight::Insight;
use crate::model::{Document, RowId, TableId, TableKind};

pub use bullet::{Band, Before, BulletChart, BulletRow, Mark};
pub use control::ControlChart;
pub use multiples::MultiplesChart;
pub use timeline::{BarEnd, TimeBar, TimelineChart, TimelineLine, TimelineOrder};
pub use tracker::{Stack, TrackerChart};
pub use trend::TrendChart;
#[cfg(feature = "window")]
pub(crate) use trend::reading_text;

/// What a chart is drawn of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    pub table: TableId,
    /// The KPI, for a chart of a single one.
    pub row: Option<RowId>,
}

/// A chart as plain numbers and words.
#[derive(Clone, Debug, PartialEq)]
pub enum ChartData {
    Bullet(BulletChart),
    Trend(TrendChart),
    Multiples(MultiplesChart),
    Control(ControlChart),
    Tracker(TrackerChart),
    Timeline(TimelineChart),
}

impl ChartData {
    /// What stands above it.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Bullet(chart) => &chart.title,
            Self::Trend(chart) => &chart.title,
            Self::Multiples(chart) => &chart.title,
            Self::Control(chart) => &chart.title,
            Self::Tracker(chart) => &chart.title,
            Self::Timeline(chart) => &chart.title,
        }
    }

    /// Every figure of it as lines of text, for those who cannot see it.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Bullet(chart) => chart.text(),
            Self::Trend(chart) => chart.text(),
            Self::Multiples(chart) => chart.text(),
            Self::Control(chart) => chart.text(),
            Self::Tracker(chart) => chart.text(),
            Self::Timeline(chart) => chart.text(),
        }
    }
}

/// One chart there is.
pub struct Chart {
    /// A stable name.
    pub name: &'static str,
    /// What its menu entry says.
    pub label: &'static str,
    /// The kind of table it is drawn of.
    pub of_kind: TableKind,
    /// Whether it is drawn of one row and no other.
    pub of_row: bool,
    /// Draws it of a subject; `None` when the subject is of another kind or gone.
    pub of: fn(&Document, &Insight, Subject) -> Option<ChartData>,
}

/// Every chart.
pub const ALL: [Chart; 6] = [bullet::CHART, multiples::CHART, trend::CHART, control::CHART, tracker::CHART, timeline::CHART];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::insight::{AsOf, seed};

    #[test]
    fn names_are_unique_and_a_subject_that_is_gone_draws_nothing() {
        assert_eq!(ALL.iter().map(|chart| chart.name).collect::<BTreeSet<_>>().len(), ALL.len());
        for document in [Document::default(), seed::document()] {
            let insight = Insight::of(&document, AsOf::default());
            for chart in ALL {
                assert_eq!((chart.of)(&document, &insight, Subject { table: TableId(99), row: None }), None, "{}", chart.name);
            }
        }
    }
}
