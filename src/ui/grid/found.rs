//! The mark behind words that were looked for. Looks for nothing itself.

use eframe::egui::{Color32, Galley, Painter, Pos2, Rect, pos2, text::CCursor};

use super::Shown;

/// Draws it behind every place in a text, which is laid out as `galley` and drawn at `at`.
pub(super) fn mark(painter: &Painter, shown: &Shown<'_>, text: &str, galley: &Galley, at: Pos2, colour: Color32) {
    let Some(pattern) = shown.pattern else { return };
    for place in pattern.ranges(text) {
        let first = text[..place.start].chars().count();
        let last = first + text[place].chars().count();
        for letter in first..last {
            let [from, to] = [letter, letter + 1].map(|at| galley.pos_from_cursor(CCursor::new(at)));
            // The last letter of a line ends where the next line begins.
            let right = if to.top() == from.top() { to.left() } else { from.left() + 8.0 };
            let rect = Rect::from_min_max(pos2(from.left(), from.top()), pos2(right, from.bottom()));
            painter.rect_filled(rect.translate(at.to_vec2()), 0.0, colour);
        }
    }
}
