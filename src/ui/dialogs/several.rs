//! The sheets that ask what goes into every selected row: a lead, or by how many months dates move.

use eframe::egui::{Context, DragValue, Id, Response, TextEdit, Ui};

use super::{choose, sheet};
use crate::{
    app::command::{CellCommand, Command, FileCommand},
    ui::theme::Theme,
};

/// What is typed in a sheet while it is open.
#[derive(Clone, Debug)]
struct Draft {
    name: String,
    months: i32,
    /// False until its field was given the keyboard.
    begun: bool,
}

/// Asks who leads the selected rows.
pub(super) fn lead(ctx: &Context, theme: &Theme, commands: &mut Vec<Command>) {
    sheet(ctx, "lead", "Who leads the selected rows?", "The name replaces the lead of each of them, as one step.", |ui| {
        let ask =
            |ui: &mut Ui, draft: &mut Draft| ui.add(TextEdit::singleline(&mut draft.name).hint_text("Name or team").desired_width(190.0));
        asked(ui, theme, "Lead", ask, |draft| Command::Cells(CellCommand::SetLead(Some(draft.name.trim().to_owned()))), commands);
    });
}

/// Asks by how many months the dates of the selected rows move.
pub(super) fn months(ctx: &Context, theme: &Theme, commands: &mut Vec<Command>) {
    sheet(ctx, "months", "Move the dates of the selected rows?", "Starts and ends move alike. A minus sign moves them back.", |ui| {
        let ask = |ui: &mut Ui, draft: &mut Draft| {
            let field = ui.add(DragValue::new(&mut draft.months).range(-600..=600));
            ui.label("months");
            field
        };
        asked(ui, theme, "Months", ask, |draft| Command::Cells(CellCommand::MoveDates(Some(draft.months))), commands);
    });
}

/// A field with its buttons. What was typed is forgotten when one of them is chosen.
fn asked(
    ui: &mut Ui,
    theme: &Theme,
    name: &str,
    ask: impl FnOnce(&mut Ui, &mut Draft) -> Response,
    command: impl FnOnce(&Draft) -> Command,
    commands: &mut Vec<Command>,
) {
    let id = Id::unique("draft of several");
    let mut draft = ui.data(|data| data.get_temp(id)).unwrap_or(Draft { name: String::new(), months: 1, begun: false });
    let field = ask(ui, &mut draft);
    ui.ctx().accesskit_node_builder(field.id, |node| node.set_label(name.to_owned()));
    if !std::mem::replace(&mut draft.begun, true) {
        field.request_focus();
    }
    let before = commands.len();
    choose(ui, theme, &[command(&draft), Command::File(FileCommand::KeepWorking)], &Command::File(FileCommand::KeepWorking), commands);
    ui.data_mut(|data| {
        if commands.len() > before {
            data.remove::<Draft>(id);
        } else {
            data.insert_temp(id, draft);
        }
    });
}
