//! The histories of all KPIs of a table side by side, each on a scale of its own. Works out no figure itself.

use super::{Chart, ChartData, Subject, TrendChart};
use crate::insight::{Histories, Insight};
use crate::model::{Document, RowKind, Table, TableKind};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "multiples",
    label: "All histories",
    of_kind: TableKind::Kpi,
    of_row: false,
    of: |document, insight, subject: Subject| {
        let table = document.table(subject.table).filter(|table| table.kind == TableKind::Kpi)?;
        Some(ChartData::Multiples(MultiplesChart::of(document, table, insight)))
    },
};

/// The most KPIs that are drawn together.
const MOST: usize = 200;

/// All KPIs of a table over time.
#[derive(Clone, Debug, PartialEq)]
pub struct MultiplesChart {
    pub title: String,
    pub panels: Vec<TrendChart>,
    /// How many KPIs there are beyond those drawn.
    pub left_out: usize,
}

impl MultiplesChart {
    /// The chart of a KPI table.
    #[must_use]
    pub fn of(document: &Document, table: &Table, insight: &Insight) -> Self {
        let histories = Histories::of(document, insight);
        let kpis: Vec<_> = table.rows.iter().filter(|row| row.kind == RowKind::Entry).map(|row| row.id).collect();
        let panel = |row: &_| TrendChart::among(document, &histories, insight, table.id, *row);
        let panels: Vec<TrendChart> = kpis.iter().take(MOST).filter_map(panel).collect();
        Self { title: format!("{}: all histories", table.name), panels, left_out: kpis.len().saturating_sub(MOST) }
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        self.panels.iter().map(|panel| panel.text() + "\n").collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{AsOf, seed};

    #[test]
    fn every_kpi_has_its_history() {
        let document = seed::document();
        let insight = Insight::of(&document, AsOf::default());
        let chart = MultiplesChart::of(&document, &document.tables[2], &insight);
        assert_eq!((chart.panels.len(), chart.left_out), (13, 0));
        let text = chart.text();
        assert!(text.contains("6 Share of EHC plans on time\n2021-22: 98%"), "{text}");
        assert!(text.contains("7 Measure 7\nTarget: 90%"), "one without a figure is there too");
    }
}
