//! What the pointer selects by dragging, how a selection is drawn, and the corner that fills. Sends commands only.

use eframe::egui::{CursorIcon, Id, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::{GridView, Shown, access, id};
use crate::{
    app::{
        command::{Command, OnCells},
        range::{Area, Corner, Reach, Selection, fill},
    },
    model::RowKind,
    ui::theme::Theme,
};

/// The size of the corner that fills, in points.
const HANDLE: f32 = 8.0;
/// How fast rows scroll while the pointer is dragged beyond them, in points a frame.
const PULL: f32 = 24.0;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// A selection, from where it began.
    Select(Corner),
    /// The corner that fills.
    Fill,
}

impl GridView {
    /// Begins a selection where the pointer was pressed: a slow frame may hold the press and where it was dragged to.
    pub(super) fn begin_drag(&mut self, ui: &Ui, shown: &Shown<'_>, body: Rect) {
        let pressed = ui.input(|input| input.pointer.press_origin()).filter(|at| body.contains(*at) && self.editing.is_none());
        let place = pressed.and_then(|at| self.hit(shown, body, at));
        self.dragging = place.and_then(|(row, column)| corner(shown, row, column)).map(Drag::Select);
    }

    /// Follows the pointer while it is dragged.
    pub(super) fn drag(&mut self, ui: &Ui, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
        let Some(drag) = self.dragging else { return };
        let (pointer, down) = ui.input(|input| (input.pointer.interact_pos(), input.pointer.primary_down()));
        let place = pointer.and_then(|at| self.hit(shown, body, at));
        match (drag, place) {
            (Drag::Select(from), Some((row, column))) => {
                ui.memory_mut(|memory| memory.request_focus(id()));
                let to = corner(shown, row, column);
                let selection = to.map(|to| Selection { table: shown.table.id, from, to, reach: Reach::Cells });
                if selection != shown.selection {
                    commands.extend(selection.map(|value| Command::Cells(OnCells::Select(value))));
                }
            }
            (Drag::Fill, Some((row, column))) if !down => {
                commands.extend(corner(shown, row, column).map(|value| Command::Cells(OnCells::FillTo(value))));
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
        let response = ui.interact(square.expand(2.0).intersect(clip), handle_id(), Sense::DRAG);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            access::place(node, square);
            node.set_label("Fill handle");
        });
        let response = response.on_hover_text("Drag to fill");
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Crosshair);
        }
        if response.drag_started() {
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
