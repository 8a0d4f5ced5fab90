//! A workbook out of its password and under it again. Knows nothing of what is in it.

use std::io::{self, Cursor, Write};

use ms_offcrypto_writer::Ecma376AgileWriter;

use super::DEFAULT;
use crate::workbook::{OpenError, legacy::Legacy};

/// A workbook as it is without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unlocked {
    /// It has none.
    Plain,
    /// Its bytes, and whether Excel opens it without asking.
    Opened { bytes: Vec<u8>, by_default: bool },
}

/// Takes the password away from the bytes of an Excel workbook (.xlsx, .xlsm).
///
/// # Errors
/// When it has another password, or is damaged.
pub fn unlocked(bytes: &[u8], password: Option<&str>) -> Result<Unlocked, OpenError> {
    if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Ok(Unlocked::Plain);
    }
    let open = |password: &str| match Legacy::open(bytes, password)? {
        Legacy::Package(bytes) => Ok(Some(bytes)),
        Legacy::Records { .. } => Ok(None),
    };
    match open(DEFAULT) {
        Err(OpenError::Password) => {}
        opened => return Ok(opened?.map_or(Unlocked::Plain, |bytes| Unlocked::Opened { bytes, by_default: true })),
    }
    let opened = open(password.ok_or(OpenError::Password)?)?;
    Ok(opened.map_or(Unlocked::Plain, |bytes| Unlocked::Opened { bytes, by_default: false }))
}

/// A workbook under a password, enciphered as Office does it today (AES of 256 bits; ECMA-376, agile). Without one it is put under the
/// default, by which Excel opens it without asking.
///
/// # Errors
/// When there is no room for it.
pub fn locked(bytes: &[u8], password: Option<&str>) -> io::Result<Vec<u8>> {
    let file = Cursor::new(Vec::with_capacity(bytes.len() + (64 << 10)));
    let mut writer = Ecma376AgileWriter::create(&mut rand::rng(), password.unwrap_or(DEFAULT), file)?;
    writer.write_all(bytes)?;
    Ok(writer.into_inner()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_comes_out_of_its_password_as_it_went_in() {
        let workbook: Vec<u8> = b"PK".iter().copied().chain((0..20_000_u32).map(|at| (at % 251) as u8)).collect();
        let sealed = locked(&workbook, Some("p\u{e4}ss w\u{f6}rd")).unwrap();
        assert!(
            !sealed.windows(64).any(|window| workbook.windows(64).step_by(64).any(|clear| clear == window)),
            "nothing of it is in the clear"
        );
        let open = |password| unlocked(&sealed, password);
        assert_eq!(open(Some("p\u{e4}ss w\u{f6}rd")), Ok(Unlocked::Opened { bytes: workbook.clone(), by_default: false }));
        assert_eq!((open(Some("other")), open(None)), (Err(OpenError::Password), Err(OpenError::Password)));
        let anyone = locked(&workbook, None).unwrap();
        assert_eq!(unlocked(&anyone, None), Ok(Unlocked::Opened { bytes: workbook.clone(), by_default: true }));
        assert_eq!(unlocked(&workbook, Some("any")), Ok(Unlocked::Plain));
    }
}
