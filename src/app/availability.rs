//! When a command can be done, and why not where it cannot. Does none of them.

use super::{
    Frozen,
    arrangement::Filter,
    command::{Command, Find, OnCells, View},
    state::State,
    update::comment_at,
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
        let needs_table = unless(table.is_some(), "Open a table first");
        let in_row = self.cursor.is_some_and(|cursor| table.is_some_and(|table| table.id == cursor.table));
        let needs_row = needs_table.or(unless(in_row, "Choose a row first"));
        match command {
            Command::Undo => unless(self.history.next_undo().is_some(), "Nothing was done yet"),
            Command::Redo => unless(self.history.next_redo().is_some(), "Nothing was undone"),
            Command::AddAction | Command::AddLine | Command::AddGroup | Command::AddSection => needs_table,
            Command::DeleteRow | Command::MoveRowUp | Command::MoveRowDown | Command::FoldHere => needs_row,
            Command::DuplicateRow => {
                let action = self.cursor_row().is_some_and(|(table, at)| table.entry_of(at).is_some());
                needs_row.or(unless(action, "Only an action is duplicated"))
            }
            Command::AddUpdate(_) => {
                let comment = self.cursor_row().is_some_and(|(table, at)| comment_at(table, at).is_some());
                needs_row.or(unless(comment, "There is no comment here"))
            }
            Command::RenumberRefs => {
                needs_table.or(unless(table.is_some_and(|table| table.role_position(Role::Ref).is_some()), "There is no column of refs"))
            }
            Command::Cells(command) => self.why_not_on_cells(command),
            Command::Find(Find::Open | Find::OpenReplace) => needs_table,
            Command::Find(Find::Next | Find::Previous) => unless(self.finding.is_some(), "Nothing is looked for yet").or(needs_table),
            Command::ToggleFilterBar | Command::FoldAll | Command::UnfoldAll => needs_table,
            Command::ClearFilter => {
                let filtered = self.arrangement().is_some_and(|arrangement| arrangement.filter != Filter::default());
                needs_table.or(unless(filtered, "Nothing is filtered"))
            }
            Command::AskAsOf => unless(!self.insight.plans.is_empty(), "There is no plan here"),
            Command::RecordPeriod => {
                let keeps = table.is_some_and(|table| table.kind == TableKind::Kpi && table.role_position(Role::Current).is_some());
                unless(keeps, "Only a KPI table with current values keeps periods")
            }
            Command::ToggleCharts => {
                let charted = table.is_some_and(|table| matches!(table.kind, TableKind::Kpi | TableKind::History));
                unless(charted, "Only KPIs and the progress history have charts")
            }
            Command::FreezeTo(None)
            | Command::HideColumn(None)
            | Command::FitColumn(None)
            | Command::MoveColumnLeft
            | Command::MoveColumnRight => {
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

    fn why_not_on_cells(&self, command: &OnCells) -> Option<&'static str> {
        let Some(table) = self.table() else { return Some("Open a table first") };
        let needs = |role: Role, why| unless(table.role_position(role).is_some(), why);
        let needs_cell = unless(self.area().is_some() || self.cursor_row().is_some(), "Choose a cell first");
        match command {
            OnCells::SelectAll => None,
            OnCells::SetStatus(_) => needs_cell.or(needs(Role::Status, "There is no column of statuses")),
            OnCells::SetLead(_) => needs_cell.or(needs(Role::Lead, "There is no column of leads")),
            OnCells::FillDown | OnCells::FillRight | OnCells::Today | OnCells::MoveDates(_) => {
                unless(self.area().is_some(), "Choose a cell first")
            }
            OnCells::Select(_)
            | OnCells::MoveWithin(_)
            | OnCells::SelectRow
            | OnCells::SelectColumn
            | OnCells::Copy
            | OnCells::Cut
            | OnCells::Paste(_)
            | OnCells::Clear
            | OnCells::PutInAll(_)
            | OnCells::FillTo(_) => needs_cell,
        }
    }
}

/// Why not, unless it can.
fn unless(can: bool, why: &'static str) -> Option<&'static str> {
    (!can).then_some(why)
}
