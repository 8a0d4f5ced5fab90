//! The parts of a zipped workbook, inflated once. Never writes a part that was not in it.

use std::{
    collections::HashMap,
    io::{Cursor, Read, Write},
};

use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::OpenError;

/// The most bytes that all parts may have together.
const MOST_BYTES: u64 = 1 << 30;

/// A zipped workbook, taken apart.
#[derive(Debug, Default)]
pub struct Package {
    parts: Vec<(String, Vec<u8>)>,
    places: HashMap<String, usize>,
}

impl Package {
    /// Takes a zip apart. `go_on` cancels by answering `false`.
    ///
    /// # Errors
    /// When it is no sound zip, or holds more than is reasonable.
    pub fn open(bytes: &[u8], go_on: &dyn Fn() -> bool) -> Result<Self, OpenError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damage)?;
        let (mut package, mut left) = (Self::default(), MOST_BYTES);
        for at in 0..zip.len() {
            if !go_on() {
                return Err(OpenError::Cancelled);
            }
            let entry = zip.by_index(at).map_err(damage)?;
            let name = entry.name().map_err(damage)?.replace('\\', "/");
            let mut part = Vec::with_capacity(entry.size().min(left) as usize);
            let read = entry.take(left + 1).read_to_end(&mut part);
            read.map_err(|error| OpenError::Damaged(error.to_string()))?;
            left = left.checked_sub(part.len() as u64).ok_or_else(|| OpenError::Damaged("it unpacks to more than 1 GB".to_owned()))?;
            package.places.insert(name.to_ascii_lowercase(), package.parts.len());
            package.parts.push((name, part));
        }
        Ok(package)
    }

    /// The bytes of a part; its name is given without a leading slash, in any case.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<&[u8]> {
        self.places.get(&name.to_ascii_lowercase()).map(|at| &*self.parts[*at].1)
    }

    /// The names of all parts.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Puts other bytes in place of a part's.
    pub fn replace(&mut self, name: &str, bytes: Vec<u8>) {
        if let Some(at) = self.places.get(&name.to_ascii_lowercase()) {
            self.parts[*at].1 = bytes;
        }
    }

    /// The parts as a plain zip without compression.
    #[must_use]
    pub fn into_clean(self) -> Vec<u8> {
        let size: usize = self.parts.iter().map(|(name, part)| part.len() + 2 * name.len() + 128).sum();
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for (name, part) in self.parts {
            if zip.start_file(name, options).is_ok() {
                zip.write_all(&part).expect("a vector takes every byte");
            }
        }
        zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}

fn damage(error: ZipError) -> OpenError {
    match error {
        ZipError::InvalidPassword => OpenError::Password,
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => OpenError::Password,
        _ => OpenError::Damaged("it may not have been copied completely".to_owned()),
    }
}
