//! What the program says about itself: its version, what draws it, where its settings and its log are. Changes nothing.

pub use super::state::DrawnBy;

use super::state::{Remembered, ViewState};
use crate::store::{Folder, Renderer, log_path};

/// Under which terms plandesk is used.
pub const LICENCE: &str = "MIT or Apache 2.0, as you choose";

/// What Help > About says, each with its name.
#[must_use]
pub fn about(view: &ViewState, remembered: &Remembered) -> Vec<(&'static str, String)> {
    let drawn = match &view.drawn_by {
        None => "not by a window".to_owned(),
        Some(by) if by.renderer == Renderer::Processor => "the processor, without a graphics card".to_owned(),
        Some(by) if by.software => {
            let how = by.renderer.words().split(" without").next().unwrap_or_default();
            format!("{how} ({}), drawn by the processor, without a graphics card", by.device)
        }
        Some(by) => format!("{} ({})", by.renderer.words(), by.device),
    };
    let nowhere = || "nowhere: the system offers no folder for them".to_owned();
    let settings = remembered.folder.place().map_or_else(nowhere, |place| place.display().to_string());
    let log = log_path(&remembered.folder).map_or_else(nowhere, |path| path.display().to_string());
    vec![
        ("Version", env!("CARGO_PKG_VERSION").to_owned()),
        ("Drawn with", drawn),
        ("Settings", settings),
        ("Log", log),
        ("Licence", LICENCE.to_owned()),
    ]
}

/// Opens the log in the system's own editor, and says where it is.
pub(super) fn show_log(folder: &Folder) -> String {
    let Some(path) = log_path(folder).filter(|path| path.exists()) else { return "There is no log yet".to_owned() };
    let said = format!("The log is {}", path.display());
    // The system may take its time, which the window does not wait for.
    std::thread::spawn(move || {
        if let Err(error) = open::that_detached(path) {
            log::warn!("the log could not be shown: {:?}", error.kind());
        }
    });
    said
}
