//! What a user chose and did, which is remembered beside the program for next time. Is never part of a document.

use std::path::{Path, PathBuf};

use crate::{
    app::WindowPlace,
    store::{Folder, Mappings, Recent, Returned, Settings, Views},
};

/// What is remembered, and where.
#[derive(Debug)]
pub struct Remembered {
    pub settings: Settings,
    pub recent: Recent,
    /// How each table is looked at.
    pub(in crate::app) views: Views,
    pub(in crate::app) mappings: Mappings,
    /// What the documents' rows held when their last returns were written.
    pub(in crate::app) returned: Returned,
    pub(in crate::app) folder: Folder,
}

impl Remembered {
    /// What is remembered in a folder.
    pub(super) fn load(folder: Folder) -> Self {
        Self {
            settings: Settings::load(&folder),
            recent: Recent::load(&folder),
            views: Views::load(&folder),
            mappings: Mappings::load(&folder),
            returned: Returned::load(&folder),
            folder,
        }
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

    /// Remembers the folder that a file was chosen in.
    pub(in crate::app) fn keep_folder_of(&mut self, chosen: Option<&Path>) {
        let folder = chosen.and_then(Path::parent).map(PathBuf::from);
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
