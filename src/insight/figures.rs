//! A KPI's figures out of its cells and in words, and two of them brought to one unit. Rates nothing.

use crate::model::{Bound, Cell, Figure, Unit, Value};

/// How far apart, as a factor, two figures of one KPI usually are at most.
const NEAR: f64 = 3.0;
/// A number up to this may be a share: 0.85 for 85 %.
const SHARE: f64 = 1.5;

/// The figure a cell states: its own, or its plain number.
#[must_use]
pub fn figure_of(cell: &Cell) -> Option<Figure> {
    match cell.value {
        Value::Figure(figure) => Some(figure),
        Value::Number(amount) => {
            let percent = cell.format.as_deref().is_some_and(|format| format.contains('%'));
            Some(Figure::Amount { amount, unit: if percent { Unit::Percent } else { Unit::Plain }, arrow: None })
        }
        Value::Blank | Value::Merged | Value::Text | Value::When(_) | Value::Status(_) => None,
    }
}

/// An amount as words: `79%`, `64.43`, `£1.2m`, `20 days`.
#[must_use]
pub fn show_figure(amount: f64, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{}%", decimals(amount * 100.0)),
        Unit::Plain | Unit::OutOf(_) => decimals(amount),
        Unit::Points => format!("{} {}", decimals(amount), if decimals(amount) == "1" { "point" } else { "points" }),
        Unit::Time(time) => format!("{} {}{}", decimals(amount), time.word(), if decimals(amount) == "1" { "" } else { "s" }),
        Unit::Money(currency) => {
            let sign = if amount < 0.0 { "-" } else { "" };
            format!("{sign}{}{}", currency.sign(), money(amount.abs()))
        }
    }
}

/// `1.2m`, `61,000`, `12.50`.
fn money(amount: f64) -> String {
    if amount >= 1e6 && (amount / 1e4).fract().abs() < 1e-9 {
        return format!("{}m", decimals(amount / 1e6));
    }
    let pence = if amount.fract().abs() < 1e-9 { format!("{amount:.0}") } else { format!("{amount:.2}") };
    let (whole, fraction) = pence.split_once('.').map_or((&*pence, ""), |(whole, _)| (whole, &pence[whole.len()..]));
    let mut parted = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted + fraction
}

/// A number with at most two decimals, and none that are nothing.
pub(super) fn decimals(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A target in words: `90%`, `at most 10 days`, `10% to 15%`.
pub(super) fn show_target(figure: Figure, unit: Unit) -> String {
    match figure {
        Figure::Amount { amount, .. } => show_figure(amount, unit),
        Figure::Limit { amount, bound, .. } => {
            let words = match bound {
                Bound::AtMost => "at most",
                Bound::Below => "less than",
                Bound::AtLeast => "at least",
                Bound::Above => "more than",
            };
            format!("{words} {}", show_figure(amount, unit))
        }
        Figure::Range { low, high, .. } => format!("{} to {}", show_figure(low, unit), show_figure(high, unit)),
        Figure::Direction(_) | Figure::New | Figure::Several => String::new(),
    }
}

/// Two figures of which one says per cent and both count it: 95 beside 93.1 %, and 0.85 beside 85. `percent` tells whether
/// something says that they do.
pub(super) fn in_one_unit(current: Figure, target: Figure, percent: bool) -> (Figure, Figure) {
    let (Some(one), Some(other), true) = (current.unit(), target.unit(), percent) else { return (current, target) };
    match (one, other) {
        (Unit::Plain, Unit::Percent) => (as_share(current, target), target),
        (Unit::Percent, Unit::Plain) => (current, as_share(target, current)),
        (Unit::Plain, Unit::Plain) => match (size(current), size(target)) {
            (Some(a), Some(b)) if is_share_of(a, b) => (scaled(current, 100.0, Unit::Plain), target),
            (Some(a), Some(b)) if is_share_of(b, a) => (current, scaled(target, 100.0, Unit::Plain)),
            _ => (current, target),
        },
        _ => (current, target),
    }
}

/// A bare number that counts per cent as the share it is, beside another share.
fn as_share(figure: Figure, beside: Figure) -> Figure {
    let is_share = size(figure).zip(size(beside)).is_some_and(|(own, other)| own <= SHARE && near(own, other) && !near(own / 100.0, other));
    scaled(figure, if is_share { 1.0 } else { 0.01 }, Unit::Percent)
}

/// Whether a number is a share and the other counts per cent, beyond doubt.
fn is_share_of(share: f64, number: f64) -> bool {
    share > 0.0 && share <= SHARE && number > SHARE && near(share * 100.0, number) && !near(share * 10.0, number)
}

fn near(one: f64, other: f64) -> bool {
    one != 0.0 && other != 0.0 && (1.0 / NEAR..=NEAR).contains(&(one / other))
}

/// The size of a figure's numbers.
fn size(figure: Figure) -> Option<f64> {
    match figure {
        Figure::Range { high, .. } => Some(high.abs()),
        other => other.amount().map(f64::abs),
    }
}

/// A figure with its numbers multiplied.
pub(super) fn scaled(figure: Figure, by: f64, unit: Unit) -> Figure {
    let times = |number: f64| (number * by * 1e12).round() / 1e12;
    match figure {
        Figure::Amount { amount, arrow, .. } => Figure::Amount { amount: times(amount), unit, arrow },
        Figure::Limit { amount, bound, .. } => Figure::Limit { amount: times(amount), unit, bound },
        Figure::Range { low, high, .. } => Figure::Range { low: times(low), high: times(high), unit },
        Figure::Direction(_) | Figure::New | Figure::Several => figure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Currency, TimeUnit, kinds::Kind};

    #[test]
    fn amounts_are_shown_in_their_unit() {
        let pounds = Unit::Money(Currency::Pound);
        for (amount, unit, shown) in [
            (0.79, Unit::Percent, "79%"),
            (64.43, Unit::Plain, "64.43"),
            (1_200_000.0, pounds, "£1.2m"),
            (61_000.0, pounds, "£61,000"),
            (-2000.0, pounds, "-£2,000"),
            (12.5, pounds, "£12.50"),
            (1.0, Unit::Time(TimeUnit::Day), "1 day"),
            (3.5, Unit::Time(TimeUnit::Hour), "3.5 hours"),
        ] {
            assert_eq!(show_figure(amount, unit), shown);
        }
    }

    #[test]
    fn what_counts_per_cent_is_brought_to_one_unit() {
        let read = |text: &str| figure_of(&Kind::Figure.enter(text)).unwrap();
        for (current, target, expected) in [
            ("93.1%", "95", (0.931, 0.95)),
            ("98.2", "97%", (0.982, 0.97)),
            ("0.85", "90%", (0.85, 0.9)),
            ("0.5", "3%", (0.005, 0.03)),
            ("0.85", "85", (85.0, 85.0)),
            ("0.5", "3", (0.5, 3.0)),
            ("88", "90", (88.0, 90.0)),
        ] {
            let (one, other) = in_one_unit(read(current), read(target), true);
            assert_eq!((one.amount(), other.amount()), (Some(expected.0), Some(expected.1)), "{current} {target}");
        }
        assert_eq!(in_one_unit(read("79"), read("90%"), false), (read("79"), read("90%")));
    }
}
