//! The command line without a window: `convert`, and what is done where no window can open. Parses no arguments.

use std::{
    borrow::Cow,
    io::{self, Write},
    path::{Path, PathBuf},
};

pub use super::headless_error::{HeadlessError, unless_closed};

use super::{
    as_of, baseline, check,
    export::{ACCESSIBILITY, Format, Wished, accessibility_of, export, export_pdf, return_name},
    headless_error::{date, read, replace},
    open::open_sample,
    return_file::may_take_place,
};
use crate::{
    model::{Document, FrozenReturn, harmless},
    publish::{Account, Emptiness, Section, publish},
    returns::{self, Template, counted_anew, long_rows},
    store::{self, FileLock, Fingerprint, Folder, WriteError},
};

/// The Debian and Ubuntu packages whose libraries a window loads.
pub const PACKAGES: &str =
    "libvulkan1 mesa-vulkan-drivers libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0";

/// What may be wished of a conversion.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'a> {
    /// Whether a return holds what is hidden in the workbook too.
    pub with_hidden: bool,
    /// The day a return stands at, as it was typed.
    pub as_of: Option<&'a str>,
    /// Which return it is.
    pub template: &'static Template,
    /// What it is held against: an older workbook, or the name of a return that was frozen in the file.
    pub baseline: Option<&'a str>,
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
        Some("xlsx" | "pdf") => false,
        _ => return Err(HeadlessError::Ending(to.into())),
    };
    if file.canonicalize().is_ok_and(|file| to.canonicalize().is_ok_and(|to| to == file)) {
        return Err(HeadlessError::SameFile(to.into()));
    }
    let opened = read(&[file.into()])?;
    if !wishes.force {
        may_take_place(to, &opened.document).map_err(|why| HeadlessError::Taken { file: to.into(), why })?;
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
        let account = match Format::of(to) {
            Format::Workbook => {
                published.account.with_counts(counted_anew(&published.document)).with_long_rows(long_rows(&published.document))
            }
            // On paper every cell is a value.
            Format::Pdf => Account { formulas: 0, ..published.account },
        };
        let mut sections = account.sections();
        let baseline = baseline_of(&opened.document, wishes)?;
        sections.extend(baseline.as_ref().map(|baseline| ("Compared with", vec![baseline.title()])));
        let wished = Wished {
            template: wishes.template,
            with_hidden: wishes.with_hidden,
            as_of: super::as_of(as_of),
            baseline: baseline.as_deref(),
            overridden: &[],
        };
        let bytes = return_of(&opened.document, wished, to)?;
        sections.extend(accessibility_of(wishes.template, &bytes, &|| true).map(|checked| (ACCESSIBILITY, checked.lines())));
        (bytes, sections)
    };
    if opened.document.tables.is_empty() {
        unless_closed(writeln!(
            out,
            "No table was found in {}, so what is written holds its texts alone.",
            harmless(&file.display().to_string())
        ))?;
    }
    store::note_folder(&Folder::of_user(), to);
    // A document that is open in a window is not changed behind its back.
    let _held = if own { FileLock::take(to).map_err(|holder| WriteError::OpenElsewhere { file: to.into(), holder })? } else { None };
    replace(to, &bytes, known.as_ref())?;
    unless_closed(tell(&sections, out).and_then(|()| writeln!(out, "Wrote {}.", harmless(&to.display().to_string()))))
}

fn tell(sections: &[Section], out: &mut dyn Write) -> io::Result<()> {
    for (title, lines) in sections {
        writeln!(out, "{title}:")?;
        lines.iter().try_for_each(|line| writeln!(out, "  {}", harmless(line)))?;
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
        let name = return_name(&opened.document, returns::board(), Format::Workbook);
        let to = folder.join(&name);
        may_take_place(&to, &opened.document).map_err(|why| HeadlessError::TakenHere { file: name.clone().into(), why })?;
        store::write(&to, &return_of(&opened.document, Wished { as_of: as_of(None), ..Wished::default() }, Path::new(&name))?)?;
        format!("The sample's return was written into this folder: {name}")
    } else {
        "To write its return: plandesk convert FILE -o RETURN.xlsx".to_owned()
    };
    unless_closed(writeln!(out, "\nNo window was opened: {reason}.\n{done}\n{}", needs()))
}

/// What a return is held against: the one that was asked for, or else the last that was frozen in the document.
fn baseline_of<'doc>(document: &'doc Document, wishes: Wishes<'_>) -> Result<Option<Cow<'doc, FrozenReturn>>, HeadlessError> {
    let Some(asked) = wishes.baseline else { return Ok(document.frozen.last().map(Cow::Borrowed)) };
    let named = |frozen: &&FrozenReturn| frozen.name.eq_ignore_ascii_case(asked.trim());
    if let Some(frozen) = document.frozen.iter().rev().find(named) {
        return Ok(Some(Cow::Borrowed(frozen)));
    }
    let file = Path::new(asked);
    if !file.exists() {
        let names = document.frozen.iter().map(|frozen| frozen.name.to_string()).collect();
        return Err(HeadlessError::Baseline { asked: asked.to_owned(), names });
    }
    Ok(Some(Cow::Owned(baseline::of_opened(&read(&[file.into()])?, file, wishes.with_hidden))))
}

/// What a window needs on this system.
fn needs() -> String {
    if cfg!(target_os = "linux") {
        format!("A window needs a desktop session (X11 or Wayland) and, on Debian and Ubuntu, these packages:\n  {PACKAGES}")
    } else {
        "A window needs a desktop session and a graphics driver with DirectX 12, Vulkan, Metal or OpenGL.".to_owned()
    }
}

fn return_of(document: &Document, wished: Wished<'_>, file: &Path) -> Result<Vec<u8>, HeadlessError> {
    match Format::of(file) {
        Format::Workbook => export(document, wished, &mut |_| true).map_err(|cause| HeadlessError::Return { file: file.into(), cause }),
        Format::Pdf => export_pdf(document, wished, &mut |_| true).map_err(|cause| HeadlessError::Paper { file: file.into(), cause }),
    }
}
