//! A comment that is a log: entries headed by their dates, one below or behind the other. Reads it, never changes it.

use jiff::civil::Date;

use crate::model::kinds::parse_when;
use crate::model::{Grain, When};

/// One entry of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Logged<'text> {
    /// The day or month it is headed by; `None` for what stands before the first date.
    pub date: Option<Date>,
    /// Its words with the date.
    pub text: &'text str,
    /// The date as its owner wrote it, with the marks around it; empty where there is none.
    pub head: &'text str,
}

impl<'text> Logged<'text> {
    /// Its words after the date.
    #[must_use]
    pub fn words(&self) -> &'text str {
        self.text[self.head.len()..].trim()
    }
}

/// How many words of a comment are asked whether they are dates; no log has as many entries.
const MOST_ASKED: usize = 500;

/// Marks that part a date from what it heads.
const MARKS: [char; 4] = [':', '-', '–', '—'];

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
#[must_use]
pub fn entries(text: &str) -> Vec<Logged<'_>> {
    let mut entries = Vec::new();
    let (mut from, mut date, mut length) = (0, None, 0);
    let mut add = |from: usize, to: usize, date: Option<Date>, length: usize| {
        let entry = text[from..to].trim();
        if !entry.is_empty() {
            entries.push(Logged { date, text: entry, head: &entry[..length.min(entry.len())] });
        }
    };
    for head in heads(text) {
        add(from, head.at, date, length);
        (from, date, length) = (head.at, Some(head.date), head.length);
    }
    add(from, text.len(), date, length);
    entries
}

/// The entry with the latest date; the whole text when it is no log.
pub(super) fn newest(text: &str) -> &str {
    let entries = entries(text);
    // Of two entries of one day the one below was written later.
    entries.iter().max_by_key(|entry| entry.date).map_or(text, |entry| entry.text)
}

/// A date that heads an entry: where it stands, and how long it is with its marks.
struct Head {
    at: usize,
    length: usize,
    date: Date,
}

/// The dates that head the entries.
fn heads(text: &str) -> Vec<Head> {
    let mut heads = Vec::new();
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return heads;
    }
    let mut after = "";
    let mut skip_to = 0;
    let mut asked = 0;
    for (at, word) in word_starts(text) {
        let before = std::mem::replace(&mut after, word);
        if at < skip_to || !word.trim_start_matches(['(', '[']).starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()) {
            continue;
        }
        let line = before.is_empty() || text[..at].trim_end_matches([' ', '\t']).ends_with('\n');
        let opens = line || before.ends_with(['.', '!', '?', ';']);
        if !opens && !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        asked += 1;
        if asked > MOST_ASKED {
            break;
        }
        if let Some((date, length)) = head(&text[at..], (line, opens), before) {
            skip_to = at + length;
            heads.push(Head { at, length, date });
        }
    }
    heads
}

/// The date a text opens with, when it heads an entry, and how long it is.
fn head(text: &str, (line, opens): (bool, bool), before: &str) -> Option<(Date, usize)> {
    let mut ends = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([text.len()]);
    // What has three parts is a date by itself or none: `1.1.1`, `28/01/19`.
    let first = ends.next()?;
    let whole = text[..first].bytes().filter(|byte| matches!(byte, b'.' | b'/' | b'-')).count() >= 2;
    let more = if whole { [None, None] } else { [ends.next(), ends.next()] };
    for end in more.into_iter().rev().flatten().chain([first]) {
        let bare = text[..end].trim_matches(['(', ')', '[', ']', ':', '-', '–', '—', ',', ' ']);
        let Some(When::On { date, grain }) = parse_when(bare) else { continue };
        let after = text[end..].trim_start();
        let mark = after.chars().next().filter(|mark| MARKS.contains(mark));
        let parted = text[..end].ends_with(MARKS) || mark.is_some();
        let bracketed = text.starts_with(['(', '[']) && text[..end].ends_with([')', ']']) && !after.is_empty();
        let heads = match grain {
            Grain::Day => opens || (parted && !BEFORE.contains(&before.to_lowercase().as_str())),
            Grain::Month => (opens && parted) || (line && bracketed),
            Grain::Year => false,
        };
        let length = mark.map_or(end, |mark| text.len() - after.len() + mark.len_utf8());
        return heads.then_some((date, length));
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
            ("(Oct 2023) begun\n(Jan 2024) done", 2, "(Jan 2024) done"),
            ("Launched. (Oct 2023)", 1, "Launched. (Oct 2023)"),
            ("Launched in 2018", 1, "Launched in 2018"),
            ("", 0, ""),
        ] {
            assert_eq!((entries(text).len(), newest(text)), (parts, latest), "{text}");
        }
    }

    #[test]
    fn an_entry_is_parted_into_its_date_and_its_words() {
        for (text, head, words) in [
            ("28/01/19: on hold", "28/01/19:", "on hold"),
            ("4 January 19 - A further set", "4 January 19 -", "A further set"),
            ("(Oct 2023) begun", "(Oct 2023)", "begun"),
            ("18/1/19 The first", "18/1/19", "The first"),
            ("No date", "", "No date"),
        ] {
            let entry = entries(text)[0];
            assert_eq!((entry.head, entry.words()), (head, words), "{text}");
        }
    }
}
