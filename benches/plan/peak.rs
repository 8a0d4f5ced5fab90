//! How much memory a reading takes at its peak, each in a process of its own, beside calamine holding the same cells.

use std::{io::Cursor, path::Path, process::Command};

use calamine::{Reader, Xlsx};

use crate::verdict;

/// At most this many times what calamine alone takes.
const BOUND: f64 = 2.5;
/// What a process is started with that only reads a file and says its peak.
const ALONE: &str = "--peak-alone";
const OURS: &str = "--peak-ours";

/// Reads a file and prints the peak, where this process was started for that.
pub fn answered() -> bool {
    let arguments: Vec<String> = std::env::args().collect();
    let Some(at) = arguments.iter().position(|argument| argument == ALONE || argument == OURS) else { return false };
    let file = std::fs::read(&arguments[at + 1]).expect("the file was just written");
    let cells = if arguments[at] == ALONE {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&file)).expect("it is a workbook");
        let sheets: Vec<_> = book.worksheets();
        sheets.iter().map(|(_, range)| range.cells().count()).sum()
    } else {
        crate::read(&file).tables.iter().map(|table| table.rows.len() * table.columns.len()).sum::<usize>()
    };
    println!("{} {cells}", peak().unwrap_or(0));
    true
}

/// Prints both peaks; true when they are within the bound or cannot be told here.
pub fn measure(file: &[u8]) -> bool {
    let path = std::env::temp_dir().join(format!("plan-{}.xlsx", std::process::id()));
    std::fs::write(&path, file).expect("the folder for passing files can be written");
    let peaks = [ALONE, OURS].map(|what| peak_of(what, &path));
    std::fs::remove_file(&path).expect("the file was just written");
    let [Some(alone), Some(ours)] = peaks else {
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
    within
}

/// The peak of a process that only reads, in KiB.
fn peak_of(what: &str, file: &Path) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let said = Command::new(program).arg(what).arg(file).output().ok()?.stdout;
    let kibibytes: u64 = String::from_utf8(said).ok()?.split(' ').next()?.parse().ok()?;
    (kibibytes > 0).then_some(kibibytes)
}

/// The most memory this process has held so far, in KiB.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}
