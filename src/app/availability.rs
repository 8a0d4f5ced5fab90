//! When a command can be done, and why not where it cannot: whether what it needs is there. Does none of them.

use super::{
    closing::{has_periods, keeps_periods},
    command::{Command, Need, View, ViewCommand},
    review::must_wait,
    state::State,
    update::comment_at,
};
use crate::{
    model::{Role, RowKind, Table, TableKind},
    store::{Filter, Frozen},
};

impl State {
    /// Why a command cannot be done now; `None` when it can. Needs all, as what commands need may stand in any part.
    #[must_use]
    pub fn why_not(&self, command: &Command) -> Option<&'static str> {
        if must_wait(&self.review, command) {
            return Some("Accept or cancel the import first");
        }
        command.about().needs.iter().find(|need| !self.has(**need, command)).map(|need| need.why_not())
    }

    /// Whether something is there that a command needs.
    fn has(&self, need: Need, command: &Command) -> bool {
        let (table, document) = (self.table(), &self.workspace.document);
        let is = |holds: &dyn Fn(&Table) -> bool| table.is_some_and(holds);
        let has = |role: Role| is(&|table| table.role_position(role).is_some());
        match need {
            Need::Done => self.workspace.history.next_undo().is_some(),
            Need::Undone => self.workspace.history.next_redo().is_some(),
            Need::AnyTable => !document.tables.is_empty(),
            Need::Plan => !self.workspace.insight.plans.is_empty(),
            Need::ItsTable => match command {
                Command::View(ViewCommand::Show(View::Table(id))) => document.table(*id).is_some(),
                _ => true,
            },
            Need::Table => table.is_some(),
            Need::Row => is(&|table| self.view.cursor.is_some_and(|cursor| table.id == cursor.table)),
            Need::Kpi => self
                .view
                .cursor_row(document)
                .is_some_and(|(table, at)| table.kind == TableKind::Kpi && table.rows[at].kind == RowKind::Entry),
            Need::Action => self.view.cursor_row(document).is_some_and(|(table, at)| table.entry_of(at).is_some()),
            Need::Comment => self.view.cursor_row(document).is_some_and(|(table, at)| comment_at(table, at).is_some()),
            Need::Column => self.view.cursor.is_some_and(|cursor| cursor.column.is_some()),
            Need::CellOrWords => self.area().is_some() || self.view.cursor_row(document).is_some(),
            Need::Cells => self.area().is_some(),
            Need::Refs => has(Role::Ref),
            Need::Statuses => has(Role::Status),
            Need::Leads => has(Role::Lead),
            Need::Periods => is(&|table| keeps_periods(table, &self.workspace.insight)),
            Need::Charts => is(&|table| matches!(table.kind, TableKind::Kpi | TableKind::History)),
            Need::Filter => self.arrangement().is_some_and(|arrangement| arrangement.filter != Filter::default()),
            Need::FrozenColumn => is(&|table| self.view_of(table).frozen != Frozen::Off),
            Need::HiddenColumn => is(&|table| self.view_of(table).hidden_count(table) > 0),
            Need::Note => is(&|table| self.workspace.noted(table).next().is_some()),
            Need::Query => self.view.finding.is_some(),
            Need::Summary => is(&|table| self.workspace.insight().plan(table.id).is_some_and(|plan| !plan.stated.is_empty())),
            Need::Receipt => !self.prompts.receipts.is_empty(),
            Need::Reporting => has_periods(document),
            Need::Frozen => !document.frozen.is_empty(),
        }
    }
}
