//! The KPIs a row speaks of, each of which leads to its row.

use eframe::egui::{Button, RichText, Ui};

use super::heading;
use crate::{
    app::{
        command::{Command, ViewCommand},
        state::State,
    },
    insight::KpiLink,
    model::Role,
    notes::Place,
    ui::theme::Theme,
};

/// Draws the links, or says that there are none.
pub fn show(ui: &mut Ui, theme: &Theme, state: &State, links: &[KpiLink], commands: &mut Vec<Command>) {
    heading(ui, "Linked KPIs");
    if links.is_empty() {
        ui.weak("No linked KPIs");
    }
    for link in links {
        let Some(table) = state.workspace.document.table(link.table) else { continue };
        let Some(at) = table.position(link.row) else { continue };
        let row = &table.rows[at];
        let reference = table.cell(row, Role::Ref).map_or("", |cell| &*cell.text);
        let words = table.cell(row, Role::Kpi).map_or("", |cell| &*cell.text);
        let current = table.cell(row, Role::Current).map_or("", |cell| &*cell.text);
        let text = format!("{} {words}: {current}", if reference.is_empty() { "KPI" } else { reference });
        ui.scope(|ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            if ui.add(Button::new(RichText::new(text).color(theme.accent)).wrap().frame(false)).on_hover_text(&table.name).clicked() {
                let column = table.role_position(Role::Current).unwrap_or(0);
                commands.push(Command::View(ViewCommand::GoTo(Place::cell(table, at, column))));
            }
        });
    }
}
