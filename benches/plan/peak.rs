//! How much memory a reading takes at its peak, beside calamine holding the same cells, and how much a plan takes once it is read.

use std::{io::Cursor, path::Path, process::Command};

use calamine::{Reader, Xlsx};

use crate::{
    made::{Dress, Words, write_alone},
    verdict,
};

/// At most this many times what calamine alone takes.
const BOUND: f64 = 1.3;
/// What a process is started with that only reads a file and says its peak.
const ALONE: &str = "--peak-alone";
const OURS: &str = "--peak-ours";
/// The same for one that reads a file and holds the plan.
const HELD: &str = "--held";
/// The same for one that reads a file and writes the return, and for one that writes its cells by the library alone.
const EXPORTED: &str = "--peak-exported";
const WRITTEN: &str = "--peak-written";
/// At most this many bytes a cell beyond its text.
const CELL_BOUND: u64 = 200;

/// Reads a file and prints the peak, where this process was started for that.
pub(crate) fn answered() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(at) = arguments.iter().position(|argument| [ALONE, OURS, HELD, EXPORTED, WRITTEN].contains(&&**argument)) else {
        return false;
    };
    let file = std::fs::read(&arguments[at + 1]).expect("the file was just written");
    if arguments[at] == HELD {
        println!("{} 0", held(&file).unwrap_or(0));
        return true;
    }
    if [EXPORTED, WRITTEN].contains(&&*arguments[at]) {
        println!("{} 0", risen(&file, &arguments[at]).unwrap_or(0));
        return true;
    }
    let cells = if arguments[at] == ALONE {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&file)).expect("it is a workbook");
        let sheets: Vec<_> = book.worksheets();
        sheets.iter().map(|(_, range)| range.cells().count()).sum()
    } else {
        crate::read(&file).tables.iter().map(|table| table.rows.len() * table.columns.len()).sum::<usize>()
    };
    println!("{} {cells}", memory("VmHWM:").unwrap_or(0));
    true
}

/// Prints both peaks; true when they are within the bound or cannot be told here.
pub(crate) fn measure(file: &[u8]) -> bool {
    let path = std::env::temp_dir().join(format!("plan-{}.xlsx", std::process::id()));
    std::fs::write(&path, file).expect("the folder for passing files can be written");
    let [alone, ours, cell] = [ALONE, OURS, HELD].map(|what| told_by(what, &path));
    std::fs::remove_file(&path).expect("the file was just written");
    let (Some(alone), Some(ours), Some(cell)) = (alone, ours, cell) else {
        println!("memory    cannot be told on this system");
        return true;
    };
    let ratio = ours as f64 / alone as f64;
    let within = ratio <= BOUND;
    println!(
        "memory    {} MB at its peak against {} MB for calamine holding every cell: ratio {ratio:.2} (bound {BOUND:.2}): {}",
        ours / 1024,
        alone / 1024,
        verdict(within)
    );
    let small = cell <= CELL_BOUND;
    println!("          {cell} bytes a cell beyond its text once it is read (bound {CELL_BOUND}): {}", verdict(small));
    within & small
}

/// Prints how much memory writing the return takes beside that of the library alone, which has no bound.
pub(crate) fn measure_export(file: &[u8]) {
    let path = std::env::temp_dir().join(format!("plan-export-{}.xlsx", std::process::id()));
    std::fs::write(&path, file).expect("the folder for passing files can be written");
    let told = [EXPORTED, WRITTEN].map(|what| told_by(what, &path));
    std::fs::remove_file(&path).expect("the file was just written");
    if let [Some(ours), Some(alone)] = told {
        println!("          {} MB more at its peak than before, against {} MB for rust_xlsxwriter", ours / 1024, alone / 1024);
    }
}

/// By how much the peak rises over what is held before: the document, or its actions.
fn risen(file: &[u8], what: &str) -> Option<u64> {
    let rises = |write: &dyn Fn() -> usize| {
        // The peak so far is that of reading.
        std::fs::write("/proc/self/clear_refs", "5").ok()?;
        let before = memory("VmRSS:")?;
        std::hint::black_box(write());
        memory("VmHWM:")?.checked_sub(before)
    };
    let document = crate::read(file);
    if what == EXPORTED {
        return rises(&|| crate::exported(&document).len());
    }
    let actions = document.tables.iter().map(|table| table.rows.len()).sum();
    drop(document);
    let plan = Words(7).plan(actions);
    rises(&|| write_alone(&plan, Dress::AsReturn).len())
}

/// What a process that only reads says of its memory.
fn told_by(what: &str, file: &Path) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let said = Command::new(program).arg(what).arg(file).output().ok()?.stdout;
    let figure: u64 = String::from_utf8(said).ok()?.split(' ').next()?.parse().ok()?;
    (figure > 0).then_some(figure)
}

/// The bytes a cell takes beyond its text: those of a copy of the plan. Others are made first, which fill what the reading left free.
fn held(file: &[u8]) -> Option<u64> {
    let plan = crate::read(file);
    let cells = || plan.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.cells);
    let (count, text) = (cells().count() as u64, cells().map(|cell| cell.text.len() as u64).sum::<u64>());
    // A plan shares its rows with its copies until they are written to.
    let copied = || {
        let mut copy = plan.clone();
        copy.tables.iter_mut().for_each(|table| table.rows.iter_mut().for_each(|row| row.source += 1));
        copy
    };
    let copies = [copied(), copied()];
    let before = memory("VmRSS:")?;
    let last = std::hint::black_box(copied());
    let bytes = (memory("VmRSS:")? - before) * 1024;
    drop((copies, last));
    bytes.checked_sub(text)?.checked_div(count)
}

/// A figure of this process's memory, in KiB.
fn memory(what: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix(what))?.trim().trim_end_matches(" kB").parse().ok()
}
