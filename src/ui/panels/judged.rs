//! When ends are judged, said beside what is counted as overdue, with the way to change it. Judges nothing.

use eframe::egui::{Label, Link, Response, RichText, Ui};

use crate::{app::command::Command, ui::theme::Theme};

/// Says when ends are judged, such as `at the plan's review date, 31 January 2019`, in words that go on from what stands before.
pub fn show(ui: &mut Ui, theme: &Theme, when: &str, commands: &mut Vec<Command>) -> Response {
    let words = ui.add(Label::new(RichText::new(format!("{when}:")).color(theme.muted)).wrap());
    if ui.add(Link::new("change")).on_hover_text(Command::AskAsOf.tooltip()).clicked() {
        commands.push(Command::AskAsOf);
    }
    words
}
