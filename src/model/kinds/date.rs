//! Dates in every form a plan uses. A date that cannot be told is never guessed: its text stays.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::{Cell, Grain, Stored, Value, When, date_from_serial, is_date_format, number_format::serial_from_date, show_number};

/// Month names by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/// Words before a date that do not change it.
const LEADS: [&str; 5] = ["by", "end", "of", "from", "until"];

/// Reads a date: the stored serial by its format, a date in words, or a status written in its place.
pub fn value(text: &str, stored: Option<&Stored>) -> Value {
    if let Some(stored) = stored {
        let date = is_date_format(&stored.format).then(|| date_from_serial(stored.number)).flatten();
        return date.map_or(Value::Number(stored.number), |date| {
            let by_month = !stored.format.to_ascii_lowercase().contains('d');
            Value::When(When::On { date, grain: if by_month { Grain::Month } else { Grain::Day } })
        });
    }
    if let Some(when) = parse_when(text) {
        return Value::When(when);
    }
    // A status in place of a deadline is a status; a lone letter is not.
    super::Status::parse(text).filter(|_| text.trim().len() > 1).map_or(Value::Text, Value::Status)
}

/// Makes a typed date a real one in the format it was typed in; other forms stay as typed.
pub fn enter(typed: &str) -> Cell {
    if typed.is_empty() {
        return Cell::default();
    }
    match read(typed) {
        Some((When::On { date, grain }, Some(format))) => {
            let text = show_number(serial_from_date(date), format);
            Cell { text: text.into(), value: Value::When(When::On { date, grain }), format: Some(Arc::from(format)), formula: false }
        }
        _ => Cell { text: typed.into(), value: value(typed, None), ..Cell::default() },
    }
}

/// The date or stretch of time a text states; `None` when it cannot be told.
#[must_use]
pub fn parse_when(text: &str) -> Option<When> {
    read(text).map(|(when, _)| when)
}

/// One piece of a date's text.
enum Part {
    /// A number and how many digits it has.
    Number(i16, usize),
    /// A month, and whether it is spelt in full.
    Month(i8, bool),
}

/// A date's text as a value, with the Excel format that shows it the same way.
fn read(text: &str) -> Option<(When, Option<&'static str>)> {
    let text = text.trim().trim_start_matches('(').trim_end_matches([')', '.']);
    if !(2..=40).contains(&text.len()) {
        return None;
    }
    if ["ongoing", "on-going", "on going", "continuous"].iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some((When::Ongoing, None));
    }
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.' | ' ')).unwrap_or(' ');
    let parts = parts(text)?;
    let on = |y, m, d, grain| date(y, m, d).map(|date| When::On { date, grain });
    Some(match parts[..] {
        [Part::Month(m, full), Part::Number(y, digits)] => {
            let format = match (full, digits, separator) {
                (false, 2, '-') => "mmm-yy",
                (false, 2, _) => "mmm yy",
                (false, _, '-') => "mmm-yyyy",
                (false, ..) => "mmm yyyy",
                (true, 2, '-') => "mmmm-yy",
                (true, 2, _) => "mmmm yy",
                (true, ..) => "mmmm yyyy",
            };
            (on(year(y, digits)?, m, 1, Grain::Month)?, Some(format))
        }
        [Part::Number(d, 1..=2), Part::Month(m, full), Part::Number(y, digits)] => {
            let format = match (full, digits, separator) {
                (false, 2, '-') => "d-mmm-yy",
                (false, _, '-') => "d-mmm-yyyy",
                (false, 2, _) => "d mmm yy",
                (false, ..) => "d mmm yyyy",
                (true, ..) => "d mmmm yyyy",
            };
            (on(year(y, digits)?, m, d, Grain::Day)?, Some(format))
        }
        [Part::Number(d, 1..=2), Part::Number(m, 1..=2), Part::Number(y, digits)] => {
            let format = if digits == 2 { "dd/mm/yy" } else { "dd/mm/yyyy" };
            (on(year(y, digits)?, i8::try_from(m).ok()?, d, Grain::Day)?, Some(format))
        }
        [Part::Number(y, 4), Part::Number(m, 2), Part::Number(d, 2)] => {
            (on(year(y, 4)?, i8::try_from(m).ok()?, d, Grain::Day)?, Some("yyyy-mm-dd"))
        }
        [Part::Number(from, 4), Part::Number(to, digits @ (2 | 4))] if matches!(separator, '/' | '-') => {
            let end = if digits == 2 { from / 100 * 100 + to } else { to };
            (end == from + 1 && year(from, 4).is_some()).then_some((When::FinancialYear(from), None))?
        }
        [Part::Number(y, 4)] => (on(year(y, 4)?, 1, 1, Grain::Year)?, None),
        _ => return None,
    })
}

/// The numbers and months of a text; `None` when it holds any other word.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::with_capacity(3);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '–')).filter(|word| !word.is_empty()) {
        if parts.is_empty() && LEADS.iter().any(|lead| word.eq_ignore_ascii_case(lead)) {
            continue;
        }
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if digits.is_empty() {
            parts.push(month(word)?);
        } else {
            let ordinal = &word[digits.len()..];
            if !["", "st", "nd", "rd", "th"].contains(&ordinal) || digits.len() > 4 {
                return None;
            }
            parts.push(Part::Number(digits.parse().ok()?, digits.len()));
        }
    }
    Some(parts)
}

/// A month from its name, or its first three or four letters.
fn month(word: &str) -> Option<Part> {
    let word = word.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month))?;
    let full = word == FULL_MONTHS[at] && word.len() > 3;
    (full || word.len() == 3 || word == "sept").then(|| Part::Month(at as i8 + 1, full))
}

/// A year of four digits, or of two in this or the last century; `None` for one with a digit lost.
fn year(number: i16, digits: usize) -> Option<i16> {
    match digits {
        4 if (1900..=2200).contains(&number) => Some(number),
        2 if number < 70 => Some(2000 + number),
        2 => Some(1900 + number),
        _ => None,
    }
}

fn date(year: i16, month: i8, day: i16) -> Option<Date> {
    Date::new(year, month, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_plans_is_read() {
        let month = |y, m| Some(When::On { date: Date::constant(y, m, 1), grain: Grain::Month });
        let day = |y, m, d| Some(When::On { date: Date::constant(y, m, d), grain: Grain::Day });
        for (text, when) in [
            ("Aug-17", month(2017, 8)),
            ("Aug 17", month(2017, 8)),
            ("December 2017", month(2017, 12)),
            ("(Oct 2023)", month(2023, 10)),
            ("Sept 2019", month(2019, 9)),
            ("May-18", month(2018, 5)),
            ("by end of March 2018", month(2018, 3)),
            ("On-going", Some(When::Ongoing)),
            ("Ongoing", Some(When::Ongoing)),
            ("2021-22", Some(When::FinancialYear(2021))),
            ("2021/22", Some(When::FinancialYear(2021))),
            ("31/03/2018", day(2018, 3, 31)),
            ("1/4/18", day(2018, 4, 1)),
            ("3rd June 2019", day(2019, 6, 3)),
            ("2019-06-03", day(2019, 6, 3)),
            ("December 201", None),
            ("31/02/2018", None),
            ("soon", None),
            ("2021-25", None),
            ("May be later", None),
        ] {
            assert_eq!(parse_when(text), when, "{text}");
        }
    }

    #[test]
    fn a_typed_date_keeps_the_form_it_was_typed_in() {
        for (typed, shown, format) in [
            ("aug-17", "Aug-17", Some("mmm-yy")),
            ("31/3/2018", "31/03/2018", Some("dd/mm/yyyy")),
            ("December 2017", "December 2017", Some("mmmm yyyy")),
            ("On-going", "On-going", None),
            ("December 201", "December 201", None),
        ] {
            let cell = enter(typed);
            assert_eq!((&*cell.text, cell.format.as_deref()), (shown, format), "{typed}");
        }
    }

    #[test]
    fn a_status_in_place_of_a_deadline_is_a_status() {
        assert_eq!(value("Complete", None), Value::Status(super::super::Status::Complete));
        assert_eq!(value("December 201", None), Value::Text);
    }
}
