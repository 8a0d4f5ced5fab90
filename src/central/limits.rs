//! What a form says in words of how much a cell takes, and in which unit: `maximum 250 words`, `£000`. Counts, and cuts nothing.

use crate::model::in_plain_form;

/// What is counted of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LengthIn {
    Words,
    Characters,
}

/// How much text a cell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    pub most: usize,
    pub counted: LengthIn,
    /// Whether more is only advised against.
    pub advised: bool,
}

/// Words that make a number of words no limit.
const AT_LEAST: [&str; 4] = ["minimum", "at least", "min.", "no fewer"];
/// Words that make it advice.
const ADVICE: [&str; 7] = ["suggested", "approximately", "approx", "around", "guide", "indicative", "roughly"];
/// What says that money is counted in thousands.
const THOUSANDS: [&str; 11] =
    ["£000", "£'000", "£’000", "£ 000", "£k", "£ thousand", "£thousand", "in thousands", "£1,000s", "£1000s", "£ '000"];

impl Limit {
    /// How long a text is, as the limit counts it.
    pub(crate) fn length(self, text: &str) -> usize {
        match self.counted {
            LengthIn::Words => text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count(),
            // As LEN counts.
            LengthIn::Characters => text.encode_utf16().count(),
        }
    }

    /// In words: `at most 250 words`.
    pub(crate) fn words(self) -> String {
        let counted = match self.counted {
            LengthIn::Words => "words",
            LengthIn::Characters => "characters",
        };
        format!("{} {} {counted}", if self.advised { "suggested" } else { "at most" }, self.most)
    }
}

/// The limit that a text states, where it states one: `(250 words max)`, `No more than 1,000 characters`.
pub(super) fn limit_in(text: &str) -> Option<Limit> {
    let plain = in_plain_form(text).replace(['-', '(', ')', '[', ']', ';', ':'], " ");
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let most: usize = word.trim_end_matches(['.', ',']).replace(',', "").parse().ok().filter(|most| (5..=32_767).contains(most))?;
        let counted = match words.get(at + 1)?.trim_matches(|c: char| !c.is_alphanumeric()) {
            "word" | "words" => LengthIn::Words,
            "character" | "characters" | "chars" => LengthIn::Characters,
            _ => return None,
        };
        let near = words[at.saturating_sub(4)..(at + 5).min(words.len())].join(" ");
        if AT_LEAST.iter().any(|least| near.contains(least)) {
            return None;
        }
        Some(Limit { most, counted, advised: ADVICE.iter().any(|advice| near.contains(advice)) })
    })
}

/// Whether a text says that money is counted in thousands of pounds.
pub(super) fn says_thousands(text: &str) -> bool {
    let plain = in_plain_form(text);
    THOUSANDS.iter().any(|words| plain.contains(words))
}

/// Whether a text says that per cent are counted.
pub(super) fn says_percent(text: &str) -> bool {
    let plain = in_plain_form(text);
    plain.contains('%') || plain.contains("per cent") || plain.contains("percent")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_as_forms_state_them() {
        let of = |text: &str| limit_in(text).map(Limit::words);
        assert_eq!(of("Progress summary (maximum 250 words)").as_deref(), Some("at most 250 words"));
        assert_eq!(of("Why have you given these ratings? Enter an explanation (100 words max)").as_deref(), Some("at most 100 words"));
        assert_eq!(of("500 words suggested").as_deref(), Some("suggested 500 words"));
        assert_eq!(of("No more than 1,000 characters, including spaces").as_deref(), Some("at most 1000 characters"));
        assert_eq!(of("250-word limit").as_deref(), Some("at most 250 words"));
        assert_eq!(of("Write at least 50 words"), None);
        assert_eq!(of("In your own words, for 2025"), None);
        let limit = limit_in("20 words").unwrap();
        assert_eq!(limit.length("One – two,\nthree"), 3);
        assert!(says_thousands("Total spend (£000)") && says_thousands("all figures in £'000s") && !says_thousands("Cost £12,000"));
        assert!(says_percent("Share of clients, %") && !says_percent("Clients"));
    }
}
