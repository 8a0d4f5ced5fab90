//! Bytes or files to a document: finds out which format they are and has it read. Changes no document that is already open.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

pub(super) use super::open_error::stem;
pub use super::open_error::{OpenError, shown};

use super::{
    import::{Source, is_doubtful},
    passwords::Passwords,
};
use crate::{
    layouts::{self, Accounted, Mapping, Outline},
    model::{Document, Marking, TableId},
    notes::{Code, Note, Place, Severity},
    store::{self, ConflictCopy, Fingerprint, Owner},
    workbook,
};

/// What was read, and what was noticed on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opened {
    pub document: Document,
    pub notes: Vec<Note>,
    /// Where the cells of the workbooks ended; nothing for a file of ours.
    pub accounted: Accounted,
    /// Whether some of it is a guess that its owner should look at.
    pub doubtful: bool,
    /// Which workbook tables were read from.
    pub sources: Vec<(TableId, Source)>,
    /// How the tables of the workbooks were found, with all that speaks for each column.
    pub outlines: Vec<Outline>,
    /// Whether a file of ours may not be written.
    pub read_only: bool,
    /// What a file of ours was when it was read.
    pub fingerprint: Option<Fingerprint>,
    /// The workbooks that were read, and what each was then.
    pub files: Vec<(PathBuf, Fingerprint)>,
    /// What is to be said of a workbook that somebody had open.
    pub held: Option<String>,
}

/// Reads a document from bytes, by the program's own judgement. `progress` is told how much is done, 0 to 1, and returns false to cancel.
///
/// # Errors
/// When nothing can be read; anything less is a note.
pub fn open_bytes(name: &str, bytes: &[u8], progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<Opened, OpenError> {
    open_mapped(name, (bytes, None), &[], progress)
}

/// Reads a document from bytes, as it was corrected before where one of the mappings fits.
fn open_mapped(
    name: &str,
    (bytes, password): (&[u8], Option<&str>),
    mappings: &[Mapping],
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Opened, OpenError> {
    if store::looks_ours(bytes) {
        let (document, notes) = store::decode(bytes).map_err(|cause| OpenError::Own { name: name.to_owned(), cause })?;
        return unless_cancelled(name, progress, Opened { document, notes, ..Opened::default() });
    }
    let opened = workbook::open_locked(name, bytes, password, progress);
    let (grids, mut notes) = opened.map_err(|cause| OpenError::Workbook { name: name.to_owned(), cause })?;
    let cancelled = || OpenError::Workbook { name: name.to_owned(), cause: workbook::OpenError::Cancelled };
    let mut outlines = layouts::outline(&grids);
    if !progress(1.0) {
        return Err(cancelled());
    }
    let mapping = mappings.iter().find(|mapping| mapping.apply(&grids, &mut outlines));
    let mut doubtful = is_doubtful(&outlines, grids.iter().map(workbook::RawSheet::filled).sum());
    let layouts::Reading { tables, notes: more, accounted, loose, marking } = layouts::read(grids, &outlines);
    notes.extend(more);
    if tables.is_empty() && notes.is_empty() {
        return Err(OpenError::Nothing(name.to_owned()));
    }
    if let Some(mapping) = mapping {
        doubtful = false;
        notes.insert(0, mapping_applied(name, &mapping.name));
    }
    let document = Document { loose, marking, ..Document::of(tables) };
    let notes = place_notes(&document, notes);
    unless_cancelled(name, progress, Opened { document, notes, accounted, outlines, doubtful, ..Opened::default() })
}

/// The note of a mapping that was remembered.
fn mapping_applied(name: &str, mapping: &str) -> Note {
    let message = format!("Read as corrected before, by the mapping “{mapping}”.");
    let hint = "To change or forget it, choose File > Review import.";
    Note::new(Severity::Info, Code::MappingApplied, Place::address(shown(Path::new(name))), message, hint)
}

/// Notes that lead to the cells of a document: what was noticed of a cell before it was in a table now finds it there.
#[must_use]
pub fn place_notes(document: &Document, mut notes: Vec<Note>) -> Vec<Note> {
    let addresses = document.addresses();
    for place in notes.iter_mut().flat_map(Note::places_mut).filter(|place| place.table.is_none()) {
        if let Some((table, row, column)) = addresses.cell_at(&place.address) {
            *place = Place::cell(table, row, column);
        }
    }
    notes
}

/// What was read, unless its user stopped it meanwhile.
fn unless_cancelled(name: &str, progress: &(dyn Fn(f32) -> bool + Sync), opened: Opened) -> Result<Opened, OpenError> {
    let cancelled = || OpenError::Workbook { name: name.to_owned(), cause: workbook::OpenError::Cancelled };
    progress(1.0).then_some(opened).ok_or_else(cancelled)
}

/// The plan that is opened when no file is.
///
/// # Panics
/// Never: a test opens it.
#[must_use]
pub fn open_sample() -> Opened {
    let mut opened = open_bytes("sample.xlsx", super::SAMPLE, &|_| true).expect("the sample in the binary can be read");
    opened.came_from(&Source::Sample);
    opened.document.identity = "sample".into();
    opened
}

/// Reads files into one document, in the order given; workbooks of the shape of a mapping as it says.
///
/// # Errors
/// When one of them cannot be read.
pub fn open_files(files: &[PathBuf], mappings: &[Mapping], progress: &(dyn Fn(f32) -> bool + Sync)) -> Result<Opened, OpenError> {
    open_locked_files(files, mappings, &Passwords::default(), progress)
}

/// The same, of workbooks under these passwords.
///
/// # Errors
/// When one of them cannot be read.
pub fn open_locked_files(
    files: &[PathBuf],
    mappings: &[Mapping],
    passwords: &Passwords,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Opened, OpenError> {
    let mut all = Opened::default();
    for (file, before) in files.iter().zip(0_u16..) {
        let held = passwords.unlock(file, store::read(file)?).map_err(OpenError::NeedsPassword)?;
        let count = files.len() as f32;
        let share = |done: f32| progress((f32::from(before) + done) / count);
        let mut opened = open_mapped(&store::shortened(file), (held.clear(), held.password()), mappings, &share)?;
        opened.notes.extend(held.note(shown(file)));
        let bytes = held.on_disk;
        if opened.document.identity.is_empty() {
            opened.document.identity = store::identity(file).into();
        }
        if store::looks_ours(&bytes) {
            opened.read_only = store::is_read_only(file);
            opened.fingerprint = Some(Fingerprint::of(file, &bytes));
        } else {
            opened.came_from(&Source::File(file.clone()));
            opened.files = vec![(file.clone(), Fingerprint::of(file, &bytes))];
            opened.has_copies(file, &store::conflict_copies(file));
            opened.was_held_by(file, store::owner(file));
        }
        all.add(opened);
    }
    Ok(all)
}

impl Opened {
    fn came_from(&mut self, source: &Source) {
        self.sources = self.document.tables.iter().map(|table| (table.id, source.clone())).collect();
    }

    /// Notes who had the workbook open elsewhere while it was read.
    fn was_held_by(&mut self, file: &Path, owner: Option<Owner>) {
        let Some(Owner { name, program }) = owner else { return };
        let place = Place::address(shown(file));
        let held = format!("{name} had this workbook open in {program} when it was read. What was not saved there is not here.");
        let hint = "Open it again once it is saved and closed there.";
        self.notes.insert(0, Note::new(Severity::Warning, Code::OpenElsewhere, place, held, hint));
        self.held = Some(format!("{name} has {} open in {program}. What is not saved there is not here.", shown(file)));
    }

    /// Notes what a program that keeps folders in step left beside the workbook.
    fn has_copies(&mut self, file: &Path, copies: &[ConflictCopy]) {
        let note = |message: String, hint: &str| {
            let place = Place::address(shown(file));
            Note::new(Severity::Warning, Code::ConflictCopy, place, message, hint)
        };
        let of = copies.iter().find_map(|copy| if let ConflictCopy::Of(name) = copy { Some(name) } else { None });
        if let Some(of) = of {
            let message = format!("This looks like a copy of “{of}”, made where two people saved it at the same time.");
            let hint = "Open the other one and see which of its changes are missing there; then delete this copy.";
            self.notes.insert(0, note(message, hint));
        }
        let beside = copies.iter().filter(|copy| matches!(copy, ConflictCopy::Beside(_)));
        let beside: Vec<String> = beside.map(|copy| format!("“{}”", copy.name())).collect();
        if let Some(first) = beside.first() {
            let more = beside.len() - 1;
            let names = match more {
                0 => first.clone(),
                1 => beside.join(" and "),
                more => format!("{first} and {more} more like it"),
            };
            let message = format!(
                "Beside this workbook is {names}: two people seem to have saved it at the same time, so something may be missing here."
            );
            let hint = "Open the copy and see which of its changes are missing here; then delete it.";
            self.notes.insert(0, note(message, hint));
        }
    }

    /// Puts another document after this one. Its tables get new ids, and its notes follow them.
    pub fn add(&mut self, other: Self) {
        self.accounted.add(other.accounted);
        self.outlines.extend(other.outlines);
        self.doubtful |= other.doubtful;
        self.read_only |= other.read_only;
        self.fingerprint = self.fingerprint.take().or(other.fingerprint);
        self.held = self.held.take().or(other.held);
        self.files.extend(other.files);
        if self.document == Document::default() {
            // The first keeps its ids, by which a return is compared with what it was written from.
            self.document = other.document;
            self.sources.extend(other.sources);
            self.notes.extend(other.notes);
            return;
        }
        let first = self.document.tables.len();
        let old: Vec<TableId> = other.document.tables.iter().map(|table| table.id).collect();
        self.document.append(other.document.tables);
        self.document.loose.extend(other.document.loose);
        self.document.marking = Marking::both(self.document.marking.take(), other.document.marking);
        self.document.identity = match (&*self.document.identity, &*other.document.identity) {
            ("", identity) | (identity, "") => identity.into(),
            (one, other) => store::both(one, other).into(),
        };
        let new = self.document.tables[first..].iter().map(|table| table.id);
        let renamed: HashMap<TableId, TableId> = old.into_iter().zip(new).collect();
        self.sources.extend(other.sources.into_iter().filter_map(|(id, source)| Some((*renamed.get(&id)?, source))));
        self.notes.extend(other.notes.into_iter().map(|mut note| {
            for place in note.places_mut() {
                place.table = place.table.and_then(|id| renamed.get(&id).copied());
            }
            note
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::{super::SAMPLE, *};
    use crate::notes::Severity;

    fn refusal(bytes: &[u8]) -> String {
        open_bytes("plan.xlsx", bytes, &|_| true).unwrap_err().to_string()
    }

    #[test]
    fn a_saved_document_opens_as_it_was() {
        let read = open_sample();
        let saved = store::encode(&read.document, &read.notes).unwrap();
        let again = open_bytes("sample.plandesk", &saved, &|_| true).unwrap();
        assert_eq!((again.document, again.notes), (read.document, read.notes));
    }

    #[test]
    fn what_cannot_be_opened_is_said_in_one_line_with_the_name() {
        for bytes in [&b""[..], b"Ref,Action", b"{}", b"{\"plandesk\":1,", b"PK\x03\x04", &SAMPLE[..9000]] {
            let said = refusal(bytes);
            assert!(said.starts_with("plan.xlsx: it ") && said.ends_with('.') && said.lines().count() == 1, "{said}");
        }
        assert!(open_bytes("plan.xlsx", SAMPLE, &|_| false).unwrap_err().is_cancelled());
    }

    #[test]
    fn a_copy_that_others_saved_meanwhile_is_pointed_out() {
        let folder = tempfile::tempdir().unwrap();
        let [plan, copy] = ["Plan.xlsx", "Plan-DESKTOP-AB12CD3.xlsx"].map(|name| folder.path().join(name));
        let noted = |path: &PathBuf| -> Vec<Note> {
            let opened = open_files(std::slice::from_ref(path), &[], &|_| true).unwrap();
            opened.notes.into_iter().filter(|note| note.code == Code::ConflictCopy).collect()
        };
        std::fs::write(&plan, SAMPLE).unwrap();
        assert_eq!(noted(&plan), []);
        std::fs::write(&copy, SAMPLE).unwrap();
        let [beside, of] = [&plan, &copy].map(|path| noted(path).pop().unwrap());
        assert_eq!((beside.severity, &*beside.place.address), (Severity::Warning, "Plan.xlsx"));
        assert!(beside.message.starts_with("Beside this workbook is “Plan-DESKTOP-AB12CD3.xlsx”: "), "{}", beside.message);
        assert!(of.message.starts_with("This looks like a copy of “Plan.xlsx”"), "{}", of.message);
        for number in 2..5 {
            std::fs::write(copy.with_file_name(format!("Plan-DESKTOP-AB12CD3-{number}.xlsx")), SAMPLE).unwrap();
        }
        let said = noted(&plan).pop().unwrap().message;
        assert!(said.contains("and 3 more like it"), "{said}");
    }

    #[test]
    fn notes_follow_their_tables_into_another_document() {
        let mut all = open_bytes("one", SAMPLE, &|_| true).unwrap();
        let mut other = all.clone();
        let place = Place::table(&other.document.tables[0]);
        other.notes = vec![Note::new(Severity::Info, Code::HiddenSheet, place, "Here.", "")];
        let before = all.document.tables.len();
        all.add(other);
        let note = all.notes.last().unwrap();
        assert_eq!(note.place.table, Some(all.document.tables[before].id));
    }
}
