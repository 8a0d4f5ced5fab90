//! Records as a journal holds them: a line each, with its checksum and what kind it is. Knows nothing of what they say.

/// What kind of record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What is told of the work.
    Session,
    /// The document as a file of ours.
    Document,
    /// What happened to it; the journal's owner knows how to read it.
    Event,
}

impl Kind {
    fn letter(self) -> u8 {
        match self {
            Self::Session => b't',
            Self::Document => b'd',
            Self::Event => b'e',
        }
    }

    fn of(letter: u8) -> Option<Self> {
        [Self::Session, Self::Document, Self::Event].into_iter().find(|kind| kind.letter() == letter)
    }
}

/// A record as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Record<'a> {
    pub kind: Kind,
    pub bytes: &'a [u8],
    /// Whether its checksum is that of its bytes, and its end is there.
    pub whole: bool,
}

/// The checksum in hexadecimal digits and a space.
const HEAD: usize = 9;

/// Adds a record, which has no line breaks in it.
pub(crate) fn put(into: &mut Vec<u8>, kind: Kind, bytes: &[u8]) {
    debug_assert!(!bytes.contains(&b'\n'), "a record is a line");
    into.extend(format!("{:08x} ", sum(kind.letter(), bytes)).into_bytes());
    into.push(kind.letter());
    into.extend_from_slice(bytes);
    into.push(b'\n');
}

/// The records in bytes, damaged ones among them; `None` stands for a line that is no record at all.
pub(crate) fn all(bytes: &[u8]) -> impl Iterator<Item = Option<Record<'_>>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(|line| {
        let (line, ended) = line.strip_suffix(b"\n").map_or((line, false), |line| (line, true));
        let (head, rest) = line.split_at_checked(HEAD)?;
        let (letter, bytes) = rest.split_first()?;
        let stated = std::str::from_utf8(head).ok().and_then(|head| u32::from_str_radix(head.trim_end(), 16).ok());
        Some(Record { kind: Kind::of(*letter)?, bytes, whole: ended && stated == Some(sum(*letter, bytes)) })
    })
}

fn sum(letter: u8, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[letter]);
    hasher.update(bytes);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_byte_anywhere_is_noticed_and_a_cut_too() {
        let mut bytes = Vec::new();
        for (kind, text) in [(Kind::Session, "{\"a\":1}"), (Kind::Document, "{}"), (Kind::Event, "\"undone\"")] {
            put(&mut bytes, kind, text.as_bytes());
        }
        let whole = |bytes: &[u8]| all(bytes).filter(|record| record.is_some_and(|record| record.whole)).count();
        assert_eq!(whole(&bytes), 3);
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert!(whole(&other) < 3, "byte {at}");
            assert!(whole(&bytes[..at]) < 3, "cut at {at}");
        }
    }
}
