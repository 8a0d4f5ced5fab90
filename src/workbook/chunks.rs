//! Large parts cut into chunks, which are read at the same time. Reads none of them.

use std::{ops::Range, thread};

use memchr::memmem;

/// The most chunks of a part.
const MOST: usize = 8;

/// How many chunks a part of this size is cut into: one where it is smaller than `large`.
pub(super) fn chunk_count(size: usize, large: usize) -> usize {
    if size < large { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(MOST) }
}

/// Cuts a part behind a place into about so many chunks, each of which begins with a tag that `fits`. A part with comments or raw text stays
/// whole, as anything may stand in these, and so does one where a tag does not fit.
pub(super) fn chunks(part: &[u8], behind: usize, count: usize, tag: &[u8], fits: impl Fn(&[u8]) -> bool) -> Vec<Range<usize>> {
    let mut cuts = vec![0];
    if count > 1 && memmem::find(&part[behind..], b"<!").is_none() {
        for at in 1..count {
            let from = behind + (part.len() - behind) / count * at;
            let Some(cut) = memmem::find(&part[from..], tag).map(|found| from + found) else { break };
            if !fits(&part[cut..]) {
                cuts.truncate(1);
                break;
            }
            cuts.extend(Some(cut).filter(|cut| cuts.last().is_some_and(|last| last < cut)));
        }
    }
    let ends = cuts.iter().copied().skip(1).chain([part.len()]);
    cuts.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
}
