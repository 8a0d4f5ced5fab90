//! Owns the list of functions by name; what each gives is with those of its kind.

mod counting;
mod dates;
mod formats;
mod logic;
mod lookup;
mod maths;
mod places;
mod statistics;
mod text;
mod weeks;

pub(super) use counting::stretched;

use std::collections::HashMap;
use std::sync::OnceLock;

use super::evaluate::{Evaluator, Operand, Outcome};
use super::tree::Node;
use super::value::{Stop, Value};

/// How a function is worked out.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// From its arguments as they are given; says at which places it takes one value.
    Given(fn(usize) -> bool, fn(&Evaluator<'_, '_>, &[Operand]) -> Outcome),
    /// By itself, as not all arguments may be worked out.
    Own(fn(&Evaluator<'_, '_>, &[Node], bool) -> Outcome),
}

/// A function.
pub(super) struct Function {
    pub(super) name: &'static str,
    /// How many arguments it takes at least.
    pub(super) least: usize,
    /// How many it takes at most.
    pub(super) most: usize,
    pub(super) work: Work,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(self.name)
    }
}

/// Excel's limit.
const MANY: usize = 255;

/// A function of single values.
const fn plain(name: &'static str, least: usize, most: usize, work: fn(&Evaluator<'_, '_>, &[Operand]) -> Outcome) -> Function {
    Function { name, least, most, work: Work::Given(|_| true, work) }
}

/// A function of which all arguments may be ranges.
const fn ranges(name: &'static str, least: usize, most: usize, work: fn(&Evaluator<'_, '_>, &[Operand]) -> Outcome) -> Function {
    Function { name, least, most, work: Work::Given(|_| false, work) }
}

/// A function that takes one value at some places and a range at others.
const fn mixed(
    name: &'static str,
    least: usize,
    most: usize,
    one: fn(usize) -> bool,
    work: fn(&Evaluator<'_, '_>, &[Operand]) -> Outcome,
) -> Function {
    Function { name, least, most, work: Work::Given(one, work) }
}

const fn own(name: &'static str, least: usize, most: usize, work: fn(&Evaluator<'_, '_>, &[Node], bool) -> Outcome) -> Function {
    Function { name, least, most, work: Work::Own(work) }
}

/// All functions, by kind.
const KINDS: [&[Function]; 9] = [
    counting::FUNCTIONS,
    dates::FUNCTIONS,
    logic::FUNCTIONS,
    lookup::FUNCTIONS,
    maths::FUNCTIONS,
    places::FUNCTIONS,
    statistics::FUNCTIONS,
    text::FUNCTIONS,
    weeks::FUNCTIONS,
];

/// A function's name without what Excel puts before newer ones, in capitals.
pub(super) fn plain_name(written: &str) -> String {
    let mut name = written.to_uppercase();
    while let Some(rest) = ["_XLFN.", "_XLWS."].iter().find_map(|prefix| name.strip_prefix(prefix)) {
        name = rest.to_string();
    }
    name
}

/// The names of all functions.
#[cfg(test)]
pub(super) fn all_names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().copied().flatten().map(|function| function.name)
}

/// The function of a name in capitals.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    static BY_NAME: OnceLock<HashMap<&'static str, &'static Function>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| KINDS.iter().copied().flatten().map(|function| (function.name, function)).collect());
    by_name.get(name).copied()
}

/// The value given at a place; a blank where there is none.
fn given(arguments: &[Operand], at: usize) -> &Value {
    match arguments.get(at) {
        Some(Operand::Value(value)) => value,
        _ => &Value::Blank,
    }
}

/// The number given at a place.
fn number(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize) -> Result<f64, Stop> {
    on.number(given(arguments, at))
}

/// The number given at a place to one of the functions that take no TRUE or FALSE for one.
fn no_truth(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize) -> Result<f64, Stop> {
    match given(arguments, at) {
        Value::Truth(_) => Err(super::value::Fault::Value.into()),
        value => on.number(value),
    }
}

/// The number given at a place, or another where there is no such argument.
fn number_or(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize, otherwise: f64) -> Result<f64, Stop> {
    match arguments.get(at) {
        None => Ok(otherwise),
        Some(_) => number(on, arguments, at),
    }
}

/// The text given at a place.
fn text(arguments: &[Operand], at: usize) -> Result<String, Stop> {
    given(arguments, at).text()
}

fn of_number(number: f64) -> Outcome {
    super::evaluate::finite(number).map(Operand::Value)
}

fn of_truth(truth: bool) -> Outcome {
    Ok(Operand::Value(Value::Truth(truth)))
}

fn of_text(text: String) -> Outcome {
    super::evaluate::short(text).map(Operand::Value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_function_is_listed_twice() {
        let names: std::collections::HashSet<&str> = KINDS.iter().copied().flatten().map(|function| function.name).collect();
        assert_eq!(names.len(), KINDS.iter().map(|kind| kind.len()).sum::<usize>());
        assert!(names.iter().all(|name| **name == plain_name(name)));
    }
}
