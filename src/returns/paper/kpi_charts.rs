//! Charts of KPIs: a bar a KPI with its target as a mark, those of one unit on one scale. Rates nothing.

use super::{
    super::style::{PAPER, TARGET, rating_tone},
    looks::rating_sign,
};
use crate::{
    insight::{KpiStanding, show_figure},
    model::{Polarity, Unit, kinds::Side},
    paper::{Block, Drawing, Figure, Orientation, Shape},
};

/// A KPI that can be drawn: one with a number.
struct Bar<'kpi> {
    kpi: &'kpi KpiStanding,
    amount: f64,
    target: Option<f64>,
}

/// How high a row is, and how thick its bar.
const ROW: f32 = 19.0;
const THICK: f32 = 9.0;
/// Above the first row stand the ends of the scale.
const TOP: f32 = 14.0;
/// The room of names, as a part of the whole, and of figures in points.
const NAMES: f32 = 0.36;
const FIGURES: f32 = 96.0;
/// The most rows of one chart, so that it fits a page.
const MOST: usize = 20;
const SIZE: f32 = 8.5;

/// The charts of some KPIs, one for each unit and as many as there are rows for.
pub(super) fn blocks(kpis: &[KpiStanding]) -> Vec<Block> {
    let mut units: Vec<Unit> = Vec::new();
    for kpi in kpis.iter().filter(|kpi| kpi.amount.is_some_and(f64::is_finite)) {
        if !units.contains(&kpi.unit) {
            units.push(kpi.unit);
        }
    }
    let of_unit = |unit: &Unit| {
        let drawn = kpis.iter().filter(|kpi| kpi.unit == *unit);
        drawn
            .filter_map(|kpi| Some(Bar { kpi, amount: kpi.amount.filter(|amount| amount.is_finite())?, target: kpi.target_amount }))
            .collect::<Vec<_>>()
    };
    let charts = units.iter().flat_map(|unit| {
        let bars = of_unit(unit);
        // Without a target in sight, or alone, a bar says no more than its figure.
        let worth = bars.len() > 1 && bars.iter().any(|bar| bar.target.is_some());
        let scale = Scale::of(&bars);
        let charts: Vec<Block> = if worth { bars.chunks(MOST).map(|bars| chart(bars, scale, *unit)).collect() } else { Vec::new() };
        charts
    });
    charts.collect()
}

/// The amounts at both ends of a chart.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(bars: &[Bar<'_>]) -> Self {
        let amounts = bars.iter().flat_map(|bar| [Some(bar.amount), bar.target]).flatten().filter(|amount| amount.is_finite());
        let (low, high) = amounts.fold((0.0_f64, 0.0_f64), |(low, high), amount| (low.min(amount), high.max(amount)));
        // Nothing but zeros still needs a length.
        Self { low, high: if high - low > 0.0 { high } else { low + 1.0 } }
    }

    /// Where an amount stands, from 0 to 1.
    fn place(self, amount: f64) -> f32 {
        ((amount - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32
    }
}

fn chart(bars: &[Bar<'_>], scale: Scale, unit: Unit) -> Block {
    let width = Orientation::Landscape.width();
    let left = width * NAMES;
    let room = width - left - FIGURES;
    let at = |amount: f64| left + room * scale.place(amount);
    let height = TOP + ROW * bars.len() as f32 + 4.0;
    let mut shapes = Vec::new();
    for (amount, side) in [(scale.low, Side::Left), (scale.high, Side::Right)] {
        shapes.push(label(at(amount), TOP / 2.0, show_figure(amount, unit), side, room / 2.0));
        shapes.push(Shape::Line { points: vec![(at(amount), TOP), (at(amount), height)], colour: PAPER.hairline, width: 0.6 });
    }
    for (number, bar) in bars.iter().enumerate() {
        let middle = TOP + ROW * (number as f32 + 0.5);
        let (from, to) = (at(0.0).min(at(bar.amount)), at(0.0).max(at(bar.amount)));
        let rating = bar.kpi.rated.rating;
        shapes.push(Shape::Sign { x: 5.0, y: middle, radius: 4.0, signed: rating_sign(rating) });
        shapes.push(named(14.0, middle, bar.kpi, left - 24.0));
        let length = (to - from).max(1.0);
        shapes.push(Shape::Rect { x: from, y: middle - THICK / 2.0, width: length, height: THICK, fill: rating_tone(rating).0 });
        if let Some(target) = bar.target {
            let points = vec![(at(target), middle - ROW * 0.42), (at(target), middle + ROW * 0.42)];
            shapes.push(Shape::Line { points, colour: TARGET, width: 2.0 });
        }
        shapes.push(figure(left + room + 8.0, middle, bar));
    }
    shapes.push(Shape::Line { points: vec![(at(0.0), TOP), (at(0.0), height)], colour: PAPER.muted, width: 0.8 });
    Block::Figure(Figure { drawing: Drawing { width, height, shapes }, alt: alt(bars) })
}

/// A KPI's name on the axis, with which way is better where that is not more.
fn named(x: f32, y: f32, kpi: &KpiStanding, most: f32) -> Shape {
    let aside = match kpi.rated.polarity {
        Polarity::LowerIsBetter => "Lower is better: ",
        Polarity::Maintain => "To hold: ",
        Polarity::HigherIsBetter | Polarity::FromTarget => "",
    };
    Shape::Text {
        x,
        y,
        text: format!("{}{aside}{}", if kpi.reference.is_empty() { String::new() } else { format!("{}  ", kpi.reference) }, kpi.name),
        size: SIZE,
        strong: false,
        colour: PAPER.text,
        side: Side::Left,
        most,
    }
}

/// The figure and its target in words.
fn figure(x: f32, y: f32, bar: &Bar<'_>) -> Shape {
    let text = if bar.target.is_some() { format!("{} of {}", bar.kpi.current, bar.kpi.target) } else { bar.kpi.current.clone() };
    Shape::Text { x, y, text, size: SIZE, strong: true, colour: PAPER.text, side: Side::Left, most: FIGURES - 8.0 }
}

fn label(x: f32, y: f32, text: String, side: Side, most: f32) -> Shape {
    Shape::Text { x, y, text, size: 8.0, strong: false, colour: PAPER.muted, side, most }
}

fn alt(bars: &[Bar<'_>]) -> String {
    let told = bars.iter().map(|bar| {
        let target =
            if bar.target.is_some() { format!(" against a target of {}", bar.kpi.target) } else { ", without a target".to_owned() };
        format!("{}: {}{target}, {}", bar.kpi.title(), bar.kpi.current, bar.kpi.rated.rating.word().to_lowercase())
    });
    format!("Bars of {} KPIs, with a mark at each target. {}.", bars.len(), told.collect::<Vec<_>>().join("; "))
}
