//! Limits and bands: `≤ 10`, `90% or more`, `between 5 and 8%`, `±2%`. Reads texts in lower case.

use super::super::{Bound, Figure, Unit};
use super::amount::{leading, percent};
use super::number::Decimal;

/// What stands before the number of a limit, the longer first where one begins with another.
const BEFORE: [(&str, Bound); 50] = [
    ("less than or equal to", Bound::AtMost),
    ("fewer than or equal to", Bound::AtMost),
    ("lower than or equal to", Bound::AtMost),
    ("greater than or equal to", Bound::AtLeast),
    ("more than or equal to", Bound::AtLeast),
    ("higher than or equal to", Bound::AtLeast),
    ("equal to or less than", Bound::AtMost),
    ("equal to or greater than", Bound::AtLeast),
    ("equal to or more than", Bound::AtLeast),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("no greater than", Bound::AtMost),
    ("no higher than", Bound::AtMost),
    ("no longer than", Bound::AtMost),
    ("not to exceed", Bound::AtMost),
    ("not exceeding", Bound::AtMost),
    ("not exceed", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("maximum of", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("max.", Bound::AtMost),
    ("max", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("<=", Bound::AtMost),
    ("=<", Bound::AtMost),
    ("≤", Bound::AtMost),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("no fewer than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("no lower than", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("minimum of", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("min.", Bound::AtLeast),
    ("min", Bound::AtLeast),
    (">=", Bound::AtLeast),
    ("=>", Bound::AtLeast),
    ("≥", Bound::AtLeast),
    ("less than", Bound::Below),
    ("fewer than", Bound::Below),
    ("lower than", Bound::Below),
    ("under", Bound::Below),
    ("below", Bound::Below),
    ("<", Bound::Below),
    ("more than", Bound::Above),
    ("greater than", Bound::Above),
    ("higher than", Bound::Above),
    ("in excess of", Bound::Above),
    (">", Bound::Above),
];
/// Words before the number of a limit that mean a limit only there.
const ALONE: [(&str, Bound); 4] = [("over", Bound::Above), ("above", Bound::Above), ("exceed", Bound::Above), ("exceeds", Bound::Above)];
/// What stands behind the number of a limit.
const BEHIND: [(&str, Bound); 27] = [
    ("+", Bound::AtLeast),
    ("plus", Bound::AtLeast),
    ("or more", Bound::AtLeast),
    ("or above", Bound::AtLeast),
    ("or higher", Bound::AtLeast),
    ("or over", Bound::AtLeast),
    ("or greater", Bound::AtLeast),
    ("or better", Bound::AtLeast),
    ("and above", Bound::AtLeast),
    ("and over", Bound::AtLeast),
    ("and more", Bound::AtLeast),
    ("& above", Bound::AtLeast),
    ("minimum", Bound::AtLeast),
    ("min", Bound::AtLeast),
    ("or less", Bound::AtMost),
    ("or fewer", Bound::AtMost),
    ("or below", Bound::AtMost),
    ("or lower", Bound::AtMost),
    ("or under", Bound::AtMost),
    ("and below", Bound::AtMost),
    ("and under", Bound::AtMost),
    ("and less", Bound::AtMost),
    ("& below", Bound::AtMost),
    ("maximum", Bound::AtMost),
    ("max", Bound::AtMost),
    ("at most", Bound::AtMost),
    ("at least", Bound::AtLeast),
];
/// What may stand before a limit or a band and adds nothing.
const OPENERS: [&str; 7] = ["target:", "target", "to be", "is", "of", "to", "="];
/// Signs and words of a distance on both sides.
const AROUND: [&str; 9] = ["+/-", "+/−", "+/–", "+ / -", "-/+", "+-", "±", "plus or minus", "plus/minus"];
/// What joins the ends of a band.
const JOINTS: [&str; 7] = ["-", "–", "—", "−", "to ", "up to ", "..."];

/// How many times the second end the first may be, where a band is told from the top.
const DOWNWARD: f64 = 1.25;

/// The limit a text states, and what follows it.
pub(super) fn limit(text: &str, decimal: Decimal) -> Option<(Figure, &str)> {
    let text = opened(text);
    let before = BEFORE.iter().chain(&ALONE).find_map(|(words, bound)| Some((stripped(text, words)?, *bound)));
    if let Some((after, bound)) = before {
        let found = leading(after, decimal)?;
        return Some((Figure::Limit { amount: found.amount, unit: found.unit, bound }, found.rest));
    }
    let found = leading(text, decimal)?;
    let rest = found.rest.trim_start();
    // `20 days or fewer`, and `20 or fewer days`.
    let (bound, after) = BEHIND.iter().find_map(|(words, bound)| Some((*bound, stripped(rest, words)?)))?;
    let (unit, after) = match super::amount::time(after.trim_start()) {
        Some((unit, after)) if found.unit == Unit::Plain => (unit, after),
        Some(_) | None => (found.unit, after),
    };
    Some((Figure::Limit { amount: found.amount, unit, bound }, after))
}

/// The band a text states, and what follows it.
pub(super) fn range(text: &str, decimal: Decimal) -> Option<(Figure, &str)> {
    let text = opened(text);
    if let Some(after) = AROUND.iter().find_map(|words| text.strip_prefix(words)) {
        return around(0.0, None, after, decimal);
    }
    if let Some(after) = stripped(text, "within") {
        let after = after.trim_start();
        let after = AROUND.iter().find_map(|words| after.strip_prefix(words)).unwrap_or(after);
        let found = leading(after, decimal)?;
        // Within so many days is a limit; within so many per cent a band.
        return match found.unit {
            Unit::Percent | Unit::Points => around(0.0, None, after, decimal),
            Unit::Time(_) => Some((Figure::Limit { amount: found.amount, unit: found.unit, bound: Bound::AtMost }, found.rest)),
            Unit::Plain | Unit::Money(_) | Unit::OutOf(_) => None,
        };
    }
    let said = ["between", "from"].iter().find_map(|words| stripped(text, words));
    let first = leading(said.unwrap_or(text), decimal)?;
    let rest = first.rest.trim_start();
    if let Some(after) = AROUND.iter().find_map(|words| rest.strip_prefix(words)) {
        return around(first.amount, Some(first.unit), after, decimal);
    }
    let and = said.is_some().then_some(&"and ");
    let second = JOINTS.iter().chain(and).find_map(|joint| leading(rest.strip_prefix(joint)?, decimal))?;
    band((first.amount, first.unit), (second.amount, second.unit)).map(|figure| (figure, second.rest))
}

/// A band either side of an amount.
fn around(middle: f64, unit: Option<Unit>, text: &str, decimal: Decimal) -> Option<(Figure, &str)> {
    let found = leading(text, decimal)?;
    let (unit, distance) = match (unit, found.unit) {
        (None, unit) => (unit, found.amount),
        (Some(Unit::Percent), Unit::Percent) => (Unit::Percent, found.amount),
        (Some(Unit::Percent), Unit::Plain | Unit::Points) => (Unit::Percent, percent(found.amount)),
        // `400 ± 5%` is a share of it.
        (Some(unit), Unit::Percent) => (unit, middle.abs() * found.amount),
        (Some(unit), _) => (unit, found.amount),
    };
    let distance = distance.abs();
    Some((Figure::Range { low: middle - distance, high: middle + distance, unit }, found.rest))
}

/// The band between two amounts; its unit may stand behind the second alone. `2025-26` is a year.
fn band((first, unit): (f64, Unit), (second, last): (f64, Unit)) -> Option<Figure> {
    let is_year = |amount: f64| amount.fract() == 0.0 && (1990.0..2100.0).contains(&amount);
    if (unit, last) == (Unit::Plain, Unit::Plain) && is_year(first) && (second < 100.0 || is_year(second)) {
        return None;
    }
    let (first, unit) = match (unit, last) {
        (Unit::Plain, Unit::Percent) => (percent(first), last),
        (Unit::Plain, _) => (first, last),
        (unit, Unit::Plain) if unit != Unit::Percent => (first, unit),
        (unit, last) if unit == last => (first, unit),
        _ => return None,
    };
    // `£1-2m` leaves out the first million.
    let scaled = [1e6, 1e3].into_iter().find(|scale| matches!(unit, Unit::Money(_)) && first < 1000.0 && second / scale > first);
    let first = first * scaled.unwrap_or(1.0);
    // `90-85%` is told from the top; `15 -9` is a number and a change.
    let is_band = first <= second || (second > 0.0 && first <= second * DOWNWARD);
    is_band.then_some(Figure::Range { low: first.min(second), high: first.max(second), unit })
}

fn opened(text: &str) -> &str {
    let text = text.trim_start();
    OPENERS.iter().find_map(|words| stripped(text, words)).map_or(text, str::trim_start)
}

/// What follows some words at the beginning of a text; letters must be apart from more letters.
fn stripped<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let after = text.strip_prefix(words)?;
    let joined = words.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
    (!joined).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::super::super::{Currency, TimeUnit};
    use super::*;

    #[test]
    fn limits_are_read_before_and_behind() {
        let (days, pounds) = (Unit::Time(TimeUnit::Day), Unit::Money(Currency::Pound));
        for (text, amount, unit, bound) in [
            ("≤ 10", 10.0, Unit::Plain, Bound::AtMost),
            ("<= 10 days", 10.0, days, Bound::AtMost),
            ("<5", 5.0, Unit::Plain, Bound::Below),
            ("fewer than 20", 20.0, Unit::Plain, Bound::Below),
            ("no more than 5", 5.0, Unit::Plain, Bound::AtMost),
            ("max 40", 40.0, Unit::Plain, Bound::AtMost),
            ("up to £50,000", 50_000.0, pounds, Bound::AtMost),
            ("less than 10%", 0.1, Unit::Percent, Bound::Below),
            ("at least 95%", 0.95, Unit::Percent, Bound::AtLeast),
            ("≥90%", 0.9, Unit::Percent, Bound::AtLeast),
            ("90%+", 0.9, Unit::Percent, Bound::AtLeast),
            ("90 or more", 90.0, Unit::Plain, Bound::AtLeast),
            ("20 days or fewer", 20.0, days, Bound::AtMost),
            ("20 or fewer days", 20.0, days, Bound::AtMost),
            ("15 minutes or less", 15.0, Unit::Time(TimeUnit::Minute), Bound::AtMost),
            ("above 4", 4.0, Unit::Plain, Bound::Above),
            ("target: ≥ 80", 80.0, Unit::Plain, Bound::AtLeast),
        ] {
            assert_eq!(limit(text, Decimal::Point), Some((Figure::Limit { amount, unit, bound }, "")), "{text}");
        }
        for text in ["10", "undecided", "maximise", "min", "90 minutes", "overall 5", "under review"] {
            assert_eq!(limit(text, Decimal::Point), None, "{text}");
        }
    }

    #[test]
    fn bands_are_read_in_every_form() {
        let days = Unit::Time(TimeUnit::Day);
        for (text, low, high, unit) in [
            ("10-15%", 0.1, 0.15, Unit::Percent),
            ("5% to 8%", 0.05, 0.08, Unit::Percent),
            ("between 85% and 95%", 0.85, 0.95, Unit::Percent),
            ("80% - 89%", 0.8, 0.89, Unit::Percent),
            ("+/- 2%", -0.02, 0.02, Unit::Percent),
            ("within 5%", -0.05, 0.05, Unit::Percent),
            ("90% ± 2", 0.88, 0.92, Unit::Percent),
            ("400 +/- 5%", 380.0, 420.0, Unit::Plain),
            ("3–5", 3.0, 5.0, Unit::Plain),
            ("10 - 15 days", 10.0, 15.0, days),
            ("£1-2m", 1e6, 2e6, Unit::Money(Currency::Pound)),
            ("90-85", 85.0, 90.0, Unit::Plain),
        ] {
            let Some((Figure::Range { low: found_low, high: found_high, unit: found }, "")) = range(text, Decimal::Point) else {
                panic!("{text}: {:?}", range(text, Decimal::Point))
            };
            assert!(
                (found_low - low).abs() < 1e-9 && (found_high - high).abs() < 1e-9 && found == unit,
                "{text}: {found_low} {found_high}"
            );
        }
        let at_most = Figure::Limit { amount: 20.0, unit: days, bound: Bound::AtMost };
        assert_eq!(range("within 20 days", Decimal::Point), Some((at_most, "")));
        for text in ["2025-26", "2024-2025", "15 -9", "10", "85%, 92%"] {
            assert_eq!(range(text, Decimal::Point), None, "{text}");
        }
    }
}
