//! The room at the left of each row: a click there selects the row, and a drag moves it. Sends commands only.

use eframe::egui::{CursorIcon, Key, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{GridView, LEAST, Shown, pointer::is_chosen};
use crate::{
    app::{
        command::{CellCommand, Command, RowCommand},
        range::{Corner, Reach, Selection},
        rows,
    },
    model::{RowId, RowKind},
    ui::theme::Theme,
};

/// How near an edge the pointer makes the rows scroll, and how far they then scroll in a frame, in points.
const EDGE: f32 = 24.0;
const PACE: f64 = 8.0;

/// A row being dragged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moving {
    row: RowId,
    /// The position it would stand before.
    to: Option<usize>,
}

impl GridView {
    /// Draws the grips of the rows in view and follows the one that is dragged. Escape leaves the row where it was.
    pub(super) fn drag_rows(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, body: Rect, commands: &mut Vec<Command>) {
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.moving = None;
        }
        let pointer = ui.input(|input| input.pointer.latest_pos());
        for at in self.in_view.start..self.in_view.end.min(shown.table.rows.len()) {
            let row = &shown.table.rows[at];
            if row.kind == RowKind::Total {
                continue;
            }
            let top = self.row_top(body, at);
            let band = Rect::from_min_size(pos2(body.left(), top), vec2(body.width(), self.heights.of(row.id))).intersect(body);
            let grip = band.with_max_x(body.left() + self.columns.gutter());
            if !grip.is_positive() {
                continue;
            }
            let response = ui.interact(grip, super::id().with(("grip", row.id.0)), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Move {}", shown.table.name_of(row))));
            if response.hovered() {
                ui.set_cursor_icon(CursorIcon::Grab);
            }
            let near = pointer.is_some_and(|pointer| band.contains(pointer)) && self.moving.is_none() && self.editing.is_none();
            if near || response.dragged() {
                dots(ui, theme, pos2(grip.center().x - 1.75, top + self.scaled(LEAST / 2.0)), body);
            }
            if self.editing.is_some() {
                continue;
            }
            if is_chosen(ui, &response) {
                commands.extend(whole_row(ui, shown, row.id));
            }
            if response.drag_started() {
                self.moving = Some(Moving { row: row.id, to: None });
            }
        }
        self.follow(ui, theme, shown, body, pointer, commands);
    }

    /// Finds where the dragged row would land, shows it, scrolls at the edges, and moves it on release.
    fn follow(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, body: Rect, pointer: Option<Pos2>, commands: &mut Vec<Command>) {
        let (Some(moving), Some(pointer)) = (self.moving, pointer) else { return };
        let Some(at) = shown.table.position(moving.row) else { return };
        // Not left to the grip, which may have been scrolled away.
        if !ui.input(|input| input.pointer.primary_down()) {
            self.moving = None;
            commands.extend(moving.to.and_then(|to| place(shown, at, to)));
            return;
        }
        ui.set_cursor_icon(CursorIcon::Grabbing);
        let y = self.y + f64::from(pointer.y.clamp(body.top(), body.bottom()) - body.top());
        let under = self.heights.row_at(y);
        let lower_half = y > (self.heights.top(under) + self.heights.top(under + 1)) / 2.0;
        let to = rows::landing(shown.table, moving.row, under + usize::from(lower_half));
        self.moving = Some(Moving { to, ..moving });
        let own = rows::block(shown.table, at);
        let painter = ui.painter().with_clip_rect(body);
        let taken = Rect::from_x_y_ranges(body.x_range(), self.row_top(body, own.start)..=self.row_top(body, own.end));
        painter.rect_filled(taken, 0.0, theme.accent.gamma_multiply(0.12));
        if let Some(to) = to {
            let line = self.row_top(body, to).clamp(body.top() + 1.0, body.bottom() - 1.0);
            painter.hline(body.x_range(), line, Stroke::new(3.0, theme.accent));
        }
        let by = if pointer.y < body.top() + EDGE {
            -PACE
        } else if pointer.y > body.bottom() - EDGE {
            PACE
        } else {
            return;
        };
        self.y += by;
        ui.ctx().request_repaint();
    }

    /// Where a row begins on screen.
    fn row_top(&self, body: Rect, at: usize) -> f32 {
        body.top() + (self.heights.top(at) - self.y) as f32
    }
}

/// Selects a whole row, or with Shift those as far as it.
fn whole_row(ui: &Ui, shown: &Shown<'_>, row: RowId) -> Option<Command> {
    ui.memory_mut(|memory| memory.request_focus(super::id()));
    let to = Corner { row, column: shown.table.columns.first()?.id };
    let on = shown.selection.filter(|selection| selection.reach == Reach::Rows && ui.input(|input| input.modifiers.shift));
    let from = on.map_or(to, |selection| selection.from);
    Some(Command::Cells(CellCommand::Select(Selection { table: shown.table.id, from, to, reach: Reach::Rows })))
}

/// The move of the row at a position to another; nothing where it stands there already.
fn place(shown: &Shown<'_>, at: usize, to: usize) -> Option<Command> {
    let own = rows::block(shown.table, at);
    let row = shown.table.rows[at].id;
    (to < own.start || to > own.end).then(|| Command::Row(RowCommand::Place { row, before: shown.table.rows.get(to).map(|row| row.id) }))
}

/// Six dots, the sign of what can be dragged.
fn dots(ui: &Ui, theme: &Theme, at: Pos2, body: Rect) {
    let painter = ui.painter().with_clip_rect(body);
    for (column, row) in [(0, -1), (1, -1), (0, 0), (1, 0), (0, 1), (1, 1)] {
        painter.circle_filled(at + vec2(column as f32 * 3.5, row as f32 * 4.0), 1.1, theme.muted);
    }
}
