//! The commands that add, copy, move and renumber rows, and the offer to renumber that follows. Makes its edits through `edit` alone.

use std::collections::HashSet;

use super::{
    command::{Cursor, RowCommand},
    cursor::cursor_in,
    numbering::{self, Misplaced, Scope},
    rows,
    state::State,
};
use crate::{
    edit::Change,
    model::{RowId, RowKind, Table, TableId},
};

impl State {
    /// Does what a command says with the rows, their refs and their comments.
    pub(super) fn run_row(&mut self, command: RowCommand) {
        let name = command.about().text;
        match command {
            RowCommand::AddAction => self.add_row(name, RowKind::Entry),
            RowCommand::AddLine => self.add_row(name, RowKind::Line),
            RowCommand::AddGroup => self.add_row(name, RowKind::Group),
            RowCommand::AddSection => self.add_row(name, RowKind::Section),
            RowCommand::Delete => self.delete_row(),
            RowCommand::DeleteHeading(fate) => self.delete_heading(fate),
            RowCommand::MoveUp => self.move_row(true),
            RowCommand::MoveDown => self.move_row(false),
            RowCommand::Place { row, before } => self.place_row(row, before),
            RowCommand::Duplicate => self.duplicate_row(),
            RowCommand::RenumberRefs => self.renumber_refs(),
            RowCommand::LeaveRefs => self.prompts.renumber_offered = None,
            RowCommand::AddUpdate(words) => self.add_update(&words),
        }
    }

    fn add_row(&mut self, name: &str, kind: RowKind) {
        let Some((table, at)) = self.here() else { return };
        let id = table.id;
        let added = match table.rows.get(at) {
            Some(row) => rows::add(table, row.id, kind),
            None => rows::add_first(table, kind),
        };
        let Some((changes, row)) = added else {
            self.prompts.said = "That cannot be added here".to_owned();
            return;
        };
        self.restructure(id, name.to_owned(), changes, Some(row));
        let Some((table, held)) = self.workspace.document.table(id).and_then(|table| Some((table, table.row(row)?))) else { return };
        let view = self.view_of(table);
        let column =
            rows::typed_next(table, held, |column| !view.hides(column)).and_then(|at| table.columns.get(at)).map(|column| column.id);
        (self.view.cursor, self.view.selection) = (Some(Cursor { table: id, row, column }), None);
        self.bring_into_sight(id, row);
    }

    fn duplicate_row(&mut self) {
        let Some((table, at)) = self.cursor_row() else { return };
        let Some((changes, copy)) = rows::duplicate(table, table.rows[at].id) else {
            self.prompts.said = "Only an action is duplicated; the cursor is in a heading".to_owned();
            return;
        };
        let name = format!("Duplicate {}", table.entry_of(at).map_or_else(String::new, |row| table.name_of(row)));
        let (id, column) = (table.id, self.view.cursor.and_then(|cursor| cursor.column));
        self.restructure(id, name, changes, Some(copy));
        self.view.cursor = self.workspace.document.table(id).and_then(|table| Some(cursor_in(table, table.row(copy)?, column)));
    }

    fn move_row(&mut self, up: bool) {
        let Some((table, at)) = self.cursor_row() else { return };
        let row = &table.rows[at];
        let name = format!("Move {} {}", table.name_of(row), if up { "up" } else { "down" });
        match rows::shift(table, row.id, up) {
            Some(changes) => self.restructure(table.id, name, changes, None),
            None => self.prompts.said = format!("It cannot go further {}", if up { "up" } else { "down" }),
        }
    }

    fn place_row(&mut self, row: RowId, before: Option<RowId>) {
        let Some(table) = self.table() else { return };
        let (Some(held), Some(changes)) = (table.row(row), rows::place(table, row, before)) else { return };
        let (id, name) = (table.id, format!("Move {}", table.name_of(held)));
        self.restructure(id, name, changes, None);
    }

    /// Makes an edit of a table's rows. Where it leaves refs out of order that were in order, renumbering them is offered.
    pub(super) fn restructure(&mut self, id: TableId, name: String, changes: Vec<Change>, added: Option<RowId>) {
        let misplaced = |state: &Self| state.workspace.document.table(id).map(numbering::misplaced).unwrap_or_default();
        let before: HashSet<Misplaced> = misplaced(self).into_iter().collect();
        self.edit(name, changes);
        let after = misplaced(self);
        let newly: Vec<&Misplaced> = after.iter().filter(|row| Some(row.row) != added && !before.contains(row)).collect();
        if let Some(first) = newly.first() {
            let section = first.section.filter(|_| newly.iter().all(|row| row.section == first.section));
            self.prompts.renumber_offered = Some(Scope { table: id, section });
        } else if after.is_empty() {
            self.prompts.renumber_offered = None;
        }
    }

    fn renumber_refs(&mut self) {
        let Some((table, at)) = self.here() else { return };
        let offered = self.prompts.renumber_offered.filter(|scope| scope.table == table.id);
        let section = offered.map_or_else(|| section_at(table, at), |scope| scope.section);
        let all = numbering::misplaced(table);
        let own: Vec<Misplaced> = all.iter().filter(|row| section.is_none() || row.section == section).cloned().collect();
        // An approach whose refs are in order leaves the rest of the plan.
        let misplaced = if own.is_empty() && offered.is_none() { all } else { own };
        self.prompts.renumber_offered = None;
        let Some(table) = self.table().filter(|_| !misplaced.is_empty()) else {
            self.prompts.said = "The refs are in order".to_owned();
            return;
        };
        let name = if misplaced.len() == 1 { "Renumber 1 ref".to_owned() } else { format!("Renumber {} refs", misplaced.len()) };
        let changes = rows::renumber(&self.workspace.document, table, &misplaced);
        self.edit(name, changes);
    }
}

/// The approach that the row at a position stands in.
fn section_at(table: &Table, at: usize) -> Option<RowId> {
    table.rows.range(..=at)?.iter().rev().find(|row| row.kind == RowKind::Section).map(|row| row.id)
}
