//! Edits written into sound workbooks with bytes changed by chance: never a panic, and what is written opens again or was no workbook before.

use std::{panic::catch_unwind, path::Path, sync::Arc, time::Instant};

use plandesk::workbook::{
    self,
    patch::{Allowed, CellEdit, NewContent, NewOrder, Paint, PlacedRow, SheetEdits, patch},
};

use super::mutants::{Chance, mutated, with_part_mutated};

/// How many mutants are tried.
const MUTANTS: u64 = 400;

/// Workbooks, each with the names of its sheets.
fn seeds() -> Vec<(String, Vec<u8>, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    files.sort();
    let every = files.iter().step_by(4);
    every
        .map(|path| {
            let (name, bytes) = (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(path).unwrap());
            let (grids, _) = workbook::open(&name, &bytes, &|_| true).unwrap();
            (name, bytes, grids.into_iter().map(|grid| grid.sheet).collect())
        })
        .collect()
}

fn content(chance: &mut Chance) -> NewContent {
    match chance.below(4) {
        0 => NewContent::Blank,
        1 => NewContent::Truth(true),
        2 => NewContent::Number {
            number: chance.below(60_000) as f64 / 4.0,
            format: ["0%", "dd/mm/yyyy", "General"][chance.below(3)].into(),
        },
        _ => NewContent::Text("Seen & <agreed>\n\u{1}_x0041_".to_owned()),
    }
}

fn cell(chance: &mut Chance) -> CellEdit {
    let column = chance.below(10) as u32;
    let cells: Vec<(u32, u32, usize)> = (0..20).map(|row| (row, column, chance.below(3))).collect();
    CellEdit {
        row: chance.below(30) as u32,
        column,
        content: content(chance),
        before: ["", "1.1", "Complete"].get(chance.below(6)).map(|before| (*before).to_owned()),
        paint: (chance.below(2) == 0).then(|| Paint { cells: Arc::new(cells), states: Some(chance.below(4)), colour: Some(0x00_B0F0) }),
        like: (chance.below(3) == 0).then(|| (chance.below(30) as u32, column)),
        label: None,
    }
}

/// Some of the first rows or columns deleted, some new, two that changed places.
fn order(chance: &mut Chance, most: usize) -> NewOrder {
    let (first, count) = (chance.below(most) as u32, 1 + chance.below(most / 2) as u32);
    let mut rows: Vec<PlacedRow> = (first..first + count).filter(|_| chance.below(6) > 0).map(PlacedRow::Old).collect();
    for _ in 0..chance.below(3) {
        rows.insert(chance.below(rows.len() + 1), PlacedRow::New { like: first + chance.below(count as usize) as u32 });
    }
    if rows.len() > 1 {
        let (one, other) = (chance.below(rows.len()), chance.below(rows.len()));
        rows.swap(one, other);
    }
    NewOrder { first, count, rows }
}

fn edits(sheets: &[String], chance: &mut Chance) -> Vec<SheetEdits> {
    let mut cells: Vec<CellEdit> = (0..=chance.below(6)).map(|_| cell(chance)).collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells.dedup_by_key(|cell| (cell.row, cell.column));
    let rows = (chance.below(2) == 0).then(|| order(chance, 24));
    let columns = (chance.below(3) == 0).then(|| order(chance, 8));
    vec![SheetEdits { sheet: sheets[chance.below(sheets.len())].clone(), cells, rows, columns }]
}

#[test]
fn no_mutant_of_a_workbook_stops_saving() {
    let seeds = seeds();
    assert!(seeds.len() > 10);
    let (mut written, mut refused) = (0, 0);
    for number in 1..=MUTANTS {
        let mut chance = Chance(number.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (name, bytes, sheets) = &seeds[chance.below(seeds.len())];
        let mutant = match chance.below(8) {
            0 => mutated(bytes.clone(), &mut chance),
            1 | 2 => with_part_mutated(bytes, &mut chance, |part| part.ends_with("styles.xml")),
            3 => with_part_mutated(bytes, &mut chance, |_| true),
            _ => with_part_mutated(bytes, &mut chance, |part| part.starts_with("xl/worksheets/sheet")),
        };
        let edits = edits(sheets, &mut chance);
        let began = Instant::now();
        let patched =
            catch_unwind(|| patch(&mutant, &edits, Allowed { signed: true, formulas: number % 2 == 0, ..Allowed::default() }, &|| true));
        match patched.unwrap_or_else(|_| panic!("mutant {number} of {name} stops saving")) {
            Ok(patched) => {
                written += 1;
                let before = workbook::open(name, &mutant, &|_| true).map(|(grids, _)| grids.len());
                let after = workbook::open(name, &patched.bytes, &|_| true).map(|(grids, _)| grids.len());
                assert!(before.is_err() || before == after, "mutant {number} of {name}: {before:?}, and then {after:?}");
            }
            Err(why) => {
                refused += 1;
                let said = why.to_string();
                assert!(said.lines().count() == 1 && said.len() > 10, "mutant {number} of {name}: {said}");
            }
        }
        assert!(began.elapsed().as_secs() < 20, "mutant {number} of {name} took {:?}", began.elapsed());
    }
    assert!(written > 50 && refused > 50, "{written} were written and {refused} refused");
}
