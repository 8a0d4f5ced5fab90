//! The parts that the charts of a KPI's history share: its line, its targets, the bands of tolerance and its points. Rates nothing.

use eframe::egui::{Align2, Painter, Pos2, Stroke, vec2};
use egui_plot::{Line, LineStyle, PlotBounds, PlotUi, Polygon};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, semibold};
use super::bullet::tone;
use super::canvas::Shown;
use super::legend::Swatch;
use super::reading::Point;
use super::scale::Scale;
use super::words::put;
use crate::charts::TrendChart;
use crate::insight::{PeriodFigure, PeriodTarget, Rating};

/// All of a history, with room above for figures and below for shapes.
pub(super) fn whole(scale: &Scale, readings: usize) -> PlotBounds {
    let room = (scale.high - scale.low) * 0.1;
    let low = if scale.low == 0.0 { 0.0 } else { scale.low - room / 2.0 };
    PlotBounds::from_min_max([-0.5, low], [readings.max(1) as f64 - 0.5, scale.high + room])
}

/// The series of a history in its legend.
pub(super) fn swatches(theme: &Theme) -> [(&'static str, Swatch); 3] {
    [
        ("Readings", Swatch::Line(theme.accent)),
        ("Target", Swatch::Dashes(theme.text)),
        ("Within tolerance", Swatch::Area(theme.minor_problems.fill)),
    ]
}

/// Draws those of its series that are in sight, in the order of the legend.
pub(super) fn series(plot: &mut PlotUi<'_>, theme: &Theme, chart: &TrendChart, [readings, targets, bands]: [bool; 3]) {
    if bands {
        draw_bands(plot, theme, chart);
    }
    if targets {
        draw_targets(plot, theme, chart);
    }
    if readings {
        line(plot, theme, chart);
    }
}

/// The amounts within which a reading is amber, a stretch a period.
fn draw_bands(plot: &mut PlotUi<'_>, theme: &Theme, chart: &TrendChart) {
    for (from, to, target) in stretches(chart) {
        for (low, high) in chart.bands(target) {
            let corners = vec![[from, low], [to, low], [to, high], [from, high]];
            let band = Polygon::new("Tolerance", corners).fill_color(theme.minor_problems.fill).stroke(Stroke::NONE);
            plot.add(band.allow_hover(false));
        }
    }
}

/// The target of each period as a dashed line.
fn draw_targets(plot: &mut PlotUi<'_>, theme: &Theme, chart: &TrendChart) {
    for (from, to, target) in stretches(chart) {
        let ends = if target.high > target.low { vec![target.low, target.high] } else { vec![target.low] };
        for end in ends {
            let line = Line::new("Target", vec![[from, end], [to, end]]).stroke(Stroke::new(2.0, theme.text));
            plot.add(line.style(LineStyle::dashed_dense()).allow_band(false).allow_hover(false));
        }
    }
}

/// The line through the readings.
pub(super) fn line(plot: &mut PlotUi<'_>, theme: &Theme, chart: &TrendChart) {
    let points: Vec<[f64; 2]> = chart.readings.iter().zip(0u32..).map(|(reading, at)| [f64::from(at), reading.amount]).collect();
    if points.len() > 1 {
        plot.add(Line::new("Readings", points).stroke(Stroke::new(2.0, theme.accent)).allow_band(false).allow_hover(false));
    }
}

/// The targets, each as far as it reaches: from half a period before its first reading to half a period behind its last.
fn stretches(chart: &TrendChart) -> Vec<(f64, f64, &PeriodTarget)> {
    let mut found: Vec<(f64, f64, &PeriodTarget)> = Vec::new();
    let held = chart.readings.iter().zip(0u32..).filter_map(|(reading, at)| Some((f64::from(at), reading.target.as_ref()?)));
    for (at, target) in held {
        let same = |last: &PeriodTarget| (last.low, last.high, last.allowed) == (target.low, target.high, target.allowed);
        match found.last_mut() {
            Some((_, to, last)) if *to == at - 0.5 && same(last) => *to = at + 0.5,
            _ => found.push((at - 0.5, at + 0.5, target)),
        }
    }
    if chart.readings.is_empty() {
        found.extend(chart.target.as_ref().map(|target| (-0.5, 0.5, target)));
    }
    found
}

/// The readings as points with what each says.
pub(super) fn points(chart: &TrendChart, words: impl Fn(usize, &PeriodFigure) -> (String, String)) -> Vec<Point> {
    let point = |(at, reading): (usize, &PeriodFigure)| {
        let (words, more) = words(at, reading);
        Point { x: at as f64, y: reading.amount, words, more }
    };
    chart.readings.iter().enumerate().map(point).collect()
}

/// What a reading says: on one line, and on several.
pub(super) fn words(reading: &PeriodFigure) -> (String, String) {
    let line = crate::charts::reading_text(reading);
    let target = reading
        .target
        .as_ref()
        .map_or_else(String::new, |target| format!("\n{}: {}", if target.of_period { "Target" } else { "Present target" }, target.text));
    let more = format!("{}: {}{target}\n{}: {}", reading.period, reading.text, reading.rating.word(), reading.why);
    (line, more)
}

/// The points with the shapes of their ratings, and their figures where there is room.
pub(super) fn marks(painter: &Painter, theme: &Theme, shown: &Shown, chart: &TrendChart, at: Option<usize>, size: f32) {
    let painter = painter.with_clip_rect(shown.frame().expand(size + 2.0).intersect(painter.clip_rect()));
    let slot = shown.transform.dpos_dvalue_x() as f32;
    let font = semibold(SMALL_SIZE);
    let widest = chart.readings.iter().map(|reading| painter.layout_no_wrap(reading.text.clone(), font.clone(), theme.text).size().x);
    let has_room = widest.fold(0.0, f32::max) + 6.0 <= slot;
    for (index, reading) in chart.readings.iter().enumerate() {
        let place = shown.at(index as f64, reading.amount);
        if !shown.frame().expand(1.0).contains(place) {
            continue;
        }
        let read = at == Some(index);
        mark(&painter, theme, place, reading.rating, if read { size + 2.0 } else { size }, reading.current);
        if size > 4.5 && (has_room || read) {
            let target = reading.target.as_ref().map(|target| shown.at(0.0, target.low).y);
            let above = target.is_none_or(|target| place.y <= target || place.y - target > 28.0);
            let (offset, anchor) = if above { (-10.0, Align2::CENTER_BOTTOM) } else { (10.0, Align2::CENTER_TOP) };
            put(&painter, place + vec2(0.0, offset), anchor, &reading.text, font.clone(), theme.text, 120.0);
        }
    }
}

/// A point with the shape of its rating, on the background; the current one has a ring.
fn mark(painter: &Painter, theme: &Theme, place: Pos2, rating: Rating, size: f32, current: bool) {
    painter.circle_filled(place, size + 1.5, theme.background);
    if rating == Rating::Grey {
        painter.circle_filled(place, size - 1.5, theme.accent);
    } else {
        shapes::rating(painter, place, size, rating, tone(theme, rating).mark);
    }
    if current && size > 4.5 {
        painter.circle_stroke(place, size + 3.0, Stroke::new(1.0, theme.muted));
    }
}
