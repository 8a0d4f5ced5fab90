//! The `check` subcommand: what it prints of one file or of several, and the code it ends with. Writes no file.

use std::{
    cell::RefCell,
    io::{self, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::{ExitCode, Termination},
};

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    as_of,
    headless_error::{HeadlessError, date, read, unless_closed},
    open::Opened,
    report,
};
use crate::{
    insight::{AsOf, Insight},
    model::harmless,
    notes::Severity,
};

/// What a script sees when something was found that it asked about.
const FOUND: u8 = 1;

/// What is asked of `check`.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a> {
    pub files: &'a [PathBuf],
    /// The day ends are judged at, as it was typed.
    pub as_of: Option<&'a str>,
    pub json: bool,
    /// Whether to say, for people, why each column is what it was taken for.
    pub explain: bool,
    pub fail_on: &'a [FailOn],
}

/// Something a script asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Any note that is a warning or a problem.
    Warning,
    /// Any unfinished line past its end date.
    Overdue,
}

impl FailOn {
    /// Everything that can be asked about.
    pub const ALL: [Self; 2] = [Self::Warning, Self::Overdue];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Overdue => "overdue",
        }
    }

    fn is_in(self, opened: &Opened, insight: &Insight) -> bool {
        match self {
            Self::Warning => opened.notes.iter().chain(&insight.notes).any(|note| note.severity >= Severity::Warning),
            Self::Overdue => !insight.overdue.is_empty(),
        }
    }
}

/// How a check ended that read every file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// What was asked about is in none of them.
    Passed,
    Found,
}

impl Termination for Checked {
    fn report(self) -> ExitCode {
        match self {
            Self::Passed => ExitCode::SUCCESS,
            Self::Found => ExitCode::from(FOUND),
        }
    }
}

/// Prints what was read from each file and what it says, for people or as JSON.
///
/// # Errors
/// When the date is none, a file cannot be read or the output cannot be written. Of several files, the others are printed all the same.
pub fn check(asked: &Check<'_>, out: &mut dyn Write) -> Result<Checked, HeadlessError> {
    let as_of = as_of(asked.as_of.map(date).transpose()?);
    let mut run = Run { asked, as_of, found: false, unread: Vec::new() };
    match asked.files {
        [file] => {
            let checked = run.check(file)?;
            unless_closed(put(&checked, asked, out))?;
        }
        files if asked.json => run.several_as_json(files, out)?,
        files => run.several_as_text(files, out)?,
    }
    match run {
        Run { unread, .. } if !unread.is_empty() => Err(HeadlessError::Unread(unread)),
        Run { found: true, .. } => Ok(Checked::Found),
        Run { .. } => Ok(Checked::Passed),
    }
}

/// Prints what a document says, for people.
pub(super) fn print(opened: &Opened, as_of: AsOf, out: &mut dyn Write) -> io::Result<()> {
    put_text(opened, &Insight::of(&opened.document, as_of), out)
}

fn put_text(opened: &Opened, insight: &Insight, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(report::text(&opened.document, &opened.notes, insight).trim_end().as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// A file that was read, and what is to be said of it.
struct Readied {
    opened: Opened,
    insight: Insight,
}

impl Readied {
    fn report(&self) -> report::Report<'_> {
        report::Report { opened: &self.opened, insight: &self.insight }
    }
}

fn put(read: &Readied, asked: &Check<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !asked.json {
        put_text(&read.opened, &read.insight, out)?;
        let explained = if asked.explain { report::explain(&read.opened.outlines) } else { String::new() };
        out.write_all(explained.as_bytes())?;
        return out.flush();
    }
    serde_json::to_writer_pretty(report::Escaping(&mut *out), &read.report())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// A check under way.
struct Run<'a> {
    asked: &'a Check<'a>,
    as_of: AsOf,
    found: bool,
    unread: Vec<HeadlessError>,
}

impl Run<'_> {
    /// Reads a file and judges what it holds. A fault in one file leaves the others.
    fn check(&mut self, file: &Path) -> Result<Readied, HeadlessError> {
        let checked = catch_unwind(AssertUnwindSafe(|| {
            let opened = read(&[file.into()])?;
            let insight = Insight::of(&opened.document, self.as_of);
            let found = self.asked.fail_on.iter().any(|what| what.is_in(&opened, &insight));
            Ok((Readied { opened, insight }, found))
        }));
        let (checked, found) = checked.unwrap_or_else(|fault| Err(HeadlessError::fault(file, &*fault)))?;
        self.found |= found;
        Ok(checked)
    }

    fn several_as_text(&mut self, files: &[PathBuf], out: &mut dyn Write) -> Result<(), HeadlessError> {
        for (at, file) in files.iter().enumerate() {
            let name = file.display().to_string();
            let gap = if at == 0 { "" } else { "\n" };
            let checked = self.check(file);
            let headed = writeln!(out, "{gap}{}\n{}\n", harmless(&name), "=".repeat(name.chars().count()));
            unless_closed(headed.and_then(|()| match &checked {
                Ok(read) => put(read, self.asked, out),
                Err(error) => writeln!(out, "{}", harmless(&format!("Not read: {error}"))).and_then(|()| out.flush()),
            }))?;
            self.unread.extend(checked.err());
        }
        Ok(())
    }

    /// One file after another, so that no more than one is held.
    fn several_as_json(&mut self, files: &[PathBuf], out: &mut dyn Write) -> Result<(), HeadlessError> {
        let checked = files.iter().map(|file| {
            let checked = self.check(file).map_err(|error| {
                let words = error.to_string();
                self.unread.push(error);
                words
            });
            OfFile { name: file.display().to_string(), checked }
        });
        let several = Several { version: report::VERSION, files: InTurn(RefCell::new(checked)) };
        let written = serde_json::to_writer_pretty(report::Escaping(&mut *out), &several).map_err(io::Error::from);
        unless_closed(written.and_then(|()| writeln!(out)).and_then(|()| out.flush()))
    }
}

/// One of several files: its report, or why it was not read.
struct OfFile {
    name: String,
    checked: Result<Readied, String>,
}

impl Serialize for OfFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_map(None)?;
        file.serialize_entry("file", &self.name)?;
        match &self.checked {
            Ok(read) => file.serialize_entry("report", &read.report())?,
            Err(words) => file.serialize_entry("error", words)?,
        }
        file.end()
    }
}

/// The JSON of several files.
#[derive(Serialize)]
struct Several<I: Iterator<Item = OfFile>> {
    version: u32,
    #[serde(bound = "")]
    files: InTurn<I>,
}

/// Values that are made while they are written.
struct InTurn<I>(RefCell<I>);

impl<I: Iterator<Item = OfFile>> Serialize for InTurn<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.borrow_mut().by_ref())
    }
}
