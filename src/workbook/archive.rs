//! The zip of a workbook as byte ranges: entries that do not change are copied as they stand. Never repacks one that did not change.

use std::{
    collections::{HashMap, HashSet},
    io::Read,
    ops::Range,
};

use flate2::read::DeflateDecoder;

use super::{
    package::part_key,
    packed::{PackError, Packed},
};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// The length of the record at the end without its comment, and of the longest comment.
const END_LENGTH: usize = 22;
const LONGEST_COMMENT: usize = 0xFFFF;
/// The flag of sizes that follow the bytes, and the way of packing that is written.
const SIZES_FOLLOW: u16 = 1 << 3;
const DEFLATE: u16 = 8;
/// The extra field of sizes beyond 4 GB.
const ZIP64: u16 = 1;
/// The most that one part is unpacked to, in bytes.
const MOST: usize = 1 << 30;

/// Why a zip is not taken apart.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum ArchiveError {
    #[error("its parts are not packed as spreadsheet programs pack them")]
    Unusual,
    #[error("a part of it cannot be unpacked")]
    Damaged,
}

impl From<PackError> for ArchiveError {
    fn from(_: PackError) -> Self {
        Self::Damaged
    }
}

struct Entry {
    name: String,
    /// From its header to that of the next, so that what lies between is copied as well.
    local: Range<usize>,
    /// Its record in the directory.
    central: Range<usize>,
    packed: Range<usize>,
    size: usize,
    deflated: bool,
}

/// A zip that was taken apart.
pub(super) struct Archive<'a> {
    bytes: &'a [u8],
    /// In the order of the directory.
    entries: Vec<Entry>,
    places: HashMap<String, usize>,
    directory: Range<usize>,
    end: usize,
}

impl<'a> Archive<'a> {
    /// Finds the entries of a zip, whose directory `Package::open` has checked.
    ///
    /// # Errors
    /// When it is packed in a way that cannot be copied byte by byte.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, ArchiveError> {
        let from = bytes.len().saturating_sub(END_LENGTH + LONGEST_COMMENT);
        let end = (from..=bytes.len().saturating_sub(END_LENGTH)).rev().find(|at| {
            let comment = number(bytes, at + 20, 2).unwrap_or(usize::MAX);
            bytes[*at..].starts_with(END) && at + END_LENGTH + comment == bytes.len()
        });
        let end = end.ok_or(ArchiveError::Unusual)?;
        let field = |at: usize, length: usize| number(bytes, end + at, length).ok_or(ArchiveError::Unusual);
        let (count, size, start) = (field(10, 2)?, field(12, 4)?, field(16, 4)?);
        let directory = start..start.checked_add(size).filter(|to| *to <= end).ok_or(ArchiveError::Unusual)?;
        let mut entries = Vec::with_capacity(count);
        let mut at = start;
        while entries.len() < count {
            let entry = entry(bytes, at, directory.end)?;
            at = entry.central.end;
            entries.push(entry);
        }
        if at != directory.end {
            return Err(ArchiveError::Unusual);
        }
        let mut starts: Vec<usize> = entries.iter().map(|entry| entry.local.start).chain([start]).collect();
        starts.sort_unstable();
        for entry in &mut entries {
            let next = starts.partition_point(|start| *start <= entry.local.start);
            entry.local.end = starts.get(next).copied().filter(|next| *next >= entry.packed.end).ok_or(ArchiveError::Unusual)?;
        }
        let places = entries.iter().enumerate().map(|(at, entry)| (part_key(&entry.name), at)).collect();
        Ok(Self { bytes, entries, places, directory, end })
    }

    /// The names of its parts.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// A part, unpacked; nothing where there is none of that name.
    ///
    /// # Errors
    /// When it cannot be unpacked.
    pub(super) fn part(&self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(at) = self.places.get(&part_key(name)) else { return Ok(None) };
        let entry = &self.entries[*at];
        let packed = &self.bytes[entry.packed.clone()];
        if !entry.deflated {
            return Ok(Some(packed.to_vec()));
        }
        if entry.size > MOST {
            return Err(ArchiveError::Damaged);
        }
        let mut bytes = Vec::with_capacity(entry.size);
        let read = DeflateDecoder::new(packed).take(entry.size as u64 + 1).read_to_end(&mut bytes);
        match read {
            Ok(read) if read == entry.size => Ok(Some(bytes)),
            Ok(_) | Err(_) => Err(ArchiveError::Damaged),
        }
    }

    /// The zip with other bytes in some parts, by their keys, and without others.
    ///
    /// # Errors
    /// When it would be larger than a zip of this kind may be.
    pub(super) fn with(&self, changed: &HashMap<String, Vec<u8>>, removed: &HashSet<String>) -> Result<Vec<u8>, ArchiveError> {
        if changed.is_empty() && removed.is_empty() {
            return Ok(self.bytes.to_vec());
        }
        let packed = changed.iter().map(|(key, bytes)| Ok((key.clone(), Packed::of(bytes)?)));
        self.with_packed(&packed.collect::<Result<_, PackError>>()?, removed)
    }

    /// The same with bytes that are packed already.
    ///
    /// # Errors
    /// When it would be larger than a zip of this kind may be.
    pub(super) fn with_packed(&self, changed: &HashMap<String, Packed>, removed: &HashSet<String>) -> Result<Vec<u8>, ArchiveError> {
        let mut by_place: Vec<&Entry> = self.entries.iter().collect();
        by_place.sort_unstable_by_key(|entry| entry.local.start);
        let mut written = self.bytes[..by_place.first().map_or(self.directory.start, |entry| entry.local.start)].to_vec();
        let mut records: HashMap<usize, Vec<u8>> = HashMap::new();
        for entry in by_place {
            let key = part_key(&entry.name);
            if removed.contains(&key) {
                continue;
            }
            let offset = u32::try_from(written.len()).map_err(|_| ArchiveError::Unusual)?;
            let mut record = self.bytes[entry.central.clone()].to_vec();
            record[42..46].copy_from_slice(&offset.to_le_bytes());
            match changed.get(&key) {
                Some(packed) => repack(&mut written, &mut record, &self.bytes[entry.local.start..entry.packed.start], packed)?,
                None => written.extend_from_slice(&self.bytes[entry.local.clone()]),
            }
            records.insert(entry.central.start, record);
        }
        let start = written.len();
        self.entries.iter().filter_map(|entry| records.get(&entry.central.start)).for_each(|record| written.extend_from_slice(record));
        let size = written.len() - start;
        written.extend_from_slice(&self.bytes[self.directory.end..self.end]);
        let mut end = self.bytes[self.end..].to_vec();
        let count = u16::try_from(records.len()).map_err(|_| ArchiveError::Unusual)?.to_le_bytes();
        end[8..10].copy_from_slice(&count);
        end[10..12].copy_from_slice(&count);
        end[12..16].copy_from_slice(&u32::try_from(size).map_err(|_| ArchiveError::Unusual)?.to_le_bytes());
        end[16..20].copy_from_slice(&u32::try_from(start).map_err(|_| ArchiveError::Unusual)?.to_le_bytes());
        written.extend_from_slice(&end);
        Ok(written)
    }
}

/// The entry whose record in the directory begins at a place.
fn entry(bytes: &[u8], at: usize, end: usize) -> Result<Entry, ArchiveError> {
    let field = |offset: usize, length: usize| number(bytes, at + offset, length).ok_or(ArchiveError::Unusual);
    if !bytes.get(at..end).is_some_and(|record| record.starts_with(CENTRAL)) {
        return Err(ArchiveError::Unusual);
    }
    let (flags, method, packed, size) = (field(8, 2)?, field(10, 2)?, field(20, 4)?, field(24, 4)?);
    let (name, extra, comment, local) = (field(28, 2)?, field(30, 2)?, field(32, 2)?, field(42, 4)?);
    let central = at..at + 46 + name + extra + comment;
    let head = |offset: usize| number(bytes, local + offset, 2).ok_or(ArchiveError::Unusual);
    let is_head = bytes.get(local..).is_some_and(|head| head.starts_with(LOCAL));
    // Bit 0 is of passwords.
    if central.end > end || !is_head || flags & 1 == 1 || ![0, usize::from(DEFLATE)].contains(&method) || packed == u32::MAX as usize {
        return Err(ArchiveError::Unusual);
    }
    let start = local + 30 + head(26)? + head(28)?;
    let packed = start..start.checked_add(packed).filter(|to| *to <= bytes.len()).ok_or(ArchiveError::Unusual)?;
    Ok(Entry {
        name: String::from_utf8_lossy(&bytes[at + 46..at + 46 + name]).into_owned(),
        local: local..packed.end,
        central,
        packed,
        size,
        deflated: method != 0,
    })
}

/// Writes an entry with other bytes under its own header, and mends its record in the directory.
fn repack(written: &mut Vec<u8>, record: &mut [u8], header: &[u8], packed: &Packed) -> Result<(), ArchiveError> {
    let sizes = [packed.packed_size(), packed.size()].map(|size| u32::try_from(size).ok());
    let ([Some(packed_size), Some(size)], crc) = (sizes, packed.crc()) else { return Err(ArchiveError::Unusual) };
    let name_length = number(header, 26, 2).unwrap_or(0);
    let extra = without_zip64(header.get(30 + name_length..).unwrap_or_default());
    let mut head = header[..30 + name_length].to_vec();
    let flags = u16::from_le_bytes([head[6], head[7]]) & !SIZES_FOLLOW;
    head[6..8].copy_from_slice(&flags.to_le_bytes());
    record[8..10].copy_from_slice(&flags.to_le_bytes());
    // The same fields stand two bytes further on in the directory.
    for (bytes, at) in [(&mut head[..], 8), (record, 10)] {
        bytes[at..at + 2].copy_from_slice(&DEFLATE.to_le_bytes());
        bytes[at + 6..at + 10].copy_from_slice(&crc.to_le_bytes());
        bytes[at + 10..at + 14].copy_from_slice(&packed_size.to_le_bytes());
        bytes[at + 14..at + 18].copy_from_slice(&size.to_le_bytes());
    }
    head[28..30].copy_from_slice(&(extra.len() as u16).to_le_bytes());
    written.extend_from_slice(&head);
    written.extend_from_slice(&extra);
    packed.pieces().for_each(|piece| written.extend_from_slice(piece));
    Ok(())
}

/// The extra fields of a header but for that of large sizes, which would no longer be right.
fn without_zip64(extra: &[u8]) -> Vec<u8> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while let (Some(id), Some(length)) = (number(extra, at, 2), number(extra, at + 2, 2)) {
        let Some(field) = extra.get(at..at + 4 + length) else { break };
        if id != usize::from(ZIP64) {
            kept.extend_from_slice(field);
        }
        at += field.len();
    }
    kept
}

/// A number as a zip writes it, of up to four bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zip() -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("a.xml", "one"), ("media/b.png", "two"), ("c.xml", "three")] {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.set_comment("of its owner").unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_part_changes_alone() {
        let before = zip();
        let archive = Archive::read(&before).unwrap();
        assert_eq!(archive.part("/A.xml").unwrap().as_deref(), Some(&b"one"[..]));
        assert_eq!(archive.with(&HashMap::new(), &HashSet::new()).unwrap(), before);
        let changed = HashMap::from([("a.xml".to_owned(), b"another text".repeat(100))]);
        let after = archive.with(&changed, &HashSet::from(["c.xml".to_owned()])).unwrap();
        let mut read = ZipArchive::new(Cursor::new(&after)).unwrap();
        assert_eq!(read.len(), 2);
        let mut text = String::new();
        read.by_index(0).unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "another text".repeat(100));
        let again = Archive::read(&after).unwrap();
        assert_eq!(again.part("media/b.png").unwrap().as_deref(), Some(&b"two"[..]));
        let local = |archive: &Archive<'_>| archive.bytes[archive.entries[1].local.clone()].to_vec();
        assert_eq!(local(&archive), local(&again));
        assert!(after.ends_with(b"of its owner"));
    }

    #[test]
    fn what_is_cut_off_is_refused() {
        let whole = zip();
        for length in 0..whole.len() {
            drop(Archive::read(&whole[..length]));
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xFF;
            if let Ok(archive) = Archive::read(&bytes) {
                drop(archive.part("a.xml"));
                drop(archive.with(&HashMap::from([("a.xml".to_owned(), Vec::new())]), &HashSet::new()));
            }
        }
    }
}
