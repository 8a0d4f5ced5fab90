//! Dates with something around them (a weekday, a time, a remark), and the quarters, halves and terms of a year. Never guesses a year.

use jiff::{ToSpan, civil::Date};

use super::{
    super::{When, words::in_plain_form},
    date,
};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Words that part an earlier date from the one that holds now, and those that part the one that holds from an earlier.
const THEN: [&str; 9] = ["revised to", "revised", "extended to", "extended", "moved to", "slipped to", "now", "changed to", "new date"];
const BEFORE: [&str; 5] = ["was", "previously", "originally", "formerly", "from"];

/// The date in a text that also says a weekday, a time or a remark, or two dates of which the last holds.
pub(super) fn around(text: &str) -> Option<When> {
    if !(7..=60).contains(&text.len()) || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = in_one_line(text);
    let bare = without_time(without_weekday(&text));
    let whole = (bare != text).then(|| date::plain_date(bare)).flatten();
    whole.or_else(|| revised(&text)).or_else(|| remarked(&text)).or_else(|| last_of(&listed(&text)?))
}

/// The dates of a text that names several: `Oct 2023, Dec 2023`, `1 June 2026 & 1 June 2027`.
#[must_use]
pub fn listed_dates(text: &str) -> Option<Vec<When>> {
    if !(7..=60).contains(&text.len())
        || !text.contains([',', ';', '&', '\n', '/', ' '])
        || date::plain_date(&in_plain_form(text)).is_some()
    {
        return None;
    }
    listed(&in_one_line(text))
}

/// A text in plain form, its lines parted by semicolons.
fn in_one_line(text: &str) -> String {
    if text.contains('\n') { in_plain_form(&text.replace('\n', "; ")) } else { in_plain_form(text) }
}

/// The same of a text in plain form that is no date as a whole.
fn listed(text: &str) -> Option<Vec<When>> {
    // Most texts name none: they are not cut up.
    if !text.contains([',', ';', '&', '/']) && !text.split(' ').any(|word| word == "and") {
        return None;
    }
    let parts = text.replace(" and ", ";").replace(" / ", ";").replace([',', '&'], ";");
    let dates: Vec<When> = parts.split(';').map(|part| date::plain_date(part.trim())).collect::<Option<_>>()?;
    (dates.len() > 1).then_some(dates)
}

/// The one of some dates that ends last.
fn last_of(dates: &[When]) -> Option<When> {
    dates.iter().copied().filter(|when| when.last_day().is_some()).max_by_key(|when| when.last_day())
}

/// A text without the weekday it begins with.
fn without_weekday(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let is_day =
        end >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(&text[..end]) || (text[..end] == *"tues") || (text[..end] == *"thurs"));
    if is_day { text[end..].trim_start_matches([' ', ',', '.']) } else { text }
}

/// A text without the time of day it ends with: `00:00`, `T00:00:00Z`, `12:00 am`, `at 5pm`.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| {
        let rest = rest.trim_start_matches(['t', ' ', ',']).trim_start();
        let rest = rest.strip_prefix("at ").unwrap_or(rest);
        let clock = rest.trim_end_matches('z').trim_end();
        let hours = clock.strip_suffix("am").or_else(|| clock.strip_suffix("pm"));
        let digits = hours.unwrap_or(clock).trim_end();
        let shaped = digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '+'))
            && (digits.contains(':') || hours.is_some());
        shaped || matches!(rest, "noon" | "12 noon" | "midnight" | "close of play" | "cop")
    };
    let starts = text.char_indices().filter(|(at, c)| *at >= 6 && matches!(c, 't' | ' ' | ',')).map(|(at, _)| at);
    starts.into_iter().find(|at| is_time(&text[*at..])).map_or(text, |at| text[..at].trim_end_matches([',', ' ']))
}

/// The date that holds of two: `31/03/2025 revised 30/09/2025`, `30/09/2025 (was 31/03/2025)`.
fn revised(text: &str) -> Option<When> {
    // Most texts hold none of the words: they are not cut up.
    let mut words = text.split([' ', '(', ')', ':', '-', ';']);
    let begins = |word: &str| THEN.iter().chain(&BEFORE).any(|phrase| phrase.split(' ').next() == Some(word));
    if !words.any(|word| !word.is_empty() && begins(word)) {
        return None;
    }
    let open = text.replace(['(', ')', ':', '-', ';'], " ");
    let open = if date::plain_date(&open).is_some() { open } else { text.replace(['(', ')', ':', ';'], " ") };
    let sides = |word: &&str| {
        let (before, after) = open.split_once(&format!(" {word} "))?;
        Some((date::plain_date(before.trim())?, date::plain_date(after.trim())?))
    };
    let now = THEN.iter().find_map(sides).map(|(_, now)| now);
    now.or_else(|| BEFORE.iter().find_map(sides).map(|(now, _)| now))
}

/// The date before a remark in brackets that holds no other.
fn remarked(text: &str) -> Option<When> {
    let (before, remark) = text.split_once('(')?;
    let before = before.strip_suffix(' ')?;
    let plain = remark.trim_end_matches(')').chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.'));
    date::plain_date(before).filter(|_| plain)
}

/// A quarter, half, season or term with its year, or a stretch of months: `Q4 2025/26`, `H2 25/26`, `Summer term 2026`.
pub(super) fn span(text: &str) -> Option<(Date, Date)> {
    if !text.is_ascii() && !text.contains('–') {
        return None;
    }
    let text = in_plain_form(&text.replace('–', "-"));
    let text = text.strip_prefix("end of ").or_else(|| text.strip_prefix("end ")).or_else(|| text.strip_prefix("by ")).unwrap_or(&text);
    named_part(text).or_else(|| months(text))
}

/// The seasons and school terms with their first month, and how many they last.
const SEASONS: [(&str, i8, i32); 9] = [
    ("spring term", 1, 3),
    ("summer term", 4, 4),
    ("autumn term", 9, 4),
    ("winter term", 1, 3),
    ("spring", 3, 3),
    ("summer", 6, 3),
    ("autumn", 9, 3),
    ("winter", 12, 3),
    ("christmas", 12, 1),
];

fn whole(first: Date, months: i32) -> Option<(Date, Date)> {
    Some((first, first.checked_add(months.months()).ok()?.checked_sub(1.days()).ok()?))
}

/// A named part of a year with its year before or behind it.
fn named_part(text: &str) -> Option<(Date, Date)> {
    let (part, year) = match text.rsplit_once(' ') {
        Some((part, year)) if date::is_year(year) => (part.trim_end_matches([',', ' ']), year),
        _ => {
            let (year, part) = text.split_once(' ')?;
            (part, year)
        }
    };
    if let Some(&(_, month, long)) = SEASONS.iter().find(|(season, ..)| *season == part) {
        return whole(Date::new(date::calendar_year(year)?, month, 1).ok()?, long);
    }
    if let Some(month) = part.strip_prefix("mid-").or_else(|| part.strip_prefix("mid ")).and_then(date::month_number) {
        let year = date::calendar_year(year)?;
        return Some((Date::new(year, month, 11).ok()?, Date::new(year, month, 20).ok()?));
    }
    let (first, months) = quarters(part)?;
    let begins = Date::new(date::financial_year(year)?, 4, 1).ok()?.checked_add((first * 3).months()).ok()?;
    whole(begins, months * 3)
}

/// How many quarters into the year a part begins, and how many it lasts: `q4`, `quarter 4`, `4th quarter`, `q1-q2`, `h2`.
fn quarters(part: &str) -> Option<(i32, i32)> {
    let part = part.strip_prefix("fy ").unwrap_or(part);
    let one = |text: &str| {
        let text = text.trim();
        let rest =
            ["quarter", "qtr", "qu", "q"].iter().find_map(|word| text.strip_prefix(word)).map(|rest| rest.trim_start_matches([' ', '.']));
        let ordinal = text.strip_suffix(" quarter").or_else(|| text.strip_suffix(" qtr"));
        let number = match rest.or(ordinal)? {
            "1" | "1st" | "first" | "one" => 1,
            "2" | "2nd" | "second" | "two" => 2,
            "3" | "3rd" | "third" | "three" => 3,
            "4" | "4th" | "fourth" | "final" | "last" | "four" => 4,
            _ => return None,
        };
        Some(number - 1)
    };
    match part {
        "h1" | "first half" | "1st half" => return Some((0, 2)),
        "h2" | "second half" | "2nd half" => return Some((2, 2)),
        _ => {}
    }
    if let Some(number) = one(part) {
        return Some((number, 1));
    }
    let (from, to) = part.split_once('-').or_else(|| part.split_once('/')).or_else(|| part.split_once(" to "))?;
    let (from, to) = (one(from)?, one(to)?);
    (from < to).then_some((from, to - from + 1))
}

/// A stretch of months of a year: `Sept - Nov 2025`.
fn months(text: &str) -> Option<(Date, Date)> {
    let words: Vec<&str> = text.split([' ', '-']).filter(|word| !word.is_empty()).collect();
    let [from, to, in_year] = words[..] else { return None };
    if !text.contains('-') {
        return None;
    }
    let (from, to, year) = (date::month_number(from)?, date::month_number(to)?, date::calendar_year(in_year)?);
    let first = Date::new(if from > to { year - 1 } else { year }, from, 1).ok()?;
    Some((first, Date::new(year, to, 1).ok()?.last_of_month()))
}

/// The day and the month of a date in numbers that could be read either way round, as they are read: the day first.
#[must_use]
pub fn ambiguous_day_month(text: &str) -> Option<(i8, i8)> {
    let (first, second) = leading_numbers(text)?;
    (first <= 12 && second <= 12).then_some((first, second))
}

/// The first two numbers of a date in numbers with its year last: `31/03/2026 00:00`.
#[must_use]
pub fn leading_numbers(text: &str) -> Option<(i8, i8)> {
    let text = in_plain_form(text);
    let bare = without_time(without_weekday(&text));
    let parts: Vec<&str> = bare.split(['/', '-', '.']).collect();
    let [first, second, year] = parts[..] else { return None };
    date::calendar_year(year)?;
    let number = |part: &str| part.parse::<i8>().ok().filter(|number| (1..=31).contains(number) && part.len() <= 2);
    Some((number(first)?, number(second)?))
}

#[cfg(test)]
mod tests {
    use super::super::parse_when;

    #[test]
    fn what_stands_around_a_date_does_not_hide_it() {
        for text in [
            "30/09/2026 00:00",
            "30/09/2026 17:30:00",
            "2026-09-30 00:00:00",
            "2026-09-30T00:00:00Z",
            "30 September 2026 at 5pm",
            "30 September 2026, 12 noon",
            "Wed 30/09/26",
            "Wednesday, 30 September 2026",
            "2026/09/30",
            "30/9/26 (revised)",
            "30.9.2026",
            "September 30, 2026",
            "30th September 2026",
            "9/30/2026 12:00 AM",
            "30/Sep/26 9:05 PM",
            "31/03/2025 revised 30/09/2026",
            "31/03/2025 - extended to 30/09/2026",
            "30/09/2026 (was 31/03/2025)",
        ] {
            let day = parse_when(text).and_then(super::super::super::When::last_day);
            assert_eq!(day.map(|day| day.to_string()).as_deref(), Some("2026-09-30"), "{text}");
        }
        for text in ["Wednesday", "5pm", "30/09 revised", "31/13/2026 00:00", "2 of 3 (revised)", "Room 5 at 3pm", "10:30"] {
            assert_eq!(parse_when(text), None, "{text}");
        }
    }

    #[test]
    fn parts_of_years_end_on_their_last_day() {
        for (text, day) in [
            ("Q2 26/27", "2026-09-30"),
            ("Q2 2026-27", "2026-09-30"),
            ("Q2 FY27", "2026-09-30"),
            ("2026/27 Q2", "2026-09-30"),
            ("Qtr 2 26/27", "2026-09-30"),
            ("Quarter 2 2026/27", "2026-09-30"),
            ("2nd quarter 2026/27", "2026-09-30"),
            ("End Q2 26/27", "2026-09-30"),
            ("Q1-Q2 2026/27", "2026-09-30"),
            ("H1 2026/27", "2026-09-30"),
            ("FY 2026/27", "2027-03-31"),
            ("FY26/27", "2027-03-31"),
            ("26/27", "2027-03-31"),
            ("2026/2027", "2027-03-31"),
            ("Summer term 2026", "2026-07-31"),
            ("mid-June 2026", "2026-06-20"),
            ("11/2026", "2026-11-30"),
            ("2026-11", "2026-11-30"),
        ] {
            let last = parse_when(text).and_then(super::super::super::When::last_day);
            assert_eq!(last.map(|last| last.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["Q4", "Q5 2026/27", "Year 2", "November", "30/11", "24/26", "H3 2026/27", "Q2 2026"] {
            assert_eq!(parse_when(text), None, "{text}");
        }
    }
}
