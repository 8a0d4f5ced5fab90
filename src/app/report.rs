//! What `check` says of a document: the JSON that is a contract, and the same for people. Reads, never changes or writes files.

mod explain;
mod json;
mod text;
mod typed;

use std::{
    collections::HashSet,
    io::{self, Write},
};

use crate::insight::Insight;
use crate::model::is_harmful;
use crate::notes::{Code, Note};

pub use explain::explain;
pub use json::{Report, VERSION};
pub use text::text;

/// The notes of an import, then what the figures say; a thing both say is said once.
fn all_notes<'a>(imported: &'a [Note], insight: &'a Insight) -> Vec<&'a Note> {
    let said: HashSet<(Code, &str)> = imported.iter().map(|note| (note.code, &*note.place.address)).collect();
    let new = insight.notes.iter().filter(|note| !said.contains(&(note.code, &*note.place.address)));
    imported.iter().chain(new).collect()
}

/// Writes JSON on, with what a terminal might take for an order as the letters JSON has for it.
pub struct Escaping<W>(pub W);

impl<W: Write> Write for Escaping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // JSON has its own letters for the first control characters, and lines of its own.
        let escaped = |letter: char| letter >= '\u{7f}' && is_harmful(letter);
        match std::str::from_utf8(bytes) {
            Ok(text) if text.contains(escaped) => {
                for piece in text.split_inclusive(escaped) {
                    let last = piece.chars().next_back().filter(|letter| escaped(*letter));
                    self.0.write_all(&piece.as_bytes()[..piece.len() - last.map_or(0, char::len_utf8)])?;
                    if let Some(last) = last {
                        write!(self.0, "\\u{:04x}", u32::from(last))?;
                    }
                }
                Ok(bytes.len())
            }
            _ => self.0.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_file_orders_a_terminal_about() {
        let mut out = Vec::new();
        serde_json::to_writer(Escaping(&mut out), "\u{1b}[31m caf\u{e9} \u{9b}2J\u{202e}\u{7f}").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\"\\u001b[31m caf\u{e9} \\u009b2J\\u202e\\u007f\"");
    }
}
