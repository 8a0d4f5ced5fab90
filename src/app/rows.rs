//! Adding, deleting and moving rows, as changes: an action keeps its continuation lines, a group its actions.

use std::ops::Range;

use crate::{
    edit::Change,
    model::{Cell, Column, Figure, Role, Row, RowId, RowKind, Table, TableKind, Value, kinds::Kind},
};

/// The rows that belong to the row at a position: an action's lines, a group's actions, an approach's groups.
#[must_use]
pub fn block(table: &Table, at: usize) -> Range<usize> {
    let rank = |kind: RowKind| match kind {
        RowKind::Section => 0,
        RowKind::Group => 1,
        RowKind::Entry | RowKind::Total => 2,
        RowKind::Line => 3,
    };
    let own = rank(table.rows[at].kind);
    let end = table.rows[at + 1..].iter().position(|row| rank(row.kind) <= own).map_or(table.rows.len(), |length| at + 1 + length);
    if own == 3 { at..at + 1 } else { at..end }
}

/// Adds a blank row of a kind below a row's block; returns the changes and the new row.
#[must_use]
pub fn add(table: &Table, below: RowId, kind: RowKind) -> Option<(Vec<Change>, RowId)> {
    if kind == RowKind::Total || (table.kind != TableKind::Plan && kind != RowKind::Entry) {
        return None;
    }
    let position = table.position(below)?;
    let at = match (kind, table.rows[position].kind) {
        // A new action stands first under a heading, and after all the lines of an action.
        (RowKind::Entry, RowKind::Section | RowKind::Group) | (RowKind::Group, RowKind::Section) => position + 1,
        (RowKind::Line, RowKind::Entry | RowKind::Line) => position + 1,
        (RowKind::Line, RowKind::Section | RowKind::Group | RowKind::Total) => return None,
        (RowKind::Entry, RowKind::Entry | RowKind::Line) => block(table, entry_position(table, position)).end,
        (RowKind::Group, _) => next_heading(table, position, &[RowKind::Group, RowKind::Section]),
        (RowKind::Section, _) => next_heading(table, position, &[RowKind::Section]),
        // What is added at the sums stands above them.
        (RowKind::Entry, RowKind::Total) | (RowKind::Total, _) => position,
    };
    let id = table.next_row_id();
    Some((vec![Change::InsertRow { table: table.id, at, row: table.blank_row(id, kind) }], id))
}

/// Deletes a row and, for an action, its continuation lines. A heading goes alone.
#[must_use]
pub fn delete(table: &Table, row: RowId) -> Option<Vec<Change>> {
    let at = table.position(row)?;
    Some(delete_all(table, at..at + 1))
}

/// Deletes rows that follow one another, each action with its continuation lines.
#[must_use]
pub fn delete_all(table: &Table, mut range: Range<usize>) -> Vec<Change> {
    let last = range.end.checked_sub(1).filter(|&last| table.rows.get(last).is_some_and(Row::is_line));
    if let Some(last) = last.filter(|&last| table.rows[last].kind == RowKind::Entry || entry_position(table, last) >= range.start) {
        range.end = block(table, entry_position(table, last)).end;
    }
    let rows = table.rows[range].iter().rev();
    // A row added later may get the same number; it must not be rated by the old one's rule.
    let rules = rows.clone().filter(|row| table.rules.contains_key(&row.id));
    let rules = rules.map(|row| Change::SetRule { table: table.id, row: row.id, rule: None });
    rules.chain(rows.map(|row| Change::RemoveRow { table: table.id, row: row.id })).collect()
}

/// Moves a row's block past its neighbour above or below; `None` at the edge.
#[must_use]
pub fn shift(table: &Table, row: RowId, up: bool) -> Option<Vec<Change>> {
    let at = table.position(row)?;
    let own = block(table, at);
    let length = own.len();
    let moved = |to: usize, row: RowId| Change::MoveRow { table: table.id, row, to };
    let ids: Vec<RowId> = table.rows[own.clone()].iter().map(|row| row.id).collect();
    if up {
        let above = own.start.checked_sub(1)?;
        let to = match table.rows[at].kind {
            RowKind::Line if table.rows[above].kind != RowKind::Line => return None,
            RowKind::Line => above,
            RowKind::Entry => {
                if table.rows[above].is_line() {
                    entry_position(table, above)
                } else {
                    above
                }
            }
            kind => {
                // A group stays within its approach.
                let stop = table.rows[..own.start].iter().rposition(|row| row.kind == kind || row.kind == RowKind::Section)?;
                if table.rows[stop].kind == kind { stop } else { return None }
            }
        };
        return Some(ids.into_iter().enumerate().map(|(step, id)| moved(to + step, id)).collect());
    }
    let below = table.rows.get(own.end)?;
    let end = match (table.rows[at].kind, below.kind) {
        (RowKind::Line, RowKind::Line) => own.end + 1,
        (RowKind::Line, _) => return None,
        (RowKind::Entry, RowKind::Entry) => block(table, own.end).end,
        (RowKind::Entry, RowKind::Total) => return None,
        (RowKind::Entry, _) => own.end + 1,
        (kind, below) if kind == below => block(table, own.end).end,
        _ => return None,
    };
    let to = end - length;
    Some(ids.into_iter().map(|id| moved(to + length - 1, id)).collect())
}

/// Keeps a KPI table's current values in a new period column before the current one.
#[must_use]
pub fn record_period(table: &Table, heading: &str) -> Option<Vec<Change>> {
    let at = table.role_position(Role::Current)?;
    let source = table.columns[at].source;
    let column = Column {
        id: table.next_column_id(),
        heading: heading.into(),
        role: Some(Role::Period),
        kind: Kind::Figure,
        width: 96.0,
        source,
        ..Column::default()
    };
    let kept = |cell: &Cell| if matches!(cell.value, Value::Figure(Figure::New)) { Cell::default() } else { cell.clone() };
    let cells =
        table.rows.iter().filter(|row| row.fields.is_empty()).map(|row| row.cells.get(at).map_or_else(Cell::default, kept)).collect();
    Some(vec![Change::InsertColumn { table: table.id, at, column, cells }])
}

/// The entry that the line at a position continues.
fn entry_position(table: &Table, at: usize) -> usize {
    table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Entry).unwrap_or(at)
}

fn next_heading(table: &Table, after: usize, kinds: &[RowKind]) -> usize {
    table.rows[after + 1..].iter().position(|row| kinds.contains(&row.kind)).map_or(table.rows.len(), |steps| after + 1 + steps)
}
