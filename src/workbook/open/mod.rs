//! Workbook bytes to grids: tells the format, and has it read. Never follows anything outside the file.

mod cells;
mod ods;
mod ods_filter;
mod ods_styles;
mod records;
mod separated;
mod sheet_cells;
mod text;
mod xls;
mod xls_filter;
mod xlsb;
mod xlsx;

pub use text::pasted;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{
    RawSheet, keys,
    legacy::Legacy,
    package::{Package, PackageKind},
    password::DEFAULT,
};
use crate::notes::Note;

/// Why nothing could be read. Each message says what is wrong and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("it is not a workbook. Open one from Excel or LibreOffice, a .csv file, or a .plandesk file")]
    NotAWorkbook,
    #[error("it is {0}, not a workbook. Copy the table in it, and paste it here")]
    Document(&'static str),
    #[error("it is protected by a password. Open it in Excel, remove the password under File > Info, and save it again")]
    Password,
    #[error(
        "it is protected in a way that only Excel opens, such as by rights management. Open it in Excel, take the protection off under \
         File > Info, and save it again"
    )]
    Protected,
    #[error("it is in an older or other spreadsheet format. Open it in Excel and save it as an Excel workbook (.xlsx)")]
    OtherFormat,
    #[error("it is a picture, not a workbook. Ask for the workbook it was taken from")]
    Picture,
    #[error("it is empty. Check that it was copied or downloaded completely")]
    Empty,
    #[error("it is damaged ({0}). Open it in Excel, let Excel repair it, and save it again")]
    Damaged(String),
    #[error(
        "it is built in a way no spreadsheet program writes ({0}), so it was not opened. Ask its sender for a fresh copy, saved from Excel"
    )]
    Strange(String),
    #[error("it is larger than can be opened here ({0}). Remove what is not needed from it in Excel, and save it again as .xlsx")]
    TooLarge(String),
    #[error("opening was cancelled")]
    Cancelled,
}

/// What is told how much is done, 0 to 1, and returns false to cancel.
pub(crate) type Progress<'a> = dyn Fn(f32) -> bool + Sync + 'a;

type Read = Result<(Vec<RawSheet>, Vec<Note>), OpenError>;

/// Reads every sheet of a file with this name. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When nothing can be read; a single sheet that cannot be read is a note instead.
pub fn open(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Result<(Vec<RawSheet>, Vec<Note>), OpenError> {
    open_locked(name, bytes, None, progress)
}

/// The same for a file with a password to open.
///
/// # Errors
/// As `open`; `Password` when it has another one.
pub fn open_locked(
    name: &str,
    bytes: &[u8],
    password: Option<&str>,
    progress: &Progress<'_>,
) -> Result<(Vec<RawSheet>, Vec<Note>), OpenError> {
    if bytes.is_empty() {
        return Err(OpenError::Empty);
    }
    // The libraries are trusted with shapes, not with hostility: a panic inside one is a damaged file, not the end of the program.
    let (mut grids, notes) = catch_unwind(AssertUnwindSafe(|| read(name, bytes, password, progress)))
        .unwrap_or_else(|_| Err(OpenError::Damaged("a part of it cannot be understood".to_owned())))?;
    keys::take(&mut grids);
    Ok((grids, notes))
}

fn read(name: &str, bytes: &[u8], password: Option<&str>, progress: &Progress<'_>) -> Read {
    if let Some(error) = refused(bytes) {
        return Err(error);
    }
    if bytes.starts_with(b"PK") {
        return zipped(name, bytes, progress);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        let opened = match (Legacy::open(bytes, DEFAULT), password) {
            (Err(OpenError::Password), Some(password)) => Legacy::open(bytes, password),
            (opened, _) => opened,
        };
        return match opened? {
            Legacy::Records { records, has_macros, properties } => xls::read(name, &records, (has_macros, properties), progress),
            Legacy::Package(zip) => zipped(name, &zip, progress),
        };
    }
    if is_flat(bytes) {
        return ods::read(name, &Package::flat(bytes)?, progress);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_text = match ending.as_str() {
        "csv" | "tsv" | "tab" | "txt" | "psv" => text::looks_like_text(bytes),
        // Many programs call the separated values they write an Excel file.
        "xls" => text::looks_separated(bytes),
        _ => false,
    };
    if is_text { text::read(name, bytes, progress) } else { Err(OpenError::NotAWorkbook) }
}

const WORD: &str = "a Word document";

/// Why bytes that begin in a known way are not read.
fn refused(bytes: &[u8]) -> Option<OpenError> {
    let start = &bytes[..bytes.len().min(1024)];
    let text = start.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(start).trim_ascii_start().to_ascii_lowercase();
    let has = |words: &[u8]| text.windows(words.len()).any(|window| window == words);
    if start.starts_with(b"%PDF") {
        Some(OpenError::Document("a PDF"))
    } else if text.starts_with(b"{\\rtf") {
        Some(OpenError::Document(WORD))
    } else if text.starts_with(b"<?xml") && has(b"excel.sheet") {
        Some(OpenError::OtherFormat)
    } else if text.starts_with(b"<!doctype html") || text.starts_with(b"<html") || text.starts_with(b"<table") {
        Some(OpenError::Document("a web page"))
    } else if start.starts_with(b"\x89PNG") || start.starts_with(&[0xFF, 0xD8, 0xFF]) || start.starts_with(b"GIF8") {
        Some(OpenError::Picture)
    } else if matches!(start, [0x09, 0x00 | 0x02 | 0x04 | 0x08, 0x04 | 0x06 | 0x08, 0x00, ..]) {
        Some(OpenError::OtherFormat)
    } else {
        None
    }
}

/// Whether bytes are an OpenDocument spreadsheet in one text.
fn is_flat(bytes: &[u8]) -> bool {
    const START: usize = 16_384;
    let start = text::decoded(&bytes[..bytes.len().min(START)]);
    let start = start.trim_start();
    (start.starts_with("<?xml") || start.starts_with("<office:document"))
        && start.contains("application/vnd.oasis.opendocument.spreadsheet")
}

/// Reads a zip of whichever kind it is.
fn zipped(name: &str, bytes: &[u8], progress: &Progress<'_>) -> Read {
    let package = Package::open(bytes, &|| progress(0.0))?;
    match package.kind() {
        PackageKind::Xlsx => xlsx::read(name, package, progress),
        PackageKind::Xlsb => xlsb::read(name, &package, progress),
        PackageKind::Ods => ods::read(name, &package, progress),
    }
}
