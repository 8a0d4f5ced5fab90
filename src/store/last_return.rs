//! What the rows of a document held when its last return was written, as numbers that tell one content from another. Never the content.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Folder, RecentlyUsed, WriteError, recently_used::Remembered};

/// The number of each row's content.
pub type RowMarks = Arc<HashSet<u64>>;

/// What one document's rows held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReturn {
    document: String,
    rows: RowMarks,
}

impl Remembered for LastReturn {
    const FILE: &'static str = "returns.json";
    const MOST: usize = 20;

    fn replaces(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

/// The last returns, the newest first.
pub type Returned = RecentlyUsed<LastReturn>;

impl Returned {
    /// What a document's rows held when its last return was written; `None` when none is known.
    #[must_use]
    pub fn of(&self, document: &str) -> Option<&RowMarks> {
        self.all().iter().find(|known| known.document == document).map(|known| &known.rows)
    }

    /// Remembers what a document's rows hold in the return just written.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set(&mut self, folder: &Folder, document: &str, rows: RowMarks) -> Result<(), WriteError> {
        self.put(LastReturn { document: document.to_owned(), rows });
        self.save(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_return_of_each_document_is_remembered() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let mut returned = Returned::load(&folder);
        assert_eq!(returned.of("Plan"), None);
        for (document, row) in [("Plan", 1), ("Other", 2), ("Plan", u64::MAX)] {
            returned.set(&folder, document, Arc::new(HashSet::from([row]))).unwrap();
        }
        let returned = Returned::load(&folder);
        assert!(returned.of("Plan").unwrap().contains(&u64::MAX) && returned.of("Other").unwrap().contains(&2));
        assert_eq!(returned.all().len(), 2);
    }
}
