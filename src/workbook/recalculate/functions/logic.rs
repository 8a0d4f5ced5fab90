//! Owns the functions that choose and that tell what a value is; they work out only what they choose.

use super::{Function, MANY, given, of_number, of_truth, own, plain, ranges};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome, caught, too_many};
use crate::workbook::recalculate::tree::Node;
use crate::workbook::recalculate::value::{self, Fault, Grid, Stop, Value, View};

pub(super) const FUNCTIONS: &[Function] = &[
    own("IF", 2, 3, choose_if),
    own("IFS", 2, MANY, choose_ifs),
    own("IFERROR", 2, 2, |on, arguments, array| catch(on, arguments, array, |_| true)),
    own("IFNA", 2, 2, |on, arguments, array| catch(on, arguments, array, |fault| fault == Fault::Missing)),
    own("SWITCH", 3, MANY, switch),
    own("CHOOSE", 2, MANY, choose),
    own("SINGLE", 1, 1, |on, arguments, _| {
        let operand = on.settled(arguments.first().unwrap_or(&Node::Missing), false)?;
        on.single(operand).map(Operand::Value)
    }),
    ranges("AND", 1, MANY, |on, arguments| join(on, arguments, |all, next| all & next)),
    ranges("OR", 1, MANY, |on, arguments| join(on, arguments, |all, next| all | next)),
    ranges("XOR", 1, MANY, |on, arguments| join(on, arguments, |all, next| all ^ next)),
    plain("NOT", 1, 1, |_, arguments| of_truth(!given(arguments, 0).truth()?)),
    plain("TRUE", 0, 0, |_, _| of_truth(true)),
    plain("FALSE", 0, 0, |_, _| of_truth(false)),
    plain("NA", 0, 0, |_, _| Err(Fault::Missing.into())),
    plain("ISBLANK", 1, 1, |_, arguments| of_truth(*given(arguments, 0) == Value::Blank)),
    plain("ISNUMBER", 1, 1, |_, arguments| of_truth(matches!(given(arguments, 0), Value::Number(_)))),
    plain("ISTEXT", 1, 1, |_, arguments| of_truth(matches!(given(arguments, 0), Value::Text(_)))),
    plain("ISNONTEXT", 1, 1, |_, arguments| of_truth(!matches!(given(arguments, 0), Value::Text(_)))),
    plain("ISLOGICAL", 1, 1, |_, arguments| of_truth(matches!(given(arguments, 0), Value::Truth(_)))),
    plain("ISERROR", 1, 1, |_, arguments| of_truth(matches!(given(arguments, 0), Value::Error(_)))),
    plain("ISNA", 1, 1, |_, arguments| of_truth(*given(arguments, 0) == Value::Error(Fault::Missing))),
    plain("ISERR", 1, 1, |_, arguments| of_truth(matches!(given(arguments, 0), Value::Error(fault) if *fault != Fault::Missing))),
    plain("N", 1, 1, |_, arguments| match given(arguments, 0) {
        Value::Number(number) => of_number(*number),
        Value::Truth(truth) => of_number(f64::from(u8::from(*truth))),
        Value::Error(fault) => Err((*fault).into()),
        _ => of_number(0.0),
    }),
    plain("T", 1, 1, |_, arguments| match given(arguments, 0) {
        text @ Value::Text(_) => Ok(Operand::Value(text.clone())),
        Value::Error(fault) => Err((*fault).into()),
        _ => Ok(Operand::Value(Value::text_of(""))),
    }),
];

/// What a choice gives: a range stays one.
fn chosen(on: &Evaluator<'_, '_>, node: Option<&Node>, array: bool) -> Outcome {
    match node {
        Some(node) => on.settled(node, array),
        None => Ok(Operand::Value(Value::Truth(false))),
    }
}

/// Whether an operand has many values, which only a formula entered as an array chooses by.
fn is_many(on: &Evaluator<'_, '_>, operand: &Operand, array: bool) -> Result<bool, Stop> {
    match array && operand.size() != (1, 1) {
        true if !on.entered => too_many(),
        many => Ok(many),
    }
}

fn choose_if(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool) -> Outcome {
    let condition = on.settled(arguments.first().unwrap_or(&Node::Missing), array)?;
    if !is_many(on, &condition, array)? {
        let truth = on.single(condition)?.truth()?;
        return chosen(on, arguments.get(if truth { 1 } else { 2 }), array);
    }
    let condition = on.grid(condition)?;
    let yes = on.grid(chosen(on, arguments.get(1), array)?)?;
    let no = on.grid(chosen(on, arguments.get(2), array)?)?;
    by_cell(on, &[&condition, &yes, &no], |values| {
        let [condition, yes, no] = values else { return Ok(Value::Blank) };
        Ok(if condition.truth()? { (*yes).clone() } else { (*no).clone() })
    })
}

/// Works something out for every place of some arrays.
fn by_cell(on: &Evaluator<'_, '_>, grids: &[&Grid], work: impl Fn(&[&Value]) -> Result<Value, Stop>) -> Outcome {
    let rows = grids.iter().map(|grid| grid.rows).max().unwrap_or(0);
    let columns = grids.iter().map(|grid| grid.columns).max().unwrap_or(0);
    on.room(rows, columns)?;
    let mut cells = Vec::with_capacity(rows * columns);
    for row in 0..rows {
        for column in 0..columns {
            let values: Vec<&Value> = grids.iter().map(|grid| grid.at(row, column)).collect();
            cells.push(caught(work(&values))?);
        }
    }
    Ok(Operand::Grid(Grid { rows, columns, cells }))
}

fn choose_ifs(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool) -> Outcome {
    for pair in arguments.chunks(2) {
        let [condition, result] = pair else { return Err(Fault::Missing.into()) };
        let condition = on.settled(condition, array)?;
        if is_many(on, &condition, array)? {
            return too_many();
        }
        if on.single(condition)?.truth()? {
            return chosen(on, Some(result), array);
        }
    }
    Err(Fault::Missing.into())
}

fn catch(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool, caught_here: fn(Fault) -> bool) -> Outcome {
    let tried = on.settled(arguments.first().unwrap_or(&Node::Missing), array)?;
    if is_many(on, &tried, array)? {
        let (tried, otherwise) = (on.grid(tried)?, on.grid(chosen(on, arguments.get(1), array)?)?);
        return by_cell(on, &[&tried, &otherwise], |values| match values {
            [Value::Error(fault), otherwise] if caught_here(*fault) => Ok((*otherwise).clone()),
            [tried, ..] => Ok((*tried).clone()),
            [] => Ok(Value::Blank),
        });
    }
    match on.single(tried)? {
        Value::Error(fault) if caught_here(fault) => match chosen(on, arguments.get(1), array)? {
            Operand::Missing => Ok(Operand::Value(Value::text_of(""))),
            otherwise => Ok(otherwise),
        },
        other => Ok(Operand::Value(other)),
    }
}

fn switch(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool) -> Outcome {
    let one = |node: &Node| {
        let operand = on.settled(node, array)?;
        if is_many(on, &operand, array)? { too_many() } else { on.single(operand) }
    };
    let Some((sought, rest)) = arguments.split_first() else { return Err(Fault::Value.into()) };
    let sought = one(sought)?;
    if let Value::Error(fault) = sought {
        return Err(fault.into());
    }
    for pair in rest.chunks(2) {
        match pair {
            [case, result] if value::equal(sought.view(), one(case)?.view())? => return chosen(on, Some(result), array),
            [otherwise] => return chosen(on, Some(otherwise), array),
            _ => {}
        }
    }
    Err(Fault::Missing.into())
}

fn choose(on: &Evaluator<'_, '_>, arguments: &[Node], array: bool) -> Outcome {
    let which = on.settled(arguments.first().unwrap_or(&Node::Missing), array)?;
    if array && which.size() != (1, 1) {
        return too_many();
    }
    let which = on.number(&on.single(which)?)?;
    match which >= 1.0 && which < arguments.len() as f64 {
        true => chosen(on, arguments.get(which as usize), array),
        false => Err(Fault::Value.into()),
    }
}

/// Joins truths; in ranges and arrays texts and blanks are passed over.
fn join(on: &Evaluator<'_, '_>, arguments: &[Operand], work: fn(bool, bool) -> bool) -> Outcome {
    let mut all: Option<bool> = None;
    for argument in arguments {
        let mut take = |truth: bool| all = Some(all.map_or(truth, |before| work(before, truth)));
        match argument {
            Operand::Value(value) => take(value.truth()?),
            Operand::Missing => take(false),
            several => on.each(several, &mut |view| {
                match view {
                    View::Number(number) => take(number != 0.0),
                    View::Truth(truth) => take(truth),
                    View::Error(fault) => return Err(fault.into()),
                    View::Blank | View::Text(_) => {}
                }
                Ok(())
            })?,
        }
    }
    all.map_or(Err(Fault::Value.into()), of_truth)
}
