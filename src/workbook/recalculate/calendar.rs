//! Owns Excel's count of days, in both of its systems and with its 29 February 1900; it never asks what day it is.

use super::value::{Fault, Stop};

/// The months' names.
pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/// The days' names from Sunday, which Excel counts as 1.
pub(super) const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// How many days the 1904 system is behind.
pub(super) const DAYS_TO_1904: f64 = 1462.0;
/// The day that Excel thinks there was.
const LEAP_1900: i64 = 60;
/// 31 December 9999 in the 1900 system.
const LAST_DAY: i64 = 2_958_465;

/// Days from 1 January 1970 to a day of the Gregorian calendar.
fn days_from_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn from_1970(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// How many days a month has.
pub(super) fn month_length(year: i64, month: i64) -> i64 {
    let next = if month == 12 { days_from_1970(year + 1, 1, 1) } else { days_from_1970(year, month + 1, 1) };
    next - days_from_1970(year, month, 1) + i64::from((year, month) == (1900, 2))
}

/// The first day of a month, as a serial of the 1900 system.
fn month_start(year: i64, month: i64) -> i64 {
    let days = days_from_1970(year, month, 1) + 25_569;
    if days <= LEAP_1900 { days - 1 } else { days }
}

/// A date's serial, months and days beyond the year's or month's going on into the next; `#NUM!` outside Excel's calendar.
pub(super) fn serial(year: i64, month: i64, day: i64, date_1904: bool) -> Result<f64, Stop> {
    const FAR: i64 = 1_000_000_000;
    if month.abs() > FAR || day.abs() > FAR || !(0..=9999).contains(&year) {
        return Err(Fault::Number.into());
    }
    let months = year * 12 + month - 1;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    if !(1900..=9999).contains(&year) {
        return Err(Fault::Number.into());
    }
    in_system(month_start(year, month) + day - 1, date_1904)
}

fn in_system(serial: i64, date_1904: bool) -> Result<f64, Stop> {
    let first = if date_1904 { DAYS_TO_1904 as i64 } else { 0 };
    match (first..=LAST_DAY).contains(&serial) {
        true => Ok((serial - first) as f64),
        false => Err(Fault::Number.into()),
    }
}

/// A serial's whole days in the 1900 system; `#NUM!` for one that is no date.
pub(super) fn day_number(serial: f64, date_1904: bool) -> Result<i64, Stop> {
    let serial = if date_1904 { serial + DAYS_TO_1904 } else { serial };
    let least = if date_1904 { DAYS_TO_1904 } else { 0.0 };
    match (least..LAST_DAY as f64 + 1.0).contains(&serial) {
        true => Ok(serial.floor() as i64),
        false => Err(Fault::Number.into()),
    }
}

/// The year, month and day of a day of the 1900 system.
pub(super) fn date_of(day: i64) -> (i64, i64, i64) {
    match day {
        0 => (1900, 1, 0),
        LEAP_1900 => (1900, 2, 29),
        _ => from_1970(day - 25_569 + i64::from(day < LEAP_1900)),
    }
}

/// The day of the week of a day of the 1900 system, Sunday being 0.
pub(super) fn weekday(day: i64) -> i64 {
    (day - 1).rem_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_found_again() {
        for day in (1..200_000).chain(2_900_000..=LAST_DAY) {
            let (year, month, of_month) = date_of(day);
            assert_eq!(serial(year, month, of_month, false), Ok(day as f64));
        }
        assert_eq!(date_of(1), (1900, 1, 1));
        assert_eq!(date_of(59), (1900, 2, 28));
        assert_eq!(date_of(61), (1900, 3, 1));
        assert_eq!(date_of(45_292), (2024, 1, 1));
        assert_eq!(serial(1900, 3, 0, false), Ok(60.0));
        assert_eq!(serial(1900, 1, 0, false), Ok(0.0));
        assert!(serial(9999, 13, -1, false).is_err());
        assert_eq!(serial(1904, 1, 1, true), Ok(0.0));
        assert!(serial(9999, 12, 32, false).is_err());
    }
}
