//! Bytes or files to a document: finds out which format they are and has it read. Changes no document that is already open.

use std::{collections::HashMap, path::PathBuf};

use thiserror::Error;

use crate::{
    layouts::{self, Accounted},
    model::{Document, TableId},
    notes::{Note, Place},
    store::{self, ReadError, StoreError},
    workbook,
};

/// What was read, and what was noticed on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    pub document: Document,
    pub notes: Vec<Note>,
    /// Where the cells of the workbooks ended; nothing for a file of ours.
    pub accounted: Accounted,
}

/// Why a file could not be opened: its name, what is wrong and what to do, in one line.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error(transparent)]
    Unread(#[from] ReadError),
    #[error("{name}: {cause}.")]
    Own { name: String, cause: StoreError },
    #[error("{name}: {cause}.")]
    Workbook { name: String, cause: workbook::OpenError },
    #[error("{0}: there is nothing in it. Open the workbook that holds the plan.")]
    Nothing(String),
}

impl OpenError {
    /// Whether its user stopped it, so that nothing need be said.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Workbook { cause: workbook::OpenError::Cancelled, .. })
    }
}

/// Reads a document from bytes. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When nothing can be read; anything less is a note.
pub fn open_bytes(name: &str, bytes: &[u8], progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<Opened, OpenError> {
    if store::looks_ours(bytes) {
        let (document, notes) = store::decode(bytes).map_err(|cause| OpenError::Own { name: name.to_owned(), cause })?;
        return unless_cancelled(name, progress, Opened { document, notes, ..Opened::default() });
    }
    let (grids, mut notes) = workbook::open(name, bytes, progress).map_err(|cause| OpenError::Workbook { name: name.to_owned(), cause })?;
    let layouts::Reading { tables, notes: more, accounted } = layouts::read_workbook(grids);
    notes.extend(more);
    if tables.is_empty() && notes.is_empty() {
        return Err(OpenError::Nothing(name.to_owned()));
    }
    let document = Document { tables };
    for note in notes.iter_mut().filter(|note| note.place.table.is_none()) {
        // What was noticed of a cell before it was in a table now leads to it.
        if let Some((table, row, column)) = document.cell_at(&note.place.address) {
            note.place = Place::cell(table, row, column);
        }
    }
    unless_cancelled(name, progress, Opened { document, notes, accounted })
}

/// What was read, unless its user stopped it meanwhile.
fn unless_cancelled(name: &str, progress: &(dyn Fn(f32) -> bool + Sync), opened: Opened) -> Result<Opened, OpenError> {
    let cancelled = || OpenError::Workbook { name: name.to_owned(), cause: workbook::OpenError::Cancelled };
    progress(1.0).then_some(opened).ok_or_else(cancelled)
}

/// The plan that is opened when no file is.
///
/// # Panics
/// Never: a test opens it.
#[must_use]
pub fn open_sample() -> Opened {
    open_bytes("sample.xlsx", super::SAMPLE, &|_| true).expect("the sample in the binary can be read")
}

/// Reads files into one document, in the order given.
///
/// # Errors
/// When one of them cannot be read.
pub fn open_files(files: &[PathBuf], progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<Opened, OpenError> {
    let mut all = Opened::default();
    for (file, before) in files.iter().zip(0_u16..) {
        let bytes = store::read(file)?;
        let count = files.len() as f32;
        let share = |done: f32| progress((f32::from(before) + done) / count);
        all.add(open_bytes(&file.display().to_string(), &bytes, &share)?);
    }
    Ok(all)
}

impl Opened {
    /// Puts another document after this one. Its tables get new ids, and its notes follow them.
    pub fn add(&mut self, other: Self) {
        self.accounted.add(other.accounted);
        let first = self.document.tables.len();
        let old: Vec<TableId> = other.document.tables.iter().map(|table| table.id).collect();
        self.document.append(other.document.tables);
        let new = self.document.tables[first..].iter().map(|table| table.id);
        let renamed: HashMap<TableId, TableId> = old.into_iter().zip(new).collect();
        self.notes.extend(other.notes.into_iter().map(|mut note| {
            for place in note.also.iter_mut().chain([&mut note.place]) {
                place.table = place.table.and_then(|id| renamed.get(&id).copied());
            }
            note
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::SAMPLE, *};
    use crate::notes::Severity;

    fn refusal(bytes: &[u8]) -> String {
        open_bytes("plan.xlsx", bytes, &|_| true).unwrap_err().to_string()
    }

    #[test]
    fn a_saved_document_opens_as_it_was() {
        let read = open_sample();
        let saved = store::encode(&read.document, &read.notes).unwrap();
        let again = open_bytes("sample.plandesk", &saved, &|_| true).unwrap();
        assert_eq!((again.document, again.notes), (read.document, read.notes));
    }

    #[test]
    fn what_cannot_be_opened_is_said_in_one_line_with_the_name() {
        for bytes in [&b""[..], b"Ref,Action", b"{}", b"{\"plandesk\":1,", b"PK\x03\x04", &SAMPLE[..9000]] {
            let said = refusal(bytes);
            assert!(said.starts_with("plan.xlsx: it ") && said.ends_with('.') && said.lines().count() == 1, "{said}");
        }
        assert!(open_bytes("plan.xlsx", SAMPLE, &|_| false).unwrap_err().is_cancelled());
    }

    #[test]
    fn notes_follow_their_tables_into_another_document() {
        let mut all = open_bytes("one", SAMPLE, &|_| true).unwrap();
        let mut other = all.clone();
        let place = Place::table(&other.document.tables[0]);
        other.notes = vec![Note::new(Severity::Info, "here", place, "Here.", "")];
        let before = all.document.tables.len();
        all.add(other);
        let note = all.notes.last().unwrap();
        assert_eq!(note.place.table, Some(all.document.tables[before].id));
    }
}
