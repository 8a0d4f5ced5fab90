//! One table out of its sheet by its outline: what stands above it, its columns, rows, colours and attached notes.

use std::{collections::HashMap, panic::resume_unwind, thread};

use super::{
    Accounted, across,
    colours::{Colours, by_colour, colour_word},
    columns, date_order, decimal_comma, hidden,
    neighbours::Aside,
    outline::Outline,
    painted::Painted,
    preamble, rows,
    scales::WordColours,
    scores,
    status_signs::Signs,
};
use crate::{
    model::{Cell, Column, Remark, Role, Row, RowId, Status, Table, TableKind, Value, kinds::Kind},
    notes::{Code, Note, Place, Severity},
    workbook::RawSheet,
};

/// From how many rows on a sheet is looked over by two threads.
const MANY_ROWS: usize = 10_000;

/// A table that was taken out of its sheet.
pub(super) struct Read {
    pub table: Table,
    /// The colours of the words of its statuses.
    pub word_colours: WordColours,
    pub notes: Vec<Note>,
    /// The sheet rows within it that are none of its rows, and why.
    pub asides: HashMap<u32, Aside>,
}

/// Takes a table out of its sheet. `beside` when another table shares its rows.
pub(super) fn read(grid: &mut RawSheet, outline: &Outline, beside: bool, colours: &Colours, accounted: &mut Accounted) -> Read {
    let before = grid.filled();
    let reach = if beside { (outline.first.1, outline.last.1) } else { (0, u16::MAX) };
    let above = grid.rows.partition_point(|row| row.row < outline.above)..grid.rows.partition_point(|row| row.row < outline.first.0);
    let preamble = preamble::read(grid, above, reach);
    let in_preamble = before - grid.filled();
    if !outline.turned.is_empty() && outline.kind == TableKind::Kpi {
        accounted.in_fields += in_preamble;
        let mut held = read_turned(grid, outline, colours, accounted);
        (held.table.title, held.table.fields, held.table.summary) = (preamble.title, preamble.fields, preamble.summary);
        return held;
    }
    let columns = columns::columns(grid, outline);
    let ((fills, signs), known) = look_over(grid, outline, &columns);
    let rows::Taken { rows, in_fields: in_sections, asides } = rows::read(grid, outline, &columns, known);
    let taken = before - grid.filled();
    accounted.in_fields += in_preamble + in_sections;
    accounted.in_tables += taken - in_preamble - in_sections;
    let mut table = Table {
        title: preamble.title,
        fields: preamble.fields,
        summary: preamble.summary,
        sheet: outline.sheet.clone(),
        turned: grid.turned,
        heading_row: outline.header.map_or(0, |(_, last)| last + 1),
        ..Table::new(outline.kind, columns, rows)
    };
    let mut notes = Vec::new();
    let word_colours = WordColours::of(&table, &fills.status);
    read_colours(&mut table, grid, outline, colours, &fills, &mut notes);
    signs.read(&mut table, grid, outline, colours, &mut notes);
    date_order::settle(&mut table, &grid.sheet, &mut notes);
    decimal_comma::settle(&mut table);
    scores::settle(&mut table);
    attach(&mut table, grid);
    hidden::mark(&mut table, grid);
    notes.extend(hidden::notes(&table, grid));
    notes.extend(across::kept_note(&table));
    Read { table, word_colours, notes, asides }
}

/// What is seen of a table before its rows are taken out: the colours and signs of its cells, and what its rows are by those around them.
fn look_over(grid: &RawSheet, outline: &Outline, columns: &[Column]) -> ((Fills, Signs), rows::Known) {
    let colours = || (Fills::of(grid, outline), Signs::of(grid, outline));
    let known = || rows::Known::of(grid, outline, columns);
    if grid.rows.len() < MANY_ROWS {
        return (colours(), known());
    }
    thread::scope(|scope| {
        let colours = scope.spawn(colours);
        let known = known();
        (colours.join().unwrap_or_else(|fault| resume_unwind(fault)), known)
    })
}

/// Takes a table that lies on its side out of its sheet.
fn read_turned(grid: &mut RawSheet, outline: &Outline, colours: &Colours, accounted: &mut Accounted) -> Read {
    let (mut block, upright) = across::take(grid, outline);
    let mut held = read(&mut block, &upright, false, colours, accounted);
    grid.put_back(block);
    held.notes.push(across::turned_note(&held.table, outline, grid));
    // They are by the rows of the block.
    held.asides.clear();
    held
}

/// The colours of a table's filled cells that may mean something.
#[derive(Debug, Default)]
struct Fills {
    /// Behind the names of its rows, as of column 0.
    ground: Painted,
    /// Of the columns of statuses and ratings.
    status: Painted,
}

impl Fills {
    fn of(grid: &RawSheet, outline: &Outline) -> Self {
        let name = rows::name_column(outline);
        let statuses = outline.columns.iter().filter(|heading| matches!(heading.role, Some(Role::Status | Role::Rating)));
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

/// What the painted cells of a status column hold. Where most of them hold the words for a status, the words decide and a colour alone
/// says nothing: a status typed over another keeps the fill of the one before.
#[derive(Debug, Default)]
struct Coloured {
    worded: usize,
    wordless: usize,
}

impl Coloured {
    fn count(&mut self, cell: &Cell) {
        if states_in_words(cell) { self.worded += 1 } else { self.wordless += 1 }
    }

    /// Whether a colour alone is a status here.
    fn decides(&self) -> bool {
        self.wordless > self.worded
    }
}

/// Whether a cell states a status in words, or that it has none; a remark, a tick or a figure does not.
fn states_in_words(cell: &Cell) -> bool {
    cell.status().is_some() || Status::says_stopped(&cell.text)
}

/// Statuses that only the fill of a cell states, in the columns of statuses and ratings whose painted cells mostly state none in words. A cell
/// painted as the words of its row is striped, not rated. Colours that the words do not bear out are noted.
fn read_colours(table: &mut Table, grid: &RawSheet, outline: &Outline, colours: &Colours, fills: &Fills, notes: &mut Vec<Note>) {
    if table.kind == TableKind::History || (grid.painted.is_empty() && fills.status.0.is_empty()) {
        return;
    }
    let name = rows::name_column(outline);
    let painted = |row: u32, column: u16| {
        let at = grid.painted.binary_search_by_key(&(row, column), |painted| (painted.row, painted.column)).ok()?;
        Some(grid.painted[at].fill)
    };
    for at in 0..table.columns.len() {
        let Some(role @ (Role::Status | Role::Rating)) = table.columns[at].role else { continue };
        let place = table.columns[at].source as u16;
        if place == name {
            continue;
        }
        let meant = |row: &Row| {
            let (number, cell) = (row.source.checked_sub(1)?, row.cells.get(at)?);
            let fill = match cell.value {
                Value::Blank => painted(number, place)?,
                Value::Merged => return None,
                _ if table.kind != TableKind::Plan => return None,
                _ => fills.status.get(number, place)?,
            };
            let plain = |heading: &&super::Heading| !matches!(heading.role, Some(Role::Status | Role::Rating | Role::Period | Role::Trend));
            let striped = fills.ground.get(number, 0) == Some(fill)
                || (cell.is_blank() && outline.columns.iter().filter(plain).any(|heading| painted(number, heading.column) == Some(fill)));
            colours.status(fill).filter(|_| !striped)
        };
        let mut coloured = Coloured::default();
        let mut meanings = Vec::new();
        for (position, row) in table.rows.iter().enumerate().filter(|(_, row)| row.is_line()) {
            if let Some(status) = meant(row) {
                coloured.count(&row.cells[at]);
                // What has stopped keeps its words, and the colour of another status behind them is told.
                let said = row.cells[at].status();
                let untold = said.is_none_or(|said| said.is_stopped() && said != status);
                if untold && (role == Role::Status || row.cells[at].is_blank()) {
                    meanings.push((position, status));
                }
            }
        }
        if meanings.is_empty() {
            continue;
        }
        let first = Place::address(grid.place(table.rows[meanings[0].0].source - 1, place));
        if !coloured.decides() {
            notes.push(not_by_colour(table, at, &meanings, first));
            continue;
        }
        let mut read = 0;
        for &(position, status) in &meanings {
            let cell = &mut table.rows[position].cells[at];
            match role {
                // What stopped keeps its words, whatever it is painted in.
                _ if Status::says_stopped(&cell.text) => continue,
                _ if !cell.is_blank() => cell.value = Value::Status(status),
                Role::Status => *cell = Kind::Status.enter(status.word()),
                _ => *cell = Cell::text(colour_word(status)),
            }
            read += 1;
        }
        if read == 0 {
            continue;
        }
        notes.push(by_colour(&table.heading(at), read, "cell", first));
    }
}

/// How many cells a note names.
const NAMED: usize = 5;

/// The note on cells of a column of words whose colour says a status that their words do not.
fn not_by_colour(table: &Table, at: usize, meanings: &[(usize, Status)], first: Place) -> Note {
    let named: Vec<String> = meanings
        .iter()
        .take(NAMED)
        .map(|&(position, status)| {
            let row = &table.rows[position];
            let words = if row.cells[at].is_blank() { "nothing".to_owned() } else { format!("“{}”", row.cells[at].text) };
            format!("{} says {words} on the colour of {}", table.name_of(row), status.word())
        })
        .collect();
    let more = if meanings.len() > NAMED { format!(" and {} more", meanings.len() - NAMED) } else { String::new() };
    let message = format!("In “{}” the words count, not the colours they were typed over: {}{more}.", table.heading(at), named.join("; "));
    Note::new(Severity::Warning, Code::ColourNotWord, first, message, "Choose a status for each; the colour then follows it")
}

/// Gives notes attached to cells to the table where it has their cell; the others stay in the sheet.
fn attach(table: &mut Table, grid: &mut RawSheet) {
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
