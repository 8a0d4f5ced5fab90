//! One KPI over time: a line through its readings, each with its rating and figure, the target of each period and what may be missed.

use eframe::egui::{Align2, Id, Ui, pos2, vec2};

use super::super::theme::{SMALL_SIZE, Theme, plain, semibold};
use super::canvas::{Canvas, Wheel, words_at_whole_numbers};
use super::legend::{How, legend};
use super::scale::Scale;
use super::words::put;
use super::{history, reading};
use crate::charts::TrendChart;

/// Room for the target's name on the right, in points.
const NAMES: f32 = 104.0;
/// Room for the remark below, in points.
const BELOW: f32 = 24.0;

/// Draws a KPI's history in the space there is.
pub fn trend(ui: &mut Ui, theme: &Theme, chart: &TrendChart, live: bool) {
    let size = vec2(ui.available_width(), ui.available_height().clamp(180.0, 420.0));
    let id = Id::unique(("trend", chart.table, chart.row));
    let amounts = chart.amounts();
    let remark = if chart.remark.is_empty() { &chart.why } else { &chart.remark };
    let top = ui.cursor().min;
    if amounts.is_empty() || size.x < NAMES + 120.0 {
        let (_, rect) = ui.allocate_space(vec2(size.x, BELOW));
        put(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, remark, plain(SMALL_SIZE), theme.muted, rect.width());
        return;
    }
    let series = legend(ui, theme, id, How::of(live), history::swatches(theme));
    let [readings, targets, _] = series;
    let periods: Vec<&str> = chart.readings.iter().map(|reading| &*reading.period).collect();
    let canvas = Canvas {
        id,
        words: format!("{}, {} readings", chart.title, chart.readings.len()),
        whole: history::whole(&Scale::holding(&amounts, 4), chart.readings.len()),
        size: vec2(size.x - NAMES, (size.y - BELOW - super::legend::HEIGHT - 16.0).max(90.0)),
        bottom: &|ui, from_to, width| words_at_whole_numbers(ui, from_to, width, &periods),
        left: Some(&|amount| chart.show(amount)),
        wheel: if live { Wheel::Alone } else { Wheel::Never },
    };
    let shown = canvas.show(ui, theme, |plot| history::series(plot, theme, chart, series));
    let points = if readings { history::points(chart, |_, reading| history::words(reading)) } else { Vec::new() };
    let at = reading::read(ui, id, &shown, &points);
    if readings {
        history::marks(ui.painter(), theme, &shown, chart, at, 6.0);
    }
    let present = chart.readings.last().and_then(|reading| reading.target.as_ref()).or(chart.target.as_ref());
    if let Some(target) = present.filter(|_| targets) {
        let y = shown.at(0.0, target.high).y;
        if shown.frame().y_range().contains(y) {
            let place = pos2(shown.frame().right() + 8.0, y);
            put(
                ui.painter(),
                place,
                Align2::LEFT_CENTER,
                &format!("Target {}", target.text),
                semibold(SMALL_SIZE),
                theme.text,
                NAMES - 8.0,
            );
        }
    }
    let (_, rect) = ui.allocate_space(vec2(size.x, BELOW));
    put(ui.painter(), rect.left_center(), Align2::LEFT_CENTER, remark, plain(SMALL_SIZE), theme.muted, rect.right() - top.x);
}
