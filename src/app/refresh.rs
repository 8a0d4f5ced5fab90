//! Bringing everything that is worked out up to date after something was done. Decides nothing.

use super::{journaling::keep_unsaved, preparing, state::State, visibility::look};

impl State {
    /// Brings everything that is worked out up to date. Needs all: each part holds something that follows from others.
    pub fn refresh(&mut self) {
        let Self { workspace, review, view, prompts, tasks, remembered } = self;
        prompts.make_harmless();
        view.tally_selection(&workspace.document, workspace.revision);
        view.look_again(&workspace.document, workspace.revision);
        if let Some(import) = &mut review.import {
            import.refresh(&tasks.wake);
        }
        workspace.refresh_figures(view.as_of, &tasks.wake);
        preparing::refresh(workspace, view, prompts, tasks);
        look(workspace, view, remembered);
        keep_unsaved(workspace, view, prompts, tasks);
    }
}
