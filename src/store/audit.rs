//! The log of what was written into owners' workbooks: when, by whom, which cell, before and after. A line of JSON a cell; never read here.

use std::{
    fs::OpenOptions,
    io::Write,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::Folder;

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
    if std::fs::metadata(&path).is_ok_and(|about| about.len() > MOST) {
        let _ = std::fs::rename(&path, path.with_extension("old.jsonl"));
    }
    let (by, file) = (user(), workbook.display().to_string());
    let at = jiff::Zoned::now().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    let mut lines = Vec::new();
    for [cell, before, after] in cells {
        let line = Line { at: at.clone(), by: &by, file: &file, cell, before, after };
        if serde_json::to_writer(&mut lines, &line).is_ok() {
            lines.push(b'\n');
        }
    }
    let opened = std::fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).and_then(|()| {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)
    });
    if opened.and_then(|mut file| file.write_all(&lines)).is_err() {
        log::warn!("the log of what was saved could not be written");
    }
}

/// The user of this computer, as the system calls them.
fn user() -> String {
    ["USERNAME", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cell_is_a_line() {
        let place = tempfile::tempdir().unwrap();
        let folder = Folder::at(place.path());
        audit(&folder, Path::new("Plan.xlsx"), [["Plan!A1", "a", "b"], ["Plan!A2", "", "c\nd"]].into_iter());
        audit(&folder, Path::new("Plan.xlsx"), [["Plan!A1", "b", "e"]].into_iter());
        let text = std::fs::read_to_string(audit_path(&folder).unwrap()).unwrap();
        let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!((&lines[1]["cell"], &lines[1]["after"]), (&"Plan!A2".into(), &"c\nd".into()));
    }
}
