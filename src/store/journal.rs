//! Unsaved work as it is kept beside the program, so that nothing which ends the program loses it. Never touches a user's own files.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Folder, StoreError, WriteError, decode, encode, private, write_private};
use crate::{
    model::{ColumnId, Document, RowId, TableId},
    notes::Note,
};

const FOLDER: &str = "unsaved";

/// How many windows keep their work at once.
const SLOTS: u32 = 64;

/// How many files that cannot be read are kept aside for one place.
const MOST_ASIDE: u32 = 1000;

/// What is told of kept work besides the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What the document is called.
    pub name: String,
    /// The plandesk file it is saved in.
    pub path: Option<PathBuf>,
    /// False for a document that is only handed on to the window which takes this one's place.
    pub unsaved: bool,
    /// When it was kept.
    pub at: DateTime,
    pub table: Option<TableId>,
    pub row: Option<RowId>,
    pub column: Option<ColumnId>,
}

/// Why work could not be kept, or kept work not be read.
#[derive(Debug, Error)]
pub enum JournalError {
    #[error(transparent)]
    Format(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("it cannot be read ({0})")]
    Unread(std::io::Error),
    #[error("it is damaged")]
    Damaged,
}

/// The place of one window's unsaved work: a file, and a lock that lasts as long as the process does, however it ends.
#[derive(Debug)]
pub struct Journal {
    file: PathBuf,
    _lock: File,
}

impl Journal {
    /// A place of its own, and what is told of the work that a window which ended left in it. Where several did, each start takes one.
    #[must_use]
    pub fn take(folder: &Folder) -> Option<(Self, Option<Told>)> {
        let folder = folder_of(folder)?;
        let left = (1..=SLOTS).find_map(|slot| {
            let journal = Self::at(&folder, slot, true)?;
            match journal.told() {
                Ok(told) if told.unsaved => Some((journal, told)),
                // Nobody came for what was handed on.
                Ok(_) => {
                    journal.remove();
                    None
                }
                // It may hold work all the same, which somebody may yet be able to read.
                Err(_) => {
                    journal.set_aside();
                    None
                }
            }
        });
        match left {
            Some((journal, told)) => Some((journal, Some(told))),
            None => Some((Self::free(&folder)?, None)),
        }
    }

    /// The place with the work that the window before this one handed on.
    #[must_use]
    pub fn handed_on(folder: &Folder) -> Option<(Self, Told)> {
        let folder = folder_of(folder)?;
        let all = (1..=SLOTS).filter_map(|slot| Self::at(&folder, slot, true));
        let told = all.filter_map(|journal| journal.told().ok().map(|told| (journal, told)));
        told.max_by_key(|(_, told)| told.at)
    }

    /// Leaves kept work where it is, for another start, and takes another place.
    #[must_use]
    pub fn leave(self) -> Option<Self> {
        // Held until another is found, so that it is not found itself.
        Self::free(self.file.parent()?)
    }

    fn free(folder: &Path) -> Option<Self> {
        (1..=SLOTS).find_map(|slot| Self::at(folder, slot, false))
    }

    /// A place with or without work in it, if no living process has it.
    fn at(folder: &Path, slot: u32, filled: bool) -> Option<Self> {
        let file = folder.join(format!("{slot}.kept"));
        // What is no ordinary file is none of ours, and opening it might wait.
        if file.exists() != filled || !private::is_ordinary(&file) {
            return None;
        }
        let lock = private::append(&folder.join(format!("{slot}.lock"))).ok()?;
        lock.try_lock().ok()?;
        // It may have been filled or emptied before the lock was had.
        (file.exists() == filled).then_some(Self { file, _lock: lock })
    }

    /// Keeps a document, whole or not at all.
    ///
    /// # Errors
    /// When the folder or the disk does not allow it; what was kept before is then as it was.
    pub fn keep(&self, told: &Told, document: &Document, notes: &[Note]) -> Result<(), JournalError> {
        self.put(&bytes_of(told, document, notes)?)
    }

    /// Puts the bytes of kept work in its place.
    ///
    /// # Errors
    /// As `keep`.
    pub fn put(&self, bytes: &[u8]) -> Result<(), JournalError> {
        Ok(write_private(&self.file, bytes)?)
    }

    /// The work kept here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self) -> Result<(Told, Document, Vec<Note>), JournalError> {
        let bytes = fs::read(&self.file).map_err(JournalError::Unread)?;
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(JournalError::Damaged)?;
        let told = serde_json::from_slice(&bytes[..end]).map_err(|_| JournalError::Damaged)?;
        let (document, notes) = decode(&bytes[end + 1..])?;
        Ok((told, document, notes))
    }

    /// What is told of the work kept here, without reading all of it.
    fn told(&self) -> Result<Told, JournalError> {
        use std::io::{BufRead, BufReader, Read};
        let mut line = String::new();
        let file = File::open(&self.file).map_err(JournalError::Unread)?;
        BufReader::new(file).take(1 << 16).read_line(&mut line).map_err(JournalError::Unread)?;
        serde_json::from_str(&line).map_err(|_| JournalError::Damaged)
    }

    /// Puts what cannot be read out of the way under another name.
    fn set_aside(&self) {
        let free = (1..=MOST_ASIDE).map(|number| self.file.with_extension(format!("damaged-{number}"))).find(|path| !path.exists());
        if let Some(aside) = free
            && fs::rename(&self.file, aside).is_ok()
        {
            log::warn!("unsaved work could not be read; it is kept aside in the folder “{FOLDER}”");
        }
    }

    /// Forgets the work kept here.
    pub fn remove(&self) {
        let _ = fs::remove_file(&self.file);
    }
}

/// The bytes of kept work: a line of what is told, then those of a file of ours.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn bytes_of(told: &Told, document: &Document, notes: &[Note]) -> Result<Vec<u8>, StoreError> {
    let mut bytes = serde_json::to_vec(told).map_err(|_| StoreError::NotWritten)?;
    bytes.push(b'\n');
    bytes.extend(encode(document, notes)?);
    Ok(bytes)
}

fn folder_of(folder: &Folder) -> Option<PathBuf> {
    let folder = folder.made()?.join(FOLDER);
    private::make_folder(&folder).ok()?;
    // An older version left it open to others.
    #[cfg(unix)]
    let _ = fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o700));
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Table, TableKind};

    fn told(name: &str, unsaved: bool) -> Told {
        let at = jiff::civil::date(2026, 5, 4).at(14, 32, 0, 0);
        Told { name: name.to_owned(), path: None, unsaved, at, table: Some(TableId(3)), row: None, column: None }
    }

    fn document(name: &str) -> Document {
        Document::of(vec![Table { name: name.to_owned(), ..Table::new(TableKind::Register, Vec::new(), Vec::new()) }])
    }

    #[test]
    fn what_a_window_left_is_found_once_by_the_next() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let (first, nothing) = Journal::take(&folder).unwrap();
        assert_eq!(nothing, None);
        first.keep(&told("Plan", true), &document("Plan"), &[]).unwrap();
        let (second, nothing) = Journal::take(&folder).unwrap();
        assert_eq!(nothing, None, "the first window lives, and keeps its own");
        second.keep(&told("Other", true), &document("Other"), &[]).unwrap();
        drop(first);
        let (third, left) = Journal::take(&folder).unwrap();
        assert_eq!(left.as_ref().map(|told| told.name.as_str()), Some("Plan"));
        assert_eq!(Journal::take(&folder).unwrap().1, None, "the third window has it now");
        assert_eq!(third.read().unwrap(), (told("Plan", true), document("Plan"), Vec::new()));
        third.remove();
        drop((second, third));
        assert_eq!(Journal::take(&folder).unwrap().1.map(|told| told.name).as_deref(), Some("Other"));
    }

    #[test]
    fn work_that_cannot_be_read_is_kept_aside() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let (first, _) = Journal::take(&folder).unwrap();
        first.put(b"torn in the middl").unwrap();
        drop(first);
        let (second, left) = Journal::take(&folder).unwrap();
        assert_eq!(left, None);
        second.keep(&told("Plan", true), &document("Plan"), &[]).unwrap();
        let aside = temporary.path().join(FOLDER).join("1.damaged-1");
        assert_eq!(fs::read(aside).unwrap(), b"torn in the middl");
    }

    #[test]
    fn work_put_off_waits_for_another_start() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        Journal::take(&folder).unwrap().0.keep(&told("Plan", true), &document("Plan"), &[]).unwrap();
        let (journal, left) = Journal::take(&folder).unwrap();
        assert!(left.is_some());
        let other = journal.leave().unwrap();
        other.keep(&told("New", true), &document("New"), &[]).unwrap();
        assert_eq!(Journal::take(&folder).unwrap().1.map(|told| told.name).as_deref(), Some("Plan"));
    }

    #[test]
    fn what_was_only_handed_on_is_not_offered() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let hand_on = || Journal::take(&folder).unwrap().0.keep(&told("Plan", false), &document("Plan"), &[]).unwrap();
        hand_on();
        assert_eq!(Journal::handed_on(&folder).unwrap().1, told("Plan", false));
        assert_eq!(Journal::take(&folder).unwrap().1, None);
        assert!(Journal::handed_on(&folder).is_none());
        assert!(Journal::take(&Folder::nowhere()).is_none());
    }
}
