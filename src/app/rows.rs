//! Adding, copying, deleting, moving and renumbering rows, as changes: an action keeps its lines, a group its actions.

use std::ops::Range;

use super::{
    mentions,
    numbering::{self, Misplaced},
};
use crate::{
    edit::Change,
    model::{Cell, Column, Document, Role, Row, RowId, RowKind, Status, Table, TableKind, Value},
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
    Some(inserted(table, at, kind))
}

/// Adds the first row of a table that has none.
#[must_use]
pub fn add_first(table: &Table, kind: RowKind) -> Option<(Vec<Change>, RowId)> {
    (kind != RowKind::Total && (table.kind == TableKind::Plan || kind == RowKind::Entry)).then(|| inserted(table, 0, kind))
}

fn inserted(table: &Table, at: usize, kind: RowKind) -> (Vec<Change>, RowId) {
    let id = table.next_row_id();
    let mut row = table.blank_row(id, kind);
    // A ref is proposed, and typed over where it is not wanted.
    if let (Some(column), Some(reference)) = (table.role_position(Role::Ref), numbering::propose(table, at, kind)) {
        row.cells[column] = Cell::text(reference);
    }
    if kind == RowKind::Entry {
        not_begun(table, &mut row);
    }
    (vec![Change::InsertRow { table: table.id, at, row }], id)
}

/// Makes a new action of a plan one that is not started, in its owner's words.
pub fn not_begun(table: &Table, row: &mut Row) {
    let column = table.status_column().filter(|_| table.kind == TableKind::Plan);
    if let Some((column, cell)) = column.and_then(|at| Some((&table.columns[at], row.cells.get_mut(at)?))) {
        *cell = column.enter(column.word_for(Status::NotStarted));
    }
}

/// The column in which the owner of a new row types next: its words, where its ref is proposed or rows like it have none.
#[must_use]
pub fn typed_next(table: &Table, row: &Row, shown: impl Fn(&Column) -> bool) -> Option<usize> {
    if row.kind == RowKind::Section {
        return None;
    }
    let blank = |at: &usize| row.cells.get(*at).is_some_and(Cell::is_blank) && table.columns.get(*at).is_some_and(&shown);
    let of = |role: Role| table.role_position(role).filter(blank);
    let has_refs =
        |at: &usize| table.rows.iter().any(|other| other.kind == row.kind && other.cells.get(*at).is_some_and(|cell| !cell.is_blank()));
    let roles: &[Role] = match row.kind {
        RowKind::Line => &[Role::Measure],
        _ => &[Role::Action, Role::Kpi, Role::Risk],
    };
    let words = || roles.iter().find_map(|role| of(*role));
    let holds = |at: &usize| row.kind != RowKind::Group || matches!(table.columns[*at].role, Some(Role::Ref | Role::Action));
    let first = || (0..table.columns.len()).filter(blank).find(holds);
    of(Role::Ref).filter(has_refs).or_else(words).or_else(first).or_else(|| (0..table.columns.len()).find(holds))
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
    delete_each(table, &range.collect::<Vec<_>>())
}

/// Deletes the rows at some positions, in their order.
#[must_use]
pub fn delete_each(table: &Table, all: &[usize]) -> Vec<Change> {
    all.iter().rev().map(|&at| Change::RemoveRow { table: table.id, row: table.rows[at].id }).collect()
}

/// Moves a row's block past its neighbour above or below; `None` at the edge.
#[must_use]
pub fn shift(table: &Table, row: RowId, up: bool) -> Option<Vec<Change>> {
    let at = table.position(row)?;
    let own = block(table, at);
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
        return Some(moved(table, own, to));
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
    Some(moved(table, own, end))
}

/// Moves a row's block to stand before another row, or last; `None` where it cannot stand or stands already.
#[must_use]
pub fn place(table: &Table, row: RowId, before: Option<RowId>) -> Option<Vec<Change>> {
    let own = block(table, table.position(row)?);
    let to = before.map_or(Some(table.rows.len()), |before| table.position(before))?;
    (landing(table, row, to) == Some(to) && !(own.start..=own.end).contains(&to)).then(|| moved(table, own, to))
}

/// The place nearest to a position where a row's block can stand: a group among groups, an action behind the lines of another.
#[must_use]
pub fn landing(table: &Table, row: RowId, near: usize) -> Option<usize> {
    let at = table.position(row)?;
    let own = block(table, at);
    let sections = table.rows.iter().any(|row| row.kind == RowKind::Section);
    let sums = table.rows.iter().position(|row| row.kind == RowKind::Total).unwrap_or(table.rows.len());
    let fits = |to: &usize| {
        let (to, below) = (*to, table.rows.get(*to).map(|row| row.kind));
        // Within its own block nothing changes; only its beginning stands for that.
        if own.contains(&to) || to == own.end {
            return to == own.start;
        }
        match table.rows[at].kind {
            RowKind::Section => matches!(below, Some(RowKind::Section) | None),
            RowKind::Group => matches!(below, Some(RowKind::Group | RowKind::Section) | None) && !(sections && to == 0),
            RowKind::Entry => to <= sums && below != Some(RowKind::Line) && !(sections && to == 0),
            // A line stays with its action.
            RowKind::Line => to > 0 && entry_position(table, to - 1) == entry_position(table, at) && table.rows[to - 1].is_line(),
            RowKind::Total => false,
        }
    };
    (0..=table.rows.len()).filter(fits).min_by_key(|to| to.abs_diff(near))
}

/// Moves a run of rows to stand before a position outside it.
fn moved(table: &Table, own: Range<usize>, to: usize) -> Vec<Change> {
    let up = to < own.start;
    let rows = table.rows[own].iter().enumerate();
    rows.map(|(step, row)| Change::MoveRow { table: table.id, row: row.id, to: if up { to + step } else { to - 1 } }).collect()
}

/// Copies the action a row belongs to, with its lines, below it: under the next free ref, not started, without its comments.
#[must_use]
pub fn duplicate(table: &Table, row: RowId) -> Option<(Vec<Change>, RowId)> {
    let at = table.position(row).filter(|&at| table.rows[at].is_line())?;
    let own = block(table, entry_position(table, at));
    let (first, end) = (own.start, own.end);
    let proposed = numbering::propose(table, first + 1, RowKind::Entry);
    let id = table.next_row_id();
    let copy = |((step, row), id): ((usize, &Row), RowId)| {
        // A copy of what is hidden in the workbook is as private as that.
        let mut row = Row { id, source: 0, sheet: None, filtered: false, ..row.clone() };
        for (cell, column) in row.cells.iter_mut().zip(&table.columns) {
            cell.formula = false;
            match column.role {
                _ if cell.value == Value::Merged => {}
                Some(Role::Ref) if step == 0 => *cell = Cell::text(proposed.clone().unwrap_or_default()),
                Some(Role::Status) if step == 0 || !cell.is_blank() => *cell = column.enter(column.word_for(Status::NotStarted)),
                Some(Role::Comment | Role::Progress) => *cell = Cell::default(),
                _ => {}
            }
        }
        Change::InsertRow { table: table.id, at: end + step, row }
    };
    let mut changes: Vec<Change> = table.rows[own].iter().map(|row| &**row).enumerate().zip(table.new_row_ids()).map(copy).collect();
    let rule = table.rules.get(&table.rows[first].id);
    changes.extend(rule.map(|rule| Change::SetRule { table: table.id, row: id, rule: Some(*rule) }));
    Some((changes, id))
}

/// The changes that give rows their new refs, and let the texts of a document follow.
#[must_use]
pub fn renumber(document: &Document, table: &Table, misplaced: &[Misplaced]) -> Vec<Change> {
    let Some(column) = table.role_position(Role::Ref) else { return Vec::new() };
    let mut changes = mentions::changes(document, table, misplaced);
    changes.extend(misplaced.iter().filter_map(|row| {
        let old = table.row(row.row)?.cells.get(column)?;
        // A ref stored as a number stays one.
        let number = old.format.as_deref().and_then(|format| Some(Cell::number(row.to.parse().ok()?, format)));
        let cell = number.filter(|cell| *cell.text == *row.to).unwrap_or_else(|| Cell::text(&*row.to));
        Some(Change::SetCell { table: table.id, row: row.row, column: table.columns[column].id, cell })
    }));
    changes
}

/// The entry that the line at a position continues.
fn entry_position(table: &Table, at: usize) -> usize {
    table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Entry).unwrap_or(at)
}

fn next_heading(table: &Table, after: usize, kinds: &[RowKind]) -> usize {
    table.rows[after + 1..].iter().position(|row| kinds.contains(&row.kind)).map_or(table.rows.len(), |steps| after + 1 + steps)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{edit::apply, insight::seed};

    /// The action each continuation line continues, by the rows' numbers.
    fn lines(table: &Table) -> HashMap<RowId, RowId> {
        let lines = table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Line);
        lines.map(|(at, row)| (row.id, table.rows[entry_position(table, at)].id)).collect()
    }

    /// The document after changes.
    fn after(document: &Document, changes: Vec<Change>) -> Document {
        let mut document = document.clone();
        let count = changes.len();
        assert_eq!(changes.into_iter().filter_map(|change| apply(&mut document, change)).count(), count, "each change finds its place");
        document
    }

    #[test]
    fn wherever_a_row_is_added_or_copied_every_line_keeps_its_action() {
        let document = seed::document();
        for table in &document.tables {
            for row in &table.rows {
                for kind in [RowKind::Entry, RowKind::Line, RowKind::Group, RowKind::Section] {
                    let Some((changes, id)) = add(table, row.id, kind) else { continue };
                    let after = after(&document, changes);
                    let held = after.table(table.id).unwrap();
                    let mut now = lines(held);
                    let line = now.remove(&id);
                    assert_eq!(now, lines(table), "{kind:?} below {row:?}");
                    let entry = table.entry_of(table.position(row.id).unwrap()).map(|entry| entry.id);
                    assert!(kind != RowKind::Line || line == entry, "a line continues the action it was added to");
                }
                let Some((changes, copy)) = duplicate(table, row.id) else { continue };
                let after = after(&document, changes);
                let own = table.entry_of(table.position(row.id).unwrap()).unwrap().id;
                let now = lines(after.table(table.id).unwrap());
                let of = |entry: RowId| now.values().filter(|held| **held == entry).count();
                assert_eq!(of(copy), of(own), "as many lines as {row:?}");
            }
        }
    }

    #[test]
    fn wherever_a_row_is_moved_what_belongs_to_it_comes_along() {
        let document = seed::document();
        let table = document.of_kind(TableKind::Plan).next().unwrap();
        for row in &table.rows {
            let ids = |table: &Table| {
                let own = block(table, table.position(row.id).unwrap());
                table.rows[own].iter().map(|row| row.id).collect::<Vec<_>>()
            };
            for near in 0..=table.rows.len() {
                let Some(to) = landing(table, row.id, near) else { continue };
                let Some(changes) = place(table, row.id, table.rows.get(to).map(|row| row.id)) else { continue };
                let after = after(&document, changes);
                let held = after.table(table.id).unwrap();
                assert_eq!(lines(held), lines(table), "{row:?} near {near}");
                assert_eq!(ids(held), ids(table), "{row:?} near {near}");
                assert_eq!(held.rows[0].kind, RowKind::Section, "nothing stands above the first approach");
            }
        }
    }
}
