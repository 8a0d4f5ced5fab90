//! One table out of its sheet by its outline: what stands above it, its columns, rows, colours and attached notes.

use std::collections::HashMap;

use super::{Accounted, colours::Colours, columns, hidden, outline::Outline, preamble, rows};
use crate::{
    model::{Cell, Remark, Role, Row, RowId, Status, Table, TableKind, Value, kinds::Kind},
    notes::{Code, Note, Place, Severity},
    workbook::Grid,
};

/// Colours by sheet row and column, in reading order.
#[derive(Debug, Default)]
struct Painted(Vec<((u32, u16), u32)>);

impl Painted {
    fn get(&self, row: u32, column: u16) -> Option<u32> {
        self.0.binary_search_by_key(&(row, column), |(place, _)| *place).ok().map(|at| self.0[at].1)
    }
}

/// Takes a table out of its sheet. `beside` when another table shares its rows.
pub fn read(grid: &mut Grid, outline: &Outline, beside: bool, colours: &Colours, accounted: &mut Accounted) -> (Table, Vec<Note>) {
    let before = grid.filled();
    let columns = columns::columns(grid, outline);
    let reach = if beside { (outline.first.1, outline.last.1) } else { (0, u16::MAX) };
    let above = grid.rows.partition_point(|row| row.row < outline.above)..grid.rows.partition_point(|row| row.row < outline.first.0);
    let preamble = preamble::read(grid, above, reach);
    let in_preamble = before - grid.filled();
    let Fills { ground, status } = Fills::of(grid, outline);
    let (rows, in_sections) = rows::read(grid, outline, &columns);
    let taken = before - grid.filled();
    accounted.in_fields += in_preamble + in_sections;
    accounted.in_tables += taken - in_preamble - in_sections;
    let mut table = Table {
        title: preamble.title,
        fields: preamble.fields,
        summary: preamble.summary,
        sheet: outline.sheet.clone(),
        ..Table::new(outline.kind, columns, rows)
    };
    let mut notes = Vec::new();
    read_words_by_colour(&mut table, colours, &ground, &status);
    read_colours(&mut table, grid, outline, colours, &ground, &mut notes);
    attach(&mut table, grid);
    hidden::mark(&mut table, grid);
    notes.extend(hidden::notes(&table, grid));
    (table, notes)
}

/// The colours of a table's filled cells that may mean something.
#[derive(Debug, Default)]
struct Fills {
    /// Behind the names of its rows, as of column 0.
    ground: Painted,
    /// Of the status columns of a plan.
    status: Painted,
}

impl Fills {
    fn of(grid: &Grid, outline: &Outline) -> Self {
        let name = rows::name_column(outline);
        let statuses = outline.columns.iter().filter(|heading| heading.role == Some(Role::Status) && outline.kind == TableKind::Plan);
        let statuses: Vec<u16> = statuses.map(|heading| heading.column).collect();
        let mut fills = Self::default();
        for row in grid.rows.iter().filter(|row| (outline.body()..=outline.last.0).contains(&row.row)) {
            let fill = |column: u16| row.cell(column)?.fill;
            fills.ground.0.extend(fill(name).map(|fill| ((row.row, 0), fill)));
            fills.status.0.extend(statuses.iter().filter_map(|&column| Some(((row.row, column), fill(column)?))));
        }
        fills
    }
}

/// A status column's words that say no status, on a colour that does: the colour is the status, the words stay.
fn read_words_by_colour(table: &mut Table, colours: &Colours, ground: &Painted, fills: &Painted) {
    if fills.0.is_empty() {
        return;
    }
    for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| column.role == Some(Role::Status)) {
        for row in table.rows.iter_mut().filter(|row| row.is_line() && row.source > 0) {
            let number = row.source - 1;
            let Some(cell) = row.cells.get_mut(at).filter(|cell| matches!(cell.value, Value::Text | Value::Number(_))) else { continue };
            let fill = fills.get(number, column.source as u16).filter(|fill| ground.get(number, 0) != Some(*fill));
            if let Some(status) = fill.and_then(|fill| colours.status(fill)) {
                cell.value = Value::Status(status);
            }
        }
    }
}

/// Statuses that only a fill states, where a blank cell of a status column is painted otherwise than the words of its row.
fn read_colours(table: &mut Table, grid: &Grid, outline: &Outline, colours: &Colours, ground: &Painted, notes: &mut Vec<Note>) {
    if table.kind == TableKind::History || grid.painted.is_empty() {
        return;
    }
    let name = rows::name_column(outline);
    for at in 0..table.columns.len() {
        let Some(role @ (Role::Status | Role::Rating)) = table.columns[at].role else { continue };
        let place = table.columns[at].source as u16;
        let painted = |row: u32, column: u16| {
            let at = grid.painted.binary_search_by_key(&(row, column), |painted| (painted.row, painted.column)).ok()?;
            Some(grid.painted[at].fill)
        };
        let mut read = 0;
        for row in table.rows.iter_mut().filter(|row| row.is_line() && row.source > 0) {
            let number = row.source - 1;
            let Some(cell) = row.cells.get_mut(at).filter(|cell| cell.is_blank() && cell.value == Value::Blank) else { continue };
            let Some(fill) = painted(number, place) else { continue };
            // A painted row is striped, not rated.
            let plain = |heading: &&super::Heading| !matches!(heading.role, Some(Role::Status | Role::Rating | Role::Period | Role::Trend));
            let striped = ground.get(number, 0) == Some(fill)
                || outline.columns.iter().filter(plain).any(|heading| painted(number, heading.column) == Some(fill));
            let Some(status) = colours.status(fill).filter(|_| !striped && place != name) else { continue };
            *cell = match role {
                Role::Status => Kind::Status.enter(status.word()),
                _ => Cell::text(colour_word(status)),
            };
            read += 1;
        }
        if read > 0 {
            let message = format!(
                "{read} {} in “{}” read from the colour of the cell alone.",
                if read == 1 { "status was" } else { "statuses were" },
                table.heading(at)
            );
            let hint = "Check the first few; the word is written beside the colour from now on, for those who cannot see it.";
            let place = Place::address(grid.place(outline.body(), place));
            notes.push(Note::new(Severity::Info, Code::StatusFromColour, place, message, hint));
        }
    }
}

/// The name of the colour a KPI's rating is painted in.
fn colour_word(status: Status) -> &'static str {
    match status {
        Status::MajorProblems => "Red",
        Status::MinorProblems => "Amber",
        Status::InProgress => "Green",
        Status::Complete => "Blue",
        Status::NotStarted => "Grey",
    }
}

/// Gives notes attached to cells to the table where it has their cell; the others stay in the sheet.
fn attach(table: &mut Table, grid: &mut Grid) {
    let attached = std::mem::take(&mut grid.attached);
    let rows: HashMap<u32, RowId> = if attached.is_empty() {
        HashMap::new()
    } else {
        table.rows.iter().filter(|row| !row.cells.is_empty()).map(|row: &Row| (row.source, row.id)).collect()
    };
    for remark in attached {
        let row = rows.get(&(remark.row + 1)).copied();
        let column = table.columns.iter().find(|column| column.source == u32::from(remark.column)).map(|column| column.id);
        match (row, column) {
            (Some(row), Some(column)) => table.remarks.push(Remark { row, column, text: remark.text }),
            _ => grid.attached.push(remark),
        }
    }
}
