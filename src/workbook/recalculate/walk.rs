//! Owns the order of recomputing: which formulas depend on the edits, which of them to trust, and what follows; it never evaluates itself.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::areas::{Area, Readers};
use super::evaluate::evaluate;
use super::reads::{Finder, Reads};
use super::sheets::Sheets;
use super::surroundings::Surroundings;
use super::tree::{self, Node};
use super::values::{Over, Place, Values};
use super::{Book, Recalculated, Stored};

/// How many formulas are evaluated at most.
const MOST_FORMULAS: usize = 200_000;
/// How many cells of one array formula are looked at.
const MOST_FILLED: u64 = 100_000;
/// How often, in formulas, it is asked whether to stop.
const ASKED_EVERY: usize = 64;

/// Why a formula was not reached.
pub(super) const STOPPED: &str = "the calculation was stopped before it";

/// One formula of the book.
struct Formula<'a> {
    place: Place,
    text: &'a str,
    fills: (u32, u32),
    array: bool,
    cached: &'a Stored,
    today: bool,
    subtotal: bool,
    dynamic: bool,
}

/// Everything that does not change while formulas are evaluated.
struct Walk<'a> {
    around: &'a Surroundings<'a>,
    formulas: Vec<Formula<'a>>,
    numbers: HashMap<Place, u32>,
    /// Formulas by sheet and column, each column's by row.
    columns: BTreeMap<(usize, u32), Vec<(u32, u32)>>,
    readers: Readers,
    /// Edited cells and what they held.
    before: HashMap<Place, Stored>,
    stop: &'a Arc<AtomicBool>,
}

/// Every formula of the book is kept, for one reason.
pub(super) fn nothing_done(book: &Book, why: &str) -> Recalculated {
    let mut kept = Vec::new();
    for (number, sheet) in book.sheets.iter().enumerate() {
        let formulas = sheet.cells.iter().filter(|cell| cell.formula.is_some());
        kept.extend(formulas.map(|cell| (number, cell.row, cell.column, why.to_string())));
    }
    Recalculated { kept, ..Recalculated::default() }
}

/// Recomputes what depends on the edited cells.
pub(super) fn walk(book: &Book, edited: &[(usize, u32, u32, Stored)], stop: &Arc<AtomicBool>) -> Recalculated {
    let (around, values) = (Surroundings::new(book), Values::new(book));
    let before = edited.iter().map(|(sheet, row, column, was)| ((*sheet, *row, *column), was.clone())).collect();
    let mut walk = Walk {
        around: &around,
        formulas: listed(book),
        numbers: HashMap::new(),
        columns: BTreeMap::new(),
        readers: Readers::default(),
        before,
        stop,
    };
    let mut over = Over::default();
    walk.before.iter().for_each(|(place, value)| over.set(*place, value.clone()));
    let then = Sheets::new(&around, &values, over, Arc::clone(stop));
    if !walk.read_all(&then) {
        return nothing_done(book, STOPPED);
    }
    let cone = walk.cone();
    let mut now = Sheets::new(&around, &values, Over::default(), Arc::clone(stop));
    let mut outcome = Recalculated::default();
    Order::new(&walk, &cone).follow(&walk, &then, &mut now, &mut outcome);
    outcome.changed.sort_by_key(|found| (found.0, found.1, found.2));
    outcome.kept.sort_by_key(|found| (found.0, found.1, found.2));
    outcome
}

fn listed(book: &Book) -> Vec<Formula<'_>> {
    let mut formulas = Vec::new();
    for (sheet, cells) in book.sheets.iter().enumerate() {
        for cell in &cells.cells {
            let Some(text) = &cell.formula else { continue };
            formulas.push(Formula {
                place: (sheet, cell.row, cell.column),
                text: text.strip_prefix('=').unwrap_or(text),
                fills: cell.fills.unwrap_or((1, 1)),
                array: cell.fills.is_some(),
                cached: &cell.value,
                today: false,
                subtotal: false,
                dynamic: false,
            });
        }
    }
    formulas
}

impl<'a> Walk<'a> {
    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Reads every formula of the book; false where told to stop.
    fn read_all(&mut self, then: &Sheets<'_>) -> bool {
        let mut finder = Finder::new(self.around);
        for at in 0..self.formulas.len() {
            if at % ASKED_EVERY == 0 && self.stopped() {
                return false;
            }
            let (Ok(number), Some(formula)) = (u32::try_from(at), self.formulas.get_mut(at)) else { return false };
            let Reads { mut areas, dynamic, today, subtotal, stretches, .. } = finder.reads(formula.text, formula.place);
            (formula.today, formula.dynamic, formula.subtotal) = (today, dynamic, subtotal);
            let tree = if dynamic || stretches { tree::read(formula.text, formula.place, self.around).ok() } else { None };
            if let Some(tree) = &tree {
                tree.stretched(&mut areas);
            }
            if let (true, Some(tree)) = (dynamic, &tree) {
                then.note();
                // Its value does not matter here, only what it reads.
                let _ = evaluate(then, tree, formula.place, formula.array);
                areas.extend(then.noted());
            }
            let (sheet, row, column) = formula.place;
            self.numbers.insert(formula.place, number);
            self.columns.entry((sheet, column)).or_default().push((row, number));
            for area in areas {
                self.readers.add(area, number);
            }
        }
        self.columns.values_mut().for_each(|column| column.sort_unstable());
        true
    }

    /// The cells that a formula fills: mostly its own alone.
    fn cells(&self, number: u32) -> impl Iterator<Item = Place> + use<> {
        let formula = self.formulas.get(number as usize);
        let (place, fills) = formula.map_or(((0, 0, 0), (0, 0)), |formula| (formula.place, formula.fills));
        let width = u64::from(fills.1.max(1));
        let count = (u64::from(fills.0) * u64::from(fills.1)).min(MOST_FILLED);
        let near = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
        (0..count).map(move |at| (place.0, place.1.saturating_add(near(at / width)), place.2.saturating_add(near(at % width))))
    }

    /// The formulas that depend on the edited cells; and where one of these reads a formula whose value is not what it
    /// would be today, that formula and what depends on it.
    fn cone(&self) -> Vec<u32> {
        let mut reached = Reached { inside: vec![false; self.formulas.len()], areas: vec![false; self.readers.len()], order: Vec::new() };
        for place in self.before.keys() {
            if let Some(&number) = self.numbers.get(place) {
                reached.take(number);
            }
            reached.reading(self, *place);
        }
        reached.spread(self, 0);
        if self.formulas.iter().any(|formula| outdated(formula)) {
            self.add_outdated(&mut reached);
        }
        reached.order
    }

    /// Follows what the formulas reached read, upwards, to formulas whose values are out of date.
    fn add_outdated(&self, reached: &mut Reached) {
        let mut of_formula: Vec<Vec<u32>> = vec![Vec::new(); self.formulas.len()];
        for area in 0..self.readers.len() {
            let Ok(area) = u32::try_from(area) else { return };
            for &formula in self.readers.formulas(area) {
                if let Some(areas) = of_formula.get_mut(formula as usize) {
                    areas.push(area);
                }
            }
        }
        let mut looked = vec![false; self.readers.len()];
        let mut above = vec![false; self.formulas.len()];
        let mut open: Vec<u32> = reached.order.clone();
        while let Some(number) = open.pop() {
            for &area in of_formula.get(number as usize).into_iter().flatten() {
                if std::mem::replace(&mut looked[area as usize], true) {
                    continue;
                }
                let Some(area) = self.readers.area(area) else { continue };
                for found in self.within(area) {
                    if std::mem::replace(&mut above[found as usize], true) {
                        continue;
                    }
                    open.push(found);
                    if self.formulas.get(found as usize).is_some_and(outdated) && reached.take(found) {
                        let from = reached.order.len() - 1;
                        reached.spread(self, from);
                        open.extend(reached.order.iter().skip(from).copied());
                    }
                }
            }
        }
    }

    /// The formulas in a rectangle.
    fn within(&self, area: &Area) -> Vec<u32> {
        let columns = self.columns.range((area.sheet, area.first_column)..=(area.sheet, area.last_column));
        let mut found = Vec::new();
        for column in columns.map(|(_, column)| column) {
            let first = column.partition_point(|entry| entry.0 < area.first_row);
            let inside = column.iter().skip(first).take_while(|entry| entry.0 <= area.last_row);
            found.extend(inside.map(|entry| entry.1));
        }
        found
    }
}

/// Whether a formula's cached value may not be what it would be now, though nothing that it reads was edited.
fn outdated(formula: &Formula<'_>) -> bool {
    formula.today || *formula.cached == Stored::Blank
}

/// Formulas reached from the edits.
struct Reached {
    inside: Vec<bool>,
    areas: Vec<bool>,
    order: Vec<u32>,
}

impl Reached {
    /// Takes a formula in; false where it was in.
    fn take(&mut self, number: u32) -> bool {
        match self.inside.get_mut(number as usize) {
            Some(inside) if !*inside => {
                *inside = true;
                self.order.push(number);
                true
            }
            _ => false,
        }
    }

    /// Takes in the formulas that read a cell.
    fn reading(&mut self, walk: &Walk<'_>, (sheet, row, column): Place) {
        let mut found = Vec::new();
        walk.readers.at(sheet, row, column, |area| found.push(area));
        for area in found {
            if self.areas.get(area as usize).is_none_or(|seen| *seen) {
                continue;
            }
            self.areas[area as usize] = true;
            for &number in walk.readers.formulas(area) {
                self.take(number);
            }
        }
    }

    /// Takes in what reads the formulas taken in from `from` on.
    fn spread(&mut self, walk: &Walk<'_>, from: usize) {
        let mut at = from;
        while let Some(&number) = self.order.get(at) {
            for place in walk.cells(number) {
                self.reading(walk, place);
            }
            at += 1;
        }
    }
}

/// The order in which formulas can be evaluated: each after those that it reads.
struct Order {
    inside: Vec<bool>,
    cone: Vec<u32>,
    /// For every rectangle the cells in it that are still to come.
    awaited_cells: Vec<u32>,
    /// For every formula the rectangles in which some are.
    awaited_areas: Vec<u32>,
    /// A formula that kept its value, in every rectangle that holds one.
    stale_area: Vec<Option<u32>>,
    /// The same for every formula that reads such a rectangle.
    stale: Vec<Option<u32>>,
}

impl Order {
    fn new(walk: &Walk<'_>, cone: &[u32]) -> Self {
        let mut order = Self {
            inside: vec![false; walk.formulas.len()],
            cone: cone.to_vec(),
            awaited_cells: vec![0; walk.readers.len()],
            awaited_areas: vec![0; walk.formulas.len()],
            stale_area: vec![None; walk.readers.len()],
            stale: vec![None; walk.formulas.len()],
        };
        for &number in cone {
            order.inside[number as usize] = true;
            for (sheet, row, column) in walk.cells(number) {
                walk.readers.at(sheet, row, column, |area| order.awaited_cells[area as usize] += 1);
            }
        }
        for area in 0..u32::try_from(walk.readers.len()).unwrap_or(u32::MAX) {
            if order.awaited_cells[area as usize] > 0 {
                for &number in walk.readers.formulas(area) {
                    order.awaited_areas[number as usize] += 1;
                }
            }
        }
        order
    }

    fn follow(mut self, walk: &Walk<'_>, then: &Sheets<'_>, now: &mut Sheets<'_>, outcome: &mut Recalculated) {
        let mut ready: VecDeque<u32> = self.cone.iter().copied().filter(|&number| self.awaited_areas[number as usize] == 0).collect();
        let mut done = 0;
        while let Some(number) = ready.pop_front() {
            let Some(formula) = walk.formulas.get(number as usize) else { continue };
            let found = tree_of(walk, formula).and_then(|tree| match self.refused(walk, number, done, then, now) {
                Some(why) => Err(why),
                None => self.evaluated(walk, (formula, &tree), then, now),
            });
            done += 1;
            self.inside[number as usize] = false;
            let kept = found.is_err();
            let (sheet, row, column) = formula.place;
            match found {
                Ok(Some(value)) => {
                    now.set(formula.place, value.clone());
                    outcome.changed.push((sheet, row, column, value));
                }
                Ok(None) => outcome.held.push(formula.place),
                Err(why) => outcome.kept.push((sheet, row, column, why)),
            }
            self.finish(walk, number, kept, &mut ready);
        }
        let left = self.cone.iter().filter(|&&number| self.inside[number as usize]);
        for formula in left.filter_map(|&number| walk.formulas.get(number as usize)) {
            let (sheet, row, column) = formula.place;
            let why = tree_of(walk, formula).err();
            let why = why.unwrap_or_else(|| "it reads its own value through other formulas, or reads one that does".into());
            outcome.kept.push((sheet, row, column, why));
        }
    }

    /// Why a formula is not evaluated at all.
    fn refused(&self, walk: &Walk<'_>, number: u32, done: usize, then: &Sheets<'_>, now: &Sheets<'_>) -> Option<String> {
        if let Some(culprit) = self.stale.get(number as usize).copied().flatten() {
            let name = walk.formulas.get(culprit as usize).map_or_else(String::new, |formula| named(walk.around.book, formula.place));
            return Some(format!("it reads {name}, which kept its value"));
        }
        if done >= MOST_FORMULAS {
            return Some("too many formulas depend on the edited cells".into());
        }
        if then.exhausted() || now.exhausted() {
            return Some("the formulas that depend on the edited cells read too many cells".into());
        }
        walk.stopped().then(|| STOPPED.into())
    }

    /// A formula's new value, nothing where it has it already, or why it keeps what it has.
    fn evaluated(
        &self,
        walk: &Walk<'_>,
        (formula, tree): (&Formula<'_>, &Node),
        then: &Sheets<'_>,
        now: &Sheets<'_>,
    ) -> Result<Option<Stored>, String> {
        if formula.subtotal && self.other_subtotal(walk, formula) {
            return Err("it leaves out other subtotals among the cells that it reads".into());
        }
        let unknown = *formula.cached == Stored::Blank;
        let own_edit = walk.before.contains_key(&formula.place);
        if !unknown && !own_edit {
            let was = evaluate(then, tree, formula.place, formula.array)?;
            let trusted = if formula.today { same_kind(&was, formula.cached) } else { same(&was, formula.cached) };
            if !trusted {
                return Err("calculated here it would not have given the value that it had before the edit".into());
            }
        }
        if formula.dynamic {
            now.note();
        }
        let value = evaluate(now, tree, formula.place, formula.array);
        let read = now.noted();
        let value = value?;
        if formula.dynamic
            && read.iter().any(|area| {
                walk.within(area).iter().any(|&found| self.inside[found as usize] && walk.formulas[found as usize].place != formula.place)
            })
        {
            return Err("it now reads other cells than before, which are not calculated yet".into());
        }
        if let (true, Stored::Error(error)) = (unknown, &value) {
            return Err(format!("it had no value, and calculated here gives {error}"));
        }
        Ok((!same(&value, formula.cached)).then_some(value))
    }

    fn other_subtotal(&self, walk: &Walk<'_>, formula: &Formula<'_>) -> bool {
        let areas = Finder::new(walk.around).reads(formula.text, formula.place).areas;
        let others = areas.iter().flat_map(|area| walk.within(area));
        others.filter_map(|number| walk.formulas.get(number as usize)).any(|other| other.subtotal && other.place != formula.place)
    }

    /// Tells the formulas that read a formula that it is done.
    fn finish(&mut self, walk: &Walk<'_>, number: u32, kept: bool, ready: &mut VecDeque<u32>) {
        for (sheet, row, column) in walk.cells(number) {
            let mut found = Vec::new();
            walk.readers.at(sheet, row, column, |area| found.push(area));
            for area in found {
                let index = area as usize;
                if kept {
                    self.stale_area[index].get_or_insert(number);
                }
                self.awaited_cells[index] = self.awaited_cells[index].saturating_sub(1);
                if self.awaited_cells[index] > 0 {
                    continue;
                }
                let stale = self.stale_area[index];
                for &reader in walk.readers.formulas(area) {
                    let at = reader as usize;
                    if !self.inside[at] {
                        continue;
                    }
                    self.stale[at] = self.stale[at].or(stale);
                    self.awaited_areas[at] = self.awaited_areas[at].saturating_sub(1);
                    if self.awaited_areas[at] == 0 {
                        ready.push_back(reader);
                    }
                }
            }
        }
    }
}

/// A formula's tree, or why it is not worked out at all.
fn tree_of(walk: &Walk<'_>, formula: &Formula<'_>) -> Result<Node, String> {
    match formula.fills {
        (1, 1) => tree::read(formula.text, formula.place, walk.around),
        _ => Err("it is an array formula that fills several cells".to_string()),
    }
}

/// Two values that a cell would show alike: numbers may differ in the last digits, in which programs differ.
fn same(first: &Stored, second: &Stored) -> bool {
    match (first, second) {
        (Stored::Number(first), Stored::Number(second)) => {
            let largest = first.abs().max(second.abs());
            (first - second).abs() <= largest * 1e-11 || (first - second).abs() < 1e-13
        }
        (Stored::Error(first), Stored::Error(second)) => first.eq_ignore_ascii_case(second),
        _ => first == second,
    }
}

fn same_kind(first: &Stored, second: &Stored) -> bool {
    matches!((first, second), (Stored::Text(_) | Stored::Number(_), Stored::Text(_) | Stored::Number(_)))
        || std::mem::discriminant(first) == std::mem::discriminant(second)
}

/// A cell as a reader of the workbook calls it.
fn named(book: &Book, (sheet, row, column): Place) -> String {
    let name = book.sheets.get(sheet).map_or("", |sheet| sheet.name.as_str());
    let mut letters = Vec::new();
    let mut left = column.min(super::areas::LAST_COLUMN) + 1;
    while left > 0 {
        letters.push(b'A' + u8::try_from((left - 1) % 26).unwrap_or(0));
        left = (left - 1) / 26;
    }
    let letters: String = letters.iter().rev().map(|&letter| char::from(letter)).collect();
    format!("{name}!{letters}{}", row.saturating_add(1))
}
