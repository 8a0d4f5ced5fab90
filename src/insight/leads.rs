//! The officers a document names as leads, for offering them where one is typed. Judges nobody.

use std::collections::HashMap;

use crate::model::{Document, Role};

/// What parts one name from the next in a cell.
pub const BETWEEN_LEADS: [char; 3] = [',', ';', '\n'];

/// Each lead named in a document, the one named most often first.
#[must_use]
pub fn leads(document: &Document) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for table in &document.tables {
        let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| table.columns[at].role == Some(Role::Lead)).collect();
        let cells = table.rows.iter().flat_map(|row| columns.iter().filter_map(|&at| row.cells.get(at)));
        for name in cells.flat_map(|cell| cell.text.split(BETWEEN_LEADS)).map(str::trim).filter(|name| !name.is_empty()) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut named: Vec<(&str, usize)> = counts.into_iter().collect();
    named.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    named.into_iter().map(|(name, _)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Column, Row, RowId, Table, TableKind};

    #[test]
    fn the_lead_named_most_often_comes_first() {
        let column = Column { role: Some(Role::Lead), ..Column::default() };
        let row = |(name, id): (&str, u32)| Row { id: RowId(id), cells: vec![Cell::text(name)], ..Row::default() };
        let rows = ["Tess", "Owen; Tess", "Ada,\nOwen", "Tess"].into_iter().zip(1..).map(row).collect::<Vec<_>>();
        let document = Document::of(vec![Table::new(TableKind::Plan, vec![column], rows)]);
        assert_eq!(leads(&document), ["Tess", "Owen", "Ada"]);
    }
}
