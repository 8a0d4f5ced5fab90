//! The progress tracker: a column a period, its statuses stacked, named beside the last column instead of in a legend.

use eframe::egui::{Align2, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, plain, semibold};
use super::scale::Scale;
use super::words::{put, spread};
use crate::charts::{Stack, TrackerChart};
use crate::model::Status;

/// Room for the names of the statuses, in points.
const NAMES: f32 = 132.0;
/// Room for the amounts of the axis, in points.
const AXIS: f32 = 36.0;
/// Room for the headings below, in points.
const HEADINGS: f32 = 28.0;
/// Room for the totals above, in points.
const TOTALS: f32 = 20.0;
/// The widest a column gets, in points.
const WIDEST: f32 = 72.0;

/// Draws the tracker in the space there is.
pub fn tracker(ui: &mut Ui, theme: &Theme, chart: &TrackerChart) {
    let size = vec2(ui.available_width(), ui.available_height().clamp(160.0, 420.0));
    let (_, rect) = ui.allocate_space(size);
    let plot = Rect::from_min_max(rect.min + vec2(AXIS, TOTALS), rect.max - vec2(NAMES, HEADINGS));
    if plot.width() < 40.0 || plot.height() < 40.0 {
        return;
    }
    let scale = Scale::holding(&[0.0, chart.highest() as f64], 4);
    axis(ui.painter(), theme, plot, &scale);
    let step = plot.width() / chart.stacks.len().max(1) as f32;
    for (stack, at) in chart.stacks.iter().zip(0u8..) {
        let left = plot.left() + step * f32::from(at);
        let area = Rect::from_x_y_ranges(left..=left + step, rect.y_range());
        let response = ui.interact(area, ui.scope_id().with(("period", at)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, stack.text()));
        column(ui.painter(), theme, plot, area, &scale, stack, response.hovered());
        response.on_hover_text_at_pointer(hover(stack));
    }
    names(ui.painter(), theme, plot, &scale, chart);
}

fn axis(painter: &Painter, theme: &Theme, plot: Rect, scale: &Scale) {
    for &mark in scale.marks.iter().filter(|mark| mark.fract() == 0.0) {
        let y = plot.bottom() - plot.height() * scale.place(mark);
        painter.hline(plot.x_range(), y, Stroke::new(1.0, theme.hairline));
        put(painter, pos2(plot.left() - 8.0, y), Align2::RIGHT_CENTER, &format!("{mark}"), plain(SMALL_SIZE), theme.muted, AXIS);
    }
}

fn column(painter: &Painter, theme: &Theme, plot: Rect, area: Rect, scale: &Scale, stack: &Stack, hovered: bool) {
    let width = (area.width() * 0.7).min(WIDEST);
    if hovered {
        painter.rect_filled(area.shrink2(vec2(2.0, 0.0)), 4.0, theme.hovered);
    }
    for (status, from, to) in pieces(stack) {
        let y = |count: usize| plot.bottom() - plot.height() * scale.place(count as f64);
        let rect = Rect::from_x_y_ranges(area.center().x - width / 2.0..=area.center().x + width / 2.0, y(to)..=y(from));
        let tone = theme.status(status);
        painter.rect_filled(rect, 0.0, tone.fill);
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, tone.mark), StrokeKind::Inside);
        if rect.height() >= 14.0 {
            let centre = rect.center();
            let shape = width >= 40.0;
            if shape {
                shapes::status(painter, centre - vec2(11.0, 0.0), 5.0, status, tone.mark);
            }
            let at = if shape { centre + vec2(10.0, 0.0) } else { centre };
            put(painter, at, Align2::CENTER_CENTER, &(to - from).to_string(), plain(SMALL_SIZE), theme.text, width);
        } else if area.right() - rect.right() >= 12.0 {
            // Too thin to hold its figure: the figure stands beside it.
            let at = rect.right_center() + vec2(4.0, 0.0);
            put(painter, at, Align2::LEFT_CENTER, &(to - from).to_string(), plain(SMALL_SIZE), theme.text, area.right() - at.x);
        }
    }
    let top = plot.bottom() - plot.height() * scale.place(stack.counts.total() as f64);
    let total = stack.counts.total().to_string();
    put(painter, pos2(area.center().x, top - 3.0), Align2::CENTER_BOTTOM, &total, semibold(SMALL_SIZE), theme.text, area.width());
    let (font, colour) = if stack.now { (semibold(SMALL_SIZE), theme.accent) } else { (plain(SMALL_SIZE), theme.muted) };
    put(painter, pos2(area.center().x, plot.bottom() + 8.0), Align2::CENTER_TOP, &stack.heading, font, colour, area.width());
}

/// Names each status of the chart beside its place in the last column.
fn names(painter: &Painter, theme: &Theme, plot: Rect, scale: &Scale, chart: &TrackerChart) {
    let Some(last) = chart.stacks.last() else { return };
    let used = |status: Status| chart.stacks.iter().any(|stack| stack.counts.get(status) > 0);
    let mut above = last.counts.total();
    let (mut named, mut places) = (Vec::new(), Vec::new());
    // From the top down, so that they can be spread in order.
    for status in Status::ALL {
        let below = above - last.counts.get(status);
        if used(status) {
            named.push(status);
            places.push(plot.bottom() - plot.height() * scale.place((above + below) as f64 / 2.0));
        }
        above = below;
    }
    spread(&mut places, 18.0, plot.top() + 6.0, plot.bottom() - 6.0);
    for (status, y) in named.into_iter().zip(places) {
        let at = pos2(plot.right() + 14.0, y);
        shapes::status(painter, at, 5.0, status, theme.status(status).mark);
        put(painter, at + vec2(12.0, 0.0), Align2::LEFT_CENTER, status.word(), plain(SMALL_SIZE), theme.text, NAMES - 26.0);
    }
}

/// The statuses of a column that are not nothing, from the bottom up: what is done first.
fn pieces(stack: &Stack) -> Vec<(Status, usize, usize)> {
    let mut from = 0;
    let mut pieces = Vec::new();
    for status in Status::ALL.into_iter().rev() {
        let count = stack.counts.get(status);
        if count > 0 {
            pieces.push((status, from, from + count));
        }
        from += count;
    }
    pieces
}

/// The figures of a column, one a line.
fn hover(stack: &Stack) -> String {
    let lines = stack.counts.listed().map(|(status, count)| format!("\n{}: {count}", status.word()));
    format!("{}: {} in all{}", stack.heading, stack.counts.total(), lines.collect::<String>())
}
