//! Work that can take longer than a frame: on a thread of its own, with how far it is, and a way to stop it.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, TryRecvError, channel},
    },
    time::{Duration, Instant},
};

/// How long a job that was asked to stop is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a job is, shared with its thread.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    done: Arc<AtomicU32>,
    /// When it was asked to stop.
    cancelled: Arc<OnceLock<Instant>>,
}

impl Progress {
    /// Tells how much is done, 0 to 1; false when the job is to stop.
    #[must_use]
    pub fn report(&self, done: f32) -> bool {
        self.done.store((done.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
        self.cancelled.get().is_none()
    }

    /// How much is done, 0 to 1.
    #[must_use]
    pub fn done(&self) -> f32 {
        self.done.load(Ordering::Relaxed) as f32 / 1000.0
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.cancelled.get_or_init(Instant::now);
    }

    /// Whether it was asked to stop so long before a moment that it may not hear.
    fn is_deaf(&self, now: Instant) -> bool {
        self.cancelled.get().is_some_and(|at| now.saturating_duration_since(*at) >= PATIENCE)
    }
}

/// A job under way, which ends in a `T`.
#[derive(Debug)]
pub struct Job<T> {
    /// What is being done: `Opening plan.xlsx`.
    pub name: String,
    pub progress: Progress,
    /// Whether nothing is amiss when it goes on unseen: it only reads.
    only_reads: bool,
    result: Receiver<T>,
}

/// What became of a job.
#[derive(Debug)]
pub enum Outcome<T> {
    Running,
    Done(T),
    /// Its thread ended without a result.
    Lost,
    /// It only reads, was asked to stop, and does not answer: its thread is left to itself, and what it ends in to nobody.
    Left,
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
        Self { name, progress, only_reads: false, result }
    }

    /// The same, of which nothing remains when it is left behind.
    #[must_use]
    pub fn only_reading(self) -> Self {
        Self { only_reads: true, ..self }
    }

    /// What became of it so far.
    #[must_use]
    pub fn poll(&self) -> Outcome<T> {
        self.poll_at(Instant::now())
    }

    fn poll_at(&self, now: Instant) -> Outcome<T> {
        match self.result.try_recv() {
            Ok(done) => Outcome::Done(done),
            Err(TryRecvError::Empty) if self.only_reads && self.progress.is_deaf(now) => Outcome::Left,
            Err(TryRecvError::Empty) => Outcome::Running,
            Err(TryRecvError::Disconnected) => Outcome::Lost,
        }
    }

    /// Waits for the end; `None` when its thread was lost.
    #[cfg(test)]
    pub(super) fn wait(self) -> Option<T> {
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

#[cfg(test)]
impl Wake {
    /// One that wakes this thread where it waits for a job, parked.
    #[must_use]
    pub fn this_thread() -> Self {
        let thread = std::thread::current();
        Self(Arc::new(move || thread.unpark()))
    }
}

impl Default for Wake {
    fn default() -> Self {
        Self(Arc::new(|| {}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_does_not_stop_is_left_behind_and_a_writing_never() {
        let (gates, waits): (Vec<_>, Vec<_>) = (0..2).map(|_| channel::<()>()).unzip();
        let [deaf, writing] = <[_; 2]>::try_from(waits).unwrap().map(|wait| {
            // Neither ends before its gate is gone.
            Job::start("Working".to_owned(), Wake::default(), move |_| wait.recv().is_ok())
        });
        let deaf = deaf.only_reading();
        deaf.progress.cancel();
        writing.progress.cancel();
        assert!(matches!(deaf.poll(), Outcome::Running) && !deaf.progress.report(0.5));
        let later = Instant::now() + PATIENCE;
        assert!(matches!((deaf.poll_at(later), writing.poll_at(later)), (Outcome::Left, Outcome::Running)));
        drop(gates);
    }
}
