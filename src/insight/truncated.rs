//! Texts that stop in the middle of a word, as notes. A missing full stop alone is none, and a word that may be whole is never called cut.

use std::collections::HashMap;

use super::lines::columns_of;
use super::log;
use super::text::quoted;
use crate::model::{
    Document, Role, Table, TableKind,
    excel::{LONGEST_LITERAL, LONGEST_TEXT},
};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How long a text must be, in characters, before its end says anything.
const LONG: usize = 60;
/// Lengths at which programs cut a text off.
const LIMITS: [usize; 4] = [LONGEST_LITERAL, 256, 1024, LONGEST_TEXT];
/// How many long texts of a column must close with a full stop, and what share of them in per cent, before one that does not is looked at.
const ENOUGH: usize = 3;
const MOST: usize = 60;
/// From how many letters a fragment is one by itself, without the words before it standing elsewhere with the whole word.
const BY_ITSELF: usize = 5;
/// Endings that make a longer word of a whole one.
const ENDINGS: &[&str] = &[
    "s", "es", "ed", "d", "ing", "ings", "er", "ers", "or", "ors", "r", "rs", "ly", "y", "al", "ally", "ment", "ments", "ation", "ations",
    "ion", "ions", "tion", "tional", "ional", "ity", "ship", "ships", "hood", "hoods", "ful", "fully", "ness", "less", "able", "ably",
    "ability", "ible", "ive", "ant", "ants", "ance", "ence", "ent", "ents", "ency", "ist", "ists", "ism", "ian", "ians", "ary", "ery",
    "ative", "ise", "ised", "ising", "en", "ened", "ening", "like", "wide", "side", "work", "force", "n", "an", "ic", "ical", "land",
    "man", "men", "men's", "woman",
];
/// Short forms that are no fragments.
const SHORT_FORMS: &[&str] = &[
    "admin", "approx", "promo", "intro", "consult", "stats", "comms", "photo", "video", "rehab", "physio", "count", "court", "organ",
    "infra", "retro", "hydro", "therm", "trans", "inter", "after", "under", "super", "micro", "multi", "ortho", "psych",
];

/// Adds a note for each action, measure or comment of a document's plans that is cut off.
pub(super) fn collect(document: &Document, notes: &mut Noted) {
    let mut suspects = Vec::new();
    for table in document.of_kind(TableKind::Plan) {
        for column in [Role::Action, Role::Measure, Role::Comment].into_iter().flat_map(|role| columns_of(table, role)) {
            in_column(table, column, &mut suspects);
        }
    }
    if suspects.is_empty() {
        return;
    }
    Words::of(document, &suspects).judge(&mut suspects);
    notes.extend(suspects.iter().filter_map(Suspect::note));
}

/// A text that stops without a mark, at a word that may be a fragment.
struct Suspect<'table> {
    table: &'table Table,
    row: usize,
    column: usize,
    text: &'table str,
    /// Its last word and the two before it, in lower case.
    last: &'table str,
    before: [String; 2],
    /// Whether it has a length at which programs cut.
    at_limit: bool,
    /// A longer word of the document that it is the beginning of.
    whole: Option<String>,
}

fn in_column<'table>(table: &'table Table, column: usize, suspects: &mut Vec<Suspect<'table>>) {
    let (mut long, mut closed) = (0, 0);
    let mut open = Vec::new();
    for (row, held) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
        let Some(text) = held.cells.get(column).map(|cell| cell.text.trim_end()).filter(|text| text.len() >= LONG) else { continue };
        long += 1;
        let ends = !text.ends_with(char::is_alphanumeric);
        closed += usize::from(ends);
        open.extend((!ends).then_some((row, text)));
        // An entry of a log may be cut off in front of the next.
        let entries = log::entries(text);
        for entry in entries.iter().rev().skip(1).filter(|entry| entry.text.len() >= LONG) {
            suspects.extend(suspect(table, row, column, entry.text));
        }
    }
    let usual = closed >= ENOUGH && closed * 100 >= long * MOST;
    for (row, text) in open {
        if LIMITS.contains(&text.chars().count()) {
            let last = text.rsplit(char::is_whitespace).next().unwrap_or(text);
            suspects.push(Suspect { table, row, column, text, last, before: Default::default(), at_limit: true, whole: None });
        } else if usual {
            let last = log::entries(text).last().map_or(text, |entry| entry.text);
            suspects.extend(suspect(table, row, column, last));
        }
    }
}

fn suspect<'table>(table: &'table Table, row: usize, column: usize, text: &'table str) -> Option<Suspect<'table>> {
    let mut words = text.split_whitespace().rev();
    let last = words.next().filter(|word| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()))?;
    let before = [words.next()?, words.next()?].map(bare);
    Some(Suspect { table, row, column, text, last, before, at_limit: false, whole: None })
}

impl Suspect<'_> {
    fn note(&self) -> Option<Note> {
        let name = self.table.name_of(self.table.entry_of(self.row).unwrap_or(&self.table.rows[self.row]));
        let what = match self.table.columns[self.column].role {
            Some(Role::Comment) => "comment",
            Some(Role::Measure) => "measure",
            _ => "action",
        };
        let start = self.text.char_indices().rev().nth(quoted_tail()).map_or(0, |(at, _)| at);
        let tail = self.text[start..].split_once(' ').map_or(self.text, |(_, tail)| tail);
        let said = match &self.whole {
            Some(whole) => format!("“…{}” looks like the beginning of “{whole}”", quoted(tail)),
            None if self.at_limit => format!("it has {} characters and ends “…{}”", self.text.chars().count(), quoted(tail)),
            None => return None,
        };
        let message = format!("The {what} of {name} is cut off: {said}");
        let place = Place::cell(self.table, self.row, self.column);
        Some(Note::new(Severity::Warning, Code::CutOff, place, message, "Complete it from where it came from"))
    }
}

/// How much of a text's end is quoted, in characters.
fn quoted_tail() -> usize {
    40
}

/// The words of a document, as far as they bear on some fragments.
struct Words<'table> {
    fragments: HashMap<&'table str, Seen>,
}

/// What was seen of a fragment.
#[derive(Default)]
struct Seen {
    /// How many texts end with it, and how often it stands as a word at all.
    ends: usize,
    alone: usize,
    /// Whether a longer word is it with an ending, so that it is a word itself.
    inflected: bool,
    /// A longer word it begins, and one that stands behind the same two words.
    longer: Option<String>,
    behind_same: Vec<([String; 2], String)>,
}

impl<'table> Words<'table> {
    fn of(document: &Document, suspects: &[Suspect<'table>]) -> Self {
        let mut fragments: HashMap<&str, Seen> = HashMap::new();
        let mut before: HashMap<&str, Vec<&[String; 2]>> = HashMap::new();
        for suspect in suspects {
            fragments.entry(suspect.last).or_default().ends += 1;
            before.entry(suspect.last).or_default().push(&suspect.before);
        }
        let mut lengths: Vec<usize> = fragments.keys().map(|fragment| fragment.len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        for text in texts(document) {
            let mut two = ["", ""];
            for raw in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-')).filter(|word| !word.is_empty()) {
                let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
                for &length in lengths.iter().take_while(|&&length| length <= word.len()) {
                    let Some(seen) = word.get(..length).and_then(|start| fragments.get_mut(start)) else { continue };
                    let rest = &word[length..];
                    if rest.is_empty() {
                        seen.alone += 1;
                    } else if rest.bytes().all(|byte| byte.is_ascii_lowercase()) {
                        seen.see(&word[..length], word, rest, two, &before);
                    }
                }
                two = [raw, two[0]];
            }
        }
        Self { fragments }
    }

    /// Says of each suspect what it is the beginning of, where that is plain.
    fn judge(&self, suspects: &mut [Suspect<'_>]) {
        for suspect in suspects {
            let Some(seen) = self.fragments.get(suspect.last).filter(|seen| seen.alone <= seen.ends) else { continue };
            let context = seen.behind_same.iter().find(|(before, _)| *before == suspect.before).map(|(_, word)| word.clone());
            let by_itself = suspect.last.len() >= BY_ITSELF && !seen.inflected && !SHORT_FORMS.contains(&suspect.last);
            suspect.whole = context.or_else(|| seen.longer.clone().filter(|_| by_itself));
        }
    }
}

impl Seen {
    fn see(&mut self, fragment: &str, word: &str, rest: &str, two: [&str; 2], before: &HashMap<&str, Vec<&[String; 2]>>) {
        // `planning` is `plan` with its last letter twice.
        let bare_rest = rest.strip_prefix(|c| fragment.ends_with(c)).unwrap_or(rest);
        self.inflected |= ENDINGS.contains(&rest) || ENDINGS.contains(&bare_rest);
        if matches!(rest, "s" | "es" | "d" | "ed") {
            return;
        }
        self.longer.get_or_insert_with(|| word.to_owned());
        let two = two.map(bare);
        if before.get(fragment).is_some_and(|all| all.iter().any(|before| **before == two)) {
            self.behind_same.push((two, word.to_owned()));
        }
    }
}

fn texts(document: &Document) -> impl Iterator<Item = &str> {
    let rows = document.tables.iter().flat_map(|table| &table.rows);
    rows.flat_map(|row| row.cells.iter().chain(row.fields.iter().map(|field| &field.cell))).map(|cell| &*cell.text)
}

/// A word in lower case without the marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    /// The notes on a comment that stands among others that close.
    fn said(comment: &str) -> String {
        let closed = "The council sent a letter to all care customers, and projects of each kind were planned by the workshop organisers.";
        let rows: Vec<_> = [closed, closed, closed, comment].iter().map(|text| ["1", "Do it", "", "", "", text]).collect();
        let mut document = Document::default();
        document.append(vec![seed::plan_of(&rows)]);
        let mut notes = Noted::default();
        collect(&document, &mut notes);
        notes.iter().map(|note| format!("{} {}", note.place.address, note.message)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_text_that_stops_in_a_word_is_told() {
        let start = "Questionnaires for visitors and tenants will follow, to see what changes.";
        let full = format!("{}{}", "Ten words more. ".repeat(20), "and the end of it");
        let at_limit: String = full.chars().skip(full.chars().count() - 255).collect();
        for (comment, expected) in [
            (format!("{start} Cards posted to all care cus"), "“customers”"),
            (format!("{start} Cards posted to all care cus 4 January 19 - Architects have been asked."), "“customers”"),
            (format!("{start} We set up the proje"), "“projects”"),
            (format!("{start} We set up the plan"), ""),
            (format!("{start} We set up the work"), ""),
            (format!("{start} Cards posted to the council"), ""),
            (format!("{start} Cards posted to each customer"), ""),
            (format!("{start} Cards posted on Monday"), ""),
            ("We set up the proje".to_owned(), ""),
            (at_limit, "255 characters"),
        ] {
            let said = said(&comment);
            assert!(if expected.is_empty() { said.is_empty() } else { said.contains(expected) }, "{comment}: {said}");
        }
    }
}
