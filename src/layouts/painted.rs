//! The colours of cells by their places, kept while the cells themselves are taken out of a sheet.

/// Colours by sheet row and column, in reading order.
#[derive(Debug, Default)]
pub(super) struct Painted(pub Vec<((u32, u16), u32)>);

impl Painted {
    /// The colour of a cell.
    pub(super) fn get(&self, row: u32, column: u16) -> Option<u32> {
        self.0.binary_search_by_key(&(row, column), |(place, _)| *place).ok().map(|at| self.0[at].1)
    }
}
