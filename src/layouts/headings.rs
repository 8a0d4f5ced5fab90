//! What owners' words mean: column headings, section and detail labels, from `assets/headings.json`.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::model::{Role, kinds::parse_when};

#[derive(Deserialize)]
struct Words {
    roles: HashMap<Role, Vec<String>>,
    sections: Vec<String>,
    details: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/headings.json")).expect("the bundled heading words are valid, as a test shows")
});

/// The role of each word.
static ROLES: LazyLock<HashMap<&str, Role>> =
    LazyLock::new(|| WORDS.roles.iter().flat_map(|(&role, words)| words.iter().map(move |word| (word.as_str(), role))).collect());

/// No heading is longer before a bracket, its spaces included.
const LONGEST: usize = 120;

/// What a label outside the columns opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// An approach or a recommendation.
    Section,
    /// Its objective, or the comments from service.
    Detail,
}

/// The role a heading names.
pub fn role_of(heading: &str) -> Option<Role> {
    // Every cell of a plan is asked, so that most are turned away before anything is made of them.
    let long = heading.len() > LONGEST && !heading.as_bytes()[..LONGEST].iter().any(|byte| matches!(byte, b'(' | b'<' | b'['));
    if long || heading.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let heading = plain(heading);
    if heading.is_empty() || heading.len() > 60 {
        return None;
    }
    // Otherwise the longest word it begins with, if that is more than a short one.
    let begins = || heading.rmatch_indices([' ', '/']).filter(|(at, _)| *at > 4).find_map(|(at, _)| ROLES.get(&heading[..at]));
    ROLES.get(heading.as_str()).or_else(begins).copied()
}

/// Whether two headings are the same words, whatever stands in brackets.
pub fn same_heading(a: &str, b: &str) -> bool {
    plain(a) == plain(b)
}

/// Whether a heading names a period: `Aug 17`, `Q2 2023-24`.
pub fn is_period(heading: &str) -> bool {
    let heading = heading.trim();
    let quarter = || {
        let mut words = heading.split_whitespace();
        words.next().is_some_and(|word| matches!(word, "Q1" | "Q2" | "Q3" | "Q4"))
            && words.next().is_none_or(|year| parse_when(year).is_some())
    };
    parse_when(heading).is_some() || quarter()
}

/// Splits `Approach: words` into its label and words, when the label opens a section or a detail.
pub fn opening(text: &str) -> Option<(Opening, &str, &str)> {
    let (label, words) = text.split_once(':')?;
    if label.len() > 40 {
        return None;
    }
    let plain = plain(label);
    let word = plain.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '));
    let is = |words: &[String]| words.iter().any(|known| known == word);
    let opening = if is(&WORDS.sections) {
        Opening::Section
    } else if is(&WORDS.details) {
        Opening::Detail
    } else {
        return None;
    };
    Some((opening, label.trim(), words.trim()))
}

/// A heading in lower case, without what stands in brackets, asterisks and the colon.
fn plain(heading: &str) -> String {
    let mut words = String::new();
    for word in before_bracket(heading).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase));
    }
    words.trim_matches(|c: char| matches!(c, ':' | '*' | ' ')).to_owned()
}

fn before_bracket(heading: &str) -> &str {
    heading.split(['(', '<', '[']).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_headings_have_their_roles() {
        for (heading, role) in [
            ("Ref:", Some(Role::Ref)),
            ("#", Some(Role::Ref)),
            ("Measure/outcome:", Some(Role::Measure)),
            ("Lead officer:", Some(Role::Lead)),
            ("RAG Status:", Some(Role::Status)),
            ("Current Performance (Q2 Figures)", Some(Role::Current)),
            ("Target for Direction of Travel", Some(Role::Target)),
            ("Actions (please provide 3 or 4)", Some(Role::Action)),
            ("Target date agreed", Some(Role::End)),
            ("Performance measure 2023", Some(Role::Kpi)),
            ("Risk Title", None),
            ("", None),
        ] {
            assert_eq!(role_of(heading), role, "{heading}");
        }
    }

    #[test]
    fn no_word_has_two_roles() {
        let mut seen = HashMap::new();
        for (role, words) in &WORDS.roles {
            for word in words {
                assert_eq!(seen.insert(word, role), None, "{word}");
                assert_eq!(*word, plain(word), "words are in plain form");
            }
        }
    }

    #[test]
    fn labels_open_sections_and_details() {
        assert_eq!(opening("Approach:"), Some((Opening::Section, "Approach", "")));
        assert_eq!(opening("Recommendation 2: Do: this"), Some((Opening::Section, "Recommendation 2", "Do: this")));
        assert_eq!(opening("Comments from Service:"), Some((Opening::Detail, "Comments from Service", "")));
        assert_eq!(opening("Owner: A Person"), None);
    }
}
