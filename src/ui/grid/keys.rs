//! The keys of the grid while no editor is open, read before anything is drawn.

use eframe::egui::{Event, ImeEvent, Key, Modifiers, Rect, Ui, output::IMEOutput};

use super::{GridView, Shown, cells, id};
use crate::{
    app::command::{Command, Cursor},
    edit::{Change, FieldPlace},
    model::{Cell, Role, RowKind, Value},
};

/// One move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
    RowStart,
    RowEnd,
}

/// Takes the events that are the grid's.
pub fn handle(view: &mut GridView, ui: &Ui, shown: &Shown<'_>, commands: &mut Vec<Command>) {
    // A sheet over the window has the keys to itself.
    let asked = ui.memory(|memory| memory.top_modal_layer().is_some());
    if view.editing.is_some() || !ui.memory(|memory| memory.has_focus(id())) || shown.table.rows.is_empty() || asked {
        return;
    }
    // So that composing in another script can start at once.
    let place = ui.max_rect();
    let cursor_rect = Rect::from_min_size(place.min, eframe::egui::vec2(1.0, 16.0));
    let ime = IMEOutput { purpose: eframe::egui::IMEPurpose::Normal, rect: place, cursor_rect, should_interrupt_composition: false };
    ui.output_mut(|output| output.ime = Some(ime));
    let events = ui.input(|input| input.events.clone());
    // Where the keys of this very frame have led so far: a slow frame may hold several.
    let mut shown = *shown;
    for event in &events {
        let shown = &mut shown;
        let taken = match event {
            Event::Key { key, pressed: true, modifiers, .. } => key_down(view, shown, *key, *modifiers, commands),
            Event::Text(text) if !text.chars().any(char::is_control) => {
                type_over(view, shown, text);
                false
            }
            // An empty preedit only says that composing has ended.
            Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) if !text.is_empty() => {
                type_over(view, shown, "");
                false
            }
            Event::Copy => copy(view, ui, shown),
            Event::Cut => copy(view, ui, shown) && put(view, shown, "", "Cut", commands),
            Event::Paste(text) => put(view, shown, text.trim_end_matches(['\n', '\r']), "Paste into", commands),
            _ => false,
        };
        if taken {
            ui.input_mut(|input| input.events.retain(|other| other != event));
        }
        if view.editing.is_some() {
            break;
        }
    }
}

fn key_down(view: &mut GridView, shown: &mut Shown<'_>, key: Key, held: Modifiers, commands: &mut Vec<Command>) -> bool {
    let plain = held == Modifiers::NONE;
    let ctrl = held.command && !held.shift && !held.alt;
    if key == Key::F6 && plain {
        view.leaving = true;
        return true;
    }
    let step = match key {
        Key::ArrowUp if plain => Step::Up,
        Key::ArrowDown if plain => Step::Down,
        Key::ArrowLeft if plain => Step::Left,
        Key::ArrowRight if plain => Step::Right,
        Key::Tab if plain => Step::Right,
        Key::Tab if held == Modifiers::SHIFT => Step::Left,
        Key::Enter if plain => Step::Down,
        Key::Enter if held == Modifiers::SHIFT => Step::Up,
        Key::PageUp if plain => Step::PageUp,
        Key::PageDown if plain => Step::PageDown,
        Key::Home if plain => Step::RowStart,
        Key::End if plain => Step::RowEnd,
        Key::Home if ctrl => Step::First,
        Key::End if ctrl => Step::Last,
        Key::F2 if plain => return open(view, shown),
        Key::ArrowDown if held == Modifiers::ALT => return open(view, shown),
        Key::Delete | Key::Backspace if plain => return put(view, shown, "", "Clear", commands),
        _ => return false,
    };
    if let Some(cursor) = view.step(shown, step) {
        shown.cursor = Some(cursor);
        commands.push(Command::Select(cursor));
    }
    true
}

fn open(view: &mut GridView, shown: &Shown<'_>) -> bool {
    if let Some((row, column)) = view.active(shown) {
        view.begin_edit(shown, row, column, None);
    }
    true
}

fn type_over(view: &mut GridView, shown: &Shown<'_>, text: &str) {
    if let Some((row, column)) = view.active(shown) {
        // The text itself reaches the editor as an event of its own.
        view.begin_edit(shown, row, column, Some(text));
    }
}

fn copy(view: &GridView, ui: &Ui, shown: &Shown<'_>) -> bool {
    let Some((row, column)) = view.active(shown) else { return false };
    let held = &shown.table.rows[row];
    let cell = match column {
        Some(column) => held.cells.get(column),
        None => held.fields.get(view.field).map(|field| &field.cell),
    };
    ui.copy_text(cell.map_or_else(String::new, |cell| cell.text.to_string()));
    true
}

/// Puts a text into the active cell as if it were typed.
fn put(view: &GridView, shown: &Shown<'_>, text: &str, what: &str, commands: &mut Vec<Command>) -> bool {
    if let Some((row, column)) = view.active(shown) {
        commands.extend(view.set_text(shown, row, column, text, what));
    }
    true
}

impl GridView {
    /// The edit that puts a typed text into a cell; `None` when nothing would change.
    pub(super) fn set_text(&self, shown: &Shown<'_>, row: usize, column: Option<usize>, text: &str, what: &str) -> Option<Command> {
        let (table, held) = (shown.table, &shown.table.rows[row]);
        let Some(column) = column else {
            let field = held.fields.get(self.field)?;
            let change = Change::SetField { table: table.id, field: FieldPlace::Section(held.id, self.field), cell: Cell::text(text) };
            return (*field.cell.text != *text).then(|| Command::Edit(format!("{what} {}", field.label), vec![change]));
        };
        let old = held.cells.get(column)?;
        let cell = table.columns[column].kind.enter(text);
        if *old.text == *cell.text && old.value != Value::Merged {
            return None;
        }
        let of = table.entry_of(row).filter(|_| held.kind == RowKind::Line).unwrap_or(held);
        let name = format!("{what} {} of {}", table.heading(column), table.name_of(of));
        Some(Command::Edit(name, vec![Change::SetCell { table: table.id, row: held.id, column: table.columns[column].id, cell }]))
    }

    /// Where a step from the cursor leads; the first cell when there is no cursor yet.
    pub(super) fn step(&mut self, shown: &Shown<'_>, step: Step) -> Option<Cursor> {
        let table = shown.table;
        let last = table.rows.len() - 1;
        let Some((row, column)) = self.active(shown) else {
            return self.cursor_in(shown, 0, 0);
        };
        let page = self.in_view.len().saturating_sub(1).max(1);
        let kept = self.keep.and_then(|id| table.column_position(id)).or(column).unwrap_or(0);
        match step {
            Step::Up => self.cursor_in(shown, cells::origin(table, row, kept).saturating_sub(1), kept),
            Step::Down => self.cursor_in(shown, below(shown, row, column).min(last), kept),
            Step::PageUp => self.cursor_in(shown, row.saturating_sub(page), kept),
            Step::PageDown => self.cursor_in(shown, (row + page).min(last), kept),
            Step::First => self.sideways(shown, 0, 0),
            Step::Last => self.sideways(shown, last, self.columns.len().saturating_sub(1)),
            Step::RowStart => self.sideways(shown, row, 0),
            Step::RowEnd => self.sideways(shown, row, self.columns.len().saturating_sub(1)),
            Step::Left => self.aside(shown, row, column, -1),
            Step::Right => self.aside(shown, row, column, 1),
        }
    }

    fn aside(&mut self, shown: &Shown<'_>, row: usize, column: Option<usize>, by: isize) -> Option<Cursor> {
        let held = &shown.table.rows[row];
        let Some(column) = column else {
            self.field = self.field.saturating_add_signed(by).min(held.fields.len().saturating_sub(1));
            return shown.cursor;
        };
        let mut to = column;
        loop {
            to = to.checked_add_signed(by).filter(|&to| to < self.columns.len())?;
            if held.kind != RowKind::Group || is_group_column(shown, to) {
                return self.sideways(shown, row, to);
            }
        }
    }

    /// The cursor in another column of the same row, which the arrows then keep to.
    fn sideways(&mut self, shown: &Shown<'_>, row: usize, column: usize) -> Option<Cursor> {
        self.keep = shown.table.columns.get(column).map(|column| column.id);
        self.cursor_in(shown, row, column)
    }

    /// The cursor in a row, in a column or, in a heading, as near to it as there is one.
    fn cursor_in(&mut self, shown: &Shown<'_>, row: usize, column: usize) -> Option<Cursor> {
        let table = shown.table;
        let down = self.active(shown).is_none_or(|(here, _)| row >= here);
        let row = shown.in_sight(row, down);
        let held = table.rows.get(row)?;
        let cursor = |row: usize, column: Option<usize>| Cursor {
            table: table.id,
            row: table.rows[row].id,
            column: column.and_then(|at| table.columns.get(at)).map(|column| column.id),
        };
        Some(match held.kind {
            RowKind::Section => {
                self.field = 0;
                cursor(row, None)
            }
            RowKind::Group if !is_group_column(shown, column) => cursor(row, table.role_position(Role::Action)),
            RowKind::Group => cursor(row, Some(column)),
            RowKind::Entry | RowKind::Line | RowKind::Total => cursor(cells::origin(table, row, column), Some(column)),
        })
    }
}

fn is_group_column(shown: &Shown<'_>, column: usize) -> bool {
    matches!(shown.table.columns[column].role, Some(Role::Ref | Role::Action))
}

/// The row below the active cell, past all its merged lines.
fn below(shown: &Shown<'_>, row: usize, column: Option<usize>) -> usize {
    column.map_or(row + 1, |column| row + shown.table.merged_lines(row, column))
}
