//! Which handler does what a command says, and which takes in what a job ended in. Does little of it itself.

use super::{
    about::show_log,
    command::{Command, EditCommand, FileCommand, HelpCommand, ViewCommand},
    export::file_stem,
    file_extension::Written,
    jobs::Outcome,
    publishing::Purpose,
    state::{Ask, Done, Help, Prompts, State, Workspace},
};
use crate::store::{Folder, Zoom};

impl State {
    /// Does what a command says.
    pub fn run(&mut self, command: Command) {
        if !self.waits_for_review(&command) {
            self.perform(command);
        }
        self.refresh();
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::File(command) => self.run_file(command),
            Command::Edit(command) => self.run_edit(command),
            Command::Cells(command) => self.run_on_cells(command),
            Command::Find(command) => self.run_find(command),
            Command::Row(command) => self.run_row(command),
            Command::View(command) => self.run_view(command),
            Command::Import(command) => self.run_import(command),
            Command::Help(command) => run_help(&mut self.prompts, &self.remembered.folder, command),
        }
    }

    fn run_file(&mut self, command: FileCommand) {
        match command {
            FileCommand::New | FileCommand::OpenFiles(_) | FileCommand::OpenSample | FileCommand::Quit => {
                self.leave(Command::File(command));
            }
            FileCommand::Open => {
                // What is open is asked about once the files are chosen.
                if !self.is_busy() {
                    self.prompts.ask = Some(Ask::FilesToOpen);
                }
            }
            FileCommand::Save => {
                // What an abandoned question left waiting must not go on after a later save.
                self.prompts.pending = None;
                self.save();
            }
            FileCommand::SaveAs => {
                self.prompts.pending = None;
                self.prompts.ask = Some(Ask::WhereToSave(format!("{}.plandesk", file_stem(&self.workspace.document))));
            }
            FileCommand::SaveElsewhere(name) => self.ask_elsewhere(Ask::WhereToSave(name)),
            FileCommand::SaveTo(path) => self.write_as(Written::Document, path),
            FileCommand::WriteInstead(Written::Return, path) => self.ask_about_return_to(path),
            FileCommand::WriteInstead(what @ (Written::Document | Written::Picture), path) => self.write_instead(what, path),
            FileCommand::ExportReturn => self.ask_about(Purpose::Return),
            FileCommand::ExportElsewhere(name) => self.ask_elsewhere(Ask::WhereToExport(name)),
            FileCommand::ExportTo(path) => self.write_as(Written::Return, path),
            FileCommand::WithHidden(with) => self.prompts.leaving.iter_mut().for_each(|leaving| leaving.with_hidden = with),
            FileCommand::WriteReturn => self.write_return(),
            FileCommand::Replace(path) => {
                self.prompts.ask = None;
                self.export_to(path, true);
            }
            FileCommand::Print => self.ask_or_print(),
            FileCommand::PrintPage => self.print_page(),
            FileCommand::ForgetRecent(path) => self.forget_recent(&path),
            FileCommand::CloseHeld => self.prompts.held = None,
            FileCommand::SavePicture(name, picture) => {
                self.prompts.picture = picture;
                self.prompts.ask = Some(Ask::WhereToSavePicture(name));
            }
            FileCommand::PictureTo(path) => self.write_as(Written::Picture, path),
            FileCommand::DiscardAndContinue => self.discard(),
            FileCommand::SaveAndContinue => {
                self.prompts.ask = None;
                self.save();
            }
            FileCommand::KeepWorking => self.prompts.stay(),
            FileCommand::KeepMine | FileCommand::SaveAgain => self.settle_conflict(Self::keep_mine),
            FileCommand::SaveBeside => self.settle_conflict(Self::save_beside),
            FileCommand::TakeTheirs => self.settle_conflict(|state, _| state.prompts.ask = Some(Ask::TakeTheirs)),
            FileCommand::TakeTheirsNow => self.settle_conflict(|state, conflict| state.take_theirs(conflict.path)),
            FileCommand::RestoreKept => self.restore(),
            FileCommand::DiscardKept => self.discard_kept(),
            FileCommand::LeaveKept => self.leave_kept(),
            FileCommand::CancelJob => self.tasks.cancel(),
            FileCommand::DismissError => self.prompts.dismiss(),
        }
    }

    fn run_edit(&mut self, command: EditCommand) {
        match command {
            EditCommand::Undo => self.turn("Undone", Workspace::undo),
            EditCommand::Redo => self.turn("Done again", Workspace::redo),
            EditCommand::Make(name, changes) => self.edit(name, changes),
            EditCommand::RecordPeriod => self.record_period(),
        }
    }

    fn run_view(&mut self, command: ViewCommand) {
        match command {
            ViewCommand::Show(view) => self.view.shown = view,
            ViewCommand::Next => self.view.shown = self.view_beside(false),
            ViewCommand::Previous => self.view.shown = self.view_beside(true),
            ViewCommand::GoTo(place) => self.go_to(&place),
            ViewCommand::Select(cursor) => self.view.select(cursor),
            ViewCommand::NextNote => self.go_to_note(true),
            ViewCommand::PreviousNote => self.go_to_note(false),
            ViewCommand::SetAsOf(date) => (self.view.as_of, self.prompts.ask) = (date, None),
            ViewCommand::AskAsOf => self.prompts.ask = Some(Ask::AsOf),
            ViewCommand::ToggleFilterBar => self.toggle_filter_bar(),
            ViewCommand::SetFilter(filter) => self.set_filter(filter),
            ViewCommand::ClearFilter => self.clear_filter(),
            ViewCommand::Fold(row) => self.fold(row),
            ViewCommand::FoldHere => self.fold_here(),
            ViewCommand::FoldAll => self.fold_all(),
            ViewCommand::UnfoldAll => self.unfold_all(),
            ViewCommand::Sort(column, descending) => self.sort(column, descending),
            ViewCommand::TogglePane(pane) => self.view.toggle_pane(pane),
            ViewCommand::ToggleCharts => self.view.charts = !self.view.charts,
            ViewCommand::SetAppearance(theme) => self.set(|settings| settings.theme = theme),
            ViewCommand::SetTextSize(size) => self.set(|settings| settings.text_size = size),
            ViewCommand::ZoomIn => self.zoom(self.remembered.settings.zoom.step(true)),
            ViewCommand::ZoomOut => self.zoom(self.remembered.settings.zoom.step(false)),
            ViewCommand::ZoomUsual => self.zoom(Zoom::default()),
            ViewCommand::ToggleCompact => self.set(|settings| settings.compact_rows = !settings.compact_rows),
            ViewCommand::FreezeTo(column) => self.freeze(column),
            ViewCommand::Unfreeze => self.unfreeze(),
            ViewCommand::MoveColumnLeft => self.move_column(true),
            ViewCommand::MoveColumnRight => self.move_column(false),
            ViewCommand::PlaceColumn { column, before } => self.place_column(column, before),
            ViewCommand::HideColumn(column) => self.hide(column),
            ViewCommand::ShowColumns => self.show_columns(),
            ViewCommand::FitColumn(column) => self.view.wants_fit = column.or(self.cursor_column()),
            ViewCommand::DrawWith(renderer) => self.draw_with(renderer),
        }
    }

    /// Takes in what background jobs have ended in.
    pub fn poll(&mut self) {
        self.end_look_at_file();
        if let Some(job) = &self.tasks.job {
            match job.poll() {
                Outcome::Running => {}
                Outcome::Done(done) => {
                    self.tasks.job = None;
                    self.end(done);
                }
                Outcome::Left => {
                    log::warn!("a file is read on unseen: it did not stop when it was cancelled");
                    (self.tasks.opening, self.tasks.job) = (false, None);
                    self.prompts.said = "Opening cancelled; the document is as it was".to_owned();
                }
                Outcome::Lost => {
                    if !std::mem::take(&mut self.tasks.opening) {
                        self.workspace.history.mark_unsaved();
                    }
                    self.workspace.saving = false;
                    self.prompts.failed = Some(format!("{} ended early. The document is as it was; try again.", job.name));
                    self.tasks.job = None;
                }
            }
        }
        self.refresh();
    }

    fn end(&mut self, done: Done) {
        match done {
            Done::Opened { paths, result, held } => self.end_open(&paths, result, held),
            Done::Theirs { path, result } => self.end_taking_theirs(path, result),
            Done::ToReview(result) => self.end_reading(result),
            Done::Saved { path, result } => self.end_save(path, result),
            Done::Exported { path, result } => self.end_export(&path, result),
            Done::Taken { path, why } => self.prompts.ask = Some(Ask::Replace(path, why)),
            Done::Printed(result) => self.end_printing(result),
        }
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
