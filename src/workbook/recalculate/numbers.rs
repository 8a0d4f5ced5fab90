//! Owns the change of text into numbers and of numbers into text; where Excel goes by the computer's language, it never guesses.

use super::calendar;
use super::value::{Fault, Stop, kept};

/// The number that a text is taken for; `#VALUE!` for one that is none.
pub(super) fn read(text: &str, date_1904: bool) -> Result<f64, Stop> {
    if let Some(number) = plain(text).or_else(|| date(text, date_1904)) {
        return Ok(number);
    }
    match may_be_number(text) {
        true => kept("it takes a text for a number or a date, which goes by the language of the computer"),
        false => Err(Fault::Value.into()),
    }
}

/// A number in digits, with or without thousands, decimals, an exponent, a percent sign or brackets for negative.
pub(super) fn plain(text: &str) -> Option<f64> {
    let text = text.trim_matches(' ');
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || b"+-.(".contains(&first)) {
        return None;
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return if inner.starts_with(['+', '-', '(']) { None } else { plain(inner).map(|number| -number) };
    }
    if let Some(hundredths) = text.strip_suffix('%') {
        return if hundredths.ends_with('%') { None } else { plain(hundredths).map(|number| number / 100.0) };
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,eE".contains(&byte)) {
        return None;
    }
    let number = if text.contains(',') { without_thousands(text)?.parse::<f64>() } else { text.parse::<f64>() };
    number.ok().filter(|number| number.is_finite())
}

fn without_thousands(text: &str) -> Option<String> {
    let (whole, rest) = text.split_at(text.find(['.', 'e', 'E']).unwrap_or(text.len()));
    let mut groups = whole.trim_start_matches(['+', '-']).split(',');
    let first = groups.next()?;
    let right = !rest.contains(',') && (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
    right.then(|| text.replace(',', ""))
}

/// A date or time that is written alike in every English-speaking country.
fn date(text: &str, date_1904: bool) -> Option<f64> {
    // Excel takes a number with spaces around it, but not every date.
    if text.starts_with(' ') || text.ends_with(' ') {
        return None;
    }
    if let Some(time) = time(text) {
        return Some(time);
    }
    if let Some((day, hours)) = text.rsplit_once(' ')
        && hours.contains(':')
    {
        return Some(day_alone(day, date_1904)? + time(hours)?);
    }
    day_alone(text, date_1904)
}

fn time(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !parts.iter().all(|part| (1..=2).contains(&part.len())) {
        return None;
    }
    let numbers: Vec<u32> = parts.iter().filter_map(|part| digits(part)).collect();
    let (hours, minutes, seconds) = (*numbers.first()?, *numbers.get(1)?, numbers.get(2).copied().unwrap_or(0));
    let right = numbers.len() == parts.len() && hours < 24 && minutes < 60 && seconds < 60;
    right.then(|| f64::from(hours * 3600 + minutes * 60 + seconds) / 86_400.0)
}

fn digits(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() < 5 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn day_alone(text: &str, date_1904: bool) -> Option<f64> {
    let parts: Vec<&str> = text.split(['-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let (year, month, day) = if first.len() == 4 {
        (digits(first)?, digits(second)?, digits(third)?)
    } else {
        let year = digits(third)?;
        let year = match third.len() {
            4 => year,
            2 => year + if year < 30 { 2000 } else { 1900 },
            _ => return None,
        };
        (year, month_named(second)?, digits(first)?)
    };
    let (year, month) = (i64::from(year), i64::from(month));
    if !(1..=12).contains(&month) || day < 1 || i64::from(day) > calendar::month_length(year, month) {
        return None;
    }
    calendar::serial(year, month, i64::from(day), date_1904).ok()
}

fn month_named(text: &str) -> Option<u32> {
    let text = text.to_ascii_lowercase();
    let found = calendar::MONTHS.iter().position(|month| {
        let month = month.to_ascii_lowercase();
        month == text || month.get(..3) == Some(text.as_str())
    })?;
    u32::try_from(found).ok().map(|month| month + 1)
}

/// Whether a text could be taken for a number or a date in some language.
fn may_be_number(text: &str) -> bool {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let lower = text.to_lowercase();
    let signs = |letter: char| letter.is_ascii_digit() || ".,/:-+%() '£$€¥".contains(letter);
    let words = || lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let named = |word: &str| matches!(word, "am" | "pm" | "a" | "p") || month_named(word).is_some();
    lower.chars().all(signs) || (lower.chars().all(|letter| signs(letter) || letter.is_alphabetic()) && words().all(named))
}

/// A number's first fifteen digits and its power of ten: 12.5 is 125000000000000 and 1.
pub(super) fn to_digits(number: f64) -> (u64, i32) {
    let written = format!("{:.14e}", number.abs());
    let (digits, power) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = digits.bytes().filter(u8::is_ascii_digit).fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    (digits, power.parse().unwrap_or(0))
}

/// A number as text, as `A1&""` writes it.
pub(super) fn written(number: f64) -> Result<String, Stop> {
    if number == 0.0 {
        return Ok("0".to_string());
    }
    let (mut digits, power) = to_digits(number);
    let mut count = 15_i32;
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        count -= 1;
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let text = digits.to_string();
    if !(-9..21).contains(&power) {
        let (first, rest) = text.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        let power_sign = if power < 0 { '-' } else { '+' };
        return Ok(format!("{sign}{first}{point}{rest}E{power_sign}{:02}", power.abs()));
    }
    if power < -4 && count - power > 16 {
        return kept("it writes a very small number into text");
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    Ok(if power < 0 {
        format!("{sign}0.{}{text}", zeros(-power - 1))
    } else if count <= power + 1 {
        format!("{sign}{text}{}", zeros(power + 1 - count))
    } else {
        let (whole, decimals) = text.split_at(usize::try_from(power + 1).unwrap_or(0).min(text.len()));
        format!("{sign}{whole}.{decimals}")
    })
}

/// Which way a number is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Nearest,
    Away,
    Toward,
}

/// A number rounded to decimal places, fewer than none being tens, hundreds and so on.
pub(super) fn rounded(number: f64, places: i32, way: Way) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let (digits, power) = to_digits(number);
    let taken = power.saturating_add(1).saturating_add(places);
    if taken >= 15 {
        return number;
    }
    let place = 10_u64.pow(u32::try_from(15 - taken.max(0)).unwrap_or(15));
    let (mut whole, rest) = if taken < 0 { (0, 1) } else { (digits / place, digits % place) };
    let up = match way {
        Way::Nearest => taken >= 0 && rest >= place / 2,
        Way::Away => rest > 0,
        Way::Toward => false,
    };
    whole += u64::from(up);
    if whole == 0 {
        return 0.0;
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{whole}e{}", -i64::from(places)).parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_fifteen_digits() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333333"),
            (-12.5, "-12.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1E+21"),
            (1.5e-12, "1.5E-12"),
            (0.00001, "0.00001"),
            (123_456_789_012_345_680.0, "123456789012346000"),
            (100.0, "100"),
        ] {
            assert_eq!(written(number), Ok(text.to_string()));
        }
    }

    #[test]
    fn texts_are_read_as_numbers_only_where_that_is_sure() {
        for (text, number) in [
            ("12.5", 12.5),
            (" 7 ", 7.0),
            ("1,234.5", 1234.5),
            ("(5)", -5.0),
            ("5%", 0.05),
            ("1e3", 1000.0),
            ("2024-01-01", 45292.0),
            ("1 Jan 2024", 45292.0),
            ("01-January-2024", 45292.0),
            ("12:00", 0.5),
            ("1 Jan 2024 06:00", 45292.25),
        ] {
            assert_eq!(read(text, false), Ok(number), "{text}");
        }
        for text in ["tbc", "", "inf", "NaN", "Phase 2", "Q1", "-", "e5"] {
            assert_eq!(read(text, false), Err(Fault::Value.into()), "{text}");
        }
        for text in ["1/2/2024", " 2024-01-10 ", "£5", "23€", "1-2", "31/12/2024", "1,23", "1 Jan"] {
            assert!(matches!(read(text, false), Err(Stop::Kept(_))), "{text}");
        }
    }
}
