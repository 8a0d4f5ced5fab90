//! How workbooks were corrected in their import, newest first. Remembers headings and places, never what is in the rows.

use serde::{Deserialize, Serialize};

use super::{Folder, WriteError};
use crate::layouts::Mapping;

const NAME: &str = "mappings.json";

/// How many are remembered.
const MOST: usize = 50;

/// The mappings remembered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mappings(Vec<Mapping>);

impl Mappings {
    /// What was remembered; nothing when there is none.
    #[must_use]
    pub fn load(folder: &Folder) -> Self {
        let mut mappings: Self = folder.load(NAME);
        mappings.0.truncate(MOST);
        mappings
    }

    /// The mappings, newest first.
    #[must_use]
    pub fn all(&self) -> &[Mapping] {
        &self.0
    }

    /// Puts a mapping first, in place of the one of its name.
    pub fn add(&mut self, mapping: Mapping) {
        self.forget(&mapping.name);
        self.0.insert(0, mapping);
        self.0.truncate(MOST);
    }

    /// Forgets the mapping of a name.
    pub fn forget(&mut self, name: &str) {
        self.0.retain(|known| known.name != name);
    }

    /// Remembers them for the next run.
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
    fn the_newest_stand_first_once_each() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let mut mappings = Mappings::load(&folder);
        for number in (0..60).chain([30]) {
            mappings.add(Mapping { name: number.to_string(), ..Mapping::default() });
        }
        mappings.save(&folder).unwrap();
        let mut again = Mappings::load(&folder);
        assert_eq!((again.all().len(), &*again.all()[0].name, &*again.all()[1].name), (MOST, "30", "59"));
        again.forget("30");
        assert_eq!(&*again.all()[0].name, "59");
        std::fs::write(temporary.path().join(NAME), "[{}]").unwrap();
        assert_eq!(Mappings::load(&folder), Mappings::default());
    }
}
