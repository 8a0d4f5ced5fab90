//! The sheet as it is: a painted grid of any size with letters, numbers, fills, merges and what is hidden. Reads and corrects nothing.

use std::sync::Arc;

use eframe::egui::{
    Align2, Color32, FontId, Galley, Id, Rect, Sense, Stroke, Ui,
    text::{LayoutJob, TextWrapping},
    vec2,
};

use super::{
    cells, frames,
    geometry::{ColumnSpans, Geometry, ROW, TOP},
    keys, roles, select,
};
use crate::{
    app::{
        command::Command,
        import::{Draft, Import, ReviewPlace},
    },
    model::column_letters,
    ui::{
        grid::scroll,
        theme::{self, Theme},
    },
};

/// The height of the column letters, in points.
const LETTERS: f32 = 22.0;
/// The height of the drop-downs above them, in points.
const ROLES: f32 = 36.0;
/// How many blank rows stand below the last filled one.
const SPARE: u32 = 12;

/// How many rows above a table are in view.
const ABOVE: u32 = 3;

/// The sheet as its user left it.
#[derive(Debug, Default)]
pub(super) struct SheetView {
    columns: ColumnSpans,
    /// How far it is scrolled, in points.
    y: f64,
    x: f32,
    /// What was looked at last, to see it change.
    looked_at: Option<ReviewPlace>,
    /// The edge of the table being dragged, and where to.
    pub(super) drag: Option<frames::Drag>,
}

/// The id that takes the keyboard.
pub(super) fn id() -> Id {
    Id::unique("plandesk imported sheet")
}

impl SheetView {
    /// Draws the sheet that is looked at in the room there is.
    pub(super) fn show(&mut self, ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
        let whole = ui.available_rect_before_wrap();
        ui.advance_cursor_after_rect(whole);
        let Some(grid) = import.grids.get(import.look.sheet) else { return };
        self.columns.update(import, whole.width());
        let rows = last_row(import) + SPARE;
        let table = import.draft().filter(|(_, draft)| draft.outline.sheet == grid.sheet);
        let gutter = gutter(rows, !grid.hidden.rows.is_empty() || !grid.hidden.filtered.is_empty());
        let top = LETTERS + if table.is_some() { ROLES } else { 0.0 };
        let body = Rect::from_min_max(whole.min + vec2(gutter, top), whole.max);
        self.follow(import, body, rows);
        self.wheel(ui, body, rows);
        // The drop-downs come first in the order of Tab.
        if let Some((at, draft)) = table {
            let bar = Rect::from_min_max(whole.min, whole.min + vec2(whole.width(), ROLES));
            ui.painter().rect_filled(bar, 0.0, theme.panel);
            self.roles(ui, theme, at, draft, bar.with_min_x(body.left()), commands);
        }
        let response = ui.interact(body, id(), Sense::click_and_drag());
        if response.clicked() || response.drag_started() {
            response.request_focus();
        }
        let geometry = Geometry { body, x: self.x, y: self.y, columns: &self.columns, rows };
        select::keys(ui, import, &geometry, commands);
        select::drag(ui, import, &geometry, &response, commands);
        ui.painter().rect_filled(body, 0.0, theme.background);
        cells::draw(ui, theme, import, grid, &geometry, &response, commands);
        frames::draw(ui, theme, import, &geometry, &mut self.drag, commands);
        headers(ui, theme, import, &geometry, whole.with_min_y(body.top() - LETTERS));
        // A cell that the keyboard is in has a ring of its own.
        if import.look.cell.is_none() {
            keys::ring(ui, theme, id(), body);
        }
        let total = self.columns.total();
        scroll::bars(ui, body, (total, height(rows)), &mut self.x, &mut self.y);
    }

    /// The drop-downs above the columns of the table looked at.
    fn roles(&mut self, ui: &mut Ui, theme: &Theme, at: usize, draft: &Draft, bar: Rect, commands: &mut Vec<Command>) {
        let clip = ui.clip_rect();
        ui.set_clip_rect(clip.intersect(bar));
        let mut reveal = None;
        for heading in &draft.outline.columns {
            let (left, width) = (self.columns.left(heading.column), self.columns.width(heading.column));
            let rect = Rect::from_min_size(bar.min + vec2(left - self.x + 2.0, 4.0), vec2(width - 4.0, ROLES - 8.0));
            if roles::show(ui, theme, at, draft, heading, rect, commands) {
                reveal = Some(heading.column);
            }
        }
        ui.set_clip_rect(clip);
        if let Some(column) = reveal {
            self.reveal_column(column, bar.width());
        }
    }

    /// Scrolls to what is looked at when that has changed.
    fn follow(&mut self, import: &Import, body: Rect, rows: u32) {
        if self.looked_at == Some(import.look) {
            return;
        }
        let before = self.looked_at.replace(import.look);
        if let Some((row, column)) = import.look.cell {
            let (top, height) = (f64::from(row) * f64::from(ROW), f64::from(body.height() - TOP));
            if top < self.y {
                self.y = top;
            } else if top + f64::from(ROW) > self.y + height {
                self.y = top + f64::from(ROW) - height;
            }
            self.reveal_column(column, body.width());
        } else if before.is_none_or(|before| (before.sheet, before.table) != (import.look.sheet, import.look.table)) {
            let first = import.draft().map_or((0, 0), |(_, draft)| draft.outline.first);
            // From the top where the table begins in view; otherwise with a few rows of what stands above it.
            let in_view = (body.height() / ROW * 0.5) as u32;
            let top = if first.0 < in_view { 0 } else { first.0.saturating_sub(ABOVE) };
            self.y = f64::from(top.min(rows)) * f64::from(ROW);
            self.x = if first.1 == 0 { 0.0 } else { (self.columns.left(first.1) - 60.0).max(0.0) };
        }
    }

    fn reveal_column(&mut self, column: u16, width: f32) {
        let (left, right) = (self.columns.left(column), self.columns.left(column) + self.columns.width(column));
        if left < self.x {
            self.x = left;
        } else if right > self.x + width {
            self.x = (right - width).min(left);
        }
    }

    fn wheel(&mut self, ui: &Ui, body: Rect, rows: u32) {
        if ui.rect_contains_pointer(body) && !ui.ctx().any_popup_open() {
            let delta = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta));
            self.y -= f64::from(delta.y);
            self.x -= delta.x;
        }
        self.y = self.y.clamp(0.0, (height(rows) - f64::from(body.height())).max(0.0));
        self.x = self.x.clamp(0.0, (self.columns.total() - body.width()).max(0.0));
    }
}

/// The last row with anything in it, or in a table.
fn last_row(import: &Import) -> u32 {
    let Some(grid) = import.grids.get(import.look.sheet) else { return 0 };
    let tables = import.tables.iter().filter(|draft| draft.outline.sheet == grid.sheet).map(|draft| draft.outline.last.0);
    let painted = grid.painted.last().map(|painted| painted.row);
    tables.chain(painted).chain(grid.rows.last().map(|row| row.row)).max().unwrap_or(0)
}

/// The height of so many rows, in points.
fn height(rows: u32) -> f64 {
    f64::from(rows) * f64::from(ROW) + f64::from(TOP)
}

/// The width of the row numbers, in points.
fn gutter(rows: u32, hidden: bool) -> f32 {
    let digits = rows.to_string().len() as f32;
    digits * 7.5 + 22.0 + if hidden { 54.0 } else { 0.0 }
}

/// The letters above the columns and the numbers left of the rows.
fn headers(ui: &Ui, theme: &Theme, import: &Import, geometry: &Geometry<'_>, rect: Rect) {
    let Some(grid) = import.grids.get(import.look.sheet) else { return };
    let (body, line_stroke) = (geometry.body, Stroke::new(1.0, theme.hairline));
    let (letters, numbers) = (rect.with_max_y(body.top()), rect.with_min_y(body.top()).with_max_x(body.left()));
    let strong = import.look.cell;
    let painter = ui.painter().with_clip_rect(letters.with_min_x(body.left()).intersect(ui.clip_rect()));
    ui.painter().rect_filled(letters, 0.0, theme.panel);
    for column in geometry.visible_columns() {
        let place = Rect::from_x_y_ranges(geometry.column(column), letters.y_range());
        let is_hidden = grid.hidden.column(column);
        let words = format!("{}{}", column_letters(u32::from(column)), if is_hidden { " (hidden)" } else { "" });
        let font = if strong.is_some_and(|(_, at)| at == column) { theme::semibold(12.0) } else { theme::plain(12.0) };
        painter.text(place.center(), Align2::CENTER_CENTER, words, font, theme.muted);
        painter.vline(place.right() - 0.5, place.y_range(), line_stroke);
    }
    let painter = ui.painter().with_clip_rect(numbers.intersect(ui.clip_rect()));
    painter.rect_filled(numbers, 0.0, theme.panel);
    for row in geometry.visible_rows() {
        let place = Rect::from_x_y_ranges(numbers.x_range(), geometry.row(row));
        let mark = match grid.hidden.row(row) {
            false => "",
            true if grid.hidden.is_by_hand(row) => " (hidden)",
            true => " (filtered)",
        };
        let words = format!("{}{mark}", u64::from(row) + 1);
        let font = if strong.is_some_and(|(at, _)| at == row) { theme::semibold(12.0) } else { theme::plain(12.0) };
        painter.text(place.right_center() - vec2(8.0, 0.0), Align2::RIGHT_CENTER, words, font, theme.muted);
        painter.hline(place.x_range(), place.bottom() - 0.5, line_stroke);
    }
    let painter = ui.painter();
    painter.hline(letters.x_range(), letters.bottom() - 0.5, line_stroke);
    painter.hline(letters.x_range(), letters.top() + 0.5, line_stroke);
    painter.vline(numbers.right() - 0.5, rect.y_range(), line_stroke);
}

/// One line of a text, cut with an ellipsis where the room ends and coloured when painted.
pub(super) fn line(ui: &Ui, text: &str, font: FontId, width: f32) -> Arc<Galley> {
    // No cell in view is wider than this many letters.
    let mut words: String = text.chars().take(400).collect();
    if words.contains(['\n', '\r', '\t']) {
        words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut job = LayoutJob::simple_singleline(words, font, Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width(width.max(8.0));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}
