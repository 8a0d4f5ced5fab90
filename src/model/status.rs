//! The five RAG statuses of an action and the words owners write for them.

use serde::{Deserialize, Serialize};

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

/// Every word read as a status, in lower case.
const WORDS: &[(&str, Status)] = &[
    ("not started", Status::NotStarted),
    ("major problems", Status::MajorProblems),
    ("major problem", Status::MajorProblems),
    ("red", Status::MajorProblems),
    ("r", Status::MajorProblems),
    ("minor problems", Status::MinorProblems),
    ("minor problem", Status::MinorProblems),
    ("amber", Status::MinorProblems),
    ("a", Status::MinorProblems),
    ("in progress", Status::InProgress),
    ("green", Status::InProgress),
    ("g", Status::InProgress),
    ("on track", Status::InProgress),
    ("complete", Status::Complete),
    ("completed", Status::Complete),
    ("blue", Status::Complete),
    ("b", Status::Complete),
];

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

    /// Reads a status from an owner's words (`- Complete`, `Minor Problem`); `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '•' | '.'));
        WORDS.iter().find(|(word, _)| same_words(word, text)).map(|&(_, status)| status)
    }
}

/// Whether two texts are the same words, whatever their case and spacing.
fn same_words(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (b.len() > a.len() && a.split(' ').map(str::to_ascii_lowercase).eq(b.split_whitespace().map(str::to_ascii_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_words_are_read() {
        for (text, status) in [
            ("Complete", Status::Complete),
            (" Complete", Status::Complete),
            ("- Complete", Status::Complete),
            ("Not Started", Status::NotStarted),
            ("In  Progress", Status::InProgress),
            ("Minor Problem", Status::MinorProblems),
        ] {
            assert_eq!(Status::parse(text), Some(status), "{text}");
        }
        assert_eq!(Status::parse("on hold"), None);
        assert_eq!(Status::parse(""), None);
    }
}
