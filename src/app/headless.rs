//! The command line without a window: `check`, `convert`, and what is done where no window can open. Parses no arguments.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use thiserror::Error;

use super::{
    export::{export, return_name},
    open::{OpenError, Opened, open_files, open_sample},
    report,
};
use crate::{
    store::{self, Folder, Mappings, StoreError, WriteError},
    workbook::SaveError,
};

/// The Debian and Ubuntu packages whose libraries a window loads.
pub const PACKAGES: &str =
    "libvulkan1 mesa-vulkan-drivers libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0";

/// Why a subcommand did not do what was asked: the file, what is wrong and what to do, in one line.
#[derive(Debug, Error)]
pub enum HeadlessError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("{}: the name to write ends in neither .plandesk nor .xlsx. Give it one of these endings.", .0.display())]
    Ending(PathBuf),
    #[error("{}: this is the file that is read. Choose another name to write.", .0.display())]
    SameFile(PathBuf),
    #[error("--as-of {0}: this is not a date. Write it as YYYY-MM-DD, such as 2018-04-30.")]
    AsOf(String),
    #[error("{}: {cause}.", .file.display())]
    Encode { file: PathBuf, cause: StoreError },
    #[error("{}: {cause}", .file.display())]
    Return { file: PathBuf, cause: SaveError },
    #[error("the output: it could not be written ({0}). Send it somewhere else.")]
    Output(#[from] io::Error),
}

/// Prints what was read from a file and what it says, for people or as JSON.
///
/// # Errors
/// When the date is none, the file cannot be read or the output cannot be written.
pub fn check(file: &Path, as_of: Option<&str>, as_json: bool, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let as_of = as_of.map(date).transpose()?;
    let opened = read(&[file.into()])?;
    unless_closed(print(&opened, as_of, as_json, out))
}

/// Reads a file and writes it as one of ours or as a return, by the ending of the new name.
///
/// # Errors
/// When the file cannot be read, or the new one cannot be written.
pub fn convert(file: &Path, to: &Path, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let ending = to.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let own = match ending.as_deref() {
        Some(store::ENDING) => true,
        Some("xlsx") => false,
        _ => return Err(HeadlessError::Ending(to.into())),
    };
    if file.canonicalize().is_ok_and(|file| to.canonicalize().is_ok_and(|to| to == file)) {
        return Err(HeadlessError::SameFile(to.into()));
    }
    let opened = read(&[file.into()])?;
    let bytes = if own {
        store::encode(&opened.document, &opened.notes).map_err(|cause| HeadlessError::Encode { file: to.into(), cause })?
    } else {
        return_of(&opened, to)?
    };
    store::write(to, &bytes)?;
    unless_closed(writeln!(out, "Wrote {}.", to.display()))
}

/// Does the main job where no window can open: prints what `check` prints for the files, or for the sample and writes its return
/// into a folder, and says what a window needs.
///
/// # Errors
/// When a file cannot be read, or the return or the output cannot be written.
pub fn without_window(reason: &str, files: &[PathBuf], folder: &Path, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let opened = if files.is_empty() { open_sample() } else { read(files)? };
    unless_closed(print(&opened, None, false, out))?;
    let done = if files.is_empty() {
        let name = return_name(&opened.document);
        store::write(&folder.join(&name), &return_of(&opened, Path::new(&name))?)?;
        format!("The sample's return was written into this folder: {name}")
    } else {
        "To write its return: plandesk convert FILE -o RETURN.xlsx".to_owned()
    };
    unless_closed(writeln!(out, "\nNo window was opened: {reason}.\n{done}\n{}", needs()))
}

/// Reads files as their user corrected them in the window.
fn read(files: &[PathBuf]) -> Result<Opened, OpenError> {
    open_files(files, Mappings::load(&Folder::of_user()).all(), &|_| true)
}

/// What a window needs on this system.
fn needs() -> String {
    if cfg!(target_os = "linux") {
        format!("A window needs a desktop session (X11 or Wayland) and, on Debian and Ubuntu, these packages:\n  {PACKAGES}")
    } else {
        "A window needs a desktop session and a graphics driver with DirectX 12, Vulkan, Metal or OpenGL.".to_owned()
    }
}

fn print(opened: &Opened, as_of: Option<Date>, as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        serde_json::to_writer_pretty(report::Escaping(&mut *out), &report::json(opened, as_of))?;
    } else {
        out.write_all(report::text(&opened.document, &opened.notes, as_of).trim_end().as_bytes())?;
    }
    out.write_all(b"\n")?;
    out.flush()
}

fn return_of(opened: &Opened, file: &Path) -> Result<Vec<u8>, HeadlessError> {
    export(&opened.document, None, &mut |_| true).map_err(|cause| HeadlessError::Return { file: file.into(), cause })
}

fn date(text: &str) -> Result<Date, HeadlessError> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| HeadlessError::AsOf(text.to_owned()))
}

/// A reader that stops reading, such as `head`, is no failure.
///
/// # Errors
/// When the output cannot be written for any other reason.
pub fn unless_closed(done: io::Result<()>) -> Result<(), HeadlessError> {
    match done {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
