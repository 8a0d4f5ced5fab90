//! Filling: cells copied down or to the right, and dates and numbers that go on in a series.

use super::{Area, cell_at, put};
use crate::{
    edit::Change,
    model::{Cell, Figure, Table, Value, kinds, kinds::Kind, show_number},
};

/// Copies the first row of an area down over the rest of it; over a single row, the one above it.
#[must_use]
pub fn down(table: &Table, area: &Area) -> Vec<Change> {
    let first = match area.lines(table).nth(1) {
        Some(_) => area.rows.start,
        None => {
            let above = Area { rows: 0..area.rows.start, columns: area.columns.clone() };
            match above.lines(table).next_back() {
                Some(row) => row,
                None => return Vec::new(),
            }
        }
    };
    let all = Area { rows: first..area.rows.end, columns: area.columns.clone() };
    let columns = all.columns.clone().map(|column| Area { rows: all.rows.clone(), columns: column..column + 1 });
    columns.flat_map(|column| column_down(table, &column)).collect()
}

fn column_down(table: &Table, column: &Area) -> Vec<Change> {
    let mut cells = column.open(table);
    let Some(source) = cells.next().and_then(|(row, column)| cell_at(table, row, column)) else { return Vec::new() };
    let source = copied(source);
    cells.filter_map(|(row, column)| put::change(table, row, column, source.clone())).collect()
}

/// Copies the first column of an area to the right over the rest of it; over a single column, the one before it.
#[must_use]
pub fn right(table: &Table, area: &Area) -> Vec<Change> {
    let first = if area.columns.len() > 1 { area.columns.start } else { area.columns.start.saturating_sub(1) };
    let onto = Area { rows: area.rows.clone(), columns: first + 1..area.columns.end };
    let change = |(row, column): (usize, usize)| {
        let source = cell_at(table, row, first).filter(|cell| cell.value != Value::Merged)?;
        put::change(table, row, column, as_kind(source, table.columns[first].kind, table.columns[column].kind))
    };
    onto.open(table).filter_map(change).collect()
}

/// The area that a fill reaching as far as a cell covers: down where the cell is below, as rows are what a plan has many of, else to
/// the right; `None` where it is within.
#[must_use]
pub fn reach(area: &Area, target: (usize, usize)) -> Option<Area> {
    if target.0 >= area.rows.end {
        Some(Area { rows: area.rows.start..target.0 + 1, columns: area.columns.clone() })
    } else if target.1 >= area.columns.end {
        Some(Area { rows: area.rows.clone(), columns: area.columns.start..target.1 + 1 })
    } else {
        None
    }
}

/// Carries an area on as far as a cell below or to the right of it; also the area it then is.
#[must_use]
pub fn to(table: &Table, area: &Area, target: (usize, usize)) -> Option<(Vec<Change>, Area)> {
    let whole = reach(area, target)?;
    let changes = if whole.rows.end > area.rows.end { on_down(table, area, &whole) } else { on_right(table, area, &whole) };
    Some((changes, whole))
}

fn on_down(table: &Table, area: &Area, whole: &Area) -> Vec<Change> {
    let mut changes = Vec::new();
    for column in whole.columns.clone() {
        let of = |rows: std::ops::Range<usize>| Area { rows, columns: column..column + 1 };
        let sources: Vec<&Cell> = of(area.rows.clone()).open(table).filter_map(|(row, column)| cell_at(table, row, column)).collect();
        for (ahead, (row, column)) in of(area.rows.end..whole.rows.end).open(table).enumerate() {
            changes.extend(continued(&sources, ahead).and_then(|cell| put::change(table, row, column, cell)));
        }
    }
    changes
}

fn on_right(table: &Table, area: &Area, whole: &Area) -> Vec<Change> {
    let mut changes = Vec::new();
    let kind = |column: usize| table.columns[column].kind;
    let of_one_kind = whole.columns.clone().all(|column| kind(column) == kind(area.columns.start));
    for row in whole.lines(table) {
        let sources: Vec<&Cell> = area.columns.clone().filter_map(|column| cell_at(table, row, column)).collect();
        let onto = Area { rows: row..row + 1, columns: area.columns.end..whole.columns.end };
        for (ahead, (row, column)) in onto.open(table).enumerate() {
            let from = area.columns.start + ahead % area.columns.len();
            let source = cell_at(table, row, from).filter(|cell| cell.value != Value::Merged);
            let cell = if of_one_kind { continued(&sources, ahead) } else { source.map(|cell| as_kind(cell, kind(from), kind(column))) };
            changes.extend(cell.and_then(|cell| put::change(table, row, column, cell)));
        }
    }
    changes
}

/// The cell that comes some places after others: the next of a series of dates or numbers, else theirs over again.
fn continued(sources: &[&Cell], ahead: usize) -> Option<Cell> {
    let again = sources.get(ahead % sources.len().max(1)).map(|cell| copied(cell));
    let [.., before, last] = sources else { return again };
    let steady = |next: &dyn Fn(&Cell, &Cell, i32) -> Option<Cell>| {
        let keeps = sources.windows(3).all(|three| next(three[0], three[1], 1).is_some_and(|cell| cell.text == three[2].text));
        keeps.then(|| next(before, last, i32::try_from(ahead + 1).ok()?)).flatten()
    };
    steady(&|before, last, times| kinds::following(before, last, times)).or_else(|| steady(&number_after)).or(again)
}

/// The number that follows two others at the same distance, times over.
fn number_after(before: &Cell, last: &Cell, times: i32) -> Option<Cell> {
    let (a, b) = (before.amount()?, last.amount()?);
    let format = last.format.clone().filter(|_| before.format == last.format)?;
    // Without the noise of binary fractions: 0.1, 0.2, 0.3.
    let next = ((b + (b - a) * f64::from(times)) * 1e10).round() / 1e10;
    let value = match last.value {
        Value::Figure(Figure::Amount { unit, arrow: None, .. }) => Value::Figure(Figure::Amount { amount: next, unit, arrow: None }),
        Value::Number(_) => Value::Number(next),
        _ => return None,
    };
    Some(Cell { text: show_number(next, &format).into(), value, format: Some(format), formula: false })
}

/// A cell as copied elsewhere: its value, not the formula behind it.
fn copied(cell: &Cell) -> Cell {
    Cell { formula: false, ..cell.clone() }
}

/// A cell in a column of another kind is read as that column reads it.
fn as_kind(cell: &Cell, from: Kind, to: Kind) -> Cell {
    if from == to { copied(cell) } else { to.enter(&cell.text) }
}
