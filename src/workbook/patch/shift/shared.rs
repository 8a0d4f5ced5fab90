//! Formulas that many cells share: which there are, and which can stay shared after a change. Changes none.

use std::collections::HashMap;

use super::{
    Axis, CannotShift,
    address::{Area, area, cell},
    adjust::Context,
    decoded::Decoded,
    markup::{Step, Tag, Walk},
};

/// Where a walk over the cells of a sheet stands. Rows and cells without an address follow the one before.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    pub row: u32,
    pub column: u32,
    /// Whether the row's number is that of its first cell.
    pub by_cell: bool,
    next_row: u32,
    next_column: u32,
}

impl Cursor {
    /// A row begins. One without a number has that of its first cell.
    pub(super) fn row(&mut self, tag: &Tag<'_>, source: &str) {
        let stated = tag.number("r").and_then(|row| row.checked_sub(1)).filter(|row| *row < Axis::Rows.limit());
        let by_cell = || match Walk::new(source.get(tag.end..).filter(|_| !tag.empty)?, true).next() {
            Ok(Step::Open(first)) if first.name == "c" => Some(cell(first.value("r")?)?.0),
            Ok(Step::Open(_) | Step::Close { .. } | Step::Done) | Err(_) => None,
        };
        let first = if stated.is_none() { by_cell() } else { None };
        self.by_cell = first.is_some();
        self.row = stated.or(first).unwrap_or(self.next_row);
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
    }

    /// A cell begins; its address as it is written, if it is one.
    pub(super) fn cell(&mut self, address: Option<&str>) -> Option<(u32, u32)> {
        let stated = address.and_then(cell);
        self.column = stated.map_or(self.next_column, |(_, column)| column);
        self.next_column = self.column.saturating_add(1);
        stated
    }
}

/// A formula and the cells that share it.
pub(super) struct Group {
    /// Where its element stands in the part.
    start: usize,
    pub row: u32,
    pub column: u32,
    pub text: String,
    /// The range it states.
    area: Area,
    /// The range of all cells that share it.
    reach: Area,
    /// Whether each cell needs a formula of its own now.
    pub unshare: bool,
}

/// The shared formulas of a sheet by their numbers, those of one number in the order of the part.
#[derive(Default)]
pub(super) struct Groups<'a>(HashMap<&'a str, Vec<Group>>);

impl<'a> Groups<'a> {
    /// Finds the shared formulas of a sheet.
    ///
    /// # Errors
    /// When the markup is broken.
    pub(super) fn find(source: &'a str, context: &Context<'_>) -> Result<Self, CannotShift> {
        let mut groups = Self::default();
        if !source.contains("shared") {
            return Ok(groups);
        }
        let mut walk = Walk::new(source, false);
        let (mut cursor, mut children, mut cells, mut open) = (Cursor::default(), Vec::new(), false, None);
        loop {
            match walk.next()? {
                Step::Open(tag) => match tag.name {
                    "sheetData" => cells = !tag.empty,
                    "row" if cells => cursor.row(&tag, source),
                    "c" if cells => {
                        cursor.cell(tag.value("r"));
                    }
                    "f" if cells && tag.value("t") == Some("shared") => {
                        let Some(number) = tag.value("si") else { continue };
                        if tag.value("ref").is_some() && !tag.empty {
                            open = Some(tag);
                        } else {
                            children.push((number, tag.start, cursor.row, cursor.column));
                        }
                    }
                    _ => {}
                },
                Step::Close { name: "f", start, .. } => {
                    if let Some(tag) = open.take() {
                        groups.add(source, &tag, start, &cursor);
                    }
                }
                Step::Close { name: "sheetData", .. } | Step::Done => break,
                Step::Close { .. } => {}
            }
        }
        for (number, start, row, column) in children {
            if let Some(group) = groups.at(number, start, row, column) {
                group.reach.rows = (group.reach.rows.0.min(row), group.reach.rows.1.max(row));
                group.reach.columns = (group.reach.columns.0.min(column), group.reach.columns.1.max(column));
            }
        }
        for group in groups.0.values_mut().flatten() {
            group.judge(context);
        }
        Ok(groups)
    }

    fn add(&mut self, source: &'a str, tag: &Tag<'a>, end: usize, cursor: &Cursor) {
        let raw = source.get(tag.end..end).unwrap_or_default();
        let (Some(number), false) = (tag.value("si"), raw.trim().is_empty()) else { return };
        let own = Area::of_cell(cursor.row, cursor.column);
        let area = tag.value("ref").and_then(area).unwrap_or(own);
        let (row, column) = (cursor.row, cursor.column);
        let text = Decoded::of(raw, 0).text.into_owned();
        self.0.entry(number).or_default().push(Group { start: tag.start, row, column, text, area, reach: own, unshare: false });
    }

    /// Of the formulas of a number, the one that a cell shares: the last before it, or the next one where only that covers the cell.
    fn position(&self, number: &str, start: usize, row: u32, column: u32) -> Option<usize> {
        let groups = self.0.get(number)?;
        let behind = groups.partition_point(|group| group.start <= start);
        let covers = |at: usize| groups.get(at).is_some_and(|group| group.area.holds(row, column));
        match behind.checked_sub(1) {
            Some(last) if covers(last) || !covers(behind) => Some(last),
            Some(_) => Some(behind),
            None => (behind < groups.len()).then_some(behind),
        }
    }

    fn at(&mut self, number: &str, start: usize, row: u32, column: u32) -> Option<&mut Group> {
        let at = self.position(number, start, row, column)?;
        self.0.get_mut(number)?.get_mut(at)
    }

    /// The formula that the element at a byte shares.
    pub(super) fn of(&self, number: &str, start: usize, row: u32, column: u32) -> Option<&Group> {
        self.0.get(number)?.get(self.position(number, start, row, column)?)
    }
}

impl Group {
    /// Finds out whether the cells can go on sharing it: all move as one, and what each refers to moves as one.
    fn judge(&mut self, context: &Context<'_>) {
        let shift = context.shift;
        let reach = shift.axis.of(self.reach.rows, self.reach.columns);
        let stated = shift.axis.of(self.area.rows, self.area.columns);
        let apart = context.own
            && (shift.uniform(reach.0, reach.1).is_none() || shift.uniform(stated.0, stated.1) != shift.uniform(reach.0, reach.1));
        let steps = |reach: (u32, u32), own: u32| (i64::from(reach.0) - i64::from(own), i64::from(reach.1) - i64::from(own));
        let rows = steps(self.reach.rows, self.row);
        let columns = steps(self.reach.columns, self.column);
        self.unshare = apart || !context.moves_alike(&self.text, rows, columns);
    }
}
