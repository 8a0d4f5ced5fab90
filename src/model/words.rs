//! The words of `assets/words.json` that are about values: statuses, and what owners write where no date is set.

use std::{collections::HashMap, collections::HashSet, sync::LazyLock};

use serde::Deserialize;

use super::Status;

#[derive(Deserialize)]
struct Read {
    statuses: HashMap<Status, Vec<Box<str>>>,
    stopped: Vec<Box<str>>,
    undated: HashSet<Box<str>>,
    recurring: HashSet<Box<str>>,
    counts: HashSet<Box<str>>,
}

/// The words, in lower case with single spaces.
pub struct Words {
    pub statuses: HashMap<Box<str>, Status>,
    /// Said of what has none of the five statuses any more, or not yet: `On hold`, `Withdrawn`.
    pub stopped: Vec<Box<str>>,
    /// Said where a date is still to come or there is none: `TBC`, `ASAP`.
    pub undated: HashSet<Box<str>>,
    /// Said of what goes on: `On-going`, `Monthly`.
    pub recurring: HashSet<Box<str>>,
    /// What a heading over plain counts is made of: `Number of actions`, `Total`.
    pub counts: HashSet<Box<str>>,
}

pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let read: Read = serde_json::from_str(include_str!("../../assets/words.json")).expect("the bundled words are valid, as a test shows");
    let each = read.statuses.into_iter().flat_map(|(status, words)| words.into_iter().map(move |word| (word, status)));
    Words { statuses: each.collect(), stopped: read.stopped, undated: read.undated, recurring: read.recurring, counts: read.counts }
});

/// A text in lower case with single spaces.
pub fn plain(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words
}

/// Whether a label says that all there are is counted, and nothing else: `How many`, `Total actions`, `No.`.
#[must_use]
pub fn says_count(label: &str) -> bool {
    let label = plain(label);
    let mut words = label.split(|c: char| !c.is_alphanumeric() && c != '#').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| WORDS.counts.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_plain_form_and_means_one_thing() {
        let read: Read = serde_json::from_str(include_str!("../../assets/words.json")).unwrap();
        let all: Vec<&Box<str>> = read.statuses.values().flatten().collect();
        assert_eq!(all.len(), WORDS.statuses.len(), "no status word twice");
        assert!(read.undated.is_disjoint(&read.recurring));
        for word in all.into_iter().chain(&read.stopped).chain(&read.undated).chain(&read.recurring).chain(&read.counts) {
            assert_eq!(**word, plain(word));
        }
    }
}
