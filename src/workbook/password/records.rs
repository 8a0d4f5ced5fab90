//! The records of an older workbook under a password: obscured by XOR, or enciphered by RC4 in one of its two ways.

use md5::Md5;
use sha1::{Digest, Sha1};

use super::{DEFAULT, letters};
use crate::workbook::legacy::{half, word};

/// After so many bytes of the stream comes another key.
const BLOCK: usize = 1024;

/// What the default password is obscured by: the key and the check that a file states, and the letters that its bytes are mixed with.
const XOR_KEY: u16 = 0xB359;
const XOR_CHECK: u16 = 0x9A0A;
const XOR_LETTERS: [u8; 16] = [135, 107, 154, 226, 30, 227, 5, 98, 30, 105, 150, 96, 152, 110, 148, 4];

/// Records whose bodies are never enciphered: those that begin a part, and what must be known before the password is.
const OPEN: [u16; 7] = [0x0809, 0x002F, 0x0194, 0x0195, 0x00E1, 0x0196, 0x0138];
/// The record that names a sheet; the first bytes of its body, which say where the sheet is, are open.
const SHEET: u16 = 0x0085;
const SHEET_OPEN: usize = 4;

enum Cipher {
    Xor,
    /// The password's hash, and how a block's key comes of it.
    Rc4(fn(&[u8], u32) -> Vec<u8>, Vec<u8>),
}

/// Deciphers a stream of records in place, by what its record of the password says. False when it has another password. One that is obscured
/// by XOR is read under the default password alone.
#[must_use]
pub(crate) fn decrypt(stream: &mut [u8], says: &[u8], password: &str) -> bool {
    let Some(cipher) = cipher(says, password) else { return false };
    let (mut at, mut block) = (0, None);
    while let Some((kind, length)) = half(stream, at).zip(half(stream, at + 2)) {
        let (start, length) = (at + 4, usize::from(length));
        let Some(body) = stream.get_mut(start..start + length) else { break };
        at = start + length;
        if OPEN.contains(&kind) {
            continue;
        }
        let open = if kind == SHEET { SHEET_OPEN.min(length) } else { 0 };
        for (place, byte) in (start..).zip(body).skip(open) {
            *byte = match &cipher {
                Cipher::Xor => (*byte ^ XOR_LETTERS[(place + length) % 16]).rotate_right(5),
                Cipher::Rc4(key, hash) => *byte ^ keyed(&mut block, place, |number| key(hash, number)),
            };
        }
    }
    true
}

/// How the records are enciphered, when it is by this password.
fn cipher(says: &[u8], password: &str) -> Option<Cipher> {
    // Before Excel 97 there was one way only, and none is named.
    let xor = |at: usize| password == DEFAULT && half(says, at) == Some(XOR_KEY) && half(says, at + 2) == Some(XOR_CHECK);
    if says.len() == 4 {
        return xor(0).then_some(Cipher::Xor);
    }
    match (half(says, 0)?, half(says, 2)?, half(says, 4)?) {
        (0, ..) => xor(2).then_some(Cipher::Xor),
        (1, 1, 1) => plain_rc4(says, &letters(password)),
        (1, 2..=4, 2) => crypto_api(says, &letters(password)),
        _ => None,
    }
}

/// The way of Excel 97: keys of 40 bits by MD5.
fn plain_rc4(says: &[u8], password: &[u8]) -> Option<Cipher> {
    let (salt, check, hash) = (says.get(6..22)?, says.get(22..38)?, says.get(38..54)?);
    let password = Md5::digest(password);
    let salted = [&password[..5], salt].concat().repeat(16);
    let base = Md5::digest(salted)[..5].to_vec();
    let key = |base: &[u8], block: u32| Md5::digest([base, &block.to_le_bytes()].concat()).to_vec();
    let mut rc4 = Rc4::new(&key(&base, 0));
    let (check, hash) = (rc4.pass(check), rc4.pass(hash));
    (Md5::digest(check)[..] == hash[..]).then_some(Cipher::Rc4(key, base))
}

/// The way of Excel 2002: keys of 40 to 128 bits by SHA-1.
fn crypto_api(says: &[u8], password: &[u8]) -> Option<Cipher> {
    const RC4: u32 = 0x6801;
    let header = 14_usize;
    let verifier = header.checked_add(word(says, 10)? as usize)?;
    let bits = word(says, header + 16)?;
    if word(says, header + 8)? != RC4 || word(says, verifier)? != 16 {
        return None;
    }
    let part = |at: usize, length: usize| says.get(verifier.checked_add(at)?..verifier.checked_add(at + length)?);
    let (salt, check, hash) = (part(4, 16)?, part(20, 16)?, part(40, 20)?);
    let base = Sha1::digest([salt, password].concat()).to_vec();
    let key: fn(&[u8], u32) -> Vec<u8> = match bits {
        // No length is written for the shortest, which is filled up with zeros.
        0 | 40 => |base, block| [&Sha1::digest([base, &block.to_le_bytes()].concat())[..5], &[0; 11]].concat(),
        128 => |base, block| Sha1::digest([base, &block.to_le_bytes()].concat())[..16].to_vec(),
        _ => return None,
    };
    let mut rc4 = Rc4::new(&key(&base, 0));
    let (check, hash) = (rc4.pass(check), rc4.pass(hash));
    (Sha1::digest(check)[..] == hash[..]).then_some(Cipher::Rc4(key, base))
}

/// The byte that the one at a place of the stream is mixed with. What is not enciphered is counted all the same.
fn keyed(block: &mut Option<(u32, usize, Rc4)>, place: usize, key: impl Fn(u32) -> Vec<u8>) -> u8 {
    let (number, within) = ((place / BLOCK) as u32, place % BLOCK);
    if block.as_ref().is_none_or(|(held, passed, _)| *held != number || *passed > within) {
        *block = Some((number, 0, Rc4::new(&key(number))));
    }
    let Some((_, passed, rc4)) = block else { return 0 };
    while *passed < within {
        rc4.next();
        *passed += 1;
    }
    *passed += 1;
    rc4.next()
}

/// The cipher RC4.
struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state: [u8; 256] = std::array::from_fn(|at| at as u8);
        let mut j = 0_u8;
        for (at, of_key) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[at]).wrapping_add(*of_key);
            state.swap(at, usize::from(j));
        }
        Self { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(usize::from(self.i), usize::from(self.j));
        self.state[usize::from(self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]))]
    }

    fn pass(&mut self, bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| byte ^ self.next()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rc4_gives_its_known_bytes() {
        assert_eq!(Rc4::new(b"Key").pass(b"Plaintext"), [0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3]);
    }
}
