//! Counts and scores.

use std::sync::Arc;

use super::super::{Cell, General, Stored, Value};

/// Reads a count: the stored number, or the number the text spells.
pub fn value(text: &str, stored: Option<&Stored>) -> Value {
    stored.map(|stored| stored.number).or_else(|| plain(text)).map_or(Value::Text, Value::Number)
}

/// Makes a typed number a stored one; anything else stays text.
pub fn enter(typed: &str) -> Cell {
    match plain(typed) {
        Some(number) if format!("{number}") == typed => {
            Cell { text: typed.into(), value: Value::Number(number), format: Some(Arc::from(General)), formula: false }
        }
        _ => Cell::text(typed),
    }
}

/// The number a text spells, with or without thousands separators.
pub fn plain(text: &str) -> Option<f64> {
    let text = text.trim();
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.')) || !text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // A comma parts thousands; anywhere else it may be a decimal comma, which is not guessed.
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if whole.split(',').skip(1).any(|part| part.len() != 3) {
        return None;
    }
    let number: Option<f64> = if text.contains(',') { text.replace(',', "").parse().ok() } else { text.parse().ok() };
    number.filter(|number| number.is_finite())
}

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
    }
}
