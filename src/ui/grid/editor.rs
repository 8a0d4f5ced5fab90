//! The editor in a cell: text over several lines, or the list of statuses. It shares the grid's id, so that no keystroke is lost between them.

use eframe::egui::{
    Area, Event, EventFilter, Frame, Key, KeyboardShortcut, Margin, Modifiers, Order, Rect, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, Ui, UiBuilder, Vec2, accesskit::Role as AccessRole, text::CCursor, text_selection::CCursorRange, vec2,
    widgets::text_edit::TextEditState,
};

use super::{GridView, PAD_X, PAD_Y, Shown, id, moves::Step, shapes};
use crate::{
    app::{
        command::{Command, OnCells},
        range::put::as_typed,
    },
    model::{RowId, Status, kinds::Editor},
    ui::theme::{self, Theme},
};

/// Every key is the grid's while it has the keyboard.
pub const EVERY_KEY: EventFilter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };

/// What is being typed, and where.
#[derive(Debug)]
pub struct Editing {
    row: RowId,
    column: Option<usize>,
    text: String,
    /// What can be chosen; nothing for a text.
    choices: Vec<Box<str>>,
    /// The choice marked in the list; `None` for a text.
    choice: Option<usize>,
    /// False until the editor was drawn once.
    begun: bool,
}

impl GridView {
    /// Opens the editor on a cell. `typed` replaces what stands there; its text follows as an event.
    pub(super) fn begin_edit(&mut self, shown: &Shown<'_>, row: usize, column: Option<usize>, typed: Option<&str>) {
        let held = &shown.table.rows[row];
        let cell = match column {
            Some(column) => held.cells.get(column),
            None => held.fields.get(self.field).map(|field| &field.cell),
        };
        let Some(cell) = cell else { return };
        let statuses = column.is_some_and(|at| shown.table.columns[at].kind.editor() == Editor::Statuses);
        let own = column.map_or(&[][..], |at| &shown.table.columns[at].choices);
        let choices: Vec<Box<str>> = if statuses { Status::ALL.map(|status| status.word().into()).into() } else { own.to_vec() };
        let by_letter = typed.and_then(|letter| choice_by_letter(&choices, letter, None));
        let choice = if statuses {
            let present = cell.status().and_then(|status| Status::ALL.iter().position(|&other| other == status));
            Some(by_letter.or(present).unwrap_or(0))
        } else {
            // The owner's own list is no fence: what is not in it is typed.
            let present = if cell.is_blank() { Some(0) } else { choices.iter().position(|choice| **choice == *cell.text) };
            if typed.is_some() { by_letter } else { present.filter(|_| !choices.is_empty()) }
        };
        let text = if typed.is_some() { String::new() } else { cell.text.to_string() };
        self.editing = Some(Editing { row: held.id, column, text, choices, choice, begun: false });
    }

    /// Ends the edit and keeps what was typed, as when the document is saved meanwhile.
    pub fn keep_edit(&mut self, shown: &Shown<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        self.commit(shown, Then::Stay, &mut commands);
        commands
    }

    /// Ends the edit and keeps what was typed.
    fn commit(&mut self, shown: &Shown<'_>, then: Then, commands: &mut Vec<Command>) {
        let Some(editing) = self.editing.take() else { return };
        let Some(row) = shown.table.position(editing.row) else { return };
        let chosen = editing.choice.and_then(|choice| editing.choices.get(choice)).map(ToString::to_string);
        let text = chosen.unwrap_or(editing.text);
        if then == Then::PutInAll && editing.column.is_some() {
            commands.push(Command::Cells(OnCells::PutInAll(text)));
            return;
        }
        commands.extend(self.set_text(shown, row, editing.column, &text, "Edit"));
        if let Then::Go(step, back) = then {
            commands.extend(self.cycle(shown, step, back));
        }
    }
}

/// Draws the open editor, if one is open, and ends it when its keys say so.
pub fn show(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
    let Some(editing) = &view.editing else { return };
    let Some(row) = shown.table.position(editing.row) else {
        view.editing = None;
        return;
    };
    let rect = match editing.column {
        Some(column) => view.cell_rect(body, row, column, shown.table.merged_lines(row, column)),
        None => {
            let top = body.top() + (view.heights.top(row) - view.y) as f32 + 8.0 + 26.0 * view.field as f32;
            Rect::from_min_size(eframe::egui::pos2(body.left() + 124.0, top), vec2((body.width() - 160.0).min(980.0), 30.0))
        }
    };
    let keys = take_keys(ui, editing.choice.is_some());
    if editing.choice.is_some() {
        choose(view, ui, theme, shown, rect, keys, commands)
    } else {
        write(view, ui, theme, shown, rect, keys, commands)
    }
}

/// What follows when what was typed is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Stay,
    /// A step on, or back.
    Go(Step, bool),
    /// It goes into every selected cell.
    PutInAll,
}

/// A key that ends an edit or moves in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditKey {
    Cancel,
    Keep(Then),
    Previous,
    Next,
}

/// Takes the keys that are not the text's, before it is drawn. Modifiers are matched exactly: Alt+Enter is a line break.
fn take_keys(ui: &Ui, list: bool) -> Vec<EditKey> {
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        for event in &mut input.events {
            if matches!(event, Event::Key { key: Key::Semicolon, pressed: true, modifiers, .. } if modifiers.command && !modifiers.shift && !modifiers.alt) {
                *event = Event::Text(as_typed(jiff::Zoned::now().date()));
            }
        }
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let key = match (*key, *modifiers) {
                (Key::Escape, Modifiers::NONE) => EditKey::Cancel,
                (Key::Enter, held) if held.command && !held.shift && !held.alt => EditKey::Keep(Then::PutInAll),
                (Key::Enter, Modifiers::NONE | Modifiers::SHIFT) => EditKey::Keep(Then::Go(Step::Enter, modifiers.shift)),
                (Key::Tab, Modifiers::NONE | Modifiers::SHIFT) => EditKey::Keep(Then::Go(Step::Tab, modifiers.shift)),
                (Key::ArrowUp, Modifiers::NONE) if list => EditKey::Previous,
                (Key::ArrowDown, Modifiers::NONE) if list => EditKey::Next,
                _ => return true,
            };
            taken.push(key);
            false
        });
    });
    taken
}

/// The text editor.
fn write(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, rect: Rect, keys: Vec<EditKey>, commands: &mut Vec<Command>) {
    let Some(editing) = &mut view.editing else { return };
    if !editing.begun {
        // The caret begins behind what stands there.
        let mut state = TextEditState::default();
        let end = CCursor::new(editing.text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::one(end)));
        state.store(ui.ctx(), id());
        ui.memory_mut(|memory| memory.request_focus(id()));
        editing.begun = true;
    }
    let whole = ui.max_rect();
    let lines = editing.text.lines().count().max(1) as f32;
    let height = rect.height().max(lines * 19.0 + 2.0 * PAD_Y).min(whole.height() * 0.7);
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
            .font(theme::plain(theme::GRID_SIZE))
            .frame(Frame::NONE.inner_margin(Margin::symmetric(PAD_X as i8, PAD_Y as i8)))
            .desired_width(place.width())
            .desired_rows(1)
            .event_filter(EVERY_KEY)
            .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter));
        ui.add(edit)
    });
    ui.ctx().accesskit_node_builder(id(), |node| node.set_label(format!("Editing {label}")));
    let outside = ui
        .input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !response.response.rect.contains(at)));
    match keys.first() {
        Some(EditKey::Cancel) => view.editing = None,
        Some(EditKey::Keep(then)) => view.commit(shown, *then, commands),
        _ if outside => view.commit(shown, Then::Stay, commands),
        _ => {}
    }
}

/// The list of statuses, or of what its owner's workbook offers.
fn choose(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, rect: Rect, keys: Vec<EditKey>, commands: &mut Vec<Command>) {
    let Some(editing) = &mut view.editing else { return };
    let mut choice = editing.choice.unwrap_or(0);
    if editing.begun {
        for event in ui.input(|input| input.events.clone()) {
            if let Event::Text(letter) = event {
                choice = choice_by_letter(&editing.choices, &letter, Some(choice)).unwrap_or(choice);
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
            EditKey::Cancel | EditKey::Keep(_) => {}
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
    match end {
        Some(EditKey::Keep(then)) => view.commit(shown, *then, commands),
        Some(_) => view.editing = None,
        None if picked => view.commit(shown, Then::Stay, commands),
        None if begun && outside => view.editing = None,
        None => {}
    }
}

/// One choice of the list; true when it was clicked.
fn choice_row(ui: &mut Ui, theme: &Theme, words: &str, status: Option<Status>, marked: bool) -> bool {
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
        super::access::place(node, rect);
        node.set_role(AccessRole::ListBoxOption);
        node.set_label(format!("Choose {words}"));
        node.set_selected(marked);
    });
    response.clicked()
}

/// The next choice that begins with a letter.
fn choice_by_letter(choices: &[Box<str>], letter: &str, after: Option<usize>) -> Option<usize> {
    let letter = letter.to_lowercase();
    let begins = |at: &usize| !letter.is_empty() && choices[*at].to_lowercase().starts_with(&letter);
    let start = after.map_or(0, |at| at + 1).min(choices.len());
    (start..choices.len()).chain(0..start).find(begins)
}
