//! Which rows hold something else than the last return said. Changes no document.

use std::{collections::HashSet, sync::Arc};

use crate::{
    model::{Document, Row, RowId, Table, stable_hash},
    store::RowMarks,
};

/// The numbers of what a document's rows hold.
#[must_use]
pub(crate) fn marks(document: &Document) -> RowMarks {
    Arc::new(document.tables.iter().flat_map(|table| &table.rows).map(mark).collect())
}

/// The rows of a table whose content the last return did not have.
#[must_use]
pub(crate) fn changed(table: &Table, returned: &HashSet<u64>) -> HashSet<RowId> {
    table.rows.iter().filter(|row| !returned.contains(&mark(row))).map(|row| row.id).collect()
}

/// A number that tells a row's content from another's.
fn mark(row: &Row) -> u64 {
    let fields = row.fields.iter().map(|field| &field.cell);
    stable_hash(row.cells.iter().chain(fields).flat_map(|cell| {
        let status = cell.status().map_or(0, |status| 1 + status as u8);
        // No text holds the last byte, so that words which move to the next cell are another content.
        cell.text.bytes().chain([status, 0xff])
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, RowKind, TableKind};

    fn row(id: u32, texts: &[&str]) -> Row {
        let cells = texts.iter().map(|text| Cell::text(*text)).collect();
        Row { id: RowId(id), kind: RowKind::Entry, cells, ..Row::default() }
    }

    #[test]
    fn a_row_is_changed_while_its_words_differ() {
        let mut table = Table::new(TableKind::Plan, Vec::new(), vec![row(1, &["1.1", "Plant"]), row(2, &["1.2", ""])]);
        let document = Document::of(vec![table.clone()]);
        let returned = marks(&document);
        assert!(changed(&table, &returned).is_empty());
        table.rows[0] = row(1, &["1.1Plant", ""]);
        table.rows.push(row(3, &["1.3", "New"]));
        assert_eq!(changed(&table, &returned), HashSet::from([RowId(1), RowId(3)]));
        table.rows[0] = row(1, &["1.1", "Plant"]);
        assert_eq!(changed(&table, &returned), HashSet::from([RowId(3)]), "taken back is not changed");
    }
}
