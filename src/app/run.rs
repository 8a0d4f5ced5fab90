//! Which handler does what a command says, and which takes in what a job ended in. Does little of it itself.

use super::{
    about::show_log,
    allowed,
    annotations::{go_to, go_to_note},
    cells,
    columns::{move_column, place_column},
    command::{Command, FileCommand, HelpCommand, ViewCommand},
    conflict::{Choice, end_taking_theirs, settle},
    editing,
    exporting::end_export,
    file_extension::Written,
    find_commands,
    jobs::Outcome,
    on_disk::end_look_at_file,
    open::shown,
    printing::end_printing,
    publishing, recent,
    review::{end_reading, waits},
    save_back::{end_save_back, end_save_copy, save_back},
    saving::{ask_where, end_save, save, save_to},
    state::{Ask, Done, Help, Leave, Prompts, Remembered, State, ViewState, Workspace},
    structure,
    view_settings::{draw_with, freeze, hide, set, show_columns, unfreeze, zoom},
    visibility::{clear_filter, fold, fold_all, fold_here, set_filter, sort, toggle_filter_bar, unfold_all},
    workbook_conflict::{end_saving_into_theirs, save_into_theirs, take_workbook},
    write_as::{write_as, write_instead},
};
use crate::{
    store::{Folder, Zoom},
    workbook::patch::Allowed,
};

impl State {
    /// Does what a command says. Needs all, as each command is handed the parts it is about.
    pub fn run(&mut self, command: Command) {
        if !waits(&self.review, &mut self.prompts, &command) {
            self.perform(command);
        }
        self.refresh();
    }

    fn perform(&mut self, command: Command) {
        let Self { workspace, view, prompts, tasks, remembered, .. } = self;
        match command {
            Command::File(command) => self.run_file(command),
            Command::Publish(command) => publishing::run(workspace, view, prompts, tasks, remembered, command),
            Command::Recovery(command) => self.run_recovery(command),
            Command::Edit(command) => editing::run(workspace, view, prompts, command),
            Command::Cells(command) => cells::run(workspace, view, prompts, command),
            Command::Find(command) => find_commands::run(workspace, view, prompts, remembered, command),
            Command::Row(command) => structure::run(workspace, view, prompts, remembered, command),
            Command::View(command) => run_view(workspace, view, prompts, remembered, command),
            Command::Import(command) => self.run_import(command),
            Command::Help(command) => run_help(prompts, &remembered.folder, command),
        }
    }

    /// Does what a command says with files. Needs all: some of them leave the document for another.
    fn run_file(&mut self, command: FileCommand) {
        let Self { workspace, view, prompts, tasks, remembered, .. } = self;
        match command {
            FileCommand::New => self.leave(Leave::NewPlan),
            FileCommand::OpenFiles(paths) => self.leave(Leave::OpenFiles(paths)),
            FileCommand::OpenSample => self.leave(Leave::OpenSample),
            FileCommand::Quit => self.leave(Leave::Quit),
            FileCommand::Open => {
                // What is open is asked about once the files are chosen.
                if !tasks.is_busy(prompts) {
                    prompts.ask = Some(Ask::FilesToOpen);
                }
            }
            FileCommand::Save => {
                // What an abandoned question left waiting must not go on after a later save.
                prompts.pending = None;
                save(workspace, prompts, tasks, remembered);
            }
            FileCommand::SaveAs => {
                prompts.pending = None;
                ask_where(workspace, prompts);
            }
            FileCommand::SaveElsewhere(name) => prompts.ask_elsewhere(Ask::WhereToSave(name)),
            FileCommand::SaveTo(path) => write_as(workspace, view, prompts, tasks, remembered, (Written::Document, path)),
            FileCommand::SaveInstead(path) => write_instead(workspace, view, prompts, tasks, remembered, (Written::Document, path)),
            FileCommand::ForgetRecent(path) => recent::forget(prompts, remembered, &path),
            FileCommand::CloseHeld => prompts.held = None,
            FileCommand::DiscardAndContinue => self.discard(),
            FileCommand::SaveAndContinue => {
                prompts.ask = None;
                save(workspace, prompts, tasks, remembered);
            }
            FileCommand::KeepWorking => prompts.stay(),
            FileCommand::ShowReceipt => prompts.ask = Some(Ask::Receipt),
            FileCommand::SaveOverFormulas => {
                prompts.ask = None;
                save_back(workspace, prompts, tasks, remembered, Allowed { formulas: true, ..allowed() });
            }
            FileCommand::CloseReceipt => prompts.ask = None,
            FileCommand::SaveUnsigned => {
                prompts.ask = None;
                save_back(workspace, prompts, tasks, remembered, Allowed { signed: true, ..allowed() });
            }
            FileCommand::SaveInTheClear(path) => {
                prompts.ask = None;
                save_to(workspace, prompts, tasks, remembered, path);
            }
            FileCommand::Unlock(password) => self.unlock(password),
            FileCommand::SaveIntoTheirs => save_into_theirs(workspace, prompts, tasks, remembered, false),
            FileCommand::KeepMine if prompts.conflict().is_some_and(|conflict| conflict.workbook.is_some()) => {
                save_into_theirs(workspace, prompts, tasks, remembered, true);
            }
            FileCommand::KeepMine | FileCommand::SaveAgain => settle(workspace, prompts, tasks, remembered, Choice::KeepMine),
            FileCommand::SaveBeside => settle(workspace, prompts, tasks, remembered, Choice::SaveBeside),
            FileCommand::TakeTheirs => settle(workspace, prompts, tasks, remembered, Choice::AskForTheirs),
            FileCommand::TakeTheirsNow => settle(workspace, prompts, tasks, remembered, Choice::TakeTheirs),
            FileCommand::CancelJob => tasks.cancel(),
            FileCommand::DismissError => prompts.dismiss(),
        }
    }

    /// Takes in what background jobs have ended in. Needs all, as each end is handed the parts it is about.
    pub fn poll(&mut self) {
        let Self { workspace, prompts, tasks, .. } = self;
        end_look_at_file(workspace, prompts);
        if let Some(job) = &tasks.job {
            match job.poll() {
                Outcome::Running => {}
                Outcome::Done(done) => {
                    tasks.job = None;
                    self.end(done);
                }
                Outcome::Left => {
                    log::warn!("a file is read on unseen: it did not stop when it was cancelled");
                    (workspace.opening, tasks.job) = (false, None);
                    prompts.say("Opening cancelled; the document is as it was");
                }
                Outcome::Lost => {
                    if !std::mem::take(&mut workspace.opening) {
                        workspace.history.mark_unsaved();
                    }
                    workspace.saving = false;
                    prompts.fail(format!("{} ended early. The document is as it was; try again.", job.name));
                    tasks.job = None;
                }
            }
        }
        self.refresh();
    }

    fn end(&mut self, done: Done) {
        let Self { workspace, review, view, prompts, tasks, remembered } = self;
        match done {
            Done::Opened { paths, result, held } => self.end_open(&paths, result, held),
            Done::Theirs { path, result: Ok(opened) } if !opened.files.is_empty() => {
                workspace.opening = false;
                prompts.say(format!("{} is as it is on the disk; Undo brings back what was here", shown(&path)));
                take_workbook(workspace, view, prompts, tasks, path, opened);
            }
            Done::Theirs { path, result } => end_taking_theirs(workspace, view, prompts, tasks, path, result),
            Done::ToReview(result) => end_reading(workspace, review, view, prompts, tasks, remembered, result),
            Done::Saved { path, result } => {
                // Edits made while it was saved are asked about.
                if let Some(next) = end_save(workspace, prompts, remembered, path, result) {
                    self.resume(next);
                }
            }
            Done::SavedBack(done) => {
                if let Some(next) = end_save_back(workspace, prompts, remembered, done) {
                    self.resume(next);
                }
            }
            Done::IntoTheirs { path, result } => end_saving_into_theirs(workspace, view, prompts, tasks, path, result),
            Done::SavedCopy { from, to, result } => {
                if let Some(next) = end_save_copy(workspace, prompts, remembered, (from, to), result) {
                    self.resume(next);
                }
            }
            Done::Baseline(result) => publishing::end_reading_baseline(prompts, result),
            Done::Exported { path, result } => end_export(workspace, prompts, remembered, &path, result),
            Done::Taken { path, why } => prompts.ask = Some(Ask::Replace(path, why)),
            Done::Printed(result) => end_printing(prompts, tasks, result),
        }
    }
}

/// Does what a command says with how the document is looked at.
fn run_view(workspace: &mut Workspace, view: &mut ViewState, prompts: &mut Prompts, remembered: &mut Remembered, command: ViewCommand) {
    let present = remembered.settings.zoom;
    match command {
        ViewCommand::Show(shown) => view.shown = shown,
        ViewCommand::Next => view.shown = view.beside(&workspace.document, false),
        ViewCommand::Previous => view.shown = view.beside(&workspace.document, true),
        ViewCommand::GoTo(place) => go_to(workspace, view, prompts, remembered, &place),
        ViewCommand::Select(cursor) => view.select(cursor),
        ViewCommand::NextNote => go_to_note(workspace, view, prompts, remembered, true),
        ViewCommand::PreviousNote => go_to_note(workspace, view, prompts, remembered, false),
        ViewCommand::SetAsOf(date) => (view.as_of, prompts.ask) = (date, None),
        ViewCommand::AskAsOf => prompts.ask = Some(Ask::AsOf),
        ViewCommand::ToggleFilterBar => toggle_filter_bar(workspace, view, prompts, remembered),
        ViewCommand::SetFilter(filter) => set_filter(workspace, view, prompts, remembered, filter),
        ViewCommand::ClearFilter => clear_filter(workspace, view, prompts, remembered),
        ViewCommand::Fold(row) => fold(workspace, view, prompts, remembered, row),
        ViewCommand::FoldHere => fold_here(workspace, view, prompts, remembered),
        ViewCommand::FoldAll => fold_all(workspace, view, prompts, remembered),
        ViewCommand::UnfoldAll => unfold_all(workspace, view, prompts, remembered),
        ViewCommand::Sort(column, descending) => sort(workspace, view, prompts, column, descending),
        ViewCommand::TogglePane(pane) => view.toggle_pane(pane),
        ViewCommand::ToggleCharts => view.charts = !view.charts,
        ViewCommand::SetAppearance(theme) => set(prompts, remembered, |settings| settings.theme = theme),
        ViewCommand::SetTextSize(size) => set(prompts, remembered, |settings| settings.text_size = size),
        ViewCommand::ZoomIn => zoom(prompts, remembered, present.step(true)),
        ViewCommand::ZoomOut => zoom(prompts, remembered, present.step(false)),
        ViewCommand::ZoomUsual => zoom(prompts, remembered, Zoom::default()),
        ViewCommand::ToggleCompact => set(prompts, remembered, |settings| settings.compact_rows = !settings.compact_rows),
        ViewCommand::FreezeTo(column) => freeze(workspace, view, prompts, remembered, column),
        ViewCommand::Unfreeze => unfreeze(workspace, view, prompts, remembered),
        ViewCommand::MoveColumnLeft => move_column(workspace, view, prompts, remembered, true),
        ViewCommand::MoveColumnRight => move_column(workspace, view, prompts, remembered, false),
        ViewCommand::PlaceColumn { column, before } => place_column(workspace, view, prompts, column, before),
        ViewCommand::HideColumn(column) => hide(workspace, view, prompts, remembered, column),
        ViewCommand::ShowColumns => show_columns(workspace, view, prompts, remembered),
        ViewCommand::FitColumn(column) => view.wants_fit = column.or(view.cursor_column(&workspace.document)),
        ViewCommand::DrawWith(renderer) => draw_with(prompts, remembered, renderer),
    }
}

/// Shows or says what a command of the Help menu says.
fn run_help(prompts: &mut Prompts, folder: &Folder, command: HelpCommand) {
    match command {
        HelpCommand::ShowPalette => prompts.help = Some(Help::Palette),
        HelpCommand::ShowShortcuts => prompts.help = Some(Help::Shortcuts),
        HelpCommand::ShowAbout => prompts.help = Some(Help::About),
        HelpCommand::ShowLog => prompts.said = show_log(folder),
        HelpCommand::Close => prompts.help = None,
        HelpCommand::Say(words) => prompts.said = words,
        HelpCommand::Fail(words) => prompts.failed = Some(words),
    }
}
