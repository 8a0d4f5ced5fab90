//! What this program is, what draws it, and where its settings and its log are. Changes nothing.

use eframe::egui::{Button, Label, RichText, Ui, vec2};

use crate::{
    app::{
        about::about,
        command::{Command, HelpCommand},
        state::State,
    },
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// Draws the sheet.
pub(super) fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    ui.label(RichText::new("plandesk").font(theme::semibold(theme::TITLE_SIZE)));
    ui.add(Label::new(RichText::new("For the people who keep an action plan and its KPIs").color(theme.muted)).wrap());
    ui.add_space(8.0);
    for (name, what) in about(&state.view, &state.remembered) {
        ui.label(RichText::new(name).small().color(theme.muted));
        // To be copied into a message to whoever helps.
        ui.add(Label::new(what).wrap().selectable(true));
        ui.add_space(4.0);
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let buttons = [
            ("Close", Command::Help(HelpCommand::Close)),
            (Command::Help(HelpCommand::ShowLog).text(), Command::Help(HelpCommand::ShowLog)),
        ];
        let buttons = buttons.map(|(words, command)| (ui.add(Button::new(words).min_size(vec2(0.0, 32.0))), command));
        // The keyboard is here while the sheet is, and not in the grid below it.
        if !buttons.iter().any(|(response, _)| response.has_focus()) {
            buttons[0].0.request_focus();
        }
        for (response, command) in buttons {
            focus::ring(ui, &response);
            if response.clicked() {
                commands.push(command);
            }
        }
    });
}
