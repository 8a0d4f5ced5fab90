//! One KPI's readings over time against its target: its earlier periods, the same words in other KPI tables, its current value.

use super::{Chart, ChartData, Subject};
use crate::insight::{Insight, Rating, figure_of, first_year, show_figure, years_of};
use crate::model::{Document, Figure, Role, Row, RowId, RowKind, Table, TableId, TableKind, Unit};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "trend",
    label: "History of a KPI",
    of: |document, insight, subject: Subject| TrendChart::of(document, insight, subject.table, subject.row?).map(ChartData::Trend),
};

/// One KPI over time.
#[derive(Clone, Debug, PartialEq)]
pub struct TrendChart {
    pub table: TableId,
    pub row: RowId,
    pub title: String,
    pub unit: Unit,
    /// Oldest first.
    pub readings: Vec<DataPoint>,
    /// The amount aimed at, as its owner wrote it.
    pub target: Option<(f64, String)>,
    pub rating: Rating,
    pub why: String,
    /// What its reader should know, such as that there is one reading only; empty when nothing.
    pub remark: String,
}

/// One value at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct DataPoint {
    /// As its owner headed it.
    pub period: String,
    pub amount: f64,
    /// As its owner wrote it.
    pub text: String,
    /// Whether it is the KPI's current value.
    pub current: bool,
}

impl TrendChart {
    /// The chart of one KPI; `None` when the row is gone or no KPI.
    #[must_use]
    pub fn of(document: &Document, insight: &Insight, table: TableId, row: RowId) -> Option<Self> {
        let held = document.table(table).filter(|table| table.kind == TableKind::Kpi)?;
        let kpi = held.row(row)?;
        let rated = insight.rating(table, row)?;
        let mut found = same_words(document, held, kpi);
        found.push((held, kpi));
        // The years in the tables' names tell their order; a stable sort leaves the rest as it stands, the KPI's own table last.
        found.sort_by_key(|(other, _)| first_year(&other.name).unwrap_or(if other.id == table { i32::MAX } else { 0 }));
        let all: Vec<(DataPoint, Unit)> = found.iter().flat_map(|(other, row)| readings(other, row, other.id == table)).collect();
        let unit = all.iter().find(|(reading, _)| reading.current).or(all.last()).map_or(Unit::Plain, |&(_, unit)| unit);
        let readings: Vec<DataPoint> = all.iter().filter(|(_, held)| held.joins(unit)).map(|(reading, _)| reading.clone()).collect();
        let target = held.cell(kpi, Role::Target).and_then(|cell| match figure_of(cell)? {
            Figure::Amount { amount, unit: held, .. } | Figure::Limit { amount, unit: held, .. }
                if held.joins(unit) || readings.is_empty() =>
            {
                Some((amount, cell.text.to_string()))
            }
            Figure::Amount { .. } | Figure::Limit { .. } | Figure::Range { .. } | Figure::Direction(_) | Figure::New | Figure::Several => {
                None
            }
        });
        let remark = remark(readings.len(), all.len() - readings.len());
        Some(Self { table, row, title: name(held, kpi), unit, readings, target, rating: rated.rating, why: rated.why.clone(), remark })
    }

    /// An amount in the chart's unit.
    #[must_use]
    pub fn show(&self, amount: f64) -> String {
        show_figure(amount, self.unit)
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{}\n", self.title);
        for reading in &self.readings {
            text += &format!("{}: {}\n", reading.period, reading.text);
        }
        if let Some((_, target)) = &self.target {
            text += &format!("Target: {target}\n");
        }
        text += &format!("{}. {}\n", self.rating.word(), self.why);
        if !self.remark.is_empty() {
            text += &format!("{}\n", self.remark);
        }
        text
    }
}

/// The KPI of the same words in each other KPI table.
fn same_words<'a>(document: &'a Document, table: &Table, kpi: &Row) -> Vec<(&'a Table, &'a Row)> {
    let Some(wanted) = table.cell(kpi, Role::Kpi).map(|cell| words(&cell.text)).filter(|words| !words.is_empty()) else {
        return Vec::new();
    };
    let others = document.of_kind(TableKind::Kpi).filter(|other| other.id != table.id);
    let found = others.filter_map(|other| {
        let column = other.role_position(Role::Kpi)?;
        let same = |row: &&Row| row.kind == RowKind::Entry && row.cells.get(column).is_some_and(|cell| words(&cell.text) == wanted);
        Some((other, other.rows.iter().find(same)?))
    });
    found.collect()
}

/// The amounts of a KPI's row, its periods first and its current value last.
fn readings(table: &Table, row: &Row, own: bool) -> Vec<(DataPoint, Unit)> {
    let of_role = |role| table.columns.iter().enumerate().filter(move |(_, column)| column.role == Some(role));
    let columns = of_role(Role::Period).chain(of_role(Role::Current).take(1));
    let read = columns.filter_map(|(at, column)| {
        let cell = row.cells.get(at)?;
        let Some(Figure::Amount { amount, unit, .. }) = figure_of(cell) else { return None };
        let current = column.role == Some(Role::Current);
        let period = if current { years_of(&table.name).unwrap_or_else(|| table.heading(at)) } else { table.heading(at) };
        Some((DataPoint { period, amount, text: cell.text.to_string(), current: current && own }, unit))
    });
    read.collect()
}

fn remark(shown: usize, left_out: usize) -> String {
    let first = match shown {
        0 => "There is no reading that can be plotted",
        1 => "There is only one reading so far. Edit > Record current values as a period keeps it for the trend",
        _ => "",
    };
    let left = match left_out {
        0 => String::new(),
        1 => "One reading in another unit is left out".to_owned(),
        more => format!("{more} readings in another unit are left out"),
    };
    [first, &left].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

fn name(table: &Table, row: &Row) -> String {
    let text = |role| table.cell(row, role).map(|cell| cell.text.replace('\n', " ")).filter(|text| !text.is_empty());
    [text(Role::Ref), text(Role::Kpi)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// A text without case, spacing and punctuation.
fn words(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
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
                2023-24: 100%
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
            2023-24: 100%
            Not rated. The target is a direction (maintain), not a number
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
                2023-24: 85%
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
                Q1 2023-24: 70%
                2023-24: 85%
                Target: 90%
                Near target. 85% falls short of the target of 90% by 5.56% of it, within the 10% allowed; higher is assumed to be better
                One reading in another unit is left out
            "#]],
        );
    }
}
