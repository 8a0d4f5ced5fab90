//! Doing what a command says. The only place where state changes.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    command::{Command, EditCommand, FileCommand, HelpCommand, View, ViewCommand},
    cursor::cursor_in,
    export::file_stem,
    file_extension::Written,
    jobs::{Job, Outcome, Progress},
    open::{OpenError, Opened, open_files, shown},
    own_file::{Locked, Saved, Unwritten, lock_file},
    publishing::Purpose,
    review::DOUBT,
    rows,
    state::{Ask, Done, Help, State},
};
use crate::{
    edit::Change,
    model::{Role, Table},
    notes::Place,
    store::{self, ReadError, Zoom},
};

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
            Command::Help(command) => self.run_help(command),
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
            EditCommand::Undo => self.turn("Undone", |state| state.workspace.history.undo(Arc::make_mut(&mut state.workspace.document))),
            EditCommand::Redo => {
                self.turn("Done again", |state| state.workspace.history.redo(Arc::make_mut(&mut state.workspace.document)))
            }
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

    fn run_help(&mut self, command: HelpCommand) {
        match command {
            HelpCommand::ShowPalette => self.prompts.help = Some(Help::Palette),
            HelpCommand::ShowShortcuts => self.prompts.help = Some(Help::Shortcuts),
            HelpCommand::ShowAbout => self.prompts.help = Some(Help::About),
            HelpCommand::ShowLog => self.show_log(),
            HelpCommand::Close => self.prompts.help = None,
            HelpCommand::Say(words) => self.prompts.said = words,
            HelpCommand::Fail(words) => self.prompts.failed = Some(words),
        }
    }

    /// Leaves the open document for what a command opens, asking first about an import under review and about unsaved work.
    fn leave(&mut self, next: Command) {
        if self.is_busy() || self.is_asked_of_import(&next) {
            return;
        }
        // Where it is the file to be opened, it is missed anyway, and the document stays.
        if !matches!((&next, &self.workspace.path), (Command::File(FileCommand::OpenFiles(files)), Some(path)) if files.contains(path)) {
            self.look_at_file();
        }
        if self.workspace.is_unsaved() {
            self.prompts.pending = Some(next);
            self.prompts.ask = Some(Ask::UnsavedWork);
        } else {
            self.go_on(next);
        }
    }

    /// Goes on with what was asked about, without what is unsaved.
    fn discard(&mut self) {
        self.prompts.ask = None;
        if let Some(next) = self.prompts.pending.take() {
            self.go_on(next);
        }
    }

    fn go_on(&mut self, next: Command) {
        self.keep_views();
        match next {
            Command::File(FileCommand::OpenFiles(paths)) => self.open_files(paths),
            Command::File(FileCommand::OpenSample) => self.open_sample(),
            Command::File(FileCommand::New) => self.take_blank(),
            Command::File(FileCommand::Quit) => self.tasks.closing = true,
            other => self.run(other),
        }
    }

    /// Whether a job is under way, which is said: one thing is done with files at a time.
    pub(super) fn is_busy(&mut self) -> bool {
        if let Some(job) = &self.tasks.job {
            (self.prompts.failed, self.prompts.pending) =
                (Some(format!("{} is still under way. Wait until it has ended, then try again.", job.name)), None);
        }
        self.tasks.job.is_some()
    }

    fn open_files(&mut self, paths: Vec<PathBuf>) {
        if self.is_busy() || paths.is_empty() {
            return;
        }
        self.review.import = None;
        let name = format!("Opening {}", paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", "));
        let mappings = self.remembered.mappings.all().to_vec();
        let mine = own_path(&paths).is_some_and(|path| self.is_own_file(path) && self.workspace.own.lock.is_some());
        let folder = self.remembered.folder.clone();
        let work = move |progress: &Progress| {
            let result = open_files(&paths, &mappings, &|done| progress.report(done));
            // One that is not opened is not held either.
            let wanted = own_path(&paths).filter(|_| !mine && result.is_ok() && progress.report(1.0));
            let held = wanted.map_or(Ok(None), |path| lock_file(&folder, path));
            Done::Opened { paths, result, held }
        };
        self.tasks.opening = true;
        self.tasks.job = Some(Job::start(name, self.tasks.wake.clone(), work));
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
            Done::Exported { path, result } => match result {
                Ok(Some(rows)) => {
                    self.prompts.said = format!("Exported the return to {}", shown(&path));
                    let name = self.workspace.document.name().to_owned();
                    if self.remembered.returned.set(&self.remembered.folder, &name, rows).is_err() {
                        self.prompts.said.push_str("; what it holds could not be kept, so the filter Changed goes by the return before");
                    }
                }
                Ok(None) => self.prompts.said = "Export cancelled; no file was written".to_owned(),
                Err(why) => self.refuse(why, Command::File(FileCommand::ExportElsewhere(store::another_name(&path)))),
            },
            Done::Taken { path, why } => self.prompts.ask = Some(Ask::Replace(path, why)),
            Done::Printed(result) => self.end_printing(result),
        }
    }

    fn end_save(&mut self, path: PathBuf, result: Result<Saved, Unwritten>) {
        self.workspace.saving = false;
        match result {
            Ok(saved) => {
                self.prompts.said = format!("Saved {}", shown(&path));
                log::info!("saved {}", shown(&path));
                self.workspace.name = stem(&path);
                self.remember(&path);
                self.take_saved(path, saved);
                // Edits made while it was saved are asked about.
                if let Some(next) = self.prompts.pending.take() {
                    self.leave(next);
                }
            }
            Err(why) => {
                self.workspace.history.mark_unsaved();
                match why {
                    Unwritten::Changed(theirs) => self.ask_of_conflict(path, Some(theirs)),
                    Unwritten::Gone => self.ask_of_conflict(path, None),
                    why @ (Unwritten::There(_) | Unwritten::Itself(_)) => {
                        let elsewhere = Command::File(FileCommand::SaveElsewhere(store::another_name(&path)));
                        self.refuse(why, elsewhere);
                    }
                }
            }
        }
    }

    fn end_open(&mut self, paths: &[PathBuf], result: Result<Opened, OpenError>, held: Locked) {
        self.tasks.opening = false;
        match result {
            Ok(opened) => {
                let own = own_path(paths).is_some();
                paths.iter().for_each(|path| self.remember(path));
                paths.iter().for_each(|path| log::info!("opened {}", shown(path)));
                let doubtful = opened.doubtful;
                let (read_only, open_elsewhere) = (own && opened.read_only, opened.held.clone());
                let mine = self.workspace.own.lock.take().filter(|hold| own && hold.is_of(&paths[0]));
                self.take(opened, own.then(|| paths[0].clone()), stem(&paths[0]));
                self.workspace.read_from = (!own).then(|| named(paths));
                (self.workspace.read_only, self.prompts.held) = (read_only, open_elsewhere.map(|words| (words, paths.to_vec())));
                self.take_lock(mine, held);
                let read_only = self.workspace.read_only;
                let count = self.workspace.notes().len();
                self.prompts.said = match count {
                    _ if doubtful => DOUBT.to_owned(),
                    _ if read_only => format!("Opened {}, which is read-only: save it under another name", self.workspace.name),
                    0 => format!("Opened {}", self.workspace.name),
                    1 => format!("Opened {}: 1 note", self.workspace.name),
                    _ => format!("Opened {}: {count} notes", self.workspace.name),
                };
            }
            Err(error) if error.is_cancelled() => self.prompts.said = "Opening cancelled; the document is as it was".to_owned(),
            Err(error) => {
                self.prompts.failed = Some(error.to_string());
                if let OpenError::Unread(ReadError::Missing(path)) = error
                    && self.remembered.recent.all().contains(&path)
                {
                    self.prompts.failed = Some(gone(&path));
                    self.prompts.instead = Some(Command::File(FileCommand::ForgetRecent(path)));
                }
            }
        }
    }

    fn remember(&mut self, path: &Path) {
        if !self.remembered.add_recent(path) {
            self.prompts.said = "The list of recent files could not be kept".to_owned();
        }
    }

    fn forget_recent(&mut self, path: &Path) {
        (self.prompts.failed, self.prompts.instead) = (None, None);
        self.prompts.said = if self.remembered.forget_recent(path) {
            format!("{} is no longer among the recent files", shown(path))
        } else {
            "The list of recent files could not be kept".to_owned()
        };
    }

    pub(super) fn edit(&mut self, name: String, changes: Vec<Change>) {
        if self.tasks.opening {
            // The document that is on its way takes this one's place, and the edit would go with it.
            self.prompts.said = "Another document is being opened; wait for it, or cancel it, to edit this one".to_owned();
            return;
        }
        self.prompts.said.clone_from(&name);
        self.workspace.forget_undone_notes();
        self.workspace.history.make(Arc::make_mut(&mut self.workspace.document), name, changes);
        self.workspace.revision += 1;
    }

    fn turn(&mut self, what: &str, turn: impl FnOnce(&mut Self) -> Option<String>) {
        self.prompts.said = match turn(self) {
            Some(name) => format!("{what}: {}", lower_first(&name)),
            None => format!("Nothing to be {}", what.to_lowercase()),
        };
        self.workspace.revision += 1;
        self.prompts.renumber_offered = None;
        self.workspace.keep_notes();
        self.keep_cursor();
        if let View::Table(id) = self.view.shown
            && self.workspace.document.table(id).is_none()
        {
            self.view.shown = self.workspace.document.tables.first().map_or(View::Summary, |table| View::Table(table.id));
        }
    }

    /// Lets the cursor go when its table, row or column is gone.
    pub(super) fn keep_cursor(&mut self) {
        self.view.cursor = self.view.cursor.filter(|cursor| {
            let table = self.workspace.document.table(cursor.table);
            table.is_some_and(|table| {
                table.row(cursor.row).is_some() && cursor.column.is_none_or(|column| table.column_position(column).is_some())
            })
        });
    }

    /// The table in view and the cursor's row in it; its last row when there is no cursor.
    pub(super) fn here(&self) -> Option<(&Table, usize)> {
        let table = self.table()?;
        let at = self.view.cursor.filter(|cursor| cursor.table == table.id).and_then(|cursor| table.position(cursor.row));
        Some((table, at.unwrap_or(table.rows.len().saturating_sub(1))))
    }

    /// The row of the table in view that the cursor is in.
    pub(super) fn cursor_row(&self) -> Option<(&Table, usize)> {
        let (cursor, table) = (self.view.cursor?, self.table()?);
        Some((table, table.position(cursor.row).filter(|_| cursor.table == table.id)?))
    }

    fn record_period(&mut self) {
        let Some((table, _)) = self.here() else { return };
        let heading = table.role_position(Role::Current).map(|at| &*table.columns[at].heading);
        let bracketed =
            heading.and_then(|heading| heading.split_once('(')).map(|(_, rest)| rest.trim_end_matches(')').replace(" Figures", ""));
        let today = jiff::Zoned::now().date();
        let heading = bracketed.unwrap_or_else(|| today.strftime("%b %Y").to_string());
        match rows::record_period(table, &heading) {
            Some(changes) => self.edit(format!("Record {heading}"), changes),
            None => self.prompts.said = "Only a KPI table keeps periods".to_owned(),
        }
    }

    fn go_to(&mut self, place: &Place) {
        let Some(table) = place.table.and_then(|id| self.workspace.document.table(id)) else {
            self.prompts.said = format!("{} is not in a table", place.address);
            return;
        };
        self.view.shown = View::Table(table.id);
        let row = place.row.or_else(|| table.rows.iter().find(|row| row.is_line()).map(|row| row.id));
        let Some(row) = row.and_then(|id| table.row(id)) else { return };
        let cursor = cursor_in(table, row, place.column);
        self.view.select(cursor);
        self.bring_into_sight(cursor.table, cursor.row);
        self.unhide_cursor();
    }
}

/// What is said of a recent file that is not there: a share that is not connected looks the same.
fn gone(path: &Path) -> String {
    format!("{}: it is no longer there. It was moved, renamed or deleted, or its network drive is not connected.", store::shortened(path))
}

/// What files are called together.
fn named(paths: &[PathBuf]) -> String {
    match paths {
        [] => String::new(),
        [path] => shown(path),
        [first, others @ ..] => format!("{} and {} more", shown(first), others.len()),
    }
}

/// The file of ours that alone is opened, and is then saved.
fn own_path(paths: &[PathBuf]) -> Option<&Path> {
    match paths {
        [path] if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(store::ENDING)) => Some(path),
        _ => None,
    }
}

pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map_or_else(|| "Untitled plan".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
