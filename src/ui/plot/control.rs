//! The control chart of one KPI: its readings between their limits, and what their variation means in a sign, a word and a colour.

use eframe::egui::{Align2, Color32, Id, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{HLine, LineStyle, PlotUi};

use super::super::theme::{SMALL_SIZE, Theme, Tone, plain, semibold};
use super::canvas::{Canvas, Shown, Wheel, words_at_whole_numbers};
use super::legend::{How, Swatch, legend};
use super::scale::Scale;
use super::words::{put, spread, two_lines};
use super::{history, reading};
use crate::charts::ControlChart;
use crate::insight::{Assurance, Spc, Variation};

/// Room for the names of the levels on the right, in points.
const NAMES: f32 = 148.0;
/// Room for two lines of remarks, in points.
const REMARKS: f32 = 34.0;
/// The height of what is found, in points: a sign with its words.
const FOUND: f32 = 30.0;

/// Draws a KPI's control chart in the space there is.
pub fn control(ui: &mut Ui, theme: &Theme, chart: &ControlChart, live: bool) {
    let size = vec2(ui.available_width(), ui.available_height().clamp(180.0, 460.0));
    let id = Id::unique(("control", chart.history.table, chart.history.row));
    found(ui, theme, chart);
    if !chart.history.readings.is_empty() && size.x > NAMES + 120.0 {
        let series = [
            ("Readings", Swatch::Line(theme.accent)),
            ("Mean and limits", Swatch::Dashes(theme.muted)),
            ("Target", Swatch::Dashes(theme.text)),
        ];
        let shown = legend(ui, theme, id, How::of(live), series);
        let height = (size.y - FOUND - super::legend::HEIGHT - REMARKS - 24.0).max(90.0);
        plot(ui, theme, chart, (id, live), vec2(size.x - NAMES, height), shown);
    }
    let (_, rect) = ui.allocate_space(vec2(size.x, REMARKS));
    let remarks = chart.remarks.join(". ");
    two_lines(ui.painter(), rect.left_center(), &remarks, plain(SMALL_SIZE), theme.muted, rect.width());
    let response = ui.interact(rect, id.with("remarks"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &remarks));
    response.on_hover_text(chart.remarks.join("\n"));
}

/// What the chart says, above it.
fn found(ui: &mut Ui, theme: &Theme, chart: &ControlChart) {
    let Some(spc) = &chart.spc else { return };
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), FOUND));
    let findings = chart.findings();
    let half = rect.width() / 2.0;
    let centre = rect.left_center() + vec2(15.0, 0.0);
    variation_sign(ui.painter(), theme, centre, spc.variation);
    let words = |at: Pos2, text: &str, width: f32| {
        put(ui.painter(), at, Align2::LEFT_CENTER, text, semibold(SMALL_SIZE + 1.0), theme.text, width);
    };
    words(centre + vec2(20.0, 0.0), &findings[0], half - 40.0);
    let centre = pos2(rect.left() + half + 13.0, rect.center().y);
    if let Some(assurance) = spc.assurance {
        assurance_sign(ui.painter(), theme, centre, assurance);
    }
    words(centre + vec2(20.0, 0.0), &findings[1], half - 40.0);
}

fn plot(
    ui: &mut Ui,
    theme: &Theme,
    chart: &ControlChart,
    (id, live): (Id, bool),
    size: eframe::egui::Vec2,
    [readings, levels, target]: [bool; 3],
) {
    let spc = chart.spc.as_ref();
    let mut amounts: Vec<f64> = chart.history.readings.iter().map(|reading| reading.amount).collect();
    amounts.extend(spc.iter().flat_map(|spc| [spc.lower, spc.upper]));
    amounts.extend(chart.target.iter().map(|(amount, _)| *amount));
    let periods: Vec<&str> = chart.history.readings.iter().map(|reading| &*reading.period).collect();
    let canvas = Canvas {
        id,
        words: format!("{}, {} readings", chart.title, chart.history.readings.len()),
        whole: history::whole(&Scale::close_to(&amounts, 4), periods.len()),
        size,
        bottom: &|ui, from_to, width| words_at_whole_numbers(ui, from_to, width, &periods),
        left: Some(&|amount| chart.show(amount)),
        wheel: if live { Wheel::Alone } else { Wheel::Never },
    };
    let shown = canvas.show(ui, theme, |plot| {
        if let Some(spc) = spc.filter(|_| levels) {
            draw_levels(plot, theme, spc);
        }
        if let Some((amount, _)) = chart.target.as_ref().filter(|_| target) {
            let line = HLine::new("Target", *amount).stroke(Stroke::new(2.0, theme.text)).style(LineStyle::dashed_dense());
            plot.add(line.allow_hover(false));
        }
        if readings {
            history::line(plot, theme, &chart.history);
        }
    });
    let points = if readings {
        history::points(&chart.history, |at, _| {
            let words = chart.reading_text(at);
            (words.clone(), words.replacen(", ", "\n", 1))
        })
    } else {
        Vec::new()
    };
    let at = reading::read(ui, id, &shown, &points);
    if readings {
        marks(ui.painter(), theme, &shown, chart, at);
    }
    names(ui.painter(), theme, &shown, chart, (levels, target));
}

fn draw_levels(plot: &mut PlotUi<'_>, theme: &Theme, spc: &Spc) {
    plot.add(HLine::new("Mean", spc.mean).stroke(Stroke::new(1.5, theme.muted)).allow_hover(false));
    for level in [spc.lower, spc.upper] {
        let line = HLine::new("Limit", level).stroke(Stroke::new(1.5, theme.muted)).style(LineStyle::dashed_loose());
        plot.add(line.allow_hover(false));
    }
}

/// The names of the levels beside them.
fn names(painter: &Painter, theme: &Theme, shown: &Shown, chart: &ControlChart, (levels, target): (bool, bool)) {
    let frame = shown.frame();
    let mut named: Vec<(f32, String, Color32)> = Vec::new();
    let mut name = |amount: f64, words: String, colour| {
        let y = shown.at(0.0, amount).y;
        if frame.y_range().contains(y) {
            named.push((y, words, colour));
        }
    };
    if let Some(spc) = chart.spc.as_ref().filter(|_| levels) {
        let kind = if spc.is_trial { "Trial limit" } else { "Limit" };
        name(spc.upper, format!("{kind} {}", chart.show(spc.upper)), theme.muted);
        name(spc.mean, format!("Mean {}", chart.show(spc.mean)), theme.muted);
        name(spc.lower, format!("{kind} {}", chart.show(spc.lower)), theme.muted);
    }
    if let Some((amount, text)) = chart.target.as_ref().filter(|_| target) {
        name(*amount, format!("Target {text}"), theme.text);
    }
    named.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut places: Vec<f32> = named.iter().map(|(y, ..)| *y).collect();
    spread(&mut places, 15.0, frame.top(), frame.bottom());
    for ((_, words, colour), y) in named.iter().zip(places) {
        put(painter, pos2(frame.right() + 8.0, y), Align2::LEFT_CENTER, words, semibold(SMALL_SIZE), *colour, NAMES - 10.0);
    }
}

/// Each point in the form and colour of what it means.
fn marks(painter: &Painter, theme: &Theme, shown: &Shown, chart: &ControlChart, at: Option<usize>) {
    let painter = painter.with_clip_rect(shown.frame().expand(9.0).intersect(painter.clip_rect()));
    for (index, reading) in chart.history.readings.iter().enumerate() {
        let place = shown.at(index as f64, reading.amount);
        if !shown.frame().expand(1.0).contains(place) {
            continue;
        }
        let read = at == Some(index);
        let variation = chart.spc.as_ref().map_or(Variation::Common, |spc| spc.variation_at(index));
        painter.circle_filled(place, 7.0, theme.background);
        point(&painter, place, if read { 8.0 } else { 6.0 }, variation, tone(theme, variation).mark);
        if read {
            let above = Align2::CENTER_BOTTOM;
            put(&painter, place - vec2(0.0, 10.0), above, &reading.text, semibold(SMALL_SIZE), theme.text, 120.0);
        }
    }
}

/// A point: a dot for common cause, a full triangle for improvement, a diamond for concern, a square where neither way is better. Triangles
/// point the way the figures went.
fn point(painter: &Painter, centre: Pos2, radius: f32, variation: Variation, colour: Color32) {
    let corners = |corners: &[(f32, f32)]| -> Vec<Pos2> { corners.iter().map(|(x, y)| centre + vec2(*x, *y) * radius).collect() };
    let shape = match variation {
        Variation::Common => Shape::circle_filled(centre, radius * 0.7, colour),
        Variation::ImprovingHigh => Shape::convex_polygon(corners(&[(0.0, -1.0), (1.0, 0.8), (-1.0, 0.8)]), colour, Stroke::NONE),
        Variation::ImprovingLow => Shape::convex_polygon(corners(&[(-1.0, -0.8), (1.0, -0.8), (0.0, 1.0)]), colour, Stroke::NONE),
        Variation::ConcerningHigh | Variation::ConcerningLow => {
            Shape::convex_polygon(corners(&[(0.0, -1.1), (1.1, 0.0), (0.0, 1.1), (-1.1, 0.0)]), colour, Stroke::NONE)
        }
        Variation::NeutralHigh | Variation::NeutralLow => {
            Shape::rect_filled(Rect::from_center_size(centre, vec2(1.7, 1.7) * radius), 0.0, colour)
        }
    };
    painter.add(shape);
}

/// The sign of what variation means: a ring with a wave, or with H or L for higher or lower figures, and the form of its points.
fn variation_sign(painter: &Painter, theme: &Theme, centre: Pos2, variation: Variation) {
    let tone = tone(theme, variation);
    painter.circle(centre, 13.0, tone.fill, Stroke::new(2.0, tone.mark));
    let letter = match variation {
        Variation::Common => {
            let wave = (0..=16).map(|step| {
                let along = step as f32 / 8.0 - 1.0;
                centre + vec2(along * 8.0, (along * std::f32::consts::TAU).sin() * -3.0)
            });
            painter.add(Shape::line(wave.collect(), Stroke::new(1.75, tone.mark)));
            return;
        }
        Variation::ImprovingHigh | Variation::ConcerningHigh | Variation::NeutralHigh => "H",
        Variation::ImprovingLow | Variation::ConcerningLow | Variation::NeutralLow => "L",
    };
    put(painter, centre - vec2(4.0, 0.0), Align2::CENTER_CENTER, letter, semibold(SMALL_SIZE), theme.text, 20.0);
    point(painter, centre + vec2(5.0, 0.0), 3.5, variation, tone.mark);
}

/// The sign of what a target is worth: a ring with P, F or a question mark.
fn assurance_sign(painter: &Painter, theme: &Theme, centre: Pos2, assurance: Assurance) {
    let (letter, tone) = match assurance {
        Assurance::Passing => ("P", theme.complete),
        Assurance::HitAndMiss => ("?", theme.not_started),
        Assurance::Failing => ("F", theme.minor_problems),
    };
    painter.circle(centre, 13.0, tone.fill, Stroke::new(2.0, tone.mark));
    put(painter, centre, Align2::CENTER_CENTER, letter, semibold(SMALL_SIZE + 2.0), theme.text, 20.0);
}

/// The colours of *Making Data Count*, in the window's own tones: blue for improvement, orange for concern, purple for neither, grey.
fn tone(theme: &Theme, variation: Variation) -> Tone {
    match variation {
        Variation::Common => theme.not_started,
        Variation::ImprovingHigh | Variation::ImprovingLow => theme.complete,
        Variation::ConcerningHigh | Variation::ConcerningLow => theme.minor_problems,
        Variation::NeutralHigh | Variation::NeutralLow => theme.on_hold,
    }
}
