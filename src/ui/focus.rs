//! The ring around what has the keyboard, the same everywhere. Moves no focus.

use eframe::egui::{IdSalt, Response, StrokeKind, Ui};

/// Draws the ring where what was drawn has the keyboard.
pub(super) fn ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 6.0, ui.visuals().selection.stroke, StrokeKind::Inside);
    }
}

/// Draws the ring with a gap around it, for what is filled with the ring's own colour.
pub(super) fn around(ui: &Ui, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect.expand(2.0), 6.0, ui.visuals().selection.stroke, StrokeKind::Outside);
    }
}

/// Draws the ring on the edge by which a panel is made wider, where that has the keyboard. `panel` is what the panel is called.
pub(super) fn edge(ui: &Ui, panel: &str) {
    // egui takes the keyboard there and draws nothing.
    let edge = ui.scope_id().with_salt(IdSalt::new(panel)).with("__resize");
    if let Some(response) = ui.read_response(edge) {
        ring(ui, &response);
    }
}
