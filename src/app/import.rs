//! An import under review: a workbook's sheets, where its tables stand, and what they become. Changes no document.

mod draft;

use std::{path::PathBuf, sync::Arc};

use super::{
    jobs::{Job, Outcome, Progress, Wake},
    open_error::{OpenError, shown},
    passwords::Passwords,
};
use crate::{
    layouts::{self, Mapping, Outline, Reading},
    model::{Role, Table, TableId, TableKind},
    notes::Note,
    store::{self, Fingerprint},
    workbook::{self, RawSheet},
};

pub use draft::{Correct, Draft, Extent};

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

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewPlace {
    /// The sheet, by position.
    pub sheet: usize,
    /// The table, by position among those under review.
    pub table: Option<usize>,
    /// The cell, zero-based.
    pub cell: Option<(u32, u16)>,
    /// The cell that a selection of several began at; it ends at the cell looked at.
    pub from: Option<(u32, u16)>,
}

impl ReviewPlace {
    /// The first and the last cell of what is selected.
    #[must_use]
    pub fn selection(&self) -> Option<((u32, u16), (u32, u16))> {
        let (cell, from) = (self.cell?, self.from.or(self.cell)?);
        Some(((cell.0.min(from.0), cell.1.min(from.1)), (cell.0.max(from.0), cell.1.max(from.1))))
    }
}

/// A workbook under review.
#[derive(Debug)]
pub struct Import {
    /// What it is called: `plan.xlsx`.
    pub name: String,
    pub source: Source,
    /// What its file was when it was read.
    pub file: Option<(PathBuf, Fingerprint)>,
    pub grids: Arc<Vec<RawSheet>>,
    /// What was noticed when its sheets were read.
    notes: Vec<Note>,
    pub tables: Vec<Draft>,
    /// The same before any correction.
    as_read: Vec<Draft>,
    pub reading: Arc<Reading>,
    /// The table of the reading that each of `tables` became, and how many of its rows came of it.
    became: Vec<Option<(usize, usize)>>,
    pub look: ReviewPlace,
    /// The tables of the open document it takes the place of.
    pub replaces: Vec<TableId>,
    /// The mapping it was read by.
    pub mapping: Option<String>,
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

    fn grids(
        &self,
        file: &mut Option<(PathBuf, Fingerprint)>,
        passwords: &Passwords,
        progress: &Progress,
    ) -> Result<(Vec<RawSheet>, Vec<Note>), OpenError> {
        let read = |name: &str, bytes: &[u8], password: Option<&str>| {
            let opened = workbook::open_locked(name, bytes, password, &|done| progress.report(done));
            opened.map_err(|cause| OpenError::Workbook { name: name.to_owned(), cause })
        };
        match self {
            Self::File(path) => {
                let held = passwords.unlock(path, store::read(path)?).map_err(OpenError::NeedsPassword)?;
                if store::looks_ours(&held.on_disk) {
                    return Err(OpenError::NoWorkbook(shown(path)));
                }
                *file = Some((path.clone(), Fingerprint::of(path, &held.on_disk)));
                let (grids, mut notes) = read(&path.display().to_string(), held.clear(), held.password())?;
                notes.extend(held.note(shown(path)));
                Ok((grids, notes))
            }
            Self::Sample => read(&self.name(), super::SAMPLE, None),
            Self::Pasted(text) => Ok((vec![workbook::pasted(&self.name(), text)], Vec::new())),
        }
    }
}

impl Import {
    /// Reads a workbook to be reviewed, as it was corrected before where that is remembered. `replaces` are the tables it takes the place of.
    ///
    /// # Errors
    /// When nothing can be read.
    pub fn read(
        source: Source,
        replaces: Vec<TableId>,
        (mappings, passwords): (&[Mapping], &Passwords),
        progress: &Progress,
    ) -> Result<Self, OpenError> {
        let mut file = None;
        let (grids, notes) = source.grids(&mut file, passwords, progress)?;
        let cancelled = || OpenError::Workbook { name: source.name(), cause: workbook::OpenError::Cancelled };
        let automatic = layouts::outline(&grids);
        if !progress.report(1.0) {
            return Err(cancelled());
        }
        let fitted = mappings.iter().find_map(|mapping| Some((mapping.name.clone(), mapping.fit(&grids, &automatic)?)));
        let (mapping, tables): (_, Vec<Draft>) = match fitted {
            Some((name, fitted)) => (Some(name), fitted.into_iter().map(|held| Draft::remembered(held, &automatic)).collect()),
            None => (None, automatic.iter().map(Draft::found).collect()),
        };
        let mut import = Self {
            name: source.name(),
            source,
            file,
            grids: Arc::new(grids),
            notes,
            as_read: tables.clone(),
            tables,
            reading: Arc::default(),
            became: Vec::new(),
            look: ReviewPlace::default(),
            replaces,
            mapping,
            remember: None,
            revision: 0,
            read_of: 0,
            job: None,
        };
        import.take(layouts::read(import.grids.to_vec(), &import.outlines()));
        import.look_at_first();
        Ok(import)
    }

    /// The outlines that are read, and those that the program itself leaves out, which say why.
    fn outlines(&self) -> Vec<Outline> {
        self.tables.iter().filter_map(Draft::to_outline).collect()
    }

    fn look_at_first(&mut self) {
        let plan = self.tables.iter().position(|draft| draft.outline.kind == TableKind::Plan);
        let first = plan.or(if self.tables.is_empty() { None } else { Some(0) });
        self.look = first.map_or(ReviewPlace::default(), |table| ReviewPlace {
            sheet: self.sheet_of(table),
            table: Some(table),
            ..ReviewPlace::default()
        });
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

    /// Whether an address that is in no table is of this workbook, as far as its sheets' names tell.
    #[must_use]
    pub fn is_about(&self, address: &str) -> bool {
        let sheet = address.rsplit_once('!').map_or(address, |(sheet, _)| sheet);
        address == self.name || self.grids.iter().any(|grid| grid.sheet == sheet)
    }

    /// Makes a correction. False when it changes nothing.
    pub fn correct(&mut self, table: usize, correct: Correct) -> bool {
        let before = self.tables.clone();
        draft::correct(&mut self.tables, &self.grids, table, correct);
        if self.tables.len() < before.len() {
            self.became.remove(table);
            let beside = (0..self.tables.len()).find(|&other| self.sheet_of(other) == self.look.sheet);
            self.look = ReviewPlace { table: beside, ..self.look };
        }
        self.is_changed_from(&before)
    }

    /// Reads what is selected as a table, and looks at that. False when no table can be read there.
    pub fn draw(&mut self) -> bool {
        let before = self.tables.clone();
        let drawn = self.look.selection().and_then(|area| draft::draw(&mut self.tables, &self.grids, self.look.sheet, area));
        let Some(at) = drawn else { return false };
        if self.tables.len() > before.len() {
            self.became.insert(at, None);
        }
        self.look = ReviewPlace { table: Some(at), cell: Some(self.tables[at].outline.first), from: None, ..self.look };
        self.is_changed_from(&before);
        true
    }

    /// Whether the tables are others than before; then they are to be read again, and the first change offers to be remembered.
    fn is_changed_from(&mut self, before: &[Draft]) -> bool {
        if self.tables == before {
            return false;
        }
        if before == self.as_read && self.remember.is_none() {
            self.remember = Some(self.mapping.clone().unwrap_or_else(|| self.stem()));
        }
        self.revision += 1;
        true
    }

    /// Whether anything was corrected since it was read.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.tables != self.as_read
    }

    /// The name without its ending.
    #[must_use]
    pub fn stem(&self) -> String {
        self.name.rsplit_once('.').map_or(&*self.name, |(stem, _)| stem).to_owned()
    }

    /// Reads everything as the program would by itself.
    pub fn forget(&mut self) {
        (self.mapping, self.remember) = (None, None);
        self.tables = layouts::outline(&self.grids).iter().map(Draft::found).collect();
        self.as_read.clone_from(&self.tables);
        self.became = vec![None; self.tables.len()];
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
                Outcome::Lost | Outcome::Left => self.job = None,
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
        let table = |draft: &Draft| draft.to_correction(&self.grids);
        Mapping { name: name.to_owned(), tables: self.tables.iter().map(table).collect() }
    }
}

/// Whether a table holds what an outline reads.
fn came_of(table: &Table, outline: &Outline) -> bool {
    let holds = |row: &crate::model::Row| {
        let of_sheet = row.sheet.as_deref().unwrap_or(&table.sheet) == outline.sheet;
        let spot = table.source_cell(row, None).filter(|_| of_sheet);
        spot.is_some_and(|(row, column)| u16::try_from(column).is_ok_and(|column| outline.holds(row, column)))
    };
    let beside = |column: &crate::model::Column| (u32::from(outline.first.1)..=u32::from(outline.last.1)).contains(&column.source);
    let empty = || table.rows.is_empty() && table.sheet == outline.sheet && table.columns.first().is_some_and(beside);
    !table.columns.is_empty() && (table.rows.iter().any(holds) || empty())
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
        Import::read(Source::Pasted(text.into()), Vec::new(), (&[], &Passwords::default()), &Progress::default()).unwrap()
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
            let kind = TableKind::Kpi;
            import.correct(0, Correct::Kind(if import.tables[0].outline.kind == kind { TableKind::History } else { kind }));
            import.refresh(&Wake::default());
            assert_eq!(import.reading.accounted.unread, 0, "{first:?} of another kind");
        }
    }

    #[test]
    fn wherever_a_table_is_drawn_every_cell_ends_somewhere_and_without_it_all_is_as_it_was() {
        let mut import = pasted("The plan\nRef\tAction\tLead\tStatus\n1\tBuild\tAnn\tComplete\n2\tPlant\t\tNot started\nEnd\tnote");
        let first = import.reading.clone();
        let cells = || (0..6_u32).flat_map(|row| (0..5_u16).map(move |column| (row, column)));
        for (from, cell) in cells().flat_map(|from| cells().map(move |cell| (from, cell))) {
            import.look = ReviewPlace { cell: Some(cell), from: Some(from), ..import.look };
            if !import.draw() {
                continue;
            }
            import.refresh(&Wake::default());
            assert_eq!(import.reading.accounted.unread, 0, "{from:?} to {cell:?}");
            let at = import.look.table.unwrap();
            let drawn = import.tables[at].is_drawn();
            import.correct(at, if drawn { Correct::Remove } else { Correct::Reset });
            import.refresh(&Wake::default());
            assert!(!import.is_corrected() && import.reading == first, "{from:?} to {cell:?}");
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
