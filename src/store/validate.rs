//! Whether a document read from a file hangs together: unique ids, cells that fit the columns, numbers in bounds. Never drops a cell's text.

use std::collections::{HashMap, HashSet};

use crate::{
    model::{Cell, ColumnId, Document, Field, Figure, HighestId, RowId, Scale, Table, TableId, Value, When, in_pieces},
    notes::{Note, standing},
};

/// Above this number of an id, all are numbered anew, so that there is always room for the next one.
const HIGHEST_ID: u32 = 1 << 31;

/// The first years a financial year can have, so that its dates are within the calendar.
const YEARS: std::ops::RangeInclusive<i16> = 0..=9998;

/// The widest a column can be, in points.
const WIDEST: f32 = 4000.0;

/// Pads short rows, bounds widths, and lets go what belongs to rows that are gone; says what does not hang together where it cannot be made to.
pub(super) fn make_sound(document: &mut Document, notes: &mut Vec<Note>) -> Result<(), String> {
    unique(document.tables.iter().map(|table| table.id.0), "tables", "of the file")?;
    document.tables.iter_mut().try_for_each(table_sound)?;
    // Older versions kept the remarks, rules and notes of rows that were deleted, and gave their ids again.
    for table in &mut document.tables {
        let held: HashSet<RowId> = table.rows.iter().map(|row| row.id).collect();
        let gone = table.remarks.iter().map(|remark| remark.row).chain(table.rules.keys().copied()).filter(|row| !held.contains(row));
        let noted = notes.iter().filter(|note| note.place.table == Some(table.id)).filter_map(|note| note.place.row);
        let gone = gone.chain(noted.filter(|row| !held.contains(row))).map(|row| row.0);
        table.given_rows.raise(gone.filter(|row| *row <= HIGHEST_ID).max().unwrap_or(0));
        table.remarks.retain(|remark| held.contains(&remark.row));
        table.rules.retain(|row, _| held.contains(row));
    }
    let mut stands = vec![false; notes.len()];
    standing(document, notes).for_each(|(at, _)| stands[at] = true);
    let mut stands = stands.into_iter();
    notes.retain(|_| stands.next().unwrap_or(true));
    if highest_id(document) > HIGHEST_ID {
        number_anew(document, notes);
    }
    Ok(())
}

fn highest_id(document: &Document) -> u32 {
    let of_table = |table: &Table| {
        let rows = table.rows.iter().map(|row| row.id.0).chain([table.given_rows.number(), table.given_columns.number(), table.id.0]);
        rows.chain(table.columns.iter().map(|column| column.id.0)).max()
    };
    document.tables.iter().filter_map(of_table).fold(document.given_tables.number(), u32::max)
}

/// A table's new id, and those of its rows and columns by their old ones.
type Renamed = (TableId, HashMap<RowId, RowId>, HashMap<ColumnId, ColumnId>);

/// Numbers tables, columns and rows from 1 in their order, and what speaks of them with them.
fn number_anew(document: &mut Document, notes: &mut [Note]) {
    document.given_tables = HighestId::default();
    let mut tables: HashMap<TableId, Renamed> = HashMap::new();
    for (table, id) in document.tables.iter_mut().zip((1..).map(TableId)) {
        (table.given_rows, table.given_columns) = (HighestId::default(), HighestId::default());
        let rows: HashMap<RowId, RowId> =
            table.rows.iter_mut().zip(1..).map(|(row, id)| (std::mem::replace(&mut row.id, RowId(id)), RowId(id))).collect();
        let columns: HashMap<ColumnId, ColumnId> =
            table.columns.iter_mut().zip(1..).map(|(column, id)| (std::mem::replace(&mut column.id, ColumnId(id)), ColumnId(id))).collect();
        table.rules = std::mem::take(&mut table.rules).into_iter().filter_map(|(row, rule)| Some((*rows.get(&row)?, rule))).collect();
        for remark in &mut table.remarks {
            remark.row = rows.get(&remark.row).copied().unwrap_or_default();
            remark.column = columns.get(&remark.column).copied().unwrap_or_default();
        }
        tables.insert(std::mem::replace(&mut table.id, id), (id, rows, columns));
    }
    for place in notes.iter_mut().flat_map(Note::places_mut) {
        let Some((table, rows, columns)) = place.table.and_then(|table| tables.get(&table)) else { continue };
        place.table = Some(*table);
        place.row = place.row.and_then(|row| rows.get(&row).copied());
        place.column = place.column.and_then(|column| columns.get(&column).copied());
    }
}

/// The document with numbers that JSON cannot hold as plain text; `None` when there are none.
pub(super) fn without_odd_numbers(document: &Document) -> Option<Document> {
    let odd_width = |table: &Table| table.columns.iter().any(|column| !column.width.is_finite());
    let odd_rule = |table: &Table| table.rules.values().any(|rule| !rule.tolerance.is_finite());
    if !document.tables.iter().any(|table| holds_odd(table) || odd_width(table) || odd_rule(table)) {
        return None;
    }
    let mut copy = document.clone();
    for table in &mut copy.tables {
        table.rules.retain(|_, rule| rule.tolerance.is_finite());
        table.columns.iter_mut().for_each(|column| bound_width(&mut column.width));
        for cell in cells_mut(table).filter(|cell| is_odd(cell)) {
            *cell = Cell::text(std::mem::take(&mut cell.text));
        }
    }
    Some(copy)
}

fn table_sound(table: &mut Table) -> Result<(), String> {
    let of_table = format!("of the table “{}”", table.name);
    unique(table.columns.iter().map(|column| column.id.0), "columns", &of_table)?;
    unique(table.rows.iter().map(|row| row.id.0), "rows", &of_table)?;
    table.columns.iter_mut().for_each(|column| bound_width(&mut column.width));
    // A scale of thousands of words is none, and would be looked through for each cell.
    table.columns.iter_mut().for_each(|column| column.scale = Scale::of(column.scale.steps().iter().cloned()));
    let width = table.columns.len();
    if let Some((row, number)) = table.rows.iter().zip(1..).find(|(row, _)| row.cells.len() > width) {
        return Err(format!("row {number} {of_table} has {} cells for {width} columns", row.cells.len()));
    }
    for row in table.rows.iter_mut() {
        // A row of labelled words has no cells; every other row has one for each column.
        if row.fields.is_empty() || !row.cells.is_empty() {
            row.cells.resize_with(width, Cell::default);
        }
    }
    let late = cells(table).find_map(|cell| match cell.value {
        Value::When(When::FinancialYear(first)) if !YEARS.contains(&first) => Some(first),
        _ => None,
    });
    late.map_or(Ok(()), |year| Err(format!("a date {of_table} is in the year {year}, which no calendar has")))
}

fn unique(ids: impl Iterator<Item = u32>, what: &str, whose: &str) -> Result<(), String> {
    let mut known = HashSet::new();
    for id in ids {
        if !known.insert(id) {
            return Err(format!("two {what} {whose} have the number {id}"));
        }
    }
    Ok(())
}

fn bound_width(width: &mut f32) {
    *width = if width.is_finite() { width.clamp(0.0, WIDEST) } else { WIDEST };
}

fn is_odd(cell: &Cell) -> bool {
    match cell.value {
        Value::Number(number) | Value::Figure(Figure::Amount { amount: number, .. } | Figure::Limit { amount: number, .. }) => {
            !number.is_finite()
        }
        Value::Figure(Figure::Range { low, high, .. }) => !(low.is_finite() && high.is_finite()),
        Value::Blank | Value::Merged | Value::Text | Value::When(_) | Value::Status(_) => false,
        Value::Figure(Figure::Direction(_) | Figure::New | Figure::Several) => false,
    }
}

/// Whether any cell of a table holds an odd number.
fn holds_odd(table: &Table) -> bool {
    let in_rows = in_pieces(table.rows.len(), |rows| {
        rows.map(|at| &table.rows[at]).any(|row| row.cells.iter().chain(row.fields.iter().map(|field| &field.cell)).any(is_odd))
    });
    above(table).any(|field| is_odd(&field.cell)) || in_rows.contains(&true)
}

/// The labelled values of a table outside its rows.
fn above(table: &Table) -> impl Iterator<Item = &Field> {
    table.title.iter().chain(&table.fields).chain(table.summary.iter().flat_map(|summary| &summary.lines))
}

/// Every cell of a table: of its rows, its header and its summary.
fn cells(table: &Table) -> impl Iterator<Item = &Cell> {
    let fields = above(table).chain(table.rows.iter().flat_map(|row| &row.fields)).map(|field: &Field| &field.cell);
    fields.chain(table.rows.iter().flat_map(|row| &row.cells))
}

fn cells_mut(table: &mut Table) -> impl Iterator<Item = &mut Cell> {
    let head = table.title.iter_mut().chain(&mut table.fields).chain(table.summary.iter_mut().flat_map(|summary| &mut summary.lines));
    let in_rows = table.rows.iter_mut().flat_map(|row| row.fields.iter_mut().map(|field| &mut field.cell).chain(&mut row.cells));
    head.map(|field| &mut field.cell).chain(in_rows)
}
