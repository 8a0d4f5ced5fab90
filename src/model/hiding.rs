//! What of a table its owner hid in the workbook beside whole columns and single rows, where its rows come from several sheets.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ColumnId;

/// A sheet that is hidden, or a column that is hidden on one of the sheets alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hiding {
    pub sheet: Arc<str>,
    /// None for the whole sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnId>,
}
