//! What later starts of the program ask of the window that is open: to come forward, with files or without. Opens none itself.

use std::{
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use super::jobs::Wake;

/// A window that does not answer within this hangs.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shared by the thread that hears of later starts and the window.
#[derive(Clone, Debug, Default)]
pub struct InstanceInbox(Arc<(Mutex<Waiting>, Condvar)>);

#[derive(Debug, Default)]
struct Waiting {
    calls: Vec<Vec<PathBuf>>,
    wake: Option<Wake>,
}

impl InstanceInbox {
    /// Asks the window to come forward with files; with none, just to come forward.
    pub fn put(&self, files: Vec<PathBuf>) {
        let mut waiting = self.waiting();
        waiting.calls.push(files);
        if let Some(wake) = &waiting.wake {
            (wake.0)();
        }
    }

    /// Asks it, and waits until the window has heard. False when it does not; nothing is then asked any more.
    #[must_use]
    pub fn ask(&self, files: Vec<PathBuf>) -> bool {
        self.put(files);
        let waited = self.0.1.wait_timeout_while(self.waiting(), PATIENCE, |waiting| !waiting.calls.is_empty());
        let (mut waiting, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut waiting.calls).is_empty()
    }

    /// What was asked since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<Vec<PathBuf>> {
        let calls = std::mem::take(&mut self.waiting().calls);
        self.0.1.notify_all();
        calls
    }

    /// How the window is woken.
    pub fn wake_by(&self, wake: Wake) {
        self.waiting().wake = Some(wake);
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_hangs_is_not_asked_twice() {
        let calls = InstanceInbox::default();
        assert!(!calls.ask(Vec::new()));
        assert!(calls.take().is_empty());
        let window = calls.clone();
        calls.wake_by(Wake(Arc::new(move || {
            let window = window.clone();
            std::thread::spawn(move || window.take());
        })));
        assert!(calls.ask(Vec::new()));
    }
}
