//! The cells of a painted sheet: fills, texts, merges, what is hidden, and what a screen reader is told of them. Corrects nothing.

use eframe::egui::{
    Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    accesskit::{self, Role},
    vec2,
};

use super::{geometry::Geometry, select, sheet};
use crate::{
    app::{command::Command, import::Import},
    ui::theme::{self, Theme},
    workbook::{RawCell, RawSheet},
};

/// Draws the cells in view, and looks at those that are clicked.
pub(super) fn draw(
    ui: &mut Ui,
    theme: &Theme,
    import: &Import,
    grid: &RawSheet,
    geometry: &Geometry<'_>,
    response: &Response,
    commands: &mut Vec<Command>,
) {
    if let Some(place) = response.interact_pointer_pos().filter(|_| response.clicked()) {
        let (row, column) = geometry.cell_at(place);
        commands.push(select::click(ui, import, (row, column)));
    }
    let painter = ui.painter().with_clip_rect(geometry.body.intersect(ui.clip_rect()));
    let (rows, columns) = (geometry.visible_rows(), geometry.visible_columns());
    tint_headers(&painter, theme, import, grid, geometry);
    let painted = grid.painted.partition_point(|painted| painted.row < rows.start);
    for painted in grid.painted[painted..].iter().take_while(|painted| painted.row < rows.end) {
        fill(&painter, theme, geometry, (painted.row, painted.column), Some(painted.fill));
    }
    let filled = grid.rows.partition_point(|row| row.row < rows.start);
    let in_view = || grid.rows[filled..].iter().take_while(|row| row.row < rows.end);
    for row in in_view() {
        row.cells.iter().for_each(|cell| fill(&painter, theme, geometry, (row.row, cell.column), cell.fill));
    }
    lines(&painter, theme, geometry);
    // Nothing of the sheet stands above its first row.
    let above = geometry.body.with_max_y(geometry.row(0).min);
    if rows.start == 0 && above.is_positive() {
        painter.rect_filled(above, 0.0, theme.panel);
        painter.hline(above.x_range(), above.bottom() - 0.5, Stroke::new(1.0, theme.hairline));
    }
    let merges: Vec<_> = grid.merges.iter().filter(|merge| merge.first.0 < rows.end && merge.last.0 >= rows.start).collect();
    for row in in_view() {
        for (at, cell) in row.cells.iter().enumerate() {
            if cell.column >= columns.end {
                break;
            }
            if merges.iter().any(|merge| merge.first == (row.row, cell.column)) {
                continue;
            }
            let next = row.cells.get(at + 1).map_or(u16::MAX, |next| next.column);
            let place = room(geometry, row.row, cell, next.min(columns.end));
            if place.right() > geometry.body.left() {
                text(ui, &painter, theme, cell, place);
            }
        }
    }
    for merge in merges {
        let place = geometry.range(merge.first, merge.last);
        let cell = grid.position(merge.first.0).and_then(|at| grid.rows[at].cell(merge.first.1));
        painter.rect_filled(place.shrink(0.5), 0.0, theme.background);
        let header = is_header(import, grid, merge.first);
        let ground = cell.and_then(|cell| cell.fill).map(|fill| theme.muted_fill(fill)).or(header.then_some(theme.selected));
        ground.iter().for_each(|ground| {
            painter.rect_filled(place.shrink(0.5), 0.0, *ground);
        });
        painter.rect_stroke(place, 0.0, Stroke::new(1.0, theme.hairline), StrokeKind::Middle);
        cell.iter().for_each(|cell| text(ui, &painter, theme, cell, place));
    }
    hidden(&painter, theme, grid, geometry);
    if let Some((first, last)) = import.look.selection().filter(|_| import.look.from.is_some()) {
        let place = geometry.range(first, last);
        painter.rect_filled(place, 0.0, theme.accent.gamma_multiply(0.12));
        painter.rect_stroke(place, 0.0, Stroke::new(1.0, theme.accent), StrokeKind::Inside);
    }
    if let Some((row, column)) = import.look.cell {
        painter.rect_stroke(geometry.range((row, column), (row, column)), 0.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
    }
    tell(ui, import, grid, geometry, response, commands);
}

/// The quiet ground of headings.
fn tint_headers(painter: &Painter, theme: &Theme, import: &Import, grid: &RawSheet, geometry: &Geometry<'_>) {
    for outline in
        import.tables.iter().filter(|draft| !draft.left_out).map(|draft| &draft.outline).filter(|outline| outline.sheet == grid.sheet)
    {
        if let Some((first, last)) = outline.header {
            painter.rect_filled(geometry.range((first, outline.first.1), (last, outline.last.1)), 0.0, theme.selected);
        }
    }
}

fn is_header(import: &Import, grid: &RawSheet, place: (u32, u16)) -> bool {
    let outlines = import.tables.iter().map(|draft| &draft.outline).filter(|outline| outline.sheet == grid.sheet);
    outlines
        .filter(|outline| outline.holds(place.0, place.1))
        .any(|outline| outline.header.is_some_and(|(first, last)| (first..=last).contains(&place.0)))
}

fn fill(painter: &Painter, theme: &Theme, geometry: &Geometry<'_>, place: (u32, u16), fill: Option<u32>) {
    if let Some(fill) = fill {
        painter.rect_filled(geometry.range(place, place), 0.0, theme.muted_fill(fill));
    }
}

fn lines(painter: &Painter, theme: &Theme, geometry: &Geometry<'_>) {
    let line = Stroke::new(1.0, theme.hairline.gamma_multiply(0.7));
    let body = geometry.body;
    let body = body.with_max_y(body.bottom().min(geometry.row(geometry.rows.saturating_sub(1)).max));
    geometry.visible_rows().for_each(|row| {
        painter.hline(body.x_range(), geometry.row(row).max - 0.5, line);
    });
    geometry.visible_columns().for_each(|column| {
        painter.vline(geometry.column(column).max - 0.5, body.y_range(), line);
    });
}

/// Where a text may be written: its cell, and the blank ones right of it for words that are too long.
fn room(geometry: &Geometry<'_>, row: u32, cell: &RawCell, next: u16) -> Rect {
    let last = if cell.stored.is_some() { cell.column } else { next.saturating_sub(1).max(cell.column) };
    geometry.range((row, cell.column), (row, last))
}

fn text(ui: &Ui, painter: &Painter, theme: &Theme, cell: &RawCell, place: Rect) {
    let font = if cell.bold { theme::semibold(13.0) } else { theme::plain(13.0) };
    let galley = sheet::line(ui, &cell.text, font, place.width() - 12.0);
    let top = place.center().y - galley.size().y / 2.0;
    let left = if cell.stored.is_some() { place.right() - 6.0 - galley.size().x } else { place.left() + 6.0 };
    painter.with_clip_rect(painter.clip_rect().intersect(place)).galley(eframe::egui::pos2(left, top), galley, theme.text);
}

/// Double lines at rows and columns that are hidden in the workbook, by hand or by a filter.
fn hidden(painter: &Painter, theme: &Theme, grid: &RawSheet, geometry: &Geometry<'_>) {
    let (body, line) = (geometry.body, Stroke::new(1.0, theme.muted));
    for row in geometry.visible_rows().filter(|row| grid.hidden.row(*row)) {
        let place = geometry.row(row);
        [place.min + 0.5, place.min + 3.0].into_iter().for_each(|y| {
            painter.hline(body.x_range(), y, line);
        });
    }
    for column in geometry.visible_columns().filter(|column| grid.hidden.column(*column)) {
        let place = geometry.column(column);
        [place.min + 0.5, place.min + 3.0].into_iter().for_each(|x| {
            painter.vline(x, body.y_range(), line);
        });
    }
}

/// Tells a screen reader of the filled cells in view, each of which can be clicked.
fn tell(ui: &Ui, import: &Import, grid: &RawSheet, geometry: &Geometry<'_>, response: &Response, commands: &mut Vec<Command>) {
    let name = |row: u32, column: u16| select::name(((row, column), (row, column)));
    let looked_at = import.look.cell;
    let selection = import.look.selection();
    let selected = |row: u32, column: u16| {
        selection.is_some_and(|(first, last)| (first.0..=last.0).contains(&row) && (first.1..=last.1).contains(&column))
    };
    let id = |row: u32, column: u16| response.id.with((row, column));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Grid);
        node.set_label(format!("Sheet {} as it is", grid.sheet));
        node.set_row_count(geometry.rows as usize);
        node.set_multiselectable();
        if let Some((row, column)) = looked_at {
            node.set_active_descendant(id(row, column).accesskit_id());
        }
    });
    let (rows, columns) = (geometry.visible_rows(), geometry.visible_columns());
    let mut cells: Vec<(u32, u16, &str)> = grid
        .rows
        .iter()
        .skip(grid.rows.partition_point(|row| row.row < rows.start))
        .take_while(|row| row.row < rows.end)
        .flat_map(|row| row.cells.iter().filter(|cell| columns.contains(&cell.column)).map(|cell| (row.row, cell.column, &*cell.text)))
        .collect();
    // A blank cell that the keyboard is in is told too.
    cells
        .extend(looked_at.filter(|at| !cells.iter().any(|(row, column, _)| (*row, *column) == *at)).map(|(row, column)| (row, column, "")));
    for (row, column, words) in cells {
        let place = geometry.range((row, column), (row, column)).intersect(geometry.body);
        if !place.is_positive() {
            continue;
        }
        let cell = ui.interact(place, id(row, column), Sense::CLICK);
        if cell.clicked() {
            response.request_focus();
            commands.push(select::click(ui, import, (row, column)));
        }
        ui.ctx().accesskit_node_builder(cell.id, |node| {
            let [x0, y0, x1, y1] = [place.left(), place.top(), place.right(), place.bottom()].map(f64::from);
            node.set_bounds(accesskit::Rect { x0, y0, x1, y1 });
            node.set_role(Role::GridCell);
            node.add_action(accesskit::Action::Click);
            node.set_row_index(row as usize);
            node.set_column_index(usize::from(column));
            node.set_label(format!("{}: {}", name(row, column), if words.is_empty() { "blank" } else { words }));
            node.set_selected(selected(row, column));
        });
    }
}

/// The words of a table's tag, above its frame and at its right, as banners stand at the left; nothing where the frame begins out of view.
pub(super) fn tag(painter: &Painter, theme: &Theme, words: &str, frame: Rect, strong: bool, body: Rect) {
    let (ground, ink) = if strong { (theme.accent, theme.on_accent) } else { (theme.panel, theme.muted) };
    let galley = painter.layout_no_wrap(words.to_owned(), theme::semibold(11.0), ink);
    let size = galley.size() + vec2(12.0, 4.0);
    let top = frame.top() - size.y;
    if top < body.top() {
        return;
    }
    let left = (frame.right().min(body.right() - 10.0) - size.x).max(frame.left());
    let place = Rect::from_min_size(eframe::egui::pos2(left, top), size);
    painter.rect_filled(place, 2.0, ground);
    painter.galley(place.min + vec2(6.0, 2.0), galley, ink);
}
