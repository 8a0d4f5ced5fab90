//! The editor in a cell: what is being typed and the keys that end it. It shares the grid's id, so that no keystroke is lost between them.

mod calendar;
mod list;
mod names;
mod numerals;
mod words;

use eframe::egui::{Event, EventFilter, Key, Modifiers, PointerButton, Rect, Ui, vec2};

use self::{
    calendar::Calendar,
    list::{Chosen, List},
    names::Names,
};
use super::{GridView, Shown, moves::GridMove};
use crate::{
    app::{
        command::{CellCommand, Command, HelpCommand},
        range::put::as_typed,
    },
    insight::leads,
    model::{ColumnId, Role, RowId, Table, kinds::Editor},
    store::OpenText,
    ui::theme::Theme,
};

/// Every key is the grid's while it has the keyboard.
pub(super) const EVERY_KEY: EventFilter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };

/// What is being typed, and where.
#[derive(Debug)]
pub(super) struct Editing {
    row: RowId,
    column: Option<usize>,
    text: String,
    /// What can be chosen; `None` for a text.
    list: Option<List>,
    aid: Aid,
    /// Where it was drawn last, with what helps; a press elsewhere ends it.
    places: Vec<Rect>,
    /// Whether it was opened by a letter that replaces what stood there.
    typed: bool,
    /// False until the editor was drawn once.
    begun: bool,
}

/// What helps with typing a text, below it.
#[derive(Debug)]
enum Aid {
    None,
    Calendar(Calendar),
    Names(Names),
}

impl Editing {
    /// Whether it is a list of choices.
    pub(super) fn is_list(&self) -> bool {
        self.list.is_some()
    }
}

impl GridView {
    /// Opens the editor on a cell. What is `typed` replaces what stands there; its text follows as an event.
    pub(super) fn begin_edit(&mut self, shown: &Shown<'_>, row: usize, column: Option<usize>, typed: bool) {
        let held = &shown.table.rows[row];
        let cell = match column {
            Some(column) => held.cells.get(column),
            None => held.fields.get(self.field).map(|field| &field.cell),
        };
        let Some(cell) = cell else { return };
        let list = column.map(|at| &shown.table.columns[at]).filter(|column| column.offers()).map(|column| List::of(column, cell, typed));
        // A text that is not in its owner's list is changed as a text.
        let statuses = column.is_some_and(|at| shown.table.columns[at].kind.editor() == Editor::Statuses);
        let list = list.filter(|list| typed || statuses || list.is_marked());
        let text = if typed { String::new() } else { cell.text.to_string() };
        let aid = match column.map(|at| &shown.table.columns[at]) {
            Some(column) if column.kind.editor() == Editor::Date => Aid::Calendar(Calendar::of(&cell.text)),
            Some(column) if column.role == Some(Role::Lead) => Aid::Names(Names::of(leads(shown.document))),
            Some(_) | None => Aid::None,
        };
        self.editing = Some(Editing { row: held.id, column, text, list, aid, places: Vec::new(), typed, begun: false });
    }

    /// What is typed in the open editor and does not stand in the document.
    #[must_use]
    pub fn open_text(&self, table: &Table) -> Option<OpenText> {
        let editing = self.editing.as_ref()?;
        let row = table.row(editing.row)?;
        let column = editing.column.map(|at| table.columns.get(at).map(|column| column.id));
        let choice = editing.list.is_some();
        let text = match (&editing.list, editing.column) {
            (Some(list), _) => Some(list.typed()).filter(|typed| !typed.trim().is_empty()),
            (None, Some(at)) => Some(&*editing.text).filter(|text| row.cells.get(at).is_none_or(|cell| *cell.text != **text)),
            (None, None) => Some(&*editing.text).filter(|text| row.fields.get(self.field).is_none_or(|field| *field.cell.text != **text)),
        };
        let text = text?.to_owned();
        Some(OpenText::Cell { table: table.id, row: editing.row, column: column.flatten(), field: self.field, text, choice })
    }

    /// Opens an editor again with what was typed in it; nothing where its place is gone.
    pub fn reopen(&mut self, shown: &Shown<'_>, (row, column, field): (RowId, Option<ColumnId>, usize), text: String, choice: bool) {
        let at = column.map(|id| shown.table.column_position(id));
        let (Some(row_at), false) = (shown.table.position(row), at == Some(None)) else { return };
        (self.field, self.field_of) = (field, Some(row));
        self.begin_edit(shown, row_at, at.flatten(), choice);
        let Some(editing) = &mut self.editing else { return };
        editing.list = editing.list.take().filter(|_| choice);
        match (&mut editing.list, at.flatten()) {
            (Some(list), Some(column)) => list.type_again(text, &shown.table.columns[column]),
            _ => editing.text = text,
        }
    }

    /// Ends the edit and keeps what was typed, as when the document is saved meanwhile.
    pub fn keep_edit(&mut self, shown: &Shown<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        self.commit(shown, Then::Stay, &mut commands);
        commands
    }

    /// Ends the edit where a button is pressed elsewhere, before anything hears of that press: what is typed stays in its cell.
    pub(super) fn end_by_press(&mut self, ui: &Ui, shown: &Shown<'_>, commands: &mut Vec<Command>) {
        let Some(editing) = self.editing.as_ref().filter(|editing| editing.begun) else { return };
        let pressed = ui.input(|input| {
            let any = [PointerButton::Primary, PointerButton::Secondary].into_iter().any(|button| input.pointer.button_pressed(button));
            input.pointer.interact_pos().filter(|_| any)
        });
        let outside = pressed.is_some_and(|at| !editing.places.iter().any(|place| place.contains(at)));
        if !outside {
            return;
        }
        // A list that was only opened is closed as it was.
        if editing.list.as_ref().is_some_and(|list| !list.is_typed()) {
            self.editing = None;
        } else {
            self.commit(shown, Then::Stay, commands);
        }
    }

    /// Ends the edit and keeps what was typed. What no choice fits, or more than one, leaves the cell as it was, which is said.
    fn commit(&mut self, shown: &Shown<'_>, then: Then, commands: &mut Vec<Command>) {
        let Some(editing) = self.editing.take() else { return };
        let Some(row) = shown.table.position(editing.row) else { return };
        let chosen = editing.list.as_ref().map_or(Chosen::Text(editing.text), |list| list.chosen(then == Then::PutInAll));
        let (text, said) = match chosen {
            Chosen::Text(text) => (Some(text), None),
            Chosen::Nothing => (None, None),
            Chosen::Unknown(why) => (None, Some(Command::Help(HelpCommand::Say(why)))),
        };
        match text {
            Some(text) if then == Then::PutInAll && editing.column.is_some() => {
                commands.push(Command::Cells(CellCommand::PutInAll(text)));
            }
            Some(text) => commands.extend(self.set_text(shown, row, editing.column, &text, "Edit")),
            None => {}
        }
        if let Then::Go(step, back) = then {
            commands.extend(self.cycle(shown, step, back));
        }
        commands.extend(said);
    }
}

/// Draws the open editor, if one is open, and ends it when its keys say so.
pub(super) fn show(view: &mut GridView, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
    let Some(editing) = &view.editing else { return };
    let Some(row) = shown.table.position(editing.row) else {
        view.editing = None;
        return;
    };
    let rect = match editing.column {
        Some(column) => view.cell_rect(body, row, column, shown.table.merged_lines(row, column)),
        None => {
            let top = body.top() + (view.heights.top(row) - view.y) as f32 + view.scaled(8.0 + 26.0 * view.field as f32);
            Rect::from_min_size(
                eframe::egui::pos2(body.left() + view.columns.gutter() + view.scaled(124.0), top),
                vec2((body.width() - view.columns.gutter() - view.scaled(160.0)).min(980.0), view.scaled(30.0)),
            )
        }
    };
    if editing.list.is_some() {
        return list::choose(view, ui, theme, shown, rect, commands);
    }
    let arrows = match &editing.aid {
        Aid::Calendar(calendar) => Arrows::Calendar { sideways: !calendar.typed },
        Aid::Names(names) if names.is_open() => Arrows::List,
        Aid::Names(_) | Aid::None => Arrows::Text,
    };
    let keys = take_keys(ui, arrows);
    words::write(view, ui, theme, shown, rect, keys, commands);
}

/// What follows when what was typed is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Stay,
    /// A step on, or back.
    Go(GridMove, bool),
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
    /// Moves the calendar's mark by days.
    Days(i32),
    /// The same by months.
    Months(i32),
}

/// What the arrows move in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Arrows {
    Text,
    List,
    /// In the calendar; to the sides only while nothing is typed, since the text has a caret too.
    Calendar {
        sideways: bool,
    },
}

/// Takes the keys that are not the text's, before it is drawn. Modifiers are matched exactly: Alt+Enter is a line break.
fn take_keys(ui: &Ui, arrows: Arrows) -> Vec<EditKey> {
    let mut taken = Vec::new();
    let (list, calendar) = (arrows == Arrows::List, matches!(arrows, Arrows::Calendar { .. }));
    let sideways = arrows == Arrows::Calendar { sideways: true };
    ui.input_mut(|input| {
        for event in &mut input.events {
            if matches!(event, Event::Key { key: Key::Semicolon, pressed: true, modifiers, .. } if modifiers.command && !modifiers.shift && !modifiers.alt)
            {
                *event = Event::Text(as_typed(jiff::Zoned::now().date()));
            }
        }
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let key = match (*key, *modifiers) {
                _ if let Some(end) = ending(*key, *modifiers) => end,
                (Key::ArrowUp, Modifiers::NONE) if list => EditKey::Previous,
                (Key::ArrowDown, Modifiers::NONE) if list => EditKey::Next,
                (Key::ArrowUp, Modifiers::NONE) if calendar => EditKey::Days(-7),
                (Key::ArrowDown, Modifiers::NONE) if calendar => EditKey::Days(7),
                (Key::ArrowLeft, Modifiers::NONE) if sideways => EditKey::Days(-1),
                (Key::ArrowRight, Modifiers::NONE) if sideways => EditKey::Days(1),
                (Key::PageUp, Modifiers::NONE) if calendar => EditKey::Months(-1),
                (Key::PageDown, Modifiers::NONE) if calendar => EditKey::Months(1),
                _ => return true,
            };
            taken.push(key);
            false
        });
    });
    taken
}

/// The keys that end any edit.
fn ending(key: Key, held: Modifiers) -> Option<EditKey> {
    Some(match (key, held) {
        (Key::Escape, Modifiers::NONE) => EditKey::Cancel,
        (Key::Enter, held) if held.command && !held.shift && !held.alt => EditKey::Keep(Then::PutInAll),
        (Key::Enter, Modifiers::NONE | Modifiers::SHIFT) => EditKey::Keep(Then::Go(GridMove::Enter, held.shift)),
        (Key::Tab, Modifiers::NONE | Modifiers::SHIFT) => EditKey::Keep(Then::Go(GridMove::Tab, held.shift)),
        _ => return None,
    })
}
