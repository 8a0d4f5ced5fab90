//! Where the rows, columns and cells of a table stand in the sheet it was read from, in numbers and in words. Moves nothing.

use super::{Row, Table, column_letters, listed, place_of, row_numbers};

impl Table {
    /// The workbook place of a cell, or of its row where no column is given.
    #[must_use]
    pub fn place(&self, row: &Row, column: Option<usize>) -> String {
        let Some((number, place)) = self.source_cell(row, column) else { return format!("{} ({})", self.name, self.name_of(row)) };
        place_of(row.sheet.as_deref().unwrap_or(&self.sheet), number, place)
    }

    /// The zero-based sheet row and column of a cell, or of the first of its row where no column is given; `None` for a row added here.
    #[must_use]
    pub fn source_cell(&self, row: &Row, column: Option<usize>) -> Option<(u32, u32)> {
        let own = row.source.checked_sub(1)?;
        let other = column.and_then(|at| self.columns.get(at)).or(self.columns.first()).map_or(0, |column| column.source);
        Some(if self.turned { (other, own) } else { (own, other) })
    }

    /// Where rows were read from, by their numbers in the sheet: `rows 3 and 5 to 7`; of a table on its side, `columns C and D`.
    #[must_use]
    pub fn sheet_rows(&self, sources: &[u32]) -> String {
        if !self.turned {
            return row_numbers(sources);
        }
        let letters: Vec<String> = sources.iter().map(|source| column_letters(source.saturating_sub(1))).collect();
        format!("{} {}", if letters.len() == 1 { "column" } else { "columns" }, listed(&letters))
    }

    /// What a column is called beside its place in the sheet: `C (“Lead”)`; of a table on its side, by its words alone.
    #[must_use]
    pub fn sheet_column(&self, at: usize) -> String {
        let heading = self.heading(at);
        match self.columns.get(at) {
            Some(column) if !self.turned => format!("{} (“{heading}”)", column_letters(column.source)),
            _ => format!("“{heading}”"),
        }
    }
}
