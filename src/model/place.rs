//! Workbook addresses as an owner writes them: `A1` letters and `Sheet!A1` places.

/// The letters of a zero-based column: 0 is `A`, 26 is `AA`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A place such as `Action Plan!C19`, from a zero-based row and column.
#[must_use]
pub fn place_of(sheet: &str, row: u32, column: u32) -> String {
    format!("{sheet}!{}{}", column_letters(column), u64::from(row) + 1)
}

/// How many numbers or names are listed one by one.
const LISTED: usize = 12;

/// The first few of some words: `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match (words.len().checked_sub(LISTED), words) {
        (Some(more @ 1..), _) => format!("{} and {more} more", words[..LISTED].join(", ")),
        (_, [before @ .., last]) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => words.concat(),
    }
}

/// Rows by their numbers, neighbours together: `rows 3 and 5 to 7`.
#[must_use]
pub fn row_numbers(numbers: &[u32]) -> String {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let runs = sorted.chunk_by(|one, next| one + 1 == *next);
    let run = |run: &[u32]| match run {
        [first, .., last] => format!("{first} to {last}"),
        _ => run.iter().map(u32::to_string).collect(),
    };
    let word = if sorted.len() == 1 { "row" } else { "rows" };
    format!("{word} {}", listed(&runs.map(run).collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_listed_with_their_neighbours() {
        assert_eq!(row_numbers(&[3]), "row 3");
        assert_eq!(row_numbers(&[7, 3, 5, 6]), "rows 3 and 5 to 7");
        assert_eq!(
            row_numbers(&(0..40).map(|n| n * 2 + 1).collect::<Vec<_>>()),
            "rows 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 28 more"
        );
    }

    #[test]
    fn letters_carry_over_after_z() {
        let letters: Vec<String> = [0, 25, 26, 701, 702, 16_383].map(column_letters).into();
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert_eq!(place_of("Plan", 18, 2), "Plan!C19");
    }
}
