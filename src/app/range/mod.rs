//! What is selected, as a rectangle between two corners, and which cells of a table it holds. Changes nothing.

pub mod fill;
pub mod html;
pub mod paste;
pub mod put;
pub mod tally;
pub mod tsv;

use std::ops::Range;

use super::cursor::Cursor;
use crate::model::{Cell, ColumnId, Role, RowId, RowKind, Table, TableId, Value};

/// Cells on their way to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// As worksheets exchange them.
    pub text: String,
    /// As a table with the colours of its statuses.
    pub html: String,
    pub(super) rows: tsv::Block,
}

/// A place in the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Corner {
    pub row: RowId,
    pub column: ColumnId,
}

/// How far a selection reaches beyond its corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The cells between its corners.
    Cells,
    /// Whole rows.
    Rows,
    /// Whole columns.
    Columns,
    /// The whole table.
    All,
}

/// More than the cursor's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub table: TableId,
    /// Where it was begun.
    pub from: Corner,
    /// The corner that Shift and the pointer move.
    pub to: Corner,
    pub reach: Reach,
}

/// The rows and columns of a selection, by position. Every question of which row comes after which is answered here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
}

impl Selection {
    /// Its rows and columns as they stand now; `None` when a corner is gone.
    #[must_use]
    pub fn area(&self, table: &Table) -> Option<Area> {
        if table.id != self.table || table.rows.is_empty() || table.columns.is_empty() {
            return None;
        }
        let ordered = |a: usize, b: usize| a.min(b)..a.max(b) + 1;
        let rows = ordered(table.position(self.from.row)?, table.position(self.to.row)?);
        let columns = ordered(table.column_position(self.from.column)?, table.column_position(self.to.column)?);
        let (all_rows, all_columns) = (0..table.rows.len(), 0..table.columns.len());
        Some(match self.reach {
            Reach::Cells => Area { rows, columns }.whole(table),
            Reach::Rows => Area { rows, columns: all_columns }.whole(table),
            Reach::Columns => Area { rows: all_rows, columns },
            Reach::All => Area { rows: all_rows, columns: all_columns },
        })
    }
}

impl Area {
    /// The one cell at a position, with the lines it reaches down over.
    #[must_use]
    pub fn of_cell(table: &Table, row: usize, column: usize) -> Self {
        Self { rows: row..row + 1, columns: column..column + 1 }.whole(table)
    }

    /// The same with no merged cell cut.
    fn whole(mut self, table: &Table) -> Self {
        let cut = |row: usize| {
            let held = table.rows.get(row).filter(|held| held.kind == RowKind::Line);
            held.is_some_and(|held| self.columns.clone().any(|at| held.cells.get(at).is_some_and(|cell| cell.value == Value::Merged)))
        };
        while self.rows.start > 0 && cut(self.rows.start) {
            self.rows.start -= 1;
        }
        while cut(self.rows.end) {
            self.rows.end += 1;
        }
        self
    }

    /// Whether a cell is in it.
    #[must_use]
    pub fn contains(&self, row: usize, column: usize) -> bool {
        self.rows.contains(&row) && self.columns.contains(&column)
    }

    /// Whether it is no more than one cell.
    #[must_use]
    pub fn is_one(&self, table: &Table) -> bool {
        self.columns.len() == 1 && *self == Self::of_cell(table, self.rows.start, self.columns.start)
    }

    /// The positions of its cells, row by row. Approaches have none, a group has its ref and its words.
    #[must_use]
    pub fn cells<'a>(&'a self, table: &'a Table) -> impl DoubleEndedIterator<Item = (usize, usize)> + 'a {
        let row = move |row: usize| self.columns.clone().filter(move |&column| holds(table, row, column)).map(move |column| (row, column));
        self.rows.clone().flat_map(row)
    }

    /// The positions of the cells that something is put into: the sums below a table are written over only one at a time.
    #[must_use]
    pub fn open<'a>(&'a self, table: &'a Table) -> impl DoubleEndedIterator<Item = (usize, usize)> + 'a {
        let several = self.rows.len() > 1;
        self.cells(table).filter(move |&(row, _)| !several || table.rows[row].kind != RowKind::Total)
    }

    /// The positions of the rows that have a cell in its columns.
    #[must_use]
    pub fn lines<'a>(&'a self, table: &'a Table) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.rows.clone().filter(move |&row| self.columns.clone().any(|column| holds(table, row, column)))
    }

    /// A selection of exactly these cells.
    #[must_use]
    pub fn selection(&self, table: &Table) -> Option<Selection> {
        let corner = |row: usize, column: usize| Some(Corner { row: table.rows.get(row)?.id, column: table.columns.get(column)?.id });
        let from = corner(self.rows.start, self.columns.start)?;
        let to = corner(self.rows.end.checked_sub(1)?, self.columns.end.checked_sub(1)?)?;
        Some(Selection { table: table.id, from, to, reach: Reach::Cells })
    }
}

/// Whether a row has a cell of its own in a column.
#[must_use]
pub fn holds(table: &Table, row: usize, column: usize) -> bool {
    let held = &table.rows[row];
    match held.kind {
        RowKind::Section => false,
        RowKind::Group => matches!(table.columns[column].role, Some(Role::Ref | Role::Action)),
        RowKind::Entry | RowKind::Line | RowKind::Total => held.cells.get(column).is_some_and(|cell| cell.value != Value::Merged),
    }
}

/// A cell by position.
#[must_use]
pub fn cell_at(table: &Table, row: usize, column: usize) -> Option<&Cell> {
    table.rows.get(row)?.cells.get(column)
}

/// The cursor in a cell by position.
#[must_use]
pub fn cursor_at(table: &Table, row: usize, column: usize) -> Cursor {
    Cursor { table: table.id, row: table.rows[row].id, column: table.columns.get(column).map(|column| column.id) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Column, Row, TableKind};

    /// An approach, a group, an action whose ref reaches over two lines, another action, and sums.
    fn table() -> Table {
        let column = |at: u32, role| Column { id: ColumnId(at), role: Some(role), ..Column::default() };
        let columns = vec![column(1, Role::Ref), column(2, Role::Status)];
        let row = |id: u32, kind, first| Row {
            id: RowId(id),
            kind,
            cells: if kind == RowKind::Section { Vec::new() } else { vec![first, Cell::text("x")] },
            ..Row::default()
        };
        let rows = vec![
            row(1, RowKind::Section, Cell::default()),
            row(2, RowKind::Group, Cell::text("1")),
            row(3, RowKind::Entry, Cell::text("1.1")),
            row(4, RowKind::Line, Cell::merged()),
            row(5, RowKind::Entry, Cell::text("1.2")),
            row(6, RowKind::Total, Cell::default()),
        ];
        Table::new(TableKind::Plan, columns, rows)
    }

    #[test]
    fn a_selection_cuts_no_merged_cell_and_passes_headings_over() {
        let table = table();
        let area = |from: (u32, u32), to: (u32, u32), reach| {
            let corner = |(row, column)| Corner { row: RowId(row), column: ColumnId(column) };
            Selection { table: table.id, from: corner(from), to: corner(to), reach }.area(&table).unwrap()
        };
        assert_eq!(area((4, 1), (5, 1), Reach::Cells).rows, 2..5);
        assert_eq!(area((3, 2), (3, 1), Reach::Cells), Area { rows: 2..4, columns: 0..2 });
        assert_eq!(area((3, 2), (4, 2), Reach::Cells).rows, 2..4);
        let statuses = area((1, 2), (1, 2), Reach::Columns);
        assert_eq!(statuses.lines(&table).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert_eq!(statuses.open(&table).count(), 3, "the sums are left alone");
        let all = area((1, 1), (1, 1), Reach::All);
        assert_eq!(all.cells(&table).filter(|&(_, column)| column == 0).map(|(row, _)| row).collect::<Vec<_>>(), [1, 2, 4, 5]);
        assert!(Area::of_cell(&table, 2, 0).is_one(&table));
    }
}
