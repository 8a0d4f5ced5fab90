//! Doing what the commands of the find bar say: going from one found cell to the next, and replacing.

use super::{
    command::{Cursor, FindCommand},
    find::Finding,
    range::cursor_at,
    state::State,
};
use crate::model::RowKind;

impl State {
    /// Looks through the table in view again where it, or what is looked for, has changed.
    pub(super) fn look_again(&mut self) {
        let Some(mut finding) = self.view.finding.take() else { return };
        if let Some(table) = self.table() {
            let of = (self.workspace.revision, table.id, finding.query.clone());
            if finding.of.as_ref() != Some(&of) {
                finding.found = finding.query.places(table);
                finding.of = Some(of);
            }
        } else {
            (finding.found, finding.of) = (Vec::new(), None);
        }
        self.view.finding = Some(finding);
    }

    /// The found place that the cursor is in, and how many there are.
    #[must_use]
    pub fn found_here(&self) -> Option<(usize, usize)> {
        let found = &self.view.finding.as_ref()?.found;
        let (row, column) = self.place_of_cursor()?;
        let at = match column {
            Some(column) => found.binary_search(&(row, column)).ok(),
            None => found.iter().position(|place| place.0 == row),
        };
        Some((at?, found.len()))
    }

    /// Does what a command of the find bar says.
    pub(super) fn run_find(&mut self, command: FindCommand) {
        match command {
            FindCommand::Open | FindCommand::OpenReplace => {
                let finding = self.view.finding.get_or_insert_with(Finding::default);
                finding.replacing = command == FindCommand::OpenReplace;
                finding.asked += 1;
            }
            FindCommand::For(query) => {
                self.view.finding.get_or_insert_with(Finding::default).query = query;
                self.look_again();
                if self.found_here().is_none() {
                    self.seek(false);
                }
            }
            FindCommand::Next if self.view.finding.is_none() => self.run_find(FindCommand::Open),
            FindCommand::Next => self.seek(false),
            FindCommand::Previous => self.seek(true),
            FindCommand::ReplaceOne(with) => self.replace_one(&with),
            FindCommand::ReplaceAll(with) => self.replace_all(&with),
            FindCommand::Close => self.view.finding = None,
        }
    }

    /// Moves the cursor to the next or the previous found cell, around the end.
    fn seek(&mut self, back: bool) {
        self.look_again();
        let Some((table, finding)) = self.table().zip(self.view.finding.as_ref()) else { return };
        let found = &finding.found;
        let here = self.place_of_cursor().map(|(row, column)| (row, column.unwrap_or(0)));
        let next = match (here, back) {
            (Some(here), false) => found.iter().find(|&&place| place > here).or(found.first()),
            (Some(here), true) => found.iter().rev().find(|&&place| place < here).or(found.last()),
            (None, false) => found.first(),
            (None, true) => found.last(),
        };
        let Some(&(row, column)) = next else {
            let words = &finding.query.text;
            self.prompts.said =
                if words.is_empty() { "Type what to look for".to_owned() } else { format!("“{words}” is nowhere in this table") };
            return;
        };
        let cursor = match table.rows[row].kind {
            RowKind::Section => Cursor { column: None, ..cursor_at(table, row, 0) },
            RowKind::Group | RowKind::Entry | RowKind::Line | RowKind::Total => cursor_at(table, row, column),
        };
        (self.view.cursor, self.view.selection) = (Some(cursor), None);
        self.prompts.said.clear();
        self.bring_into_sight(cursor.table, cursor.row);
    }

    fn replace_one(&mut self, with: &str) {
        self.look_again();
        if let (Some((at, _)), Some(table), Some(finding)) = (self.found_here(), self.table(), self.view.finding.as_ref()) {
            let change = finding.query.change(table, finding.found[at], with);
            let name = format!("Replace “{}”", finding.query.text);
            if let Some(change) = change {
                self.edit(name, vec![change]);
            }
        }
        self.seek(false);
    }

    fn replace_all(&mut self, with: &str) {
        self.look_again();
        let Some((table, finding)) = self.table().zip(self.view.finding.as_ref()) else { return };
        let query = &finding.query;
        let changes: Vec<_> = finding.found.iter().filter_map(|&place| query.change(table, place, with)).collect();
        let cells = if changes.len() == 1 { "1 cell".to_owned() } else { format!("{} cells", changes.len()) };
        let name = format!("Replace “{}” in {cells}", query.text);
        if changes.is_empty() {
            self.prompts.said = format!("“{}” is nowhere in this table", query.text);
        } else {
            self.edit(name, changes);
        }
    }

    /// The cursor's row and column in the table in view.
    fn place_of_cursor(&self) -> Option<(usize, Option<usize>)> {
        let (table, cursor) = (self.table()?, self.view.cursor?);
        let row = table.position(cursor.row).filter(|_| cursor.table == table.id)?;
        Some((row, cursor.column.and_then(|id| table.column_position(id))))
    }
}
