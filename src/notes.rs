//! What the program noticed: each note has a code, a severity, a place and a next step. Never shows anything itself.

use serde::{Deserialize, Serialize};

use crate::model::{ColumnId, RowId, Table, TableId};

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Info,
    /// Something does not add up.
    Warning,
    /// Something could not be read or kept.
    Problem,
}

/// Where a note points to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As a workbook address (`Action Plan!D19`), a sheet, or a file.
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnId>,
}

impl Place {
    /// A place that is no cell of a table.
    #[must_use]
    pub fn address(address: impl Into<String>) -> Self {
        Self { address: address.into(), ..Self::default() }
    }

    /// A cell of a table, by positions.
    #[must_use]
    pub fn cell(table: &Table, row: usize, column: usize) -> Self {
        Self {
            column: table.columns.get(column).map(|c| c.id),
            address: table.place(&table.rows[row], Some(column)),
            ..Self::row(table, row)
        }
    }

    /// A row of a table, by position.
    #[must_use]
    pub fn row(table: &Table, row: usize) -> Self {
        let row = &table.rows[row];
        Self { address: table.place(row, None), table: Some(table.id), row: Some(row.id), column: None }
    }

    /// A whole table.
    #[must_use]
    pub fn table(table: &Table) -> Self {
        Self { table: Some(table.id), ..Self::address(&table.sheet) }
    }
}

/// One thing noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub severity: Severity,
    /// A stable name such as `overdue`, for scripts.
    pub code: String,
    pub place: Place,
    /// The other place it speaks of, where two places do not agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Place>,
    /// One plain sentence.
    pub message: String,
    /// What to do about it; empty when there is nothing to do.
    #[serde(default)]
    pub hint: String,
}

impl Note {
    /// A note of a severity and a code at a place.
    #[must_use]
    pub fn new(severity: Severity, code: &str, place: Place, message: impl Into<String>, hint: &str) -> Self {
        Self { severity, code: code.to_owned(), place, also: None, message: message.into(), hint: hint.to_owned() }
    }

    /// The same note with the other place it speaks of.
    #[must_use]
    pub fn and(self, place: Place) -> Self {
        Self { also: Some(place), ..self }
    }
}
