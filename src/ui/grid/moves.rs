//! Where the keys lead the cursor and the selection: steps, pages, the edges of what is filled, and around a selection.

use eframe::egui::Key;

use super::{GridView, Shown, cells, columns::GridColumns};
use crate::{
    app::{
        command::{CellCommand, Command, Cursor, ViewCommand},
        range::{Area, Corner, Reach, Selection, cell_at, cursor_at, holds},
    },
    model::{Role, RowKind},
};

/// One move of the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GridMove {
    Up,
    Down,
    Left,
    Right,
    /// To the next cell in its row, or within what is selected.
    Tab,
    /// To the next cell in its column, or within what is selected.
    Enter,
    PageUp,
    PageDown,
    First,
    Last,
    RowStart,
    RowEnd,
    /// To where what is filled ends or begins.
    EdgeUp,
    EdgeDown,
    EdgeLeft,
    EdgeRight,
}

impl GridMove {
    /// The step of a key, without or with Ctrl.
    pub(super) fn of(key: Key, ctrl: bool) -> Option<Self> {
        Some(match (key, ctrl) {
            (Key::ArrowUp, false) => Self::Up,
            (Key::ArrowDown, false) => Self::Down,
            (Key::ArrowLeft, false) => Self::Left,
            (Key::ArrowRight, false) => Self::Right,
            (Key::ArrowUp, true) => Self::EdgeUp,
            (Key::ArrowDown, true) => Self::EdgeDown,
            (Key::ArrowLeft, true) => Self::EdgeLeft,
            (Key::ArrowRight, true) => Self::EdgeRight,
            (Key::Tab, false) => Self::Tab,
            (Key::Enter, false) => Self::Enter,
            (Key::PageUp, false) => Self::PageUp,
            (Key::PageDown, false) => Self::PageDown,
            (Key::Home, false) => Self::RowStart,
            (Key::End, false) => Self::RowEnd,
            (Key::Home, true) => Self::First,
            (Key::End, true) => Self::Last,
            _ => return None,
        })
    }
}

impl GridView {
    /// Tab and Enter: around the selection where several cells are selected, else to the neighbour.
    pub(super) fn cycle(&mut self, shown: &Shown<'_>, step: GridMove, back: bool) -> Option<Command> {
        let area = shown.selection.and_then(|selection| selection.area(shown.table));
        if let (Some(area), Some((row, Some(column)))) = (area, self.active(shown)) {
            let (row, column) = around(shown, &self.columns, &area, (row, column), step == GridMove::Tab, back)?;
            return Some(Command::Cells(CellCommand::MoveWithin(cursor_at(shown.table, row, column))));
        }
        let step = match (step, back) {
            (GridMove::Tab, false) => GridMove::Right,
            (GridMove::Tab, true) => GridMove::Left,
            (GridMove::Enter, true) => GridMove::Up,
            (_, _) => GridMove::Down,
        };
        self.step(shown, step).map(|cursor| Command::View(ViewCommand::Select(cursor)))
    }

    /// The selection with its moving corner a step on.
    pub(super) fn extend(&mut self, shown: &Shown<'_>, step: GridMove) -> Option<Selection> {
        let table = shown.table;
        let (row, column) = self.active(shown)?;
        let kept = self.keep.and_then(|id| table.column_position(id));
        let anchor = Corner { row: table.rows[row].id, column: table.columns.get(column.or(kept).unwrap_or(0))?.id };
        // After Tab or Enter within a selection a new one begins at the cursor.
        let begun_here = |selection: &Selection| {
            let from = table.position(selection.from.row).map(|at| cells::origin(table, at, column.unwrap_or(0)));
            from == Some(row) && (column.is_none() || selection.from.column == anchor.column)
        };
        let old = shown.selection.filter(begun_here);
        let start = old.unwrap_or(Selection { table: table.id, from: anchor, to: anchor, reach: Reach::Cells });
        let at = (table.position(start.to.row)?, table.column_position(start.to.column)?);
        let (row, column) = self.led(shown, at, step);
        Some(Selection { to: Corner { row: table.rows.get(row)?.id, column: table.columns.get(column)?.id }, ..start })
    }

    /// Where a step leads from a place, headings being rows like any other and those out of sight none.
    fn led(&self, shown: &Shown<'_>, from: (usize, usize), step: GridMove) -> (usize, usize) {
        let (row, column) = self.led_anywhere(shown, from, step);
        (shown.in_sight(row, row >= from.0), column)
    }

    fn led_anywhere(&self, shown: &Shown<'_>, (row, column): (usize, usize), step: GridMove) -> (usize, usize) {
        let (last, end) = (shown.table.rows.len() - 1, self.columns.len().saturating_sub(1));
        let top = cells::origin(shown.table, row, column);
        let shown_at = |&at: &usize| self.columns.is_shown(at);
        match step {
            GridMove::Up | GridMove::Enter => (top.saturating_sub(1), column),
            GridMove::Down => (below(shown, top, Some(column)).min(last), column),
            GridMove::Left | GridMove::Tab => (row, (0..column).rfind(shown_at).unwrap_or(column)),
            GridMove::Right => (row, (column + 1..=end).find(shown_at).unwrap_or(column)),
            GridMove::PageUp => (row.saturating_sub(self.page()), column),
            GridMove::PageDown => ((row + self.page()).min(last), column),
            GridMove::First => (0, self.columns.first()),
            GridMove::Last => (last, self.columns.last()),
            GridMove::RowStart => (row, self.columns.first()),
            GridMove::RowEnd => (row, self.columns.last()),
            GridMove::EdgeUp => (edge(shown, (0..top).rev(), (top, column), |at| (at, column)).0, column),
            GridMove::EdgeDown => {
                let below = below(shown, top, Some(column));
                (edge(shown, below..last + 1, (top, column), |at| (at, column)).0, column)
            }
            GridMove::EdgeLeft => (row, edge(shown, (0..column).rev().filter(shown_at), (row, column), |at| (row, at)).1),
            GridMove::EdgeRight => (row, edge(shown, (column + 1..=end).filter(shown_at), (row, column), |at| (row, at)).1),
        }
    }

    fn page(&self) -> usize {
        self.in_view.len().saturating_sub(1).max(1)
    }

    /// Where a step from the cursor leads; the first cell when there is no cursor yet.
    pub(super) fn step(&mut self, shown: &Shown<'_>, step: GridMove) -> Option<Cursor> {
        let table = shown.table;
        let last = table.rows.len() - 1;
        let Some((row, column)) = self.active(shown) else {
            return self.cursor_in(shown, 0, self.columns.first());
        };
        let page = self.page();
        let kept = self.keep.and_then(|id| table.column_position(id)).or(column).unwrap_or(0);
        match step {
            GridMove::Up => self.cursor_in(shown, cells::origin(table, row, kept).saturating_sub(1), kept),
            GridMove::Down | GridMove::Enter => self.cursor_in(shown, below(shown, row, column).min(last), kept),
            GridMove::PageUp => self.cursor_in(shown, row.saturating_sub(page), kept),
            GridMove::PageDown => self.cursor_in(shown, (row + page).min(last), kept),
            GridMove::First => self.sideways(shown, 0, self.columns.first()),
            GridMove::Last => self.sideways(shown, last, self.columns.last()),
            GridMove::RowStart => self.sideways(shown, row, self.columns.first()),
            GridMove::RowEnd => self.sideways(shown, row, self.columns.last()),
            GridMove::Left => self.aside(shown, row, column, -1),
            GridMove::Right | GridMove::Tab => self.aside(shown, row, column, 1),
            GridMove::EdgeUp | GridMove::EdgeDown => {
                let (row, _) = self.led(shown, (row, kept), step);
                self.cursor_in(shown, row, kept)
            }
            GridMove::EdgeLeft | GridMove::EdgeRight => {
                let (row, column) = self.led(shown, (row, column?), step);
                self.sideways(shown, row, column)
            }
        }
    }

    fn aside(&mut self, shown: &Shown<'_>, row: usize, column: Option<usize>, by: isize) -> Option<Cursor> {
        let held = &shown.table.rows[row];
        let Some(column) = column else {
            self.field = self.field.saturating_add_signed(by).min(held.fields.len().saturating_sub(1));
            return shown.cursor;
        };
        let mut to = column;
        loop {
            to = to.checked_add_signed(by).filter(|&to| to < self.columns.len())?;
            if self.columns.is_shown(to) && (held.kind != RowKind::Group || is_group_column(shown, to)) {
                return self.sideways(shown, row, to);
            }
        }
    }

    /// The cursor in another column of the same row, which the arrows then keep to.
    fn sideways(&mut self, shown: &Shown<'_>, row: usize, column: usize) -> Option<Cursor> {
        self.keep = shown.table.columns.get(column).map(|column| column.id);
        self.cursor_in(shown, row, column)
    }

    /// The cursor in a row, in a column or, in a heading, as near to it as there is one.
    fn cursor_in(&mut self, shown: &Shown<'_>, row: usize, column: usize) -> Option<Cursor> {
        let table = shown.table;
        let down = self.active(shown).is_none_or(|(here, _)| row >= here);
        let row = shown.in_sight(row, down);
        let held = table.rows.get(row)?;
        let cursor = |row: usize, column: Option<usize>| Cursor {
            table: table.id,
            row: table.rows[row].id,
            column: column.and_then(|at| table.columns.get(at)).map(|column| column.id),
        };
        Some(match held.kind {
            RowKind::Section => {
                (self.field, self.field_of) = (0, Some(held.id));
                cursor(row, None)
            }
            RowKind::Group if !is_group_column(shown, column) => cursor(row, table.role_position(Role::Action)),
            RowKind::Group => cursor(row, Some(column)),
            RowKind::Entry | RowKind::Line | RowKind::Total => cursor(cells::origin(table, row, column), Some(column)),
        })
    }
}

fn is_group_column(shown: &Shown<'_>, column: usize) -> bool {
    matches!(shown.table.columns[column].role, Some(Role::Ref | Role::Action))
}

/// The row below the active cell, past all its merged lines.
fn below(shown: &Shown<'_>, row: usize, column: Option<usize>) -> usize {
    column.map_or(row + 1, |column| row + shown.table.merged_lines(row, column))
}

/// The last of a run of filled cells from a place on, or the first filled one after blank ones, or the last there is: as worksheets
/// do it. Rows without a cell of their own in the column are passed over.
fn edge(
    shown: &Shown<'_>,
    on: impl Iterator<Item = usize>,
    from: (usize, usize),
    place: impl Fn(usize) -> (usize, usize),
) -> (usize, usize) {
    let filled = |&(row, column): &(usize, usize)| cell_at(shown.table, row, column).is_some_and(|cell| !cell.is_blank());
    let mut stops = on.map(place).filter(|&(row, column)| holds(shown.table, row, column)).peekable();
    if holds(shown.table, from.0, from.1) && filled(&from) && stops.peek().is_some_and(filled) {
        return stops.take_while(filled).last().unwrap_or(from);
    }
    let mut last = from;
    for stop in stops {
        last = stop;
        if filled(&stop) {
            break;
        }
    }
    last
}

/// The next cell of an area, row by row or column by column, around its end.
fn around(shown: &Shown<'_>, columns: &GridColumns, area: &Area, from: (usize, usize), by_row: bool, back: bool) -> Option<(usize, usize)> {
    let (height, width) = (area.rows.len(), area.columns.len());
    let count = height * width;
    let (row, column) = (from.0.saturating_sub(area.rows.start), from.1.saturating_sub(area.columns.start));
    let start = if by_row { row * width + column } else { column * height + row };
    let place = |at: usize| {
        let (row, column) = if by_row { (at / width, at % width) } else { (at % height, at / height) };
        (area.rows.start + row, area.columns.start + column)
    };
    let steps = (1..=count).map(|step| if back { (start + count - step) % count } else { (start + step) % count });
    steps.map(place).find(|&(row, column)| columns.is_shown(column) && holds(shown.table, row, column))
}
