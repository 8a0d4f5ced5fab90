//! Owns the functions that look a value up; where the answer depends on how Excel searches, they give none.

use std::cmp::Ordering;

use super::{Function, given, mixed, number, number_or};
use crate::workbook::recalculate::areas::Area;
use crate::workbook::recalculate::conditions::{Pattern, place};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::value::{self, Fault, Grid, Stop, Value, View, kept};

pub(super) const FUNCTIONS: &[Function] = &[
    mixed("VLOOKUP", 3, 4, |at| at != 1, |on, arguments| in_table(on, arguments, true)),
    mixed("HLOOKUP", 3, 4, |at| at != 1, |on, arguments| in_table(on, arguments, false)),
    mixed("LOOKUP", 2, 3, |at| at == 0, in_vector),
    mixed("MATCH", 2, 3, |at| at != 1, match_place),
    mixed(
        "XMATCH",
        2,
        4,
        |at| at != 1,
        |on, arguments| {
            let (way, backwards) = ways(on, arguments, 2)?;
            let found = exact(on, argument(arguments, 1), given(arguments, 0), way, backwards)?;
            found.map_or(Err(Fault::Missing.into()), |at| super::of_number(at as f64 + 1.0))
        },
    ),
    mixed("XLOOKUP", 3, 6, |at| at == 0 || at > 2, x_lookup),
];

fn argument(arguments: &[Operand], at: usize) -> &Operand {
    arguments.get(at).unwrap_or(&Operand::Missing)
}

/// How a value is compared when it is looked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exactly {
    Wildcards,
    Literally,
}

/// One row or column of an operand.
fn strip(operand: &Operand, column: bool, at: u64) -> Operand {
    match operand {
        Operand::Area(area) => {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            Operand::Area(match column {
                true => Area { first_column: area.first_column + at, last_column: area.first_column + at, ..*area },
                false => Area { first_row: area.first_row + at, last_row: area.first_row + at, ..*area },
            })
        }
        Operand::Grid(grid) => {
            let at = at as usize;
            let cells: Vec<Value> = match column {
                true => (0..grid.rows).map(|row| grid.at(row, at).clone()).collect(),
                false => (0..grid.columns).map(|column| grid.at(at, column).clone()).collect(),
            };
            let (rows, columns) = if column { (cells.len(), 1) } else { (1, cells.len()) };
            Operand::Grid(Grid { rows, columns, cells })
        }
        other => other.clone(),
    }
}

/// What stands at a place of a row or column.
fn at(operand: &Operand, at: u64) -> Operand {
    let across = operand.size().0 == 1;
    strip(operand, across, at)
}

/// The place of a value in a row or column, counted from 0.
fn exact(on: &Evaluator<'_, '_>, within: &Operand, sought: &Value, way: Exactly, backwards: bool) -> Result<Option<u64>, Stop> {
    if let Value::Error(fault) = sought {
        return Err((*fault).into());
    }
    if let Operand::Value(Value::Error(fault)) = within {
        return Err((*fault).into());
    }
    let pattern = match sought {
        Value::Text(text) if way == Exactly::Wildcards => Pattern::read(text),
        _ => None,
    };
    // A blank is looked up as 0, but whether it finds one is not sure.
    let blank = *sought == Value::Blank;
    let zero = Value::Number(0.0);
    let view = if blank { zero.view() } else { sought.view() };
    let found = match (&pattern, within) {
        (None, Operand::Area(area)) => match on.sheets.index(area)? {
            Some(index) => index.ends(view).map(|(first, last)| if backwards { last } else { first }),
            None => scan(on, within, backwards, &|found| is(view, found))?,
        },
        (None, _) => scan(on, within, backwards, &|found| is(view, found))?,
        (Some(pattern), _) => scan(on, within, backwards, &|found| matches!(found, View::Text(text) if pattern.fits(text)))?,
    };
    if blank && found.is_some() {
        return kept("it looks up a blank cell");
    }
    Ok(found)
}

fn is(sought: View<'_>, found: View<'_>) -> bool {
    match (sought, found) {
        (View::Text(one), View::Text(two)) => value::same_text(one, two),
        (View::Number(one), View::Number(two)) => one == two,
        (View::Truth(one), View::Truth(two)) => one == two,
        _ => false,
    }
}

fn scan(on: &Evaluator<'_, '_>, within: &Operand, backwards: bool, fits: &dyn Fn(View<'_>) -> bool) -> Result<Option<u64>, Stop> {
    let mut found = None;
    each(on, within, &mut |at, view| {
        if (backwards || found.is_none()) && fits(view) {
            found = Some(at);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Calls for every value that is not blank, with its place.
fn each(on: &Evaluator<'_, '_>, within: &Operand, found: &mut dyn FnMut(u64, View<'_>) -> Result<(), Stop>) -> Result<(), Stop> {
    match within {
        Operand::Area(area) => on.sheets.each(area, &mut |row, column, view| found(place(area, row, column), view)),
        Operand::Grid(grid) => (0..).zip(&grid.cells).try_for_each(|(at, value)| found(at, value.view())),
        Operand::Value(value) => found(0, value.view()),
        Operand::Missing => Ok(()),
    }
}

/// The last place of values in order that is not beyond the one sought; downwards, values go from large to small.
fn nearest(on: &Evaluator<'_, '_>, within: &Operand, sought: &Value, downwards: bool) -> Result<Option<u64>, Stop> {
    if let Value::Error(fault) = sought {
        return Err((*fault).into());
    }
    if let Operand::Value(Value::Error(fault)) = within {
        return Err((*fault).into());
    }
    let sought = if *sought == Value::Blank { View::Number(0.0) } else { sought.view() };
    let beyond = if downwards { Ordering::Less } else { Ordering::Greater };
    let (mut last, mut before, mut past): (Option<u64>, Option<Value>, bool) = (None, None, false);
    each(on, within, &mut |at, view| {
        if std::mem::discriminant(&view) != std::mem::discriminant(&sought) {
            return Ok(());
        }
        if let Some(before) = &before
            && value::order(before.view(), view)? == beyond
        {
            return kept("it looks up in values that are not in order");
        }
        past |= value::order(view, sought)? == beyond;
        if !past {
            last = Some(at);
        }
        before = Some(view.owned());
        Ok(())
    })?;
    Ok(last)
}

fn in_table(on: &Evaluator<'_, '_>, arguments: &[Operand], down: bool) -> Outcome {
    let table = argument(arguments, 1);
    if let Operand::Value(Value::Error(fault)) = table {
        return Err((*fault).into());
    }
    let sought = given(arguments, 0);
    if let Value::Error(fault) = sought {
        return Err((*fault).into());
    }
    if matches!(table, Operand::Value(Value::Text(_)) | Operand::Missing) {
        return Err(Fault::Value.into());
    }
    let which = number(on, arguments, 2)?.trunc();
    let (rows, columns) = table.size();
    let (along, across) = if down { (rows, columns) } else { (columns, rows) };
    if which < 1.0 {
        return Err(Fault::Value.into());
    }
    if which > across as f64 {
        return Err(Fault::Reference.into());
    }
    let by_order = match arguments.get(3) {
        None => true,
        Some(_) => given(arguments, 3).truth()?,
    };
    let keys = strip(table, down, 0);
    let found = match by_order {
        true => nearest(on, &keys, sought, false)?,
        false => exact(on, &keys, sought, Exactly::Wildcards, false)?,
    };
    let Some(found) = found.filter(|found| *found < along) else { return Err(Fault::Missing.into()) };
    Ok(at(&strip(table, down, which as u64 - 1), found))
}

fn in_vector(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let within = argument(arguments, 1);
    let (rows, columns) = within.size();
    // Of a table the longer side is searched, and the answer is on the other end.
    let (keys, values) = match arguments.get(2) {
        Some(values) => (within.clone(), values.clone()),
        None if rows >= columns => (strip(within, true, 0), strip(within, true, columns - 1)),
        None => (strip(within, false, 0), strip(within, false, rows - 1)),
    };
    let one = |size: (u64, u64)| size.0 == 1 || size.1 == 1;
    if !one(keys.size()) || !one(values.size()) {
        return kept("it looks up in a table where a row or a column is meant");
    }
    let Some(found) = nearest(on, &keys, given(arguments, 0), false)? else { return Err(Fault::Missing.into()) };
    let (rows, columns) = values.size();
    if found >= rows.max(columns) {
        return kept("it looks up in a row or column that is longer than its answers");
    }
    Ok(at(&values, found))
}

fn match_place(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let within = argument(arguments, 1);
    let (rows, columns) = within.size();
    if rows != 1 && columns != 1 {
        return Err(Fault::Missing.into());
    }
    let way = number_or(on, arguments, 2, 1.0)?;
    let sought = given(arguments, 0);
    let found = match way {
        0.0 => exact(on, within, sought, Exactly::Wildcards, false)?,
        way => nearest(on, within, sought, way < 0.0)?,
    };
    found.map_or(Err(Fault::Missing.into()), |at| super::of_number(at as f64 + 1.0))
}

/// How XLOOKUP and XMATCH search, from the arguments at a place and after it.
fn ways(on: &Evaluator<'_, '_>, arguments: &[Operand], from: usize) -> Result<(Exactly, bool), Stop> {
    if *given(arguments, 0) == Value::Blank {
        return kept("it looks up a blank cell");
    }
    let backwards = match number_or(on, arguments, from + 1, 1.0)? {
        1.0 => false,
        -1.0 => true,
        _ => return kept("it looks up in a way that is not worked out here"),
    };
    match number_or(on, arguments, from, 0.0)? {
        0.0 => Ok((Exactly::Literally, backwards)),
        2.0 => Ok((Exactly::Wildcards, backwards)),
        _ => kept("it looks up in a way that is not worked out here"),
    }
}

fn x_lookup(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (within, values) = (argument(arguments, 1), argument(arguments, 2));
    let (way, backwards) = ways(on, arguments, 4)?;
    let (rows, columns) = within.size();
    if rows != 1 && columns != 1 {
        return Err(Fault::Value.into());
    }
    let down = columns == 1;
    let found = exact(on, within, given(arguments, 0), way, backwards)?;
    let length = if down { values.size().0 } else { values.size().1 };
    match found {
        Some(_) if length != rows.max(columns) => Err(Fault::Value.into()),
        Some(found) => Ok(strip(values, !down, found)),
        None => match arguments.get(3) {
            None | Some(Operand::Missing) => Err(Fault::Missing.into()),
            Some(otherwise) => Ok(otherwise.clone()),
        },
    }
}
