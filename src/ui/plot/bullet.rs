//! KPIs against their targets: a compact row each, with its bar, its target's tick, its coloured bands and its figures as text.

use eframe::egui::{Align2, Painter, Pos2, Rangef, Rect, Role, ScrollArea, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, Tone, plain, semibold};
use super::words::{put, two_lines};
use crate::charts::{BulletChart, BulletRow, Mark};
use crate::insight::Rating;
use crate::model::{Arrow, RowId};

/// The height of a row, in points.
const ROW: f32 = 46.0;
/// Room for the scale below a bar, in points, and the size of its words.
const SCALE: f32 = 15.0;
const SCALE_SIZE: f32 = 10.0;
/// The height of the line of headings, in points.
const HEAD: f32 = 28.0;
/// Between columns, in points.
const GAP: f32 = 16.0;

/// Draws every KPI of a table; returns the one that was clicked.
pub fn bullet(ui: &mut Ui, theme: &Theme, chart: &BulletChart) -> Option<RowId> {
    if chart.rows.is_empty() {
        ui.colored_label(theme.muted, "There are no KPIs here yet. Add a row to the table and they are drawn here.");
        return None;
    }
    let mut clicked = None;
    let numbers = numbers(&chart.rows);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        headings(ui, theme);
        ScrollArea::vertical().auto_shrink([false, true]).show_rows(ui, ROW, chart.rows.len(), |ui, range| {
            for at in range {
                if row(ui, theme, &chart.rows[at], numbers) {
                    clicked = Some(chart.rows[at].row);
                }
            }
        });
    });
    clicked
}

/// How high the chart is with a number of rows, in points.
pub(super) fn height(rows: usize) -> f32 {
    HEAD + ROW * rows as f32
}

/// Draws rows without scrolling, for a picture.
pub(super) fn whole(ui: &mut Ui, theme: &Theme, rows: &[BulletRow]) {
    ui.spacing_mut().item_spacing.y = 0.0;
    headings(ui, theme);
    rows.iter().for_each(|held| {
        row(ui, theme, held, numbers(rows));
    });
}

/// Room for the KPIs' numbers before their words, in points; nothing where none has one.
fn numbers(rows: &[BulletRow]) -> f32 {
    let longest = rows.iter().map(|row| row.number.chars().count()).max().unwrap_or(0);
    if longest == 0 { 0.0 } else { (longest as f32 * 9.0 + 8.0).min(80.0) }
}

/// Where the columns of a row stand.
struct BulletColumns {
    label: Rangef,
    bar: Rangef,
    current: Rangef,
    target: Rangef,
    rating: Rangef,
}

impl BulletColumns {
    fn of(rect: Rect) -> Self {
        let figure = (rect.width() * 0.1).clamp(48.0, 96.0);
        let word = (rect.width() * 0.14).clamp(28.0, 124.0);
        let label = ((rect.width() - figure * 2.0 - word) * 0.45).max(0.0);
        let mut left = rect.left() + GAP / 2.0;
        let mut next = |width: f32| {
            let range = Rangef::new(left, (left + width - GAP).max(left));
            left += width;
            range
        };
        let (label, current, target) = (next(label), next(figure), next(figure));
        let bar = next((rect.width() - label.span() - figure * 2.0 - word - GAP).max(0.0));
        Self { label, bar, current, target, rating: next(word) }
    }
}

fn headings(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
    let columns = BulletColumns::of(rect);
    let painter = ui.painter();
    for (range, text, right) in [
        (columns.label, "KPI", false),
        (columns.current, "Current", true),
        (columns.target, "Target", true),
        (columns.bar, "Against target (bar) and before (◇)", false),
        (columns.rating, "Rating", false),
    ] {
        cell(painter, range, rect, text, right, theme, true);
    }
    painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, theme.hairline));
}

/// Draws one KPI; says whether it was clicked.
fn row(ui: &mut Ui, theme: &Theme, row: &BulletRow, numbers: f32) -> bool {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let response = ui.interact(rect, ui.scope_id().with(("kpi", row.row)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, row.text()));
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let painter = ui.painter();
    if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.hovered);
    }
    let columns = BulletColumns::of(rect);
    let words = Rangef::new((columns.label.min + numbers).min(columns.label.max), columns.label.max);
    cell(painter, Rangef::new(columns.label.min, words.min), rect, &row.number, false, theme, false);
    two_lines(painter, pos2(words.min, rect.center().y), &row.label, plain(SMALL_SIZE), theme.text, words.span());
    let blank = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    cell(painter, columns.current, rect, &blank(&row.current), true, theme, false);
    cell(painter, columns.target, rect, &blank(&row.target), true, theme, false);
    let bar = Rect::from_x_y_ranges(columns.bar, rect.top() + 8.0..=rect.bottom() - SCALE - 4.0);
    match &row.mark {
        Mark::Plotted { .. } => plotted(painter, theme, bar, row),
        Mark::Direction(arrow) => {
            painter.rect_filled(bar, 2.0, theme.not_started.fill);
            direction(painter, theme, bar.left_center() + vec2(14.0, 0.0), *arrow);
            put(
                painter,
                bar.left_center() + vec2(28.0, 0.0),
                Align2::LEFT_CENTER,
                &row.why,
                plain(SMALL_SIZE),
                theme.text,
                bar.width() - 36.0,
            );
        }
        Mark::Blank => {
            painter.rect_filled(bar, 2.0, theme.not_started.fill);
            put(
                painter,
                bar.left_center() + vec2(8.0, 0.0),
                Align2::LEFT_CENTER,
                &row.why,
                plain(SMALL_SIZE),
                theme.text,
                bar.width() - 16.0,
            );
        }
    }
    rating(painter, theme, columns.rating, rect, row.rating);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
    if response.has_focus() {
        painter.rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(2.0, theme.accent), eframe::egui::StrokeKind::Inside);
    }
    response.on_hover_text_at_pointer(row.text()).clicked()
}

fn plotted(painter: &Painter, theme: &Theme, area: Rect, row: &BulletRow) {
    let Mark::Plotted { zero, current, target, bands, past_end, scale } = &row.mark else { return };
    let x = |place: f64| area.left() + area.width() * place as f32;
    for band in bands {
        let rect = Rect::from_x_y_ranges(x(band.from)..=x(band.to), area.y_range());
        painter.rect_filled(rect, 0.0, tone(theme, band.rating).fill);
    }
    if bands.is_empty() {
        painter.rect_filled(area, 0.0, theme.not_started.fill);
    }
    for (place, amount) in scale {
        let at = pos2(x(*place), area.bottom());
        painter.vline(at.x, at.y..=at.y + 3.0, Stroke::new(1.0, theme.outline));
        let anchor = if *place < 0.04 { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
        put(painter, at + vec2(0.0, 3.0), anchor, amount, plain(SCALE_SIZE), theme.muted, 80.0);
    }
    let mark = tone(theme, row.rating).mark;
    let (from, to) = (x(zero.min(*current)), x(zero.max(*current)));
    let bar = Rect::from_x_y_ranges(from..=to.max(from + 2.0), Rangef::point(area.center().y).expand(4.0));
    painter.rect_filled(bar, 0.0, mark);
    if *past_end {
        let tip = pos2(area.right() + 7.0, area.center().y);
        let points = vec![tip, tip + vec2(-8.0, -7.0), tip + vec2(-8.0, 7.0)];
        painter.add(Shape::convex_polygon(points, mark, Stroke::NONE));
    }
    if let Some(target) = target {
        let tick = Rect::from_center_size(pos2(x(*target), area.center().y), vec2(3.0, area.height() + 4.0));
        painter.rect_filled(tick, 0.0, theme.text);
    }
    if let Some(before) = row.before.as_ref().and_then(|before| before.place) {
        // A hollow diamond: neither a target nor the value.
        let centre = pos2(x(before), area.center().y);
        let corners = [(0.0, -6.0), (5.0, 0.0), (0.0, 6.0), (-5.0, 0.0)].map(|(x, y)| centre + vec2(x, y));
        painter.add(Shape::convex_polygon(corners.into(), theme.background, Stroke::new(1.5, theme.text)));
    }
}

/// An arrow for a value that is a direction alone.
fn direction(painter: &Painter, theme: &Theme, centre: Pos2, arrow: Arrow) {
    let along = match arrow {
        Arrow::Up => vec2(0.0, -16.0),
        Arrow::Down => vec2(0.0, 16.0),
        Arrow::Level => vec2(16.0, 0.0),
    };
    painter.arrow(centre - along / 2.0, along, Stroke::new(2.0, theme.text));
}

fn rating(painter: &Painter, theme: &Theme, range: Rangef, row: Rect, rating: Rating) {
    let centre = Pos2::new(range.min + 6.0, row.center().y);
    shapes::rating(painter, centre, 6.0, rating, tone(theme, rating).mark);
    put(painter, centre + vec2(14.0, 0.0), Align2::LEFT_CENTER, rating.word(), plain(SMALL_SIZE), theme.text, range.max - centre.x);
}

fn cell(painter: &Painter, range: Rangef, row: Rect, text: &str, right: bool, theme: &Theme, heading: bool) {
    let (anchor, x) = if right { (Align2::RIGHT_CENTER, range.max) } else { (Align2::LEFT_CENTER, range.min) };
    let (font, colour) = if heading { (semibold(SMALL_SIZE), theme.muted) } else { (plain(SMALL_SIZE + 1.0), theme.text) };
    put(painter, pos2(x, row.center().y), anchor, text, font, colour, range.span());
}

/// The tone of a rating.
pub(super) fn tone(theme: &Theme, rating: Rating) -> Tone {
    match rating {
        Rating::Green => theme.in_progress,
        Rating::Amber => theme.minor_problems,
        Rating::Red => theme.major_problems,
        Rating::Grey => theme.not_started,
    }
}
