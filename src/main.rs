//! The program: parses arguments, then starts the window or a subcommand. Does no work of its own.

// Without this, Windows opens a terminal beside the window.
#![windows_subsystem = "windows"]

mod console;
#[cfg(feature = "window")]
mod window;

use std::{
    io::{BufWriter, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{ExitCode, Termination},
};

use clap::{
    Parser, Subcommand,
    builder::{PossibleValuesParser, TypedValueParser},
};
use console::Streams;
use plandesk::{
    app::{
        check::{Check, FailOn, check},
        faults,
        headless::{self, HeadlessError},
        update_file::{Update, update},
    },
    model::harmless,
    returns::{self, Template},
    store::Renderer,
};

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

/// The names of the returns, and what they stand for.
fn templates() -> impl TypedValueParser<Value = &'static Template> {
    let names = PossibleValuesParser::new(returns::ALL.iter().map(|template| template.code));
    names.map(|name| returns::template(&name).expect("only names of returns are possible"))
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
        /// Say of every column why it was taken for what it is
        #[arg(long, conflicts_with = "json")]
        explain: bool,
        /// End with exit code 1 where any file has a warning or a problem, or an unfinished line past its end date
        #[arg(long, value_name = "WHAT", value_parser = reasons(), value_delimiter = ',')]
        fail_on: Vec<FailOn>,
    },
    /// Write a file as .plandesk, or its return as .xlsx or .pdf
    Convert {
        /// A workbook or a .plandesk file
        file: PathBuf,
        /// The file to write, ending in .plandesk, .xlsx or .pdf
        #[arg(short, long, value_name = "OUT")]
        output: PathBuf,
        /// Have in the return what is hidden in the workbook: columns, rows, sheets
        #[arg(long)]
        with_hidden: bool,
        /// The day the return stands at, which its cover states
        #[arg(long, value_name = "YYYY-MM-DD")]
        as_of: Option<String>,
        /// Which return to write; one-page is a PDF only
        #[arg(long = "return", value_name = "NAME", value_parser = templates(), default_value = "board")]
        template: &'static Template,
        /// What the return is held against: an older workbook, or the name of a return that was frozen in FILE; the last one without this
        #[arg(long, value_name = "FILE")]
        baseline: Option<String>,
        /// Replace a file of that name, whatever it is
        #[arg(long)]
        force: bool,
    },
    /// Write changes into a workbook: only the cells they name change
    Update {
        /// A workbook (.xlsx, .xlsm)
        file: PathBuf,
        /// The list of changes, as JSON
        #[arg(long, value_name = "CHANGES.json")]
        changes: PathBuf,
        /// The file to write, instead of the workbook itself
        #[arg(short, long, value_name = "OUT")]
        output: Option<PathBuf>,
        /// Print what was written as JSON, for scripts
        #[arg(long)]
        json: bool,
        /// Write a workbook that has a digital signature, which no longer holds then
        #[arg(long)]
        break_signature: bool,
        /// Write over formulas too
        #[arg(long)]
        replace_formulas: bool,
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
        Some(Task::Check { files, as_of, json, explain, fail_on }) => {
            let asked = Check { files, as_of: as_of.as_deref(), json: *json, explain: *explain, fail_on };
            headless(&files[0], |out| check(&asked, out))
        }
        Some(Task::Convert { file, output, with_hidden, as_of, template, baseline, force }) => headless(file, |out| {
            let wishes = headless::Wishes {
                with_hidden: *with_hidden,
                as_of: as_of.as_deref(),
                template,
                baseline: baseline.as_deref(),
                force: *force,
            };
            headless::convert(file, output, wishes, out)
        }),
        Some(Task::Update { file, changes, output, json, break_signature, replace_formulas }) => {
            let asked = Update { file, changes, to: output.as_deref(), json: *json, signed: *break_signature, formulas: *replace_formulas };
            headless(file, |out| update(&asked, out))
        }
        None => window::start(&arguments),
    }
}

/// A program that was built without its window does the main job without one.
#[cfg(not(feature = "window"))]
mod window {
    use super::{Arguments, ExitCode, without_window};

    pub(crate) fn start(arguments: &Arguments) -> ExitCode {
        without_window("it was built without one", &arguments.files)
    }
}

/// Does the main job without a window.
fn without_window(reason: &str, files: &[PathBuf]) -> ExitCode {
    let file = files.first().map_or(Path::new("sample.xlsx"), PathBuf::as_path);
    headless(file, |out| headless::without_window(reason, files, Path::new(""), out))
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
    let _ = writeln!(err, "plandesk: {}", harmless(&what));
    ExitCode::from(FAILED)
}
