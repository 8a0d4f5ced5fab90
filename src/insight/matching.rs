//! Which entry of an earlier state is which of now: by id, by words, by ref, by likeness. Pairs one to one, and none that are unlike.

use std::collections::{HashMap, HashSet};

use super::text::words;

/// What an entry is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// Its table and row, where they are the same in both states.
    pub id: Option<(u32, u32)>,
    pub reference: String,
    /// Its words in lower case, without marks.
    words: Vec<String>,
}

/// How much of their words two entries with one ref must share, as a hundredth of all words of both.
const ALIKE_WITH_REF: usize = 30;
/// The same of two entries that share no ref.
const ALIKE: usize = 60;
/// At most so many pairs are compared by their words alone.
const MOST_COMPARED: usize = 400_000;

impl Known {
    pub(super) fn new(id: Option<(u32, u32)>, reference: &str, text: &str) -> Self {
        let reference = reference.trim().trim_end_matches('.').to_lowercase();
        Self { id, reference, words: words(text) }
    }

    /// How much of their words two share, in hundredths.
    fn likeness(&self, other: &Self) -> usize {
        let [one, two] = [self, other].map(|known| known.words.iter().collect::<HashSet<_>>());
        let all = one.union(&two).count();
        (one.intersection(&two).count() * 100).checked_div(all).unwrap_or(0)
    }
}

/// For each entry of now the place of the same one among those before, where it is there.
///
/// In turn: the same id; the same words, where they stand once on each side or under the same ref; the same ref where it stands once on each
/// side and some words are shared; at last the most alike. So a ref that was retyped, a renumbered plan and two rows that changed places come
/// out right, and an entry whose ref went to another action is not taken for it.
pub(super) fn pairs(before: &[Known], now: &[Known]) -> Vec<Option<usize>> {
    let mut paired = Paired { of_now: vec![None; now.len()], taken: vec![false; before.len()] };
    paired.by_key(before, now, |known| known.id, |_, _| true);
    paired.by_key(before, now, |known| (!known.words.is_empty()).then_some((&known.reference, &known.words)), |_, _| true);
    paired.by_key(before, now, |known| (!known.words.is_empty()).then_some(&known.words), |_, _| true);
    paired.by_key(
        before,
        now,
        |known| (!known.reference.is_empty()).then_some(&known.reference),
        |one, other| one.likeness(other) >= ALIKE_WITH_REF || one.words.is_empty() || other.words.is_empty(),
    );
    paired.by_likeness(before, now);
    paired.of_now
}

struct Paired {
    of_now: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl Paired {
    /// Pairs what is still alone by a key that stands once on each side.
    fn by_key<'known, Key: std::hash::Hash + Eq>(
        &mut self,
        before: &'known [Known],
        now: &'known [Known],
        key: impl Fn(&'known Known) -> Option<Key>,
        may: impl Fn(&Known, &Known) -> bool,
    ) {
        let mut keys: HashMap<Key, [Vec<usize>; 2]> = HashMap::new();
        for (at, known) in before.iter().enumerate().filter(|(at, _)| !self.taken[*at]) {
            key(known).into_iter().for_each(|key| keys.entry(key).or_default()[0].push(at));
        }
        for (at, known) in now.iter().enumerate().filter(|(at, _)| self.of_now[*at].is_none()) {
            key(known).into_iter().for_each(|key| keys.entry(key).or_default()[1].push(at));
        }
        for [old, new] in keys.into_values() {
            if let ([old], [new]) = (&old[..], &new[..])
                && may(&before[*old], &now[*new])
            {
                self.pair(*old, *new);
            }
        }
    }

    /// Pairs what is still alone with what is most like it, the most alike first.
    fn by_likeness(&mut self, before: &[Known], now: &[Known]) {
        let old: Vec<usize> = (0..before.len()).filter(|at| !self.taken[*at]).collect();
        let new: Vec<usize> = (0..now.len()).filter(|at| self.of_now[*at].is_none()).collect();
        if old.len().saturating_mul(new.len()) > MOST_COMPARED {
            return;
        }
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for &at in &new {
            found.extend(old.iter().map(|&held| (before[held].likeness(&now[at]), held, at)).filter(|(alike, ..)| *alike >= ALIKE));
        }
        // Of equal likeness the first in the order of the plan.
        found.sort_by_key(|&(alike, held, at)| (std::cmp::Reverse(alike), at, held));
        for (_, held, at) in found {
            if !self.taken[held] && self.of_now[at].is_none() {
                self.pair(held, at);
            }
        }
    }

    fn pair(&mut self, before: usize, now: usize) {
        self.taken[before] = true;
        self.of_now[now] = Some(before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Refs and words of before and of now; for each of now the ref it had.
    fn paired(before: &[(&str, &str)], now: &[(&str, &str)]) -> Vec<String> {
        let known = |all: &[(&str, &str)]| all.iter().map(|(reference, text)| Known::new(None, reference, text)).collect::<Vec<_>>();
        let (old, new) = (known(before), known(now));
        pairs(&old, &new).into_iter().map(|at| at.map_or("new", |at| before[at].0).to_owned()).collect()
    }

    const PLAN: [(&str, &str); 4] = [
        ("1.1", "Open a repair café in each ward"),
        ("1.2", "Train thirty volunteers as neighbourhood champions"),
        ("1.3", "Publish the map of warm spaces"),
        ("1.4", "Review the grants for small groups"),
    ];

    #[test]
    fn an_entry_is_known_by_its_words_before_its_ref() {
        assert_eq!(paired(&PLAN, &PLAN), ["1.1", "1.2", "1.3", "1.4"]);
        let swapped = [("1.1", PLAN[1].1), ("1.2", PLAN[0].1), PLAN[2], PLAN[3]];
        assert_eq!(paired(&PLAN, &swapped), ["1.2", "1.1", "1.3", "1.4"]);
        let renumbered: Vec<(&str, &str)> = ["2.1", "2.2", "2.3", "2.4"].into_iter().zip(PLAN.map(|(_, words)| words)).collect();
        assert_eq!(paired(&PLAN, &renumbered), ["1.1", "1.2", "1.3", "1.4"]);
        let inserted = [("1.1", "Plant fifty trees"), ("1.2", PLAN[0].1), ("1.3", PLAN[1].1), ("1.4", PLAN[2].1), ("1.5", PLAN[3].1)];
        assert_eq!(paired(&PLAN, &inserted), ["new", "1.1", "1.2", "1.3", "1.4"]);
    }

    #[test]
    fn reworded_entries_are_known_by_their_ref_or_their_likeness() {
        let reworded = [("1.1", "Open a repair café in each of our wards by spring"), PLAN[1], PLAN[2], PLAN[3]];
        assert_eq!(paired(&PLAN, &reworded), ["1.1", "1.2", "1.3", "1.4"]);
        let retyped = [PLAN[0], ("1-2", "Train thirty new volunteers as neighbourhood champions"), PLAN[2], PLAN[3]];
        assert_eq!(paired(&PLAN, &retyped), ["1.1", "1.2", "1.3", "1.4"]);
        let another = [("1.1", "Close the depot at Mill Lane"), PLAN[1], PLAN[2], PLAN[3]];
        assert_eq!(paired(&PLAN, &another), ["new", "1.2", "1.3", "1.4"], "a ref that went to another action");
    }

    #[test]
    fn words_or_refs_that_stand_twice_pair_no_two_entries_with_one() {
        let twice = [("1", "Hold the annual meeting"), ("2", "Hold the annual meeting")];
        assert_eq!(paired(&twice, &twice), ["1", "2"]);
        assert_eq!(paired(&[("1", "Dig"), ("1", "Mend the gate")], &[("1", "Mend the gate"), ("1", "Dig")]), ["1", "1"]);
        let split = [PLAN[0], ("1.2a", "Train thirty volunteers as neighbourhood"), ("1.2b", "Train champions"), PLAN[2], PLAN[3]];
        assert_eq!(paired(&PLAN, &split), ["1.1", "1.2", "new", "1.3", "1.4"]);
    }

    #[test]
    fn an_id_goes_before_words() {
        let known = |id, text| Known::new(Some((1, id)), "", text);
        assert_eq!(pairs(&[known(1, "Dig"), known(2, "Mend")], &[known(2, "Dig"), known(1, "Mend")]), [Some(1), Some(0)]);
    }
}
