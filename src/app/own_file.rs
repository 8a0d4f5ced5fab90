//! What is known of the document's file on the disk, and what is said where it differs. Reads and writes none of its cells.

use std::path::{Path, PathBuf};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    command::{Command, FileCommand},
    jobs::Job,
    open::shown,
    passwords::NeedsPassword,
};
use crate::store::{self, FileLock, Fingerprint, Folder, Found, LockOwner, WriteError};
use crate::writeback::{Overlap, Theirs};

/// A document held here, or whoever else holds it. Neither where nothing can be put beside it.
pub(crate) type Locked = Result<Option<FileLock>, LockOwner>;

/// How the file stands to what is known of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OnDisk {
    #[default]
    Same,
    /// Somebody else wrote it.
    Changed,
    Gone,
}

/// What is known of the document's file.
#[derive(Debug, Default)]
pub(crate) struct OwnFile {
    /// What it was when it was read or written last.
    pub fingerprint: Option<Fingerprint>,
    /// Tells other windows that it is open here.
    pub lock: Option<FileLock>,
    /// How it was when it was looked at last.
    pub on_disk: OnDisk,
    /// Looks how it is.
    pub job: Option<Job<Option<(OnDisk, PathBuf)>>>,
}

/// What a save leaves.
#[derive(Debug)]
pub struct Saved {
    pub fingerprint: Fingerprint,
    /// Where the file was not held here before.
    pub lock: Option<FileLock>,
}

/// A file that is not what was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    pub path: PathBuf,
    /// What it is now; nothing where it is gone.
    pub theirs: Option<Fingerprint>,
    /// What others did to it, where it is a workbook that edits are written into.
    pub workbook: Option<Theirs>,
}

impl Conflict {
    /// What it is about, in a title.
    #[must_use]
    pub fn title(&self) -> &'static str {
        if self.theirs.is_some() { "The file was changed by somebody else" } else { "The file is no longer there" }
    }

    /// What happened, in words.
    #[must_use]
    pub fn words(&self) -> String {
        let name = store::shortened(&self.path);
        match &self.theirs {
            Some(theirs) if self.workbook.is_some() => {
                format!(
                    "{name} was saved{} by another person or program. {}",
                    when(theirs),
                    self.workbook.as_ref().map_or_else(String::new, told)
                )
            }
            Some(theirs) => format!(
                "{name} is not as it was opened here: another person or program saved it{}. Your changes are not in it, and theirs are not \
                 here. Beside it, yours are saved as {}.",
                when(theirs),
                store::another_name(&self.path)
            ),
            None => format!(
                "{name} was moved, renamed or deleted since it was opened here, or its network drive is not connected. Your work is in no file."
            ),
        }
    }

    /// What may be done, what most will want first.
    #[must_use]
    pub fn offers(&self) -> Vec<Command> {
        let own = self.path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(store::ENDING));
        let apart = || FileCommand::SaveElsewhere(shown(&self.path.with_extension(store::ENDING)));
        let offers = match (&self.theirs, &self.workbook) {
            (Some(_), Some(workbook)) => {
                let mine = (!workbook.overlaps.is_empty()).then_some(FileCommand::KeepMine);
                let last = [FileCommand::TakeTheirs, FileCommand::KeepWorking];
                [FileCommand::SaveIntoTheirs].into_iter().chain(mine).chain(last).collect()
            }
            (Some(_), None) if own => {
                vec![FileCommand::SaveBeside, FileCommand::KeepMine, FileCommand::TakeTheirs, FileCommand::KeepWorking]
            }
            (None, _) if own => vec![FileCommand::SaveAgain, FileCommand::SaveElsewhere(shown(&self.path)), FileCommand::KeepWorking],
            // A workbook holds more than is known here, so nothing is written in its place.
            (Some(_), None) => vec![apart(), FileCommand::TakeTheirs, FileCommand::KeepWorking],
            (None, _) => vec![apart(), FileCommand::KeepWorking],
        };
        offers.into_iter().map(Command::File).collect()
    }
}

/// How many cells are listed one by one.
const LISTED: usize = 6;

/// What others did to a workbook, in words.
fn told(theirs: &Theirs) -> String {
    let cells = |count: usize| if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") };
    let more = |count: usize| if count > LISTED { format!(", and {} more", count - LISTED) } else { String::new() };
    let mut said = Vec::new();
    if theirs.changed.is_empty() && theirs.overlaps.is_empty() {
        said.push("No cell of your tables was changed there.".to_owned());
    }
    if !theirs.changed.is_empty() {
        let listed: Vec<String> = theirs.changed.iter().take(LISTED).map(|[place, _, after]| format!("{place} is now “{after}”")).collect();
        said.push(format!("{} changed there: {}{}.", cells(theirs.changed.len()), listed.join("; "), more(theirs.changed.len())));
    }
    if theirs.overlaps.is_empty() {
        said.push("None of them is one that you changed, so both can stay.".to_owned());
    } else {
        let listed = |overlap: &Overlap| format!("{}: yours “{}”, theirs “{}”", overlap.place, overlap.mine, overlap.theirs);
        let listed: Vec<String> = theirs.overlaps.iter().take(LISTED).map(listed).collect();
        said.push(format!(
            "Changed by you as well: {}{}. Keep both leaves theirs in these cells; Keep mine writes yours.",
            listed.join("; "),
            more(theirs.overlaps.len())
        ));
    }
    said.extend(theirs.lost.iter().take(LISTED).map(|lost| format!("Not to be saved: {lost}.")));
    said.join(" ")
}

/// When a file was written, in words that follow a verb.
fn when(fingerprint: &Fingerprint) -> String {
    let zoned = fingerprint.written().and_then(|time| Timestamp::try_from(time).ok()).map(|time| time.to_zoned(TimeZone::system()));
    let Some(zoned) = zoned else { return String::new() };
    let today = zoned.date() == jiff::Zoned::now().date();
    format!(" {}", zoned.strftime(if today { "at %H:%M" } else { "at %H:%M on %-d %B %Y" }))
}

/// Locks a document that is opened; the next start knows where to look for what an end by force leaves.
pub(super) fn lock_file(folder: &Folder, path: &Path) -> Locked {
    // Who may only read it keeps nobody from writing it.
    if !path.is_file() || store::is_read_only(path) {
        return Ok(None);
    }
    store::note_folder(folder, path);
    FileLock::take(path)
}

/// Whether a file is not there for sure.
pub(super) fn is_gone(path: &Path) -> bool {
    matches!(path.try_exists(), Ok(false))
}

/// How a file stands to what is known of it. One that cannot be read just now is taken to be the same; saving compares it again.
pub(super) fn look(path: &Path, known: Option<&Fingerprint>) -> OnDisk {
    match known {
        _ if is_gone(path) => OnDisk::Gone,
        Some(known) if !known.looks_same(path) => match store::compare(path, known) {
            Ok(Found::Changed(_)) => OnDisk::Changed,
            Ok(Found::Gone) => OnDisk::Gone,
            Ok(Found::Same) | Err(_) => OnDisk::Same,
        },
        Some(_) | None => OnDisk::Same,
    }
}

/// What is offered where a file may not be written: another one beside it.
pub(super) fn elsewhere(path: &Path) -> Command {
    Command::File(FileCommand::SaveElsewhere(store::another_name(path)))
}

/// Why a file was not written.
#[derive(Debug)]
pub enum Unwritten {
    /// Nothing to do with where it was to go.
    Itself(String),
    /// Under another name or in another folder it could be.
    There(WriteError),
    /// Somebody else has written the file since it was opened here.
    Changed(Fingerprint),
    /// The file is no longer there.
    Gone,
    /// It has a digital signature, which would no longer hold.
    Signed,
    /// It has a password that is not known, as it was given another one or the window took over from one that ended.
    NeedsPassword(NeedsPassword),
}

impl From<WriteError> for Unwritten {
    fn from(error: WriteError) -> Self {
        Self::There(error)
    }
}

impl From<store::Unwritten> for Unwritten {
    fn from(why: store::Unwritten) -> Self {
        match why {
            store::Unwritten::Write(error) => Self::There(error),
            store::Unwritten::Changed(theirs) => Self::Changed(theirs),
            store::Unwritten::Gone => Self::Gone,
        }
    }
}
