//! Reading a plot point by point: with the pointer, with arrow keys and by a screen reader. Draws a tooltip and nothing else.

use eframe::egui::{Id, Key, Modifiers, PopupAnchor, Rect, Role, Sense, Tooltip, Ui, Vec2, WidgetInfo};

use super::canvas::Shown;

/// How near the pointer must be to a point along the bottom, in points.
const NEAR: f32 = 40.0;

/// A point of a plot and what it says.
pub(super) struct Point {
    pub x: f64,
    pub y: f64,
    /// What is read out.
    pub words: String,
    /// What the tooltip says: more of it, on several lines.
    pub more: String,
}

/// Has every point in sight read out by a screen reader, shows the words of the one the pointer or the keys are at, and tells which that is.
pub(super) fn read(ui: &Ui, id: Id, shown: &Shown, points: &[Point]) -> Option<usize> {
    let frame = shown.frame();
    for (at, point) in points.iter().enumerate() {
        let place = shown.at(point.x, point.y);
        if frame.expand(1.0).contains(place) {
            let response = ui.interact(Rect::from_center_size(place, Vec2::splat(12.0)), id.with(("reading", at)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &point.words));
        }
    }
    let (read, anchor) = match by_keys(ui, id, shown, points.len()) {
        Some(at) => (at, PopupAnchor::Position(shown.at(points[at].x, points[at].y))),
        None => (by_pointer(shown, points)?, PopupAnchor::Pointer),
    };
    let response = &shown.response;
    let tooltip = Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, anchor).gap(14.0);
    tooltip.show(|ui| ui.label(&points[read].more));
    Some(read)
}

/// The point below or above the pointer.
fn by_pointer(shown: &Shown, points: &[Point]) -> Option<usize> {
    let response = &shown.response;
    let pointer = response.hover_pos().filter(|_| !response.dragged())?;
    let away = |point: &Point| (shown.transform.position_from_point_x(point.x) - pointer.x).abs();
    let nearest = points.iter().enumerate().min_by(|one, other| away(one.1).total_cmp(&away(other.1)))?;
    (away(nearest.1) <= NEAR).then_some(nearest.0)
}

/// The point that the arrow keys stand at, once they were pressed in the plot.
fn by_keys(ui: &Ui, id: Id, shown: &Shown, count: usize) -> Option<usize> {
    let place = id.with("read by keys");
    if !shown.response.has_focus() || count == 0 || shown.response.hovered() {
        ui.data_mut(|data| data.remove_temp::<usize>(place));
        return None;
    }
    let held = ui.data(|data| data.get_temp::<usize>(place)).map(|at| at.min(count - 1));
    let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let moved = if pressed(Key::ArrowRight) {
        Some(held.map_or(0, |at| (at + 1).min(count - 1)))
    } else if pressed(Key::ArrowLeft) {
        Some(held.map_or(count - 1, |at| at.saturating_sub(1)))
    } else {
        held
    };
    if let Some(at) = moved.filter(|_| moved != held) {
        ui.data_mut(|data| data.insert_temp(place, at));
    }
    moved
}
