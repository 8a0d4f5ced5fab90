//! The rule a KPI is rated by, as data.

use serde::{Deserialize, Serialize};

/// Which way a KPI is meant to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// Worked out from the target: an arrow or `Decrease` says so, a target of nothing is a ceiling, otherwise higher is better.
    #[default]
    FromTarget,
    HigherIsBetter,
    LowerIsBetter,
    /// Either side of the target is a shortfall.
    Maintain,
}

/// What a tolerance is measured in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// As a share of the target: 85 against 90 falls 5.56 % short.
    #[default]
    Relative,
    /// In points: 85 % against 90 % falls 5 points short.
    Points,
}

/// How a KPI's current value is rated against its target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    pub polarity: Polarity,
    pub shortfall: Shortfall,
    /// The largest shortfall that is amber, in per cent of the target or in points (of per cent, for a percentage).
    pub tolerance: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { polarity: Polarity::FromTarget, shortfall: Shortfall::Relative, tolerance: 10.0 }
    }
}
