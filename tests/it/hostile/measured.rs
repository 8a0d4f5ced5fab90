//! What checking a file takes, measured in a process of its own: seconds of the processor, which the system ends it at, and memory at its peak.

use std::{
    io::Read,
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::channel,
    time::Duration,
};

use super::kinds::{KINDS, Kind};

/// What any file may take: seconds of the processor, and memory in kB.
pub(crate) const SECONDS: u32 = 5;
pub(crate) const MEMORY: u64 = 300 << 10;
/// How many bytes of memory an honest file above so many bytes may take a byte.
const LARGE: u64 = 10_000_000;
const TIMES: u64 = 30;

/// How a check ended.
pub(crate) struct Checked {
    /// None where the system ended it, as it does past the seconds.
    pub code: Option<i32>,
    pub printed: String,
    pub said: String,
    /// At its peak, in kB.
    pub memory: u64,
}

/// Runs a program's `check` on a file.
pub(crate) fn check_by(program: &Path, path: &Path, json: bool, seconds: u32) -> Checked {
    let limited = format!("ulimit -t {seconds}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(limited).arg(program).arg("check").arg(path);
    command.args(json.then_some("--json")).env("PLANDESK_CONFIG", path.with_extension("config"));
    let out = std::fs::File::create(path.with_extension("out")).unwrap();
    let mut child = command.stdout(out).stderr(Stdio::piped()).spawn().unwrap();
    let facts = format!("/proc/{}/status", child.id());
    let mut memory = 0;
    // What it says ends when it does; until then its memory is looked at now and again.
    let (mut stderr, (sender, ended)) = (child.stderr.take().unwrap(), channel());
    let reader = std::thread::spawn(move || {
        let mut said = String::new();
        stderr.read_to_string(&mut said).unwrap();
        sender.send(said).unwrap();
    });
    let said = loop {
        let now = std::fs::read_to_string(&facts).unwrap_or_default();
        let line = now.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        memory = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0).max(memory);
        if let Ok(said) = ended.recv_timeout(Duration::from_millis(1)) {
            break said;
        }
    };
    reader.join().unwrap();
    let status = child.wait().unwrap();
    let printed = std::fs::read_to_string(path.with_extension("out")).unwrap();
    Checked { code: status.code(), printed, said, memory }
}

/// What is wrong with how a kind of file is checked at a size, where anything is.
fn faults(program: &Path, folder: &Path, kind: &Kind, size: usize, seconds: u32) -> Vec<String> {
    let path = folder.join(format!("hostile.{}", kind.ending));
    let file = (kind.file)(size);
    let bytes = file.len() as u64;
    std::fs::write(&path, file).unwrap();
    let most = if bytes > LARGE { MEMORY.max(TIMES * bytes / 1024) } else { MEMORY };
    let mut faults = Vec::new();
    for json in [false, true] {
        let Checked { code, said, memory, .. } = check_by(program, &path, json, seconds);
        let ends_well = match code {
            Some(0) => said.is_empty(),
            Some(2) => said.lines().count() == 1 && !said.contains("a fault in plandesk"),
            _ => false,
        };
        if !ends_well || memory > most {
            faults.push(format!("{} at {size} (json: {json}): {code:?}, {} MB of {}, {said}", kind.name, memory >> 10, most >> 10));
        }
    }
    faults
}

/// An unoptimised program takes up to twenty times as long, so it is tried at a part of the sizes and in twice the time.
#[test]
fn no_kind_of_file_takes_more_than_it_is_worth() {
    let folder = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_plandesk"));
    let (share, seconds) = if cfg!(debug_assertions) { (30, 2 * SECONDS) } else { (1, SECONDS) };
    let tried = |kind: &Kind| faults(program, folder.path(), kind, (kind.size / share).max(1), seconds);
    let wrong: Vec<String> = KINDS.iter().flat_map(tried).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
#[ignore = "tries the optimised program that HOSTILE_PROGRAM names at the full sizes, as .ci/run does"]
fn no_kind_of_file_takes_more_than_it_is_worth_at_full_size() {
    let folder = tempfile::tempdir().unwrap();
    let program = std::path::PathBuf::from(std::env::var_os("HOSTILE_PROGRAM").expect("HOSTILE_PROGRAM names a program"));
    let program = program.canonicalize().unwrap();
    let wrong: Vec<String> = KINDS.iter().flat_map(|kind| faults(&program, folder.path(), kind, kind.size, SECONDS)).collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The JSON is made while it is written, so that it takes little more than the words do.
#[test]
fn json_takes_hardly_more_memory_than_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.csv");
    let rows = if cfg!(debug_assertions) { 20_000 } else { 100_000 };
    let mut file = "Ref,Action,Lead,Start,Completed by,Measure,Status,Comments\n".to_owned();
    for at in 0..rows {
        let long = format!("Agree item {at} with the board and then tell each of its partners what was agreed about it");
        file.push_str(&format!("1.{at},{long},Ann Cole,01/04/2024,31/03/2025,Number of homes,In progress,{long}.\n"));
    }
    std::fs::write(&path, file).unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_plandesk"));
    let [words, json] = [false, true].map(|json| check_by(program, &path, json, 60));
    assert_eq!((words.code, json.code), (Some(0), Some(0)));
    assert!(json.memory * 2 <= words.memory * 3, "{} kB against {} kB", json.memory, words.memory);
    let report: serde_json::Value = serde_json::from_str(&json.printed).unwrap();
    assert_eq!(report["tables"][0]["rows"].as_array().map(Vec::len), Some(rows));
}
