//! Tests of recomputing as a whole, and the book that they share.

mod answers;
mod following;
mod hostile;

use super::*;

/// A cell from what a test writes: `=…` a formula without value, `#…` an error, `'…` text, TRUE and FALSE, a number, or text.
pub(super) fn cell(row: u32, column: u32, written: &str) -> SheetCell {
    let (formula, value) = match written {
        "TRUE" => (None, Stored::Truth(true)),
        "FALSE" => (None, Stored::Truth(false)),
        "" => (None, Stored::Blank),
        _ => match (written.strip_prefix('='), written.strip_prefix('\''), written.parse::<f64>()) {
            (Some(formula), _, _) => (Some(formula.to_string()), Stored::Blank),
            (_, Some(text), _) => (None, Stored::Text(text.to_string())),
            (_, _, Ok(number)) => (None, Stored::Number(number)),
            _ if written.starts_with('#') => (None, Stored::Error(written.to_string())),
            _ => (None, Stored::Text(written.to_string())),
        },
    };
    SheetCell { row, column, formula, fills: None, value }
}

/// A sheet from rows of cells parted by `|`.
pub(super) fn sheet(name: &str, rows: &[&str]) -> SheetCells {
    let mut cells = Vec::new();
    for (row, written) in (0..).zip(rows) {
        for (column, written) in (0..).zip(written.split('|')) {
            if !written.is_empty() {
                cells.push(cell(row, column, written));
            }
        }
    }
    SheetCells { name: name.to_string(), cells, hidden: Some(Vec::new()) }
}

/// A plan, a sheet to look things up on, and one with a table.
pub(super) fn plan() -> Book {
    Book {
        sheets: vec![
            sheet(
                "Plan",
                &[
                    "Ref|Action|Owner|Due|Status|Score|Note",
                    "1|Review lettings policy|Jane|45292|Green|10|",
                    "2|Repair roofs|jane|45323|Amber|20|'",
                    "3|Publish the plan*|Omar|45352|GREEN|30.5|x",
                    "4|Audit?|Li|tbc|Red|-5|TRUE",
                    "5|Train staff||45657|Complete||0",
                    "6|Close|Omar|45689|green|'7|#N/A",
                ],
            ),
            sheet("Look up's", &["Green|1|10", "Amber|2|20", "Red|3|30"]),
            sheet("Tab", &["Item|Cost (£)|Done?", "Bins|100|yes", "Parks|250.5|No", "Roads|49.5|YES", "Total|400|"]),
        ],
        names: vec![
            ("Statuses".into(), None, "Plan!$E$2:$E$7".into()),
            ("Target".into(), None, "0.2".into()),
            ("Here".into(), Some(0), "Plan!$F$2".into()),
            ("Here".into(), None, "Plan!$F$3".into()),
            ("Moving".into(), None, "OFFSET(Plan!$F$1,1,0,COUNT(Plan!$A:$A),1)".into()),
            ("Greens".into(), None, "COUNTIF(Statuses,\"green\")".into()),
        ],
        tables: vec![TableArea {
            name: "Actions".into(),
            sheet: 2,
            rows: (0, 4),
            columns: (0, 2),
            heading_rows: 1,
            total_rows: 1,
            headings: vec!["Item".into(), "Cost (£)".into(), "Done?".into()],
        }],
        date_1904: false,
        today: (2024, 6, 15),
    }
}

/// A formula's answer in cell J20 of the first sheet.
pub(super) fn answer(book: &Book, formula: &str) -> Result<Stored, String> {
    answer_in(book, formula, (0, 19, 9), false)
}

/// A formula's answer in a cell; `array` says that it is entered as an array formula.
pub(super) fn answer_in(book: &Book, formula: &str, place: (usize, u32, u32), array: bool) -> Result<Stored, String> {
    let (around, values) = (surroundings::Surroundings::new(book), values::Values::new(book));
    let tree = tree::read(formula, place, &around)?;
    let sheets = sheets::Sheets::new(&around, &values, values::Over::default(), Arc::default());
    evaluate::evaluate(&sheets, &tree, place, array)
}

/// Looks up what `recalculate` says of a cell of the first sheet.
pub(super) fn changed(recalculated: &Recalculated, row: u32, column: u32) -> Option<&Stored> {
    let found = recalculated.changed.iter().find(|found| (found.0, found.1, found.2) == (0, row, column));
    found.map(|found| &found.3)
}

/// The reason why a cell of the first sheet was kept.
pub(super) fn kept(recalculated: &Recalculated, row: u32, column: u32) -> Option<&str> {
    let found = recalculated.kept.iter().find(|found| (found.0, found.1, found.2) == (0, row, column));
    found.map(|found| found.3.as_str())
}
