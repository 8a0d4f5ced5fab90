//! The selected row in full: every field, its comment as a log, the KPIs it speaks of, the notes on it, and what was changed.

mod changes;
mod fields;
mod links;
mod rating;
mod updates;

pub(crate) use fields::keep;

use std::{collections::HashMap, sync::Arc};

use eframe::egui::{Frame, Label, Margin, RichText, ScrollArea, Ui};

use crate::{
    app::{
        command::{Command, EditCommand},
        rows::block,
        state::State,
        update::{comment_at, update},
    },
    edit::{Trace, trace},
    insight::{KpiLink, kpi_links, speaking_of},
    model::{ColumnId, Document, Role, Row, RowId, RowKind, Table, TableId, TableKind},
    store::OpenText,
    ui::theme::{self, Theme},
};

/// What is being typed in the pane, and what was found out about the row it shows.
#[derive(Debug, Default)]
pub(crate) struct DetailsPanel {
    /// A field that is typed in: its place, and its text.
    field: Option<((TableId, RowId, ColumnId), String)>,
    /// The updates that are being written, by the comment they go to.
    updates: HashMap<(TableId, RowId), String>,
    /// How often an update had been asked for when the pane was last drawn.
    asked: u64,
    found: Option<Found>,
    /// Whether the keyboard is to go to what was opened again.
    again: bool,
}

impl DetailsPanel {
    /// What is typed and does not stand in the document.
    pub(crate) fn open_texts(&self, document: &Document) -> Vec<OpenText> {
        let field = self.field.as_ref().filter(|((table, row, column), text)| {
            let held = document.table(*table).and_then(|table| table.row(*row)?.cells.get(table.column_position(*column)?));
            held.is_some_and(|cell| *cell.text != **text)
        });
        let field =
            field.map(|((table, row, column), text)| OpenText::Detail { table: *table, row: *row, column: *column, text: text.clone() });
        let updates = self.updates.iter().filter(|(_, text)| !text.trim().is_empty());
        let updates = updates.map(|((table, row), text)| OpenText::Update { table: *table, row: *row, text: text.clone() });
        let mut texts: Vec<OpenText> = field.into_iter().chain(updates).collect();
        // Told in one order, so that the same is seen to be the same.
        texts.sort_by_key(|text| match text {
            OpenText::Update { table, row, .. } => Some((*table, *row)),
            _ => None,
        });
        texts
    }

    /// Opens a field again with what was typed in it.
    pub(crate) fn reopen_field(&mut self, place: (TableId, RowId, ColumnId), text: String) {
        (self.field, self.again) = (Some((place, text)), true);
    }

    /// The same of an update.
    pub(crate) fn reopen_update(&mut self, place: (TableId, RowId), text: String) {
        self.updates.insert(place, text);
        self.again = true;
    }

    /// Ends the writing of updates; the edits that add them to their comments, as when the document is saved meanwhile.
    pub(crate) fn keep_updates(&mut self, document: &Document) -> Vec<Command> {
        let written = std::mem::take(&mut self.updates).into_iter().filter(|(_, words)| !words.trim().is_empty());
        let edit = |((table, row), words): ((TableId, RowId), String)| {
            let table = document.table(table)?;
            let (name, changes) = update(table, comment_at(table, table.position(row)?)?, &words);
            Some(Command::Edit(EditCommand::Make(name, changes)))
        };
        written.filter_map(edit).collect()
    }
}

/// What is worked out once for a row as it stands, and not each frame.
#[derive(Debug)]
struct Found {
    of: (u64, TableId, RowId),
    traces: Vec<Trace>,
    links: Vec<KpiLink>,
}

/// Draws the row the cursor is in; of an action, all its lines.
pub(crate) fn show(panel: &mut DetailsPanel, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let here = state.view.cursor().and_then(|cursor| {
        let table = state.workspace.document().table(cursor.table)?;
        Some((table, table.position(cursor.row)?))
    });
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let Some((table, at)) = here else {
                ui.label(RichText::new("Details").font(theme::semibold(16.0)));
                ui.weak("Select a row to see all of it here.");
                return;
            };
            draw(panel, ui, theme, state, (table, at), commands);
        });
    });
}

fn draw(panel: &mut DetailsPanel, ui: &mut Ui, theme: &Theme, state: &State, (table, at): (&Table, usize), commands: &mut Vec<Command>) {
    let rows = shown_rows(table, at);
    let row = &rows[0];
    ui.add(Label::new(RichText::new(title(table, row)).font(theme::semibold(16.0))).wrap());
    if table.kind == TableKind::Kpi {
        rating::show(ui, theme, state, table, row, commands);
    }
    let comment = comment_at(table, at);
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            heading(ui, &format!("Line {}", number + 1));
        }
        fields::show(panel, ui, theme, table, row, comment, commands);
    }
    hidden(ui, theme, table, row);
    if let Some(place) = comment {
        updates::show(panel, ui, theme, state, table, place, commands);
    }
    let found = found(panel, state, table, rows);
    match table.kind {
        TableKind::Plan | TableKind::Register => links::to_kpis(ui, theme, state, &found.links, commands),
        TableKind::Kpi => links::from_entries(ui, theme, state, &found.links, commands),
        TableKind::History => {}
    }
    let is_here = |id: Option<RowId>| id.is_some_and(|id| rows.iter().any(|row| row.id == id));
    let notes: Vec<_> =
        state.workspace.notes().filter(|note| note.places().any(|place| place.table == Some(table.id) && is_here(place.row))).collect();
    if !notes.is_empty() {
        heading(ui, "Notes on this row");
    }
    for note in notes {
        ui.add(Label::new(&note.message).wrap());
    }
    changes::show(ui, theme, table, row, &found.traces);
}

/// The rows shown for the one at a position: an action's lines are one thing.
fn shown_rows(table: &Table, at: usize) -> &[Arc<Row>] {
    let entry = table.rows[..=at].iter().rposition(|row| row.kind == RowKind::Entry).filter(|_| table.rows[at].is_line());
    match entry {
        Some(entry) => &table.rows[block(table, entry)],
        None => &table.rows[at..=at],
    }
}

fn found<'panel>(panel: &'panel mut DetailsPanel, state: &State, table: &Table, rows: &[Arc<Row>]) -> &'panel Found {
    let of = (state.workspace.revision(), table.id, rows[0].id);
    let known = panel.found.take().filter(|found| found.of == of);
    panel.found.insert(known.unwrap_or_else(|| {
        let ids: Vec<RowId> = rows.iter().map(|row| row.id).collect();
        let traces = trace(state.workspace.history(), state.workspace.document(), table.id, &ids);
        let document = state.workspace.document();
        let links = match table.kind {
            TableKind::Kpi => speaking_of(document, table, &rows[0]),
            TableKind::Plan | TableKind::Register | TableKind::History => kpi_links(document, table, rows.iter().map(|row| &**row)),
        };
        Found { of, traces, links }
    }))
}

/// What the row is called, by what it is.
fn title(table: &Table, row: &Row) -> String {
    let name = table.name_of(row);
    match (table.kind, row.kind) {
        (TableKind::Plan, RowKind::Entry) if table.role_position(Role::Ref).is_some() => format!("Action {name}"),
        (TableKind::Plan, RowKind::Line) => "Continuation line".to_owned(),
        (TableKind::Kpi, _) if table.role_position(Role::Ref).is_some() => format!("KPI {name}"),
        _ => name,
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).font(theme::semibold(13.0)));
}

/// What its owner hid in the workbook.
fn hidden(ui: &mut Ui, theme: &Theme, table: &Table, row: &Row) {
    let columns: Vec<String> =
        (0..table.columns.len()).filter(|&at| table.columns[at].hidden).map(|at| format!("“{}”", table.heading(at))).collect();
    let said = [
        row.hidden.then(|| "This row is hidden in its workbook.".to_owned()),
        row.filtered.then(|| "A filter keeps this row out of sight in its workbook.".to_owned()),
        (!columns.is_empty()).then(|| format!("Hidden in its workbook: the column {}", columns.join(", "))),
    ];
    for words in said.into_iter().flatten() {
        ui.add_space(6.0);
        ui.add(Label::new(RichText::new(words).color(theme.muted)).wrap());
    }
}
