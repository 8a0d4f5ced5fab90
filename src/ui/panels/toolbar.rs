//! The slim row of buttons under the menu.

use eframe::egui::{Button, RichText, Ui, vec2};

use crate::{
    app::{
        command::{Command, Pane},
        state::State,
    },
    model::TableKind,
    ui::{
        icon,
        theme::{self, Theme},
    },
};

/// Draws the toolbar.
pub fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let in_row = state.cursor.is_some_and(|cursor| state.table_id() == Some(cursor.table));
        let groups: [&[(Command, bool)]; 3] = [
            &[(Command::Open, true), (Command::Save, true)],
            &[(Command::Undo, state.history.next_undo().is_some()), (Command::Redo, state.history.next_redo().is_some())],
            &[
                (Command::AddAction, state.table().is_some()),
                (Command::DeleteRow, in_row),
                (Command::MoveRowUp, in_row),
                (Command::MoveRowDown, in_row),
            ],
        ];
        for group in groups {
            for (command, enabled) in group {
                if icon::button(ui, command, *enabled, false).clicked() {
                    commands.push(command.clone());
                }
            }
            ui.add_space(10.0);
        }
        let words = RichText::new("Export return").font(theme::semibold(14.0)).color(theme.on_accent);
        let export = Button::new(words).fill(theme.accent).min_size(vec2(0.0, 32.0));
        if ui.add(export).on_hover_text(Command::ExportReturn.tooltip()).clicked() {
            commands.push(Command::ExportReturn);
        }
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for pane in [Pane::Notes, Pane::Details] {
                let command = Command::TogglePane(pane);
                if icon::button(ui, &command, true, state.pane == Some(pane)).clicked() {
                    commands.push(command);
                }
            }
            let charted = state.table().is_some_and(|table| matches!(table.kind, TableKind::Kpi | TableKind::History));
            if icon::button(ui, &Command::ToggleCharts, charted, charted && state.charts).clicked() {
                commands.push(Command::ToggleCharts);
            }
        });
    });
}
