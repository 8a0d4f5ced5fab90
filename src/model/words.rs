//! The words of `assets/words.json` that are about values: statuses, and what owners write where no date is set.

use std::{collections::HashMap, collections::HashSet, sync::LazyLock};

use serde::Deserialize;

use super::Status;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Read {
    statuses: HashMap<Status, Vec<Box<str>>>,
    stopped: Vec<Box<str>>,
    no_status: HashSet<Box<str>>,
    timely: HashSet<Box<str>>,
    formerly: Vec<Box<str>>,
    undated: HashSet<Box<str>>,
    recurring: HashSet<Box<str>>,
    counts: HashSet<Box<str>>,
    /// The names of the months, January first, in other languages than English.
    months: Vec<Vec<Box<str>>>,
}

/// The words, in lower case with single spaces.
#[derive(Default)]
pub(super) struct Words {
    pub statuses: HashMap<Box<str>, Status>,
    /// Said of what has stopped or has no status: `On hold`, `Withdrawn`, `N/A`.
    pub stopped: Vec<Box<str>>,
    /// Said where there is no status to be had: `N/A`.
    pub no_status: HashSet<Box<str>>,
    /// Said of whether something was done in time: `late`, `on time`.
    pub timely: HashSet<Box<str>>,
    /// What leads to how something was before: `was`, `last quarter`.
    pub formerly: Vec<Box<str>>,
    /// Said where a date is still to come or there is none: `TBC`, `ASAP`.
    pub undated: HashSet<Box<str>>,
    /// Said of what goes on: `On-going`, `Monthly`.
    pub recurring: HashSet<Box<str>>,
    /// What a heading over plain counts is made of: `Number of actions`, `Total`.
    pub counts: HashSet<Box<str>>,
    /// The months by their names in other languages than English, from 1.
    pub months: HashMap<Box<str>, i8>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words::default();
    for text in TEXTS {
        words.add(serde_json::from_str(text).expect("the bundled words are valid, as a test shows"));
    }
    words
});

/// The lists of words, the English one first.
const TEXTS: [&str; 2] = [include_str!("../../assets/words.json"), include_str!("../../assets/words_welsh.json")];

impl Words {
    /// Adds a list. A word that means a status already keeps its meaning.
    fn add(&mut self, read: Read) {
        // What has stopped is also told from the words a text begins with.
        let stopped = [Status::OnHold, Status::Cancelled].into_iter().filter_map(|status| read.statuses.get(&status)).flatten();
        self.stopped.extend(stopped.cloned());
        for (status, words) in read.statuses {
            words.into_iter().for_each(|word| _ = self.statuses.entry(word).or_insert(status));
        }
        self.stopped.extend(read.stopped);
        self.no_status.extend(read.no_status);
        self.timely.extend(read.timely);
        self.formerly.extend(read.formerly);
        self.undated.extend(read.undated);
        self.recurring.extend(read.recurring);
        self.counts.extend(read.counts);
        self.months.extend(read.months.into_iter().zip(1..).flat_map(|(names, month)| names.into_iter().map(move |name| (name, month))));
    }
}

/// A text in lower case with single spaces, for comparing.
#[must_use]
pub fn in_plain_form(text: &str) -> String {
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
    let label = in_plain_form(label);
    let mut words = label.split(|c: char| !c.is_alphanumeric() && c != '#').filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(|word| WORDS.counts.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_in_plain_form_and_means_one_thing() {
        let lists = TEXTS.map(|text| serde_json::from_str::<Read>(text).unwrap());
        let all: Vec<&Box<str>> = lists.iter().flat_map(|read| read.statuses.values().flatten()).collect();
        assert_eq!(all.len(), WORDS.statuses.len(), "no status word twice");
        assert!(WORDS.undated.is_disjoint(&WORDS.recurring));
        let said = [&WORDS.no_status, &WORDS.timely, &WORDS.undated, &WORDS.recurring, &WORDS.counts].into_iter().flatten();
        for word in all.into_iter().chain(&WORDS.stopped).chain(&WORDS.formerly).chain(said) {
            assert_eq!(**word, in_plain_form(word));
        }
        assert_eq!(WORDS.months.values().max(), Some(&12));
    }
}
