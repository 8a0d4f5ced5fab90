//! When a command can be done, and why not where it cannot. Does none of them.

use super::{
    Frozen,
    command::{Command, View},
    state::State,
};
use crate::model::{Role, TableKind};

impl State {
    /// Why a command cannot be done now; `None` when it can.
    #[must_use]
    pub fn why_not(&self, command: &Command) -> Option<&'static str> {
        if self.must_wait(command) {
            return Some("Accept or cancel the import first");
        }
        let table = self.table();
        let unless = |can: bool, why: &'static str| (!can).then_some(why);
        let needs_table = unless(table.is_some(), "Open a table first");
        let in_row = self.cursor.is_some_and(|cursor| table.is_some_and(|table| table.id == cursor.table));
        let needs_row = needs_table.or(unless(in_row, "Choose a row first"));
        match command {
            Command::Undo => unless(self.history.next_undo().is_some(), "Nothing was done yet"),
            Command::Redo => unless(self.history.next_redo().is_some(), "Nothing was undone"),
            Command::AddAction | Command::AddLine | Command::AddGroup | Command::AddSection => needs_table,
            Command::DeleteRow | Command::MoveRowUp | Command::MoveRowDown => needs_row,
            Command::RecordPeriod => {
                let keeps = table.is_some_and(|table| table.kind == TableKind::Kpi && table.role_position(Role::Current).is_some());
                unless(keeps, "Only a KPI table with current values keeps periods")
            }
            Command::ToggleCharts => {
                let charted = table.is_some_and(|table| matches!(table.kind, TableKind::Kpi | TableKind::History));
                unless(charted, "Only KPIs and the progress history have charts")
            }
            Command::FreezeTo(None) | Command::HideColumn(None) | Command::FitColumn(None) => {
                let in_column = self.cursor.is_some_and(|cursor| cursor.column.is_some());
                needs_row.or(unless(in_column, "Choose a cell first"))
            }
            Command::Unfreeze => {
                let frozen = table.is_some_and(|table| self.view_of(table).frozen != Frozen::Off);
                needs_table.or(unless(frozen, "No column is frozen"))
            }
            Command::ShowColumns => {
                let any = table.is_some_and(|table| self.view_of(table).hidden_count(table) > 0);
                needs_table.or(unless(any, "No column is hidden"))
            }
            Command::NextNote | Command::PreviousNote => {
                needs_table.or(unless(table.is_some_and(|table| self.noted(table).next().is_some()), "No cell of this table has a note"))
            }
            Command::ReviewImport => unless(!self.document.tables.is_empty(), "Nothing is open"),
            Command::Show(View::Table(id)) => unless(self.document.table(*id).is_some(), "This table is gone"),
            Command::FreezeTo(Some(_)) | Command::HideColumn(Some(_)) | Command::FitColumn(Some(_)) => needs_table,
            _ => None,
        }
    }
}
