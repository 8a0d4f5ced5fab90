//! The slim row of buttons under the menu.

use eframe::egui::{Button, RichText, Ui, vec2};

use crate::{
    app::{
        command::{Command, EditCommand, FileCommand, Pane, PublishCommand, RowCommand, ViewCommand},
        state::State,
    },
    ui::{
        focus, icon,
        theme::{self, Theme},
    },
};

/// Draws the toolbar.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let groups: [&[Command]; 3] = [
            &[Command::File(FileCommand::Open), Command::File(FileCommand::Save)],
            &[Command::Edit(EditCommand::Undo), Command::Edit(EditCommand::Redo)],
            &[
                Command::Row(RowCommand::AddAction),
                Command::Row(RowCommand::Delete),
                Command::Row(RowCommand::MoveUp),
                Command::Row(RowCommand::MoveDown),
            ],
        ];
        for group in groups {
            for command in group {
                if icon::button(ui, command, state.why_not(command), false).clicked() {
                    commands.push(command.clone());
                }
            }
            ui.add_space(10.0);
        }
        let words = RichText::new("Export return").font(theme::semibold(14.0)).color(theme.on_accent);
        let export = Button::new(words).fill(theme.accent).min_size(vec2(0.0, 32.0));
        let export = ui.add(export).on_hover_text(Command::Publish(PublishCommand::Export).tooltip());
        focus::around(ui, &export);
        if export.clicked() {
            commands.push(Command::Publish(PublishCommand::Export));
        }
        ui.with_layout(eframe::egui::Layout::right_to_left(eframe::egui::Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            for pane in [Pane::Notes, Pane::Details] {
                let command = Command::View(ViewCommand::TogglePane(pane));
                if icon::button(ui, &command, state.why_not(&command), state.view.pane() == Some(pane)).clicked() {
                    commands.push(command);
                }
            }
            let why_not = state.why_not(&Command::View(ViewCommand::ToggleCharts));
            if icon::button(
                ui,
                &Command::View(ViewCommand::ToggleCharts),
                why_not,
                why_not.is_none() && state.table().is_some_and(|table| state.view.shows_charts(table.kind)),
            )
            .clicked()
            {
                commands.push(Command::View(ViewCommand::ToggleCharts));
            }
        });
    });
}
