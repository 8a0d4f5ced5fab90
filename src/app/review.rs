//! Doing what the commands of an import say: beginning a review, correcting, accepting as one step. Reads no cell itself.

use std::{collections::HashSet, sync::Arc};

use super::{
    command::{Command, ImportCommand, View},
    editing::make_import,
    import::{Correct, Import, Source},
    jobs::Progress,
    open::{OpenError, place_notes},
    opening::is_asked_of_import,
    state::{Ask, Done, NewReview, Pending, Prompts, Remembered, Retry, Review, State, Tasks, ViewState, Workspace},
    visibility::recall_arrangements,
};
use crate::{
    edit::Change,
    layouts::Mapping,
    model::{Document, LooseText, Marking, Table, TableId},
    notes::Note,
};

impl State {
    /// Does what a command of the import says. Needs all: what is accepted changes the document, and what is left may lead to another.
    pub(super) fn run_import(&mut self, command: ImportCommand) {
        let Self { workspace, review, view, prompts, tasks, remembered } = self;
        match command {
            ImportCommand::Review => match to_review_again(workspace, view) {
                Some(source) => start_again(workspace, review, prompts, tasks, remembered, source),
                None => prompts.say("This document was not read from a workbook in this session"),
            },
            ImportCommand::ReviewWorkbook(source) => begin(workspace, review, prompts, tasks, remembered, NewReview::Again(source)),
            ImportCommand::AddFromWorkbook => prompts.ask = Some(Ask::FilesToAdd),
            ImportCommand::AddFiles(paths) => begin(workspace, review, prompts, tasks, remembered, NewReview::Files(paths)),
            ImportCommand::PasteTable(text) if text.is_empty() => review.wants_paste = true,
            ImportCommand::PasteTable(text) => begin(workspace, review, prompts, tasks, remembered, NewReview::Pasted(text)),
            ImportCommand::LookAt(look) => {
                prompts.said.clear();
                review.import.iter_mut().for_each(|import| import.look = look);
            }
            ImportCommand::Correct(table, change) => correct(review, prompts, tasks, table, change),
            ImportCommand::ReadAsTable => read_as_table(review, prompts, tasks),
            ImportCommand::Remember(name) => review.import.iter_mut().for_each(|import| import.remember.clone_from(&name)),
            ImportCommand::ForgetMapping => forget_mapping(review, prompts, tasks, remembered),
            ImportCommand::Accept => self.accept(),
            ImportCommand::Cancel => {
                review.leave();
                prompts.say("Import cancelled; the document is as it was");
            }
            ImportCommand::Discard => {
                prompts.ask = None;
                review.leave();
                if let Some(next) = prompts.pending.take() {
                    self.resume(next);
                }
            }
            ImportCommand::KeepReviewing => prompts.stay(),
        }
    }

    /// Goes on with what waited for an answer, which may ask in turn. Needs all, as what waited does.
    pub(super) fn resume(&mut self, next: Pending) {
        match next {
            Pending::Leave(next) => self.leave(next),
            Pending::Review(next) => {
                let Self { workspace, review, prompts, tasks, remembered, .. } = self;
                begin(workspace, review, prompts, tasks, remembered, next);
            }
        }
    }

    /// Goes on with what waited for an answer about unsaved work, which is left behind. Needs all, as what waited does.
    pub(super) fn discard(&mut self) {
        self.prompts.ask = None;
        match self.prompts.pending.take() {
            Some(Pending::Leave(next)) => self.go_on(next),
            Some(next @ Pending::Review(_)) => self.resume(next),
            None => {}
        }
    }

    /// Puts the tables under review into the document, as one step, and goes on to the next workbook. Needs all: they may become what is
    /// in view, and the mapping is remembered.
    fn accept(&mut self) {
        let Self { workspace, review, view, prompts, tasks, remembered } = self;
        let Some(import) = review.import.take_if(|import| import.is_up_to_date() && !import.reading.tables.is_empty()) else {
            prompts.say("There is no table to take over yet");
            return;
        };
        let mapping = mapping_of(&import);
        let Accepted { name, changes, notes, shown } = accepted(workspace, *import);
        make_import(workspace, view, prompts, tasks, (name.clone(), changes, notes));
        view.shown = shown.map_or(view.shown, View::Table);
        recall_arrangements(workspace, view, remembered);
        match mapping {
            Some(mapping) => {
                let said = format!("{name}; its corrections are remembered as “{}”", mapping.name);
                remembered.mappings.put(mapping);
                keep_mappings(prompts, remembered, said);
            }
            None => prompts.said = name,
        }
        add_next(review, prompts, tasks, remembered);
    }
}

/// Whether a command has to wait until the review is over, which is said.
pub(super) fn waits(review: &Review, prompts: &mut Prompts, command: &Command) -> bool {
    let waits = must_wait(review, command);
    if waits {
        prompts.say("Accept or cancel the import first");
    }
    waits
}

/// Whether a command has to wait until the review is over.
pub(super) fn must_wait(review: &Review, command: &Command) -> bool {
    review.import.is_some() && command.waits_for_review()
}

/// Begins a review, unless one is under way that is asked about first.
pub(super) fn begin(
    workspace: &Workspace,
    review: &mut Review,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    next: NewReview,
) {
    if tasks.is_busy(prompts) || is_asked_of_import(review, prompts, Pending::Review(next.clone())) {
        return;
    }
    match next {
        NewReview::Again(source) => start_again(workspace, review, prompts, tasks, remembered, source),
        NewReview::Files(paths) => {
            review.to_add = paths;
            add_next(review, prompts, tasks, remembered);
        }
        NewReview::Pasted(text) => start(review, prompts, tasks, remembered, Source::Pasted(text.into()), Vec::new()),
    }
}

/// The workbook of the table in view, or the first that the document was read from.
fn to_review_again(workspace: &Workspace, view: &ViewState) -> Option<Source> {
    let in_view = view.table_id(&workspace.document).and_then(|id| workspace.origins.get(&id));
    in_view.or_else(|| workspace.workbooks().first().copied()).cloned()
}

/// Reads a workbook again, to be reviewed in the place of its tables.
fn start_again(
    workspace: &Workspace,
    review: &mut Review,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    source: Source,
) {
    let tables = workspace.document.tables.iter().map(|table| table.id);
    let replaces = tables.filter(|id| workspace.origins.get(id) == Some(&source)).collect();
    start(review, prompts, tasks, remembered, source, replaces);
}

fn start(review: &mut Review, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered, source: Source, replaces: Vec<TableId>) {
    if tasks.is_busy(prompts) {
        return;
    }
    review.import = None;
    let (mappings, passwords) = (remembered.mappings.all().to_vec(), remembered.passwords.clone());
    tasks.start_reading(format!("Reading {}", source.name()), move |progress: &Progress| {
        let result = Import::read(source, replaces, (&mappings, &passwords), progress).map(Box::new);
        Done::ToReview(result)
    });
}

fn add_next(review: &mut Review, prompts: &mut Prompts, tasks: &mut Tasks, remembered: &Remembered) {
    if !review.to_add.is_empty() {
        let path = review.to_add.remove(0);
        start(review, prompts, tasks, remembered, Source::File(path), Vec::new());
    }
}

/// Shows what was read to be reviewed.
pub(super) fn end_reading(
    workspace: &Workspace,
    review: &mut Review,
    view: &ViewState,
    prompts: &mut Prompts,
    tasks: &mut Tasks,
    remembered: &Remembered,
    result: Result<Box<Import>, OpenError>,
) {
    match result {
        Ok(import) if import.reading.accounted.cells == 0 => {
            prompts.say(format!("{}: there is nothing in it to review", import.name));
            add_next(review, prompts, tasks, remembered);
        }
        Ok(mut import) => {
            let in_view = view.table(&workspace.document).filter(|table| import.replaces.contains(&table.id));
            let sheet = in_view.and_then(|table| import.grids.iter().position(|grid| grid.sheet == table.sheet));
            if let Some(sheet) = sheet
                && let Some(table) = (0..import.tables.len()).find(|&table| import.sheet_of(table) == sheet)
            {
                import.look = super::import::ReviewPlace { sheet, table: Some(table), ..Default::default() };
            }
            prompts.said.clear();
            review.import = Some(import);
        }
        Err(OpenError::NeedsPassword(locked)) => {
            let source = Source::File(locked.path.clone());
            let mut files = || std::iter::once(locked.path.clone()).chain(std::mem::take(&mut review.to_add)).collect();
            let next = if workspace.workbooks().contains(&&source) { NewReview::Again(source) } else { NewReview::Files(files()) };
            prompts.ask = Some(Ask::Password(locked, Retry::Review(next)));
        }
        Err(error) => {
            review.to_add.clear();
            if error.is_cancelled() {
                prompts.say("Reading cancelled; the document is as it was");
            } else {
                prompts.fail(error.to_string());
            }
        }
    }
}

fn read_as_table(review: &mut Review, prompts: &mut Prompts, tasks: &Tasks) {
    let Some(import) = &mut review.import else { return };
    let before = import.tables.clone();
    let said = if !import.draw() {
        "No table can be read there: select its headings and at least one row below them"
    } else if before.iter().all(|table| import.tables.contains(table)) {
        "Read as a table: see whether its kind and its columns are right"
    } else {
        "Read as a table, for which another one made room: see whether both are right"
    };
    import.refresh(&tasks.wake);
    prompts.say(said);
}

fn correct(review: &mut Review, prompts: &mut Prompts, tasks: &Tasks, table: usize, correct: Correct) {
    prompts.said.clear();
    if let Some(import) = &mut review.import
        && import.correct(table, correct)
    {
        import.refresh(&tasks.wake);
    }
}

fn forget_mapping(review: &mut Review, prompts: &mut Prompts, tasks: &Tasks, remembered: &mut Remembered) {
    let Some(import) = &mut review.import else { return };
    let Some(name) = import.mapping.take() else { return };
    remembered.mappings.forget(|mapping| mapping.name == name);
    keep_mappings(prompts, remembered, format!("Forgot the mapping “{name}”"));
    import.forget();
    import.refresh(&tasks.wake);
}

fn keep_mappings(prompts: &mut Prompts, remembered: &Remembered, said: String) {
    let kept = remembered.mappings.save(&remembered.folder).is_ok();
    prompts.said = if kept { said } else { "The mappings could not be kept for next time".to_owned() };
}

/// What is remembered of the corrections made under review, where its owner has given that a name.
fn mapping_of(import: &Import) -> Option<Mapping> {
    let name = import.remember.as_ref().map(|name| name.trim()).filter(|name| !name.is_empty())?;
    Some(import.to_mapping(name)).filter(|mapping| mapping.tables.iter().any(|held| held.corrected))
}

/// An import as a step of the history.
struct Accepted {
    name: String,
    changes: Vec<Change>,
    /// The notes of the reading that stand after it.
    notes: Vec<Note>,
    /// The table that was looked at.
    shown: Option<TableId>,
}

/// The step that puts the tables under review into the document. Which workbook they are from is noted.
fn accepted(workspace: &mut Workspace, import: Import) -> Accepted {
    let looked_at = import.look.table.and_then(|table| import.became(table)).map(|table| table.id);
    let notes: Vec<Note> = import.notes().cloned().collect();
    let goes = |note: &Note| match note.place.table {
        Some(id) => import.replaces.contains(&id),
        None => !import.replaces.is_empty() && import.is_about(&note.place.address),
    };
    let kept: Vec<Note> = workspace.read_notes.iter().filter(|note| !goes(note)).cloned().collect();
    let Import { name, source, file, replaces, reading, grids, .. } = import;
    let reading = Arc::unwrap_or_clone(reading);
    let again: HashSet<String> = if replaces.is_empty() { HashSet::new() } else { grids.iter().map(|grid| grid.sheet.clone()).collect() };
    let document = &workspace.document;
    let at = replaces.first().and_then(|id| document.tables.iter().position(|table| table.id == *id)).unwrap_or(document.tables.len());
    let shown = looked_at.and_then(|id| reading.tables.iter().position(|table| table.id == id));
    // What is read anew is a table of its own: the ids of its rows are those of other rows than before.
    let tables: Vec<Table> = reading.tables.into_iter().zip(document.new_table_ids()).map(|(table, id)| Table { id, ..table }).collect();
    let shown = tables.get(shown.unwrap_or(0)).map(|table| table.id);
    let read = tables.clone();
    let notes = kept.into_iter().chain(place_notes(&Document::of(tables.clone()), notes)).collect();
    workspace.origins.extend(tables.iter().map(|table| (table.id, source.clone())));
    // The texts outside the tables of the workbook's sheets are those of this reading.
    let mut loose: Vec<LooseText> = document.loose.iter().filter(|text| !again.contains(&*text.sheet)).cloned().collect();
    loose.extend(reading.loose);
    let removed = replaces.into_iter().map(|table| Change::RemoveTable { table });
    let added = tables.into_iter().enumerate().map(|(after, table)| Change::InsertTable { at: at + after, table: Box::new(table) });
    let loosed = (loose != document.loose).then_some(Change::SetLoose { loose });
    let marking = Marking::both(document.marking.clone(), reading.marking);
    let marked = (marking != document.marking).then_some(Change::SetMarking(marking));
    let changes = removed.chain(added).chain(loosed).chain(marked).collect();
    workspace.add_source(file, &read);
    Accepted { name: format!("Import of {name}"), changes, notes, shown }
}
