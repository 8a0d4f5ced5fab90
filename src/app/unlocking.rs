//! Going on with what waited for the password of a workbook. Reads and writes nothing itself.

use super::{
    allowed,
    conflict::{Choice, settle},
    forms,
    passwords::Password,
    review::begin,
    save_back::{save_back, save_copy},
    state::{Ask, Leave, Retry, State},
};

impl State {
    /// Goes on with what waited for the password of a workbook. Needs all, as what waited does.
    pub(super) fn unlock(&mut self, password: Password) {
        let Some(Ask::Password(locked, retry)) = self.prompts.ask.take() else { return };
        self.remembered.passwords.keep(&locked.path, password);
        let Self { workspace, review, view, prompts, tasks, remembered } = self;
        match retry {
            // What is open was asked about before.
            Retry::Open(paths) => self.go_on(Leave::OpenFiles(paths)),
            Retry::Review(next) => begin(workspace, review, prompts, tasks, remembered, next),
            Retry::Form(path) => forms::read(workspace, view, prompts, tasks, remembered, path),
            Retry::Save => save_back(workspace, prompts, tasks, remembered, allowed()),
            Retry::SaveCopy(path) => save_copy(workspace, prompts, tasks, remembered, path),
            Retry::TakeTheirs => settle(workspace, prompts, tasks, remembered, Choice::TakeTheirs),
        }
    }
}
