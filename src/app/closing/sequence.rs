//! The headings of a table's periods in their order: which was filled last, which comes next, which is there already. Changes no table.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::heading::{MonthStyle, Named, Unit};
use crate::model::ColumnId;

/// A column that may be of a period.
#[derive(Clone, Debug)]
pub(super) struct Headed {
    pub column: ColumnId,
    pub heading: String,
    /// Whether it holds what a period holds.
    pub filled: bool,
}

/// The columns of a table's periods, as they stand from the left.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    columns: Vec<(Headed, Option<Named>)>,
    newest_first: bool,
    /// How far one period is from the next, in the unit of the last one filled.
    step: i64,
    style: MonthStyle,
    /// Whether days over columns are those that months begin with.
    by_first_days: bool,
}

/// Where a period is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// In a column that is there.
    There { column: ColumnId, filled: bool },
    /// In a new column beside one that is there.
    Beside { column: ColumnId, before: bool },
}

impl Sequence {
    #[must_use]
    pub(super) fn of(columns: Vec<Headed>) -> Self {
        let columns: Vec<(Headed, Option<Named>)> = columns.into_iter().map(|held| (held.clone(), Named::read(&held.heading))).collect();
        let named: Vec<&Named> = columns.iter().filter_map(|(_, named)| named.as_ref()).collect();
        let apart: Vec<i64> = named.windows(2).filter_map(|pair| pair[0].until(pair[1])).filter(|apart| *apart != 0).collect();
        let newest_first = apart.iter().filter(|apart| **apart < 0).count() * 2 > apart.len();
        let mut steps: BTreeMap<i64, usize> = BTreeMap::new();
        apart.iter().for_each(|apart| *steps.entry(apart.abs()).or_default() += 1);
        // Of steps that are as common the shortest is taken.
        let step = steps.iter().rev().max_by_key(|(_, count)| **count).map_or(1, |(step, _)| *step);
        let style = month_style(&named);
        let days: Vec<&&Named> = named.iter().filter(|named| named.unit == Unit::Day).collect();
        let by_first_days = !days.is_empty() && days.iter().all(|day| day.is_first_of_month());
        Self { newest_first, step, style, by_first_days, columns }
    }

    /// The latest column that is filled.
    fn last(&self) -> Option<&(Headed, Option<Named>)> {
        let mut filled = self.columns.iter().filter(|(held, _)| held.filled);
        if self.newest_first { filled.next() } else { filled.next_back() }
    }

    /// The heading of the period after the last one filled; of the first column where none is. `None` where the headings do not tell.
    #[must_use]
    pub(super) fn next(&self) -> Option<Named> {
        match self.last() {
            Some((_, named)) => named.as_ref()?.after(self.step, self.style),
            None if self.newest_first => self.columns.last()?.1.clone(),
            None => self.columns.first()?.1.clone(),
        }
    }

    /// A period that was named elsewhere, in the form of these headings; `None` where they are of another sort.
    #[must_use]
    pub(super) fn like(&self, wanted: &Named) -> Option<Named> {
        let there = self.columns.iter().filter_map(|(_, named)| named.as_ref()).find(|named| named.is_same(wanted));
        if let Some(there) = there {
            return Some(there.clone());
        }
        let known = self.last().or(self.columns.first())?.1.as_ref()?;
        if known.unit != wanted.unit {
            return None;
        }
        match known.until(wanted) {
            Some(apart) => known.after(apart, self.style).filter(|named| named.is_same(wanted)),
            // One of them states no year: the next that is called so.
            None => (1..=12).filter_map(|steps| known.after(steps, self.style)).find(|next| next.is_alike(wanted)),
        }
    }

    /// The last day of a period of these headings.
    #[must_use]
    pub(super) fn last_day(&self, named: &Named, near: Date) -> Option<Date> {
        let day = named.last_day(near)?;
        Some(if self.by_first_days && named.is_first_of_month() { day.last_of_month() } else { day })
    }

    /// Where a heading is to stand: in the column that has it, or else in the order of those there are. `None` where there is no column.
    #[must_use]
    pub(super) fn spot(&self, heading: &str) -> Option<Spot> {
        let wanted = Named::read(heading);
        let spelt = |held: &Headed| held.heading.trim().eq_ignore_ascii_case(heading.trim());
        let is_it = |(held, named): &&(Headed, Option<Named>)| {
            spelt(held) || named.as_ref().zip(wanted.as_ref()).is_some_and(|(named, wanted)| named.is_same(wanted))
        };
        if let Some((held, _)) = self.columns.iter().find(is_it) {
            return Some(Spot::There { column: held.column, filled: held.filled });
        }
        // Behind the latest of those that are earlier; without a time behind the last one filled.
        let earlier = |(_, named): &&(Headed, Option<Named>)| {
            named.as_ref().zip(wanted.as_ref()).and_then(|(named, wanted)| named.until(wanted)).is_some_and(|apart| apart > 0)
        };
        let comparable = self.columns.iter().any(|(_, named)| {
            named.as_ref().zip(wanted.as_ref()).is_some_and(|(named, wanted)| named.until(wanted).is_some() && named.has_year())
        });
        let before = self.newest_first;
        let beside = if comparable {
            let mut earlier = self.columns.iter().filter(earlier);
            if before { earlier.next() } else { earlier.next_back() }
        } else {
            self.last()
        };
        if let Some((held, _)) = beside {
            return Some(Spot::Beside { column: held.column, before });
        }
        // It is the earliest of all.
        let (held, _) = if before { self.columns.last()? } else { self.columns.first()? };
        Some(Spot::Beside { column: held.column, before: !before })
    }
}

/// How the months of some headings are written.
fn month_style(named: &[&Named]) -> MonthStyle {
    let words: Vec<String> = named.iter().filter_map(|named| named.month_word()).map(str::to_lowercase).collect();
    // `May` is written so in either style, and June and July often stay whole beside shortened months.
    let telling: Vec<&String> = words.iter().filter(|word| !matches!(&***word, "may" | "june" | "july")).collect();
    let full = if telling.is_empty() { words.iter().any(|word| word.len() > 3) } else { telling.iter().all(|word| word.len() > 4) };
    let four_letters = words.iter().any(|word| matches!(&**word, "sept" | "june" | "july")) && !full;
    MonthStyle { full, four_letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(headings: &[&str], filled: usize) -> Sequence {
        let headed = headings.iter().zip(1..).map(|(heading, at)| Headed {
            column: ColumnId(at),
            heading: (*heading).to_owned(),
            filled: at as usize <= filled,
        });
        Sequence::of(headed.collect())
    }

    fn next(headings: &[&str]) -> Option<String> {
        sequence(headings, headings.len()).next().map(|named| named.text)
    }

    #[test]
    fn the_next_heading_follows_the_pace_and_the_form_of_those_there_are() {
        for (headings, expected) in [
            (&["Aug 17", "Nov 17", "Feb 18", "May 18", "Aug 18", "Oct 18", "Jan-19"][..], Some("Apr-19")),
            (&["Jun-22", "Sep-22", "Dec-22", "Mar-23", "Jun-23"], Some("Sep-23")),
            (&["Apr", "May", "June", "July", "Aug"], Some("Sept")),
            (&["March 2026", "April 2026", "May 2026"], Some("June 2026")),
            (&["Mar", "Apr", "May"], Some("Jun")),
            (&["Apr 26", "Jul 26", "Oct 26"], Some("Jan 27")),
            (&["Q1 2026/27", "Q2 2026/27"], Some("Q3 2026/27")),
            (&["Q1", "Q2", "Q3"], Some("Q4")),
            (&["Q3", "Q4"], Some("Q1")),
            (&["2023/24", "2024/25"], Some("2025/26")),
            (&["H1 2025/26", "H2 2025/26"], Some("H1 2026/27")),
            (&["Period 6", "Period 7"], Some("Period 8")),
            (&["01/04/2026", "01/05/2026"], Some("01/06/2026")),
            (&["Q2 2026/27", "Q1 2026/27"], Some("Q3 2026/27")),
            (&["Oct-18", "Aug-18", "May-18"], Some("Dec-18")),
            (&["Jan", "Dec", "Nov"], Some("Feb")),
            (&["Q3 2026/27"], Some("Q4 2026/27")),
            (&["Plan", "Tasks"], None),
            (&[], None),
        ] {
            assert_eq!(next(headings).as_deref(), expected, "{headings:?}");
        }
    }

    #[test]
    fn a_period_stands_in_its_own_column_or_in_the_order_of_the_others() {
        let there = |column, filled| Some(Spot::There { column: ColumnId(column), filled });
        let beside = |column, before| Some(Spot::Beside { column: ColumnId(column), before });
        let ready = sequence(&["Q1 2026/27", "Q2 2026/27", "Q3 2026/27", "Q4 2026/27"], 2);
        assert_eq!(ready.next().unwrap().text, "Q3 2026/27");
        assert_eq!([ready.spot("q3 2026/27"), ready.spot("Qtr 2 2026-27")], [there(3, false), there(2, true)]);
        assert_eq!(
            [ready.spot("Q1 2027/28"), ready.spot("Q4 2025/26"), ready.spot("Midyear")],
            [beside(4, false), beside(1, true), beside(2, false)]
        );
        let newest = sequence(&["Oct 18", "Jul 18", "Apr 18"], 3);
        assert_eq!(
            [newest.spot("Jan 19"), newest.spot("Aug 18"), newest.spot("Jan 18")],
            [beside(1, true), beside(2, true), beside(3, false)]
        );
        assert_eq!(sequence(&["Q1", "Q2"], 2).spot("Q3"), beside(2, false));
        assert_eq!(sequence(&["Q3", "Q4"], 2).spot("Q1"), beside(2, false));
        assert_eq!(sequence(&[], 0).spot("Q1"), None);
    }

    #[test]
    fn a_period_named_elsewhere_takes_the_form_of_these_headings() {
        let like = |headings: &[&str], wanted: &str| {
            sequence(headings, headings.len()).like(&Named::read(wanted).unwrap()).map(|named| named.text)
        };
        assert_eq!(like(&["Oct-18", "Jan-19"], "April 2019").as_deref(), Some("Apr-19"));
        assert_eq!(like(&["Quarter 1: Actual", "Quarter 2: Actual"], "Q3 2026/27").as_deref(), Some("Quarter 3: Actual"));
        assert_eq!(like(&["Q1 2026/27"], "Q3").as_deref(), Some("Q3 2026/27"));
        assert_eq!(like(&["Oct-18", "Jan-19"], "Q3 2018/19"), None);
    }

    #[test]
    fn the_first_days_of_months_over_columns_stand_for_the_months() {
        let near = Date::constant(2026, 1, 1);
        let months = sequence(&["01/04/2026", "01/05/2026"], 2);
        assert_eq!(months.last_day(&months.next().unwrap(), near).unwrap().to_string(), "2026-06-30");
        let days = sequence(&["31/03/2026", "30/06/2026"], 2);
        assert_eq!(days.last_day(&days.next().unwrap(), near).unwrap().to_string(), "2026-09-30");
    }
}
