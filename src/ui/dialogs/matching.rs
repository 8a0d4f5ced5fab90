//! How well an entry fits what is typed to find it: all words, in any order, and letters left out. Draws nothing.

/// How well an entry fits, the greater the better; `None` when it does not. `words` is what it is called, `about` what else tells of it.
pub(super) fn fits(typed: &str, words: &str, about: &str) -> Option<u32> {
    let (words, about) = (words.to_lowercase(), about.to_lowercase());
    let typed = typed.to_lowercase();
    let whole = u32::from(!typed.trim().is_empty() && words.starts_with(typed.trim())) * 50;
    typed.split_whitespace().map(|part| fits_part(part, &words, &about)).sum::<Option<u32>>().map(|sum| sum + whole)
}

fn fits_part(part: &str, words: &str, about: &str) -> Option<u32> {
    let starts = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.starts_with(part));
    if starts(words) {
        Some(40)
    } else if words.contains(part) {
        Some(30)
    } else if starts(about) || about.contains(part) {
        Some(20)
    } else {
        // `shct` for shortcuts: the first letter begins a word, and the others follow in their order.
        let first = part.chars().next()?;
        words.split_whitespace().any(|word| word.starts_with(first) && in_order(part, word)).then_some(10)
    }
}

/// Whether letters stand in a word in their order.
fn in_order(letters: &str, word: &str) -> bool {
    let mut rest = word.chars();
    letters.chars().all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_words_must_fit_in_any_order() {
        assert!(fits("", "Save", "").is_some(), "everything fits nothing");
        assert!(fits("row del", "Delete row", "Row").is_some());
        assert!(fits("dlt row", "Delete row", "").is_some(), "letters may be left out");
        assert!(fits("ctrl+s", "Save", "File Ctrl+S").is_some());
        assert_eq!(fits("row save", "Delete row", "Row"), None);
        assert_eq!(fits("xyz", "Delete row", ""), None);
    }

    #[test]
    fn what_begins_with_it_fits_best() {
        assert!(fits("sa", "Save", "") > fits("sa", "Open the sample plan", ""));
        assert!(fits("note", "Next note", "") > fits("note", "Next", "Goes to a note"));
    }
}
