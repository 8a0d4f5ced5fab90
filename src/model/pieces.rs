//! Long stretches of positions cut into pieces that are worked at on several threads. Knows nothing of what stands there.

use std::{ops::Range, panic::resume_unwind, thread};

/// From how many positions on there is more than one piece, and how many pieces at most.
const MANY: usize = 5_000;
const MOST: usize = 4;

/// What comes of each piece of so many positions, in their order: one for each processor, and one alone where there are few positions.
pub fn in_pieces<T: Send>(count: usize, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
    let threads = if count < MANY { 1 } else { thread::available_parallelism().map_or(1, usize::from).min(MOST) };
    let piece = count.div_ceil(threads);
    let part = |at: usize| (at * piece).min(count)..((at + 1) * piece).min(count);
    let work = &work;
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|at| scope.spawn(move || work(part(at)))).collect();
        let first = work(part(0));
        let others = others.into_iter().map(|other| other.join().unwrap_or_else(|fault| resume_unwind(fault)));
        std::iter::once(first).chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_in_one_piece() {
        for count in [0, 1, 3, MANY - 1, MANY, MANY + 1, 3 * MANY + 7] {
            let all: Vec<usize> = in_pieces(count, Iterator::collect::<Vec<_>>).concat();
            assert!(all.into_iter().eq(0..count), "{count}");
        }
    }
}
