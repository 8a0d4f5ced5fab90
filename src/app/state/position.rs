//! Where the view stands in a document: the table, the cursor's place in it, what is selected and in sight. Changes no document.

use super::{View, ViewState};
use crate::{
    app::{
        arrangement::Arrangement,
        range::{Area, Selection},
    },
    edit::Change,
    model::{ColumnId, Document, RowId, Table, TableId, TableKind},
};

impl ViewState {
    /// The table in view.
    pub(in crate::app) fn table<'document>(&self, document: &'document Document) -> Option<&'document Table> {
        match self.shown {
            View::Summary => None,
            View::Table(id) => document.table(id),
        }
    }

    /// The table in view, by id.
    pub(in crate::app) fn table_id(&self, document: &Document) -> Option<TableId> {
        self.table(document).map(|table| table.id)
    }

    /// What stands after or before what is in view: the summary, then the tables kind by kind.
    pub(in crate::app) fn beside(&self, document: &Document, back: bool) -> View {
        let tables = TableKind::ALL.into_iter().flat_map(|kind| document.of_kind(kind)).map(|table| View::Table(table.id));
        let all: Vec<View> = [View::Summary].into_iter().chain(tables).collect();
        let here = all.iter().position(|view| *view == self.shown).unwrap_or(0);
        all[(here + if back { all.len() - 1 } else { 1 }) % all.len()]
    }

    /// The table in view and the cursor's row in it; its last row when there is no cursor.
    pub(in crate::app) fn here<'document>(&self, document: &'document Document) -> Option<(&'document Table, usize)> {
        let table = self.table(document)?;
        let at = self.cursor.filter(|cursor| cursor.table == table.id).and_then(|cursor| table.position(cursor.row));
        Some((table, at.unwrap_or(table.rows.len().saturating_sub(1))))
    }

    /// The row of the table in view that the cursor is in.
    pub(in crate::app) fn cursor_row<'document>(&self, document: &'document Document) -> Option<(&'document Table, usize)> {
        let (cursor, table) = (self.cursor?, self.table(document)?);
        Some((table, table.position(cursor.row).filter(|_| cursor.table == table.id)?))
    }

    /// The cursor's column in the table in view.
    pub(in crate::app) fn cursor_column(&self, document: &Document) -> Option<ColumnId> {
        self.cursor.filter(|cursor| Some(cursor.table) == self.table_id(document)).and_then(|cursor| cursor.column)
    }

    /// The positions of the cursor's row and column in the table in view.
    pub(in crate::app) fn cursor_place(&self, document: &Document) -> Option<(usize, Option<usize>)> {
        let (table, row) = self.cursor_row(document)?;
        Some((row, self.cursor?.column.and_then(|id| table.column_position(id))))
    }

    /// Lets the cursor go when its table, row or column is gone, and shows another table where the one in view is.
    pub(in crate::app) fn stay_within(&mut self, document: &Document) {
        self.cursor = self.cursor.filter(|cursor| {
            document.table(cursor.table).is_some_and(|table| {
                table.row(cursor.row).is_some() && cursor.column.is_none_or(|column| table.column_position(column).is_some())
            })
        });
        if let View::Table(id) = self.shown
            && document.table(id).is_none()
        {
            self.shown = document.tables.first().map_or(View::Summary, |table| View::Table(table.id));
        }
    }

    /// What is selected of the table in view, as long as the cursor is in it.
    pub(in crate::app) fn selected(&self, document: &Document) -> Option<Selection> {
        let (table, selection) = (self.table(document)?, self.selection?);
        let (row, column) = self.cursor_place(document)?;
        let area = selection.area(table).filter(|area| area.rows.contains(&row))?;
        column.is_none_or(|column| area.columns.contains(&column)).then_some(selection)
    }

    /// The selected cells; the cursor's cell where no more is selected.
    pub(in crate::app) fn area<'document>(&self, document: &'document Document) -> Option<(&'document Table, Area)> {
        let table = self.table(document)?;
        if let Some(area) = self.selected(document).and_then(|selection| selection.area(table)) {
            return Some((table, area));
        }
        let (row, column) = self.cursor_place(document)?;
        Some((table, Area::of_cell(table, row, column?)))
    }

    /// How the table in view is arranged.
    pub(in crate::app) fn arrangement(&self, document: &Document) -> Option<&Arrangement> {
        self.arrangements.get(&self.table_id(document)?)
    }

    /// Whether the row at a position of the table in view can be seen, or brought into view by scrolling.
    pub(in crate::app) fn is_in_sight(&self, row: usize) -> bool {
        !self.sight.out.rows.get(row).copied().unwrap_or(false)
    }

    /// The changes that are not about a row out of sight: what cannot be seen is not written over.
    pub(in crate::app) fn in_sight(&self, table: &Table, changes: Vec<Change>) -> Vec<Change> {
        let hidden = &self.sight.out.rows;
        let is_hidden = |row: RowId| table.position(row).and_then(|at| hidden.get(at).copied()).unwrap_or(false);
        if hidden.is_empty() {
            changes
        } else {
            changes.into_iter().filter(|change| change.row().is_none_or(|(_, row)| !is_hidden(row))).collect()
        }
    }

    /// Counts what is selected.
    pub(in crate::app) fn tally_selection(&mut self, document: &Document, revision: u64) {
        let selected = self.selected(document).zip(self.table(document));
        self.tally.update(revision, selected);
    }

    /// Looks through the table in view again where it, or what is looked for, has changed.
    pub(in crate::app) fn look_again(&mut self, document: &Document, revision: u64) {
        let table = self.table(document);
        if let Some(finding) = &mut self.finding {
            finding.look_through(table, revision);
        }
    }

    /// The found place that the cursor is in, and how many there are.
    pub(in crate::app) fn found_here(&self, document: &Document) -> Option<(usize, usize)> {
        let found = &self.finding.as_ref()?.found;
        let (row, column) = self.cursor_place(document)?;
        let at = match column {
            Some(column) => found.binary_search(&(row, column)).ok(),
            None => found.iter().position(|place| place.0 == row),
        };
        Some((at?, found.len()))
    }
}
