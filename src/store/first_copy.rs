//! The copy of a workbook as it was before it was first written here. Writes it once, where its user chose, and over nothing.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{FirstCopy, WriteError, identity, taking_place::keep_mark, write_private};

/// What stands behind the name of the workbook in that of its copy.
const MARK: &str = " (before plandesk, ";
/// So many letters tell workbooks of one name apart where their copies share a folder.
const TOLD_BY: usize = 4;

/// Keeps a copy of a workbook, unless there is one already or none is wanted. Tells where it is, if it was made now.
///
/// # Errors
/// When it cannot be written.
pub fn keep_first_copy(choice: &FirstCopy, workbook: &Path, bytes: &[u8], today: Date) -> Result<Option<PathBuf>, WriteError> {
    let own = workbook.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Plans of several areas are often called the same; each is to be kept.
    let (folder, told) = match choice {
        FirstCopy::None => return Ok(None),
        FirstCopy::Beside => (own.to_path_buf(), String::new()),
        FirstCopy::Folder(folder) => (own.join(folder), format!(" {}", &identity(workbook)[..TOLD_BY])),
    };
    let stem = workbook.file_stem().unwrap_or_default().to_string_lossy();
    let ending = workbook.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let (begins, ends) = (format!("{stem}{MARK}"), format!("){told}{ending}"));
    let names = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    if names.into_iter().any(|name| name.starts_with(&begins) && name.ends_with(&ends)) {
        return Ok(None);
    }
    let copy = folder.join(format!("{begins}{}{ends}", today.strftime("%-d %b %Y")));
    // A folder may take files without listing them.
    if copy.exists() {
        return Ok(None);
    }
    let refused = |cause| WriteError::NoCopy { file: workbook.into(), cause: Box::new(cause) };
    write_private(&copy, bytes).map_err(refused)?;
    be_like(&copy, workbook);
    Ok(Some(copy))
}

/// Gives the copy what its workbook has: who may read it and, on Windows, that it came from elsewhere.
fn be_like(copy: &Path, workbook: &Path) {
    if cfg!(windows) {
        keep_mark(workbook, copy);
    } else if let Ok(about) = std::fs::metadata(workbook) {
        let _ = std::fs::set_permissions(copy, about.permissions());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 26);

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn the_first_save_alone_keeps_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let workbook = folder.path().join("Plan.xlsx");
        let keep = |workbook: &Path, bytes, today| keep_first_copy(&FirstCopy::Beside, workbook, bytes, today).unwrap();
        let copy = keep(&workbook, b"as it was", TODAY).unwrap();
        assert_eq!(copy.file_name().unwrap().to_string_lossy(), "Plan (before plandesk, 26 Nov 2026).xlsx");
        assert_eq!(std::fs::read(&copy).unwrap(), b"as it was");
        assert_eq!(keep(&workbook, b"later", TODAY.tomorrow().unwrap()), None);
        assert_eq!(std::fs::read(&copy).unwrap(), b"as it was");
        assert!(keep(&folder.path().join("Plan.xlsm"), b"another", TODAY).is_some());
    }

    #[test]
    fn it_is_kept_in_a_folder_or_nowhere_where_that_is_chosen() {
        let place = tempfile::tempdir().unwrap();
        let (copies, north, south) = (place.path().join("copies"), place.path().join("north"), place.path().join("south"));
        [&copies, &north, &south].into_iter().for_each(|folder| std::fs::create_dir(folder).unwrap());
        let keep = |choice: &FirstCopy, folder: &Path, bytes| keep_first_copy(choice, &folder.join("Plan.xlsx"), bytes, TODAY).unwrap();
        assert_eq!(keep(&FirstCopy::None, &north, b"north"), None);
        let chosen = FirstCopy::Folder(copies.clone());
        let [first, second] = [(&north, b"north"), (&south, b"south")].map(|(folder, bytes)| keep(&chosen, folder, bytes).unwrap());
        assert_eq!((std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap()), (b"north".to_vec(), b"south".to_vec()));
        assert_eq!((names(&copies).len(), names(&north), names(&south)), (2, vec![], vec![]), "two plans of one name");
        assert_eq!(keep(&chosen, &north, b"later"), None);
        assert_eq!(std::fs::read(&first).unwrap(), b"north");
        // Within the workbook's own.
        std::fs::create_dir(north.join("old")).unwrap();
        assert_eq!(keep(&FirstCopy::Folder("old".into()), &north, b"north").unwrap().parent().unwrap(), north.join("old"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_said() {
        let place = tempfile::tempdir().unwrap();
        let workbook = place.path().join("Plan.xlsx");
        let said = keep_first_copy(&FirstCopy::Folder("none".into()), &workbook, b"x", TODAY).unwrap_err().to_string();
        assert!(said.starts_with(&workbook.display().to_string()) && said.contains("its folder does not exist"), "{said}");
        assert_eq!(names(place.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn it_is_open_to_no_more_people_than_its_workbook() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let workbook = folder.path().join("Plan.xlsx");
        std::fs::write(&workbook, "x").unwrap();
        for mode in [0o600, 0o640, 0o664] {
            std::fs::set_permissions(&workbook, std::fs::Permissions::from_mode(mode)).unwrap();
            let copy = keep_first_copy(&FirstCopy::Beside, &workbook, b"x", TODAY).unwrap().unwrap();
            assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, mode);
            std::fs::remove_file(copy).unwrap();
        }
    }
}
