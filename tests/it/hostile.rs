//! Files that were made to harm: each ends in a plain sentence or in a document, in time, and with the program still running.

pub(crate) mod builder;
mod cases;
#[cfg(target_os = "linux")]
mod kinds;
#[cfg(target_os = "linux")]
mod measured;
mod mutants;
#[cfg(target_os = "linux")]
mod own;
mod patched;

use std::time::{Duration, Instant};

use plandesk::workbook;

use cases::{Case, Ends, cases};

/// As long as someone waits before taking a program for dead.
const PATIENCE: Duration = Duration::from_secs(5);

#[test]
fn a_hostile_file_ends_in_a_plain_sentence() {
    let mut wrong = Vec::new();
    for Case { name, file, ends } in cases() {
        let start = Instant::now();
        let opened = workbook::open("hostile.xlsx", &file, &|_| true).map(|(grids, _)| crate::read_workbook(grids));
        let taken = start.elapsed();
        if taken > PATIENCE {
            wrong.push(format!("{name}: took {taken:?}"));
        }
        let said = opened.map_or_else(|error| error.to_string(), |_| "read".to_owned());
        match ends {
            Ends::Saying(words) if said.contains(words) => {}
            Ends::Read if said == "read" => {}
            Ends::Either => {}
            _ => wrong.push(format!("{name}: {said}")),
        }
        let says_what_to_do = ["Ask ", "Open ", "Remove ", "Check ", "Copy "].iter().any(|next| said.contains(next));
        // What a library calls it is no help to whoever reads this.
        if ["Xml", "Zip", "expected", "Unrecognized", "record length"].iter().any(|word| said.contains(word)) {
            wrong.push(format!("{name}: the words of a library: {said}"));
        }
        if said.lines().count() > 1 || (said != "read" && !says_what_to_do) {
            wrong.push(format!("{name}: no plain sentence with a next step: {said}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn what_fuzzing_found_ends_in_a_plain_sentence() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let opened = workbook::open(&name, &std::fs::read(&path).unwrap(), &|_| true).map(|(grids, _)| crate::read_workbook(grids));
        let said = opened.map_or_else(|error| error.to_string(), |_| "it was read".to_owned());
        assert!(said.starts_with("it ") && said.lines().count() == 1, "{name}: {said}");
    }
}

#[test]
#[ignore = "writes the files into the folder that HOSTILE_FILES names, to be measured one by one"]
fn the_hostile_files_are_written_out() {
    let folder = std::path::PathBuf::from(std::env::var_os("HOSTILE_FILES").expect("HOSTILE_FILES names a folder"));
    for Case { name, file, .. } in cases() {
        std::fs::write(folder.join(format!("{}.xlsx", name.replace(' ', "_"))), file).unwrap();
    }
}
