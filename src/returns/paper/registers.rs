//! Any table on paper as it stands: as a table where its columns fit a page, otherwise row by row. Reads no roles but of words.

use super::looks::{plain, status_cell};
use crate::{
    model::{Role, Row as Line, RowKind, Table as Register, kinds::Kind},
    paper::{Block, Cell, Column, Row, Table, Width},
};

/// The most columns that stand side by side on a page.
const MOST: usize = 10;
/// A column whose texts are longer than this on average, in characters, shares the room that is left.
const WORDY: usize = 16;

/// The blocks of a table: all its filled columns and rows.
pub(super) fn blocks(register: &Register) -> Vec<Block> {
    let filled: Vec<usize> = (0..register.columns.len()).filter(|&at| is_filled(register, at)).collect();
    blocks_of(register, &filled, &|_| true)
}

/// The same of some of its columns, and of the rows that are shown.
pub(super) fn blocks_of(register: &Register, columns: &[usize], shows: &dyn Fn(&Line) -> bool) -> Vec<Block> {
    if columns.is_empty() {
        return vec![plain("There is no row in it.")];
    }
    let rows: Vec<&Line> = register.rows.iter().filter(|row| shows(row)).collect();
    let (columns, rows) = if columns.len() <= MOST { side_by_side(register, columns, &rows) } else { row_by_row(register, columns, &rows) };
    vec![Block::Table(Table { summary: format!("The table {}.", register.title()), columns, rows })]
}

fn is_filled(register: &Register, at: usize) -> bool {
    let cells = || register.rows.iter().filter_map(|row| row.cells.get(at));
    cells().any(|cell| !cell.is_blank()) || (register.rows.is_empty() && !register.columns[at].heading.is_empty())
}

fn side_by_side(register: &Register, filled: &[usize], shown: &[&Line]) -> (Vec<Column>, Vec<Row>) {
    let columns = filled.iter().enumerate().map(|(number, &at)| {
        let column = &register.columns[at];
        let cells = || register.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| !cell.is_blank());
        let count = cells().count().max(1);
        let average = cells().map(|cell| cell.text.chars().count()).sum::<usize>() / count;
        let width = if average > WORDY { Width::Share((average as f32).sqrt()) } else { Width::Fit };
        Column { heading: register.heading(at), width, side: column.kind.side(), names_row: number == 0 }
    });
    let rows = shown.iter().map(|row| match row.kind {
        RowKind::Section | RowKind::Group => Row::Band(band(row)),
        RowKind::Entry | RowKind::Line | RowKind::Total => Row::Cells(filled.iter().map(|&at| cell(register, row, at)).collect()),
    });
    (columns.collect(), rows.collect())
}

/// A band a row, and below it a line a filled cell.
fn row_by_row(register: &Register, filled: &[usize], shown: &[&Line]) -> (Vec<Column>, Vec<Row>) {
    let mut rows = Vec::new();
    for row in shown {
        if !row.is_line() && row.kind != RowKind::Total {
            rows.push(Row::Band(band(row)));
            continue;
        }
        rows.push(Row::Band(register.name_of(row)));
        let cells = filled.iter().filter(|at| row.cells.get(**at).is_some_and(|cell| !cell.is_blank()));
        rows.extend(cells.map(|&at| Row::Cells(vec![Cell::of(register.heading(at)), cell(register, row, at)])));
    }
    (vec![Column::shared("Column", 1.0).naming(), Column::shared("What it says", 3.0)], rows)
}

fn band(row: &Line) -> String {
    let fields = row.fields.iter().map(|field| &*field.cell.text);
    let texts = fields.chain(row.cells.iter().map(|cell| &*cell.text));
    texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn cell(register: &Register, row: &Line, at: usize) -> Cell {
    let Some(cell) = row.cells.get(at) else { return Cell::default() };
    let column = &register.columns[at];
    let states = column.kind == Kind::Status || column.role == Some(Role::Status);
    match cell.status().filter(|_| states && row.is_line()) {
        // Its owner's word, where it is not the program's.
        Some(status) if cell.text.trim().chars().count() > 3 => Cell { text: cell.text.to_string(), ..status_cell(status) },
        Some(status) => status_cell(status),
        None => Cell { text: cell.text.to_string(), strong: row.kind == RowKind::Total, ..Cell::default() },
    }
}
