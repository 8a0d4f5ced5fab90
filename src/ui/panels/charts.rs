//! The charts below a KPI table or a history. Drawn from the same figures as the grid, so they follow each edit.

use std::borrow::Cow;

use eframe::egui::{Button, Frame, Margin, Panel, Stroke, Ui, vec2};

use crate::{
    app::{
        command::{Command, Cursor, HelpCommand, PublishCommand, ViewCommand},
        export::picture_name,
        publishing::figures_of_others,
        state::State,
    },
    charts::{ALL, ChartData, Subject},
    model::{RowId, TableId, TableKind},
    ui::{
        plot::{self, PictureAction, picture},
        theme::Theme,
    },
};

/// The charts panel as its user left it.
#[derive(Debug, Default)]
pub(crate) struct ChartsPanel {
    /// Which of the charts of a table is in view.
    chosen: usize,
    /// The charts last worked out, and for which state.
    drawn: Option<(Key, Vec<(&'static str, ChartData)>)>,
}

/// What charts depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    revision: u64,
    insight: usize,
    table: TableId,
    row: Option<RowId>,
}

/// A chart without what is hidden in the workbook, and whether that left anything out; none where all of it is hidden.
fn in_sight(state: &State, label: &str, chart: &ChartData, subject: Subject) -> Option<(ChartData, bool)> {
    match state.workspace.in_sight_of_others() {
        Cow::Borrowed(_) => Some((chart.clone(), false)),
        Cow::Owned(document) => {
            let insight = figures_of_others(&state.workspace, &state.view, &document);
            let seen = ALL.iter().find(|chart| chart.label == label).and_then(|chart| (chart.of)(&document, &insight, subject))?;
            let differs = seen != *chart;
            Some((seen, differs))
        }
    }
}

/// Puts a chart's picture on the clipboard, or asks where it is saved.
fn take_picture(ui: &Ui, action: PictureAction, chart: &ChartData, marking: &str, left_out: bool) -> Command {
    let picture = picture::of(chart, marking);
    match action {
        PictureAction::Copy => {
            ui.ctx().copy_image(picture);
            let without = if left_out { ", without what is hidden in the workbook" } else { "" };
            Command::Help(HelpCommand::Say(format!("Copied the chart as a picture{without}")))
        }
        PictureAction::Save => match picture::png(&picture) {
            Ok(png) => Command::Publish(PublishCommand::SavePicture(picture_name(chart.title()), png)),
            Err(error) => Command::Help(HelpCommand::Fail(format!("The picture could not be made ({error}). Copy it instead."))),
        },
    }
}

impl ChartsPanel {
    /// Draws the charts of the table in view.
    pub(crate) fn show(&mut self, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
        let Some(table) =
            state.table().filter(|table| state.view.shows_charts() && matches!(table.kind, TableKind::Kpi | TableKind::History))
        else {
            return;
        };
        let row = state.view.cursor().filter(|cursor| cursor.table == table.id).map(|cursor| cursor.row);
        let row = row.or_else(|| table.rows.first().map(|row| row.id));
        let insight = std::sync::Arc::as_ptr(state.workspace.insight()) as usize;
        let key = Key { revision: state.workspace.revision(), insight, table: table.id, row };
        if self.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != key) {
            let subject = Subject { table: table.id, row };
            let charts = ALL
                .iter()
                .filter_map(|chart| Some((chart.label, (chart.of)(state.workspace.document(), state.workspace.insight(), subject)?)));
            self.drawn = Some((key, charts.collect()));
        }
        let Some((_, charts)) = self.drawn.as_ref().filter(|(_, charts)| !charts.is_empty()) else { return };
        let height = ui.available_height();
        let frame = Frame::new().fill(theme.background).inner_margin(Margin { left: 16, right: 16, top: 10, bottom: 8 });
        let panel = Panel::bottom("charts")
            .default_size((height * 0.52).min(540.0))
            .size_range(160.0..=(height - 180.0).max(200.0))
            .resizable(true);
        let chosen = &mut self.chosen;
        panel.frame(frame.stroke(Stroke::new(1.0, theme.hairline))).show(ui, |ui| {
            *chosen = (*chosen).min(charts.len() - 1);
            if charts.len() > 1 {
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 4.0;
                    for (at, (label, _)) in charts.iter().enumerate() {
                        if ui
                            .add(Button::new(*label).selected(*chosen == at).frame_when_inactive(*chosen == at).min_size(vec2(0.0, 26.0)))
                            .clicked()
                        {
                            *chosen = at;
                        }
                    }
                });
            }
            let (label, chart) = &charts[*chosen];
            if let Some(action) = plot::heading(ui, theme, chart) {
                commands.push(match in_sight(state, label, chart, Subject { table: table.id, row }) {
                    Some((chart, left_out)) => take_picture(ui, action, &chart, &state.workspace.marking(), left_out),
                    None => Command::Help(HelpCommand::Say(
                        "What this chart shows is hidden in the workbook, so no picture was made of it".to_owned(),
                    )),
                });
            }
            if let Some(row) = plot::draw(ui, theme, chart) {
                let column = table.columns.iter().find(|column| column.role == Some(crate::model::Role::Current)).map(|column| column.id);
                commands.push(Command::View(ViewCommand::Select(Cursor { table: table.id, row, column })));
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::jobs::Wake, model::Role, store::Folder};

    #[test]
    fn a_picture_shows_no_kpi_that_is_hidden_in_the_workbook() {
        let mut state = State::new(Folder::nowhere(), Wake::default());
        let mut document = (**state.workspace.document()).clone();
        let kpis = document.tables.iter_mut().find(|table| table.kind == TableKind::Kpi).unwrap();
        let (name, row) = (kpis.role_position(Role::Kpi).unwrap(), kpis.rows[1].id);
        kpis.rows[1].cells[name].text = "Secret share".into();
        kpis.rows[1].hidden = true;
        let id = kpis.id;
        state.workspace.read_again(document);
        let chart = |at: usize, row| (ALL[at].of)(state.workspace.document(), state.workspace.insight(), Subject { table: id, row });
        let whole = chart(0, None).unwrap();
        assert!(whole.text().contains("Secret share"), "on the screen it is");
        let (seen, left_out) = in_sight(&state, ALL[0].label, &whole, Subject { table: id, row: None }).unwrap();
        assert!(left_out && !seen.text().contains("Secret share") && !seen.text().is_empty());
        let trend = chart(1, Some(row));
        let subject = Subject { table: id, row: Some(row) };
        assert!(trend.is_none_or(|trend| in_sight(&state, ALL[1].label, &trend, subject).is_none()), "all of it is hidden");
    }
}
