//! A drop-down with its list, which gives the keyboard back when it closes. Knows nothing of what is chosen.

use eframe::egui::{ComboBox, Key, Response, Ui, vec2};

use crate::ui::type_ahead::{Letters, of_words};

/// Draws a drop-down with its list, parted after `usual` of them; the choice that was made, with the drop-down itself.
pub(super) fn show<T: Copy + PartialEq>(
    ui: &mut Ui,
    combo: ComboBox<'_>,
    present: T,
    usual: usize,
    all: &[(T, &str)],
) -> (Option<T>, Response) {
    let (mut chosen, mut left) = (None, false);
    let shown = combo.show_ui(ui, |ui| {
        ui.set_min_width(190.0);
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().button_padding = vec2(10.0, 2.0);
        let letters = Letters::hear(ui, &of_words(all.iter().map(|(_, words)| *words)));
        for (at, (choice, words)) in all.iter().enumerate() {
            if at == usual {
                ui.separator();
            }
            let response = ui.selectable_label(*choice == present, *words);
            letters.follow(at, &response);
            if response.clicked() {
                chosen = Some(*choice);
            }
            if response.gained_focus() {
                response.scroll_to_me(None);
            }
        }
        left = ui.input(|input| input.key_pressed(Key::Escape));
    });
    // In the next frame, as the key that chose would open the list again in this one.
    let id = shown.response.id;
    let closed = id.with("closed");
    if ui.data_mut(|data| data.remove_temp::<()>(closed)).is_some() {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if left || chosen.is_some() {
        ui.data_mut(|data| data.insert_temp(closed, ()));
        ui.ctx().request_repaint();
    }
    (chosen.filter(|choice| *choice != present), shown.response)
}
