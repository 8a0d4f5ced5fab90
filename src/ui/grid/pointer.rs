//! What the pointer selects by a press and by dragging, how a selection is drawn, and the corner that fills. Sends commands only.

use eframe::egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::{GridView, Shown, access, id};
use crate::{
    app::{
        command::{CellCommand, Command, Cursor, ViewCommand},
        range::{Area, Corner, Reach, Selection, fill},
    },
    model::{ColumnId, RowId, RowKind},
    ui::theme::Theme,
};

/// The size of the corner that fills, in points.
const HANDLE: f32 = 8.0;
/// How fast rows scroll while the pointer is dragged beyond them, in points a frame.
const PULL: f32 = 24.0;

/// How far the pointer is moved before it drags rather than trembles, in points.
const TREMBLE: f32 = 4.0;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Drag {
    /// A selection from a corner to another, by a pointer that was pressed somewhere and has moved since.
    Select { from: Corner, to: Corner, pressed: Pos2, moved: bool },
    /// The corner that fills.
    Fill,
}

/// What can be pressed: a cell, or words of a section.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Target {
    pub row: usize,
    pub column: Option<usize>,
    /// Which of a section's words.
    pub field: usize,
    /// Whether a second click opens a list of choices.
    pub lists: bool,
    /// Whether a selection is dragged from it.
    pub drags: bool,
}

/// What was pressed last, and whether the cursor was in it already.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pressed {
    row: RowId,
    column: Option<ColumnId>,
    again: bool,
}

/// Whether a button was pressed on what was drawn. A click is only told when the button is let go, which on a busy machine comes late:
/// the keys in between are meant for what was pressed.
pub(super) fn is_pressed(ui: &Ui, response: &Response, button: PointerButton) -> bool {
    let pressed = ui.input(|input| input.pointer.button_pressed(button));
    pressed && (response.is_pointer_button_down_on() || response.clicked_by(button))
}

/// Whether what was drawn was pressed, or clicked by a screen reader; a click keeps the keyboard in the grid.
pub(super) fn is_chosen(ui: &Ui, response: &Response) -> bool {
    if response.clicked() {
        ui.memory_mut(|memory| memory.request_focus(id()));
    }
    is_pressed(ui, response, PointerButton::Primary) || response.clicked() && !ui.input(|input| input.pointer.any_click())
}

impl GridView {
    /// Does what the pointer asks of a cell or of words: a press selects, a second click opens.
    pub(super) fn point(&mut self, ui: &Ui, shown: &Shown<'_>, response: &Response, target: &Target, commands: &mut Vec<Command>) {
        if self.editing.is_some() {
            return;
        }
        let (row, column) = (shown.table.rows[target.row].id, target.column.map(|at| shown.table.columns[at].id));
        let here = self.active(shown) == Some((target.row, target.column)) && (column.is_some() || self.field == target.field);
        let mut press = |view: &mut Self, extends: bool| {
            view.pressed = Some(Pressed { row, column, again: here });
            view.select(ui, shown, target, extends, commands);
        };
        if is_pressed(ui, response, PointerButton::Primary) {
            press(self, true);
        } else if is_pressed(ui, response, PointerButton::Secondary) {
            // A right click on what is selected is about all of it.
            if !target.column.is_some_and(|column| self.is_selected(target.row, column)) {
                press(self, false);
            }
        } else if response.clicked() && !ui.input(|input| input.pointer.any_click()) {
            // By a screen reader.
            press(self, false);
        }
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(id()));
            let again = self.pressed.is_some_and(|pressed| pressed.again && (pressed.row, pressed.column) == (row, column));
            if response.double_clicked() || target.lists && again {
                self.begin_edit(shown, target.row, target.column, false);
            }
        }
    }

    /// Moves the cursor to what was pressed, or with Shift what is selected as far as it.
    fn select(&mut self, ui: &Ui, shown: &Shown<'_>, target: &Target, extends: bool, commands: &mut Vec<Command>) {
        ui.memory_mut(|memory| memory.request_focus(id()));
        let (row, column) = (shown.table.rows[target.row].id, target.column.map(|at| shown.table.columns[at].id));
        let to = column.map(|column| Corner { row, column });
        let (shift, pointer) = ui.input(|input| (input.modifiers.shift, input.pointer.interact_pos()));
        let begun = self.active(shown).and_then(|(row, column)| corner(shown, row, column?)).filter(|_| extends && shift);
        if let (Some(begun), Some(to)) = (begun, to) {
            let old = shown.selection.unwrap_or(Selection { table: shown.table.id, from: begun, to: begun, reach: Reach::Cells });
            commands.push(Command::Cells(CellCommand::Select(Selection { to, ..old })));
        } else {
            self.keep = column.or(self.keep);
            (self.field, self.field_of) = (target.field, Some(row));
            commands.push(Command::View(ViewCommand::Select(Cursor { table: shown.table.id, row, column })));
        }
        let from = begun.map(|begun| shown.selection.map_or(begun, |selection| selection.from)).or(to);
        let drags = from.zip(to).zip(pointer).filter(|_| target.drags && extends);
        self.dragging = drags.map(|((from, to), pressed)| Drag::Select { from, to, pressed, moved: false });
    }

    /// Follows the pointer while it is dragged.
    pub(super) fn drag(&mut self, ui: &Ui, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
        // What is typed meanwhile stays in its cell.
        let Some(drag) = self.dragging.filter(|_| self.editing.is_none()) else {
            self.dragging = None;
            return;
        };
        let (pointer, down, began) =
            ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down(), input.pointer.primary_pressed()));
        let place = pointer.and_then(|at| self.hit(shown, body, at));
        match (drag, place) {
            (Drag::Select { from, to: before, pressed, moved }, Some((row, column))) if !began => {
                let moved = moved || pointer.is_some_and(|at| at.distance(pressed) > TREMBLE);
                let to = corner(shown, row, column).filter(|_| moved).unwrap_or(before);
                self.dragging = Some(Drag::Select { from, to, pressed, moved });
                if to != before {
                    ui.memory_mut(|memory| memory.request_focus(id()));
                    let selection = Selection { table: shown.table.id, from, to, reach: Reach::Cells };
                    commands.push(Command::Cells(CellCommand::Select(selection)));
                }
            }
            (Drag::Fill, Some((row, column))) if !down => {
                commands.extend(corner(shown, row, column).map(|value| Command::Cells(CellCommand::FillTo(value))));
            }
            _ => {}
        }
        if !down {
            self.dragging = None;
        } else if let Some(at) = pointer {
            self.pull(ui, body, at);
        }
    }

    /// Scrolls towards a pointer that is dragged beyond the cells.
    fn pull(&mut self, ui: &Ui, body: Rect, at: Pos2) {
        let beyond = |low: f32, high: f32, at: f32| {
            if at < low {
                -PULL
            } else if at > high {
                PULL
            } else {
                0.0
            }
        };
        let by = Vec2::new(
            beyond(body.left() + self.columns.frozen_width().min(1.0), body.right(), at.x),
            beyond(body.top(), body.bottom(), at.y),
        );
        if by != Vec2::ZERO {
            self.x += by.x;
            self.y += f64::from(by.y);
            ui.ctx().request_repaint();
        }
    }

    /// The row and column under a place on screen, or nearest to it.
    fn hit(&self, shown: &Shown<'_>, body: Rect, at: Pos2) -> Option<(usize, usize)> {
        if shown.table.rows.is_empty() || self.columns.len() == 0 {
            return None;
        }
        let within = at.clamp(body.min, body.max - Vec2::splat(1.0));
        let row = self.heights.row_at(self.y + f64::from(within.y - body.top()));
        let x = self.along(body, within.x);
        let column = (0..self.columns.len()).rev().find(|&column| self.columns.left(column) <= x).unwrap_or(0);
        Some((row, column))
    }

    /// The outline of what is selected, the corner that fills, and where a fill would reach.
    pub(super) fn draw_selection(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, body: Rect) {
        let area = self.area.clone().or_else(|| self.here.and_then(|(row, column)| Some(Area::of_cell(shown.table, row, column?))));
        let Some(area) = area else { return };
        if self.area.is_some() {
            self.outline(ui, &area, body, Stroke::new(2.0, theme.accent));
        }
        if self.editing.is_none() && area.cells(shown.table).next().is_some() {
            self.handle(ui, theme, shown, &area, body);
        }
        if self.dragging == Some(Drag::Fill)
            && let Some(target) = ui.input(|input| input.pointer.interact_pos()).and_then(|at| self.hit(shown, body, at))
            && let Some(whole) = fill::reach(&area, target)
        {
            ui.set_cursor_icon(CursorIcon::Crosshair);
            self.outline(ui, &whole, body, Stroke::new(1.0, theme.accent));
        }
    }

    /// The small square at the lower right corner, which is dragged to fill.
    fn handle(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, area: &Area, body: Rect) {
        let last = area.columns.end - 1;
        if shown.table.rows[area.rows.end - 1].kind == RowKind::Section {
            return;
        }
        let cell = self.cell_rect(body, area.rows.end - 1, last, 1);
        let clip = self.column_clip(body, last);
        let square = Rect::from_center_size(cell.right_bottom() - Vec2::splat(HANDLE / 2.0 - 1.0), Vec2::splat(HANDLE));
        if !clip.contains(square.center()) {
            return;
        }
        ui.painter().with_clip_rect(clip).rect(square, 1.0, theme.accent, Stroke::new(1.0, theme.background), StrokeKind::Inside);
        // It takes clicks too, or the cell below it would.
        let response = ui.interact(square.expand(2.0).intersect(clip), handle_id(), Sense::CLICK | Sense::DRAG);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            access::place(node, square);
            node.set_label("Fill handle");
        });
        let response = response.on_hover_text("Drag to fill");
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Crosshair);
        }
        if is_pressed(ui, &response, PointerButton::Primary) {
            self.dragging = Some(Drag::Fill);
        }
    }

    /// A line around an area, in the frozen columns and in those that scroll.
    fn outline(&self, ui: &Ui, area: &Area, body: Rect, stroke: Stroke) {
        // Far beyond the view a line need not be where it is.
        let y = |row: usize| body.top() + (self.heights.top(row) - self.y).clamp(-100.0, f64::from(body.height()) + 100.0) as f32;
        let (top, bottom) = (y(area.rows.start), y(area.rows.end));
        let (first, last) = (area.columns.start, area.columns.end - 1);
        for columns in [first..area.columns.end.min(self.columns.frozen), first.max(self.columns.frozen)..area.columns.end] {
            if columns.is_empty() {
                continue;
            }
            let end = columns.end - 1;
            let (left, right) = (self.column_left(body, columns.start), self.column_left(body, end) + self.columns.width(end));
            let painter = ui.painter().with_clip_rect(self.column_clip(body, columns.start));
            painter.hline(left..=right, top + 1.0, stroke);
            painter.hline(left..=right, bottom - 1.0, stroke);
            if columns.start == first {
                painter.vline(left + 1.0, top..=bottom, stroke);
            }
            if end == last {
                painter.vline(right - 1.0, top..=bottom, stroke);
            }
        }
    }
}

/// The id of the corner that fills.
fn handle_id() -> Id {
    id().with("fill handle")
}

/// A place by the ids of its row and column.
fn corner(shown: &Shown<'_>, row: usize, column: usize) -> Option<Corner> {
    Some(Corner { row: shown.table.rows.get(row)?.id, column: shown.table.columns.get(column)?.id })
}
