//! The edits there are. Each is small, names its place by id and carries what it puts there.

use serde::{Deserialize, Serialize};

use crate::model::{Cell, Column, ColumnId, FrozenReturn, LooseText, Marking, Remark, Row, RowId, Rule, Scale, Table, TableId};

/// A labelled value outside the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldPlace {
    /// A header field of the table, by position.
    Header(usize),
    /// A section's words, by position.
    Section(RowId, usize),
    /// A line of the summary, by position.
    Summary(usize),
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    SetCell {
        table: TableId,
        row: RowId,
        column: ColumnId,
        cell: Cell,
    },
    SetField {
        table: TableId,
        field: FieldPlace,
        cell: Cell,
    },
    /// Puts in a row that was not there before.
    InsertRow {
        table: TableId,
        at: usize,
        row: Row,
    },
    /// Puts a row back that was taken out, with the rule and the remarks that went with it, each at its place among those of the table.
    PutRowBack {
        table: TableId,
        at: usize,
        row: Row,
        rule: Option<Rule>,
        remarks: Vec<(usize, Remark)>,
    },
    /// Takes a row out, its rule and its remarks with it.
    RemoveRow {
        table: TableId,
        row: RowId,
    },
    MoveRow {
        table: TableId,
        row: RowId,
        to: usize,
    },
    /// Puts the rows in this order; those it does not name come last.
    OrderRows {
        table: TableId,
        rows: Vec<RowId>,
    },
    /// Puts a column in, with a cell for each row that has cells, in row order.
    InsertColumn {
        table: TableId,
        at: usize,
        column: Column,
        cells: Vec<Cell>,
    },
    RemoveColumn {
        table: TableId,
        column: ColumnId,
    },
    MoveColumn {
        table: TableId,
        column: ColumnId,
        to: usize,
    },
    /// What the words of a column of statuses stand for, which changes no cell by itself.
    SetScale {
        table: TableId,
        column: ColumnId,
        scale: Scale,
    },
    /// In points.
    SetWidth {
        table: TableId,
        column: ColumnId,
        width: f32,
    },
    /// The rule a KPI is rated by; `None` for the usual one.
    SetRule {
        table: TableId,
        row: RowId,
        rule: Option<Rule>,
    },
    InsertTable {
        at: usize,
        table: Box<Table>,
    },
    RemoveTable {
        table: TableId,
    },
    /// The texts outside the tables, which an import brings with its tables.
    SetLoose {
        loose: Vec<LooseText>,
    },
    /// The protective marking of the whole document.
    SetMarking(Option<Marking>),
    /// The frozen returns of the whole document.
    SetFrozen(Vec<FrozenReturn>),
}

impl Change {
    /// The table it is in; `None` where it is of the document.
    #[must_use]
    pub fn table(&self) -> Option<TableId> {
        Some(match self {
            Self::SetCell { table, .. }
            | Self::SetField { table, .. }
            | Self::InsertRow { table, .. }
            | Self::PutRowBack { table, .. }
            | Self::RemoveRow { table, .. }
            | Self::MoveRow { table, .. }
            | Self::OrderRows { table, .. }
            | Self::InsertColumn { table, .. }
            | Self::RemoveColumn { table, .. }
            | Self::MoveColumn { table, .. }
            | Self::SetScale { table, .. }
            | Self::SetWidth { table, .. }
            | Self::SetRule { table, .. }
            | Self::RemoveTable { table } => *table,
            Self::InsertTable { table, .. } => table.id,
            Self::SetLoose { .. } | Self::SetMarking(_) | Self::SetFrozen(_) => return None,
        })
    }

    /// The one row it is about, with its table; `None` where it is about none or about all.
    #[must_use]
    pub fn row(&self) -> Option<(TableId, RowId)> {
        match self {
            Self::SetCell { table, row, .. }
            | Self::RemoveRow { table, row }
            | Self::MoveRow { table, row, .. }
            | Self::SetRule { table, row, .. }
            | Self::SetField { table, field: FieldPlace::Section(row, _), .. } => Some((*table, *row)),
            Self::InsertRow { table, row, .. } | Self::PutRowBack { table, row, .. } => Some((*table, row.id)),
            Self::SetField { .. }
            | Self::OrderRows { .. }
            | Self::InsertColumn { .. }
            | Self::RemoveColumn { .. }
            | Self::MoveColumn { .. }
            | Self::SetScale { .. }
            | Self::SetWidth { .. }
            | Self::InsertTable { .. }
            | Self::RemoveTable { .. }
            | Self::SetLoose { .. }
            | Self::SetMarking(_)
            | Self::SetFrozen(_) => None,
        }
    }
}
