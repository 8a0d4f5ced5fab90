//! Excel number formats and date serials: from a stored number to the text its owner sees.

use jiff::{ToSpan, civil::Date};

/// The format of a number that has none of its own.
#[expect(non_upper_case_globals, reason = "it is the name Excel gives the format")]
pub const General: &str = "General";

/// Day 0 of Excel's 1900 date system, as it counts from March 1900 on.
const DAY_ZERO: Date = Date::constant(1899, 12, 30);

/// The text Excel shows for a number in a format; a format that cannot be read shows the plain number.
#[must_use]
pub fn show_number(number: f64, format: &str) -> String {
    ssfmt::format_default(number, format).unwrap_or_else(|_| format!("{number}"))
}

/// Whether a number format shows a date.
#[must_use]
pub fn is_date_format(format: &str) -> bool {
    let mut quoted = false;
    let mut bracketed = false;
    let mut skip = false;
    for c in format.chars() {
        match c {
            _ if skip => skip = false,
            '"' => quoted = !quoted,
            '\\' | '_' | '*' => skip = true,
            '[' => bracketed = true,
            ']' => bracketed = false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' if !quoted && !bracketed => return true,
            'G' if !quoted && format.eq_ignore_ascii_case(General) => return false,
            _ => {}
        }
    }
    false
}

/// The date of a serial number (days since 30 December 1899); `None` outside Excel's calendar or with a time of day.
#[must_use]
pub fn date_from_serial(serial: f64) -> Option<Date> {
    if serial.fract() != 0.0 || !(1.0..2_958_466.0).contains(&serial) {
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
        ] {
            assert_eq!(show_number(number, format), text, "{format}");
        }
    }

    #[test]
    fn serials_and_dates_are_inverse() {
        let august = Date::constant(2017, 8, 1);
        assert_eq!(date_from_serial(42948.0), Some(august));
        assert_eq!(serial_from_date(august), 42948.0);
        assert_eq!(date_from_serial(42948.5), None);
        assert_eq!(date_from_serial(1e12), None);
    }

    #[test]
    fn date_formats_are_told_from_number_formats() {
        for format in ["mmm-yy", "dd/mm/yyyy", "[$-809]d mmmm yyyy", "m/d/yy"] {
            assert!(is_date_format(format), "{format}");
        }
        for format in ["0%", General, "#,##0 \"days\"", "[Red]0.00", "0.00"] {
            assert!(!is_date_format(format), "{format}");
        }
    }
}
