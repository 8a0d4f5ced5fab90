//! What the guidance advises beside the essentials. A workbook that does otherwise can still be published.

use super::{
    Check, Faults, Standing,
    facts::{Facts, SheetFacts},
    looks::NO_FILL,
};
use crate::model::{excel::LONGEST_SHEET_NAME, place_of};

/// The smallest letters of a body and of a title, in points.
const LEAST_SIZE: f64 = 10.0;
const LEAST_TITLE: f64 = 12.0;
/// The widest a column is sensibly made, in characters.
const WIDEST: f64 = 100.0;
/// What the program calls tables that nobody named.
const UNNAMED: &str = "table";

/// Every one.
pub(super) const ALL: [Check; 9] = [
    ("Tables have names that say what they hold", named_tables),
    ("No filters and no frozen panes", no_filters),
    ("No rows, columns or sheets are hidden", nothing_hidden),
    ("No cells are filled with colours", no_fills),
    ("No macros", no_macros),
    ("Columns are of a sensible width", widths),
    ("One table a sheet, with nothing below it", one_table),
    ("Names of sheets have at most 31 characters", short_names),
    ("Letters are of 10 points or more, and titles of 12 or more", sizes),
];

fn of_sheets(facts: &Facts, what: &str, is: impl Fn(&SheetFacts) -> bool) -> Standing {
    facts.sheets.iter().filter(|sheet| is(sheet)).map(|sheet| format!("{}: {what}", sheet.name)).collect::<Faults>().standing()
}

fn named_tables(facts: &Facts) -> Standing {
    let unnamed = |name: &str| {
        let lower = name.to_lowercase();
        lower.is_empty() || lower.strip_prefix(UNNAMED).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    of_sheets(facts, "its table has no name of its own", |sheet| sheet.tables.iter().any(|table| unnamed(&table.name)))
}

fn no_filters(facts: &Facts) -> Standing {
    of_sheets(facts, "it has a filter or frozen panes", |sheet| {
        sheet.filter || sheet.frozen || sheet.tables.iter().any(|table| table.filter)
    })
}

fn nothing_hidden(facts: &Facts) -> Standing {
    of_sheets(facts, "it is hidden, or rows or columns of it are", |sheet| {
        sheet.hidden || sheet.hidden_columns || sheet.rows.iter().any(|row| row.hidden)
    })
}

fn no_fills(facts: &Facts) -> Standing {
    of_sheets(facts, "some of its cells are filled", |sheet| sheet.cells().any(|(_, cell)| facts.looks.of(cell.look).fill != NO_FILL))
}

fn no_macros(facts: &Facts) -> Standing {
    if facts.macros { Standing::NotMet(vec!["The workbook has macros".to_owned()]) } else { Standing::Met }
}

fn widths(facts: &Facts) -> Standing {
    of_sheets(facts, "a column is wider than 100 characters", |sheet| {
        let last = sheet.rows.iter().filter_map(|row| Some(row.cells.last()?.column)).max();
        last.is_some_and(|last| (0..=last).any(|column| sheet.width(column) > WIDEST))
    })
}

fn one_table(facts: &Facts) -> Standing {
    of_sheets(facts, "it has several tables, or something below one", |sheet| {
        let end = sheet.tables.iter().filter_map(|table| Some(table.area?.last.0)).max();
        let below = |end: u32| sheet.cells().any(|(row, cell)| row > end && facts.is_filled(cell));
        sheet.tables.len() > 1 || end.is_some_and(below)
    })
}

fn short_names(facts: &Facts) -> Standing {
    of_sheets(facts, "its name is longer", |sheet| sheet.name.encode_utf16().count() > LONGEST_SHEET_NAME)
}

fn sizes(facts: &Facts) -> Standing {
    let mut faults = Faults::default();
    for sheet in &facts.sheets {
        for (row, cell) in sheet.cells().filter(|(_, cell)| facts.is_filled(cell)) {
            let least = if (row, cell.column) == (0, 0) { LEAST_TITLE } else { LEAST_SIZE };
            let size = facts.looks.of(cell.look).size;
            if size < least {
                faults.add(format!("{}: its letters are of {size} points", place_of(&sheet.name, row, cell.column.into())));
                break;
            }
        }
    }
    faults.standing()
}
