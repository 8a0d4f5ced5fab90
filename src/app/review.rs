//! Doing what the commands of an import say: beginning a review, correcting, accepting as one step. Reads no cell itself.

use std::{collections::HashSet, path::PathBuf, sync::Arc};

use super::{
    command::{Command, ImportCommand, View},
    import::{Correct, Import, Source},
    jobs::{Job, Progress},
    open::{OpenError, place_notes},
    state::{Ask, Done, State},
};
use crate::{
    edit::Change,
    model::{Document, LooseText, Marking, Table, TableId},
    notes::Note,
};

/// What the status bar says of a reading that is partly a guess.
pub const DOUBT: &str = "Some columns are guesses: check them in Review import (Ctrl+I)";

impl State {
    /// Does what a command of the import says.
    pub(super) fn run_import(&mut self, command: ImportCommand) {
        match command {
            ImportCommand::Review => self.review(),
            ImportCommand::ReviewWorkbook(ref source) => {
                let source = source.clone();
                self.begin_unless_asked(command, |state| state.review_workbook(source));
            }
            ImportCommand::AddFromWorkbook => self.prompts.ask = Some(Ask::FilesToAdd),
            ImportCommand::AddFiles(ref paths) => {
                let paths = paths.clone();
                self.begin_unless_asked(command, |state| {
                    state.review.to_add = paths;
                    state.add_next();
                });
            }
            ImportCommand::PasteTable(ref text) if text.is_empty() => self.review.wants_paste = true,
            ImportCommand::PasteTable(ref text) => {
                let source = Source::Pasted(text.as_str().into());
                self.begin_unless_asked(command, |state| state.begin(source, Vec::new()));
            }
            ImportCommand::LookAt(look) => {
                self.prompts.said.clear();
                self.review.import.iter_mut().for_each(|import| import.look = look);
            }
            ImportCommand::Correct(table, correct) => self.correct(table, correct),
            ImportCommand::ReadAsTable => self.read_as_table(),
            ImportCommand::Remember(name) => self.review.import.iter_mut().for_each(|import| import.remember.clone_from(&name)),
            ImportCommand::ForgetMapping => self.forget_mapping(),
            ImportCommand::Accept => self.accept(),
            ImportCommand::Cancel => {
                self.review.leave();
                self.prompts.said = "Import cancelled; the document is as it was".to_owned();
            }
            ImportCommand::Discard => self.discard_import(),
            ImportCommand::KeepReviewing => self.prompts.stay(),
        }
    }

    /// Begins a review, unless one is under way that is asked about first.
    fn begin_unless_asked(&mut self, command: ImportCommand, begin: impl FnOnce(&mut Self)) {
        if !self.is_busy() && !self.is_asked_of_import(&Command::Import(command)) {
            begin(self);
        }
    }

    /// Whether a command has to wait until the review is over, which is said.
    pub(super) fn waits_for_review(&mut self, command: &Command) -> bool {
        let waits = self.must_wait(command);
        if waits {
            self.prompts.said = "Accept or cancel the import first".to_owned();
        }
        waits
    }

    /// Whether a command has to wait until the review is over.
    pub(super) fn must_wait(&self, command: &Command) -> bool {
        self.review.import.is_some() && command.waits_for_review()
    }

    /// Asks about the import under review before a command leaves it; false when there is nothing to ask about.
    pub(super) fn is_asked_of_import(&mut self, next: &Command) -> bool {
        let asks = self.review.is_unaccepted();
        if asks {
            (self.prompts.ask, self.prompts.pending) = (Some(Ask::UnacceptedImport), Some(next.clone()));
        }
        asks
    }

    /// Leaves the import under review for what was asked about.
    pub(super) fn discard_import(&mut self) {
        (self.prompts.ask, self.review.import) = (None, None);
        self.review.to_add.clear();
        if let Some(next) = self.prompts.pending.take() {
            self.run(next);
        }
    }

    /// Reads the workbook of the table in view again, to be reviewed.
    fn review(&mut self) {
        let in_view = self.table_id().and_then(|id| self.workspace.origins.get(&id));
        match in_view.or_else(|| self.workspace.workbooks().first().copied()).cloned() {
            Some(source) => self.review_workbook(source),
            None => self.prompts.said = "This document was not read from a workbook in this session".to_owned(),
        }
    }

    fn review_workbook(&mut self, source: Source) {
        let tables = self.workspace.document.tables.iter().map(|table| table.id);
        let replaces = tables.filter(|id| self.workspace.origins.get(id) == Some(&source)).collect();
        self.begin(source, replaces);
    }

    fn begin(&mut self, source: Source, replaces: Vec<TableId>) {
        if self.is_busy() {
            return;
        }
        self.review.import = None;
        let mappings = self.remembered.mappings.all().to_vec();
        let name = format!("Reading {}", source.name());
        let work = move |progress: &Progress| {
            let result = Import::read(source, replaces, &mappings, progress).map(Box::new);
            Done::ToReview(result)
        };
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work).only_reading());
    }

    fn add_next(&mut self) {
        if !self.review.to_add.is_empty() {
            let path: PathBuf = self.review.to_add.remove(0);
            self.begin(Source::File(path), Vec::new());
        }
    }

    /// Shows what was read to be reviewed.
    pub(super) fn end_reading(&mut self, result: Result<Box<Import>, OpenError>) {
        match result {
            Ok(import) if import.reading.accounted.cells == 0 => {
                self.prompts.said = format!("{}: there is nothing in it to review", import.name);
                self.add_next();
            }
            Ok(mut import) => {
                let in_view =
                    self.table_id().and_then(|id| self.workspace.document.table(id)).filter(|table| import.replaces.contains(&table.id));
                let sheet = in_view.and_then(|table| import.grids.iter().position(|grid| grid.sheet == table.sheet));
                if let Some(sheet) = sheet
                    && let Some(table) = (0..import.tables.len()).find(|&table| import.sheet_of(table) == sheet)
                {
                    import.look = super::import::ReviewPlace { sheet, table: Some(table), ..Default::default() };
                }
                self.prompts.said.clear();
                self.review.import = Some(import);
            }
            Err(error) if error.is_cancelled() => {
                self.review.to_add.clear();
                self.prompts.said = "Reading cancelled; the document is as it was".to_owned();
            }
            Err(error) => {
                self.review.to_add.clear();
                self.prompts.failed = Some(error.to_string());
            }
        }
    }

    fn read_as_table(&mut self) {
        let Some(import) = &mut self.review.import else { return };
        let before = import.tables.clone();
        let said = if !import.draw() {
            "No table can be read there: select its headings and at least one row below them"
        } else if before.iter().all(|table| import.tables.contains(table)) {
            "Read as a table: see whether its kind and its columns are right"
        } else {
            "Read as a table, for which another one made room: see whether both are right"
        };
        import.refresh(&self.tasks.wake);
        self.prompts.said = said.to_owned();
    }

    fn correct(&mut self, table: usize, correct: Correct) {
        self.prompts.said.clear();
        if let Some(import) = &mut self.review.import
            && import.correct(table, correct)
        {
            import.refresh(&self.tasks.wake);
        }
    }

    fn forget_mapping(&mut self) {
        let Some(name) = self.review.import.as_mut().and_then(|import| import.mapping.take()) else { return };
        self.remembered.mappings.forget(|mapping| mapping.name == name);
        self.keep_mappings(format!("Forgot the mapping “{name}”"));
        if let Some(import) = &mut self.review.import {
            import.forget();
            import.refresh(&self.tasks.wake);
        }
    }

    fn keep_mappings(&mut self, said: String) {
        let kept = self.remembered.mappings.save(&self.remembered.folder).is_ok();
        self.prompts.said = if kept { said } else { "The mappings could not be kept for next time".to_owned() };
    }

    /// Whether the tables an import replaces were edited since they were read.
    #[must_use]
    pub fn replaces_edits(&self) -> bool {
        self.review.import.as_ref().is_some_and(|import| !import.replaces.is_empty()) && self.workspace.edited_since_reading()
    }

    /// Puts the tables under review into the document, as one step.
    fn accept(&mut self) {
        let Some(import) = self.review.import.as_mut().filter(|import| import.is_up_to_date() && !import.reading.tables.is_empty()) else {
            self.prompts.said = "There is no table to take over yet".to_owned();
            return;
        };
        let mapping = import.remember.as_ref().map(|name| name.trim()).filter(|name| !name.is_empty());
        let mapping = mapping.map(|name| import.to_mapping(name)).filter(|mapping| mapping.tables.iter().any(|held| held.corrected));
        let looked_at = import.look.table.and_then(|table| import.became(table)).map(|table| table.id);
        let (name, source, replaces) = (import.name.clone(), import.source.clone(), std::mem::take(&mut import.replaces));
        let notes: Vec<Note> = import.notes().cloned().collect();
        let goes = |note: &Note| match note.place.table {
            Some(id) => replaces.contains(&id),
            None => !replaces.is_empty() && import.is_about(&note.place.address),
        };
        let kept: Vec<Note> = self.workspace.read_notes.iter().filter(|note| !goes(note)).cloned().collect();
        let reading = Arc::unwrap_or_clone(std::mem::take(&mut import.reading));
        let again: HashSet<String> =
            if replaces.is_empty() { HashSet::new() } else { import.grids.iter().map(|grid| grid.sheet.clone()).collect() };
        self.review.import = None;
        let at = replaces.first().and_then(|id| self.workspace.document.tables.iter().position(|table| table.id == *id));
        let at = at.unwrap_or(self.workspace.document.tables.len());
        let view = looked_at.and_then(|id| reading.tables.iter().position(|table| table.id == id));
        // What is read anew is a table of its own: the ids of its rows are those of other rows than before.
        let ids = self.workspace.document.new_table_ids();
        let tables: Vec<Table> = reading.tables.into_iter().zip(ids).map(|(table, id)| Table { id, ..table }).collect();
        let view = tables.get(view.unwrap_or(0)).map(|table| table.id);
        let own = Document::of(tables.clone());
        let notes = place_notes(&own, notes);
        tables.iter().for_each(|table| {
            self.workspace.origins.insert(table.id, source.clone());
        });
        // The texts outside the tables of the workbook's sheets are those of this reading.
        let mut loose: Vec<LooseText> =
            self.workspace.document.loose.iter().filter(|text| !again.contains(&*text.sheet)).cloned().collect();
        loose.extend(reading.loose);
        let removed = replaces.into_iter().map(|table| Change::RemoveTable { table });
        let added = tables.into_iter().enumerate().map(|(after, table)| Change::InsertTable { at: at + after, table: Box::new(table) });
        let loosed = (loose != self.workspace.document.loose).then_some(Change::SetLoose { loose });
        let marking = Marking::both(self.workspace.document.marking.clone(), reading.marking);
        let marked = (marking != self.workspace.document.marking).then_some(Change::SetMarking(marking));
        let changes = removed.chain(added).chain(loosed).chain(marked).collect();
        let what = format!("Import of {name}");
        self.take_import(what.clone(), changes, kept.into_iter().chain(notes).collect());
        self.view.shown = view.map_or(self.view.shown, View::Table);
        self.recall_arrangements();
        match mapping {
            Some(mapping) => {
                let said = format!("{what}; its corrections are remembered as “{}”", mapping.name);
                self.remembered.mappings.put(mapping);
                self.keep_mappings(said);
            }
            None => self.prompts.said = what,
        }
        self.add_next();
    }
}
