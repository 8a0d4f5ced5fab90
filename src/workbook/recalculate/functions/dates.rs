//! Owns the functions of dates and times; it never asks the computer what day it is.

use super::{Function, given, no_truth, number, number_or, of_number, plain, text};
use crate::workbook::recalculate::calendar::{self, DAYS_TO_1904, date_of, day_number, month_length, weekday};
use crate::workbook::recalculate::evaluate::{Evaluator, Operand, Outcome};
use crate::workbook::recalculate::numbers;
use crate::workbook::recalculate::value::{Fault, Stop, Value, kept};

pub(super) const FUNCTIONS: &[Function] = &[
    plain("TODAY", 0, 0, |on, _| of_number(on.sheets.today)),
    plain("DATE", 3, 3, date),
    plain("YEAR", 1, 1, |on, arguments| of_number(date_of(day(on, arguments, 0)?).0 as f64)),
    plain("MONTH", 1, 1, |on, arguments| of_number(date_of(day(on, arguments, 0)?).1 as f64)),
    plain("DAY", 1, 1, |on, arguments| of_number(date_of(day(on, arguments, 0)?).2 as f64)),
    plain("WEEKDAY", 1, 2, |on, arguments| {
        let kind = number_or(on, arguments, 1, 1.0)?.trunc();
        let (first, least) = match kind {
            1.0 => (0, 1),
            2.0 => (1, 1),
            3.0 => (1, 0),
            11.0..=17.0 => ((kind as i64 - 10) % 7, 1),
            _ => return Err(Fault::Number.into()),
        };
        of_number(((weekday(day(on, arguments, 0)?) - first).rem_euclid(7) + least) as f64)
    }),
    plain("DAYS", 2, 2, |on, arguments| of_number((day(on, arguments, 0)? - day(on, arguments, 1)?) as f64)),
    plain("EDATE", 2, 2, |on, arguments| {
        let (year, month, of_month) = moved(on, arguments)?;
        serial(on, year, month, of_month.min(month_length(year, month)))
    }),
    plain("EOMONTH", 2, 2, |on, arguments| {
        let (year, month, _) = moved(on, arguments)?;
        serial(on, year, month, month_length(year, month))
    }),
    plain("DATEDIF", 3, 3, difference),
    plain("DATEVALUE", 1, 1, |on, arguments| match given(arguments, 0) {
        Value::Text(text) if numbers::plain(text).is_none() => of_number(numbers::read(text, on.date_1904())?.floor()),
        Value::Error(fault) => Err((*fault).into()),
        _ => Err(Fault::Value.into()),
    }),
    plain("TIME", 3, 3, |on, arguments| {
        let part = |at: usize| match number(on, arguments, at)?.trunc() {
            part if part.abs() <= 32_767.0 => Ok(part),
            _ => Err(Stop::Fault(Fault::Number)),
        };
        let seconds = part(0)? * 3600.0 + part(1)? * 60.0 + part(2)?;
        if seconds < 0.0 { Err(Fault::Number.into()) } else { of_number(seconds % 86_400.0 / 86_400.0) }
    }),
    plain("HOUR", 1, 1, |on, arguments| of_number((seconds(on, arguments)? / 3600) as f64)),
    plain("MINUTE", 1, 1, |on, arguments| of_number((seconds(on, arguments)? / 60 % 60) as f64)),
    plain("SECOND", 1, 1, |on, arguments| of_number((seconds(on, arguments)? % 60) as f64)),
    plain("YEARFRAC", 2, 3, share_of_year),
];

/// The day given at a place, in the 1900 system.
pub(super) fn day(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize) -> Result<i64, Stop> {
    day_number(number(on, arguments, at)?, on.date_1904())
}

/// The same for functions that take no TRUE or FALSE for one.
pub(super) fn plain_day(on: &Evaluator<'_, '_>, arguments: &[Operand], at: usize) -> Result<i64, Stop> {
    day_number(no_truth(on, arguments, at)?, on.date_1904())
}

fn serial(on: &Evaluator<'_, '_>, year: i64, month: i64, day: i64) -> Outcome {
    calendar::serial(year, month, day, on.date_1904()).and_then(of_number)
}

fn date(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let part = |at: usize| number(on, arguments, at).map(|part| part.floor().clamp(-1e10, 1e10) as i64);
    let year = part(0)?;
    let first = if on.date_1904() { 1904 } else { 1900 };
    serial(on, if (0..first).contains(&year) { year + 1900 } else { year }, part(1)?, part(2)?)
}

/// The year, month and day of the month of a date moved by months.
fn moved(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<(i64, i64, i64), Stop> {
    let (year, month, of_month) = date_of(plain_day(on, arguments, 0)?);
    let by = no_truth(on, arguments, 1)?.trunc();
    if by.abs() > 200_000.0 {
        return Err(Fault::Number.into());
    }
    let months = year * 12 + month - 1 + by as i64;
    match months.div_euclid(12) {
        year @ 1900..=9999 => Ok((year, months.rem_euclid(12) + 1, of_month)),
        _ => Err(Fault::Number.into()),
    }
}

fn difference(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (first, last) = (day(on, arguments, 0)?, day(on, arguments, 1)?);
    let unit = text(arguments, 2)?.to_lowercase();
    if first > last {
        return Err(Fault::Number.into());
    }
    let ((year, month, of_month), (last_year, last_month, last_of_month)) = (date_of(first), date_of(last));
    let months = (last_year - year) * 12 + last_month - month - i64::from(last_of_month < of_month);
    // Counted without the 1904 system, in which the same days have other serials.
    let day_in = |year: i64, month: i64, day: i64| calendar::serial(year, month, day, false);
    of_number(match unit.as_str() {
        "d" => (last - first) as f64,
        "m" => months as f64,
        "y" => (months / 12) as f64,
        "ym" => (months % 12) as f64,
        "md" if last_of_month >= of_month => (last_of_month - of_month) as f64,
        "md" => last as f64 - day_in(last_year, last_month - 1, of_month)?,
        "yd" => match day_in(year, last_month, last_of_month)? - first as f64 {
            before if before < 0.0 => day_in(year + 1, last_month, last_of_month)? - first as f64,
            after => after,
        },
        _ => return Err(Fault::Number.into()),
    })
}

/// The seconds of a day, rounded as Excel does.
fn seconds(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Result<i64, Stop> {
    let serial = number(on, arguments, 0)?;
    if !(0.0..2_958_466.0).contains(&serial) {
        return Err(Fault::Number.into());
    }
    Ok((serial.fract() * 86_400.0).round() as i64 % 86_400)
}

fn share_of_year(on: &Evaluator<'_, '_>, arguments: &[Operand]) -> Outcome {
    let (one, two) = (plain_day(on, arguments, 0)?, plain_day(on, arguments, 1)?);
    let (first, last) = (one.min(two), one.max(two));
    let basis = number_or(on, arguments, 2, 0.0)?.trunc();
    let ((year, month, of_month), (last_year, last_month, last_of_month)) = (date_of(first), date_of(last));
    let thirties = |from: i64, to: i64| ((last_year - year) * 360 + (last_month - month) * 30 + to - from) as f64 / 360.0;
    match basis {
        0.0 => {
            let end = |year: i64, month: i64, day: i64| month == 2 && day == month_length(year, month);
            let (mut from, mut to) = (of_month, last_of_month);
            if end(year, month, from) {
                if end(last_year, last_month, to) {
                    to = 30;
                }
                from = 30;
            }
            if to == 31 && from >= 30 {
                to = 30;
            }
            of_number(thirties(from.min(30), to))
        }
        2.0 => of_number((last - first) as f64 / 360.0),
        3.0 => of_number((last - first) as f64 / 365.0),
        4.0 => of_number(thirties(of_month.min(30), last_of_month.min(30))),
        1.0 => kept("it divides by the length of years in a way that is not worked out here"),
        _ => Err(Fault::Number.into()),
    }
}

/// The serial of a day of the 1900 system, in the book's own.
pub(super) fn own_serial(on: &Evaluator<'_, '_>, day: i64) -> f64 {
    if on.date_1904() { day as f64 - DAYS_TO_1904 } else { day as f64 }
}
