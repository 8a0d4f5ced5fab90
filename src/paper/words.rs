//! A text as the words it may be broken between. Measures nothing.

use std::ops::Range;

/// A text without what no paper shows: characters that steer a terminal are gone, and every kind of line end is one.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    clean.push('\n');
                }
            }
            '\n' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            // These can be mapped to no glyph of an accessible PDF, or would undo its order.
            '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{ad}' | '\u{200b}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => {}
            c if c.is_control() => {}
            c => clean.push(c),
        }
    }
    clean
}

/// A word with the spaces behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Without the spaces.
    pub word: Range<usize>,
    /// With them.
    pub whole: Range<usize>,
}

/// The words of a line, each of which may begin a new one.
pub(super) fn words(line: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut chars = line.char_indices().peekable();
    let (mut from, mut end) = (0, 0);
    let mut spaced = false;
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let space = c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
        let begins = !space && (spaced || before.is_some_and(|before| may_part(before, c, chars.peek().map(|(_, next)| *next))));
        if begins && at > from {
            words.push(Word { word: from..if spaced { end } else { at }, whole: from..at });
            from = at;
        }
        if space {
            if !spaced {
                end = at;
            }
        } else {
            end = at + c.len_utf8();
        }
        (spaced, before) = (space, Some(c));
    }
    if from < line.len() {
        words.push(Word { word: from..end.max(from), whole: from..line.len() });
    }
    words
}

/// Whether a line may end between two characters without a space between them.
fn may_part(before: char, c: char, next: Option<char>) -> bool {
    match (before, c) {
        // A hyphen stays with figures, as in a range of years or below zero.
        ('-' | '/', c) => c.is_alphabetic() && next.is_some_and(char::is_alphabetic),
        ('–' | '—', c) => c.is_alphabetic(),
        (before, c) if is_wide(c) => !(OPENING.contains(&before) || CLOSING.contains(&c)),
        (before, _) if is_wide(before) => !CLOSING.contains(&c) && !OPENING.contains(&before),
        _ => false,
    }
}

const OPENING: [char; 6] = ['（', '「', '『', '《', '【', '〈'];
const CLOSING: [char; 15] = ['、', '。', '，', '．', '！', '？', '：', '；', '）', '」', '』', '》', '】', '〉', 'ー'];

/// Whether a character is of a script that is written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{a000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
        || matches!(c, '\u{e00}'..='\u{e7f}')
}

/// Whether a text holds anything that is written from right to left.
pub(super) fn is_leftward(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Vec<&str> {
        words(line).into_iter().map(|word| &line[word.whole]).collect()
    }

    #[test]
    fn a_line_may_end_behind_spaces_and_between_what_is_written_without() {
        assert_eq!(parts("Review the plan"), ["Review ", "the ", "plan"]);
        assert_eq!(parts("  well-being  2017-18"), ["  ", "well-", "being  ", "2017-18"]);
        assert_eq!(parts("计划，好"), ["计", "划，", "好"]);
        assert_eq!(parts("10\u{a0}%"), ["10\u{a0}%"]);
        assert!(parts("").is_empty());
        let word = &words("end  ")[0];
        assert_eq!((word.word.clone(), word.whole.clone()), (0..3, 0..5));
    }

    #[test]
    fn what_no_paper_shows_is_gone() {
        assert_eq!(clean("a\r\nb\rc\u{2028}d\u{0}\u{feff}\te"), "a\nb\nc\nd    e");
    }
}
