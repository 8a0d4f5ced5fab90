//! When a sheet is of, by what it is called: `Q1 2026-27`, `Sept 2025`, `v2`. Compares times of one sort alone.

use super::heading_text::plain;
use crate::model::{When, kinds::parse_when};

/// The most words of a name that are looked at.
const MOST_WORDS: usize = 12;
/// Words before a number that tell one time from the next.
const COUNTED: [&str; 22] = [
    "v", "ver", "version", "rev", "revision", "issue", "update", "period", "p", "month", "m", "week", "wk", "meeting", "review", "round",
    "return", "quarter", "qtr", "q", "year", "yr",
];
const MONTHS: [&str; 12] = ["apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar"];

/// Where a time stands among others of its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    /// The last day of what is named.
    Day(jiff::civil::Date),
    /// A month without its year, counted from April.
    Month(usize),
    /// The number behind a word such as `version`.
    Counted(u32),
}

impl Order {
    /// Whether two times can be compared.
    pub(super) fn is_of_the_sort_of(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// The time that a name tells.
pub(super) fn order(name: &str) -> Option<Order> {
    if name.len() > 80 {
        return None;
    }
    let whole = plain(&name.replace(['_', '(', ')', '[', ']', ','], " ").replace(" - ", " ").replace(" – ", " "));
    let words: Vec<&str> = whole.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect();
    let windows = || (1..=words.len().min(4)).rev().flat_map(|length| words.windows(length));
    let day = windows().find_map(|window| {
        let text = window.join(" ");
        // A bare number is no day.
        let bare = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() != 4;
        parse_when(&text).filter(|_| !bare && text.bytes().any(|byte| byte.is_ascii_digit())).and_then(When::last_day)
    });
    let month =
        || words.iter().find_map(|word| MONTHS.iter().position(|month| word.len() >= 3 && word.starts_with(month) && is_month(word)));
    day.map(Order::Day).or_else(|| counted(&words).map(Order::Counted)).or_else(|| month().map(Order::Month))
}

fn is_month(word: &str) -> bool {
    parse_when(&format!("{word} 2020")).is_some()
}

/// The number behind a word that counts times, in one word or in two.
fn counted(words: &[&str]) -> Option<u32> {
    let glued = |word: &&str| {
        let digits = word.find(|c: char| c.is_ascii_digit())?;
        COUNTED.contains(&&word[..digits]).then(|| word[digits..].parse().ok()).flatten()
    };
    let apart = |pair: &[&str]| if COUNTED.contains(&pair[0]) { pair[1].parse().ok() } else { None };
    words.iter().find_map(glued).or_else(|| words.windows(2).find_map(apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_put_in_order() {
        for names in [
            ["Q1 2026-27", "Q2 2026-27", "Q1 2027-28"],
            ["Plan Q1", "Plan Q2", "Plan Q4"],
            ["April", "September update", "Jan"],
            ["Action plan v1", "Action plan v2", "Action plan v10"],
            ["Sept 2025", "Action plan - Oct 2025", "Jan 2026"],
            ["2023-24", "2024-25", "2025-26"],
            ["Update 1", "Update 2", "Update 3"],
            ["30.09.25", "31.12.25", "31.03.26"],
        ] {
            let [first, second, third] = names.map(|name| order(name).unwrap_or_else(|| panic!("{name}")));
            assert!(first < second && second < third && first.is_of_the_sort_of(third), "{names:?}");
        }
        for name in ["Action plan", "Plan (2)", "Housing", "Priority 1", "Lists", ""] {
            assert_eq!(order(name), None, "{name}");
        }
    }
}
