//! Whether a file that is there may be replaced by what is written: one's own earlier one, and no other unasked. Writes nothing.

use std::path::Path;

use super::export::Format;
use crate::{
    paper,
    store::{self, ENDING, ReadError},
    workbook::{self, Origin},
};

/// Why a file is not replaced unasked: what it is, in words that follow its name.
pub(crate) type Why = &'static str;

/// Whether a file may be written: there is none, or it was written from the same document before and nobody saved it since.
///
/// # Errors
/// What the file is, when it is to be asked about.
pub(crate) fn may_replace(path: &Path, identity: &str) -> Result<(), Why> {
    // What cannot be written at all is said by the writing.
    if !path.is_file() {
        return Ok(());
    }
    let bytes = match store::read(path) {
        Ok(bytes) => bytes,
        // Nothing is lost with a file that holds nothing.
        Err(ReadError::Empty(_)) => return Ok(()),
        Err(_) => return Err("a file of this name is already there"),
    };
    let own = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    let same = |of: &str| !identity.is_empty() && of == identity;
    if own {
        return match store::converted_from(&bytes) {
            Some(of) if same(&of) => Ok(()),
            Some(_) => Err("it was written from another document"),
            None if store::looks_ours(&bytes) => Err("it was saved by somebody, who may have worked in it"),
            None => Err("a file of this name is already there, and plandesk did not write it"),
        };
    }
    if Format::of(path) == Format::Pdf {
        return if paper::is_own(&bytes, identity) {
            Ok(())
        } else {
            Err("a file of this name is already there, and it is no PDF that plandesk wrote of this document, or somebody changed it since")
        };
    }
    match workbook::origin(&bytes) {
        Some(Origin { of, changed: false }) if same(&of) => Ok(()),
        Some(Origin { of, changed: true }) if same(&of) => Err("it is an earlier return of this document, but somebody saved it since"),
        Some(_) => Err("it is the return of another document"),
        None => Err("a file of this name is already there, and it is no return written by plandesk"),
    }
}
