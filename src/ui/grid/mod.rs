//! The grid: one widget for plans, KPI tables, histories and registers. Sends commands; the document is never its own.

mod access;
mod body;
mod cells;
mod columns;
mod editor;
mod fit;
mod folding;
mod found;
mod galleys;
mod header;
mod heights;
pub mod key_list;
mod keys;
mod moves;
mod moving;
mod pointer;
mod reorder;
pub(super) mod scroll;
pub mod shapes;
mod zoom;

pub use access::place;
pub use cells::rating_tone;

use std::collections::{BTreeSet, HashMap};

use eframe::egui::{Align, FocusDirection, Id, Popup, Rect, Sense, Ui, Vec2, pos2};

use self::{columns::GridColumns, editor::Editing, galleys::Fit, heights::Heights, moving::Moving, pointer::Pressed, reorder::Carried};
use super::{
    entries::WhyNot,
    theme::{self, Theme},
};
use crate::{
    app::{
        command::{CellCommand, Command, Cursor, ViewCommand},
        find::Pattern,
        range::{Area, Selection},
    },
    insight::Rating,
    model::{ColumnId, Document, Row, RowId, RowKind, Table, Value, kinds::Side},
    notes::Severity,
    store::TableView,
};

/// The height of the header, in points.
const HEADER: f32 = 36.0;
/// Inside a cell, left and right, in points.
const PAD_X: f32 = 8.0;
/// Inside a cell, above and below, in points.
const PAD_Y: f32 = 6.0;
/// The least height of a row, in points.
const LEAST: f32 = 32.0;

/// Notes by cell: the row, its column where it has one, and how much the worst of them matters.
pub type Marks = HashMap<(RowId, Option<ColumnId>), (Severity, String)>;

/// What the grid shows.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What the table is part of.
    pub document: &'a Document,
    pub table: &'a Table,
    /// Rises with every change of the document.
    pub revision: u64,
    pub cursor: Option<Cursor>,
    /// How much it is enlarged.
    pub zoom: f32,
    /// Whether three lines of a text are shown at most.
    pub compact: bool,
    /// Which columns stay in view and which are put away.
    pub view: &'a TableView,
    /// More than the cursor's cell.
    pub selection: Option<Selection>,
    /// What is looked for.
    pub pattern: Option<&'a Pattern>,
    pub marks: &'a Marks,
    /// A KPI's rating.
    pub ratings: &'a HashMap<RowId, (Rating, Option<ColumnId>)>,
    /// Which rows are out of sight, by position; empty where none is.
    pub out_of_sight: &'a [bool],
    /// The headings that are closed over their rows.
    pub closed: &'a BTreeSet<RowId>,
    /// Why what a right click offers cannot be done now.
    pub why_not: WhyNot<'a>,
}

impl Shown<'_> {
    /// Whether a row is out of sight.
    fn is_hidden(&self, at: usize) -> bool {
        self.out_of_sight.get(at).copied().unwrap_or(false)
    }

    /// The nearest row in sight from a position on, down first and then up; the position itself where none is.
    fn in_sight(&self, at: usize, down: bool) -> usize {
        let below = || (at..self.table.rows.len()).find(|&at| !self.is_hidden(at));
        let above = || (0..=at.min(self.table.rows.len().saturating_sub(1))).rev().find(|&at| !self.is_hidden(at));
        let found = if down { below().or_else(above) } else { above().or_else(below) };
        found.unwrap_or(at)
    }
}

impl Shown<'_> {
    /// Shows what a command of this very frame has led to.
    fn follow(&mut self, command: &Command) {
        match command {
            Command::View(ViewCommand::Select(cursor)) => (self.cursor, self.selection) = (Some(*cursor), None),
            Command::Cells(CellCommand::MoveWithin(cursor)) => self.cursor = Some(*cursor),
            Command::Cells(CellCommand::Select(selection)) => self.selection = Some(*selection),
            _ => {}
        }
    }
}

/// The grid of one table as its user left it.
#[derive(Debug, Default)]
pub struct GridView {
    heights: Heights,
    columns: GridColumns,
    fit: Fit,
    wheel: zoom::Wheel,
    editing: Option<Editing>,
    /// How far the rows are scrolled, in points.
    y: f64,
    /// The row that stays on top while the rows get other heights.
    kept_row: Option<usize>,
    /// How far the columns that are not frozen are scrolled, in points.
    x: f32,
    /// Where the cursor stood last frame, to see it move.
    last_cursor: Option<Cursor>,
    /// Which of a section's words the cursor is in, and of which section.
    field: usize,
    field_of: Option<RowId>,
    /// The column arrow keys keep to when they cross headings.
    keep: Option<ColumnId>,
    /// A column being dragged wider: its position and its right edge on screen.
    resizing: Option<(usize, f32)>,
    moving: Option<Moving>,
    carried: Option<Carried>,
    /// Where the cursor stands in this frame: the row, and the cell's first row and column where it is one.
    here: Option<(usize, Option<usize>)>,
    /// What is selected in this frame, where that is more than a cell.
    area: Option<Area>,
    /// What the pointer is dragging: a selection, or the corner that fills.
    dragging: Option<pointer::Drag>,
    /// What was pressed last.
    pressed: Option<Pressed>,
    /// Where the selection's moving corner was last frame, to see it move.
    last_corner: Option<Selection>,
    /// True while F6 moves the keyboard on to the next part of the window.
    leaving: bool,
    /// The rows drawn last, for paging.
    in_view: std::ops::Range<usize>,
}

/// The one id that takes the keyboard, in the grid and in its editor.
#[must_use]
pub fn id() -> Id {
    Id::unique("plandesk grid")
}

/// Whether a sheet over the window or an open menu has the keyboard to itself.
fn is_covered(ui: &Ui) -> bool {
    ui.memory(|memory| memory.top_modal_layer().is_some()) || Popup::is_any_open(ui.ctx())
}

impl GridView {
    /// Draws the grid in the room there is and tells what its user did.
    pub fn show(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>) -> Vec<Command> {
        let mut commands = Vec::new();
        let whole = ui.available_rect_before_wrap();
        let rect = whole.intersect(ui.clip_rect());
        let refitted = self.refit(shown);
        let columns = GridColumns::of(shown.table, shown.view, rect.width(), shown.zoom);
        // Other widths make other heights: a cursor that was in sight stays so.
        if (refitted || columns != self.columns) && self.active(shown).is_some_and(|(row, _)| self.in_view.contains(&row)) {
            self.last_cursor = None;
        }
        self.columns = columns;
        let (table, columns, fit) = (shown.table, self.columns.clone(), self.fit);
        self.heights.update(table, shown.revision, shown.out_of_sight, |at| estimate(table, &columns, fit, at));
        if let Some(row) = self.kept_row.take() {
            self.y = self.heights.top(row);
        }
        ui.painter().rect_filled(whole, 0.0, theme.background);
        let body = rect.with_min_y(rect.top() + self.scaled(HEADER));
        self.keep_field(shown);
        self.end_by_press(ui, shown, &mut commands);
        keys::handle(self, ui, shown, &mut commands);
        self.take_focus(ui);
        // The grid and its editor share one id, so only one of them may use it in a pass.
        let response = self.editing.is_none().then(|| ui.interact(body, id(), Sense::click()));
        if let Some(response) = &response {
            access::grid(ui, response, shown, self.active_id(shown), &self.told_of(shown));
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id(), editor::EVERY_KEY));
            if response.clicked() {
                ui.memory_mut(|memory| memory.request_focus(id()));
            }
        }
        self.area = shown.selection.and_then(|selection| selection.area(shown.table));
        let cursor = self.follow_cursor(shown, body);
        let led_to = self.follow_corner(shown, body).or(cursor);
        self.wheel.turn(ui, body, &mut commands);
        self.scroll(ui, body);
        self.measure_rows(ui, shown, body, led_to);
        self.draw_rows(ui, theme, shown, body, &mut commands);
        self.drag(ui, shown, body, &mut commands);
        self.draw_selection(ui, theme, shown, body);
        self.drag_rows(ui, theme, shown, body, &mut commands);
        self.draw_header(ui, theme, shown, rect.with_max_y(body.top()), body, &mut commands);
        self.scroll_bars(ui, body);
        if response.is_none() {
            editor::show(self, ui, theme, shown, body, &mut commands);
        } else if self.editing.is_some() {
            ui.ctx().request_repaint();
        }
        ui.advance_cursor_after_rect(whole);
        commands
    }

    /// Whether a cell is being typed in.
    #[must_use]
    pub fn is_editing(&self) -> bool {
        self.editing.is_some()
    }

    /// Whether a cell's list of choices is open.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        self.editing.as_ref().is_some_and(Editing::is_list)
    }

    /// A cursor that was put into another section is in its first words.
    fn keep_field(&mut self, shown: &Shown<'_>) {
        let row = shown.cursor.filter(|cursor| cursor.table == shown.table.id).map(|cursor| cursor.row);
        if row != self.field_of {
            (self.field, self.field_of) = (0, row);
        }
    }

    /// Keeps the keyboard in the grid: with it focused, egui must not move focus by arrow or Tab.
    fn take_focus(&mut self, ui: &Ui) {
        if std::mem::take(&mut self.leaving) {
            ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next));
            return;
        }
        if ui.memory(|memory| memory.top_modal_layer().is_some()) {
            return;
        }
        let covered = is_covered(ui);
        ui.memory_mut(|memory| {
            if memory.focused().is_none() && !covered {
                memory.request_focus(id());
            }
            if memory.has_focus(id()) {
                memory.move_focus(FocusDirection::None);
            }
        });
    }

    /// Scrolls a cursor that has moved into view, and returns its row when it has.
    fn follow_cursor(&mut self, shown: &Shown<'_>, body: Rect) -> Option<usize> {
        if shown.cursor == self.last_cursor {
            return None;
        }
        self.last_cursor = shown.cursor;
        let (row, column) = self.active(shown)?;
        // In a heading the arrows keep to the column they came from.
        if shown.table.rows[row].is_line() {
            self.keep = shown.cursor.and_then(|cursor| cursor.column);
        }
        self.reveal(shown, row, body);
        if let Some(column) = column {
            self.reveal_column(column, body);
        }
        Some(row)
    }

    /// Scrolls a row into view; true when that was needed.
    fn reveal(&mut self, shown: &Shown<'_>, row: usize, body: Rect) -> bool {
        let (top, height) = (self.heights.top(row), f64::from(body.height()));
        let bottom = top + f64::from(self.heights.of(shown.table.rows[row].id));
        let before = self.y;
        // A row far off comes to the top, so that no row above it need be laid out to find its place.
        if top < self.y || top > self.y + 2.0 * height {
            self.y = top;
        } else if bottom > self.y + height {
            self.y = (bottom - height).min(top);
        }
        self.y != before
    }

    fn reveal_column(&mut self, column: usize, body: Rect) {
        if column >= self.columns.frozen {
            let (left, right) = (self.columns.left(column), self.columns.left(column) + self.columns.width(column));
            if left - self.x < self.columns.frozen_width() {
                self.x = left - self.columns.frozen_width();
            } else if right - self.x > body.width() {
                self.x = (right - body.width()).min(left - self.columns.frozen_width());
            }
        }
    }

    /// Where a cell is drawn.
    fn cell_rect(&self, body: Rect, row: usize, column: usize, rows: usize) -> Rect {
        let left = self.column_left(body, column);
        let top = body.top() + (self.heights.top(row) - self.y) as f32;
        let height = (self.heights.top(row + rows) - self.heights.top(row)) as f32;
        Rect::from_min_size(pos2(left, top), Vec2::new(self.columns.width(column), height))
    }

    /// Where a column begins on screen.
    fn column_left(&self, body: Rect, column: usize) -> f32 {
        body.left() + self.columns.left(column) - if column < self.columns.frozen { 0.0 } else { self.x }
    }

    /// How far from the left of the table, unscrolled, a place on screen is.
    fn along(&self, body: Rect, x: f32) -> f32 {
        let x = x - body.left();
        if x < self.columns.frozen_width() { x } else { x + self.x }
    }

    /// The part of the body a column is drawn in.
    fn column_clip(&self, body: Rect, column: usize) -> Rect {
        let frozen = body.left() + self.columns.frozen_width();
        if column < self.columns.frozen { body.with_max_x(frozen) } else { body.with_min_x(frozen) }
    }

    /// Scrolls the selection's moving corner into view when it has moved, and returns its row when it has.
    fn follow_corner(&mut self, shown: &Shown<'_>, body: Rect) -> Option<usize> {
        let moved = shown.selection.filter(|selection| self.last_corner.is_none_or(|last| last.to != selection.to));
        self.last_corner = shown.selection;
        let to = moved.filter(|_| self.dragging.is_none())?.to;
        let (row, column) = (shown.table.position(to.row)?, shown.table.column_position(to.column)?);
        self.reveal(shown, row, body);
        self.reveal_column(column, body);
        Some(row)
    }

    /// The node of the cell or the words that the cursor is in.
    fn active_id(&self, shown: &Shown<'_>) -> Option<Id> {
        let (row, column) = self.active(shown)?;
        let id = shown.table.rows[row].id.0;
        Some(column.map_or_else(|| access::field_id(id, self.field), |column| access::cell_id(id, shown.table.columns[column].id.0)))
    }

    /// What a screen reader says of the selection: from which cell to which.
    fn told_of(&self, shown: &Shown<'_>) -> String {
        let area = shown.selection.and_then(|selection| selection.area(shown.table));
        let Some(area) = area else { return String::new() };
        let name = |row: usize, column: usize| access::name(shown.table, row, column);
        let (from, to) = (name(area.rows.start, area.columns.start), name(area.rows.end - 1, area.columns.end - 1));
        format!("Selected from {from} to {to}")
    }

    /// Where the cursor stands: the row, and the cell's first row and column where it is one.
    fn active(&self, shown: &Shown<'_>) -> Option<(usize, Option<usize>)> {
        let cursor = shown.cursor.filter(|cursor| cursor.table == shown.table.id)?;
        let row = shown.table.position(cursor.row)?;
        let column = cursor.column.and_then(|id| shown.table.column_position(id));
        Some((column.map_or(row, |column| cells::origin(shown.table, row, column)), column))
    }
}

/// A first guess at a row's height, by how much is written in it.
fn estimate(table: &Table, columns: &GridColumns, fit: Fit, at: usize) -> f32 {
    let row = &table.rows[at];
    if row.kind == RowKind::Section {
        return 64.0 * fit.scale;
    }
    let lines = row.cells.iter().enumerate().take(columns.len()).map(|(column, cell)| {
        if cell.value == Value::Merged || cell.text.len() < 8 || !columns.is_shown(column) {
            return 1.0;
        }
        let breaks = cell.text.bytes().filter(|&byte| byte == b'\n').count() as f32;
        let room = (columns.width(column) / fit.scale - 2.0 * PAD_X).max(20.0);
        (cell.text.len() as f32 * 6.9 / room + breaks * 0.6).ceil().max(1.0)
    });
    let lines = lines.fold(1.0, f32::max).min(fit.lines as f32);
    ((lines * galleys::LINE + 2.0 * PAD_Y).max(LEAST) * fit.scale).ceil()
}

/// The alignment of a column's texts.
fn align(side: Side) -> Align {
    match side {
        Side::Left => Align::LEFT,
        Side::Centre => Align::Center,
        Side::Right => Align::RIGHT,
    }
}

/// The font of a row's cells.
fn font(row: &Row) -> eframe::egui::FontId {
    match row.kind {
        RowKind::Group | RowKind::Section | RowKind::Total => theme::semibold(theme::GRID_SIZE),
        RowKind::Entry | RowKind::Line => theme::plain(theme::GRID_SIZE),
    }
}
