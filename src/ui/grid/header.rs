//! The header row: headings that stay in view, and the edges that make columns wider.

use eframe::egui::{Align2, CursorIcon, FontId, Rect, Response, Sense, Stroke, Ui, pos2};

use super::{GridView, PAD_X, Shown, access, cells, columns::NARROWEST, pointer::is_chosen};
use crate::{
    app::{
        command::{CellCommand, Command, EditCommand, ViewCommand},
        range::{Corner, Reach, Selection, holds},
    },
    edit::Change,
    model::kinds::Side,
    ui::theme::{self, Theme},
};

/// How far from its edge a column can be grabbed, in points.
const GRAB: f32 = 5.0;

impl GridView {
    pub(super) fn draw_header(
        &mut self,
        ui: &mut Ui,
        theme: &Theme,
        shown: &Shown<'_>,
        header: Rect,
        body: Rect,
        commands: &mut Vec<Command>,
    ) {
        let whole = header.with_max_x(ui.max_rect().right());
        ui.painter().rect_filled(whole, 0.0, theme.panel);
        ui.painter().hline(whole.x_range(), header.bottom() - 1.0, Stroke::new(2.0, theme.hairline));
        let mut edges = Vec::new();
        for at in 0..self.columns.len() {
            let left = self.column_left(header, at);
            let rect = Rect::from_min_max(pos2(left, header.top()), pos2(left + self.columns.width(at), header.bottom()));
            let clip = self.column_clip(header, at);
            let visible = rect.intersect(clip);
            if !visible.is_positive() {
                continue;
            }
            let painter = ui.painter().with_clip_rect(visible);
            let (anchor, align) = match shown.table.columns[at].kind.side() {
                Side::Left => (pos2(rect.left() + self.scaled(PAD_X), rect.center().y), Align2::LEFT_CENTER),
                Side::Centre => (rect.center(), Align2::CENTER_CENTER),
                Side::Right => (pos2(rect.right() - self.scaled(PAD_X), rect.center().y), Align2::RIGHT_CENTER),
            };
            let hidden = if shown.table.columns[at].hidden { " (hidden)" } else { "" };
            let heading = format!("{}{hidden}", shown.table.heading(at));
            let words = one_line(ui, &heading, theme::semibold(self.scaled(13.0)), rect.width() - self.scaled(2.0 * PAD_X));
            painter.text(anchor, align, &words, theme::semibold(self.scaled(13.0)), theme.text);
            let id = super::id().with(("heading", shown.table.columns[at].id));
            let response = ui.interact(visible, id, Sense::CLICK | Sense::DRAG);
            menu(&response, shown, at, commands);
            access::heading(ui, &response, at, &heading);
            self.put_away(ui, theme, at, rect);
            if is_chosen(ui, &response) && self.editing.is_none() {
                commands.extend(self.column(ui, shown, at));
            }
            commands.extend(self.carry(ui, theme, shown, (at, &response), body));
            if words != heading {
                response.on_hover_text(&heading);
            }
            edges.push((at, rect, clip));
        }
        // After the headings, so that a press at an edge is the edge's.
        for (at, rect, clip) in edges {
            commands.extend(self.edge(ui, theme, shown, at, rect, clip.with_max_y(body.bottom())));
        }
        if self.columns.frozen > 0 && self.x > 0.0 {
            let x = header.left() + self.columns.frozen_width();
            ui.painter().vline(x, header.top()..=body.bottom(), Stroke::new(1.0, theme.hairline));
        }
    }

    /// Selects a whole column, or with Shift those as far as it.
    fn column(&mut self, ui: &Ui, shown: &Shown<'_>, at: usize) -> Option<Command> {
        ui.memory_mut(|memory| memory.request_focus(super::id()));
        // The cursor goes to a row in view, so that nothing scrolls.
        let in_view = self.in_view.clone().find(|&row| self.heights.top(row) >= self.y && holds(shown.table, row, at));
        let row = shown.table.rows.get(in_view.unwrap_or(self.in_view.start))?;
        let to = Corner { row: row.id, column: shown.table.columns[at].id };
        let on = shown.selection.filter(|selection| selection.reach == Reach::Columns && ui.input(|input| input.modifiers.shift));
        let from = on.map_or(to, |selection| selection.from);
        Some(Command::Cells(CellCommand::Select(Selection { table: shown.table.id, from, to, reach: Reach::Columns })))
    }

    /// The right edge of a column: dragged, it makes the column wider or narrower on release.
    fn edge(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, at: usize, rect: Rect, clip: Rect) -> Option<Command> {
        let grab = Rect::from_x_y_ranges(rect.right() - GRAB..=rect.right() + GRAB, rect.y_range()).intersect(clip);
        let response = ui.interact(grab, super::id().with(("edge", shown.table.columns[at].id)), Sense::CLICK | Sense::DRAG);
        if response.double_clicked() {
            self.resizing = None;
            return Some(Command::View(ViewCommand::FitColumn(Some(shown.table.columns[at].id))));
        }
        if response.hovered() || response.dragged() {
            ui.set_cursor_icon(CursorIcon::ResizeColumn);
            ui.painter().vline(rect.right(), rect.y_range().shrink(6.0), Stroke::new(2.0, theme.accent));
        }
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            self.resizing = Some((at, pointer.x.max(rect.left() + self.scaled(NARROWEST))));
        }
        if let Some((_, x)) = self.resizing.filter(|(column, _)| *column == at) {
            ui.painter().with_clip_rect(clip).vline(x, clip.y_range(), Stroke::new(1.0, theme.accent));
            if response.drag_stopped() {
                self.resizing = None;
                let column = &shown.table.columns[at];
                let name = format!("Resize column {}", shown.table.heading(at));
                let change =
                    Change::SetWidth { table: shown.table.id, column: column.id, width: ((x - rect.left()) / self.scaled(1.0)).round() };
                self.heights.forget();
                return Some(Command::Edit(EditCommand::Make(name, vec![change])));
            }
        }
        None
    }

    /// Two lines at the left edge of a column where others are put away before it.
    fn put_away(&self, ui: &Ui, theme: &Theme, at: usize, rect: Rect) {
        let after_last = at == self.columns.last() && at + 1 < self.columns.len();
        let before = at > 0 && !self.columns.is_shown(at - 1);
        for (here, x) in [(before, rect.left()), (after_last, rect.right() - 4.0)] {
            if here {
                for x in [x + 0.5, x + 3.5] {
                    ui.painter().vline(x, rect.y_range().shrink(4.0), Stroke::new(1.5, theme.accent));
                }
            }
        }
    }
}

/// What a right click on a heading offers.
fn menu(response: &Response, shown: &Shown<'_>, at: usize, commands: &mut Vec<Command>) {
    let id = shown.table.columns[at].id;
    let column = Some(id);
    let groups = [
        &[Command::View(ViewCommand::Sort(id, false)), Command::View(ViewCommand::Sort(id, true))][..],
        &[Command::View(ViewCommand::FitColumn(column))][..],
        &[Command::View(ViewCommand::FreezeTo(column)), Command::View(ViewCommand::Unfreeze)][..],
        &[Command::View(ViewCommand::HideColumn(column)), Command::View(ViewCommand::ShowColumns)][..],
    ];
    response.context_menu(|ui| cells::offer(ui, shown, &groups, commands));
}

/// A heading cut with an ellipsis where it does not fit, so that nothing is clipped mid-letter.
fn one_line(ui: &Ui, heading: &str, font: FontId, room: f32) -> String {
    let width =
        |text: &str| ui.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font.clone(), eframe::egui::Color32::WHITE).size().x);
    let line = heading.split_whitespace().collect::<Vec<_>>().join(" ");
    if width(&line) <= room {
        return line;
    }
    let mut cut: String = line;
    while cut.pop().is_some() && width(&format!("{}…", cut.trim_end())) > room {}
    format!("{}…", cut.trim_end())
}
