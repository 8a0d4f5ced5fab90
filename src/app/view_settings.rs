//! Doing what the commands of the View menu say: themes, sizes, and how a table is looked at. Changes no document.

use super::{
    command::Cursor,
    state::{Prompts, Remembered, ViewState, Workspace},
};
use crate::{
    model::{ColumnId, Table},
    store::{ColumnKey, Frozen, Renderer, Settings, TableView, Zoom},
};

/// Changes a setting, and remembers it.
pub(super) fn set(prompts: &mut Prompts, remembered: &mut Remembered, change: impl FnOnce(&mut Settings)) {
    if !remembered.set(change) {
        prompts.say("The choice could not be kept for next time");
    }
}

pub(super) fn draw_with(prompts: &mut Prompts, remembered: &mut Remembered, renderer: Option<Renderer>) {
    prompts.say("From the next start on, the window is drawn that way");
    set(prompts, remembered, |settings| settings.renderer = renderer);
}

/// Shows the cursor's column again if it was put away, as when a note leads there.
pub(super) fn unhide_cursor(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    let Some(column) = view.cursor_column(&workspace.document) else { return };
    look_at_table(workspace, view, prompts, remembered, |table, view| {
        let column = table.columns.iter().find(|known| known.id == column);
        view.hidden.retain(|key| column.is_none_or(|column| !key.is(column)));
    });
}

pub(super) fn zoom(prompts: &mut Prompts, remembered: &mut Remembered, zoom: Zoom) {
    prompts.said = format!("Zoom {} %", zoom.percent());
    set(prompts, remembered, |settings| settings.zoom = zoom);
}

pub(super) fn freeze(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    column: Option<ColumnId>,
) {
    let Some(column) = column.or(view.cursor_column(&workspace.document)) else { return };
    look_at_table(workspace, view, prompts, remembered, |table, view| {
        let column = table.columns.iter().find(|known| known.id == column);
        view.frozen = column.map_or(Frozen::Usual, |column| Frozen::To(ColumnKey::of(column)));
    });
}

pub(super) fn unfreeze(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    look_at_table(workspace, view, prompts, remembered, |_, view| view.frozen = Frozen::Off);
}

pub(super) fn show_columns(workspace: &Workspace, view: &ViewState, prompts: &mut Prompts, remembered: &mut Remembered) {
    look_at_table(workspace, view, prompts, remembered, |_, view| view.hidden.clear());
}

/// Puts a column away; the cursor moves on to one that is in sight.
pub(super) fn hide(
    workspace: &Workspace,
    view: &mut ViewState,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    column: Option<ColumnId>,
) {
    let Some((id, table)) = column.or(view.cursor_column(&workspace.document)).zip(view.table(&workspace.document)) else { return };
    let Some(at) = table.column_position(id) else { return };
    let looked_at = remembered.view_of(&workspace.document, table);
    let mut others = (at + 1..table.columns.len()).chain((0..at).rev());
    let Some(next) = others.find(|&other| !looked_at.hides(&table.columns[other])) else {
        prompts.say("The last column in view cannot be hidden");
        return;
    };
    let (next, words) = (table.columns[next].id, format!("Hid the column {}", table.heading(at)));
    look_at_table(workspace, view, prompts, remembered, |table, view| view.hidden.push(ColumnKey::of(&table.columns[at])));
    view.cursor = view.cursor.map(|cursor| if cursor.column == Some(id) { Cursor { column: Some(next), ..cursor } } else { cursor });
    prompts.said = words;
}

/// Changes how the table in view is looked at, and remembers it.
fn look_at_table(
    workspace: &Workspace,
    view: &ViewState,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    change: impl FnOnce(&Table, &mut TableView),
) {
    let Some(table) = view.table(&workspace.document) else { return };
    let before = remembered.view_of(&workspace.document, table);
    let mut after = before.clone();
    change(table, &mut after);
    if after == *before {
        return;
    }
    remembered.views.set(workspace.document.name(), &table.name, after);
    keep_views(prompts, remembered);
}

/// Remembers how tables are looked at for the next run.
pub(super) fn keep_views(prompts: &mut Prompts, remembered: &Remembered) {
    if remembered.views.save(&remembered.folder).is_err() {
        prompts.say("The choice could not be kept for next time");
    }
}
