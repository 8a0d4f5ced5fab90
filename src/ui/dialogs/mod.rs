//! Questions and messages over the window: unsaved work, failures, and the system's file dialogs.

mod about;
mod as_of;
mod closing;
mod export;
mod export_preview;
pub mod files;
mod form;
mod frozen_returns;
pub mod help;
mod leaving;
mod matching;
mod palette;
mod password;
mod receipt;
mod several;
mod shortcuts;
mod statuses;
mod typed;

use eframe::egui::{Button, Context, Frame, Id, Key, Label, Memory, Modal, Popup, RichText, Ui, accesskit::Role as AccessRole, vec2};

use std::path::PathBuf;

use self::files::{Begin, Files};
use super::{
    focus,
    theme::{self, Theme},
};
use crate::app::{
    command::{Command, FileCommand, FormCommand, ImportCommand, PeriodCommand, PublishCommand, RecoveryCommand, RowCommand},
    deleting::{Below, Fate},
    file_extension::Written,
    publishing::Purpose,
    state::{Ask, State},
};
use crate::store::shortened;

/// Shows what is asked or has failed, if anything.
pub fn show(ctx: &Context, theme: &Theme, state: &mut State, files: &mut Files, commands: &mut Vec<Command>) {
    if let Some(command) = files.answer().or_else(|| files.show_typing(ctx, theme)) {
        state.remembered.keep_folder(&command);
        commands.push(command);
    }
    match state.prompts.ask() {
        Some(Ask::UnsavedWork) => unsaved(ctx, theme, state, commands),
        Some(Ask::UnacceptedImport) => unaccepted(ctx, theme, state, commands),
        Some(Ask::KeptWork) => kept(ctx, theme, state, commands),
        Some(Ask::Lead) => several::lead(ctx, theme, commands),
        Some(Ask::Statuses) => statuses::show(ctx, theme, state, commands),
        Some(Ask::AsOf) => as_of::show(ctx, theme, state, commands),
        Some(Ask::Months) => several::months(ctx, theme, commands),
        Some(Ask::ToWrite) => state.prompts.leaving().iter().for_each(|leaving| match leaving.purpose {
            Purpose::Return => export::show(ctx, theme, leaving, commands),
            Purpose::Print => leaving::show(ctx, theme, leaving, commands),
        }),
        Some(Ask::Replace(path, why)) => leaving::replace(ctx, theme, path, why, commands),
        Some(Ask::Closing) => closing::show(ctx, theme, state, commands),
        Some(Ask::ReplaceToClose(path, why)) => closing::replace(ctx, theme, path, why, commands),
        Some(Ask::FrozenReturns) => frozen_returns::show(ctx, theme, state, commands),
        Some(Ask::OtherKind(other)) => {
            let writing = other.offers.iter().cloned().map(write_instead);
            let offers: Vec<Command> = writing.chain([Command::File(FileCommand::KeepWorking)]).collect();
            wide_sheet(ctx, "other kind", "Which file shall be written?", &other.words, |ui| {
                choose(ui, theme, &offers, &Command::File(FileCommand::KeepWorking), commands);
            });
        }
        Some(Ask::Conflict) => {
            let Some(conflict) = state.prompts.conflict() else { return };
            wide_sheet(ctx, "conflict", conflict.title(), &conflict.words(), |ui| {
                choose(ui, theme, &conflict.offers(), &Command::File(FileCommand::KeepWorking), commands);
            });
        }
        Some(Ask::TakeTheirs) => take_theirs(ctx, theme, commands),
        // A name is being typed for it.
        Some(Ask::Form) if files.is_typing() => {}
        Some(Ask::Form) => form::show(ctx, theme, state, commands),
        Some(Ask::FormFilled(path, report)) => form::filled(ctx, theme, path, report, commands),
        Some(Ask::Receipt) => receipt::show(ctx, theme, state, commands),
        Some(Ask::Signature(path)) => {
            let words = format!(
                "{} has a digital signature, which holds only while nothing in the file changes. Saved here, the signature no longer holds.",
                shortened(path)
            );
            let all = [FileCommand::KeepWorking, FileCommand::SaveUnsigned].map(Command::File);
            sheet(ctx, "signature", "The workbook is signed", &words, |ui| {
                choose(ui, theme, &all, &Command::File(FileCommand::KeepWorking), commands);
            });
        }
        Some(Ask::InTheClear(path)) => password::in_the_clear(ctx, theme, path, commands),
        Some(Ask::Password(locked, _)) => password::show(ctx, theme, locked, commands),
        Some(Ask::RowsBelow(below)) => rows_below(ctx, theme, below, commands),
        Some(ask) => {
            files.ask(ctx, ask, Begin::of(state));
            state.prompts.mark_asked();
        }
        None => {}
    }
    if let Some(why) = state.prompts.failed() {
        failure(ctx, theme, why, state.prompts.instead(), commands);
    }
}

fn take_theirs(ctx: &Context, theme: &Theme, commands: &mut Vec<Command>) {
    let words = "Your changes that are not saved give way to it. Undo brings them back.";
    let all = [FileCommand::TakeTheirsNow, FileCommand::KeepWorking].map(Command::File);
    sheet(ctx, "theirs", "Take the file as it is on the disk?", words, |ui| {
        choose(ui, theme, &all, &Command::File(FileCommand::KeepWorking), commands);
    });
}

fn unsaved(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    sheet(ctx, "unsaved", "Save your changes?", &state.workspace.unsaved_words(), |ui| {
        choose(
            ui,
            theme,
            &[
                Command::File(FileCommand::SaveAndContinue),
                Command::File(FileCommand::DiscardAndContinue),
                Command::File(FileCommand::KeepWorking),
            ],
            &Command::File(FileCommand::KeepWorking),
            commands,
        );
    });
}

fn kept(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    sheet(ctx, "kept", "Your work is still here", &state.tasks.kept_words(), |ui| {
        choose(
            ui,
            theme,
            &[
                Command::Recovery(RecoveryCommand::Restore),
                Command::Recovery(RecoveryCommand::Discard),
                Command::Recovery(RecoveryCommand::Leave),
            ],
            &Command::Recovery(RecoveryCommand::Leave),
            commands,
        );
    });
}

/// What writes something under a name that is offered instead of the chosen one.
fn write_instead((what, path): (Written, PathBuf)) -> Command {
    match what {
        Written::Document => Command::File(FileCommand::SaveInstead(path)),
        Written::Return | Written::Pdf => Command::Publish(PublishCommand::ExportInstead(path)),
        Written::ClosingReturn => Command::Period(PeriodCommand::WriteInstead(path)),
        Written::Picture(_) => Command::Publish(PublishCommand::PictureInstead(path)),
        Written::Form => Command::Form(FormCommand::SaveTo(path)),
    }
}

fn rows_below(ctx: &Context, theme: &Theme, below: &Below, commands: &mut Vec<Command>) {
    let fates: Vec<Command> = below.fates().into_iter().map(|fate| Command::Row(RowCommand::DeleteHeading(fate))).collect();
    wide_sheet(ctx, "rows below", "What becomes of the rows below?", &below.words, |ui| {
        choose(ui, theme, &fates, &Command::Row(RowCommand::DeleteHeading(Fate::Keep)), commands);
    });
}

fn unaccepted(ctx: &Context, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
    let Some(import) = state.review.import() else { return commands.push(Command::Import(ImportCommand::KeepReviewing)) };
    let (title, words) = if import.is_corrected() {
        ("Discard your corrections?", format!("You corrected how “{}” is read, and have not accepted it yet.", import.name))
    } else {
        ("Discard this import?", format!("The tables of “{}” are not in the document yet.", import.name))
    };
    sheet(ctx, "unaccepted", title, &words, |ui| {
        choose(
            ui,
            theme,
            &[Command::Import(ImportCommand::KeepReviewing), Command::Import(ImportCommand::Discard)],
            &Command::Import(ImportCommand::KeepReviewing),
            commands,
        );
    });
}

fn failure(ctx: &Context, theme: &Theme, why: &str, instead: Option<&Command>, commands: &mut Vec<Command>) {
    // The first is what Enter chooses, so a list of files is not shortened by it.
    let all: Vec<Command> = match instead {
        None => vec![Command::File(FileCommand::DismissError)],
        Some(forget @ Command::File(FileCommand::ForgetRecent(_))) => vec![Command::File(FileCommand::DismissError), forget.clone()],
        Some(instead) => vec![instead.clone(), Command::File(FileCommand::DismissError)],
    };
    sheet(ctx, "failed", "That did not work", why, |ui| {
        choose(ui, theme, &all, &Command::File(FileCommand::DismissError), commands);
    });
}

/// A sheet over the window with a title, words and buttons.
fn sheet(ctx: &Context, id: &str, title: &str, words: &str, buttons: impl FnOnce(&mut Ui)) {
    sheet_so_wide(440.0, ctx, id, title, words, buttons);
}

/// The same, with room for longer buttons.
fn wide_sheet(ctx: &Context, id: &str, title: &str, words: &str, buttons: impl FnOnce(&mut Ui)) {
    sheet_so_wide(620.0, ctx, id, title, words, buttons);
}

fn sheet_so_wide(width: f32, ctx: &Context, id: &str, title: &str, words: &str, buttons: impl FnOnce(&mut Ui)) {
    // A list that is open takes Escape for itself, and is closed before the buttons are asked.
    let list_is_open = Popup::is_any_open(ctx);
    ctx.data_mut(|data| data.insert_temp(Id::unique(LIST_WAS_OPEN), list_is_open));
    let shown = Modal::new(Id::unique(id)).frame(Frame::window(&ctx.global_style())).show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 48.0));
        ui.label(RichText::new(title).font(theme::semibold(theme::TITLE_SIZE)));
        if !words.is_empty() {
            ui.add(Label::new(words).wrap());
        }
        ui.add_space(8.0);
        ui.horizontal_wrapped(buttons);
    });
    ctx.accesskit_node_builder(shown.response.id, |node| {
        node.set_role(AccessRole::Dialog);
        node.set_modal();
        node.set_label(title.to_owned());
        node.set_description(words.to_owned());
    });
}

/// By which it is known whether a list was open before a sheet was drawn.
const LIST_WAS_OPEN: &str = "list was open before the sheet";

/// What Enter does in a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Enter {
    /// It chooses the first button wherever the keyboard is, unless that is in another button: where there is at most one field.
    ChoosesFirst,
    /// It is for what has the keyboard: where there are other things to choose.
    IsForWhatHasIt,
}

/// The buttons of a sheet with at most one field.
fn choose(ui: &mut Ui, theme: &Theme, all: &[Command], escape: &Command, commands: &mut Vec<Command>) {
    choose_by(ui, theme, Enter::ChoosesFirst, all, escape, commands);
}

/// The buttons of a sheet, the first of which does what most will want; and what was chosen of them. Enter chooses the first unless the
/// keyboard is in another, and Escape the one that changes nothing.
fn choose_by(ui: &mut Ui, theme: &Theme, enter: Enter, all: &[Command], escape: &Command, commands: &mut Vec<Command>) {
    let mut chosen = None;
    let mut elsewhere = false;
    for (at, command) in all.iter().enumerate() {
        let button = if at == 0 {
            let words = RichText::new(command.text()).font(theme::semibold(14.0)).color(theme.on_accent);
            Button::new(words).fill(theme.accent)
        } else {
            Button::new(command.text())
        };
        let response = ui.add(button.min_size(vec2(0.0, 32.0)));
        if at == 0 {
            // The keyboard, and with it a screen reader, comes to the sheet.
            if ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            focus::around(ui, &response);
            let other = ui.memory(Memory::focused).is_some_and(|held| held != response.id);
            elsewhere |= enter == Enter::IsForWhatHasIt && other;
        }
        elsewhere |= at > 0 && response.has_focus();
        if response.clicked() {
            chosen = Some(command);
        }
    }
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    let list_was_open = ui.data(|data| data.get_temp::<bool>(Id::unique(LIST_WAS_OPEN))).unwrap_or_default();
    if chosen.is_none() && pressed(Key::Escape) && !list_was_open {
        chosen = Some(escape);
    } else if chosen.is_none() && pressed(Key::Enter) && !elsewhere {
        chosen = all.first();
    }
    commands.extend(chosen.cloned());
}
