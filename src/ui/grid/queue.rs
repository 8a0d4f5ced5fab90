//! The keyboard's strokes in their order, let through so that none reaches the wrong cell. Means nothing by them.

use std::collections::VecDeque;

use eframe::egui::{Event, ImeEvent, Key, Modifiers, Ui};

/// Strokes that wait for their frame. A slow frame may hold the end of one edit and the beginning of the next: what comes
/// after such a turn waits for the next frame.
#[derive(Debug, Default)]
pub struct Queue(VecDeque<Event>);

impl Queue {
    /// Lets through what belongs to this frame and keeps the rest.
    pub fn pass(&mut self, ui: &Ui, editing: bool) {
        ui.input_mut(|input| {
            let (keyboard, others) = std::mem::take(&mut input.events).into_iter().partition(is_keyboard);
            input.events = others;
            self.0.extend::<Vec<Event>>(keyboard);
            let turns = |event: &Event| if editing { ends(event) } else { begins(event) };
            let through = self.0.iter().position(turns).map_or(self.0.len(), |at| at + 1);
            input.events.extend(self.0.drain(..through));
        });
        if !self.0.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    /// Forgets what waits, as when the keyboard went elsewhere.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

fn is_keyboard(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut | Event::Paste(_))
}

/// Whether an event opens an editor.
fn begins(event: &Event) -> bool {
    match event {
        Event::Text(_) | Event::Ime(ImeEvent::Preedit { .. } | ImeEvent::Commit(_)) => true,
        Event::Key { key: Key::F2, pressed, .. } => *pressed,
        Event::Key { key: Key::ArrowDown, pressed, modifiers, .. } => *pressed && *modifiers == Modifiers::ALT,
        _ => false,
    }
}

/// Whether an event ends an edit.
fn ends(event: &Event) -> bool {
    match event {
        Event::Key { key: Key::Enter, pressed, modifiers, .. } => *pressed && !modifiers.alt,
        Event::Key { key: Key::Tab, pressed, modifiers, .. } => *pressed && !modifiers.alt && !modifiers.command,
        Event::Key { key: Key::Escape, pressed, .. } => *pressed,
        _ => false,
    }
}
