//! One KPI's figures over time: earlier periods, the same words in other KPI tables, the current value, each rated. Draws nothing.

use std::collections::HashMap;

use super::Insight;
use super::earlier::{Earlier, first_year, years_of};
use super::figures::figure_of;
use super::kpi_columns::{KpiColumns, Reading};
use super::rating::{Aim, Rated, Rating, rate_reading};
use super::rule::Stated;
use crate::model::{Arrow, Cell, Document, Figure, Polarity, Role, Row, RowId, RowKind, Table, TableId, TableKind, Unit};

/// One figure at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodFigure {
    /// As its owner headed it.
    pub period: String,
    /// In the history's unit.
    pub amount: f64,
    /// As its owner wrote it.
    pub text: String,
    /// Whether it is the KPI's current value.
    pub current: bool,
    /// What it is held against; `None` where that is no amount.
    pub target: Option<PeriodTarget>,
    pub rating: Rating,
    pub why: String,
}

/// The target of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodTarget {
    /// The amount, or the lower and upper end of a band, in the history's unit.
    pub low: f64,
    pub high: f64,
    /// How far a figure may miss it and be amber.
    pub allowed: f64,
    /// As its owner wrote it.
    pub text: String,
    /// Whether it was stated for the period, rather than being the present one.
    pub of_period: bool,
}

/// One KPI over time.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub unit: Unit,
    /// Which way is better.
    pub polarity: Polarity,
    /// Oldest first.
    pub figures: Vec<PeriodFigure>,
    /// What stands in a period and is no amount, or one in another unit: its period and its text.
    pub left_out: Vec<(String, String)>,
    /// The way it is to go, where its target is that and no amount.
    pub direction: Option<Arrow>,
    /// The present target where it is an amount, also without a figure.
    pub target: Option<PeriodTarget>,
}

/// The KPI tables of a document, read once for the histories of all their KPIs.
pub struct Histories<'doc> {
    insight: &'doc Insight,
    sheets: Vec<Sheet<'doc>>,
    earlier: Earlier,
}

/// A KPI table, and where it has which words.
struct Sheet<'doc> {
    table: &'doc Table,
    stated: Stated<'doc>,
    by_words: HashMap<String, usize>,
}

impl<'doc> Histories<'doc> {
    /// The histories of a document's KPIs, with the ratings that were worked out of it.
    #[must_use]
    pub fn of(document: &'doc Document, insight: &'doc Insight) -> Self {
        let sheets = document.of_kind(TableKind::Kpi).map(Sheet::of).collect();
        Self { insight, sheets, earlier: Earlier::of(document) }
    }

    /// The history of one KPI; `None` when the row is gone or no KPI.
    #[must_use]
    pub fn of_kpi(&self, table: TableId, row: RowId) -> Option<History> {
        self.history(table, row, true)
    }

    /// The same, but for the targets and ratings of earlier periods, which take most of the time.
    #[must_use]
    pub fn unrated(&self, table: TableId, row: RowId) -> Option<History> {
        self.history(table, row, false)
    }

    fn history(&self, table: TableId, row: RowId, judged: bool) -> Option<History> {
        let own = self.sheets.iter().find(|sheet| sheet.table.id == table)?;
        let kpi = own.table.row(row).filter(|row| row.kind == RowKind::Entry)?;
        let rated = self.insight.rating(table, row)?;
        let mut found: Vec<(&Sheet<'_>, &Row)> = self.same_words(own, kpi);
        found.push((own, kpi));
        // The years in the tables' names tell their order; a stable sort leaves the rest as it stands, the KPI's own table last.
        found.sort_by_key(|(sheet, _)| first_year(&sheet.table.name).unwrap_or(if sheet.table.id == table { i32::MAX } else { 0 }));
        let mut read = Vec::new();
        let mut left_out = Vec::new();
        for (sheet, row) in found {
            self.figures(sheet, row, (sheet.table.id == table, judged), &mut read, &mut left_out);
        }
        let unit = read.iter().rev().find(|(figure, _)| figure.current).or(read.last()).map(|&(_, unit)| unit);
        let goal = own.stated.columns.read(kpi).target.map(|(_, cell)| cell);
        let unit = unit.or_else(|| goal.and_then(figure_of)?.unit()).unwrap_or(Unit::Plain);
        let (kept, others): (Vec<_>, Vec<_>) = read.into_iter().partition(|(_, held)| held.joins(unit));
        let figures: Vec<PeriodFigure> = kept.into_iter().map(|(figure, _)| figure).collect();
        left_out.extend(others.into_iter().map(|(figure, _)| (figure.period, figure.text)));
        let direction = match goal.and_then(figure_of) {
            Some(Figure::Direction(arrow)) => Some(arrow),
            _ => None,
        };
        let target = figures.last().filter(|figure| figure.current).and_then(|figure| figure.target.clone());
        let target = target.or_else(|| alone(goal?, unit, rated));
        Some(History { unit, polarity: rated.polarity, figures, left_out, direction, target })
    }

    /// The KPI of the same words in each other KPI table.
    fn same_words(&self, own: &Sheet<'_>, kpi: &Row) -> Vec<(&Sheet<'doc>, &'doc Row)> {
        let Some(wanted) = own.table.cell(kpi, Role::Kpi).map(|cell| letters(&cell.text)).filter(|words| !words.is_empty()) else {
            return Vec::new();
        };
        let others = self.sheets.iter().filter(|other| other.table.id != own.table.id);
        others.filter_map(|other| Some((other, &other.table.rows[*other.by_words.get(&wanted)?]))).collect()
    }

    /// Adds the figures of a row, its periods first and its current value last.
    fn figures(
        &self,
        sheet: &Sheet<'_>,
        row: &Row,
        (own, judged): (bool, bool),
        read: &mut Vec<(PeriodFigure, Unit)>,
        left_out: &mut Vec<(String, String)>,
    ) {
        let (table, columns) = (sheet.table, &sheet.stated.columns);
        let whole = columns.read(row);
        let sourced = judged.then(|| sheet.stated.rule(row, &whole));
        let again = KpiColumns::is_current_again(&whole);
        for (at, &(period, cell)) in whole.filled.iter().enumerate() {
            let is_last = at + 1 == whole.filled.len();
            let heading = table.heading(period.column);
            let (reading, of_period) = columns.read_period(row, &whole, at);
            let current = own && is_last && (again || whole.by_period);
            let rated = match self.insight.rating(table.id, row.id).filter(|_| current) {
                Some(rated) => Some(rated.clone()),
                None => sourced.clone().map(|rule| rate_reading(table, &sheet.stated, &self.earlier, row, &reading, rule)),
            };
            match figure(cell, &reading, (heading.clone(), of_period || current, current), rated) {
                Some(found) => read.push(found),
                None => left_out.push((heading, cell.text.to_string())),
            }
        }
        let Some((at, cell)) = whole.current.filter(|_| !again && !whole.by_period) else { return };
        let period = years_of(&table.name).unwrap_or_else(|| table.heading(at));
        let Some(rated) = self.insight.rating(table.id, row.id) else { return };
        match figure(cell, &whole, (period.clone(), true, own), Some(rated.clone())) {
            Some(found) => read.push(found),
            // A KPI that is new, or whose cell holds words, has no figure that could be missed.
            None if matches!(figure_of(cell), None | Some(Figure::New)) => {}
            None => left_out.push((period, cell.text.to_string())),
        }
    }
}

impl<'doc> Sheet<'doc> {
    fn of(table: &'doc Table) -> Self {
        let mut by_words = HashMap::new();
        if let Some(column) = table.role_position(Role::Kpi) {
            for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry) {
                if let Some(cell) = row.cells.get(column) {
                    by_words.entry(letters(&cell.text)).or_insert(at);
                }
            }
        }
        Self { table, stated: Stated::of(table), by_words }
    }
}

/// A cell as a figure of its period, with its unit; `None` where it holds no single amount.
fn figure(
    cell: &Cell,
    reading: &Reading<'_>,
    (period, of_period, current): (String, bool, bool),
    rated: Option<Rated>,
) -> Option<(PeriodFigure, Unit)> {
    let Some(Figure::Amount { amount, unit, .. }) = figure_of(cell) else { return None };
    let target = reading.target.zip(rated.as_ref()).and_then(|((_, cell), rated)| held_against(rated, amount, cell, of_period));
    let (rating, why) = rated.map_or_else(|| (Rating::Grey, String::new()), |rated| (rated.rating, rated.why));
    let text = cell.text.to_string();
    amount.is_finite().then_some((PeriodFigure { period, amount, text, current, target, rating, why }, unit))
}

/// What a figure is held against, in the figure's own amounts; `None` where that is no amount, or one of another stretch of time.
fn held_against(rated: &Rated, amount: f64, target: &Cell, of_period: bool) -> Option<PeriodTarget> {
    if matches!(figure_of(target)?, Figure::Direction(_) | Figure::New | Figure::Several) {
        return None;
    }
    let close = |one: f64, other: f64| (one - other).abs() <= 1e-9 * one.abs().max(other.abs());
    let held = rated.amount?;
    // Figures that count per cent are compared in one unit, which need not be that of the cell.
    let times = [1.0, 100.0, 0.01].into_iter().find(|times| close(held, amount * times))?;
    let (low, high) = ends(rated.aim?);
    let allowed = rated.allowed.unwrap_or(0.0) / times;
    Some(PeriodTarget { low: low / times, high: high / times, allowed, text: target.text.to_string(), of_period })
}

/// The present target, where there is no figure that is held against it.
fn alone(target: &Cell, unit: Unit, rated: &Rated) -> Option<PeriodTarget> {
    let (low, high, held) = match figure_of(target)? {
        Figure::Amount { amount, unit, .. } | Figure::Limit { amount, unit, .. } => (amount, amount, unit),
        Figure::Range { low, high, unit } => (low, high, unit),
        Figure::Direction(_) | Figure::New | Figure::Several => return None,
    };
    let allowed = rated.allowed.unwrap_or(0.0);
    held.joins(unit).then(|| PeriodTarget { low, high, allowed, text: target.text.to_string(), of_period: true })
}

fn ends(aim: Aim) -> (f64, f64) {
    match aim {
        Aim::At(amount) => (amount, amount),
        Aim::Within(low, high) => (low, high),
    }
}

/// A text without case, spacing and punctuation.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, seed};
    use super::*;
    use crate::model::kinds::Kind;
    use crate::model::{Column, ColumnId};

    /// The histories of a table of these columns and one row, a line each.
    fn lines(columns: &[(&str, Role, &str)]) -> String {
        let mut table = seed::kpis();
        table.rows.truncate(1);
        table.columns = columns
            .iter()
            .zip(1..)
            .map(|((heading, role, _), id)| Column {
                id: ColumnId(id),
                heading: (*heading).into(),
                role: Some(*role),
                kind: role.kind(),
                ..Column::default()
            })
            .collect();
        for row in table.rows.iter_mut() {
            row.cells = columns.iter().map(|(_, role, text)| role.kind().enter(text)).collect();
        }
        let mut document = Document::default();
        document.append(vec![table]);
        let insight = Insight::of(&document, AsOf::default());
        let table = &document.tables[0];
        let history = Histories::of(&document, &insight).of_kpi(table.id, table.rows[0].id).unwrap();
        let target = |target: &PeriodTarget| {
            format!(" v {}-{} ±{:.3}{}", target.low, target.high, target.allowed, if target.of_period { "" } else { " (present)" })
        };
        let line = |figure: &PeriodFigure| {
            let now = if figure.current { "*" } else { "" };
            let held = figure.target.as_ref().map_or_else(String::new, target);
            format!("{}{now} {}{held} {:?}\n", figure.period, figure.amount, figure.rating)
        };
        let left = history.left_out.iter().map(|(period, text)| format!("left out {period}: {text}\n"));
        history.figures.iter().map(line).chain(left).collect()
    }

    #[test]
    fn each_figure_is_held_against_the_target_of_its_period() {
        let kpi = ("KPI", Role::Kpi, "Homes visited");
        let found = lines(&[
            kpi,
            ("Q1 2024-25 Target", Role::Target, "80"),
            ("Q1 2024-25 Actual", Role::Period, "82"),
            ("Q2 2024-25 Target", Role::Target, "90"),
            ("Q2 2024-25 Actual", Role::Period, "85"),
        ]);
        assert_eq!(found, "Q1 2024-25 Actual 82 v 80-80 ±8.000 Green\nQ2 2024-25 Actual* 85 v 90-90 ±9.000 Amber\n");
        let found = lines(&[
            kpi,
            ("Q2", Role::Period, "60"),
            ("Q1", Role::Period, "<5"),
            ("Current", Role::Current, "95"),
            ("Target", Role::Target, "90"),
        ]);
        assert_eq!(
            found, "Q2 60 v 90-90 ±9.000 (present) Red\n2023-24* 95 v 90-90 ±9.000 Green\nleft out Q1: <5\n",
            "the present target, where none is stated for a period"
        );
    }

    #[test]
    fn a_direction_is_held_against_the_figure_before_and_a_value_said_again_is_one_figure() {
        let found = lines(&[
            ("KPI", Role::Kpi, "Homes visited"),
            ("2021-22", Role::Period, "60"),
            ("2022-23", Role::Period, "55"),
            ("2023-24", Role::Period, "70"),
            ("Current", Role::Current, "70"),
            ("Target", Role::Target, "Increase"),
        ]);
        assert_eq!(found, "2021-22 60 Grey\n2022-23 55 Amber\n2023-24* 70 Green\n");
    }

    #[test]
    fn letters_alone_make_words_the_same() {
        assert_eq!(letters("Share of EHC plans, on time."), letters("share of EHC plans on time"));
        assert_eq!(Kind::Figure.enter("1").text.len(), 1);
    }
}
