//! Counts and scores.

use std::sync::Arc;

use super::super::{Cell, General, Stored, Value};

/// What parts the whole of a number from its fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`.
    #[default]
    Point,
    /// `1.234,5`.
    Comma,
}

impl Decimal {
    /// The sign before the fraction, and the one between thousands.
    fn signs(self) -> (char, char) {
        match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        }
    }
}

/// Reads a count: the stored number, or the number the text spells.
pub(super) fn value(text: &str, stored: Option<&Stored>) -> Value {
    stored.map(|stored| stored.number).or_else(|| plain(text)).or_else(|| score(text)).map_or(Value::Text, Value::Number)
}

/// Makes a typed number a stored one; anything else stays text.
pub(super) fn enter(typed: &str) -> Cell {
    match plain(typed) {
        Some(number) if format!("{number}") == typed => {
            Cell { text: typed.into(), value: Value::Number(number), format: Some(Arc::from(General)), formula: false }
        }
        Some(_) | None if typed.is_empty() => Cell::default(),
        Some(_) | None => Cell { value: value(typed, None), ..Cell::text(typed) },
    }
}

/// The number a text spells, with or without thousands separators.
pub(super) fn plain(text: &str) -> Option<f64> {
    spelled(text, Decimal::Point)
}

/// The number a text spells, where its decimals are marked so.
pub(super) fn spelled(text: &str, decimal: Decimal) -> Option<f64> {
    let text = text.trim();
    let (point, thousands) = decimal.signs();
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == point) || !text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A comma parts thousands; anywhere else it may be a decimal comma, which is not guessed.
    let whole = text.split_once(point).map_or(text, |(whole, _)| whole);
    if whole.split(thousands).skip(1).any(|part| part.len() != 3) {
        return None;
    }
    let number: Option<f64> = if text.contains([thousands, ',']) {
        text.chars().filter(|c| *c != thousands).map(|c| if c == point { '.' } else { c }).collect::<String>().parse().ok()
    } else {
        text.parse().ok()
    };
    number.filter(|number| number.is_finite())
}

/// What marks the decimals of a number in a text, where it can be read one way only; `None` where it may be both, as `1,234`.
#[must_use]
pub fn decimal_of(text: &str) -> Option<Decimal> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let number = &text[start..];
    let end = number.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(number.len());
    let number = number[..end].trim_end_matches(['.', ',']);
    let sign = number.rfind(['.', ','])?;
    let mark = if number[sign..].starts_with(',') { Decimal::Comma } else { Decimal::Point };
    let (whole, fraction) = (&number[..sign], &number[sign + 1..]);
    let (point, thousands) = mark.signs();
    let parted = whole.contains(thousands);
    // Two of one sign are a list or parts of a date.
    if whole.contains(point) || (parted && whole.split(thousands).skip(1).any(|part| part.len() != 3)) {
        return None;
    }
    (parted || fraction.len() != 3).then_some(mark)
}

/// A score beside its word: `4 - Likely`, `Likely (4)`, `20 (High)`.
fn score(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_words = |words: &str| words.chars().any(char::is_alphabetic) && !words.chars().any(|c| c.is_ascii_digit());
    if let Some((words, bracketed)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        let (words, bracketed) = (words.trim(), bracketed.trim());
        return plain(words).filter(|_| is_words(bracketed)).or_else(|| plain(bracketed).filter(|_| is_words(words)));
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let words = rest.strip_prefix(['-', '–', '—', ':', '=']).or_else(|| rest.starts_with(char::is_alphabetic).then_some(rest))?;
    if let Some(number) = plain(number).filter(|_| is_words(words) && words.split_whitespace().count() <= SCORE_WORDS) {
        return Some(number);
    }
    None
}

/// How many words a score may have beside its number.
const SCORE_WORDS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_part_thousands_only() {
        for (text, number) in
            [("1,200", Some(1200.0)), ("-3", Some(-3.0)), ("1,234,567.5", Some(1_234_567.5)), ("7,5", None), ("12 weeks", None)]
        {
            assert_eq!(plain(text), number, "{text}");
        }
        for (text, number) in
            [("1.310,25", Some(1310.25)), ("7,5", Some(7.5)), ("12.500", Some(12_500.0)), ("1.5", None), ("-3", Some(-3.0))]
        {
            assert_eq!(spelled(text, Decimal::Comma), number, "{text}");
        }
    }

    #[test]
    fn one_way_to_read_a_number_tells_the_decimal_sign() {
        for (text, sign) in [
            ("93,5 %", Some(Decimal::Comma)),
            ("€ 1.200,50", Some(Decimal::Comma)),
            ("1,234.5", Some(Decimal::Point)),
            ("12.5", Some(Decimal::Point)),
            ("1,234", None),
            ("1.234", None),
            ("1,234,567", None),
            ("31.03.2026", None),
            ("12", None),
            ("3, 4 and 5", None),
        ] {
            assert_eq!(decimal_of(text), sign, "{text}");
        }
    }

    #[test]
    fn a_score_has_its_word_beside_it() {
        for (text, number) in [
            ("4 - Likely", Some(4.0)),
            ("3: Possible", Some(3.0)),
            ("20 (Very High)", Some(20.0)),
            ("Almost certain (5)", Some(5.0)),
            ("12 High", Some(12.0)),
            ("High", None),
            ("2 of 5", None),
            ("12 (was 16)", None),
            ("4 - we expect this within the year", None),
            ("Phase 2 (2026)", None),
        ] {
            assert_eq!(score(text), number, "{text}");
        }
    }
}
