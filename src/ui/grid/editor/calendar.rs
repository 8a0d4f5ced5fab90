//! The calendar below a date: shows what the text says and moves it by days and months. The text alone is what is kept.

use eframe::egui::{Align2, Area, Frame, Order, Rect, Sense, Stroke, StrokeKind, Ui, accesskit::Role, pos2, vec2};
use jiff::{ToSpan, civil::Date};

use crate::{
    model::{
        Grain, When,
        kinds::{parse_when, write_date},
    },
    ui::{
        grid::{access, id},
        theme::{self, Theme},
    },
};

/// The size of a day, in points.
const DAY: eframe::egui::Vec2 = vec2(32.0, 26.0);
/// The height of the whole, to tell whether there is room below the cell.
const HEIGHT: f32 = 250.0;
const WEEK: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/// A calendar over what is typed.
#[derive(Debug)]
pub(super) struct Calendar {
    /// The text the edit began with, whose form a chosen date takes.
    like: String,
    /// Whether the text was typed in since the calendar last moved it.
    pub typed: bool,
    /// A month turned to by the pointer, while it is not the text's.
    turned: Option<Date>,
}

impl Calendar {
    pub(super) fn of(text: &str) -> Self {
        Self { like: text.to_owned(), typed: false, turned: None }
    }

    /// The text moved by days, with the caret behind it; from a text without a date, today.
    pub(super) fn by_days(&mut self, text: &str, days: i32) -> (String, usize) {
        let date = stated(text).map(|(date, _)| date.checked_add(days.days()).unwrap_or(date));
        self.write(text, date.unwrap_or_else(today), Grain::Day)
    }

    /// The text moved by months; one that states a month states the next.
    pub(super) fn by_months(&mut self, text: &str, months: i32) -> (String, usize) {
        let moved = stated(text).map(|(date, grain)| (date.checked_add(months.months()).unwrap_or(date), grain));
        let (date, grain) = moved.unwrap_or_else(|| (today(), Grain::Day));
        self.write(text, date, if grain == Grain::Month { Grain::Month } else { Grain::Day })
    }

    fn write(&mut self, text: &str, date: Date, grain: Grain) -> (String, usize) {
        (self.typed, self.turned) = (false, None);
        let like = if stated(text).is_some_and(|(_, held)| held == grain) { text } else { &self.like };
        let written = write_date(date, grain, like);
        let caret = written.chars().count();
        (written, caret)
    }

    /// Draws it below the field, above where there is no room; returns where it stands, and the text of a day that was clicked.
    pub(super) fn show(&mut self, ui: &Ui, theme: &Theme, text: &str, field: Rect) -> (Rect, Option<String>) {
        let below = field.bottom() + HEIGHT < ui.ctx().content_rect().bottom();
        let (pivot, at) = if below {
            (Align2::LEFT_TOP, field.left_bottom() + vec2(0.0, 2.0))
        } else {
            (Align2::LEFT_BOTTOM, field.left_top() - vec2(0.0, 2.0))
        };
        let marked = stated(text);
        if self.typed {
            self.turned = None;
        }
        let month = self.turned.or(marked.map(|(date, _)| date)).unwrap_or_else(today).first_of_month();
        let area = Area::new(id().with("calendar")).order(Order::Foreground).pivot(pivot).fixed_pos(at).constrain(true);
        let (mut turn, mut clicked) = (0, None);
        let shown = area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                turn = title(ui, theme, month);
                for week in weeks(month) {
                    ui.horizontal(|ui| week.into_iter().for_each(|day| clicked = clicked.or(draw_day(ui, theme, day, month, marked))));
                }
            });
        });
        if turn != 0 {
            self.turned = month.checked_add(turn.months()).ok();
            self.typed = false;
        }
        let day = clicked.map(|day| self.write(text, day, Grain::Day).0);
        (shown.response.rect, day)
    }
}

/// The day a text states, and how exactly.
fn stated(text: &str) -> Option<(Date, Grain)> {
    match parse_when(text)? {
        When::On { date, grain } => Some((date, grain)),
        other => Some((other.first_day()?, Grain::Day)),
    }
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

/// The six weeks, from Monday, that a month stands in.
fn weeks(month: Date) -> Vec<Vec<Date>> {
    let into = i64::from(month.weekday().to_monday_zero_offset());
    let day = |at: i64| month.checked_add((at - into).days()).ok();
    (0..6).map(|week| (0..7).filter_map(|at| day(week * 7 + at)).collect()).collect()
}

/// The month's name between two arrows, above the names of the days; returns by how many months it was turned.
fn title(ui: &mut Ui, theme: &Theme, month: Date) -> i32 {
    let mut turn = 0;
    let (rect, _) = ui.allocate_exact_size(vec2(DAY.x * 7.0, 30.0), Sense::HOVER);
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, month.strftime("%B %Y"), theme::semibold(14.0), theme.text);
    for (by, icon, words, x) in [
        (-1, lucide_icons::Icon::ChevronLeft, "Previous month", rect.left() + 16.0),
        (1, lucide_icons::Icon::ChevronRight, "Next month", rect.right() - 16.0),
    ] {
        let place = Rect::from_center_size(pos2(x, rect.center().y), DAY);
        let response = ui.interact(place, id().with(words), Sense::CLICK);
        if response.hovered() {
            ui.painter().rect_filled(place, 4.0, theme.hovered);
        }
        ui.painter().text(place.center(), Align2::CENTER_CENTER, char::from(icon), theme::icons(16.0), theme.text);
        name(ui, response.id, place, words.to_owned(), Role::Button, false);
        if response.clicked() {
            turn = by;
        }
    }
    let (rect, _) = ui.allocate_exact_size(vec2(DAY.x * 7.0, 20.0), Sense::HOVER);
    for (at, day) in WEEK.iter().enumerate() {
        let x = rect.left() + DAY.x * (at as f32 + 0.5);
        ui.painter().text(pos2(x, rect.center().y), Align2::CENTER_CENTER, day, theme::plain(12.0), theme.muted);
    }
    turn
}

/// One day; returned when it was clicked.
fn draw_day(ui: &mut Ui, theme: &Theme, day: Date, month: Date, marked: Option<(Date, Grain)>) -> Option<Date> {
    let (rect, response) = ui.allocate_exact_size(DAY, Sense::CLICK);
    let inside = rect.shrink(1.0);
    let chosen = marked.is_some_and(|(date, grain)| match grain {
        Grain::Day => date == day,
        Grain::Month => date.first_of_month() == day.first_of_month(),
        Grain::Year => false,
    });
    if chosen || response.hovered() {
        ui.painter().rect_filled(inside, 4.0, if chosen { theme.selected } else { theme.hovered });
    }
    if chosen && marked.is_some_and(|(_, grain)| grain == Grain::Day) {
        ui.painter().rect_stroke(inside, 4.0, Stroke::new(1.5, theme.accent), StrokeKind::Inside);
    }
    let own = day.first_of_month() == month;
    let font = if day == today() { theme::semibold(14.0) } else { theme::plain(14.0) };
    let colour = if own { theme.text } else { theme.muted };
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, day.day(), font, colour);
    name(ui, response.id, rect, format!("Choose {}", day.strftime("%-d %B %Y")), Role::ListBoxOption, chosen);
    response.clicked().then_some(day)
}

fn name(ui: &Ui, id: eframe::egui::Id, rect: Rect, words: String, role: Role, selected: bool) {
    ui.ctx().accesskit_node_builder(id, |node| {
        access::place(node, rect);
        node.set_role(role);
        node.set_label(words);
        node.set_selected(selected);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_moves_by_days_and_months_in_its_own_form() {
        for (text, days, months, expected) in [
            ("31/03/2019", 1, 0, "01/04/2019"),
            ("1 May 2019", -7, 0, "24 Apr 2019"),
            ("Aug-17", 14, 0, "15/08/2017"),
            ("Aug-17", 0, 1, "Sep-17"),
            ("December 2017", 0, 1, "January 2018"),
            ("31/01/2019", 0, 1, "28/02/2019"),
            ("2021-22", 0, 1, "01/05/2021"),
        ] {
            let mut calendar = Calendar::of(text);
            let (moved, _) = if months == 0 { calendar.by_days(text, days) } else { calendar.by_months(text, months) };
            assert_eq!(moved, expected, "{text}");
        }
        let (from_nothing, _) = Calendar::of("TBC").by_days("TBC", 1);
        assert_eq!(stated(&from_nothing), Some((today(), Grain::Day)));
    }

    #[test]
    fn weeks_begin_on_monday_and_hold_the_whole_month() {
        let weeks = weeks(Date::constant(2026, 11, 1));
        assert_eq!((weeks.len(), weeks[0][0], weeks[0][6]), (6, Date::constant(2026, 10, 26), Date::constant(2026, 11, 1)));
        assert!(weeks.iter().flatten().any(|&day| day == Date::constant(2026, 11, 30)));
    }
}
