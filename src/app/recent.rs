//! The list of recent files: putting one on it and taking one off, and what is said of that. Opens none of them.

use std::path::Path;

use super::{
    open::shown,
    state::{Prompts, Remembered},
};

/// What is said where the list cannot be written.
const NOT_KEPT: &str = "The list of recent files could not be kept";

/// Puts a file first on the list.
pub(super) fn remember(prompts: &mut Prompts, remembered: &mut Remembered, path: &Path) {
    if !remembered.add_recent(path) {
        prompts.say(NOT_KEPT);
    }
}

/// Takes a file off the list that is no longer there.
pub(super) fn forget(prompts: &mut Prompts, remembered: &mut Remembered, path: &Path) {
    (prompts.failed, prompts.instead) = (None, None);
    if remembered.forget_recent(path) {
        prompts.say(format!("{} is no longer among the recent files", shown(path)));
    } else {
        prompts.say(NOT_KEPT);
    }
}
