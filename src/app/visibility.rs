//! The filter, the closed headings and the sorting of the table in view.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    arrangement::{Arrangement, FilterFacts, SightOf, heading_of, out_of_sight},
    command::Cursor,
    editing::edit,
    last_return::changed as changed_since,
    sort::sorted,
    state::{Prompts, Remembered, ViewState, Workspace},
    view_settings::keep_views,
};
use crate::{
    edit::Change,
    model::{ColumnId, RowId, RowKind, TableId},
    store::{Filter, TableView},
};

pub(super) fn toggle_filter_bar(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    let Some(id) = view.table_id(&workspace.document) else { return };
    view.filter_bar = !view.filter_bar;
    view.wants_filter = view.filter_bar;
    keep_arrangement(workspace, view, prompts, remembered, id, true);
}

pub(super) fn set_filter(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered, filter: Filter) {
    // Words are typed a letter at a time; they are kept when the document is left.
    let typed = view.arrangement(&workspace.document).is_some_and(|held| held.filter.text != filter.text);
    arrange(workspace, view, prompts, remembered, !typed, |arrangement| arrangement.filter = filter);
}

pub(super) fn clear_filter(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    arrange(workspace, view, prompts, remembered, true, |arrangement| arrangement.filter = Filter::default());
}

/// Closes a heading over its rows, or opens it again.
pub(super) fn fold(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered, row: RowId) {
    arrange(workspace, view, prompts, remembered, true, |Arrangement { closed, .. }| {
        if !closed.remove(&row) {
            closed.insert(row);
        }
    });
}

/// The same for the heading above the cursor.
pub(super) fn fold_here(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    let Some(table) = view.table(&workspace.document) else { return };
    let id = table.id;
    let at = view.cursor.filter(|cursor| cursor.table == id).and_then(|cursor| table.position(cursor.row));
    match at.and_then(|at| heading_of(table, at)) {
        Some(row) => fold(workspace, view, prompts, remembered, row),
        None => keep_arrangement(workspace, view, prompts, remembered, id, true),
    }
}

pub(super) fn fold_all(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    let Some(table) = view.table(&workspace.document) else { return };
    let heads = |row: &&crate::model::Row| matches!(row.kind, RowKind::Section | RowKind::Group);
    let all = table.rows.iter().filter(heads).map(|row| row.id).collect();
    arrange(workspace, view, prompts, remembered, true, |arrangement| arrangement.closed = all);
}

pub(super) fn unfold_all(workspace: &Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    arrange(workspace, view, prompts, remembered, true, |arrangement| arrangement.closed.clear());
}

/// Changes how the table in view is arranged, and remembers it, on the disk where `now` says so.
fn arrange(
    workspace: &Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    now: bool,
    change: impl FnOnce(&mut Arrangement),
) {
    let Some(id) = view.table_id(&workspace.document) else { return };
    change(view.arrangements.entry(id).or_default());
    keep_arrangement(workspace, view, prompts, remembered, id, now);
}

/// Remembers how a table is arranged, on the disk where `now` says so.
fn keep_arrangement(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, remembered: &mut Remembered, id: TableId, now: bool) {
    let (Some(table), Some(arrangement)) = (workspace.document.table(id), view.arrangements.get(&id)) else { return };
    let closed = arrangement.closed_names(table);
    let filter = arrangement.filter.clone();
    let looked_at = TableView { filter, closed, ..remembered.view_of(&workspace.document, table).clone() };
    remembered.views.set(workspace.document.name(), &table.name, looked_at);
    if now {
        keep_views(prompts, remembered);
    }
}

/// Arranges the tables of the document as they were left.
pub(super) fn recall_arrangements(workspace: &Workspace, view: &mut ViewState, remembered: &Remembered) {
    let recalled = workspace.document.tables.iter().map(|table| {
        let looked_at = remembered.view_of(&workspace.document, table);
        (table.id, Arrangement::recalled(table, &looked_at.filter, &looked_at.closed))
    });
    let arrangements: HashMap<_, _> = recalled.filter(|(_, arrangement)| *arrangement != Arrangement::default()).collect();
    view.filter_bar |= arrangements.values().any(|arrangement| !arrangement.filter.is_open());
    view.arrangements = arrangements;
}

pub(super) fn sort(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts, column: ColumnId, descending: bool) {
    let Some(table) = view.table(&workspace.document) else { return };
    let Some(at) = table.column_position(column) else { return };
    let name = format!("Sort by {}", table.heading(at));
    match sorted(table, column, descending) {
        Some(rows) => edit(workspace, prompts, name, vec![Change::OrderRows { table: table.id, rows }]),
        None => prompts.said = format!("The rows are in the order of {} already", table.heading(at)),
    }
}

/// Works out anew what is out of sight, where the document, the figures, the last return or the arrangement are others.
pub(super) fn look(workspace: &Workspace, view: &mut ViewState, remembered: &Remembered) {
    let Some(id) = view.table_id(&workspace.document) else { return };
    let (usual, returned) = (Arrangement::default(), remembered.returned_of(&workspace.document));
    let arrangement = view.arrangements.get(&id).unwrap_or(&usual);
    // Most tables are shown whole, and then nothing is asked of their rows with each edit.
    if !view.filter_bar && *arrangement == usual {
        if view.sight.of.take().is_some() {
            view.sight.out = Arc::default();
        }
        return;
    }
    let same = view.sight.of.as_ref().is_some_and(|of| {
        (of.table, of.revision) == (id, workspace.revision)
            && of.returned.as_ref().map(Arc::as_ptr) == returned.map(Arc::as_ptr)
            && Arc::ptr_eq(&of.insight, &workspace.insight)
            && of.arrangement == *arrangement
    });
    let Some(table) = workspace.document.table(id).filter(|_| !same) else { return };
    let filter = &arrangement.filter;
    let late = workspace.insight.overdue.iter().filter(|late| filter.overdue && late.place.table == Some(id));
    let overdue: HashSet<RowId> = late.filter_map(|late| late.place.row).collect();
    let changed = match (filter.changed, returned) {
        (false, _) => HashSet::new(),
        (true, Some(marks)) => changed_since(table, marks),
        (true, None) => workspace.history.rows_changed(id),
    };
    view.sight.out = Arc::new(out_of_sight(table, arrangement, FilterFacts { overdue: &overdue, changed: &changed }));
    view.sight.of = Some(SightOf {
        table: id,
        revision: workspace.revision,
        returned: returned.cloned(),
        insight: Arc::clone(&workspace.insight),
        arrangement: arrangement.clone(),
    });
}

/// Brings a row into sight that a filter or a closed heading keeps out of it, as the way to it leads there.
pub(super) fn bring_into_sight(
    workspace: &Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    remembered: &Remembered,
    cursor: Cursor,
) {
    let id = cursor.table;
    let Some(arrangement) = view.arrangements.get_mut(&id) else { return };
    let Some(table) = workspace.document.table(id) else { return };
    let Some(at) = table.position(cursor.row) else { return };
    let section = table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Section);
    let group = table.rows[section.unwrap_or(0)..=at].iter().rposition(|row| row.kind == RowKind::Group);
    let heads = [section, group.map(|group| section.unwrap_or(0) + group)];
    heads.into_iter().flatten().filter(|&head| head != at).for_each(|head| {
        arrangement.closed.remove(&table.rows[head].id);
    });
    look(workspace, view, remembered);
    if view.sight.out.rows.get(at).copied().unwrap_or(false)
        && let Some(arrangement) = view.arrangements.get_mut(&id)
    {
        arrangement.filter = Filter::default();
        prompts.say("The filter was taken away to show this row");
    }
}
