//! What a user chose about the program, such as its theme. Never anything about a document.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Folder, Renderer, WriteError};

const NAME: &str = "settings.json";

/// How the window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    Light,
    Dark,
    /// White on black, with strong lines.
    HighContrast,
    /// As the system is.
    #[default]
    System,
}

impl Appearance {
    /// Every appearance, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::HighContrast, Self::System];
}

/// How large the whole window is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    Small,
    #[default]
    Usual,
    Large,
    Largest,
}

impl TextSize {
    /// Every size, from the smallest.
    pub const ALL: [Self; 4] = [Self::Small, Self::Usual, Self::Large, Self::Largest];

    /// How much larger than usual, as a factor.
    #[must_use]
    pub fn factor(self) -> f32 {
        match self {
            Self::Small => 0.9,
            Self::Usual => 1.0,
            Self::Large => 1.2,
            Self::Largest => 1.4,
        }
    }
}

/// How much the grid is enlarged, in per cent: from 50 to 200 in steps of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u16")]
pub struct Zoom(u16);

impl Default for Zoom {
    fn default() -> Self {
        Self(100)
    }
}

impl From<u16> for Zoom {
    fn from(percent: u16) -> Self {
        Self(percent.clamp(50, 200))
    }
}

impl Zoom {
    /// A step larger or smaller, as far as it goes.
    #[must_use]
    pub fn step(self, larger: bool) -> Self {
        Self::from(if larger { self.0 / 10 * 10 + 10 } else { self.0.div_ceil(10) * 10 - 10 })
    }

    /// In per cent.
    #[must_use]
    pub fn percent(self) -> u16 {
        self.0
    }

    /// As a factor.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

/// Where the window stood, in the screen's own pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlace {
    /// Of its frame's corner, from the left and the top; some systems do not tell it.
    pub at: Option<(i32, i32)>,
    /// Of what is inside its frame.
    pub size: (u32, u32),
    /// Whether it filled its screen; the rest is then how it stood before.
    pub maximised: bool,
    /// How much its screen was enlarged, in per cent.
    pub scale: u32,
}

/// Where a workbook is kept as it was before it was first written here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", from = "serde_json::Value")]
pub enum FirstCopy {
    /// Beside it.
    #[default]
    Beside,
    /// In a folder, of that path or within the workbook's own.
    Folder(PathBuf),
    /// Nowhere.
    None,
}

impl From<serde_json::Value> for FirstCopy {
    /// As it is written; what cannot be understood keeps a copy rather than none, and nothing else of the settings from being read.
    fn from(value: serde_json::Value) -> Self {
        match (value.as_str(), value.get("folder").and_then(|folder| folder.as_str())) {
            (Some("none"), _) => Self::None,
            (_, Some(folder)) if !folder.trim().is_empty() => Self::Folder(folder.into()),
            _ => Self::Beside,
        }
    }
}

/// What a user chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Appearance,
    pub text_size: TextSize,
    pub zoom: Zoom,
    /// Whether a row of the grid shows three lines of each text at most.
    pub compact_rows: bool,
    /// What draws the window; `None` is what works best.
    pub renderer: Option<Renderer>,
    /// The folder files were last opened from or saved in.
    pub folder: Option<PathBuf>,
    /// Where a workbook is kept as it was; chosen in the file alone.
    pub first_copy: FirstCopy,
    pub window: Option<WindowPlace>,
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
        assert_eq!(Settings::load(&folder), Settings::default());
        let window = Some(WindowPlace { at: Some((-8, 0)), size: (1280, 800), maximised: true, scale: 150 });
        let folder_used = Some(PathBuf::from("/council/plans"));
        let chosen = Settings {
            theme: Appearance::HighContrast,
            text_size: TextSize::Large,
            zoom: Zoom::from(120),
            compact_rows: true,
            renderer: Some(Renderer::Opengl),
            folder: folder_used,
            first_copy: FirstCopy::Folder("/council/copies".into()),
            window,
        };
        chosen.save(&folder).unwrap();
        assert_eq!(Settings::load(&folder), chosen);
        std::fs::write(temporary.path().join(NAME), r#"{"colour":2,"zoom":900}"#).unwrap();
        assert_eq!(Settings::load(&folder), Settings { zoom: Zoom::from(200), ..Settings::default() });
        std::fs::write(temporary.path().join(NAME), r#"{"theme":"dark"}"#).unwrap();
        assert_eq!(Settings::load(&folder).theme, Appearance::Dark);
    }

    #[test]
    fn where_the_first_copy_goes_is_read_as_it_is_typed_and_is_beside_where_that_is_nothing() {
        let read = |text: &str| serde_json::from_str::<Settings>(text).unwrap();
        assert_eq!(read("{}").first_copy, FirstCopy::Beside);
        assert_eq!(read(r#"{"first_copy":"none"}"#).first_copy, FirstCopy::None);
        assert_eq!(read(r#"{"first_copy":"beside"}"#).first_copy, FirstCopy::Beside);
        assert_eq!(read(r#"{"first_copy":{"folder":"copies"}}"#).first_copy, FirstCopy::Folder("copies".into()));
        for odd in [r#""never""#, "7", "null", r#"{"folder":" "}"#, r#"{"folder":7}"#, "[]"] {
            let settings = read(&format!(r#"{{"theme":"dark","first_copy":{odd}}}"#));
            assert_eq!((settings.first_copy, settings.theme), (FirstCopy::Beside, Appearance::Dark), "{odd}");
        }
        for choice in [FirstCopy::Beside, FirstCopy::None, FirstCopy::Folder("copies".into())] {
            let settings = Settings { first_copy: choice, ..Settings::default() };
            assert_eq!(read(&serde_json::to_string(&settings).unwrap()), settings);
        }
    }

    #[test]
    fn zoom_goes_in_tens_from_half_to_double() {
        let mut zoom = Zoom::default();
        (0..20).for_each(|_| zoom = zoom.step(true));
        assert_eq!(zoom.percent(), 200);
        (0..20).for_each(|_| zoom = zoom.step(false));
        assert_eq!(zoom.percent(), 50);
        assert_eq!((Zoom::from(67).step(true).percent(), Zoom::from(67).step(false).percent()), (70, 60));
    }
}
