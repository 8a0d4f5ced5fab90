//! Days on an axis: where each stands, and which of them are named at a given width. Draws nothing.

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};

/// Where an axis begins to count.
const ORIGIN: Date = date(1970, 1, 1);
/// The room that the name of a day or a month takes, in points.
const ROOM: f64 = 76.0;
/// The most marks of an axis, whatever it is asked for.
const MOST: usize = 400;

/// Where a day stands on an axis, in days.
pub(super) fn place_of(day: Date) -> f64 {
    day.duration_since(ORIGIN).as_hours() as f64 / 24.0
}

/// The day at a place of an axis; `None` where no calendar reaches.
pub(super) fn day_at(place: f64) -> Option<Date> {
    let days = place.floor();
    if !(-4_000_000.0..=2_900_000.0).contains(&days) {
        return None;
    }
    ORIGIN.checked_add((days as i64).days()).ok()
}

/// The places from one to another that are named in a width in points: days, weeks, months, quarters, or years.
pub(super) fn marks((from, to): (f64, f64), width: f32) -> Vec<(f64, String)> {
    let (Some(first), Some(last)) = (day_at(from), day_at(to)) else { return Vec::new() };
    let points = f64::from(width) / (to - from).max(f64::MIN_POSITIVE);
    let months = [1, 3, 6, 12, 24, 60, 120].into_iter().find(|months| f64::from(*months) * 30.4 * points >= ROOM).unwrap_or(240);
    let (mut at, step, form) = if points >= ROOM {
        (first, 1.day(), "%-d %b %Y")
    } else if points * 7.0 >= ROOM {
        // Mondays.
        let monday = i64::from(first.weekday().to_monday_zero_offset());
        (first.checked_sub(monday.days()).unwrap_or(first), 7.days(), "%-d %b %Y")
    } else {
        let month = first.month() - 1;
        let within = i32::from(first.year()) * 12 + i32::from(month);
        let back = within.rem_euclid(months);
        let form = if months < 12 { "%b %Y" } else { "%Y" };
        (first.first_of_month().checked_sub(i64::from(back).months()).unwrap_or(first), i64::from(months).months(), form)
    };
    let mut found = Vec::new();
    while at <= last && found.len() < MOST {
        if at >= first {
            found.push((place_of(at), at.strftime(form).to_string()));
        }
        let Ok(next) = at.checked_add(step) else { break };
        at = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_found_again_where_it_stands() {
        for day in [date(1970, 1, 1), date(2019, 6, 30), date(1950, 1, 1), date(2150, 12, 31)] {
            assert_eq!(day_at(place_of(day)), Some(day));
            assert_eq!(day_at(place_of(day) + 0.9), Some(day));
        }
        assert_eq!(day_at(f64::NAN), None);
        assert_eq!(day_at(1e300), None);
    }

    #[test]
    fn from_days_to_years_there_are_as_many_names_as_there_is_room_for() {
        let named = |from: Date, to: Date, width| {
            let names: Vec<String> = marks((place_of(from), place_of(to)), width).into_iter().map(|(_, name)| name).collect();
            names.join(", ")
        };
        let (start, end) = (date(2018, 1, 15), date(2019, 1, 15));
        assert_eq!(named(start, end, 400.0), "Apr 2018, Jul 2018, Oct 2018, Jan 2019");
        assert_eq!(named(start, date(2018, 4, 2), 400.0), "Feb 2018, Mar 2018, Apr 2018");
        assert_eq!(named(start, date(2018, 1, 31), 300.0), "15 Jan 2018, 22 Jan 2018, 29 Jan 2018");
        assert_eq!(named(start, date(2018, 1, 18), 400.0), "15 Jan 2018, 16 Jan 2018, 17 Jan 2018, 18 Jan 2018");
        assert_eq!(named(start, date(2027, 1, 15), 400.0), "2020, 2022, 2024, 2026");
    }
}
