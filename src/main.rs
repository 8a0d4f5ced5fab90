//! The program: parses arguments, then starts the window or a subcommand. Does no work of its own.

// Without this, Windows opens a terminal beside the window.
#![windows_subsystem = "windows"]

mod console;

use std::{
    any::Any,
    io::{BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use clap::{Parser, Subcommand};
use console::Streams;
use plandesk::app::headless::{self, HeadlessError};

/// What a script sees when a file cannot be read or written.
const FAILED: u8 = 2;

/// Opens the workbook an action plan is kept in, says what does not add up, and writes the return.
#[derive(Parser)]
#[command(name = "plandesk", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// Workbooks or .plandesk files, opened as one document
    files: Vec<PathBuf>,
}

#[derive(Subcommand)]
enum Task {
    /// Print what was read: counts, ratings, what is overdue, what does not add up
    Check {
        /// A workbook or a .plandesk file
        file: PathBuf,
        /// The day that ends are judged by, instead of the plan's own review date
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
        /// Print it as JSON, for scripts
        #[arg(long)]
        json: bool,
    },
    /// Write a file as .plandesk, or its return as .xlsx
    Convert {
        /// A workbook or a .plandesk file
        file: PathBuf,
        /// The file to write, ending in .plandesk or .xlsx
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
    },
}

fn main() -> ExitCode {
    // What went wrong is said in one plain line below, not by where in the program it happened.
    std::panic::set_hook(Box::new(|_| {}));
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let mut streams = console::streams();
            let (stream, code) =
                if error.use_stderr() { (&mut streams.err, ExitCode::from(FAILED)) } else { (&mut streams.out, ExitCode::SUCCESS) };
            let _ = write!(stream, "{}", error.render());
            return code;
        }
    };
    match arguments.task {
        Some(Task::Check { file, as_of, json }) => headless(&file, |out| headless::check(&file, as_of.as_deref(), json, out)),
        Some(Task::Convert { file, output }) => headless(&file, |out| headless::convert(&file, &output, out)),
        None => start_window(&arguments.files),
    }
}

/// Starts the window, or does the main job without one where none can be opened.
fn start_window(files: &[PathBuf]) -> ExitCode {
    let drawn = AtomicBool::new(false);
    let reason = match no_window_system() {
        Some(reason) => reason,
        None => match catch_unwind(AssertUnwindSafe(|| window(files, &drawn))) {
            Ok(Ok(())) => return ExitCode::SUCCESS,
            Ok(Err(reason)) => reason,
            Err(fault) => words(&*fault),
        },
    };
    if drawn.load(Ordering::Relaxed) {
        let what = format!("the window: it stopped because of a fault ({reason}). Start plandesk again, and report this.");
        return fail(&mut console::streams().err, &what);
    }
    let file = files.first().map_or(Path::new("sample.xlsx"), PathBuf::as_path);
    headless(file, |out| headless::without_window(&reason, files, Path::new(""), out))
}

/// Runs the window until it is closed. `drawn` is set once it has shown something.
fn window(files: &[PathBuf], drawn: &AtomicBool) -> Result<(), String> {
    plandesk::ui::run(files.to_vec(), drawn)
}

/// Why there can be no window, where that is known without trying.
fn no_window_system() -> Option<String> {
    let session = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let none = cfg!(target_os = "linux") && session.iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty()));
    none.then(|| "there is no desktop session here".to_owned())
}

/// Runs a subcommand and says in one line what went wrong.
fn headless(file: &Path, task: impl FnOnce(&mut dyn Write) -> Result<(), HeadlessError>) -> ExitCode {
    let Streams { out, mut err } = console::streams();
    let run = || {
        let mut out = BufWriter::new(out);
        let done = task(&mut out);
        // Dropping a closed pipe's buffer would try to write it again.
        done.and_then(|()| headless::unless_closed(out.flush()))
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => fail(&mut err, &error.to_string()),
        Err(fault) => {
            let what = format!("{}: a fault in plandesk stopped it ({}). Report this with the file.", file.display(), words(&*fault));
            fail(&mut err, &what)
        }
    }
}

fn fail(err: &mut dyn Write, what: &str) -> ExitCode {
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(err, "plandesk: {what}");
    ExitCode::from(FAILED)
}

/// The words of a panic.
fn words(fault: &(dyn Any + Send)) -> String {
    let text = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
    text.unwrap_or("of an unknown kind").to_owned()
}
