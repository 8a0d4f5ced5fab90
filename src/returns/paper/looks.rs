//! Blocks and cells that all papers share: statuses and ratings with their shapes, headings, notes. Reads no document.

use super::super::style::{rating_tone, tone};
use crate::{
    insight::Rating,
    model::Status,
    paper::{Block, Cell, Look, Signed},
};

pub(super) fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading { level, text: text.into() }
}

pub(super) fn plain(text: impl Into<String>) -> Block {
    Block::Paragraph { look: Look::Plain, text: text.into() }
}

pub(super) fn muted(text: impl Into<String>) -> Block {
    Block::Paragraph { look: Look::Muted, text: text.into() }
}

pub(super) fn strong(text: impl Into<String>) -> Block {
    Block::Paragraph { look: Look::Strong, text: text.into() }
}

/// The shape of a status in its colour.
pub(super) fn status_sign(status: Status) -> Signed {
    Signed { sign: status.sign(), colour: tone(status).0 }
}

/// The shape of a rating in its colour.
pub(super) fn rating_sign(rating: Rating) -> Signed {
    Signed { sign: rating.sign(), colour: rating_tone(rating).0 }
}

/// A status as its shape and its word.
pub(super) fn status_cell(status: Status) -> Cell {
    Cell { text: status.word().to_owned(), sign: Some(status_sign(status)), fill: Some(tone(status).1), strong: false }
}

/// A rating as its shape and its word.
pub(super) fn rating_cell(rating: Rating) -> Cell {
    Cell { text: rating.word().to_owned(), sign: Some(rating_sign(rating)), fill: Some(rating_tone(rating).1), strong: false }
}

/// A change with its sign: `+3`, `−2`, `0`.
pub(super) fn signed(change: i64) -> String {
    match change {
        0 => "0".to_owned(),
        more @ 1.. => format!("+{more}"),
        less => format!("−{}", less.unsigned_abs()),
    }
}

/// How many there are, in words: `1 action`, `3 actions`.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}

/// A text on one line, shortened between words with an ellipsis.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((cut, _)) = text.char_indices().nth(most) else { return text };
    let end = text[..cut].rfind(' ').filter(|end| *end > cut / 2).unwrap_or(cut);
    format!("{}…", text[..end].trim_end_matches([',', ';', ':', '.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened_ends_between_words() {
        assert_eq!(shortened("Review the plan", 40), "Review the plan");
        assert_eq!(shortened("Review the plan with every service", 20), "Review the plan…");
        assert_eq!(shortened(&"x".repeat(50), 10), format!("{}…", "x".repeat(10)));
        assert_eq!([signed(3), signed(-2), signed(0)], ["+3", "−2", "0"]);
    }
}
