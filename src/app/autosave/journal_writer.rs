//! The thread that writes the journal: what happened is added once it rests, and now and then the journal begins anew. Decides nothing else.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use super::replay::{Entry, NotesFrom, Replayed, snapshot_records};
use crate::{
    app::jobs::Wake,
    edit::History,
    model::Document,
    store::{Journal, JournalError, Session},
};

/// When work is written down.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    /// Once nothing was changed for this long,
    pub rest: Duration,
    /// or once the first change that is not kept is so old.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rest: Duration::from_secs(2), longest: Duration::from_secs(15) }
    }
}

/// A journal begins anew once what was added is longer than what it began with, and than this.
const WORTH_IT: u64 = 1 << 20;

/// What the keeper is told.
#[derive(Debug)]
pub(crate) enum Message {
    Keep(Box<Batch>),
    Forget,
}

/// What is to be kept.
#[derive(Debug)]
pub(crate) struct Batch {
    /// Each message has a higher one.
    pub number: u64,
    pub session: Session,
    /// Whether it is written without waiting for a rest.
    pub at_once: bool,
    /// What happened since the last message.
    pub entries: Vec<Entry>,
    /// All of it, for a journal that has not begun yet.
    pub snapshot: Option<Snapshot>,
}

/// A document with its history.
#[derive(Debug)]
pub(crate) struct Snapshot {
    pub number: u64,
    /// Locked weakly while it waits, so that an edit in the pause copies nothing; a message with the next state is then under way.
    pub document: Weak<Document>,
    pub history: History,
    pub notes_from: NotesFrom,
}

/// What the keeper lets the window know.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    /// The number of the snapshot that the journal begins with; all that came after it is to be added. 0 where it has not begun.
    pub begun: AtomicU64,
    /// Whether the journal has to begin anew.
    pub wants_snapshot: AtomicBool,
    /// Whether the last writing failed.
    pub failed: AtomicBool,
    /// The number of the last message that was written.
    pub written: AtomicU64,
}

/// The keeper of one journal.
#[derive(Debug)]
pub(crate) struct JournalWriter {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
}

impl JournalWriter {
    pub(crate) fn start(journal: Arc<Journal>, shared: Arc<Shared>, wake: Wake, pace: Pace) -> Self {
        let (sender, receiver) = channel();
        let keeping = Autosave { journal, shared, wake, pace, waiting: None, base: None, not_before: None };
        Self { sender: Some(sender), thread: Some(std::thread::spawn(move || keeping.run(&receiver))) }
    }

    pub(crate) fn tell(&self, message: Message) {
        // A keeper that is gone is not missed: what it had written stays.
        if let Some(sender) = &self.sender {
            let _ = sender.send(message);
        }
    }
}

impl Drop for JournalWriter {
    /// Waits until what is being written is written; no more is.
    fn drop(&mut self) {
        self.sender = None;
        self.thread.take().into_iter().for_each(|thread| drop(thread.join()));
    }
}

#[derive(Debug)]
struct Autosave {
    journal: Arc<Journal>,
    shared: Arc<Shared>,
    wake: Wake,
    pace: Pace,
    waiting: Option<(Instant, Box<Batch>)>,
    /// How long the journal was when it began; nothing where it has not.
    base: Option<u64>,
    /// After a failure the disk is not asked again at once.
    not_before: Option<Instant>,
}

impl Autosave {
    fn run(mut self, messages: &Receiver<Message>) {
        loop {
            let message = match self.patience() {
                None => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(patience) => messages.recv_timeout(patience),
            };
            match message {
                Ok(Message::Keep(work)) => {
                    let at_once = work.at_once;
                    self.wait_with(work);
                    if at_once {
                        self.write();
                    }
                }
                Ok(Message::Forget) => {
                    (self.waiting, self.base) = (None, None);
                    self.shared.begun.store(0, Ordering::SeqCst);
                    self.journal.remove();
                }
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// How long to wait for more; for ever where nothing can be written.
    fn patience(&self) -> Option<Duration> {
        let (first, work) = self.waiting.as_ref().filter(|(_, work)| self.base.is_some() || work.snapshot.is_some())?;
        debug_assert!(self.base.is_none() || work.snapshot.is_none(), "what has begun is added to");
        let rest = self.pace.rest.min(self.pace.longest.saturating_sub(first.elapsed()));
        Some(self.not_before.map_or(rest, |time| rest.max(time.saturating_duration_since(Instant::now()))))
    }

    fn wait_with(&mut self, mut work: Box<Batch>) {
        let before = self.waiting.take();
        let first = before.as_ref().map_or_else(Instant::now, |(first, _)| *first);
        if self.base.is_some() {
            // All of it is there already, up to what happened since.
            work.snapshot = None;
            let mut entries = before.map(|(_, work)| work.entries).unwrap_or_default();
            entries.append(&mut work.entries);
            work.entries = entries;
        } else if work.snapshot.is_none() {
            self.ask_for_snapshot();
        }
        self.waiting = Some((first, work));
    }

    fn write(&mut self) {
        let Some((first, mut work)) = self.waiting.take() else { return };
        let done = if let Some(base) = self.base {
            self.add(base, &work)
        } else {
            let Some(snapshot) = work.snapshot.take() else { return };
            let Some(document) = snapshot.document.upgrade() else {
                // It was edited meanwhile; the time it has waited counts on.
                self.waiting = Some((first, work));
                return;
            };
            self.shared.begun.store(snapshot.number, Ordering::SeqCst);
            let bytes = snapshot_records(&document, &snapshot.history, &snapshot.notes_from);
            // Let go before the disk is waited for, so that fewer edits meet it.
            drop(document);
            let written =
                bytes.map_err(JournalError::from).and_then(|(document, events)| self.journal.begin(&work.session, &document, &events));
            written.map(|()| self.base = Some(self.journal.length()))
        };
        self.shared.failed.store(done.is_err(), Ordering::SeqCst);
        match done {
            Ok(()) => {
                self.not_before = None;
                self.shared.written.store(work.number, Ordering::SeqCst);
            }
            Err(_) => {
                // The reason would name the folder, which names the user.
                log::warn!("unsaved work could not be kept");
                self.base = None;
                self.not_before = Some(Instant::now() + self.pace.longest);
                self.ask_for_snapshot();
            }
        }
    }

    fn add(&mut self, base: u64, work: &Batch) -> Result<(), JournalError> {
        let events: Option<Vec<Vec<u8>>> = work.entries.iter().map(Entry::record).collect();
        self.journal.add(&work.session, &events.ok_or(JournalError::Damaged)?)?;
        if self.journal.length() > WORTH_IT.max(base * 2) {
            self.begin_anew();
        }
        Ok(())
    }

    /// Makes one beginning of the journal and of all that was added to it. Where that fails, it goes on as it is.
    fn begin_anew(&mut self) {
        let done = self.journal.read().and_then(|kept| {
            let replayed = Replayed::of(kept);
            let (document, events) = replayed.snapshot_records()?;
            if replayed.torn { Err(JournalError::Damaged) } else { self.journal.begin(&replayed.session, &document, &events) }
        });
        // Either way it is not tried again before as much has been added.
        self.base = Some(self.journal.length());
        if done.is_err() {
            log::warn!("what is kept of unsaved work could not be made shorter");
        }
    }

    fn ask_for_snapshot(&self) {
        self.shared.begun.store(0, Ordering::SeqCst);
        self.shared.wants_snapshot.store(true, Ordering::SeqCst);
        (self.wake.0)();
    }
}
