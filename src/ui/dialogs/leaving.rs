//! The sheets before something leaves the program: what will be in it and what not, and whether a file may be lost. Writes nothing.

use std::path::Path;

use eframe::egui::{Context, Label, RichText, ScrollArea, Ui};

use super::{Enter, choose, choose_by, sheet};
use crate::{
    app::{
        command::{Command, FileCommand, PublishCommand},
        publishing::{Leaving, another_place, replace_words},
    },
    ui::{
        focus,
        theme::{self, Theme},
    },
};

/// Says what will be on a page, and asks whether what is hidden is to be in it.
pub(super) fn show(ctx: &Context, theme: &Theme, leaving: &Leaving, commands: &mut Vec<Command>) {
    let empty = "All of it is hidden in the workbook. Unhide what belongs in it, or have it in.";
    let words = if leaving.is_empty() && leaving.has_choice() { empty } else { "" };
    sheet(ctx, "leaving", "What will be printed", words, |ui| {
        ui.vertical(|ui| {
            let height = (ui.ctx().content_rect().height() - 230.0).clamp(120.0, 520.0);
            account(ui, theme, leaving, height);
            if leaving.has_choice() {
                with_hidden(ui, leaving, commands);
            }
            ui.add_space(8.0);
            buttons(ui, theme, leaving, Command::Publish(PublishCommand::PrintPage), commands);
        });
    });
}

/// What goes on, where there is anything to write, and what changes nothing.
pub(super) fn buttons(ui: &mut Ui, theme: &Theme, leaving: &Leaving, go_on: Command, commands: &mut Vec<Command>) {
    let go_on = (!leaving.is_empty() || !leaving.has_choice()).then_some(go_on);
    let buttons: Vec<Command> = go_on.into_iter().chain([Command::File(FileCommand::KeepWorking)]).collect();
    ui.horizontal(|ui| choose_by(ui, theme, Enter::IsForWhatHasIt, &buttons, &Command::File(FileCommand::KeepWorking), commands));
}

/// The sections of what is said, which scroll where the window is low.
pub(super) fn account(ui: &mut Ui, theme: &Theme, leaving: &Leaving, height: f32) {
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for (title, lines) in leaving.sections() {
            ui.label(RichText::new(title).font(theme::semibold(14.0)));
            for line in lines {
                ui.add(Label::new(RichText::new(line).color(theme.text)).wrap());
            }
            ui.add_space(6.0);
        }
    });
}

pub(super) fn with_hidden(ui: &mut Ui, leaving: &Leaving, commands: &mut Vec<Command>) {
    let mut with = leaving.with_hidden;
    let response = ui.checkbox(&mut with, Command::Publish(PublishCommand::WithHidden(true)).text());
    focus::ring(ui, &response);
    if response.changed() {
        commands.push(Command::Publish(PublishCommand::WithHidden(with)));
    }
}

/// Asks whether a file that is there may be lost.
pub(super) fn replace(ctx: &Context, theme: &Theme, path: &Path, why: &str, commands: &mut Vec<Command>) {
    sheet(ctx, "replace", "Replace this file?", &replace_words(path, why), |ui| {
        let all =
            [another_place(path), Command::Publish(PublishCommand::Replace(path.to_path_buf())), Command::File(FileCommand::KeepWorking)];
        choose(ui, theme, &all, &Command::File(FileCommand::KeepWorking), commands);
    });
}
