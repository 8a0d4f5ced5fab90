//! What the program noticed: each note has a code, a severity, a place and a next step. Never shows anything itself.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::{ColumnId, Document, RowId, Table, TableId, harmless_lines, is_harmful};

/// How much a note matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing need be done.
    Info,
    /// Something does not add up.
    Warning,
    /// Something could not be read or kept.
    Problem,
}

impl Severity {
    /// Every severity, the least first.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Problem];

    /// Its stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }
}

/// What a note is about: its name in files and in the JSON of `check`, a contract (`docs/check-json.md`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// A note is attached to a cell outside the tables.
    AttachedNote,
    /// Cards one below the other, which are not read as actions.
    CardsNotRead,
    /// A cell holds an error such as #REF!.
    CellError,
    /// The colour of a cell says a status that its words do not; the words count.
    ColourNotWord,
    /// Complete, and its start is still to come.
    CompleteBeforeStart,
    /// Complete, and its comment speaks of what is still to be done.
    CompleteInFuture,
    /// Complete, and its end is ongoing.
    CompleteOngoing,
    /// Complete, and nothing says what was done.
    CompleteWithoutEvidence,
    /// A day of completion that the status beside it speaks against.
    CompletionDate,
    /// Beside the workbook stands a copy that others saved at the same time, or it is one itself.
    ConflictCopy,
    /// A sheet holds the actions of another again, so it is left out.
    CopyLeftOut,
    /// A comment ends in the middle of a word or a sentence.
    CutOff,
    /// The workbook takes data from elsewhere; it is not followed.
    DataConnection,
    /// Dates in numbers that put the month first, or some that do.
    DateOrder,
    /// A date that cannot be told.
    DateUnclear,
    /// A day of one year where a month was meant: 17 August for August 2017.
    DayForMonth,
    /// A column that is nearly as likely to be something else.
    DoubtfulColumn,
    /// A ref stands at two rows.
    DuplicateRef,
    /// An end before its start.
    EndBeforeStart,
    /// A formula takes values from another workbook; it is not followed.
    ExternalLink,
    /// A filter in the workbook keeps rows out of sight; they are written.
    FilteredRows,
    /// Formulas whose values the workbook does not hold.
    FormulaWithoutValue,
    /// Columns are hidden in the workbook; they are not written unless that is chosen.
    HiddenColumns,
    /// Rows are hidden in the workbook by hand; they are not written unless that is chosen.
    HiddenRows,
    /// A sheet is hidden in the workbook; it is not written unless that is chosen.
    HiddenSheet,
    /// A KPI is stated differently in two places.
    KpiConflict,
    /// Indicators stand in the columns of a table and periods in its rows.
    KpisAcross,
    /// The workbook has macros; they are not run.
    Macros,
    /// Columns were named as their user corrected them before.
    MappingApplied,
    /// A row without a ref among rows that have one.
    MissingRef,
    /// Not started, and its start has gone by.
    NotStartedLate,
    /// A comment speaks of being on hold, and the status says otherwise.
    OnHold,
    /// Somebody has the workbook open, so what they have not saved is missing.
    OpenElsewhere,
    /// A workbook has a password to open.
    Password,
    /// A date outside the plan's duration.
    OutsideDuration,
    /// Filled cells that stand in no table.
    OutsideTables,
    /// Past its end date, and not complete.
    Overdue,
    /// More than is read of something beside the cells, or more notes of a kind than are listed.
    PastLimit,
    /// The workbook bears a protective marking, which everything written from it carries.
    ProtectiveMarking,
    /// A KPI's owner rates it otherwise than its figures do.
    RatingConflict,
    /// Excel made something else of a ref: a date of 2-1, 1.1 of 1.10.
    RefChanged,
    /// The workbook gives one cell twice.
    RepeatedCell,
    /// The same words stand in the comments of two rows.
    RepeatedPassage,
    /// The file of frozen returns beside the workbook could not be read; it is left alone.
    ReturnsUnread,
    /// The plan's review date cannot be told.
    ReviewDateUnclear,
    /// A cell names several dates, of which the last counts.
    SeveralDates,
    /// Two columns of a row, or its share done, state statuses that cannot both hold.
    StatusConflict,
    /// Statuses read from the colour of their cells alone.
    StatusFromColour,
    /// A status stands in place of a date.
    StatusInDateColumn,
    /// Words in a status column that are no known status.
    StatusUnknown,
    /// Rows that are struck through in the workbook.
    StruckOut,
    /// The changes that a plan states are not those of its tracker.
    SummaryChanges,
    /// A count that a plan states is not that of its lines.
    SummaryCount,
    /// A KPI's tolerance that cannot be told, so that it has no rating.
    ToleranceUnclear,
    /// A sum is not that of its parts.
    TotalMismatch,
    /// The tracker's last column is not what the plan holds.
    TrackerCounts,
    /// The tracker's totals differ from one period to the next.
    TrackerTotal,
    /// A sheet could not be read, or not to its end.
    UnreadSheet,
    /// Of a file that a newer plandesk wrote.
    #[serde(other)]
    Unknown,
}

impl Code {
    /// Every code that this version gives.
    pub const ALL: [Self; 58] = [
        Self::AttachedNote,
        Self::CardsNotRead,
        Self::CellError,
        Self::ColourNotWord,
        Self::CompleteBeforeStart,
        Self::CompleteInFuture,
        Self::CompleteOngoing,
        Self::CompleteWithoutEvidence,
        Self::CompletionDate,
        Self::ConflictCopy,
        Self::CopyLeftOut,
        Self::CutOff,
        Self::DataConnection,
        Self::DateOrder,
        Self::DateUnclear,
        Self::DayForMonth,
        Self::DoubtfulColumn,
        Self::DuplicateRef,
        Self::EndBeforeStart,
        Self::ExternalLink,
        Self::FilteredRows,
        Self::FormulaWithoutValue,
        Self::HiddenColumns,
        Self::HiddenRows,
        Self::HiddenSheet,
        Self::KpiConflict,
        Self::KpisAcross,
        Self::Macros,
        Self::MappingApplied,
        Self::MissingRef,
        Self::NotStartedLate,
        Self::OnHold,
        Self::OpenElsewhere,
        Self::Password,
        Self::OutsideDuration,
        Self::OutsideTables,
        Self::Overdue,
        Self::PastLimit,
        Self::ProtectiveMarking,
        Self::RatingConflict,
        Self::RefChanged,
        Self::RepeatedCell,
        Self::RepeatedPassage,
        Self::ReturnsUnread,
        Self::ReviewDateUnclear,
        Self::SeveralDates,
        Self::StatusConflict,
        Self::StatusFromColour,
        Self::StatusInDateColumn,
        Self::StatusUnknown,
        Self::StruckOut,
        Self::SummaryChanges,
        Self::SummaryCount,
        Self::ToleranceUnclear,
        Self::TotalMismatch,
        Self::TrackerCounts,
        Self::TrackerTotal,
        Self::UnreadSheet,
    ];

    /// Its stable name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::AttachedNote => "attached_note",
            Self::CardsNotRead => "cards_not_read",
            Self::CellError => "cell_error",
            Self::ColourNotWord => "colour_not_word",
            Self::CompleteBeforeStart => "complete_before_start",
            Self::CompleteInFuture => "complete_in_future",
            Self::CompleteOngoing => "complete_ongoing",
            Self::CompleteWithoutEvidence => "complete_without_evidence",
            Self::CompletionDate => "completion_date",
            Self::ConflictCopy => "conflict_copy",
            Self::CopyLeftOut => "copy_left_out",
            Self::CutOff => "cut_off",
            Self::DataConnection => "data_connection",
            Self::DateOrder => "date_order",
            Self::DateUnclear => "date_unclear",
            Self::DayForMonth => "day_for_month",
            Self::DoubtfulColumn => "doubtful_column",
            Self::DuplicateRef => "duplicate_ref",
            Self::EndBeforeStart => "end_before_start",
            Self::ExternalLink => "external_link",
            Self::FilteredRows => "filtered_rows",
            Self::FormulaWithoutValue => "formula_without_value",
            Self::HiddenColumns => "hidden_columns",
            Self::HiddenRows => "hidden_rows",
            Self::HiddenSheet => "hidden_sheet",
            Self::KpiConflict => "kpi_conflict",
            Self::KpisAcross => "kpis_across",
            Self::Macros => "macros",
            Self::MappingApplied => "mapping_applied",
            Self::MissingRef => "missing_ref",
            Self::NotStartedLate => "not_started_late",
            Self::OnHold => "on_hold",
            Self::OpenElsewhere => "open_elsewhere",
            Self::Password => "password",
            Self::OutsideDuration => "outside_duration",
            Self::OutsideTables => "outside_tables",
            Self::Overdue => "overdue",
            Self::PastLimit => "past_limit",
            Self::ProtectiveMarking => "protective_marking",
            Self::RatingConflict => "rating_conflict",
            Self::RefChanged => "ref_changed",
            Self::RepeatedCell => "repeated_cell",
            Self::RepeatedPassage => "repeated_passage",
            Self::ReturnsUnread => "returns_unread",
            Self::ReviewDateUnclear => "review_date_unclear",
            Self::SeveralDates => "several_dates",
            Self::StatusConflict => "status_conflict",
            Self::StatusFromColour => "status_from_colour",
            Self::StatusInDateColumn => "status_in_date_column",
            Self::StatusUnknown => "status_unknown",
            Self::StruckOut => "struck_out",
            Self::SummaryChanges => "summary_changes",
            Self::SummaryCount => "summary_count",
            Self::ToleranceUnclear => "tolerance_unclear",
            Self::TotalMismatch => "total_mismatch",
            Self::TrackerCounts => "tracker_counts",
            Self::TrackerTotal => "tracker_total",
            Self::UnreadSheet => "unread_sheet",
            Self::Unknown => "unknown",
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// Where a note points to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As a workbook address (`Action Plan!D19`), a sheet, or a file.
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<RowId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnId>,
}

impl Place {
    /// A place that is no cell of a table.
    #[must_use]
    pub fn address(address: impl Into<String>) -> Self {
        Self { address: address.into(), ..Self::default() }
    }

    /// A cell of a table, by positions.
    #[must_use]
    pub fn cell(table: &Table, row: usize, column: usize) -> Self {
        Self {
            column: table.columns.get(column).map(|c| c.id),
            address: table.place(&table.rows[row], Some(column)),
            ..Self::row(table, row)
        }
    }

    /// A row of a table, by position.
    #[must_use]
    pub fn row(table: &Table, row: usize) -> Self {
        let row = &table.rows[row];
        Self { address: table.place(row, None), table: Some(table.id), row: Some(row.id), column: None }
    }

    /// A whole table.
    #[must_use]
    pub fn table(table: &Table) -> Self {
        Self { table: Some(table.id), ..Self::address(&table.sheet) }
    }
}

/// One thing noticed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub severity: Severity,
    pub code: Code,
    pub place: Place,
    /// The other place it speaks of, where two places do not agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<Place>,
    /// Every place it is about, the first of them too, where it says one thing of several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Place>,
    /// One plain sentence.
    pub message: String,
    /// What to do about it; empty when there is nothing to do.
    #[serde(default)]
    pub hint: String,
}

impl Note {
    /// A note of a severity and a code at a place.
    #[must_use]
    pub fn new(severity: Severity, code: Code, place: Place, message: impl Into<String>, hint: &str) -> Self {
        let message = message.into();
        // Names of sheets and words of cells stand in it.
        let message = if message.contains(is_harmful) { harmless_lines(&message).into_owned() } else { message };
        Self { severity, code, place, also: None, cells: Vec::new(), message, hint: hint.to_owned() }
    }

    /// The same note with the other place it speaks of.
    #[must_use]
    pub fn and(self, place: Place) -> Self {
        Self { also: Some(place), ..self }
    }

    /// The same note as one of several places, of which so many are listed as notes of a kind are.
    #[must_use]
    pub fn of_all(self, places: impl IntoIterator<Item = Place>) -> Self {
        let cells: Vec<Place> = places.into_iter().take(MOST_OF_A_KIND).collect();
        if cells.len() > 1 { Self { cells, ..self } } else { self }
    }

    /// The places it is about: one, or all of several alike.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        let only = self.cells.is_empty().then_some(&self.place);
        only.into_iter().chain(&self.cells)
    }

    /// Every place it names, the other ones it speaks of too.
    pub fn places_mut(&mut self) -> impl Iterator<Item = &mut Place> {
        [&mut self.place].into_iter().chain(&mut self.also).chain(&mut self.cells)
    }
}

/// How many notes of one kind are listed; what else there is of the kind is counted.
const MOST_OF_A_KIND: usize = 2_000;

/// Notes while they are gathered. Of a kind that a whole sheet gives cause for only the first are kept, and one note counts the others.
#[derive(Debug, Default)]
pub struct Noted {
    notes: Vec<Note>,
    counts: HashMap<Code, usize>,
    /// The first that was not kept of each kind.
    past: Vec<Note>,
}

impl Noted {
    /// Takes a note in.
    pub fn push(&mut self, note: Note) {
        let count = self.counts.entry(note.code).or_default();
        *count += 1;
        match (*count).cmp(&(MOST_OF_A_KIND + 1)) {
            std::cmp::Ordering::Less => self.notes.push(note),
            std::cmp::Ordering::Equal => self.past.push(note),
            std::cmp::Ordering::Greater => {}
        }
    }

    /// All that is listed, what says the same in one note, with a note of what is not listed behind it.
    #[must_use]
    pub fn finish(self) -> Vec<Note> {
        let Self { notes, counts, past } = self;
        let mut notes = gathered(notes);
        notes.extend(past.into_iter().map(|first| {
            let more = counts[&first.code] - MOST_OF_A_KIND;
            let (them, begin) = if more == 1 { ("note of this kind is", "It is") } else { ("notes of this kind are", "They begin with") };
            let message = format!("{more} more {them} not listed ({}). {begin}: {}", first.code, first.message);
            Note { code: Code::PastLimit, message, also: None, cells: Vec::new(), ..first }
        }));
        notes
    }
}

/// One note for all that say the same of one place each, where the first of them stood.
fn gathered(notes: Vec<Note>) -> Vec<Note> {
    let mut first: HashMap<(Code, String), usize> = HashMap::new();
    let mut gathered: Vec<Note> = Vec::with_capacity(notes.len());
    for note in notes {
        let alone = note.also.is_none() && note.cells.is_empty() && note.place.row.is_some();
        let known = if alone { first.get(&(note.code, note.message.clone())).copied() } else { None };
        match known.map(|at| &mut gathered[at]).filter(|held| held.severity == note.severity && held.hint == note.hint) {
            Some(held) => {
                if held.cells.is_empty() {
                    held.cells.push(held.place.clone());
                }
                held.cells.push(note.place);
            }
            None => {
                if alone {
                    first.insert((note.code, note.message.clone()), gathered.len());
                }
                gathered.push(note);
            }
        }
    }
    gathered
}

impl Extend<Note> for Noted {
    fn extend<I: IntoIterator<Item = Note>>(&mut self, notes: I) {
        notes.into_iter().for_each(|note| self.push(note));
    }
}

impl std::ops::Deref for Noted {
    type Target = [Note];

    fn deref(&self) -> &[Note] {
        &self.notes
    }
}

/// The notes of a document, with their positions, but for those on rows and tables that are gone from it.
pub fn standing<'notes>(document: &Document, notes: &'notes [Note]) -> impl Iterator<Item = (usize, &'notes Note)> {
    let mut rows: HashMap<TableId, HashSet<RowId>> = HashMap::new();
    let mut stands = move |place: &Place| {
        let Some(id) = place.table else { return true };
        let (Some(table), row) = (document.table(id), place.row) else { return false };
        row.is_none_or(|row| {
            // Most rows stand where they were read; all are gone through but once for those that do not.
            let near = table.rows.get((row.0 as usize).wrapping_sub(1)).is_some_and(|held| held.id == row);
            near || rows.entry(id).or_insert_with(|| table.rows.iter().map(|held| held.id).collect()).contains(&row)
        })
    };
    notes.iter().enumerate().filter(move |(_, note)| note.places().any(&mut stands))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_very_many_notes_of_a_kind_the_first_are_listed_and_the_others_counted() {
        let place = |at: usize| Place { row: Some(RowId(at as u32)), ..Place::address(format!("Plan!A{at}")) };
        let note = |at: usize| Note::new(Severity::Warning, Code::StatusUnknown, place(at), format!("Odd {at}."), "");
        let mut noted = Noted::default();
        noted.extend((1..=MOST_OF_A_KIND).map(note));
        assert_eq!(noted.len(), MOST_OF_A_KIND);
        noted.extend((MOST_OF_A_KIND + 1..=1_000_000).map(note));
        noted.push(Note::new(Severity::Info, Code::Macros, Place::default(), "Macros.", ""));
        let notes = noted.finish();
        let last = &notes[MOST_OF_A_KIND + 1];
        assert_eq!((notes.len(), last.code, last.severity), (MOST_OF_A_KIND + 2, Code::PastLimit, Severity::Warning));
        assert_eq!((&*last.place.address, last.message.starts_with("998000 more notes of this kind")), ("Plan!A2001", true));
    }

    #[test]
    fn notes_that_say_the_same_are_one_with_all_their_cells() {
        let note = |row: u32, words: &str| {
            let place = Place { table: Some(TableId(1)), row: Some(RowId(row)), ..Place::address(format!("Plan!A{row}")) };
            Note::new(Severity::Warning, Code::StatusUnknown, place, words, "")
        };
        let mut noted = Noted::default();
        noted.extend([note(1, "Odd."), note(2, "Even."), note(3, "Odd."), note(4, "Odd.").and(Place::default()), note(5, "Odd.")]);
        let notes = noted.finish();
        let said: Vec<(&str, Vec<&str>)> =
            notes.iter().map(|note| (&*note.message, note.places().map(|place| &*place.address).collect())).collect();
        let all = vec!["Plan!A1", "Plan!A3", "Plan!A5"];
        assert_eq!(said, [("Odd.", all), ("Even.", vec!["Plan!A2"]), ("Odd.", vec!["Plan!A4"])]);
    }

    #[test]
    fn every_code_is_stored_by_its_name_and_one_of_a_newer_program_is_taken() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), serde_json::json!(code.name()));
        }
        assert_eq!(serde_json::from_str::<Code>("\"not_thought_of_yet\"").unwrap(), Code::Unknown);
    }
}
