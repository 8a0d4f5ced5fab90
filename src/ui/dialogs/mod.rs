//! Questions and messages over the window: unsaved work, failures, and the system's file dialogs.

pub mod files;

use eframe::egui::{Button, Context, Id, Key, Label, Modal, RichText, Ui, vec2};

use self::files::Files;
use super::theme::{self, Theme};
use crate::app::{
    command::Command,
    state::{Ask, State},
};

/// Shows what is asked or has failed, if anything.
pub fn show(ctx: &Context, theme: &Theme, state: &mut State, files: &mut Files, commands: &mut Vec<Command>) {
    commands.extend(files.answer());
    match &state.ask {
        Some(Ask::UnsavedWork) => unsaved(ctx, theme, state, commands),
        Some(ask) => {
            files.ask(ctx, ask);
            state.ask = None;
        }
        None => {}
    }
    if let Some(why) = &state.failed {
        failure(ctx, theme, why, commands);
    }
}

fn unsaved(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    sheet(ctx, "unsaved", "Save your changes?", &format!("“{}” has changes that are not saved.", state.name), |ui| {
        if primary(ui, theme, Command::SaveAndContinue.text()) || ui.input(|input| input.key_pressed(Key::Enter)) {
            commands.push(Command::SaveAndContinue);
        }
        if ui.add(Button::new(Command::DiscardAndContinue.text()).min_size(vec2(0.0, 32.0))).clicked() {
            commands.push(Command::DiscardAndContinue);
        }
        if ui.add(Button::new(Command::KeepWorking.text()).min_size(vec2(0.0, 32.0))).clicked()
            || ui.input(|input| input.key_pressed(Key::Escape))
        {
            commands.push(Command::KeepWorking);
        }
    });
}

fn failure(ctx: &Context, theme: &Theme, why: &str, commands: &mut Vec<Command>) {
    sheet(ctx, "failed", "That did not work", why, |ui| {
        let key = ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
        if primary(ui, theme, Command::DismissError.text()) || key {
            commands.push(Command::DismissError);
        }
    });
}

/// A sheet over the window with a title, words and buttons.
fn sheet(ctx: &Context, id: &str, title: &str, words: &str, buttons: impl FnOnce(&mut Ui)) {
    Modal::new(Id::unique(id)).show(ctx, |ui| {
        ui.set_width(440.0);
        ui.label(RichText::new(title).font(theme::semibold(theme::TITLE_SIZE)));
        ui.add(Label::new(words).wrap());
        ui.add_space(8.0);
        ui.horizontal(buttons);
    });
}

/// The button that does what most will want.
fn primary(ui: &mut Ui, theme: &Theme, words: &str) -> bool {
    let words = RichText::new(words).font(theme::semibold(14.0)).color(theme.on_accent);
    ui.add(Button::new(words).fill(theme.accent).min_size(vec2(0.0, 32.0))).clicked()
}
