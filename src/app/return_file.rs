//! Where a return is written: never over the workbook of its plan, and over no other file unasked. Makes no return.

use std::path::Path;

use super::{
    overwrite::{Why, may_replace},
    own_file::Unwritten,
};
use crate::{
    model::Document,
    store::{self, Fingerprint},
};

/// What is said where a return would take the place of the workbook that its plan was read from.
pub(super) fn own_workbook_words(path: &Path) -> String {
    format!("{}: this plan was read from it, and a return never takes its place. Choose another name.", store::shortened(path))
}

/// Whether a return may take the place of a file: of one's own earlier one, and never of one that was frozen.
///
/// # Errors
/// What the file is, when it is to be asked about.
pub(super) fn may_take_place(path: &Path, document: &Document) -> Result<(), Why> {
    let held = path.is_file().then(|| Fingerprint::read(path).ok()).flatten();
    if held.is_some_and(|held| document.frozen.iter().any(|frozen| &*frozen.sha256 == held.sha256())) {
        return Err("it is a return that was frozen for an earlier period");
    }
    may_replace(path, &document.identity)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::export::{Wished, export},
        model::FrozenReturn,
    };

    #[test]
    fn an_earlier_return_gives_way_unless_it_was_frozen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("return.xlsx");
        let mut document = Document { identity: "0a1b".into(), ..crate::insight::seed::document() };
        std::fs::write(&path, export(&document, Wished::default(), &mut |_| true).unwrap()).unwrap();
        assert_eq!(may_take_place(&path, &document), Ok(()));
        let sha256 = Fingerprint::read(&path).unwrap().sha256().into();
        document.frozen.push(FrozenReturn { sha256, ..FrozenReturn::default() });
        assert_eq!(may_take_place(&path, &document), Err("it is a return that was frozen for an earlier period"));
    }
}
