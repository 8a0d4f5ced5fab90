//! The entries of menus, in the bar and on a right click: a command's words, its keys, and why it cannot be done. Does none of them.

use eframe::egui::{Button, Response, ScrollArea, Ui, WidgetText};

use super::focus;
use crate::app::command::Command;

/// Why a command cannot be done now; `None` when it can.
pub(super) type WhyNot<'a> = &'a dyn Fn(&Command) -> Option<&'static str>;

/// Lets a menu scroll: a small window, or much enlarged text, leaves less room than a menu is high.
pub(super) fn scrolled(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let room = (ui.ctx().content_rect().height() - 60.0).max(120.0);
    ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, add);
}

/// An entry for each of some commands.
pub(super) fn entries(ui: &mut Ui, why_not: WhyNot<'_>, all: &[Command], commands: &mut Vec<Command>) {
    for command in all {
        entry(ui, why_not, command.clone(), command.text(), false, commands);
    }
}

/// An entry in words of its own, marked where it is what holds now.
pub(super) fn entry(
    ui: &mut Ui,
    why_not: WhyNot<'_>,
    command: Command,
    words: impl Into<WidgetText>,
    marked: bool,
    commands: &mut Vec<Command>,
) -> Response {
    let button = Button::selectable(marked, words.into());
    let button = match command.shortcut() {
        Some(keys) => button.shortcut_text(keys.words()),
        None => button,
    };
    let why_not = why_not(&command);
    let response = ui.add_enabled(why_not.is_none(), button);
    let response = response.on_disabled_hover_text(why_not.unwrap_or_default());
    focus::ring(ui, &response);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        commands.push(command);
    }
    response
}
