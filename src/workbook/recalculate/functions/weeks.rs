//! Owns the functions of weeks and of working days, Saturday and Sunday being free.

use std::collections::HashSet;

use super::dates::{day, own_serial, plain_day};
use super::{Function, mixed, no_truth, number_or, of_number, plain};
use crate::workbook::recalculate::calendar::{self, date_of, day_number, weekday};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::value::{Fault, Stop, View};

pub(super) const FUNCTIONS: &[Function] = &[
    plain("WEEKNUM", 1, 2, week_number),
    plain("ISOWEEKNUM", 1, 1, |on, arguments| iso_week(day(on, arguments, 0)?)),
    mixed("NETWORKDAYS", 2, 3, |at| at < 2, working_days),
    mixed("WORKDAY", 2, 3, |at| at < 2, after_working_days),
];

/// How many working days are counted.
const MOST_DAYS: f64 = 3_000_000.0;

fn week_number(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let day = plain_day(on, arguments, 0)?;
    let kind = number_or(on, arguments, 1, 1.0)?.trunc();
    let first = match kind {
        1.0 => 0,
        2.0 => 1,
        11.0..=17.0 => (kind as i64 - 10) % 7,
        21.0 => return iso_week(day),
        _ => return Err(Fault::Number.into()),
    };
    let new_year = calendar::serial(date_of(day).0, 1, 1, false)? as i64;
    let before = (weekday(new_year) - first).rem_euclid(7);
    of_number(((day - new_year + before) / 7 + 1) as f64)
}

fn iso_week(day: i64) -> Outcome {
    // The week's Thursday says to which year it belongs.
    let thursday = day - (weekday(day) - 1).rem_euclid(7) + 3;
    let new_year = calendar::serial(date_of(thursday.max(1)).0, 1, 1, false)? as i64;
    of_number(((thursday - new_year).div_euclid(7) + 1) as f64)
}

fn is_free(day: i64) -> bool {
    matches!(weekday(day), 0 | 6)
}

/// Holidays that are not on a weekend.
fn holidays(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<HashSet<i64>, Stop> {
    let mut days = HashSet::new();
    let Some(given) = arguments.get(2) else { return Ok(days) };
    let mut take = |view: View<'_>| {
        if view != View::Blank {
            let day = day_number(on.number(&view.owned())?, on.date_1904())?;
            if !is_free(day) {
                days.insert(day);
            }
        }
        Ok(())
    };
    on.each(given, &mut take)?;
    Ok(days)
}

fn working_days(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (one, two) = (plain_day(on, arguments, 0)?, plain_day(on, arguments, 1)?);
    let (first, last) = (one.min(two), one.max(two));
    let weeks = (last - first + 1) / 7;
    let rest = (first + weeks * 7..=last).filter(|day| !is_free(*day)).map(|_| 1_i64).sum::<i64>();
    let free = holidays(on, arguments)?.iter().filter(|day| (first..=last).contains(day)).map(|_| 1_i64).sum::<i64>();
    let days = weeks * 5 + rest - free;
    of_number(if one > two { -days } else { days } as f64)
}

fn after_working_days(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (mut day, days) = (plain_day(on, arguments, 0)?, no_truth(on, arguments, 1)?.trunc());
    if days.abs() > MOST_DAYS {
        return Err(Fault::Number.into());
    }
    let (step, mut left) = (if days < 0.0 { -1 } else { 1 }, days.abs() as i64);
    let holidays = holidays(on, arguments)?;
    on.sheets.step(left as usize)?;
    while left > 0 {
        day += step;
        if !(0..=2_958_465).contains(&day) {
            return Err(Fault::Number.into());
        }
        if !is_free(day) && !holidays.contains(&day) {
            left -= 1;
        }
    }
    of_number(own_serial(on, day))
}
