//! How workbooks were corrected in their import. Remembers headings and places, never what is in the rows.

use super::{RecentlyUsed, recently_used::Remembered};
use crate::layouts::Mapping;

/// The mappings remembered, newest first.
pub type Mappings = RecentlyUsed<Mapping>;

impl Remembered for Mapping {
    const FILE: &'static str = "mappings.json";
    const MOST: usize = 50;

    fn replaces(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
