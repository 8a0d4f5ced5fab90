//! The list of statuses, or of what its owner's workbook offers, below a cell. Chooses by keys, letters and pointer.

use eframe::egui::{Area, Event, Frame, Order, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, accesskit::Role as AccessRole, vec2};

use super::{EVERY_KEY, EditKey, Then};
use crate::{
    app::command::Command,
    model::{Status, kinds::Editor},
    ui::{
        grid::{GridView, Shown, access, id, moves::Step, shapes},
        theme::{self, Theme},
    },
};

/// The list of statuses, or of what its owner's workbook offers.
pub fn choose(
    view: &mut GridView,
    ui: &mut Ui,
    theme: &Theme,
    shown: &Shown<'_>,
    rect: Rect,
    keys: Vec<EditKey>,
    commands: &mut Vec<Command>,
) {
    let Some(editing) = &mut view.editing else { return };
    let mut choice = editing.choice.unwrap_or(0);
    if editing.begun {
        for event in ui.input(|input| input.events.clone()) {
            if let Event::Text(letter) = event {
                choice = by_letter(&editing.choices, &letter, Some(choice)).unwrap_or(choice);
            }
        }
    }
    ui.interact(rect, id(), Sense::click());
    ui.memory_mut(|memory| {
        memory.request_focus(id());
        memory.set_focus_lock_filter(id(), EVERY_KEY);
    });
    for key in &keys {
        match key {
            EditKey::Previous => choice = choice.saturating_sub(1),
            EditKey::Next => choice = (choice + 1).min(editing.choices.len().saturating_sub(1)),
            EditKey::Cancel | EditKey::Keep(_) | EditKey::Days(_) | EditKey::Months(_) => {}
        }
    }
    let mut picked = false;
    let statuses = editing.column.is_some_and(|at| shown.table.columns[at].kind.editor() == Editor::Statuses);
    let list =
        Area::new(id().with("statuses")).order(Order::Foreground).fixed_pos(rect.left_bottom()).constrain(true).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                    for (at, words) in editing.choices.iter().enumerate() {
                        let status = if statuses { Status::parse(words) } else { None };
                        if choice_row(ui, theme, words, status, at == choice) {
                            (choice, picked) = (at, true);
                        }
                    }
                });
            });
        });
    editing.choice = Some(choice);
    let begun = std::mem::replace(&mut editing.begun, true);
    let outside =
        ui.input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !list.response.rect.contains(at)));
    let end = keys.iter().find(|key| matches!(key, EditKey::Cancel | EditKey::Keep(_)));
    // As in a worksheet: a choice from a list that was opened stays in its cell, one that was typed goes on.
    let stays = !editing.typed;
    match end {
        Some(EditKey::Keep(Then::Go(Step::Enter, _))) if stays => view.commit(shown, Then::Stay, commands),
        Some(EditKey::Keep(then)) => view.commit(shown, *then, commands),
        Some(_) => view.editing = None,
        None if picked => view.commit(shown, Then::Stay, commands),
        None if begun && outside => view.editing = None,
        None => {}
    }
}

/// One choice of the list; true when it was clicked.
pub fn choice_row(ui: &mut Ui, theme: &Theme, words: &str, status: Option<Status>, marked: bool) -> bool {
    let text = ui.painter().layout_no_wrap(words.to_owned(), theme::plain(theme::GRID_SIZE), theme.text);
    let (rect, response) = ui.allocate_exact_size(vec2((text.size().x + 48.0).clamp(180.0, 420.0), 28.0), Sense::CLICK);
    if marked {
        response.scroll_to_me(None);
    }
    let fill = status.map_or(theme.selected, |status| theme.status(status).fill);
    let ground = if marked || response.hovered() { fill } else { theme.background };
    ui.painter().rect_filled(rect, 4.0, ground);
    if marked {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
    if let Some(status) = status {
        shapes::status(ui.painter(), rect.left_center() + vec2(16.0, 0.0), 6.5, status, theme.status(status).mark);
    }
    let at = rect.left_center() + vec2(if status.is_some() { 32.0 } else { 12.0 }, -text.size().y / 2.0);
    ui.painter().with_clip_rect(rect).galley(at, text, theme.text);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        access::place(node, rect);
        node.set_role(AccessRole::ListBoxOption);
        node.set_label(format!("Choose {words}"));
        node.set_selected(marked);
    });
    response.clicked()
}

/// The next choice that begins with a letter.
pub fn by_letter(choices: &[Box<str>], letter: &str, after: Option<usize>) -> Option<usize> {
    let letter = letter.to_lowercase();
    let begins = |at: &usize| !letter.is_empty() && choices[*at].to_lowercase().starts_with(&letter);
    let start = after.map_or(0, |at| at + 1).min(choices.len());
    (start..choices.len()).chain(0..start).find(begins)
}
