//! The title above a grid: what it shows and how much of it there is.

use eframe::egui::{Frame, Margin, RichText, Ui};

use crate::{
    app::{
        command::{Command, ViewCommand},
        state::State,
    },
    insight::StatusCounts,
    model::{Table, TableKind},
    ui::theme::{self, Theme},
};

/// Draws the title line.
pub(crate) fn show(ui: &mut Ui, theme: &Theme, state: &State, table: &Table, commands: &mut Vec<Command>) {
    // A low window leaves the room to the grid.
    let low = ui.available_height() < 400.0;
    let (top, bottom) = if low { (4, 4) } else { (10, 8) };
    Frame::new().inner_margin(Margin { left: 16, right: 16, top, bottom }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(super::sidebar::name_of(table)).font(theme::semibold(theme::TITLE_SIZE)));
            ui.label(RichText::new(about(state, table)).color(theme.muted));
            let hidden = state.view_of(table).hidden_count(table);
            if hidden > 0 {
                let words = if hidden == 1 { "1 column is hidden".to_owned() } else { format!("{hidden} columns are hidden") };
                if ui.add(eframe::egui::Link::new(words)).on_hover_text(Command::View(ViewCommand::ShowColumns).tooltip()).clicked() {
                    commands.push(Command::View(ViewCommand::ShowColumns));
                }
            }
            let overdue = state.workspace.insight().overdue.iter().filter(|late| late.place.table == Some(table.id)).count();
            if overdue > 0 {
                let words = if overdue == 1 {
                    "1 line is past its end date".to_owned()
                } else {
                    format!("{overdue} lines are past their end date")
                };
                let words = RichText::new(words).color(theme.minor_problems.mark);
                if ui.add(eframe::egui::Link::new(words)).clicked() {
                    commands.extend(
                        state
                            .workspace
                            .insight()
                            .overdue
                            .iter()
                            .find(|late| late.place.table == Some(table.id))
                            .map(|late| Command::View(ViewCommand::GoTo(late.place.clone()))),
                    );
                }
                if let Some(judged) = state.workspace.insight().plan(table.id).and_then(|plan| plan.judged) {
                    let when = if low { judged.on() } else { judged.when() };
                    super::judged::show(ui, theme, &when, commands).on_hover_text(format!("Judged {}", judged.when()));
                }
            }
        });
    });
}

/// How much is in a table.
fn about(state: &State, table: &Table) -> String {
    let counts = match table.kind {
        TableKind::Plan => state.workspace.insight().plan(table.id).map_or_else(String::new, |plan| status_lines(&plan.counts)),
        TableKind::Kpi => {
            let [green, amber, red, grey] = state.workspace.insight().rating_counts(table.id);
            format!("{} KPIs: {green} green, {amber} amber, {red} red, {grey} not comparable", table.rows.len())
        }
        TableKind::History => format!("{} periods", table.columns.len().saturating_sub(1)),
        TableKind::Register => format!("{} rows", table.rows.len()),
    };
    format!("{counts}{}", state.workspace.insight().hidden_words(table.id))
}

/// How many actions there are and how many lines state a status.
pub(crate) fn status_lines(counts: &StatusCounts) -> String {
    let stated = counts.line_count - counts.without_status;
    let rest = if counts.without_status == 0 { String::new() } else { format!(", {} without a status", counts.without_status) };
    format!("{} actions, {stated} status lines{rest}", counts.action_count)
}
