//! The system's file dialogs, on a thread of their own so that the window goes on drawing; where there are none, a name is typed.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, channel},
};

use eframe::egui::{Context, DroppedFileHandle};
use rfd::FileDialog;

use super::typed::{self, Typing};
use crate::{
    app::{
        command::Command,
        first_folder, no_file_dialog,
        state::{Ask, State},
    },
    ui::theme::Theme,
};

/// Who answers when a file is asked for.
#[derive(Debug)]
pub enum Files {
    /// The system's dialogs.
    System { waiting: Option<Receiver<Answer>>, typing: Option<Typing> },
    /// There are none: names are typed.
    Typed(Option<Typing>),
    /// Answers given beforehand, for tests and scripts.
    Given(VecDeque<PathBuf>, Option<Command>),
}

impl Default for Files {
    fn default() -> Self {
        Self::System { waiting: None, typing: None }
    }
}

/// What a dialog ended in.
#[derive(Debug)]
pub enum Answer {
    Command(Command),
    /// There is none, and the name is to be typed.
    NoDialog(Ask, Option<PathBuf>),
}

/// From where a dialog's first folder is told.
#[derive(Clone, Debug, Default)]
pub struct Begin {
    last: Option<PathBuf>,
    open: Option<PathBuf>,
}

impl Begin {
    /// By what was chosen last, and what is open.
    #[must_use]
    pub fn of(state: &State) -> Self {
        Self { last: state.settings.folder.clone(), open: state.open_file().map(PathBuf::from) }
    }
}

impl Files {
    /// Asks for what a question wants.
    pub fn ask(&mut self, ctx: &Context, ask: &Ask, begin: Begin) {
        match self {
            Self::System { waiting, .. } => {
                if waiting.is_some() {
                    return;
                }
                let (sender, receiver) = channel();
                let (ask, ctx) = (ask.clone(), ctx.clone());
                std::thread::spawn(move || {
                    let folder = first_folder(begin.last.as_deref(), begin.open.as_deref());
                    let chosen = if no_file_dialog() { None } else { dialog(&ask, folder.clone()) };
                    let _ = sender.send(match chosen {
                        Some(command) => Answer::Command(command),
                        None if no_file_dialog() => Answer::NoDialog(ask, folder),
                        // A dialog that was cancelled ends what waited for it.
                        None => Answer::Command(Command::KeepWorking),
                    });
                    ctx.request_repaint();
                });
                *waiting = Some(receiver);
            }
            Self::Typed(typing) => *typing = Some(Typing::of(ask.clone(), first_folder(begin.last.as_deref(), begin.open.as_deref()))),
            Self::Given(answers, next) => *next = answers.pop_front().and_then(|path| answer(ask, vec![path])),
        }
    }

    /// What was answered, once it was.
    pub fn answer(&mut self) -> Option<Command> {
        match self {
            Self::System { waiting, typing } => {
                let answer = waiting.as_ref()?.try_recv().ok()?;
                *waiting = None;
                match answer {
                    Answer::Command(command) => Some(command),
                    Answer::NoDialog(ask, folder) => {
                        *typing = Some(Typing::of(ask, folder));
                        None
                    }
                }
            }
            Self::Typed(_) => None,
            Self::Given(_, next) => next.take(),
        }
    }

    /// Whether a name is being typed.
    #[must_use]
    pub fn is_typing(&self) -> bool {
        matches!(self, Self::System { typing: Some(_), .. } | Self::Typed(Some(_)))
    }

    /// Draws the sheet a name is typed in, while one is; the command it ends in.
    pub fn show_typing(&mut self, ctx: &Context, theme: &Theme) -> Option<Command> {
        let (Self::System { typing, .. } | Self::Typed(typing)) = self else { return None };
        let command = typed::show(ctx, theme, typing.as_mut()?)?;
        *typing = None;
        Some(command)
    }

    /// Opens a page in what opens pages here. Where answers are given beforehand, nothing else is started.
    ///
    /// # Errors
    /// When nothing can: why, and what to do.
    pub fn open(&self, page: &Path) -> Result<(), String> {
        match self {
            Self::System { .. } => open::that_detached(page).map_err(|_| {
                "The page to print could not be opened: no browser was found. Export the return and print it from there.".to_owned()
            }),
            Self::Typed(_) | Self::Given(..) => Ok(()),
        }
    }
}

fn dialog(ask: &Ask, folder: Option<PathBuf>) -> Option<Command> {
    let mut dialog = FileDialog::new();
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    match ask {
        Ask::FilesToOpen => {
            let dialog = dialog
                .set_title("Open")
                .add_filter(
                    "Workbooks, tables and plandesk files",
                    &["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "plandesk"],
                )
                .add_filter("All files", &["*"]);
            answer(ask, dialog.pick_files()?)
        }
        Ask::FilesToAdd => {
            let dialog = dialog.set_title("Add tables from a workbook").add_filter("All files", &["*"]);
            answer(ask, dialog.pick_files()?)
        }
        Ask::WhereToSave(name) => {
            answer(ask, vec![dialog.set_title("Save as").set_file_name(name).add_filter("plandesk file", &["plandesk"]).save_file()?])
        }
        Ask::WhereToExport(name) => {
            answer(ask, vec![dialog.set_title("Export return").set_file_name(name).add_filter("Excel workbook", &["xlsx"]).save_file()?])
        }
        Ask::WhereToSavePicture(name) => {
            answer(ask, vec![dialog.set_title("Save as PNG").set_file_name(name).add_filter("Picture", &["png"]).save_file()?])
        }
        Ask::UnsavedWork
        | Ask::KeptWork
        | Ask::UnacceptedImport
        | Ask::ToWrite
        | Ask::Replace(..)
        | Ask::Lead
        | Ask::Months
        | Ask::AsOf
        | Ask::RowsBelow(_)
        | Ask::OtherKind(_) => None,
    }
}

/// The command that files answer a question with.
pub(super) fn answer(ask: &Ask, mut paths: Vec<PathBuf>) -> Option<Command> {
    match ask {
        Ask::FilesToOpen => Some(Command::OpenFiles(paths)),
        Ask::FilesToAdd => Some(Command::AddFiles(paths)),
        Ask::WhereToSave(_) => paths.pop().map(Command::SaveTo),
        Ask::WhereToExport(_) => paths.pop().map(Command::ExportTo),
        Ask::WhereToSavePicture(_) => paths.pop().map(Command::PictureTo),
        Ask::UnsavedWork
        | Ask::KeptWork
        | Ask::UnacceptedImport
        | Ask::ToWrite
        | Ask::Replace(..)
        | Ask::Lead
        | Ask::Months
        | Ask::AsOf
        | Ask::RowsBelow(_)
        | Ask::OtherKind(_) => None,
    }
}

/// The path of a file dropped on the window.
pub fn path_of(file: &DroppedFileHandle) -> PathBuf {
    file.path().to_path_buf()
}
