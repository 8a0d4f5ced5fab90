//! The shared texts of the large pages: each once, by its number. Knows no cell.

use std::{collections::HashMap, ops::Range};

use super::super::escaped::push_escaped;

/// How much of the texts is packed at a time, in bytes.
const PIECE: usize = 1 << 20;
/// What a text takes around it, in bytes.
const AROUND: usize = 20;

/// Texts by their numbers, which count on from those the library has.
#[derive(Default)]
pub(super) struct SharedTexts<'page> {
    numbers: HashMap<&'page str, u32>,
    texts: Vec<&'page str>,
    /// How many cells hold them.
    uses: usize,
}

impl<'page> SharedTexts<'page> {
    /// The number of a text, from 0.
    pub(super) fn number(&mut self, text: &'page str) -> u32 {
        self.uses += 1;
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() as u32 - 1
        })
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The list with those of the library before them; and by how much the numbers are higher in it.
    /// `None` where that is none.
    pub(super) fn behind<'list>(self, library: &'list str) -> Option<(TextList<'page, 'list>, u32)> {
        let begin = library.find("<sst")?;
        let open = begin + library[begin..].find('>')? + 1;
        let close = library.rfind("</sst>")?;
        let counted = |name: &str| -> Option<usize> {
            let (_, value) = library[begin..open].split_once(name)?;
            value.split('"').next()?.parse().ok()
        };
        let (count, unique) = (counted(" count=\"")?, counted(" uniqueCount=\"")?);
        let head = format!(
            "{}<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"{}\" uniqueCount=\"{}\">",
            &library[..begin],
            count + self.uses,
            unique + self.texts.len()
        );
        let list = TextList { head, library: library.get(open..close)?, pieces: pieces(&self.texts), texts: self.texts };
        Some((list, u32::try_from(unique).ok()?))
    }
}

/// The runs of texts that make a piece each.
fn pieces(texts: &[&str]) -> Vec<Range<usize>> {
    let (mut pieces, mut from, mut size) = (Vec::new(), 0, 0);
    for (at, text) in texts.iter().enumerate() {
        size += text.len() + AROUND;
        if size >= PIECE || at + 1 == texts.len() {
            pieces.push(from..at + 1);
            (from, size) = (at + 1, 0);
        }
    }
    pieces
}

/// The part of the shared texts, to be written piece by piece.
pub(super) struct TextList<'page, 'list> {
    head: String,
    library: &'list str,
    texts: Vec<&'page str>,
    pieces: Vec<Range<usize>>,
}

impl TextList<'_, '_> {
    /// How many pieces it has: one of what the library wrote, then those of the texts.
    pub(super) fn pieces(&self) -> usize {
        self.pieces.len() + 1
    }

    /// Writes a piece.
    pub(super) fn write(&self, piece: usize, into: &mut Vec<u8>) {
        if piece == 0 {
            into.extend_from_slice(self.head.as_bytes());
            into.extend_from_slice(self.library.as_bytes());
        } else {
            for text in &self.texts[self.pieces[piece - 1].clone()] {
                // Excel takes away white space that is not said to be kept.
                let kept = text.starts_with(SPACES) || text.ends_with(SPACES);
                into.extend_from_slice(if kept { b"<si><t xml:space=\"preserve\">" } else { b"<si><t>" });
                push_escaped(text, into);
                into.extend_from_slice(b"</t></si>");
            }
        }
        if piece == self.pieces.len() {
            into.extend_from_slice(b"</sst>");
        }
    }
}

const SPACES: [char; 3] = ['\t', '\n', ' '];
