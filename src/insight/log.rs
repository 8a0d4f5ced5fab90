//! A comment that is a log: entries headed by their dates, one below or behind the other. Reads it, never changes it.

use jiff::civil::Date;

use crate::model::kinds::parse_when;
use crate::model::{Grain, When};

/// One entry of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Logged<'text> {
    /// The day or month it is headed by; `None` for what stands before the first date.
    pub date: Option<Date>,
    /// Its words with the date.
    pub text: &'text str,
}

/// Words before a date that make it part of a sentence.
const BEFORE: &[&str] = &[
    "on",
    "by",
    "from",
    "until",
    "till",
    "since",
    "of",
    "in",
    "to",
    "the",
    "at",
    "and",
    "before",
    "after",
    "for",
    "w/c",
    "commencing",
    "is",
    "was",
    "between",
    "or",
    "due",
    "dated",
];

/// The entries of a comment, as they stand; one alone when it is no log.
pub(super) fn entries(text: &str) -> Vec<Logged<'_>> {
    let mut entries = Vec::new();
    let (mut from, mut date) = (0, None);
    for (at, day) in heads(text) {
        if !text[from..at].trim().is_empty() {
            entries.push(Logged { date, text: text[from..at].trim() });
        }
        (from, date) = (at, Some(day));
    }
    if !text[from..].trim().is_empty() {
        entries.push(Logged { date, text: text[from..].trim() });
    }
    entries
}

/// The entry with the latest date; the whole text when it is no log.
pub(super) fn newest(text: &str) -> &str {
    let entries = entries(text);
    // Of two entries of one day the one below was written later.
    entries.iter().max_by_key(|entry| entry.date).map_or(text, |entry| entry.text)
}

/// Where the entries begin, with their dates.
fn heads(text: &str) -> Vec<(usize, Date)> {
    let mut heads = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return heads;
    }
    let mut after = "";
    let mut skip_to = 0;
    for (at, word) in word_starts(text) {
        let before = std::mem::replace(&mut after, word);
        if at < skip_to || !word.trim_start_matches(['(', '[']).starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) {
            continue;
        }
        let opens = before.is_empty() || before.ends_with(['.', '!', '?', ';']) || text[..at].trim_end_matches([' ', '\t']).ends_with('\n');
        if !opens && !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if let Some((day, length)) = head(&text[at..], opens, before) {
            heads.push((at, day));
            skip_to = at + length;
        }
    }
    heads
}

/// The date a text opens with, when it heads an entry, and how long it is.
fn head(text: &str, opens: bool, before: &str) -> Option<(Date, usize)> {
    let mut ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([text.len()]).take(3).collect::<Vec<_>>();
    ends.reverse();
    for end in ends {
        let bare = text[..end].trim_matches(['(', ')', '[', ']', ':', '-', '–', '—', ',', ' ']);
        let Some(When::On { date, grain }) = parse_when(bare) else { continue };
        let parted = text[..end].ends_with([':', '-', '–', '—']) || text[end..].trim_start().starts_with(['-', '–', '—', ':']);
        let heads = match grain {
            Grain::Day => opens || (parted && !BEFORE.contains(&before.to_lowercase().as_str())),
            Grain::Month => opens && parted,
            Grain::Year => false,
        };
        return heads.then_some((date, end));
    }
    None
}

/// The words of a text with where they begin.
fn word_starts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_cut_at_its_dates() {
        for (text, parts, latest) in [
            ("The event was held on 4 December 2018 - all came.", 1, "The event was held on 4 December 2018 - all came."),
            ("Surveys done. 4 January 19 - A further set", 2, "4 January 19 - A further set"),
            ("posted to all home care cus 4 January 19 - Architects asked", 2, "4 January 19 - Architects asked"),
            ("28/01/19: on hold\n3/11/18: begun", 2, "28/01/19: on hold"),
            ("By Easter 2019. 18/1/19 The first interviews", 2, "18/1/19 The first interviews"),
            ("March 2018: begun\nJune 2018: done", 2, "June 2018: done"),
            ("March 2018 saw the launch. June 2018 saw the end", 1, "March 2018 saw the launch. June 2018 saw the end"),
            ("Launched in 2018", 1, "Launched in 2018"),
            ("", 0, ""),
        ] {
            assert_eq!((entries(text).len(), newest(text)), (parts, latest), "{text}");
        }
    }
}
