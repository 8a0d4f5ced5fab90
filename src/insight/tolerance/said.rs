//! A tolerance's words taken apart: its number, what it is measured in, and what is said around it. Judges nothing.

use crate::model::{Cell, Value, in_plain_form, kinds::Kind};

/// What a number is measured in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    /// Nothing is said.
    Bare,
    Percent,
    /// Points of per cent: `pp`.
    PercentPoints,
    /// Points of any score.
    Points,
    /// Money, and by how much its number is shortened: 1,000 for `£5k`.
    Money(f64),
    /// A word such as `day`, in the singular.
    Unit(String),
}

/// Which side of the target is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Below,
    Above,
}

/// One amount, as a tolerance states it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub number: f64,
    pub measure: Measure,
    /// Whether its words say that it is a distance from the target: `±`, `within`.
    pub is_distance: bool,
    pub side: Option<Side>,
}

/// What may stand before the number of a distance.
const AROUND: [&str; 12] =
    ["within", "to within", "plus or minus", "plus/minus", "+ or -", "+/-", "+/−", "+/–", "+-", "±", "a tolerance of", "tolerance of"];
/// What may stand before the number and says nothing of how it is meant.
const BEFORE: [&str; 14] = [
    "up to",
    "no more than",
    "not more than",
    "no worse than",
    "at most",
    "less than",
    "maximum of",
    "maximum",
    "max",
    "below",
    "under",
    "<=",
    "≤",
    "<",
];
/// What may stand behind the unit, and which side of the target it says; the longer first.
const BEHIND: [(&str, Option<Side>); 22] = [
    ("either side of the target", None),
    ("either side of target", None),
    ("either side", None),
    ("either way", None),
    ("of the target", None),
    ("of target", None),
    ("from the target", None),
    ("from target", None),
    ("off target", None),
    ("below the target", Some(Side::Below)),
    ("below target", Some(Side::Below)),
    ("under target", Some(Side::Below)),
    ("above the target", Some(Side::Above)),
    ("above target", Some(Side::Above)),
    ("over target", Some(Side::Above)),
    ("below", Some(Side::Below)),
    ("under", Some(Side::Below)),
    ("above", Some(Side::Above)),
    ("over", Some(Side::Above)),
    ("variance", None),
    ("tolerance", None),
    ("or less", None),
];
/// Names of units, in lower case.
static MEASURES: [(&str, Measure); 25] = [
    ("%", Measure::Percent),
    ("%age", Measure::Percent),
    ("per cent", Measure::Percent),
    ("percent", Measure::Percent),
    ("percentage", Measure::Percent),
    ("pc", Measure::Percent),
    ("pct", Measure::Percent),
    ("percentage points", Measure::PercentPoints),
    ("percentage point", Measure::PercentPoints),
    ("percentage pts", Measure::PercentPoints),
    ("per cent points", Measure::PercentPoints),
    ("percent points", Measure::PercentPoints),
    ("% points", Measure::PercentPoints),
    ("% point", Measure::PercentPoints),
    ("%points", Measure::PercentPoints),
    ("% pts", Measure::PercentPoints),
    ("%pts", Measure::PercentPoints),
    ("pp", Measure::PercentPoints),
    ("p.p", Measure::PercentPoints),
    ("pps", Measure::PercentPoints),
    ("ppt", Measure::PercentPoints),
    ("ppts", Measure::PercentPoints),
    ("points", Measure::Points),
    ("point", Measure::Points),
    ("pts", Measure::Points),
];
/// Signs of money.
const MONEY: [char; 3] = ['£', '€', '$'];
/// Units in the forms owners write, and the one they are compared in.
const SHORT: [(&str, &str); 14] = [
    ("sec", "second"),
    ("secs", "second"),
    ("min", "minute"),
    ("mins", "minute"),
    ("hr", "hour"),
    ("hrs", "hour"),
    ("wk", "week"),
    ("wks", "week"),
    ("mth", "month"),
    ("mths", "month"),
    ("yr", "year"),
    ("yrs", "year"),
    ("people", "person"),
    ("persons", "person"),
];

impl Said {
    /// The one amount of a cell; `None` where it states another thing, or several.
    pub(super) fn of(cell: &Cell) -> Option<Self> {
        let text = in_plain_form(&cell.text);
        let mut rest = text.trim_matches(|c| matches!(c, '(' | ')' | '.' | ' '));
        let mut is_distance = false;
        while let Some(after) = AROUND.iter().find_map(|words| rest.strip_prefix(words)) {
            (rest, is_distance) = (after.trim_start(), true);
        }
        rest = BEFORE.iter().find_map(|words| rest.strip_prefix(words)).unwrap_or(rest).trim_start();
        let mut side = None;
        if let Some((words, told)) = BEHIND.iter().find(|(words, _)| rest.ends_with(words)) {
            rest = rest[..rest.len() - words.len()].trim_end_matches([' ', '(']);
            (side, is_distance) = (*told, true);
        }
        for (sign, of) in [("+", Side::Above), ("-", Side::Below), ("−", Side::Below), ("–", Side::Below)] {
            if let Some(after) = rest.strip_prefix(sign).filter(|_| side.is_none()) {
                (rest, side, is_distance) = (after.trim_start(), Some(of), true);
            }
        }
        let money = rest.strip_prefix(MONEY);
        rest = money.unwrap_or(rest).trim_start();
        let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
        let Value::Number(number) = Kind::Number.value(&rest[..end], None) else { return None };
        let unit = rest[end..].trim().trim_end_matches('.');
        let measure = if money.is_some() { Measure::Money(shortened(unit)?) } else { Measure::of(unit)? };
        Some(Self { number: exactly(cell, number), measure, is_distance, side })
    }
}

impl Measure {
    /// What a name stands for; `None` for other words than a unit's.
    pub(super) fn of(name: &str) -> Option<Self> {
        if name.is_empty() {
            return Some(Self::Bare);
        }
        let known = MEASURES.iter().find(|(known, _)| *known == name).map(|(_, measure)| measure.clone());
        let is_word = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '(' | ')' | '-' | '\''));
        known.or_else(|| is_word.then(|| Self::Unit(singular(name))))
    }

    /// What a heading measures its column in: `Tolerance (%)`, `Tolerance (days)`.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        let heading = in_plain_form(heading);
        let within = heading.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(within, _)| within.trim());
        let known = |name: &str| MEASURES.iter().find(|(known, _)| *known == name).map(|(_, measure)| measure.clone());
        let named = within.and_then(|within| known(within.trim_start_matches(['+', '/', '-', '±', ' '])));
        let points = ["percentage point", "% point", "pp"].iter().any(|words| heading.split([' ', '(', ')']).any(|word| word == *words));
        named
            .or_else(|| (points || heading.contains("percentage point") || heading.contains("% point")).then_some(Self::PercentPoints))
            .or_else(|| heading.contains('%').then_some(Self::Percent))
            .or_else(|| within.filter(|within| TIMES.contains(&&*singular(within))).map(|within| Self::Unit(singular(within))))
    }
}

/// Units of time, in the singular.
pub(super) const TIMES: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// The last word of a unit in the singular: `working days` is a day.
pub(super) fn singular(unit: &str) -> String {
    let unit = unit.replace("(s)", "");
    let word = unit.rsplit(' ').next().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric() && !MONEY.contains(&c));
    let short = SHORT.iter().find(|(short, _)| *short == word).map(|(_, word)| *word);
    short.unwrap_or_else(|| word.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(word)).to_owned()
}

/// By how much money is shortened: 1,000 for `k`.
pub(super) fn shortened(unit: &str) -> Option<f64> {
    match unit.trim_matches(['(', ')', '\'', '’', ' ']) {
        "" => Some(1.0),
        "k" | "000" | "000s" | "thousand" | "thousands" => Some(1e3),
        "m" | "million" | "millions" | "mn" => Some(1e6),
        _ => None,
    }
}

/// The number a cell stores, where the text shows it rounded: 2.5 % shown as `3%`.
fn exactly(cell: &Cell, shown: f64) -> f64 {
    let percent = cell.format.as_deref().is_some_and(|format| format.contains('%'));
    let stored = cell.format.as_ref().and(cell.amount()).map(|stored| if percent { stored * 100.0 } else { stored });
    stored.filter(|stored| (stored - shown).abs() <= 0.5).unwrap_or(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_amount_is_taken_apart() {
        let unit = |word: &str| Measure::Unit(word.to_owned());
        for (text, number, measure, is_distance, side) in [
            ("5", 5.0, Measure::Bare, false, None),
            ("5%", 5.0, Measure::Percent, false, None),
            ("10 per cent", 10.0, Measure::Percent, false, None),
            ("5pp", 5.0, Measure::PercentPoints, false, None),
            ("2 percentage points", 2.0, Measure::PercentPoints, false, None),
            ("2 % points", 2.0, Measure::PercentPoints, false, None),
            ("±2", 2.0, Measure::Bare, true, None),
            ("+/- 3", 3.0, Measure::Bare, true, None),
            ("Within 7.5 per cent of target", 7.5, Measure::Percent, true, None),
            ("-5%", 5.0, Measure::Percent, true, Some(Side::Below)),
            ("2 points above target", 2.0, Measure::Points, true, Some(Side::Above)),
            ("0.5 days", 0.5, unit("day"), false, None),
            ("1 working day", 1.0, unit("day"), false, None),
            ("2 hrs", 2.0, unit("hour"), false, None),
            ("£500", 500.0, Measure::Money(1.0), false, None),
            ("£1.5k", 1.5, Measure::Money(1e3), false, None),
            ("1,200", 1200.0, Measure::Bare, false, None),
            ("up to 5%", 5.0, Measure::Percent, false, None),
        ] {
            assert_eq!(Said::of(&Cell::text(text)), Some(Said { number, measure, is_distance, side }), "{text}");
        }
        for text in ["5-10%", "5% or 2 points", "7,5", "a bit", "80-90", "G≥90 A≥80", "1 in 10", "%", "see note 3"] {
            assert_eq!(Said::of(&Cell::text(text)), None, "{text}");
        }
        let rounded = Cell { text: "3%".into(), ..Kind::Figure.enter("2.5%") };
        assert_eq!(Said::of(&rounded).map(|said| said.number), Some(2.5));
    }

    #[test]
    fn a_heading_may_say_the_unit() {
        for (heading, measure) in [
            ("Tolerance", None),
            ("Tolerance %", Some(Measure::Percent)),
            ("Tolerance (%)", Some(Measure::Percent)),
            ("Tolerance (+/- %)", Some(Measure::Percent)),
            ("Tolerance (pp)", Some(Measure::PercentPoints)),
            ("Tolerance in percentage points", Some(Measure::PercentPoints)),
            ("Tolerance (points)", Some(Measure::Points)),
            ("Tolerance (days)", Some(Measure::Unit("day".to_owned()))),
            ("Tolerance (agreed)", None),
        ] {
            assert_eq!(Measure::of_heading(heading), measure, "{heading}");
        }
    }
}
