//! Random edits of every kind, written into every workbook of the fixtures: each cell reads as was meant, and no other byte of the file changed.

use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Read},
    path::{Path, PathBuf},
};

use plandesk::{
    app::{open::open_bytes, rows},
    edit::{Change, FieldPlace, apply},
    model::{Cell, Document, RowId, RowKind, Status, Table, TableKind, kinds::Kind},
    workbook::{
        self, RawCell, RawSheet,
        patch::{Allowed, NewContent, PatchError, Patched, SheetEdits, patch},
    },
    writeback::{Changes, Placed, Target, changes},
};

const SHAPES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/shapes");
/// How many edits are made in each workbook.
const EDITS: usize = 20;

/// Numbers that look drawn and are the same in every run.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % count.max(1)
    }
}

/// The parts of a package by their names.
fn parts(bytes: &[u8]) -> HashMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = HashMap::new();
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        parts.insert(file.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// One drawn edit.
fn edit(document: &Document, drawn: &mut Drawn) -> Vec<Change> {
    let filled: Vec<_> = document.tables.iter().filter(|table| !table.rows.is_empty() && !table.columns.is_empty()).collect();
    let Some(table) = filled.get(drawn.below(filled.len())) else { return Vec::new() };
    let at = drawn.below(table.rows.len());
    let row = &table.rows[at];
    match drawn.below(11) {
        0 if row.is_line() => rows::add(table, row.id, RowKind::Entry).map(|(changes, _)| changes).unwrap_or_default(),
        1 if row.is_line() => rows::delete(table, row.id).unwrap_or_default(),
        2 if row.is_line() => rows::shift(table, row.id, drawn.below(2) == 0).unwrap_or_default(),
        3 if row.is_line() && table.kind == TableKind::Plan => {
            rows::duplicate(table, row.id).map(|(changes, _)| changes).unwrap_or_default()
        }
        10 if table.rows.iter().any(|row| row.kind == RowKind::Section) => approach(table, row.id, drawn),
        _ if row.cells.is_empty() => Vec::new(),
        _ => {
            let column = &table.columns[drawn.below(table.columns.len().min(row.cells.len()))];
            let typed = match column.kind {
                Kind::Date => ["2027-03-31", "Q4 2026/27", "on-going", ""][drawn.below(4)].to_owned(),
                Kind::Status => Status::ALL[drawn.below(Status::ALL.len())].word().to_owned(),
                Kind::Figure | Kind::Number => ["75%", "1,250", "£3.5m", "12", ""][drawn.below(5)].to_owned(),
                Kind::Ref | Kind::Paragraph => format!("Word {} & <more>\n“{}”", drawn.below(1000), drawn.below(9)),
            };
            vec![Change::SetCell { table: table.id, row: row.id, column: column.id, cell: column.enter(&typed) }]
        }
    }
}

/// A new approach with its words and an action below it, or two.
fn approach(table: &Table, below: RowId, drawn: &mut Drawn) -> Vec<Change> {
    let Some((mut changes, approach)) = rows::add(table, below, RowKind::Section) else { return Vec::new() };
    let fields = changes.iter().filter_map(|change| if let Change::InsertRow { row, .. } = change { Some(row.fields.len()) } else { None });
    let words = (0..fields.sum()).map(|at| {
        let words = Cell::text(format!("Approach {} & <more>", drawn.below(1000)));
        Change::SetField { table: table.id, field: FieldPlace::Section(approach, at), cell: words }
    });
    let words: Vec<Change> = words.collect();
    changes.extend(words);
    let at = changes.iter().find_map(|change| if let Change::InsertRow { at, .. } = change { Some(*at) } else { None }).unwrap_or(0);
    for (step, id) in (1..=1 + drawn.below(2)).zip((approach.0 + 1..).map(RowId)) {
        let mut row = table.blank_row(id, RowKind::Entry);
        row.cells.iter_mut().zip(&table.columns).for_each(|(cell, column)| *cell = column.enter("Next"));
        changes.push(Change::InsertRow { table: table.id, at: at + step, row });
    }
    changes
}

/// What a cell says, and the number behind it.
fn said(cell: Option<&RawCell>) -> (String, Option<f64>) {
    cell.map_or((String::new(), None), |cell| (cell.text.to_string(), cell.stored.as_ref().map(|stored| stored.number)))
}

/// Where each row of a sheet stands after changes; nothing where it goes.
fn place(changes: &Changes, sheet: &str, row: u32) -> Option<u32> {
    let order = changes.sheets.iter().find(|held| held.edits.sheet == sheet).and_then(|held| held.order.as_ref());
    order.map_or(Some(row), |order| order.place(row))
}

/// Asserts that a sheet is the one before with the edits in it, and no other difference.
fn assert_sheet(file: &str, before: &RawSheet, after: &RawSheet, all: &Changes, patched: &Patched) {
    let at = all.sheets.iter().position(|held| held.edits.sheet == before.sheet);
    let refused: HashSet<usize> = patched.refused.iter().filter(|(sheet, ..)| Some(*sheet) == at).map(|(_, cell, _)| *cell).collect();
    let edits = at.map_or(&[][..], |at| &all.sheets[at].edits.cells);
    let edited: HashMap<(u32, u32), &NewContent> = edits
        .iter()
        .enumerate()
        .filter(|(place, _)| !refused.contains(place))
        .map(|(_, edit)| ((edit.row, edit.column), &edit.content))
        .collect();
    let worked_out: HashSet<(u32, u32)> =
        patched.formulas.changed.iter().filter(|(sheet, ..)| *sheet == before.sheet).map(|(_, row, column, _)| (*row, *column)).collect();
    let order = at.and_then(|at| all.sheets[at].order.as_ref());
    let mut moved: HashMap<u32, u32> = before.rows.iter().filter_map(|row| Some((place(all, &before.sheet, row.row)?, row.row))).collect();
    let added = order.map_or(0, |order| order.rows().iter().filter(|row| !matches!(row, Placed::Old(_))).count());
    // What stands in a copy stood in the row that it is a copy of, but for the values of formulas and what stands outside the table.
    let mut copied: HashMap<u32, (u32, u32)> = HashMap::new();
    for (place, row) in order.into_iter().flat_map(|order| (order.first()..).zip(order.rows())) {
        if let Placed::Copy { of, columns, .. } = row {
            moved.insert(place, *of);
            copied.insert(place, *columns);
        }
    }
    let mut rows: HashSet<u32> = moved.keys().copied().chain(after.rows.iter().map(|row| row.row)).collect();
    rows.extend(edited.keys().map(|(row, _)| *row));
    for row in rows {
        let old = moved.get(&row).and_then(|old| before.position(*old)).map(|at| &before.rows[at]);
        let new = after.position(row).map(|at| &after.rows[at]);
        let touched = edited.keys().any(|(held, _)| *held == row);
        let columns: HashSet<u16> = old.into_iter().chain(new).flat_map(|row| &row.cells).map(|cell| cell.column).collect();
        for column in columns {
            let (old, new) = (old.and_then(|row| row.cell(column)), new.and_then(|row| row.cell(column)));
            let comes_along = |old: &&RawCell| {
                let text = old.stored.is_none();
                copied.get(&row).is_none_or(|(first, last)| (*first..=*last).contains(&u32::from(column)) && (!old.formula || text))
            };
            let old = old.filter(comes_along);
            let where_ = workbook_place(&before.sheet, row, column);
            match edited.get(&(row, u32::from(column))) {
                Some(NewContent::Blank) => assert_eq!(said(new).0, "", "{file} {where_}"),
                Some(NewContent::Text(text)) => {
                    let shown: String = text.split_whitespace().collect();
                    assert!(said(new).0.split_whitespace().collect::<String>().contains(&shown), "{file} {where_}: {new:?} for {text}");
                }
                Some(NewContent::Number { number, .. }) => assert_eq!(said(new).1, Some(*number), "{file} {where_}"),
                Some(NewContent::Truth(_)) => {}
                // A formula that reads what was edited shows the value that is told.
                None if worked_out.contains(&(row, u32::from(column))) => assert!(new.is_some_and(|cell| cell.formula), "{file} {where_}"),
                None => {
                    assert_eq!(said(new), said(old), "{file} {where_} ({added} rows added)");
                    let looks = |cell: Option<&RawCell>| {
                        cell.map(|cell| (cell.bold, cell.font, cell.formula && !copied.contains_key(&row), cell.indent))
                    };
                    assert_eq!(looks(new), looks(old), "{file} {where_}");
                    let fill = |cell: Option<&RawCell>| cell.and_then(|cell| cell.fill);
                    // An icon is one of its column: it may be another where rows are others.
                    assert!(touched || order.is_some() || fill(new) == fill(old), "{file} {where_}: {new:?} {old:?}");
                }
            }
        }
    }
}

fn workbook_place(sheet: &str, row: u32, column: u16) -> String {
    plandesk::model::place_of(sheet, row, u32::from(column))
}

/// Makes drawn edits in a workbook and writes them into it; how many cells and orders of rows were written, how many were refused, and how
/// many words of new approaches there are.
fn try_file(path: &Path, drawn: &mut Drawn) -> Option<[usize; 4]> {
    let bytes = std::fs::read(path).unwrap();
    let file = path.file_name().unwrap().to_string_lossy().into_owned();
    let opened = open_bytes(&file, &bytes, &|_| true).ok()?;
    // What is no Excel workbook, whatever its name, is not written.
    let same = patch(&bytes, &[], Allowed { signed: true, ..Allowed::default() }, &|| true).ok()?;
    assert_eq!(same.bytes, bytes, "{file}: no edit, the same bytes");
    let mut now = opened.document.clone();
    for _ in 0..EDITS {
        for change in edit(&now, drawn) {
            let _ = apply(&mut now, change);
        }
    }
    let mut stay: Vec<String> = Vec::new();
    let (all, patched) = loop {
        let all = changes(&opened.document.tables, &now, (&stay, &[]));
        let edits: Vec<SheetEdits> = all.sheets.iter().map(|sheet| sheet.edits.clone()).collect();
        match patch(&bytes, &edits, Allowed { signed: true, ..Allowed::default() }, &|| true) {
            Err(PatchError::Rows { sheet, .. }) if !stay.contains(&sheet) => stay.push(sheet),
            patched => break (all, patched.map_err(|why| format!("{file}: {why}")).unwrap()),
        }
    };
    // So that other programs can be asked whether they open what was written.
    if let Some(folder) = std::env::var_os("WRITTEN_WORKBOOKS") {
        std::fs::write(Path::new(&folder).join(&file), &patched.bytes).unwrap();
    }
    let (old, new) = (parts(&bytes), parts(&patched.bytes));
    for (name, part) in &old {
        let changed = patched.changed.contains(name);
        assert!(changed || new.get(name) == Some(part), "{file}: {name} is not as it was");
    }
    assert_eq!(patched.kept + patched.changed.len(), old.len(), "{file}");
    let (before, _) = workbook::open(&file, &bytes, &|_| true).unwrap();
    let (after, _) = workbook::open(&file, &patched.bytes, &|_| true).unwrap();
    assert_eq!(before.len(), after.len(), "{file}");
    for (before, after) in before.iter().zip(&after) {
        assert_sheet(&file, before, after, &all, &patched);
    }
    let cells: usize = all.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    let orders = all.sheets.iter().filter(|sheet| sheet.order.is_some()).count();
    let approaches =
        all.sheets.iter().flat_map(|sheet| &sheet.cells).filter(|cell| cell.was.is_none() && matches!(cell.target, Target::Section(..)));
    Some([cells - patched.refused.len(), orders, patched.refused.len() + stay.len(), approaches.count()])
}

/// The Excel workbooks of a folder and of the folders in it.
fn workbooks(folder: &Path, all: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            workbooks(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm") {
            all.push(path);
        }
    }
}

fn try_folder(folder: &Path) -> [usize; 5] {
    let mut all = Vec::new();
    workbooks(folder, &mut all);
    let mut drawn = Drawn(20_261_127);
    let mut sums = [0; 5];
    for path in all {
        if let Some(counts) = try_file(&path, &mut drawn) {
            for (sum, count) in sums.iter_mut().zip([1].into_iter().chain(counts)) {
                *sum += count;
            }
        }
    }
    sums
}

#[test]
fn random_edits_of_every_shape_are_written_and_nothing_else_changes() {
    let [files, cells, orders, refused, approaches] = try_folder(Path::new(SHAPES));
    assert!(approaches > 4, "{approaches} words of new approaches");
    assert!(files >= 60 && cells > files * 5 && orders > files / 3, "{files} files, {cells} cells, {orders} orders");
    assert!(refused * 5 < cells, "{refused} of {cells} edits were refused");
}

#[test]
fn many_random_edits_of_plans_with_approaches_are_written_and_nothing_else_changes() {
    let plans = ["04_repeated_header", "05_banner_sections", "05b_loose_sections", "07_two_bands", "42_bars_two_row_heading"];
    let mut paths: Vec<PathBuf> = plans.iter().map(|name| Path::new(SHAPES).join(format!("{name}.xlsx"))).collect();
    paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.xlsx"));
    let mut approaches = 0;
    for (seed, path) in (0..12).flat_map(|seed| paths.iter().map(move |path| (seed, path))) {
        approaches += try_file(path, &mut Drawn(seed)).expect("it is read")[3];
    }
    assert!(approaches > 100, "{approaches} words of new approaches");
}

#[test]
#[ignore = "tries the workbooks of the folder that WORKBOOKS names"]
fn random_edits_of_a_folder_are_written_and_nothing_else_changes() {
    let folder = std::env::var_os("WORKBOOKS").expect("WORKBOOKS names a folder");
    let [files, cells, orders, refused, _] = try_folder(Path::new(&folder));
    println!("{files} files, {cells} cells and {orders} orders of rows written, {refused} refused");
}
