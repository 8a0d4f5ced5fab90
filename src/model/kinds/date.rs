//! Dates in every form a plan uses. A date that cannot be told is never guessed: its text stays.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock},
};

use jiff::{ToSpan, civil::Date};

use super::super::words::{WORDS, in_plain_form};
use super::super::{Cell, Grain, Stored, Value, When, date_from_serial, is_date_format, number_format::serial_from_date, show_number};
use super::date_forms;

/// Month names by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const FULL_MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
/// Words before a date that do not change it.
const LEADS: [&str; 5] = ["by", "end", "of", "from", "until"];

/// Reads a date: the stored serial by its format, a date in words, or a status written in its place.
pub(super) fn value(text: &str, stored: Option<&Stored>) -> Value {
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
pub(super) fn enter(typed: &str) -> Cell {
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

/// The same date some months later, in the form it is written in; `None` for one that stands in words of its owner's.
#[must_use]
pub fn moved(cell: &Cell, months: i32) -> Option<Cell> {
    let dated = dated(cell)?;
    dated.on(dated.date.checked_add(months.months()).ok()?)
}

/// Another day in the form a date is written in; `None` for one that stands in words of its owner's.
#[must_use]
pub fn moved_to(cell: &Cell, day: Date) -> Option<Cell> {
    dated(cell)?.on(day)
}

/// The date that follows two others at the same distance, times over; `None` where they are not written alike.
#[must_use]
pub fn following(before: &Cell, last: &Cell, times: i32) -> Option<Cell> {
    let (a, b) = (dated(before)?, dated(last)?);
    if a.format != b.format || a.grain != b.grain {
        return None;
    }
    let months = i32::from(b.date.year() - a.date.year()) * 12 + i32::from(b.date.month() - a.date.month());
    let span = if a.date.day() == b.date.day() && months != 0 {
        months.checked_mul(times)?.months()
    } else {
        a.date.until(b.date).ok()?.get_days().checked_mul(times)?.days()
    };
    b.on(b.date.checked_add(span).ok()?)
}

/// A date with a format that shows it as it is written.
struct Dated {
    date: Date,
    grain: Grain,
    format: Arc<str>,
}

impl Dated {
    /// Another date in the same form.
    fn on(&self, date: Date) -> Option<Cell> {
        let text = show_number(serial_from_date(date), &self.format);
        let value = Value::When(When::On { date, grain: self.grain });
        Some(Cell { text: text.into(), value, format: Some(self.format.clone()), formula: false })
    }
}

/// A cell as a date with a format; `None` where showing it so would change its text.
fn dated(cell: &Cell) -> Option<Dated> {
    let entered = if cell.format.is_some() { cell.clone() } else { enter(&cell.text) };
    let (Value::When(When::On { date, grain }), Some(format)) = (entered.value, entered.format) else { return None };
    (show_number(serial_from_date(date), &format) == *cell.text).then_some(Dated { date, grain, format })
}

/// A date written as another text writes its own of that grain: `Aug-17`, `3 June 2019`; in the usual way where it writes none.
#[must_use]
pub fn write_date(date: Date, grain: Grain, like: &str) -> String {
    let form = read(like).and_then(|(when, format)| format.filter(|_| matches!(when, When::On { grain: held, .. } if held == grain)));
    let usual = match grain {
        Grain::Day => "dd/mm/yyyy",
        Grain::Month => "mmm yyyy",
        Grain::Year => "yyyy",
    };
    show_number(serial_from_date(date), form.unwrap_or(usual))
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
    read_plain(text).or_else(|| date_forms::around(text).map(|when| (when, None)))
}

/// A date with nothing around it, in lower case.
pub(super) fn plain_date(text: &str) -> Option<When> {
    read_plain(text).map(|(when, _)| when)
}

/// A value with the Excel format that shows it as it is written, where there is one.
type Formed = (When, Option<&'static str>);

fn read_plain(text: &str) -> Option<Formed> {
    let text = text.trim().trim_start_matches('(').trim_end_matches([')', '.']);
    let text = BEFORE.iter().find_map(|words| without(text, words)).unwrap_or(text);
    if !(2..=40).contains(&text.len()) {
        return None;
    }
    // Most of what is asked is a number, or no date at all.
    if !speaks_of_time(text) {
        return None;
    }
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        if WORDS.recurring.contains(&*in_plain_form(text)) {
            return Some((When::Ongoing, None));
        }
        if let Some(first) = without(text, "fy").and_then(|year| financial_year(&format!("fy{}", in_plain_form(year)))) {
            return Some((When::FinancialYear(first), None));
        }
        if let Some((first, last)) = date_forms::span(text) {
            return Some((When::Span { first, last }, None));
        }
    }
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.' | ' ')).unwrap_or(' ');
    let parts = parts(text)?;
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
        [Part::Month(m, _), Part::Number(d, 1..=2), Part::Number(y, 4)] => (on(year(y, 4)?, m, d, Grain::Day)?, None),
        _ => return in_numbers(&parts, separator),
    })
}

fn on(year: i16, month: i8, day: i16, grain: Grain) -> Option<When> {
    date(year, month, day).map(|date| When::On { date, grain })
}

/// A date in numbers alone.
fn in_numbers(parts: &[Part], separator: char) -> Option<Formed> {
    Some(match *parts {
        // No month is the 13th or later, so the month stands first.
        [Part::Number(m @ ..13, 1..=2), Part::Number(d @ 13.., 1..=2), Part::Number(y, digits)] => {
            (on(year(y, digits)?, i8::try_from(m).ok()?, d, Grain::Day)?, None)
        }
        [Part::Number(d, 1..=2), Part::Number(m, 1..=2), Part::Number(y, digits)] => {
            let format = if digits == 2 { "dd/mm/yy" } else { "dd/mm/yyyy" };
            (on(year(y, digits)?, i8::try_from(m).ok()?, d, Grain::Day)?, Some(format))
        }
        // `04/25` is a month, since no month is the 25th.
        [Part::Number(m @ ..13, 2), Part::Number(y @ 13.., 2)] if matches!(separator, '/' | '-') => {
            (on(year(y, 2)?, i8::try_from(m).ok()?, 1, Grain::Month)?, None)
        }
        [Part::Number(m @ ..13, 1..=2), Part::Number(y, 4)] if matches!(separator, '/' | '-' | '.') => {
            (on(year(y, 4)?, i8::try_from(m).ok()?, 1, Grain::Month)?, None)
        }
        [Part::Number(from @ 13.., 2), Part::Number(to, 2)] if matches!(separator, '/' | '-') && to == from + 1 => {
            (When::FinancialYear(year(from, 2)?), None)
        }
        [Part::Number(y, 4), Part::Number(m, 2), Part::Number(d, 2)] => {
            (on(year(y, 4)?, i8::try_from(m).ok()?, d, Grain::Day)?, Some("yyyy-mm-dd"))
        }
        [Part::Number(from, 4), Part::Number(to, digits @ (2 | 4))] if matches!(separator, '/' | '-') => {
            let end = if digits == 2 { from / 100 * 100 + to } else { to };
            match (end == from + 1 && year(from, 4).is_some(), i8::try_from(to)) {
                (true, _) => (When::FinancialYear(from), None),
                // `2026-11` is a month, as the two years do not follow each other.
                (false, Ok(m @ 1..=12)) if digits == 2 => (on(year(from, 4)?, m, 1, Grain::Month)?, None),
                _ => return None,
            }
        }
        [Part::Number(y, 4)] => (on(year(y, 4)?, 1, 1, Grain::Year)?, None),
        _ => return None,
    })
}

/// The first letters of all words that a date may have.
static BEGINNINGS: LazyLock<HashSet<[u8; 3]>> = LazyLock::new(|| {
    let recurring = WORDS.recurring.iter().flat_map(|words| words.split(|letter: char| !letter.is_ascii_alphabetic()));
    let others = MONTHS
        .into_iter()
        .chain(LEADS)
        .chain(["q", "qtr", "quarter", "qu", "fy", "h", "half", "mid", "term", "spring", "summer", "autumn", "winter"]);
    let others = others.chain(["christmas", "first", "second", "third", "fourth", "final", "last", "to", "st", "nd", "rd", "th"]);
    recurring.chain(others).chain(WORDS.months.keys().map(|month| &**month)).map(beginning).collect()
});

fn beginning(word: &str) -> [u8; 3] {
    let mut start = [0; 3];
    start.iter_mut().zip(word.bytes()).for_each(|(own, byte)| *own = byte.to_ascii_lowercase());
    start
}

/// Whether each word of a text begins as one of a date may.
fn speaks_of_time(text: &str) -> bool {
    let mut words = text.split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.all(|word| !word.is_ascii() || BEGINNINGS.contains(&beginning(word)))
}

/// Words before a date that say it is of a week.
const BEFORE: [&str; 6] = ["w/c ", "wc ", "w/e ", "week commencing ", "week beginning ", "week ending "];

/// A text without words at its start, in any case.
fn without<'text>(text: &'text str, words: &str) -> Option<&'text str> {
    let start = text.get(..words.len())?;
    start.eq_ignore_ascii_case(words).then(|| text[words.len()..].trim_start())
}

/// Whether a text says that there is no date, or none yet.
pub(super) fn is_undated(text: &str) -> bool {
    WORDS.undated.contains(in_plain_form(text).trim_end_matches('.'))
}

/// Whether a word states a year: `2026`, `25/26`, `2025-26`, `FY26`.
pub(super) fn is_year(word: &str) -> bool {
    financial_year(word).or_else(|| calendar_year(word)).is_some()
}

/// A year of four or two digits.
pub(super) fn calendar_year(word: &str) -> Option<i16> {
    year(word.parse().ok()?, word.len())
}

/// The first year of a financial year: of `2025/26`, `25-26`, and of `FY26`, which is named after its last.
pub(super) fn financial_year(word: &str) -> Option<i16> {
    let named = word.strip_prefix("fy");
    let word = named.unwrap_or(word);
    let Some((from, to)) = word.split_once(['/', '-']) else {
        return named.and_then(calendar_year).map(|last| last - 1);
    };
    let first = calendar_year(from)?;
    let last = calendar_year(to)?;
    (last == first + 1).then_some(first)
}

/// A month's number from its name or its first letters.
pub(super) fn month_number(word: &str) -> Option<i8> {
    match month(word)? {
        Part::Month(number, _) => Some(number),
        Part::Number(..) => None,
    }
}

/// The numbers and months of a text; `None` when it holds any other word.
fn parts(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::with_capacity(3);
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '.' | ',' | '–')).filter(|word| !word.is_empty()) {
        // No date has more.
        if parts.len() == 3 {
            return None;
        }
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
    if let Some(month) = WORDS.months.get(&*word) {
        return Some(Part::Month(*month, word.len() > 4));
    }
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
        let stretch = |a: (i16, i8, i8), b: (i16, i8, i8)| {
            Some(When::Span { first: Date::constant(a.0, a.1, a.2), last: Date::constant(b.0, b.1, b.2) })
        };
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
            ("04/25", month(2025, 4)),
            ("04/05", None),
            ("w/c 06/10/25", day(2025, 10, 6)),
            ("Monthly", Some(When::Ongoing)),
            ("Q4 2025/26", stretch((2026, 1, 1), (2026, 3, 31))),
            ("2025/26 Q1", stretch((2025, 4, 1), (2025, 6, 30))),
            ("Spring 2026", stretch((2026, 3, 1), (2026, 5, 31))),
            ("Sept – Nov 2025", stretch((2025, 9, 1), (2025, 11, 30))),
            ("TBC", None),
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
    fn a_date_moves_and_goes_on_in_the_form_it_is_written_in() {
        let read = |text: &str| Cell { text: text.into(), value: value(text, None), ..Cell::default() };
        for (text, months, after) in [
            ("Aug-17", 2, Some("Oct-17")),
            ("31/01/2018", 1, Some("28/02/2018")),
            ("December 2017", -12, Some("December 2016")),
            ("On-going", 1, None),
            ("by end of March 2018", 1, None),
        ] {
            assert_eq!(moved(&read(text), months).map(|cell| cell.text.to_string()).as_deref(), after, "{text}");
        }
        for (a, b, next) in [
            ("Aug-17", "Nov-17", Some("Feb-18")),
            ("01/04/2018", "01/05/2018", Some("01/06/2018")),
            ("01/04/2018", "08/04/2018", Some("15/04/2018")),
            ("Aug-17", "01/09/2017", None),
        ] {
            assert_eq!(following(&enter(a), &enter(b), 1).map(|cell| cell.text.to_string()).as_deref(), next, "{a} {b}");
        }
    }

    #[test]
    fn a_date_is_written_in_the_form_of_another() {
        let date = Date::constant(2026, 11, 4);
        for (grain, like, written) in [
            (Grain::Month, "Aug-17", "Nov-26"),
            (Grain::Month, "(Oct 2023)", "Nov 2026"),
            (Grain::Day, "Aug-17", "04/11/2026"),
            (Grain::Day, "3rd June 2019", "4 November 2026"),
            (Grain::Day, "28/01/19", "04/11/26"),
            (Grain::Day, "", "04/11/2026"),
        ] {
            assert_eq!(write_date(date, grain, like), written, "{like}");
        }
    }

    #[test]
    fn a_status_in_place_of_a_deadline_is_a_status() {
        assert_eq!(value("Complete", None), Value::Status(super::super::Status::Complete));
        assert_eq!(value("December 201", None), Value::Text);
    }
}
