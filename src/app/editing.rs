//! Making edits, taking them back, and where they are made. Knows no command.

use super::{
    command::View,
    rows,
    state::{State, Workspace},
};
use crate::{
    edit::Change,
    model::{Role, Table},
};

impl State {
    /// Makes an edit, as one step.
    pub(super) fn edit(&mut self, name: String, changes: Vec<Change>) {
        if self.tasks.opening {
            // The document that is on its way takes this one's place, and the edit would go with it.
            self.prompts.said = "Another document is being opened; wait for it, or cancel it, to edit this one".to_owned();
            return;
        }
        self.prompts.said.clone_from(&name);
        self.workspace.make(name, changes);
    }

    /// Takes a step back or makes one again, and lets go of what is gone with it.
    pub(super) fn turn(&mut self, what: &str, turn: impl FnOnce(&mut Workspace) -> Option<String>) {
        self.prompts.said = match turn(&mut self.workspace) {
            Some(name) => format!("{what}: {}", lower_first(&name)),
            None => format!("Nothing to be {}", what.to_lowercase()),
        };
        self.prompts.renumber_offered = None;
        self.workspace.keep_notes();
        self.keep_cursor();
        if let View::Table(id) = self.view.shown
            && self.workspace.document.table(id).is_none()
        {
            self.view.shown = self.workspace.document.tables.first().map_or(View::Summary, |table| View::Table(table.id));
        }
    }

    /// Lets the cursor go when its table, row or column is gone.
    pub(super) fn keep_cursor(&mut self) {
        self.view.cursor = self.view.cursor.filter(|cursor| {
            let table = self.workspace.document.table(cursor.table);
            table.is_some_and(|table| {
                table.row(cursor.row).is_some() && cursor.column.is_none_or(|column| table.column_position(column).is_some())
            })
        });
    }

    /// The table in view and the cursor's row in it; its last row when there is no cursor.
    pub(super) fn here(&self) -> Option<(&Table, usize)> {
        let table = self.table()?;
        let at = self.view.cursor.filter(|cursor| cursor.table == table.id).and_then(|cursor| table.position(cursor.row));
        Some((table, at.unwrap_or(table.rows.len().saturating_sub(1))))
    }

    /// The row of the table in view that the cursor is in.
    pub(super) fn cursor_row(&self) -> Option<(&Table, usize)> {
        let (cursor, table) = (self.view.cursor?, self.table()?);
        Some((table, table.position(cursor.row).filter(|_| cursor.table == table.id)?))
    }

    pub(super) fn record_period(&mut self) {
        let Some((table, _)) = self.here() else { return };
        let heading = table.role_position(Role::Current).map(|at| &*table.columns[at].heading);
        let bracketed =
            heading.and_then(|heading| heading.split_once('(')).map(|(_, rest)| rest.trim_end_matches(')').replace(" Figures", ""));
        let today = jiff::Zoned::now().date();
        let heading = bracketed.unwrap_or_else(|| today.strftime("%b %Y").to_string());
        match rows::record_period(table, &heading) {
            Some(changes) => self.edit(format!("Record {heading}"), changes),
            None => self.prompts.said = "Only a KPI table keeps periods".to_owned(),
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
