//! An older workbook as the return that a newer one is held against. Reads no file.

use std::path::Path;

use super::open::Opened;
use crate::{
    insight::{AsOf, Insight, freeze},
    model::FrozenReturn,
    publish,
};

/// How a file that was opened stands, each plan judged at its own review date. It is called by the last return frozen in it, or else by its
/// file. What its owner hid is in it only where the return that is held against it has that too.
pub(super) fn of_opened(opened: &Opened, file: &Path, with_hidden: bool) -> FrozenReturn {
    let seen = publish::seen(&opened.document);
    let document = if with_hidden { &opened.document } else { &*seen };
    let stem = file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let frozen = freeze(document, &Insight::of(document, AsOf::default()), AsOf::default(), &stem);
    FrozenReturn { has_ids: false, with_hidden, ..frozen }
}
