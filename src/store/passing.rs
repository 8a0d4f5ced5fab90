//! A file another program is to open, which is taken away again once the window is closed. Never a user's document.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use tempfile::TempPath;

use super::WriteError;

/// Such a file, there as long as this is.
#[derive(Debug)]
pub struct Passing(TempPath);

impl Passing {
    /// Writes it into the user's folder for passing things, under a name that begins and ends as given.
    ///
    /// # Errors
    /// When that folder cannot be written.
    pub fn write(name: &str, ending: &str, bytes: &[u8]) -> Result<Self, WriteError> {
        let failed = |cause| WriteError::Failed { file: PathBuf::from(format!("{name}{ending}")), cause };
        let mut file = tempfile::Builder::new().prefix(&format!("{name} ")).suffix(ending).tempfile().map_err(failed)?;
        file.write_all(bytes).map_err(failed)?;
        Ok(Self(file.into_temp_path()))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_there_until_it_is_let_go() {
        let file = Passing::write("Plan für 2026", ".html", b"<p>").unwrap();
        let path = file.path().to_path_buf();
        assert!(path.file_name().unwrap().to_string_lossy().starts_with("Plan für 2026 "));
        assert_eq!(std::fs::read(&path).unwrap(), b"<p>");
        drop(file);
        assert!(!path.exists());
    }
}
