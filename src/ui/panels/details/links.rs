//! The KPIs a row speaks of, and the rows that speak of a KPI: each leads to its row.

use eframe::egui::{Button, RichText, Ui};

use super::heading;
use crate::{
    app::{
        command::{Command, ViewCommand},
        state::State,
    },
    insight::KpiLink,
    model::{Role, Row, Table},
    notes::Place,
    ui::theme::Theme,
};

/// Draws the KPIs that a row speaks of, or says that there are none.
pub(super) fn to_kpis(ui: &mut Ui, theme: &Theme, state: &State, links: &[KpiLink], commands: &mut Vec<Command>) {
    heading(ui, "Linked KPIs");
    if links.is_empty() {
        ui.weak("No linked KPIs");
    }
    let words = |table: &Table, row: &Row| {
        let text = |role: Role| table.cell(row, role).map_or("", |cell| &*cell.text).to_owned();
        let reference = text(Role::Ref);
        format!("{} {}: {}", if reference.is_empty() { "KPI" } else { reference.as_str() }, text(Role::Kpi), text(Role::Current))
    };
    list(ui, theme, state, (links, Role::Current), words, commands);
}

/// Draws the rows that speak of a KPI, where there are any.
pub(super) fn from_entries(ui: &mut Ui, theme: &Theme, state: &State, links: &[KpiLink], commands: &mut Vec<Command>) {
    if links.is_empty() {
        return;
    }
    heading(ui, "Linked rows");
    let words = |table: &Table, row: &Row| {
        let name = table.name_of(row);
        let action = table
            .cell(row, Role::Action)
            .map(|cell| &*cell.text)
            .filter(|text| !text.is_empty() && !text.starts_with(name.trim_end_matches('…')));
        action.map_or_else(|| name.clone(), |action| format!("{name} {action}"))
    };
    list(ui, theme, state, (links, Role::Action), words, commands);
}

/// One button a link, which leads to the column of a role.
fn list(
    ui: &mut Ui,
    theme: &Theme,
    state: &State,
    (links, role): (&[KpiLink], Role),
    words: impl Fn(&Table, &Row) -> String,
    commands: &mut Vec<Command>,
) {
    for link in links {
        let Some(table) = state.workspace.document().table(link.table) else { continue };
        let Some(at) = table.position(link.row) else { continue };
        let text = words(table, &table.rows[at]);
        ui.scope(|ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            if ui.add(Button::new(RichText::new(text).color(theme.accent)).wrap().frame(false)).on_hover_text(&table.name).clicked() {
                let column = table.role_position(role).unwrap_or(0);
                commands.push(Command::View(ViewCommand::GoTo(Place::cell(table, at, column))));
            }
        });
    }
}
