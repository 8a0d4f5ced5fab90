//! Saving, exporting and printing, and what is offered where a file cannot be written. Leaves the document as it is.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    as_of,
    command::{Command, FileCommand, View},
    export::{export, file_stem, return_name},
    file_extension::Written,
    import::Source,
    jobs::{Job, Progress},
    open::shown,
    opening::stem,
    overwrite::may_replace,
    own_file::{OnDisk, Saved, Unwritten},
    print, returned,
    state::{Ask, Done, State},
};
use crate::{
    insight::{AsOf, Insight},
    model::Document,
    notes::Note,
    publish,
    store::{self, FileLock, Fingerprint, RowMarks, TempFile, WriteError},
    workbook::SaveError,
};

impl State {
    /// Takes in what saving ended in.
    pub(super) fn end_save(&mut self, path: PathBuf, result: Result<Saved, Unwritten>) {
        self.workspace.saving = false;
        match result {
            Ok(saved) => {
                self.prompts.said = format!("Saved {}", shown(&path));
                log::info!("saved {}", shown(&path));
                self.workspace.name = stem(&path);
                self.remember(&path);
                self.take_saved(path, saved);
                // Edits made while it was saved are asked about.
                if let Some(next) = self.prompts.pending.take() {
                    self.leave(next);
                }
            }
            Err(why) => {
                self.workspace.history.mark_unsaved();
                match why {
                    Unwritten::Changed(theirs) => self.ask_of_conflict(path, Some(theirs)),
                    Unwritten::Gone => self.ask_of_conflict(path, None),
                    why @ (Unwritten::There(_) | Unwritten::Itself(_)) => {
                        let elsewhere = Command::File(FileCommand::SaveElsewhere(store::another_name(&path)));
                        self.refuse(why, elsewhere);
                    }
                }
            }
        }
    }

    /// Takes in what exporting ended in.
    pub(super) fn end_export(&mut self, path: &Path, result: Result<Option<RowMarks>, Unwritten>) {
        match result {
            Ok(Some(rows)) => {
                self.prompts.said = format!("Exported the return to {}", shown(path));
                let name = self.workspace.document.name().to_owned();
                if self.remembered.returned.set(&self.remembered.folder, &name, rows).is_err() {
                    self.prompts.said.push_str("; what it holds could not be kept, so the filter Changed goes by the return before");
                }
            }
            Ok(None) => self.prompts.said = "Export cancelled; no file was written".to_owned(),
            Err(why) => self.refuse(why, Command::File(FileCommand::ExportElsewhere(store::another_name(path)))),
        }
    }

    pub(super) fn save(&mut self) {
        match self.workspace.path.clone() {
            // It may have been made writable meanwhile.
            Some(path) if self.workspace.read_only && store::is_read_only(&path) => {
                let name = shown(&path);
                self.prompts.failed = Some(format!(
                    "{}: the file is read-only, so it stays as it is. Save your work in another folder or under another name.",
                    store::shortened(&path)
                ));
                self.prompts.instead = Some(Command::File(FileCommand::SaveElsewhere(name)));
            }
            Some(path) => self.save_to(path),
            None => self.prompts.ask = Some(Ask::WhereToSave(format!("{}.plandesk", file_stem(&self.workspace.document)))),
        }
    }

    /// Writes something under a chosen name. One that is of another kind of file is asked about.
    pub(super) fn write_as(&mut self, what: Written, chosen: PathBuf) {
        if self.is_busy() {
            return;
        }
        match what.named(chosen.clone()) {
            // No dialog has asked about a name that was not chosen in full.
            Ok(path) if path != chosen && path.exists() && what != Written::Return => {
                self.prompts.pending = None;
                self.prompts.failed =
                    Some(format!("{}: a file of this name is already there. Choose another name, or this one in full.", shown(&path)));
            }
            Ok(path) => self.write_to(what, path),
            Err(other) => self.prompts.ask = Some(Ask::OtherKind(Box::new(other))),
        }
    }

    /// Writes something under a name that was offered instead of the chosen one.
    pub(super) fn write_instead(&mut self, what: Written, path: PathBuf) {
        self.prompts.ask = None;
        // Only a saved document may be closed.
        if what != Written::Document {
            self.prompts.pending = None;
        }
        if !path.exists() {
            return self.write_to(what, path);
        }
        self.prompts.ask = Some(match what {
            Written::Document => Ask::WhereToSave(shown(&path)),
            // What is there may well be the workbook that the plan was read from.
            Written::Return => Ask::WhereToExport(return_name(&self.workspace.document)),
            Written::Picture => Ask::WhereToSavePicture(shown(&path)),
        });
    }

    fn write_to(&mut self, what: Written, path: PathBuf) {
        match what {
            Written::Document => self.save_to(path),
            Written::Return => self.export_to(path, false),
            Written::Picture => self.picture_to(path),
        }
    }

    /// Writes the document, where the file is what it was when it was opened or saved here.
    fn save_to(&mut self, path: PathBuf) {
        // That the file is gone may have been said before; it is then meant to be there again.
        let said = self.workspace.own.on_disk == OnDisk::Gone && !path.exists();
        let known = self.workspace.own.fingerprint.clone().filter(|_| !said && self.is_own_file(&path));
        self.save_over(path, known);
    }

    /// Writes the document, where the file is what is known of it.
    pub(super) fn save_over(&mut self, path: PathBuf, known: Option<Fingerprint>) {
        if self.is_busy() {
            return;
        }
        let (document, notes, folder) =
            (self.workspace.document.clone(), self.workspace.read_notes.clone(), self.remembered.folder.clone());
        let mine = self.workspace.own.lock.as_ref().is_some_and(|lock| lock.is_of(&path));
        let name = format!("Saving {}", shown(&path));
        let work = move |_: &Progress| {
            store::note_folder(&folder, &path);
            let result = write_document(&path, &document, &notes, known.as_ref(), mine);
            Done::Saved { path, result }
        };
        // The state being saved is the present one; edits made meanwhile count as unsaved.
        self.workspace.history.mark_saved();
        (self.workspace.saving, self.workspace.own.job) = (true, None);
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work));
    }

    /// Writes the return. Where another file would be lost with it, that is asked about first, unless it is to be replaced.
    pub(super) fn export_to(&mut self, path: PathBuf, replaces: bool) {
        if self.is_busy() {
            return;
        }
        if self.was_read_from(&path) {
            self.prompts.pending = None;
            self.prompts.failed = Some(format!(
                "{}: this plan was read from it, and plandesk never changes the workbook a plan is kept in. Choose another name.",
                store::shortened(&path)
            ));
            self.prompts.instead = Some(Command::File(FileCommand::ExportElsewhere(return_name(&self.workspace.document))));
            return;
        }
        let (document, with_hidden, as_of) = (self.workspace.document.clone(), self.with_hidden(), as_of(self.view.as_of));
        let (name, folder) = (format!("Exporting {}", shown(&path)), self.remembered.folder.clone());
        let work = move |progress: &Progress| {
            store::note_folder(&folder, &path);
            // What cannot be written is not asked about.
            if !replaces
                && !store::is_read_only(&path)
                && let Err(why) = may_replace(&path, &document.identity)
            {
                return Done::Taken { path, why };
            }
            // What was asked about, or is one's own, and nothing that somebody puts there meanwhile.
            let known = Fingerprint::read(&path).ok();
            match write_return(&path, &document, (with_hidden, as_of), known.as_ref(), progress) {
                Err(Unwritten::Changed(_)) => Done::Taken { path, why: "somebody else saved it while the return was made" },
                result => Done::Exported { path, result },
            }
        };
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work));
    }

    /// Whether a file is one of the workbooks the document was read from.
    fn was_read_from(&self, path: &Path) -> bool {
        let same =
            |file: &Path| file == path || file.canonicalize().ok().is_some_and(|file| path.canonicalize().is_ok_and(|path| path == file));
        self.workspace.workbooks().into_iter().any(|source| matches!(source, Source::File(file) if same(file)))
    }

    fn picture_to(&mut self, path: PathBuf) {
        let picture = std::mem::take(&mut self.prompts.picture);
        store::note_folder(&self.remembered.folder, &path);
        match store::write(&path, &picture) {
            Ok(()) => self.prompts.said = format!("Saved the picture to {}", shown(&path)),
            Err(error) => self.refuse(error.into(), Command::File(FileCommand::SavePicture(store::another_name(&path), picture))),
        }
    }

    /// Says why a file was not written, with what may be done instead where that helps.
    pub(super) fn refuse(&mut self, why: Unwritten, elsewhere: Command) {
        match why {
            // These are asked about where a document is saved, and nothing else is compared.
            Unwritten::Changed(_) | Unwritten::Gone => self.prompts.pending = None,
            Unwritten::Itself(why) => (self.prompts.failed, self.prompts.instead, self.prompts.pending) = (Some(why), None, None),
            // What waits for the saving goes on waiting.
            Unwritten::There(error) => (self.prompts.failed, self.prompts.instead) = (Some(error.to_string()), Some(elsewhere)),
        }
    }

    /// Asks for another place than the one that was refused.
    pub(super) fn ask_elsewhere(&mut self, ask: Ask) {
        (self.prompts.failed, self.prompts.instead) = (None, None);
        self.prompts.ask = Some(ask);
    }

    /// Writes what is in view as a page to print, and opens it where pages are opened. What is hidden in the workbook is on it where that
    /// was chosen.
    pub(super) fn print(&mut self, with_hidden: bool) {
        if self.is_busy() {
            return;
        }
        let (document, as_of, view) = (self.workspace.document.clone(), as_of(self.view.as_of), self.view.shown);
        let out_of_sight = self.out_of_sight().rows.clone();
        let hidden = self.table().map(|table| self.view_of(table).hidden.clone()).unwrap_or_default();
        let (journal, mut pages) =
            (self.tasks.autosave.journal(), self.tasks.printed.iter().map(|page| page.path().into()).collect::<Vec<PathBuf>>());
        let work = move |_: &Progress| {
            let seen = if with_hidden { Cow::Borrowed(&*document) } else { publish::seen(&document) };
            let page = match view {
                View::Summary => print::summary(&seen, &Insight::of(&seen, as_of)),
                View::Table(id) => {
                    let whole = document.table(id).into_iter().flat_map(|table| &table.rows);
                    let rows = whole.zip(&*out_of_sight).filter(|(_, out)| **out).map(|(row, _)| row.id).collect();
                    let marking = print::marking(&seen);
                    seen.table(id).map(|table| print::table(table, &rows, &hidden, &marking)).unwrap_or_default()
                }
            };
            let note = |page: &Path| {
                pages.push(page.into());
                journal.iter().for_each(|journal| journal.note_printed(&pages));
            };
            let written = TempFile::write(&file_stem(&seen), page.as_bytes(), note);
            Done::Printed(written.map_err(|error| error.to_string()))
        };
        self.tasks.job = Some(Job::start("Making the page to print".to_owned(), self.tasks.wake.clone(), work));
    }

    pub(super) fn end_printing(&mut self, result: Result<TempFile, String>) {
        match result {
            Ok(page) => {
                self.prompts.said = "The page opens in your browser, which prints it".to_owned();
                self.tasks.to_open = Some(page.path().to_path_buf());
                self.tasks.printed.push(page);
            }
            Err(why) => self.prompts.failed = Some(why),
        }
    }
}

/// Writes the document under a lock that other windows see; one that is not this window's yet is taken.
fn write_document(path: &Path, document: &Document, notes: &[Note], known: Option<&Fingerprint>, mine: bool) -> Result<Saved, Unwritten> {
    let bytes = store::encode(document, notes).map_err(|error| Unwritten::Itself(error.to_string()))?;
    let taken = if mine { Ok(None) } else { FileLock::take(path) };
    let lock = taken.map_err(|holder| WriteError::OpenElsewhere { file: path.into(), holder })?;
    let fingerprint = store::write_unless_changed(path, &bytes, known)?;
    Ok(Saved { fingerprint, lock })
}

/// Writes the return and tells what its rows hold; none when it was cancelled, and then no file is touched.
fn write_return(
    path: &Path,
    document: &Document,
    (with_hidden, as_of): (bool, AsOf),
    known: Option<&Fingerprint>,
    progress: &Progress,
) -> Result<Option<RowMarks>, Unwritten> {
    let rows: usize = document.tables.iter().map(|table| table.rows.len()).sum();
    match export(document, with_hidden, as_of, &mut |done| progress.report(done as f32 / rows.max(1) as f32)) {
        Ok(bytes) if progress.report(1.0) => {
            match store::write_unless_changed(path, &bytes, known) {
                // One that was taken away meanwhile is not missed.
                Err(store::Unwritten::Gone) => store::write(path, &bytes)?,
                done => drop(done?),
            }
            Ok(Some(returned::marks(document)))
        }
        Ok(_) | Err(SaveError::Cancelled) => Ok(None),
        Err(error) => Err(Unwritten::Itself(error.to_string())),
    }
}
