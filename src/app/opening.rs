//! Leaving a document for another: what is asked first, and what is said of the one that was opened. Reads no file itself.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    arrangement::Sight,
    blank,
    command::{Command, Cursor, FileCommand, View},
    jobs::{Progress, Wake},
    kept_beside::{KeptBeside, recall},
    on_disk::{look_at_file, take_lock},
    open::{OpenError, Opened, open_locked_files, shown, stem},
    own_file::{Locked, OwnFile, lock_file},
    recent::remember,
    state::{Ask, Done, Leave, Pending, Prompts, Remembered, Retry, Review, State, Tasks, Workspace},
    view_settings::keep_views,
    visibility::recall_arrangements,
};
use crate::{
    edit::History,
    model::{Role, TableKind},
    store::{self, Folder, ReadError},
};

/// What the status bar says of a reading that is partly a guess.
const DOUBT: &str = "Some columns are guesses: check them in Review import (Ctrl+I)";

impl State {
    /// A state with the sample open. Recent files and settings are kept in `folder`.
    #[must_use]
    pub fn new(folder: Folder, wake: Wake) -> Self {
        let mut state = Self::empty(folder, wake);
        state.open_sample();
        state
    }

    /// Leaves the open document, asking first about an import under review and about unsaved work. Needs all, as what comes next does.
    pub(super) fn leave(&mut self, next: Leave) {
        if self.tasks.is_busy(&mut self.prompts) || is_asked_of_import(&self.review, &mut self.prompts, Pending::Leave(next.clone())) {
            return;
        }
        // Where it is the file to be opened, it is missed anyway, and the document stays.
        if !matches!((&next, &self.workspace.path), (Leave::OpenFiles(files), Some(path)) if files.contains(path)) {
            look_at_file(&mut self.workspace);
        }
        if self.workspace.is_unsaved() {
            self.prompts.pending = Some(Pending::Leave(next));
            self.prompts.ask = Some(Ask::UnsavedWork);
        } else {
            self.go_on(next);
        }
    }

    /// Leaves the open document at once. Needs all: another takes the place of everything that is about it.
    pub(super) fn go_on(&mut self, next: Leave) {
        let Self { workspace, review, prompts, tasks, remembered, .. } = self;
        keep_views(prompts, remembered);
        match next {
            Leave::OpenFiles(paths) => start_opening(workspace, review, prompts, tasks, remembered, paths),
            Leave::OpenSample => self.open_sample(),
            Leave::NewPlan => self.take_blank(),
            Leave::Quit => tasks.closing = true,
        }
    }

    /// Opens the sample in the binary.
    fn open_sample(&mut self) {
        let opened = super::open::open_sample();
        let name = format!("{} (sample)", opened.document.name());
        self.take(opened, None, name);
    }

    /// Opens a new plan, with the cursor where its first action is typed.
    fn take_blank(&mut self) {
        self.take(Opened { document: blank::document(), ..Opened::default() }, None, blank::UNTITLED.to_owned());
        let table = &self.workspace.document.tables[0];
        let column = table.role_position(Role::Action).map(|at| table.columns[at].id);
        self.view.cursor = table.rows.last().map(|row| Cursor { table: table.id, row: row.id, column });
        self.view.shown = View::Table(table.id);
        self.prompts.say("A new plan: type its first action; name it on the summary");
    }

    /// Makes a document the open one. Needs all, as each part lets go of what was about the one before.
    pub(super) fn take(&mut self, opened: Opened, path: Option<PathBuf>, name: String) {
        let Self { workspace, review, view, prompts, remembered, .. } = self;
        workspace.document = Arc::new(opened.document);
        workspace.read_notes = Arc::new(opened.notes);
        workspace.notes_from = BTreeMap::from([(0, workspace.read_notes.clone())]);
        workspace.origins = opened.sources.into_iter().collect();
        let files = opened.files.iter().map(|(path, _)| path.clone()).collect();
        workspace.kept_beside = KeptBeside::read(files, &workspace.document);
        workspace.sources = workspace.sources_of(&workspace.document, opened.files);
        review.leave();
        review.wants_paste = false;
        workspace.history = History::saved();
        view.sight = Sight::default();
        recall_arrangements(workspace, view, remembered);
        prompts.receipts.clear();
        prompts.let_go();
        (workspace.path, workspace.name, workspace.read_only) = (path, name, false);
        (workspace.saving, workspace.read_from) = (false, None);
        (workspace.own, prompts.conflict) = (OwnFile { fingerprint: opened.fingerprint, ..OwnFile::default() }, None);
        (workspace.typed.texts, workspace.typed.again) = Default::default();
        (view.cursor, view.as_of, prompts.held) = (None, None, None);
        (prompts.renumber_offered, view.updates_asked) = (None, 0);
        workspace.revision += 1;
        workspace.document_number += 1;
        workspace.forget_figures();
        let first_plan = workspace.document.of_kind(TableKind::Plan).next().or(workspace.document.tables.first());
        view.shown = first_plan.map_or(View::Summary, |table| View::Table(table.id));
        self.refresh();
    }

    /// Takes in what opening ended in. Needs all, as the document that was opened takes the place of the one before.
    pub(super) fn end_open(&mut self, paths: &[PathBuf], result: Result<Opened, OpenError>, held: Locked) {
        self.workspace.opening = false;
        match result {
            Ok(opened) => self.take_opened(paths, opened, held),
            Err(error) if error.is_cancelled() => self.prompts.say("Opening cancelled; the document is as it was"),
            Err(OpenError::NeedsPassword(locked)) => {
                self.prompts.ask = Some(Ask::Password(locked, Retry::Open(paths.to_vec())));
            }
            Err(error) => {
                let Self { prompts, remembered, .. } = self;
                prompts.fail(error.to_string());
                if let OpenError::Unread(ReadError::Missing(path)) = error
                    && remembered.recent.all().contains(&path)
                {
                    prompts.fail(gone(&path));
                    prompts.instead = Some(Command::File(FileCommand::ForgetRecent(path)));
                }
            }
        }
    }

    fn take_opened(&mut self, paths: &[PathBuf], opened: Opened, held: Locked) {
        let own = own_path(paths).is_some();
        paths.iter().for_each(|path| remember(&mut self.prompts, &mut self.remembered, path));
        paths.iter().for_each(|path| log::info!("opened {}", shown(path)));
        let doubtful = opened.doubtful;
        let (read_only, open_elsewhere) = (own && opened.read_only, opened.held.clone());
        let mine = self.workspace.own.lock.take().filter(|hold| own && hold.is_of(&paths[0]));
        self.take(opened, own.then(|| paths[0].clone()), stem(&paths[0]));
        let Self { workspace, prompts, .. } = self;
        workspace.read_from = (!own).then(|| named(paths));
        (workspace.read_only, prompts.held) = (read_only, open_elsewhere.map(|words| (words, paths.to_vec())));
        take_lock(workspace, prompts, mine, held);
        let name = &workspace.name;
        prompts.said = match workspace.notes().len() {
            _ if doubtful => DOUBT.to_owned(),
            _ if workspace.read_only => format!("Opened {name}, which is read-only: save it under another name"),
            0 => format!("Opened {name}"),
            1 => format!("Opened {name}: 1 note"),
            count => format!("Opened {name}: {count} notes"),
        };
    }
}

/// Asks about the import under review before something leaves it; false when there is nothing to ask about.
pub(super) fn is_asked_of_import(review: &Review, prompts: &mut Prompts, next: Pending) -> bool {
    let asks = review.is_unaccepted();
    if asks {
        (prompts.ask, prompts.pending) = (Some(Ask::UnacceptedImport), Some(next));
    }
    asks
}

fn start_opening(
    workspace: &mut Workspace,
    review: &mut Review,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    paths: Vec<PathBuf>,
) {
    if tasks.is_busy(prompts) || paths.is_empty() {
        return;
    }
    review.import = None;
    let name = format!("Opening {}", paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", "));
    let mappings = remembered.mappings.all().to_vec();
    let mine = own_path(&paths).is_some_and(|path| workspace.is_own_file(path) && workspace.own.lock.is_some());
    let folder = remembered.folder.clone();
    let passwords = remembered.passwords.clone();
    workspace.opening = true;
    tasks.start_reading(name, move |progress: &Progress| {
        let mut result = open_locked_files(&paths, &mappings, &passwords, &|done| progress.report(done));
        result.iter_mut().for_each(|opened| recall(opened, &folder));
        // One that is not opened is not held either.
        let wanted = own_path(&paths).filter(|_| !mine && result.is_ok() && progress.report(1.0));
        let held = wanted.map_or(Ok(None), |path| lock_file(&folder, path));
        Done::Opened { paths, result, held }
    });
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
