//! Owns what formulas would give that stand in no cell, such as the bounds of a validation; it never changes a value.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::evaluate::{Evaluator, Operand};
use super::sheets::Sheets;
use super::surroundings::Surroundings;
use super::tree;
use super::value::{Stop, Value, View};
use super::values::{Over, Values};
use super::walk::STOPPED;
use super::{Asked, Book, Stored};

/// The most values of one answer. A list of choices has far fewer.
const MOST_VALUES: usize = 20_000;
/// How often, in formulas, it is asked whether to stop.
const ASKED_EVERY: usize = 64;

/// What each formula gives where it stands: one value, or those of a range or an array that are not blank.
pub(super) fn all(book: &Book, asked: &[Asked], stop: &Arc<AtomicBool>) -> Vec<Result<Vec<Stored>, String>> {
    let (around, values) = (Surroundings::new(book), Values::new(book));
    let sheets = Sheets::new(&around, &values, Over::default(), Arc::clone(stop));
    let mut answers = Vec::with_capacity(asked.len());
    for (at, asked) in asked.iter().enumerate() {
        let stopped = (at % ASKED_EVERY == 0 && stop.load(Ordering::Relaxed)) || sheets.exhausted();
        answers.push(if stopped { Err(STOPPED.to_string()) } else { one(&sheets, asked) });
    }
    answers
}

fn one(sheets: &Sheets<'_>, asked: &Asked) -> Result<Vec<Stored>, String> {
    let formula = asked.formula.trim();
    let tree = tree::read(formula.strip_prefix('=').unwrap_or(formula), asked.place, sheets.around)?;
    let on = Evaluator { sheets, place: asked.place, entered: true };
    let told = |stop: Stop| match stop {
        Stop::Kept(why) => why,
        Stop::Fault(fault) => format!("it gives {}", fault.written().unwrap_or("an error")),
    };
    let operand = on.settled(&tree, true).map_err(told)?;
    if let Operand::Value(value) = &operand {
        return stored(value.view()).map(|value| vec![value]).ok_or_else(|| "it meets an error that is not known here".to_string());
    }
    let mut found = Vec::new();
    let each = on.each(&operand, &mut |view| {
        let value = stored(view).filter(|value| *value != Stored::Blank);
        if found.len() >= MOST_VALUES {
            return Err(Stop::Kept("it gives too many values".to_string()));
        }
        found.extend(value);
        Ok(())
    });
    each.map_err(told)?;
    Ok(found)
}

fn stored(view: View<'_>) -> Option<Stored> {
    Some(match view.owned() {
        Value::Blank => Stored::Blank,
        Value::Number(number) => Stored::Number(number),
        Value::Text(text) => Stored::Text(text),
        Value::Truth(truth) => Stored::Truth(truth),
        Value::Error(fault) => Stored::Error(fault.written()?.to_string()),
    })
}
