//! What the program holds while its window is open, in parts by who owns it, and what of it concerns several of them.

mod cell_notes;
mod position;
mod prompts;
mod remembered;
mod review;
mod tasks;
mod view;
mod workspace;

use std::{path::Path, sync::Arc};

pub use self::{
    cell_notes::CellNote,
    prompts::{Ask, Help, Leave, NewReview, Pending, Prompts, Retry},
    remembered::Remembered,
    review::Review,
    tasks::{Done, FormRead, Tasks},
    view::{DrawnBy, ViewState},
    workspace::Workspace,
};

use super::{
    arrangement::{Arrangement, OutOfSight},
    command::View,
    jobs::Wake,
    own_file::OnDisk,
    range::{Area, Selection},
};
use crate::{
    model::{Table, TableId},
    store::{Appearance, Folder, TableView},
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
    /// One with nothing open. Recent files and settings are kept in `folder`.
    pub(super) fn empty(folder: Folder, wake: Wake) -> Self {
        Self {
            workspace: Workspace::new(),
            review: Review::default(),
            view: ViewState::new(),
            prompts: Prompts::default(),
            tasks: Tasks::new(wake),
            remembered: Remembered::load(folder),
        }
    }

    /// The table in view.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        self.view.table(&self.workspace.document)
    }

    /// The table in view, by id.
    #[must_use]
    pub fn table_id(&self) -> Option<TableId> {
        self.view.table_id(&self.workspace.document)
    }

    /// What is selected of the table in view, as long as the cursor is in it.
    #[must_use]
    pub fn selected(&self) -> Option<Selection> {
        self.view.selected(&self.workspace.document)
    }

    /// The selected cells; the cursor's cell where no more is selected.
    #[must_use]
    pub fn area(&self) -> Option<(&Table, Area)> {
        self.view.area(&self.workspace.document)
    }

    /// The found place that the cursor is in, and how many there are.
    #[must_use]
    pub fn found_here(&self) -> Option<(usize, usize)> {
        self.view.found_here(&self.workspace.document)
    }

    /// How the table in view is arranged.
    #[must_use]
    pub fn arrangement(&self) -> Option<&Arrangement> {
        self.view.arrangement(&self.workspace.document)
    }

    /// What of the table in view is out of sight.
    #[must_use]
    pub fn out_of_sight(&self) -> &Arc<OutOfSight> {
        &self.view.sight.out
    }

    /// How a table is looked at.
    #[must_use]
    pub fn view_of(&self, table: &Table) -> &TableView {
        self.remembered.view_of(&self.workspace.document, table)
    }

    /// How the window looks: where the system is followed and shows strong contrasts, so does the window.
    #[must_use]
    pub fn appearance(&self) -> Appearance {
        match self.remembered.settings.theme {
            Appearance::System if self.view.high_contrast => Appearance::HighContrast,
            chosen => chosen,
        }
    }

    /// The file that is open, or one of the workbooks it was read from.
    #[must_use]
    pub fn open_file(&self) -> Option<&Path> {
        self.workspace.open_file()
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
            None if self.workspace.is_saved_back() && self.workspace.own.on_disk == OnDisk::Changed => "Workbook was changed",
            None if self.workspace.is_saved_back() => "As in the workbook",
            None => "Not saved",
        }
    }

    /// Whether the tables an import replaces were edited since they were read.
    #[must_use]
    pub fn replaces_edits(&self) -> bool {
        self.review.import.as_ref().is_some_and(|import| !import.replaces.is_empty()) && self.workspace.edited_since_reading()
    }

    /// Whether the figures are those of the document as it is now.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.workspace.is_up_to_date(self.view.as_of)
    }
}
