//! What the program holds while its window is open: the document, its history, what was noticed, and what is under way.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use jiff::civil::Date;

use super::{
    about::DrawnBy,
    arrangement::Arrangement,
    as_of,
    command::{Command, Cursor, Pane, View},
    deleting::Below,
    file_extension::OtherKind,
    find::Finding,
    import::{Import, Source},
    jobs::{Job, Outcome, Wake},
    keeping::{Keeping, Typed},
    on_disk::{Conflict, Locked, OnDisk, OwnFile, Saved},
    open::{OpenError, Opened},
    publishing::Leaving,
    range::{Selection, tally::Tally},
    saving::Unwritten,
    structure::Scope,
    visibility::Sight,
};
use crate::{
    edit::{Change, History},
    insight::{AsOf, Insight},
    model::{ColumnId, Document, TableId, TableKind, harmless, is_harmful},
    notes::{Note, standing},
    store::{self, Folder, Mappings, Passing, Recent, Returned, RowMarks, Settings, Views},
};

/// Above this many rows the figures are worked out in the background.
const ROWS_AT_ONCE: usize = 500;
/// How long a large document is left alone before its figures are worked out again, so that a run of edits waits for none of them.
const PAUSE: Duration = Duration::from_millis(300);

/// What figures are of: a revision, and the days it is judged at.
type Of = (u64, AsOf);

/// A question only the window can put.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Which files to open.
    FilesToOpen,
    /// Which workbooks to add tables from.
    FilesToAdd,
    /// Where to save, with a file name to begin with.
    WhereToSave(String),
    /// What is to be written, as `State::leaving` says.
    ToWrite,
    /// Whether a file is replaced, and what it is.
    Replace(PathBuf, &'static str),
    /// Where the return goes, with a file name to begin with.
    WhereToExport(String),
    /// Where a chart's picture goes, with a file name to begin with.
    WhereToSavePicture(String),
    /// The date that ends are judged at.
    AsOf,
    /// What becomes of unsaved work before going on.
    UnsavedWork,
    /// What becomes of the work that a window which ended unasked has left.
    KeptWork,
    /// What becomes of an import that is not accepted before going on.
    UnacceptedImport,
    /// The lead of every selected row.
    Lead,
    /// By how many months the dates of every selected row move.
    Months,
    /// What becomes of the rows below the headings of approaches that are to be deleted.
    RowsBelow(Box<Below>),
    /// What is written, as the chosen name is one of another kind of file.
    OtherKind(Box<OtherKind>),
    /// What becomes of a document whose file is not what was opened, as `State::conflict` says.
    Conflict,
    /// Whether the file takes the place of what is open.
    TakeTheirs,
}

/// What stands over the window to be read or chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// Commands to choose from.
    Palette,
    /// Keys to read.
    Shortcuts,
    /// What this program is, and what draws it.
    About,
}

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
    Printed(Result<Passing, String>),
}

/// Everything the window draws.
#[derive(Debug)]
pub struct State {
    /// Shared with jobs as it stands when they start; an edit meanwhile gives it a copy of its own.
    pub document: Arc<Document>,
    pub history: History,
    /// What was noticed when the document was read.
    pub read_notes: Arc<Vec<Note>>,
    /// The same by how many steps were done, as an import is a step that brings notes of its own.
    pub(super) notes_from: BTreeMap<usize, Arc<Vec<Note>>>,
    /// Which workbook each table was read from.
    pub(super) origins: HashMap<TableId, Source>,
    /// The workbook under review.
    pub import: Option<Box<Import>>,
    /// The workbooks to be reviewed after it.
    pub to_add: Vec<PathBuf>,
    /// True while a table from the clipboard is waited for.
    pub wants_paste: bool,
    pub(super) mappings: Mappings,
    /// The figures; those of an earlier revision while new ones are worked out.
    pub insight: Arc<Insight>,
    insight_of: Option<Of>,
    /// Ends in nothing when an edit came first.
    insight_job: Option<Job<Option<(Of, Insight)>>>,
    /// The notes' positions in the order they are told in: the insight's first, then those from reading.
    note_order: Vec<usize>,
    /// Rises with every change of the document.
    pub revision: u64,
    /// Rises with every document opened.
    pub document_number: u64,
    /// The plandesk file it is saved in.
    pub path: Option<PathBuf>,
    /// Whether that file may not be written.
    pub read_only: bool,
    /// How that file stands on the disk.
    pub(super) own: OwnFile,
    /// What it turned out to be when it was to be saved.
    pub conflict: Option<Conflict>,
    /// What is being typed.
    pub typed: Typed,
    /// Whether it is being written.
    pub(super) saving: bool,
    /// The files it was read from, where those are not its own.
    pub(super) read_from: Option<String>,
    /// What the document is called in the title and in file names.
    pub name: String,
    pub view: View,
    pub cursor: Option<Cursor>,
    /// How the rows of each table are shown.
    pub(super) arrangements: HashMap<TableId, Arrangement>,
    pub(super) sight: Sight,
    /// Whether the filter stands above the grid.
    pub filter_bar: bool,
    /// Whether the keyboard is to go to the filter.
    pub wants_filter: bool,
    /// What the documents' rows held when their last returns were written.
    pub(super) returned: Returned,
    /// What is selected beside the cursor's cell; see `selected`.
    pub(super) selection: Option<Selection>,
    pub tally: Tally,
    /// The last cells copied here, with the text they were put on the clipboard as.
    pub(super) copied: Option<super::cells::Copied>,
    /// What waits to be put on the clipboard.
    pub to_clipboard: Option<super::cells::Copied>,
    /// What is looked for, while it is.
    pub finding: Option<Finding>,
    /// The date given here to judge ends at, instead of review dates.
    pub as_of: Option<Date>,
    pub pane: Option<Pane>,
    pub charts: bool,
    pub settings: Settings,
    /// How each table is looked at.
    pub(super) views: Views,
    /// A column to be made as wide as its texts once the grid, which can measure them, is drawn.
    pub wants_fit: Option<ColumnId>,
    /// The list that stands over the window.
    pub help: Option<Help>,
    /// What was done last, for the status bar.
    pub said: String,
    /// What went wrong, until it is closed.
    pub failed: Option<String>,
    /// Who had a workbook open while it was read, with the files that were opened.
    pub held: Option<(String, Vec<PathBuf>)>,
    /// What may be done instead of what failed.
    pub instead: Option<Command>,
    pub job: Option<Job<Done>>,
    pub ask: Option<Ask>,
    /// Whether the job under way brings another document.
    pub(super) opening: bool,
    /// What is about to be written or printed.
    pub leaving: Option<Leaving>,
    /// The picture that waits for a place.
    pub(super) picture: Vec<u8>,
    /// What to go on with once unsaved work is dealt with.
    pub(super) pending: Option<Command>,
    pub recent: Recent,
    /// The pages made to be printed, which go with the window.
    pub(super) printed: Vec<Passing>,
    /// A page to be opened where pages are opened.
    pub to_open: Option<PathBuf>,
    /// Whether the system shows strong contrasts.
    pub high_contrast: bool,
    pub(super) folder: Folder,
    /// True once the window may close.
    pub closing: bool,
    /// The renumbering that the last move or delete calls for, until it is made or refused.
    pub renumber_offered: Option<Scope>,
    /// How often the words of an update were asked for, which the details then do.
    pub updates_asked: u64,
    pub(super) wake: Wake,
    pub(super) keeping: Keeping,
    /// What draws the window, once it is known.
    pub drawn_by: Option<DrawnBy>,
}

impl State {
    /// A state with the sample open. Recent files and settings are kept in `folder`.
    #[must_use]
    pub fn new(folder: Folder, wake: Wake) -> Self {
        let mut state = Self {
            document: Arc::default(),
            history: History::saved(),
            read_notes: Arc::default(),
            insight: Arc::default(),
            insight_of: None,
            insight_job: None,
            note_order: Vec::new(),
            revision: 0,
            document_number: 0,
            path: None,
            read_only: false,
            own: OwnFile::default(),
            conflict: None,
            typed: Typed::default(),
            saving: false,
            read_from: None,
            name: String::new(),
            view: View::Summary,
            cursor: None,
            arrangements: HashMap::new(),
            sight: Sight::default(),
            filter_bar: false,
            wants_filter: false,
            returned: Returned::load(&folder),
            selection: None,
            tally: Tally::default(),
            copied: None,
            to_clipboard: None,
            finding: None,
            as_of: None,
            pane: None,
            charts: true,
            settings: Settings::load(&folder),
            views: Views::load(&folder),
            wants_fit: None,
            help: None,
            said: String::new(),
            notes_from: BTreeMap::new(),
            origins: HashMap::new(),
            import: None,
            to_add: Vec::new(),
            wants_paste: false,
            mappings: Mappings::load(&folder),
            failed: None,
            instead: None,
            held: None,
            job: None,
            ask: None,
            opening: false,
            leaving: None,
            picture: Vec::new(),
            pending: None,
            recent: Recent::load(&folder),
            printed: Vec::new(),
            to_open: None,
            high_contrast: store::high_contrast(),
            folder,
            closing: false,
            renumber_offered: None,
            updates_asked: 0,
            wake,
            keeping: Keeping::default(),
            drawn_by: None,
        };
        state.open_sample();
        state
    }

    /// Opens the sample in the binary.
    pub(super) fn open_sample(&mut self) {
        let opened = super::open::open_sample();
        let name = format!("{} (sample)", opened.document.name());
        self.take(opened, None, name);
    }

    /// Makes a document the open one.
    pub(super) fn take(&mut self, opened: Opened, path: Option<PathBuf>, name: String) {
        self.document = Arc::new(opened.document);
        self.read_notes = Arc::new(opened.notes);
        self.notes_from = BTreeMap::from([(0, self.read_notes.clone())]);
        self.origins = opened.sources.into_iter().collect();
        (self.import, self.wants_paste) = (None, false);
        self.to_add.clear();
        self.history = History::saved();
        self.sight = Sight::default();
        self.recall_arrangements();
        (self.path, self.name, self.read_only) = (path, name, false);
        (self.saving, self.read_from) = (false, None);
        (self.own, self.conflict) = (OwnFile { fingerprint: opened.fingerprint, ..OwnFile::default() }, None);
        (self.typed.texts, self.typed.again) = Default::default();
        (self.cursor, self.as_of, self.held) = (None, None, None);
        (self.renumber_offered, self.updates_asked) = (None, 0);
        self.revision += 1;
        self.document_number += 1;
        (self.insight_of, self.insight_job) = (None, None);
        self.set_insight(Insight::default());
        let first_plan = self.document.of_kind(TableKind::Plan).next().or(self.document.tables.first());
        self.view = first_plan.map_or(View::Summary, |table| View::Table(table.id));
        self.refresh();
    }

    /// Makes the one step of an import, which brings its notes.
    pub(super) fn take_import(&mut self, name: String, changes: Vec<Change>, notes: Vec<Note>) {
        self.forget_undone_notes();
        self.history.make(Arc::make_mut(&mut self.document), name, changes);
        let (depth, notes) = (self.history.depth(), Arc::new(notes));
        self.keeping.add_notes(depth, &notes);
        self.notes_from.insert(depth, notes);
        self.revision += 1;
        (self.cursor, self.renumber_offered) = (None, None);
        self.keep_notes();
    }

    /// Forgets the notes of steps that can no longer be made again.
    pub(super) fn forget_undone_notes(&mut self) {
        let depth = self.history.depth();
        self.notes_from.retain(|from, _| *from <= depth);
    }

    /// Shows the notes of the reading that the document holds after its steps.
    pub(super) fn keep_notes(&mut self) {
        let present = self.notes_from.range(..=self.history.depth()).next_back();
        let Some((_, notes)) = present.filter(|(_, notes)| **notes != self.read_notes) else { return };
        self.read_notes.clone_from(notes);
        self.order_notes();
    }

    /// Whether anything was edited since the tables were read.
    pub(super) fn edited_since_reading(&self) -> bool {
        !self.notes_from.contains_key(&self.history.depth())
    }

    /// What stands after or before what is in view: the summary, then the tables kind by kind.
    pub(super) fn view_beside(&self, back: bool) -> View {
        let tables = TableKind::ALL.into_iter().flat_map(|kind| self.document.of_kind(kind)).map(|table| View::Table(table.id));
        let all: Vec<View> = [View::Summary].into_iter().chain(tables).collect();
        let here = all.iter().position(|view| *view == self.view).unwrap_or(0);
        all[(here + if back { all.len() - 1 } else { 1 }) % all.len()]
    }

    /// The table in view.
    #[must_use]
    pub fn table(&self) -> Option<&crate::model::Table> {
        match self.view {
            View::Summary => None,
            View::Table(id) => self.document.table(id),
        }
    }

    /// The table in view, by id.
    #[must_use]
    pub fn table_id(&self) -> Option<TableId> {
        self.table().map(|table| table.id)
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
    pub(super) fn is_document_unsaved(&self) -> bool {
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
            (None, Some(files)) => format!(" (read from {files}, not saved)"),
            _ => String::new(),
        };
        harmless(&format!("{unsaved}{}{read_only}{from} - plandesk", self.name)).into_owned()
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

    /// Whether it is on the disk as it is, in words.
    #[must_use]
    pub fn standing(&self) -> &'static str {
        match &self.path {
            Some(_) if self.own.on_disk == OnDisk::Gone => "File is gone",
            _ if self.is_unsaved() && self.keeping.has_failed() => "Unsaved changes, not kept",
            _ if self.is_unsaved() => "Unsaved changes",
            Some(_) if self.own.on_disk == OnDisk::Changed => "File was changed",
            Some(_) => "Saved",
            None => "Not saved",
        }
    }

    /// Brings everything that is worked out up to date.
    pub fn refresh(&mut self) {
        // Names of files, sheets and tables stand in what is said.
        for words in self.failed.iter_mut().chain([&mut self.said]).filter(|words| words.contains(is_harmful)) {
            *words = harmless(words).into_owned();
        }
        self.tally_selection();
        self.look_again();
        if let Some(import) = &mut self.import {
            import.refresh(&self.wake);
        }
        self.refresh_figures();
        self.look();
        self.keep_unsaved();
    }

    /// Brings the figures up to date: at once for a document of usual size, in the background for a large one.
    fn refresh_figures(&mut self) {
        let wanted = self.wanted_figures();
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
        if self.is_up_to_date() {
            return;
        }
        if self.document.tables.iter().map(|table| table.rows.len()).sum::<usize>() <= ROWS_AT_ONCE {
            self.set_insight(Insight::of(&self.document, wanted.1));
            self.insight_of = Some(wanted);
        } else {
            let pause = if self.insight_of.is_some() { PAUSE } else { Duration::ZERO };
            // Locked weakly while it waits, so that an edit in the pause copies nothing; the job then ends, and the next begins.
            let document = Arc::downgrade(&self.document);
            let work = move |_: &super::jobs::Progress| {
                std::thread::sleep(pause);
                let document = document.upgrade()?;
                Some((wanted, Insight::of(&document, wanted.1)))
            };
            self.insight_job = Some(Job::start("Working out the figures".to_owned(), self.wake.clone(), work));
        }
    }

    /// Whether the figures are those of the document as it is now.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.insight_of == Some(self.wanted_figures())
    }

    fn wanted_figures(&self) -> Of {
        (self.revision, as_of(self.as_of))
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

/// A note by its position among the insight's and those from reading.
fn note_at<'notes>(found: &'notes [Note], read: &'notes [Note], at: usize) -> &'notes Note {
    found.get(at).unwrap_or_else(|| &read[at - found.len()])
}
