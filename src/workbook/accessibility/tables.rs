//! The essentials that are about tables: marked, whole, with one header row, wrapped, without unexplained blanks, at the left edge.

use std::collections::{HashMap, HashSet};

use super::{
    Faults, Standing,
    facts::{CellFacts, Facts, Placed, SheetFacts, TableFacts, holds},
};
use crate::{model::place_of, workbook::Merge};

/// The shorthand that the Government Analysis Function has agreed for data in tables.
const SHORTHAND: [&str; 11] = ["[b]", "[c]", "[e]", "[f]", "[low]", "[p]", "[r]", "[u]", "[w]", "[x]", "[z]"];

/// Each table with its sheet and its area.
fn all(facts: &Facts) -> impl Iterator<Item = (&SheetFacts, &TableFacts, Merge)> {
    facts.sheets.iter().flat_map(|sheet| sheet.tables.iter().filter_map(move |table| Some((sheet, table, table.area?))))
}

/// The first row below the headings.
fn body_row(table: &TableFacts, area: &Merge) -> u32 {
    area.first.0.saturating_add(table.headers)
}

/// The text in a cell; empty where there is none.
fn text_at<'facts>(facts: &'facts Facts, sheet: &'facts SheetFacts, row: u32, column: u16) -> &'facts str {
    sheet.cell(row, column).map_or("", |cell| facts.text(cell).trim())
}

pub(super) fn marked(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        for row in &sheet.rows {
            let outside = |cell: &&CellFacts| facts.is_filled(cell) && sheet.table_at(row.row, cell.column).is_none();
            let mut cells = row.cells.iter().filter(outside);
            if let (Some(first), Some(_)) = (cells.next(), cells.next()) {
                faults.add(format!("{}: its row has several cells and is in no marked table", at(sheet, row.row, first)));
            }
        }
        if sheet.tables.is_empty() && sheet.rows.iter().flat_map(|row| &row.cells).any(|cell| facts.is_filled(cell)) {
            faults.add(format!("{}: no table is marked on it", sheet.name));
        }
    }
    faults.standing()
}

pub(super) fn unmerged(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        for area in &sheet.merges {
            faults.add(format!("{}: its cells are merged", place_of(&sheet.name, area.first.0, area.first.1.into())));
        }
        let areas: Vec<Merge> = sheet.tables.iter().filter_map(|table| table.area).collect();
        for (number, area) in areas.iter().enumerate() {
            if areas[..number].iter().any(|other| meet(area, other)) {
                faults.add(format!("{}: a table within another", place_of(&sheet.name, area.first.0, area.first.1.into())));
            }
        }
    }
    faults.standing()
}

pub(super) fn without_gaps(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for (sheet, table, area) in all(facts) {
        let mut filled = HashSet::new();
        let mut next = area.first.0;
        let mut gap = |from: u32, to: u32| {
            if from < to {
                let rows = if to - from == 1 { "a blank row".to_owned() } else { format!("{} blank rows", to - from) };
                faults.add(format!("{}: {rows} within the table", place_of(&sheet.name, from, area.first.1.into())));
            }
        };
        for row in sheet.rows.iter().filter(|row| (area.first.0..=area.last.0).contains(&row.row)) {
            let inside = |cell: &&CellFacts| holds(&area, row.row, cell.column) && facts.is_filled(cell);
            let mut any = false;
            for cell in row.cells.iter().filter(inside) {
                any = true;
                if row.row >= body_row(table, &area) {
                    filled.insert(cell.column);
                }
            }
            if any {
                gap(next, row.row);
                next = row.row + 1;
            }
        }
        gap(next, area.last.0.saturating_add(1));
        for column in (area.first.1..=area.last.1).filter(|column| !filled.contains(column)) {
            faults.add(format!("{}: a blank column of the table", place_of(&sheet.name, area.first.0, column.into())));
        }
    }
    faults.standing()
}

pub(super) fn one_header(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for (sheet, table, area) in all(facts) {
        let place = |column: u16| place_of(&sheet.name, area.first.0, column.into());
        if table.headers != 1 {
            faults.add(format!("{}: the table has {} header rows marked", place(area.first.1), table.headers));
            continue;
        }
        let mut seen = HashSet::new();
        let headings: Vec<&str> = (area.first.1..=area.last.1).map(|column| text_at(facts, sheet, area.first.0, column)).collect();
        for ((column, heading), name) in (area.first.1..).zip(&headings).zip(&table.columns) {
            if heading.is_empty() {
                faults.add(format!("{}: a heading is blank", place(column)));
            } else if !seen.insert(heading.to_lowercase()) {
                faults.add(format!("{}: the heading “{heading}” is there twice", place(column)));
            } else if !heading.split_whitespace().eq(name.split_whitespace()) {
                faults.add(format!("{}: the table is marked with another heading than “{heading}”", place(column)));
            }
        }
        for row in body_row(table, &area)..=area.last.0.min(last_row(sheet)) {
            let mut cells = (area.first.1..).zip(&headings);
            if headings.len() > 1 && cells.all(|(column, heading)| text_at(facts, sheet, row, column) == *heading) {
                faults.add(format!("{}: the header row is repeated", place_of(&sheet.name, row, area.first.1.into())));
            }
        }
    }
    faults.standing()
}

pub(super) fn wrapped(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        let mut widths: HashMap<u16, f64> = HashMap::new();
        for (row, cell) in sheet.cells().filter(|(_, cell)| !cell.is_number && !facts.looks.of(cell.look).wrap) {
            let width = *widths.entry(cell.column).or_insert_with(|| sheet.width(cell.column));
            let text = facts.text(cell);
            if text.contains('\n') || text.chars().count() as f64 > width {
                faults.add(format!("{}: its text is wider than its column and not wrapped", at(sheet, row, cell)));
            }
        }
    }
    faults.standing()
}

pub(super) fn no_unexplained_blank(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    let mut used: HashSet<&str> = HashSet::new();
    for (sheet, table, area) in all(facts) {
        let explained = outside(facts, sheet).any(|text| text.to_lowercase().contains("blank"));
        for row in body_row(table, &area)..=area.last.0.min(last_row(sheet)) {
            for column in area.first.1..=area.last.1 {
                match text_at(facts, sheet, row, column) {
                    "" if !explained => {
                        faults.add(format!("{}: it is blank, and nothing says why", place_of(&sheet.name, row, column.into())));
                    }
                    text if SHORTHAND.contains(&text) && !is_list_of_shorthand(table) => {
                        used.insert(text);
                    }
                    _ => {}
                }
            }
        }
    }
    let listed = |shorthand: &str| {
        all(facts).filter(|(_, table, _)| is_list_of_shorthand(table)).any(|(sheet, table, area)| {
            (body_row(table, &area)..=area.last.0.min(last_row(sheet))).any(|row| {
                text_at(facts, sheet, row, area.first.1) == shorthand && !text_at(facts, sheet, row, area.first.1 + 1).is_empty()
            })
        })
    };
    let mut unexplained: Vec<&str> = used.into_iter().filter(|shorthand| !listed(shorthand)).collect();
    unexplained.sort_unstable();
    for shorthand in unexplained {
        faults.add(format!("the shorthand {shorthand} is explained in no table"));
    }
    faults.standing()
}

pub(super) fn first_column_used(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in facts.sheets.iter().filter(|sheet| sheet.cells().any(|(_, cell)| facts.is_filled(cell))) {
        if sheet.first_hidden {
            faults.add(format!("{}: its column A is hidden", sheet.name));
        }
        if !sheet.cells().any(|(_, cell)| cell.column == 0 && facts.is_filled(cell)) {
            faults.add(format!("{}: its column A is blank", sheet.name));
        }
    }
    for (sheet, table, area) in all(facts).filter(|(_, _, area)| area.first.1 == 0) {
        let rows = sheet.rows.iter().filter(|row| (body_row(table, &area)..=area.last.0).contains(&row.row));
        for row in rows.filter(|row| row.cells.iter().any(|cell| facts.is_filled(cell))) {
            if text_at(facts, sheet, row.row, 0).is_empty() {
                faults.add(format!("{}: the first cell of the row is blank", place_of(&sheet.name, row.row, 0)));
            }
        }
    }
    faults.standing()
}

pub(super) fn at_left_edge(facts: &Facts) -> Standing {
    let away = all(facts).filter(|(_, _, area)| area.first.1 > 0);
    let faults: Faults = away
        .map(|(sheet, _, area)| {
            format!("{}: the table does not begin in column A", place_of(&sheet.name, area.first.0, area.first.1.into()))
        })
        .collect();
    faults.standing()
}

/// The texts of a sheet outside its tables.
fn outside<'facts>(facts: &'facts Facts, sheet: &'facts SheetFacts) -> impl Iterator<Item = &'facts str> {
    let cells = sheet.cells().filter(|(row, cell): &Placed<'_>| sheet.table_at(*row, cell.column).is_none());
    cells.map(|(_, cell)| facts.text(cell))
}

/// Whether a table says what shorthand stands for.
fn is_list_of_shorthand(table: &TableFacts) -> bool {
    table.columns.first().is_some_and(|heading| ["shorthand", "symbol"].iter().any(|word| heading.to_lowercase().contains(word)))
}

fn last_row(sheet: &SheetFacts) -> u32 {
    sheet.rows.last().map_or(0, |row| row.row)
}

fn at(sheet: &SheetFacts, row: u32, cell: &CellFacts) -> String {
    place_of(&sheet.name, row, cell.column.into())
}

fn meet(one: &Merge, other: &Merge) -> bool {
    let rows = one.first.0 <= other.last.0 && other.first.0 <= one.last.0;
    rows && one.first.1 <= other.last.1 && other.first.1 <= one.last.1
}
