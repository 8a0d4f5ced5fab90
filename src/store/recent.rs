//! The files opened last, newest first. Remembers names only, never what is in them.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Folder, WriteError};

const NAME: &str = "recent.json";

/// How many files are remembered.
const MOST: usize = 10;

/// The files opened last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recent(Vec<PathBuf>);

impl Recent {
    /// What was remembered; nothing when there is none.
    #[must_use]
    pub fn load(folder: &Folder) -> Self {
        let mut recent: Self = folder.load(NAME);
        recent.0.truncate(MOST);
        recent
    }

    /// The files, newest first.
    #[must_use]
    pub fn files(&self) -> &[PathBuf] {
        &self.0
    }

    /// Puts a file first.
    pub fn add(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.into());
        self.0.retain(|known| *known != path);
        self.0.insert(0, path);
        self.0.truncate(MOST);
    }

    /// Forgets a file, for one that is no longer there.
    pub fn remove(&mut self, path: &Path) {
        self.0.retain(|known| known != path);
    }

    /// Remembers the list for the next run.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Folder) -> Result<(), WriteError> {
        folder.save(NAME, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_are_remembered_once_each_newest_first() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(&temporary.path().join("not yet there"));
        let path = |number: u32| temporary.path().join(format!("{number}.xlsx"));
        let mut recent = Recent::load(&folder);
        assert!(recent.files().is_empty());
        for number in (1..=12).chain([5]) {
            recent.add(&path(number));
        }
        recent.save(&folder).unwrap();
        let loaded = Recent::load(&folder);
        assert_eq!(loaded.files(), [5, 12, 11, 10, 9, 8, 7, 6, 4, 3].map(path));
    }

    #[test]
    fn a_damaged_list_is_an_empty_one() {
        let temporary = tempfile::tempdir().unwrap();
        std::fs::write(temporary.path().join(NAME), "{oops").unwrap();
        assert_eq!(Recent::load(&Folder::at(temporary.path())), Recent::default());
        assert!(Recent::default().save(&Folder::nowhere()).is_ok());
    }
}
