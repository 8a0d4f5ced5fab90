//! What the program holds while its window is open, in parts by who owns it, and what of it concerns several of them.

mod prompts;
mod remembered;
mod review;
mod tasks;
mod view;
mod workspace;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

pub use self::{
    prompts::{Ask, Help, Prompts},
    remembered::Remembered,
    review::Review,
    tasks::{Done, Tasks},
    view::{DrawnBy, ViewState},
    workspace::Workspace,
};

use super::{
    arrangement::Sight,
    command::View,
    jobs::Wake,
    open::Opened,
    own_file::{OnDisk, OwnFile},
};
use crate::{
    edit::{Change, History},
    model::{TableId, TableKind, harmless, is_harmful},
    notes::Note,
    store::Folder,
};

/// Everything the window draws, by who owns it.
#[derive(Debug)]
pub struct State {
    pub workspace: Workspace,
    pub review: Review,
    pub view: ViewState,
    pub prompts: Prompts,
    pub tasks: Tasks,
    pub remembered: Remembered,
}

impl State {
    /// A state with the sample open. Recent files and settings are kept in `folder`.
    #[must_use]
    pub fn new(folder: Folder, wake: Wake) -> Self {
        let mut state = Self {
            workspace: Workspace::new(),
            review: Review::default(),
            view: ViewState::new(),
            prompts: Prompts::default(),
            tasks: Tasks::new(wake),
            remembered: Remembered::load(folder),
        };
        state.open_sample();
        state
    }

    /// Opens the sample in the binary.
    pub(super) fn open_sample(&mut self) {
        let opened = super::open::open_sample();
        let name = format!("{} (sample)", opened.document.name());
        self.take(opened, None, name);
    }

    /// Makes a document the open one.
    pub(super) fn take(&mut self, opened: Opened, path: Option<PathBuf>, name: String) {
        self.workspace.document = Arc::new(opened.document);
        self.workspace.read_notes = Arc::new(opened.notes);
        self.workspace.notes_from = BTreeMap::from([(0, self.workspace.read_notes.clone())]);
        self.workspace.origins = opened.sources.into_iter().collect();
        (self.review.import, self.review.wants_paste) = (None, false);
        self.review.to_add.clear();
        self.workspace.history = History::saved();
        self.view.sight = Sight::default();
        self.recall_arrangements();
        (self.workspace.path, self.workspace.name, self.workspace.read_only) = (path, name, false);
        (self.workspace.saving, self.workspace.read_from) = (false, None);
        (self.workspace.own, self.prompts.conflict) = (OwnFile { fingerprint: opened.fingerprint, ..OwnFile::default() }, None);
        (self.workspace.typed.texts, self.workspace.typed.again) = Default::default();
        (self.view.cursor, self.view.as_of, self.prompts.held) = (None, None, None);
        (self.prompts.renumber_offered, self.view.updates_asked) = (None, 0);
        self.workspace.revision += 1;
        self.workspace.document_number += 1;
        self.workspace.forget_figures();
        let first_plan = self.workspace.document.of_kind(TableKind::Plan).next().or(self.workspace.document.tables.first());
        self.view.shown = first_plan.map_or(View::Summary, |table| View::Table(table.id));
        self.refresh();
    }

    /// Makes the one step of an import, which brings its notes.
    pub(super) fn take_import(&mut self, name: String, changes: Vec<Change>, notes: Vec<Note>) {
        self.workspace.make(name, changes);
        let (depth, notes) = (self.workspace.history.depth(), Arc::new(notes));
        self.tasks.autosave.add_notes(depth, &notes);
        self.workspace.notes_from.insert(depth, notes);
        (self.view.cursor, self.prompts.renumber_offered) = (None, None);
        self.workspace.keep_notes();
    }

    /// What stands after or before what is in view: the summary, then the tables kind by kind.
    pub(super) fn view_beside(&self, back: bool) -> View {
        let tables = TableKind::ALL.into_iter().flat_map(|kind| self.workspace.document.of_kind(kind)).map(|table| View::Table(table.id));
        let all: Vec<View> = [View::Summary].into_iter().chain(tables).collect();
        let here = all.iter().position(|view| *view == self.view.shown).unwrap_or(0);
        all[(here + if back { all.len() - 1 } else { 1 }) % all.len()]
    }

    /// The table in view.
    #[must_use]
    pub fn table(&self) -> Option<&crate::model::Table> {
        match self.view.shown {
            View::Summary => None,
            View::Table(id) => self.workspace.document.table(id),
        }
    }

    /// The table in view, by id.
    #[must_use]
    pub fn table_id(&self) -> Option<TableId> {
        self.table().map(|table| table.id)
    }

    /// Whether it is on the disk as it is, in words.
    #[must_use]
    pub fn standing(&self) -> &'static str {
        match &self.workspace.path {
            Some(_) if self.workspace.own.on_disk == OnDisk::Gone => "File is gone",
            _ if self.workspace.is_unsaved() && self.tasks.autosave.has_failed() => "Unsaved changes, not kept",
            _ if self.workspace.is_unsaved() => "Unsaved changes",
            Some(_) if self.workspace.own.on_disk == OnDisk::Changed => "File was changed",
            Some(_) => "Saved",
            None => "Not saved",
        }
    }

    /// Brings everything that is worked out up to date.
    pub fn refresh(&mut self) {
        // Names of files, sheets and tables stand in what is said.
        for words in self.prompts.failed.iter_mut().chain([&mut self.prompts.said]).filter(|words| words.contains(is_harmful)) {
            *words = harmless(words).into_owned();
        }
        self.tally_selection();
        self.look_again();
        if let Some(import) = &mut self.review.import {
            import.refresh(&self.tasks.wake);
        }
        self.workspace.refresh_figures(self.view.as_of, &self.tasks.wake);
        self.look();
        self.keep_unsaved();
    }

    /// Whether the figures are those of the document as it is now.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.workspace.is_up_to_date(self.view.as_of)
    }
}
