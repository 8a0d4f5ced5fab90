//! What a user chose about the program, such as its theme. Never anything about a document.

use serde::{Deserialize, Serialize};

use super::{Folder, WriteError};

const NAME: &str = "settings.json";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// As the system is.
    System,
}

/// What a user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
}

impl Settings {
    /// What was chosen in an earlier run; the usual when nothing was.
    #[must_use]
    pub fn load(folder: &Folder) -> Self {
        folder.load(NAME)
    }

    /// Remembers the choices for the next run.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn save(&self, folder: &Folder) -> Result<(), WriteError> {
        folder.save(NAME, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_remembered_and_unknown_ones_ignored() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        assert_eq!(Settings::load(&folder).theme, Theme::Light);
        Settings { theme: Theme::Dark }.save(&folder).unwrap();
        assert_eq!(Settings::load(&folder).theme, Theme::Dark);
        std::fs::write(temporary.path().join(NAME), r#"{"zoom":2}"#).unwrap();
        assert_eq!(Settings::load(&folder), Settings::default());
    }
}
