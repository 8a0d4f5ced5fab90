//! What is under way beside the window: jobs, the keeping of unsaved work, pages for the browser. Draws nothing.

use std::path::PathBuf;

use crate::{
    app::{
        autosave::Autosave,
        import::Import,
        jobs::{Job, Wake},
        open::{OpenError, Opened},
        own_file::{Locked, Saved, Unwritten},
    },
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
    Printed(Result<TempFile, String>),
}

/// What is under way.
#[derive(Debug)]
pub struct Tasks {
    pub job: Option<Job<Done>>,
    /// Whether the job brings another document.
    pub(in crate::app) opening: bool,
    pub(in crate::app) autosave: Autosave,
    /// The pages made to be printed, which go with the window.
    pub(in crate::app) printed: Vec<TempFile>,
    /// A page to be opened where pages are opened.
    pub(in crate::app) to_open: Option<PathBuf>,
    /// True once the window may close.
    pub closing: bool,
    pub(in crate::app) wake: Wake,
}

impl Tasks {
    pub(super) fn new(wake: Wake) -> Self {
        Self { job: None, opening: false, autosave: Autosave::default(), printed: Vec::new(), to_open: None, closing: false, wake }
    }

    /// Calls the job off.
    pub(in crate::app) fn cancel(&self) {
        self.job.iter().for_each(|job| job.progress.cancel());
    }

    /// Takes the page that is to be opened.
    pub fn take_page(&mut self) -> Option<PathBuf> {
        self.to_open.take()
    }
}
