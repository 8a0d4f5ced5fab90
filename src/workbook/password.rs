//! Workbooks under a password to open: the one that Excel itself tries on each, and one that its owner types. Guesses no other, and keeps none.

mod locked;
mod package;
mod records;

pub use locked::{Unlocked, locked, unlocked};
pub(crate) use package::{decrypted, is_understood};
pub(crate) use records::decrypt;

/// The password that Excel gives a workbook whose owner only protects its sheets or its structure: it is meant to be opened by anyone.
pub(crate) const DEFAULT: &str = "VelvetSweatshop";

/// The letters of a password as they are hashed. Excel takes 255 of them.
fn letters(password: &str) -> Vec<u8> {
    password.encode_utf16().take(255).flat_map(u16::to_le_bytes).collect()
}
