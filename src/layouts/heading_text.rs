//! The text of a heading in a form that can be looked up: lower case, no brackets, words apart. Knows no word.

use std::borrow::Cow;

/// A heading in lower case, without what stands in brackets, asterisks and the colon.
pub(super) fn plain(heading: &str) -> String {
    let mut words = String::new();
    for word in before_bracket(heading).split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.extend(word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }));
    }
    words.trim_matches(|c: char| matches!(c, ':' | '*' | ' ' | '?' | '-' | '–' | '…')).trim_end_matches("...").to_owned()
}

fn before_bracket(heading: &str) -> &str {
    let before = heading.split(['(', '<', '[']).next().unwrap_or("");
    // A heading that is all in brackets is still a heading.
    if before.trim().is_empty() { heading.trim_matches(['(', ')', '<', '>', '[', ']', ' ']) } else { before }
}

/// A heading of a list or a database in words: `Due_Date`, `taskOwner` and `Likelihood_1_5`, whose numbers say how it is scored.
pub(super) fn apart(heading: &str) -> Cow<'_, str> {
    let trimmed = heading.trim();
    if trimmed.contains('_') {
        let words: Vec<&str> = trimmed.split(['_', ' ']).filter(|word| !word.is_empty()).collect();
        let numbered = words.iter().rev().take_while(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count();
        let scored = numbered >= 2 && words.len() > numbered;
        return words[..words.len() - if scored { numbered } else { 0 }].join(" ").into();
    }
    let joined = trimmed.len() <= 40 && trimmed.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let bytes = trimmed.as_bytes();
    let humps = bytes.windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    if !joined || humps == 0 || trimmed.len() < 5 {
        return heading.into();
    }
    let mut words = String::with_capacity(trimmed.len() + humps);
    for (at, letter) in trimmed.char_indices() {
        let after = at > 0 && bytes[at - 1].is_ascii_lowercase();
        let before = at > 0 && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase) && bytes[at - 1].is_ascii_uppercase();
        if letter.is_ascii_uppercase() && (after || before) {
            words.push(' ');
        }
        words.push(letter);
    }
    words.into()
}

/// Whether a heading asks who did something: `Resolved by`. What was done says nothing of the rows.
pub(super) fn asks_who(words: &str) -> bool {
    words.strip_suffix(" by").is_some_and(|before| before.ends_with("ed") && !before.contains(' '))
}

/// The lower part of a heading in two rows; all of one in one row.
pub(super) fn lower_part(heading: &str) -> &str {
    heading.rsplit_once(": ").map_or(heading, |(_, lower)| lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_lists_and_databases_are_words() {
        for (heading, words) in [
            ("Due_Date", "Due Date"),
            ("taskOwner", "task Owner"),
            ("RiskID", "Risk ID"),
            ("Likelihood_1_5", "Likelihood"),
            ("Update_2", "Update 2"),
            ("McDonald", "Mc Donald"),
            ("RAG", "RAG"),
            ("Lead officer", "Lead officer"),
        ] {
            assert_eq!(apart(heading), words);
        }
    }

    #[test]
    fn a_heading_is_looked_up_without_brackets_and_marks() {
        assert_eq!(plain("Lead  Officer(s):"), "lead officer");
        assert_eq!(plain("[Status]"), "status");
    }
}
