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

/// Words of a polarity column, in lower case, the longer first where one begins with another.
const POLARITIES: &[(&str, Polarity)] = &[
    ("higher is better", Polarity::HigherIsBetter),
    ("high is good", Polarity::HigherIsBetter),
    ("bigger is better", Polarity::HigherIsBetter),
    ("higher the better", Polarity::HigherIsBetter),
    ("good is high", Polarity::HigherIsBetter),
    ("aim high", Polarity::HigherIsBetter),
    ("aim to maximise", Polarity::HigherIsBetter),
    ("high is better", Polarity::HigherIsBetter),
    ("higher is good", Polarity::HigherIsBetter),
    ("more is better", Polarity::HigherIsBetter),
    ("higher", Polarity::HigherIsBetter),
    ("high", Polarity::HigherIsBetter),
    ("bigger", Polarity::HigherIsBetter),
    ("more", Polarity::HigherIsBetter),
    ("increase", Polarity::HigherIsBetter),
    ("maximise", Polarity::HigherIsBetter),
    ("up is good", Polarity::HigherIsBetter),
    ("up", Polarity::HigherIsBetter),
    ("h", Polarity::HigherIsBetter),
    ("positive", Polarity::HigherIsBetter),
    ("+", Polarity::HigherIsBetter),
    ("↑ good", Polarity::HigherIsBetter),
    ("↑ is good", Polarity::HigherIsBetter),
    ("↑", Polarity::HigherIsBetter),
    ("▲", Polarity::HigherIsBetter),
    ("lower is better", Polarity::LowerIsBetter),
    ("low is good", Polarity::LowerIsBetter),
    ("lower the better", Polarity::LowerIsBetter),
    ("good is low", Polarity::LowerIsBetter),
    ("aim low", Polarity::LowerIsBetter),
    ("aim to minimise", Polarity::LowerIsBetter),
    ("low is better", Polarity::LowerIsBetter),
    ("lower is good", Polarity::LowerIsBetter),
    ("smaller is better", Polarity::LowerIsBetter),
    ("less is better", Polarity::LowerIsBetter),
    ("fewer is better", Polarity::LowerIsBetter),
    ("lower", Polarity::LowerIsBetter),
    ("low", Polarity::LowerIsBetter),
    ("smaller", Polarity::LowerIsBetter),
    ("less", Polarity::LowerIsBetter),
    ("fewer", Polarity::LowerIsBetter),
    ("decrease", Polarity::LowerIsBetter),
    ("reduce", Polarity::LowerIsBetter),
    ("minimise", Polarity::LowerIsBetter),
    ("down is good", Polarity::LowerIsBetter),
    ("down", Polarity::LowerIsBetter),
    ("l", Polarity::LowerIsBetter),
    ("negative", Polarity::LowerIsBetter),
    ("-", Polarity::LowerIsBetter),
    ("↓ good", Polarity::LowerIsBetter),
    ("↓ is good", Polarity::LowerIsBetter),
    ("↓", Polarity::LowerIsBetter),
    ("▼", Polarity::LowerIsBetter),
    ("maintain", Polarity::Maintain),
    ("goal post", Polarity::Maintain),
    ("goalpost", Polarity::Maintain),
    ("goldilocks", Polarity::Maintain),
    ("target is best", Polarity::Maintain),
    ("on plan is best", Polarity::Maintain),
    ("in range", Polarity::Maintain),
    ("range", Polarity::Maintain),
    ("neutral", Polarity::Maintain),
    ("hold", Polarity::Maintain),
    ("stable", Polarity::Maintain),
    ("on target", Polarity::Maintain),
    ("plan is best", Polarity::Maintain),
    ("within range", Polarity::Maintain),
    ("m", Polarity::Maintain),
    ("↔", Polarity::Maintain),
    ("→", Polarity::Maintain),
];

impl Polarity {
    /// Which way is better, as its owner says it: `Higher is better`, `↓`, `Goal post`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        let text = text.split(['(', ',']).next().unwrap_or("").trim();
        let words = text.trim_start_matches("the ").split_whitespace().collect::<Vec<_>>().join(" ");
        POLARITIES.iter().find(|(said, _)| words == *said).map(|&(_, polarity)| polarity)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_words_for_a_rule_are_read() {
        for (text, expected) in [
            ("Higher", Some(Polarity::HigherIsBetter)),
            ("Bigger is better", Some(Polarity::HigherIsBetter)),
            ("H", Some(Polarity::HigherIsBetter)),
            ("↑ good", Some(Polarity::HigherIsBetter)),
            ("Low (good)", Some(Polarity::LowerIsBetter)),
            ("Smaller is better.", Some(Polarity::LowerIsBetter)),
            ("Decrease", Some(Polarity::LowerIsBetter)),
            ("Maintain", Some(Polarity::Maintain)),
            ("Monthly", None),
            ("", None),
        ] {
            assert_eq!(Polarity::parse(text), expected, "{text}");
        }
    }
}
