//! The letters of the menus: Alt shows them, Alt with one opens a menu, and one alone chooses in an open menu. Knows no menu's contents.

use eframe::egui::{
    Event, FocusDirection, FontSelection, Id, Key, Modifiers, Popup, Response, Stroke, TextStyle, Ui, WidgetText,
    text::{LayoutJob, TextFormat},
};

use super::grid;
use crate::app::command::Menu;

/// What Alt and the letters do now.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// Whether Alt was pressed and nothing else since.
    tapping: bool,
    /// Whether Alt is held.
    held: bool,
    /// Whether the menus were come to by keys.
    by_keys: bool,
    /// How deep the menus were open when they were drawn last; 0 for none.
    depth: usize,
    drawn: usize,
    /// Whether a word of the bar has the keyboard, or had when it was drawn last.
    on_bar: Option<Menu>,
    bar: Option<Menu>,
    /// Whether the keyboard is on what the right arrow opens.
    on_within: bool,
    within: bool,
    /// The letter pressed for what is open deepest.
    letter: Option<char>,
    /// The menu to be opened.
    open: Option<Menu>,
    /// Whether the bar is to have the keyboard.
    focus_bar: bool,
    /// Whether the first entry of the menu that opens is to have the keyboard.
    enter: bool,
}

impl Letters {
    /// Reads the keys that are meant for the menus, before anything else does.
    pub(super) fn read(&mut self, ui: &Ui) {
        self.letter = None;
        let alone = Modifiers { shift: false, ..ui.input(|input| input.modifiers) } == Modifiers::ALT;
        self.held = alone && ui.input(|input| input.focused);
        let mut tapped = false;
        for event in ui.input(|input| input.events.clone()) {
            match event {
                Event::Key { key: Key::AltLeft, pressed: true, modifiers, .. } => self.tapping = !modifiers.shift && !modifiers.command,
                Event::Key { key: Key::AltLeft, pressed: false, .. } => tapped |= std::mem::take(&mut self.tapping),
                Event::Key { key: Key::F10, pressed: true, modifiers: Modifiers::NONE, .. } => tapped = true,
                Event::Key { key, pressed: true, modifiers, .. } => {
                    self.tapping = false;
                    if self.is_mine(ui, key, modifiers) {
                        take(ui, key, modifiers);
                    }
                }
                Event::PointerButton { .. } | Event::MouseWheel { .. } | Event::WindowFocused(_) => self.tapping = false,
                _ => {}
            }
        }
        if tapped {
            let leaves = self.depth > 0 || self.on_bar.is_some();
            (self.focus_bar, self.by_keys) = (!leaves, true);
            if leaves {
                self.leave(ui);
            }
        }
    }

    /// Whether a key is one of a menu, which is then seen to.
    fn is_mine(&mut self, ui: &Ui, key: Key, held: Modifiers) -> bool {
        let letter = Some(key.name()).filter(|name| name.len() == 1).and_then(|name| name.chars().next());
        let within = self.depth > 0 || self.by_keys && self.on_bar.is_some();
        if (held == Modifiers::NONE || held == Modifiers::ALT)
            && within
            && let Some(letter) = letter
        {
            self.by_keys = true;
            if self.depth > 0 {
                self.letter = Some(letter);
            } else {
                self.open = menu_of(letter);
            }
            return true;
        }
        if held == Modifiers::ALT
            && let Some(menu) = letter.and_then(menu_of)
        {
            (self.open, self.by_keys) = (Some(menu), true);
            return true;
        }
        self.goes_beside(ui, key, held)
    }

    /// Whether an arrow leads from an open menu to the one beside it.
    fn goes_beside(&mut self, ui: &Ui, key: Key, held: Modifiers) -> bool {
        let Some(here) = self.on_bar.filter(|_| held == Modifiers::NONE && self.by_keys && self.depth == 1) else { return false };
        let all = Menu::ALL.len();
        let at = Menu::ALL.iter().position(|menu| *menu == here).unwrap_or(0);
        let to = match key {
            Key::ArrowLeft => at + all - 1,
            Key::ArrowRight if !self.on_within => at + 1,
            _ => return false,
        };
        self.open = Some(Menu::ALL[to % all]);
        // egui has read the arrow already.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        true
    }

    /// Whether the menus have the keyboard.
    pub(super) fn are_open(&self) -> bool {
        self.depth > 0 || self.on_bar.is_some()
    }

    fn leave(&mut self, ui: &Ui) {
        Popup::close_all(ui.ctx());
        ui.memory_mut(|memory| memory.request_focus(grid::id()));
    }

    /// Words with their letter underlined, while letters are shown.
    pub(super) fn words(&self, ui: &Ui, words: &str, letter: char) -> WidgetText {
        let at = words.char_indices().find(|(_, c)| c.to_uppercase().eq(letter.to_uppercase()));
        let Some((at, found)) = at.filter(|_| self.held || self.by_keys) else { return words.into() };
        let font = FontSelection::Style(TextStyle::Button).resolve(ui.style());
        let plain = TextFormat { font_id: font, color: ui.visuals().text_color(), ..TextFormat::default() };
        let lined = TextFormat { underline: Stroke::new(1.0, plain.color), ..plain.clone() };
        let mut job = LayoutJob::default();
        let after = at + found.len_utf8();
        for (part, format) in [(&words[..at], plain.clone()), (&words[at..after], lined), (&words[after..], plain)] {
            job.append(part, 0.0, format);
        }
        job.into()
    }

    /// Whether a letter was pressed for an entry of a menu so deep.
    pub(super) fn chooses(&mut self, ui: &Ui, depth: usize, letter: char) -> bool {
        let chosen = !ui.is_sizing_pass() && depth == self.depth && self.letter == Some(letter);
        if chosen {
            self.letter = None;
        }
        chosen
    }

    /// Gives a word of the bar that is drawn next the keyboard, or opens it, where that was asked for.
    pub(super) fn before_bar(&mut self, ui: &mut Ui, menu: Menu) {
        let id = ui.next_auto_id();
        if self.open == Some(menu) {
            self.open = None;
            self.enter = true;
            Popup::close_all(ui.ctx());
            press(ui, id);
        } else if menu == Menu::ALL[0] && std::mem::take(&mut self.focus_bar) {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
    }

    /// Takes in a word of the bar that was drawn, with its letter for a screen reader.
    pub(super) fn after_bar(&mut self, ui: &Ui, menu: Menu, response: &Response, is_open: bool) {
        released(ui, response.id);
        if response.has_focus() || is_open {
            self.bar = Some(menu);
        }
        told(ui, response, &format!("Alt+{}", menu.letter()));
    }

    /// Opens the menu that is drawn next, within another, where its letter was pressed.
    pub(super) fn before_within(&mut self, ui: &mut Ui, depth: usize, letter: char) {
        if self.chooses(ui, depth, letter) {
            let id = ui.next_auto_id();
            press(ui, id);
        }
    }

    /// Takes in a menu within another whose words were drawn.
    pub(super) fn after_within(&mut self, ui: &Ui, response: &Response, letter: char) {
        released(ui, response.id);
        self.within |= response.has_focus();
        told(ui, response, &letter.to_string());
    }

    /// Takes in an entry that was drawn.
    pub(super) fn after_entry(&mut self, ui: &Ui, response: &Response, letter: char) {
        if self.enter && response.enabled() && !ui.is_sizing_pass() {
            self.enter = false;
            response.request_focus();
        }
        told(ui, response, &letter.to_string());
    }

    /// Notes that a menu so deep is drawn.
    pub(super) fn drawn(&mut self, depth: usize) {
        self.drawn = self.drawn.max(depth);
    }

    /// Ends the drawing of the bar; menus that were left are left for the grid.
    pub(super) fn end(&mut self, ui: &Ui) {
        let was = self.depth > 0 || self.on_bar.is_some();
        self.depth = std::mem::take(&mut self.drawn);
        self.on_bar = self.bar.take();
        self.on_within = std::mem::take(&mut self.within);
        let is = self.depth > 0 || self.on_bar.is_some();
        if self.by_keys && !is && self.open.is_none() && !self.focus_bar {
            self.by_keys = false;
            self.enter = false;
            if was && ui.memory(|memory| memory.focused().is_none()) {
                ui.memory_mut(|memory| memory.request_focus(grid::id()));
            }
        }
        if self.open.is_some() || self.focus_bar {
            ui.ctx().request_repaint();
        }
    }

    /// Closes the menus once an entry was chosen by its letter.
    pub(super) fn chosen(&mut self, ui: &Ui) {
        self.leave(ui);
    }
}

fn menu_of(letter: char) -> Option<Menu> {
    Menu::ALL.into_iter().find(|menu| menu.letter() == letter)
}

/// Takes a key out of what was pressed, with the text it would have typed.
fn take(ui: &Ui, wanted: Key, held: Modifiers) {
    ui.input_mut(|input| {
        let is_it =
            |event: &Event| matches!(event, Event::Key { key, pressed: true, modifiers, .. } if *key == wanted && *modifiers == held);
        let Some(at) = input.events.iter().position(is_it) else { return };
        input.events.remove(at);
        if matches!(input.events.get(at), Some(Event::Text(_))) {
            input.events.remove(at);
        }
    });
}

/// Presses what is drawn next as Enter would, so that egui opens it as it does by keys.
fn press(ui: &Ui, id: Id) {
    ui.memory_mut(|memory| memory.request_focus(id));
    ui.input_mut(|input| input.events.push(enter()));
}

/// Takes that Enter back, if it was one.
fn released(ui: &Ui, id: Id) {
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.input_mut(|input| input.events.retain(|event| *event != enter()));
    }
}

/// An Enter no keyboard sends: it is held with nothing, and is a repeat of itself.
fn enter() -> Event {
    Event::Key { key: Key::Enter, physical_key: Some(Key::F35), pressed: true, repeat: true, modifiers: Modifiers::NONE }
}

/// Tells a screen reader the letter.
fn told(ui: &Ui, response: &Response, keys: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_access_key(keys));
}
