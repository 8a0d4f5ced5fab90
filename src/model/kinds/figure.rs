//! KPI values and targets in every form owners write.

use std::sync::Arc;

use super::super::{Arrow, Cell, Figure, General, Stored, Unit, Value, show_number};
use super::number::plain;

/// Words that state a direction, in lower case.
const DIRECTIONS: &[(&str, Arrow)] = &[
    ("increase", Arrow::Up),
    ("↑", Arrow::Up),
    ("up", Arrow::Up),
    ("decrease", Arrow::Down),
    ("reduce", Arrow::Down),
    ("↓", Arrow::Down),
    ("down", Arrow::Down),
    ("maintain", Arrow::Level),
    ("→", Arrow::Level),
    ("↔", Arrow::Level),
];

/// Reads a figure: the stored number by its format, or what the text states.
pub fn value(text: &str, stored: Option<&Stored>) -> Value {
    let figure = match stored {
        Some(stored) => {
            let unit = if stored.format.contains('%') { Unit::Percent } else { Unit::Plain };
            Some(Figure::Amount { amount: stored.number, unit, arrow: None })
        }
        None => parse(text),
    };
    figure.map_or(Value::Text, Value::Figure)
}

/// Makes a typed number or percentage a stored one; other forms are kept as typed.
pub fn enter(typed: &str) -> Cell {
    let value = value(typed, None);
    let format = match value {
        Value::Figure(Figure::Amount { amount, unit, arrow: None }) => {
            let format = match unit {
                Unit::Plain => General,
                Unit::Percent if typed.contains('.') => "0.0%",
                Unit::Percent => "0%",
            };
            (show_number(amount, format) == typed).then(|| Arc::from(format))
        }
        _ => None,
    };
    Cell { text: typed.into(), value: if typed.is_empty() { Value::Blank } else { value }, format, formula: false }
}

/// What a text states as a figure; `None` for plain words.
fn parse(text: &str) -> Option<Figure> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("new") || text.eq_ignore_ascii_case("new kpi") {
        return Some(Figure::New);
    }
    if let Some(&(_, arrow)) = DIRECTIONS.iter().find(|(word, _)| text.eq_ignore_ascii_case(word)) {
        return Some(Figure::Direction(arrow));
    }
    let (arrow, rest) = match text.chars().next()? {
        '↑' => (Some(Arrow::Up), text.trim_start_matches('↑').trim_start()),
        '↓' => (Some(Arrow::Down), text.trim_start_matches('↓').trim_start()),
        _ => (None, text),
    };
    if let Some((amount, unit)) = amount(rest) {
        return Some(Figure::Amount { amount, unit, arrow });
    }
    let numbers = text.split_whitespace().filter(|word| amount(word).is_some()).count();
    (numbers > 1).then_some(Figure::Several)
}

/// The number and unit of `79%`, `64.43` or `1,200`.
fn amount(text: &str) -> Option<(f64, Unit)> {
    match text.strip_suffix('%') {
        Some(number) => plain(number).map(|number| (percent(number), Unit::Percent)),
        None => plain(text).map(|number| (number, Unit::Plain)),
    }
}

/// A percentage as a share, by its decimal digits, so that 79 % is the same number a workbook stores.
fn percent(number: f64) -> f64 {
    (number * 1e10).round() / 1e12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_seed_tables_is_read() {
        let amount = |amount, unit, arrow| Some(Figure::Amount { amount, unit, arrow });
        for (text, figure) in [
            ("0%", amount(0.0, Unit::Percent, None)),
            ("79%", amount(0.79, Unit::Percent, None)),
            ("69", amount(69.0, Unit::Plain, None)),
            ("64.43", amount(64.43, Unit::Plain, None)),
            ("new", Some(Figure::New)),
            ("↑", Some(Figure::Direction(Arrow::Up))),
            ("↓ 9%", amount(0.09, Unit::Percent, Some(Arrow::Down))),
            ("Maintain", Some(Figure::Direction(Arrow::Level))),
            ("37% 0%", Some(Figure::Several)),
            ("7.5 (carers) 19.3 (users) (n.b. every 2 years)", Some(Figure::Several)),
            ("to be agreed", None),
        ] {
            assert_eq!(parse(text), figure, "{text}");
        }
    }

    #[test]
    fn typing_a_percentage_stores_a_number() {
        let cell = enter("79%");
        assert_eq!((cell.format.as_deref(), cell.amount()), (Some("0%"), Some(0.79)));
        assert_eq!(enter("↓ 9%").format, None);
        assert_eq!(enter("").value, Value::Blank);
    }
}
