//! An .xls file, made safe to read: its stream of records in a fresh file, with every claim checked. Never reads a cell's value.

mod compound;
mod records;

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

use super::OpenError;
use compound::Compound;

/// The stream of the properties that programs and owners add.
const SUMMARY: &str = "\u{5}DocumentSummaryInformation";

/// An .xls file's records, checked and made safe.
pub struct Legacy {
    pub records: Vec<u8>,
    pub has_macros: bool,
    /// The stream of the properties that were added to the file's own; empty where there is none.
    pub properties: Vec<u8>,
}

impl Legacy {
    /// Takes the workbook's records out of a file: formulas without their text, and nothing that makes a reader allocate or run
    /// without end.
    ///
    /// # Errors
    /// When it is no workbook, has a password or could harm the program.
    pub fn open(bytes: &[u8]) -> Result<Self, OpenError> {
        let compound = Compound::open(bytes)?;
        if compound.has("EncryptedPackage") {
            return Err(OpenError::Password);
        }
        if compound.has("WordDocument") {
            return Err(OpenError::Document("a Word document"));
        }
        let mut records = compound.stream("Workbook").or_else(|_| compound.stream("Book"))?;
        records::clean(&mut records)?;
        let properties = compound.stream(SUMMARY).unwrap_or_default();
        Ok(Self { records, has_macros: compound.has("_VBA_PROJECT_CUR"), properties })
    }

    /// A fresh compound file with the records only: no macros and no embedded objects.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub fn file(&self) -> Result<Vec<u8>, OpenError> {
        // Sectors of version 3: calamine takes a file of version 4 without small streams for an empty one.
        write(&self.records).map_err(|error| OpenError::Damaged(error.to_string()))
    }
}

/// A fresh compound file with the workbook's records only.
///
/// # Errors
/// When it is no workbook, has a password or could harm the program.
pub fn clean_xls(bytes: &[u8]) -> Result<Vec<u8>, OpenError> {
    Legacy::open(bytes)?.file()
}

fn write(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
