//! A plot that can be looked at closer: its axes, dragging, the wheel, keys, and the way back to all of it. Knows nothing of what is in it.

use eframe::egui::{
    Button, EventFilter, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, Role, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};
use egui_plot::{AxisHints, GridMark, HPlacement, Plot, PlotBounds, PlotTransform, PlotUi};

use super::super::theme::{SMALL_SIZE, Theme, plain};
use crate::charts::marks::marks_between;

/// The least of the whole that a view shows.
const CLOSEST: f64 = 0.004;
/// How far the wheel turns, in points, to show 2.7 times less.
const WHEEL: f32 = 300.0;
/// What one press of plus shows less.
const STEP: f64 = 1.25;
/// A box that is smaller, in points, was a click.
const LEAST_BOX: f32 = 8.0;
/// Between the words of an axis, in points.
const APART: f32 = 14.0;
/// The longest words of an axis, in characters.
const LONGEST: usize = 26;

/// What a screen reader says of every plot.
const HOW: &str = "Left and right read it, plus and minus zoom, Home shows all";

/// Which wheel zooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wheel {
    /// Any turn of it.
    Alone,
    /// With Ctrl, as the plot stands in something that scrolls.
    WithCtrl,
    /// None: it is a picture.
    Never,
}

/// What names the places from one to another along the bottom, in a width in points.
type Bottom<'a> = dyn Fn(&Ui, (f64, f64), f32) -> Vec<(f64, String)> + 'a;

/// A plot with everything it shows.
pub(super) struct Canvas<'a> {
    pub id: Id,
    /// What it is called: its title and how much is in it.
    pub words: String,
    pub whole: PlotBounds,
    pub size: Vec2,
    /// What names the places along the bottom.
    pub bottom: &'a Bottom<'a>,
    /// What an amount on the left is called; `None` where there is nothing on the left.
    pub left: Option<&'a dyn Fn(f64) -> String>,
    pub wheel: Wheel,
}

/// A plot that was drawn.
pub(super) struct Shown {
    pub response: Response,
    pub transform: PlotTransform,
}

/// What is seen of a plot.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    whole: PlotBounds,
    seen: PlotBounds,
    /// Where a box is being drawn from.
    from: Option<Pos2>,
}

impl Shown {
    /// Where a point stands on the screen.
    pub(super) fn at(&self, x: f64, y: f64) -> Pos2 {
        pos2(self.transform.position_from_point_x(x), self.transform.position_from_point_y(y))
    }

    /// The room of the plot itself, without its axes.
    pub(super) fn frame(&self) -> Rect {
        *self.transform.frame()
    }
}

impl Canvas<'_> {
    /// Draws the plot with its items, and hears what is done with it.
    pub(super) fn show(&self, ui: &mut Ui, theme: &Theme, items: impl FnOnce(&mut PlotUi<'_>)) -> Shown {
        let known = ui.data(|data| data.get_temp::<View>(self.id)).filter(|view| view.whole == self.whole);
        let mut view = known.unwrap_or(View { whole: self.whole, seen: self.whole, from: None });
        let (x, y) = ((view.seen.min()[0], view.seen.max()[0]), (view.seen.min()[1], view.seen.max()[1]));
        let amounts: Vec<(f64, String)> = self.left.map_or_else(Vec::new, |words| {
            let count = (self.size.y / 34.0).clamp(3.0, 8.0) as usize;
            marks_between(y.0, y.1, count).into_iter().map(|amount| (amount, words(amount))).collect()
        });
        let font = plain(SMALL_SIZE);
        let width = |words: &String| ui.painter().layout_no_wrap(words.clone(), font.clone(), theme.muted).size().x;
        let left = amounts.iter().map(|(_, words)| width(words)).fold(0.0, f32::max) + 10.0;
        let below = (self.bottom)(ui, x, self.size.x - left);
        let axis = |hints: AxisHints<'static>, words: Vec<(f64, String)>, least: f32| {
            let name =
                move |mark: GridMark, _: &_| words.iter().find(|(at, _)| *at == mark.value).map_or_else(String::new, |it| it.1.clone());
            hints.formatter(name).min_thickness(least).label_spacing(0.0..=0.01).tick_label_color(theme.muted).tick_label_font(font.clone())
        };
        let marks = |words: &[(f64, String)]| -> Vec<GridMark> {
            words.iter().map(|(value, _)| GridMark { value: *value, step_size: f64::MAX.sqrt() }).collect()
        };
        let (x_marks, y_marks) = (marks(&below), marks(&amounts));
        let plot = Plot::new(self.id)
            .id(self.id)
            .width(self.size.x)
            .height(self.size.y)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .show_background(false)
            .show_axes([true, self.left.is_some()])
            .show_grid([self.left.is_none(), self.left.is_some()])
            .grid_color(theme.hairline)
            .grid_spacing(0.0..=0.01)
            .auto_bounds(false)
            .x_grid_spacer(move |_| x_marks.clone())
            .y_grid_spacer(move |_| y_marks.clone())
            .custom_x_axes(vec![axis(AxisHints::new_x(), below, 20.0)])
            .custom_y_axes(vec![axis(AxisHints::new_y().placement(HPlacement::Left), amounts, left)]);
        let seen = view.seen;
        let drawn = plot.show(ui, |plot| {
            plot.set_plot_bounds(seen);
            items(plot);
        });
        let shown = Shown { response: drawn.response, transform: drawn.transform };
        shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, format!("{}. {HOW}", self.words)));
        if self.wheel != Wheel::Never {
            let before = view;
            self.hear(ui, &shown, &mut view);
            self.way_back(ui, theme, &shown, &mut view);
            if view != before || known.is_none() {
                ui.data_mut(|data| data.insert_temp(self.id, view));
                ui.ctx().request_repaint();
            }
        }
        shown
    }

    /// Takes in dragging, the wheel and keys.
    fn hear(&self, ui: &Ui, shown: &Shown, view: &mut View) {
        let (response, transform) = (&shown.response, &shown.transform);
        let [by_x, by_y] = transform.dvalue_dpos();
        let pointer = ui.input(|input| input.pointer.hover_pos());
        if response.double_clicked() {
            view.seen = self.whole;
        }
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.dragged_by(PointerButton::Primary) {
            let delta = response.drag_delta();
            view.seen.translate((-f64::from(delta.x) * by_x, -f64::from(delta.y) * by_y));
        }
        if response.drag_started_by(PointerButton::Secondary) {
            view.from = ui.input(|input| input.pointer.press_origin());
        }
        if response.drag_stopped_by(PointerButton::Secondary)
            && let (Some(from), Some(to)) = (view.from.take(), pointer)
        {
            let [from, to] = [from, to].map(|at| transform.value_from_position(shown.frame().clamp(at)));
            let pixels = vec2(((to.x - from.x) / by_x) as f32, ((to.y - from.y) / by_y) as f32).abs();
            if pixels.x > LEAST_BOX && pixels.y > LEAST_BOX {
                view.seen = PlotBounds::from_min_max([from.x.min(to.x), from.y.min(to.y)], [from.x.max(to.x), from.y.max(to.y)]);
            }
        }
        if response.contains_pointer()
            && let Some(at) = pointer
        {
            let at = transform.value_from_position(at);
            let by_pinch = f64::from(ui.input(eframe::egui::InputState::zoom_delta));
            let turned =
                if self.wheel == Wheel::Alone { ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta)).y } else { 0.0 };
            let times = f64::from((turned / WHEEL).exp());
            // With Ctrl, or by a pinch, the amounts come closer as well.
            zoom(&mut view.seen, [times * by_pinch, by_pinch], [at.x, at.y]);
        }
        self.hear_keys(ui, response, view);
        keep_within(&mut view.seen, &self.whole);
    }

    /// Keys, once the plot has the keyboard: plus and minus zoom, Home shows all, Shift and an arrow moves.
    fn hear_keys(&self, ui: &Ui, response: &Response, view: &mut View) {
        if !response.has_focus() {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |modifiers: Modifiers, key: Key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let centre = [0, 1].map(|axis| f64::midpoint(view.seen.min()[axis], view.seen.max()[axis]));
        for (key, times) in [(Key::Plus, STEP), (Key::Equals, STEP), (Key::Minus, 1.0 / STEP)] {
            if pressed(Modifiers::NONE, key) {
                zoom(&mut view.seen, [times, 1.0], centre);
            }
        }
        for (key, way) in [(Key::ArrowLeft, -0.25), (Key::ArrowRight, 0.25)] {
            if pressed(Modifiers::SHIFT, key) {
                view.seen.translate((view.seen.width() * way, 0.0));
            }
        }
        if pressed(Modifiers::NONE, Key::Home) {
            view.seen = self.whole;
        }
    }

    /// The box that is being drawn, and a button that shows all again where not all is seen.
    fn way_back(&self, ui: &mut Ui, theme: &Theme, shown: &Shown, view: &mut View) {
        if let (Some(from), Some(to)) = (view.from, ui.input(|input| input.pointer.hover_pos())) {
            let area = Rect::from_two_pos(from, shown.frame().clamp(to));
            ui.painter().rect_stroke(area, 0.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
        }
        if view.seen != self.whole {
            let place = Rect::from_min_size(shown.frame().right_top() + vec2(-84.0, 2.0), vec2(82.0, 22.0));
            let button = Button::new(eframe::egui::RichText::new("Show all").size(SMALL_SIZE));
            // In a place of its own, so that what follows stands where it would without it.
            let mut above = ui.new_child(UiBuilder::new().max_rect(place));
            if above.put(place, button).on_hover_text("Back to the whole chart (double-click, or Home)").clicked() {
                view.seen = self.whole;
            }
        }
        if shown.response.has_focus() {
            let around = shown.frame().expand(2.0);
            ui.painter().rect_stroke(around, 2.0, Stroke::new(2.0, theme.accent), StrokeKind::Outside);
        }
    }
}

/// Brings each axis closer by a factor, around a point.
fn zoom(seen: &mut PlotBounds, times: [f64; 2], around: [f64; 2]) {
    let end = |end: f64, axis: usize| around[axis] + (end - around[axis]) / times[axis];
    let (min, max) = (seen.min(), seen.max());
    *seen = PlotBounds::from_min_max([end(min[0], 0), end(min[1], 1)], [end(max[0], 0), end(max[1], 1)]);
}

/// Keeps what is seen within the whole, and no smaller than can be told apart.
fn keep_within(seen: &mut PlotBounds, whole: &PlotBounds) {
    let one = |axis: usize| {
        let (low, high) = (whole.min()[axis], whole.max()[axis]);
        let wide = (seen.max()[axis] - seen.min()[axis]).clamp((high - low) * CLOSEST, high - low);
        let middle = f64::midpoint(seen.min()[axis], seen.max()[axis]);
        // All of it is all of it, whatever the roundings on the way.
        if wide >= (high - low) * (1.0 - 1e-9) || !middle.is_finite() {
            return (low, high);
        }
        let from = (middle - wide / 2.0).clamp(low, high - wide);
        (from, from + wide)
    };
    let ((x_low, x_high), (y_low, y_high)) = (one(0), one(1));
    *seen = PlotBounds::from_min_max([x_low, y_low], [x_high, y_high]);
}

/// The words below places at whole numbers, as many as there is room for, the last of them first of all.
pub(super) fn words_at_whole_numbers(ui: &Ui, (from, to): (f64, f64), width: f32, words: &[&str]) -> Vec<(f64, String)> {
    let first = (from.ceil().max(0.0)) as usize;
    let Some(last) = words.len().checked_sub(1).map(|last| last.min(to.floor().max(0.0) as usize)) else { return Vec::new() };
    if first > last {
        return Vec::new();
    }
    let font = plain(SMALL_SIZE);
    let short: Vec<String> = words[first..=last].iter().map(|words| cut(words)).collect();
    let size = |words: &String| ui.painter().layout_no_wrap(words.clone(), font.clone(), eframe::egui::Color32::PLACEHOLDER).size().x;
    let widest = short.iter().map(size).fold(0.0, f32::max) + APART;
    let slot = width / (to - from).max(f64::MIN_POSITIVE) as f32;
    let stride = (widest / slot.max(0.01)).ceil().max(1.0) as usize;
    (first..=last).zip(short).filter(|(at, _)| (last - at).is_multiple_of(stride)).map(|(at, words)| (at as f64, words)).collect()
}

/// Words on one line, no longer than an axis takes.
fn cut(words: &str) -> String {
    let line = words.lines().next().unwrap_or("");
    if line.chars().count() <= LONGEST { line.to_owned() } else { line.chars().take(LONGEST - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: PlotBounds = PlotBounds::NOTHING;

    fn bounds(x: (f64, f64), y: (f64, f64)) -> PlotBounds {
        PlotBounds::from_min_max([x.0, y.0], [x.1, y.1])
    }

    #[test]
    fn a_point_stays_where_it_is_while_the_plot_comes_closer() {
        let whole = bounds((0.0, 12.0), (0.0, 100.0));
        let mut seen = whole;
        zoom(&mut seen, [2.0, 1.0], [3.0, 50.0]);
        assert_eq!(seen, bounds((1.5, 7.5), (0.0, 100.0)));
        zoom(&mut seen, [0.5, 1.0], [3.0, 50.0]);
        keep_within(&mut seen, &whole);
        assert_eq!(seen, whole, "and back again");
        assert_ne!(WHOLE, whole);
    }

    #[test]
    fn nobody_gets_lost() {
        let whole = bounds((0.0, 12.0), (0.0, 100.0));
        for (seen, expected) in [
            (bounds((-6.0, 6.0), (0.0, 100.0)), whole),
            (bounds((-3.0, 3.0), (90.0, 140.0)), bounds((0.0, 6.0), (50.0, 100.0))),
            (bounds((-50.0, 90.0), (-900.0, 900.0)), whole),
            (bounds((f64::NAN, f64::NAN), (0.0, 100.0)), whole),
        ] {
            let mut kept = seen;
            keep_within(&mut kept, &whole);
            assert_eq!(kept, expected, "{seen:?}");
        }
        let mut point = bounds((5.0, 5.0), (5.0, 5.0));
        keep_within(&mut point, &whole);
        assert!(point.width() > 0.0 && point.height() > 0.0);
    }
}
