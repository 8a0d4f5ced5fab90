//! The log of what was written into owners' workbooks: when, by whom, which cell, before and after. A line of JSON a cell; never read here.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{Folder, disk, private};

/// The file beside the settings that it is kept in.
const NAME: &str = "saved-cells.jsonl";
/// Above this many bytes it is begun anew, and the one before is kept beside it.
const MOST: u64 = 20_000_000;

#[derive(Serialize)]
struct Line<'a> {
    at: String,
    by: &'a str,
    file: &'a str,
    cell: &'a str,
    before: &'a str,
    after: &'a str,
}

/// Where the log is.
#[must_use]
pub fn audit_path(folder: &Folder) -> Option<PathBuf> {
    Some(folder.place()?.join(NAME))
}

/// Adds cells that were written into a workbook: the place of each, what stood there and what stands there now. A log that cannot be
/// written keeps nobody from saving.
pub fn audit<'a>(folder: &Folder, workbook: &Path, cells: impl Iterator<Item = [&'a str; 3]>) {
    let Some(path) = audit_path(folder) else { return };
    let lines = lines(workbook, cells);
    if lines.is_empty() {
        return;
    }
    if let Err(error) = add(folder, &path, &lines) {
        log::warn!("the log of what was saved could not be written: {error}");
    }
}

fn lines<'a>(workbook: &Path, cells: impl Iterator<Item = [&'a str; 3]>) -> Vec<u8> {
    let (by, file) = (user(), workbook.display().to_string());
    let at = jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let mut lines = Vec::new();
    for [cell, before, after] in cells {
        let line = Line { at: at.clone(), by: &by, file: &file, cell, before, after };
        if serde_json::to_writer(&mut lines, &line).is_ok() {
            lines.push(b'\n');
        }
    }
    lines
}

/// Adds lines to the log, all in one write, so that those of several windows do not mix.
fn add(folder: &Folder, path: &Path, lines: &[u8]) -> io::Result<()> {
    folder.made();
    if is_full(path) {
        put_aside(path);
    }
    let mut file = disk::call(path, || private::append(path))?;
    // What was cut off once does not take the next line with it.
    let torn = disk::call(path, || is_torn(path))?;
    let whole = if torn { [b"\n", lines].concat() } else { lines.to_vec() };
    disk::write_all(path, &mut file, &whole)
}

fn is_full(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|about| about.len() > MOST)
}

/// Whether a log ends within a line.
fn is_torn(path: &Path) -> io::Result<bool> {
    let mut file = File::open(path)?;
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(false);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

/// Begins the log anew. Of several windows one does: a second would put the new one in the place of the one before.
fn put_aside(path: &Path) {
    let Ok(turn) = private::append(&path.with_extension("lock")) else { return };
    // Whoever does not get it goes on writing; the log is put aside by then, or the next time.
    if turn.try_lock().is_ok() && is_full(path) {
        let _ = disk::call(path, || std::fs::rename(path, path.with_extension("old.jsonl")));
    }
}

/// The user of this computer, as the system calls them.
fn user() -> String {
    ["USERNAME", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(folder: &Folder) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(audit_path(folder).unwrap()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn note(folder: &Folder, cell: &str) {
        audit(folder, Path::new("Plan.xlsx"), [[cell, "", "x"]].into_iter());
    }

    #[test]
    fn each_cell_is_a_line() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        audit(&folder, Path::new("Plan.xlsx"), [["Plan!A1", "a", "b"], ["Plan!A2", "", "c\nd"]].into_iter());
        audit(&folder, Path::new("Plan.xlsx"), [["Plan!A1", "b", "e"]].into_iter());
        let lines = held(&folder);
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[1]["cell"], &lines[1]["after"]), (&"Plan!A2".into(), &"c\nd".into()));
    }
    #[test]
    fn a_full_log_is_put_aside_once_however_many_windows_write() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        let path = audit_path(&folder).unwrap();
        let file = File::create(&path).unwrap();
        file.set_len(MOST + 1).unwrap();
        drop(file);
        std::thread::scope(|scope| {
            for window in 0..8 {
                let folder = &folder;
                scope.spawn(move || (0..20).for_each(|at| note(folder, &format!("Plan!A{}", window * 100 + at))));
            }
        });
        let old = std::fs::read(path.with_extension("old.jsonl")).unwrap();
        assert!(old.len() as u64 > MOST, "the one before is not written over");
        // One that had it open as it was put aside went on in it.
        let in_old = old[MOST as usize + 1..].split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count();
        assert_eq!(in_old + held(&folder).len(), 160);
    }

    #[test]
    fn a_line_that_was_cut_off_takes_no_other_with_it_and_no_fault_keeps_anybody_from_saving() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        note(&folder, "Plan!A1");
        for number in 1..=3 {
            let fault = disk::faults::Fault::plan(place.path(), number, io::ErrorKind::StorageFull);
            note(&folder, "Plan!A2");
            assert!(fault.is_met(), "{number}");
        }
        note(&folder, "Plan!A3");
        let text = std::fs::read_to_string(audit_path(&folder).unwrap()).unwrap();
        let whole: Vec<serde_json::Value> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        assert_eq!((whole.len(), text.lines().count()), (2, 3), "{text}");
        assert_eq!(whole[1]["cell"], "Plan!A3");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_its_users_alone_and_a_pipe_in_its_place_stops_nobody() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(&place.path().join("config"));
        note(&folder, "Plan!A1");
        let path = audit_path(&folder).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
        std::fs::remove_file(&path).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        note(&folder, "Plan!A1");
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        note(&folder, "Plan!A1");
        note(&Folder::nowhere(), "Plan!A1");
    }
}
