//! The day a plan's ends are judged at, where that day comes from, and the words that say so. Reads no clock.

use jiff::civil::Date;

use crate::model::{Document, Table, TableKind};

/// The days a document may be judged at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AsOf {
    /// The one given for all of it, which goes before any review date.
    pub given: Option<Date>,
    /// Today, for a plan that states no review date; without it such a plan is not judged.
    pub today: Option<Date>,
}

/// Where a day comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// It was given.
    Given,
    /// It is the plan's own review date.
    Plan,
    /// It is a review date that stands outside any plan.
    Document,
    /// It is today, as no review date is stated.
    Today,
}

impl Basis {
    /// Every one, in the order they are asked for.
    pub const ALL: [Self; 4] = [Self::Given, Self::Plan, Self::Document, Self::Today];

    /// Its name in the JSON of `check`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Plan => "plan",
            Self::Document => "document",
            Self::Today => "today",
        }
    }
}

/// The day a plan's ends are judged at: what ended before it is past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub day: Date,
    pub basis: Basis,
}

impl Judged {
    /// What it is called: `the plan's review date, 31 January 2019`.
    #[must_use]
    pub fn words(self) -> String {
        let what = match self.basis {
            Basis::Given => "the date given",
            Basis::Plan => "the plan's review date",
            Basis::Document => "the review date",
            Basis::Today => "today",
        };
        format!("{what}, {}", self.named())
    }

    /// When ends were judged, for what is read later than it is written: `when this was written, 27 November 2026`.
    #[must_use]
    pub fn when_written(self) -> String {
        match self.basis {
            Basis::Today => self.when().replacen("today", "when this was written", 1),
            Basis::Given | Basis::Plan | Basis::Document => format!("{}, as this was written", self.when()),
        }
    }

    /// The day alone, where there is room for no more: `on 31 January 2019`.
    #[must_use]
    pub fn on(self) -> String {
        format!("on {}", self.named())
    }

    fn named(self) -> impl std::fmt::Display {
        self.day.strftime("%-d %B %Y")
    }

    /// When ends are judged: `at the plan's review date, 31 January 2019`.
    #[must_use]
    pub fn when(self) -> String {
        let at = if self.basis == Basis::Today { "" } else { "at " };
        format!("{at}{}", self.words())
    }
}

/// The day a plan is judged at: the one given, its own review date, one that stands outside any plan, or today.
#[must_use]
pub fn judged(document: &Document, table: &Table, as_of: AsOf) -> Option<Judged> {
    // Another plan's review date says nothing of this one.
    let elsewhere = || document.tables.iter().filter(|other| other.kind != TableKind::Plan).find_map(Table::review_date);
    Basis::ALL.into_iter().find_map(|basis| {
        let day = match basis {
            Basis::Given => as_of.given,
            Basis::Plan => table.review_date(),
            Basis::Document => elsewhere(),
            Basis::Today => as_of.today,
        };
        day.map(|day| Judged { day, basis })
    })
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::Cell;

    /// What the seed's plan is judged at, its review date written as in `text`.
    fn said(text: &str, as_of: AsOf) -> String {
        let mut document = seed::document();
        document.tables[0].fields[2].cell = Cell::text(text);
        judged(&document, &document.tables[0], as_of).map_or_else(|| "not judged".to_owned(), Judged::when)
    }

    #[test]
    fn the_day_is_the_last_that_is_named_and_says_where_it_comes_from() {
        let today = AsOf { given: None, today: Some(Date::constant(2026, 11, 27)) };
        for (text, expected) in [
            ("Jan-19", "at the plan's review date, 31 January 2019"),
            ("February 2020", "at the plan's review date, 29 February 2020"),
            ("15/01/2019", "at the plan's review date, 15 January 2019"),
            ("2019", "at the plan's review date, 31 December 2019"),
            ("2018-19", "at the plan's review date, 31 March 2019"),
            ("Q3 2018/19", "at the plan's review date, 31 December 2018"),
            ("Annually", "today, 27 November 2026"),
            ("every spring", "today, 27 November 2026"),
            ("", "today, 27 November 2026"),
        ] {
            assert_eq!(said(text, today), expected, "{text}");
        }
        let given = AsOf { given: Some(Date::constant(2018, 5, 3)), ..today };
        assert_eq!(said("Jan-19", given), "at the date given, 3 May 2018");
        assert_eq!(said("", AsOf::default()), "not judged");
    }

    #[test]
    fn a_plan_is_judged_by_its_own_review_date_or_one_outside_any_plan() {
        let mut document = seed::document();
        document.append(vec![seed::recommendations()]);
        let of = |document: &Document| judged(document, &document.tables[4], AsOf::default());
        assert_eq!(of(&document), None, "never by another plan's");
        document.tables[1].fields = vec![document.tables[0].fields[2].clone()];
        assert_eq!(of(&document).map(Judged::when).as_deref(), Some("at the review date, 31 January 2019"));
    }
}
