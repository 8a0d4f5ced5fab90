//! By how much an end moved between two dates, in words. Knows no plan.

use jiff::civil::Date;

/// An end that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// The ends as their owner wrote them; empty where there was, or is, none.
    pub before: String,
    pub now: String,
    /// The last days of what they name; `None` for what is no date, as `On-going`.
    pub was: Option<Date>,
    pub is: Option<Date>,
}

impl Slip {
    /// By how many calendar months it moved, to the nearest; positive for later. `None` where one of the ends is no date.
    #[must_use]
    pub fn months(&self) -> Option<i32> {
        let (was, is) = (self.was?, self.is?);
        let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month());
        // Half a month is 15 days, wherever the months differ in length.
        let days = i32::from(is.day()) - i32::from(was.day());
        let at_ends = was.day() == was.days_in_month() && is.day() == is.days_in_month();
        let rest = if at_ends { 0 } else { i32::from(days > 15) - i32::from(days < -15) };
        Some(months(is) - months(was) + rest)
    }

    /// By how many days it moved; positive for later.
    #[must_use]
    pub fn days(&self) -> Option<i32> {
        (self.is?.since(self.was?)).ok().map(|span| span.get_days())
    }

    /// Whether the end is later than it was, or was given up for none.
    #[must_use]
    pub fn is_later(&self) -> bool {
        match (self.was, self.is) {
            (Some(was), Some(is)) => is > was,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    /// How it moved: `3 months later`, `12 days earlier`, `no date any more`.
    #[must_use]
    pub fn words(&self) -> String {
        let (Some(months), Some(days)) = (self.months(), self.days()) else {
            return match (self.was, self.is) {
                (Some(_), None) => "no date any more",
                (None, Some(_)) => "has a date now",
                _ => "in other words",
            }
            .to_owned();
        };
        let way = if days > 0 { "later" } else { "earlier" };
        match (months.unsigned_abs(), days.unsigned_abs()) {
            (_, 0) => "the same day".to_owned(),
            (0, 1) => format!("1 day {way}"),
            (0, days) => format!("{days} days {way}"),
            (1, _) => format!("1 month {way}"),
            (months, _) => format!("{months} months {way}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_moves_by_months_or_days() {
        let said = |was: &str, is: &str| {
            let date = |text: &str| text.parse().ok();
            let slip = Slip { before: was.into(), now: is.into(), was: date(was), is: date(is) };
            (slip.words(), slip.is_later())
        };
        for (was, is, words, later) in [
            ("2026-03-31", "2026-06-30", "3 months later", true),
            ("2026-01-31", "2026-02-28", "1 month later", true),
            ("2026-02-28", "2026-03-31", "1 month later", true),
            ("2026-03-15", "2027-03-15", "12 months later", true),
            ("2026-03-31", "2026-04-10", "10 days later", true),
            ("2026-03-01", "2026-03-31", "1 month later", true),
            ("2026-06-30", "2026-06-29", "1 day earlier", false),
            ("2026-06-30", "2025-12-31", "6 months earlier", false),
            ("2026-06-30", "On-going", "no date any more", true),
            ("On-going", "2026-06-30", "has a date now", false),
            ("TBC", "On-going", "in other words", false),
        ] {
            assert_eq!(said(was, is), (words.to_owned(), later), "{was} {is}");
        }
    }
}
