//! The palette: every command by its words, done with Enter. What cannot be done now is greyed, with why.

use eframe::egui::{Key, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, accesskit::Role, pos2, vec2};

use super::{
    help::{self, Finder},
    matching,
};
use crate::{
    app::{
        command::{ALL, Command, HelpCommand, Menu, Shortcut, View, ViewCommand},
        state::State,
    },
    ui::{
        panels::sidebar,
        theme::{self, Theme},
    },
};

/// The height of an entry, in points.
const ENTRY: f32 = 30.0;

/// A command as it is listed.
struct PaletteEntry {
    command: Command,
    words: String,
    keys: String,
    why_not: Option<&'static str>,
}

/// Draws the palette.
pub(super) fn show(finder: &mut Finder, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (up, down, enter) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter));
    let typed = finder.typed.clone();
    let field = help::field(ui, &mut finder.typed, "Find a command");
    let entries = found(state, &finder.typed);
    let last = entries.len().saturating_sub(1);
    // What fits best is chosen anew with each letter.
    finder.chosen = match (typed == finder.typed, up, down) {
        (false, ..) => 0,
        (true, true, _) => finder.chosen.checked_sub(1).unwrap_or(last),
        (true, _, true) => {
            if finder.chosen >= last {
                0
            } else {
                finder.chosen + 1
            }
        }
        (true, false, false) => finder.chosen.min(last),
    };
    ui.add_space(8.0);
    let mut done = entries.get(finder.chosen).filter(|_| enter);
    help::list(ui, |ui| {
        if entries.is_empty() {
            ui.weak("No command fits. Try fewer words.");
        }
        for (at, entry) in entries.iter().enumerate() {
            let chosen = at == finder.chosen;
            let response = draw(ui, theme, entry, chosen);
            if chosen {
                ui.ctx().accesskit_node_builder(field.id, |node| node.set_active_descendant(response.id.accesskit_id()));
            }
            if chosen && (up || down || typed != finder.typed) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                done = Some(entry);
            }
        }
    });
    if let Some(entry) = done.filter(|entry| entry.why_not.is_none()) {
        commands.extend([Command::Help(HelpCommand::Close), entry.command.clone()]);
    }
}

/// The commands that fit what is typed, the best first.
fn found(state: &State, typed: &str) -> Vec<PaletteEntry> {
    let tables = state
        .workspace
        .document()
        .tables
        .iter()
        .map(|table| (Command::View(ViewCommand::Show(View::Table(table.id))), format!("Go to {}", sidebar::name_of(table))));
    let listed = ALL.iter().filter(|command| **command != Command::Help(HelpCommand::ShowPalette));
    let listed = listed.map(|command| (command.clone(), command.text().to_owned()));
    let mut fitting: Vec<_> = listed
        .chain(tables)
        .filter_map(|(command, words)| {
            let keys = command.shortcut().map_or_else(String::new, Shortcut::words);
            let about = format!("{} {}", command.menu().map_or("", Menu::word), command.tooltip());
            let fit = matching::fits(typed, &words, &about)?;
            Some((fit, PaletteEntry { why_not: state.why_not(&command), command, words, keys }))
        })
        .collect();
    fitting.sort_by_key(|(fit, _)| std::cmp::Reverse(*fit));
    fitting.into_iter().map(|(_, entry)| entry).collect()
}

/// One entry: its words, why it cannot be done, and its keys.
fn draw(ui: &mut Ui, theme: &Theme, entry: &PaletteEntry, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 12.0, ENTRY), Sense::CLICK);
    let ground = if chosen {
        theme.selected
    } else if response.hovered() {
        theme.hovered
    } else {
        theme.background
    };
    let painter = ui.painter();
    painter.rect_filled(rect, 4.0, ground);
    if chosen {
        painter.rect_stroke(rect, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    let colour = if entry.why_not.is_some() { theme.muted } else { theme.text };
    let keys = painter.layout_no_wrap(entry.keys.clone(), theme::plain(theme::SMALL_SIZE), theme.muted);
    let keys_left = rect.right() - 10.0 - keys.size().x;
    painter.galley(pos2(keys_left, rect.center().y - keys.size().y / 2.0), keys, theme.muted);
    let painter = painter.with_clip_rect(Rect::from_min_max(rect.min, pos2(keys_left - 8.0, rect.bottom())));
    let words = painter.layout_no_wrap(entry.words.clone(), theme::plain(theme::GRID_SIZE), colour);
    let why_left = rect.left() + 10.0 + words.size().x + 14.0;
    painter.galley(pos2(rect.left() + 10.0, rect.center().y - words.size().y / 2.0), words, colour);
    if let Some(why) = entry.why_not {
        let why = painter.layout_no_wrap(why.to_owned(), theme::plain(theme::SMALL_SIZE), theme.muted);
        painter.galley(pos2(why_left, rect.center().y - why.size().y / 2.0), why, theme.muted);
    }
    let parts = [entry.words.trim_end_matches('…'), &*entry.keys, entry.why_not.unwrap_or_default()];
    let label = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    ui.ctx().accesskit_node_builder(response.id, |node| {
        crate::ui::grid::place(node, rect);
        node.set_role(Role::ListBoxOption);
        node.set_label(label);
        node.set_selected(chosen);
        if entry.why_not.is_some() {
            node.set_disabled();
        }
    });
    response
}
