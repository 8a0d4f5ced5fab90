//! The words by which owners put rows and sheets aside: examples of what to fill in, sums, and sheets that another took the place of.

use super::{heading_text::plain, words::WORDS};

/// Whether a text is a word for sums and nothing else; `Total visits` is a figure of its own.
pub(super) fn is_total_alone(text: &str) -> bool {
    WORDS.totals.contains(&plain(text))
}

/// Whether a text says that it is an example of what to fill in: `Example: Recruit two officers`, `e.g. 1.1`. Words may follow some of
/// the words for that, which end with a space; others stand alone or before a sign.
pub(super) fn is_example(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    WORDS.examples.iter().any(|word| {
        let said = word.trim_end();
        let begins = start.get(..said.len()).is_some_and(|start| start.eq_ignore_ascii_case(said));
        let rest = if begins { &start[said.len()..] } else { return false };
        let after = rest.trim();
        let alone = !after.starts_with(char::is_alphanumeric) || after.bytes().all(|byte| byte.is_ascii_digit());
        !rest.starts_with(char::is_alphanumeric) && (said.len() < word.len() || alone)
    })
}

/// Whether a sheet's name says that another took its place: `OLD do not use`, `Plan - archived`.
pub(super) fn is_superseded(name: &str) -> bool {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let says = |phrase: &String| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|window| window == phrase)
    };
    WORDS.superseded.iter().any(says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_told_from_actions_that_speak_of_them() {
        for text in ["Example: Recruit two officers", "EXAMPLE", "e.g. 1.1", "(Example) Hold a fair", "Sample 1", "For example hold a fair"]
        {
            assert!(is_example(text), "{text}");
        }
        for text in
            ["Example lessons for schools", "Egg boxes", "Samples taken weekly", "Sample 20 lettings each quarter", "Set an example", ""]
        {
            assert!(!is_example(text), "{text}");
        }
    }

    #[test]
    fn old_sheets_are_told_by_their_names() {
        for name in ["OLD do not use", "Plan (archived)", "Superseded plan", "Copy of Plan", "plan_old"] {
            assert!(is_superseded(name), "{name}");
        }
        for name in ["Action plan", "Older people", "Golden goals", "Households"] {
            assert!(!is_superseded(name), "{name}");
        }
    }
}
