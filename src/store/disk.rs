//! The calls that reach the disk for whole-or-nothing writing and the journal, so that a test can make any one of them fail. Decides nothing.

use std::{
    fs::File,
    io::{self, ErrorKind, Read, Seek, SeekFrom, Write},
    path::Path,
};

/// Makes a call about a path.
///
/// # Errors
/// When it fails.
pub(crate) fn call<T>(path: &Path, make: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    meet(path)?;
    make()
}

/// Writes bytes to the file at a path.
///
/// # Errors
/// When not all of them are written.
pub(crate) fn write_all(path: &Path, file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    if let Err(error) = meet(path) {
        // As on a disk that is full, some of it is there.
        let _ = file.write_all(&bytes[..bytes.len() / 2]);
        return Err(error);
    }
    file.write_all(bytes)
}

/// How much is compared at once.
const PART: usize = 1 << 16;

/// Whether the file at a path holds these bytes and no others.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn holds(path: &Path, file: &mut (impl Read + Seek), mut bytes: &[u8]) -> io::Result<bool> {
    match meet(path) {
        // As where the end of it is missing.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
        met => met?,
    }
    file.seek(SeekFrom::Start(0))?;
    let mut part = vec![0; PART];
    loop {
        let count = match file.read(&mut part) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        if count == 0 {
            return Ok(bytes.is_empty());
        }
        match bytes.strip_prefix(&part[..count]) {
            Some(rest) => bytes = rest,
            None => return Ok(false),
        }
    }
}

/// Reads all that a reader of the file at a path gives.
///
/// # Errors
/// When it cannot be read to its end.
pub(crate) fn read_to_end(path: &Path, mut reader: impl Read) -> io::Result<Vec<u8>> {
    let met = meet(path);
    let mut bytes = Vec::new();
    match met {
        // As where a file is cut short while it is read.
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            reader.read_to_end(&mut bytes)?;
            bytes.truncate(bytes.len() / 2);
        }
        met => {
            met?;
            reader.read_to_end(&mut bytes)?;
        }
    }
    Ok(bytes)
}

/// Reads a file.
///
/// # Errors
/// When it cannot be opened or read to its end.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    read_to_end(path, call(path, || File::open(path))?)
}

#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "only in tests can it fail by itself")]
fn meet(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use faults::meet;

/// Faults that tests plan.
#[cfg(test)]
pub mod faults {
    use std::{
        io::{self, ErrorKind},
        path::{Path, PathBuf},
        sync::{Mutex, PoisonError},
    };

    #[derive(Clone, Copy)]
    enum What {
        Kind(ErrorKind),
        /// As a system numbers it.
        Code(i32),
    }

    struct Planned {
        folder: PathBuf,
        /// How many calls still succeed.
        left: usize,
        error: What,
        met: bool,
    }

    static PLANNED: Mutex<Vec<Planned>> = Mutex::new(Vec::new());

    /// A planned fault, until it is let go.
    #[derive(Debug)]
    pub struct Fault(PathBuf);

    impl Fault {
        /// Plans that of the calls about a folder and what is in it the one of a number fails, counted from 1.
        #[must_use]
        pub fn plan(folder: &Path, number: usize, kind: ErrorKind) -> Self {
            Self::plan_what(folder, number, What::Kind(kind))
        }

        /// The same with an error as a system numbers it.
        #[must_use]
        pub fn plan_code(folder: &Path, number: usize, code: i32) -> Self {
            Self::plan_what(folder, number, What::Code(code))
        }

        fn plan_what(folder: &Path, number: usize, error: What) -> Self {
            let planned = Planned { folder: folder.into(), left: number - 1, error, met: false };
            PLANNED.lock().unwrap_or_else(PoisonError::into_inner).push(planned);
            Self(folder.into())
        }

        /// Whether it was met.
        pub fn is_met(&self) -> bool {
            PLANNED.lock().unwrap_or_else(PoisonError::into_inner).iter().any(|planned| planned.folder == self.0 && planned.met)
        }
    }

    impl Drop for Fault {
        fn drop(&mut self) {
            PLANNED.lock().unwrap_or_else(PoisonError::into_inner).retain(|planned| planned.folder != self.0);
        }
    }

    pub(super) fn meet(path: &Path) -> io::Result<()> {
        let mut planned = PLANNED.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(planned) = planned.iter_mut().find(|planned| path.starts_with(&planned.folder)) else { return Ok(()) };
        if planned.left == 0 && !planned.met {
            planned.met = true;
            return Err(match planned.error {
                What::Kind(kind) => kind.into(),
                What::Code(code) => io::Error::from_raw_os_error(code),
            });
        }
        planned.left = planned.left.saturating_sub(1);
        Ok(())
    }
}
