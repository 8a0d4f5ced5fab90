//! The progress tracker: a column a period, its statuses stacked, named beside the last column, where each can be put out of sight.

use eframe::egui::{Align2, Id, Painter, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_plot::{Bar, BarChart, PlotBounds};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, plain, semibold};
use super::canvas::{Canvas, Shown, Wheel, words_at_whole_numbers};
use super::reading::{Point, read};
use super::scale::Scale;
use super::words::{put, spread};
use crate::charts::{Stack, TrackerChart};
use crate::model::Status;

/// Room for the names of the statuses, in points.
const NAMES: f32 = 140.0;
/// How much of a period's room its column takes.
const WIDE: f64 = 0.66;

/// Draws the tracker in the space there is.
pub fn tracker(ui: &mut Ui, theme: &Theme, chart: &TrackerChart, live: bool) {
    let size = vec2(ui.available_width(), ui.available_height().clamp(160.0, 420.0));
    if chart.stacks.is_empty() || size.x < NAMES + 60.0 {
        return;
    }
    let id = Id::unique(("tracker", chart.table));
    let mut hidden: u32 = ui.data(|data| data.get_temp(id.with("out of sight"))).unwrap_or(0);
    let shows = |status: Status| hidden & (1 << status as u32) == 0;
    let stacks: Vec<Vec<(Status, usize, usize)>> = chart.stacks.iter().map(|stack| pieces(stack, shows)).collect();
    let highest = stacks.iter().filter_map(|pieces| Some(pieces.last()?.2)).max().unwrap_or(0);
    let scale = Scale::holding(&[0.0, highest as f64], 4);
    let headings: Vec<&str> = chart.stacks.iter().map(|stack| &*stack.heading).collect();
    let canvas = Canvas {
        id,
        words: format!("{}, {} columns", chart.title, chart.stacks.len()),
        // Room above the highest column for its sum.
        whole: PlotBounds::from_min_max([-0.5, 0.0], [headings.len() as f64 - 0.5, scale.high * 1.08]),
        size: size - vec2(NAMES, 0.0),
        bottom: &|ui, from_to, width| words_at_whole_numbers(ui, from_to, width, &headings),
        left: Some(&|amount: f64| if amount.fract() == 0.0 { format!("{amount}") } else { String::new() }),
        wheel: if live { Wheel::Alone } else { Wheel::Never },
    };
    let shown = canvas.show(ui, theme, |plot| {
        for status in Status::ALL {
            let tone = theme.status(status);
            let bar = |(at, pieces): (usize, &Vec<(Status, usize, usize)>)| {
                let (_, from, to) = pieces.iter().find(|piece| piece.0 == status)?;
                let bar = Bar::new(at as f64, (to - from) as f64).base_offset(*from as f64).width(WIDE);
                Some(bar.fill(tone.fill).stroke(Stroke::new(1.0, tone.mark)))
            };
            let bars: Vec<Bar> = stacks.iter().enumerate().filter_map(bar).collect();
            plot.bar_chart(BarChart::new(status.word(), bars).color(tone.mark).allow_hover(false));
        }
    });
    let point = |(at, stack): (usize, &Stack)| {
        let top = stacks[at].last().map_or(0, |piece| piece.2);
        Point { x: at as f64, y: top as f64, words: stack.text(), more: hover(stack) }
    };
    let points: Vec<Point> = chart.stacks.iter().enumerate().map(point).collect();
    let at = read(ui, id, &shown, &points);
    for (index, (stack, pieces)) in chart.stacks.iter().zip(&stacks).enumerate() {
        figures(ui.painter(), theme, &shown, (index, at == Some(index)), stack, pieces);
    }
    let chosen = names(ui, theme, (id, live), &shown, chart, shows);
    if let Some(status) = chosen {
        hidden ^= 1 << status as u32;
        ui.data_mut(|data| data.insert_temp(id.with("out of sight"), hidden));
        ui.ctx().request_repaint();
    }
}

/// The figures in a column and its sum above it.
fn figures(painter: &Painter, theme: &Theme, shown: &Shown, (at, read): (usize, bool), stack: &Stack, pieces: &[(Status, usize, usize)]) {
    let painter = painter.with_clip_rect(shown.frame().expand2(vec2(0.0, 2.0)).intersect(painter.clip_rect()));
    let x = at as f64;
    let area = |from: usize, to: usize| Rect::from_two_pos(shown.at(x - WIDE / 2.0, from as f64), shown.at(x + WIDE / 2.0, to as f64));
    for &(status, from, to) in pieces {
        let (rect, tone, count) = (area(from, to), theme.status(status), (to - from).to_string());
        if rect.height() >= 14.0 {
            let centre = rect.center();
            let has_shape = rect.width() >= 40.0;
            if has_shape {
                shapes::status(&painter, centre - vec2(11.0, 0.0), 5.0, status, tone.mark);
            }
            let place = if has_shape { centre + vec2(10.0, 0.0) } else { centre };
            put(&painter, place, Align2::CENTER_CENTER, &count, plain(SMALL_SIZE), theme.text, rect.width());
        } else if rect.width() * (0.5 / WIDE as f32 - 0.5) >= 12.0 {
            // Too thin to hold its figure: the figure stands beside it.
            put(&painter, rect.right_center() + vec2(4.0, 0.0), Align2::LEFT_CENTER, &count, plain(SMALL_SIZE), theme.text, 40.0);
        }
    }
    let total = pieces.last().map_or(0, |piece| piece.2);
    let whole = area(0, total);
    if read {
        painter.rect_stroke(whole, 0.0, Stroke::new(2.0, theme.accent), StrokeKind::Outside);
    }
    let colour = if stack.now { theme.accent } else { theme.text };
    let place = whole.center_top() - vec2(0.0, 3.0);
    put(&painter, place, Align2::CENTER_BOTTOM, &total.to_string(), semibold(SMALL_SIZE), colour, whole.width().max(24.0));
}

/// Names each status of the chart beside its place in the last column, those out of sight below; returns the one that was clicked.
fn names(
    ui: &Ui,
    theme: &Theme,
    (id, live): (Id, bool),
    shown: &Shown,
    chart: &TrackerChart,
    shows: impl Fn(Status) -> bool,
) -> Option<Status> {
    let last = chart.stacks.last()?;
    let frame = shown.frame();
    let used = |status: &Status| chart.stacks.iter().any(|stack| stack.counts.get(*status) > 0);
    let mut above: usize = Status::ALL.into_iter().filter(|status| shows(*status)).map(|status| last.counts.get(status)).sum();
    let (mut named, mut places) = (Vec::new(), Vec::new());
    // From the top down, so that they can be spread in order.
    for status in Status::ALL.into_iter().filter(used).filter(|status| shows(*status)) {
        let below = above - last.counts.get(status);
        named.push(status);
        places.push(shown.at(0.0, (above + below) as f64 / 2.0).y.clamp(frame.top(), frame.bottom()));
        above = below;
    }
    for status in Status::ALL.into_iter().filter(used).filter(|status| !shows(*status)) {
        named.push(status);
        places.push(frame.bottom());
    }
    spread(&mut places, 20.0, frame.top() + 6.0, frame.bottom() - 6.0);
    let mut chosen = None;
    for (status, y) in named.into_iter().zip(places) {
        let at = pos2(frame.right() + 14.0, y);
        let area = Rect::from_center_size(at + vec2(NAMES / 2.0 - 16.0, 0.0), Vec2::new(NAMES - 16.0, 20.0));
        let is_shown = shows(status);
        if live {
            let response = ui.interact(area, id.with(("status", status as u32)), Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, is_shown, status.word()));
            if response.hovered() {
                ui.painter().rect_filled(area, 4.0, theme.hovered);
            }
            if response.has_focus() {
                ui.painter().rect_stroke(area, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
            }
            let tip = if is_shown { "Put out of sight in this chart" } else { "Show again in this chart" };
            if response.on_hover_text(tip).clicked() {
                chosen = Some(status);
            }
        }
        let (mark, words) = if is_shown { (theme.status(status).mark, theme.text) } else { (theme.muted, theme.muted) };
        shapes::status(ui.painter(), at, 5.0, status, mark);
        let place = put(ui.painter(), at + vec2(12.0, 0.0), Align2::LEFT_CENTER, status.word(), plain(SMALL_SIZE), words, NAMES - 28.0);
        if !is_shown {
            ui.painter().hline(place.x_range(), place.center().y, Stroke::new(1.0, theme.muted));
        }
    }
    chosen
}

/// The statuses of a column that are shown and not nothing, from the bottom up: what is done first.
fn pieces(stack: &Stack, shows: impl Fn(Status) -> bool) -> Vec<(Status, usize, usize)> {
    let mut from = 0;
    let mut pieces = Vec::new();
    for status in Status::ALL.into_iter().rev().filter(|status| shows(*status)) {
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
