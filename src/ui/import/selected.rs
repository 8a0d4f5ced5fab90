//! The cells selected in the sheet of an import, and reading them as a table. Selects nothing itself.

use eframe::egui::{Button, Label, RichText, Ui};

use super::{heading, select, sheet};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::Import,
    },
    ui::theme::Theme,
};

/// How cells are selected.
const HOW: &str = "Where a table was missed, drag over its headings and rows in the sheet, or hold Shift with the arrow keys.";

/// Draws what is selected, and the button that reads it.
pub(super) fn show(ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
    let selection = import.look.selection().filter(|_| import.look.from.is_some());
    // A table has headings and at least one row.
    let enough = selection.is_some_and(|(first, last)| last.0 > first.0);
    heading(ui, theme, "Selected cells");
    ui.add(Label::new(RichText::new(selection.map_or_else(|| HOW.to_owned(), select::name)).small().color(theme.muted)).wrap());
    let read = Command::Import(ImportCommand::ReadAsTable);
    let button = ui.add_enabled(enough, Button::new(read.text())).on_hover_text(read.tooltip()).on_disabled_hover_text(HOW);
    if button.clicked() {
        commands.push(read);
        // The button has done its work; the sheet shows what came of it.
        ui.memory_mut(|memory| memory.request_focus(sheet::id()));
    }
}
