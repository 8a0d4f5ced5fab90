//! What every subcommand shares: how it reads and writes its files, what it says where it cannot do what was asked. Prints nothing.

use std::{
    any::Any,
    io,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use thiserror::Error;

use super::{
    faults,
    kept_beside::recall,
    open::{OpenError, Opened, open_locked_files},
    passwords::{Password, Passwords},
};
use crate::{
    paper::PaperError,
    store::{self, Fingerprint, Folder, Mappings, StoreError, Unwritten, WriteError},
    workbook::{SaveError, patch::PatchError},
};

/// Why a subcommand did not do what was asked: the file, what is wrong and what to do, in one line.
#[derive(Debug, Error)]
pub enum HeadlessError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{}: the name to write ends in none of .plandesk, .xlsx and .pdf. Give it one of these endings.", .0.display())]
    Ending(PathBuf),
    #[error("{}: this is the file that is read. Choose another name to write.", .0.display())]
    SameFile(PathBuf),
    #[error("{}: this is no mapping of a form ({why}). docs/filling-forms.md says how one is written.", .file.display())]
    Mapping { file: PathBuf, why: String },
    #[error("--as-of {0}: this is not a date. Write it as YYYY-MM-DD, such as 2018-04-30.")]
    AsOf(String),
    #[error("--baseline {asked}: there is no file of this name, and no return of it was frozen{}. Name an older workbook, or one of these.", frozen(.names))]
    Baseline { asked: String, names: Vec<String> },
    #[error("{}: {cause}.", .file.display())]
    Encode { file: PathBuf, cause: StoreError },
    #[error("{}: {why}, so it was left as it is. Choose another name, or add --force to replace it.", .file.display())]
    Taken { file: PathBuf, why: &'static str },
    #[error("{}: {why}, so the sample's return was not written over it. Move it elsewhere, or start plandesk in another folder.", .file.display())]
    TakenHere { file: PathBuf, why: &'static str },
    #[error("{}: {why}.", .file.display())]
    NotClosed { file: PathBuf, why: String },
    #[error("{}: all of it is hidden in the workbook, so its return would be empty. Unhide what belongs in it, or add --with-hidden.", .0.display())]
    AllHidden(PathBuf),
    #[error("{}: it holds no table and no text, so its return would be empty. Open the workbook with the plan instead.", .0.display())]
    NothingRead(PathBuf),
    #[error("{}: {cause}", .file.display())]
    Return { file: PathBuf, cause: SaveError },
    #[error("{}: {cause}.", .file.display())]
    Paper { file: PathBuf, cause: PaperError },
    #[error("{}: this is no list of changes ({why}). Write it as a JSON list such as [{{\"place\": \"Plan!G19\", \"value\": \"Complete\"}}].", .file.display())]
    Changes { file: PathBuf, why: String },
    #[error("{}: {why}.", .file.display())]
    Patch { file: PathBuf, why: PatchError },
    #[error("{}: {why}.", .file.display())]
    Sealed { file: PathBuf, why: String },
    #[error("the output: it could not be written ({0}). Send it somewhere else.")]
    Output(#[from] io::Error),
    #[error("{}: a fault in plandesk stopped it ({reason}). Report this with the file.", .file.display())]
    Fault { file: PathBuf, reason: String },
    /// Some of several files, of which the others were checked.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Unread(Vec<Self>),
}

/// The returns there are, in brackets; nothing where there are none.
fn frozen(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!(" (these were: {})", names.join(", ")) }
}

impl HeadlessError {
    /// A fault in the program while a file was worked on.
    #[must_use]
    pub fn fault(file: &Path, fault: &(dyn Any + Send)) -> Self {
        Self::Fault { file: file.into(), reason: faults::words(fault) }
    }

    /// What to say of it, a line a file.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Unread(all) => all.iter().flat_map(Self::lines).collect(),
            one => vec![one.to_string()],
        }
    }
}

/// Reads files as their user corrected them in the window.
pub(super) fn read(files: &[PathBuf]) -> Result<Opened, OpenError> {
    let passwords = Passwords::of_any(Password::of_environment());
    let folder = Folder::of_user();
    let mut opened = open_locked_files(files, Mappings::load(&folder).all(), &passwords, &|_| true)?;
    recall(&mut opened, &folder);
    Ok(opened)
}

/// Writes a file over what is known to be there, and over nothing that somebody put there meanwhile; what it then is.
pub(super) fn replace(to: &Path, bytes: &[u8], known: Option<&Fingerprint>) -> Result<Fingerprint, HeadlessError> {
    store::replace_unless_changed(to, bytes, known).map_err(|why| match why {
        Unwritten::Write(error) => error.into(),
        Unwritten::Changed(_) | Unwritten::Gone => {
            HeadlessError::Taken { file: to.into(), why: "somebody saved it while it was being made" }
        }
    })
}

/// The day that was typed behind `--as-of`.
pub(super) fn date(text: &str) -> Result<Date, HeadlessError> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| HeadlessError::AsOf(text.to_owned()))
}

/// A reader that stops reading, such as `head`, is no failure.
///
/// # Errors
/// When the output cannot be written for any other reason.
pub fn unless_closed(done: io::Result<()>) -> Result<(), HeadlessError> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
