//! A program that is killed at any moment, a thousand times over: what it said was kept or saved is there at the next start.

use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command as Process, Stdio},
    sync::mpsc::channel,
    time::{Duration, Instant},
};

use plandesk::{
    app::{
        command::{Command, EditCommand, FileCommand, RecoveryCommand},
        jobs::Wake,
        state::State,
    },
    edit::Change,
    model::{Cell, TableKind},
    store::Folder,
};

/// Names the folder that the program to be killed works in.
const FOLDER: &str = "PLANDESK_KILL_FOLDER";
/// How often it is killed, where that is not a thousand times.
const TIMES: &str = "PLANDESK_KILLS";

#[test]
#[ignore = "takes ten minutes: cargo test --test it -- --ignored --nocapture kill::nothing"]
fn nothing_that_was_kept_or_saved_is_lost() {
    let times: u32 = std::env::var(TIMES).ok().and_then(|text| text.parse().ok()).unwrap_or(1000);
    let temporary = tempfile::tempdir().unwrap();
    let mut known = Known::default();
    let mut moment = 12_345_u64;
    let (mut restored, mut midway) = (0, 0);
    for time in 0..times {
        // Moments that differ, and are the same in each run.
        moment = moment.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let lines = run_and_kill(temporary.path(), Duration::from_millis((moment >> 33) % 120));
        for line in &lines {
            let (what, number) = line.rsplit_once(' ').unwrap();
            let number: u64 = number.parse().unwrap();
            match what {
                "began" | "restored" => {
                    assert!(number >= known.kept && number <= known.tried, "start {time} has {number}: {known:?}");
                    restored += u32::from(what == "restored");
                    (known.kept, known.tried) = (number, number);
                }
                "tries" => known.tried = number,
                "kept" => known.kept = number,
                "saved" => (known.kept, known.saved) = (number, number),
                other => unreachable!("{other}"),
            }
        }
        midway += u32::from(lines.last().is_some_and(|line| line.starts_with("tries")));
        let file = saved_in(temporary.path());
        assert!(file.unwrap_or(0) >= known.saved && file.unwrap_or(0) <= known.tried, "the file has {file:?}: {known:?}");
    }
    // A last start, which is closed as its user closes it, leaves nothing behind.
    let mut state = begun(temporary.path());
    state.run(Command::Recovery(RecoveryCommand::Restore));
    state.run(Command::File(FileCommand::SaveTo(path(temporary.path()))));
    settle(&mut state);
    state.tasks.close_kept();
    drop(state);
    // The thread that sweeps at the start may still be at it.
    let end = Instant::now() + Duration::from_secs(20);
    while names(temporary.path()) != ["config", "mine.plandesk"] {
        assert!(Instant::now() < end, "{:?}", names(temporary.path()));
        std::thread::yield_now();
    }
    assert!(names(&temporary.path().join("config/unsaved")).iter().all(|name| name.ends_with(".lock")));
    println!("{times} kills, {midway} of them while something was written, {restored} restored, {} edits, 0 lost", known.tried);
}

#[derive(Debug, Default)]
struct Known {
    /// The last edit that was begun, that was said to be kept, and that was said to be saved.
    tried: u64,
    kept: u64,
    saved: u64,
}

/// Starts the program and kills it after a while of work; returns what it said.
fn run_and_kill(folder: &Path, after: Duration) -> Vec<String> {
    let mut program = Process::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "kill::worker"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines().map_while(Result::ok).filter_map(|line| {
        // The first of them follows what the test harness writes on the same line.
        line.rsplit_once("worker: ").map(|(_, said)| said.to_owned())
    });
    let first = said.next().expect("it starts");
    let (sender, heard) = channel();
    let rest = std::thread::spawn(move || said.for_each(|line| sender.send(line).expect("they are heard to the end")));
    let (end, mut lines) = (Instant::now() + after, vec![first]);
    while let Ok(line) = heard.recv_timeout(end.saturating_duration_since(Instant::now())) {
        lines.push(line);
    }
    assert_eq!(program.try_wait().unwrap(), None, "it ended by itself");
    program.kill().unwrap();
    program.wait().unwrap();
    lines.extend(heard.iter());
    rest.join().unwrap();
    lines
}

/// Not a test: the program that is killed, which works on a plan until then.
#[test]
#[ignore = "started by the test that kills it"]
fn worker() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else {
        println!("skipped: it is started by the test that kills it, which names {FOLDER}");
        return;
    };
    let say = |what: &str, number: u64| {
        println!("worker: {what} {number}");
        std::io::stdout().flush().unwrap();
    };
    let mut state = begun(&folder);
    let offered = state.prompts.ask().is_some();
    if offered {
        state.run(Command::Recovery(RecoveryCommand::Restore));
    } else if path(&folder).exists() {
        state.run(Command::File(FileCommand::OpenFiles(vec![path(&folder)])));
        settle(&mut state);
    }
    assert_eq!(state.prompts.failed(), None);
    let mut number = number_in(state.workspace.document());
    say(if offered { "restored" } else { "began" }, number);
    loop {
        number += 1;
        say("tries", number);
        edit(&mut state, number);
        if number.is_multiple_of(5) {
            state.run(Command::Edit(EditCommand::Undo));
            state.run(Command::Edit(EditCommand::Redo));
        }
        let end = Instant::now() + Duration::from_secs(20);
        while !state.tasks.is_kept() {
            assert!(Instant::now() < end, "it is kept");
            state.poll();
            std::thread::yield_now();
        }
        say("kept", number);
        if number.is_multiple_of(3) {
            state.run(Command::File(FileCommand::SaveTo(path(&folder))));
            settle(&mut state);
            assert_eq!((state.prompts.failed(), state.prompts.ask()), (None, None));
            say("saved", number);
        }
    }
}

fn begun(folder: &Path) -> State {
    let mut state = State::new(Folder::at(&folder.join("config")), Wake::default());
    state.begin_keeping(false);
    state.tasks.set_pace(Duration::from_millis(1), Duration::from_millis(5));
    state
}

fn settle(state: &mut State) {
    while state.tasks.job().is_some() {
        state.poll();
        std::thread::yield_now();
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("mine.plandesk")
}

fn edit(state: &mut State, number: u64) {
    let table = state.workspace.document().of_kind(TableKind::Plan).next().unwrap();
    let (table, row, column) = (table.id, table.rows[2].id, table.columns[1].id);
    let cell = Cell::text(format!("Edit {number}"));
    state.run(Command::Edit(EditCommand::Make(format!("Edit {number}"), vec![Change::SetCell { table, row, column, cell }])));
}

/// The number of the last edit in a document.
fn number_in(document: &plandesk::model::Document) -> u64 {
    let text = &document.of_kind(TableKind::Plan).next().unwrap().rows[2].cells[1].text;
    text.strip_prefix("Edit ").and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn saved_in(folder: &Path) -> Option<u64> {
    let bytes = std::fs::read(path(folder)).ok()?;
    Some(number_in(&plandesk::store::decode(&bytes).expect("a file that is there is whole").0))
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().to_string_lossy().into()).collect();
    names.sort();
    names
}
