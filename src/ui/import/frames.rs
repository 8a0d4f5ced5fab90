//! The frames of the tables on a sheet, whose edges can be dragged to where a table begins and ends. Reads no cell.

use eframe::egui::{CursorIcon, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2};

use super::{cells::tag, geometry::Geometry, words};
use crate::{
    app::{
        command::{Command, ImportCommand},
        import::{Correct, Extent, Import},
    },
    ui::theme::Theme,
};

/// How far from an edge the pointer takes hold of it, in points.
const GRIP: f32 = 5.0;

/// One edge of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Edge {
    Top,
    Bottom,
    Left,
    Right,
}

/// An edge being dragged: which, and what the extent would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Drag {
    edge: Edge,
    extent: Extent,
}

/// Draws every frame of the sheet, that of the table looked at last.
pub(super) fn draw(ui: &Ui, theme: &Theme, import: &Import, geometry: &Geometry<'_>, drag: &mut Option<Drag>, commands: &mut Vec<Command>) {
    let Some(sheet) = import.grids.get(import.look.sheet).map(|grid| &grid.sheet) else { return };
    let looked_at = import.look.table;
    let mut own: Vec<usize> = (0..import.tables.len()).filter(|&at| import.tables[at].outline.sheet == *sheet).collect();
    own.sort_by_key(|&at| Some(at) == looked_at);
    for at in own {
        let draft = &import.tables[at];
        let strong = Some(at) == looked_at;
        let extent = drag.filter(|_| strong).map_or_else(|| draft.extent(), |drag| drag.extent);
        let frame = geometry.range(extent.first, extent.last);
        let painter = ui.painter().with_clip_rect(geometry.body.intersect(ui.clip_rect()));
        let kind = words::kind(draft.outline.kind);
        let rows = import.rows_of(at).map(|rows| words::count(rows, "row", "rows"));
        let name = match rows {
            _ if draft.left_out => format!("{kind} · left out"),
            Some(rows) => format!("{kind} · {rows}"),
            None => kind.to_owned(),
        };
        let colour = if strong { theme.accent } else { theme.muted };
        if draft.left_out {
            let corners = [frame.left_top(), frame.right_top(), frame.right_bottom(), frame.left_bottom(), frame.left_top()];
            painter.extend(Shape::dashed_line(&corners, Stroke::new(1.5, colour), 6.0, 4.0));
        } else {
            painter.rect_stroke(frame, 1.0, Stroke::new(if strong { 2.0 } else { 1.0 }, colour), StrokeKind::Middle);
        }
        if !frame.intersects(geometry.body) {
            continue;
        }
        tag(&painter, theme, &name, frame, strong, geometry.body);
        if strong && !draft.left_out {
            grips(ui, at, draft.extent(), frame, geometry, drag, commands);
        }
    }
}

/// The edges of a frame, to be dragged.
fn grips(ui: &Ui, table: usize, now: Extent, frame: Rect, geometry: &Geometry<'_>, drag: &mut Option<Drag>, commands: &mut Vec<Command>) {
    let across = |y: f32| Rect::from_min_max(pos2(frame.left(), y - GRIP), pos2(frame.right(), y + GRIP));
    let down = |x: f32| Rect::from_min_max(pos2(x - GRIP, frame.top()), pos2(x + GRIP, frame.bottom()));
    let edges = [
        (Edge::Top, across(frame.top())),
        (Edge::Bottom, across(frame.bottom())),
        (Edge::Left, down(frame.left())),
        (Edge::Right, down(frame.right())),
    ];
    for (edge, grip) in edges {
        let grip = grip.intersect(geometry.body);
        if !grip.is_positive() && drag.is_none_or(|drag| drag.edge != edge) {
            continue;
        }
        let response = ui.interact(grip, ui.scope_id().with(("edge", table, edge)), Sense::DRAG);
        let cursor = if matches!(edge, Edge::Top | Edge::Bottom) { CursorIcon::ResizeVertical } else { CursorIcon::ResizeHorizontal };
        if let Some(place) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            *drag = Some(Drag { edge, extent: dragged(now, edge, place, geometry) });
        }
        if response.drag_stopped()
            && let Some(drag) = drag.take()
            && drag.extent != now
        {
            commands.push(Command::Import(ImportCommand::Correct(table, Correct::Extent(drag.extent))));
        }
        response.on_hover_cursor(cursor);
    }
}

/// The extent with an edge at the cell nearest to a place.
fn dragged(now: Extent, edge: Edge, place: Pos2, geometry: &Geometry<'_>) -> Extent {
    let inside = geometry.body;
    let (row, column) =
        geometry.cell_at(pos2(place.x.clamp(inside.left(), inside.right() - 1.0), place.y.clamp(inside.top(), inside.bottom() - 1.0)));
    match edge {
        Edge::Top => Extent { first: (row.min(now.last.0), now.first.1), ..now },
        Edge::Bottom => Extent { last: (row.max(now.first.0), now.last.1), ..now },
        Edge::Left => Extent { first: (now.first.0, column.min(now.last.1)), ..now },
        Edge::Right => Extent { last: (now.last.0, column.max(now.first.1)), ..now },
    }
}
