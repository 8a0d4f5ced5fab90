//! Files under the password that Excel itself tries on each: a workbook saved so is meant to be opened by anyone. Tries no other.

mod package;
mod records;

pub(crate) use package::decrypted;
pub(crate) use records::decrypt;

/// The password that Excel gives a workbook whose owner only protects its sheets or its structure.
const DEFAULT: &str = "VelvetSweatshop";

/// The letters of the password as they are hashed.
fn letters() -> Vec<u8> {
    DEFAULT.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
