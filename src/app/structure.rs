//! The commands that add, copy, delete, move and renumber rows, and the offer to renumber that follows. Makes its edits through `edit` alone.

use std::collections::HashSet;

use super::{
    command::{Command, Cursor, adds},
    numbering::{self, Misplaced},
    range::Reach,
    rows,
    run::cursor_in,
    state::State,
};
use crate::{
    edit::Change,
    model::{Role, Row, RowId, RowKind, Table, TableId},
};

/// Where refs are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    pub table: TableId,
    /// The approach; `None` for the whole table.
    pub section: Option<RowId>,
}

impl State {
    /// Does what concerns the rows and their refs.
    pub(super) fn restructure_by(&mut self, command: Command) {
        match command {
            Command::DeleteRow => self.delete_row(),
            Command::MoveRowUp => self.move_row(true),
            Command::MoveRowDown => self.move_row(false),
            Command::PlaceRow { row, before } => self.place_row(row, before),
            Command::DuplicateRow => self.duplicate_row(),
            Command::RenumberRefs => self.renumber_refs(),
            Command::LeaveRefs => self.renumber_offered = None,
            added => self.add_row(&added),
        }
    }

    fn add_row(&mut self, command: &Command) {
        let Some((table, at)) = self.here() else { return };
        let kind = adds(command).unwrap_or(RowKind::Entry);
        let id = table.id;
        let added = match table.rows.get(at) {
            Some(row) => rows::add(table, row.id, kind),
            None => {
                let row = table.next_row_id();
                Some((vec![Change::InsertRow { table: id, at: 0, row: table.blank_row(row, kind) }], row))
            }
        };
        let Some((changes, row)) = added else {
            self.said = "That cannot be added here".to_owned();
            return;
        };
        let column = match kind {
            RowKind::Section => None,
            RowKind::Line => table.role_position(Role::Measure),
            RowKind::Group | RowKind::Entry | RowKind::Total => table.role_position(Role::Ref).or(Some(0)),
        };
        let column = column.and_then(|at| table.columns.get(at)).map(|column| column.id);
        self.restructure(id, command.text().to_owned(), changes, Some(row));
        (self.cursor, self.selection) = (Some(Cursor { table: id, row, column }), None);
    }

    fn duplicate_row(&mut self) {
        let Some((table, at)) = self.cursor_row() else { return };
        let Some((changes, copy)) = rows::duplicate(table, table.rows[at].id) else {
            self.said = "Only an action is duplicated; the cursor is in a heading".to_owned();
            return;
        };
        let name = format!("Duplicate {}", table.entry_of(at).map_or_else(String::new, |row| table.name_of(row)));
        let (id, column) = (table.id, self.cursor.and_then(|cursor| cursor.column));
        self.restructure(id, name, changes, Some(copy));
        self.cursor = self.document.table(id).and_then(|table| Some(cursor_in(table, table.row(copy)?, column)));
    }

    /// Deletes the cursor's row, or every selected one.
    fn delete_row(&mut self) {
        let Some((table, at)) = self.cursor_row() else { return };
        // Whoever selects whole columns does not mean all rows, and an action's own lines are not several rows.
        let selected = self.selected().filter(|selection| selection.reach != Reach::Columns);
        let selected = selected.and_then(|selection| selection.area(table)).map(|area| area.rows);
        let own = |at: usize| if table.rows[at].kind == RowKind::Entry { rows::block(table, at).len() } else { 1 };
        let selected = selected.filter(|rows| rows.len() > own(rows.start));
        let (id, at) = (table.id, selected.as_ref().map_or(at, |rows| rows.start));
        let (name, changes, said) = match selected {
            Some(rows) => {
                let changes = self.in_sight(table, rows::delete_all(table, rows));
                let count = changes.iter().filter(|change| matches!(change, Change::RemoveRow { .. })).count();
                let name = format!("Delete {count} rows");
                (name.clone(), changes, name)
            }
            None => {
                let row = &table.rows[at];
                let Some(changes) = rows::delete(table, row.id) else { return };
                let lines = changes.iter().filter(|change| matches!(change, Change::RemoveRow { .. })).count() - 1;
                (format!("Delete {}", table.name_of(row)), changes, deleted(table, row, lines))
            }
        };
        let column = self.cursor.and_then(|cursor| cursor.column);
        let before = self.history.depth();
        self.restructure(id, name, changes, None);
        if self.history.depth() > before {
            self.said = said;
        }
        let Some(table) = self.document.table(id) else { return };
        let next = table.rows.get(at).or(table.rows.last());
        self.cursor = next.map(|row| cursor_in(table, row, column));
    }

    fn move_row(&mut self, up: bool) {
        let Some((table, at)) = self.cursor_row() else { return };
        let row = &table.rows[at];
        let name = format!("Move {} {}", table.name_of(row), if up { "up" } else { "down" });
        match rows::shift(table, row.id, up) {
            Some(changes) => self.restructure(table.id, name, changes, None),
            None => self.said = format!("It cannot go further {}", if up { "up" } else { "down" }),
        }
    }

    fn place_row(&mut self, row: RowId, before: Option<RowId>) {
        let Some(table) = self.table() else { return };
        let (Some(held), Some(changes)) = (table.row(row), rows::place(table, row, before)) else { return };
        let (id, name) = (table.id, format!("Move {}", table.name_of(held)));
        self.restructure(id, name, changes, None);
    }

    /// Makes an edit of a table's rows. Where it leaves refs out of order that were in order, renumbering them is offered.
    fn restructure(&mut self, id: TableId, name: String, changes: Vec<Change>, added: Option<RowId>) {
        let misplaced = |state: &Self| state.document.table(id).map(numbering::misplaced).unwrap_or_default();
        let before: HashSet<Misplaced> = misplaced(self).into_iter().collect();
        self.edit(name, changes);
        let after = misplaced(self);
        let newly: Vec<&Misplaced> = after.iter().filter(|row| Some(row.row) != added && !before.contains(row)).collect();
        if let Some(first) = newly.first() {
            let section = first.section.filter(|_| newly.iter().all(|row| row.section == first.section));
            self.renumber_offered = Some(Scope { table: id, section });
        } else if after.is_empty() {
            self.renumber_offered = None;
        }
    }

    fn renumber_refs(&mut self) {
        let Some((table, at)) = self.here() else { return };
        let offered = self.renumber_offered.filter(|scope| scope.table == table.id);
        let section = offered.map_or_else(|| section_at(table, at), |scope| scope.section);
        let all = numbering::misplaced(table);
        let own: Vec<Misplaced> = all.iter().filter(|row| section.is_none() || row.section == section).cloned().collect();
        // An approach whose refs are in order leaves the rest of the plan.
        let misplaced = if own.is_empty() && offered.is_none() { all } else { own };
        self.renumber_offered = None;
        let Some(table) = self.table().filter(|_| !misplaced.is_empty()) else {
            self.said = "The refs are in order".to_owned();
            return;
        };
        let name = if misplaced.len() == 1 { "Renumber 1 ref".to_owned() } else { format!("Renumber {} refs", misplaced.len()) };
        let changes = rows::renumber(&self.document, table, &misplaced);
        self.edit(name, changes);
    }
}

/// The approach that the row at a position stands in.
fn section_at(table: &Table, at: usize) -> Option<RowId> {
    table.rows.get(..=at)?.iter().rev().find(|row| row.kind == RowKind::Section).map(|row| row.id)
}

/// What the status bar says of a row that was deleted with its lines.
fn deleted(table: &Table, row: &Row, lines: usize) -> String {
    let name = match (row.kind, &*table.name_of(row)) {
        (RowKind::Line, _) => "a continuation line".to_owned(),
        (_, "") => "a blank row".to_owned(),
        (_, name) => name.to_owned(),
    };
    let with = match lines {
        0 => String::new(),
        1 => " and its continuation line".to_owned(),
        lines => format!(" and its {lines} continuation lines"),
    };
    format!("Deleted {name}{with}; Undo brings it back")
}
