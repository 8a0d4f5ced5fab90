//! One amount with its unit, as owners write it: `£1.2m`, `(2,000)`, `20 working days`, `4.2/5`.

use super::super::{Currency, TimeUnit, Unit};
use super::number::{Decimal, spelled};

/// What may follow a number at once and multiplies it, the longer first.
const SCALES: [(&str, f64); 11] = [
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("000s", 1e3),
    ("mil", 1e6),
    ("mn", 1e6),
    ("bn", 1e9),
    ("k", 1e3),
    ("m", 1e6),
    ("b", 1e9),
    ("tn", 1e12),
];
/// Words for per cent and for points, the longer first.
const SHARES: [(&str, Unit); 17] = [
    ("percentage points", Unit::Points),
    ("percentage point", Unit::Points),
    ("per cent points", Unit::Points),
    ("% points", Unit::Points),
    ("% point", Unit::Points),
    ("%pts", Unit::Points),
    ("ppts", Unit::Points),
    ("ppt", Unit::Points),
    ("pps", Unit::Points),
    ("pp", Unit::Points),
    ("points", Unit::Points),
    ("point", Unit::Points),
    ("pts", Unit::Points),
    ("per cent", Unit::Percent),
    ("percent", Unit::Percent),
    ("%", Unit::Percent),
    ("pct", Unit::Percent),
];
/// Short forms of units of time.
const SHORT_TIMES: [(&str, TimeUnit); 15] = [
    ("sec", TimeUnit::Second),
    ("s", TimeUnit::Second),
    ("min", TimeUnit::Minute),
    ("hr", TimeUnit::Hour),
    ("h", TimeUnit::Hour),
    ("d", TimeUnit::Day),
    ("wd", TimeUnit::Day),
    ("wk", TimeUnit::Week),
    ("w", TimeUnit::Week),
    ("mth", TimeUnit::Month),
    ("mnth", TimeUnit::Month),
    ("mo", TimeUnit::Month),
    ("yr", TimeUnit::Year),
    ("y", TimeUnit::Year),
    ("fte day", TimeUnit::Day),
];
/// What may stand between a number and its unit of time.
const TIME_ADJECTIVES: [&str; 6] = ["working ", "calendar ", "business ", "school ", "clear ", "net "];
/// Marks before a number that say it is not exact.
const NEARLY: [&str; 9] = ["approximately", "approx.", "approx", "around", "about", "circa", "c.", "~", "est."];

/// One amount at the beginning of a text in lower case, and what follows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Leading<'a> {
    pub amount: f64,
    pub unit: Unit,
    pub rest: &'a str,
}

/// The amount that is the whole of a text in lower case.
pub(super) fn whole(text: &str, decimal: Decimal) -> Option<(f64, Unit)> {
    let found = leading(text, decimal)?;
    found.rest.trim().is_empty().then_some((found.amount, found.unit))
}

/// The amount a text in lower case begins with.
pub(super) fn leading(text: &str, decimal: Decimal) -> Option<Leading<'_>> {
    let text = text.trim_start();
    let text = NEARLY.iter().find_map(|mark| text.strip_prefix(mark)).map_or(text, str::trim_start);
    bracketed(text, decimal).or_else(|| signed(text, decimal))
}

/// What brackets round money or a number make negative: `(2,000)`, `£(1.5m)`.
fn bracketed(text: &str, decimal: Decimal) -> Option<Leading<'_>> {
    let sign = currency(text);
    let (inside, rest) = sign.map_or(text, |(_, after)| after).strip_prefix('(')?.split_once(')')?;
    let (amount, unit) = whole(inside, decimal).filter(|(amount, _)| *amount >= 0.0)?;
    let unit = sign.map_or(unit, |(currency, _)| Unit::Money(currency));
    Some(Leading { amount: -amount, unit, rest })
}

fn signed(text: &str, decimal: Decimal) -> Option<Leading<'_>> {
    let (negative, text) = minus(text);
    let sign = currency(text);
    let text = sign.map_or(text, |(_, after)| after);
    let (negative, text) = if negative { (true, text) } else { minus(text) };
    let (number, mut rest) = digits(text, decimal)?;
    let mut amount = if negative { -number } else { number };
    let mut unit = sign.map_or(Unit::Plain, |(currency, _)| Unit::Money(currency));
    // `1.2 m` may be metres; behind a sign of money it is a million.
    let scaled = if sign.is_some() { rest.trim_start() } else { rest };
    if let Some((scale, after)) = scale(scaled) {
        (amount, rest) = ((amount * scale * 1e6).round() / 1e6, after);
    }
    if let Some((currency, after)) = currency(rest.trim_start()) {
        (unit, rest) = (Unit::Money(currency), after);
    } else if unit == Unit::Plain
        && let Some((named, after)) = unit_word(rest)
    {
        (unit, rest) = (named, after);
        amount = if unit == Unit::Percent { percent(amount) } else { amount };
    }
    // `1st` and `2x` are no amounts.
    let apart = !rest.starts_with(char::is_alphanumeric);
    apart.then_some(Leading { amount, unit, rest })
}

/// A percentage as a share, by its decimal digits, so that 79 % is the same number a workbook stores.
pub(super) fn percent(number: f64) -> f64 {
    (number * 1e10).round() / 1e12
}

fn minus(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−', '–']) {
        Some(after) => (true, after.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// A sign of money at the beginning of a text, and what follows it.
fn currency(text: &str) -> Option<(Currency, &str)> {
    let first = text.chars().next()?;
    let currency = Currency::ALL.into_iter().find(|currency| currency.sign() == first)?;
    Some((currency, text[first.len_utf8()..].trim_start()))
}

/// The unsigned number a text begins with.
fn digits(text: &str, decimal: Decimal) -> Option<(f64, &str)> {
    let joint = |c: char| matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}' | '\u{2009}');
    let followed = |at: usize, c: char| text[at + c.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
    let end = text.char_indices().find(|&(at, c)| !(c.is_ascii_digit() || (joint(c) && followed(at, c))));
    let (number, rest) = text.split_at(end.map_or(text.len(), |(at, _)| at));
    let bare: String = number.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
    Some((spelled(&bare, decimal)?, rest))
}

fn scale(text: &str) -> Option<(f64, &str)> {
    let spelt = text.trim_start();
    SCALES.iter().find_map(|(word, scale)| {
        let after = if word.len() > 4 { spelt.strip_prefix(word) } else { text.strip_prefix(word) };
        after.filter(|after| !after.starts_with(char::is_alphanumeric)).map(|after| (*scale, after))
    })
}

/// The unit a text begins with: per cent, points, time, or out of how many.
fn unit_word(text: &str) -> Option<(Unit, &str)> {
    let text = text.trim_start();
    let ends = |after: &&str| !after.starts_with(char::is_alphanumeric);
    if let Some(found) = SHARES.iter().find_map(|(word, unit)| Some((*unit, text.strip_prefix(word).filter(ends)?))) {
        return Some(found);
    }
    out_of(text).or_else(|| time(text))
}

/// `/5`, `out of 5`.
fn out_of(text: &str) -> Option<(Unit, &str)> {
    let after = text.strip_prefix('/').or_else(|| text.strip_prefix("out of "))?.trim_start();
    let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
    let most: u16 = after[..end].parse().ok().filter(|most| *most > 0)?;
    let rest = &after[end..];
    let apart = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%' | '.' | ','));
    apart.then_some((Unit::OutOf(most), rest))
}

/// The unit of time a text begins with.
pub(super) fn time(text: &str) -> Option<(Unit, &str)> {
    let text = TIME_ADJECTIVES.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let singular = word.strip_suffix('s').filter(|stem| !stem.is_empty()).unwrap_or(word);
    let long = TimeUnit::ALL.iter().find(|(_, name)| *name == singular).map(|(unit, _)| *unit);
    let short = || SHORT_TIMES.iter().find(|(name, _)| *name == singular).map(|(_, unit)| *unit);
    let unit = long.or_else(short)?;
    let rest = rest.strip_prefix("(s)").unwrap_or(rest);
    Some((Unit::Time(unit), rest.strip_prefix('.').filter(|after| after.trim().is_empty()).unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_its_unit() {
        let pounds = Unit::Money(Currency::Pound);
        for (text, amount, unit) in [
            ("£1.2m", 1_200_000.0, pounds),
            ("£250k", 250_000.0, pounds),
            ("£1,234k", 1_234_000.0, pounds),
            ("£1.2 million", 1_200_000.0, pounds),
            ("-£500", -500.0, pounds),
            ("£-500", -500.0, pounds),
            ("(2,000)", -2000.0, Unit::Plain),
            ("(£2,000)", -2000.0, pounds),
            ("£(1.5m)", -1_500_000.0, pounds),
            ("50 €", 50.0, Unit::Money(Currency::Euro)),
            ("−3.5%", -0.035, Unit::Percent),
            ("90 %", 0.9, Unit::Percent),
            ("45 per cent", 0.45, Unit::Percent),
            ("2pp", 2.0, Unit::Points),
            ("20 days", 20.0, Unit::Time(TimeUnit::Day)),
            ("10 working days", 10.0, Unit::Time(TimeUnit::Day)),
            ("3.5 hrs", 3.5, Unit::Time(TimeUnit::Hour)),
            ("45secs", 45.0, Unit::Time(TimeUnit::Second)),
            ("4.2/5", 4.2, Unit::OutOf(5)),
            ("7 out of 10", 7.0, Unit::OutOf(10)),
            ("12k", 12_000.0, Unit::Plain),
            ("approx. 90%", 0.9, Unit::Percent),
            ("1\u{a0}234", 1234.0, Unit::Plain),
        ] {
            assert_eq!(whole(text, Decimal::Point), Some((amount, unit)), "{text}");
        }
        for text in ["1st", "", "£", "7,5", "4/5/2026", "ten", "2x", "5 homes"] {
            assert_eq!(whole(text, Decimal::Point), None, "{text}");
        }
        assert_eq!(whole("€ 1.200,50", Decimal::Comma), Some((1200.5, Unit::Money(Currency::Euro))));
        assert_eq!(whole("93,5 %", Decimal::Comma), Some((0.935, Unit::Percent)));
    }
}
