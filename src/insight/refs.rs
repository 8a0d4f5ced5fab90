//! Refs that stand twice, or are missing where nearly all others have one, as notes. Never renumbers anything.

use std::collections::{HashMap, HashSet};

use super::text::normal;
use crate::model::{Cell, Role, Row, RowKind, Table, TableKind, Value};
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
    twice(table, column, &entries, notes);
    missing(table, column, &entries, notes);
}

/// An entry as far as its ref goes.
struct RefEntry<'table> {
    row: usize,
    /// Which section or group it stands in, counted from the top.
    section: usize,
    reference: &'table str,
    subject: &'table Cell,
}

fn entries(table: &Table, column: usize, subject: usize) -> Vec<RefEntry<'_>> {
    let mut section = 0;
    let mut entries = Vec::new();
    for (row, held) in table.rows.iter().enumerate() {
        match held.kind {
            RowKind::Section => section += 1,
            RowKind::Entry => entries.extend(entry(held, row, section, column, subject)),
            RowKind::Group | RowKind::Line | RowKind::Total => {}
        }
    }
    entries
}

fn entry(held: &Row, row: usize, section: usize, column: usize, subject: usize) -> Option<RefEntry<'_>> {
    let cell = held.cells.get(column).filter(|cell| cell.value != Value::Merged)?;
    Some(RefEntry { row, section, reference: cell.text.trim().trim_end_matches('.'), subject: held.cells.get(subject)? })
}

/// Each ref that an earlier entry has too.
fn twice(table: &Table, column: usize, entries: &[RefEntry<'_>], notes: &mut Noted) {
    let restarts = restarts(entries);
    let mut first: HashMap<(usize, String), &RefEntry<'_>> = HashMap::new();
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.reference.is_empty()) {
        let key = (if restarts { entry.section } else { 0 }, entry.reference.to_lowercase());
        if let Some(before) = first.get(&key) {
            // One thing told over several rows keeps its ref.
            if !entry.subject.is_blank() && normal(&before.subject.text) != normal(&entry.subject.text) {
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

/// Whether refs begin anew under each section: most sections after the first begin with a ref that the first has.
fn restarts(entries: &[RefEntry<'_>]) -> bool {
    let Some(opening) = entries.first().map(|entry| entry.section) else { return false };
    let known: HashSet<&str> = entries.iter().filter(|entry| entry.section == opening).map(|entry| entry.reference).collect();
    let begins = entries.windows(2).filter(|pair| pair[0].section != pair[1].section).map(|pair| &pair[1]);
    let (mut sections, mut again) = (0, 0);
    for entry in begins {
        sections += 1;
        again += usize::from(known.contains(entry.reference));
    }
    again * 2 > sections
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
        ] {
            assert_eq!(said(refs), expected, "{refs}");
        }
    }
}
