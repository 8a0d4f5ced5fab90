//! Refs spoken of in texts, followed when rows are renumbered: whole refs only, all at once. Never touches a row's own ref.

use std::collections::{HashMap, HashSet};

use super::numbering::{Misplaced, Numbered, plain};
use crate::{
    edit::{Change, FieldPlace},
    model::{Cell, Document, Field, Role, RowKind, Table, TableKind, Value},
};

/// Words before a short ref that make it one: elsewhere `1.2` may be a figure.
const OF_ACTIONS: &[&str] = &["action", "actions", "group", "groups", "item", "items", "ref", "refs", "reference", "see"];
const OF_KPIS: &[&str] = &["kpi", "kpis", "indicator", "indicators", "pi", "pis"];
/// Words between two refs that are both led by the word before the first.
const BETWEEN: &[&str] = &["and", "or", "to"];

/// The changes that let a document's texts follow rows of a table to their new refs.
#[must_use]
pub(crate) fn changes(document: &Document, table: &Table, moved: &[Misplaced]) -> Vec<Change> {
    let renamed = renamed(table, moved);
    // Where another plan has the same ref, its own texts mean its own, and a third table's may mean either.
    let alike = document.tables.iter().filter(|other| other.kind == table.kind && other.id != table.id);
    let taken: HashSet<String> = alike.flat_map(references).collect();
    let mut changes = Vec::new();
    for other in &document.tables {
        let meant = renamed.iter().filter(|(from, _)| other.id == table.id || !taken.contains(*from));
        let here: HashMap<&str, &str> = meant.map(|(from, to)| (from.as_str(), to.as_str())).collect();
        if !here.is_empty() {
            of_table(other, other.id == table.id, &Follow { renamed: here, kpis: table.kind == TableKind::Kpi }, &mut changes);
        }
    }
    changes
}

/// New refs by their old ones; one that two rows had names neither.
fn renamed(table: &Table, moved: &[Misplaced]) -> HashMap<String, String> {
    let mut owners: HashMap<String, usize> = HashMap::new();
    for reference in references(table) {
        *owners.entry(reference).or_default() += 1;
    }
    let sole = moved.iter().filter(|row| owners.get(&plain(&row.from)) == Some(&1));
    sole.map(|row| (plain(&row.from), row.to.trim_end_matches('.').to_owned())).collect()
}

fn references(table: &Table) -> impl Iterator<Item = String> {
    let rows = table.rows.iter().filter(|row| matches!(row.kind, RowKind::Group | RowKind::Entry));
    rows.filter_map(|row| table.cell(row, Role::Ref)).filter(|cell| !cell.is_blank()).map(|cell| plain(&cell.text))
}

fn of_table(table: &Table, own: bool, follow: &Follow<'_>, changes: &mut Vec<Change>) {
    let mut field = |place: FieldPlace, field: &Field| {
        let cell = followed(&field.cell, follow);
        changes.extend(cell.map(|cell| Change::SetField { table: table.id, field: place, cell }));
    };
    table.fields.iter().enumerate().for_each(|(at, held)| field(FieldPlace::Header(at), held));
    for row in &table.rows {
        row.fields.iter().enumerate().for_each(|(at, held)| field(FieldPlace::Section(row.id, at), held));
    }
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            // The refs of a plan and of a KPI table are names; in a register they may point elsewhere.
            if column.role == Some(Role::Ref) && (own || table.kind != TableKind::Register) {
                continue;
            }
            let cell = followed(cell, follow);
            changes.extend(cell.map(|cell| Change::SetCell { table: table.id, row: row.id, column: column.id, cell }));
        }
    }
}

fn followed(cell: &Cell, follow: &Follow<'_>) -> Option<Cell> {
    let text = (cell.value == Value::Text && !cell.formula).then(|| follow.text(&cell.text)).flatten()?;
    Some(Cell { text: text.into(), ..cell.clone() })
}

/// What refs become, and what they are refs of.
struct Follow<'a> {
    renamed: HashMap<&'a str, &'a str>,
    kpis: bool,
}

impl Follow<'_> {
    /// A text with each ref it speaks of made the new one; `None` when it speaks of none.
    fn text(&self, text: &str) -> Option<String> {
        let mut new = String::new();
        let (mut done, mut led) = (0, false);
        for (at, word) in words(text) {
            let lower = word.to_lowercase();
            let (before, bare) = if self.kpis && lower.starts_with("kpi") { lower.split_at(3) } else { ("", &*lower) };
            let glued = !before.is_empty() && !bare.is_empty();
            let to = self.renamed.get(bare).filter(|_| led || glued || (!self.kpis && stands_alone(bare)));
            if let Some(to) = to {
                new.push_str(&text[done..at + before.len()]);
                new.push_str(to);
                done = at + word.len();
            }
            let leads = if self.kpis { OF_KPIS } else { OF_ACTIONS };
            let goes_on = BETWEEN.contains(&&*lower) || Numbered::read(bare).is_some();
            led = leads.contains(&&*lower) || to.is_some() || (led && goes_on);
        }
        (done > 0).then(|| format!("{new}{}", &text[done..]))
    }
}

/// Whether a ref can be nothing else, as no figure has three numbers.
fn stands_alone(reference: &str) -> bool {
    Numbered::read(reference).is_some_and(|numbered| numbered.depth() > 2 || (numbered.depth() == 2 && numbered.has_head()))
}

/// The words of a text with where they begin; a word keeps the stops inside it, so that `1.2.1` is one.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let pieces = text.split(|c: char| !(c.is_alphanumeric() || c == '.'));
    pieces.map(move |piece| (piece.as_ptr() as usize - text.as_ptr() as usize, piece)).filter_map(|(at, piece)| {
        let word = piece.trim_end_matches('.');
        let bare = word.trim_start_matches('.');
        (!bare.is_empty()).then(|| (at + word.len() - bare.len(), bare))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_refs_follow_all_at_once() {
        let plans = HashMap::from([("1.2.1", "1.2.2"), ("1.2.2", "1.2.1"), ("1.2", "1.3"), ("1.2.10", "1.2.9"), ("4", "5")]);
        let plans = Follow { renamed: plans, kpis: false };
        for (text, expected) in [
            ("Waiting for 1.2.1 (circles), then 1.2.2.", "Waiting for 1.2.2 (circles), then 1.2.1."),
            ("1.2.10 is not 11.2.1 nor 1.2.1a", "1.2.9 is not 11.2.1 nor 1.2.1a"),
            ("1.2.1/1.2.2-1.2.10; v1.2.1; 1.2.1.4", "1.2.2/1.2.1-1.2.9; v1.2.1; 1.2.1.4"),
            ("1.2 million in 4 years", ""),
            ("See group 1.2 and 4, not 1.2 million", "See group 1.3 and 5, not 1.2 million"),
            ("Actions 1.2, 1.2.1 and 1.2", "Actions 1.3, 1.2.2 and 1.3"),
            ("KPI4 and KPI 4", ""),
            ("Café 1.2.1’s end", "Café 1.2.2’s end"),
        ] {
            assert_eq!(plans.text(text).unwrap_or_default(), expected, "{text}");
        }
        let kpis = Follow { renamed: HashMap::from([("3", "4"), ("4", "3")]), kpis: true };
        for (text, expected) in
            [("KPI3; KPI4; KPI13", "KPI4; KPI3; KPI13"), ("kpi 3 and 4, by 3 people", "kpi 4 and 3, by 3 people"), ("3 of 4 people", "")]
        {
            assert_eq!(kpis.text(text).unwrap_or_default(), expected, "{text}");
        }
    }
}
