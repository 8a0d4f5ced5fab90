//! A target of a whole year beside figures of a part of it: what the target is for that part, or why that cannot be told.

use super::figures::{figure_of, scaled};
use super::kpi_columns::{KpiColumns, Reading};
use super::text::words;
use crate::model::{Figure, Table, Unit};

/// Words of a heading over what has come together so far.
const TO_DATE: [&str; 6] = ["ytd", "date", "cumulative", "total", "sum", "running"];
/// Words of a name whose figure is no sum, so that it stands beside a year's target at any time.
const LEVELS: [&str; 12] =
    ["average", "rate", "per", "score", "satisfaction", "percentage", "proportion", "ratio", "days", "time", "level", "index"];

/// How a current value is held against its target.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measured {
    /// As they stand; what to say of the target, or nothing.
    Whole(&'static str),
    /// The value, the target for the part of the year gone, and what to say of them.
    Part { current: Figure, target: Figure, because: String },
    /// Not at all: the value is of a part of the year and the target of the whole.
    Unclear(String),
}

/// How a KPI's value is held against its target.
pub(super) fn measure(
    table: &Table,
    columns: &KpiColumns<'_>,
    reading: &Reading<'_>,
    name: &str,
    current: Figure,
    target: Figure,
) -> Measured {
    let (Some((current_at, _)), Some((target_at, _))) = (reading.current, reading.target) else { return Measured::Whole("") };
    let (Figure::Amount { amount, unit, arrow: None }, Some(aim)) = (current, size(target)) else { return Measured::Whole("") };
    if !columns.is_of_year(target_at) || aim == 0.0 {
        return Measured::Whole("");
    }
    let words = words(name);
    let is_level = unit == Unit::Percent || name.contains('%') || words.iter().any(|word| LEVELS.contains(&&**word));
    let heading = super::text::words(&table.columns[current_at].heading);
    let to_date = heading.iter().any(|word| TO_DATE.contains(&&**word));
    let amounts: Vec<f64> = reading.filled.iter().filter_map(|(_, cell)| figure_of(cell)?.amount()).collect();
    let sum: f64 = amounts.iter().sum();
    let is_sum = amounts.len() >= 2 && (amount - sum).abs() <= 1e-6 * sum.abs().max(1.0);
    let Some(parts) = columns.parts_of_year() else {
        return match to_date && !is_level && amount.abs() < aim.abs() {
            true => {
                Measured::Unclear("The value is to date and the target is of the whole year, so they cannot be compared yet".to_owned())
            }
            false => Measured::Whole(""),
        };
    };
    let gone = amounts.len();
    let within = amounts.iter().all(|held| *held >= aim / 2.0);
    if gone == 0 || gone >= parts || (is_level && !is_sum) || (within && !is_sum) {
        return Measured::Whole("; the target is of the year");
    }
    // Added up by its owner, to be added up here, or growing from one part to the next.
    let grows =
        amounts.windows(2).all(|pair| pair[0] <= pair[1]) && amounts[0] <= aim / 2.0 && amount >= aim * gone as f64 / parts as f64 / 2.0;
    let added = if is_sum || to_date || (grows && gone > 1) { amount } else { sum };
    let share = gone as f64 / parts as f64;
    let what = if parts == 4 { "quarters" } else { "months" };
    Measured::Part {
        current: Figure::Amount { amount: added, unit, arrow: None },
        target: scaled(target, share, target.unit().unwrap_or(unit)),
        because: format!(
            "; the target of the year is {}, taken for {gone} of its {parts} {what}",
            super::figures::show_target(target, unit)
        ),
    }
}

fn size(target: Figure) -> Option<f64> {
    match target {
        Figure::Amount { amount, arrow: None, .. } | Figure::Limit { amount, .. } => Some(amount),
        Figure::Range { high, .. } => Some(high),
        _ => None,
    }
}
