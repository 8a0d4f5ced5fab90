//! Owns the functions that need numbers in order or their spread; it never adds them up for their own sake.

use super::counting::each_number;
use super::{Function, MANY, mixed, number, number_or, of_number, ranges};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::value::{Fault, Stop};

pub(super) const FUNCTIONS: &[Function] = &[
    ranges("MEDIAN", 1, MANY, |on, arguments| {
        let numbers = sorted(on, arguments)?;
        let middle = |at: usize| numbers.get(at).copied().ok_or(Stop::Fault(Fault::Number));
        let half = numbers.len() / 2;
        of_number(if numbers.len() % 2 == 1 { middle(half)? } else { (middle(half.wrapping_sub(1))? + middle(half)?) / 2.0 })
    }),
    ranges("MODE", 1, MANY, mode),
    ranges("STDEV", 1, MANY, deviation),
    ranges("STDEV.S", 1, MANY, deviation),
    mixed("LARGE", 2, 2, |at| at == 1, |on, arguments| nth(on, arguments, true)),
    mixed("SMALL", 2, 2, |at| at == 1, |on, arguments| nth(on, arguments, false)),
    mixed("RANK", 2, 3, |at| at != 1, rank),
    mixed("RANK.EQ", 2, 3, |at| at != 1, rank),
    mixed("PERCENTILE", 2, 2, |at| at == 1, |on, arguments| percentile(on, arguments, number(on, arguments, 1)?)),
    mixed("PERCENTILE.INC", 2, 2, |at| at == 1, |on, arguments| percentile(on, arguments, number(on, arguments, 1)?)),
    mixed("QUARTILE", 2, 2, |at| at == 1, |on, arguments| percentile(on, arguments, number(on, arguments, 1)?.trunc() / 4.0)),
];

fn numbers(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<Vec<f64>, Stop> {
    let mut numbers = Vec::new();
    each_number(on, arguments, &mut |number| {
        numbers.push(number);
        Ok(())
    })?;
    Ok(numbers)
}

fn sorted(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<Vec<f64>, Stop> {
    let mut numbers = numbers(on, arguments)?;
    numbers.sort_unstable_by(f64::total_cmp);
    Ok(numbers)
}

fn nth(on: &Evaluator<'_, '_>, arguments: &[Operand], from_largest: bool) -> Outcome {
    let which = number(on, arguments, 1)?.ceil();
    let numbers = sorted(on, arguments.get(..1).unwrap_or_default())?;
    if !(which >= 1.0 && which <= numbers.len() as f64) {
        return Err(Fault::Number.into());
    }
    let at = if from_largest { numbers.len() - which as usize } else { which as usize - 1 };
    numbers.get(at).map_or(Err(Fault::Number.into()), |number| of_number(*number))
}

fn rank(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (sought, upwards) = (number(on, arguments, 0)?, number_or(on, arguments, 2, 0.0)? != 0.0);
    let numbers = numbers(on, arguments.get(1..2).unwrap_or_default())?;
    if !numbers.contains(&sought) {
        return Err(Fault::Missing.into());
    }
    let before = numbers.iter().filter(|number| if upwards { **number < sought } else { **number > sought });
    of_number(before.count() as f64 + 1.0)
}

fn percentile(on: &Evaluator<'_, '_>, arguments: &[Operand], share: f64) -> Outcome {
    let numbers = sorted(on, arguments.get(..1).unwrap_or_default())?;
    if numbers.is_empty() || !(0.0..=1.0).contains(&share) {
        return Err(Fault::Number.into());
    }
    let place = share * (numbers.len() - 1) as f64;
    let at = |place: f64| numbers.get(place as usize).copied().unwrap_or(0.0);
    let (below, above) = (at(place.floor()), at(place.ceil()));
    of_number(below + (above - below) * (place - place.floor()))
}

fn mode(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let numbers = numbers(on, arguments)?;
    let mut counts: std::collections::HashMap<u64, (usize, usize)> = std::collections::HashMap::new();
    for (at, number) in numbers.iter().enumerate() {
        counts.entry(number.to_bits()).or_insert((0, at)).0 += 1;
    }
    // Of those found equally often the first.
    let most = counts.values().filter(|(count, _)| *count > 1).max_by_key(|(count, at)| (*count, usize::MAX - at));
    most.and_then(|(_, at)| numbers.get(*at)).map_or(Err(Fault::Missing.into()), |number| of_number(*number))
}

fn deviation(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let numbers = numbers(on, arguments)?;
    if numbers.len() < 2 {
        return Err(Fault::Divided.into());
    }
    let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
    let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
    of_number((squares / (numbers.len() - 1) as f64).sqrt())
}
