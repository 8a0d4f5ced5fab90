//! The `update` subcommand: changes that are listed in a file of JSON, written into a workbook. Reads and says; the writing is `write_back`'s.

mod resolve;
mod wish;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{ExitCode, Termination},
};

use serde_json::{Value as Json, json};

use super::{
    allowed,
    headless_error::{HeadlessError, read, unless_closed},
    open::OpenError,
    passwords::{Password, Passwords},
    receipt::Receipt,
    today,
    write_back::{ToWrite, WrittenBack, write_back},
};
use crate::{
    model::harmless,
    store::{self, Fingerprint, Folder, Settings, Unwritten, WriteError},
    workbook::patch::Allowed,
};

/// What is asked of `update`.
#[derive(Clone, Copy, Debug)]
pub struct Update<'a> {
    pub file: &'a Path,
    /// The file that lists the changes.
    pub changes: &'a Path,
    /// The file to write; the workbook itself where none is named.
    pub to: Option<&'a Path>,
    pub json: bool,
    /// Whether a digital signature may be broken.
    pub signed: bool,
    /// Whether what is written takes the place of formulas.
    pub formulas: bool,
}

/// How an update ended that could begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Updated {
    /// Everything was written.
    All,
    /// Some of it was refused.
    Some,
    /// Nothing could be written.
    Nothing,
}

impl Termination for Updated {
    fn report(self) -> ExitCode {
        match self {
            Self::All => ExitCode::SUCCESS,
            Self::Some => ExitCode::from(1),
            Self::Nothing => ExitCode::from(2),
        }
    }
}

/// Writes the changes into the workbook, and says which of them.
///
/// # Errors
/// When a file cannot be read or written, or the list of changes is none.
pub fn update(asked: &Update<'_>, out: &mut dyn Write) -> Result<Updated, HeadlessError> {
    let listed = store::read(asked.changes).map_err(OpenError::from)?;
    let wishes: Vec<Json> =
        serde_json::from_slice(&listed).map_err(|error| HeadlessError::Changes { file: asked.changes.into(), why: error.to_string() })?;
    let passwords = Passwords::of_any(Password::of_environment());
    let held = passwords.unlock(asked.file, store::read(asked.file).map_err(OpenError::from)?).map_err(OpenError::NeedsPassword)?;
    let known = Fingerprint::of(asked.file, &held.on_disk);
    let opened = read(&[PathBuf::from(asked.file)])?;
    let resolved = resolve::resolve(&opened.document, &wishes);
    let wanted = ToWrite {
        base: &opened.document.tables,
        now: &resolved.document,
        outside: &resolved.outside,
        allowed: Allowed { signed: asked.signed, formulas: asked.formulas, ..allowed() },
        over_theirs: None,
    };
    let name = store::shortened(asked.file);
    let written = write_back(&name, held.clear(), &wanted, &|_| true);
    let WrittenBack { bytes: patched, receipt, .. } = written.map_err(|why| HeadlessError::Patch { file: asked.file.into(), why })?;
    let patched = held.sealed(patched).map_err(|why| HeadlessError::Sealed { file: asked.file.into(), why })?;
    let refused = resolved.refusals(&receipt, &wishes);
    let nothing = receipt.written.is_empty() && receipt.rows.is_empty() && !refused.is_empty();
    let to = asked.to.unwrap_or(asked.file);
    let mut kept_as = None;
    if !nothing && (patched != held.on_disk || asked.to.is_some()) {
        kept_as = save(to, asked.file, (&patched, &held.on_disk), &known)?;
        store::audit(&Folder::of_user(), to, receipt.audited());
    }
    let told = if asked.json { as_json(&receipt, &refused) } else { as_words(&receipt, &refused, to, kept_as.as_deref()) };
    unless_closed(writeln!(out, "{told}"))?;
    Ok(match (nothing, refused.is_empty()) {
        (true, _) => Updated::Nothing,
        (false, false) => Updated::Some,
        (false, true) => Updated::All,
    })
}

/// Writes the workbook where it is to go; over itself only as it was read, and with a copy of what it was.
pub(super) fn save(
    to: &Path,
    file: &Path,
    (patched, before): (&[u8], &[u8]),
    known: &Fingerprint,
) -> Result<Option<PathBuf>, HeadlessError> {
    let folder = Folder::of_user();
    store::note_folder(&folder, to);
    let itself = file.canonicalize().is_ok_and(|file| to.canonicalize().is_ok_and(|to| to == file));
    if !itself {
        store::write(to, patched)?;
        return Ok(None);
    }
    if store::is_read_only(to) {
        return Err(WriteError::ReadOnly(to.into()).into());
    }
    let kept = store::keep_first_copy(&Settings::load(&folder).first_copy, to, before, today())?;
    match store::write_unless_changed(to, patched, Some(known)) {
        Ok(_) => Ok(kept),
        Err(Unwritten::Write(error)) => Err(error.into()),
        Err(Unwritten::Changed(_) | Unwritten::Gone) => {
            Err(HeadlessError::Taken { file: to.into(), why: "somebody saved it while it was being updated" })
        }
    }
}

/// A change that was refused, as it was listed, with the reason.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RefusedWish {
    pub change: Json,
    pub why: String,
}

fn as_json(receipt: &Receipt, refused: &[RefusedWish]) -> String {
    let refused: Vec<Json> = refused.iter().map(|wish| json!({ "change": wish.change, "why": wish.why })).collect();
    let changed: Vec<Json> = receipt.recalculated.iter().map(|(place, after)| json!({ "place": place, "after": after })).collect();
    let kept: Vec<Json> = receipt.not_recalculated.iter().map(|(place, why)| json!({ "place": place, "why": why })).collect();
    let parts = json!({ "kept": receipt.kept, "changed": receipt.changed });
    let written: Vec<_> = receipt.written.iter().chain(&receipt.rows).collect();
    json!({ "written": written, "refused": refused, "parts": parts, "formulas": { "changed": changed, "kept": kept } }).to_string()
}

fn as_words(receipt: &Receipt, refused: &[RefusedWish], to: &Path, kept: Option<&Path>) -> String {
    let mut lines = vec![receipt.summary(&store::shortened(to), refused.len())];
    lines.extend(kept.map(|kept| format!("The workbook as it was is kept: {}", store::shortened(kept))));
    let quoted = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{text}”") };
    lines.extend(
        receipt
            .written
            .iter()
            .chain(&receipt.rows)
            .map(|cell| format!("  {}: {} is now {}", cell.place, quoted(&cell.before), quoted(&cell.after))),
    );
    if !refused.is_empty() {
        lines.push("Not written:".to_owned());
        lines.extend(refused.iter().map(|wish| format!("  {}: {}", wish.change, wish.why)));
    }
    lines.iter().map(|line| harmless(line).into_owned()).collect::<Vec<_>>().join("\n")
}
