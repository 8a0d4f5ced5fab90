//! The ring around what has the keyboard, the same everywhere. Moves no focus.

use eframe::egui::{Response, Stroke, StrokeKind, Ui};

use super::theme::Theme;

/// Draws the ring where what was drawn has the keyboard.
pub fn ring(ui: &Ui, theme: &Theme, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(response.rect, 6.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
}
