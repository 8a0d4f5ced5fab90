//! The bar above a grid whose refs a move or a delete left out of order: renumbers them or leaves them.

use eframe::egui::{Frame, Margin, RichText, Ui};

use crate::{
    app::{
        command::{Command, RowCommand},
        state::State,
    },
    model::{Table, TableKind},
    ui::theme::{self, Theme},
};

/// Draws the bar where renumbering is offered.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, commands: &mut Vec<Command>) {
    let Some(scope) = state.prompts.renumber_offered().filter(|scope| scope.table == table.id) else { return };
    let section = scope.section.and_then(|id| table.row(id));
    let what = match (section, table.kind) {
        (Some(row), _) => row.fields.first().map_or_else(|| "part".to_owned(), |field| field.label.trim_end_matches(':').to_lowercase()),
        (None, TableKind::Plan) => "plan".to_owned(),
        (None, TableKind::Kpi | TableKind::History | TableKind::Register) => "table".to_owned(),
    };
    Frame::new().fill(theme.selected).inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(format!("Renumber refs in this {what}?")).font(theme::semibold(theme::GRID_SIZE)));
            for (command, words) in [
                (Command::Row(RowCommand::RenumberRefs), "Renumber"),
                (Command::Row(RowCommand::LeaveRefs), Command::Row(RowCommand::LeaveRefs).text()),
            ] {
                if ui.button(words).on_hover_text(command.tooltip()).clicked() {
                    commands.push(command);
                }
            }
        });
    });
}
