//! The five RAG statuses of an action and the words owners write for them.

use serde::{Deserialize, Serialize};

use super::{
    kinds::parse_when,
    words::{WORDS, plain},
};

/// How an action stands, in the order of the RAG key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NotStarted,
    MajorProblems,
    MinorProblems,
    InProgress,
    Complete,
}

/// The colours of a rating, which may stand two at a time.
const COLOURS: [&str; 7] = ["red", "amber", "green", "r", "a", "g", "yellow"];

/// The names of colours that a sentence on a status begins with.
const NAMES: [&str; 7] = ["red", "amber", "green", "blue", "grey", "gray", "yellow"];
/// Words that go on from a status to how long, why or until when.
const GO_ON: [&str; 10] = ["by", "for", "to", "within", "until", "due", "from", "since", "pending", "subject"];

/// The longest text that may be a status with a remark behind it, in bytes.
const LONGEST: usize = 48;

impl Status {
    /// Every status, in the order of the RAG key.
    pub const ALL: [Self; 5] = [Self::NotStarted, Self::MajorProblems, Self::MinorProblems, Self::InProgress, Self::Complete];

    /// The word shown and written for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::MajorProblems => "Major problems",
            Self::MinorProblems => "Minor problems",
            Self::InProgress => "In progress",
            Self::Complete => "Complete",
        }
    }

    /// Its name in files and in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::MajorProblems => "major_problems",
            Self::MinorProblems => "minor_problems",
            Self::InProgress => "in_progress",
            Self::Complete => "complete",
        }
    }

    /// Reads a status from an owner's words, letter or symbol (`- Complete`, `Minor Problem`, `G`, `✓`, `Amber - slipping`); `None` when
    /// it is not one, or when it names two.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '•' | '.' | ':'));
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let text = plain(text);
        // `2 - In progress` is numbered for sorting.
        let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ':', '-', '–', ' ']);
        let text = if numbered.is_empty() || text.ends_with('%') { &*text } else { numbered };
        WORDS.statuses.get(text).copied().or_else(|| Self::parse_parts(text))
    }

    /// Whether a text says in so many words that an action has none of the five statuses: `On hold`, `Withdrawn in May`.
    #[must_use]
    pub fn is_stopped(text: &str) -> bool {
        let text = plain(text);
        let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
        let begins = |word: &str| text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        WORDS.stopped.iter().any(|word| begins(word))
    }

    /// Reads a status from the words a sentence in a status column begins with: `AMBER - 142 visits made, a month late`, `Delayed by less
    /// than 3 months`. A sentence on completion may be about what is to come, so it states none.
    #[must_use]
    pub fn parse_sentence(text: &str) -> Option<Self> {
        let text = plain(text);
        let coloured = || {
            let colour = text.split(['-', '–', ':']).next().filter(|colour| colour.len() < text.len())?.trim();
            NAMES.contains(&colour).then(|| WORDS.statuses.get(colour).copied())?
        };
        let worded = || {
            let words: Vec<&str> = text.split(' ').collect();
            let dated = |count: usize| parse_when(&words[count..].join(" ")).is_some();
            (1..words.len().min(6)).rev().find_map(|count| match *WORDS.statuses.get(&*words[..count].join(" "))? {
                status if dated(count) => Some(status),
                Self::Complete => None,
                status => GO_ON.contains(&words[count]).then_some(status),
            })
        };
        coloured().or_else(worded)
    }

    /// Reads `Amber - slipping`, `🟢 on track` or `Complete (May 2018)`: the first part says it, and the rest says nothing else.
    fn parse_parts(text: &str) -> Option<Self> {
        let symbol = text.chars().next().filter(|c| !c.is_alphanumeric() && !c.is_ascii()).map(char::len_utf8);
        let at = symbol.or_else(|| text.find(['-', '–', ':', '/', '(', '=', ',', ';']))?;
        let trim = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric() && c.is_ascii() || c == '–' || c == '\u{fe0f}').to_owned();
        let (first, rest) = (trim(&text[..at]), trim(&text[at..]));
        let status = *WORDS.statuses.get(&*first)?;
        match WORDS.statuses.get(&*rest) {
            Some(other) if *other == status => Some(status),
            // `Amber/Red` is as bad as the worse of the two.
            Some(other) => COLOURS
                .iter()
                .find(|colour| **colour == first || **colour == rest)
                .filter(|_| [&first, &rest].iter().all(|part| COLOURS.contains(&part.as_str())))
                .map(|_| status.min(*other)),
            // A lone letter may begin anything.
            None => (first.len() > 1 && Self::parse_parts(&rest).is_none_or(|other| other == status)).then_some(status),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_begins_with_its_status() {
        for (text, status) in [
            ("AMBER - 142 visits made, target date missed by a month", Some(Status::MinorProblems)),
            ("Delayed by less than 3 months", Some(Status::MinorProblems)),
            ("Not started due to a vacant post", Some(Status::NotStarted)),
            ("Done 22/7/25", Some(Status::Complete)),
            ("Complete by the end of March", None),
            ("In progress but delayed", None),
            ("Asked the supplier to quote", None),
        ] {
            assert_eq!(Status::parse_sentence(text), status, "{text}");
        }
    }

    #[test]
    fn a_status_that_is_none_of_the_five_is_told_from_a_remark() {
        for text in ["On hold", "- on hold", "Withdrawn", "No longer required", "Deferred to 2028", "N/A"] {
            assert!(Status::is_stopped(text), "{text}");
        }
        for text in ["", "Holding a workshop in May", "Nearly there", "Complete", "nan"] {
            assert!(!Status::is_stopped(text), "{text}");
        }
    }

    #[test]
    fn owners_words_are_read() {
        for (text, status) in [
            ("Complete", Status::Complete),
            (" Complete", Status::Complete),
            ("- Complete", Status::Complete),
            ("Not Started", Status::NotStarted),
            ("In  Progress", Status::InProgress),
            ("Minor Problem", Status::MinorProblems),
            ("g", Status::InProgress),
            ("Off track", Status::MajorProblems),
            ("Amber - slipping a little", Status::MinorProblems),
            ("🟢 On track", Status::InProgress),
            ("✓", Status::Complete),
            ("Complete (May 2018)", Status::Complete),
            ("2 - In progress", Status::InProgress),
            ("100%", Status::Complete),
            ("Amber/Red", Status::MajorProblems),
            ("Green/Amber", Status::MinorProblems),
        ] {
            assert_eq!(Status::parse(text), Some(status), "{text}");
        }
        for text in ["on hold", "", "In progress - delayed", "A - see below", "Complete the form"] {
            assert_eq!(Status::parse(text), None, "{text}");
        }
    }
}
