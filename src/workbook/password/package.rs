//! A zipped workbook under a password: the two ways in which Office enciphers one, by AES. Never checks more than the password.

use aes::{
    Aes128, Aes192, Aes256,
    cipher::{Block, BlockCipherDecrypt, KeyInit},
};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};

use super::letters;
use crate::workbook::{
    legacy::{half, word},
    parts::{XmlStep, walk},
};

/// How often the password is hashed by a file of the older way.
const STANDARD_ROUNDS: u32 = 50_000;
/// How often at most it is for a file of the newer way, which says how often; Office does it 100,000 times.
const MOST_ROUNDS: u32 = 1_000_000;
/// So many bytes of the package are enciphered together.
const SEGMENT: usize = 4096;
/// The bytes of a block, which AES has only one size of.
const BLOCK: usize = 16;

/// The bytes of a package, deciphered by what its description says. `None` when it has another password, or is enciphered in another way
/// than Office does it.
#[must_use]
pub(crate) fn decrypted(description: &[u8], package: &[u8], password: &str) -> Option<Vec<u8>> {
    let password = letters(password);
    let size = usize::try_from(u64::from_le_bytes(package.get(..8)?.try_into().ok()?)).ok()?;
    let mut bytes = package[8..package.len() - (package.len() - 8) % BLOCK].to_vec();
    match (half(description, 0)?, half(description, 2)?) {
        (4, 4) => Agile::read(description.get(8..)?)?.decrypt(&mut bytes, &password)?,
        (2..=4, 2) => standard(description, &mut bytes, &password)?,
        _ => return None,
    }
    bytes.truncate(size);
    Some(bytes)
}

/// Whether a package is enciphered in one of the ways that are known here, under whatever password.
#[must_use]
pub(crate) fn is_understood(description: &[u8]) -> bool {
    const AES: [u32; 3] = [0x660E, 0x660F, 0x6610];
    match (half(description, 0), half(description, 2)) {
        (Some(4), Some(4)) => description.get(8..).and_then(Agile::read).is_some_and(|agile| agile.password.hash.is_some()),
        (Some(2..=4), Some(2)) => word(description, 12 + 8).is_some_and(|algorithm| AES.contains(&algorithm)),
        _ => false,
    }
}

/// The older way: one key of SHA-1, each block by itself.
fn standard(description: &[u8], bytes: &mut [u8], password: &[u8]) -> Option<()> {
    let header = 12_usize;
    let verifier = header.checked_add(word(description, 8)? as usize)?;
    let length = word(description, header + 16)? as usize / 8;
    let part = |at: usize, length: usize| description.get(verifier.checked_add(at)?..verifier.checked_add(at + length)?);
    if word(description, verifier)? != 16 {
        return None;
    }
    let (salt, check, hash) = (part(4, 16)?, part(20, 16)?, part(40, 32)?);
    let hashed = Hash::Sha1.repeated(salt, password, STANDARD_ROUNDS);
    let last = Hash::Sha1.of(&[&hashed, &[0; 4]]);
    let mixed = |with: u8| {
        let mut pad = [with; 64];
        pad.iter_mut().zip(&last).for_each(|(pad, byte)| *pad ^= byte);
        Hash::Sha1.of(&[&pad])
    };
    let key = [mixed(0x36), mixed(0x5C)].concat().get(..length)?.to_vec();
    let aes = Aes::new(&key)?;
    let (mut check, mut hash) = (check.to_vec(), hash.to_vec());
    aes.blocks(&mut check);
    aes.blocks(&mut hash);
    if Hash::Sha1.of(&[&check])[..] != hash[..20] {
        return None;
    }
    aes.blocks(bytes);
    Some(())
}

/// How the newer way hashes something.
#[derive(Clone, Debug, Default)]
struct Way {
    salt: Vec<u8>,
    hash: Option<Hash>,
    key: usize,
}

/// The newer way, described in markup.
#[derive(Default)]
struct Agile {
    data: Way,
    password: Way,
    rounds: u32,
    check: Vec<u8>,
    check_hash: Vec<u8>,
    key: Vec<u8>,
}

impl Agile {
    fn read(markup: &[u8]) -> Option<Self> {
        let mut agile = Self::default();
        walk(markup, |step| {
            let XmlStep::Open(element) = step else { return };
            let bytes = |name: &str| element.get(name).and_then(|text| from_base64(&text)).unwrap_or_default();
            let way = || {
                let aes = element.says("cipherAlgorithm", "AES") && element.says("cipherChaining", "ChainingModeCBC");
                let hash = element.get("hashAlgorithm").and_then(|name| Hash::named(&name)).filter(|_| aes);
                Way { salt: bytes("saltValue"), hash, key: element.number::<usize>("keyBits").unwrap_or(0) / 8 }
            };
            match element.name() {
                "keyData" => agile.data = way(),
                "encryptedKey" => {
                    agile.password = way();
                    agile.rounds = element.number("spinCount").unwrap_or(u32::MAX);
                    (agile.check, agile.check_hash) = (bytes("encryptedVerifierHashInput"), bytes("encryptedVerifierHashValue"));
                    agile.key = bytes("encryptedKeyValue");
                }
                _ => {}
            }
        });
        (agile.rounds <= MOST_ROUNDS).then_some(agile)
    }

    fn decrypt(self, bytes: &mut [u8], password: &[u8]) -> Option<()> {
        const CHECK: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
        const CHECK_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
        const KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
        let Way { salt, hash, key } = &self.password;
        let hash = (*hash)?;
        let hashed = hash.repeated(salt, password, self.rounds);
        let open = |what: [u8; 8], mut bytes: Vec<u8>| {
            bytes.truncate(bytes.len() / BLOCK * BLOCK);
            Aes::new(&fitted(hash.of(&[&hashed, &what]), *key))?.chain(&mut bytes, &fitted(salt.clone(), BLOCK));
            Some(bytes)
        };
        let mut check = open(CHECK, self.check)?;
        check.truncate(salt.len());
        let expected = open(CHECK_HASH, self.check_hash)?;
        let found = hash.of(&[&check]);
        if expected.get(..found.len())? != found {
            return None;
        }
        let mut secret = open(KEY, self.key)?;
        secret.truncate(self.data.key);
        let (aes, hash) = (Aes::new(&secret)?, self.data.hash?);
        for (segment, number) in bytes.chunks_mut(SEGMENT).zip(0_u32..) {
            aes.chain(segment, &fitted(hash.of(&[&self.data.salt, &number.to_le_bytes()]), BLOCK));
        }
        Some(())
    }
}

/// Bytes cut or filled up to a length, as Office does it.
fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

/// The hashes that Office uses.
#[derive(Clone, Copy, Debug)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        match name {
            "SHA1" | "SHA-1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    fn of(self, pieces: &[&[u8]]) -> Vec<u8> {
        fn digest<D: Digest>(pieces: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            pieces.iter().for_each(|piece| digest.update(piece));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => digest::<Sha1>(pieces),
            Self::Sha256 => digest::<Sha256>(pieces),
            Self::Sha384 => digest::<Sha384>(pieces),
            Self::Sha512 => digest::<Sha512>(pieces),
        }
    }

    /// The hash of the password, hashed again and again with the number of the round.
    fn repeated(self, salt: &[u8], password: &[u8], rounds: u32) -> Vec<u8> {
        (0..rounds).fold(self.of(&[salt, password]), |hash, round| self.of(&[&round.to_le_bytes(), &hash]))
    }
}

/// AES with a key of any of its lengths.
enum Aes {
    Short(Aes128),
    Middle(Aes192),
    Long(Aes256),
}

impl Aes {
    fn new(key: &[u8]) -> Option<Self> {
        match key.len() {
            16 => Some(Self::Short(Aes128::new_from_slice(key).ok()?)),
            24 => Some(Self::Middle(Aes192::new_from_slice(key).ok()?)),
            32 => Some(Self::Long(Aes256::new_from_slice(key).ok()?)),
            _ => None,
        }
    }

    /// Deciphers each whole block by itself.
    fn blocks(&self, bytes: &mut [u8]) {
        for block in bytes.chunks_exact_mut(BLOCK) {
            self.block(block);
        }
    }

    fn block(&self, bytes: &mut [u8]) {
        let Ok(block) = <&mut Block<Aes128>>::try_from(bytes) else { return };
        match self {
            Self::Short(aes) => aes.decrypt_block(block),
            Self::Middle(aes) => aes.decrypt_block(block),
            Self::Long(aes) => aes.decrypt_block(block),
        }
    }

    /// Deciphers blocks of which each is mixed with the one before.
    fn chain(&self, bytes: &mut [u8], first: &[u8]) {
        let mut before = first.to_vec();
        for block in bytes.chunks_exact_mut(BLOCK) {
            let enciphered = block.to_vec();
            self.block(block);
            block.iter_mut().zip(&before).for_each(|(byte, other)| *byte ^= other);
            before = enciphered;
        }
    }
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|letter| !letter.is_ascii_whitespace() && *letter != b'=') {
        held = held << 6 | LETTERS.iter().position(|known| *known == letter)? as u32;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        assert_eq!(["", "TQ==", "TWE=", "TWFu", "T W\nFu"].map(|text| from_base64(text).unwrap()), [&b""[..], b"M", b"Ma", b"Man", b"Man"]);
        assert_eq!(from_base64("T*"), None);
    }
}
