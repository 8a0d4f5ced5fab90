//! Where a user is: what the window shows, and the cell the cursor is in. Moves nothing.

use crate::model::{ColumnId, Role, Row, RowId, RowKind, Table, TableId};

/// What the middle of the window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Summary,
    Table(TableId),
}

/// What stands in the pane on the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    Details,
    Notes,
}

/// The cell the user is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub table: TableId,
    pub row: RowId,
    /// `None` in a section, whose words are not in columns.
    pub column: Option<ColumnId>,
}

/// The cursor in a row, in a column that its kind of row shows.
pub(super) fn cursor_in(table: &Table, row: &Row, column: Option<ColumnId>) -> Cursor {
    let at = column.and_then(|id| table.column_position(id));
    let at = match row.kind {
        RowKind::Section => None,
        RowKind::Group => at
            .filter(|&at| matches!(table.columns[at].role, Some(Role::Ref | Role::Action)))
            .or_else(|| table.role_position(Role::Action))
            .or(Some(0)),
        RowKind::Entry | RowKind::Line | RowKind::Total => at.or(Some(0)),
    };
    Cursor { table: table.id, row: row.id, column: at.and_then(|at| table.columns.get(at)).map(|column| column.id) }
}
