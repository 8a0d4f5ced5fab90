//! What a user chose and did, which is remembered beside the program for next time. Is never part of a document.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use crate::{
    app::{
        command::{Command, FileCommand, FormCommand, ImportCommand, PeriodCommand, PublishCommand},
        passwords::Passwords,
    },
    model::{Document, FrozenReturn, Table},
    store::{Baselines, Folder, Mappings, Recent, Returned, RowMarks, Settings, TableView, Views, WindowPlace},
};

/// How a table is looked at of which nothing is remembered.
static USUAL: LazyLock<TableView> = LazyLock::new(TableView::default);

/// What is remembered, and where.
#[derive(Debug)]
pub struct Remembered {
    pub(in crate::app) settings: Settings,
    pub(in crate::app) recent: Recent,
    /// How each table is looked at.
    pub(in crate::app) views: Views,
    pub(in crate::app) mappings: Mappings,
    /// What the documents' rows held when their last returns were written.
    pub(in crate::app) returned: Returned,
    pub(in crate::app) folder: Folder,
    /// Which frozen return each document is compared with.
    pub(in crate::app) baselines: Baselines,
    /// The passwords of workbooks, which are written nowhere.
    pub(in crate::app) passwords: Passwords,
}

impl Remembered {
    /// What a user chose.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The files that were opened last.
    #[must_use]
    pub fn recent(&self) -> &Recent {
        &self.recent
    }

    /// What is remembered in a folder.
    pub(super) fn load(folder: Folder) -> Self {
        Self {
            settings: Settings::load(&folder),
            recent: Recent::load(&folder),
            views: Views::load(&folder),
            mappings: Mappings::load(&folder),
            returned: Returned::load(&folder),
            baselines: Baselines::load(&folder),
            folder,
            passwords: Passwords::default(),
        }
    }

    /// How a table of a document is looked at.
    pub(in crate::app) fn view_of(&self, document: &Document, table: &Table) -> &TableView {
        self.views.of(document.name(), &table.name).unwrap_or(&USUAL)
    }

    /// What the rows of a document held in its last return, where one is known.
    pub(in crate::app) fn returned_of(&self, document: &Document) -> Option<&RowMarks> {
        self.returned.of(document.name())
    }

    /// The frozen return that the next one of a document is compared with.
    #[must_use]
    pub fn baseline_of<'doc>(&self, document: &'doc Document) -> Option<&'doc FrozenReturn> {
        self.baselines.of(document.name(), &document.frozen)
    }

    /// Changes a setting, and remembers it; false where it cannot be kept.
    pub(in crate::app) fn set(&mut self, change: impl FnOnce(&mut Settings)) -> bool {
        change(&mut self.settings);
        self.settings.save(&self.folder).is_ok()
    }

    /// Remembers where the window stands. What cannot be written is not worth a word.
    pub fn keep_place(&mut self, place: WindowPlace) {
        self.set(|settings| settings.window = Some(place));
    }

    /// Remembers the folder of what was chosen in a file dialog.
    pub fn keep_folder(&mut self, chosen: &Command) {
        let chosen = match chosen {
            Command::File(FileCommand::OpenFiles(paths)) | Command::Import(ImportCommand::AddFiles(paths)) => paths.first(),
            Command::Form(FormCommand::Read(path) | FormCommand::SaveTo(path)) => Some(path),
            Command::File(FileCommand::SaveTo(path))
            | Command::Publish(PublishCommand::ExportTo(path) | PublishCommand::PictureTo(path))
            | Command::Period(PeriodCommand::WriteTo(path)) => Some(path),
            _ => None,
        };
        let folder = chosen.and_then(|path| path.parent()).map(PathBuf::from);
        if folder.is_some() && folder != self.settings.folder {
            self.set(|settings| settings.folder = folder);
        }
    }

    /// Puts a file first among the recent ones; false where the list cannot be kept.
    pub(in crate::app) fn add_recent(&mut self, path: &Path) -> bool {
        self.recent.add(path);
        self.recent.save(&self.folder).is_ok()
    }

    /// Takes a file off the recent ones; false where the list cannot be kept.
    pub(in crate::app) fn forget_recent(&mut self, path: &Path) -> bool {
        self.recent.forget(|known| known == path);
        self.recent.save(&self.folder).is_ok()
    }
}
