//! Leaving a document for another: what is asked first, and what is said of the one that was opened. Reads no file itself.

use std::path::{Path, PathBuf};

use super::{
    command::{Command, FileCommand},
    jobs::{Job, Progress},
    open::{OpenError, Opened, open_files, shown},
    own_file::{Locked, lock_file},
    review::DOUBT,
    state::{Ask, Done, State},
};
use crate::store::{self, ReadError};

impl State {
    /// Leaves the open document for what a command opens, asking first about an import under review and about unsaved work.
    pub(super) fn leave(&mut self, next: Command) {
        if self.is_busy() || self.is_asked_of_import(&next) {
            return;
        }
        // Where it is the file to be opened, it is missed anyway, and the document stays.
        if !matches!((&next, &self.workspace.path), (Command::File(FileCommand::OpenFiles(files)), Some(path)) if files.contains(path)) {
            self.look_at_file();
        }
        if self.workspace.is_unsaved() {
            self.prompts.pending = Some(next);
            self.prompts.ask = Some(Ask::UnsavedWork);
        } else {
            self.go_on(next);
        }
    }

    /// Goes on with what was asked about, without what is unsaved.
    pub(super) fn discard(&mut self) {
        self.prompts.ask = None;
        if let Some(next) = self.prompts.pending.take() {
            self.go_on(next);
        }
    }

    pub(super) fn go_on(&mut self, next: Command) {
        self.keep_views();
        match next {
            Command::File(FileCommand::OpenFiles(paths)) => self.open_files(paths),
            Command::File(FileCommand::OpenSample) => self.open_sample(),
            Command::File(FileCommand::New) => self.take_blank(),
            Command::File(FileCommand::Quit) => self.tasks.closing = true,
            other => self.run(other),
        }
    }

    /// Whether a job is under way, which is said: one thing is done with files at a time.
    pub(super) fn is_busy(&mut self) -> bool {
        if let Some(job) = &self.tasks.job {
            (self.prompts.failed, self.prompts.pending) =
                (Some(format!("{} is still under way. Wait until it has ended, then try again.", job.name)), None);
        }
        self.tasks.job.is_some()
    }

    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) {
        if self.is_busy() || paths.is_empty() {
            return;
        }
        self.review.import = None;
        let name = format!("Opening {}", paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", "));
        let mappings = self.remembered.mappings.all().to_vec();
        let mine = own_path(&paths).is_some_and(|path| self.is_own_file(path) && self.workspace.own.lock.is_some());
        let folder = self.remembered.folder.clone();
        let work = move |progress: &Progress| {
            let result = open_files(&paths, &mappings, &|done| progress.report(done));
            // One that is not opened is not held either.
            let wanted = own_path(&paths).filter(|_| !mine && result.is_ok() && progress.report(1.0));
            let held = wanted.map_or(Ok(None), |path| lock_file(&folder, path));
            Done::Opened { paths, result, held }
        };
        self.tasks.opening = true;
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work).only_reading());
    }

    pub(super) fn end_open(&mut self, paths: &[PathBuf], result: Result<Opened, OpenError>, held: Locked) {
        self.tasks.opening = false;
        match result {
            Ok(opened) => {
                let own = own_path(paths).is_some();
                paths.iter().for_each(|path| self.remember(path));
                paths.iter().for_each(|path| log::info!("opened {}", shown(path)));
                let doubtful = opened.doubtful;
                let (read_only, open_elsewhere) = (own && opened.read_only, opened.held.clone());
                let mine = self.workspace.own.lock.take().filter(|hold| own && hold.is_of(&paths[0]));
                self.take(opened, own.then(|| paths[0].clone()), stem(&paths[0]));
                self.workspace.read_from = (!own).then(|| named(paths));
                (self.workspace.read_only, self.prompts.held) = (read_only, open_elsewhere.map(|words| (words, paths.to_vec())));
                self.take_lock(mine, held);
                let read_only = self.workspace.read_only;
                let count = self.workspace.notes().len();
                self.prompts.said = match count {
                    _ if doubtful => DOUBT.to_owned(),
                    _ if read_only => format!("Opened {}, which is read-only: save it under another name", self.workspace.name),
                    0 => format!("Opened {}", self.workspace.name),
                    1 => format!("Opened {}: 1 note", self.workspace.name),
                    _ => format!("Opened {}: {count} notes", self.workspace.name),
                };
            }
            Err(error) if error.is_cancelled() => self.prompts.said = "Opening cancelled; the document is as it was".to_owned(),
            Err(error) => {
                self.prompts.failed = Some(error.to_string());
                if let OpenError::Unread(ReadError::Missing(path)) = error
                    && self.remembered.recent.all().contains(&path)
                {
                    self.prompts.failed = Some(gone(&path));
                    self.prompts.instead = Some(Command::File(FileCommand::ForgetRecent(path)));
                }
            }
        }
    }

    pub(super) fn remember(&mut self, path: &Path) {
        if !self.remembered.add_recent(path) {
            self.prompts.said = "The list of recent files could not be kept".to_owned();
        }
    }

    pub(super) fn forget_recent(&mut self, path: &Path) {
        (self.prompts.failed, self.prompts.instead) = (None, None);
        self.prompts.said = if self.remembered.forget_recent(path) {
            format!("{} is no longer among the recent files", shown(path))
        } else {
            "The list of recent files could not be kept".to_owned()
        };
    }
}

/// What is said of a recent file that is not there: a share that is not connected looks the same.
fn gone(path: &Path) -> String {
    format!("{}: it is no longer there. It was moved, renamed or deleted, or its network drive is not connected.", store::shortened(path))
}

/// What files are called together.
fn named(paths: &[PathBuf]) -> String {
    match paths {
        [] => String::new(),
        [path] => shown(path),
        [first, others @ ..] => format!("{} and {} more", shown(first), others.len()),
    }
}

/// The file of ours that alone is opened, and is then saved.
fn own_path(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [path] if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(store::ENDING)) => Some(path),
        _ => None,
    }
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "Untitled plan".to_owned(), |name| name.to_string_lossy().into_owned())
}
