//! The histories of all KPIs side by side, each small and on a scale of its own. Scrolls over those that there is no room for.

use eframe::egui::{Align2, Id, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, plain};
use super::bullet::tone;
use super::canvas::{Canvas, Wheel, words_at_whole_numbers};
use super::legend::{How, legend};
use super::scale::Scale;
use super::words::{put, two_lines};
use super::{history, reading};
use crate::charts::{MultiplesChart, TrendChart};
use crate::model::RowId;

/// The least width of a panel, in points.
const WIDTH: f32 = 270.0;
/// The height of a panel, its title in it, in points.
const HEIGHT: f32 = 168.0;
/// The height of a title of two lines, in points.
const TITLE: f32 = 36.0;
/// Between panels, in points.
const GAP: f32 = 16.0;

/// Draws every history in the space there is; returns the KPI that was clicked.
pub fn multiples(ui: &mut Ui, theme: &Theme, chart: &MultiplesChart) -> Option<RowId> {
    if chart.panels.is_empty() {
        ui.colored_label(theme.muted, "There are no KPIs here yet. Add a row to the table and its history is drawn here.");
        return None;
    }
    let series = series(ui, theme, true);
    let columns = columns(ui.available_width());
    let mut clicked = None;
    ScrollArea::vertical().id_salt("multiples").auto_shrink([false, true]).show_rows(
        ui,
        HEIGHT,
        chart.panels.len().div_ceil(columns),
        |ui, rows| {
            for row in rows {
                let from = row * columns;
                let panels = &chart.panels[from..(from + columns).min(chart.panels.len())];
                clicked = line(ui, theme, panels, columns, series, true).or(clicked);
            }
        },
    );
    if chart.left_out > 0 {
        ui.colored_label(theme.muted, format!("{} more KPIs are not drawn here", chart.left_out));
    }
    clicked
}

/// How high a picture of so many panels is, in points.
pub(super) fn height(panels: usize, width: f32) -> f32 {
    super::legend::HEIGHT + 8.0 + panels.div_ceil(columns(width)) as f32 * (HEIGHT + 8.0)
}

/// Draws panels without scrolling, for a picture.
pub(super) fn whole(ui: &mut Ui, theme: &Theme, panels: &[TrendChart]) {
    let series = series(ui, theme, false);
    let columns = columns(ui.available_width());
    for panels in panels.chunks(columns) {
        line(ui, theme, panels, columns, series, false);
    }
}

fn columns(width: f32) -> usize {
    ((width + GAP) / (WIDTH + GAP)).floor().max(1.0) as usize
}

fn series(ui: &mut Ui, theme: &Theme, live: bool) -> [bool; 3] {
    legend(ui, theme, Id::unique("multiples"), if live { How::Small } else { How::Picture }, history::swatches(theme))
}

/// Draws a line of panels.
fn line(ui: &mut Ui, theme: &Theme, panels: &[TrendChart], columns: usize, series: [bool; 3], live: bool) -> Option<RowId> {
    let (_, area) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let width = (area.width() - GAP * (columns - 1) as f32) / columns as f32;
    let mut clicked = None;
    for (at, chart) in panels.iter().enumerate() {
        let left = area.left() + at as f32 * (width + GAP);
        let place = Rect::from_min_size(pos2(left, area.top()), vec2(width, HEIGHT));
        if panel(ui, theme, chart, place, series, live) {
            clicked = Some(chart.row);
        }
    }
    clicked
}

/// Draws one KPI; tells whether its title was clicked.
fn panel(ui: &mut Ui, theme: &Theme, chart: &TrendChart, place: Rect, series: [bool; 3], live: bool) -> bool {
    let id = Id::unique(("small", chart.table, chart.row));
    let title = Rect::from_min_size(place.min, vec2(place.width(), TITLE));
    let response = ui.interact(title, id.with("title"), if live { Sense::click() } else { Sense::hover() });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{}: {}. {}", chart.title, chart.rating.word(), chart.why)));
    if response.hovered() && live {
        ui.painter().rect_filled(title, 4.0, theme.hovered);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(title, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    shapes::rating(ui.painter(), title.left_center() + vec2(9.0, 0.0), 6.0, chart.rating, tone(theme, chart.rating).mark);
    two_lines(ui.painter(), title.left_center() + vec2(22.0, 0.0), &chart.title, plain(SMALL_SIZE), theme.text, title.width() - 26.0);
    let clicked = response.on_hover_text_at_pointer(format!("{}: {}", chart.rating.word(), chart.why)).clicked();
    let room = Rect::from_min_max(title.left_bottom() + vec2(0.0, 4.0), place.max);
    let amounts = chart.amounts();
    if amounts.is_empty() {
        put(
            ui.painter(),
            room.left_center() + vec2(22.0, 0.0),
            Align2::LEFT_CENTER,
            &chart.remark,
            plain(SMALL_SIZE),
            theme.muted,
            room.width() - 26.0,
        );
        return clicked;
    }
    let periods: Vec<&str> = chart.readings.iter().map(|reading| &*reading.period).collect();
    let canvas = Canvas {
        id,
        words: format!("{}, {} readings", chart.title, chart.readings.len()),
        whole: history::whole(&Scale::holding(&amounts, 4), chart.readings.len()),
        size: room.size(),
        bottom: &|ui, from_to, width| words_at_whole_numbers(ui, from_to, width, &periods),
        left: Some(&|amount| chart.show(amount)),
        wheel: if live { Wheel::WithCtrl } else { Wheel::Never },
    };
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room).id_salt(id));
    let shown = canvas.show(&mut inside, theme, |plot| history::series(plot, theme, chart, series));
    if series[0] {
        let points = history::points(chart, |_, reading| history::words(reading));
        let at = reading::read(&inside, id, &shown, &points);
        history::marks(inside.painter(), theme, &shown, chart, at, 4.5);
    }
    clicked
}
