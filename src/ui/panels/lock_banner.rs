//! The bar that says who had a workbook open while it was read, so that what they have not saved is missing here.

use eframe::egui::{Frame, Label, Margin, RichText, Ui, accesskit::Live};

use crate::{
    app::{
        command::{Command, FileCommand},
        state::State,
    },
    ui::theme::{self, Theme},
};

/// Draws the bar where it is to be said.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let Some((words, files)) = state.prompts.held() else { return };
    Frame::new().fill(theme.minor_problems.fill).inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let said = ui.add(Label::new(RichText::new(words).font(theme::semibold(theme::GRID_SIZE)).color(theme.text)).wrap());
            ui.ctx().accesskit_node_builder(said.id, |node| node.set_live(Live::Polite));
            if ui.button("Open it again").on_hover_text("Read it again, once it is saved or closed there").clicked() {
                commands.push(Command::File(FileCommand::OpenFiles(files.clone())));
            }
            if ui
                .button(Command::File(FileCommand::CloseHeld).text())
                .on_hover_text(Command::File(FileCommand::CloseHeld).tooltip())
                .clicked()
            {
                commands.push(Command::File(FileCommand::CloseHeld));
            }
        });
    });
}
