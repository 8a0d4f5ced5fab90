//! A zip of stored entries over parts that stay where they are. Writes headers, and never copies a part.

use std::{
    borrow::Cow,
    io::{self, Read, Seek, SeekFrom},
};

/// A zip of parts, for reading.
#[derive(Clone, Debug)]
pub struct Clean<'a> {
    /// Where each piece begins, and its bytes: the header of a part, the part, and so on, and the directory.
    pieces: Vec<(u64, Cow<'a, [u8]>)>,
    length: u64,
    at: u64,
}

impl<'a> Clean<'a> {
    /// A zip of named parts.
    pub fn of(parts: impl IntoIterator<Item = (String, Cow<'a, [u8]>)>) -> Self {
        let mut zip = Self { pieces: Vec::new(), length: 0, at: 0 };
        let (mut directory, mut count) = (Vec::new(), 0u16);
        for (name, bytes) in parts {
            let offset = zip.length as u32;
            let common = header(&name, &bytes);
            let mut local = b"PK\x03\x04".to_vec();
            local.extend(&common);
            local.extend(name.as_bytes());
            zip.push(local.into());
            zip.push(bytes);
            directory.extend(b"PK\x01\x02\x14\0");
            directory.extend(&common);
            directory.extend([0; 10]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
            count += 1;
        }
        let (start, length) = (zip.length as u32, directory.len() as u32);
        directory.extend(b"PK\x05\x06\0\0\0\0");
        directory.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
        directory.extend(length.to_le_bytes());
        directory.extend(start.to_le_bytes());
        directory.extend([0, 0]);
        zip.push(directory.into());
        zip
    }

    fn push(&mut self, piece: Cow<'a, [u8]>) {
        let length = piece.len() as u64;
        self.pieces.push((self.length, piece));
        self.length += length;
    }
}

/// What both headers of an entry say alike: version, UTF-8 names, stored, no time, checksum, sizes, name, no extras.
fn header(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut header = Vec::with_capacity(26);
    for half in [20u16, 0x800, 0, 0, 0x21] {
        header.extend(half.to_le_bytes());
    }
    // The limits keep a part, and all of them together, far below 4 GB.
    for word in [crc32fast::hash(bytes), bytes.len() as u32, bytes.len() as u32] {
        header.extend(word.to_le_bytes());
    }
    header.extend((name.len() as u16).to_le_bytes());
    header.extend([0, 0]);
    header
}

impl Read for Clean<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        let first = self.pieces.partition_point(|(start, _)| *start <= self.at).saturating_sub(1);
        for (start, piece) in &self.pieces[first..] {
            let from = piece.len().min((self.at - start) as usize);
            let count = (piece.len() - from).min(into.len() - done);
            into[done..done + count].copy_from_slice(&piece[from..from + count]);
            done += count;
            self.at += count as u64;
            if done == into.len() {
                break;
            }
        }
        Ok(done)
    }
}

impl Seek for Clean<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
