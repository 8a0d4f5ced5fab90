//! The sheets about the password of a workbook: which it is, and whether a file goes without. Keeps what is typed no longer than it is open.

use std::path::Path;

use eframe::egui::{Context, Id, TextEdit, widgets::text_edit::TextEditState};

use super::{choose, sheet, wide_sheet};
use crate::{
    app::{
        command::{Command, FileCommand},
        passwords::{NeedsPassword, Password},
    },
    store::shortened,
    ui::theme::Theme,
};

/// What is typed, and whether its field was given the keyboard.
#[derive(Clone, Default)]
struct Draft {
    typed: String,
    begun: bool,
}

/// Asks for the password of a workbook.
pub(super) fn show(ctx: &Context, theme: &Theme, locked: &NeedsPassword, commands: &mut Vec<Command>) {
    let name = shortened(&locked.path);
    let words = if locked.wrong {
        format!("That is not the password of {name}. Type it again; capitals count.")
    } else {
        format!("{name} has a password to open. It is saved under the same password, which plandesk keeps nowhere.")
    };
    wide_sheet(ctx, "password", "What is the password?", &words, |ui| {
        let id = Id::unique(("draft of the password", &locked.path, locked.wrong));
        let mut draft: Draft = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        let field = ui.add(TextEdit::singleline(&mut draft.typed).password(true).hint_text("Password").desired_width(190.0));
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_label("Password"));
        if !std::mem::replace(&mut draft.begun, true) {
            field.request_focus();
        }
        let before = commands.len();
        let open = Command::File(FileCommand::Unlock(Password::new(draft.typed.clone())));
        let keep = Command::File(FileCommand::KeepWorking);
        choose(ui, theme, &[open, keep.clone()], &keep, commands);
        ui.data_mut(|data| {
            if commands.len() > before {
                // What was typed is not to come back by undo either.
                data.remove::<Draft>(id);
                data.insert_persisted(field.id, TextEditState::default());
            } else {
                data.insert_temp(id, draft);
            }
        });
    });
}

/// Asks whether a file without a password is written of a workbook that has one.
pub(super) fn in_the_clear(ctx: &Context, theme: &Theme, path: &Path, commands: &mut Vec<Command>) {
    let words = format!(
        "The workbook has a password, and a plandesk file has none: whoever can open {} can read all of it. Save as a workbook to keep the \
         password.",
        shortened(path)
    );
    let all = [FileCommand::KeepWorking, FileCommand::SaveInTheClear(path.to_path_buf())].map(Command::File);
    sheet(ctx, "in the clear", "Save without the password?", &words, |ui| {
        choose(ui, theme, &all, &Command::File(FileCommand::KeepWorking), commands);
    });
}
