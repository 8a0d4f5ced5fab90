//! Excel number formats and date serials: from a stored number to the text its owner sees.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use jiff::{ToSpan, civil::Date};
use ssfmt::FormatOptions;

/// The format of a number that has none of its own.
#[expect(non_upper_case_globals, reason = "it is the name Excel gives the format")]
pub const General: &str = "General";

/// Day 0 of Excel's 1900 date system, as it counts from March 1900 on.
const DAY_ZERO: Date = Date::constant(1899, 12, 30);

/// The longest format that is followed, in bytes. Excel takes 255 characters, and the work of following one grows with its square.
const LONGEST: usize = 1024;

/// The format that most numbers have.
static GENERAL: LazyLock<NumberFormat> = LazyLock::new(|| NumberFormat::read(General));

/// A number format, read once to show many numbers.
#[derive(Clone, Debug)]
pub struct NumberFormat(Option<ssfmt::NumberFormat>);

impl NumberFormat {
    /// Reads a format as Excel writes it. One that cannot be read, or is longer than Excel's can be, shows plain numbers.
    #[must_use]
    pub fn read(format: &str) -> Self {
        if format.len() > LONGEST {
            return GENERAL.clone();
        }
        // A format comes out of a file, and no fault over one may end the program.
        Self(catch_unwind(|| ssfmt::NumberFormat::parse(format).ok()).unwrap_or_default())
    }

    /// The text Excel shows for a number, without the space it pads columns with.
    #[must_use]
    pub fn show(&self, number: f64) -> String {
        let Some(format) = &self.0 else { return format!("{number}") };
        let shown = catch_unwind(AssertUnwindSafe(|| format.format(number, &FormatOptions::default())));
        match shown {
            Ok(text) if text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace) => text.trim().to_owned(),
            Ok(text) => text,
            Err(_) => format!("{number}"),
        }
    }
}

/// The text Excel shows for a number in a format, without the space it pads columns with; a format that cannot be read shows
/// the plain number.
#[must_use]
pub fn show_number(number: f64, format: &str) -> String {
    if format == General { GENERAL.show(number) } else { NumberFormat::read(format).show(number) }
}

/// Whether a number format shows a date; one that only shows a time of day does not.
#[must_use]
pub fn is_date_format(format: &str) -> bool {
    if format.eq_ignore_ascii_case(General) {
        return false;
    }
    let (mut quoted, mut bracketed, mut skip) = (false, false, false);
    // An `m` beside hours or seconds is minutes.
    let (mut months, mut clock) = (false, false);
    for c in format.chars() {
        match c {
            _ if skip => skip = false,
            '"' => quoted = !quoted,
            '\\' | '_' | '*' => skip = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            'd' | 'D' | 'y' | 'Y' => return true,
            'm' | 'M' => months = true,
            'h' | 'H' | 's' | 'S' => clock = true,
            _ => {}
        }
    }
    let elapsed = ["[h", "[m", "[s", "[H", "[M", "[S"].iter().any(|mark| format.contains(mark));
    months && !clock && !elapsed
}

/// The day of a serial number (days since 30 December 1899), whatever its time; `None` outside Excel's calendar.
#[must_use]
pub fn date_from_serial(serial: f64) -> Option<Date> {
    if !(1.0..2_958_466.0).contains(&serial) {
        return None;
    }
    DAY_ZERO.checked_add((serial as i64).days()).ok()
}

/// The serial number of a date: days since 30 December 1899.
#[must_use]
pub fn serial_from_date(date: Date) -> f64 {
    f64::from(date.duration_since(DAY_ZERO).as_hours() as i32 / 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_show_as_excel_shows_them() {
        for (number, format, text) in [
            (0.79, "0%", "79%"),
            (64.43, General, "64.43"),
            (2.1, General, "2.1"),
            (42948.0, "mmm-yy", "Aug-17"),
            (42948.0, "dd/mm/yyyy", "01/08/2017"),
            (1234.5, "£#,##0.00", "£1,234.50"),
            (5.0, "_-* #,##0_-;-* #,##0_-", "5"),
        ] {
            assert_eq!(show_number(number, format), text, "{format}");
        }
    }

    #[test]
    fn a_format_longer_than_any_of_excels_shows_the_plain_number_at_once() {
        let began = std::time::Instant::now();
        for format in ["#".repeat(1_000_000), "0,".repeat(500_000), "[Red]".repeat(200_000), "\"x\"".repeat(300_000), "?/".repeat(500_000)]
        {
            assert_eq!(show_number(12_345.678, &format), "12345.678");
        }
        for format in ["#".repeat(1_000), "0,".repeat(500), "0.".repeat(500), "\"x\"0".repeat(250), "# ".repeat(500), "yyyy".repeat(250)] {
            (0..300).for_each(|number| drop(show_number(f64::from(number) + 0.5, &format)));
        }
        assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    }

    #[test]
    fn serials_and_dates_are_inverse() {
        let august = Date::constant(2017, 8, 1);
        assert_eq!(date_from_serial(42948.0), Some(august));
        assert_eq!(serial_from_date(august), 42948.0);
        assert_eq!(date_from_serial(42948.5), Some(august));
        assert_eq!(date_from_serial(0.5), None);
        assert_eq!(date_from_serial(1e12), None);
    }

    #[test]
    fn date_formats_are_told_from_number_formats() {
        for format in ["mmm-yy", "dd/mm/yyyy", "[$-809]d mmmm yyyy", "m/d/yy", "mmm", "dd/mm/yyyy hh:mm"] {
            assert!(is_date_format(format), "{format}");
        }
        for format in ["0%", General, "#,##0 \"days\"", "[Red]0.00", "0.00", "h:mm", "mm:ss.0", "[h]:mm:ss", "[mm]", "h:mm AM/PM"] {
            assert!(!is_date_format(format), "{format}");
        }
    }
}
