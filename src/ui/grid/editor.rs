//! The editor in a cell: text over several lines, or the list of statuses. It shares the grid's id, so that no keystroke is lost between them.

use eframe::egui::{
    Area, Event, EventFilter, Frame, Key, KeyboardShortcut, Margin, Modifiers, Order, Rect, Sense, Stroke, StrokeKind, TextEdit, Ui, Vec2,
    accesskit::Role as AccessRole, text::CCursor, text_selection::CCursorRange, vec2, widgets::text_edit::TextEditState,
};

use super::{GridView, PAD_X, PAD_Y, Shown, id, keys::Step, shapes};
use crate::{
    app::command::Command,
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
    /// The choice marked in the list of statuses; `None` for a text.
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
        let choice = statuses.then(|| {
            let by_letter = typed.and_then(|letter| choice_by_letter(letter, None));
            let present = cell.status().and_then(|status| Status::ALL.iter().position(|&other| other == status));
            by_letter.or(present).unwrap_or(0)
        });
        let text = if typed.is_some() { String::new() } else { cell.text.to_string() };
        self.editing = Some(Editing { row: held.id, column, text, choice, begun: false });
    }

    /// Ends the edit and keeps what was typed, as when the document is saved meanwhile.
    pub fn keep_edit(&mut self, shown: &Shown<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        self.commit(shown, None, &mut commands);
        commands
    }

    /// Ends the edit and keeps what was typed.
    fn commit(&mut self, shown: &Shown<'_>, step: Option<Step>, commands: &mut Vec<Command>) {
        let Some(editing) = self.editing.take() else { return };
        let Some(row) = shown.table.position(editing.row) else { return };
        let text = editing.choice.map_or(editing.text, |choice| Status::ALL[choice].word().to_owned());
        commands.extend(self.set_text(shown, row, editing.column, &text, "Edit"));
        commands.extend(step.and_then(|step| self.step(shown, step)).map(Command::Select));
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

/// A key that ends an edit or moves in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditKey {
    Cancel,
    Keep(Step),
    Previous,
    Next,
}

/// Takes the keys that are not the text's, before it is drawn. Modifiers are matched exactly: Alt+Enter is a line break.
fn take_keys(ui: &Ui, list: bool) -> Vec<EditKey> {
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let key = match (*key, *modifiers) {
                (Key::Escape, Modifiers::NONE) => EditKey::Cancel,
                (Key::Enter, Modifiers::NONE) => EditKey::Keep(Step::Down),
                (Key::Enter, Modifiers::SHIFT) => EditKey::Keep(Step::Up),
                (Key::Tab, Modifiers::NONE) => EditKey::Keep(Step::Right),
                (Key::Tab, Modifiers::SHIFT) => EditKey::Keep(Step::Left),
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
    let response = Area::new(id().with("place")).order(Order::Middle).fixed_pos(place.min).constrain(false).show(ui.ctx(), |ui| {
        Frame::new().fill(theme.background).stroke(Stroke::new(2.0, theme.accent)).corner_radius(2).show(ui, |ui| {
            ui.set_min_size(place.size());
            let edit = TextEdit::multiline(&mut editing.text)
                .id(id())
                .font(theme::plain(theme::GRID_SIZE))
                .frame(Frame::NONE)
                .margin(Margin::symmetric(PAD_X as i8, PAD_Y as i8))
                .desired_width(place.width())
                .desired_rows(1)
                .event_filter(EVERY_KEY)
                .return_key(KeyboardShortcut::new(Modifiers::ALT, Key::Enter));
            ui.add(edit)
        })
    });
    ui.ctx().accesskit_node_builder(id(), |node| node.set_label(format!("Editing {label}")));
    let outside = ui
        .input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !response.response.rect.contains(at)));
    match keys.first() {
        Some(EditKey::Cancel) => view.editing = None,
        Some(EditKey::Keep(step)) => view.commit(shown, Some(*step), commands),
        _ if outside => view.commit(shown, None, commands),
        _ => {}
    }
}

/// The list of statuses.
fn choose(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, rect: Rect, keys: Vec<EditKey>, commands: &mut Vec<Command>) {
    let Some(editing) = &mut view.editing else { return };
    let mut choice = editing.choice.unwrap_or(0);
    if editing.begun {
        for event in ui.input(|input| input.events.clone()) {
            if let Event::Text(letter) = event {
                choice = choice_by_letter(&letter, Some(choice)).unwrap_or(choice);
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
            EditKey::Next => choice = (choice + 1).min(Status::ALL.len() - 1),
            EditKey::Cancel | EditKey::Keep(_) => {}
        }
    }
    let mut picked = false;
    let list =
        Area::new(id().with("statuses")).order(Order::Foreground).fixed_pos(rect.left_bottom()).constrain(true).show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (at, status) in Status::ALL.into_iter().enumerate() {
                    if status_row(ui, theme, status, at == choice) {
                        (choice, picked) = (at, true);
                    }
                }
            });
        });
    editing.choice = Some(choice);
    let begun = std::mem::replace(&mut editing.begun, true);
    let outside =
        ui.input(|input| input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !list.response.rect.contains(at)));
    let end = keys.iter().find(|key| matches!(key, EditKey::Cancel | EditKey::Keep(_)));
    match end {
        Some(EditKey::Keep(step)) => view.commit(shown, Some(*step), commands),
        Some(_) => view.editing = None,
        None if picked => view.commit(shown, None, commands),
        None if begun && outside => view.editing = None,
        None => {}
    }
}

/// One status of the list; true when it was clicked.
fn status_row(ui: &mut Ui, theme: &Theme, status: Status, marked: bool) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(180.0, 28.0), Sense::CLICK);
    let tone = theme.status(status);
    let ground = if marked || response.hovered() { tone.fill } else { theme.background };
    ui.painter().rect_filled(rect, 4.0, ground);
    if marked {
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
    shapes::status(ui.painter(), rect.left_center() + vec2(16.0, 0.0), 6.5, status, tone.mark);
    let at = rect.left_center() + vec2(32.0, 0.0);
    ui.painter().text(at, eframe::egui::Align2::LEFT_CENTER, status.word(), theme::plain(theme::GRID_SIZE), theme.text);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        super::access::place(node, rect);
        node.set_role(AccessRole::ListBoxOption);
        node.set_label(format!("Choose {}", status.word()));
        node.set_selected(marked);
    });
    response.clicked()
}

/// The next status whose word begins with a letter.
fn choice_by_letter(letter: &str, after: Option<usize>) -> Option<usize> {
    let letter = letter.chars().next()?.to_ascii_lowercase();
    let begins = |at: &usize| Status::ALL[*at].word().to_ascii_lowercase().starts_with(letter);
    let start = after.map_or(0, |at| at + 1);
    (start..Status::ALL.len()).chain(0..start).find(begins)
}
