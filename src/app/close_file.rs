//! The `close` subcommand: a period recorded in a workbook, its return written and frozen. Works out nothing of it itself.

use std::{
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    allowed,
    closing::{Closing, Draft, Grounds, Place, Purpose, Recording},
    closing_return::{Made, made},
    export::closing_name,
    headless_error::{HeadlessError, date, read, replace, unless_closed},
    open::{OpenError, Opened},
    passwords::{Password, Passwords},
    range::put::as_typed,
    receipt::Receipt,
    return_file::may_take_place,
    source_file::takes_edits,
    today,
    update_file::{Updated, save},
    write_back::{ToWrite, WrittenBack, write_back},
};
use crate::{
    insight::{AsOf, Insight},
    model::{FrozenReturn, harmless},
    returns::Template,
    store::{self, FileLock, Fingerprint, Folder, KeptReturns, WriteError},
};

/// What is asked of `close`.
#[derive(Clone, Copy, Debug)]
pub struct Close<'a> {
    pub file: &'a Path,
    /// What the period is called; what comes next where it is not said.
    pub name: Option<&'a str>,
    /// The day it stands at, as it was typed.
    pub as_of: Option<&'a str>,
    /// The return that is written.
    pub to: Option<&'a Path>,
    pub template: &'static Template,
    pub with_hidden: bool,
    /// Whether it is recorded over a period of its name.
    pub replace: bool,
    /// Whether a file that is there is replaced by the return, whatever it is.
    pub force: bool,
}

/// Closes a period of a file, and says what was recorded, written and frozen.
///
/// # Errors
/// When the file cannot be read, the period is not named, or something cannot be written.
pub fn close(asked: &Close<'_>, out: &mut dyn Write) -> Result<Updated, HeadlessError> {
    let folder = Folder::of_user();
    let opened = read(&[PathBuf::from(asked.file)])?;
    let closing = closing(asked, &opened)?;
    let refused = closing.refused();
    let document = Arc::new(opened.document.clone());
    let to =
        asked.to.map_or_else(|| asked.file.with_file_name(closing_name(&document, asked.template, &closing.draft.name)), PathBuf::from);
    if to.canonicalize().is_ok_and(|to| asked.file.canonicalize().is_ok_and(|file| to == file)) {
        return Err(HeadlessError::SameFile(to));
    }
    if to.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("xlsx")) {
        return Err(HeadlessError::NotClosed { file: to, why: "the return is an Excel workbook, so its name ends in .xlsx".to_owned() });
    }
    if !asked.force {
        may_take_place(&to, &document).map_err(|why| HeadlessError::Taken { file: to.clone(), why })?;
    }
    let known = Fingerprint::read(&to).ok();
    let (made, bytes) = made(document, &closing, opened.document.frozen.last(), &mut |_| true)
        .map_err(|cause| HeadlessError::Return { file: to.clone(), cause })?;
    // What cannot be written into the workbook is known before anything is.
    let home = Home::of(asked.file, &opened, &made)?;
    store::note_folder(&folder, &to);
    let written = replace(&to, &bytes, known.as_ref())?;
    let frozen = made.frozen_in(&to, &written);
    // A file that takes no edits has its return and its frozen return, and no column.
    let unrecorded = matches!(home, Home::Nowhere) && closing.recordings().next().is_some();
    let (kept, receipt) = home.keep(asked.file, &opened, frozen, &folder)?;
    let mut lines: Vec<String> = if unrecorded {
        vec![format!("Not recorded in {}, which takes no edits: save it as an Excel workbook or a plandesk file.", asked.file.display())]
    } else {
        closing.recordings().map(recorded).collect()
    };
    lines.extend(refused.iter().cloned());
    lines.push(format!("Wrote the return: {}", to.display()));
    lines.push(kept);
    let whole = receipt.as_ref().is_none_or(Receipt::is_whole);
    if let Some(receipt) = receipt.filter(|receipt| !receipt.is_whole()) {
        lines.extend(receipt.sections().into_iter().flat_map(|(_, lines)| lines));
    }
    unless_closed(lines.iter().try_for_each(|line| writeln!(out, "{}", harmless(line))))?;
    Ok(if whole && refused.is_empty() && !unrecorded { Updated::All } else { Updated::Some })
}

/// The period as it is asked to be closed.
fn closing(asked: &Close<'_>, opened: &Opened) -> Result<Closing, HeadlessError> {
    let insight = Insight::of(&opened.document, AsOf { given: None, today: Some(today()) });
    let in_workbook = takes_edits(asked.file);
    let grounds = Grounds { document: &opened.document, insight: &insight, today: today(), in_workbook };
    let proposed = Closing::of(grounds, Purpose::Close);
    let mut draft = Draft { template: asked.template, with_hidden: asked.with_hidden, ..proposed.draft.clone() };
    draft.tables.iter_mut().for_each(|wish| wish.replace = asked.replace);
    draft.name = asked.name.map_or(draft.name, str::to_owned);
    let named = proposed.with(grounds, draft);
    let closing = match asked.as_of.map(date).transpose()? {
        Some(day) => named.with(grounds, Draft { date: as_typed(day), ..named.draft.clone() }),
        None => named,
    };
    match closing.why_not() {
        Some(_) if closing.draft.name.trim().is_empty() => {
            let why = "nothing tells what the period is called. Name it: --name \"Q3 2026/27\"".to_owned();
            Err(HeadlessError::NotClosed { file: asked.file.into(), why })
        }
        Some(why) => Err(HeadlessError::NotClosed { file: asked.file.into(), why: why.to_owned() }),
        None => Ok(closing),
    }
}

fn recorded(recording: &Recording) -> String {
    let Recording { name, heading, .. } = recording;
    let place = match recording.place {
        _ if recording.is_there() => "which held these values already",
        Place::New { .. } => "a new column",
        Place::Ready(_) => "the empty column that was there",
        Place::Over(_) => "over what it held",
    };
    let values: Vec<String> = recording.values.iter().map(|value| format!("{} {}", value.label, value.cell.text)).collect();
    let left: String = recording.left.iter().map(|left| format!("; {left}")).collect();
    format!("Recorded in “{name}” under {heading}, {place}: {}{left}", values.join(", "))
}

/// Where a document is saved.
enum Home {
    /// In its workbook, with these edits.
    Workbook { patched: Vec<u8>, before: Vec<u8>, known: Fingerprint, receipt: Box<Receipt> },
    /// In a file of ours, held while it is written.
    Own { document: Arc<crate::model::Document>, _lock: Option<FileLock> },
    /// Nothing of it is written: the file takes no edits.
    Nowhere,
}

impl Home {
    fn of(file: &Path, opened: &Opened, made: &Made) -> Result<Self, HeadlessError> {
        if opened.files.is_empty() {
            let lock = FileLock::take(file).map_err(|holder| WriteError::OpenElsewhere { file: file.into(), holder })?;
            return Ok(Self::Own { document: Arc::clone(&made.document), _lock: lock });
        }
        if !takes_edits(file) || made.document.tables == opened.document.tables {
            return Ok(Self::Nowhere);
        }
        let passwords = Passwords::of_any(Password::of_environment());
        let held = passwords.unlock(file, store::read(file).map_err(OpenError::from)?).map_err(OpenError::NeedsPassword)?;
        let known = Fingerprint::of(file, &held.on_disk);
        let wanted = ToWrite { base: &opened.document.tables, now: &made.document, outside: &[], allowed: allowed(), over_theirs: None };
        let written = write_back(&store::shortened(file), held.clear(), &wanted, &|_| true);
        let WrittenBack { bytes, receipt, .. } = written.map_err(|why| HeadlessError::Patch { file: file.into(), why })?;
        let patched = held.sealed(bytes).map_err(|why| HeadlessError::Sealed { file: file.into(), why })?;
        Ok(Self::Workbook { patched, before: held.on_disk, known, receipt: Box::new(receipt) })
    }

    /// Saves it, and keeps the frozen return; tells where.
    fn keep(self, file: &Path, opened: &Opened, frozen: FrozenReturn, folder: &Folder) -> Result<(String, Option<Receipt>), HeadlessError> {
        let name = frozen.name.to_string();
        let mut all = opened.document.frozen.clone();
        all.push(frozen);
        let mut receipt = None;
        match self {
            Self::Own { document, _lock } => {
                let document = crate::model::Document { frozen: all, ..(*document).clone() };
                let encoded = store::encode(&document, &opened.notes);
                let bytes = encoded.map_err(|cause| HeadlessError::Encode { file: file.into(), cause })?;
                match store::write_unless_changed(file, &bytes, opened.fingerprint.as_ref()) {
                    Ok(_) => {}
                    Err(store::Unwritten::Write(error)) => return Err(error.into()),
                    Err(store::Unwritten::Changed(_) | store::Unwritten::Gone) => {
                        return Err(HeadlessError::Taken { file: file.into(), why: "somebody saved it meanwhile" });
                    }
                }
                return Ok((format!("Frozen as {name} in {}", file.display()), None));
            }
            Self::Workbook { patched, before, known, receipt: told } => {
                save(file, file, (&patched, &before), &known)?;
                store::audit(folder, file, told.audited());
                receipt = Some(*told);
            }
            Self::Nowhere => {}
        }
        let workbooks: Vec<PathBuf> = opened.files.iter().map(|(path, _)| path.clone()).collect();
        match store::keep_beside(&workbooks, folder, &opened.document.frozen, &all) {
            Ok(KeptReturns::Beside(path)) => Ok((format!("Frozen as {name} in {}", path.display()), receipt)),
            Ok(KeptReturns::InFolder(why)) => Ok((format!("Frozen as {name} on this computer alone: {why}"), receipt)),
            Err(why) => Err(HeadlessError::NotClosed { file: file.into(), why: format!("the return was written and not frozen: {why}") }),
        }
    }
}
