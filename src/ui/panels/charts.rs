//! The charts below a KPI table or a history. Drawn from the same figures as the grid, so they follow each edit.

use std::borrow::Cow;

use eframe::egui::{Button, Frame, Margin, Panel, Stroke, Ui, vec2};

use crate::{
    app::{
        command::{Command, Cursor, EditCommand, HelpCommand, PublishCommand, ViewCommand},
        export::picture_name,
        file_extension::PictureKind,
        move_end::move_end,
        publishing::figures_of_others,
        state::State,
    },
    charts::{ALL, Chart, ChartData, Subject},
    model::{Role, Row, RowId, RowKind, TableId},
    ui::{
        plot::{self, ChartAction, PictureAction, picture},
        theme::Theme,
    },
};

/// The charts panel as its user left it.
#[derive(Debug, Default)]
pub(crate) struct ChartsPanel {
    /// Which of the charts of a table is in view.
    chosen: usize,
    /// The chart last worked out, and for which state; nothing where there is nothing to draw it of.
    drawn: Option<(Key, Option<ChartData>)>,
}

/// What charts depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    revision: u64,
    insight: usize,
    table: TableId,
    row: Option<RowId>,
    chart: &'static str,
}

/// A chart without what is hidden in the workbook, and whether that left anything out; none where all of it is hidden.
fn in_sight(state: &State, kind: &Chart, chart: &ChartData, subject: Subject) -> Option<(ChartData, bool)> {
    match state.workspace.in_sight_of_others() {
        Cow::Borrowed(_) => Some((chart.clone(), false)),
        Cow::Owned(document) => {
            let insight = figures_of_others(&state.workspace, &state.view, &document);
            let seen = (kind.of)(&document, &insight, subject)?;
            let differs = seen != *chart;
            Some((seen, differs))
        }
    }
}

/// Puts a chart's picture on the clipboard, or asks where it is saved.
fn take_picture(ui: &Ui, action: PictureAction, chart: &ChartData, marking: &str, left_out: bool) -> Command {
    let save = |kind: PictureKind, bytes| Command::Publish(PublishCommand::SavePicture(kind, picture_name(chart.title(), kind), bytes));
    match action {
        PictureAction::Copy => {
            ui.ctx().copy_image(picture::of(chart, marking));
            let without = if left_out { ", without what is hidden in the workbook" } else { "" };
            Command::Help(HelpCommand::Say(format!("Copied the chart as a picture{without}")))
        }
        PictureAction::SavePng => match picture::png(&picture::of(chart, marking)) {
            Ok(png) => save(PictureKind::Png, png),
            Err(error) => Command::Help(HelpCommand::Fail(format!("The picture could not be made ({error}). Copy it instead."))),
        },
        PictureAction::SaveSvg => save(PictureKind::Svg, picture::svg(chart, marking).into_bytes()),
    }
}

impl ChartsPanel {
    /// Draws the charts of the table in view.
    pub(crate) fn show(&mut self, ui: &mut Ui, theme: &Theme, state: &State, commands: &mut Vec<Command>) {
        let Some(table) = state.table().filter(|table| state.view.shows_charts(table.kind)) else { return };
        let offered: Vec<&'static Chart> = ALL.iter().filter(|chart| chart.of_kind == table.kind).collect();
        let Some(chart) = offered.get(self.chosen.min(offered.len().saturating_sub(1))) else { return };
        let is_kpi = |row: &&Row| row.kind == RowKind::Entry;
        let at_cursor = state.view.cursor().filter(|cursor| cursor.table == table.id).and_then(|cursor| table.row(cursor.row));
        let row = at_cursor.filter(is_kpi).or_else(|| table.rows.iter().find(is_kpi)).map(|row| row.id);
        let insight = std::sync::Arc::as_ptr(state.workspace.insight()) as usize;
        let key =
            Key { revision: state.workspace.revision(), insight, table: table.id, row: row.filter(|_| chart.of_row), chart: chart.name };
        let subject = Subject { table: table.id, row };
        if self.drawn.as_ref().is_none_or(|(drawn, _)| *drawn != key) {
            self.drawn = Some((key, (chart.of)(state.workspace.document(), state.workspace.insight(), subject)));
        }
        let data = self.drawn.as_ref().and_then(|(_, data)| data.as_ref());
        // A table of this kind that has none of the figures of its one chart.
        if data.is_none() && offered.len() == 1 {
            return;
        }
        let height = ui.available_height();
        let frame = Frame::new().fill(theme.background).inner_margin(Margin { left: 16, right: 16, top: 10, bottom: 8 });
        let panel = Panel::bottom("charts")
            .default_size((height * 0.52).min(540.0))
            .size_range(160.0..=(height - 180.0).max(200.0))
            .resizable(true);
        let chosen = &mut self.chosen;
        panel.frame(frame.stroke(Stroke::new(1.0, theme.hairline))).show(ui, |ui| {
            if offered.len() > 1 {
                choice(ui, &offered, chosen);
            }
            let Some(data) = data else {
                ui.colored_label(theme.muted, "There is nothing to draw here yet. Add a row to the table.");
                return;
            };
            if let Some(action) = plot::heading(ui, theme, data) {
                commands.push(match in_sight(state, chart, data, subject) {
                    Some((chart, left_out)) => take_picture(ui, action, &chart, &state.workspace.marking(), left_out),
                    None => Command::Help(HelpCommand::Say(
                        "What this chart shows is hidden in the workbook, so no picture was made of it".to_owned(),
                    )),
                });
            }
            match plot::draw(ui, theme, data) {
                Some(ChartAction::Select(row)) => {
                    let shown = [Role::Current, Role::Action].into_iter().find_map(|role| table.role_position(role));
                    let column = shown.map(|at| table.columns[at].id);
                    commands.push(Command::View(ViewCommand::Select(Cursor { table: table.id, row, column })));
                }
                Some(ChartAction::MoveEnd(row, column, to)) => {
                    let moved = move_end(table, row, column, to);
                    commands.extend(moved.map(|(name, change)| Command::Edit(EditCommand::Make(name, vec![change]))));
                }
                None => {}
            }
        });
    }
}

/// Which of the charts of a table is in view.
fn choice(ui: &mut Ui, offered: &[&'static Chart], chosen: &mut usize) {
    *chosen = (*chosen).min(offered.len() - 1);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (at, chart) in offered.iter().enumerate() {
            let button = Button::new(chart.label).selected(*chosen == at).frame_when_inactive(*chosen == at).min_size(vec2(0.0, 26.0));
            if ui.add(button).clicked() {
                *chosen = at;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::jobs::Wake, model::TableKind, store::Folder};

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
        let (seen, left_out) = in_sight(&state, &ALL[0], &whole, Subject { table: id, row: None }).unwrap();
        assert!(left_out && !seen.text().contains("Secret share") && !seen.text().is_empty());
        let multiples = chart(1, None).unwrap();
        let (seen, _) = in_sight(&state, &ALL[1], &multiples, Subject { table: id, row: None }).unwrap();
        assert!(multiples.text().contains("Secret share") && !seen.text().contains("Secret share"));
        for at in [2, 3] {
            let own = chart(at, Some(row)).unwrap();
            assert!(in_sight(&state, &ALL[at], &own, Subject { table: id, row: Some(row) }).is_none(), "all of it is hidden");
        }
    }
}
