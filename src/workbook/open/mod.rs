//! Workbook bytes to grids: tells the format, and has it read. Never follows anything outside the file.

mod cells;
mod text;
mod xlsx;

pub use text::pasted;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{Grid, package::Package};
use crate::notes::{Note, Place, Severity};

/// Why nothing could be read. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("it is not an Excel workbook. Open an .xlsx or .xlsm file, or a .plandesk file")]
    NotAWorkbook,
    #[error("it is protected by a password. Open it in Excel, remove the password under File > Info, and save it again")]
    Password,
    #[error("it is in an older or other spreadsheet format. Open it in Excel and save it as an Excel workbook (.xlsx)")]
    OtherFormat,
    #[error("it is empty. Check that it was copied or downloaded completely")]
    Empty,
    #[error("it is damaged ({0}). Open it in Excel, let Excel repair it, and save it again")]
    Damaged(String),
    #[error("opening was cancelled")]
    Cancelled,
}

/// What is told how much is done, 0 to 1, and returns false to cancel.
pub type Progress<'a> = dyn Fn(f32) -> bool + Sync + 'a;

type Read = Result<(Vec<Grid>, Vec<Note>), OpenError>;

/// Reads every sheet of a file with this name. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When nothing can be read; a single sheet that cannot be read is a note instead.
pub fn open(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Result<(Vec<Grid>, Vec<Note>), OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    // The libraries are trusted with shapes, not with hostility: a panic inside one is a damaged file, not the end of the program.
    catch_unwind(AssertUnwindSafe(|| read(name, bytes, progress)))
        .unwrap_or_else(|_| Err(OpenError::Damaged("a part of it cannot be understood".to_owned())))
}

fn read(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Read {
    if bytes.starts_with(b"PK") {
        let package = Package::open(bytes, &|| progress(0.0))?;
        return xlsx::read(name, package, progress);
    }
    Err(OpenError::NotAWorkbook)
}

/// A hidden sheet's note.
fn hidden_sheet(sheet: &str) -> Note {
    let message = format!("The sheet “{sheet}” is hidden in the workbook; it was read all the same.");
    Note::new(Severity::Info, "hidden_sheet", Place::address(sheet), message, "")
}
