//! One file per import layout: recognise a sheet, read it into tables. What no layout takes becomes a note, never nothing.

mod columns;
mod cover;
mod headings;
mod history;
mod kpi;
mod plan;
mod preamble;
mod register;
mod rules;

use crate::{
    model::{Table, TableId},
    notes::{Note, Place, Severity},
    workbook::Grid,
};

/// One way owners lay a sheet out.
#[derive(Debug)]
pub struct Layout {
    /// For tests and messages.
    pub name: &'static str,
    /// Whether the sheet is laid out this way.
    pub recognise: fn(&Grid) -> bool,
    /// Takes the cells it understands out of the sheet, as tables.
    pub read: fn(&mut Grid) -> Vec<Table>,
}

/// Every layout; at most one recognises a sheet.
pub const ALL: &[Layout] = &[plan::LAYOUT, kpi::LAYOUT, history::LAYOUT, register::LAYOUT];

/// Reads the sheets of a workbook. Every filled cell ends in a table or in a note.
#[must_use]
pub fn read_workbook(grids: Vec<Grid>) -> (Vec<Table>, Vec<Note>) {
    let (mut tables, mut notes): (Vec<Table>, Vec<Note>) = (Vec::new(), Vec::new());
    // What a return adds says something of the tables, so it is read after them.
    let (added, grids): (Vec<Grid>, Vec<Grid>) = grids.into_iter().partition(|grid| cover::recognise(grid) || rules::recognise(grid));
    for mut grid in grids {
        let mut read = read_sheet(&mut grid);
        name_tables(&mut read, &grid.sheet);
        tables.append(&mut read);
        notes.extend(left_over(&grid));
    }
    for mut grid in added {
        if cover::recognise(&grid) {
            cover::read(&mut grid, &mut tables);
        } else {
            rules::read(&mut grid, &mut tables);
        }
        notes.extend(left_over(&grid));
    }
    for (table, id) in tables.iter_mut().zip(1..) {
        table.id = TableId(id);
    }
    (tables, notes)
}

/// Reads the tables of one sheet: the one its layout names, then any other that still stands in what is left.
fn read_sheet(grid: &mut Grid) -> Vec<Table> {
    let mut tables = Vec::new();
    for layout in ALL {
        let keeps_rest = layout.name == register::LAYOUT.name && !tables.is_empty();
        if !keeps_rest && (layout.recognise)(grid) {
            tables.append(&mut (layout.read)(grid));
            grid.rows.retain(|row| !row.is_blank());
        }
    }
    tables
}

/// A sheet's only table is called as the sheet; one of several by its banner.
fn name_tables(tables: &mut [Table], sheet: &str) {
    let several = tables.len() > 1;
    for (table, number) in tables.iter_mut().zip(1..) {
        let banner = table.title.as_ref().filter(|_| several).map(|title| title.cell.text.to_string());
        table.name = banner.unwrap_or_else(|| if number == 1 { sheet.to_owned() } else { format!("{sheet} {number}") });
        sheet.clone_into(&mut table.sheet);
    }
}

/// A note for each row with cells that no layout took.
fn left_over(grid: &Grid) -> Vec<Note> {
    let rows = grid.rows.iter().filter_map(|row| row.first().map(|first| (row, first)));
    rows.map(|(row, first)| {
        let texts: Vec<&str> = row.cells.iter().map(|cell| &*cell.text).collect();
        let message = format!("Stands outside the tables: “{}”.", texts.join(" | "));
        let hint = "It is kept in this note only; move it into a table in Excel if it belongs there.";
        Note::new(Severity::Info, "outside_tables", Place::address(grid.place(row.row, first.column)), message, hint)
    })
    .collect()
}
