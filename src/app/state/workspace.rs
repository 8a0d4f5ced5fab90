//! What is worked on: the document with its history, where it came from and is saved, its notes and its figures. Knows no window.

use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use jiff::civil::Date;

use crate::{
    app::{
        as_of,
        autosave::Typed,
        import::Source,
        jobs::{Job, Outcome, Progress, Wake},
        kept_beside::KeptBeside,
        own_file::{OnDisk, OwnFile},
        source_file::SourceFile,
    },
    edit::{Change, History},
    insight::{AsOf, Insight},
    model::{Document, Marking, Table, TableId, harmless},
    notes::{Note, standing},
    publish,
    store::{Fingerprint, OpenText},
};

/// Above this many rows the figures are worked out in the background.
const ROWS_AT_ONCE: usize = 500;
/// How long a large document is left alone before its figures are worked out again, so that a run of edits waits for none of them.
const PAUSE: Duration = Duration::from_millis(300);

/// What figures are of: a revision, and the days it is judged at.
type Of = (u64, AsOf);

/// What is worked on.
#[derive(Debug)]
pub struct Workspace {
    /// Shared with jobs as it stands when they start; an edit meanwhile gives it a copy of its own.
    pub(in crate::app) document: Arc<Document>,
    pub(in crate::app) history: History,
    /// What was noticed when the document was read.
    pub(in crate::app) read_notes: Arc<Vec<Note>>,
    /// The same by how many steps were done, as an import is a step that brings notes of its own.
    pub(in crate::app) notes_from: BTreeMap<usize, Arc<Vec<Note>>>,
    /// Which workbook each table was read from.
    pub(in crate::app) origins: HashMap<TableId, Source>,
    /// The workbooks that edits are written back into.
    pub(in crate::app) sources: Vec<SourceFile>,
    /// The figures; those of an earlier revision while new ones are worked out.
    pub(in crate::app) insight: Arc<Insight>,
    insight_of: Option<Of>,
    /// Ends in nothing when an edit came first.
    insight_job: Option<Job<Option<(Of, Insight)>>>,
    /// The notes' positions in the order they are told in: the insight's first, then those from reading.
    note_order: Vec<usize>,
    /// The frozen returns as they are kept beside those.
    pub(in crate::app) kept_beside: KeptBeside,
    /// Rises with every change of the document.
    pub(in crate::app) revision: u64,
    /// Rises with every document opened.
    pub(in crate::app) document_number: u64,
    /// The plandesk file it is saved in.
    pub(in crate::app) path: Option<PathBuf>,
    /// Whether that file may not be written.
    pub(in crate::app) read_only: bool,
    /// How that file stands on the disk.
    pub(in crate::app) own: OwnFile,
    /// What is being typed.
    pub(in crate::app) typed: Typed,
    /// Whether it is being written.
    pub(in crate::app) saving: bool,
    /// Whether another document is on its way, which takes its place.
    pub(in crate::app) opening: bool,
    /// The files it was read from, where those are not its own.
    pub(in crate::app) read_from: Option<String>,
    /// What the document is called in the title and in file names.
    pub(in crate::app) name: String,
}

impl Workspace {
    /// The document that is worked on; shared with jobs as it stood when they started.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// The steps that were done and taken back.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What was noticed when the document was read.
    #[must_use]
    pub fn read_notes(&self) -> &[Note] {
        &self.read_notes
    }

    /// The figures; those of an earlier revision while new ones are worked out.
    #[must_use]
    pub fn insight(&self) -> &Arc<Insight> {
        &self.insight
    }

    /// Rises with every change of the document.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Rises with every document opened.
    #[must_use]
    pub fn document_number(&self) -> u64 {
        self.document_number
    }

    /// Whether that file may not be written.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// One with nothing in it.
    pub(super) fn new() -> Self {
        Self {
            document: Arc::default(),
            history: History::saved(),
            read_notes: Arc::default(),
            notes_from: BTreeMap::new(),
            origins: HashMap::new(),
            sources: Vec::new(),
            kept_beside: KeptBeside::default(),
            insight: Arc::default(),
            insight_of: None,
            insight_job: None,
            note_order: Vec::new(),
            revision: 0,
            document_number: 0,
            path: None,
            read_only: false,
            own: OwnFile::default(),
            typed: Typed::default(),
            saving: false,
            opening: false,
            read_from: None,
            name: String::new(),
        }
    }

    /// The workbooks that the document was read from, in the order of its tables.
    #[must_use]
    pub fn workbooks(&self) -> Vec<&Source> {
        let mut workbooks: Vec<&Source> = Vec::new();
        for source in self.document.tables.iter().filter_map(|table| self.origins.get(&table.id)) {
            if !workbooks.contains(&source) {
                workbooks.push(source);
            }
        }
        workbooks
    }

    /// Files as sources of the tables of a document, which is this one as it was read.
    pub(in crate::app) fn sources_of(&self, read: &Document, files: Vec<(PathBuf, Fingerprint)>) -> Vec<SourceFile> {
        let of = |path: &Path| {
            let from = |table: &&Table| matches!(self.origins.get(&table.id), Some(Source::File(file)) if file == path);
            read.tables.iter().filter(from).cloned().collect()
        };
        files.into_iter().map(|(path, known)| SourceFile::new(path.clone(), known, of(&path))).collect()
    }

    /// Takes in tables that were read from a file, beside those from it that undo may bring back.
    pub(in crate::app) fn add_source(&mut self, file: Option<(PathBuf, Fingerprint)>, tables: &[Table]) {
        let Some((path, known)) = file else { return };
        match self.sources.iter_mut().find(|source| source.path == path) {
            Some(source) => {
                source.known = known;
                source.tables.extend(tables.iter().cloned());
            }
            None => self.sources.push(SourceFile::new(path, known, tables.to_vec())),
        }
    }

    /// The plandesk file that is open, or the first of the workbooks it was read from.
    pub(in crate::app) fn open_file(&self) -> Option<&Path> {
        let sources = self.document.tables.iter().filter_map(|table| self.origins.get(&table.id));
        let mut files = sources.filter_map(|source| match source {
            Source::File(path) => Some(&**path),
            Source::Sample | Source::Pasted(_) => None,
        });
        self.path.as_deref().or_else(|| files.next())
    }

    /// Whether a path is that of the document's own file.
    pub(in crate::app) fn is_own_file(&self, path: &Path) -> bool {
        self.path.as_deref().is_some_and(|own| is_same_file(own, path))
    }

    /// Whether a file is one of the workbooks the document was read from.
    pub(in crate::app) fn was_read_from(&self, path: &Path) -> bool {
        self.workbooks().into_iter().any(|source| matches!(source, Source::File(file) if is_same_file(file, path)))
    }

    /// The words of the document's protective marking; empty where it has none.
    #[must_use]
    pub fn marking(&self) -> String {
        self.document.marking.as_ref().map_or_else(String::new, Marking::words)
    }

    /// The document without what its owner hid in the workbook.
    #[must_use]
    pub fn in_sight_of_others(&self) -> Cow<'_, Document> {
        publish::seen(&self.document)
    }

    /// Puts a document in the place of this one without a history, as if it had just been read. For tests.
    pub fn read_again(&mut self, document: Document) {
        (self.document, self.history) = (Arc::new(document), History::saved());
        self.revision += 1;
    }

    /// Takes the editors that are to be opened again.
    pub fn take_again(&mut self) -> Vec<OpenText> {
        self.typed.take_again()
    }

    /// Makes changes, as one step of the history.
    pub(in crate::app) fn make(&mut self, name: String, changes: Vec<Change>) {
        self.forget_undone_notes();
        self.history.make(Arc::make_mut(&mut self.document), name, changes);
        self.revision += 1;
    }

    /// Takes the last step back; its name, where there is one.
    pub(in crate::app) fn undo(&mut self) -> Option<String> {
        self.revision += 1;
        self.history.undo(Arc::make_mut(&mut self.document))
    }

    /// Makes the step again that was taken back last; its name, where there is one.
    pub(in crate::app) fn redo(&mut self) -> Option<String> {
        self.revision += 1;
        self.history.redo(Arc::make_mut(&mut self.document))
    }

    /// Forgets the notes of steps that can no longer be made again.
    fn forget_undone_notes(&mut self) {
        let depth = self.history.depth();
        self.notes_from.retain(|from, _| *from <= depth);
    }

    /// Shows the notes of the reading that the document holds after its steps.
    pub(in crate::app) fn keep_notes(&mut self) {
        let present = self.notes_from.range(..=self.history.depth()).next_back();
        let Some((_, notes)) = present.filter(|(_, notes)| **notes != self.read_notes) else { return };
        self.read_notes.clone_from(notes);
        self.order_notes();
    }

    /// Whether anything was edited since the tables were read.
    pub(in crate::app) fn edited_since_reading(&self) -> bool {
        !self.notes_from.contains_key(&self.history.depth())
    }

    /// Every note: what does not add up first, then what was noticed when reading; the gravest first in each.
    #[must_use]
    pub fn notes(&self) -> impl ExactSizeIterator<Item = &Note> {
        self.note_order.iter().map(|&at| note_at(&self.insight.notes, &self.read_notes, at))
    }

    /// Whether anything is unsaved: what is being typed is, what is still being written, and what was written to a file that is gone.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        self.is_document_unsaved() || !self.typed.texts.is_empty()
    }

    /// The same of the document itself.
    pub(in crate::app) fn is_document_unsaved(&self) -> bool {
        self.history.is_unsaved() || self.saving || self.own.on_disk == OnDisk::Gone
    }

    /// What stands in the window's title: what it is called on the disk, or what it was read from where it is not there.
    #[must_use]
    pub fn title(&self) -> String {
        let unsaved = if self.is_unsaved() { "• " } else { "" };
        let read_only = if self.read_only { " (read-only)" } else { "" };
        let from = match (&self.path, &self.read_from) {
            (Some(_), _) if self.own.on_disk == OnDisk::Gone => " (its file is gone)".to_owned(),
            (Some(_), _) if self.own.on_disk == OnDisk::Changed => " (its file was changed)".to_owned(),
            (None, Some(_)) if self.own.on_disk == OnDisk::Changed => " (its workbook was changed)".to_owned(),
            (None, Some(files)) if !self.is_saved_back() => format!(" (read from {files}, not saved)"),
            _ => String::new(),
        };
        let name = self.read_from.as_ref().filter(|_| self.is_saved_back()).unwrap_or(&self.name);
        harmless(&format!("{unsaved}{name}{read_only}{from} - plandesk")).into_owned()
    }

    /// Whether saving writes into the workbooks it was read from.
    #[must_use]
    pub fn is_saved_back(&self) -> bool {
        self.path.is_none() && !self.sources.is_empty() && self.sources.iter().all(SourceFile::takes_edits)
    }

    /// The one workbook that a copy of can be saved, with the edits in it.
    pub(in crate::app) fn workbook_to_copy(&self) -> Option<&SourceFile> {
        let [source] = &self.sources[..] else { return None };
        Some(source).filter(|source| self.path.is_none() && source.takes_edits())
    }

    /// What is unsaved, in words.
    #[must_use]
    pub fn unsaved_words(&self) -> String {
        if self.own.on_disk == OnDisk::Gone {
            return format!(
                "The file of “{}” is no longer there. It was moved, renamed or deleted, or its network drive is not connected.",
                self.name
            );
        }
        format!("“{}” has changes that are not saved.", self.name)
    }

    /// Lets the figures go, as they are of another document.
    pub(in crate::app) fn forget_figures(&mut self) {
        (self.insight_of, self.insight_job) = (None, None);
        self.set_insight(Insight::default());
    }

    /// Brings the figures up to date: at once for a document of usual size, in the background for a large one.
    pub(in crate::app) fn refresh_figures(&mut self, given: Option<Date>, wake: &Wake) {
        let wanted = self.wanted_figures(given);
        if let Some(job) = &self.insight_job {
            match job.poll() {
                Outcome::Running => return,
                Outcome::Done(Some((of, insight))) => {
                    self.set_insight(insight);
                    self.insight_of = Some(of);
                    self.insight_job = None;
                }
                Outcome::Done(None) | Outcome::Lost | Outcome::Left => self.insight_job = None,
            }
        }
        if self.is_up_to_date(given) {
            return;
        }
        if self.document.tables.iter().map(|table| table.rows.len()).sum::<usize>() <= ROWS_AT_ONCE {
            self.set_insight(Insight::of(&self.document, wanted.1));
            self.insight_of = Some(wanted);
        } else {
            let pause = if self.insight_of.is_some() { PAUSE } else { Duration::ZERO };
            // Locked weakly while it waits, so that an edit in the pause copies nothing; the job then ends, and the next begins.
            let document = Arc::downgrade(&self.document);
            let work = move |_: &Progress| {
                #[expect(clippy::disallowed_methods, reason = "it rests, and an edit meanwhile ends it by letting the document go")]
                std::thread::sleep(pause);
                let document = document.upgrade()?;
                Some((wanted, Insight::of(&document, wanted.1)))
            };
            self.insight_job = Some(Job::start("Working out the figures".to_owned(), wake.clone(), work));
        }
    }

    /// Whether the figures are those of the document as it is now, at a date that was given or its own.
    pub(super) fn is_up_to_date(&self, given: Option<Date>) -> bool {
        self.insight_of == Some(self.wanted_figures(given))
    }

    fn wanted_figures(&self, given: Option<Date>) -> Of {
        (self.revision, as_of(given))
    }

    fn set_insight(&mut self, insight: Insight) {
        self.insight = Arc::new(insight);
        self.order_notes();
    }

    fn order_notes(&mut self) {
        let found = &self.insight.notes;
        let read = standing(&self.document, &self.read_notes).map(|(at, _)| found.len() + at);
        self.note_order = (0..found.len()).chain(read).collect();
        self.note_order.sort_by_key(|&at| Reverse(note_at(found, &self.read_notes, at).severity));
    }
}

/// Whether two paths lead to one file.
fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other || one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

/// A note by its position among the insight's and those from reading.
fn note_at<'notes>(found: &'notes [Note], read: &'notes [Note], at: usize) -> &'notes Note {
    found.get(at).unwrap_or_else(|| &read[at - found.len()])
}
