//! An .xls file's records, taken out of its compound file and deciphered. Never reads a cell.

mod compound;
mod properties;
mod texts;

use std::borrow::Cow;

use super::{
    OpenError,
    package::{MAX_ENCRYPTED, MAX_STREAM},
    password,
};
use crate::model::Named;
use compound::Compound;
pub(in crate::workbook) use texts::{Texts, code_page};

/// The stream of the properties that programs and owners add.
const SUMMARY: &str = "\u{5}DocumentSummaryInformation";
/// The record that says how the others are enciphered.
const FILE_PASSWORD: u16 = 0x002F;

/// What an older compound file holds.
pub enum Legacy {
    /// The records of an older workbook.
    Records {
        records: Vec<u8>,
        has_macros: bool,
        /// The properties that were added to the file's own.
        properties: Vec<Named>,
    },
    /// The zip of a newer one, which was under the password.
    Package(Vec<u8>),
}

impl Legacy {
    /// Takes the workbook out of a compound file: without what is embedded in it, and its macros.
    ///
    /// # Errors
    /// When it is no workbook or has another password.
    pub fn open(bytes: &[u8], password: &str) -> Result<Self, OpenError> {
        let compound = Compound::open(bytes)?;
        if compound.has("EncryptedPackage") {
            let description = compound.stream("EncryptionInfo", MAX_STREAM).unwrap_or_default();
            let package = compound.stream("EncryptedPackage", MAX_ENCRYPTED)?;
            if !password::is_understood(&description) {
                return Err(OpenError::Protected);
            }
            return password::decrypted(&description, &package, password).map(Self::Package).ok_or(OpenError::Password);
        }
        // A letter may hold a workbook, and a workbook a letter: what stands outside is what the file is.
        let workbook = ["Workbook", "Book"].into_iter().find(|name| compound.has(name));
        let Some(workbook) = workbook else {
            return Err(match () {
                () if compound.has("WordDocument") => OpenError::Document("a Word document"),
                () if compound.has("PowerPoint Document") => OpenError::Document("a presentation"),
                () => OpenError::NotAWorkbook,
            });
        };
        let mut records = compound.stream(workbook, MAX_STREAM)?;
        let says = Records::new(&records, 0).take_while(|(kind, _)| *kind != 0x000A).find(|(kind, _)| *kind == FILE_PASSWORD);
        if let Some(says) = says.map(|(_, data)| data.to_vec())
            && !password::decrypt(&mut records, &says, password)
        {
            return Err(OpenError::Password);
        }
        let properties = compound.stream(SUMMARY, MAX_STREAM).map_or_else(|_| Vec::new(), |stream| properties::properties(&stream));
        Ok(Self::Records { records, has_macros: compound.has("_VBA_PROJECT_CUR"), properties })
    }
}

/// The records of a stream from a place on, with their kinds. A record that goes past the end is not among them.
#[derive(Clone)]
pub(in crate::workbook) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(crate) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// Where the next record begins.
    pub(crate) fn at(&self) -> usize {
        self.at
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..)?;
        let (kind, size) = (half(head, 0)?, usize::from(half(head, 2)?));
        let data = head.get(4..4 + size)?;
        self.at += 4 + size;
        Some((kind, data))
    }
}

/// Two bytes as a number.
pub(in crate::workbook) fn half(data: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(data.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes as a number.
pub(in crate::workbook) fn word(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(data.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Letters in one byte each, by a code page, as a text.
pub(in crate::workbook) fn decoded<'a>(page: &'static encoding_rs::Encoding, letters: &'a [u8]) -> Cow<'a, str> {
    page.decode_without_bom_handling(letters).0
}
