//! Whether two words differ by a typing error. Knows no words of its own.

/// Whether one word is the other with a letter or two wrong, missing, doubled or swapped; short words forgive one.
pub fn alike(a: &str, b: &str) -> bool {
    let most = if a.len().max(b.len()) >= 8 { 2 } else { 1 };
    if a.len().abs_diff(b.len()) > most {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // The restricted Damerau-Levenshtein distance, row by row.
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + changed);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()] <= most
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
