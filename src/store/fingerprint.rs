//! What a file was when it was read or written here, by which it is told whether somebody else has written it since. Changes no file.

use std::{
    fmt::Write,
    fs,
    io::{self, ErrorKind},
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk;

/// A file's size, its time and the checksum of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    size: u64,
    /// When it was written, in nanoseconds since 1970, where the system tells.
    modified: Option<u64>,
    sum: String,
}

/// How a file stands to what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It holds what it held.
    Same,
    /// It holds something else.
    Changed(Fingerprint),
    /// It is not there.
    Gone,
}

impl Fingerprint {
    /// The fingerprint of no file: whatever is there has changed.
    #[must_use]
    pub fn unknown() -> Self {
        Self { size: 0, modified: None, sum: String::new() }
    }

    /// The fingerprint of bytes that were read from a file or written to it just now.
    #[must_use]
    pub fn of(path: &Path, bytes: &[u8]) -> Self {
        Self { size: bytes.len() as u64, modified: modified(path), sum: sum(bytes) }
    }

    /// The fingerprint of a file as it is.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(path: &Path) -> io::Result<Self> {
        // Asked first: what is written while it is read is then newer.
        let modified = modified(path);
        let bytes = disk::read(path)?;
        Ok(Self { modified, ..Self::of(path, &bytes) })
    }

    /// Whether both are of the same bytes, whenever they were written.
    #[must_use]
    pub fn holds_same(&self, other: &Self) -> bool {
        self.size == other.size && self.sum == other.sum
    }

    /// The SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sum
    }

    /// When the file was written.
    #[must_use]
    pub fn written(&self) -> Option<SystemTime> {
        Some(UNIX_EPOCH + std::time::Duration::from_nanos(self.modified?))
    }

    /// Whether a file has the size and the time it had, for a look that reads nothing of it.
    #[must_use]
    pub fn looks_same(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|about| about.len() == self.size) && self.modified.is_some() && modified(path) == self.modified
    }
}

/// How a file stands to what is known of it. Its bytes are compared, as a copy may keep size and time.
///
/// # Errors
/// When it is there and cannot be read.
pub fn compare(path: &Path, known: &Fingerprint) -> io::Result<Found> {
    match Fingerprint::read(path) {
        Ok(fingerprint) if fingerprint.holds_same(known) => Ok(Found::Same),
        Ok(fingerprint) => Ok(Found::Changed(fingerprint)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Gone),
        Err(error) => Err(error),
    }
}

fn modified(path: &Path) -> Option<u64> {
    let time = fs::metadata(path).and_then(|about| about.modified()).ok()?;
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

fn sum(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        write!(text, "{byte:02x}").expect("a string takes what is written");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_its_bytes_and_not_by_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "first").unwrap();
        let known = Fingerprint::read(&path).unwrap();
        assert_eq!((compare(&path, &known).unwrap(), known.looks_same(&path)), (Found::Same, true));
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000)).unwrap();
        assert_eq!((compare(&path, &known).unwrap(), known.looks_same(&path)), (Found::Same, false));
        // A copy that keeps size and time.
        fs::write(&path, "other").unwrap();
        file.set_modified(known.written().unwrap()).unwrap();
        assert!(matches!(compare(&path, &known).unwrap(), Found::Changed(theirs) if theirs.written() == known.written()));
        fs::remove_file(&path).unwrap();
        assert_eq!(compare(&path, &known).unwrap(), Found::Gone);
    }
}
