//! Dragging a heading to move its column. Sends the move, makes none.

use eframe::egui::{CursorIcon, Key, Rect, Response, Stroke, Ui};

use super::{GridView, Shown};
use crate::{
    app::command::{Command, ViewCommand},
    model::ColumnId,
    ui::theme::Theme,
};

/// A column being dragged by its heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Carried {
    column: ColumnId,
}

impl GridView {
    /// Follows a heading that is dragged: a line shows where its column would land, a release moves it, Escape leaves it.
    pub(super) fn carry(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, heading: (usize, &Response), body: Rect) -> Option<Command> {
        let (at, response) = heading;
        let column = shown.table.columns[at].id;
        if response.drag_started() && self.editing.is_none() {
            self.carried = Some(Carried { column });
        }
        self.carried.filter(|carried| carried.column == column)?;
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            self.carried = None;
            return None;
        }
        let pointer = response.interact_pointer_pos()?;
        let to = self.gap_at(body, pointer.x);
        ui.set_cursor_icon(CursorIcon::Grabbing);
        // Before itself or right after itself it stays where it is.
        if to != at && to != at + 1 {
            let x = self.column_left(body, to);
            ui.painter().with_clip_rect(ui.max_rect()).vline(x, response.rect.top()..=body.bottom(), Stroke::new(3.0, theme.accent));
        }
        if !response.drag_stopped() {
            return None;
        }
        self.carried = None;
        let before = shown.table.columns.get(to).map(|column| column.id);
        (to != at && to != at + 1).then_some(Command::View(ViewCommand::PlaceColumn { column, before }))
    }

    /// The gap between columns nearest to a place on screen, by the column it stands before.
    fn gap_at(&self, body: Rect, x: f32) -> usize {
        let x = self.along(body, x);
        let middle = |at: &usize| self.columns.is_shown(*at) && x < self.columns.left(*at) + self.columns.width(*at) / 2.0;
        (0..self.columns.len()).find(middle).unwrap_or(self.columns.len())
    }
}
