//! What is under way beside the window: jobs, the keeping of unsaved work, pages for the browser. Draws nothing.

use std::{path::PathBuf, time::Duration};

use super::Prompts;
use crate::{
    app::{
        autosave::Autosave,
        import::Import,
        jobs::{Job, Progress, Wake},
        leaving::Preparing,
        open::{OpenError, Opened},
        own_file::{Locked, Saved, Unwritten},
        receipt::Receipt,
        source_file::{SaveBack, SavedBack},
    },
    model::FrozenReturn,
    store::{RowMarks, TempFile},
};

/// What a background job ends in.
#[derive(Debug)]
pub enum Done {
    Opened {
        paths: Vec<PathBuf>,
        result: Result<Opened, OpenError>,
        held: Locked,
    },
    /// The file as it is on the disk, to take the place of what is open.
    Theirs {
        path: PathBuf,
        result: Result<Opened, OpenError>,
    },
    ToReview(Result<Box<Import>, OpenError>),
    Saved {
        path: PathBuf,
        result: Result<Saved, Unwritten>,
    },
    SavedBack(SaveBack),
    /// A workbook that others had saved, with the edits in it, and as it then is.
    IntoTheirs {
        path: PathBuf,
        result: Result<(Receipt, Result<Box<Opened>, OpenError>), Unwritten>,
    },
    /// A copy of a workbook with the edits in it.
    SavedCopy {
        from: PathBuf,
        to: PathBuf,
        result: Result<Box<SavedBack>, Unwritten>,
    },
    /// An older workbook that a return is to be held against.
    Baseline(Result<Box<FrozenReturn>, OpenError>),
    /// What its rows hold; none when it was cancelled.
    Exported {
        path: PathBuf,
        result: Result<Option<RowMarks>, Unwritten>,
    },
    /// Another file would be lost, so nothing was written.
    Taken {
        path: PathBuf,
        why: &'static str,
    },
    /// The pages to print; none where it was cancelled.
    Printed(Result<Option<TempFile>, String>),
}

/// What is under way.
#[derive(Debug)]
pub struct Tasks {
    pub(in crate::app) job: Option<Job<Done>>,
    pub(in crate::app) autosave: Autosave,
    /// What a return will be, while that is worked out.
    pub(in crate::app) preparing: Option<Preparing>,
    /// The pages made to be printed, which go with the window.
    pub(in crate::app) printed: Vec<TempFile>,
    /// A page to be opened where pages are opened.
    pub(in crate::app) to_open: Option<PathBuf>,
    /// True once the window may close.
    pub(in crate::app) closing: bool,
    pub(in crate::app) wake: Wake,
}

impl Tasks {
    /// The job that is under way.
    #[must_use]
    pub fn job(&self) -> Option<&Job<Done>> {
        self.job.as_ref()
    }

    /// Whether the window may close.
    #[must_use]
    pub fn is_closing(&self) -> bool {
        self.closing
    }

    pub(super) fn new(wake: Wake) -> Self {
        Self { job: None, autosave: Autosave::default(), preparing: None, printed: Vec::new(), to_open: None, closing: false, wake }
    }

    /// Whether a job is under way, which is said: one thing is done with files at a time.
    pub(in crate::app) fn is_busy(&self, prompts: &mut Prompts) -> bool {
        if let Some(job) = &self.job {
            prompts.fail(format!("{} is still under way. Wait until it has ended, then try again.", job.name));
            prompts.pending = None;
        }
        self.job.is_some()
    }

    /// Starts a job, of which there is one at a time.
    pub(in crate::app) fn start(&mut self, name: String, work: impl FnOnce(&Progress) -> Done + Send + 'static) {
        self.job = Some(Job::start(name, self.wake.clone(), work));
    }

    /// Starts a job of which nothing remains when it is left behind.
    pub(in crate::app) fn start_reading(&mut self, name: String, work: impl FnOnce(&Progress) -> Done + Send + 'static) {
        self.job = Some(Job::start(name, self.wake.clone(), work).only_reading());
    }

    /// Calls the job off.
    pub(in crate::app) fn cancel(&self) {
        self.job.iter().for_each(|job| job.progress.cancel());
    }

    /// Sets how soon unsaved work is kept: after such a rest, and after so long at most. For tests, which have no time.
    pub fn set_pace(&mut self, rest: Duration, longest: Duration) {
        self.autosave.set_pace(rest, longest);
    }

    /// Whether all that was done is kept.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.autosave.is_kept()
    }

    /// Forgets what was kept: its user closes the window and has saved or discarded it.
    pub fn close_kept(&mut self) {
        self.autosave.close();
    }

    /// What a window which ended unasked has left, in words.
    #[must_use]
    pub fn kept_words(&self) -> String {
        self.autosave.left_words()
    }

    /// Takes the page that is to be opened.
    pub fn take_page(&mut self) -> Option<PathBuf> {
        self.to_open.take()
    }
}
