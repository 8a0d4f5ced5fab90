//! What the steps of a history did to some rows, the latest first. Reads steps, never takes one back.

use std::collections::{HashMap, HashSet};

use super::{Change, FieldPlace, History};
use crate::model::{ColumnId, Document, RowId, TableId};

/// One thing a step did to a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The step's name.
    pub step: String,
    pub what: Traced,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Traced {
    /// A cell went from one text to another.
    Cell {
        column: ColumnId,
        from: String,
        to: String,
    },
    /// So did one of a section's labelled words, by position.
    Field {
        at: usize,
        from: String,
        to: String,
    },
    Added,
    Moved,
}

/// What the steps that are done did to rows of a table as it is now, the latest first.
#[must_use]
pub fn trace(history: &History, document: &Document, table: TableId, rows: &[RowId]) -> Vec<Trace> {
    let mut wanted: HashSet<RowId> = rows.iter().copied().collect();
    let mut traces = Vec::new();
    let Some(held) = document.table(table) else { return traces };
    // What stood in each place before the steps looked at so far were done.
    let mut cells: HashMap<(RowId, ColumnId), String> = HashMap::new();
    let mut fields: HashMap<(RowId, usize), String> = HashMap::new();
    let now = |row: RowId, column: ColumnId| {
        let cell = held.row(row)?.cells.get(held.column_position(column)?);
        cell.map(|cell| cell.text.to_string())
    };
    let field_now = |row: RowId, at: usize| held.row(row)?.fields.get(at).map(|field| field.cell.text.to_string());
    for step in history.done().iter().rev() {
        let mut moved = false;
        for change in step.changes.iter().filter(|change| change.table() == Some(table)) {
            let what = match change {
                Change::SetCell { row, column, cell, .. } if wanted.contains(row) => {
                    let to = cells.insert((*row, *column), cell.text.to_string()).or_else(|| now(*row, *column)).unwrap_or_default();
                    Traced::Cell { column: *column, from: cell.text.to_string(), to }
                }
                Change::SetField { field: FieldPlace::Section(row, at), cell, .. } if wanted.contains(row) => {
                    let to = fields.insert((*row, *at), cell.text.to_string()).or_else(|| field_now(*row, *at)).unwrap_or_default();
                    Traced::Field { at: *at, from: cell.text.to_string(), to }
                }
                Change::MoveRow { row, .. } if wanted.contains(row) && !std::mem::replace(&mut moved, true) => Traced::Moved,
                // What takes a row out undoes its being added; before that, its number was another row's.
                Change::RemoveRow { row, .. } if wanted.remove(row) => Traced::Added,
                Change::RemoveTable { .. } => return traces,
                _ => continue,
            };
            traces.push(Trace { step: step.name.clone(), what });
        }
    }
    traces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Column, Row, RowKind, Table, TableKind};

    #[test]
    fn a_row_is_traced_through_its_steps_latest_first() {
        let (id, column) = (TableId(1), ColumnId(1));
        let row = |number: u32| Row { id: RowId(number), kind: RowKind::Entry, cells: vec![Cell::text("old")], ..Row::default() };
        let mut table = Table::new(TableKind::Plan, vec![Column { id: column, ..Column::default() }], vec![row(1)]);
        table.id = id;
        let mut document = Document::of(vec![table]);
        let mut history = History::saved();
        let set = |number: u32, text: &str| Change::SetCell { table: id, row: RowId(number), column, cell: Cell::text(text) };
        history.make(&mut document, "First", vec![set(1, "new")]);
        history.make(&mut document, "Add", vec![Change::InsertRow { table: id, at: 0, row: row(2) }]);
        history.make(&mut document, "Move", vec![Change::MoveRow { table: id, row: RowId(1), to: 0 }]);
        history.make(&mut document, "Second", vec![set(1, "a"), set(1, "newest"), set(2, "b")]);
        history.make(&mut document, "Undone", vec![set(1, "gone")]);
        history.undo(&mut document);
        let said = |rows: &[RowId]| {
            let line = |trace: Trace| match trace.what {
                Traced::Cell { from, to, .. } | Traced::Field { from, to, .. } => format!("{} {from}>{to}", trace.step),
                Traced::Added => format!("{} added", trace.step),
                Traced::Moved => format!("{} moved", trace.step),
            };
            trace(&history, &document, id, rows).into_iter().map(line).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(said(&[RowId(1)]), "Second a>newest; Second new>a; Move moved; First old>new");
        assert_eq!(said(&[RowId(2)]), "Second old>b; Add added");
    }
}
