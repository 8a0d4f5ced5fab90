//! A KPI figure in every form owners write: a number, a limit, a band, a direction, `new`, or several values at once.

use serde::{Deserialize, Serialize};

/// A direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    Up,
    Down,
    Level,
}

/// A sign of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Currency {
    Pound,
    Euro,
    Dollar,
}

impl Currency {
    /// Every currency that is known by its sign.
    pub const ALL: [Self; 3] = [Self::Pound, Self::Euro, Self::Dollar];

    /// Its sign.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::Pound => '£',
            Self::Euro => '€',
            Self::Dollar => '$',
        }
    }
}

/// A length of time that figures are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl TimeUnit {
    /// Every unit, with its word in the singular.
    pub const ALL: [(Self, &str); 7] = [
        (Self::Second, "second"),
        (Self::Minute, "minute"),
        (Self::Hour, "hour"),
        (Self::Day, "day"),
        (Self::Week, "week"),
        (Self::Month, "month"),
        (Self::Year, "year"),
    ];

    /// Its word in the singular.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(unit, _)| *unit == self).map_or("", |(_, word)| word)
    }
}

/// What a KPI amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// As it stands.
    Plain,
    /// A share; 0.79 is 79 %.
    Percent,
    /// Points of per cent or of a score.
    Points,
    /// Money, in whole pounds, euros or dollars.
    Money(Currency),
    /// Time.
    Time(TimeUnit),
    /// A score or a count out of so many: `4.2/5`.
    OutOf(u16),
}

impl Unit {
    /// Whether amounts of two units can be compared: a bare number may count anything but shares.
    #[must_use]
    pub fn joins(self, other: Self) -> bool {
        self == other || matches!((self, other), (Self::Plain, unit) | (unit, Self::Plain) if unit != Self::Percent)
    }
}

/// Which side of a limit is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// `≤ 10`, `no more than 10`.
    AtMost,
    /// `< 10`, `fewer than 10`.
    Below,
    /// `≥ 90%`, `90%+`.
    AtLeast,
    /// `> 90%`, `more than 90%`.
    Above,
}

impl Bound {
    /// Whether less is on its right side.
    #[must_use]
    pub fn is_ceiling(self) -> bool {
        matches!(self, Self::AtMost | Self::Below)
    }
}

/// A current value or a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// One number, perhaps with an arrow: `79%`, `64.43`, `↓ 9%`.
    Amount { amount: f64, unit: Unit, arrow: Option<Arrow> },
    /// A number that is not to be passed: `≤ 10`, `at least 95%`.
    Limit { amount: f64, unit: Unit, bound: Bound },
    /// A band to stay within: `10-15%`, `±2%`.
    Range { low: f64, high: f64, unit: Unit },
    /// A direction without a number: `↑`, `Maintain`, `Decrease`.
    Direction(Arrow),
    /// No figure yet: `new`.
    New,
    /// More than one value in the cell: `37% 0%`.
    Several,
}

impl Figure {
    /// The single number, where there is one.
    #[must_use]
    pub fn amount(self) -> Option<f64> {
        match self {
            Self::Amount { amount, .. } | Self::Limit { amount, .. } => Some(amount),
            Self::Range { .. } | Self::Direction(_) | Self::New | Self::Several => None,
        }
    }

    /// What its numbers are counted in, where it has some of one unit.
    #[must_use]
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Amount { unit, .. } | Self::Limit { unit, .. } | Self::Range { unit, .. } => Some(unit),
            Self::Direction(_) | Self::New | Self::Several => None,
        }
    }
}
