//! The files opened last. Remembers names only, never what is in them.

use std::path::{Path, PathBuf};

use super::{RecentlyUsed, recently_used::Remembered};

/// The files opened last, newest first.
pub type Recent = RecentlyUsed<PathBuf>;

impl Remembered for PathBuf {
    const FILE: &'static str = "recent.json";
    const MOST: usize = 10;

    fn replaces(&self, other: &Self) -> bool {
        self == other
    }
}

impl Recent {
    /// Puts a file first, by its whole name.
    pub fn add(&mut self, path: &Path) {
        self.put(std::path::absolute(path).unwrap_or_else(|_| path.into()));
    }
}
