//! Where each row or column of a sheet goes: places, ranges and lists of ranges after a change. Reads no part.

use super::CannotShift;

/// Rows or columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    Rows,
    Columns,
}

impl Axis {
    /// How many of them a sheet has.
    pub(crate) fn limit(self) -> u32 {
        match self {
            Self::Rows => 1_048_576,
            Self::Columns => 16_384,
        }
    }

    /// Of a row and a column, the one that stands on this axis.
    pub(crate) fn of<T>(self, row: T, column: T) -> T {
        match self {
            Self::Rows => row,
            Self::Columns => column,
        }
    }

    /// The word for several of them.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Columns => "columns",
        }
    }
}

/// What stands at one place after a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    /// A row or column that was there, by its old index.
    Old(u32),
    /// A new one. `like` is the old index of the one whose height, styles, formats and validations it takes; without one it
    /// gets no styles, and the formats and validations of the one above.
    New { like: Option<u32> },
}

/// Where each row (or column) of a sheet goes. Zero-based.
#[derive(Clone, Debug)]
pub(crate) struct Shift {
    pub(crate) axis: Axis,
    pub(crate) first: u32,
    pub(crate) old_count: u32,
    pub(crate) order: Vec<Placed>,
    /// For each old index of the stretch, its new one.
    places: Vec<Option<u32>>,
    /// The old indices of the stretch that keep their order, as many as can.
    stays: Vec<u32>,
    /// How many pairs of old neighbours before an old index no longer touch.
    apart: Vec<u32>,
    /// How many survivors before an old index are not followed by the next survivor, with new ones alone between them.
    torn: Vec<u32>,
    /// For each old index of the stretch, the last survivor of the stretch at or before it.
    survivor: Vec<Option<u32>>,
    /// Whether any row that stays changes its order.
    pub(crate) reorders: bool,
    news: bool,
    /// For each of the order, the columns between which a new row holds what the one it is like does.
    copied: Vec<Option<(u32, u32)>>,
}

impl Shift {
    /// A change in which `order` stands from `first` on, in the place of the old `first..first + old_count`. Old ones that it does not
    /// name are deleted.
    ///
    /// # Errors
    /// When `order` names one twice or one outside of the stretch, or when the stretch ends beyond the sheet.
    pub(crate) fn new(axis: Axis, first: u32, old_count: u32, order: Vec<Placed>) -> Result<Self, CannotShift> {
        let wrong = || CannotShift::WrongOrder { axis };
        let end = first.checked_add(old_count).filter(|end| *end <= axis.limit()).ok_or_else(wrong)?;
        if order.len() > axis.limit() as usize {
            return Err(wrong());
        }
        let mut places = vec![None; old_count as usize];
        for (at, placed) in order.iter().enumerate() {
            match placed {
                Placed::Old(old) => {
                    let place = old.checked_sub(first).and_then(|at| places.get_mut(at as usize)).ok_or_else(wrong)?;
                    if place.replace(first + at as u32).is_some() {
                        return Err(wrong());
                    }
                }
                Placed::New { like } => {
                    if like.is_some_and(|like| like >= axis.limit()) {
                        return Err(wrong());
                    }
                }
            }
        }
        let stays = keeping_order(&order);
        let survivors = places.iter().flatten().count();
        let news = order.iter().any(|placed| matches!(placed, Placed::New { .. }));
        let mut shift = Self {
            axis,
            first,
            old_count,
            reorders: stays.len() != survivors,
            order,
            places,
            stays,
            news,
            apart: Vec::new(),
            torn: Vec::new(),
            survivor: Vec::new(),
            copied: Vec::new(),
        };
        shift.count_breaks(end);
        Ok(shift)
    }

    /// The same change, in which some of the new rows hold what those they are like do, between two columns, both included.
    pub(crate) fn copying(self, copied: Vec<Option<(u32, u32)>>) -> Self {
        Self { copied, ..self }
    }

    /// Each new row that holds what another does: its place, the old index of the other, and the columns. Of columns there are none.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (u32, u32, (u32, u32))> {
        let copied = if self.axis == Axis::Rows { &*self.copied } else { &[] };
        (self.first..).zip(self.order.iter().zip(copied)).filter_map(|(place, (placed, columns))| match placed {
            Placed::New { like } => Some((place, (*like)?, (*columns)?)),
            Placed::Old(_) => None,
        })
    }

    /// Fills in what tells whether rows still stand together.
    fn count_breaks(&mut self, end: u32) {
        let mut news_before = vec![0u32; self.order.len() + 1];
        for (at, placed) in self.order.iter().enumerate() {
            news_before[at + 1] = news_before[at] + u32::from(matches!(placed, Placed::New { .. }));
        }
        let follows = |one: u32, two: u32| {
            // `one` and `two` are new indices; the stretch's own are those from `first` on.
            let at = |place: u32| (place.saturating_sub(self.first) as usize).min(self.order.len());
            two > one && {
                let from = if one < self.first { 0 } else { at(one) + 1 };
                let between = two - one - 1;
                news_before[at(two)].saturating_sub(news_before[from.min(self.order.len())]) == between
            }
        };
        let (mut apart, mut torn, mut survivor) = (vec![0], vec![0], Vec::new());
        let mut last = None;
        for old in self.first..end {
            survivor.push(if self.place(old).is_some() {
                last = Some(old);
                last
            } else {
                last
            });
        }
        // The pair (old, old + 1) is counted at the index of `old + 1`.
        let mut next_survivor = vec![end; self.old_count as usize + 1];
        for at in (0..self.old_count as usize).rev() {
            next_survivor[at] = if self.places[at].is_some() { self.first + at as u32 } else { next_survivor[at + 1] };
        }
        for at in 0..=self.old_count as usize {
            let two = self.first + at as u32;
            let Some(one) = two.checked_sub(1) else {
                apart.push(0);
                torn.push(0);
                continue;
            };
            let (from, to) = (self.place_unbounded(one), self.place_unbounded(two));
            let touching = from.zip(to).is_some_and(|(from, to)| from + 1 == to);
            apart.push(apart[at] + u32::from(!touching));
            let tears = from.is_some_and(|from| self.place_unbounded(next_survivor[at]).is_none_or(|to| !follows(from, to)));
            torn.push(torn[at] + u32::from(tears));
        }
        (self.apart, self.torn, self.survivor) = (apart, torn, survivor);
    }

    /// The old index behind the stretch.
    pub(crate) fn end(&self) -> u32 {
        self.first + self.old_count
    }

    fn new_end(&self) -> u32 {
        self.first + self.order.len() as u32
    }

    /// Whether everything stays where it is.
    pub(crate) fn is_identity(&self) -> bool {
        self.order.len() == self.old_count as usize && self.order.iter().zip(self.first..).all(|(placed, at)| *placed == Placed::Old(at))
    }

    /// The new place of an old index, which may lie beyond the sheet.
    pub(crate) fn place_unbounded(&self, old: u32) -> Option<u32> {
        if old < self.first {
            Some(old)
        } else if old < self.end() {
            self.places[(old - self.first) as usize]
        } else {
            Some(old - self.end() + self.new_end())
        }
    }

    /// The new place of an old index; `None` when it is deleted or falls off the sheet.
    pub(crate) fn place(&self, old: u32) -> Option<u32> {
        self.place_unbounded(old).filter(|place| *place < self.axis.limit())
    }

    /// What stands at a new place.
    pub(crate) fn at(&self, place: u32) -> Placed {
        if place < self.first {
            Placed::Old(place)
        } else if place < self.new_end() {
            self.order[(place - self.first) as usize]
        } else {
            Placed::Old(place - self.new_end() + self.end())
        }
    }

    /// Whether the place is that of a new row or column.
    pub(crate) fn is_new(&self, place: u32) -> bool {
        matches!(self.at(place), Placed::New { .. })
    }

    /// The place of an old index or, when it is deleted, of the next one that is not.
    pub(crate) fn near(&self, old: u32) -> u32 {
        let limit = self.axis.limit() - 1;
        let next = (old.max(self.first)..self.end()).find_map(|old| self.place(old));
        let place = self.place(old).or_else(|| if old >= self.first && old < self.end() { next } else { None });
        place.or_else(|| self.place(self.end())).unwrap_or(limit).min(limit)
    }

    /// Whether an old index is among those that keep their order.
    pub(crate) fn stays(&self, old: u32) -> bool {
        old < self.first || old >= self.end() || self.stays.binary_search(&old).is_ok()
    }

    /// By how far all of a range moves, when all of it moves as one and nothing comes between.
    pub(crate) fn uniform(&self, first: u32, last: u32) -> Option<i64> {
        let place = self.place_unbounded(first)?;
        if let Some((from, to)) = self.pairs(first, last)
            && self.apart[to] != self.apart[from]
        {
            return None;
        }
        Some(i64::from(place) - i64::from(first))
    }

    /// Whether what is left of a range stands in the old order, with nothing between but what is new.
    pub(crate) fn keeps_together(&self, first: u32, last: u32) -> bool {
        let last = match last.checked_sub(self.first) {
            Some(at) if last < self.end() => match self.survivor[at as usize] {
                Some(survivor) => survivor,
                None if first < self.first => self.first - 1,
                None => return true,
            },
            _ => last,
        };
        last <= first || self.pairs(first, last).is_none_or(|(from, to)| self.torn[to] == self.torn[from])
    }

    /// The stretch of `apart` and `torn` that speaks of the pairs within a range.
    fn pairs(&self, first: u32, last: u32) -> Option<(usize, usize)> {
        // The pair that ends with old index `first + at` is counted at `at + 1`.
        let count = |old: u32| ((i64::from(old) - i64::from(self.first)).clamp(-1, i64::from(self.old_count)) + 1) as usize;
        (first < last).then(|| (count(first), count(last))).filter(|(from, to)| from < to)
    }

    /// Where a range goes that covers one block: it keeps covering the block, a new one inside widens it, and one that moved away from
    /// it is no longer in it. `None` when nothing of it is left.
    pub(crate) fn range(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let end = self.axis.limit() - 1;
        if first == 0 && last >= end {
            return Some((first, last));
        }
        if first > last || first > end {
            return None;
        }
        let last = last.min(end);
        let (low, high) = self.block(first, last)?;
        // What reaches to the end of the sheet goes on to do so.
        let high = if last >= end { end } else { high.min(end) };
        (low <= high).then_some((low, high))
    }

    fn block(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        if last < self.first {
            return Some((first, last));
        }
        if first >= self.end() {
            return Some((self.place_unbounded(first)?, self.place_unbounded(last)?));
        }
        let (before, after) = (first < self.first, last >= self.end());
        if first <= self.first && last + 1 >= self.end() {
            let is_old = |placed: &Placed| matches!(placed, Placed::Old(_));
            let old = self.order.iter().position(is_old).zip(self.order.iter().rposition(is_old));
            let low = if before { Some(first) } else { old.map(|(low, _)| self.first + low as u32) };
            let high = if after { self.place_unbounded(last) } else { old.map(|(_, high)| self.first + high as u32) };
            let low = low.or_else(|| after.then_some(self.new_end()))?;
            return Some((low, high.or_else(|| before.then(|| self.first - 1))?));
        }
        self.part_of_block(first, last, before, after)
    }

    /// The same for a range that holds a part of the stretch.
    fn part_of_block(&self, first: u32, last: u32, before: bool, after: bool) -> Option<(u32, u32)> {
        let inside = &self.stays[self.stays.partition_point(|old| *old < first)..self.stays.partition_point(|old| *old <= last)];
        let stayer = inside.first().zip(inside.last()).and_then(|(low, high)| self.place_unbounded(*low).zip(self.place_unbounded(*high)));
        let low = if before { Some(first) } else { stayer.map(|(low, _)| low).or_else(|| after.then(|| self.new_end())) };
        let high = if after { self.place_unbounded(last) } else { stayer.map(|(_, high)| high).or_else(|| before.then(|| self.first - 1)) };
        let covers = |place: &Placed| match place {
            Placed::Old(old) => (first..=last).contains(old),
            Placed::New { .. } => false,
        };
        let Some((mut low, mut high)) = low.zip(high) else { return self.longest_run(first, last) };
        // One that moved and landed beside the block stays in it.
        let at = |place: u32| (place as usize).saturating_sub(self.first as usize).min(self.order.len());
        let mut step = at(high + 1);
        if high + 1 >= self.first {
            while let Some(placed) = self.order.get(step).filter(|placed| covers(placed) || matches!(placed, Placed::New { .. })) {
                step += 1;
                if covers(placed) {
                    high = self.first + step as u32 - 1;
                }
            }
        }
        let mut step = at(low);
        while low >= self.first && step > 0 && (covers(&self.order[step - 1]) || self.is_new(self.first + step as u32 - 1)) {
            step -= 1;
            if covers(&self.order[step]) {
                low = self.first + step as u32;
            }
        }
        Some((low, high))
    }

    /// The longest run of a range whose every row moved.
    fn longest_run(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let (mut best, mut run) = (None::<(u32, u32)>, None::<(u32, u32)>);
        for (at, placed) in self.order.iter().enumerate() {
            let place = self.first + at as u32;
            match placed {
                Placed::Old(old) if (first..=last).contains(old) => run = Some((run.map_or(place, |(low, _)| low), place)),
                Placed::New { .. } => {}
                Placed::Old(_) => run = None,
            }
            if let Some((low, high)) = run
                && best.is_none_or(|(from, to)| high - low > to - from)
            {
                best = run;
            }
        }
        best
    }

    /// The same range, widened over the new ones directly below it.
    pub(crate) fn widened(&self, first: u32, last: u32) -> Option<(u32, u32)> {
        let (low, mut high) = self.range(first, last)?;
        while high + 1 < self.axis.limit() {
            match self.at(high + 1) {
                Placed::New { like } if like.is_none_or(|like| (first..=last).contains(&like)) => high += 1,
                Placed::New { .. } | Placed::Old(_) => break,
            }
        }
        Some((low, high))
    }

    /// Exactly where the rows of a range stand, as ranges, with the new ones between them, like them or directly below them.
    pub(crate) fn images(&self, first: u32, last: u32) -> Vec<(u32, u32)> {
        let limit = self.axis.limit() - 1;
        if first == 0 && last >= limit {
            return vec![(first, last)];
        }
        let inside = |old: u32| (first..=last).contains(&old);
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut add = |low: u32, high: u32| {
            let high = high.min(limit);
            match runs.last_mut() {
                Some(run) if run.1 + 1 >= low => run.1 = run.1.max(high),
                _ if low <= high => runs.push((low, high)),
                _ => {}
            }
        };
        if first < self.first {
            add(first, last.min(self.first - 1));
        }
        let touches = first < self.end() && last >= self.first;
        if touches || self.news {
            let mut above = self.first.checked_sub(1).is_some_and(inside);
            // The first of new ones that are not covered by what is above them.
            let mut gap = None;
            for (at, placed) in self.order.iter().enumerate() {
                let place = self.first + at as u32;
                let covered = match placed {
                    Placed::Old(old) => inside(*old),
                    Placed::New { like } => like.map_or(above, inside),
                };
                if covered {
                    add(gap.take().unwrap_or(place), place);
                } else if matches!(placed, Placed::Old(_)) || self.copied.get(at).is_some_and(Option::is_some) {
                    gap = None;
                } else if above {
                    gap = Some(place);
                }
                above = covered;
            }
            if let Some(gap) = gap.filter(|_| inside(self.end())) {
                add(gap, self.new_end().saturating_sub(1));
            }
        }
        if last >= self.end() {
            let place = |old: u32| old - self.end() + self.new_end();
            add(place(first.max(self.end())), if last >= limit { limit } else { place(last) });
        }
        runs
    }
}

/// The longest list of old indices that stand in ascending order.
fn keeping_order(order: &[Placed]) -> Vec<u32> {
    let olds: Vec<u32> = order.iter().filter_map(|placed| if let Placed::Old(old) = placed { Some(*old) } else { None }).collect();
    longest_rising(&olds)
}

/// A longest part of some numbers that rises, in their order.
pub(crate) fn longest_rising(numbers: &[u32]) -> Vec<u32> {
    // For each length, the place of the number with which a rising part of it ends lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut rising = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        rising.push(numbers[place]);
        at = before[place];
    }
    rising.reverse();
    rising
}
