//! The bar below an import: what it replaces, whether its corrections are remembered, accepting and cancelling.

use eframe::egui::{Align, Button, Label, Layout, RichText, Role, TextEdit, Ui, WidgetInfo, vec2};

use crate::{
    app::{
        command::{Command, ImportCommand},
        import::Import,
        state::State,
    },
    ui::{
        focus, icon,
        theme::{self, Theme},
    },
};

/// Draws the bar.
pub(super) fn show(ui: &mut Ui, theme: &Theme, state: &State, import: &Import, commands: &mut Vec<Command>) {
    if state.replaces_edits() {
        ui.horizontal(|ui| {
            ui.label(icon::text(lucide_icons::Icon::TriangleAlert, 15.0).color(theme.minor_problems.mark));
            let words = "This document was edited since it was read. Accepting replaces those edits; undo brings them back.";
            ui.add(Label::new(words).truncate());
        });
        ui.add_space(2.0);
    }
    ui.horizontal(|ui| {
        ui.set_min_height(32.0);
        remember(ui, import, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let ready = import.is_up_to_date() && !import.reading.tables.is_empty();
            let accept = Command::Import(ImportCommand::Accept);
            let words = RichText::new(accept.text()).font(theme::semibold(14.0));
            let words = if ready { words.color(theme.on_accent) } else { words };
            let mut button = Button::new(words).min_size(vec2(0.0, 32.0));
            if ready {
                button = button.fill(theme.accent);
            }
            let why_not = if import.is_up_to_date() { "There is no table to accept" } else { "It is still being read again" };
            let button = ui.add_enabled(ready, button).on_hover_text(what(import)).on_disabled_hover_text(why_not);
            focus::around(ui, &button);
            if button.clicked() {
                commands.push(accept);
            }
            let cancel = Command::Import(ImportCommand::Cancel);
            if ui.add(Button::new(cancel.text()).min_size(vec2(0.0, 32.0))).on_hover_text(cancel.tooltip()).clicked() {
                commands.push(cancel);
            }
            let said = if state.prompts.said().is_empty() { what(import) } else { state.prompts.said().to_owned() };
            ui.add(Label::new(RichText::new(said).small().color(theme.muted)).truncate());
        });
    });
}

/// What accepting does.
fn what(import: &Import) -> String {
    match import.replaces.len() {
        0 => "Accepting adds these tables to the document".to_owned(),
        1 => "Accepting replaces the table read from this workbook".to_owned(),
        count => format!("Accepting replaces the {count} tables read from this workbook"),
    }
}

/// Whether the corrections are remembered, and under which name.
fn remember(ui: &mut Ui, import: &Import, commands: &mut Vec<Command>) {
    let corrected = import.tables.iter().any(crate::app::import::Draft::is_corrected);
    let mut on = import.remember.is_some();
    let words = Command::Import(ImportCommand::Remember(None)).text();
    let hint = if corrected { "They are used again for workbooks of the same shape" } else { "Nothing was corrected yet" };
    if ui.add_enabled(corrected, eframe::egui::Checkbox::new(&mut on, words)).on_hover_text(hint).on_disabled_hover_text(hint).changed() {
        commands.push(Command::Import(ImportCommand::Remember(on.then(|| import.stem()))));
    }
    let mut name = import.remember.clone().unwrap_or_default();
    let edit = TextEdit::singleline(&mut name).desired_width(220.0).hint_text(import.stem()).margin(vec2(8.0, 5.0));
    let response = ui.add_enabled(on && corrected, edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, on && corrected, "Name of the mapping"));
    if response.changed() {
        commands.push(Command::Import(ImportCommand::Remember(Some(name))));
    }
}
