//! Whether headings are those of indicators: with key results, or with a threshold for each colour. Looks at no cell below them.

use super::heading_text::plain;
use crate::model::Role;

/// The colours of thresholds.
const COLOURS: [&str; 4] = ["green", "amber", "yellow", "red"];
/// Headings over the results that objectives are measured by.
const RESULTS: [&str; 5] = ["key result", "key results", "kr", "krs", "key result / measure"];

/// Whether headings, each with the role its words name, are those of indicators, whatever else they might be: a key result with its target
/// or its figure, or an indicator with a threshold for each colour, which are no counts of statuses.
pub(super) fn heads_indicators(headings: &[(String, Option<Role>)]) -> bool {
    let role = |wanted: &[Role]| headings.iter().any(|(_, role)| role.is_some_and(|role| wanted.contains(&role)));
    let results = headings.iter().any(|(words, _)| RESULTS.contains(&&*plain(words)));
    (results && role(&[Role::Current, Role::Target])) || (role(&[Role::Kpi]) && has_thresholds(headings.iter().map(|(words, _)| &**words)))
}

/// Whether headings name at least two colours of thresholds.
pub(super) fn has_thresholds<'a>(headings: impl Iterator<Item = &'a str>) -> bool {
    let mut colours: Vec<&str> = headings.filter_map(colour).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len() >= 2
}

/// The one colour that a heading is about: `Green`, `Amber threshold`, `Red (below)`.
pub(super) fn colour(heading: &str) -> Option<&'static str> {
    let words = plain(heading);
    let mut named = COLOURS.into_iter().filter(|colour| words.split(|c: char| !c.is_alphanumeric()).any(|word| word == *colour));
    named.next().filter(|_| named.next().is_none() && !words.contains("rag"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_no_counts_of_statuses() {
        let headed = |headings: &[&str]| -> Vec<(String, Option<Role>)> {
            headings
                .iter()
                .map(|heading| ((*heading).to_owned(), super::super::words::role_of(heading, None).map(|(role, _)| role)))
                .collect()
        };
        for (headings, expected) in [
            (&["Ref", "Indicator", "Green", "Amber", "Red", "Latest"][..], true),
            (&["KPI", "Green if", "Red if"][..], true),
            (&["Objective", "Key result", "Start value", "Current value", "Target value"][..], true),
            (&["Month", "Green", "Amber", "Red"][..], false),
            (&["Ref", "Indicator", "Target", "RAG"][..], false),
        ] {
            assert_eq!(heads_indicators(&headed(headings)), expected, "{headings:?}");
        }
    }
}
