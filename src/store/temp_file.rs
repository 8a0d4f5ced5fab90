//! A file another program is to open, which is taken away again once the window is closed. Never a user's document.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use super::{WriteError, temp_files};

/// Pages to print.
const ENDING: &str = ".pdf";

/// Such a file, there as long as this is.
#[derive(Debug)]
pub struct TempFile(TempPath);

impl TempFile {
    /// Writes it into the user's folder for passing things, for its user alone, under a name that begins as given. Where it is to be is
    /// noted before anything is in it.
    ///
    /// # Errors
    /// When that folder cannot be written.
    pub fn write(name: &str, bytes: &[u8], note: impl FnOnce(&Path)) -> Result<Self, WriteError> {
        let failed = |cause| WriteError::Failed { file: PathBuf::from(format!("{name}{ENDING}")), cause };
        let prefix = format!("{name} {}", temp_files::new_number());
        let mut file = tempfile::Builder::new().prefix(&prefix).rand_bytes(0).suffix(ENDING).tempfile().map_err(failed)?;
        note(file.path());
        file.write_all(bytes).map_err(failed)?;
        Ok(Self(file.into_temp_path()))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// Whether a path is that of such a file.
pub(super) fn is_page(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(ENDING));
    let numbered = name.and_then(|name| name.rsplit_once(' ')).is_some_and(|(_, number)| temp_files::is_number(number));
    numbered && std::fs::symlink_metadata(path).is_ok_and(|about| about.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_there_until_it_is_let_go() {
        let file = TempFile::write("Plan für 2026", b"%PDF", |path| assert!(is_page(path))).unwrap();
        let path = file.path().to_path_buf();
        assert!(!is_page(&path.with_file_name("Plan für 2026 0123.pdf")));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        assert!(path.file_name().unwrap().to_string_lossy().starts_with("Plan für 2026 "));
        assert_eq!(std::fs::read(&path).unwrap(), b"%PDF");
        drop(file);
        assert!(!path.exists());
    }
}
