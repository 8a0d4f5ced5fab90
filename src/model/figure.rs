//! A KPI figure in every form owners write: a number, a direction, `new`, or several values at once.

use serde::{Deserialize, Serialize};

/// A direction of travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arrow {
    Up,
    Down,
    Level,
}

/// What a KPI amount is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// As it stands.
    Plain,
    /// A share; 0.79 is 79 %.
    Percent,
}

/// A current value or a target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// One number, perhaps with an arrow: `79%`, `64.43`, `↓ 9%`.
    Amount { amount: f64, unit: Unit, arrow: Option<Arrow> },
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
            Self::Amount { amount, .. } => Some(amount),
            Self::Direction(_) | Self::New | Self::Several => None,
        }
    }
}
