//! The program: parses arguments, then starts the window or a subcommand. Does no work of its own.

// Without this, Windows opens a terminal beside the window.
#![windows_subsystem = "windows"]

mod console;

use std::{
    io::{BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Termination},
    time::{Duration, Instant},
};

use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use console::Streams;
use plandesk::{
    app::{
        Folder, Renderer,
        calls::Calls,
        check::{Check, FailOn, check},
        faults,
        headless::{self, HeadlessError},
        log_path, report,
        single::{self, Start},
        start_log,
    },
    ui::{Ended, Wishes, tell},
};

/// What a script sees when a file cannot be read or written.
const FAILED: u8 = 2;

/// A window that took another's place and lasted no longer than this is not started again.
const LASTING: Duration = Duration::from_secs(30);

/// Opens the workbook an action plan is kept in, says what does not add up, and writes the return.
#[derive(Parser)]
#[command(name = "plandesk", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// Workbooks or .plandesk files, opened as one document
    files: Vec<PathBuf>,
    /// Draw the window this way, and no other
    #[arg(long, value_name = "NAME", value_parser = renderers())]
    renderer: Option<Renderer>,
    /// Open another window, even where one is open
    #[arg(long)]
    new_window: bool,
    /// Take the place of a window that handed its document on
    #[arg(long, hide = true)]
    recover: bool,
    /// Do not draw the window this way
    #[arg(long, value_name = "NAME", value_parser = renderers(), hide = true)]
    failed: Vec<Renderer>,
}

/// The names of the renderers, and what they stand for.
fn renderers() -> impl TypedValueParser<Value = Renderer> {
    let names = PossibleValuesParser::new(Renderer::ALL.map(Renderer::name));
    names.map(|name| Renderer::named(&name).expect("only names of renderers are possible"))
}

/// What `check` can be asked to fail on.
fn reasons() -> impl TypedValueParser<Value = FailOn> {
    let names = PossibleValuesParser::new(FailOn::ALL.map(FailOn::name));
    names.map(|name| FailOn::ALL.into_iter().find(|reason| reason.name() == name).expect("only names of reasons are possible"))
}

#[derive(Subcommand)]
enum Task {
    /// Print what was read: counts, ratings, what is overdue, what does not add up
    Check {
        /// Workbooks or .plandesk files, each checked by itself
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The day that ends are judged at, instead of each plan's review date or, where it states none, today
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
        /// Print it as JSON, for scripts
        #[arg(long)]
        json: bool,
        /// End with exit code 1 where any file has a warning or a problem, or an unfinished line past its end date
        #[arg(long, value_name = "WHAT", value_parser = reasons(), value_delimiter = ',')]
        fail_on: Vec<FailOn>,
    },
    /// Write a file as .plandesk, or its return as .xlsx
    Convert {
        /// A workbook or a .plandesk file
        file: PathBuf,
        /// The file to write, ending in .plandesk or .xlsx
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Have in the return what is hidden in the workbook: columns, rows, sheets
        #[arg(long)]
        with_hidden: bool,
        /// The day the return stands at, which its cover states
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
        /// Replace a file of that name, whatever it is
        #[arg(long)]
        force: bool,
    },
}

fn main() -> ExitCode {
    // What went wrong is said in one plain line below, not by where in the program it happened.
    faults::hear();
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
    match &arguments.task {
        Some(Task::Check { files, as_of, json, fail_on }) => {
            let asked = Check { files, as_of: as_of.as_deref(), json: *json, fail_on };
            headless(&files[0], |out| check(&asked, out))
        }
        Some(Task::Convert { file, output, with_hidden, as_of, force }) => headless(file, |out| {
            let wishes = headless::Wishes { with_hidden: *with_hidden, as_of: as_of.as_deref(), force: *force };
            headless::convert(file, output, wishes, out)
        }),
        None => start_window(&arguments),
    }
}

/// Starts the window, or does the main job without one where none can be opened.
fn start_window(arguments: &Arguments) -> ExitCode {
    let files = &arguments.files;
    if let Some(reason) = no_window_system() {
        return without_window(&reason, files);
    }
    let folder = Folder::of_user();
    start_log(&folder);
    let calls = Calls::default();
    let first = if arguments.new_window {
        None
    } else {
        let heard = calls.clone();
        match single::start(&folder, files, move |files| heard.ask(files)) {
            Start::Taken => return ExitCode::SUCCESS,
            Start::First(first) => Some(first),
            Start::Alone => None,
        }
    };
    log::info!("plandesk {} on {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH);
    let begun = Instant::now();
    let wishes = Wishes {
        folder: folder.clone(),
        files: files.clone(),
        renderer: arguments.renderer,
        failed: arguments.failed.clone(),
        takes_over: arguments.recover,
        calls,
    };
    let ended = plandesk::ui::run(&wishes);
    // The next process is then the first.
    drop(first);
    end(arguments, &folder, ended, !arguments.recover || begun.elapsed() > LASTING)
}

/// Says how the window ended, where it was not by its user, and goes on as well as can be. One that did not last is not started again.
fn end(arguments: &Arguments, folder: &Folder, ended: Ended, lasted: bool) -> ExitCode {
    let next = if lasted { "plandesk now starts again where you were." } else { "Start plandesk again." };
    match ended {
        Ended::Closed => ExitCode::SUCCESS,
        Ended::DeviceLost { .. } if lasted => again(arguments, &[]),
        Ended::DeviceLost { kept } => {
            let words = format!("This computer no longer draws its window. {} {next}{}", what_was_kept(kept), where_more(folder));
            tell("plandesk has stopped", &words);
            ExitCode::from(FAILED)
        }
        Ended::Fault { reason, kept } => {
            let words = format!("A fault in plandesk stopped it ({reason}). {} {next}{}", what_was_kept(kept), where_more(folder));
            tell("plandesk has stopped", &words);
            if lasted { again(arguments, &[]) } else { ExitCode::from(FAILED) }
        }
        Ended::Undrawn(failed) => again(arguments, &failed),
        Ended::NoWindow(reason) => {
            log::error!("no window can be opened");
            tell("plandesk cannot draw its window", &format!("{}{}", cannot_draw(arguments.renderer, &reason), where_more(folder)));
            if cfg!(windows) { ExitCode::from(FAILED) } else { without_window(&reason, &arguments.files) }
        }
    }
}

/// Starts the program again in a process of its own: with the work that was handed on, or without the renderers that failed.
fn again(arguments: &Arguments, failed: &[Renderer]) -> ExitCode {
    let started = std::env::current_exe().and_then(|program| {
        let mut command = Command::new(program);
        if failed.is_empty() || arguments.recover {
            command.arg("--recover");
        }
        if arguments.new_window {
            command.arg("--new-window");
        }
        match arguments.renderer {
            // The only one to try has failed; the rest is better than nothing.
            Some(renderer) if failed.is_empty() => command.args(["--renderer", renderer.name()]),
            _ => command.args(failed.iter().flat_map(|renderer| ["--failed", renderer.name()])),
        };
        command.arg("--").args(&arguments.files).spawn()
    });
    match started {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => fail(&mut console::streams().err, &format!("it could not be started again ({error}). Start plandesk again.")),
    }
}

fn what_was_kept(kept: bool) -> &'static str {
    if kept { "Your work was kept." } else { "Changes that were not saved could not be kept." }
}

fn where_more(folder: &Folder) -> String {
    log_path(folder).map_or_else(String::new, |path| format!("\n\nWhat happened is in the log: {}", path.display()))
}

/// What to do where no renderer works, or not the one that was asked for.
fn cannot_draw(named: Option<Renderer>, reason: &str) -> String {
    match named {
        Some(renderer) => format!(
            "{} does not work on this computer ({reason}). Start plandesk without --renderer, and it takes what works.",
            renderer.words()
        ),
        None => "None of the ways to draw a window works on this computer.\n\nWhat to do: restart the computer or the remote session \
                 and try again. If that does not help, ask whoever looks after this computer to update its graphics driver."
            .to_owned(),
    }
}

/// Does the main job without a window.
fn without_window(reason: &str, files: &[PathBuf]) -> ExitCode {
    let file = files.first().map_or(Path::new("sample.xlsx"), PathBuf::as_path);
    headless(file, |out| headless::without_window(reason, files, Path::new(""), out))
}

/// Why there can be no window, where that is known without trying.
fn no_window_system() -> Option<String> {
    let session = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"];
    let none = cfg!(target_os = "linux") && session.iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty()));
    none.then(|| "there is no desktop session here".to_owned())
}

/// Runs a subcommand and says in one line a file what went wrong.
fn headless<T: Termination>(file: &Path, task: impl FnOnce(&mut dyn Write) -> Result<T, HeadlessError>) -> ExitCode {
    let Streams { out, mut err } = console::streams();
    let run = || {
        let mut out = BufWriter::new(out);
        let done = task(&mut out);
        // Dropping a closed pipe's buffer would try to write it again.
        done.and_then(|done| headless::unless_closed(out.flush()).map(|()| done))
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(done)) => done.report(),
        Ok(Err(error)) => error.lines().iter().map(|line| fail(&mut err, line)).fold(ExitCode::FAILURE, |_, code| code),
        Err(fault) => fail(&mut err, &HeadlessError::fault(file, &*fault).to_string()),
    }
}

fn fail(err: &mut dyn Write, what: &str) -> ExitCode {
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let _ = writeln!(err, "plandesk: {}", report::harmless(&what));
    ExitCode::from(FAILED)
}
