//! A comment as a dated log, the newest first, and the field in which an update is written.

use eframe::egui::{Event, Key, KeyboardShortcut, Label, Link, Modifiers, RichText, TextEdit, Ui};

use super::{DetailsPanel, heading};
use crate::{
    app::{
        command::{Command, Cursor, RowCommand, ViewCommand},
        state::State,
    },
    insight::log_entries,
    model::Table,
    ui::theme::{self, Theme},
};

/// Draws the comment at a row and a column.
pub(super) fn show(
    panel: &mut DetailsPanel,
    ui: &mut Ui,
    theme: &Theme,
    state: &State,
    table: &Table,
    (row, column): (usize, usize),
    commands: &mut Vec<Command>,
) {
    let held = &table.rows[row];
    let asked = std::mem::replace(&mut panel.asked, state.view.updates_asked()) != state.view.updates_asked();
    if asked {
        panel.updates.entry((table.id, held.id)).or_default();
    }
    heading(ui, &table.heading(column));
    if panel.updates.contains_key(&(table.id, held.id)) {
        write(panel, ui, (table, row), asked, commands);
    } else {
        let command = Command::Row(RowCommand::AddUpdate(String::new()));
        if ui.button(command.text()).on_hover_text(command.tooltip()).clicked() {
            commands.push(command);
        }
    }
    let text = &*held.cells[column].text;
    let mut entries = log_entries(text);
    if entries.is_empty() {
        ui.weak("No comment yet");
        return;
    }
    let is_log = entries.iter().any(|entry| entry.date.is_some());
    // Of two entries of one day the one below was written later.
    entries.reverse();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.date));
    for entry in entries {
        ui.add_space(4.0);
        let date = entry.head.trim_matches(|c: char| !c.is_alphanumeric());
        let date = if date.is_empty() { "Before the first date" } else { date };
        if is_log {
            ui.label(RichText::new(date).font(theme::semibold(13.0)).color(theme.muted));
        }
        ui.add(Label::new(entry.words()).wrap().selectable(true));
    }
    if ui.add(Link::new("Edit the whole comment")).clicked() {
        commands.push(Command::View(ViewCommand::Select(Cursor { table: table.id, row: held.id, column: Some(table.columns[column].id) })));
    }
}

/// The field of an update. Enter adds it, Alt+Enter breaks the line, Escape leaves it.
fn write(panel: &mut DetailsPanel, ui: &mut Ui, (table, row): (&Table, usize), asked: bool, commands: &mut Vec<Command>) {
    let place = (table.id, table.rows[row].id);
    let again = panel.field.is_none() && std::mem::take(&mut panel.again);
    let Some(text) = panel.updates.get_mut(&place) else { return };
    let edit = TextEdit::multiline(text)
        .id_salt(("update", place))
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .hint_text("What is new? Today’s date is added.")
        .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter));
    let edit = ui.add(edit);
    ui.ctx().accesskit_node_builder(edit.id, |node| node.set_label("New update"));
    if asked || again {
        edit.request_focus();
        edit.scroll_to_me(None);
    }
    let left = ui.input(|input| input.key_pressed(Key::Escape));
    let (mut add, mut cancel) = (edit.has_focus() && entered(ui), edit.lost_focus() && left);
    ui.horizontal(|ui| {
        add |= ui.button("Add to the comment").clicked();
        cancel |= ui.button("Cancel").clicked();
    });
    if cancel || (add && !text.trim().is_empty()) {
        let words = panel.updates.remove(&place).filter(|_| !cancel);
        commands.extend(words.map(|words| Command::Row(RowCommand::AddUpdate(words))));
        // The grid takes the keyboard that nobody has, but not the keys of this frame, which were this field's.
        edit.surrender_focus();
    }
}

/// Whether Enter was pressed alone.
fn entered(ui: &Ui) -> bool {
    let is_enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers: Modifiers::NONE, .. });
    ui.input(|input| input.events.iter().any(is_enter))
}
