//! Why a file is not opened, and what a file is called. Opens none.

use std::path::Path;

use thiserror::Error;

use super::{
    blank::UNTITLED,
    passwords::{NeedsPassword, PASSWORD_VARIABLE},
};
use crate::{
    store::{self, ReadError, StoreError},
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
    #[error("{}: {}.", store::shortened(&.0.path), locked_words(.0.wrong))]
    NeedsPassword(NeedsPassword),
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

/// Why a workbook with a password is not opened, and what to do.
fn locked_words(wrong: bool) -> String {
    let what = if wrong { "this is not its password" } else { "it is protected by a password" };
    format!("{what}. Type it when plandesk asks for it, or give it to a subcommand in {PASSWORD_VARIABLE}")
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
