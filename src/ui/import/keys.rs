//! The keys that move about in the sheet, the preview and the notes, taken while one of them has the keyboard. Moves nothing itself.

use eframe::egui::{Event, EventFilter, FocusDirection, Id, Key, Modifiers, Rect, Stroke, StrokeKind, Ui};

use crate::ui::theme::Theme;

/// The keys that are taken.
const KEYS: [Key; 9] =
    [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight, Key::PageUp, Key::PageDown, Key::Home, Key::End, Key::Escape];

/// Takes the keys of this frame, in their order, where what has this id has the keyboard. Tab still leads on.
pub(super) fn taken(ui: &Ui, id: Id) -> Vec<(Key, Modifiers)> {
    if !ui.memory(|memory| memory.has_focus(id) && memory.top_modal_layer().is_none()) {
        return Vec::new();
    }
    let leaving = ui.input(|input| input.key_pressed(Key::Tab));
    ui.memory_mut(|memory| {
        let held = EventFilter { horizontal_arrows: true, vertical_arrows: true, escape: true, ..EventFilter::default() };
        memory.set_focus_lock_filter(id, held);
        if !leaving {
            memory.move_focus(FocusDirection::None);
        }
    });
    let mut keys = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if KEYS.contains(key) && !modifiers.alt => {
                keys.push((*key, *modifiers));
                false
            }
            _ => true,
        });
    });
    keys
}

/// A ring around what has the keyboard.
pub(super) fn ring(ui: &Ui, theme: &Theme, id: Id, rect: Rect) {
    if ui.memory(|memory| memory.has_focus(id)) {
        ui.painter().rect_stroke(rect.shrink(1.0), 0.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
}
