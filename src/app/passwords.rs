//! The passwords of workbooks as their owner typed them, and the bytes of a workbook out of its password and under it again. Writes neither.

use std::{
    collections::HashMap,
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    notes::{Code, Note, Place, Severity},
    store,
    workbook::{self, Unlocked},
};

/// Where subcommands find the password of the workbooks that they are given.
pub const PASSWORD_VARIABLE: &str = "PLANDESK_PASSWORD";

/// A password, which nothing shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// What was typed.
    #[must_use]
    pub fn new(typed: String) -> Self {
        Self(typed)
    }

    /// The password of the subcommands, where they are given one.
    #[must_use]
    pub fn of_environment() -> Option<Self> {
        std::env::var(PASSWORD_VARIABLE).ok().filter(|typed| !typed.is_empty()).map(Self)
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Password")
    }
}

/// The passwords that were typed while the window is open, by the workbooks they open. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Passwords {
    typed: Arc<Mutex<HashMap<PathBuf, Password>>>,
    /// What is tried on every other workbook.
    any: Option<Password>,
}

impl Passwords {
    /// One password for whatever is opened.
    #[must_use]
    pub fn of_any(any: Option<Password>) -> Self {
        Self { any, ..Self::default() }
    }

    /// Keeps the password of a workbook as long as the window is open.
    pub fn keep(&self, path: &Path, password: Password) {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf(), password);
    }

    /// Keeps the password of a workbook for the copy of it that is saved in another file.
    pub fn keep_for_copy(&self, path: &Path, copy: &Path) {
        if let Some(password) = self.of(path) {
            self.keep(copy, password);
        }
    }

    /// The password of a workbook, where it is known.
    #[must_use]
    pub fn of(&self, path: &Path) -> Option<Password> {
        self.typed.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned().or_else(|| self.any.clone())
    }

    /// Whether a file opens by a password alone. One that cannot be read does where a password of it is known.
    pub(super) fn is_secret(&self, path: &Path) -> bool {
        match store::read(path) {
            Ok(bytes) => workbook::unlocked(&bytes, None) == Err(workbook::OpenError::Password),
            Err(_) => self.of(path).is_some(),
        }
    }

    /// The bytes of a file as a workbook is read from them.
    ///
    /// # Errors
    /// When it is an Excel workbook under a password that is not known, or another one.
    pub fn unlock(&self, path: &Path, bytes: Vec<u8>) -> Result<WorkbookBytes, NeedsPassword> {
        let password = self.of(path);
        match workbook::unlocked(&bytes, password.as_ref().map(|password| password.0.as_str())) {
            Ok(Unlocked::Opened { bytes: clear, by_default }) => {
                Ok(WorkbookBytes { on_disk: bytes, clear: Some(clear), password: password.filter(|_| !by_default) })
            }
            Err(workbook::OpenError::Password) => Err(NeedsPassword { path: path.to_path_buf(), wrong: password.is_some() }),
            // What else is wrong with it is said by whoever reads it; an older workbook is read under its password, and never written.
            Ok(Unlocked::Plain) | Err(_) => Ok(WorkbookBytes { on_disk: bytes, clear: None, password }),
        }
    }
}

/// A workbook that is not opened without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsPassword {
    pub path: PathBuf,
    /// Whether a password was tried, which is another.
    pub wrong: bool,
}

/// The bytes of a workbook, as they are in its file and as they are read.
#[derive(Debug)]
pub struct WorkbookBytes {
    /// As they are in the file.
    pub on_disk: Vec<u8>,
    /// Out of their password, where they were under one.
    clear: Option<Vec<u8>>,
    password: Option<Password>,
}

impl WorkbookBytes {
    /// As they are read.
    #[must_use]
    pub fn clear(&self) -> &[u8] {
        self.clear.as_ref().unwrap_or(&self.on_disk)
    }

    /// What its password does not reach, where only that opens it.
    pub(super) fn note(&self, name: String) -> Option<Note> {
        let message = "The workbook has a password, and is saved under it again. Beside it, what is not saved yet and the list of saved cells \
                       are kept in your own folder without it, and so is what you save or write in other files.";
        let is_secret = self.clear.is_some() && self.password.is_some();
        is_secret.then(|| Note::new(Severity::Info, Code::Password, Place::address(name), message, ""))
    }

    /// The password that an older workbook may be under.
    #[must_use]
    pub fn password(&self) -> Option<&str> {
        self.password.as_ref().map(|password| password.0.as_str())
    }

    /// Other bytes as they go into the file: under the same password. The same bytes go in as they were there.
    ///
    /// # Errors
    /// When they cannot be put under it, in words.
    pub fn sealed(&self, clear: Vec<u8>) -> Result<Vec<u8>, String> {
        match &self.clear {
            None => Ok(clear),
            Some(before) if *before == clear => Ok(self.on_disk.clone()),
            Some(_) => {
                workbook::locked(&clear, self.password()).map_err(|error| format!("it cannot be put under its password again ({error})"))
            }
        }
    }
}
