//! The keys of the grid while no editor is open, read before anything is drawn.

use eframe::egui::{Event, ImeEvent, Key, Modifiers, Rect, Ui, output::IMEOutput};

use super::{GridView, Shown, id, is_covered, moves::GridMove};
use crate::{
    app::{
        command::{CellCommand, Command, EditCommand, ViewCommand},
        range::put,
    },
    edit::{Change, FieldPlace},
    model::Cell,
};

/// Takes the events that are the grid's.
pub(super) fn handle(view: &mut GridView, ui: &Ui, shown: &Shown<'_>, commands: &mut Vec<Command>) {
    let has_keys = ui.memory(|memory| memory.has_focus(id())) && !is_covered(ui);
    if view.editing.is_some() || shown.table.rows.is_empty() || !has_keys {
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
                open(view, shown, true);
                false
            }
            // An empty preedit only says that composing has ended.
            Event::Ime(ImeEvent::Preedit { text, .. } | ImeEvent::Commit(text)) if !text.is_empty() => {
                open(view, shown, true);
                false
            }
            Event::Copy => on_cells(view, shown, Command::Cells(CellCommand::Copy), commands) || copy_words(view, ui, shown),
            Event::Cut => {
                on_cells(view, shown, Command::Cells(CellCommand::Cut), commands)
                    || copy_words(view, ui, shown) && put_words(view, shown, "", "Cut", commands)
            }
            Event::Paste(text) => {
                on_cells(view, shown, Command::Cells(CellCommand::Paste(text.clone())), commands)
                    || put_words(view, shown, text.trim_end_matches(['\n', '\r']), "Paste into", commands)
            }
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
    if key == Key::F6 && plain {
        view.leaving = true;
        return true;
    }
    match key {
        Key::F2 if plain => return open(view, shown, false),
        Key::ArrowDown if held == Modifiers::ALT => return open(view, shown, false),
        Key::Delete | Key::Backspace if plain => {
            return on_cells(view, shown, Command::Cells(CellCommand::Clear), commands) || put_words(view, shown, "", "Clear", commands);
        }
        _ => {}
    }
    let (Some(step), false) = (GridMove::of(key, held.command), held.alt) else { return false };
    // Shift turns Tab and Enter round; with anything else it selects.
    let command = match (step, held.shift) {
        (GridMove::Tab | GridMove::Enter, back) => view.cycle(shown, step, back),
        (_, true) => view.extend(shown, step).map(|value| Command::Cells(CellCommand::Select(value))),
        (_, false) => view.step(shown, step).map(|cursor| Command::View(ViewCommand::Select(cursor))),
    };
    if let Some(command) = command {
        shown.follow(&command);
        commands.push(command);
    }
    true
}

/// Opens the editor; a typed text itself reaches it as an event of its own.
fn open(view: &mut GridView, shown: &Shown<'_>, typed: bool) -> bool {
    if let Some((row, column)) = view.active(shown) {
        view.begin_edit(shown, row, column, typed);
    }
    true
}

/// A command for the selected cells; not where the cursor is in the words of an approach, which are no cells.
fn on_cells(view: &GridView, shown: &Shown<'_>, command: Command, commands: &mut Vec<Command>) -> bool {
    let cells = shown.selection.is_some() || view.active(shown).is_some_and(|(_, column)| column.is_some());
    if cells {
        commands.push(command);
    }
    cells
}

/// Copies the words of an approach.
fn copy_words(view: &GridView, ui: &Ui, shown: &Shown<'_>) -> bool {
    let Some((row, _)) = view.active(shown) else { return false };
    let field = shown.table.rows[row].fields.get(view.field);
    ui.copy_text(field.map_or_else(String::new, |field| field.cell.text.to_string()));
    true
}

/// Puts a text into the words of an approach as if it were typed.
fn put_words(view: &GridView, shown: &Shown<'_>, text: &str, what: &str, commands: &mut Vec<Command>) -> bool {
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
            return (*field.cell.text != *text).then(|| Command::Edit(EditCommand::Make(format!("{what} {}", field.label), vec![change])));
        };
        let changes = vec![put::change(table, row, column, table.columns[column].enter(text))?];
        Some(Command::Edit(EditCommand::Make(put::name(what, table, &changes), changes)))
    }
}
