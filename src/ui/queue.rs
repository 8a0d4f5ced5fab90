//! The events of a frame in the order they came, parted into passes so that each finds what the one before it left. Means nothing by them.

use std::collections::VecDeque;

use eframe::egui::{Context, Event, FullOutput, ImeEvent, Key, Modifiers, OutputCommand, Plugin, Pos2, RawInput, Ui};

/// How far a pointer that is held may move and still be clicking, in points; egui's own measure.
const STILL: f32 = 6.0;

/// What has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Keyboard {
    /// Buttons, menus and sheets, which take one key at a time.
    #[default]
    Widgets,
    /// The cells of the grid.
    Cells,
    /// A text that is typed, in a cell or elsewhere.
    Text,
    /// A list of choices at a cell, in which letters are typed too.
    List,
}

/// Events that wait for their pass. A slow frame may bring a click and the keys meant for what was clicked, and egui looks at a whole frame
/// at once: it hears keys before the click has selected anything, and finds what was clicked by where the pointer is in the end.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    keyboard: Keyboard,
    /// Where the button that is held down was pressed.
    held: Option<Pos2>,
    /// What was copied since the last event that copies was let through.
    copied: Option<String>,
}

#[derive(Debug)]
struct Waiting {
    event: Event,
    /// When it came, by which egui tells a double click.
    came: Option<f64>,
    /// Whether it pastes what an event before it is still to copy: it holds what was on the clipboard before.
    pastes_copy: bool,
}

impl Queue {
    /// Says what has the keyboard from now on.
    pub(super) fn set_keyboard(ctx: &Context, keyboard: Keyboard) {
        ctx.with_plugin(|queue: &mut Self| queue.keyboard = keyboard);
    }

    /// Notes what was put on the clipboard.
    pub(super) fn note_copied(ctx: &Context, text: &str) {
        ctx.with_plugin(|queue: &mut Self| queue.copied = Some(text.to_owned()));
    }

    fn put(&mut self, input: &mut RawInput) {
        for event in std::mem::take(&mut input.events) {
            let copies = |waiting: &Waiting| matches!(waiting.event, Event::Copy | Event::Cut);
            let pastes_copy = matches!(event, Event::Paste(_)) && self.waiting.iter().any(copies);
            self.waiting.push_back(Waiting { event, came: input.time, pastes_copy });
        }
    }

    /// Takes out what belongs to the next pass.
    fn take(&mut self, input: &mut RawInput) {
        let mut pass = Pass { held: self.held, ..Pass::default() };
        while let Some(next) = self.waiting.front()
            && pass.takes(&next.event, self.keyboard)
            && let Some(Waiting { mut event, came, pastes_copy }) = self.waiting.pop_front()
        {
            match &mut event {
                Event::Copy | Event::Cut => self.copied = None,
                Event::Paste(text) if pastes_copy => *text = self.copied.clone().unwrap_or_else(|| std::mem::take(text)),
                _ => {}
            }
            let alone = pass.ended && matches!(event, Event::Key { pressed: true, .. });
            // A key that is kept down comes again and again: what a slow window has not come to is not done after it was let go.
            while alone && self.waiting.front().is_some_and(|next| next.event == event) {
                self.waiting.pop_front();
            }
            input.time = came;
            input.events.push(event);
        }
        self.held = pass.held;
    }
}

impl Plugin for Queue {
    fn debug_name(&self) -> &'static str {
        "queue of events"
    }

    fn input_hook(&mut self, _: &Context, input: &mut RawInput) {
        self.put(input);
        self.take(input);
    }

    fn on_begin_pass(&mut self, ui: &mut Ui) {
        if !self.waiting.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        for command in &output.platform_output.commands {
            if let OutputCommand::CopyText(text) = command {
                self.copied = Some(text.clone());
            }
        }
    }
}

/// What a pass has taken so far.
#[derive(Debug, Default)]
struct Pass {
    held: Option<Pos2>,
    /// Whether a key is in it, and whether it moves a mark or a caret.
    keys: bool,
    moves: bool,
    /// Where a button was pressed or released in it.
    button: Option<Pos2>,
    /// Whether something was clicked in it, be it by a screen reader.
    clicks: bool,
    /// Whether the pointer moved in it while held, and whether so far that it drags.
    moved: bool,
    dragged: bool,
    /// Whether what follows belongs to the next pass.
    ended: bool,
    /// Whether the letter of a command's key, which it types beside what it does, may follow all the same.
    lettered: bool,
}

impl Pass {
    /// Takes an event into the pass, unless it belongs to the next.
    fn takes(&mut self, event: &Event, keyboard: Keyboard) -> bool {
        if self.ended {
            let letter = matches!(event, Event::Text(text) if text.chars().nth(1).is_none());
            return std::mem::take(&mut self.lettered) && letter;
        }
        match event {
            // egui looks for what is clicked where the pointer is in the end, and for a drag at the end of the pass.
            Event::PointerButton { pos, pressed, .. } => {
                if self.keys || self.dragged || self.button.is_some_and(|before| before != *pos) {
                    return false;
                }
                self.held = pressed.then_some(*pos);
                self.button = Some(*pos);
                self.clicks = true;
            }
            Event::PointerMoved(pos) => {
                if self.button.is_some_and(|before| before != *pos) || self.held.is_some() && self.keys {
                    return false;
                }
                self.moved |= self.held.is_some();
                self.dragged |= self.held.is_some_and(|held| held.distance(*pos) > STILL);
            }
            Event::AccessKitActionRequest(_) => {
                if self.keys {
                    return false;
                }
                self.clicks = true;
            }
            // What is held with a click.
            Event::ModifiersChanged(_) => return !self.clicks,
            event if is_keyboard(event) => return self.takes_key(event, keyboard),
            _ => {}
        }
        true
    }

    fn takes_key(&mut self, event: &Event, keyboard: Keyboard) -> bool {
        let (alone, moves) = (is_alone(event, keyboard), matches!(event, Event::Key { key, .. } if is_move(*key)));
        // What helps with typing a text is moved in before the text is read.
        let turns_to_move = keyboard == Keyboard::Text && self.moves != moves;
        if self.clicks || self.moved || self.keys && (alone || turns_to_move) {
            return false;
        }
        (self.keys, self.moves) = (true, moves);
        self.ended = alone || turns(event, keyboard);
        self.lettered = alone && types(event);
        true
    }
}

fn is_keyboard(event: &Event) -> bool {
    let pressed = |key: &Key| !MODIFIERS.contains(key);
    match event {
        Event::Key { key, pressed: true, .. } => pressed(key),
        Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut | Event::Paste(_) | Event::PasteImage(_) => true,
        _ => false,
    }
}

/// The keys that are only held with others.
const MODIFIERS: [Key; 8] =
    [Key::ShiftLeft, Key::ShiftRight, Key::ControlLeft, Key::ControlRight, Key::AltLeft, Key::AltRight, Key::SuperLeft, Key::SuperRight];

/// Whether an event may be a command of the window, which is heard before all that the cells and the fields hear.
fn is_alone(event: &Event, keyboard: Keyboard) -> bool {
    let Event::Key { key, modifiers, .. } = event else { return false };
    let leads = is_move(*key) && !matches!(key, Key::PageUp | Key::PageDown);
    let erases = matches!(key, Key::Backspace | Key::Delete);
    match keyboard {
        Keyboard::Widgets => true,
        _ if modifiers.alt => true,
        _ if modifiers.command || modifiers.ctrl => !(leads || erases && keyboard != Keyboard::Cells),
        Keyboard::Cells => is_function(*key) || erases || *key == Key::Space && *modifiers == Modifiers::SHIFT,
        Keyboard::Text | Keyboard::List => is_function(*key),
    }
}

fn is_move(key: Key) -> bool {
    use Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp, End, Home, PageDown, PageUp};
    matches!(key, ArrowUp | ArrowDown | ArrowLeft | ArrowRight | Home | End | PageUp | PageDown)
}

/// Whether the system sends a letter after a key, as it does not where Ctrl is held.
fn types(event: &Event) -> bool {
    let Event::Key { key, modifiers, .. } = event else { return false };
    let named = key.name();
    (named.len() == 1 || *key == Key::Space) && (modifiers.alt || !modifiers.ctrl && !modifiers.command)
}

fn is_function(key: Key) -> bool {
    key.name().strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Whether what follows an event is for what the event has begun or ended, or is to find what it changed.
fn turns(event: &Event, keyboard: Keyboard) -> bool {
    match event {
        Event::Copy | Event::Cut => true,
        Event::Text(_) | Event::Paste(_) | Event::Ime(ImeEvent::Preedit { .. } | ImeEvent::Commit(_)) => keyboard == Keyboard::Cells,
        Event::Key { key: Key::Enter | Key::Tab | Key::Escape, .. } => keyboard != Keyboard::Cells,
        Event::Key { key: Key::ArrowLeft | Key::ArrowRight, .. } => keyboard == Keyboard::List,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{PointerButton, pos2};

    use super::*;

    fn key(held: Modifiers, key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: held }
    }

    fn plain(of: Key) -> Event {
        key(Modifiers::NONE, of)
    }

    fn text(letter: &str) -> Event {
        Event::Text(letter.to_owned())
    }

    fn button(x: f32, pressed: bool) -> Event {
        Event::PointerButton { pos: pos2(x, 0.0), button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
    }

    fn to(x: f32) -> Event {
        Event::PointerMoved(pos2(x, 0.0))
    }

    /// How many events each pass gets of those of one frame.
    fn passes(keyboard: Keyboard, events: Vec<Event>) -> Vec<usize> {
        let mut queue = Queue { keyboard, ..Queue::default() };
        let mut input = RawInput { events, ..RawInput::default() };
        let mut passes = Vec::new();
        queue.put(&mut input);
        while !queue.waiting.is_empty() {
            input.events.clear();
            queue.take(&mut input);
            assert!(!input.events.is_empty(), "each pass gets something");
            passes.push(input.events.len());
        }
        passes
    }

    #[test]
    fn a_frame_is_parted_where_one_event_changes_what_the_next_finds() {
        use Keyboard::{Cells, List, Text, Widgets};
        let ctrl = Modifiers::COMMAND;
        for (keyboard, events, expected) in [
            (Cells, vec![to(1.0), button(1.0, true), button(1.0, false), plain(Key::Delete)], &[3, 1][..]),
            (Cells, vec![button(1.0, true), button(1.0, false), text("8"), text("7"), text("%")], &[2, 1, 1, 1]),
            (Text, vec![text("8"), text("7"), text("%"), plain(Key::Enter), text("x")], &[4, 1]),
            (Cells, vec![plain(Key::ArrowDown), plain(Key::ArrowDown), plain(Key::Enter)], &[3]),
            (Cells, vec![plain(Key::ArrowDown), key(ctrl, Key::Minus), plain(Key::ArrowDown)], &[1, 1, 1]),
            (Cells, vec![button(1.0, true), to(9.0), to(30.0), button(30.0, false), plain(Key::Delete)], &[1, 2, 1, 1]),
            (Cells, vec![button(1.0, true), button(1.0, false), button(1.0, true), button(1.0, false)], &[4]),
            (Cells, vec![button(1.0, true), button(1.0, false), to(50.0), button(50.0, true), button(50.0, false)], &[2, 3]),
            (Cells, vec![button(1.0, true), to(30.0), plain(Key::Delete), to(50.0)], &[1, 1, 1, 1]),
            (Cells, vec![key(Modifiers::SHIFT, Key::Space), text(" "), text("x")], &[2, 1]),
            (Cells, vec![to(1.0), plain(Key::ArrowDown), to(2.0), plain(Key::ArrowDown)], &[4]),
            (Widgets, vec![plain(Key::O), text("o"), plain(Key::P), text("p")], &[2, 2]),
            (Text, vec![text("l"), plain(Key::ArrowDown), plain(Key::Enter)], &[1, 1, 1]),
            (List, vec![text("m"), plain(Key::ArrowDown), plain(Key::ArrowRight), text("x")], &[3, 1]),
            (Text, vec![Event::Copy, Event::Paste("old".to_owned())], &[1, 1]),
        ] {
            assert_eq!(passes(keyboard, events.clone()), expected, "{keyboard:?} {events:?}");
        }
    }

    #[test]
    fn a_key_that_is_kept_down_is_not_done_after_it_was_let_go() {
        let undo = || key(Modifiers::COMMAND, Key::Z);
        let up = Event::Key { key: Key::Z, physical_key: None, pressed: false, repeat: false, modifiers: Modifiers::COMMAND };
        assert_eq!(passes(Keyboard::Cells, vec![undo(), undo(), undo(), undo(), up.clone()]), [1, 1]);
        assert_eq!(passes(Keyboard::Cells, vec![undo(), up.clone(), undo(), up]), [1, 2, 1], "pressed twice it is done twice");
        let backspace = || plain(Key::Backspace);
        assert_eq!(passes(Keyboard::Text, vec![backspace(), backspace(), backspace()]), [3], "letters are taken back one by one");
    }
}
