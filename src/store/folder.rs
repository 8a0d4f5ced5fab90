//! The folder of what is remembered between runs, and the small JSON files in it. Never a user's documents.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use serde::{Serialize, de::DeserializeOwned};

use super::{WriteError, private, write_private};

/// Names another folder, so that tests and portable copies leave the user's own alone.
const VARIABLE: &str = "PLANDESK_CONFIG";

/// Where small things are remembered; nowhere, when the system offers no such folder.
#[derive(Clone, Debug, Default)]
pub struct Folder(Option<PathBuf>);

impl Folder {
    /// The user's own, or the one `PLANDESK_CONFIG` names.
    #[must_use]
    pub fn of_user() -> Self {
        let named = std::env::var_os(VARIABLE).filter(|name| !name.is_empty()).map(PathBuf::from);
        Self(named.or_else(|| Some(dirs::config_dir()?.join("plandesk"))))
    }

    /// A folder given by its path.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(Some(path.into()))
    }

    /// No folder: nothing is remembered.
    #[must_use]
    pub fn nowhere() -> Self {
        Self(None)
    }

    /// The path of a file in it.
    pub(super) fn path(&self, name: &str) -> Option<PathBuf> {
        Some(self.0.as_ref()?.join(name))
    }

    /// Makes the folder where there is none yet, and tells its path.
    pub(super) fn made(&self) -> Option<&Path> {
        let folder = self.0.as_deref()?;
        private::make_folder(folder).ok().map(|()| folder)
    }

    /// Where it is; nothing when there is none.
    #[must_use]
    pub fn place(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// The text of a small file in it that was written at least so long ago.
    pub(super) fn text_older_than(&self, name: &str, age: Duration) -> Option<String> {
        let path = self.path(name)?;
        let written = std::fs::metadata(&path).and_then(|about| about.modified()).ok()?;
        // A clock that was set back makes it none too young.
        let old_enough = written.elapsed().is_ok_and(|elapsed| elapsed >= age);
        let text = String::from_utf8(private::read(&path).ok()?).ok()?;
        old_enough.then_some(text)
    }

    /// Puts a text into a small file in it, where nothing is lost if that fails.
    pub(super) fn put_text(&self, name: &str, text: &str) {
        if let Some(folder) = self.made() {
            let _ = write_private(&folder.join(name), text.as_bytes());
        }
    }

    /// Takes a file in it away.
    pub(super) fn remove(&self, name: &str) {
        let _ = self.path(name).map(std::fs::remove_file);
    }

    /// What a file in it holds; the usual when there is none or it cannot be read, for none of it is the user's work.
    pub(super) fn load<T: DeserializeOwned + Default>(&self, name: &str) -> T {
        let bytes = self.0.as_ref().and_then(|folder| private::read(&folder.join(name)).ok());
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes a file in it.
    pub(super) fn save<T: Serialize>(&self, name: &str, what: &T) -> Result<(), WriteError> {
        let Some(folder) = &self.0 else { return Ok(()) };
        let path = folder.join(name);
        let failed = |cause| WriteError::Failed { file: path.clone(), cause };
        private::make_folder(folder).map_err(failed)?;
        let bytes = serde_json::to_vec_pretty(what).map_err(|error| failed(error.into()))?;
        write_private(&path, &bytes)
    }
}
