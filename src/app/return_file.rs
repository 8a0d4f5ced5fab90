//! Where a return is written: never over the workbook of its plan, and over no other file unasked. Makes no return.

use std::path::Path;

use super::{overwrite::Why, own_file::Unwritten};
use crate::store::{self, Fingerprint};

/// What is said where a return would take the place of the workbook that its plan was read from.
pub(super) fn own_workbook_words(path: &Path) -> String {
    format!("{}: this plan was read from it, and a return never takes its place. Choose another name.", store::shortened(path))
}

/// Writes a return, unless another file would be lost with it: what that is, when it is to be asked about. One that `replaces` what is there
/// was asked about. `write` is told what is there now, which may be replaced, and nothing that somebody puts there meanwhile.
pub(super) fn unless_taken<T>(
    path: &Path,
    replaces: bool,
    may: impl FnOnce() -> Result<(), Why>,
    write: impl FnOnce(Option<&Fingerprint>) -> Result<T, Unwritten>,
) -> Result<Result<T, Unwritten>, Why> {
    // What cannot be written is not asked about.
    if !replaces && !store::is_read_only(path) {
        may()?;
    }
    let known = Fingerprint::read(path).ok();
    match write(known.as_ref()) {
        Err(Unwritten::Changed(_)) => Err("somebody else saved it while the return was made"),
        done => Ok(done),
    }
}
