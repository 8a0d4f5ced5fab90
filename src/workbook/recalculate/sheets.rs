//! Owns a book as one evaluation sees it: its cells, what has been read of them, and how much may be; it never evaluates.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Stored;
use super::areas::Area;
use super::conditions::Index;
use super::surroundings::Surroundings;
use super::value::{Stop, Value, View};
use super::values::{Layers, Over, Place, Values};

/// How many cells are read at most, one read twice counted twice.
const MOST_CELLS_READ: u64 = 100_000_000;
/// How many steps are taken at most that read no cell.
const MOST_STEPS: u64 = 200_000_000;
/// How many cells the indexes may hold together.
const MOST_CELLS_INDEXED: u64 = 8_000_000;

/// What is remembered of areas that were searched.
#[derive(Default)]
struct Indexes {
    /// Nothing for one searched once, which is not worth an index.
    found: HashMap<Area, Option<Rc<Index>>>,
    cells: u64,
}

/// A book with values laid over it.
pub(super) struct Sheets<'a> {
    pub(super) around: &'a Surroundings<'a>,
    layers: Layers<'a>,
    indexes: RefCell<Indexes>,
    /// The areas that a formula reads, while they are noted.
    noted: RefCell<Option<Vec<Area>>>,
    /// Whether what is read now may still change afterwards.
    unsettled: Cell<bool>,
    stop: Arc<AtomicBool>,
    cells_read: Cell<u64>,
    steps: Cell<u64>,
    /// Today's serial in the book's own date system.
    pub(super) today: f64,
}

impl<'a> Sheets<'a> {
    pub(super) fn new(around: &'a Surroundings<'a>, values: &'a Values<'a>, over: Over, stop: Arc<AtomicBool>) -> Self {
        let (year, month, day) = around.book.today;
        let today = super::calendar::serial(i64::from(year), i64::from(month), i64::from(day), around.book.date_1904);
        Self {
            around,
            layers: Layers { values, over },
            indexes: RefCell::default(),
            noted: RefCell::default(),
            unsettled: Cell::new(false),
            stop,
            cells_read: Cell::new(0),
            steps: Cell::new(0),
            today: today.unwrap_or(0.0),
        }
    }

    /// Lays a value over a cell.
    pub(super) fn set(&mut self, place: Place, value: Stored) {
        self.layers.over.set(place, value);
    }

    /// Starts to note which areas are read; what is read until `noted` may not have its last value yet.
    pub(super) fn note(&self) {
        *self.noted.borrow_mut() = Some(Vec::new());
        self.unsettled.set(true);
    }

    /// The areas read since `note`.
    pub(super) fn noted(&self) -> Vec<Area> {
        self.unsettled.set(false);
        self.noted.borrow_mut().take().unwrap_or_default()
    }

    /// Whether more cells were read than may be.
    pub(super) fn exhausted(&self) -> bool {
        self.cells_read.get() > MOST_CELLS_READ || self.steps.get() > MOST_STEPS
    }

    /// Counts work, and stops it where there is too much or nobody wants it any more.
    pub(super) fn step(&self, count: usize) -> Result<(), Stop> {
        self.steps.set(self.steps.get().saturating_add(count as u64));
        if self.stop.load(Ordering::Relaxed) {
            return Err(Stop::Kept(super::walk::STOPPED.to_string()));
        }
        self.allowed()
    }

    fn allowed(&self) -> Result<(), Stop> {
        match self.exhausted() {
            true => Err(Stop::Kept("the formulas that depend on the edited cells read too many cells".to_string())),
            false => Ok(()),
        }
    }

    fn reading(&self, area: &Area) {
        if let Some(noted) = self.noted.borrow_mut().as_mut()
            && noted.last() != Some(area)
        {
            noted.push(*area);
        }
    }

    /// A cell's value.
    pub(super) fn cell(&self, place: Place) -> Value {
        self.reading(&Area { sheet: place.0, first_row: place.1, last_row: place.1, first_column: place.2, last_column: place.2 });
        self.cells_read.set(self.cells_read.get() + 1);
        self.layers.at(place).map_or(Value::Blank, |stored| View::of(stored).owned())
    }

    /// Calls for every cell of an area that is not blank, one column after the other.
    pub(super) fn each(&self, area: &Area, found: &mut dyn FnMut(u32, u32, View<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
        self.reading(area);
        self.step(1)?;
        let mut read = 0_u64;
        let outcome = self.layers.each(area, &mut |row, column, stored| {
            read += 1;
            if read.is_multiple_of(4096) {
                self.cells_read.set(self.cells_read.get() + 4096);
                self.step(0)?;
            }
            found(row, column, View::of(stored))
        });
        self.cells_read.set(self.cells_read.get() + read % 4096);
        outcome
    }

    /// An index of an area's values, where it is searched often enough to be worth one.
    pub(super) fn index(&self, area: &Area) -> Result<Option<Rc<Index>>, Stop> {
        if self.unsettled.get() {
            return Ok(None);
        }
        let known = self.indexes.borrow().found.get(area).cloned();
        match known {
            None => {
                self.indexes.borrow_mut().found.insert(*area, None);
                Ok(None)
            }
            Some(Some(index)) => {
                self.reading(area);
                self.step(1)?;
                Ok(Some(index))
            }
            Some(None) => {
                let index = Rc::new(Index::of(self, area)?);
                let mut indexes = self.indexes.borrow_mut();
                if indexes.cells + index.filled() > MOST_CELLS_INDEXED {
                    *indexes = Indexes::default();
                }
                indexes.cells += index.filled();
                indexes.found.insert(*area, Some(Rc::clone(&index)));
                Ok(Some(index))
            }
        }
    }
}
