//! An import under review: a workbook's sheets, where its tables stand, and what they become. Changes no document.

use std::{path::PathBuf, sync::Arc};

use super::{
    jobs::{Job, Outcome, Progress, Wake},
    open::{OpenError, shown},
};
use crate::{
    layouts::{self, Correction, Mapping, Outline, Reading},
    model::{Role, Table, TableId, TableKind},
    notes::Note,
    store,
    workbook::{self, Grid},
};

/// A sheet of the workbook under review and its cells, for those who only draw them.
pub use crate::{
    layouts::Heading,
    workbook::{Grid as Sheet, GridCell as SheetCell},
};

/// Above this many filled cells a workbook is read again in the background.
const CELLS_AT_ONCE: usize = 5_000;

/// Where the tables of a document were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    File(PathBuf),
    /// The workbook in the binary.
    Sample,
    /// A pasted text.
    Pasted(Arc<str>),
}

/// A table under review.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub outline: Outline,
    /// As the program would read it by itself.
    pub automatic: Outline,
    pub left_out: bool,
    /// Whether its last row was set by hand.
    pub last_set: bool,
}

/// Where a table is to stand, zero-based and with both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub first: (u32, u16),
    pub last: (u32, u16),
    /// Its heading rows.
    pub header: Option<(u32, u32)>,
}

/// One correction of a table under review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correct {
    Role {
        column: u16,
        role: Option<Role>,
    },
    Extent(Extent),
    Kind(TableKind),
    /// Leaves the table out, or takes it in again.
    LeaveOut(bool),
    /// Reads it as the program would.
    Reset,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The sheet, by position.
    pub sheet: usize,
    /// The table, by position among those under review.
    pub table: Option<usize>,
    /// The cell, zero-based.
    pub cell: Option<(u32, u16)>,
}

/// A workbook under review.
#[derive(Debug)]
pub struct Import {
    /// What it is called: `plan.xlsx`.
    pub name: String,
    pub source: Source,
    pub grids: Arc<Vec<Grid>>,
    /// What was noticed when its sheets were read.
    notes: Vec<Note>,
    pub tables: Vec<Draft>,
    pub reading: Arc<Reading>,
    /// The table of the reading that each of `tables` became, and how many of its rows came of it.
    became: Vec<Option<(usize, usize)>>,
    pub look: Look,
    /// The tables of the open document it takes the place of.
    pub replaces: Vec<TableId>,
    /// The mapping it was read by.
    pub mapping: Option<String>,
    /// Whether anything was corrected since.
    pub corrected: bool,
    /// The name its corrections are remembered under; `None` when they are not.
    pub remember: Option<String>,
    revision: u64,
    read_of: u64,
    job: Option<Job<(u64, Reading)>>,
}

impl Source {
    /// What it is called, with its ending.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => shown(path),
            Self::Sample => "sample.xlsx".to_owned(),
            Self::Pasted(_) => "Pasted table".to_owned(),
        }
    }

    fn grids(&self, progress: &Progress) -> Result<(Vec<Grid>, Vec<Note>), OpenError> {
        let read = |name: &str, bytes: &[u8]| {
            let opened = workbook::open(name, bytes, &|done| progress.report(done));
            opened.map_err(|cause| OpenError::Workbook { name: name.to_owned(), cause })
        };
        match self {
            Self::File(path) => {
                let bytes = store::read(path)?;
                if store::looks_ours(&bytes) {
                    return Err(OpenError::NoWorkbook(shown(path)));
                }
                read(&path.display().to_string(), &bytes)
            }
            Self::Sample => read(&self.name(), super::SAMPLE),
            Self::Pasted(text) => Ok((vec![workbook::pasted(&self.name(), text)], Vec::new())),
        }
    }
}

impl Import {
    /// Reads a workbook to be reviewed, as it was corrected before where that is remembered. `replaces` are the tables it takes the place of.
    ///
    /// # Errors
    /// When nothing can be read.
    pub fn read(source: Source, replaces: Vec<TableId>, mappings: &[Mapping], progress: &Progress) -> Result<Self, OpenError> {
        let (grids, notes) = source.grids(progress)?;
        let automatic = layouts::outline(&grids);
        let fitted = mappings.iter().find_map(|mapping| Some((mapping.name.clone(), mapping.fit(&grids, &automatic)?)));
        let (mapping, tables) = match fitted {
            Some((name, fitted)) => (Some(name), fitted.into_iter().map(|held| Draft::mapped(held, &automatic)).collect()),
            None => (None, drafts(&automatic)),
        };
        let mut import = Self {
            name: source.name(),
            source,
            grids: Arc::new(grids),
            notes,
            tables,
            reading: Arc::default(),
            became: Vec::new(),
            look: Look::default(),
            replaces,
            mapping,
            corrected: false,
            remember: None,
            revision: 0,
            read_of: 0,
            job: None,
        };
        import.take(layouts::read(import.grids.to_vec(), &import.outlines()));
        import.look_at_first();
        Ok(import)
    }

    /// The outlines that are read.
    fn outlines(&self) -> Vec<Outline> {
        self.tables.iter().filter(|draft| !draft.left_out).map(|draft| draft.outline.clone()).collect()
    }

    fn look_at_first(&mut self) {
        let plan = self.tables.iter().position(|draft| draft.outline.kind == TableKind::Plan);
        let first = plan.or(if self.tables.is_empty() { None } else { Some(0) });
        self.look = first.map_or(Look::default(), |table| Look { sheet: self.sheet_of(table), table: Some(table), cell: None });
    }

    /// The position of the sheet a table stands on.
    #[must_use]
    pub fn sheet_of(&self, table: usize) -> usize {
        let name = self.tables.get(table).map(|draft| &draft.outline.sheet);
        self.grids.iter().position(|grid| Some(&grid.sheet) == name).unwrap_or(0)
    }

    /// The table looked at.
    #[must_use]
    pub fn draft(&self) -> Option<(usize, &Draft)> {
        let at = self.look.table?;
        Some((at, self.tables.get(at)?))
    }

    /// What a table under review became.
    #[must_use]
    pub fn became(&self, table: usize) -> Option<&Table> {
        self.reading.tables.get((*self.became.get(table)?)?.0)
    }

    /// How many rows came of a table under review, which may be one sheet of a plan that goes over several.
    #[must_use]
    pub fn rows_of(&self, table: usize) -> Option<usize> {
        Some((*self.became.get(table)?)?.1)
    }

    /// Every note of this reading.
    pub fn notes(&self) -> impl Iterator<Item = &Note> {
        self.notes.iter().chain(&self.reading.notes)
    }

    /// Makes a correction. False when it changes nothing.
    pub fn correct(&mut self, table: usize, correct: Correct) -> bool {
        let Some(draft) = self.tables.get_mut(table) else { return false };
        let before = draft.clone();
        draft.correct(&self.grids, correct);
        if *draft == before {
            return false;
        }
        if !self.corrected && self.remember.is_none() {
            self.remember = Some(self.mapping.clone().unwrap_or_else(|| self.stem()));
        }
        self.corrected = true;
        self.revision += 1;
        true
    }

    /// The name without its ending.
    #[must_use]
    pub fn stem(&self) -> String {
        self.name.rsplit_once('.').map_or(&*self.name, |(stem, _)| stem).to_owned()
    }

    /// Reads everything as the program would by itself.
    pub fn forget(&mut self) {
        (self.mapping, self.remember, self.corrected) = (None, None, false);
        self.tables = drafts(&layouts::outline(&self.grids));
        self.revision += 1;
        self.look_at_first();
    }

    /// Brings the reading up to date: at once for a workbook of usual size, in the background for a large one, the newest correction last.
    pub fn refresh(&mut self, wake: &Wake) {
        if let Some(job) = &self.job {
            match job.poll() {
                Outcome::Running => return,
                Outcome::Done((of, reading)) => {
                    self.job = None;
                    self.take(reading);
                    self.read_of = of;
                }
                Outcome::Lost => self.job = None,
            }
        }
        if self.is_up_to_date() {
            return;
        }
        let (grids, outlines, revision) = (Arc::clone(&self.grids), self.outlines(), self.revision);
        if self.reading.accounted.cells <= CELLS_AT_ONCE {
            self.take(layouts::read(grids.to_vec(), &outlines));
            self.read_of = revision;
        } else {
            let work = move |_: &Progress| (revision, layouts::read(grids.to_vec(), &outlines));
            self.job = Some(Job::start(format!("Reading {} again", self.name), wake.clone(), work));
        }
    }

    /// Whether the reading is that of the corrections as they are now.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.read_of == self.revision
    }

    fn take(&mut self, reading: Reading) {
        let became = |draft: &Draft| {
            let at = reading.tables.iter().position(|table| came_of(table, &draft.outline)).filter(|_| !draft.left_out)?;
            let own = |row: &&crate::model::Row| row.sheet.as_deref().is_none_or(|sheet| sheet == draft.outline.sheet);
            Some((at, reading.tables[at].rows.iter().filter(own).count()))
        };
        self.became = self.tables.iter().map(became).collect();
        self.reading = Arc::new(reading);
    }

    /// What is remembered of it.
    #[must_use]
    pub fn to_mapping(&self, name: &str) -> Mapping {
        let table = |draft: &Draft| {
            let corrected = draft.left_out || draft.outline != draft.automatic;
            Correction::new(&self.grids, draft.outline.clone(), draft.left_out, draft.last_set, corrected)
        };
        Mapping { name: name.to_owned(), tables: self.tables.iter().map(table).collect() }
    }
}

/// The tables as the program would read them.
fn drafts(automatic: &[Outline]) -> Vec<Draft> {
    let draft = |outline: &Outline| Draft { outline: outline.clone(), automatic: outline.clone(), left_out: false, last_set: false };
    automatic.iter().map(draft).collect()
}

/// Whether a table holds what an outline reads.
fn came_of(table: &Table, outline: &Outline) -> bool {
    let left = table.columns.first().map_or(u32::MAX, |column| column.source);
    let beside = (u32::from(outline.first.1)..=u32::from(outline.last.1)).contains(&left);
    let holds = |row: &crate::model::Row| {
        row.sheet.as_deref().unwrap_or(&table.sheet) == outline.sheet
            && row.source > 0
            && (outline.first.0..=outline.last.0).contains(&(row.source - 1))
    };
    let empty = || table.rows.is_empty() && table.sheet == outline.sheet;
    beside && (table.rows.iter().any(holds) || empty())
}

impl Draft {
    fn mapped(held: Correction, automatic: &[Outline]) -> Self {
        let outline = held.outline;
        let near = |other: &&Outline| other.sheet == outline.sheet && other.first.0 <= outline.last.0 && outline.first.0 <= other.last.0;
        let automatic = automatic.iter().find(near).unwrap_or(&outline).clone();
        Self { automatic, left_out: held.left_out, last_set: held.last_set, outline }
    }

    /// How it stands in its sheet.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent { first: self.outline.first, last: self.outline.last, header: self.outline.header }
    }

    /// Whether it is read otherwise than the program would.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.left_out || self.outline != self.automatic
    }

    fn correct(&mut self, grids: &[Grid], correct: Correct) {
        match correct {
            Correct::Role { column, role } => {
                let present = self.outline.columns.iter().find(|heading| heading.column == column);
                if present.is_some_and(|heading| heading.role != role || !heading.is_chosen()) {
                    self.outline.choose(column, role);
                }
            }
            Correct::Extent(extent) if extent != self.extent() => {
                self.last_set |= extent.last.0 != self.outline.last.0;
                (self.outline.first, self.outline.last, self.outline.header) = (extent.first, extent.last, extent.header);
                layouts::rename(grids, &mut self.outline);
            }
            Correct::Kind(kind) if kind != self.outline.kind => {
                self.outline.kind = kind;
                self.outline.joins &= kind == TableKind::Plan;
                layouts::rename(grids, &mut self.outline);
            }
            Correct::Extent(_) | Correct::Kind(_) => {}
            Correct::LeaveOut(left_out) => self.left_out = left_out,
            Correct::Reset => {
                (self.outline, self.left_out, self.last_set) = (self.automatic.clone(), false, false);
            }
        }
    }
}

/// Whether outlines leave something to its owner's judgement: the names or statuses of a plan or a KPI table are guesses, or nothing
/// was found where there are cells.
#[must_use]
pub fn is_doubtful(outlines: &[Outline], cells: usize) -> bool {
    let telling = [Role::Action, Role::Kpi, Role::Status];
    let guessed = |outline: &Outline| {
        matches!(outline.kind, TableKind::Plan | TableKind::Kpi)
            && outline
                .columns
                .iter()
                .any(|heading| heading.role.is_some_and(|role| telling.contains(&role)) && heading.surety < SURE_ENOUGH)
    };
    (outlines.is_empty() && cells > 0) || outlines.iter().any(guessed)
}

/// Below this a role is a guess.
pub const SURE_ENOUGH: f32 = 0.7;

#[cfg(test)]
mod tests {
    use super::*;

    fn pasted(text: &str) -> Import {
        Import::read(Source::Pasted(text.into()), Vec::new(), &[], &Progress::default()).unwrap()
    }

    #[test]
    fn a_correction_is_read_at_once_and_can_be_taken_back() {
        let mut import = pasted("Ref\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\tBob\tNot started");
        let first = import.reading.clone();
        assert!(import.correct(0, Correct::Role { column: 2, role: Some(Role::Theme) }) && !import.is_up_to_date());
        import.refresh(&Wake::default());
        assert_eq!(import.became(0).unwrap().columns[2].role, Some(Role::Theme));
        assert!(import.remember.is_some() && import.tables[0].is_corrected());
        let extent = Extent { last: (1, 3), ..import.tables[0].extent() };
        assert!(import.correct(0, Correct::Extent(extent)) && !import.correct(0, Correct::Extent(extent)));
        import.refresh(&Wake::default());
        assert_eq!((import.became(0).unwrap().rows.len(), import.reading.accounted.unread), (1, 0));
        import.correct(0, Correct::LeaveOut(true));
        import.refresh(&Wake::default());
        assert!(import.became(0).is_none() && import.reading.tables.is_empty());
        import.correct(0, Correct::Reset);
        import.refresh(&Wake::default());
        assert_eq!(import.reading, first);
    }

    #[test]
    fn every_cell_ends_somewhere_wherever_a_table_is_said_to_stand() {
        let mut import = pasted("The plan\nRef\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\t\tNot started\nEnd\tnote");
        let (rows, columns) = (0..6_u32, 0..5_u16);
        let ends = |first: u32, left: u16| (first..6).flat_map(move |last| (left..5).map(move |right| (last, right)));
        for first in rows.flat_map(|row| columns.clone().map(move |column| (row, column))) {
            for (last, headings) in ends(first.0, first.1).flat_map(|last| [0, 1, 3].map(|headings| (last, headings))) {
                let header = (headings > 0).then(|| (first.0, first.0 + headings - 1));
                import.correct(0, Correct::Extent(Extent { first, last, header }));
                import.refresh(&Wake::default());
                assert_eq!(import.reading.accounted.unread, 0, "{first:?} to {last:?} under {headings}");
            }
            let kind = crate::model::TableKind::Kpi;
            import.correct(0, Correct::Kind(if import.tables[0].outline.kind == kind { TableKind::History } else { kind }));
            import.refresh(&Wake::default());
            assert_eq!(import.reading.accounted.unread, 0, "{first:?} of another kind");
        }
    }

    #[test]
    fn a_reading_that_is_a_guess_is_doubtful() {
        let import = pasted("Ref\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\tBob\tNot started");
        let mut outlines = import.outlines();
        assert!(!is_doubtful(&outlines, 12) && is_doubtful(&[], 12) && !is_doubtful(&[], 0));
        outlines[0].columns[3].surety = 0.5;
        assert!(is_doubtful(&outlines, 12));
    }
}
