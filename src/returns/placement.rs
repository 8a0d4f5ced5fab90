//! Where the tables of a return came to stand. Lays nothing out.

use super::parts::Part;

/// A table, or its part on one sheet, and where it came to stand.
pub(crate) struct Placed<'doc> {
    pub part: Part<'doc>,
    /// The name of its sheet as written.
    pub sheet: String,
    pub placement: Placement,
}

/// Where a table came to stand.
pub(crate) struct Placement {
    /// Its first header row, if it has one.
    pub header: Option<u32>,
    /// The first row of what is said above it.
    pub above: u32,
    /// The sheet rows of the labelled values above it.
    pub fields: Vec<u32>,
    /// The sheet row of each row of the table (of a section: its first).
    pub rows: Vec<u32>,
    /// The last row it takes.
    pub last: u32,
    /// The rows below each of its header rows, from the top.
    pub blocks: Vec<Block>,
}

/// A header row and the rows below it, up to the next section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Block {
    pub header: u32,
    /// The last row that is no sum; the header where it has none.
    pub last: u32,
    /// Whether its rows may stand in any order: each is a whole, with no heading among them.
    pub sorts: bool,
}

impl Placement {
    /// Its first row: a section, its headings, or a row where it has neither.
    pub(crate) fn first(&self, part: &Part<'_>) -> u32 {
        self.rows[part.rows.clone()].first().copied().into_iter().chain(self.header).min().unwrap_or(self.last)
    }
}
