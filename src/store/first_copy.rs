//! The copy of a workbook as it was before it was first written here. Writes beside it, once, and over nothing.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{WriteError, write};

/// What stands behind the name of the workbook in that of its copy.
const MARK: &str = " (before plandesk, ";

/// Keeps a copy of a workbook beside it, unless there is one already. Tells where it is, if it was made now.
///
/// # Errors
/// When it cannot be written.
pub fn keep_first_copy(workbook: &Path, bytes: &[u8], today: Date) -> Result<Option<PathBuf>, WriteError> {
    let stem = workbook.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let ending = workbook.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let folder = workbook.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let begins = format!("{stem}{MARK}");
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    if names.into_iter().any(|name| name.starts_with(&begins) && name.ends_with(&ending)) {
        return Ok(None);
    }
    let copy = workbook.with_file_name(format!("{begins}{}){ending}", today.strftime("%-d %b %Y")));
    write(&copy, bytes)?;
    Ok(Some(copy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_save_alone_keeps_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let workbook = folder.path().join("Plan.xlsx");
        let today = Date::constant(2026, 11, 26);
        let copy = keep_first_copy(&workbook, b"as it was", today).unwrap().unwrap();
        assert_eq!(copy.file_name().unwrap().to_string_lossy(), "Plan (before plandesk, 26 Nov 2026).xlsx");
        assert_eq!(std::fs::read(&copy).unwrap(), b"as it was");
        assert_eq!(keep_first_copy(&workbook, b"later", today.tomorrow().unwrap()).unwrap(), None);
        assert_eq!(std::fs::read(&copy).unwrap(), b"as it was");
        assert!(keep_first_copy(&folder.path().join("Plan.xlsm"), b"another", today).unwrap().is_some());
    }
}
