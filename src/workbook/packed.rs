//! Bytes packed as a zip holds them, in pieces on every core. Knows no zip, no part and no sheet.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};

use crc32fast::Hasher;
use flate2::{Compress, Compression, FlushCompress, Status};

/// How large the pieces are that are packed apart, in bytes, and how much is made of it: a save is waited for.
pub(super) const PIECE: usize = 1 << 20;
const LEVEL: Compression = Compression::new(3);

/// Why nothing was packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackError {
    Failed,
    /// It was not to go on.
    Stopped,
}

/// Bytes that were packed, with what a zip says of them.
#[derive(Default)]
pub(super) struct Packed {
    /// One behind the other they are one stream.
    pieces: Vec<Vec<u8>>,
    crc: Hasher,
    size: usize,
}

impl Packed {
    /// Packs bytes.
    ///
    /// # Errors
    /// When the packer does not take them.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, PackError> {
        let make = |_: usize, at: usize, into: &mut Vec<u8>| into.extend_from_slice(bytes.chunks(PIECE).nth(at).unwrap_or_default());
        let parts = packed_parts(&[bytes.len().div_ceil(PIECE)], &make, &mut || true)?;
        parts.into_iter().next().ok_or(PackError::Failed)
    }

    /// The sum that tells whether they are unpacked as they were.
    pub(super) fn crc(&self) -> u32 {
        self.crc.clone().finalize()
    }

    /// How many they were before, in bytes.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// How many they are now, in bytes.
    pub(super) fn packed_size(&self) -> usize {
        self.pieces.iter().map(Vec::len).sum()
    }

    /// The pieces in their order.
    pub(super) fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        self.pieces.iter().map(Vec::as_slice)
    }
}

/// Packs parts while they are made: so many pieces of each, which `make` writes by the place of their part and their own place in it.
/// `go_on` is asked before each piece on the caller's thread, and stops all by answering `false`.
///
/// # Errors
/// When it is stopped, or the packer does not take the bytes.
pub(super) fn packed_parts(
    counts: &[usize],
    make: &(dyn Fn(usize, usize, &mut Vec<u8>) + Sync),
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Packed>, PackError> {
    // A part of nothing is packed as well.
    let of_part = |(part, count): (usize, usize)| (0..count.max(1)).map(move |piece| (part, piece, piece + 1 >= count));
    let places: Vec<(usize, usize, bool)> = counts.iter().copied().enumerate().flat_map(of_part).collect();
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let work = |go_on: &mut dyn FnMut() -> bool| {
        let (mut done, mut bytes) = (Vec::new(), Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(part, piece, last)) = places.get(at) else { return Ok(done) };
            if stopped.load(Ordering::Relaxed) || !go_on() {
                stopped.store(true, Ordering::Relaxed);
                return Err(PackError::Stopped);
            }
            bytes.clear();
            make(part, piece, &mut bytes);
            let mut crc = Hasher::new();
            crc.update(&bytes);
            done.push((at, deflated(&bytes, last)?, crc, bytes.len()));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(places.len());
    let done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(|| work(&mut || true))).collect();
        let own = work(go_on);
        let others = others.into_iter().map(|thread| thread.join().unwrap_or(Err(PackError::Failed)));
        [own].into_iter().chain(others).collect::<Result<Vec<_>, _>>()
    });
    let mut done = done?.into_iter().flatten().collect::<Vec<_>>();
    done.sort_unstable_by_key(|(at, ..)| *at);
    let mut parts: Vec<Packed> = counts.iter().map(|_| Packed::default()).collect();
    for (at, piece, crc, size) in done {
        let part = &mut parts[places[at].0];
        part.pieces.push(piece);
        part.crc.combine(&crc);
        part.size += size;
    }
    Ok(parts)
}

/// A piece of a stream, which ends on a whole byte; the last ends the stream.
fn deflated(piece: &[u8], last: bool) -> Result<Vec<u8>, PackError> {
    let mut packer = Compress::new(LEVEL, false);
    let mut packed = Vec::with_capacity(piece.len() / 4 + 64);
    let flush = if last { FlushCompress::Finish } else { FlushCompress::Sync };
    loop {
        let read = usize::try_from(packer.total_in()).map_err(|_| PackError::Failed)?;
        let status = packer.compress_vec(&piece[read..], &mut packed, flush).map_err(|_| PackError::Failed)?;
        let all = usize::try_from(packer.total_in()).is_ok_and(|read| read == piece.len());
        // Where room is left, all that was pending has been put out.
        if status == Status::StreamEnd || (all && !last && packed.len() < packed.capacity()) {
            return Ok(packed);
        }
        packed.reserve(packed.capacity().max(64));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::DeflateDecoder;

    use super::*;

    fn unpacked(packed: &Packed) -> Vec<u8> {
        let mut read = Vec::new();
        DeflateDecoder::new(&packed.pieces().collect::<Vec<_>>().concat()[..]).read_to_end(&mut read).unwrap();
        assert_eq!((packed.crc(), packed.size()), (crc32fast::hash(&read), read.len()));
        read
    }

    #[test]
    fn pieces_make_one_stream() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 17] {
            let bytes: Vec<u8> = (0..length).map(|at| (at * at / 7 % 251) as u8).collect();
            assert!(unpacked(&Packed::of(&bytes).unwrap()) == bytes, "{length}");
        }
    }

    #[test]
    fn several_parts_are_packed_as_they_are_made_until_it_is_stopped() {
        let make = |part: usize, piece: usize, into: &mut Vec<u8>| into.extend(format!("{part}.{piece};").repeat(1_000).bytes());
        let parts = packed_parts(&[3, 0, 2], &make, &mut || true).unwrap();
        let text = |part: usize, pieces: usize| (0..pieces).map(|piece| format!("{part}.{piece};").repeat(1_000)).collect::<String>();
        assert_eq!(unpacked(&parts[0]), text(0, 3).into_bytes());
        assert_eq!(unpacked(&parts[1]), text(1, 1).into_bytes());
        assert_eq!(unpacked(&parts[2]), text(2, 2).into_bytes());
        assert_eq!(packed_parts(&[1_000], &make, &mut || false).err(), Some(PackError::Stopped));
    }
}
