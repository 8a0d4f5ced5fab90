//! Scrolling in f64: the wheel is taken here, and the bars are drawn over a scaled height.

use eframe::egui::{
    Event, Rect, ScrollArea, Ui, UiBuilder,
    containers::scroll_area::{ScrollBarVisibility, ScrollSource},
    pos2,
};

use super::GridView;

/// The greatest height given to egui's scroll area, whose offsets are f32.
const CAP: f64 = 1_000_000.0;

impl GridView {
    /// Takes the wheel and keeps the offsets within the table.
    pub(super) fn scroll(&mut self, ui: &Ui, body: Rect) {
        if ui.rect_contains_pointer(body) && !ui.ctx().any_popup_open() {
            let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta));
            self.y -= f64::from(delta.y);
            self.x -= delta.x;
        }
        self.y = self.y.clamp(0.0, (self.heights.total() - f64::from(body.height())).max(0.0));
        self.x = self.x.clamp(0.0, (self.columns.total() - body.width()).max(0.0));
    }

    /// Draws the bars and follows them when they are dragged.
    pub(super) fn scroll_bars(&mut self, ui: &mut Ui, body: Rect) {
        bars(ui, body, (self.columns.total(), self.heights.total()), &mut self.x, &mut self.y);
    }
}

/// Draws bars over a content of this width and height, both in points, and moves the offsets where they are dragged to.
pub(crate) fn bars(ui: &mut Ui, body: Rect, (width, total): (f32, f64), x: &mut f32, y: &mut f64) {
    let view = f64::from(body.height());
    // egui springs back from beyond where a content ended a frame ago, which must not move one that has become longer.
    let moved = ui.input(|input| {
        let asked = input.events.iter().any(|event| matches!(event, Event::AccessKitActionRequest(_)));
        input.pointer.any_down() || input.pointer.any_released() || asked
    });
    let scale = if total > CAP { (CAP - view) / (total - view) } else { 1.0 };
    let bar = Rect::from_min_max(pos2(body.left(), body.top()), pos2(ui.max_rect().right(), body.bottom()));
    // What has just become shorter would spring back from beyond its end.
    let set = ((*y).min((total - view).max(0.0)) * scale) as f32;
    let mut child = ui.new_child(UiBuilder::new().id_salt("rows bar").max_rect(bar));
    // Nor may what has just become longer spring back from beyond where it ended before.
    child.spacing_mut().scroll.kinetic.rubber_band = false;
    let out = ScrollArea::vertical()
        .auto_shrink(false)
        .scroll_source(ScrollSource::SCROLL_BAR)
        .scroll_bar_visibility(ScrollBarVisibility::VisibleWhenNeeded)
        .vertical_scroll_offset(set)
        .show_viewport(&mut child, |ui, _| ui.set_height(total.min(CAP) as f32));
    let now = out.state.clamped_offset().y;
    if moved && (now - set).abs() > 0.01 {
        *y = (f64::from(now) / scale).clamp(0.0, (total - view).max(0.0));
    }
    if width > body.width() + 0.5 {
        let mut child = ui.new_child(UiBuilder::new().id_salt("columns bar").max_rect(body));
        let out = ScrollArea::horizontal()
            .auto_shrink(false)
            .scroll_source(ScrollSource::SCROLL_BAR)
            .horizontal_scroll_offset(x.min(width - body.width()))
            .show_viewport(&mut child, |ui, _| ui.set_width(width));
        if moved {
            *x = out.state.clamped_offset().x;
        }
    }
}
