//! Reads a file's bytes, or says in one line why not and what to do. Never looks at what the bytes mean.

use std::{
    fs::File,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use thiserror::Error;

use super::{Owner, disk, owner, paths::shortened};

/// The largest file that is read, in bytes.
pub const LARGEST: u64 = 200 * 1024 * 1024;

/// The Windows errors for a file another program holds: all of it, and a part of it.
const HELD_BY_ANOTHER: [i32; 2] = [32, 33];

/// Why a file could not be read.
#[derive(Debug, Error)]
pub enum ReadError {
    #[error("{}: there is no such file. Check the name and the folder.", shortened(.0))]
    Missing(PathBuf),
    #[error("{}: it is a folder. Choose a file in it.", shortened(.0))]
    Folder(PathBuf),
    #[error("{}: it is not an ordinary file. Choose a workbook or a .plandesk file.", shortened(.0))]
    NotAFile(PathBuf),
    #[error("{}: you do not have permission to read it. Ask its owner for access, or open a copy.", shortened(.0))]
    NoPermission(PathBuf),
    #[error("{}: {}. Close it there, then open it again, or open a copy.", shortened(.file), held_by(.owner.as_ref()))]
    Held { file: PathBuf, owner: Option<Owner> },
    #[error("{}: the file is empty. Open an earlier copy of it.", shortened(.0))]
    Empty(PathBuf),
    #[error("{}: it is {size} MB, more than the {} MB that can be opened. Split it into smaller workbooks.", shortened(.file), LARGEST >> 20)]
    TooLarge { file: PathBuf, size: u64 },
    #[error("{}: it could not be read ({cause}). Copy it to this computer and open the copy.", shortened(.file))]
    Failed { file: PathBuf, cause: io::Error },
}

/// The bytes of a file.
///
/// # Errors
/// When there is no such file, it may not be read, or it is empty, too large or no ordinary file.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let failed = |cause| explain(path, cause);
    // The kind is asked before opening: opening a named pipe would wait for its other end.
    let about = std::fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(ReadError::Folder(path.into()));
    }
    if !about.is_file() {
        return Err(ReadError::NotAFile(path.into()));
    }
    if about.len() > LARGEST {
        return Err(too_large(path, about.len()));
    }
    let file = disk::call(path, || File::open(path)).map_err(failed)?;
    let bytes = disk::read_to_end(path, file.take(LARGEST + 1)).map_err(failed)?;
    match bytes.len() as u64 {
        0 => Err(ReadError::Empty(path.into())),
        size if size > LARGEST => Err(too_large(path, size)),
        _ => Ok(bytes),
    }
}

/// Who holds a file, in words.
pub(super) fn held_by(owner: Option<&Owner>) -> String {
    owner.map_or_else(|| "it is open in another program".to_owned(), Owner::to_string)
}

fn too_large(path: &Path, bytes: u64) -> ReadError {
    ReadError::TooLarge { file: path.into(), size: bytes.div_ceil(1 << 20) }
}

fn explain(path: &Path, cause: io::Error) -> ReadError {
    let file = path.into();
    match cause.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename => ReadError::Missing(file),
        ErrorKind::PermissionDenied => ReadError::NoPermission(file),
        ErrorKind::IsADirectory => ReadError::Folder(file),
        ErrorKind::ResourceBusy => ReadError::Held { owner: owner(path), file },
        _ if cfg!(windows) && cause.raw_os_error().is_some_and(|code| HELD_BY_ANOTHER.contains(&code)) => {
            ReadError::Held { owner: owner(path), file }
        }
        _ => ReadError::Failed { file, cause },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &Path, what: &str) {
        let said = read(path).unwrap_err().to_string();
        let named = said.strip_prefix(&path.display().to_string()).expect("the file is named first");
        assert_eq!(named, what);
        assert_eq!(said.lines().count(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_said_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("empty.xlsx"), "").unwrap();
        File::create(at("huge.xlsx")).unwrap().set_len(LARGEST + 1).unwrap();
        check(&at("none.xlsx"), ": there is no such file. Check the name and the folder.");
        check(&at("empty.xlsx").join("inside.xlsx"), ": there is no such file. Check the name and the folder.");
        check(folder.path(), ": it is a folder. Choose a file in it.");
        check(&at("empty.xlsx"), ": the file is empty. Open an earlier copy of it.");
        check(&at("huge.xlsx"), ": it is 201 MB, more than the 200 MB that can be opened. Split it into smaller workbooks.");
    }

    #[test]
    fn a_refusal_by_the_system_is_about_permission() {
        let said = explain(Path::new("a.xlsx"), ErrorKind::PermissionDenied.into()).to_string();
        assert_eq!(said, "a.xlsx: you do not have permission to read it. Ask its owner for access, or open a copy.");
    }

    #[test]
    fn the_bytes_are_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, [1, 2, 3]).unwrap();
        assert_eq!(read(&path).unwrap(), [1, 2, 3]);
    }
}
