//! The system's file dialogs, on a thread of their own so that the window goes on drawing.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::mpsc::{Receiver, channel},
};

use eframe::egui::{Context, DroppedFileHandle};
use rfd::FileDialog;

use crate::app::{command::Command, state::Ask};

/// Who answers when a file is asked for.
#[derive(Debug)]
pub enum Files {
    /// The system's dialogs.
    System { waiting: Option<Receiver<Option<Command>>>, folder: Option<PathBuf> },
    /// Answers given beforehand, for tests and scripts.
    Given(VecDeque<PathBuf>, Option<Command>),
}

impl Default for Files {
    fn default() -> Self {
        Self::System { waiting: None, folder: None }
    }
}

impl Files {
    /// Asks for what a question wants.
    pub fn ask(&mut self, ctx: &Context, ask: &Ask) {
        match self {
            Self::System { waiting, folder } => {
                if waiting.is_some() {
                    return;
                }
                let (sender, receiver) = channel();
                let (ask, ctx, folder) = (ask.clone(), ctx.clone(), folder.clone());
                std::thread::spawn(move || {
                    // A dialog that was cancelled ends what waited for it.
                    let _ = sender.send(Some(dialog(&ask, folder).unwrap_or(Command::KeepWorking)));
                    ctx.request_repaint();
                });
                *waiting = Some(receiver);
            }
            Self::Given(answers, next) => *next = answers.pop_front().and_then(|path| answer(ask, vec![path])),
        }
    }

    /// What was answered, once it was.
    pub fn answer(&mut self) -> Option<Command> {
        match self {
            Self::System { waiting, folder } => {
                let command = waiting.as_ref()?.try_recv().ok()?;
                *waiting = None;
                if let Some(Command::SaveTo(path) | Command::ExportTo(path) | Command::PictureTo(path)) = &command {
                    *folder = path.parent().map(PathBuf::from);
                }
                if let Some(Command::OpenFiles(paths)) = &command {
                    *folder = paths.first().and_then(|path| path.parent()).map(PathBuf::from);
                }
                command
            }
            Self::Given(_, next) => next.take(),
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
        Ask::UnsavedWork | Ask::KeptWork | Ask::UnacceptedImport | Ask::Lead | Ask::Months => None,
    }
}

/// The command that files answer a question with.
fn answer(ask: &Ask, mut paths: Vec<PathBuf>) -> Option<Command> {
    match ask {
        Ask::FilesToOpen => Some(Command::OpenFiles(paths)),
        Ask::FilesToAdd => Some(Command::AddFiles(paths)),
        Ask::WhereToSave(_) => paths.pop().map(Command::SaveTo),
        Ask::WhereToExport(_) => paths.pop().map(Command::ExportTo),
        Ask::WhereToSavePicture(_) => paths.pop().map(Command::PictureTo),
        Ask::UnsavedWork | Ask::KeptWork | Ask::UnacceptedImport | Ask::Lead | Ask::Months => None,
    }
}

/// The path of a file dropped on the window.
pub fn path_of(file: &DroppedFileHandle) -> PathBuf {
    file.path().to_path_buf()
}
