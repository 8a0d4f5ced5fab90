//! Work that can take longer than a frame: on a thread of its own, with how far it is, and a way to stop it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, Ordering},
    mpsc::{Receiver, TryRecvError, channel},
};

/// How far a job is, shared with its thread.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    done: Arc<AtomicU32>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Tells how much is done, 0 to 1; false when the job is to stop.
    #[must_use]
    pub fn report(&self, done: f32) -> bool {
        self.done.store((done.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        !self.cancelled.load(Ordering::Relaxed)
    }

    /// How much is done, 0 to 1.
    #[must_use]
    pub fn done(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }
}

/// A job under way, which ends in a `T`.
#[derive(Debug)]
pub struct Job<T> {
    /// What is being done: `Opening plan.xlsx`.
    pub name: String,
    pub progress: Progress,
    result: Receiver<T>,
}

/// What became of a job.
#[derive(Debug)]
pub enum Outcome<T> {
    Running,
    Done(T),
    /// Its thread ended without a result.
    Lost,
}

impl<T: Send + 'static> Job<T> {
    /// Starts a job. `wake` is called when it has ended, so that an idle window notices.
    pub fn start(name: String, wake: Wake, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Self {
        let progress = Progress::default();
        let (sender, result) = channel();
        let shared = progress.clone();
        std::thread::spawn(move || {
            // Sending fails only when nobody waits for the result any more.
            let _ = sender.send(work(&shared));
            (wake.0)();
        });
        Self { name, progress, result }
    }

    /// What became of it so far.
    #[must_use]
    pub fn poll(&self) -> Outcome<T> {
        match self.result.try_recv() {
            Ok(done) => Outcome::Done(done),
            Err(TryRecvError::Empty) => Outcome::Running,
            Err(TryRecvError::Disconnected) => Outcome::Lost,
        }
    }

    /// Waits for the end; `None` when its thread was lost. For tests.
    #[must_use]
    pub fn wait(self) -> Option<T> {
        self.result.recv().ok()
    }
}

/// Wakes an idle window.
#[derive(Clone)]
pub struct Wake(pub Arc<dyn Fn() + Send + Sync>);

impl std::fmt::Debug for Wake {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Wake")
    }
}

impl Default for Wake {
    fn default() -> Self {
        Self(Arc::new(|| {}))
    }
}
