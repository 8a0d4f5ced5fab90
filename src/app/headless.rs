//! The command line without a window: `convert`, and what is done where no window can open. Parses no arguments.

use std::{
    any::Any,
    io::{self, Write},
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use thiserror::Error;

use super::{
    as_of, check,
    export::{export, return_name},
    faults,
    open::{OpenError, Opened, open_files, open_sample},
    overwrite::may_replace,
    report,
};
use crate::{
    publish::{Emptiness, Section, publish},
    returns::counted_anew,
    store::{self, FileLock, Fingerprint, Folder, Mappings, StoreError, Unwritten, WriteError},
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
    #[error("{}: {why}, so it was left as it is. Choose another name, or add --force to replace it.", .file.display())]
    Taken { file: PathBuf, why: &'static str },
    #[error("{}: {why}, so the sample's return was not written over it. Move it elsewhere, or start plandesk in another folder.", .file.display())]
    TakenHere { file: PathBuf, why: &'static str },
    #[error("{}: all of it is hidden in the workbook, so its return would be empty. Unhide what belongs in it, or add --with-hidden.", .0.display())]
    AllHidden(PathBuf),
    #[error("{}: it holds no table and no text, so its return would be empty. Open the workbook with the plan instead.", .0.display())]
    NothingRead(PathBuf),
    #[error("{}: {cause}", .file.display())]
    Return { file: PathBuf, cause: SaveError },
    #[error("the output: it could not be written ({0}). Send it somewhere else.")]
    Output(#[from] io::Error),
    #[error("{}: a fault in plandesk stopped it ({reason}). Report this with the file.", .file.display())]
    Fault { file: PathBuf, reason: String },
    /// Some of several files, of which the others were checked.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Unread(Vec<Self>),
}

impl HeadlessError {
    /// A fault in the program while a file was worked on.
    #[must_use]
    pub fn fault(file: &Path, fault: &(dyn Any + Send)) -> Self {
        Self::Fault { file: file.into(), reason: faults::words(fault) }
    }

    /// What to say of it, a line a file.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Unread(all) => all.iter().flat_map(Self::lines).collect(),
            one => vec![one.to_string()],
        }
    }
}

/// What may be wished of a conversion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes<'a> {
    /// Whether a return holds what is hidden in the workbook too.
    pub with_hidden: bool,
    /// The day a return stands at, as it was typed.
    pub as_of: Option<&'a str>,
    /// Whether a file that is there is replaced, whatever it is.
    pub force: bool,
}

/// Reads a file and writes it as one of ours or as a return, by the ending of the new name. Says what is in it, and what is not.
///
/// # Errors
/// When the file cannot be read, or the new one cannot be written.
pub fn convert(file: &Path, to: &Path, wishes: Wishes<'_>, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let as_of = wishes.as_of.map(date).transpose()?;
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
    if !wishes.force {
        may_replace(to, &opened.document.identity).map_err(|why| HeadlessError::Taken { file: to.into(), why })?;
    }
    // What is there now may be replaced, and nothing that somebody puts there meanwhile.
    let known = Fingerprint::read(to).ok();
    // A file of our own keeps everything.
    let published = publish(&opened.document, &opened.notes, own || wishes.with_hidden);
    let (bytes, sections) = if own {
        let bytes = store::encode_converted(&opened.document, &opened.notes);
        (bytes.map_err(|cause| HeadlessError::Encode { file: to.into(), cause })?, published.account.kept())
    } else {
        match published.emptiness() {
            Some(Emptiness::AllHidden) => return Err(HeadlessError::AllHidden(file.into())),
            Some(Emptiness::NothingRead) => return Err(HeadlessError::NothingRead(file.into())),
            None => {}
        }
        let account = published.account.with_counts(counted_anew(&published.document));
        (return_of(&opened, wishes.with_hidden, as_of, to)?, account.sections())
    };
    store::note_folder(&Folder::of_user(), to);
    // A document that is open in a window is not changed behind its back.
    let _held = if own { FileLock::take(to).map_err(|holder| WriteError::OpenElsewhere { file: to.into(), holder })? } else { None };
    match store::write_unless_changed(to, &bytes, known.as_ref()) {
        Ok(_) => {}
        Err(Unwritten::Gone) => store::write(to, &bytes)?,
        Err(Unwritten::Write(error)) => return Err(error.into()),
        Err(Unwritten::Changed(_)) => {
            return Err(HeadlessError::Taken { file: to.into(), why: "somebody saved it while it was being made" });
        }
    }
    unless_closed(tell(&sections, out).and_then(|()| writeln!(out, "Wrote {}.", report::harmless(&to.display().to_string()))))
}

fn tell(sections: &[Section], out: &mut dyn Write) -> io::Result<()> {
    for (title, lines) in sections {
        writeln!(out, "{title}:")?;
        lines.iter().try_for_each(|line| writeln!(out, "  {}", report::harmless(line)))?;
    }
    Ok(())
}

/// Does the main job where no window can open: prints what `check` prints for the files, or for the sample and writes its return
/// into a folder, and says what a window needs.
///
/// # Errors
/// When a file cannot be read, or the return or the output cannot be written.
pub fn without_window(reason: &str, files: &[PathBuf], folder: &Path, out: &mut dyn Write) -> Result<(), HeadlessError> {
    let opened = if files.is_empty() { open_sample() } else { read(files)? };
    unless_closed(check::print(&opened, as_of(None), out))?;
    let done = if files.is_empty() {
        let name = return_name(&opened.document);
        let to = folder.join(&name);
        may_replace(&to, &opened.document.identity).map_err(|why| HeadlessError::TakenHere { file: name.clone().into(), why })?;
        store::write(&to, &return_of(&opened, false, None, Path::new(&name))?)?;
        format!("The sample's return was written into this folder: {name}")
    } else {
        "To write its return: plandesk convert FILE -o RETURN.xlsx".to_owned()
    };
    unless_closed(writeln!(out, "\nNo window was opened: {reason}.\n{done}\n{}", needs()))
}

/// Reads files as their user corrected them in the window.
pub(super) fn read(files: &[PathBuf]) -> Result<Opened, OpenError> {
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

fn return_of(opened: &Opened, with_hidden: bool, given: Option<Date>, file: &Path) -> Result<Vec<u8>, HeadlessError> {
    export(&opened.document, with_hidden, as_of(given), &mut |_| true).map_err(|cause| HeadlessError::Return { file: file.into(), cause })
}

/// The day that was typed behind `--as-of`.
pub(super) fn date(text: &str) -> Result<Date, HeadlessError> {
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
