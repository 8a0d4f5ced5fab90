//! What a journal says of a document, and the document and its history made of that again. Touches no file.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    edit::{Event, History},
    model::Document,
    notes::Note,
    store::{Kept, Session, StoreError, document_bytes},
};

/// The notes of the reading, by how many steps were done when they came.
pub(crate) type NotesFrom = BTreeMap<usize, Arc<Vec<Note>>>;

/// One thing a journal says after the document it begins with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Entry {
    /// The steps there were when it began.
    History(History),
    /// Notes, and after how many steps they came.
    Notes(usize, Arc<Vec<Note>>),
    Event(Event),
}

impl Entry {
    /// It as a record; nothing where it would not be read again, as a number that JSON has no word for is not.
    pub(crate) fn record(&self) -> Option<Vec<u8>> {
        let bytes = serde_json::to_vec(self).ok()?;
        let doubtful = bytes.windows(4).any(|four| four == b"null");
        (!doubtful || serde_json::from_slice::<Self>(&bytes).is_ok()).then_some(bytes)
    }
}

/// A document with its history, as a journal holds it.
#[derive(Debug)]
pub struct Replayed {
    pub session: Session,
    pub document: Document,
    pub history: History,
    pub notes_from: NotesFrom,
    /// Whether some of it could not be read.
    pub torn: bool,
}

impl Replayed {
    /// Makes happen again what was kept, as far as it can be read.
    #[must_use]
    pub fn of(kept: Kept) -> Self {
        let mut replayed = Self {
            session: kept.session,
            document: kept.document,
            history: History::default(),
            notes_from: BTreeMap::from([(0, Arc::new(kept.notes))]),
            torn: kept.torn,
        };
        for record in kept.events {
            match serde_json::from_slice(&record) {
                Ok(Entry::History(history)) => replayed.history = history,
                Ok(Entry::Notes(from, notes)) => drop(replayed.notes_from.insert(from, notes)),
                Ok(Entry::Event(event)) => {
                    if let Event::Made { .. } = event {
                        let depth = replayed.history.depth();
                        replayed.notes_from.retain(|from, _| *from <= depth);
                    }
                    replayed.history.replay(&mut replayed.document, event);
                }
                // A newer version may have written what this one does not know; what follows may rest on it.
                Err(_) => {
                    replayed.torn = true;
                    break;
                }
            }
        }
        replayed
    }

    /// The notes that are shown of it now.
    #[must_use]
    pub fn notes(&self) -> Arc<Vec<Note>> {
        self.notes_from.range(..=self.history.depth()).next_back().map(|(_, notes)| notes.clone()).unwrap_or_default()
    }

    /// The bytes and records of a journal that begins with it.
    ///
    /// # Errors
    /// When the document cannot be written as JSON.
    pub fn snapshot_records(&self) -> Result<(Vec<u8>, Vec<Vec<u8>>), StoreError> {
        snapshot_records(&self.document, &self.history, &self.notes_from)
    }
}

/// The bytes and records of a journal that begins with a document and its history.
///
/// # Errors
/// When the document cannot be written as JSON.
pub(crate) fn snapshot_records(
    document: &Document,
    history: &History,
    notes_from: &NotesFrom,
) -> Result<(Vec<u8>, Vec<Vec<u8>>), StoreError> {
    let first = notes_from.get(&0).cloned().unwrap_or_default();
    // Notes are kept apart from the document, which leaves out those of rows that undo may bring back.
    let notes = notes_from.iter().map(|(from, notes)| Entry::Notes(*from, notes.clone()));
    // Without steps that cannot be written, the document is still there.
    let steps = Entry::History(history.clone()).record();
    let records = steps.into_iter().chain(notes.filter_map(|notes| notes.record())).collect();
    Ok((document_bytes(document, &first)?, records))
}
