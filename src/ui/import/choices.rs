//! The list of a drop-down that arrow keys walk through, as egui's own does not. Knows nothing of what is chosen.

use eframe::egui::{ComboBox, FocusDirection, Key, Modifiers, Response, Ui, vec2};

/// Draws a drop-down with its list, parted after `usual` of them; the choice that was made, with the drop-down itself.
pub fn show<T: Copy + PartialEq>(ui: &mut Ui, combo: ComboBox<'_>, present: T, usual: usize, all: &[(T, &str)]) -> (Option<T>, Response) {
    let (mut chosen, mut left) = (None, false);
    let shown = combo.show_ui(ui, |ui| {
        ui.set_min_width(190.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().button_padding = vec2(10.0, 2.0);
        let mut items = Vec::new();
        for (at, (choice, words)) in all.iter().enumerate() {
            if at == usual {
                ui.separator();
            }
            let response = ui.selectable_label(*choice == present, *words);
            if response.clicked() {
                chosen = Some(*choice);
            }
            items.push(response);
        }
        walk(ui, &items, all.iter().position(|(choice, _)| *choice == present).unwrap_or(0));
        left = ui.input(|input| input.key_pressed(Key::Escape));
    });
    // The keyboard goes back to where it came from.
    if left || chosen.is_some() {
        shown.response.request_focus();
    }
    (chosen.filter(|choice| *choice != present), shown.response)
}

/// Moves the keyboard along a list that has just been opened, or that it is in.
fn walk(ui: &Ui, items: &[Response], present: usize) {
    let Some(at) = items.iter().position(Response::has_focus) else {
        items.get(present).iter().for_each(|item| go(item));
        return;
    };
    let to = ui.input_mut(|input| {
        let mut pressed = |key: Key| input.consume_key(Modifiers::NONE, key);
        match () {
            () if pressed(Key::ArrowDown) => Some(at + 1),
            () if pressed(Key::ArrowUp) => at.checked_sub(1),
            () if pressed(Key::Home) => Some(0),
            () if pressed(Key::End) => Some(items.len() - 1),
            () => None,
        }
    });
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    to.and_then(|to| items.get(to)).iter().for_each(|item| go(item));
}

fn go(item: &Response) {
    item.request_focus();
    item.scroll_to_me(None);
}
