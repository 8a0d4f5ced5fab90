//! KPI values and targets in every form owners write.

use std::sync::Arc;

use super::super::{Arrow, Bound, Cell, Currency, Figure, General, Stored, Unit, Value, show_number};
use super::amount::{leading, whole};
use super::bounds;
use super::date::parse_when;
use super::number::Decimal;

/// Words that state a direction, in lower case.
const DIRECTIONS: [(&str, Arrow); 44] = [
    ("increase", Arrow::Up),
    ("increasing", Arrow::Up),
    ("improve", Arrow::Up),
    ("improving", Arrow::Up),
    ("improvement", Arrow::Up),
    ("raise", Arrow::Up),
    ("higher", Arrow::Up),
    ("grow", Arrow::Up),
    ("upward", Arrow::Up),
    ("upwards", Arrow::Up),
    ("upward trend", Arrow::Up),
    ("an increase", Arrow::Up),
    ("↑", Arrow::Up),
    ("↗", Arrow::Up),
    ("▲", Arrow::Up),
    ("up", Arrow::Up),
    ("decrease", Arrow::Down),
    ("decreasing", Arrow::Down),
    ("reduce", Arrow::Down),
    ("reducing", Arrow::Down),
    ("reduction", Arrow::Down),
    ("lower", Arrow::Down),
    ("fewer", Arrow::Down),
    ("minimise", Arrow::Down),
    ("downward", Arrow::Down),
    ("downwards", Arrow::Down),
    ("downward trend", Arrow::Down),
    ("a decrease", Arrow::Down),
    ("a reduction", Arrow::Down),
    ("↓", Arrow::Down),
    ("↘", Arrow::Down),
    ("▼", Arrow::Down),
    ("down", Arrow::Down),
    ("maintain", Arrow::Level),
    ("sustain", Arrow::Level),
    ("hold", Arrow::Level),
    ("stable", Arrow::Level),
    ("no change", Arrow::Level),
    ("no deterioration", Arrow::Level),
    ("maintain current level", Arrow::Level),
    ("maintain performance", Arrow::Level),
    ("maintain current performance", Arrow::Level),
    ("→", Arrow::Level),
    ("↔", Arrow::Level),
];
/// What may follow the words of a direction: what it is measured from.
const SINCE: [&str; 12] = [
    "from the previous",
    "from previous",
    "from last",
    "from baseline",
    "from the baseline",
    "on last",
    "on previous",
    "on the previous",
    "on baseline",
    "year on year",
    "each year",
    "against last",
];
/// Words before a number that say which way it is to be reached.
const REACHED: [(&str, Option<Bound>); 15] = [
    ("increase to", Some(Bound::AtLeast)),
    ("raise to", Some(Bound::AtLeast)),
    ("improve to", Some(Bound::AtLeast)),
    ("maintain at or above", Some(Bound::AtLeast)),
    ("maintain above", Some(Bound::AtLeast)),
    ("reduce to", Some(Bound::AtMost)),
    ("decrease to", Some(Bound::AtMost)),
    ("lower to", Some(Bound::AtMost)),
    ("cut to", Some(Bound::AtMost)),
    ("maintain at or below", Some(Bound::AtMost)),
    ("maintain below", Some(Bound::AtMost)),
    ("maintain at", None),
    ("hold at", None),
    ("maintain", None),
    ("sustain", None),
];
/// Words that part a figure from what is said of it.
const REMARKS: [&str; 39] = [
    "by",
    "to date",
    "pa",
    "p.a",
    "p.a.",
    "per",
    "a",
    "an",
    "each",
    "in",
    "within",
    "of",
    "for",
    "as at",
    "at",
    "since",
    "on",
    "up from",
    "down from",
    "up",
    "down",
    "was",
    "previously",
    "against",
    "compared",
    "target",
    "vs",
    "v",
    "(",
    "-",
    "–",
    "every",
    "over",
    "during",
    "after",
    "before",
    "nationally",
    "ytd",
    "during the",
];
/// The most words that may stand behind a figure.
const MOST_WORDS: usize = 12;

/// Reads a figure: the stored number by its format, or what the text states.
pub(super) fn value(text: &str, stored: Option<&Stored>) -> Value {
    let figure = match stored {
        Some(stored) => Some(Figure::Amount { amount: stored.number, unit: unit_of(&stored.format), arrow: None }),
        None => parse(text, Decimal::Point),
    };
    figure.map_or(Value::Text, Value::Figure)
}

/// What a number format shows its numbers in.
fn unit_of(format: &str) -> Unit {
    let currency =
        Currency::ALL.into_iter().find(|currency| format.contains(currency.sign()) && (*currency != Currency::Dollar || is_dollar(format)));
    match currency {
        _ if format.contains('%') => Unit::Percent,
        Some(currency) => Unit::Money(currency),
        None => Unit::Plain,
    }
}

/// Whether a dollar in a format is a sign of money: `[$-809]` only names a language.
fn is_dollar(format: &str) -> bool {
    format.split('$').skip(1).any(|after| !after.starts_with(['-', '£', '€'])) && !format.contains(['£', '€'])
}

/// Makes a typed number or percentage a stored one; other forms are kept as typed.
pub(super) fn enter(typed: &str) -> Cell {
    let value = value(typed, None);
    let format = match value {
        Value::Figure(Figure::Amount { amount, unit, arrow: None }) => {
            let format = match unit {
                Unit::Percent if typed.contains('.') => "0.0%",
                Unit::Percent => "0%",
                Unit::Plain | Unit::Points | Unit::Money(_) | Unit::Time(_) | Unit::OutOf(_) => General,
            };
            (show_number(amount, format) == typed).then(|| Arc::from(format))
        }
        _ => None,
    };
    Cell { text: typed.into(), value: if typed.is_empty() { Value::Blank } else { value }, format, formula: false }
}

/// What a text states as a figure; `None` for plain words.
pub(super) fn parse(text: &str, decimal: Decimal) -> Option<Figure> {
    let text = spaced(text);
    let text = text.trim_end_matches(['.', ';', '*', '†']).trim();
    if matches!(text, "new" | "new kpi" | "new measure" | "new indicator") {
        return Some(Figure::New);
    }
    direction(text).or_else(|| arrowed(text, decimal)).or_else(|| reached(text, decimal)).or_else(|| {
        let found = bounds::limit(text, decimal).or_else(|| bounds::range(text, decimal));
        let found = found.or_else(|| leading(text, decimal).map(|found| (amount_of(found.amount, found.unit, None), found.rest)));
        if let Some((figure, _)) = found.filter(|(_, rest)| is_remark(rest) && !is_date(text)) {
            return Some(figure);
        }
        let numbers = text.split_whitespace().filter(|word| whole(word, decimal).is_some()).count();
        (numbers > 1).then_some(Figure::Several)
    })
}

/// A text in lower case with single spaces; those that part thousands stay.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.extend(word.chars().flat_map(char::to_lowercase));
    }
    spaced
}

fn amount_of(amount: f64, unit: Unit, arrow: Option<Arrow>) -> Figure {
    Figure::Amount { amount, unit, arrow }
}

/// A direction without a number.
fn direction(text: &str) -> Option<Figure> {
    let found = DIRECTIONS.iter().filter_map(|(words, arrow)| Some((text.strip_prefix(words)?.trim_start(), *arrow)));
    let said = |rest: &str| rest.is_empty() || SINCE.iter().any(|words| rest.starts_with(words));
    found.into_iter().find(|(rest, _)| said(rest)).map(|(_, arrow)| Figure::Direction(arrow))
}

/// `↓ 9%`, `▲ 4`.
fn arrowed(text: &str, decimal: Decimal) -> Option<Figure> {
    let arrow = match text.chars().next()? {
        '↑' | '▲' => Arrow::Up,
        '↓' | '▼' => Arrow::Down,
        _ => return None,
    };
    let (amount, unit) = whole(text.trim_start_matches(['↑', '▲', '↓', '▼']), decimal)?;
    Some(amount_of(amount, unit, Some(arrow)))
}

/// `Increase to 90%`, `reduce to 20 days`, `maintain at 95%`.
fn reached(text: &str, decimal: Decimal) -> Option<Figure> {
    let (after, bound) = REACHED.iter().find_map(|(words, bound)| Some((text.strip_prefix(words)?.strip_prefix(' ')?, bound)))?;
    let found = leading(after, decimal).filter(|found| is_remark(found.rest))?;
    Some(match *bound {
        Some(bound) => Figure::Limit { amount: found.amount, unit: found.unit, bound },
        None => amount_of(found.amount, found.unit, Some(Arrow::Level)),
    })
}

/// Whether what follows a figure is only said of it, and states no other one.
fn is_remark(rest: &str) -> bool {
    let mut bare = String::new();
    let mut depth = 0_usize;
    for c in rest.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let bare = bare.trim_start_matches([',', ';', ':', ' ']).trim_end();
    if bare.split_whitespace().count() > MOST_WORDS {
        return false;
    }
    let opens = |words: &str| bare.strip_prefix(words).is_some_and(|after| !after.starts_with(char::is_alphanumeric));
    !bare.contains(|c: char| c.is_ascii_digit())
        && !bare.starts_with(['/', '&', '+'])
        && !bare.starts_with("and ")
        && !bare.starts_with("or ")
        || REMARKS.iter().any(|words| opens(words)) && !bare.starts_with(['-', '–'])
}

/// Whether a text that begins with a number is a date.
fn is_date(text: &str) -> bool {
    whole(text, Decimal::Point).is_none() && parse_when(text).is_some()
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
            assert_eq!(parse(text, Decimal::Point), figure, "{text}");
        }
    }

    #[test]
    fn what_is_said_of_a_figure_leaves_it_one() {
        let plain = |amount| Some(Figure::Amount { amount, unit: Unit::Plain, arrow: None });
        let share = |amount| Some(Figure::Amount { amount, unit: Unit::Percent, arrow: None });
        for (text, figure) in [
            ("150 homes", plain(150.0)),
            ("12,000 visits", plain(12_000.0)),
            ("45% (national 43%)", share(0.45)),
            ("1,200 by March", plain(1200.0)),
            ("1,200 by March 2027", plain(1200.0)),
            ("900 to date", plain(900.0)),
            ("90% in 20 days", share(0.9)),
            ("85%, up from 80%", share(0.85)),
            ("£120,000 pa", Some(Figure::Amount { amount: 120_000.0, unit: Unit::Money(Currency::Pound), arrow: None })),
            ("4.2/5", Some(Figure::Amount { amount: 4.2, unit: Unit::OutOf(5), arrow: None })),
            ("Increase to 90%", Some(Figure::Limit { amount: 0.9, unit: Unit::Percent, bound: Bound::AtLeast })),
            ("Reduce on last year", Some(Figure::Direction(Arrow::Down))),
            ("Maintain 95%", Some(Figure::Amount { amount: 0.95, unit: Unit::Percent, arrow: Some(Arrow::Level) })),
            ("85% / 90%", Some(Figure::Several)),
            ("95% and 92%", Some(Figure::Several)),
            ("31 March 2026", Some(Figure::Several)),
            ("1st quartile", None),
            ("Increase by 5%", None),
            ("Q3", None),
        ] {
            assert_eq!(parse(text, Decimal::Point), figure, "{text}");
        }
    }

    #[test]
    fn a_number_format_may_say_the_unit() {
        for (format, unit) in [
            ("0%", Unit::Percent),
            ("\"£\"#,##0", Unit::Money(Currency::Pound)),
            ("[$£-809]#,##0.00", Unit::Money(Currency::Pound)),
            ("[$$-409]#,##0", Unit::Money(Currency::Dollar)),
            ("[$-809]0.0", Unit::Plain),
            (General, Unit::Plain),
        ] {
            assert_eq!(unit_of(format), unit, "{format}");
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
