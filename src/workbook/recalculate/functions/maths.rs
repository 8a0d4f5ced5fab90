//! Owns the functions that work out one number from one or a few; they never read a range.

use super::{Function, MANY, no_truth, number, number_or, of_number, plain, ranges};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome, power};
use crate::workbook::recalculate::numbers::{Way, rounded};
use crate::workbook::recalculate::value::{Fault, Grid, Stop, Value, kept, same_number};

pub(super) const FUNCTIONS: &[Function] = &[
    plain("ABS", 1, 1, |on, arguments| of_number(number(on, arguments, 0)?.abs())),
    plain("SIGN", 1, 1, |on, arguments| {
        let number = number(on, arguments, 0)?;
        of_number(if number == 0.0 { 0.0 } else { number.signum() })
    }),
    plain("INT", 1, 1, |on, arguments| of_number(number(on, arguments, 0)?.floor())),
    plain("TRUNC", 1, 2, |on, arguments| round(on, arguments, Way::Toward)),
    plain("ROUND", 1, 2, |on, arguments| round(on, arguments, Way::Nearest)),
    plain("ROUNDUP", 1, 2, |on, arguments| round(on, arguments, Way::Away)),
    plain("ROUNDDOWN", 1, 2, |on, arguments| round(on, arguments, Way::Toward)),
    plain("MROUND", 2, 2, |on, arguments| {
        let (given, step) = (no_truth(on, arguments, 0)?, no_truth(on, arguments, 1)?);
        if step == 0.0 || given == 0.0 {
            return of_number(0.0);
        }
        if (given > 0.0) != (step > 0.0) {
            return Err(Fault::Number.into());
        }
        of_number(rounded(given / step, 0, Way::Nearest) * step)
    }),
    plain("CEILING", 2, 2, |on, arguments| to_multiple(number(on, arguments, 0)?, number(on, arguments, 1)?, true)),
    plain("FLOOR", 2, 2, |on, arguments| to_multiple(number(on, arguments, 0)?, number(on, arguments, 1)?, false)),
    plain("CEILING.MATH", 1, 3, |on, arguments| by_mode(on, arguments, true)),
    plain("FLOOR.MATH", 1, 3, |on, arguments| by_mode(on, arguments, false)),
    plain("EVEN", 1, 1, |on, arguments| {
        let given = number(on, arguments, 0)?;
        of_number((given.abs() / 2.0).ceil() * 2.0 * given.signum())
    }),
    plain("ODD", 1, 1, |on, arguments| {
        let given = number(on, arguments, 0)?;
        of_number((((given.abs() + 1.0) / 2.0).ceil() * 2.0 - 1.0) * if given < 0.0 { -1.0 } else { 1.0 })
    }),
    plain("MOD", 2, 2, |on, arguments| modulo(number(on, arguments, 0)?, number(on, arguments, 1)?)),
    plain("QUOTIENT", 2, 2, |on, arguments| match (no_truth(on, arguments, 0)?, no_truth(on, arguments, 1)?) {
        (_, 0.0) => Err(Fault::Divided.into()),
        (one, two) => of_number((one / two).trunc()),
    }),
    plain("POWER", 2, 2, |on, arguments| power(number(on, arguments, 0)?, number(on, arguments, 1)?).map(Operand::Value)),
    plain("SQRT", 1, 1, |on, arguments| match number(on, arguments, 0)? {
        below if below < 0.0 => Err(Fault::Number.into()),
        number => of_number(number.sqrt()),
    }),
    plain("EXP", 1, 1, |on, arguments| of_number(number(on, arguments, 0)?.exp())),
    plain("LN", 1, 1, |on, arguments| logarithm(number(on, arguments, 0)?, f64::ln)),
    plain("LOG10", 1, 1, |on, arguments| logarithm(number(on, arguments, 0)?, f64::log10)),
    plain("PI", 0, 0, |_, _| of_number(std::f64::consts::PI)),
    ranges("SUMPRODUCT", 1, MANY, sum_of_products),
];

fn round(on: &Evaluator<'_, '_>, arguments: &[Operand], way: Way) -> Outcome {
    let places = number_or(on, arguments, 1, 0.0)?.trunc().clamp(-400.0, 400.0);
    of_number(rounded(number(on, arguments, 0)?, places as i32, way))
}

fn to_multiple(given: f64, step: f64, up: bool) -> Outcome {
    if given == 0.0 || (up && step == 0.0) {
        return of_number(0.0);
    }
    if step == 0.0 {
        return Err(Fault::Divided.into());
    }
    if given > 0.0 && step < 0.0 {
        return Err(Fault::Number.into());
    }
    // With a negative step, away from zero and towards it change places.
    to_multiple_of(given, step.abs(), if step < 0.0 { !up } else { up })
}

/// Where a mode is given, negative numbers go the other way.
fn by_mode(on: &Evaluator<'_, '_>, arguments: &[Operand], up: bool) -> Outcome {
    let given = number(on, arguments, 0)?;
    let step = number_or(on, arguments, 1, 1.0)?.abs();
    let turned = number_or(on, arguments, 2, 0.0)? != 0.0 && given < 0.0;
    to_multiple_of(given, step, up != turned)
}

fn to_multiple_of(given: f64, step: f64, up: bool) -> Outcome {
    if step == 0.0 {
        return of_number(0.0);
    }
    let steps = given / step;
    // 4.2/0.1 is a little less than 42, which is meant.
    let near = steps.round();
    let steps = match same_number(steps, near) {
        true => near,
        false if up => steps.ceil(),
        false => steps.floor(),
    };
    of_number(rounded(steps * step, 15, Way::Nearest))
}

fn modulo(given: f64, divisor: f64) -> Outcome {
    if divisor == 0.0 {
        return Err(Fault::Divided.into());
    }
    let times = (given / divisor).floor();
    if times.abs() > 1e9 {
        return kept("it divides numbers of very different size");
    }
    of_number(given - divisor * times)
}

fn logarithm(given: f64, work: fn(f64) -> f64) -> Outcome {
    if given > 0.0 { of_number(work(given)) } else { Err(Fault::Number.into()) }
}

/// Texts and truths count as nothing, but where an operator made numbers of them.
fn sum_of_products(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let ranges = arguments.iter().filter(|argument| matches!(argument, Operand::Area(_))).map(Operand::size);
    let unequal = ranges.clone().zip(ranges.skip(1)).any(|(one, two)| one != two);
    let grids = arguments.iter().map(|argument| on.grid(argument.clone())).collect::<Result<Vec<Grid>, Stop>>()?;
    let size = grids.first().map(|grid| (grid.rows, grid.columns));
    if unequal || grids.iter().any(|grid| Some((grid.rows, grid.columns)) != size) {
        return Err(Fault::Value.into());
    }
    let Some((first, rest)) = grids.split_first() else { return Err(Fault::Value.into()) };
    let factor = |value: &Value| match value {
        Value::Number(number) => Ok(*number),
        Value::Error(fault) => Err(Stop::Fault(*fault)),
        _ => Ok(0.0),
    };
    let mut sum = 0.0;
    for (at, value) in first.cells.iter().enumerate() {
        let mut product = factor(value)?;
        for grid in rest {
            product *= factor(grid.cells.get(at).unwrap_or(&Value::Blank))?;
        }
        sum += product;
    }
    of_number(sum)
}
