//! The bar over the grid that looks for words and replaces them. Finds nothing itself.

use eframe::egui::{
    Align, Button, Event, EventFilter, Frame, Id, Key, Label, Layout, Margin, Modifiers, RichText, TextEdit, Ui, Vec2, vec2,
};

use super::{grid, theme::Theme};
use crate::app::{
    command::{Command, FindCommand},
    find::{Finding, Query},
    state::State,
};

/// What stands in the bar.
#[derive(Debug, Default)]
pub(super) struct FindBar {
    with: String,
    /// How often it had been asked for when its field last took the keyboard.
    asked: u64,
}

impl FindBar {
    /// Draws the bar while something is looked for.
    pub(super) fn show(&mut self, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
        let Some(finding) = state.view.finding() else {
            self.asked = 0;
            return;
        };
        let keys = self.keys(ui);
        Frame::new().fill(theme.panel).inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal(|ui| self.find(ui, theme, state, finding, commands));
            if finding.replacing {
                ui.horizontal(|ui| self.replace(ui, theme, finding, commands));
            }
        });
        for key in keys {
            match key {
                BarKey::Close => {
                    ui.memory_mut(|memory| memory.request_focus(grid::id()));
                    commands.push(Command::Find(FindCommand::Close));
                }
                BarKey::Next if ui.memory(|memory| memory.has_focus(with_id())) => {
                    commands.push(Command::Find(FindCommand::ReplaceOne(self.with.clone())));
                }
                BarKey::Next => commands.push(Command::Find(FindCommand::Next)),
                BarKey::Previous => commands.push(Command::Find(FindCommand::Previous)),
            }
        }
    }

    /// Takes the keys that are the bar's while the keyboard is in one of its fields.
    fn keys(&self, ui: &Ui) -> Vec<BarKey> {
        let mut taken = Vec::new();
        if ui.memory(|memory| memory.has_focus(words_id()) || memory.has_focus(with_id())) {
            ui.input_mut(|input| {
                input.events.retain(|event| {
                    let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                    taken.push(match (*key, *modifiers) {
                        (Key::Escape, Modifiers::NONE) => BarKey::Close,
                        (Key::Enter, Modifiers::NONE) => BarKey::Next,
                        (Key::Enter, Modifiers::SHIFT) => BarKey::Previous,
                        _ => return true,
                    });
                    false
                });
            });
        }
        taken
    }

    /// The words looked for, how many there are, and how they are looked for.
    fn find(&mut self, ui: &mut Ui, theme: &Theme, state: &State, finding: &Finding, commands: &mut Vec<Command>) {
        label(ui, theme, "Find");
        let mut query: Query = finding.query.clone();
        field(ui, words_id(), &mut query.text, "Find");
        if self.asked != finding.asked {
            self.asked = finding.asked;
            ui.memory_mut(|memory| memory.request_focus(words_id()));
            select_all(ui, words_id(), &query.text);
        }
        for (command, words) in [(Command::Find(FindCommand::Previous), "Previous"), (Command::Find(FindCommand::Next), "Next")] {
            if ui.add(Button::new(words)).on_hover_text(command.tooltip()).clicked() {
                commands.push(command);
            }
        }
        ui.checkbox(&mut query.match_case, "Match case");
        ui.checkbox(&mut query.whole_cell, "Whole cell");
        ui.add(Label::new(RichText::new(count(state, finding)).color(theme.muted)).truncate());
        if query != finding.query {
            commands.push(Command::Find(FindCommand::For(query)));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::new("Close")).on_hover_text("Close (Esc)").clicked() {
                commands.push(Command::Find(FindCommand::Close));
            }
        });
    }

    /// What is put in its place.
    fn replace(&mut self, ui: &mut Ui, theme: &Theme, finding: &Finding, commands: &mut Vec<Command>) {
        label(ui, theme, "Replace with");
        field(ui, with_id(), &mut self.with, "Replace with");
        let any = !finding.found.is_empty();
        for command in
            [Command::Find(FindCommand::ReplaceOne(self.with.clone())), Command::Find(FindCommand::ReplaceAll(self.with.clone()))]
        {
            if ui.add_enabled(any, Button::new(command.text())).clicked() {
                commands.push(command);
            }
        }
    }
}

/// A key of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BarKey {
    Close,
    Next,
    Previous,
}

/// `3 of 12`.
fn count(state: &State, finding: &Finding) -> String {
    match (state.found_here(), finding.found.len()) {
        _ if finding.query.text.is_empty() => String::new(),
        (_, 0) => "Not found".to_owned(),
        (Some((at, _)), count) => format!("{} of {count}", at + 1),
        (None, 1) => "1 cell".to_owned(),
        (None, count) => format!("{count} cells"),
    }
}

fn label(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.allocate_ui_with_layout(vec2(84.0, 28.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(84.0);
        ui.label(RichText::new(words).color(theme.muted));
    });
}

fn field(ui: &mut Ui, id: Id, text: &mut String, name: &str) {
    // Escape closes the bar, which egui would only take the keyboard from.
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.add(TextEdit::singleline(text).id(id).event_filter(keys).desired_width(220.0).min_size(Vec2::new(0.0, 28.0)));
    ui.ctx().accesskit_node_builder(id, |node| node.set_label(name.to_owned()));
}

/// Selects what stands in a field, so that typing replaces it.
pub(super) fn select_all(ui: &Ui, id: Id, text: &str) {
    use eframe::egui::{text::CCursor, text_selection::CCursorRange, widgets::text_edit::TextEditState};
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()))));
    state.store(ui.ctx(), id);
}

fn words_id() -> Id {
    Id::unique("plandesk find")
}

fn with_id() -> Id {
    Id::unique("plandesk replace")
}
