//! What is told of kept work besides the document: whose it is, where its user was in it, and what was still being typed.

use std::path::PathBuf;

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Fingerprint;
use crate::model::{ColumnId, RowId, TableId};

/// What is told of kept work besides the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What the document is called.
    pub name: String,
    /// The plandesk file it is saved in.
    pub path: Option<PathBuf>,
    /// False for a document that is only handed on to the window which takes this one's place.
    pub unsaved: bool,
    /// Whether the document itself is, and not only what is being typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<bool>,
    /// When it was kept.
    pub at: DateTime,
    pub table: Option<TableId>,
    pub row: Option<RowId>,
    pub column: Option<ColumnId>,
    /// What that file was when it was read or written last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<Fingerprint>,
    /// The files it was read from, where those are not its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_from: Option<String>,
    /// The workbooks its tables were read from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workbooks: Vec<(TableId, PathBuf)>,
    /// What these were when they were read or written last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(PathBuf, Fingerprint)>,
    /// What was being typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<OpenText>,
}

impl Session {
    /// What is told of work whose own account cannot be read.
    #[must_use]
    pub fn unknown(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            path: None,
            unsaved: true,
            edited: None,
            at: jiff::Zoned::now().datetime(),
            table: None,
            row: None,
            column: None,
            fingerprint: None,
            read_from: None,
            workbooks: Vec::new(),
            files: Vec::new(),
            texts: Vec::new(),
        }
    }
}

/// A text in an editor that is open: work, though no part of the document yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpenText {
    /// In a cell; without a column, in the words of a section, by their position.
    Cell {
        table: TableId,
        row: RowId,
        column: Option<ColumnId>,
        field: usize,
        text: String,
        /// Whether it is typed to find a choice.
        choice: bool,
    },
    /// In a field of the details.
    Detail { table: TableId, row: RowId, column: ColumnId, text: String },
    /// An update to a comment.
    Update { table: TableId, row: RowId, text: String },
    /// In a header field of the summary, by position.
    Header { table: TableId, at: usize, text: String },
    /// The protective marking.
    Marking { text: String },
}
