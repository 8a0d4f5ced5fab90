//! What KPIs stood at in the tables of earlier years: the same words, in a table whose name states a year before.

use std::collections::HashMap;

use super::figures::figure_of;
use super::text::words;
use crate::model::{Document, Figure, Role, RowKind, Table, TableKind};

/// The figures of all KPI tables whose names state a year, by a KPI's words.
#[derive(Debug, Default)]
pub(super) struct Earlier(HashMap<String, Vec<Past>>);

#[derive(Debug)]
struct Past {
    year: i32,
    /// The years as its table's name states them.
    years: String,
    figure: Figure,
}

impl Earlier {
    pub(super) fn of(document: &Document) -> Self {
        let mut earlier: HashMap<String, Vec<Past>> = HashMap::new();
        for table in document.of_kind(TableKind::Kpi) {
            let Some((years, year)) = years_of(&table.name).zip(first_year(&table.name)) else { continue };
            for row in table.rows.iter().filter(|row| row.kind == RowKind::Entry) {
                let figure = table.cell(row, Role::Current).and_then(figure_of).filter(|figure| figure.amount().is_some());
                if let Some((name, figure)) = table.cell(row, Role::Kpi).map(|cell| words(&cell.text).join(" ")).zip(figure) {
                    earlier.entry(name).or_default().push(Past { year, years: years.clone(), figure });
                }
            }
        }
        Self(earlier)
    }

    /// The figure of a KPI of a table in the latest year before the table's own, and the name of that year.
    pub(super) fn before(&self, table: &Table, name: &str) -> Option<(Figure, &str)> {
        let year = first_year(&table.name)?;
        let past = self.0.get(&words(name).join(" "))?.iter().filter(|past| past.year < year).max_by_key(|past| past.year)?;
        Some((past.figure, &past.years))
    }
}

/// The first year a table's name states.
#[must_use]
pub fn first_year(name: &str) -> Option<i32> {
    years_of(name)?.get(..4)?.parse().ok()
}

/// The year or years a table's name states: `2023-24` of `KPIs 2023-24`.
#[must_use]
pub fn years_of(name: &str) -> Option<String> {
    let is_year = |word: &&str| {
        word.len() >= 4
            && word.starts_with("20")
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '–'))
            && word.as_bytes()[..4].iter().all(u8::is_ascii_digit)
    };
    name.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',')).find(is_year).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, Insight, Rating, seed};
    use crate::model::kinds::Kind;

    #[test]
    fn a_direction_is_held_against_the_year_before() {
        let mut document = seed::document();
        document.tables[2].rows[5].cells[3] = Kind::Figure.enter("Maintain");
        let insight = Insight::of(&document, AsOf::default());
        let rated = insight.rating(document.tables[2].id, document.tables[2].rows[5].id).unwrap();
        assert_eq!(rated.rating, Rating::Green);
        assert!(rated.why.starts_with("100% betters the 98% of 2021-22, which it is to hold"), "{}", rated.why);
        let oldest = insight.rating(document.tables[3].id, document.tables[3].rows[1].id).unwrap();
        assert_eq!(oldest.rating, Rating::Grey, "nothing stands before the first");
    }
}
