//! What is noted on the cells of a table. Finds no notes itself.

use super::Workspace;
use crate::{
    model::{ColumnId, RowId, Table},
    notes::{Place, Severity},
};

/// What is noted on a cell, or on a row where it has no column.
#[derive(Clone, Copy, Debug)]
pub struct CellNote<'a> {
    pub row: RowId,
    pub column: Option<ColumnId>,
    pub severity: Severity,
    pub words: &'a str,
}

impl Workspace {
    /// Everything noted on a table's cells: the program's notes, what is hidden in the workbook, and the remarks attached there.
    pub fn noted<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = CellNote<'a>> {
        let found = self.insight.notes.iter().chain(&*self.read_notes).filter(|note| note.place.table == Some(table.id));
        let found = found.flat_map(|note| {
            let of =
                |place: &Place| Some(CellNote { row: place.row?, column: place.column, severity: note.severity, words: &note.message });
            note.places().filter_map(of)
        });
        let first = table.columns.first().map(|column| column.id);
        let hidden = table.rows.iter().filter(|row| row.hidden).map(move |row| CellNote {
            row: row.id,
            column: first,
            severity: Severity::Info,
            words: "This row is hidden in its workbook",
        });
        let remarks = table.remarks.iter().map(|remark| CellNote {
            row: remark.row,
            column: Some(remark.column),
            severity: Severity::Info,
            words: &remark.text,
        });
        found.chain(hidden).chain(remarks)
    }
}
