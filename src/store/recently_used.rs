//! Lists of what was used last, newest first and each once, as files beside the program: recent files, mappings, views, returns.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Folder, WriteError};

/// What a list of recently used things holds.
pub trait Remembered: Serialize + DeserializeOwned {
    /// The name of the list's file.
    const FILE: &'static str;
    /// How many are remembered.
    const MOST: usize;

    /// Whether another one is about the same thing, so that only the newer one is remembered.
    fn replaces(&self, other: &Self) -> bool;
}

/// What was used last, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecentlyUsed<T>(Vec<T>);

impl<T> Default for RecentlyUsed<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Remembered> RecentlyUsed<T> {
    /// What was remembered; nothing when there is none, or the file is damaged.
    #[must_use]
    pub fn load(folder: &Folder) -> Self {
        let mut list: Self = folder.load(T::FILE);
        list.0.truncate(T::MOST);
        list
    }

    /// All of it, newest first.
    #[must_use]
    pub fn all(&self) -> &[T] {
        &self.0
    }

    /// Puts one first, in place of what is about the same thing.
    pub fn put(&mut self, used: T) {
        self.0.retain(|known| !used.replaces(known));
        self.0.insert(0, used);
        self.0.truncate(T::MOST);
    }

    /// Forgets those that a test holds of.
    pub fn forget(&mut self, mut goes: impl FnMut(&T) -> bool) {
        self.0.retain(|known| !goes(known));
    }

    /// Remembers the list for the next run.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Folder) -> Result<(), WriteError> {
        folder.save(T::FILE, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Remembered for (u32, String) {
        const FILE: &'static str = "list.json";
        const MOST: usize = 10;

        fn replaces(&self, other: &Self) -> bool {
            self.0 == other.0
        }
    }

    #[test]
    fn the_last_ten_are_remembered_once_each_newest_first() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(&temporary.path().join("not yet there"));
        let mut list = RecentlyUsed::load(&folder);
        assert!(list.all().is_empty());
        for number in (1..=12).chain([5]) {
            list.put((number, format!("{number}th")));
        }
        list.forget(|(number, _)| *number == 11);
        list.save(&folder).unwrap();
        let loaded = RecentlyUsed::<(u32, String)>::load(&folder);
        assert_eq!(loaded.all().iter().map(|(number, _)| *number).collect::<Vec<_>>(), [5, 12, 10, 9, 8, 7, 6, 4, 3]);
    }

    #[test]
    fn a_damaged_list_is_an_empty_one() {
        let temporary = tempfile::tempdir().unwrap();
        std::fs::write(temporary.path().join("list.json"), "{oops").unwrap();
        let list = RecentlyUsed::<(u32, String)>::load(&Folder::at(temporary.path()));
        assert_eq!(list, RecentlyUsed::default());
        assert!(list.save(&Folder::nowhere()).is_ok());
    }
}
