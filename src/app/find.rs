//! Looking for words in a table: which cells hold them, in reading order, and what their texts become when they are replaced.

use std::ops::Range;

use super::range::{cell_at, holds, put};
use crate::{
    edit::{Change, FieldPlace},
    model::{Cell, RowKind, Table, TableId},
};

/// From how many rows on a table is looked through on several threads, and on how many at most.
const MANY_ROWS: usize = 5_000;
const MOST_THREADS: usize = 4;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub match_case: bool,
    /// Whether the words must be all that a cell holds.
    pub whole_cell: bool,
}

/// The find bar while it is open, and what it has found in the table in view.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    pub query: Query,
    /// Whether replacing is offered too.
    pub replacing: bool,
    /// Rises each time it is asked for, so that its field takes the keyboard.
    pub asked: u64,
    /// Found cells by position, in reading order; an approach's words count as columns.
    pub found: Vec<(usize, usize)>,
    pub(super) of: Option<(u64, TableId, Query)>,
}

impl Query {
    /// Whether a text holds what is looked for.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        !self.text.is_empty() && self.first_in(text, 0).is_some()
    }

    /// Every place in a text.
    #[must_use]
    pub fn ranges(&self, text: &str) -> Vec<Range<usize>> {
        let (mut ranges, mut from) = (Vec::new(), 0);
        while !self.text.is_empty()
            && let Some(place) = self.first_in(text, from)
        {
            from = place.end;
            ranges.push(place);
        }
        ranges
    }

    /// A text with every place replaced; `None` when there is none.
    #[must_use]
    pub fn replaced(&self, text: &str, with: &str) -> Option<String> {
        let ranges = self.ranges(text);
        let (mut out, mut from) = (String::new(), 0);
        for place in &ranges {
            out.push_str(&text[from..place.start]);
            out.push_str(with);
            from = place.end;
        }
        (!ranges.is_empty()).then(|| out + &text[from..])
    }

    /// The first place at or after a position.
    fn first_in(&self, text: &str, from: usize) -> Option<Range<usize>> {
        if self.whole_cell {
            let same = if self.match_case { text == self.text } else { text.to_lowercase() == self.text.to_lowercase() };
            return (same && from == 0).then_some(0..text.len());
        }
        let rest = &text[from..];
        let (at, length) = if self.match_case {
            (rest.find(&self.text)?, self.text.len())
        } else if self.text.is_ascii() {
            (find_ascii(rest.as_bytes(), self.text.as_bytes())?, self.text.len())
        } else {
            find_folded(rest, &self.text)?
        };
        Some(from + at..from + at + length)
    }

    /// Every cell of a table that holds it, by position, in reading order. A long table is looked through on several threads.
    #[must_use]
    pub fn places(&self, table: &Table) -> Vec<(usize, usize)> {
        let count = table.rows.len();
        if self.text.is_empty() {
            return Vec::new();
        }
        if count < MANY_ROWS {
            return self.places_in(table, 0..count);
        }
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(MOST_THREADS);
        let piece = count.div_ceil(threads);
        std::thread::scope(|scope| {
            let part = |at: usize| at * piece..((at + 1) * piece).min(count);
            let parts: Vec<_> = (0..threads).map(|at| scope.spawn(move || self.places_in(table, part(at)))).collect();
            parts.into_iter().flat_map(|part| part.join().expect("comparing texts does not panic")).collect()
        })
    }

    fn places_in(&self, table: &Table, rows: Range<usize>) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for at in rows {
            let row = &table.rows[at];
            if row.kind == RowKind::Section {
                let fields = row.fields.iter().enumerate().filter(|(_, field)| self.finds(&field.cell.text));
                places.extend(fields.map(|(field, _)| (at, field)));
                continue;
            }
            let cells = row.cells.iter().take(table.columns.len()).enumerate();
            let found = cells.filter(|(column, cell)| self.finds(&cell.text) && holds(table, at, *column));
            places.extend(found.map(|(column, _)| (at, column)));
        }
        places
    }

    /// The change that replaces it in a found cell.
    #[must_use]
    pub fn change(&self, table: &Table, (row, column): (usize, usize), with: &str) -> Option<Change> {
        let held = table.rows.get(row)?;
        if held.kind == RowKind::Section {
            let text = self.replaced(&held.fields.get(column)?.cell.text, with)?;
            return Some(Change::SetField { table: table.id, field: FieldPlace::Section(held.id, column), cell: Cell::text(text) });
        }
        let text = self.replaced(&cell_at(table, row, column)?.text, with)?;
        put::change(table, row, column, table.columns[column].enter(&text))
    }
}

/// How often a letter stands in English, roughly: the rarest of a word is looked for first.
const BY_FREQUENCY: &[u8] = b" etaoinshrdlcumwfgypbvkjxqz";

/// ASCII words in any case.
fn find_ascii(text: &[u8], words: &[u8]) -> Option<usize> {
    let rarity = |byte: u8| BY_FREQUENCY.iter().position(|&other| other == byte.to_ascii_lowercase()).unwrap_or(BY_FREQUENCY.len());
    let (offset, rare) = words.iter().copied().enumerate().max_by_key(|&(_, byte)| rarity(byte))?;
    let (lower, upper) = (rare.to_ascii_lowercase(), rare.to_ascii_uppercase());
    let last = text.len().checked_sub(words.len())?;
    let places = &text[offset..=offset + last];
    let mut start = 0;
    // By pieces, which the compiler looks through many bytes at a time.
    for piece in places.chunks(32) {
        if piece.iter().fold(false, |any, &byte| any | (byte == lower) | (byte == upper)) {
            let at = |at: &usize| text[start + at..start + at + words.len()].eq_ignore_ascii_case(words);
            if let Some(at) = (0..piece.len()).filter(|&at| piece[at] == lower || piece[at] == upper).find(at) {
                return Some(start + at);
            }
        }
        start += piece.len();
    }
    None
}

/// Words of any script in any case: where they begin and how long they are.
fn find_folded(text: &str, words: &str) -> Option<(usize, usize)> {
    let words: Vec<char> = words.chars().flat_map(char::to_lowercase).collect();
    text.char_indices().find_map(|(at, _)| {
        let mut left = &words[..];
        for (step, letter) in text[at..].char_indices() {
            for folded in letter.to_lowercase() {
                left = left.split_first().filter(|(first, _)| **first == folded)?.1;
            }
            if left.is_empty() {
                return Some((at, step + letter.len_utf8()));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_replaced_in_any_case_or_exactly() {
        let query = |text: &str, match_case, whole_cell| Query { text: text.into(), match_case, whole_cell };
        for (text, words, match_case, whole_cell, replaced) in [
            ("The team and the Team", "team", false, false, Some("The X and the X")),
            ("The team and the Team", "Team", true, false, Some("The team and the X")),
            ("Étude, étude", "éTUDE", false, false, Some("X, X")),
            ("İx é", "É", false, false, Some("İx X")),
            ("aaa", "aa", false, false, Some("Xa")),
            ("On hold", "on HOLD", false, true, Some("X")),
            ("On hold now", "on hold", false, true, None),
            ("", "x", false, false, None),
            ("short", "longer than it", false, false, None),
        ] {
            assert_eq!(query(words, match_case, whole_cell).replaced(text, "X").as_deref(), replaced, "{text} {words}");
        }
        let long = format!("{}needle", "n".repeat(200));
        assert!(query("NEEDLE", false, false).finds(&long) && !query("", false, false).finds("x"));
    }
}
