//! Comments that say something else than the status beside them, as notes: what is still to come, what is on hold. Prefers silence to doubt.

use super::lines::{Line, columns_of};
use super::text::{quoted, sentences, words};
use super::{log, negation, tense};
use crate::model::{Cell, Role, Status, Table, in_pieces};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// Adds the notes on a plan's comments.
pub(super) fn collect(table: &Table, lines: &[Line], notes: &mut Noted) {
    let columns = columns_of(table, Role::Comment);
    let note = |line: &Line| match line.status {
        Status::Complete => contradicted(table, line, &columns),
        Status::NotStarted | Status::InProgress => on_hold(table, line, &columns),
        Status::MajorProblems | Status::MinorProblems | Status::OnHold | Status::Cancelled => None,
    };
    let found = in_pieces(lines.len(), |piece| lines[piece].iter().filter_map(note).collect::<Vec<_>>());
    notes.extend(found.into_iter().flatten());
}

/// A comment of a row: where it stands, and its newest entry.
type Told<'a> = (usize, usize, &'a str);

/// A complete line whose comments contradict that: they speak only of what is to come, or the latest says that it is not done.
fn contradicted(table: &Table, line: &Line, columns: &[usize]) -> Option<Note> {
    let told = |row| comments(table, row, columns).map(|(column, text)| (row, column, log::newest(text))).collect();
    let rows: Vec<Vec<Told<'_>>> = line.rows.clone().map(told).collect();
    let to_come = |told: &&Vec<Told<'_>>| told.iter().all(|(.., newest)| tense::is_to_come(newest));
    // Where there are several comments, each must be of what is to come.
    let in_future = rows.iter().filter(|told| !told.is_empty()).find(to_come).and_then(|told| told.first());
    let says = |place: &Told<'_>, says: &str, hint: &str| {
        let (row, column, newest) = *place;
        let name = table.name_of(&table.rows[line.entry]);
        let message = format!("{name} is complete, yet its comment {says}: “{}”", quoted(newest));
        let note = Note::new(Severity::Warning, Code::CompleteInFuture, Place::cell(table, line.at, line.column), message, hint);
        note.and(Place::cell(table, row, column))
    };
    if let Some(place) = in_future {
        return Some(says(place, "speaks of what is still to come", "Say what was done, or set the status back"));
    }
    let denied = rows.iter().filter_map(|told| told.last()).find(|(.., newest)| negation::denies(newest))?;
    Some(says(denied, "says that it is not", "Set the status back, or bring the comment up to date"))
}

/// A line that goes on or is to begin, of which the latest comment says that it is on hold.
fn on_hold(table: &Table, line: &Line, columns: &[usize]) -> Option<Note> {
    let (row, column, sentence) = line.rows.clone().find_map(|row| {
        // Most comments hold none of the words: they are not cut up.
        let (column, text) = comments(table, row, columns).last().filter(|(_, text)| STEMS.iter().any(|stem| text.contains(stem)))?;
        held(log::newest(text)).map(|sentence| (row, column, sentence))
    })?;
    let stands = if line.status == Status::NotStarted { "not started" } else { "in progress" };
    let name = table.name_of(&table.rows[line.entry]);
    let message = format!("{name} is {stands}, yet its comment says that it is held up: “{}”", quoted(sentence));
    let hint = "Let the status say so, or say in the comment what goes on";
    let note = Note::new(Severity::Warning, Code::OnHold, Place::cell(table, line.at, line.column), message, hint);
    Some(note.and(Place::cell(table, row, column)))
}

/// The comments of a row, from the left.
fn comments<'a>(table: &'a Table, row: usize, columns: &'a [usize]) -> impl Iterator<Item = (usize, &'a str)> {
    let cell = move |&column: &usize| table.rows[row].cells.get(column).map(|cell: &Cell| (column, &*cell.text));
    columns.iter().filter_map(cell).filter(|(_, text)| !text.trim().is_empty())
}

/// Words that say a thing is held up, each alone or after `on`.
const HELD: &[&str] = &["hold", "paused", "deferred", "suspended", "stalled"];
/// What stands in every text that holds one of them, in either case.
const STEMS: &[&str] = &["hold", "HOLD", "Hold", "aused", "eferred", "uspended", "talled", "PAUSED", "DEFERRED", "SUSPENDED", "STALLED"];
/// Words up to four before it that say it is not, not yet or not now; a `was` before it may have ended since.
const UNSAID: &[&str] = &[
    "no",
    "not",
    "never",
    "off",
    "if",
    "unless",
    "would",
    "could",
    "may",
    "might",
    "should",
    "will",
    "was",
    "were",
    "had",
    "previously",
    "call",
    "calls",
    "caller",
    "callers",
    "phone",
    "telephone",
    "without",
    "avoid",
    "longer",
    "to",
    "be",
    "being",
    "when",
    "kept",
    "once",
];
/// Words that lead up to `paused` and its like where it is a state.
const STATES: &[&str] = &["is", "are", "been", "remains", "remain", "currently", "now", "action", "project", "scheme", "work", "still"];
/// Words that follow `paused` and its like where a sentence opens with it.
const FOLLOWS: &[&str] =
    &["until", "till", "to", "pending", "due", "while", "whilst", "owing", "awaiting", "because", "for", "as", "by", "following"];
/// Beginnings of words that say it goes on again.
const AGAIN: &[&str] = &["restart", "resum", "recommenc", "reinstat", "reopen", "reactivat", "relaunch", "lifted"];

/// The part of a sentence that says something is on hold now.
fn held(text: &str) -> Option<&str> {
    let lower = text.to_lowercase();
    if AGAIN.iter().any(|word| lower.contains(word)) || lower.contains("re-start") {
        return None;
    }
    let sentence = sentences(text).find(|sentence| {
        let words = words(sentence);
        words.iter().enumerate().any(|(at, word)| HELD.contains(&word.as_str()) && is_held(&words, at))
    })?;
    // Of a long sentence, the part that says so.
    sentence.split(", ").find(|part| words(part).iter().any(|word| HELD.contains(&word.as_str()))).or(Some(sentence))
}

fn is_held(words: &[String], at: usize) -> bool {
    let among = |words: &[String], list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let from = at.saturating_sub(5);
    if words[at] == "hold" {
        // `on hold`, as in `put on hold`.
        return at > 0 && words[at - 1] == "on" && !among(&words[from..at - 1], UNSAID);
    }
    if at == 0 {
        return words.get(1).is_none_or(|next| FOLLOWS.contains(&next.as_str()));
    }
    !among(&words[from..at], UNSAID) && among(&words[at.saturating_sub(2)..at], STATES)
}

#[cfg(test)]
mod tests {
    use super::super::{lines::lines, seed};
    use super::*;

    #[test]
    fn what_is_on_hold_is_told_from_what_was() {
        for (text, expected) in [
            ("Action on hold - at first we considered a strand of its own", true),
            ("At present this has been put on hold.", true),
            ("The idea of a buddying system is on hold awaiting the new strategy.", true),
            ("28/01/19 the scheme would still have a hall, the project is on hold for the next few months.", true),
            ("Paused due to staffing", true),
            ("Deferred to 2020", true),
            ("The work is currently suspended.", true),
            ("Put on hold in 2017 but restarted in May", false),
            ("This was on hold until May", false),
            ("No longer on hold", false),
            ("The project is not on hold", false),
            ("Taken off hold", false),
            ("It may be put on hold if funding ends", false),
            ("Deferred payment agreements are offered", false),
            ("Callers are kept on hold for two minutes", false),
            ("3/4/18: on hold\n5/6/18: tenders are in", false),
            ("5/6/18: tenders are in\n7/8/18: on hold", true),
            ("We hold a meeting each month", false),
            ("Residents say that they are kept on hold when they ring", false),
            ("", false),
        ] {
            assert_eq!(held(log::newest(text)).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn a_comment_is_held_against_its_status() {
        let said = |rows: &[[&str; 6]]| {
            let table = seed::plan_of(rows);
            let mut notes = Noted::default();
            collect(&table, &lines(&table), &mut notes);
            let line =
                |note: &Note| format!("{} {} {}", note.code, note.place.address, note.also.as_ref().map_or("", |also| &*also.address));
            notes.iter().map(line).collect::<Vec<_>>().join("; ")
        };
        for (status, comment, below, expected) in [
            ("Complete", "The square will open in June", "", "complete_in_future Plan!E19 Plan!F19"),
            ("Complete", "The square opened in June", "The café will open in July", "complete_in_future Plan!E19 Plan!F20"),
            ("Complete", "3/4/18: the square will open\n1/7/18: opened in June", "", ""),
            ("Complete", "3/4/18: surveys were done\n1/7/18: the square will open", "", "complete_in_future Plan!E19 Plan!F19"),
            ("In progress", "The square will open in June", "", ""),
            ("In progress", "On hold", "", "on_hold Plan!E19 Plan!F19"),
            ("Not started", "On hold", "", "on_hold Plan!E19 Plan!F19"),
            ("Minor problems", "On hold", "", ""),
            ("Complete", "On hold", "", ""),
        ] {
            let rows = [["1", "Do it", "", "", status, comment], ["", "", "", "", "merged", below]];
            assert_eq!(said(&rows), expected, "{status} {comment} {below}");
        }
    }
}
