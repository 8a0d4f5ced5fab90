//! Texts out of files, made so that they order nothing about where they are shown. Changes no text that is kept.

use std::borrow::Cow;

/// A text as one line that does nothing to the terminal it is printed on: control characters are shown as such.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return text.into();
    }
    let shown = |letter: char| match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        letter if is_harmful(letter) => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    text.chars().map(shown).collect()
}

/// Whether a terminal takes a letter for an order, or turns the direction of what follows by it.
#[must_use]
pub fn is_harmful(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text that may have several lines, without what a terminal or a window takes for an order.
#[must_use]
pub fn harmless_lines(text: &str) -> Cow<'_, str> {
    let orders = |letter: char| is_harmful(letter) && !matches!(letter, '\n' | '\t');
    if !text.contains(orders) {
        return text.into();
    }
    text.chars().map(|letter| if orders(letter) { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_orders_a_terminal_about() {
        assert_eq!(harmless("\u{1b}[31mevil\u{202e}\nPlan\u{9b}2J"), "\u{fffd}[31mevil\u{fffd} Plan\u{fffd}2J");
        assert_eq!(harmless("1.1 Caf\u{e9}: 5 \u{2013} 6"), "1.1 Caf\u{e9}: 5 \u{2013} 6");
        assert_eq!(harmless_lines("two\nlines\u{202e}\u{0}"), "two\nlines\u{fffd}\u{fffd}");
    }
}
