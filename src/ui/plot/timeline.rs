//! A plan's actions on a time axis: a bar each in the colour and shape of its status, whose end can be dragged. Changes no plan itself.

use eframe::egui::{
    Align2, Button, CursorIcon, Id, Painter, PopupAnchor, Rect, Role, ScrollArea, Sense, Shape, Stroke, StrokeKind, Tooltip, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use egui_plot::PlotBounds;
use jiff::civil::Date;

use super::super::grid::shapes;
use super::super::theme::{SMALL_SIZE, Theme, plain, semibold};
use super::ChartAction;
use super::canvas::{Canvas, Shown, Wheel};
use super::time_axis::{day_at, marks, place_of};
use super::words::{put, two_lines};
use crate::charts::{BarEnd, TimeBar, TimelineChart, TimelineLine, TimelineOrder};

/// The height of a line, in points.
const LINE: f32 = 24.0;
/// Room for the time axis, in points.
const AXIS: f32 = 22.0;
/// Room for the remarks below, in points.
const REMARKS: f32 = 34.0;
/// Room for the buttons above, in points.
const BUTTONS: f32 = 30.0;
/// How near an end the pointer takes hold of it, in points.
const GRIP: f32 = 6.0;

/// Draws a plan's timeline in the space there is; returns what was done with it.
pub fn timeline(ui: &mut Ui, theme: &Theme, chart: &TimelineChart) -> Option<ChartAction> {
    if chart.bars.is_empty() {
        ui.colored_label(theme.muted, "There are no actions here yet. Add a row to the plan and it is drawn here.");
        return None;
    }
    let id = Id::unique(("timeline", chart.table));
    let order = order(ui, theme, id);
    let lines = chart.lines(order);
    let mut done = None;
    let room = (ui.available_height() - REMARKS - 8.0).max(LINE * 2.0);
    ScrollArea::vertical().id_salt(id).auto_shrink(false).max_height(room).show_viewport(ui, |ui, seen| {
        ui.set_height(LINE * lines.len() as f32 + AXIS);
        let top = ui.max_rect().top();
        let area = Rect::from_x_y_ranges(ui.max_rect().x_range(), top + seen.top()..=top + seen.bottom());
        done = body(ui, theme, chart, (id, true), lines, area, seen.top());
    });
    remarks(ui, theme, chart);
    done
}

/// How high a picture of a timeline of so many lines at most is, in points.
pub(super) fn height(chart: &TimelineChart, most: usize) -> f32 {
    LINE * chart.lines(TimelineOrder::Approach).len().min(most) as f32 + AXIS + REMARKS + 12.0
}

/// Draws a timeline without scrolling, for a picture.
pub(super) fn whole(ui: &mut Ui, theme: &Theme, chart: &TimelineChart, most: usize) {
    let lines = chart.lines(TimelineOrder::Approach);
    let lines = &lines[..lines.len().min(most)];
    let (_, area) = ui.allocate_space(vec2(ui.available_width(), LINE * lines.len() as f32 + AXIS));
    body(ui, theme, chart, (Id::unique("timeline"), false), lines, area, 0.0);
    remarks(ui, theme, chart);
}

/// What actions stand under, as chosen by two buttons.
fn order(ui: &mut Ui, theme: &Theme, id: Id) -> TimelineOrder {
    let place = id.with("order");
    let mut order = ui.data(|data| data.get_temp(place)).unwrap_or_default();
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), BUTTONS));
    ui.scope_builder(UiBuilder::new().max_rect(line), |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (choice, words) in [(TimelineOrder::Approach, "By approach"), (TimelineOrder::Lead, "By lead")] {
                let words = eframe::egui::RichText::new(words).size(SMALL_SIZE);
                if ui.add(Button::new(words).selected(order == choice).frame_when_inactive(order == choice)).clicked() {
                    order = choice;
                    ui.data_mut(|data| data.insert_temp(place, order));
                }
            }
        });
    });
    let how = "Ctrl and wheel zoom, drag moves, double-click shows all; drag an end to move it";
    if line.width() > 640.0 {
        put(ui.painter(), line.right_center(), Align2::RIGHT_CENTER, how, plain(SMALL_SIZE), theme.muted, line.width() - 220.0);
    }
    order
}

fn remarks(ui: &mut Ui, theme: &Theme, chart: &TimelineChart) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), REMARKS));
    let words = chart.remarks.join(". ");
    two_lines(ui.painter(), rect.left_center(), &words, plain(SMALL_SIZE), theme.muted, rect.width());
    let response = ui.interact(rect, Id::unique(("timeline remarks", chart.table)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    response.on_hover_text(chart.remarks.join("\n"));
}

/// Draws the lines that are in an area, which begins so far down, on one time axis.
fn body(
    ui: &mut Ui,
    theme: &Theme,
    chart: &TimelineChart,
    (id, live): (Id, bool),
    lines: &[TimelineLine],
    area: Rect,
    down: f32,
) -> Option<ChartAction> {
    let names = (area.width() * 0.34).clamp(80.0, 380.0);
    let plot = Rect::from_min_max(pos2(area.left() + names, area.top()), area.max);
    let (first, last) = chart.span;
    let canvas = Canvas {
        id: id.with("axis"),
        words: format!("{}, {} actions", chart.title, chart.bars.len()),
        whole: PlotBounds::from_min_max([place_of(first), 0.0], [place_of(last), 1.0]),
        size: plot.size(),
        bottom: &|_, from_to, width| marks(from_to, width),
        left: None,
        wheel: if live { Wheel::WithCtrl } else { Wheel::Never },
    };
    let shown = canvas.show(&mut ui.new_child(UiBuilder::new().max_rect(plot).id_salt(id)), theme, |_| {});
    let frame = shown.frame();
    let seen = Rect::from_x_y_ranges(area.x_range(), area.top()..=frame.bottom());
    let outer = ui.painter().clone();
    let painter = outer.with_clip_rect(seen.intersect(outer.clip_rect()));
    let from = (down / LINE).floor().max(0.0) as usize;
    let to = (((down + seen.height()) / LINE).ceil().max(0.0) as usize).min(lines.len());
    let mut done = None;
    let mut read: Option<&TimeBar> = None;
    let mut moving: Option<Date> = None;
    let pointer = shown.response.hover_pos().filter(|_| live && !shown.response.dragged());
    for (at, line) in lines.iter().enumerate().take(to).skip(from) {
        let top = area.top() - down + LINE * at as f32;
        let row = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), LINE));
        match line {
            TimelineLine::Heading(name) => {
                painter.rect_filled(Rect::from_x_y_ranges(row.left()..=plot.left() - 4.0, row.y_range()), 2.0, theme.panel);
                let place = row.left_center() + vec2(6.0, 0.0);
                put(&painter, place, Align2::LEFT_CENTER, name, semibold(SMALL_SIZE), theme.text, names - 16.0);
            }
            TimelineLine::Bar(bar) => {
                let bar = &chart.bars[*bar];
                let name = Rect::from_x_y_ranges(row.left()..=plot.left() - 4.0, row.y_range()).intersect(seen);
                done = done.or(named(ui, &painter, theme, bar, (id.with(at), live), name, row));
                let inside = painter.with_clip_rect(frame.intersect(painter.clip_rect()));
                let moved = if live { drag_end(ui, &shown, bar, id.with(("end", at)), row, &mut done) } else { None };
                draw_bar(&inside, theme, &shown, bar, row, moved);
                moving = moving.or(moved);
                if moved.is_some() || pointer.is_some_and(|at| row.contains(at) && frame.contains(at)) {
                    read = Some(bar);
                }
            }
        }
    }
    days(&painter, theme, &shown, chart);
    if let Some(bar) = read {
        let response = &shown.response;
        let words = moving.map_or_else(|| bar.text(), |day| format!("New end: {}", day.strftime("%-d %B %Y")));
        let tooltip = Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, PopupAnchor::Pointer).gap(14.0);
        tooltip.show(|ui| ui.label(words));
    }
    done
}

/// The name of an action with its status, which selects it; tells whether it did.
fn named(ui: &Ui, painter: &Painter, theme: &Theme, bar: &TimeBar, (id, live): (Id, bool), area: Rect, row: Rect) -> Option<ChartAction> {
    let mut clicked = false;
    if live && area.is_positive() {
        let response = ui.interact(area, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, bar.text()));
        if response.hovered() {
            painter.rect_filled(area, 4.0, theme.hovered);
        }
        if response.has_focus() {
            painter.rect_stroke(area, 4.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
        }
        clicked = response.on_hover_text_at_pointer(bar.text()).clicked();
    }
    if let Some(status) = bar.status {
        shapes::status(painter, row.left_center() + vec2(14.0, 0.0), 5.0, status, theme.status(status).mark);
    }
    let place = row.left_center() + vec2(26.0, 0.0);
    put(painter, place, Align2::LEFT_CENTER, &bar.name, plain(SMALL_SIZE), theme.text, area.right() - place.x - 4.0);
    clicked.then_some(ChartAction::Select(bar.row))
}

/// Takes hold of a bar's end; where it is dragged to now, and what is done once it is let go.
fn drag_end(ui: &Ui, shown: &Shown, bar: &TimeBar, id: Id, row: Rect, done: &mut Option<ChartAction>) -> Option<Date> {
    let (BarEnd::On(end), Some(column)) = (bar.end, bar.end_column) else { return None };
    let x = x_of(shown, end);
    let grip = Rect::from_x_y_ranges(x - GRIP..=x + GRIP, row.y_range()).intersect(shown.frame());
    let held: Id = id.with("held");
    let dragged = ui.data(|data| data.get_temp::<Date>(held));
    if dragged.is_none() && !grip.is_positive() {
        return None;
    }
    let response = ui.interact(grip, id, Sense::drag()).on_hover_cursor(CursorIcon::ResizeHorizontal);
    let over = response.interact_pointer_pos().and_then(|at| day_at(shown.transform.value_from_position(at).x));
    let day = over.map(|day| bar.end_near(day));
    if response.drag_stopped() {
        ui.data_mut(|data| data.remove_temp::<Date>(held));
        if let Some(to) = dragged.filter(|day| *day != end) {
            *done = Some(ChartAction::MoveEnd(bar.row, column, to));
        }
        return None;
    }
    let day = day.filter(|_| response.dragged())?;
    ui.data_mut(|data| data.insert_temp(held, day));
    Some(day)
}

fn x_of(shown: &Shown, day: Date) -> f32 {
    // A bar ends with its last day.
    shown.transform.position_from_point_x(place_of(day) + 1.0)
}

fn draw_bar(painter: &Painter, theme: &Theme, shown: &Shown, bar: &TimeBar, row: Rect, moved: Option<Date>) {
    let tone = bar.status.map_or(theme.not_started, |status| theme.status(status));
    let frame = shown.frame();
    let start = bar.start.map(|day| shown.transform.position_from_point_x(place_of(day)));
    let end = match (moved, bar.end) {
        (Some(day), _) | (None, BarEnd::On(day)) => Some(x_of(shown, day)),
        (None, BarEnd::Open | BarEnd::Unknown) => None,
    };
    let middle = row.center().y;
    let body = |from: f32, to: f32| Rect::from_x_y_ranges(from..=to.max(from + 3.0), middle - 7.0..=middle + 7.0);
    let line = Stroke::new(1.0, tone.mark);
    let late = if bar.late { theme.major_problems.mark } else { tone.mark };
    match (start, end) {
        (Some(start), Some(end)) => {
            painter.rect(body(start, end), 2.0, tone.fill, line, StrokeKind::Inside);
        }
        (start, None) if bar.end == BarEnd::Open => {
            // It goes on: no edge on the right, and an arrow where the plot ends.
            let from = start.unwrap_or(frame.left()).max(frame.left() - 4.0);
            let area = body(from, frame.right() - 10.0);
            painter.rect_filled(area, 2.0, tone.fill);
            painter.hline(area.x_range(), area.top(), line);
            painter.hline(area.x_range(), area.bottom(), line);
            if start.is_some() {
                painter.vline(area.left(), area.y_range(), line);
            }
            let tip = pos2(frame.right() - 1.0, middle);
            painter.add(Shape::convex_polygon(vec![tip, tip + vec2(-9.0, -7.0), tip + vec2(-9.0, 7.0)], tone.mark, Stroke::NONE));
        }
        (Some(start), None) => {
            painter.vline(start, middle - 7.0..=middle + 7.0, Stroke::new(2.0, tone.mark));
        }
        (None, _) => {}
    }
    if let Some(end) = end {
        painter.vline(end - 1.0, middle - 9.0..=middle + 9.0, Stroke::new(3.0, late));
    }
    let now = end.or_else(|| (bar.end == BarEnd::Open).then(|| frame.right()));
    if let Some((agreed, end)) = bar.agreed.zip(now) {
        // From the end that was agreed first to the one that decides now.
        let agreed = x_of(shown, agreed);
        let ends = [pos2(agreed, middle + 9.0), pos2(end, middle + 9.0)];
        painter.extend(Shape::dashed_line(&ends, Stroke::new(1.5, theme.text), 3.0, 2.0));
        painter.circle(pos2(agreed, middle + 9.0), 3.0, theme.background, Stroke::new(1.5, theme.text));
    }
    if let Some(end) = end.filter(|_| bar.late && moved.is_none()) {
        let words = pos2(end + 5.0, middle);
        put(painter, words, Align2::LEFT_CENTER, "past its end", plain(SMALL_SIZE - 1.0), theme.text, 90.0);
    }
}

/// Today's line, and that of the day ends are judged at, each with its name.
fn days(painter: &Painter, theme: &Theme, shown: &Shown, chart: &TimelineChart) {
    let frame = shown.frame();
    let painter = painter.with_clip_rect(frame.intersect(painter.clip_rect()));
    let name = |day: Date, words: &str, colour, down: f32| {
        let x = shown.transform.position_from_point_x(place_of(day));
        if !frame.x_range().contains(x) {
            return;
        }
        painter.vline(x, frame.y_range(), Stroke::new(2.0, colour));
        let (anchor, side) = if x < frame.center().x { (Align2::LEFT_TOP, 5.0) } else { (Align2::RIGHT_TOP, -5.0) };
        let galley = painter.layout_no_wrap(words.to_owned(), semibold(SMALL_SIZE - 1.0), colour);
        let place = anchor.anchor_size(pos2(x + side, frame.top() + down), galley.size());
        painter.rect_filled(place.expand(2.0), 2.0, theme.background);
        painter.galley(place.min, galley, colour);
    };
    if let Some((day, words)) = &chart.judged {
        name(*day, &format!("Judged at {words}"), theme.text, 2.0);
    }
    if let Some(day) = chart.today {
        name(day, "Today", theme.accent, 18.0);
    }
}
