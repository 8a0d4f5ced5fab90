//! Words on a chart: elided to the room there is, placed by an anchor.

use std::sync::Arc;

use eframe::egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, text::LayoutJob};

/// A line of text, cut with an ellipsis where it does not fit.
fn line(painter: &Painter, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let text = text.lines().next().unwrap_or("").to_owned();
    let mut job = LayoutJob::simple_singleline(text, font, colour);
    job.wrap.max_width = width.max(0.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    painter.layout_job(job)
}

/// Draws a text on at most two lines from a place's left, in the middle of its height.
pub(super) fn two_lines(painter: &Painter, at: Pos2, text: &str, font: FontId, colour: Color32, width: f32) {
    let mut job = LayoutJob::simple(text.to_owned(), font, colour, width.max(0.0));
    job.wrap.max_rows = 2;
    job.break_on_newline = true;
    let galley = painter.layout_job(job);
    painter.galley(Align2::LEFT_CENTER.anchor_size(at, galley.size()).min, galley, colour);
}

/// Draws a line of text with the anchor's point of it at a place; returns where it stands.
pub(super) fn put(painter: &Painter, at: Pos2, anchor: Align2, text: &str, font: FontId, colour: Color32, width: f32) -> Rect {
    let galley = line(painter, text, font, colour, width);
    let rect = anchor.anchor_size(at, galley.size());
    painter.galley(rect.min, galley, colour);
    rect
}

/// Moves places apart so that texts there do not overlap, keeping their order and, where there is room, the limits.
pub(super) fn spread(places: &mut [f32], gap: f32, top: f32, bottom: f32) {
    let mut least = top;
    for place in places.iter_mut() {
        *place = place.max(least);
        least = *place + gap;
    }
    let mut most = bottom;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - gap;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_overlap() {
        let mut places = [10.0, 12.0, 50.0, 99.0, 99.5];
        spread(&mut places, 16.0, 0.0, 100.0);
        assert_eq!(places, [10.0, 26.0, 50.0, 84.0, 100.0]);
    }
}
