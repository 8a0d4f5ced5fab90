//! What a table under review becomes: its title, fields, columns and first rows, with where the workbook's cells ended. Edits nothing.

use std::sync::Arc;

use eframe::egui::{
    Align, Align2, Frame, Id, Key, Label, Layout, Margin, Painter, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{keys, sheet::line, words};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Draft, Import, ReviewPlace},
    },
    model::{Cell, Row, RowKind, Table, Value, kinds::Kind},
    ui::{
        grid::shapes,
        theme::{self, Theme},
    },
};

/// How many rows are shown.
const MOST: usize = 200;
/// The height of a row, in points.
const ROW: f32 = 26.0;
/// The height of the headings, in points.
const HEADER: f32 = 40.0;
/// How many rows a page is.
const PAGE: usize = 8;
/// How far an arrow key scrolls sideways, in points.
const ASIDE: f32 = 120.0;
/// The width of the kinds of row, in points.
const BADGE: f32 = 78.0;

/// The preview as its user left it.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// The cell that was looked at last, to see it change.
    looked_at: Option<ReviewPlace>,
}

impl Preview {
    /// Draws what the table looked at becomes.
    pub(super) fn show(&mut self, ui: &mut Ui, theme: &Theme, import: &Import, commands: &mut Vec<Command>) {
        let became = import.look.table.and_then(|table| import.became(table));
        Frame::new().inner_margin(Margin { left: 12, right: 12, top: 6, bottom: 6 }).show(ui, |ui| head(ui, theme, import, became));
        let Some((_, draft)) = import.draft() else {
            return empty(ui, theme, "No table was found on this sheet. Select a table's cells above to read them as one.");
        };
        let Some(table) = became else {
            let words = match &draft.outline.left_out {
                Some(left_out) if draft.left_out => left_out.words(&draft.outline.sheet),
                _ if draft.left_out => "This table is left out. Its cells are kept in notes.".to_owned(),
                _ => "Nothing can be read here yet.".to_owned(),
            };
            return empty(ui, theme, &words);
        };
        let jump = (self.looked_at != Some(import.look)).then_some(import.look);
        self.looked_at = Some(import.look);
        rows(ui, theme, import, table, jump, commands);
    }
}

/// The id that takes the keyboard.
pub(super) fn id() -> Id {
    Id::unique("plandesk import preview")
}

fn empty(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.centered_and_justified(|ui| ui.label(RichText::new(words).color(theme.muted)));
}

/// The title, the labelled values, and where the cells of the workbook ended.
fn head(ui: &mut Ui, theme: &Theme, import: &Import, table: Option<&Table>) {
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 2.0;
    let of = &import.reading.accounted;
    let [cells, tables, fields, notes, unread] = [of.cells, of.in_tables, of.in_fields, of.in_notes, of.unread].map(words::figure);
    let accounted = format!("{cells} cells: {tables} in tables, {fields} in fields, {notes} in notes, {unread} unread");
    ui.horizontal(|ui| {
        ui.label(RichText::new("Becomes").color(theme.muted));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(accounted).small().color(theme.muted))
                .on_hover_text("Where the filled cells of the whole workbook ended");
            let room = ui.available_size();
            ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
                let title = table.map_or("nothing", Table::title);
                ui.add(Label::new(RichText::new(title).font(theme::semibold(14.0))).truncate());
            });
        });
    });
    let Some(table) = table else { return };
    let mut parts = vec![words::count(table.rows.len(), "row", "rows"), words::count(table.columns.len(), "column", "columns")];
    parts.extend(table.fields.iter().filter(|field| !field.cell.is_blank()).map(|field| {
        let label = if field.label.is_empty() { String::new() } else { format!("{}: ", field.label) };
        format!("{label}{}", field.cell.text.lines().next().unwrap_or(""))
    }));
    let parts = parts.join("  ·  ");
    ui.add(Label::new(RichText::new(&parts).small().color(theme.muted)).truncate());
}

/// The columns and the first rows.
fn rows(ui: &mut Ui, theme: &Theme, import: &Import, table: &Table, jump: Option<ReviewPlace>, commands: &mut Vec<Command>) {
    let columns = widths(table, ui.available_width() - BADGE);
    let shown = table.rows.len().min(MOST);
    let place = ui.available_rect_before_wrap();
    let list = ui.interact(place, id(), Sense::focusable_noninteractive());
    let aside = moved(ui, import, &table.rows[..shown], table, commands);
    let width = BADGE + columns.iter().sum::<f32>();
    let is_at = |row: &Row| is_looked_at(import, table, row);
    let area = ScrollArea::both().id_salt("import preview rows").auto_shrink(false);
    let mut current = None;
    area.show_viewport(ui, |ui, view| {
        if aside != 0.0 {
            ui.scroll_with_delta(vec2(aside, 0.0));
        }
        let more = if table.rows.len() > shown { ROW } else { 0.0 };
        ui.set_min_size(vec2(width, HEADER + shown as f32 * ROW + more + 4.0));
        let origin = ui.max_rect().min;
        let (first, last) = (((view.top() - HEADER) / ROW).max(0.0) as usize, ((view.bottom() / ROW) as usize + 1).min(shown));
        for at in first.min(shown)..last {
            let row = &table.rows[at];
            let rect = Rect::from_min_size(pos2(origin.x, origin.y + HEADER + at as f32 * ROW), vec2(width.max(view.width()), ROW));
            let selected = is_at(row);
            let response = ui.interact(rect, ui.scope_id().with(("preview row", at)), Sense::CLICK);
            response.widget_info(|| WidgetInfo::labeled(Role::Row, true, format!("Preview row {}: {}", at + 1, spoken(table, row))));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(selected));
            if selected {
                current = Some(response.id);
            }
            if response.clicked() {
                list.request_focus();
                commands.extend(look_at(import, table, row).map(|place| Command::Import(ImportCommand::LookAt(place))));
            }
            let ground = if selected {
                theme.selected
            } else if response.hovered() {
                theme.hovered
            } else {
                theme.background
            };
            ui.painter().rect_filled(rect, 0.0, ground);
            draw_row(ui, theme, table, row, rect, &columns);
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
        }
        if more > 0.0 {
            let at = pos2(origin.x + BADGE + 8.0, origin.y + HEADER + shown as f32 * ROW + ROW / 2.0);
            let words = format!("and {} more rows", words::figure(table.rows.len() - shown));
            ui.painter().text(at, Align2::LEFT_CENTER, words, theme::plain(12.0), theme.muted);
        }
        if let Some(look) = jump.filter(|look| look.cell.is_some())
            && let Some(at) = table.rows[..shown].iter().position(|row| is_at(row))
            && look.table.is_some()
        {
            let top = origin.y + HEADER + at as f32 * ROW;
            ui.scroll_to_rect(Rect::from_min_size(pos2(origin.x + view.left(), top - HEADER), vec2(1.0, ROW + HEADER)), None);
        }
        // Last, and at the top of what is in view, so that it covers the rows that scroll under it.
        let header = Rect::from_min_size(pos2(origin.x, origin.y + view.top()), vec2(width.max(view.width()), HEADER));
        draw_header(ui, theme, table, header, &columns);
    });
    keys::ring(ui, theme, id(), place);
    let name = format!("Preview of {}: {}", table.title(), words::count(table.rows.len(), "row", "rows"));
    list.widget_info(|| WidgetInfo::labeled(Role::Table, true, &name));
    ui.ctx().accesskit_node_builder(id(), |node| {
        if let Some(current) = current {
            node.set_active_descendant(current.accesskit_id());
        }
    });
}

/// The widths of the columns, in points: those of the table, wider where there is room.
fn widths(table: &Table, room: f32) -> Vec<f32> {
    let least = |kind: Kind| if kind == Kind::Status { 142.0 } else { 96.0 };
    let widths = table.columns.iter().map(|column| (column.width * 0.85).clamp(least(column.kind), 230.0));
    let more = (room / widths.clone().sum::<f32>()).clamp(1.0, 2.5);
    widths.map(|width| width * more).collect()
}

/// Moves from row to row by the keys, each to the next sheet row that one was read from; how far to scroll sideways, in points.
fn moved(ui: &Ui, import: &Import, rows: &[Arc<Row>], table: &Table, commands: &mut Vec<Command>) -> f32 {
    let pressed = keys::taken(ui, id());
    if pressed.is_empty() {
        return 0.0;
    }
    let mut looks: Vec<ReviewPlace> = rows.iter().filter_map(|row| look_at(import, table, row)).collect();
    looks.dedup();
    let here = |look: &ReviewPlace| look.sheet == import.look.sheet && look.cell.map(|cell| cell.0) == import.look.cell.map(|cell| cell.0);
    let mut at = looks.iter().position(here);
    let (mut aside, last) = (0.0, looks.len().saturating_sub(1));
    for (key, _) in pressed {
        match key {
            Key::ArrowDown => at = Some(at.map_or(0, |at| (at + 1).min(last))),
            Key::ArrowUp => at = Some(at.map_or(0, |at| at.saturating_sub(1))),
            Key::PageDown => at = Some((at.unwrap_or(0) + PAGE).min(last)),
            Key::PageUp => at = Some(at.unwrap_or(0).saturating_sub(PAGE)),
            Key::Home => at = Some(0),
            Key::End => at = Some(last),
            Key::ArrowRight => aside -= ASIDE,
            Key::ArrowLeft => aside += ASIDE,
            _ => {}
        }
    }
    let look = at.and_then(|at| looks.get(at)).filter(|look| !here(look));
    commands.extend(look.copied().map(|place| Command::Import(ImportCommand::LookAt(place))));
    aside
}

fn draw_header(ui: &Ui, theme: &Theme, table: &Table, rect: Rect, columns: &[f32]) {
    let painter = ui.painter();
    painter.rect_filled(rect, 0.0, theme.panel);
    painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, theme.hairline));
    let mut left = rect.left() + BADGE;
    for (at, (column, width)) in table.columns.iter().zip(columns).enumerate() {
        let room = width - 14.0;
        let heading = line(ui, &table.heading(at), theme::semibold(12.0), room);
        painter.galley(pos2(left + 8.0, rect.top() + 4.0), heading, theme.text);
        let role = line(ui, words::role(column.role), theme::plain(11.0), room);
        painter.galley(pos2(left + 8.0, rect.top() + 21.0), role, theme.muted);
        left += width;
    }
}

fn draw_row(ui: &Ui, theme: &Theme, table: &Table, row: &Row, rect: Rect, columns: &[f32]) {
    let strong = matches!(row.kind, RowKind::Section | RowKind::Group | RowKind::Total);
    let badge = line(ui, words::row(row.kind, table.kind), theme::plain(11.0), BADGE - 24.0);
    let painter = ui.painter();
    let pill = Rect::from_center_size(
        pos2(rect.left() + 10.0 + (badge.size().x + 14.0) / 2.0, rect.center().y),
        vec2(badge.size().x + 14.0, 18.0),
    );
    let fill = if strong { theme.complete.fill } else { theme.not_started.fill };
    painter.rect_filled(pill, 4.0, fill);
    painter.galley(pos2(pill.left() + 7.0, pill.center().y - badge.size().y / 2.0), badge, theme.text);
    let font = if strong { theme::semibold(13.0) } else { theme::plain(13.0) };
    let mut left = rect.left() + BADGE;
    if !row.fields.is_empty() {
        let words: Vec<String> =
            row.fields.iter().filter(|field| !field.cell.is_blank()).map(|field| format!("{}: {}", field.label, field.cell.text)).collect();
        let galley = line(ui, &words.join("   "), font, (rect.right() - left - 16.0).max(40.0));
        painter.galley(pos2(left + 8.0, rect.center().y - galley.size().y / 2.0), galley, theme.text);
        return;
    }
    for (cell, width) in row.cells.iter().zip(columns) {
        let place = Rect::from_min_size(pos2(left, rect.top()), vec2(*width, rect.height()));
        draw_cell(ui, painter, theme, cell, place, font.clone());
        left += width;
    }
}

fn draw_cell(ui: &Ui, painter: &Painter, theme: &Theme, cell: &Cell, rect: Rect, font: eframe::egui::FontId) {
    if cell.value == Value::Merged {
        painter.text(rect.left_center() + vec2(8.0, 0.0), Align2::LEFT_CENTER, "↑", theme::plain(11.0), theme.muted);
        return;
    }
    let Some(status) = cell.status() else {
        if !cell.is_blank() {
            let galley = line(ui, &cell.text, font, rect.width() - 14.0);
            painter.galley(pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0), galley, theme.text);
        }
        return;
    };
    let tone = theme.status(status);
    let galley = line(ui, &cell.text, theme::plain(12.0), (rect.width() - 44.0).max(20.0));
    let pill = Rect::from_min_size(pos2(rect.left() + 6.0, rect.center().y - 10.0), vec2(galley.size().x + 30.0, 20.0));
    painter.rect_filled(pill, 10.0, tone.fill);
    shapes::status(painter, pos2(pill.left() + 12.0, pill.center().y), 5.5, status, tone.mark);
    painter.galley(pos2(pill.left() + 22.0, pill.center().y - galley.size().y / 2.0), galley, theme.text);
}

/// What a row says, for a screen reader.
fn spoken(table: &Table, row: &Row) -> String {
    let cells = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank() && cell.value != Value::Merged);
    let cells = cells.map(|(at, cell)| format!("{} {}", table.heading(at), cell.text));
    let fields = row.fields.iter().map(|field| format!("{} {}", field.label, field.cell.text));
    let words: Vec<String> = fields.chain(cells).collect();
    format!("{}, {}", words::row(row.kind, table.kind), words.join(", "))
}

/// Whether a row was read from the sheet row that is looked at.
fn is_looked_at(import: &Import, table: &Table, row: &Row) -> bool {
    let sheet = row.sheet.as_deref().unwrap_or(&table.sheet);
    let own = import.grids.get(import.look.sheet).is_some_and(|grid| grid.sheet == sheet);
    let place = |cell: (u32, u16)| if table.turned { u32::from(cell.1) } else { cell.0 };
    own && import.look.cell.is_some_and(|cell| place(cell) + 1 == row.source)
}

/// A look at the sheet row that a row was read from.
fn look_at(import: &Import, table: &Table, row: &Row) -> Option<ReviewPlace> {
    let name = row.sheet.as_deref().unwrap_or(&table.sheet);
    let sheet = import.grids.iter().position(|grid| grid.sheet == name)?;
    let (at, column) = table.source_cell(row, None)?;
    let column = column as u16;
    let holds = |draft: &Draft| draft.outline.sheet == name && draft.outline.holds(at, column);
    let draft = import.tables.iter().position(holds).or(import.look.table);
    Some(ReviewPlace { sheet, table: draft, cell: Some((at, column)), from: None })
}
