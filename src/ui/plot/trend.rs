//! One KPI over time: a line through its readings, each with its figure, and its target as a dashed line.

use eframe::egui::{Align2, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, plain, semibold};
use super::bullet::tone;
use super::scale::Scale;
use super::words::put;
use crate::charts::{DataPoint, TrendChart};

/// Room for the amounts of the axis, in points.
const AXIS: f32 = 56.0;
/// Room for the target's name, in points.
const NAMES: f32 = 104.0;
/// Room for the headings and the remark below, in points.
const BELOW: f32 = 52.0;
/// Room above, in points.
const ABOVE: f32 = 24.0;

/// Draws a KPI's history in the space there is.
pub fn trend(ui: &mut Ui, theme: &Theme, chart: &TrendChart) {
    let size = vec2(ui.available_width(), ui.available_height().clamp(160.0, 360.0));
    let (_, rect) = ui.allocate_space(size);
    let plot = Rect::from_min_max(rect.min + vec2(AXIS, ABOVE), rect.max - vec2(NAMES, BELOW));
    if plot.width() < 40.0 || plot.height() < 40.0 {
        return;
    }
    let remark = if chart.remark.is_empty() { &chart.why } else { &chart.remark };
    put(ui.painter(), pos2(rect.left(), rect.bottom() - 8.0), Align2::LEFT_BOTTOM, remark, plain(SMALL_SIZE), theme.muted, rect.width());
    let whole = ui.interact(rect, ui.scope_id().with("trend"), Sense::hover());
    whole.widget_info(|| WidgetInfo::labeled(Role::Label, true, chart.text()));
    let target = chart.target.as_ref().map(|(amount, _)| *amount);
    let amounts: Vec<f64> = chart.readings.iter().map(|reading| reading.amount).chain(target).collect();
    if amounts.is_empty() {
        return;
    }
    let scale = Scale::holding(&amounts, 4);
    let y = |amount: f64| plot.bottom() - plot.height() * scale.place(amount);
    axis(ui.painter(), theme, plot, &scale, chart);
    if let Some((amount, text)) = &chart.target {
        let ends = [pos2(plot.left(), y(*amount)), pos2(plot.right(), y(*amount))];
        ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(2.0, theme.text), 6.0, 4.0));
        let at = ends[1] + vec2(8.0, 0.0);
        put(ui.painter(), at, Align2::LEFT_CENTER, &format!("Target {text}"), semibold(SMALL_SIZE), theme.text, NAMES - 8.0);
    }
    let step = plot.width() / chart.readings.len().max(1) as f32;
    let points = chart.readings.iter().zip(0u16..).map(|(reading, at)| pos2(plot.left() + step * (f32::from(at) + 0.5), y(reading.amount)));
    let points: Vec<Pos2> = points.collect();
    ui.painter().add(Shape::line(points.clone(), Stroke::new(2.0, theme.accent)));
    for ((reading, &point), at) in chart.readings.iter().zip(&points).zip(0u16..) {
        let area = Rect::from_x_y_ranges(point.x - step / 2.0..=point.x + step / 2.0, rect.top()..=plot.bottom() + 24.0);
        let response = ui.interact(area, ui.scope_id().with(("reading", at)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}: {}", reading.period, reading.text)));
        let above = target.is_none_or(|target| reading.amount >= target || point.y - y(target) > 28.0);
        dot(ui.painter(), theme, chart, reading, point, above, response.hovered());
        put(
            ui.painter(),
            pos2(point.x, plot.bottom() + 8.0),
            Align2::CENTER_TOP,
            &reading.period,
            plain(SMALL_SIZE),
            theme.muted,
            step - 8.0,
        );
        response.on_hover_text_at_pointer(hover(chart, reading));
    }
}

fn axis(painter: &Painter, theme: &Theme, plot: Rect, scale: &Scale, chart: &TrendChart) {
    for &mark in &scale.marks {
        let y = plot.bottom() - plot.height() * scale.place(mark);
        painter.hline(plot.x_range(), y, Stroke::new(1.0, theme.hairline));
        put(painter, pos2(plot.left() - 8.0, y), Align2::RIGHT_CENTER, &chart.show(mark), plain(SMALL_SIZE), theme.muted, AXIS);
    }
}

/// A reading with its figure; the current one has its rating's shape.
fn dot(painter: &Painter, theme: &Theme, chart: &TrendChart, reading: &DataPoint, point: Pos2, above: bool, hovered: bool) {
    painter.circle_filled(point, if hovered { 8.0 } else { 6.0 }, theme.background);
    if reading.current {
        shapes::rating(painter, point, 6.0, chart.rating, tone(theme, chart.rating).mark);
    } else {
        painter.circle_filled(point, 4.0, theme.accent);
    }
    let (offset, anchor) = if above { (-10.0, Align2::CENTER_BOTTOM) } else { (10.0, Align2::CENTER_TOP) };
    put(painter, point + vec2(0.0, offset), anchor, &reading.text, semibold(SMALL_SIZE), theme.text, 96.0);
}

fn hover(chart: &TrendChart, reading: &DataPoint) -> String {
    let target = chart.target.as_ref().map_or_else(String::new, |(_, target)| format!("\nTarget: {target}"));
    let why = if reading.current { format!("\n{}: {}", chart.rating.word(), chart.why) } else { String::new() };
    format!("{}: {}{target}{why}", reading.period, reading.text)
}
