//! Owns how TEXT writes numbers and dates in the plain formats; it refuses all others.

use crate::workbook::recalculate::calendar::{DAYS, MONTHS, date_of, day_number, weekday};
use crate::workbook::recalculate::numbers::{Way, rounded, to_digits};
use crate::workbook::recalculate::value::{Fault, Stop, kept};

/// A number or date as text in a format.
pub(super) fn written(number: f64, format: &str, date_1904: bool) -> Result<String, Stop> {
    let not_here = || kept("it writes a number or date in a format that is not worked out here");
    if is_date(format) {
        return match number < 0.0 {
            true => not_here(),
            false => date(number, format, date_1904),
        };
    }
    match Plain::read(format) {
        Some(plain) => Ok(plain.written(number)),
        None => not_here(),
    }
}

fn is_date(format: &str) -> bool {
    let plain = format.bytes().all(|byte| b"dmyhsDMYHS/:-., ".contains(&byte));
    plain && format.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// A format of numbers, such as `£#,##0.00`.
struct Plain<'f> {
    currency: &'f str,
    thousands: bool,
    whole: usize,
    decimals: usize,
    percent: bool,
}

impl<'f> Plain<'f> {
    fn read(format: &'f str) -> Option<Self> {
        let number = format.strip_prefix(['£', '$', '€']).unwrap_or(format);
        let currency = format.get(..format.len() - number.len()).unwrap_or_default();
        let (number, percent) = number.strip_suffix('%').map_or((number, false), |number| (number, true));
        let (whole, decimals) = number.split_once('.').map_or((number, ""), |(whole, decimals)| (whole, decimals));
        let (whole, thousands) = whole.strip_prefix("#,##").map_or((whole, false), |whole| (whole, true));
        let zeros = |text: &str| text.bytes().all(|byte| byte == b'0') && text.len() <= 30;
        let right = !whole.is_empty() && zeros(whole) && zeros(decimals) && !number.ends_with('.');
        right.then_some(Self { currency, thousands, whole: whole.len(), decimals: decimals.len(), percent })
    }

    fn written(&self, number: f64) -> String {
        let number = if self.percent { number * 100.0 } else { number };
        let places = i32::try_from(self.decimals).unwrap_or(0);
        let number = rounded(number, places, Way::Nearest);
        let (digits, power) = to_digits(number);
        let digits = digits.to_string();
        let digit =
            |at: i32| usize::try_from(power - at).ok().and_then(|at| digits.as_bytes().get(at)).map_or('0', |digit| char::from(*digit));
        let first = if number == 0.0 { 0 } else { power.max(0) };
        let first = first.max(i32::try_from(self.whole).unwrap_or(1) - 1);
        let mut text = String::new();
        if number < 0.0 {
            text.push('-');
        }
        text.push_str(self.currency);
        for at in (0..=first).rev() {
            text.push(if number == 0.0 { '0' } else { digit(at) });
            if self.thousands && at > 0 && at % 3 == 0 {
                text.push(',');
            }
        }
        if self.decimals > 0 {
            text.push('.');
        }
        for at in 1..=places {
            text.push(if number == 0.0 { '0' } else { digit(-at) });
        }
        if self.percent {
            text.push('%');
        }
        text
    }
}

/// A run of one letter, or something between them.
struct Run {
    letter: char,
    length: usize,
}

fn runs(format: &str) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for letter in format.chars() {
        let letter = letter.to_ascii_lowercase();
        match runs.last_mut().filter(|run| run.letter == letter && letter.is_ascii_alphabetic()) {
            Some(run) => run.length += 1,
            None => runs.push(Run { letter, length: 1 }),
        }
    }
    runs
}

fn date(number: f64, format: &str, date_1904: bool) -> Result<String, Stop> {
    let runs = runs(format);
    let timed = runs.iter().any(|run| matches!(run.letter, 'h' | 's'));
    // A time is rounded to whole seconds, which may be those of the next day.
    let seconds = (number * 86_400.0).round();
    let number = if timed { seconds / 86_400.0 } else { number };
    let day = day_number(number, date_1904).map_err(|_| Stop::Fault(Fault::Value))?;
    let (year, month, of_month) = date_of(day);
    let of_day = seconds as i64 % 86_400;
    let padded = |value: i64, length: usize| if length > 1 { format!("{value:02}") } else { value.to_string() };
    let mut text = String::new();
    for (at, run) in runs.iter().enumerate() {
        let is_letter = |run: &&Run| run.letter.is_ascii_alphabetic();
        let after_hours = || runs.iter().take(at).rev().find(is_letter).is_some_and(|run| run.letter == 'h');
        let before_seconds = || runs.iter().skip(at + 1).find(is_letter).is_some_and(|run| run.letter == 's');
        match (run.letter, run.length) {
            ('d', 1 | 2) => text.push_str(&padded(of_month, run.length)),
            ('d', length) => {
                let name = usize::try_from(weekday(day)).ok().and_then(|day| DAYS.get(day)).copied().unwrap_or_default();
                text.push_str(if length == 3 { name.get(..3).unwrap_or(name) } else { name });
            }
            ('m', 1 | 2) if after_hours() || before_seconds() => text.push_str(&padded(of_day / 60 % 60, run.length)),
            ('m', 1 | 2) => text.push_str(&padded(month, run.length)),
            ('m', length) => {
                let name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
                let end = if length == 3 {
                    3
                } else if length == 5 {
                    1
                } else {
                    name.len()
                };
                text.push_str(name.get(..end).unwrap_or(name));
            }
            ('y', 1 | 2) => text.push_str(&format!("{:02}", year % 100)),
            ('y', _) => text.push_str(&year.to_string()),
            ('h', length) => text.push_str(&padded(of_day / 3600, length)),
            ('s', length) => text.push_str(&padded(of_day % 60, length)),
            (other, _) => text.push(other),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_formats_are_told_from_others() {
        for format in ["0", "000", "0.00", "#,##0", "#,##0.00", "£#,##0", "0%", "0.0%", "dd/mm/yyyy", "mmm yy", "d mmmm yyyy", "hh:mm"] {
            assert!(written(1.0, format, false).is_ok(), "{format}");
        }
        for format in ["", "General", "#,##0_);(#,##0)", "0.00E+00", "# ?/?", "[h]:mm", "@", "0;-0", "#", "#.#", "/", "0,,", "\"x\"0"] {
            assert!(written(1.0, format, false).is_err(), "{format}");
        }
    }

    #[test]
    fn numbers_and_dates_are_written_as_excel_does() {
        for (number, format, text) in [
            (1_234_567.891, "#,##0.00", "1,234,567.89"),
            (-0.004, "0.00", "0.00"),
            (-1234.5, "£#,##0", "-£1,235"),
            (7.0, "000", "007"),
            (0.5, "0.0%", "50.0%"),
            (1e15, "0", "1000000000000000"),
            (45_292.5, "dd/mm/yyyy hh:mm", "01/01/2024 12:00"),
            (45_292.999_999, "d mmm yy", "1 Jan 24"),
            (0.75, "h:mm:ss", "18:00:00"),
            (0.0, "dd/mm/yyyy", "00/01/1900"),
            (45_292.0, "ddd d mmmm", "Mon 1 January"),
        ] {
            assert_eq!(written(number, format, false), Ok(text.to_string()));
        }
    }
}
