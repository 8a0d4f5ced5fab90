//! What filled a central body's form before, to fill it again. Remembers what is mapped where, never a value of a plan but the owner's own words.

use super::{RecentlyUsed, recently_used::Remembered};
use crate::central::FormMapping;

/// The mappings of forms remembered, newest first.
pub type FormMappings = RecentlyUsed<FormMapping>;

impl Remembered for FormMapping {
    const FILE: &'static str = "form-mappings.json";
    const MOST: usize = 50;

    fn replaces(&self, other: &Self) -> bool {
        self.sheets == other.sheets
    }
}
