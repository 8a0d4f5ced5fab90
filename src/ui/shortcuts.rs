//! Whether the keys of a command were pressed. Knows no command.

use eframe::egui::{Event, Key, Modifiers, Ui};

use crate::app::command::Shortcut;

/// Takes a press of a shortcut out of what was pressed, with the text it would have typed; false when it was not pressed.
pub(super) fn take(ui: &Ui, keys: Shortcut) -> bool {
    let Some(wanted) = Key::from_name(keys.key) else { return false };
    ui.input_mut(|input| {
        let is_it = |event: &Event| match event {
            Event::Key { key, pressed: true, modifiers, .. } => matches(keys, wanted, *key, *modifiers),
            _ => false,
        };
        let Some(at) = input.events.iter().position(is_it) else { return false };
        input.events.remove(at);
        if !keys.ctrl && matches!(input.events.get(at), Some(Event::Text(_))) {
            input.events.remove(at);
        }
        true
    })
}

/// Whether a press is a shortcut exactly. A plus may need Shift, or none where it shares its key with the equals sign.
fn matches(keys: Shortcut, wanted: Key, key: Key, held: Modifiers) -> bool {
    let plus = wanted == Key::Plus && matches!(key, Key::Plus | Key::Equals);
    (key == wanted || plus) && held.command == keys.ctrl && held.alt == keys.alt && (plus || held.shift == keys.shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::command::ALL;

    #[test]
    fn every_shortcut_is_a_key_egui_knows() {
        for command in ALL {
            if let Some(shortcut) = command.shortcut() {
                assert!(Key::from_name(shortcut.key).is_some(), "{}", shortcut.words());
            }
        }
    }
}
