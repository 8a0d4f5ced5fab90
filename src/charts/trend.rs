//! One KPI's figures over time, each against the target of its period. Finds and rates none of them itself.

use super::{Chart, ChartData, Subject};
use crate::insight::{Histories, Insight, PeriodFigure, PeriodTarget, Rating, show_figure};
use crate::model::{Arrow, Document, Polarity, Role, Row, RowId, Table, TableId, TableKind, Unit};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "trend",
    label: "History of a KPI",
    of_kind: TableKind::Kpi,
    of_row: true,
    of: |document, insight, subject: Subject| TrendChart::of(document, insight, subject.table, subject.row?).map(ChartData::Trend),
};

/// One KPI over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendChart {
    pub table: TableId,
    pub row: RowId,
    pub title: String,
    pub unit: Unit,
    /// Which way is better.
    pub polarity: Polarity,
    /// Oldest first.
    pub readings: Vec<PeriodFigure>,
    /// The present target where it is an amount.
    pub target: Option<PeriodTarget>,
    pub rating: Rating,
    pub why: String,
    /// What its reader should know, such as that there is one reading only; empty when nothing.
    pub remark: String,
}

impl TrendChart {
    /// The chart of one KPI; `None` when the row is gone or no KPI.
    #[must_use]
    pub fn of(document: &Document, insight: &Insight, table: TableId, row: RowId) -> Option<Self> {
        Self::among(document, &Histories::of(document, insight), insight, table, row)
    }

    /// The same out of histories that are read already.
    pub(super) fn among(document: &Document, histories: &Histories<'_>, insight: &Insight, table: TableId, row: RowId) -> Option<Self> {
        let held = document.table(table)?;
        let history = histories.of_kpi(table, row)?;
        let rated = insight.rating(table, row)?;
        let remark = remark(history.figures.len(), &history.left_out, history.direction);
        Some(Self {
            table,
            row,
            title: name(held, held.row(row)?),
            unit: history.unit,
            polarity: history.polarity,
            readings: history.figures,
            target: history.target,
            rating: rated.rating,
            why: rated.why.clone(),
            remark,
        })
    }

    /// An amount in the chart's unit.
    #[must_use]
    pub fn show(&self, amount: f64) -> String {
        show_figure(amount, self.unit)
    }

    /// Every amount that is drawn: the readings, their targets and the present one.
    #[must_use]
    pub fn amounts(&self) -> Vec<f64> {
        let targets = self.readings.iter().filter_map(|reading| reading.target.as_ref()).chain(&self.target);
        let targets: Vec<f64> = targets.flat_map(|target| [target.low, target.high]).collect();
        self.readings.iter().map(|reading| reading.amount).chain(targets).collect()
    }

    /// The amounts at which a reading is amber against a target: below it, above it, or on both sides.
    #[must_use]
    pub fn bands(&self, target: &PeriodTarget) -> Vec<(f64, f64)> {
        let (below, above) = ((target.low - target.allowed, target.low), (target.high, target.high + target.allowed));
        let bands = match self.polarity {
            Polarity::HigherIsBetter | Polarity::FromTarget => vec![below],
            Polarity::LowerIsBetter => vec![above],
            Polarity::Maintain => vec![below, above],
        };
        bands.into_iter().filter(|(low, high)| high > low).collect()
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for reading in &self.readings {
            text += &format!("{}\n", reading_text(reading));
        }
        if let Some(target) = &self.target {
            text += &format!("Target: {}\n", target.text);
        }
        text += &format!("{}. {}\n", self.rating.word(), self.why);
        if !self.remark.is_empty() {
            text += &format!("{}\n", self.remark);
        }
        text
    }
}

/// A reading in words: `Q1 2024-25: 82, target 80, on target`.
#[must_use]
pub(crate) fn reading_text(reading: &PeriodFigure) -> String {
    let target = reading
        .target
        .as_ref()
        .map_or_else(String::new, |target| format!(", {}target {}", if target.of_period { "" } else { "present " }, target.text));
    let rating = if reading.rating == Rating::Grey { String::new() } else { format!(", {}", reading.rating.word().to_lowercase()) };
    format!("{}: {}{target}{rating}", reading.period, reading.text)
}

fn remark(shown: usize, left_out: &[(String, String)], direction: Option<Arrow>) -> String {
    let first = match shown {
        0 => "There is no reading that can be plotted",
        1 => "There is only one reading so far. Edit > Record current values as a period keeps it for the trend",
        _ => "",
    };
    let way = match direction {
        Some(_) if shown == 1 => "Its target is a direction, which the figure of an earlier period would be held against",
        Some(_) if shown > 1 => "Its target is a direction, so each reading is held against the one before",
        _ => "",
    };
    let named: Vec<String> = left_out.iter().take(3).map(|(period, text)| format!("“{text}” of {period}")).collect();
    let more = if left_out.len() > 3 { format!(" and {} more", left_out.len() - 3) } else { String::new() };
    let left =
        if named.is_empty() { String::new() } else { format!("Not drawn, as no amount in the same unit: {}{more}", named.join(", ")) };
    [first, way, &left].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

/// A KPI's number and words.
pub(super) fn name(table: &Table, row: &Row) -> String {
    let text = |role| table.cell(row, role).map(|cell| cell.text.replace('\n', " ")).filter(|text| !text.is_empty());
    [text(Role::Ref), text(Role::Kpi)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::insight::{AsOf, seed};
    use crate::model::kinds::Kind;
    use crate::model::{Cell, Column, ColumnId};

    fn check(document: &Document, table: usize, at: usize, expected: Expect) {
        let table = &document.tables[table];
        let chart = TrendChart::of(document, &Insight::of(document, AsOf::default()), table.id, table.rows[at].id).expect("a KPI");
        expected.assert_eq(&chart.text());
    }

    #[test]
    fn the_same_words_in_an_earlier_table_are_an_earlier_reading() {
        check(
            &seed::document(),
            2,
            5,
            expect![[r#"
                6 Share of EHC plans on time
                2021-22: 98%
                2023-24: 100%, target 100%, on target
                Target: 100%
                On target. 100% meets the target of 100%; higher is better, as its name says “on time”
            "#]],
        );
        check(
            &seed::document(),
            3,
            1,
            expect![[r#"
                Share of EHC plans on time
                2021-22: 98%
                2023-24: 100%, target 100%, on target
                Not rated. The target is a direction (maintain), not a number
                Its target is a direction, so each reading is held against the one before
            "#]],
        );
    }

    #[test]
    fn one_reading_is_said_plainly() {
        check(
            &seed::document(),
            2,
            12,
            expect![[r#"
                13 Measure 13
                2023-24: 85%, target 90%, near target
                Target: 90%
                Near target. 85% falls short of the target of 90% by 5.56% of it, within the 10% allowed; higher is assumed to be better
                There is only one reading so far. Edit > Record current values as a period keeps it for the trend
            "#]],
        );
        check(
            &seed::document(),
            2,
            6,
            expect![[r#"
            7 Measure 7
            Target: 90%
            Not rated. There is no figure yet: the KPI is new
            There is no reading that can be plotted
        "#]],
        );
    }

    #[test]
    fn period_columns_come_before_the_current_value() {
        let mut document = seed::document();
        let table = &mut document.tables[2];
        for (heading, text) in [("Q1 2023-24", "70%"), ("Q2 2023-24", "7")] {
            let at = table.columns.len() - 2;
            let id = ColumnId(heading.len() as u32 + at as u32 * 100);
            let column =
                Column { id, heading: heading.into(), role: Some(Role::Period), kind: Kind::Figure, width: 60.0, ..Column::default() };
            table.columns.insert(at, column);
            table.rows.iter_mut().for_each(|row| row.cells.insert(at, Cell::default()));
            table.rows[12].cells[at] = Kind::Figure.enter(text);
        }
        check(
            &document,
            2,
            12,
            expect![[r#"
                13 Measure 13
                Q1 2023-24: 70%, present target 90%, off target
                2023-24: 85%, target 90%, near target
                Target: 90%
                Near target. 85% falls short of the target of 90% by 5.56% of it, within the 10% allowed; higher is assumed to be better
                Not drawn, as no amount in the same unit: “7” of Q2 2023-24
            "#]],
        );
    }
}
