//! Unsaved work as it is kept beside the program, so that nothing which ends the program loses it. Never touches a user's own files.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use thiserror::Error;

use super::{
    Folder, Session, StoreError, WriteError, decode, disk, encode, private,
    records::{self, Kind},
    temp_files, write_private,
};
use crate::{model::Document, notes::Note};

const FOLDER: &str = "unsaved";

/// How many windows keep their work at once.
const SLOTS: u32 = 64;

/// How many files that cannot be read are kept aside for one place.
const MOST_ASIDE: u32 = 1000;

/// The endings of a journal, of kept work of versions that wrote it whole each time, and of the list of printed pages.
const JOURNAL: &str = "journal";
const WHOLE: &str = "kept";
const PRINTED: &str = "printed";

/// Why work could not be kept, or kept work not be read.
#[derive(Debug, Error)]
pub enum JournalError {
    #[error(transparent)]
    Format(#[from] StoreError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("it cannot be read ({0})")]
    Unread(std::io::Error),
    #[error("it cannot be added to ({0})")]
    NotAdded(std::io::Error),
    #[error("it is damaged")]
    Damaged,
}

/// The place of one window's unsaved work: a file, and a lock that lasts as long as the process does, however it ends.
#[derive(Debug)]
pub struct Journal {
    /// Without its ending.
    place: PathBuf,
    /// How long the journal is, as far as this process wrote it.
    length: AtomicU64,
    _lock: File,
}

/// A place that was taken.
#[derive(Debug)]
pub struct Taken {
    pub journal: Journal,
    /// The work that a window which ended left in it.
    pub left: Option<Left>,
    /// Where work is that cannot be read at all; what is damaged was put out of the way.
    pub aside: Vec<PathBuf>,
}

/// What is known of the work that a window left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    pub session: Session,
    /// Whether some of it cannot be read.
    pub torn: bool,
}

/// Kept work as it was read.
#[derive(Debug)]
pub struct Kept {
    pub session: Session,
    pub document: Document,
    pub notes: Vec<Note>,
    /// What happened to the document, as far as it can be read.
    pub events: Vec<Vec<u8>>,
    /// Whether some of it cannot be read.
    pub torn: bool,
}

impl Kept {
    /// Kept work out of the bytes of a journal, as far as they can be read.
    ///
    /// # Errors
    /// When they hold no document.
    pub fn of(bytes: &[u8]) -> Result<Self, JournalError> {
        let Parts { session, document, events, torn } = Parts::of(bytes);
        let (document, notes) = decode(document.ok_or(JournalError::Damaged)?)?;
        let session = session.unwrap_or_else(|| Session::unknown(document.name()));
        let events = events.into_iter().map(<[u8]>::to_vec).collect();
        Ok(Self { session, document, notes, events, torn })
    }
}

impl Journal {
    /// A place of its own, and what is told of the work that a window which ended left in it. Where several did, each start takes one.
    #[must_use]
    pub fn take(folder: &Folder) -> Option<Taken> {
        let folder = folder_of(folder)?;
        temp_files::sweep(&folder);
        let mut aside = Vec::new();
        let mut found = None;
        let used = (1..=SLOTS).filter(|slot| [JOURNAL, WHOLE, PRINTED].iter().any(|ending| file_of(&folder, *slot, ending).exists()));
        for journal in used.filter_map(|slot| Self::at(&folder, slot)) {
            journal.remove_printed();
            if found.is_some() || !journal.is_filled() {
                continue;
            }
            match journal.session() {
                Ok(left) if left.session.unsaved || left.torn => found = Some((journal, left)),
                // Nobody came for what was handed on, or it is saved.
                Ok(_) => journal.remove(),
                // A disk or a network that fails now may not do so at the next start.
                Err(JournalError::Unread(_)) => aside.push(journal.file()),
                // It may hold work all the same, which somebody may yet be able to read.
                Err(_) => aside.extend(journal.set_aside()),
            }
        }
        match found {
            Some((journal, left)) => Some(Taken { journal, left: Some(left), aside }),
            None => Some(Taken { journal: Self::free(&folder)?, left: None, aside }),
        }
    }

    /// The place with the work that the window before this one handed on.
    #[must_use]
    pub fn handed_on(folder: &Folder) -> Option<(Self, Left)> {
        let folder = folder_of(folder)?;
        let filled = (1..=SLOTS).filter(|slot| [JOURNAL, WHOLE].iter().any(|ending| file_of(&folder, *slot, ending).exists()));
        let all = filled.filter_map(|slot| Self::at(&folder, slot)).filter(Self::is_filled);
        let readable = all.filter_map(|journal| journal.session().ok().map(|left| (journal, left)));
        readable.max_by_key(|(_, left)| left.session.at)
    }

    /// Leaves kept work where it is, for another start, and takes another place.
    #[must_use]
    pub fn leave(self) -> Option<Self> {
        // Held until another is found, so that it is not found itself.
        Self::free(self.place.parent()?)
    }

    fn free(folder: &Path) -> Option<Self> {
        (1..=SLOTS).filter_map(|slot| Self::at(folder, slot)).find(|journal| !journal.is_filled())
    }

    /// A place, if no living process has it.
    fn at(folder: &Path, slot: u32) -> Option<Self> {
        let place = file_of(folder, slot, "");
        // What is no ordinary file is none of ours, and opening it might wait.
        if ![JOURNAL, WHOLE].iter().all(|ending| private::is_ordinary(&place.with_extension(ending))) {
            return None;
        }
        let lock = private::append(&place.with_extension("lock")).ok()?;
        lock.try_lock().ok()?;
        Some(Self { place, length: AtomicU64::new(0), _lock: lock })
    }

    fn file(&self) -> PathBuf {
        self.place.with_extension(JOURNAL)
    }

    fn is_filled(&self) -> bool {
        [JOURNAL, WHOLE].iter().any(|ending| self.place.with_extension(ending).exists())
    }

    /// Begins anew with a document and what happened to it, whole or not at all. What was kept here before gives way to it.
    ///
    /// # Errors
    /// When the folder or the disk does not allow it; what was kept before is then as it was.
    pub fn begin(&self, session: &Session, document: &[u8], events: &[Vec<u8>]) -> Result<(), JournalError> {
        let mut bytes = Vec::with_capacity(document.len() + (1 << 16));
        records::put(&mut bytes, Kind::Session, &line(session)?);
        records::put(&mut bytes, Kind::Document, document);
        events.iter().for_each(|event| records::put(&mut bytes, Kind::Event, event));
        write_private(&self.file(), &bytes)?;
        let _ = fs::remove_file(self.place.with_extension(WHOLE));
        self.length.store(bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Adds what happened since, and what is now told of the work.
    ///
    /// # Errors
    /// When it cannot be written to the end; what was kept before is then as it was, or else has to be begun anew.
    pub fn add(&self, session: &Session, events: &[Vec<u8>]) -> Result<(), JournalError> {
        let mut bytes = Vec::new();
        events.iter().for_each(|event| records::put(&mut bytes, Kind::Event, event));
        records::put(&mut bytes, Kind::Session, &line(session)?);
        let (path, length) = (self.file(), self.length());
        let mut file = disk::call(&path, || private::append(&path)).map_err(JournalError::NotAdded)?;
        // What is another than was begun here cannot be gone on with.
        if !file.metadata().is_ok_and(|about| about.len() == length) {
            return Err(JournalError::Damaged);
        }
        let added = disk::write_all(&path, &mut file, &bytes).and_then(|()| disk::call(&path, || file.sync_data()));
        if let Err(error) = added {
            // So that what is added next does not stand behind half a record.
            let _ = file.set_len(length);
            return Err(JournalError::NotAdded(error));
        }
        self.length.store(length + bytes.len() as u64, Ordering::Relaxed);
        Ok(())
    }

    /// How many bytes were written since it was begun, and for it.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length.load(Ordering::Relaxed)
    }

    /// The work kept here, as much of it as can be read.
    ///
    /// # Errors
    /// When no document can be read.
    pub fn read(&self) -> Result<Kept, JournalError> {
        match disk::read(&self.file()) {
            Ok(bytes) => Kept::of(&bytes),
            Err(_) if self.place.with_extension(WHOLE).exists() && !self.file().exists() => self.read_whole(),
            Err(error) => Err(JournalError::Unread(error)),
        }
    }

    /// Kept work of a version that wrote all of it each time: a line of what is told, then the bytes of a file of ours.
    fn read_whole(&self) -> Result<Kept, JournalError> {
        let bytes = fs::read(self.place.with_extension(WHOLE)).map_err(JournalError::Unread)?;
        let end = bytes.iter().position(|byte| *byte == b'\n').ok_or(JournalError::Damaged)?;
        let session = serde_json::from_slice(&bytes[..end]).map_err(|_| JournalError::Damaged)?;
        let (document, notes) = decode(&bytes[end + 1..])?;
        Ok(Kept { session, document, notes, events: Vec::new(), torn: false })
    }

    /// What is told of the work kept here. A document that cannot be read is found out here, so that nothing is offered which is not there.
    fn session(&self) -> Result<Left, JournalError> {
        if !self.file().exists() {
            let kept = self.read_whole()?;
            return Ok(Left { session: kept.session, torn: false });
        }
        let bytes = disk::read(&self.file()).map_err(JournalError::Unread)?;
        let parts = Parts::of(&bytes);
        match (parts.session, parts.torn) {
            (Some(session), false) => Ok(Left { session, torn: false }),
            _ => Kept::of(&bytes).map(|kept| Left { session: kept.session, torn: true }),
        }
    }

    /// Puts what cannot be read out of the way under another name; returns where it then is.
    fn set_aside(&self) -> Option<PathBuf> {
        let held = [JOURNAL, WHOLE].map(|ending| self.place.with_extension(ending)).into_iter().find(|path| path.exists())?;
        let aside = self.free_aside()?;
        fs::rename(held, &aside).ok()?;
        log::warn!("unsaved work could not be read; it is kept aside in the folder “{FOLDER}”");
        Some(aside)
    }

    /// Keeps a copy of work of which some cannot be read, before anything takes its place; returns where it is.
    #[must_use]
    pub fn copy_aside(&self) -> Option<PathBuf> {
        let aside = self.free_aside()?;
        write_private(&aside, &fs::read(self.file()).ok()?).ok()?;
        log::warn!("some of the unsaved work could not be read; a copy is kept aside in the folder “{FOLDER}”");
        Some(aside)
    }

    fn free_aside(&self) -> Option<PathBuf> {
        (1..=MOST_ASIDE).map(|number| self.place.with_extension(format!("damaged-{number}"))).find(|path| !path.exists())
    }

    /// Forgets the work kept here.
    pub fn remove(&self) {
        for ending in [JOURNAL, WHOLE] {
            let _ = fs::remove_file(self.place.with_extension(ending));
        }
        self.length.store(0, Ordering::Relaxed);
    }

    /// Remembers pages that were printed, so that the next start takes them away should this one not.
    pub fn note_printed(&self, pages: &[PathBuf]) {
        let bytes = serde_json::to_vec(pages).unwrap_or_default();
        let _ = write_private(&self.place.with_extension(PRINTED), &bytes);
    }

    /// Takes away the pages that a window which ended has left.
    fn remove_printed(&self) {
        let list = self.place.with_extension(PRINTED);
        let Ok(bytes) = private::read(&list) else { return };
        let pages: Vec<PathBuf> = serde_json::from_slice(&bytes).unwrap_or_default();
        // Only what is such a page: the list is a file that somebody could have written.
        pages.iter().filter(|page| super::temp_file::is_page(page)).for_each(|page| drop(fs::remove_file(page)));
        let _ = fs::remove_file(list);
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        // Those of a window that closes go with it.
        self.remove_printed();
    }
}

/// The bytes of a document and its notes as a journal begins with them.
///
/// # Errors
/// When they cannot be written as JSON.
pub fn document_bytes(document: &Document, notes: &[Note]) -> Result<Vec<u8>, StoreError> {
    encode(document, notes)
}

/// A file of a place; with no ending, that of the place itself.
fn file_of(folder: &Path, slot: u32, ending: &str) -> PathBuf {
    folder.join(slot.to_string()).with_extension(ending)
}

fn line(session: &Session) -> Result<Vec<u8>, StoreError> {
    serde_json::to_vec(session).map_err(|_| StoreError::NotWritten)
}

/// The parts of a journal, as far as they can be read.
struct Parts<'a> {
    session: Option<Session>,
    document: Option<&'a [u8]>,
    events: Vec<&'a [u8]>,
    torn: bool,
}

impl<'a> Parts<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let mut parts = Self { session: None, document: None, events: Vec::new(), torn: false };
        // What stands behind a record that is lost may rest on it.
        let mut lost = false;
        for record in records::all(bytes) {
            let whole = record.filter(|record| record.whole);
            parts.torn |= whole.is_none();
            match (record.map(|record| record.kind), whole) {
                // A document with a wrong checksum may yet be read: a letter of a text is another.
                (Some(Kind::Document), _) if parts.document.is_none() => parts.document = record.map(|record| record.bytes),
                (Some(Kind::Session), Some(record)) if !lost || parts.session.is_none() => {
                    parts.session = serde_json::from_slice(record.bytes).ok().or(parts.session);
                }
                (Some(Kind::Event), Some(record)) if !lost => parts.events.push(record.bytes),
                (_, None) => lost |= parts.document.is_some(),
                _ => {}
            }
        }
        parts.torn |= parts.document.is_none();
        parts
    }
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
mod tests;
