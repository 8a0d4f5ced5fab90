//! Saving, exporting and printing, and what is offered where a file cannot be written. Leaves the document as it is.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{
    as_of,
    command::{Command, View},
    export::{export, file_stem},
    jobs::{Job, Progress},
    open::shown,
    print, returned,
    state::{Ask, Done, State},
    target::may_replace,
};
use crate::{
    insight::{AsOf, Insight},
    model::Document,
    notes::Note,
    publish,
    store::{self, Passing, RowMarks, WriteError},
    workbook::SaveError,
};

/// Why a file was not written.
#[derive(Debug)]
pub enum Unwritten {
    /// Nothing to do with where it was to go.
    Itself(String),
    /// Under another name or in another folder it could be.
    There(WriteError),
}

impl From<WriteError> for Unwritten {
    fn from(error: WriteError) -> Self {
        Self::There(error)
    }
}

impl State {
    pub(super) fn save(&mut self) {
        match self.path.clone() {
            // It may have been made writable meanwhile.
            Some(path) if self.read_only && store::is_read_only(&path) => {
                let name = shown(&path);
                self.failed = Some(format!(
                    "{}: the file is read-only, so it stays as it is. Save your work in another folder or under another name.",
                    store::shortened(&path)
                ));
                self.instead = Some(Command::SaveElsewhere(name));
            }
            Some(path) => self.save_to(path),
            None => self.ask = Some(Ask::WhereToSave(format!("{}.plandesk", file_stem(&self.document)))),
        }
    }

    pub(super) fn save_to(&mut self, path: PathBuf) {
        if self.is_busy() {
            return;
        }
        let Some(path) = self.with_ending(path, store::ENDING) else { return };
        let (document, notes) = (self.document.clone(), self.read_notes.clone());
        let name = format!("Saving {}", shown(&path));
        let work = move |_: &Progress| {
            let result = write_document(&path, &document, &notes);
            Done::Saved { path, result }
        };
        // The state being saved is the present one; edits made meanwhile count as unsaved.
        self.history.mark_saved();
        self.job = Some(Job::start(name, self.wake.clone(), work));
    }

    /// Writes the return. Where another file would be lost with it, that is asked about first, unless it is to be replaced.
    pub(super) fn export_to(&mut self, path: PathBuf, replaces: bool) {
        if self.is_busy() {
            return;
        }
        let (document, with_hidden, as_of) = (self.document.clone(), self.with_hidden(), as_of(self.as_of));
        let name = format!("Exporting {}", shown(&path));
        let work = move |progress: &Progress| {
            // What cannot be written is not asked about.
            if !replaces
                && !store::is_read_only(&path)
                && let Err(why) = may_replace(&path, &document.identity)
            {
                return Done::Taken { path, why };
            }
            let result = write_return(&path, &document, (with_hidden, as_of), progress);
            Done::Exported { path, result }
        };
        self.job = Some(Job::start(name, self.wake.clone(), work));
    }

    pub(super) fn picture_to(&mut self, path: PathBuf) {
        let Some(path) = self.with_ending(path, "png") else { return };
        let picture = std::mem::take(&mut self.picture);
        match store::write(&path, &picture) {
            Ok(()) => self.said = format!("Saved the picture to {}", shown(&path)),
            Err(error) => self.refuse(error.into(), Command::SavePicture(store::another_name(&path), picture)),
        }
    }

    /// Says why a file was not written, with what may be done instead where that helps.
    pub(super) fn refuse(&mut self, why: Unwritten, elsewhere: Command) {
        match why {
            Unwritten::Itself(why) => (self.failed, self.instead, self.pending) = (Some(why), None, None),
            // What waits for the saving goes on waiting.
            Unwritten::There(error) => (self.failed, self.instead) = (Some(error.to_string()), Some(elsewhere)),
        }
    }

    /// Asks for another place than the one that was refused.
    pub(super) fn ask_elsewhere(&mut self, ask: Ask) {
        (self.failed, self.instead) = (None, None);
        self.ask = Some(ask);
    }

    /// A chosen name with the ending its content needs. A file that then turns out to be there, which no dialog has asked about, is left alone.
    fn with_ending(&mut self, path: PathBuf, ending: &str) -> Option<PathBuf> {
        if path.extension().is_some_and(|present| present.eq_ignore_ascii_case(ending)) {
            return Some(path);
        }
        let mut name = path.into_os_string();
        name.push(format!(".{ending}"));
        let path = PathBuf::from(name);
        if path.exists() {
            self.pending = None;
            self.failed =
                Some(format!("{}: a file of this name is already there. Choose another name, or this one in full.", shown(&path)));
            return None;
        }
        Some(path)
    }

    /// Writes what is in view as a page to print, and opens it where pages are opened. What is hidden in the workbook is on it where that
    /// was chosen.
    pub(super) fn print(&mut self, with_hidden: bool) {
        if self.is_busy() {
            return;
        }
        let (document, as_of, view) = (self.document.clone(), self.as_of, self.view);
        let out_of_sight = self.out_of_sight().rows.clone();
        let hidden = self.table().map(|table| self.view_of(table).hidden.clone()).unwrap_or_default();
        let work = move |_: &Progress| {
            let seen = if with_hidden { Cow::Borrowed(&*document) } else { publish::seen(&document) };
            let page = match view {
                View::Summary => print::summary(&seen, &Insight::of(&seen, as_of)),
                View::Table(id) => {
                    let whole = document.table(id).map_or(&[][..], |table| &table.rows);
                    let rows = whole.iter().zip(&*out_of_sight).filter(|(_, out)| **out).map(|(row, _)| row.id).collect();
                    let marking = print::marking(&seen);
                    seen.table(id).map(|table| print::table(table, &rows, &hidden, &marking)).unwrap_or_default()
                }
            };
            let written = Passing::write(&file_stem(&seen), ".html", page.as_bytes());
            Done::Printed(written.map_err(|error| error.to_string()))
        };
        self.job = Some(Job::start("Making the page to print".to_owned(), self.wake.clone(), work));
    }

    pub(super) fn end_printing(&mut self, result: Result<Passing, String>) {
        match result {
            Ok(page) => {
                self.said = "The page opens in your browser, which prints it".to_owned();
                self.to_open = Some(page.path().to_path_buf());
                self.printed.push(page);
            }
            Err(why) => self.failed = Some(why),
        }
    }
}

fn write_document(path: &Path, document: &Document, notes: &[Note]) -> Result<(), Unwritten> {
    let bytes = store::encode(document, notes).map_err(|error| Unwritten::Itself(error.to_string()))?;
    Ok(store::write(path, &bytes)?)
}

/// Writes the return and tells what its rows hold; none when it was cancelled, and then no file is touched.
fn write_return(
    path: &Path,
    document: &Document,
    (with_hidden, as_of): (bool, AsOf),
    progress: &Progress,
) -> Result<Option<RowMarks>, Unwritten> {
    let rows: usize = document.tables.iter().map(|table| table.rows.len()).sum();
    match export(document, with_hidden, as_of, &mut |done| progress.report(done as f32 / rows.max(1) as f32)) {
        Ok(bytes) if progress.report(1.0) => {
            store::write(path, &bytes)?;
            Ok(Some(returned::marks(document)))
        }
        Ok(_) | Err(SaveError::Cancelled) => Ok(None),
        Err(error) => Err(Unwritten::Itself(error.to_string())),
    }
}
