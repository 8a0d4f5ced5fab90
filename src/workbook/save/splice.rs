//! The rows of large pages put into the package the library wrote, packed while they are written. Changes no other part.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use super::{
    large::{LargePage, SheetText},
    shared::{SharedTexts, TextList},
};
use crate::workbook::{
    archive::Archive,
    package::part_key,
    packed::{PackError, packed_parts},
    row_heights::RowHeight,
};

const TEXTS: &str = "xl/sharedStrings.xml";

/// The package with the rows of its large pages, as high as is said of each page, and their texts. `go_on` is told how many of their rows are written, and stops it by
/// answering `false`.
///
/// # Errors
/// When it is stopped, or the package is not as the library writes it.
pub(super) fn with_rows(
    package: Vec<u8>,
    large: &[LargePage<'_>],
    (texts, heights): (SharedTexts<'_>, &[Vec<RowHeight>]),
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Vec<u8>, PackError> {
    if large.is_empty() {
        return Ok(package);
    }
    let archive = Archive::read(&package).map_err(|_| PackError::Failed)?;
    let part = |name: &str| {
        let bytes = archive.part(name).ok().flatten();
        bytes.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(PackError::Failed)
    };
    let names: Vec<String> = large.iter().map(|large| format!("xl/worksheets/sheet{}.xml", large.place + 1)).collect();
    let parts = names.iter().map(|name| part(name)).collect::<Result<Vec<String>, _>>()?;
    // Where no cell has a text there may be no list of them.
    let library_texts = if texts.is_empty() { String::new() } else { part(TEXTS)? };
    let (list, first_text) = match texts.is_empty() {
        true => (None, 0),
        false => texts.behind(&library_texts).map(|(list, first)| (Some(list), first)).ok_or(PackError::Failed)?,
    };
    let sheets = large.iter().zip(&parts).map(|(large, part)| SheetText::new(large, part, first_text, &heights[large.place]));
    let sheets = sheets.collect::<Option<Vec<_>>>().ok_or(PackError::Failed)?;
    let counts: Vec<usize> = sheets.iter().map(SheetText::pieces).chain(list.iter().map(TextList::pieces)).collect();
    let rows = AtomicUsize::new(0);
    let make = |part: usize, piece: usize, into: &mut Vec<u8>| match sheets.get(part) {
        Some(sheet) => {
            rows.fetch_add(sheet.write(piece, into), Ordering::Relaxed);
        }
        None => list.iter().for_each(|list| list.write(piece, into)),
    };
    let packed = packed_parts(&counts, &make, &mut || go_on(rows.load(Ordering::Relaxed)))?;
    let keys = names.iter().map(String::as_str).chain([TEXTS]).map(part_key);
    archive.with_packed(&keys.zip(packed).collect::<HashMap<_, _>>(), &HashSet::new()).map_err(|_| PackError::Failed)
}
