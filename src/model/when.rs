//! A point or stretch of time as a plan states it: a day, a month, a year span, or ongoing.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exactly a date is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    Day,
    Month,
    Year,
}

/// A start, an end or a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// A date and how exactly it is meant: `Aug-17` is 1 August 2017 by month.
    On { date: Date, grain: Grain },
    /// A financial year such as `2021-22`: April to March. The number is its first year.
    FinancialYear(i16),
    /// From one day to another, both included: a quarter, a season, `Sept - Nov 2025`.
    Span { first: Date, last: Date },
    /// No end is set.
    Ongoing,
}

impl When {
    /// The last day it covers; `None` when it is ongoing.
    #[must_use]
    pub fn last_day(self) -> Option<Date> {
        match self {
            Self::On { date, grain: Grain::Day } => Some(date),
            Self::On { date, grain: Grain::Month } => Some(date.last_of_month()),
            Self::On { date, grain: Grain::Year } => Some(date.last_of_year()),
            Self::FinancialYear(first) => Date::new(first + 1, 3, 31).ok(),
            Self::Span { last, .. } => Some(last),
            Self::Ongoing => None,
        }
    }

    /// The first day it covers; `None` when it is ongoing.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        match self {
            Self::On { date, grain: Grain::Day } => Some(date),
            Self::On { date, grain: Grain::Month } => Some(date.first_of_month()),
            Self::On { date, grain: Grain::Year } => Some(date.first_of_year()),
            Self::FinancialYear(first) => Date::new(first, 4, 1).ok(),
            Self::Span { first, .. } => Some(first),
            Self::Ongoing => None,
        }
    }
}
