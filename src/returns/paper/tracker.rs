//! The progress tracker on paper: a stacked column a return, and its counts as a table. Counts nothing.

use super::{
    super::style::{ON_MARK, PAPER, tone},
    looks::{heading, muted, status_cell},
};
use crate::{
    insight::{Report, Tally, Tracker},
    model::{Status, kinds::Side},
    paper::{Block, Cell, Column, Drawing, Figure, Orientation, Row, Shape, Table},
};

/// The most returns on a page; older ones are counted.
const MOST: usize = 12;
/// The height of the highest column, and of the words below it.
const TALL: f32 = 150.0;
const WORDS: f32 = 16.0;
/// The widest column, and the least height that a number is written in.
const WIDEST: f32 = 46.0;
const ROOM_FOR_NUMBER: f32 = 11.0;

/// The trackers of a report.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    report.insight.trackers.iter().flat_map(|tracker| of(report, tracker)).collect()
}

fn of(report: &Report<'_>, tracker: &Tracker) -> Vec<Block> {
    let mut periods: Vec<(String, Tally)> = tracker.periods.iter().map(|period| (period.heading.clone(), period.counts)).collect();
    let present = report.insight.present(tracker);
    if present.total() > 0 && periods.last().is_none_or(|(_, last)| *last != present) {
        periods.push(("Now".to_owned(), present));
    }
    let older = periods.len().saturating_sub(MOST);
    let periods = &periods[older..];
    let mut blocks = vec![heading(2, &*tracker.name), chart(periods), table(tracker, periods)];
    if older > 0 {
        blocks.push(muted(format!("The last {MOST} returns are shown; {older} earlier ones are in the Excel return.")));
    }
    blocks
}

fn chart(periods: &[(String, Tally)]) -> Block {
    let width = Orientation::Landscape.width();
    let highest = periods.iter().map(|(_, counts)| counts.total()).max().unwrap_or(0).max(1) as f32;
    let each = width / periods.len().max(1) as f32;
    let thick = (each * 0.62).min(WIDEST);
    let mut shapes = vec![Shape::Line { points: vec![(0.0, TALL + 12.0), (width, TALL + 12.0)], colour: PAPER.muted, width: 0.8 }];
    for (number, (name, counts)) in periods.iter().enumerate() {
        let middle = each * (number as f32 + 0.5);
        let mut y = TALL + 12.0;
        for (status, count) in counts.iter().filter(|(_, count)| *count > 0) {
            let height = TALL * count as f32 / highest;
            y -= height;
            let (x, inner) = (middle - thick / 2.0, (height - 1.0).max(0.5));
            shapes.push(Shape::Rect { x, y, width: thick, height: inner, fill: tone(status).0 });
            if height >= ROOM_FOR_NUMBER {
                shapes.push(words(middle, y + inner / 2.0, count.to_string(), (8.5, true), thick));
            }
        }
        shapes.push(Shape::Text {
            x: middle,
            y: y - 6.0,
            text: counts.total().to_string(),
            size: 8.5,
            strong: true,
            colour: PAPER.text,
            side: Side::Centre,
            most: each,
        });
        let y = TALL + 12.0 + WORDS / 2.0;
        shapes.push(Shape::Text {
            x: middle,
            y,
            text: name.clone(),
            size: 8.5,
            strong: false,
            colour: PAPER.text,
            side: Side::Centre,
            most: each - 4.0,
        });
    }
    let told = periods.iter().map(|(name, counts)| {
        let parts =
            counts.iter().filter(|(_, count)| *count > 0).map(|(status, count)| format!("{} {count}", status.word().to_lowercase()));
        format!("{name}: {}", parts.collect::<Vec<_>>().join(", "))
    });
    let alt = format!("Stacked columns of status counts, one a return. {}.", told.collect::<Vec<_>>().join("; "));
    Block::Figure(Figure { drawing: Drawing { width, height: TALL + 12.0 + WORDS, shapes }, alt })
}

fn words(x: f32, y: f32, text: String, (size, strong): (f32, bool), most: f32) -> Shape {
    Shape::Text { x, y, text, size, strong, colour: ON_MARK, side: Side::Centre, most }
}

fn table(tracker: &Tracker, periods: &[(String, Tally)]) -> Block {
    let mut columns = vec![Column::fitted("Status", Side::Left).naming()];
    columns.extend(periods.iter().map(|(name, _)| Column::shared(name.clone(), 1.0)).map(|column| Column { side: Side::Right, ..column }));
    let any = |status: &Status| Status::RAG.contains(status) || periods.iter().any(|(_, counts)| counts.get(*status) > 0);
    let mut rows: Vec<Row> = Status::ALL
        .into_iter()
        .filter(any)
        .map(|status| {
            let mut cells = vec![status_cell(status)];
            cells.extend(periods.iter().map(|(_, counts)| Cell::of(counts.get(status).to_string())));
            Row::Cells(cells)
        })
        .collect();
    let mut all = vec![Cell::strong("All")];
    all.extend(periods.iter().map(|(_, counts)| Cell::strong(counts.total().to_string())));
    rows.push(Row::Cells(all));
    Block::Table(Table { summary: format!("{}: status counts, a column a return.", tracker.name), columns, rows })
}
