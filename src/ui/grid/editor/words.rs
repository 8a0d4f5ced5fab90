//! The text field over a cell, with what helps below it: a calendar, names, the next numeral of a list.

use eframe::egui::{
    Event, Frame, Key, KeyboardShortcut, Margin, Modifiers, Rect, Stroke, TextEdit, Ui, UiBuilder, Vec2, text::CCursor,
    text_selection::CCursorRange, vec2, widgets::text_edit::TextEditState,
};

use super::{Aid, EVERY_KEY, EditKey, Editing, Then, numerals};
use crate::{
    app::command::Command,
    ui::{
        grid::{GridView, PAD_X, PAD_Y, Shown, id},
        theme::{self, Theme},
    },
};

/// Draws the field and ends the edit when its keys say so.
pub(super) fn write(
    view: &mut GridView,
    ui: &mut Ui,
    theme: &Theme,
    shown: &Shown<'_>,
    rect: Rect,
    keys: Vec<EditKey>,
    commands: &mut Vec<Command>,
) {
    let scale = view.scaled(1.0);
    let Some(editing) = &mut view.editing else { return };
    if !editing.begun {
        TextEditState::default().store(ui.ctx(), id());
        put_caret(ui, editing.text.chars().count());
        ui.memory_mut(|memory| memory.request_focus(id()));
        editing.begun = true;
    }
    begin_next_numeral(ui, &editing.text);
    let keys: Vec<EditKey> = keys.into_iter().filter(|key| !aided(ui, editing, *key)).collect();
    let whole = ui.max_rect();
    let lines = editing.text.lines().count().max(1) as f32;
    let height = rect.height().max((lines * 19.0 + 2.0 * PAD_Y) * scale).min(whole.height() * 0.7);
    let wide = Vec2::new(rect.width().max(160.0), height);
    let mut place = Rect::from_min_size(rect.min, wide);
    // A cell at the edge is typed in within the window.
    place = place.translate(vec2((whole.right() - place.right()).min(0.0), (whole.bottom() - place.bottom()).min(0.0)));
    let label = editing.column.map_or_else(|| "Words".to_owned(), |at| shown.table.heading(at));
    // Not an area of its own: egui lays a new area out once unseen, and what has the keyboard there loses it.
    let mut child = ui.new_child(UiBuilder::new().id_salt("editor").max_rect(place));
    let response = Frame::new().fill(theme.background).stroke(Stroke::new(2.0, theme.accent)).corner_radius(2).show(&mut child, |ui| {
        ui.set_min_size(place.size());
        let edit = TextEdit::multiline(&mut editing.text)
            .id(id())
            .font(theme::plain(theme::GRID_SIZE * scale))
            .frame(Frame::NONE.inner_margin(Margin::symmetric((PAD_X * scale) as i8, (PAD_Y * scale) as i8)))
            .desired_width(place.width())
            .desired_rows(1)
            .event_filter(EVERY_KEY)
            .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter));
        ui.add(edit)
    });
    ui.ctx().accesskit_node_builder(id(), |node| node.set_label(format!("Editing {label}")));
    let field = response.response.rect;
    let (aid, picked) = draw_aid(ui, theme, editing, field, response.inner.changed());
    editing.places = [field].into_iter().chain(aid).collect();
    match keys.first() {
        Some(EditKey::Cancel) => view.editing = None,
        Some(EditKey::Keep(then)) => view.commit(shown, *then, commands),
        _ if picked => view.commit(shown, Then::Stay, commands),
        _ => {
            // A click on what helps leaves the keyboard with the text.
            ui.memory_mut(|memory| memory.request_focus(id()));
        }
    }
}

/// Whether a key was for what helps below the text.
fn aided(ui: &Ui, editing: &mut Editing, key: EditKey) -> bool {
    let text = match (&mut editing.aid, key) {
        (Aid::Calendar(calendar), EditKey::Days(days)) => Some(calendar.by_days(&editing.text, days)),
        (Aid::Calendar(calendar), EditKey::Months(months)) => Some(calendar.by_months(&editing.text, months)),
        (Aid::Names(names), EditKey::Previous | EditKey::Next) => {
            names.mark(key == EditKey::Next);
            return true;
        }
        (Aid::Names(names), EditKey::Keep(Then::Go(..))) => names.complete(&editing.text, caret(ui)),
        _ => None,
    };
    let Some((text, caret)) = text else { return false };
    editing.text = text;
    put_caret(ui, caret);
    true
}

/// Draws what helps below the field; returns where it stands, and whether the choice in it ends the edit.
fn draw_aid(ui: &mut Ui, theme: &Theme, editing: &mut Editing, field: Rect, changed: bool) -> (Option<Rect>, bool) {
    match &mut editing.aid {
        Aid::None => (None, false),
        Aid::Calendar(calendar) => {
            calendar.typed |= changed;
            let (rect, day) = calendar.show(ui, theme, &editing.text, field);
            let picked = day.is_some();
            editing.text = day.unwrap_or_else(|| std::mem::take(&mut editing.text));
            (Some(rect), picked)
        }
        Aid::Names(names) => {
            let at = caret(ui);
            if changed {
                names.look_up(&editing.text, at);
            }
            let (rect, clicked) = names.show(ui, theme, field);
            if let Some((text, caret)) = clicked.then(|| names.complete(&editing.text, at)).flatten() {
                editing.text = text;
                put_caret(ui, caret);
            }
            (rect, false)
        }
    }
}

/// Makes a new line in a numbered list begin with the next numeral: the key becomes the text it stands for.
fn begin_next_numeral(ui: &Ui, text: &str) {
    let before: String = text.chars().take(caret(ui)).collect();
    let Some(next) = numerals::next(before.lines().next_back().unwrap_or("")) else { return };
    ui.input_mut(|input| {
        let is_break = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers: Modifiers::ALT, .. });
        if let Some(at) = input.events.iter().position(is_break) {
            input.events[at] = Event::Text(format!("\n{next}"));
        }
    });
}

/// Where the caret stands, in characters.
fn caret(ui: &Ui) -> usize {
    let range = TextEditState::load(ui.ctx(), id()).and_then(|state| state.cursor.char_range());
    range.map_or(0, |range| range.primary.index.into())
}

fn put_caret(ui: &Ui, at: usize) {
    let mut state = TextEditState::load(ui.ctx(), id()).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(at))));
    state.store(ui.ctx(), id());
}
