//! KPIs on paper: figure, target, figure before, rating and reason, table by table, with their charts. Rates nothing.

use super::{
    kpi_charts,
    looks::{heading, muted, rating_cell, rating_sign},
};
use crate::{
    insight::{KpiStanding, Rating, Report},
    model::{Role, kinds::Side, listed},
    paper::{Block, Cell, Column, Row, Table, Tile},
};

/// The KPIs of a report; nothing where it has none.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    if report.kpis.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(2, "KPIs"), Block::Tiles(ratings(&report.kpis))];
    for kpis in report.kpis.chunk_by(|one, next| one.place.table == next.place.table) {
        blocks.push(heading(3, &*kpis[0].table));
        blocks.push(table(kpis));
        blocks.extend(left_out(report, kpis));
        blocks.extend(kpi_charts::blocks(kpis));
    }
    blocks.push(muted(
        "Each reason says the target, how far a figure may fall short of it and still be near it, and which way is better, or that this is assumed.",
    ));
    blocks
}

/// How many KPIs have each rating.
pub(super) fn ratings(kpis: &[KpiStanding]) -> Vec<Tile> {
    let tile = |rating: Rating| {
        let count = kpis.iter().filter(|kpi| kpi.rated.rating == rating).count();
        Tile {
            label: rating.word().to_owned(),
            figure: count.to_string(),
            sign: Some(rating_sign(rating)),
            about: format!("of {}", kpis.len()),
        }
    };
    Rating::ALL.map(tile).into()
}

/// Says which columns of a table are not on the page.
fn left_out(report: &Report<'_>, kpis: &[KpiStanding]) -> Option<Block> {
    const SHOWN: [Role; 6] = [Role::Ref, Role::Kpi, Role::Current, Role::Target, Role::Rating, Role::Comment];
    let table = report.document.table(kpis[0].place.table?)?;
    let is_shown = |at: usize| table.columns[at].role.is_some_and(|role| SHOWN.contains(&role));
    let filled = |at: usize| table.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_blank()));
    let left: Vec<String> = (0..table.columns.len()).filter(|&at| !is_shown(at) && filled(at)).map(|at| table.heading(at)).collect();
    (!left.is_empty()).then(|| muted(format!("Also in the workbook: {}.", listed(&left))))
}

fn table(kpis: &[KpiStanding]) -> Block {
    let refs = kpis.iter().any(|kpi| !kpi.reference.is_empty());
    let before = kpis.iter().any(|kpi| !kpi.previous.is_empty());
    let since = kpis.iter().find(|kpi| !kpi.since.is_empty()).map_or("Before", |kpi| &*kpi.since);
    let one_since = kpis.iter().filter(|kpi| !kpi.since.is_empty()).all(|kpi| kpi.since == since);
    let comments = kpis.iter().any(|kpi| !kpi.comment.is_empty());
    let mut columns = Vec::new();
    if refs {
        columns.push(Column::fitted("No.", Side::Left).naming());
    }
    let words = Column::shared("KPI", 2.4);
    columns.push(if refs { words } else { words.naming() });
    columns.extend([Column::fitted("Figure", Side::Right), Column::fitted("Target", Side::Right)]);
    if before {
        let heading = if one_since { since.to_owned() } else { "Before".to_owned() };
        columns.extend([Column::fitted(heading, Side::Right), Column::fitted("Travel", Side::Left)]);
    }
    columns.extend([Column::fitted("Rating", Side::Left), Column::shared("Reason", 2.4)]);
    if comments {
        columns.push(Column::shared("Comment", 2.0));
    }
    let rows = kpis.iter().map(|kpi| {
        let mut cells = Vec::new();
        if refs {
            cells.push(Cell::of(kpi.reference.clone()));
        }
        cells.extend([Cell::of(kpi.name.clone()), Cell::strong(kpi.current.clone()), Cell::of(kpi.target.clone())]);
        if before {
            let held = if one_since || kpi.since.is_empty() { kpi.previous.clone() } else { format!("{} ({})", kpi.previous, kpi.since) };
            cells.extend([Cell::of(held), Cell::of(kpi.travel_words())]);
        }
        cells.extend([rating_cell(kpi.rated.rating), Cell::of(kpi.rated.why.clone())]);
        if comments {
            cells.push(Cell::of(kpi.comment.clone()));
        }
        Row::Cells(cells)
    });
    let summary = format!("The KPIs of {}, each with its figure, target, rating and the reason.", kpis[0].table);
    Block::Table(Table { summary, columns, rows: rows.collect() })
}
