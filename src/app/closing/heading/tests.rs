//! Headings of every form: what comes next, when it ends, what in it is the name.

use super::*;

fn after(text: &str, steps: i64) -> String {
    let named = Named::read(text).unwrap_or_else(|| unreachable!("{text} names a period"));
    let full = named.month_word().is_some_and(|word| word.len() > 4);
    named.after(steps, MonthStyle { full, four_letters: false }).unwrap().text
}

#[test]
fn the_next_period_is_written_as_the_last() {
    for (text, steps, expected) in [
        ("Jan-19", 3, "Apr-19"),
        ("Nov 17", 3, "Feb 18"),
        ("January 2019", 1, "February 2019"),
        ("DEC 2026", 1, "JAN 2027"),
        ("dec-26", 1, "jan-27"),
        ("Dec '26", 1, "Jan '27"),
        ("Sept 2025", 1, "Oct 2025"),
        ("Mar", 1, "Apr"),
        ("Dec", 1, "Jan"),
        ("Mar 2026/27", 1, "Apr 2027/28"),
        ("Apr-Jun 2026", 3, "Jul-Sep 2026"),
        ("Oct - Dec 26", 3, "Jan - Mar 27"),
        ("04/2026", 1, "05/2026"),
        ("2026-11", 2, "2027-01"),
        ("30 Jun 2026", 3, "30 Sep 2026"),
        ("30/09/2026", 3, "31/12/2026"),
        ("31.12.25", 2, "28.02.26"),
        ("2026-03-31", 3, "2026-06-30"),
        ("01/04/2026", 1, "01/05/2026"),
        ("15 Jan 2026", 1, "15 Feb 2026"),
        ("Q3 2026/27", 1, "Q4 2026/27"),
        ("Q4 2026/27", 1, "Q1 2027/28"),
        ("2026/27 Q4", 1, "2027/28 Q1"),
        ("Q4 2026-2027", 1, "Q1 2027-2028"),
        ("Q4 26/27", 1, "Q1 27/28"),
        ("Q4 FY27", 1, "Q1 FY28"),
        ("Q4 2026", 1, "Q1 2027"),
        ("Qtr 3", 1, "Qtr 4"),
        ("Qtr 4", 1, "Qtr 1"),
        ("Quarter 4: Actual", 1, "Quarter 1: Actual"),
        ("3rd quarter 2025/26", -1, "2nd quarter 2025/26"),
        ("H2 2026/27", 1, "H1 2027/28"),
        ("Half 1", 1, "Half 2"),
        ("2026/27", 1, "2027/28"),
        ("Outturn 2025-26", 1, "Outturn 2026-27"),
        ("1999/00", 1, "2000/01"),
        ("2026", 1, "2027"),
        ("FY26", 1, "FY27"),
        ("Period 7", 1, "Period 8"),
        ("P12 2026/27", 1, "P1 2027/28"),
        ("P07", 1, "P08"),
        ("Return 9", 1, "Return 10"),
    ] {
        assert_eq!(after(text, steps), expected, "{text}");
    }
}

#[test]
fn words_and_numbers_that_name_no_period_are_none() {
    for text in ["Plan", "Tasks", "Total", "% complete", "Status", "14", "March & May & June", "Spring", "", "…"] {
        assert_eq!(Named::read(text), None, "{text}");
    }
}

#[test]
fn a_period_ends_on_its_last_day_and_without_a_year_near_to_the_day_that_is_known() {
    let near = Date::constant(2027, 1, 20);
    for (text, expected) in [
        ("Jan-19", Some("2019-01-31")),
        ("Q3 2026/27", Some("2026-12-31")),
        ("Q4 2026/27", Some("2027-03-31")),
        ("H1 2026/27", Some("2026-09-30")),
        ("2026/27", Some("2027-03-31")),
        ("2026", Some("2026-12-31")),
        ("Mar 2026/27", Some("2027-03-31")),
        ("Apr-Jun 2026", Some("2026-06-30")),
        ("30/09/2026", Some("2026-09-30")),
        ("P7 2026/27", Some("2026-10-31")),
        ("FY26", Some("2026-03-31")),
        ("Q3", Some("2026-12-31")),
        ("Dec", Some("2026-12-31")),
        ("Feb", Some("2027-02-28")),
        ("Period 10", Some("2027-01-31")),
        ("Q3 2026", None),
        ("Return 9", None),
    ] {
        let day = Named::read(text).unwrap().last_day(near).map(|day| day.to_string());
        assert_eq!(day.as_deref(), expected, "{text}");
    }
}

#[test]
fn a_heading_is_parted_from_the_name_in_it() {
    for (text, name) in [
        ("Quarter 3: Actual", "Quarter 3"),
        ("Q1 2025/26: Actual", "Q1 2025/26"),
        ("Actual (Jan-19)", "Jan-19"),
        ("2026/27 Q3 position", "2026/27 Q3"),
        ("Outturn 2025-26", "2025-26"),
        ("3rd quarter 2025/26", "3rd quarter 2025/26"),
        ("as at 30 June 2026", "30 June 2026"),
        ("FY26 actual", "FY26"),
    ] {
        assert_eq!(Named::read(text).unwrap().name(), name);
    }
}

#[test]
fn headings_of_one_period_are_the_same_however_they_are_written() {
    let same = |a: &str, b: &str| Named::read(a).unwrap().is_same(&Named::read(b).unwrap());
    assert!(same("Jan-19", "January 2019") && same("Q3 2026/27", "2026-27 Qtr 3") && same("Q3", "Quarter 3: Actual"));
    assert!(!same("Jan-19", "Jan-20") && !same("Q3", "Q4") && !same("Q3 2026/27", "Q3") && !same("1 May 2026", "2 May 2026"));
}
