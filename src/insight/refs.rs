//! Refs that stand twice, are missing where nearly all others have one, or became something else in Excel, as notes. Never renumbers anything.

use std::collections::{HashMap, HashSet};

use super::ref_dates;
use crate::model::{Cell, Role, RowKind, Table, TableKind, Value, in_plain_form};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// What a row of a table with refs is about, in the order it is looked for.
const SUBJECTS: [Role; 3] = [Role::Action, Role::Kpi, Role::Risk];
/// How many entries with a ref there must be before one without is a slip.
const ENOUGH: usize = 4;

/// Adds the notes on a table's refs.
pub(super) fn collect(table: &Table, notes: &mut Noted) {
    let Some(column) = table.role_position(Role::Ref) else { return };
    let subject = SUBJECTS.into_iter().find_map(|role| table.role_position(role));
    let counted = match table.kind {
        TableKind::Plan | TableKind::Kpi => true,
        TableKind::Register => table.role_position(Role::Risk).is_some(),
        TableKind::History => false,
    };
    let Some(subject) = subject.filter(|_| counted) else { return };
    let entries = entries(table, column, subject);
    let shortened = shortened(table, column, &entries, notes);
    twice(table, column, (&entries, &shortened), notes);
    ref_dates::collect(table, column, notes);
    missing(table, column, &entries, notes);
}

/// An entry as far as its ref goes.
struct RefEntry<'table> {
    row: usize,
    /// Which part of the table it stands in: a section, or a theme within one.
    part: usize,
    reference: &'table str,
    subject: &'table Cell,
}

fn entries(table: &Table, column: usize, subject: usize) -> Vec<RefEntry<'_>> {
    let theme = table.role_position(Role::Theme);
    let mut section = 0;
    let mut parts: HashMap<(usize, &str), usize> = HashMap::new();
    let mut entries = Vec::new();
    for (row, held) in table.rows.iter().enumerate() {
        match held.kind {
            RowKind::Section => section += 1,
            RowKind::Entry => {
                let Some(cell) = held.cells.get(column).filter(|cell| cell.value != Value::Merged) else { continue };
                let theme = theme.and_then(|theme| held.cells.get(theme)).map_or("", |cell| cell.text.trim());
                let next = parts.len();
                let part = *parts.entry((section, theme)).or_insert(next);
                let reference = cell.text.trim().trim_end_matches('.');
                entries.extend(held.cells.get(subject).map(|subject| RefEntry { row, part, reference, subject }));
            }
            RowKind::Group | RowKind::Line | RowKind::Total => {}
        }
    }
    entries
}

/// The rows of refs that lost their last zero: 1.1 directly below 1.9 was 1.10. Adds a note for each.
fn shortened(table: &Table, column: usize, entries: &[RefEntry<'_>], notes: &mut Noted) -> HashSet<usize> {
    let mut rows = HashSet::new();
    for pair in entries.windows(2) {
        let Some(meant) = meant_after(pair[0].reference, pair[1].reference) else { continue };
        let message = format!(
            "{} follows {}, so it was probably {meant}: Excel drops a zero at the end of a number",
            pair[1].reference, pair[0].reference
        );
        let place = Place::cell(table, pair[1].row, column);
        let hint = "Make the column one of text in Excel, and type the ref again";
        notes.push(Note::new(Severity::Warning, Code::RefChanged, place, message, hint));
        rows.insert(pair[1].row);
    }
    rows
}

/// The ref that comes after another, where without its zeros it is what stands there.
fn meant_after(before: &str, stands: &str) -> Option<String> {
    let (start, last) = before.rsplit_once('.')?;
    let next = last.parse::<u32>().ok()?.checked_add(1)?;
    let meant = format!("{start}.{next}");
    (next % 10 == 0 && meant.trim_end_matches('0') == stands).then_some(meant)
}

/// Each ref that an earlier entry has too.
fn twice(table: &Table, column: usize, (entries, shortened): (&[RefEntry<'_>], &HashSet<usize>), notes: &mut Noted) {
    let restarts = restarts(entries);
    let mut first: HashMap<(usize, String), &RefEntry<'_>> = HashMap::new();
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.reference.is_empty() && !shortened.contains(&entry.row)) {
        let key = (if restarts { entry.part } else { 0 }, entry.reference.to_lowercase());
        if let Some(before) = first.get(&key) {
            // One thing told over several rows keeps its ref.
            if !entry.subject.is_blank() && in_plain_form(&before.subject.text) != in_plain_form(&entry.subject.text) {
                found.push((*before, entry));
            }
        } else {
            first.insert(key, entry);
        }
    }
    // Where refs often stand twice they do not name one entry each.
    if found.len() * 3 > entries.len() {
        return;
    }
    for (before, entry) in found {
        let message = format!("{} stands twice: it is the ref of two different rows", entry.reference);
        let note = Note::new(
            Severity::Warning,
            Code::DuplicateRef,
            Place::cell(table, entry.row, column),
            message,
            "Give one of them a ref of its own, so that both can be spoken of",
        );
        notes.push(note.and(Place::cell(table, before.row, column)));
    }
}

/// Whether refs begin anew in each part: most parts after the first begin with a ref that the first has.
fn restarts(entries: &[RefEntry<'_>]) -> bool {
    let Some(opening) = entries.first().map(|entry| entry.part) else { return false };
    let known: HashSet<&str> = entries.iter().filter(|entry| entry.part == opening).map(|entry| entry.reference).collect();
    let begins = entries.windows(2).filter(|pair| pair[0].part != pair[1].part).map(|pair| &pair[1]);
    let (mut parts, mut again) = (0, 0);
    for entry in begins {
        parts += 1;
        again += usize::from(known.contains(entry.reference));
    }
    again * 2 > parts
}

/// Each entry without a ref, where nearly all have one.
fn missing(table: &Table, column: usize, entries: &[RefEntry<'_>], notes: &mut Noted) {
    let told = entries.iter().filter(|entry| !entry.subject.is_blank());
    let (with, without): (Vec<_>, Vec<_>) = told.partition(|entry| !entry.reference.is_empty());
    if with.len() < ENOUGH || without.len() * 4 > with.len() {
        return;
    }
    let Some(others) = (with.len() + without.len()).checked_sub(1) else { return };
    let have =
        if with.len() == others { format!("all {others} others have one") } else { format!("{} of {others} others have one", with.len()) };
    for entry in without {
        let message = format!("{} has no ref; {have}", table.name_of(&table.rows[entry.row]));
        let place = Place::cell(table, entry.row, column);
        notes.push(Note::new(
            Severity::Warning,
            Code::MissingRef,
            place,
            message,
            "Give it a ref, so that returns and updates can name it",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    /// Refs, one a row; `#` begins a section, and `=` marks a row about the same thing as the one above it.
    fn said(refs: &str) -> String {
        let mut table = seed::plan_of(&[]);
        for (at, reference) in refs.split(' ').enumerate() {
            if reference == "#" {
                seed::push_section(&mut table);
                continue;
            }
            let about = if reference.ends_with('=') { at - 1 } else { at };
            let reference = reference.trim_end_matches('=').replace('_', "");
            seed::push_action(&mut table, [&reference, &format!("Do {about}"), "", "", "", ""]);
        }
        let mut notes = Noted::default();
        collect(&table, &mut notes);
        let line = |note: &Note| format!("{} {} {}", note.code, note.place.address, note.also.as_ref().map_or("", |also| &*also.address));
        notes.iter().map(line).collect::<Vec<_>>().join("; ").trim().to_owned()
    }

    #[test]
    fn refs_are_told_apart() {
        for (refs, expected) in [
            ("1.1 1.2 1.3", ""),
            ("1.1 1.2 1.3 1.2 1.5", "duplicate_ref Plan!A22 Plan!A20"),
            ("1.1 1.2. 1.3 1.2", "duplicate_ref Plan!A22 Plan!A20"),
            ("1.1 1.2 1.2= 1.3", ""),
            ("# 1 2 3 # 1 2 # 1 2 3 4", ""),
            ("# 1 2 3 # 1 2 # 1 2 2 4", "duplicate_ref Plan!A29 Plan!A28"),
            ("# 1.1 1.2 1.3 # 2.1 2.2 1.2", "duplicate_ref Plan!A26 Plan!A21"),
            ("A A A B B B", ""),
            ("1 2 3 4 _", "missing_ref Plan!A23"),
            ("1 2 3 _", ""),
            ("1 2 3 4 _ _ _", ""),
            ("_ _ _ _", ""),
            ("1.8 1.9 1.1 1.11", "ref_changed Plan!A21"),
            ("1.1 1.8 1.9 1.1 1.11 1.2", "ref_changed Plan!A22"),
            ("2.19 2.2 2.21", "ref_changed Plan!A20"),
            ("1.9 2.1 2.2", ""),
        ] {
            assert_eq!(said(refs), expected, "{refs}");
        }
    }
}
