//! Saving into the workbooks that the document was read from: only the cells that were edited change. Works out no change itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    allowed,
    command::{Command, FileCommand},
    export::file_stem,
    import::Source,
    jobs::Progress,
    on_disk::{ask_of_conflict, refuse},
    open::{shown, stem},
    own_file::{Unwritten, elsewhere},
    passwords::Passwords,
    receipt::{Receipt, Sections},
    recent::remember,
    source_file::{SaveBack, SavedBack, SourceFile, take_places, take_values},
    state::{Ask, Done, Pending, Prompts, Remembered, Retry, State, Tasks, Workspace},
    today,
    workbook_conflict::meet,
    write_back::{ToWrite, WrittenBack, write_back},
};
use crate::{
    model::Document,
    store::{self, Fingerprint, FirstCopy, Folder, WriteError},
    workbook::patch::{Allowed, PatchError},
};

impl State {
    /// What the last save wrote, and what it did not, workbook by workbook: a sentence, then lines under titles.
    #[must_use]
    pub fn receipt_sections(&self) -> Vec<(String, Sections)> {
        let told = |(path, receipt): &(PathBuf, Receipt)| (receipt.summary(&shown(path), receipt.refusals()), receipt.sections());
        self.prompts.receipts.iter().map(told).collect()
    }

    /// Whether formulas were in the way of what was typed.
    #[must_use]
    pub fn refused_formulas(&self) -> bool {
        self.prompts.receipts.iter().flat_map(|(_, receipt)| &receipt.refused).any(|edit| edit.formula)
    }

    /// Whether the status bar tells of a save whose receipt can be shown.
    #[must_use]
    pub fn has_receipt_said(&self) -> bool {
        !self.prompts.receipts.is_empty() && self.prompts.said == self.prompts.receipt_said
    }

    /// Where every saved cell is remembered, in words.
    #[must_use]
    pub fn audit_words(&self) -> String {
        let log = store::audit_path(&self.remembered.folder);
        log.map_or_else(String::new, |log| format!("All that was ever saved, by whom and when, is listed in {}.", store::shortened(&log)))
    }
}

/// Saves into the workbooks of the document, where these take edits.
pub(super) fn save_back(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, allowed: Allowed) {
    if tasks.is_busy(prompts) {
        return;
    }
    if let Some(other) = workspace.sources.iter().find(|source| !source.takes_edits()) {
        prompts.fail(format!(
            "{}: edits can be written only into Excel workbooks (.xlsx, .xlsm). Save your work as a plandesk file, or save the workbook as \
             .xlsx in Excel and open that.",
            store::shortened(&other.path)
        ));
        prompts.instead = Some(Command::File(FileCommand::SaveElsewhere(format!("{}.plandesk", file_stem(&workspace.document)))));
        return;
    }
    let (document, sources, folder) = (workspace.document.clone(), workspace.sources.clone(), remembered.folder.clone());
    let passwords = remembered.passwords.clone();
    let first_copy = remembered.settings.first_copy.clone();
    let names: Vec<String> = sources.iter().map(|source| shown(&source.path)).collect();
    // The state being saved is the present one; edits made meanwhile count as unsaved.
    workspace.history.mark_saved();
    (workspace.saving, workspace.own.job) = (true, None);
    tasks.start(format!("Saving {}", names.join(", ")), move |progress: &Progress| {
        let mut done = SaveBack { saved: Vec::new(), failed: None, theirs: None };
        for source in sources {
            let source = source.known_to(&document);
            let path = source.path.clone();
            match write_one(source.clone(), &document, (&folder, &first_copy), (allowed, &passwords), progress) {
                Ok(saved) => done.saved.push(saved),
                Err(mut why) => {
                    if matches!(why, Unwritten::Changed(_)) {
                        match meet(&source, &document, &passwords) {
                            Ok(theirs) => done.theirs = theirs,
                            // Whoever changed it has changed its password as well.
                            Err(locked) => why = Unwritten::NeedsPassword(locked),
                        }
                    }
                    done.failed = Some((path, why));
                    break;
                }
            }
        }
        Done::SavedBack(done)
    });
}

/// Saves a copy of the workbook with the edits in it under another name, which is the one that is saved into from then on.
pub(super) fn save_copy(workspace: &mut Workspace, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, to: PathBuf) {
    let source = workspace.workbook_to_copy().map(|source| source.known_to(&workspace.document));
    let Some(source) = source.filter(|_| !tasks.is_busy(prompts)) else { return };
    if source.path.canonicalize().is_ok_and(|own| to.canonicalize().is_ok_and(|to| to == own)) {
        return save_back(workspace, prompts, tasks, remembered, allowed());
    }
    let (document, folder, passwords) = (workspace.document.clone(), remembered.folder.clone(), remembered.passwords.clone());
    workspace.history.mark_saved();
    (workspace.saving, workspace.own.job) = (true, None);
    tasks.start(format!("Saving {}", shown(&to)), move |progress: &Progress| {
        let from = source.path.clone();
        let result = copy_one(source, &to, &document, (&folder, &passwords), progress);
        Done::SavedCopy { from, to, result: result.map(Box::new) }
    });
}

fn copy_one(
    mut file: SourceFile,
    to: &Path,
    document: &Document,
    (folder, passwords): (&Folder, &Passwords),
    progress: &Progress,
) -> Result<SavedBack, Unwritten> {
    let allowed = Allowed { signed: true, ..allowed() };
    let (_, WrittenBack { bytes: patched, base, receipt }) = patched(&file, document, (allowed, passwords), progress)?;
    passwords.keep_for_copy(&file.path, to);
    store::note_folder(folder, to);
    store::write(to, &patched)?;
    store::audit(folder, to, receipt.audited());
    (file.known, file.path, file.tables) = (Fingerprint::of(to, &patched), to.to_path_buf(), base);
    Ok(SavedBack { file, receipt, kept: None })
}

/// Takes in that a copy of the workbook was saved, which takes its place.
#[must_use]
pub(super) fn end_save_copy(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    (from, to): (PathBuf, PathBuf),
    result: Result<Box<SavedBack>, Unwritten>,
) -> Option<Pending> {
    let done = match result {
        Ok(saved) => {
            let (old, new) = (Source::File(from.clone()), Source::File(to.clone()));
            workspace.origins.values_mut().filter(|source| **source == old).for_each(|source| *source = new.clone());
            workspace.sources.iter_mut().filter(|source| source.path == from).for_each(|source| source.path.clone_from(&to));
            (workspace.name, workspace.read_from) = (stem(&to), Some(shown(&to)));
            SaveBack { saved: vec![*saved], failed: None, theirs: None }
        }
        Err(Unwritten::NeedsPassword(locked)) => {
            (workspace.saving, prompts.ask) = (false, Some(Ask::Password(locked, Retry::SaveCopy(to))));
            workspace.history.mark_unsaved();
            return None;
        }
        // What could not be read is the workbook itself, and what could not be written is the copy.
        Err(why @ (Unwritten::Changed(_) | Unwritten::Gone)) => SaveBack { saved: Vec::new(), failed: Some((from, why)), theirs: None },
        Err(why) => SaveBack { saved: Vec::new(), failed: Some((to, why)), theirs: None },
    };
    end_save_back(workspace, prompts, remembered, done)
}

/// The bytes of a workbook as they are, where it is what it was when it was read, and with the edits in them.
fn patched(
    file: &SourceFile,
    document: &Document,
    (allowed, passwords): (Allowed, &Passwords),
    progress: &Progress,
) -> Result<(Vec<u8>, WrittenBack), Unwritten> {
    let path = &file.path;
    let bytes = match store::read(path) {
        Ok(bytes) => bytes,
        Err(store::ReadError::Missing(_)) => return Err(Unwritten::Gone),
        Err(store::ReadError::Held { file, owner }) => return Err(WriteError::Held { file, owner }.into()),
        Err(error) => return Err(Unwritten::Itself(error.to_string())),
    };
    let now = Fingerprint::of(path, &bytes);
    if !now.holds_same(&file.known) {
        return Err(Unwritten::Changed(now));
    }
    let held = passwords.unlock(path, bytes).map_err(Unwritten::NeedsPassword)?;
    let wanted = ToWrite { base: &file.tables, now: document, outside: &[], allowed, over_theirs: None };
    let written = write_back(&store::shortened(path), held.clear(), &wanted, &|done| progress.report(done));
    let itself = |why: String| Unwritten::Itself(format!("{}: {why}.", store::shortened(path)));
    let written = written.map_err(|why| match why {
        PatchError::Signed => Unwritten::Signed,
        why => itself(why.to_string()),
    })?;
    let bytes = held.sealed(written.bytes).map_err(itself)?;
    Ok((held.on_disk, WrittenBack { bytes, ..written }))
}

/// Writes the edits of one workbook into it, where it is what it was when it was read.
fn write_one(
    mut file: SourceFile,
    document: &Document,
    (folder, first_copy): (&Folder, &FirstCopy),
    allowed: (Allowed, &Passwords),
    progress: &Progress,
) -> Result<SavedBack, Unwritten> {
    let path = file.path.clone();
    store::note_folder(folder, &path);
    let (bytes, WrittenBack { bytes: patched, base, receipt }) = patched(&file, document, allowed, progress)?;
    let mut kept = None;
    if patched != bytes {
        if store::is_read_only(&path) {
            return Err(WriteError::ReadOnly(path).into());
        }
        kept = store::keep_first_copy(first_copy, &path, &bytes, today())?;
        file.known = store::write_unless_changed(&path, &patched, Some(&file.known))?;
        store::audit(folder, &path, receipt.audited());
    }
    file.tables = base;
    Ok(SavedBack { file, receipt, kept })
}

/// Takes in what saving into the workbooks ended in; what waited for it now goes on.
#[must_use]
pub(super) fn end_save_back(
    workspace: &mut Workspace,
    prompts: &mut Prompts,
    remembered: &mut Remembered,
    done: SaveBack,
) -> Option<Pending> {
    workspace.saving = false;
    let mut said = Vec::new();
    let mut whole = done.failed.is_none();
    let mut receipts = Vec::new();
    for SavedBack { mut file, mut receipt, kept } in done.saved {
        receipt.kept_as = kept.as_deref().map(shown);
        whole &= receipt.is_whole();
        if !receipt.is_empty() {
            said.push(receipt.summary(&shown(&file.path), receipt.refusals()));
        }
        said.extend(kept.iter().map(|kept| format!("as it was, it is kept as {}", shown(kept))));
        remember(prompts, remembered, &file.path);
        let document = Arc::make_mut(&mut workspace.document);
        take_places(document, &file.tables);
        take_values(document, &mut file.tables, &receipt.recalculated);
        let path = file.path.clone();
        if let Some(held) = workspace.sources.iter_mut().find(|held| held.path == file.path) {
            *held = file;
        }
        receipts.push((path, receipt));
    }
    workspace.revision += 1;
    prompts.receipts = receipts;
    prompts.say(match said.is_empty() {
        true if done.failed.is_some() => String::new(),
        true => "There was nothing to be saved".to_owned(),
        false => said.join("; "),
    });
    prompts.receipt_said.clone_from(&prompts.said);
    if let Some((path, why)) = done.failed {
        workspace.history.mark_unsaved();
        fail(workspace, prompts, path, why);
        if let Some(conflict) = &mut prompts.conflict {
            conflict.workbook = done.theirs;
        }
        return None;
    }
    if !whole {
        // What could not be written is still to be saved.
        workspace.history.mark_unsaved();
        prompts.ask = Some(Ask::Receipt);
        prompts.pending = None;
        return None;
    }
    prompts.pending.take()
}

fn fail(workspace: &mut Workspace, prompts: &mut Prompts, path: PathBuf, why: Unwritten) {
    match why {
        Unwritten::Changed(theirs) => ask_of_conflict(workspace, prompts, path, Some(theirs)),
        Unwritten::Gone => ask_of_conflict(workspace, prompts, path, None),
        Unwritten::Signed => prompts.ask = Some(Ask::Signature(path)),
        Unwritten::NeedsPassword(locked) => prompts.ask = Some(Ask::Password(locked, Retry::Save)),
        why @ (Unwritten::There(_) | Unwritten::Itself(_)) => refuse(prompts, why, elsewhere(&path)),
    }
}
