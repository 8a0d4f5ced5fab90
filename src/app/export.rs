//! A document to the bytes and the name of its return. Writes no file.

use jiff::civil::Date;

use crate::{
    model::Document,
    returns,
    workbook::{self, SaveError},
};

/// Characters that no file system everywhere takes in a name.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];

/// The longest part of a name taken from the document, in characters.
const LONGEST: usize = 80;

/// The usual return as the bytes of a workbook. `progress` is told how many rows are written and returns false to cancel.
///
/// # Errors
/// When it is more than a workbook holds, or was cancelled.
pub fn export(document: &Document, as_of: Option<Date>, progress: &mut (dyn FnMut(usize) -> bool + Send)) -> Result<Vec<u8>, SaveError> {
    let (pages, properties) = returns::pages(document, as_of);
    workbook::save(&pages, &properties, progress)
}

/// The file name a return is offered under: `Good Neighbours Plan return.xlsx`.
#[must_use]
pub fn return_name(document: &Document) -> String {
    format!("{} return.xlsx", file_stem(document))
}

/// A document's name with only what a file name may hold.
#[must_use]
pub fn file_stem(document: &Document) -> String {
    let allowed = |c: char| if c.is_control() || FORBIDDEN.contains(&c) { ' ' } else { c };
    let words: String = document.name().chars().map(allowed).take(LONGEST).collect();
    let words: Vec<&str> = words.split_whitespace().collect();
    let stem = words.join(" ");
    let stem = stem.trim_matches(['.', ' ']);
    if stem.is_empty() { "Untitled plan".to_owned() } else { stem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Table, TableKind};

    #[test]
    fn names_hold_only_what_a_file_name_may() {
        for (name, expected) in [
            ("Good Neighbours Plan", "Good Neighbours Plan return.xlsx"),
            ("Plan 2017/18: “care”\nand more", "Plan 2017 18 “care” and more return.xlsx"),
            ("../..", "Untitled plan return.xlsx"),
        ] {
            let table = Table { name: name.into(), ..Table::new(TableKind::Plan, Vec::new(), Vec::new()) };
            assert_eq!(return_name(&Document::of(vec![table])), expected);
        }
    }
}
