//! Owns the functions about where cells are: their numbers, and references that are worked out.

use super::{Function, given, mixed, number, of_number, own, plain, ranges, text};
use crate::workbook::recalculate::areas::{Area, LAST_COLUMN, LAST_ROW};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::tree::{self, Node};
use crate::workbook::recalculate::value::{Fault, Grid, Value, kept};

pub(super) const FUNCTIONS: &[Function] = &[
    own("ROW", 0, 1, |on, arguments, array| place_number(on, arguments, array, true)),
    own("COLUMN", 0, 1, |on, arguments, array| place_number(on, arguments, array, false)),
    ranges("ROWS", 1, 1, |_, arguments| size(arguments, |size| size.0)),
    ranges("COLUMNS", 1, 1, |_, arguments| size(arguments, |size| size.1)),
    mixed("INDEX", 2, 4, |at| at > 0, index),
    mixed("OFFSET", 3, 5, |at| at > 0, offset),
    plain("INDIRECT", 1, 2, indirect),
    plain("HYPERLINK", 1, 2, |_, arguments| match given(arguments, arguments.len() - 1) {
        Value::Error(fault) => Err((*fault).into()),
        shown => Ok(Operand::Value(shown.clone())),
    }),
];

fn place_number(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool, row: bool) -> Outcome {
    let area = match arguments.first() {
        None => return of_number(f64::from(if row { on.place.1 } else { on.place.2 }) + 1.0),
        Some(node) => match on.settled(node, array)? {
            Operand::Area(area) => area,
            Operand::Value(Value::Error(fault)) => return Err(fault.into()),
            _ => return kept("it asks where something is that is not a cell"),
        },
    };
    let (first, count) = if row { (area.first_row, area.rows()) } else { (area.first_column, area.columns()) };
    let count = if array { count as usize } else { 1 };
    on.room(count, 1)?;
    let cells: Vec<Value> = (0..count).map(|at| Value::Number(f64::from(first) + 1.0 + at as f64)).collect();
    Ok(Operand::Grid(if row { Grid { rows: count, columns: 1, cells } } else { Grid { rows: 1, columns: count, cells } }))
}

fn size(arguments: &[Operand], which: fn((u64, u64)) -> u64) -> Outcome {
    match arguments.first() {
        Some(Operand::Value(Value::Error(fault))) => Err((*fault).into()),
        Some(operand) => of_number(which(operand.size()) as f64),
        None => Err(Fault::Value.into()),
    }
}

fn index(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let Some(table) = arguments.first() else { return Err(Fault::Value.into()) };
    if let Operand::Value(Value::Error(fault)) = table {
        return Err((*fault).into());
    }
    if arguments.len() > 3 && number(on, arguments, 3)? != 1.0 {
        return kept("it chooses between several ranges");
    }
    let (rows, columns) = table.size();
    let (mut row, mut column) = (number(on, arguments, 1)?.trunc(), number(on, arguments, 2)?.trunc());
    if arguments.len() == 2 && rows == 1 && columns > 1 {
        (row, column) = (1.0, row);
    }
    if row < 0.0 || column < 0.0 {
        return Err(Fault::Value.into());
    }
    if row > rows as f64 || column > columns as f64 {
        return Err(Fault::Reference.into());
    }
    // 0 means all rows or columns, and so does an index left out of a single one.
    let span = |which: f64, count: u64| if which == 0.0 { (0, count - 1) } else { (which as u64 - 1, which as u64 - 1) };
    let ((top, bottom), (left, right)) = (span(row, rows), span(column, columns));
    match table {
        Operand::Area(area) => Ok(Operand::Area(Area {
            sheet: area.sheet,
            first_row: area.first_row + top as u32,
            last_row: area.first_row + bottom as u32,
            first_column: area.first_column + left as u32,
            last_column: area.first_column + right as u32,
        })),
        Operand::Grid(grid) => {
            let mut cells = Vec::new();
            for row in top..=bottom {
                cells.extend((left..=right).map(|column| grid.at(row as usize, column as usize).clone()));
            }
            Ok(Operand::Grid(Grid { rows: (bottom - top) as usize + 1, columns: (right - left) as usize + 1, cells }))
        }
        other => Ok(other.clone()),
    }
}

fn offset(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let area = match arguments.first() {
        Some(Operand::Area(area)) => *area,
        Some(Operand::Value(Value::Error(fault))) => return Err((*fault).into()),
        _ => return Err(Fault::Value.into()),
    };
    let size = |at: usize, otherwise: u64| match arguments.get(at) {
        None | Some(Operand::Missing) => Ok(otherwise as f64),
        Some(_) => match number(on, arguments, at)? {
            size if size.fract() != 0.0 => kept("it makes a range of a size that is no whole number"),
            size => Ok(size),
        },
    };
    let (height, width) = (size(3, area.rows())?, size(4, area.columns())?);
    let span = |first: u32, by: f64, length: f64, most: u32| {
        let start = f64::from(first) + by.trunc();
        let (from, to) = if length > 0.0 { (start, start + length - 1.0) } else { (start + length + 1.0, start) };
        let right = length != 0.0 && from >= 0.0 && to <= f64::from(most) && from <= to;
        if right { Ok((from as u32, to as u32)) } else { Err(Fault::Reference) }
    };
    let rows = span(area.first_row, number(on, arguments, 1)?, height, LAST_ROW)?;
    let columns = span(area.first_column, number(on, arguments, 2)?, width, LAST_COLUMN)?;
    Ok(Operand::Area(Area { first_row: rows.0, last_row: rows.1, first_column: columns.0, last_column: columns.1, ..area }))
}

fn indirect(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let written = text(arguments, 0)?;
    if arguments.len() > 1 && !given(arguments, 1).truth()? {
        return kept("it makes a reference by numbers of rows and columns");
    }
    match tree::read(&written, on.place, on.sheets.around) {
        Ok(Node::Area(area)) => Ok(Operand::Area(area)),
        Err(why) if why.contains("another workbook") || why.contains("several") => kept(&why),
        Err(why) if why.contains("the name") => kept(&why),
        _ => Err(Fault::Reference.into()),
    }
}
