//! A new plan: the columns a plan has, and one action ready to be typed in. Reads no file.

use super::rows;
use crate::model::{Cell, Column, ColumnId, Document, Field, Role, RowId, RowKind, Table, TableId, TableKind};
use crate::store;

/// The columns of a new plan, each with its width in points.
const COLUMNS: [(&str, Role, f32); 8] = [
    ("Ref", Role::Ref, 60.0),
    ("Action", Role::Action, 280.0),
    ("Start", Role::Start, 90.0),
    ("End", Role::End, 90.0),
    ("Measure/outcome", Role::Measure, 200.0),
    ("Lead officer", Role::Lead, 140.0),
    ("RAG Status", Role::Status, 130.0),
    ("Comment", Role::Comment, 280.0),
];

/// The rows of a new plan, with the refs they begin with.
const ROWS: [(RowKind, &str); 3] = [(RowKind::Section, ""), (RowKind::Group, "1.1"), (RowKind::Entry, "1.1.1")];

/// What stands above the columns, to be filled in on the summary.
const FIELDS: [&str; 3] = ["Name", "Owner", "Review date"];

/// The name of a plan that has none yet.
pub(super) const UNTITLED: &str = "Untitled plan";

/// A plan with one approach, one group and one action.
pub(super) fn document() -> Document {
    let column = |(source, (heading, role, width)): (u32, (&str, Role, f32))| Column {
        id: ColumnId(source + 1),
        heading: heading.into(),
        role: Some(role),
        kind: role.kind(),
        width,
        source,
        ..Column::default()
    };
    let mut table = Table::new(TableKind::Plan, (0..).zip(COLUMNS).map(column).collect(), Vec::new());
    (table.id, table.name, table.sheet) = (TableId(1), UNTITLED.to_owned(), "Action plan".to_owned());
    table.fields = FIELDS.map(|label| Field { label: label.into(), ..Field::default() }).into();
    for (id, (kind, reference)) in (1..).zip(ROWS) {
        let mut row = table.blank_row(RowId(id), kind);
        if let Some(cell) = row.cells.first_mut() {
            *cell = Cell::text(reference);
        }
        if kind == RowKind::Entry {
            rows::not_begun(&table, &mut row);
        }
        table.rows.push(row);
    }
    Document { identity: store::new_identity().into(), ..Document::of(vec![table]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::export::{Wished, export},
        insight::{AsOf, Insight},
    };

    #[test]
    fn a_new_plan_has_nothing_amiss_and_its_return_reads_back() {
        let mut document = document();
        let insight = Insight::of(&document, AsOf::default());
        assert!(insight.notes.is_empty(), "{:?}", insight.notes);
        assert_eq!((insight.counts.action_count, document.name()), (1, UNTITLED));
        for row in document.tables[0].rows.iter_mut().filter(|row| row.fields.is_empty()) {
            row.cells[1] = Cell::text("Trees are planted");
        }
        let bytes = export(&document, Wished::default(), &mut |_| true).unwrap();
        let read = super::super::open::open_bytes("return.xlsx", &bytes, &|_| true).unwrap().document;
        assert_eq!(read.content(), document.content());
    }
}
