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
        command::{Command, FileCommand, FormCommand, ImportCommand, PeriodCommand, PublishCommand},
        export::Format,
        file_extension::{PictureKind, Written},
        state::{Ask, State},
    },
    store::{first_folder, no_file_dialog},
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
        Self { last: state.remembered.settings().folder.clone(), open: state.open_file().map(PathBuf::from) }
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
                        None => Answer::Command(cancelled(&ask)),
                    });
                    ctx.request_repaint();
                });
                *waiting = Some(receiver);
            }
            Self::Typed(typing) => *typing = Some(Typing::of(ask.clone(), first_folder(begin.last.as_deref(), begin.open.as_deref()))),
            Self::Given(answers, next) => *next = answers.pop_front().and_then(|path| Asked::of(ask)?.answer(vec![path])),
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
                "The pages to print could not be opened: nothing shows PDFs here. Choose Export as PDF and print that file.".to_owned()
            }),
            Self::Typed(_) | Self::Given(..) => Ok(()),
        }
    }
}

/// A question that files answer: what its dialog, or the sheet in place of one, shows and leads to.
#[derive(Clone, Copy)]
pub(super) struct Asked<'ask> {
    pub title: &'static str,
    /// The file name it begins with.
    pub name: &'ask str,
    /// What is written to the file; `None` where files are read.
    pub writes: Option<Written>,
    filter: (&'static str, &'static [&'static str]),
}

/// The endings that are opened, and those of what is written.
const OPENED: (&str, &[&str]) =
    ("Workbooks, tables and plandesk files", &["xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "csv", "tsv", "txt", "plandesk"]);
const WORKBOOK: (&str, &[&str]) = ("Excel workbook: a copy with your edits", &["xlsx", "xlsm"]);
const OLDER: (&str, &[&str]) = ("Workbooks and plandesk files", OPENED.1);
const FORM: (&str, &[&str]) = ("Excel workbook", &["xlsx", "xlsm"]);
const ALL_FILES: (&str, &[&str]) = ("All files", &["*"]);

impl<'ask> Asked<'ask> {
    /// The question as one that files answer; `None` for any other.
    pub(super) fn of(ask: &'ask Ask) -> Option<Self> {
        let (title, name, writes, filter): (_, &str, _, _) = match ask {
            Ask::FilesToOpen => ("Open", "", None, OPENED),
            Ask::FilesToAdd => ("Add tables from a workbook", "", None, ALL_FILES),
            Ask::WhereToSave(name) => ("Save as", name, Some(Written::Document), ("plandesk file", &["plandesk"])),
            Ask::WhereToSaveCopy(name) => ("Save as", name, Some(Written::Document), WORKBOOK),
            Ask::OlderWorkbook => ("Compare with an older workbook", "", None, OLDER),
            Ask::WhereToExport(name) if Format::of(Path::new(name)) == Format::Pdf => {
                ("Export as PDF", name, Some(Written::Pdf), ("PDF", &["pdf"]))
            }
            Ask::WhereToExport(name) => ("Export return", name, Some(Written::Return), ("Excel workbook", &["xlsx"])),
            Ask::WhereToClose(name) => {
                ("Close the period: write the return", name, Some(Written::ClosingReturn), ("Excel workbook", &["xlsx"]))
            }
            Ask::FormToFill => ("Fill a template workbook", "", None, FORM),
            Ask::WhereToSaveForm(name) => ("Save the filled form", name, Some(Written::Form), FORM),
            Ask::WhereToSavePicture(kind, name) => {
                let filter: (_, &[&str]) = match kind {
                    PictureKind::Png => ("Picture", &["png"]),
                    PictureKind::Svg => ("Drawing", &["svg"]),
                };
                (kind.question(), name, Some(Written::Picture(*kind)), filter)
            }
            Ask::UnsavedWork
            | Ask::KeptWork
            | Ask::UnacceptedImport
            | Ask::ToWrite
            | Ask::Replace(..)
            | Ask::Closing
            | Ask::ReplaceToClose(..)
            | Ask::FrozenReturns
            | Ask::Lead
            | Ask::Months
            | Ask::AsOf
            | Ask::Statuses
            | Ask::RowsBelow(_)
            | Ask::Conflict
            | Ask::TakeTheirs
            | Ask::Receipt
            | Ask::Form
            | Ask::FormFilled(..)
            | Ask::Signature(_)
            | Ask::Password(..)
            | Ask::InTheClear(_)
            | Ask::OtherKind(_) => return None,
        };
        Some(Self { title, name, writes, filter })
    }

    /// The command that files answer it with.
    pub(super) fn answer(self, mut paths: Vec<PathBuf>) -> Option<Command> {
        match self.writes {
            None if self.filter == OPENED => Some(Command::File(FileCommand::OpenFiles(paths))),
            None if self.filter == FORM => paths.pop().map(|path| Command::Form(FormCommand::Read(path))),
            None if self.filter == OLDER => paths.pop().map(|path| Command::Publish(PublishCommand::CompareWithFile(path))),
            None => Some(Command::Import(ImportCommand::AddFiles(paths))),
            Some(Written::Document) => paths.pop().map(|path| Command::File(FileCommand::SaveTo(path))),
            Some(Written::Return | Written::Pdf) => paths.pop().map(|path| Command::Publish(PublishCommand::ExportTo(path))),
            Some(Written::ClosingReturn) => paths.pop().map(|path| Command::Period(PeriodCommand::WriteTo(path))),
            Some(Written::Form) => paths.pop().map(|path| Command::Form(FormCommand::SaveTo(path))),
            Some(Written::Picture(_)) => paths.pop().map(|path| Command::Publish(PublishCommand::PictureTo(path))),
        }
    }
}

/// What goes on where a dialog was cancelled.
pub(super) fn cancelled(ask: &Ask) -> Command {
    match ask {
        Ask::OlderWorkbook | Ask::WhereToExport(_) => Command::Publish(PublishCommand::BackToReturn),
        Ask::WhereToClose(_) => Command::Period(PeriodCommand::Back),
        _ => Command::File(FileCommand::KeepWorking),
    }
}

fn dialog(ask: &Ask, folder: Option<PathBuf>) -> Option<Command> {
    let asked = Asked::of(ask)?;
    let mut dialog = FileDialog::new().set_title(asked.title).add_filter(asked.filter.0, asked.filter.1);
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    if asked.filter == WORKBOOK {
        dialog = dialog.add_filter("plandesk file", &["plandesk"]);
    }
    if asked.writes.is_some() {
        return asked.answer(vec![dialog.set_file_name(asked.name).save_file()?]);
    }
    if asked.filter != ALL_FILES {
        dialog = dialog.add_filter(ALL_FILES.0, ALL_FILES.1);
    }
    asked.answer(dialog.pick_files()?)
}

/// The path of a file dropped on the window.
pub fn path_of(file: &DroppedFileHandle) -> PathBuf {
    file.path().to_path_buf()
}
