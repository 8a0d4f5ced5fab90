//! Moving the columns of the table in view. Makes its edits through `edit` alone.

use super::state::State;
use crate::{
    edit::Change,
    model::{ColumnId, Table},
};

impl State {
    /// Moves the cursor's column past the next one in sight.
    pub(super) fn move_column(&mut self, left: bool) {
        self.put_column(|state, table| state.beside(table, left));
    }

    /// Moves a column to stand before another, or last.
    pub(super) fn place_column(&mut self, column: ColumnId, before: Option<ColumnId>) {
        self.put_column(|_, table| placed(table, column, before));
    }

    fn put_column(&mut self, wanted: impl FnOnce(&Self, &Table) -> Option<(ColumnId, usize)>) {
        let Some(table) = self.table() else { return };
        let wanted = wanted(self, table);
        let Some((column, to)) = wanted else {
            self.prompts.said = "The column cannot go further".to_owned();
            return;
        };
        let name = table.column_position(column).map_or_else(String::new, |at| format!("Move the column {}", table.heading(at)));
        let change = Change::MoveColumn { table: table.id, column, to };
        self.edit(name, vec![change]);
    }

    /// The cursor's column, and the place of the next one in sight on a side.
    fn beside(&self, table: &Table, left: bool) -> Option<(ColumnId, usize)> {
        let column = self.cursor_column()?;
        let at = table.column_position(column)?;
        let view = self.view_of(table);
        let in_sight = |&at: &usize| !view.hides(&table.columns[at]);
        let to = if left { (0..at).rfind(in_sight) } else { (at + 1..table.columns.len()).find(in_sight) };
        Some((column, to?))
    }
}

/// Where a column comes to stand before another, or last; `None` where it stands there already.
fn placed(table: &Table, column: ColumnId, before: Option<ColumnId>) -> Option<(ColumnId, usize)> {
    let at = table.column_position(column)?;
    let before = before.map_or(Some(table.columns.len()), |id| table.column_position(id))?;
    let to = if before > at { before - 1 } else { before };
    (to != at).then_some((column, to))
}
