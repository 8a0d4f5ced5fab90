//! The rows in view: measured exactly, then drawn, with the top row held still when heights change.

use eframe::egui::{FontId, Rect, Sense, Stroke, Ui, Vec2, pos2, text::LayoutJob};

use super::{
    GridView, LEAST, PAD_X, PAD_Y, Shown, access, align, cells, folding, font, found,
    galleys::{LINE, galley},
    pointer::Target,
};
use crate::{
    app::command::Command,
    model::{Role, RowKind, Value},
    ui::theme::{self, Theme},
};

/// How often rows are measured again at most to bring a cursor into view.
const MOST_PASSES: usize = 8;

impl GridView {
    pub(super) fn draw_rows(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
        let table = shown.table;
        self.here = self.active(shown);
        let empty = match () {
            () if table.rows.is_empty() => Some("This table has no rows yet. Press Ctrl+Plus to add one."),
            () if !shown.out_of_sight.is_empty() && shown.out_of_sight.iter().all(|hidden| *hidden) => Some("No row fits the filter."),
            () => None,
        };
        if let Some(words) = empty {
            ui.painter().text(body.center(), eframe::egui::Align2::CENTER_CENTER, words, theme::plain(14.0), theme.muted);
            return;
        }
        let mut first = self.heights.row_at(self.y);
        // A cell merged down is drawn with its first line, which may stand above the view.
        while first > 0 && table.rows[first].kind == RowKind::Line {
            first -= 1;
        }
        let mut at = first;
        while at < table.rows.len() && self.heights.top(at) < self.y + f64::from(body.height()) {
            if shown.is_hidden(at) {
                at += 1;
                continue;
            }
            match table.rows[at].kind {
                RowKind::Section => self.draw_section(ui, theme, shown, at, body, commands),
                RowKind::Group => self.draw_group(ui, theme, shown, at, body, commands),
                RowKind::Entry | RowKind::Line | RowKind::Total => self.draw_line(ui, theme, shown, at, body, commands),
            }
            at += 1;
        }
        self.in_view = first..at;
    }

    /// Measures the rows in view. Those above a row that the keys led to may turn out higher than guessed, so it is brought back.
    pub(super) fn measure_rows(&mut self, ui: &Ui, shown: &Shown<'_>, body: Rect, row: Option<usize>) {
        for _ in 0..MOST_PASSES {
            self.measure(ui, shown, body);
            if !row.is_some_and(|row| self.reveal(shown, row, body)) {
                break;
            }
        }
    }

    /// Measures the rows in view until none of them changes its height.
    fn measure(&mut self, ui: &Ui, shown: &Shown<'_>, body: Rect) {
        let table = shown.table;
        let anchor = self.heights.row_at(self.y);
        let into = self.y - self.heights.top(anchor);
        let (mut at, mut y, mut changed) = (anchor, -into, Vec::new());
        while at < table.rows.len() && y < f64::from(body.height()) {
            if shown.is_hidden(at) {
                at += 1;
                continue;
            }
            let height = self.exact(ui, shown, at);
            changed.extend(self.heights.set(table.rows[at].id, height).map(|more| (at, more)));
            y += f64::from(height);
            at += 1;
        }
        if !changed.is_empty() {
            self.heights.shift(&changed);
            let most = (self.heights.total() - f64::from(body.height())).max(0.0);
            self.y = (self.heights.top(anchor) + into).clamp(0.0, most);
        }
    }

    /// The exact height of a row, in whole points.
    fn exact(&mut self, ui: &Ui, shown: &Shown<'_>, at: usize) -> f32 {
        let table = shown.table;
        let row = &table.rows[at];
        if row.kind == RowKind::Section {
            let room = self.section_room(ui.max_rect().width());
            let lines: f32 =
                (0..row.fields.len()).map(|field| self.section_galley(ui, shown, at, field, room).size().y + self.scaled(4.0)).sum();
            return (lines + self.scaled(20.0)).ceil();
        }
        let mut height = self.scaled(LEAST);
        for column in 0..row.cells.len().min(self.columns.len()) {
            let reaches = table.rows.get(at + 1).is_some_and(|below| {
                below.kind == RowKind::Line && below.cells.get(column).is_some_and(|cell| cell.value == Value::Merged)
            });
            if reaches || !self.columns.is_shown(column) {
                continue;
            }
            // The last line of a merged cell makes up what the lines above did not hold.
            let top = cells::origin(table, at, column);
            let above: f32 = table.rows[top..at].iter().map(|row| self.heights.of(row.id)).sum();
            let galley = self.cell_galley(ui, shown, top, column);
            height = height.max(galley.size().y + self.scaled(2.0 * PAD_Y) - above);
        }
        height.ceil()
    }

    /// The laid-out text of a cell.
    pub(super) fn cell_galley(&mut self, ui: &Ui, shown: &Shown<'_>, row: usize, column: usize) -> std::sync::Arc<eframe::egui::Galley> {
        let table = shown.table;
        let held = &table.rows[row];
        let kind = table.columns[column].kind;
        let cell = &held.cells[column];
        let marked = cell.status().is_some() || self.rating(shown, row, column).is_some();
        let inset = if marked { 22.0 } else { 0.0 };
        let group = held.kind == RowKind::Group && table.columns[column].role == Some(Role::Action);
        let room = if group { 2000.0 } else { (self.columns.width(column) - self.scaled(2.0 * PAD_X + inset)).max(16.0) };
        let side = if cell.status().is_some() { eframe::egui::Align::LEFT } else { align(kind.side()) };
        galley(ui, &cell.text, font(held), side, room.floor(), self.fit)
    }

    fn section_room(&self, width: f32) -> f32 {
        (width - self.columns.gutter() - 2.0 * PAD_X - folding::ROOM).min(self.scaled(1100.0))
    }

    fn section_galley(&mut self, ui: &Ui, shown: &Shown<'_>, at: usize, field: usize, room: f32) -> std::sync::Arc<eframe::egui::Galley> {
        let row = &shown.table.rows[at];
        let text = if row.fields[field].cell.is_blank() { "…" } else { &*row.fields[field].cell.text };
        let font: FontId = if field == 0 { theme::semibold(16.0) } else { theme::plain(theme::GRID_SIZE) };
        galley(ui, text, font, eframe::egui::Align::LEFT, (room - self.scaled(120.0)).max(40.0).floor(), self.fit)
    }

    /// An approach or a recommendation: its label, its title, and its objective in muted text, across the whole row.
    fn draw_section(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, at: usize, body: Rect, commands: &mut Vec<Command>) {
        let row = &shown.table.rows[at];
        let top = body.top() + (self.heights.top(at) - self.y) as f32;
        let rect = Rect::from_min_size(pos2(body.left(), top), Vec2::new(body.width(), self.heights.of(row.id)));
        let painter = ui.painter().with_clip_rect(body);
        painter.hline(body.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
        let room = self.section_room(ui.max_rect().width());
        let here = self.here.is_some_and(|(row, _)| row == at);
        self.tint(ui, theme, at, rect, body);
        let left = rect.left() + self.columns.gutter();
        let mut y = rect.top() + self.scaled(12.0);
        for field in 0..row.fields.len() {
            let galley = self.section_galley(ui, shown, at, field, room);
            let height = galley.size().y;
            let words =
                Rect::from_min_size(pos2(left + self.scaled(PAD_X + 120.0), y), Vec2::new((room - self.scaled(120.0)).max(40.0), height));
            let label =
                LayoutJob::simple(row.fields[field].label.to_string(), theme::plain(self.scaled(12.0)), theme.muted, self.scaled(112.0));
            let label = ui.fonts_mut(|fonts| fonts.layout_job(label));
            painter.galley(pos2(left + self.scaled(PAD_X), y + self.scaled((LINE - 16.0) / 2.0 + 1.0)), label, theme.muted);
            found::mark(&painter, shown, &row.fields[field].cell.text, &galley, words.min, theme.minor_problems.fill);
            painter.galley(words.min, galley, if field == 0 { theme.text } else { theme.muted });
            let target = words.expand2(Vec2::new(6.0, 2.0));
            let id = access::field_id(row.id.0, field);
            let response = ui.interact(target.intersect(body), id, Sense::CLICK);
            self.point(ui, shown, &response, &Target { row: at, field, ..Target::default() }, commands);
            access::cell(ui, &response, (at, 0), &row.fields[field].label, &row.fields[field].cell.text, None, here && self.field == field);
            if here && self.field == field {
                painter.rect_stroke(target, 3.0, Stroke::new(2.0, theme.accent), eframe::egui::StrokeKind::Inside);
            }
            cells::menu(&response, shown, commands);
            y += height + self.scaled(4.0);
        }
        folding::show(ui, theme, shown, at, rect.with_max_y(rect.top() + self.scaled(40.0)).intersect(body), commands);
    }

    /// A group: a quiet band with its ref and words across the row.
    fn draw_group(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, at: usize, body: Rect, commands: &mut Vec<Command>) {
        let table = shown.table;
        let row = &table.rows[at];
        let band = Rect::from_min_size(
            pos2(body.left(), body.top() + (self.heights.top(at) - self.y) as f32),
            Vec2::new(body.width(), self.heights.of(row.id)),
        );
        let painter = ui.painter().with_clip_rect(body);
        painter.rect_filled(band, 0.0, theme.panel);
        self.tint(ui, theme, at, band, body);
        painter.hline(body.x_range(), band.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
        let active = self.here.filter(|(row, _)| *row == at);
        for column in 0..row.cells.len().min(self.columns.len()) {
            let words = table.columns[column].role == Some(Role::Action);
            if !words && table.columns[column].role != Some(Role::Ref) {
                continue;
            }
            // A group's words keep their place when the columns scroll, as the whole row is theirs.
            let left = body.left() + self.columns.left(column);
            let width = if words { body.right() - left } else { self.columns.width(column) };
            let rect = Rect::from_min_size(pos2(left, band.top()), Vec2::new(width, band.height()));
            let galley = self.cell_galley(ui, shown, at, column);
            let words_at = pos2(rect.left() + self.scaled(PAD_X), rect.center().y - galley.size().y / 2.0);
            found::mark(&painter, shown, &row.cells[column].text, &galley, words_at, theme.minor_problems.fill);
            painter.galley(words_at, galley, theme.text);
            let id = access::cell_id(row.id.0, table.columns[column].id.0);
            let response = ui.interact(rect.intersect(body), id, Sense::CLICK);
            let selected = active.is_some_and(|(_, at)| at == Some(column));
            access::cell(
                ui,
                &response,
                (at, column),
                &access::name(table, at, column),
                &row.cells[column].text,
                None,
                selected || self.is_selected(at, column),
            );
            if selected {
                painter.rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(2.0, theme.accent), eframe::egui::StrokeKind::Inside);
            }
            self.point(ui, shown, &response, &Target { row: at, column: Some(column), ..Target::default() }, commands);
            cells::menu(&response, shown, commands);
        }
        folding::show(ui, theme, shown, at, band.intersect(body), commands);
    }

    /// Whether a cell is among those selected.
    pub(super) fn is_selected(&self, row: usize, column: usize) -> bool {
        self.area.as_ref().is_some_and(|area| area.contains(row, column))
    }

    /// The ground of a heading that stands among selected rows.
    fn tint(&self, ui: &Ui, theme: &Theme, at: usize, rect: Rect, body: Rect) {
        if let Some(area) = self.area.as_ref().filter(|area| area.rows.contains(&at)) {
            let last = area.columns.end - 1;
            let left = self.column_left(body, area.columns.start);
            let right = self.column_left(body, last) + self.columns.width(last);
            ui.painter().with_clip_rect(body).rect_filled(rect.with_min_x(left).with_max_x(right), 0.0, theme.selected);
        }
    }
}
