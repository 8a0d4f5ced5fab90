//! The cells of Excel workbooks against another reader of them: the same texts and numbers in the same places.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

use calamine::{DataRef, Reader, Xlsx};
use plandesk::workbook::{self, RawCell, RawSheet};

/// What of a sheet the two readers see otherwise, a line each.
fn differences(book: &mut Xlsx<std::io::Cursor<&[u8]>>, grid: &RawSheet, is_1904: bool) -> Vec<String> {
    let ours: HashMap<(u32, u32), &RawCell> =
        grid.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| ((row.row, u32::from(cell.column)), cell))).collect();
    let Ok(mut cells) = book.worksheet_cells_reader(&grid.sheet) else { return Vec::new() };
    let mut found = Vec::new();
    let mut seen = 0;
    while let Ok(Some(cell)) = cells.next_cell() {
        let place = cell.get_position();
        let text = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        let held = ours.get(&place);
        let shown = held.map_or("", |cell| &cell.text);
        let number = |number: f64, days: f64| {
            held.and_then(|cell| cell.stored.as_ref()).is_some_and(|held| [number, number + days].contains(&held.number))
        };
        let days = if is_1904 { 1462.0 } else { 0.0 };
        let same = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(value) if value.trim().is_empty() => continue,
            DataRef::SharedString(value) if value.trim().is_empty() => continue,
            DataRef::String(value) => shown == text(value),
            DataRef::SharedString(value) => shown == text(value),
            DataRef::Bool(truth) => shown.eq_ignore_ascii_case(&truth.to_string()),
            DataRef::Int(whole) => number(*whole as f64, 0.0),
            DataRef::Float(value) => number(*value, days),
            DataRef::DateTime(value) => number(value.as_f64(), days),
            DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => held.is_some(),
            DataRef::Error(error) => shown == error.to_string(),
        };
        seen += 1;
        // Letters of a font of signs are read as the signs they show.
        let is_sign = held.is_some_and(|cell| cell.font != workbook::Font::default());
        if !same && !is_sign {
            found.push(format!("{} {place:?}: {:?} and {shown:?}", grid.sheet, cell.get_value()));
        }
    }
    assert!(seen <= ours.len() || grid.unread > 0 || !found.is_empty(), "{}: it has {seen} cells, not {}", grid.sheet, ours.len());
    found
}

/// The differences in a workbook; none where only one of the readers can open it.
fn compared(name: &str, bytes: &[u8]) -> Vec<String> {
    let (Ok((grids, _)), Ok(mut book)) = (workbook::open(name, bytes, &|_| true), Xlsx::new(std::io::Cursor::new(bytes))) else {
        return Vec::new();
    };
    let is_1904 = book.has_1904_epoch();
    grids.iter().flat_map(|grid| differences(&mut book, grid, is_1904)).collect()
}

/// The Excel workbooks in a folder and in those within it.
fn workbooks(folder: PathBuf) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match entry.extension() {
                _ if entry.is_dir() => folders.push(entry),
                Some(ending) if ending == "xlsx" || ending == "xlsm" => found.push(entry),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[test]
fn cells_are_read_as_another_reader_reads_them() {
    let all = workbooks(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"));
    assert!(all.len() > 50);
    for path in all {
        assert_eq!(compared(&name_of(&path), &fs::read(&path).unwrap()), [""; 0], "{}", path.display());
    }
}

#[test]
#[ignore = "reads the folder that WORKBOOKS names"]
fn cells_of_a_folder_are_read_as_another_reader_reads_them() {
    let Some(folder) = env::var_os("WORKBOOKS") else {
        println!("skipped: WORKBOOKS names no folder");
        return;
    };
    let mut differing = Vec::new();
    let all = workbooks(folder.into());
    for path in &all {
        let found = std::panic::catch_unwind(|| compared(&name_of(path), &fs::read(path).unwrap()));
        let found = found.unwrap_or_else(|_| vec!["a fault".to_owned()]);
        differing.extend(found.into_iter().take(5).map(|difference| format!("{}: {difference}", name_of(path))));
    }
    println!("{} workbooks, {} differences\n{}", all.len(), differing.len(), differing.join("\n"));
}
