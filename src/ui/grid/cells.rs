//! The cells of an action's lines: text, the status pill, a KPI's rating, the cursor's ring and the mark of a note.

use eframe::egui::{Align, Align2, Painter, Rect, Response, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, pos2};

use super::{GridView, PAD_X, PAD_Y, Shown, access, align, found, pointer::Target, shapes};
use crate::{
    app::command::{CellCommand, Command, RowCommand, ViewCommand},
    insight::Rating,
    model::{Role, RowKind, Status, Table, Value},
    notes::Severity,
    ui::{
        entries::{entries, scrolled},
        focus,
        theme::{Theme, Tone, icons},
    },
};

/// The first row of the merged cell a place belongs to; the row itself when it is not merged.
pub(super) fn origin(table: &Table, row: usize, column: usize) -> usize {
    let cell = |at: usize| table.rows[at].cells.get(column);
    let merged = |at: usize| table.rows[at].kind == RowKind::Line && cell(at).is_some_and(|cell| cell.value == Value::Merged);
    let mut at = row;
    while at > 0 && merged(at) {
        at -= 1;
    }
    if cell(at).is_some() { at } else { row }
}

/// What a right click on a cell offers.
pub(super) fn menu(response: &Response, shown: &Shown<'_>, commands: &mut Vec<Command>) {
    response.context_menu(|ui| {
        scrolled(ui, |ui| {
            let clipboard = [
                Command::Cells(CellCommand::Cut),
                Command::Cells(CellCommand::Copy),
                Command::Cells(CellCommand::Paste(String::new())),
                Command::Cells(CellCommand::Clear),
            ];
            entries(ui, shown.why_not, &clipboard, commands);
            ui.separator();
            let statuses = Status::ALL.map(|status| Command::Cells(CellCommand::SetStatus(status)));
            within(ui, "Set status of selected rows", shown, &statuses, commands);
            entries(
                ui,
                shown.why_not,
                &[Command::Cells(CellCommand::SetLead(None)), Command::Cells(CellCommand::MoveDates(None))],
                commands,
            );
            ui.separator();
            entries(
                ui,
                shown.why_not,
                &[Command::Row(RowCommand::AddUpdate(String::new())), Command::Row(RowCommand::AddAction)],
                commands,
            );
            within(
                ui,
                "Add",
                shown,
                &[Command::Row(RowCommand::AddLine), Command::Row(RowCommand::AddGroup), Command::Row(RowCommand::AddSection)],
                commands,
            );
            within(
                ui,
                "Move",
                shown,
                &[Command::Row(RowCommand::MoveUp), Command::Row(RowCommand::MoveDown), Command::Row(RowCommand::RenumberRefs)],
                commands,
            );
            entries(ui, shown.why_not, &[Command::Row(RowCommand::Duplicate), Command::Row(RowCommand::Delete)], commands);
            ui.separator();
            let column = [
                Command::View(ViewCommand::FitColumn(None)),
                Command::View(ViewCommand::FreezeTo(None)),
                Command::View(ViewCommand::HideColumn(None)),
                Command::View(ViewCommand::MoveColumnLeft),
                Command::View(ViewCommand::MoveColumnRight),
            ];
            within(ui, "Column", shown, &column, commands);
            entries(ui, shown.why_not, &[Command::View(ViewCommand::NextNote), Command::View(ViewCommand::PreviousNote)], commands);
        });
    });
}

/// Entries in a menu of their own.
fn within(ui: &mut Ui, words: &str, shown: &Shown<'_>, all: &[Command], commands: &mut Vec<Command>) {
    let menu = ui.menu_button(words, |ui| entries(ui, shown.why_not, all, commands));
    focus::ring(ui, &menu.response);
}

/// Entries in groups.
pub(super) fn offer(ui: &mut Ui, shown: &Shown<'_>, groups: &[&[Command]], commands: &mut Vec<Command>) {
    for (at, group) in groups.iter().enumerate() {
        if at > 0 {
            ui.separator();
        }
        entries(ui, shown.why_not, group, commands);
    }
}

/// The tone of a rating.
#[must_use]
pub fn rating_tone(theme: &Theme, rating: Rating) -> Tone {
    match rating {
        Rating::Green => theme.in_progress,
        Rating::Amber => theme.minor_problems,
        Rating::Red => theme.major_problems,
        Rating::Grey => theme.not_started,
    }
}

/// The corner that says there is a note on a cell.
fn draw_mark(painter: &Painter, theme: &Theme, rect: Rect, severity: Severity) {
    let colour = match severity {
        Severity::Info => theme.muted,
        Severity::Warning => theme.minor_problems.mark,
        Severity::Problem => theme.major_problems.mark,
    };
    let corner = rect.right_top();
    let points = vec![corner, corner - Vec2::new(9.0, 0.0), corner + Vec2::new(0.0, 9.0)];
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

impl GridView {
    /// An action's line: its cells, those merged down once, over all their lines.
    pub(super) fn draw_line(&mut self, ui: &mut Ui, theme: &Theme, shown: &Shown<'_>, at: usize, body: Rect, commands: &mut Vec<Command>) {
        let table = shown.table;
        let columns = table.rows[at].cells.len().min(self.columns.len());
        let active = self.here;
        // Frozen columns last, so that they cover what scrolls under them.
        for column in (self.columns.frozen..columns).chain(0..self.columns.frozen.min(columns)) {
            if table.rows[at].cells[column].value == Value::Merged {
                continue;
            }
            let lines = table.merged_lines(at, column);
            let rect = self.cell_rect(body, at, column, lines);
            let clip = self.column_clip(body, column).intersect(rect);
            if !clip.is_positive() {
                continue;
            }
            let selected = active.is_some_and(|(row, col)| col == Some(column) && (at..at + lines).contains(&row));
            let in_row = active.is_some_and(|(row, _)| (at..at + lines).contains(&row));
            let id = access::cell_id(table.rows[at].id.0, table.columns[column].id.0);
            let response = ui.interact(clip, id, Sense::click_and_drag());
            let picked = self.is_selected(at, column);
            // Of what is selected the cursor's cell alone is as it was.
            let ground = if picked && !selected {
                theme.selected
            } else if in_row && !picked {
                theme.selected.gamma_multiply(0.5)
            } else {
                theme.background
            };
            let painter = ui.painter().with_clip_rect(clip);
            painter.rect_filled(rect, 0.0, theme.background);
            painter.rect_filled(rect, 0.0, ground);
            self.draw_cell(ui, theme, shown, (at, column), rect, clip);
            painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
            let mark = shown.marks.get(&(table.rows[at].id, Some(table.columns[column].id)));
            if let Some((severity, _)) = mark {
                draw_mark(&painter, theme, rect, *severity);
            }
            if selected {
                painter.rect_stroke(rect.shrink(0.5), 2.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
            }
            let note = mark.map(|(_, words)| words.as_str());
            let rating = self.rating(shown, at, column).map(|rating| format!(" ({})", rating.word())).unwrap_or_default();
            let value = format!("{}{rating}", table.rows[at].cells[column].text);
            let about = access::about(table, at, column, note);
            access::cell(ui, &response, (at, column), &access::name(table, at, column), &value, about.as_deref(), selected || picked);
            let lists = table.columns[column].offers();
            if selected && lists {
                let place = pos2(rect.right() - self.scaled(12.0), rect.top() + self.scaled(PAD_Y + 10.0));
                let chevron = char::from(lucide_icons::Icon::ChevronDown).to_string();
                painter.text(place, Align2::CENTER_CENTER, chevron, icons(self.scaled(14.0)), theme.accent);
            }
            let target = Target { row: at, column: Some(column), lists, drags: true, ..Target::default() };
            self.point(ui, shown, &response, &target, commands);
            menu(&response, shown, commands);
            let cut = response.hovered() && self.cell_galley(ui, shown, at, column).elided;
            let response = if cut { response.on_hover_text(&*table.rows[at].cells[column].text) } else { response };
            if let Some(note) = note {
                response.on_hover_text(note);
            }
        }
    }

    /// The rating shown in a KPI's current value: in the column of that name, or of the latest period.
    pub(super) fn rating(&self, shown: &Shown<'_>, row: usize, column: usize) -> Option<Rating> {
        let (held, column) = (&shown.table.rows[row], &shown.table.columns[column]);
        let (rating, current) = shown.ratings.get(&held.id).copied().filter(|_| held.kind == RowKind::Entry)?;
        current.map_or(column.role == Some(Role::Current), |current| current == column.id).then_some(rating)
    }

    /// The words of a cell: a status as a pill with its shape, a rated figure with its shape, anything else as text.
    fn draw_cell(&mut self, ui: &Ui, theme: &Theme, shown: &Shown<'_>, (row, column): (usize, usize), rect: Rect, clip: Rect) {
        let galley = self.cell_galley(ui, shown, row, column);
        let painter = ui.painter().with_clip_rect(clip);
        let cell = &shown.table.rows[row].cells[column];
        let size = galley.size();
        let shape = cell
            .status()
            .map(|status| theme.status(status))
            .or_else(|| self.rating(shown, row, column).map(|rating| rating_tone(theme, rating)));
        if let Some(tone) = shape {
            let pill = Vec2::new(size.x + self.scaled(22.0 + 12.0), size.y + self.scaled(4.0));
            let left = match (cell.status(), shown.table.columns[column].kind.side()) {
                (Some(_), crate::model::kinds::Side::Left) => rect.left() + self.scaled(PAD_X - 4.0),
                (Some(_), _) => (rect.center().x - pill.x / 2.0).max(rect.left() + self.scaled(4.0)),
                (None, _) => rect.right() - pill.x - self.scaled(PAD_X - 6.0),
            };
            let pill = Rect::from_min_size(pos2(left, rect.top() + self.scaled(PAD_Y - 2.0)), pill);
            painter.rect_filled(pill, self.scaled(10.0), tone.fill);
            let centre = pos2(pill.left() + self.scaled(13.0), pill.top() + self.scaled(2.0 + 9.5));
            match (cell.status(), self.rating(shown, row, column)) {
                (Some(status), _) => shapes::status(&painter, centre, self.scaled(6.0), status, tone.mark),
                (None, Some(rating)) => shapes::rating(&painter, centre, self.scaled(6.0), rating, tone.mark),
                (None, None) => {}
            }
            // A galley aligned to the right hangs to the left of where it is drawn.
            let text_left = pill.left() + self.scaled(24.0) - galley.rect.left();
            let at = pos2(text_left, rect.top() + self.scaled(PAD_Y));
            found::mark(&painter, shown, &cell.text, &galley, at, theme.minor_problems.fill);
            painter.galley(at, galley, theme.text);
            return;
        }
        let x = match align(shown.table.columns[column].kind.side()) {
            Align::Min => rect.left() + self.scaled(PAD_X),
            Align::Center => rect.center().x,
            Align::Max => rect.right() - self.scaled(PAD_X),
        };
        let at = pos2(x, rect.top() + self.scaled(PAD_Y));
        found::mark(&painter, shown, &cell.text, &galley, at, theme.minor_problems.fill);
        painter.galley(at, galley, theme.text);
    }
}
