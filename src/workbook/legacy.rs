//! An .xls file, made safe to read: its stream of records in a fresh file, with every claim checked. Never reads a cell's value.

mod compound;
mod records;

use std::io::{Cursor, Write};

use cfb::{CompoundFile, Version};

use super::OpenError;
use compound::Compound;

/// A fresh compound file with the workbook's records only: no macros and no embedded objects, formulas without their text, and
/// nothing that makes a reader allocate or run without end.
///
/// # Errors
/// When it is no workbook, has a password or could harm the program.
pub fn clean_xls(bytes: &[u8]) -> Result<Vec<u8>, OpenError> {
    let compound = Compound::open(bytes)?;
    if compound.has("EncryptedPackage") {
        return Err(OpenError::Password);
    }
    let mut stream = compound.stream("Workbook").or_else(|_| compound.stream("Book"))?;
    records::clean(&mut stream)?;
    // Sectors of version 3: calamine takes a file of version 4 without small streams for an empty one.
    write(&stream).map_err(|error| OpenError::Damaged(error.to_string()))
}

fn write(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}
