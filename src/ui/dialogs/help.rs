//! What stands over the window to be found in or read: the palette, the shortcuts, and what this program is. Does no command itself.

use eframe::egui::{Align2, Context, Frame, Id, Key, Modal, Modifiers, Response, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::{about, palette, shortcuts};
use crate::{
    app::{
        command::{Command, HelpCommand},
        state::{Help, State},
    },
    ui::theme::{self, Theme},
};

/// What is typed to find a command, and which one is chosen.
#[derive(Debug, Default)]
pub struct Finder {
    /// The list that was drawn last.
    of: Option<Help>,
    pub typed: String,
    pub chosen: usize,
}

/// Shows the list that was asked for, if one was.
pub fn show(finder: &mut Finder, ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    if finder.of != state.prompts.help() {
        *finder = Finder { of: state.prompts.help(), ..Finder::default() };
    }
    let Some(help) = state.prompts.help() else { return };
    let room = ctx.content_rect().size();
    let area = Modal::default_area(Id::unique("help")).anchor(Align2::CENTER_TOP, vec2(0.0, (room.y * 0.1).min(64.0)));
    let modal = Modal::new(Id::unique("help")).area(area).frame(Frame::window(&ctx.global_style()).inner_margin(16));
    let shown = modal.show(ctx, |ui| {
        ui.set_width((room.x - 64.0).min(580.0));
        match help {
            Help::Palette => palette::show(finder, ui, theme, state, commands),
            Help::Shortcuts => shortcuts::show(finder, ui, theme),
            Help::About => about::show(ui, theme, state, commands),
        }
    });
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) || shown.backdrop_response.clicked() {
        commands.push(Command::Help(HelpCommand::Close));
    }
}

/// The title and the field to type in, which keeps the keyboard.
pub fn field(ui: &mut Ui, typed: &mut String, title: &str) -> Response {
    ui.label(RichText::new(title).font(theme::semibold(16.0)));
    let edit = TextEdit::singleline(typed)
        .desired_width(f32::INFINITY)
        .margin(vec2(8.0, 6.0))
        .hint_text("Type to find")
        .id(Id::unique("find a command"));
    let response = ui.add(edit);
    response.request_focus();
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(title));
    response
}

/// How high a list may be in a window.
pub fn list(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let height = (ui.ctx().content_rect().height() - 210.0).clamp(120.0, 460.0);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, add);
}
