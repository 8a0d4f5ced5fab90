//! The series of a plot by name and look, each of which can be put out of sight and shown again. Draws no series itself.

use eframe::egui::{Align2, Color32, Id, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::theme::{SMALL_SIZE, Theme, plain};
use super::words::put;

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Swatch {
    Line(Color32),
    Dashes(Color32),
    Area(Color32),
}

/// How high the legend is, in points.
pub(super) const HEIGHT: f32 = 22.0;
/// What can be done with a plot, which is said beside its legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Nothing: it is a picture.
    Picture,
    Whole,
    /// It stands among others, which scroll.
    Small,
}

impl How {
    pub(super) fn of(live: bool) -> Self {
        if live { Self::Whole } else { Self::Picture }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Picture => "",
            Self::Whole => "Wheel zooms, drag moves, double-click shows all",
            Self::Small => "Ctrl and wheel zoom, drag moves, double-click shows all",
        }
    }
}

/// Draws the legend on a line; tells which of its series are to be drawn.
pub(super) fn legend<const N: usize>(ui: &mut Ui, theme: &Theme, id: Id, how: How, series: [(&str, Swatch); N]) -> [bool; N] {
    let place = id.with("out of sight");
    let mut hidden: u32 = ui.data(|data| data.get_temp(place)).unwrap_or(0);
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let mut left = line.left();
    for (at, (name, swatch)) in series.iter().enumerate() {
        let galley = ui.painter().layout_no_wrap((*name).to_owned(), plain(SMALL_SIZE), theme.text);
        let area = Rect::from_min_size(pos2(left, line.top()), vec2(galley.size().x + 42.0, HEIGHT));
        if area.right() > line.right() {
            break;
        }
        left = area.right() + 4.0;
        let shown = hidden & (1 << at) == 0;
        if how != How::Picture {
            let response = ui.interact(area, id.with(("series", at)), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, shown, *name));
            if response.hovered() {
                ui.painter().rect_filled(area, 4.0, theme.hovered);
            }
            if response.has_focus() {
                ui.painter().rect_stroke(area, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
            }
            let tip = if shown { format!("Put “{name}” out of sight") } else { format!("Show “{name}” again") };
            if response.on_hover_text(tip).clicked() {
                hidden ^= 1 << at;
                ui.data_mut(|data| data.insert_temp(place, hidden));
                ui.ctx().request_repaint();
            }
        }
        let at = Rect::from_min_size(area.min + vec2(6.0, 0.0), vec2(22.0, HEIGHT));
        draw(ui, at, *swatch, if shown { 1.0 } else { 0.25 });
        let colour = if shown { theme.text } else { theme.muted };
        let words = pos2(area.left() + 34.0, area.center().y - galley.size().y / 2.0);
        let end = words + vec2(galley.size().x, galley.size().y / 2.0);
        ui.painter().galley_with_override_text_color(words, galley, colour);
        if !shown {
            ui.painter().hline(words.x..=end.x, end.y, Stroke::new(1.0, theme.muted));
        }
    }
    if line.right() - left > 320.0 {
        put(ui.painter(), line.right_center(), Align2::RIGHT_CENTER, how.words(), plain(SMALL_SIZE), theme.muted, line.right() - left);
    }
    std::array::from_fn(|at| hidden & (1 << at) == 0)
}

fn draw(ui: &Ui, area: Rect, swatch: Swatch, strength: f32) {
    let ends = [area.left_center(), area.right_center()];
    let faint = |colour: Color32| colour.gamma_multiply(strength);
    match swatch {
        Swatch::Line(colour) => {
            ui.painter().line_segment(ends, Stroke::new(2.0, faint(colour)));
            ui.painter().circle_filled(area.center(), 4.0, faint(colour));
        }
        Swatch::Dashes(colour) => {
            ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(2.0, faint(colour)), 6.0, 4.0));
        }
        Swatch::Area(colour) => {
            ui.painter().rect_filled(area.shrink2(vec2(2.0, 5.0)), 2.0, faint(colour));
        }
    }
}
