//! The same KPI with different figures in two tables of one period, as notes. Other periods and other places are no conflict.

use std::collections::{BTreeSet, HashMap};

use super::figures::figure_of;
use super::text::words;
use crate::model::{Cell, Document, Figure, Role, RowKind, Table, TableKind, in_plain_form};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How much of two wordings must be the same where their refs are, in per cent.
const ALIKE: usize = 80;
/// How many figures may differ between two tables before they are taken to speak of different things.
const FEW: usize = 2;
/// Months in a heading or a name, by their first three letters.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Adds a note for each figure that a later table of a document states otherwise.
pub(super) fn collect(document: &Document, notes: &mut Noted) {
    let sheets: Vec<KpiSheet<'_>> = document.of_kind(TableKind::Kpi).filter_map(KpiSheet::of).collect();
    for (at, second) in sheets.iter().enumerate() {
        for first in sheets[..at].iter().filter(|first| first.same_time(second)) {
            let both = pairs(first, second);
            let mut found: Vec<Note> = Vec::new();
            found.extend(both.iter().filter_map(|&pair| conflict(first, second, pair)));
            // Tables that differ throughout are of different places or times that their names do not tell.
            if found.len() <= FEW.max(both.len() / 3) && (found.len() < both.len() || both.len() == 1) {
                notes.extend(found);
            }
        }
    }
}

/// A KPI table with what tells its time.
struct KpiSheet<'document> {
    table: &'document Table,
    kpi: usize,
    current: usize,
    target: Option<usize>,
    /// The years, quarters and months of its name and heading.
    period: BTreeSet<String>,
}

impl<'document> KpiSheet<'document> {
    fn of(table: &'document Table) -> Option<Self> {
        let (kpi, current) = (table.role_position(Role::Kpi)?, table.role_position(Role::Current)?);
        let heading = table.heading(current);
        let title = table.title.as_ref().map_or("", |title| &*title.cell.text);
        let named = [&*table.name, &*table.sheet, title, &*heading].into_iter().flat_map(words);
        let month = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start));
        let period = named.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()) || month(word)).collect();
        Some(Self { table, kpi, current, target: table.role_position(Role::Target), period })
    }

    /// Whether two tables give the figures of one time.
    fn same_time(&self, other: &Self) -> bool {
        self.period == other.period
    }

    fn wording(&self, row: usize) -> String {
        self.table.rows[row].cells.get(self.kpi).map_or_else(String::new, |cell| words(&cell.text).join(" "))
    }

    fn reference(&self, row: usize) -> Option<String> {
        let cell = self.table.cell(&self.table.rows[row], Role::Ref)?;
        (!cell.is_blank()).then(|| in_plain_form(&cell.text))
    }

    fn entries(&self) -> impl Iterator<Item = usize> {
        self.table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Entry).map(|(at, _)| at)
    }

    fn cell(&self, row: usize, column: Option<usize>) -> Option<&'document Cell> {
        self.table.rows[row].cells.get(column?)
    }
}

/// The rows of two tables that are one KPI.
fn pairs(first: &KpiSheet<'_>, second: &KpiSheet<'_>) -> Vec<(usize, usize)> {
    let mut by_wording: HashMap<String, usize> = HashMap::new();
    let mut by_ref: HashMap<String, usize> = HashMap::new();
    for row in first.entries() {
        let wording = first.wording(row);
        if !wording.is_empty() {
            by_wording.entry(wording).or_insert(row);
        }
        if let Some(reference) = first.reference(row) {
            by_ref.entry(reference).or_insert(row);
        }
    }
    let find = |row: usize| {
        let wording = second.wording(row);
        let alike = || second.reference(row).and_then(|held| by_ref.get(&held)).filter(|&&held| alike(&first.wording(held), &wording));
        by_wording.get(&wording).or_else(alike).map(|&held| (held, row))
    };
    second.entries().filter_map(find).collect()
}

/// Whether most words of two wordings are the same.
fn alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| text.split(' ').collect::<BTreeSet<_>>());
    one.intersection(&other).count() * 100 >= one.union(&other).count() * ALIKE
}

/// The note on a KPI whose current values, or else targets, are two different numbers.
fn conflict(first: &KpiSheet<'_>, second: &KpiSheet<'_>, (a, b): (usize, usize)) -> Option<Note> {
    let differ = |columns: [Option<usize>; 2]| {
        let (one, other) = (first.cell(a, columns[0])?, second.cell(b, columns[1])?);
        different(figure_of(one)?, figure_of(other)?).then_some((one, other))
    };
    let (what, columns) = [("current value", [Some(first.current), Some(second.current)]), ("target", [first.target, second.target])]
        .into_iter()
        .find(|&(_, columns)| differ(columns).is_some())?;
    let (one, other) = differ(columns)?;
    let name = second.table.name_of(&second.table.rows[b]);
    let message = format!("KPI {name} has the {what} {} here and {} in {}", other.text, one.text, first.table.name);
    let note = Note::new(
        Severity::Warning,
        Code::KpiConflict,
        Place::cell(second.table, b, columns[1]?),
        message,
        "Correct the one that is wrong",
    );
    Some(note.and(Place::cell(first.table, a, columns[0]?)))
}

/// Whether two figures are numbers of one sort and not the same.
fn different(one: Figure, other: Figure) -> bool {
    match (one, other) {
        (Figure::Amount { amount: a, unit: u, arrow: x }, Figure::Amount { amount: b, unit: v, arrow: y }) => {
            u == v && x == y && (a - b).abs() > 1e-9
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;
    use crate::model::kinds::Kind;

    /// Two tables under names and headings of their current values, the second with changes: row, column, text.
    fn said(names: [&str; 2], headings: [&str; 2], changes: &[(usize, usize, &str)]) -> String {
        let mut document = Document::default();
        let mut tables = [seed::kpis(), seed::kpis()];
        for ((table, name), heading) in tables.iter_mut().zip(names).zip(headings) {
            (table.name, table.sheet) = (name.into(), name.into());
            table.columns[2].heading = heading.into();
        }
        for &(row, column, text) in changes {
            let kind = if column == 1 { Kind::Paragraph } else { Kind::Figure };
            tables[1].rows[row].cells[column] = kind.enter(text);
        }
        document.append(tables.into());
        let mut notes = Noted::default();
        collect(&document, &mut notes);
        let line = |note: &Note| format!("{} {}", note.place.address, note.also.as_ref().map_or("", |also| &*also.address));
        notes.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn one_kpi_has_one_figure_in_one_period() {
        let (same, now) = (["KPIs 2023-24", "Board 2023-24"], ["Current", "Current"]);
        let all: Vec<(usize, usize, &str)> = (0..6).map(|row| (row, 2, "1%")).collect();
        for (names, headings, changes, expected) in [
            (same, now, vec![], ""),
            (same, now, vec![(2, 2, "80%")], "Board 2023-24!C20 KPIs 2023-24!C20"),
            (same, now, vec![(2, 3, "95%")], "Board 2023-24!D20 KPIs 2023-24!D20"),
            (same, ["Current", "Latest"], vec![(2, 2, "80%")], "Board 2023-24!C20 KPIs 2023-24!C20"),
            (same, ["Q1", "Q2"], vec![(2, 2, "80%")], ""),
            (same, now, vec![(2, 2, "new")], ""),
            (same, now, vec![(2, 1, "Another thing"), (2, 2, "80%")], ""),
            (["KPIs 2023-24", "KPIs 2021-22"], now, vec![(2, 2, "80%")], ""),
            (["KPIs", "Board"], now, vec![(2, 2, "80%")], "Board!C20 KPIs!C20"),
            (["KPIs", "Board"], ["Current", "Latest"], vec![(2, 2, "80%")], "Board!C20 KPIs!C20"),
            (["North", "South"], now, all, ""),
        ] {
            assert_eq!(said(names, headings, &changes), expected, "{names:?} {headings:?} {changes:?}");
        }
    }

    #[test]
    fn wordings_that_differ_in_a_word_are_one_kpi_where_their_refs_are() {
        for (one, other, expected) in [
            ("share of carers whose support was seen again", "share of all carers whose support was seen again", true),
            ("share of carers", "share of tenants", false),
        ] {
            assert_eq!(alike(one, other), expected, "{one} / {other}");
        }
    }
}
