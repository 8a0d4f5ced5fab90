//! Files and folders that only their user may read from the moment they are made, and reading them without waiting. Never a document's own.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Read},
    path::Path,
};

use super::disk;

/// The largest of the program's own small files, in bytes; a larger one is none of them.
const LARGEST: u64 = 64 << 20;

/// Makes a folder, and those around it, for its user alone. One that is there stays as it is.
///
/// # Errors
/// When the system does not allow it, or something else stands there.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// How a file is opened that only its user may read: on Windows that is so in the user's own profile.
#[must_use]
pub(crate) fn options() -> OpenOptions {
    #[cfg(unix)]
    {
        let mut options = File::options();
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options
    }
    #[cfg(not(unix))]
    File::options()
}

/// Whether a path may be opened without waiting for another program: it is an ordinary file, or nothing yet.
#[must_use]
pub(crate) fn is_ordinary(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(about) => about.is_file(),
        Err(error) => error.kind() == ErrorKind::NotFound && !path.is_symlink(),
    }
}

/// Opens a file of the program's own to add to it, making it where it is not there.
///
/// # Errors
/// When it is no ordinary file, or the system does not allow it.
pub(crate) fn append(path: &Path) -> io::Result<File> {
    if !is_ordinary(path) {
        return Err(ErrorKind::InvalidInput.into());
    }
    options().create(true).append(true).open(path)
}

/// Reads a small file of the program's own.
///
/// # Errors
/// When it is not there, no ordinary file, or too large to be one of ours.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(ErrorKind::InvalidInput.into());
    }
    let bytes = disk::read_to_end(path, disk::call(path, || File::open(path))?.take(LARGEST + 1))?;
    if bytes.len() as u64 > LARGEST { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_its_users_alone() {
        use std::os::unix::fs::PermissionsExt;
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("one/two");
        make_folder(&folder).unwrap();
        append(&folder.join("log")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!([mode(&folder), mode(&temporary.path().join("one")), mode(&folder.join("log"))], [0o700, 0o700, 0o600]);
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_and_a_folder_are_not_waited_for() {
        let temporary = tempfile::tempdir().unwrap();
        let (pipe, folder) = (temporary.path().join("pipe"), temporary.path().join("folder"));
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        fs::create_dir(&folder).unwrap();
        for path in [pipe, folder] {
            assert!(!is_ordinary(&path) && read(&path).is_err() && append(&path).is_err(), "{}", path.display());
        }
    }
}
