//! The control chart of one KPI: its figures with centre and limits, and what they mean, in words. Works out no statistics itself.

use super::{Chart, ChartData, Subject, TrendChart, trend::reading_text};
use crate::insight::{FULL_LIMITS, Insight, LEAST_FIGURES, PeriodTarget, Spc};
use crate::model::{Document, Polarity, Unit};
use crate::model::{RowId, TableId, TableKind};

/// The registered chart.
pub(super) const CHART: Chart = Chart {
    name: "control",
    label: "Control chart (SPC)",
    of_kind: TableKind::Kpi,
    of_row: true,
    of: |document, insight, subject: Subject| ControlChart::of(document, insight, subject.table, subject.row?).map(ChartData::Control),
};

/// One KPI's figures as a control chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ControlChart {
    pub title: String,
    /// Its figures over time.
    pub history: TrendChart,
    /// Centre, limits and signals; `None` where the figures are too few, which `remarks` say.
    pub spc: Option<Spc>,
    /// The target that the assurance is about.
    pub target: Option<(f64, String)>,
    /// What the chart rests on, a line each.
    pub remarks: Vec<String>,
}

impl ControlChart {
    /// The chart of one KPI; `None` when the row is gone or no KPI.
    #[must_use]
    pub fn of(document: &Document, insight: &Insight, table: TableId, row: RowId) -> Option<Self> {
        let history = TrendChart::of(document, insight, table, row)?;
        let figures: Vec<f64> = history.readings.iter().map(|reading| reading.amount).collect();
        let latest = history.readings.last().and_then(|reading| reading.target.as_ref()).or(history.target.as_ref());
        let target = latest.and_then(|target| Some((decisive(target, history.polarity)?, target.text.clone())));
        let spc = Spc::of(&figures, history.polarity, target.as_ref().map(|(amount, _)| *amount));
        let remarks = remarks(&history, spc.as_ref(), target.is_some());
        Some(Self { title: history.title.clone(), history, spc, target, remarks })
    }

    /// An amount in the chart's unit.
    #[must_use]
    pub fn show(&self, amount: f64) -> String {
        self.history.show(amount)
    }

    /// What the chart says, a line each: variation, assurance, the levels.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        let Some(spc) = &self.spc else { return Vec::new() };
        let assurance = match (spc.assurance, &self.target) {
            (Some(assurance), Some((_, text))) => format!("{} ({text})", assurance.words()),
            (None, Some(_)) => "No assurance: neither way is better".to_owned(),
            (_, None) => "No assurance: there is no target that is an amount".to_owned(),
        };
        let kind = if spc.is_trial { "trial limits" } else { "limits" };
        let levels = format!("Mean {}, {kind} {} to {}", self.show(spc.mean), self.show(spc.lower), self.show(spc.upper));
        vec![spc.variation.words().to_owned(), assurance, levels]
    }

    /// A reading in words, with the signals it gives.
    #[must_use]
    pub fn reading_text(&self, at: usize) -> String {
        let Some(reading) = self.history.readings.get(at) else { return String::new() };
        let Some(spc) = &self.spc else { return reading_text(reading) };
        let signals: Vec<&str> = spc.signals[at].iter().map(|signal| signal.rule.words(signal.side)).collect();
        let said = if signals.is_empty() {
            "common cause".to_owned()
        } else {
            format!("{}: {}", spc.variation_at(at).words(), signals.join("; "))
        };
        format!("{}: {}, {said}", reading.period, reading.text)
    }

    /// Every figure of it as lines of text.
    #[must_use]
    pub fn text(&self) -> String {
        let readings = (0..self.history.readings.len()).map(|at| self.reading_text(at));
        let lines = std::iter::once(self.title.clone()).chain(self.findings()).chain(readings).chain(self.remarks.clone());
        lines.map(|line| line + "\n").collect()
    }
}

/// The end of a target that decides whether it is met; `None` where either end may.
fn decisive(target: &PeriodTarget, polarity: Polarity) -> Option<f64> {
    match polarity {
        Polarity::HigherIsBetter => Some(target.low),
        Polarity::LowerIsBetter => Some(target.high),
        Polarity::Maintain | Polarity::FromTarget => (target.low >= target.high).then_some(target.low),
    }
}

fn remarks(history: &TrendChart, spc: Option<&Spc>, has_target: bool) -> Vec<String> {
    let count = history.readings.len();
    let mut remarks = Vec::new();
    match spc {
        None => remarks.push(format!(
            "No limits: a control chart needs {LEAST_FIGURES} readings at least, and {FULL_LIMITS} for limits that stand; there {} {count}",
            if count == 1 { "is" } else { "are" }
        )),
        Some(spc) if spc.is_trial => remarks.push(format!(
            "Trial limits: they rest on {count} readings and move with each further one; from {FULL_LIMITS} readings on they stand"
        )),
        Some(_) => remarks.push(format!("The limits rest on all {count} readings")),
    }
    let beyond = |spc: &Spc| spc.lower < 0.0 && history.readings.iter().all(|reading| reading.amount >= 0.0);
    let above =
        |spc: &Spc| history.unit == Unit::Percent && spc.upper > 1.0 && history.readings.iter().all(|reading| reading.amount <= 1.0);
    if spc.is_some_and(|spc| beyond(spc) || above(spc)) {
        remarks.push("A limit lies where no figure can be: it is worked out from the moving ranges alone".to_owned());
    }
    let changing = history
        .readings
        .iter()
        .filter_map(|reading| reading.target.as_ref())
        .any(|target| history.target.as_ref().is_some_and(|present| (present.low, present.high) != (target.low, target.high)));
    if spc.is_some() && has_target && changing {
        remarks.push("The target changed on the way; the assurance is about the latest".to_owned());
    }
    remarks.push("Readings stand at equal distances, whatever time lies between them".to_owned());
    remarks.extend((!history.remark.is_empty() && spc.is_some()).then(|| history.remark.clone()));
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::{AsOf, Assurance, Variation, seed};
    use crate::model::{Column, ColumnId, Role, Rule, Shortfall, kinds::Kind};

    /// The chart of a KPI with a figure a month, some current value and target.
    fn chart(figures: &[f64], current: &str, target: &str, polarity: Polarity) -> ControlChart {
        let mut document = seed::document();
        let table = &mut document.tables[2];
        for (figure, at) in figures.iter().zip(0u32..) {
            let heading = format!("{:02}/2024", at + 1);
            let column = Column {
                id: ColumnId(100 + at),
                heading: heading.into(),
                role: Some(Role::Period),
                kind: Kind::Figure,
                ..Column::default()
            };
            let place = 2 + at as usize;
            table.columns.insert(place, column);
            table.rows.iter_mut().for_each(|row| row.cells.insert(place, crate::model::Cell::default()));
            table.rows[0].cells[place] = Kind::Figure.enter(&figure.to_string());
        }
        let [at_current, at_target] = [Role::Current, Role::Target].map(|role| table.role_position(role).unwrap());
        table.rows[0].cells[at_current] = Kind::Figure.enter(current);
        table.rows[0].cells[at_target] = Kind::Figure.enter(target);
        table.rules.insert(table.rows[0].id, Rule { polarity, shortfall: Shortfall::Relative, tolerance: 10.0 });
        let insight = Insight::of(&document, AsOf::default());
        let table = &document.tables[2];
        ControlChart::of(&document, &insight, table.id, table.rows[0].id).unwrap()
    }

    const STEADY: [f64; 11] = [50., 52., 49., 51., 48., 50., 53., 49., 51., 50., 52.];

    #[test]
    fn what_a_kpi_does_is_told_in_words() {
        let text = chart(&STEADY, "62", "70", Polarity::HigherIsBetter).text();
        for words in [
            "Special cause, improving: figures are higher",
            "Consistently failing: the target lies outside the limits, out of reach (70)",
            "2023-24: 62, Special cause, improving: figures are higher: above the upper limit",
            "01/2024: 50, common cause",
            "The limits rest on all 12 readings",
        ] {
            assert!(text.contains(words), "{words} is to be in\n{text}");
        }
        let worse = chart(&STEADY, "62", "70", Polarity::LowerIsBetter);
        let spc = worse.spc.as_ref().unwrap();
        assert_eq!((spc.variation, spc.assurance), (Variation::ConcerningHigh, Some(Assurance::Passing)));
        let held = chart(&STEADY, "62", "Maintain", Polarity::Maintain).text();
        assert!(held.contains("Special cause, higher") && held.contains("No assurance"), "{held}");
    }

    #[test]
    fn few_readings_are_said_to_be_few() {
        let trial = chart(&STEADY[..7], "51", "45", Polarity::HigherIsBetter).text();
        assert!(trial.contains("Trial limits: they rest on 8 readings") && trial.contains("trial limits 4"), "{trial}");
        let thin = chart(&STEADY[..3], "51", "45", Polarity::HigherIsBetter);
        assert!(thin.spc.is_none() && thin.text().contains("needs 7 readings at least, and 12 for limits that stand; there are 4"));
    }
}
