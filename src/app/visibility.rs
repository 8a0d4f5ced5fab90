//! The filter, the closed headings and the sorting of the table in view.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    TableView,
    arrangement::{Arrangement, Filter, FilterFacts, OutOfSight, SightOf, heading_of, out_of_sight},
    returned,
    sort::sorted,
    state::State,
};
use crate::{
    edit::Change,
    model::{ColumnId, RowId, RowKind, Table, TableId},
    store::RowMarks,
};

impl State {
    pub(super) fn toggle_filter_bar(&mut self) {
        let Some(id) = self.table_id() else { return };
        self.view.filter_bar = !self.view.filter_bar;
        self.view.wants_filter = self.view.filter_bar;
        self.keep_arrangement(id, true);
    }

    pub(super) fn set_filter(&mut self, filter: Filter) {
        // Words are typed a letter at a time; they are kept when the document is left.
        let typed = self.arrangement().is_some_and(|held| held.filter.text != filter.text);
        self.arrange(!typed, |arrangement| arrangement.filter = filter);
    }

    pub(super) fn clear_filter(&mut self) {
        self.arrange(true, |arrangement| arrangement.filter = Filter::default());
    }

    /// Closes a heading over its rows, or opens it again.
    pub(super) fn fold(&mut self, row: RowId) {
        self.arrange(true, |Arrangement { closed, .. }| {
            if !closed.remove(&row) {
                closed.insert(row);
            }
        });
    }

    /// The same for the heading above the cursor.
    pub(super) fn fold_here(&mut self) {
        let Some(table) = self.table() else { return };
        let id = table.id;
        let at = self.view.cursor.filter(|cursor| cursor.table == id).and_then(|cursor| table.position(cursor.row));
        match at.and_then(|at| heading_of(table, at)) {
            Some(row) => self.fold(row),
            None => self.keep_arrangement(id, true),
        }
    }

    pub(super) fn fold_all(&mut self) {
        let Some(table) = self.table() else { return };
        let heads = |row: &&crate::model::Row| matches!(row.kind, RowKind::Section | RowKind::Group);
        let all = table.rows.iter().filter(heads).map(|row| row.id).collect();
        self.arrange(true, |arrangement| arrangement.closed = all);
    }

    pub(super) fn unfold_all(&mut self) {
        self.arrange(true, |arrangement| arrangement.closed.clear());
    }

    /// Changes how the table in view is arranged, and remembers it, on the disk where `now` says so.
    fn arrange(&mut self, now: bool, change: impl FnOnce(&mut Arrangement)) {
        let Some(id) = self.table_id() else { return };
        change(self.view.arrangements.entry(id).or_default());
        self.keep_arrangement(id, now);
    }

    /// Remembers how a table is arranged, on the disk where `now` says so.
    fn keep_arrangement(&mut self, id: TableId, now: bool) {
        let (Some(table), Some(arrangement)) = (self.workspace.document.table(id), self.view.arrangements.get(&id)) else { return };
        let closed = arrangement.closed_names(table);
        let view = TableView { filter: arrangement.filter.clone(), closed, ..self.view_of(table).clone() };
        let (document, name) = (self.workspace.document.name().to_owned(), table.name.clone());
        self.remembered.views.set(&document, &name, view);
        if now {
            self.keep_views();
        }
    }

    /// Arranges the tables of the document as they were left.
    pub(super) fn recall_arrangements(&mut self) {
        let recalled = self.workspace.document.tables.iter().map(|table| {
            let view = self.view_of(table);
            (table.id, Arrangement::recalled(table, &view.filter, &view.closed))
        });
        let arrangements: HashMap<_, _> = recalled.filter(|(_, arrangement)| *arrangement != Arrangement::default()).collect();
        self.view.filter_bar |= arrangements.values().any(|arrangement| !arrangement.filter.is_open());
        self.view.arrangements = arrangements;
    }

    pub(super) fn sort(&mut self, column: ColumnId, descending: bool) {
        let Some(table) = self.table() else { return };
        let Some(at) = table.column_position(column) else { return };
        let name = format!("Sort by {}", table.heading(at));
        match sorted(table, column, descending) {
            Some(rows) => self.edit(name, vec![Change::OrderRows { table: table.id, rows }]),
            None => self.prompts.said = format!("The rows are in the order of {} already", table.heading(at)),
        }
    }

    /// How the table in view is arranged.
    #[must_use]
    pub fn arrangement(&self) -> Option<&Arrangement> {
        self.view.arrangements.get(&self.table_id()?)
    }

    /// What of the table in view is out of sight.
    #[must_use]
    pub fn out_of_sight(&self) -> &Arc<OutOfSight> {
        &self.view.sight.out
    }

    /// Whether the row at a position of the table in view can be seen, or brought into view by scrolling.
    pub(super) fn is_in_sight(&self, row: usize) -> bool {
        !self.view.sight.out.rows.get(row).copied().unwrap_or(false)
    }

    /// The changes that are not about a row out of sight: what cannot be seen is not written over.
    pub(super) fn in_sight(&self, table: &Table, changes: Vec<Change>) -> Vec<Change> {
        let hidden = &self.view.sight.out.rows;
        let is_hidden = |row: RowId| table.position(row).and_then(|at| hidden.get(at).copied()).unwrap_or(false);
        if hidden.is_empty() {
            changes
        } else {
            changes.into_iter().filter(|change| change.row().is_none_or(|(_, row)| !is_hidden(row))).collect()
        }
    }

    /// What the rows held in the last return, where one is known.
    fn returned(&self) -> Option<&RowMarks> {
        self.remembered.returned.of(self.workspace.document.name())
    }

    /// Works out anew what is out of sight, where the document, the figures, the last return or the arrangement are others.
    pub(super) fn look(&mut self) {
        let Some(id) = self.table_id() else { return };
        let usual = Arrangement::default();
        let arrangement = self.view.arrangements.get(&id).unwrap_or(&usual);
        // Most tables are shown whole, and then nothing is asked of their rows with each edit.
        if !self.view.filter_bar && *arrangement == usual {
            if self.view.sight.of.take().is_some() {
                self.view.sight.out = Arc::default();
            }
            return;
        }
        let same = self.view.sight.of.as_ref().is_some_and(|of| {
            (of.table, of.revision) == (id, self.workspace.revision)
                && of.returned.as_ref().map(Arc::as_ptr) == self.returned().map(Arc::as_ptr)
                && Arc::ptr_eq(&of.insight, &self.workspace.insight)
                && of.arrangement == *arrangement
        });
        let Some(table) = self.workspace.document.table(id).filter(|_| !same) else { return };
        let filter = &arrangement.filter;
        let late = self.workspace.insight.overdue.iter().filter(|late| filter.overdue && late.place.table == Some(id));
        let overdue: HashSet<RowId> = late.filter_map(|late| late.place.row).collect();
        let changed = match (filter.changed, self.returned()) {
            (false, _) => HashSet::new(),
            (true, Some(marks)) => returned::changed(table, marks),
            (true, None) => self.workspace.history.rows_changed(id),
        };
        self.view.sight.out = Arc::new(out_of_sight(table, arrangement, FilterFacts { overdue: &overdue, changed: &changed }));
        self.view.sight.of = Some(SightOf {
            table: id,
            revision: self.workspace.revision,
            returned: self.returned().cloned(),
            insight: Arc::clone(&self.workspace.insight),
            arrangement: arrangement.clone(),
        });
    }

    /// Brings a row into sight that a filter or a closed heading keeps out of it, as the way to it leads there.
    pub(super) fn bring_into_sight(&mut self, id: TableId, row: RowId) {
        let Some(arrangement) = self.view.arrangements.get_mut(&id) else { return };
        let Some(table) = self.workspace.document.table(id) else { return };
        let Some(at) = table.position(row) else { return };
        let section = table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Section);
        let group = table.rows[section.unwrap_or(0)..=at].iter().rposition(|row| row.kind == RowKind::Group);
        let heads = [section, group.map(|group| section.unwrap_or(0) + group)];
        heads.into_iter().flatten().filter(|&head| head != at).for_each(|head| {
            arrangement.closed.remove(&table.rows[head].id);
        });
        self.look();
        if self.view.sight.out.rows.get(at).copied().unwrap_or(false)
            && let Some(arrangement) = self.view.arrangements.get_mut(&id)
        {
            arrangement.filter = Filter::default();
            self.prompts.said = "The filter was taken away to show this row".to_owned();
        }
    }
}
