//! Any bytes as a workbook with edits written into it; the last 32 of them draw the edits. What opened before opens after.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plandesk::workbook::{
    self,
    patch::{Allowed, CellEdit, NewContent, NewOrder, PlacedRow, SheetEdits, patch},
};

/// How many bytes at the end draw the edits.
const DRAWN: usize = 32;

fn content(drawn: &mut impl Iterator<Item = u8>) -> NewContent {
    let mut next = || drawn.next().unwrap_or(0);
    match next() % 4 {
        0 => NewContent::Blank,
        1 => NewContent::Truth(true),
        2 => NewContent::Number {
            number: f64::from(next()) * 250.25,
            format: ["0%", "dd/mm/yyyy", "General"][usize::from(next() % 3)].into(),
        },
        _ => NewContent::Text(format!("Seen & <agreed>\n{}", char::from(next()))),
    }
}

fn order(drawn: &mut impl Iterator<Item = u8>) -> NewOrder {
    let mut next = || u32::from(drawn.next().unwrap_or(0));
    let (first, count) = (next() % 16, 1 + next() % 8);
    let mut rows = Vec::new();
    for row in first..first + count {
        match next() % 6 {
            0 => {}
            1 => rows.extend([PlacedRow::Old(row), PlacedRow::New { like: row }]),
            2 => rows.insert(0, PlacedRow::Old(row)),
            3 => rows.extend([PlacedRow::Old(row), PlacedRow::Copy { of: row, columns: (0, 6) }]),
            _ => rows.push(PlacedRow::Old(row)),
        }
    }
    NewOrder { first, count, rows }
}

// A panic inside a library that reads a workbook is caught by the program, and is no find.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    let (bytes, drawn) = bytes.split_at(bytes.len().saturating_sub(DRAWN));
    let mut drawn = drawn.iter().copied();
    let before = workbook::open("fuzzed.xlsx", bytes, &|_| true);
    let sheets: Vec<String> = before.iter().flat_map(|(grids, _)| grids).map(|grid| grid.sheet.clone()).collect();
    let at = usize::from(drawn.next().unwrap_or(0));
    let sheet = sheets.get(at % sheets.len().max(1)).cloned().unwrap_or_else(|| "Sheet1".to_owned());
    let which = drawn.next().unwrap_or(0) % 4;
    let rows = (which % 2 == 0).then(|| order(&mut drawn));
    let columns = (which > 1).then(|| order(&mut drawn));
    let mut cells: Vec<CellEdit> = (0..3)
        .map(|_| {
            let (row, column) = (u32::from(drawn.next().unwrap_or(0) % 32), u32::from(drawn.next().unwrap_or(0) % 12));
            CellEdit { row, column, content: content(&mut drawn), before: None, paint: None, like: None, label: None }
        })
        .collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    let edits = [SheetEdits { sheet, cells, rows, columns }];
    let allowed = Allowed { signed: true, formulas: true, ..Allowed::default() };
    if let Ok(patched) = patch(bytes, &edits, allowed, &|| true) {
        let after = workbook::open("fuzzed.xlsx", &patched.bytes, &|_| true);
        assert!(before.is_err() || after.is_ok(), "{:?}", after.err());
    }
});
