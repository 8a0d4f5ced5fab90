//! Which frozen return each document is compared with, where its user chose one. Remembers its name and days, never what is in it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Folder, RecentlyUsed, WriteError, recently_used::Remembered};
use crate::model::FrozenReturn;

/// The return that one document is compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    document: String,
    name: String,
    as_at: Option<Date>,
}

impl Remembered for Baseline {
    const FILE: &'static str = "baselines.json";
    const MOST: usize = 50;

    fn replaces(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

/// The returns that were chosen, the newest first.
pub type Baselines = RecentlyUsed<Baseline>;

impl Baselines {
    /// The return that a document is compared with: the one that was chosen, as long as it is there, or else the last.
    #[must_use]
    pub fn of<'frozen>(&self, document: &str, frozen: &'frozen [FrozenReturn]) -> Option<&'frozen FrozenReturn> {
        let chosen = self.all().iter().find(|known| known.document == document);
        let found =
            chosen.and_then(|chosen| frozen.iter().rev().find(|frozen| *frozen.name == *chosen.name && frozen.as_at == chosen.as_at));
        found.or(frozen.last())
    }

    /// Remembers the return that a document is compared with; `None` for the last one, whichever that will be.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set(&mut self, folder: &Folder, document: &str, frozen: Option<&FrozenReturn>) -> Result<(), WriteError> {
        match frozen {
            Some(frozen) => self.put(Baseline { document: document.to_owned(), name: frozen.name.to_string(), as_at: frozen.as_at }),
            None => self.forget(|known| known.document == document),
        }
        self.save(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_that_was_chosen_is_compared_with_while_it_is_there_and_else_the_last() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        let frozen = ["Q1", "Q2", "Q3"].map(|name| FrozenReturn { name: name.into(), ..FrozenReturn::default() });
        let of = |frozen: &[FrozenReturn]| Baselines::load(&folder).of("Plan", frozen).map(|frozen| frozen.name.to_string());
        assert_eq!((of(&frozen).as_deref(), of(&[])), (Some("Q3"), None));
        Baselines::load(&folder).set(&folder, "Plan", Some(&frozen[0])).unwrap();
        assert_eq!((of(&frozen).as_deref(), of(&frozen[1..]).as_deref()), (Some("Q1"), Some("Q3")));
        Baselines::load(&folder).set(&folder, "Plan", None).unwrap();
        assert_eq!(of(&frozen).as_deref(), Some("Q3"));
    }
}
