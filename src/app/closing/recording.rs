//! What recording a period puts into a table: which column, and what into which rows. Makes changes for `edit`, never makes them.

use std::collections::HashMap;

use super::sequence::{Headed, Sequence, Spot};
use crate::{
    edit::Change,
    model::{Cell, Column, ColumnId, Document, Role, Row, RowId, Stored, Table, TableId, Value, kinds::Kind, show_number},
};

/// The width of a new column beside none that could be followed, in points.
const WIDTH: f32 = 88.0;

/// A period that is to be recorded in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    pub table: TableId,
    /// What the table is called.
    pub name: String,
    /// What the column is headed.
    pub heading: String,
    pub place: Place,
    pub values: Vec<Recorded>,
    /// What is left blank, and why; what else is worth knowing.
    pub left: Vec<String>,
}

/// Where a period is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a new column beside another.
    New { beside: ColumnId, before: bool },
    /// In an empty column that is there for it.
    Ready(ColumnId),
    /// Over what a column of this period holds.
    Over(ColumnId),
}

/// A value that is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded {
    pub row: RowId,
    /// What its row is called.
    pub label: String,
    /// What stands there now.
    pub before: String,
    pub cell: Cell,
}

impl Recorded {
    /// Whether it stands there already.
    #[must_use]
    pub fn is_there(&self) -> bool {
        *self.cell.text == *self.before
    }
}

impl Recording {
    /// Whether all of it is there already.
    #[must_use]
    pub fn is_there(&self) -> bool {
        matches!(self.place, Place::Over(_)) && self.values.iter().all(Recorded::is_there)
    }

    /// Whether values that are there give way to others.
    #[must_use]
    pub fn replaces(&self) -> bool {
        matches!(self.place, Place::Over(_)) && !self.is_there()
    }

    /// The edits that record it in a document as it is now.
    #[must_use]
    pub(in crate::app) fn changes(&self, document: &Document) -> Vec<Change> {
        let Some(table) = document.table(self.table) else { return Vec::new() };
        match self.place {
            Place::Ready(column) | Place::Over(column) => {
                let put = |value: &Recorded| Change::SetCell { table: table.id, row: value.row, column, cell: value.cell.clone() };
                self.values.iter().filter(|value| !value.is_there()).map(put).collect()
            }
            Place::New { beside, before } => {
                let Some(at) = table.column_position(beside).map(|at| at + usize::from(!before)) else { return Vec::new() };
                let values: HashMap<RowId, &Cell> = self.values.iter().map(|value| (value.row, &value.cell)).collect();
                let value = |row: &Row| values.get(&row.id).map(|cell| (*cell).clone());
                let fits = |row: &&Row| row.cells.len() >= at && row.fields.is_empty();
                let cells = table.rows.iter().filter(fits).map(|row| value(row).unwrap_or_default()).collect();
                vec![Change::InsertColumn { table: table.id, at, column: self.column(table, beside), cells }]
            }
        }
    }

    /// The new column, which looks like the one beside it where that is of a period too.
    fn column(&self, table: &Table, beside: ColumnId) -> Column {
        let like = table.columns.iter().find(|column| column.id == beside);
        let like_period = like.filter(|column| column.role == Some(Role::Period));
        Column {
            id: table.next_column_id(),
            heading: self.heading.as_str().into(),
            role: Some(Role::Period),
            kind: like_period.map_or(Kind::Figure, |column| column.kind),
            width: like_period.map_or(WIDTH, |column| column.width),
            source: like.map_or(0, |column| column.source),
            ..Column::default()
        }
    }
}

/// The columns of a table that are of periods, each filled where one of some rows is.
pub(super) fn sequence_of(
    table: &Table,
    columns: impl Iterator<Item = usize>,
    is_filled: impl Fn(&Cell) -> bool,
    rows: &[usize],
) -> Sequence {
    let headed = |at: usize| {
        let filled = rows.iter().any(|row| table.rows[*row].cells.get(at).is_some_and(&is_filled));
        Headed { column: table.columns[at].id, heading: table.heading(at), filled }
    };
    Sequence::of(columns.map(headed).collect())
}

/// Where a heading is recorded in a table.
///
/// # Errors
/// Where a column would have to be added that its workbook cannot take: why, and what to do.
pub(super) fn place(table: &Table, spot: Option<Spot>, in_workbook: bool) -> Result<Place, &'static str> {
    match spot {
        Some(Spot::There { column, filled: false }) => Ok(Place::Ready(column)),
        Some(Spot::There { column, filled: true }) => Ok(Place::Over(column)),
        Some(Spot::Beside { column, before }) => match no_new_column(table, in_workbook) {
            Some(why) => Err(why),
            None => Ok(Place::New { beside: column, before }),
        },
        None => Err("it has no column that a period could stand beside"),
    }
}

/// Why the workbook of a table takes no new column.
fn no_new_column(table: &Table, in_workbook: bool) -> Option<&'static str> {
    if !in_workbook {
        return None;
    }
    if table.turned {
        return Some("its periods are rows of the sheet, and no row is added there. Add the row in Excel, then open the workbook again");
    }
    if table.rows.iter().any(|row| row.sheet.is_some()) {
        return Some("it stands on several sheets, which take no new column. Add the column in Excel, then open the workbook again");
    }
    let made_here = table.heading_row == 0 && table.rows.iter().all(|row| row.source == 0);
    made_here.then_some("it was counted here from sheets of the workbook and stands on none of them")
}

/// A number as the cells of a column hold theirs: in the format of one of them.
pub(super) fn like(kind: Kind, format: Option<&str>, number: f64) -> Cell {
    let Some(format) = format else { return kind.enter(&number.to_string()) };
    kind.read(show_number(number, format).into(), Some(Stored { number, format: format.into() }))
}

/// What stands in a cell, where a value can be put there.
pub(super) fn held(table: &Table, row: usize, column: Option<ColumnId>) -> Option<&Cell> {
    let at = table.column_position(column?)?;
    table.rows.get(row)?.cells.get(at).filter(|cell| cell.value != Value::Merged)
}

impl Place {
    /// The column that is there.
    #[must_use]
    pub fn column(self) -> Option<ColumnId> {
        match self {
            Self::New { .. } => None,
            Self::Ready(column) | Self::Over(column) => Some(column),
        }
    }
}
