//! What later starts of the program ask of the window that is open: to come forward, with files or without. Opens none itself.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::jobs::Wake;

/// Shared by the thread that hears of later starts and the window.
#[derive(Clone, Debug, Default)]
pub struct Calls(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    calls: Vec<Vec<PathBuf>>,
    wake: Option<Wake>,
}

impl Calls {
    /// Asks the window to come forward with files; with none, just to come forward.
    pub fn put(&self, files: Vec<PathBuf>) {
        let mut waiting = self.waiting();
        waiting.calls.push(files);
        if let Some(wake) = &waiting.wake {
            (wake.0)();
        }
    }

    /// What was asked since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<Vec<PathBuf>> {
        std::mem::take(&mut self.waiting().calls)
    }

    /// How the window is woken.
    pub fn wake_by(&self, wake: Wake) {
        self.waiting().wake = Some(wake);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
