//! A passage that stands in the comments of two actions, as notes: a paste into the wrong row. Reads each comment once, however many there are.

use std::collections::HashSet;

use super::lines::columns_of;
use super::text::quoted;
use crate::model::{Role, RowKind, Table};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How long a passage must be, in characters.
const LONG: usize = 80;
/// Words that are hashed together, and how many such hashes one is kept of: any stretch of eleven words leaves one behind.
const TOGETHER: usize = 6;
const WINDOW: usize = 6;
/// How many notes there are at most.
const MOST: usize = 100;

/// Adds a note for each passage that stands in two comments of a plan. One that stands in more is its owner's usual wording.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    let texts = texts(table);
    let mut prints = prints(&texts);
    prints.sort_unstable();
    let mut usual = HashSet::new();
    let mut pairs = Vec::new();
    for same in prints.chunk_by(|a, b| a.hash == b.hash) {
        let entry = |print: &Print| texts[print.text as usize].entry;
        let first = same[0];
        let Some(second) = same.iter().find(|print| entry(print) != entry(&first)) else { continue };
        if same.iter().any(|print| entry(print) != entry(&first) && entry(print) != entry(second)) {
            usual.insert(first.hash);
        } else {
            pairs.push((first, *second));
        }
    }
    // In the order of the rows, each two comments once.
    pairs.sort_unstable_by_key(|(first, second)| (second.text, first.text, second.word));
    let mut done = HashSet::new();
    for (first, second) in pairs {
        if done.len() == MOST {
            break;
        }
        let key = (first.text, second.text);
        if done.contains(&key) {
            continue;
        }
        let two = [&texts[first.text as usize], &texts[second.text as usize]];
        if let Some(note) = shared(table, two, [first.word as usize, second.word as usize], &usual) {
            done.insert(key);
            notes.push(note);
        }
    }
}

/// A comment.
struct Text<'table> {
    text: &'table str,
    row: usize,
    column: usize,
    /// The row of its action.
    entry: usize,
}

/// Some words of a comment as one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    hash: u64,
    text: u32,
    /// The first of the words.
    word: u32,
}

/// A word of a comment: its number, whatever its case, and where it stands.
struct Word {
    hash: u64,
    start: usize,
    end: usize,
}

fn texts(table: &Table) -> Vec<Text<'_>> {
    let columns = columns_of(table, Role::Comment);
    let mut texts = Vec::new();
    let mut entry = 0;
    for (row, held) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        if held.kind == RowKind::Entry {
            entry = row;
        }
        let cells = columns.iter().filter_map(|&column| Some((column, &*held.cells.get(column)?.text)));
        texts.extend(cells.filter(|(_, text)| text.len() >= LONG).map(|(column, text)| Text { text, row, column, entry }));
    }
    texts
}

/// The words kept of each text: of each few neighbouring hashes the smallest, so that equal passages keep equal ones.
fn prints(texts: &[Text<'_>]) -> Vec<Print> {
    let mut prints = Vec::new();
    for (text, number) in texts.iter().zip(0..) {
        let hashes: Vec<u64> = words(text.text).windows(TOGETHER).map(joined).collect();
        let mut last = None;
        for (from, window) in hashes.windows(WINDOW).enumerate() {
            let least = (from..).zip(window).min_by_key(|&(_, hash)| hash).map(|(at, &hash)| (at, hash));
            if let Some((at, hash)) = least.filter(|_| least != last) {
                prints.push(Print { hash, text: number, word: u32::try_from(at).unwrap_or(u32::MAX) });
                last = least;
            }
        }
    }
    prints
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut open: Option<Word> = None;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            let word = open.get_or_insert(Word { hash: 0, start: at, end: at });
            word.hash = mixed(word.hash, u64::from(u32::from(c.to_ascii_lowercase())));
            word.end = at + c.len_utf8();
        } else {
            words.extend(open.take());
        }
    }
    words.extend(open);
    words
}

fn joined(words: &[Word]) -> u64 {
    words.iter().fold(0, |hash, word| mixed(hash, word.hash))
}

fn mixed(hash: u64, with: u64) -> u64 {
    (hash.rotate_left(5) ^ with).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// The note on the passage around a word that two comments share; `None` when it is short or its owner's usual wording.
fn shared(table: &Table, [first, second]: [&Text<'_>; 2], [a, b]: [usize; 2], usual: &HashSet<u64>) -> Option<Note> {
    let (one, other) = (words(first.text), words(second.text));
    let same = |i: usize, j: usize| one.get(i).zip(other.get(j)).is_some_and(|(x, y)| x.hash == y.hash);
    let before = (1..=a.min(b)).take_while(|&back| same(a - back, b - back)).count();
    let length = before + (0..).take_while(|&on| same(a + on, b + on)).count();
    let words = &one[a - before..][..length];
    let passage = &first.text[words.first()?.start..words.last()?.end];
    if passage.chars().count() < LONG || words.windows(TOGETHER).any(|window| usual.contains(&joined(window))) {
        return None;
    }
    let whole = length == one.len() && length == other.len();
    let [from, to] = [first, second].map(|text| table.name_of(&table.rows[text.entry]));
    // One update for two actions may well be meant; a part of one hardly is.
    let (severity, message) = if whole {
        (Severity::Info, format!("{to} has the same comment as {from}: “{}”", quoted(passage)))
    } else {
        (Severity::Warning, format!("The comment of {to} shares a passage with that of {from}: “{}”", quoted(passage)))
    };
    let hint = "If it was pasted into the wrong row, take it out there";
    let note = Note::new(severity, Code::RepeatedPassage, Place::cell(table, second.row, second.column), message, hint);
    Some(note.and(Place::cell(table, first.row, first.column)))
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    const LETTER: &str = "framework produced using police and advice data sets. Surveys will be designed for participants and residents";

    fn said(comments: &[&str]) -> String {
        let rows: Vec<_> = comments
            .iter()
            .map(|text| match text.strip_prefix("| ") {
                Some(line) => ["", "", "", "", "merged", line],
                None => ["1", "Do it", "", "", "", text],
            })
            .collect();
        let table = seed::plan_of(&rows);
        let mut notes = Noted::default();
        collect(&table, &mut notes);
        let line =
            |note: &Note| format!("{:?} {} {}", note.severity, note.place.address, note.also.as_ref().map_or("", |also| &*also.address));
        notes.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_passage_in_two_actions_is_told() {
        let cut = format!("{LETTER}. Letter to all ser");
        let full = format!("A {}. Letter sent to all services.", LETTER.replace(' ', "  ").to_uppercase());
        let line = format!("| {LETTER}");
        let third = format!("Third: {LETTER}.");
        let short = "No update since the last meeting of the board in the spring";
        for (comments, expected) in [
            (vec![&*cut, "Other words", &full], "Warning Plan!F21 Plan!F19"),
            (vec![LETTER, LETTER], "Info Plan!F20 Plan!F19"),
            (vec![LETTER, &*line], ""),
            (vec![&*cut, &*full, &*third], ""),
            (vec![short, short], ""),
            (vec![LETTER, "Nothing of the sort stands here, though this comment is quite as long as the one above it."], ""),
        ] {
            assert_eq!(said(&comments), expected, "{comments:?}");
        }
    }

    #[test]
    fn many_comments_are_read_quickly() {
        let texts: Vec<String> = (0..4_000)
            .map(|row| (0..60).map(|word| format!("word{} ", (row * 31 + word * word * 17) % 9973)).collect::<String>())
            .collect();
        let rows: Vec<_> = texts.iter().map(|text| ["1", "Do it", "", "", "", &**text]).collect();
        let table = seed::plan_of(&rows);
        let began = std::time::Instant::now();
        collect(&table, &mut Noted::default());
        assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
    }
}
