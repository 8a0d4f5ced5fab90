//! What becomes of the references of a formula when rows or columns move. Knows formulas alone, not where they stand in a part.

use super::{
    CannotShift, Placed, Shift,
    address::{Coordinate, Corner, column_name},
    formula::{Reference, Whose, references},
};

/// What a part's formulas are judged by.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub shift: &'a Shift,
    /// The name of the sheet whose rows or columns move.
    pub moved_sheet: &'a str,
    /// All sheets in their order; empty when they are not known.
    pub sheets: &'a [String],
    /// The sheet the part belongs to, for what is said; empty when it belongs to none.
    pub sheet: &'a str,
    /// Whether a reference without a sheet is one to the moved sheet.
    pub own: bool,
}

/// How a formula follows what moves.
#[derive(Clone, Copy)]
pub(super) enum Manner<'a> {
    /// As one of a cell.
    Formula,
    /// As a defined name: what is relative depends on the cell that uses it and stays.
    Name,
    /// As the range of a filter, which takes in new rows directly below it.
    Widening,
    /// As a conditional format or a validation, whose relative references are told from the first cell of its ranges.
    Rule(&'a Base),
}

/// The first cell of a rule's ranges before and after, as row and column, and how far its old ranges reach along the axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub old: (u32, u32),
    pub new: (u32, u32),
    pub reach: (u32, u32),
}

/// What becomes of a formula.
#[derive(Debug, Default)]
pub(super) struct Adjusted {
    /// The bytes of the formula to replace, and with what. None needs an escape.
    pub splices: Vec<(usize, usize, String)>,
    /// Whether a reference is lost.
    pub broken: bool,
    /// Whether a range ends directly above something new.
    pub ends_above: bool,
}

impl Adjusted {
    /// The formula with its replacements.
    pub(super) fn text(&self, formula: &str) -> String {
        let (mut out, mut at) = (String::with_capacity(formula.len() + 8), 0);
        for (start, end, text) in &self.splices {
            out.push_str(formula.get(at..*start).unwrap_or_default());
            out.push_str(text);
            at = *end;
        }
        out.push_str(formula.get(at..).unwrap_or_default());
        out
    }
}

const LOST: &str = "#REF!";

/// Whether two sheet names are the same to Excel.
pub(super) fn same_name(one: &str, two: &str) -> bool {
    one.eq_ignore_ascii_case(two) || (!one.is_ascii() && !two.is_ascii() && one.to_lowercase() == two.to_lowercase())
}

enum Concern {
    Moved,
    /// The moved sheet and others.
    Shared,
    Other,
}

enum Fate {
    Same,
    Lost,
    To(Vec<(Coordinate, bool, u32)>),
}

impl Context<'_> {
    fn concern(&self, whose: &Whose) -> Concern {
        match whose {
            Whose::Own if self.own => Concern::Moved,
            Whose::Own | Whose::Elsewhere => Concern::Other,
            Whose::Sheet(name) if same_name(name, self.moved_sheet) => Concern::Moved,
            Whose::Sheet(_) => Concern::Other,
            Whose::Several(first, last) => {
                let at = |name: &str| self.sheets.iter().position(|sheet| same_name(sheet, name));
                match (at(first), at(last), at(self.moved_sheet)) {
                    (Some(first), Some(last), Some(moved)) if moved < first.min(last) || moved > first.max(last) => Concern::Other,
                    _ => Concern::Shared,
                }
            }
        }
    }

    /// What becomes of a formula.
    ///
    /// # Errors
    /// When a reference goes through several sheets, of which one alone moves.
    pub(super) fn adjust(&self, formula: &str, manner: Manner<'_>) -> Result<Adjusted, CannotShift> {
        let mut adjusted = Adjusted::default();
        if !formula.bytes().any(|byte| byte.is_ascii_digit() || byte == b':') {
            return Ok(adjusted);
        }
        for reference in references(formula) {
            let shared = match self.concern(&reference.whose) {
                Concern::Other => continue,
                Concern::Shared => true,
                Concern::Moved => false,
            };
            let fate = self.fate(&reference, manner, &mut adjusted.ends_above);
            if shared && !matches!(fate, Fate::Same) {
                let text = formula.get(reference.start..reference.end).unwrap_or_default();
                return Err(CannotShift::SeveralSheets { reference: text.to_owned() });
            }
            match fate {
                Fate::Same => {}
                Fate::Lost => {
                    adjusted.broken = true;
                    adjusted.splices.push((reference.start, reference.end, LOST.to_owned()));
                }
                Fate::To(places) => {
                    for (coordinate, is_row, place) in places {
                        let text = if is_row { (place + 1).to_string() } else { column_name(place) };
                        adjusted.splices.push((coordinate.start, coordinate.end, text));
                    }
                }
            }
        }
        adjusted.splices.sort_by_key(|(start, _, _)| *start);
        Ok(adjusted)
    }

    fn along(&self, corner: &Corner) -> Option<Coordinate> {
        self.shift.axis.of(corner.row, corner.column)
    }

    fn across(&self, corner: &Corner) -> Option<Coordinate> {
        self.shift.axis.of(corner.column, corner.row)
    }

    fn fate(&self, reference: &Reference, manner: Manner<'_>, ends_above: &mut bool) -> Fate {
        let from = self.along(&reference.from);
        let to = reference.to.as_ref().and_then(|corner| self.along(corner));
        let places = match (from, to) {
            (None, _) => Some(Vec::new()),
            (Some(from), None) => self.one(from, manner).map(|place| vec![(from, place)]),
            (Some(from), Some(to)) => self.two(from, to, manner, ends_above),
        };
        let Some(places) = places else { return Fate::Lost };
        let rows = self.shift.axis.of(true, false);
        let mut moved: Vec<_> = places.into_iter().filter(|(old, new)| old.at != *new).map(|(old, new)| (old, rows, new)).collect();
        if let Manner::Rule(base) = manner {
            let step = self.shift.axis.of(i64::from(base.new.1) - i64::from(base.old.1), i64::from(base.new.0) - i64::from(base.old.0));
            for corner in std::iter::once(&reference.from).chain(reference.to.as_ref()) {
                if let Some(coordinate) = self.across(corner).filter(|coordinate| !coordinate.fixed && step != 0) {
                    let Ok(place) = u32::try_from(i64::from(coordinate.at) + step) else { return Fate::Lost };
                    moved.push((coordinate, !rows, place));
                }
            }
        }
        if moved.is_empty() { Fate::Same } else { Fate::To(moved) }
    }

    /// Where a reference to one row goes.
    fn one(&self, at: Coordinate, manner: Manner<'_>) -> Option<u32> {
        match manner {
            Manner::Formula | Manner::Widening => self.shift.place(at.at),
            Manner::Name => {
                if at.fixed {
                    self.shift.place(at.at)
                } else {
                    Some(at.at)
                }
            }
            Manner::Rule(base) => self.in_rule(at, base),
        }
    }

    /// Where the two ends of a range go.
    fn two(&self, from: Coordinate, to: Coordinate, manner: Manner<'_>, ends_above: &mut bool) -> Option<Vec<(Coordinate, u32)>> {
        let (low, high) = if from.at <= to.at { (from, to) } else { (to, from) };
        let both = |range: Option<(u32, u32)>| range.map(|(first, last)| vec![(low, first), (high, last)]);
        match manner {
            Manner::Widening => both(self.shift.widened(low.at, high.at)),
            Manner::Name if !(from.fixed && to.fixed) => Some(Vec::new()),
            Manner::Rule(base) if !(from.fixed && to.fixed) => {
                let place = |at: Coordinate| if at.fixed { Some(self.shift.near(at.at)) } else { self.in_rule(at, base) };
                if low.at == 0 && high.at + 1 == self.shift.axis.limit() {
                    return Some(Vec::new());
                }
                Some(vec![(low, place(low)?), (high, place(high)?)])
            }
            Manner::Formula | Manner::Name | Manner::Rule(_) => {
                let range = self.shift.range(low.at, high.at);
                if let Some((_, last)) = range {
                    let next = last + 1;
                    *ends_above |= low.at < high.at && next < self.shift.axis.limit() && self.shift.is_new(next);
                }
                both(range)
            }
        }
    }

    /// Where a reference of a rule goes: within its own reach a relative one keeps its distance.
    fn in_rule(&self, at: Coordinate, base: &Base) -> Option<u32> {
        let shift = self.shift;
        if at.fixed || !self.own {
            return shift.place(at.at);
        }
        let (old, new) = (shift.axis.of(base.old.0, base.old.1), shift.axis.of(base.new.0, base.new.1));
        let limit = i64::from(shift.axis.limit());
        // One above the first row of a sheet is written as one at its end.
        let distance = match i64::from(at.at) - i64::from(old) {
            far if far > limit / 2 => far - limit,
            far if far < -limit / 2 => far + limit,
            near => near,
        };
        let distance = if distance.unsigned_abs() <= u64::from(base.reach.1 - base.reach.0) {
            distance
        } else {
            let (stands, at) = match shift.at(new) {
                Placed::Old(old) => (i64::from(new), i64::from(old) + distance),
                Placed::New { .. } => (i64::from(shift.near(old)), i64::from(old) + distance),
            };
            let there = u32::try_from(at.rem_euclid(limit)).ok().and_then(|at| shift.place(at))?;
            i64::from(there) - stands
        };
        u32::try_from((i64::from(new) + distance).rem_euclid(limit)).ok()
    }

    /// Whether each reference of a formula that many cells share moves alike for all of them. The cells are away from the one the
    /// formula is written for by the steps given, rows and then columns.
    pub(super) fn moves_alike(&self, formula: &str, rows: (i64, i64), columns: (i64, i64)) -> bool {
        let steps = self.shift.axis.of(rows, columns);
        let last = i64::from(self.shift.axis.limit()) - 1;
        references(formula).iter().all(|reference| {
            match self.concern(&reference.whose) {
                Concern::Other => return true,
                Concern::Shared => return false,
                Concern::Moved => {}
            }
            std::iter::once(&reference.from).chain(reference.to.as_ref()).filter_map(|corner| self.along(corner)).all(|at| {
                let step = if at.fixed { (0, 0) } else { steps };
                let (low, high) = (i64::from(at.at) + step.0, i64::from(at.at) + step.1);
                low >= 0 && high < last && (high < i64::from(self.shift.first) || low >= i64::from(self.shift.end()))
            })
        })
    }
}

/// A formula as it reads so many rows down and columns to the right of where it was written.
pub(crate) fn displaced(formula: &str, rows: i64, columns: i64) -> String {
    let mut adjusted = Adjusted::default();
    for reference in references(formula) {
        let mut splices = Vec::new();
        let mut lost = false;
        for corner in std::iter::once(&reference.from).chain(reference.to.as_ref()) {
            for (coordinate, step, limit) in [(corner.row, rows, 1_048_576), (corner.column, columns, 16_384)] {
                let Some(at) = coordinate.filter(|at| !at.fixed && step != 0) else { continue };
                match u32::try_from(i64::from(at.at) + step).ok().filter(|place| *place < limit) {
                    Some(place) if limit == 16_384 => splices.push((at.start, at.end, column_name(place))),
                    Some(place) => splices.push((at.start, at.end, (place + 1).to_string())),
                    None => lost = true,
                }
            }
        }
        if lost {
            splices = vec![(reference.start, reference.end, LOST.to_owned())];
        }
        adjusted.splices.append(&mut splices);
    }
    adjusted.splices.sort_by_key(|(start, _, _)| *start);
    adjusted.text(formula)
}
