//! What the rows of a document held when its last return was written, as numbers that tell one content from another. Never the content.

use std::{collections::HashSet, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{Folder, WriteError};

const NAME: &str = "returns.json";

/// How many documents are remembered.
const MOST: usize = 20;

/// The number of each row's content.
pub type RowMarks = Arc<HashSet<u64>>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    document: String,
    rows: RowMarks,
}

/// The last returns, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Returned(Vec<Known>);

impl Returned {
    /// What was remembered; nothing when there is none.
    #[must_use]
    pub fn load(folder: &Folder) -> Self {
        folder.load(NAME)
    }

    /// What a document's rows held when its last return was written; `None` when none is known.
    #[must_use]
    pub fn of(&self, document: &str) -> Option<&RowMarks> {
        self.0.iter().find(|known| known.document == document).map(|known| &known.rows)
    }

    /// Remembers what a document's rows hold in the return just written.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set(&mut self, folder: &Folder, document: &str, rows: RowMarks) -> Result<(), WriteError> {
        self.0.retain(|known| known.document != document);
        self.0.insert(0, Known { document: document.to_owned(), rows });
        self.0.truncate(MOST);
        folder.save(NAME, self)
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
        assert_eq!(returned.0.len(), 2);
    }
}
