//! The filter, the closed headings and the sorting of the table in view.

use std::{collections::HashSet, sync::Arc};

use super::{
    arrangement::{Arrangement, Filter, Known, OutOfSight, heading_of, out_of_sight},
    command::Command,
    sort::sorted,
    state::State,
};
use crate::{
    edit::Change,
    insight::Insight,
    model::{ColumnId, RowId, RowKind, Table, TableId},
};

/// What is out of sight, and of what that was worked out.
#[derive(Debug, Default)]
pub(super) struct Sight {
    of: Option<Of>,
    pub out: Arc<OutOfSight>,
}

/// What something out of sight was worked out of.
#[derive(Debug)]
struct Of {
    table: TableId,
    revision: u64,
    returned_at: usize,
    insight: Arc<Insight>,
    arrangement: Arrangement,
}

impl State {
    /// Does what concerns which rows are in sight, and in which order they stand.
    pub(super) fn arrange(&mut self, command: Command) {
        let Some(id) = self.table_id() else { return };
        match command {
            Command::ToggleFilterBar => self.filter_bar = !self.filter_bar,
            Command::SetFilter(filter) => self.arrangements.entry(id).or_default().filter = filter,
            Command::ClearFilter => self.arrangements.entry(id).or_default().filter = Filter::default(),
            Command::Fold(row) => self.fold(id, row),
            Command::FoldHere => {
                let at = self.cursor.filter(|cursor| cursor.table == id).and_then(|cursor| self.table()?.position(cursor.row));
                let row = at.and_then(|at| heading_of(self.table()?, at));
                row.into_iter().for_each(|row| self.fold(id, row));
            }
            Command::FoldAll => {
                let heads = |row: &&crate::model::Row| matches!(row.kind, RowKind::Section | RowKind::Group);
                let all = self.table().map(|table| table.rows.iter().filter(heads).map(|row| row.id).collect()).unwrap_or_default();
                self.arrangements.entry(id).or_default().closed = all;
            }
            Command::UnfoldAll => self.arrangements.entry(id).or_default().closed.clear(),
            Command::Sort(column, descending) => self.sort(column, descending),
            _ => {}
        }
    }

    fn fold(&mut self, table: TableId, row: RowId) {
        let closed = &mut self.arrangements.entry(table).or_default().closed;
        if !closed.remove(&row) {
            closed.insert(row);
        }
    }

    fn sort(&mut self, column: ColumnId, descending: bool) {
        let Some(table) = self.table() else { return };
        let Some(at) = table.column_position(column) else { return };
        let name = format!("Sort by {}", table.heading(at));
        match sorted(table, column, descending) {
            Some(rows) => self.edit(name, vec![Change::OrderRows { table: table.id, rows }]),
            None => self.said = format!("The rows are in the order of {} already", table.heading(at)),
        }
    }

    /// How the table in view is arranged.
    #[must_use]
    pub fn arrangement(&self) -> Option<&Arrangement> {
        self.arrangements.get(&self.table_id()?)
    }

    /// What of the table in view is out of sight.
    #[must_use]
    pub fn out_of_sight(&self) -> &Arc<OutOfSight> {
        &self.sight.out
    }

    /// Whether the row at a position of the table in view can be seen, or brought into view by scrolling.
    pub(super) fn is_in_sight(&self, row: usize) -> bool {
        !self.sight.out.rows.get(row).copied().unwrap_or(false)
    }

    /// The changes that are not about a row out of sight: what cannot be seen is not written over.
    pub(super) fn in_sight(&self, table: &Table, changes: Vec<Change>) -> Vec<Change> {
        let hidden = &self.sight.out.rows;
        let is_hidden = |row: RowId| table.position(row).and_then(|at| hidden.get(at).copied()).unwrap_or(false);
        if hidden.is_empty() {
            changes
        } else {
            changes.into_iter().filter(|change| change.row().is_none_or(|(_, row)| !is_hidden(row))).collect()
        }
    }

    /// Works out anew what is out of sight, where the document, the figures, the last return or the arrangement are others.
    pub(super) fn look(&mut self) {
        let Some(id) = self.table_id() else { return };
        let usual = Arrangement::default();
        let arrangement = self.arrangements.get(&id).unwrap_or(&usual);
        // Most tables are shown whole, and then nothing is asked of their rows with each edit.
        if !self.filter_bar && *arrangement == usual {
            if self.sight.of.take().is_some() {
                self.sight.out = Arc::default();
            }
            return;
        }
        let same = self.sight.of.as_ref().is_some_and(|of| {
            (of.table, of.revision, of.returned_at) == (id, self.revision, self.returned_at)
                && Arc::ptr_eq(&of.insight, &self.insight)
                && of.arrangement == *arrangement
        });
        let Some(table) = self.document.table(id).filter(|_| !same) else { return };
        let filter = &arrangement.filter;
        let late = self.insight.overdue.iter().filter(|late| filter.overdue && late.place.table == Some(id));
        let overdue: HashSet<RowId> = late.filter_map(|late| late.place.row).collect();
        let changed = if filter.changed { self.history.rows_changed_since(id, self.returned_at) } else { HashSet::new() };
        self.sight.out = Arc::new(out_of_sight(table, arrangement, Known { overdue: &overdue, changed: &changed }));
        self.sight.of = Some(Of {
            table: id,
            revision: self.revision,
            returned_at: self.returned_at,
            insight: Arc::clone(&self.insight),
            arrangement: arrangement.clone(),
        });
    }

    /// Brings a row into sight that a filter or a closed heading keeps out of it, as the way to it leads there.
    pub(super) fn bring_into_sight(&mut self, id: TableId, row: RowId) {
        let Some(arrangement) = self.arrangements.get_mut(&id) else { return };
        let Some(table) = self.document.table(id) else { return };
        let Some(at) = table.position(row) else { return };
        let section = table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Section);
        let group = table.rows[section.unwrap_or(0)..=at].iter().rposition(|row| row.kind == RowKind::Group);
        let heads = [section, group.map(|group| section.unwrap_or(0) + group)];
        heads.into_iter().flatten().filter(|&head| head != at).for_each(|head| {
            arrangement.closed.remove(&table.rows[head].id);
        });
        self.look();
        if self.sight.out.rows.get(at).copied().unwrap_or(false)
            && let Some(arrangement) = self.arrangements.get_mut(&id)
        {
            arrangement.filter = Filter::default();
            self.said = "The filter was taken away to show this row".to_owned();
        }
    }
}
