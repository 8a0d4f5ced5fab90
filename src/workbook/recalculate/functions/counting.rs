//! Owns the functions that count and add up ranges, with and without conditions; it never changes what a condition means.

use super::{Function, MANY, given, mixed, number, of_number, ranges};
use crate::workbook::recalculate::areas::{Area, LAST_COLUMN, LAST_ROW};
use crate::workbook::recalculate::conditions::{Condition, place};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::value::{Fault, Stop, View, kept};

pub(super) const FUNCTIONS: &[Function] = &[
    ranges("SUM", 1, MANY, |on, arguments| total(on, arguments, Total::Sum)),
    ranges("PRODUCT", 1, MANY, |on, arguments| total(on, arguments, Total::Product)),
    ranges("AVERAGE", 1, MANY, |on, arguments| total(on, arguments, Total::Mean)),
    ranges("MIN", 1, MANY, |on, arguments| total(on, arguments, Total::Least)),
    ranges("MAX", 1, MANY, |on, arguments| total(on, arguments, Total::Greatest)),
    ranges("SUMSQ", 1, MANY, |on, arguments| total(on, arguments, Total::Squares)),
    ranges("COUNT", 1, MANY, count),
    ranges("COUNTA", 1, MANY, count_filled),
    ranges("COUNTBLANK", 1, 1, count_blank),
    ranges("AVERAGEA", 1, MANY, |on, arguments| total_of_all(on, arguments, Total::Mean)),
    ranges("MAXA", 1, MANY, |on, arguments| total_of_all(on, arguments, Total::Greatest)),
    ranges("MINA", 1, MANY, |on, arguments| total_of_all(on, arguments, Total::Least)),
    mixed("COUNTIF", 2, 2, |at| at == 1, count_if),
    mixed("COUNTIFS", 2, MANY, |at| at % 2 == 1, count_ifs),
    mixed("SUMIF", 2, 3, |at| at == 1, |on, arguments| total_if(on, arguments, Total::Sum)),
    mixed("AVERAGEIF", 2, 3, |at| at == 1, |on, arguments| total_if(on, arguments, Total::Mean)),
    mixed("SUMIFS", 3, MANY, is_condition, |on, arguments| total_ifs(on, arguments, Total::Sum)),
    mixed("AVERAGEIFS", 3, MANY, is_condition, |on, arguments| total_ifs(on, arguments, Total::Mean)),
    mixed("MAXIFS", 3, MANY, is_condition, |on, arguments| total_ifs(on, arguments, Total::Greatest)),
    mixed("MINIFS", 3, MANY, is_condition, |on, arguments| total_ifs(on, arguments, Total::Least)),
    mixed("SUBTOTAL", 2, MANY, |at| at == 0, subtotal),
];

fn is_condition(at: usize) -> bool {
    at >= 2 && at.is_multiple_of(2)
}

/// What is made of many numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Total {
    Sum,
    Product,
    Mean,
    Least,
    Greatest,
    Squares,
}

/// Numbers taken in so far.
struct Taken {
    total: Total,
    value: f64,
    count: u64,
}

impl Taken {
    fn new(total: Total) -> Self {
        Self { total, value: if total == Total::Product { 1.0 } else { 0.0 }, count: 0 }
    }

    fn take(&mut self, number: f64) {
        self.value = match self.total {
            Total::Sum | Total::Mean => self.value + number,
            Total::Product => self.value * number,
            Total::Squares => self.value + number * number,
            Total::Least | Total::Greatest if self.count == 0 => number,
            Total::Least => self.value.min(number),
            Total::Greatest => self.value.max(number),
        };
        self.count += 1;
    }

    fn outcome(&self) -> Outcome {
        match (self.total, self.count) {
            (Total::Mean, 0) => Err(Fault::Divided.into()),
            (Total::Mean, count) => of_number(self.value / count as f64),
            (_, 0) => of_number(0.0),
            _ => of_number(self.value),
        }
    }
}

/// Calls for every number: in ranges and arrays numbers alone, of single values also what can be taken for one.
pub(super) fn each_number(
    on: &Evaluator<'_, '_>,
    arguments: &[Operand],
    found: &mut dyn FnMut(f64) -> Result<(), Stop>,
) -> Result<(), Stop> {
    for argument in arguments {
        match argument {
            Operand::Missing => found(0.0)?,
            Operand::Value(value) => found(on.number(value)?)?,
            several => on.each(several, &mut |view| match view {
                View::Number(number) => found(number),
                View::Error(fault) => Err(fault.into()),
                _ => Ok(()),
            })?,
        }
    }
    Ok(())
}

fn total(on: &Evaluator<'_, '_>, arguments: &[Operand], total: Total) -> Outcome {
    let mut taken = Taken::new(total);
    each_number(on, arguments, &mut |number| {
        taken.take(number);
        Ok(())
    })?;
    taken.outcome()
}

/// The same with truths as 1 and 0 and texts as 0.
fn total_of_all(on: &Evaluator<'_, '_>, arguments: &[Operand], total: Total) -> Outcome {
    let mut taken = Taken::new(total);
    for argument in arguments {
        match argument {
            Operand::Missing => taken.take(0.0),
            Operand::Value(value) => taken.take(on.number(value)?),
            several => on.each(several, &mut |view| {
                match view {
                    View::Number(number) => taken.take(number),
                    View::Truth(truth) => taken.take(f64::from(u8::from(truth))),
                    View::Text(_) => taken.take(0.0),
                    View::Error(fault) => return Err(fault.into()),
                    View::Blank => {}
                }
                Ok(())
            })?,
        }
    }
    taken.outcome()
}

fn count(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let mut count = 0_u64;
    for argument in arguments {
        match argument {
            Operand::Missing => count += 1,
            Operand::Value(value) => match on.number(value) {
                Ok(_) => count += 1,
                Err(Stop::Fault(_)) => {}
                Err(kept) => return Err(kept),
            },
            several => on.each(several, &mut |view| {
                count += u64::from(matches!(view, View::Number(_)));
                Ok(())
            })?,
        }
    }
    of_number(count as f64)
}

fn count_filled(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let mut count = 0_u64;
    for argument in arguments {
        match argument {
            Operand::Missing | Operand::Value(_) => count += 1,
            several => on.each(several, &mut |view| {
                count += u64::from(view != View::Blank);
                Ok(())
            })?,
        }
    }
    of_number(count as f64)
}

fn count_blank(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let area = area(arguments.first())?;
    let mut filled = 0_u64;
    on.sheets.each(&area, &mut |_, _, view| {
        filled += u64::from(!matches!(view, View::Text("") | View::Blank));
        Ok(())
    })?;
    of_number((area.rows() * area.columns() - filled) as f64)
}

/// The cells of an argument that has to be a range.
fn area(argument: Option<&Operand>) -> Result<Area, Stop> {
    match argument {
        Some(Operand::Area(area)) => Ok(*area),
        Some(Operand::Value(crate::workbook::recalculate::value::Value::Error(fault))) => Err((*fault).into()),
        _ => kept("it has something else where a range is meant"),
    }
}

fn condition(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize) -> Result<Condition, Stop> {
    Condition::read(given(arguments, at), on.date_1904())
}

fn count_if(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (area, condition) = (area(arguments.first())?, condition(on, arguments, 1)?);
    let cells = area.rows() * area.columns();
    if let Some(index) = on.sheets.index(&area)? {
        let met = index.met(&condition)?;
        let listed = met.cells.len() as u64;
        return of_number(if met.all_but { cells - listed } else { listed } as f64);
    }
    let (mut filled, mut count) = (0_u64, 0_u64);
    on.sheets.each(&area, &mut |_, _, view| {
        filled += 1;
        count += u64::from(condition.takes(view)?);
        Ok(())
    })?;
    let blank = if condition.takes_blank() { cells - filled } else { 0 };
    of_number((count + blank) as f64)
}

/// Which cells of areas of one size meet all of some conditions.
struct Chosen {
    /// One bit for every cell, row by row, as far as the sheets are in use.
    bits: Vec<u64>,
    size: u64,
    /// Whether all cells after those meet the conditions.
    beyond: bool,
    cells: u64,
}

/// How many cells may be chosen from.
const MOST_CHOSEN_FROM: u64 = 64_000_000;

impl Chosen {
    fn all(on: &Evaluator<'_, '_>, areas: &[Area]) -> Result<Self, Stop> {
        let Some(first) = areas.first() else { return Err(Fault::Value.into()) };
        if areas.iter().any(|area| (area.rows(), area.columns()) != (first.rows(), first.columns())) {
            return Err(Fault::Value.into());
        }
        let used = areas.iter().map(|area| on.sheets.around.used(area).rows()).max().unwrap_or(0);
        let size = used * first.columns();
        if size > MOST_CHOSEN_FROM {
            return kept("it reads too many cells at once");
        }
        on.sheets.step((size / 64) as usize)?;
        Ok(Self { bits: ones(size), size, beyond: true, cells: first.rows() * first.columns() })
    }

    fn has(&self, at: u64) -> bool {
        match at < self.size {
            true => self.bits.get((at / 64) as usize).is_some_and(|word| word >> (at % 64) & 1 == 1),
            false => self.beyond,
        }
    }

    /// Leaves those that meet one condition more.
    fn narrow(&mut self, on: &Evaluator<'_, '_>, area: &Area, condition: &Condition) -> Result<(), Stop> {
        let all_but = condition.takes_blank();
        let mut listed = vec![0_u64; self.bits.len()];
        let mut list = |at: u64| {
            if let Some(word) = listed.get_mut((at / 64) as usize) {
                *word |= 1 << (at % 64);
            }
        };
        if let Some(index) = on.sheets.index(area)? {
            let met = index.met(condition)?;
            on.sheets.step(met.cells.len())?;
            met.cells.into_iter().for_each(&mut list);
            self.keep(&listed, met.all_but);
        } else {
            on.sheets.each(area, &mut |row, column, view| {
                if condition.takes(view)? != all_but {
                    list(place(area, row, column));
                }
                Ok(())
            })?;
            self.keep(&listed, all_but);
        }
        self.beyond &= all_but;
        Ok(())
    }

    fn keep(&mut self, listed: &[u64], all_but: bool) {
        for (word, listed) in self.bits.iter_mut().zip(listed) {
            *word &= if all_but { !listed } else { *listed };
        }
    }

    fn count(&self) -> u64 {
        let counted: u64 = self.bits.iter().map(|word| u64::from(word.count_ones())).sum();
        counted + if self.beyond { self.cells.saturating_sub(self.size) } else { 0 }
    }
}

fn ones(size: u64) -> Vec<u64> {
    let mut bits = vec![u64::MAX; size.div_ceil(64) as usize];
    if let Some(last) = bits.last_mut().filter(|_| !size.is_multiple_of(64)) {
        *last = (1 << (size % 64)) - 1;
    }
    bits
}

/// The cells that meet the conditions given as pairs of a range and a condition, from a place among the arguments on.
fn chosen(on: &Evaluator<'_, '_>, arguments: &[Operand], from: usize) -> Result<(Chosen, Area), Stop> {
    let pairs = arguments.get(from..).unwrap_or_default();
    if !pairs.len().is_multiple_of(2) {
        return kept("it is written in a way that is not known here");
    }
    let mut areas = Vec::new();
    let mut conditions = Vec::new();
    for at in (from..arguments.len()).step_by(2) {
        areas.push(area(arguments.get(at))?);
        conditions.push(condition(on, arguments, at + 1)?);
    }
    let mut chosen = Chosen::all(on, &areas)?;
    for (area, condition) in areas.iter().zip(&conditions) {
        chosen.narrow(on, area, condition)?;
    }
    let first = *areas.first().ok_or(Fault::Value)?;
    Ok((chosen, first))
}

fn count_ifs(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    if arguments.len() == 2 {
        return count_if(on, arguments);
    }
    of_number(chosen(on, arguments, 0)?.0.count() as f64)
}

fn total_ifs(on: &Evaluator<'_, '_>, arguments: &[Operand], total: Total) -> Outcome {
    let added = area(arguments.first())?;
    let (chosen, compared) = chosen(on, arguments, 1)?;
    if (added.rows(), added.columns()) != (compared.rows(), compared.columns()) {
        return Err(Fault::Value.into());
    }
    total_chosen(on, &added, &chosen, total)
}

fn total_if(on: &Evaluator<'_, '_>, arguments: &[Operand], total: Total) -> Outcome {
    let compared = area(arguments.first())?;
    let added = match arguments.get(2) {
        None => compared,
        added => stretched(&area(added)?, &compared),
    };
    let pair = arguments.get(..2).unwrap_or_default();
    total_chosen(on, &added, &chosen(on, pair, 0)?.0, total)
}

/// As many cells as another area has, from the first of this one on.
pub(in crate::workbook::recalculate) fn stretched(added: &Area, compared: &Area) -> Area {
    Area {
        last_row: added.first_row.saturating_add(compared.last_row - compared.first_row).min(LAST_ROW),
        last_column: added.first_column.saturating_add(compared.last_column - compared.first_column).min(LAST_COLUMN),
        ..*added
    }
}

fn total_chosen(on: &Evaluator<'_, '_>, added: &Area, chosen: &Chosen, total: Total) -> Outcome {
    let mut taken = Taken::new(total);
    on.sheets.each(added, &mut |row, column, view| {
        if !matches!(view, View::Number(_) | View::Error(_)) || !chosen.has(place(added, row, column)) {
            return Ok(());
        }
        match view {
            View::Number(number) => taken.take(number),
            View::Error(fault) => return Err(fault.into()),
            _ => {}
        }
        Ok(())
    })?;
    taken.outcome()
}

fn subtotal(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let which = number(on, arguments, 0)?.trunc();
    let ranges = arguments.get(1..).unwrap_or_default();
    for range in ranges {
        let area = area(Some(range))?;
        let hidden = on.sheets.around.book.sheets.get(area.sheet).and_then(|sheet| sheet.hidden.as_ref());
        let Some(hidden) = hidden else { return kept("it leaves out hidden rows, and which are hidden is not known") };
        if hidden.iter().any(|row| (area.first_row..=area.last_row).contains(row)) {
            return kept("it leaves out hidden rows, of which there are some");
        }
    }
    match if which > 100.0 { which - 100.0 } else { which } {
        1.0 => total(on, ranges, Total::Mean),
        2.0 => count(on, ranges),
        3.0 => count_filled(on, ranges),
        4.0 => total(on, ranges, Total::Greatest),
        5.0 => total(on, ranges, Total::Least),
        6.0 => total(on, ranges, Total::Product),
        9.0 => total(on, ranges, Total::Sum),
        7.0 | 8.0 | 10.0 | 11.0 => kept("it uses a kind of SUBTOTAL that is not worked out here"),
        _ => Err(Fault::Value.into()),
    }
}
