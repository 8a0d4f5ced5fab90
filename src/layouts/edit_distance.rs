//! Whether two words differ by a typing error: their edit distance, with neighbours swapped counted as one. Knows no words of its own.

/// Whether one word is the other with a letter or two wrong, missing, doubled or swapped; short words forgive one.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let most = if a.len().max(b.len()) >= 8 { 2 } else { 1 };
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    strsim::osa_distance(a, b) <= most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_errors_are_forgiven_and_other_words_are_not() {
        for (a, b, same) in [
            ("status", "sttaus", true),
            ("responsible", "responsable", true),
            ("comments", "commments", true),
            ("officer", "offcier", true),
            ("action", "section", false),
            ("start", "stage", false),
        ] {
            assert_eq!(alike(a, b), same, "{a} {b}");
        }
    }
}
