//! Why a file is not opened, and what a file is called. Opens none.

use std::path::Path;

use thiserror::Error;

use super::blank::UNTITLED;
use crate::{
    store::{ReadError, StoreError},
    workbook,
};

/// Why a file could not be opened: its name, what is wrong and what to do, in one line.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error(transparent)]
    Unread(#[from] ReadError),
    #[error("{name}: {cause}.")]
    Own { name: String, cause: StoreError },
    #[error("{name}: {cause}.")]
    Workbook { name: String, cause: workbook::OpenError },
    #[error("{0}: there is nothing in it. Open the workbook that holds the plan.")]
    Nothing(String),
    #[error("{0}: it is a plandesk file, which keeps no sheets. Choose the workbook it was read from.")]
    NoWorkbook(String),
}

impl OpenError {
    /// Whether its user stopped it, so that nothing need be said.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self, Self::Workbook { cause: workbook::OpenError::Cancelled, .. })
    }
}

/// A path's name without its folder.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// What a document in a file is called: the file's name without its ending.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| UNTITLED.to_owned(), |name| name.to_string_lossy().into_owned())
}
