//! What a plan's own summary states: counts such as `5 (-3)`. Reads them, never judges them.

use crate::model::{Field, Status, Table};

/// One line of a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stated {
    /// Which line of the summary it is.
    pub line: usize,
    pub status: Status,
    pub count: usize,
    /// The change in brackets, where there is one.
    pub delta: Option<i64>,
}

/// The lines of a table's summary that state a status and its count.
#[must_use]
pub fn stated(table: &Table) -> Vec<Stated> {
    let lines = table.summary.iter().flat_map(|summary| &summary.lines).enumerate();
    let read = lines.filter_map(|(line, field)| {
        let (status, count, delta) = stated_in(field)?;
        Some(Stated { line, status, count, delta })
    });
    read.collect()
}

/// The status, the count and the change that a labelled value states, if it states a count.
#[must_use]
pub fn stated_in(field: &Field) -> Option<(Status, usize, Option<i64>)> {
    let (count, delta) = count_and_delta(&field.cell.text)?;
    Some((Status::parse(&field.label)?, count, delta))
}

/// Reads `5 (-3)`, `15(-9)`, `0` or `14 (+11)`.
fn count_and_delta(text: &str) -> Option<(usize, Option<i64>)> {
    let (count, delta) = match text.split_once('(') {
        Some((count, rest)) => (count, Some(rest.trim_end().strip_suffix(')')?)),
        None => (text, None),
    };
    let delta = match delta {
        Some(delta) => Some(delta.trim().replace(['−', '–'], "-").parse().ok()?),
        None => None,
    };
    Some((count.trim().parse().ok()?, delta))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_summary_is_read() {
        for (text, read) in [
            ("5 (-3)", Some((5, Some(-3)))),
            ("15(-9)", Some((15, Some(-9)))),
            ("0", Some((0, None))),
            ("14 (+11)", Some((14, Some(11)))),
            ("14 (−2)", Some((14, Some(-2)))),
            ("about 5", None),
            ("5 (up 3)", None),
            ("", None),
        ] {
            assert_eq!(count_and_delta(text), read, "{text}");
        }
    }
}
