//! What a ref says of its place among others: 1 stands over 1.1 and that over 1.1.1, A over A1. Knows nothing of rows.

/// The longest text that is looked at as a ref, in bytes.
const LONGEST: usize = 24;
/// The most letters together that number anything.
const MOST_LETTERS: usize = 4;

/// One step of a ref.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    /// In small letters.
    Letters(String),
    Number(u32),
}

/// A ref as its steps: `PA1.2` is PA, 1, 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RefPath(Vec<Step>);

impl RefPath {
    /// The steps of a text, if it is a ref: short, and but letters, digits and the signs between them.
    pub(super) fn of(text: &str) -> Option<Self> {
        let text = trimmed(text);
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let mut steps = Vec::new();
        for run in text.split(['.', '-', '/', '(', ')', ' ']).filter(|run| !run.is_empty()) {
            let mut rest = run;
            while !rest.is_empty() {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
                let step = match (digits, letters) {
                    (0, 1..=MOST_LETTERS) => Step::Letters(rest[..letters].to_ascii_lowercase()),
                    (1.., _) => Step::Number(rest[..digits].parse().ok()?),
                    _ => return None,
                };
                steps.push(step);
                rest = &rest[digits.max(letters)..];
            }
        }
        let word = steps.iter().filter(|step| matches!(step, Step::Letters(_))).count() > 2;
        (!steps.is_empty() && !word).then_some(Self(steps))
    }

    /// Whether another ref stands below this one: it begins with all of it and goes on.
    pub(super) fn is_over(&self, other: &Self) -> bool {
        self.0.len() < other.0.len() && other.0.starts_with(&self.0)
    }
}

/// A ref without the full stop behind it; `2.0` heads 2.1 as `2` would.
fn trimmed(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['.', ':', ')']);
    text.strip_suffix(".0").unwrap_or(text)
}

/// How many numbers a ref has: 1.2.1 has three; 0 when it is not one.
pub(super) fn depth(text: &str) -> usize {
    let text = trimmed(text);
    // `PA1.2` is as deep as 1.2.
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let numbers = if letters <= MOST_LETTERS { &text.as_bytes()[letters..] } else { text.as_bytes() };
    let (mut depth, mut digits) = (0, 0);
    for byte in numbers.iter().chain(b".") {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' if digits > 0 => (depth, digits) = (depth + 1, 0),
            _ => return 0,
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ref_stands_over_those_that_go_on_from_it() {
        for (over, under, expected) in [
            ("1", "1.1", true),
            ("1.1", "1.1.1", true),
            ("2.0", "2.1", true),
            ("A", "A1", true),
            ("A.", "A.1", true),
            ("1", "1a", true),
            ("KPI 1", "KPI 1.2", true),
            ("A", "B1", false),
            ("1", "10", false),
            ("1", "2.1", false),
            ("1.1", "1.2", false),
            ("1", "1", false),
        ] {
            let is_over = RefPath::of(over).zip(RefPath::of(under)).is_some_and(|(over, under)| over.is_over(&under));
            assert_eq!(is_over, expected, "{over} {under}");
        }
        for text in ["", "Housing", "Project Name:", "a b c", "what is done about it by whom"] {
            assert_eq!(RefPath::of(text), None, "{text}");
        }
    }

    #[test]
    fn the_numbers_of_a_ref_are_counted() {
        for (text, expected) in [("1.2.1", 3), ("2.0", 1), ("PA1.2", 2), ("1.", 1), ("A", 0), ("1a", 0), ("", 0)] {
            assert_eq!(depth(text), expected, "{text}");
        }
    }
}
