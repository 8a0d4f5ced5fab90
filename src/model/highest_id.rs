//! How far the numbers of ids were given out, so that none is given twice. Knows no table and no row.

use serde::{Deserialize, Serialize};

/// The highest number that an id which is gone has had. It only rises, undo included, and is no content: it makes no two things different.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HighestId(u32);

impl PartialEq for HighestId {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl HighestId {
    /// Whether no id has gone yet.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.0 == 0
    }

    /// The highest number.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// Remembers that an id of this number was there.
    pub fn raise(&mut self, number: u32) {
        self.0 = self.0.max(number);
    }

    /// The numbers that neither one of these nor one that is gone has had.
    pub fn free(self, present: impl Iterator<Item = u32>) -> std::ops::RangeFrom<u32> {
        present.fold(self.0, u32::max).saturating_add(1)..
    }
}
