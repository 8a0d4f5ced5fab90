//! Charts on the screen: draws plain chart data, and gives a whole chart as a picture. Works out no figure of its own.

mod bullet;
mod canvas;
mod control;
mod history;
mod legend;
mod multiples;
pub mod picture;
mod reading;
mod scale;

mod svg;
mod time_axis;
mod timeline;
mod tracker;
mod trend;
mod words;

use eframe::egui::{Align, Button, Layout, Ui};
use jiff::civil::Date;

use super::theme::{SMALL_SIZE, TITLE_SIZE, Theme, semibold};
use crate::charts::ChartData;
use crate::model::{ColumnId, RowId};

pub use bullet::bullet;
pub use control::control;
pub use multiples::multiples;
pub use timeline::timeline;
pub use tracker::tracker;
pub use trend::trend;

/// What its user wants done with a chart's picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureAction {
    Copy,
    SavePng,
    SaveSvg,
}

/// A chart's title with its picture buttons; returns the one that was pressed.
pub fn heading(ui: &mut Ui, theme: &Theme, chart: &ChartData) -> Option<PictureAction> {
    let mut pressed = None;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (text, tip, action) in [
                ("Save as SVG", "Save the whole chart as a drawing that stays sharp at any size", PictureAction::SaveSvg),
                ("Save as PNG", "Save the whole chart as a picture file", PictureAction::SavePng),
                ("Copy picture", "Put the whole chart on the clipboard as a picture", PictureAction::Copy),
            ] {
                let text = eframe::egui::RichText::new(text).size(SMALL_SIZE);
                if ui.add(Button::new(text)).on_hover_text(tip).clicked() {
                    pressed = Some(action);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let title = eframe::egui::RichText::new(chart.title()).font(semibold(TITLE_SIZE)).color(theme.text);
                ui.add(eframe::egui::Label::new(title).truncate());
            });
        });
    });
    pressed
}

/// What its user did with a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartAction {
    /// Chose a row.
    Select(RowId),
    /// Moved an action's end to a day.
    MoveEnd(RowId, ColumnId, Date),
}

/// Draws any chart in the space there is; returns what was done with it.
pub fn draw(ui: &mut Ui, theme: &Theme, chart: &ChartData) -> Option<ChartAction> {
    match chart {
        ChartData::Bullet(chart) => bullet(ui, theme, chart).map(ChartAction::Select),
        ChartData::Multiples(chart) => multiples(ui, theme, chart).map(ChartAction::Select),
        ChartData::Timeline(chart) => timeline(ui, theme, chart),
        ChartData::Trend(chart) => {
            trend(ui, theme, chart, true);
            None
        }
        ChartData::Control(chart) => {
            control(ui, theme, chart, true);
            None
        }
        ChartData::Tracker(chart) => {
            tracker(ui, theme, chart, true);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::{Harness, kittest::Queryable as _};

    use super::super::theme;
    use super::*;
    use crate::charts::{ALL, Subject};
    use crate::insight::{AsOf, Insight, seed};

    /// Every chart of the seed, and one of each with nothing in it.
    fn charts() -> Vec<ChartData> {
        let full = seed::document();
        let mut empty = seed::document();
        empty.tables[2].rows.truncate(1);
        empty.tables[3].rows.clear();
        let mut charts = Vec::new();
        for document in [&full, &empty] {
            let insight = Insight::of(document, AsOf::default());
            for table in &document.tables {
                for row in [None].into_iter().chain(table.rows.iter().take(9).map(|row| Some(row.id))) {
                    let subject = Subject { table: table.id, row };
                    charts.extend(ALL.iter().filter_map(|chart| (chart.of)(document, &insight, subject)));
                }
            }
        }
        charts
    }

    fn harness<'a>(chart: ChartData, clicked: &'a std::cell::Cell<Option<RowId>>, size: [f32; 2]) -> Harness<'a> {
        let mut ready = false;
        Harness::builder().with_size(size).build_ui(move |ui| {
            if !std::mem::replace(&mut ready, true) {
                theme::install(ui.ctx());
                return;
            }
            heading(ui, &theme::LIGHT, &chart);
            if let Some(ChartAction::Select(row)) = draw(ui, &theme::LIGHT, &chart) {
                clicked.set(Some(row));
            }
        })
    }

    #[test]
    fn every_chart_is_drawn_in_any_space() {
        let clicked = std::cell::Cell::new(None);
        for chart in charts() {
            for size in [[1280.0, 720.0], [300.0, 200.0], [40.0, 20.0]] {
                harness(chart.clone(), &clicked, size).run();
            }
        }
    }

    #[test]
    fn a_kpi_can_be_found_and_clicked_by_its_words() {
        let clicked = std::cell::Cell::new(None);
        let chart = charts().into_iter().find(|chart| matches!(chart, ChartData::Bullet(_))).expect("a bullet chart");
        let mut harness = harness(chart, &clicked, [1280.0, 720.0]);
        harness.run();
        harness.get_by_label_contains("13 Measure 13: current 85%, target 90%, near target").click();
        harness.run();
        assert_eq!(clicked.get(), Some(RowId(13)));
    }

    #[test]
    fn a_period_can_be_read_by_its_words() {
        let clicked = std::cell::Cell::new(None);
        let chart = charts().into_iter().find(|chart| matches!(chart, ChartData::Tracker(_))).expect("a tracker");
        let mut harness = harness(chart, &clicked, [800.0, 400.0]);
        harness.run();
        harness.get_by_label_contains("May 18: 35 in all");
    }
}
