//! The streams of a compound file, within the bounds of its bytes. Follows no chain in a circle.

use crate::workbook::{OpenError, package::too_large};

const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const SMALL_STREAM: u64 = 4096;
const SMALL_SECTOR: usize = 64;

struct DirectoryEntry {
    name: String,
    start: u32,
    length: u64,
    /// The entries beside it in the order of names, and the first within it.
    beside: [u32; 2],
    within: u32,
}

/// A compound file: sectors, and the table that chains them to streams.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<DirectoryEntry>,
    /// The entries that stand in no other than the root.
    outer: Vec<usize>,
    small_table: Vec<u32>,
    small_sectors: Vec<u8>,
}

impl<'a> Compound<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, OpenError> {
        let header = bytes.get(..512).ok_or_else(damaged)?;
        let sector = match header[30] {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged()),
        };
        let mut file = Self {
            bytes,
            sector,
            table: Vec::new(),
            entries: Vec::new(),
            outer: Vec::new(),
            small_table: Vec::new(),
            small_sectors: Vec::new(),
        };
        file.table = file.read_table(header)?;
        let directory = file.chain(word(header, 48), usize::MAX)?;
        file.entries = directory.chunks_exact(128).map(|entry| file.entry(entry)).collect();
        file.outer = file.entries_in_root();
        let root = file.entries.first().map(|root| (root.start, root.length));
        if let Some((start, length)) = root
            && word(header, 64) > 0
        {
            file.small_sectors = file.chain(start, usize::try_from(length).unwrap_or(usize::MAX))?;
            file.small_table = words(&file.chain(word(header, 60), usize::MAX)?);
        }
        Ok(file)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The bytes of a stream, at most so many.
    pub(crate) fn stream(&self, name: &str, most: usize) -> Result<Vec<u8>, OpenError> {
        let entry = self.find(name).ok_or(OpenError::NotAWorkbook)?;
        if entry.length > most as u64 {
            return Err(too_large(most as u64));
        }
        let length = entry.length as usize;
        if entry.length >= SMALL_STREAM {
            return self.chain(entry.start, length);
        }
        follow(&self.small_table, entry.start, length, |at| {
            let start = at * SMALL_SECTOR;
            self.small_sectors.get(start..(start + SMALL_SECTOR).min(self.small_sectors.len()))
        })
    }

    fn find(&self, name: &str) -> Option<&DirectoryEntry> {
        self.outer.iter().filter_map(|at| self.entries.get(*at)).find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Goes through the tree of the root's entries; each is looked at once, whatever the tree says.
    fn entries_in_root(&self) -> Vec<usize> {
        let mut seen = vec![false; self.entries.len()];
        let (mut found, mut next) = (Vec::new(), self.entries.first().map(|root| root.within).into_iter().collect::<Vec<_>>());
        while let Some(at) = next.pop() {
            let at = at as usize;
            let Some(seen) = seen.get_mut(at).filter(|seen| !**seen) else { continue };
            *seen = true;
            next.extend(self.entries[at].beside);
            found.push(at);
        }
        found.sort_unstable();
        // Where the tree is broken, the order in the file is what there is.
        if found.is_empty() { (0..self.entries.len()).collect() } else { found }
    }

    fn entry(&self, bytes: &[u8]) -> DirectoryEntry {
        let letters = bytes[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).take_while(|letter| *letter != 0);
        let name = char::decode_utf16(letters).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
        let high = if self.sector == 512 { 0 } else { u64::from(word(bytes, 124)) };
        DirectoryEntry {
            name,
            start: word(bytes, 116),
            length: u64::from(word(bytes, 120)) | high << 32,
            beside: [word(bytes, 68), word(bytes, 72)],
            within: word(bytes, 76),
        }
    }

    /// The bytes of a sector, fewer where the file ends in it.
    fn sector(&self, id: usize) -> Option<&'a [u8]> {
        let start = id.checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..(start + self.sector).min(self.bytes.len()))
    }

    fn chain(&self, start: u32, most: usize) -> Result<Vec<u8>, OpenError> {
        follow(&self.table, start, most, |id| self.sector(id))
    }

    /// The table of all sectors. The header names its first sectors, and a chain of lists the others.
    fn read_table(&self, header: &[u8]) -> Result<Vec<u32>, OpenError> {
        let sectors = self.bytes.len() / self.sector;
        let (mut list, mut next, mut lists) = (words(&header[76..512]), word(header, 68), 0);
        while next < LAST_SECTOR {
            lists += 1;
            list.extend(words(self.sector(next as usize).ok_or_else(damaged)?));
            next = list.pop().ok_or_else(damaged)?;
            if lists > sectors {
                return Err(circle());
            }
        }
        list.retain(|id| *id < LAST_SECTOR);
        if list.len() > sectors {
            return Err(circle());
        }
        let mut table = Vec::new();
        for id in list {
            table.extend(words(self.sector(id as usize).ok_or_else(damaged)?));
        }
        Ok(table)
    }
}

/// The bytes of a chain of sectors, at most so many.
fn follow<'a>(table: &[u32], start: u32, most: usize, sector: impl Fn(usize) -> Option<&'a [u8]>) -> Result<Vec<u8>, OpenError> {
    let (mut bytes, mut id, mut steps) = (Vec::new(), start, 0);
    while id != END_OF_CHAIN && bytes.len() < most {
        let piece = sector(id as usize).ok_or_else(damaged)?;
        bytes.extend_from_slice(&piece[..piece.len().min(most - bytes.len())]);
        id = if bytes.len() < most { *table.get(id as usize).ok_or_else(damaged)? } else { END_OF_CHAIN };
        steps += 1;
        // A chain that is longer than the table passes a sector twice.
        if steps > table.len() {
            return Err(circle());
        }
    }
    Ok(bytes)
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| word(four, 0)).collect()
}

fn damaged() -> OpenError {
    OpenError::Damaged("a part of it is missing, so it may not have been copied completely".to_owned())
}

fn circle() -> OpenError {
    OpenError::Strange("its parts lead back to themselves".to_owned())
}
