//! The headline of a return: how many stand how, with changes, as boxes, a bar and a table. Works out no figure.

use super::{
    super::style::{ON_MARK, tone},
    leads,
    looks::{counted, heading, muted, plain, rating_sign, signed, status_cell, status_sign},
};
use crate::{
    insight::{Rating, Report, Tally, kpi_ratings},
    model::{Status, TableKind, kinds::Side},
    paper::{Block, Cell, Column, Drawing, Figure, Orientation, Row, Shape, Table, Tile},
};

/// The height of the bar of statuses, and the room that a digit of a number takes in it.
const BAR: f32 = 26.0;
const ROOM_FOR_DIGIT: f32 = 7.0;
/// The most leads beside the counts.
const LEADS: usize = 6;

/// The headline of a report: nothing where it has neither plan nor KPIs.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let tiles = tiles(report);
    if tiles.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(2, "Headline"), Block::Tiles(tiles)];
    if report.insight.counts.lines.total() > 0 {
        blocks.push(bar(&report.insight.counts.lines, Orientation::Landscape.width()));
        blocks.push(Block::Columns(vec![vec![counts(report), muted(unit(report))], leads::blocks(report, 3, LEADS)]));
    }
    blocks.extend(plans(report));
    blocks
}

/// What is counted, said beside the counts.
pub(super) fn unit(report: &Report<'_>) -> String {
    let counts = &report.insight.counts;
    let mut said = "A line is an action, or a part of one that has a status of its own.".to_owned();
    if counts.without_status > 0 {
        said += &format!(
            " {} no status.",
            if counts.without_status == 1 { "1 action has".to_owned() } else { format!("{} actions have", counts.without_status) }
        );
    }
    said
}

/// The figures a leadership team asks for first.
pub(super) fn tiles(report: &Report<'_>) -> Vec<Tile> {
    let counts = &report.insight.counts;
    let mut tiles = Vec::new();
    let change = |status: &[Status]| {
        let deltas = deltas(report)?;
        Some(status.iter().map(|status| deltas[*status as usize]).sum::<i64>())
    };
    let since = |change: Option<i64>| change.map_or_else(String::new, |change| format!(", {} since the last return", signed(change)));
    if counts.action_count > 0 {
        let (done, of) = counts.lines.done();
        let about = counted(counts.line_count, "line of status", "lines of status");
        tiles.push(Tile { label: "Actions".to_owned(), figure: counts.action_count.to_string(), sign: None, about });
        tiles.push(Tile {
            label: "Complete".to_owned(),
            figure: done.to_string(),
            sign: Some(status_sign(Status::Complete)),
            about: format!("of {}{}", counted(of, "line", "lines"), since(change(&[Status::Complete]))),
        });
        let problems = [Status::MajorProblems, Status::MinorProblems];
        let worst = if counts.lines.get(Status::MajorProblems) > 0 { Status::MajorProblems } else { Status::MinorProblems };
        let [major, minor] = problems.map(|status| counts.lines.get(status));
        tiles.push(Tile {
            label: "With problems".to_owned(),
            figure: (major + minor).to_string(),
            sign: Some(status_sign(worst)).filter(|_| major + minor > 0),
            about: format!("{major} major, {minor} minor{}", since(change(&problems))),
        });
        tiles.push(overdue(report));
    }
    let ratings = kpi_ratings(&report.insight);
    let all: usize = ratings.iter().sum();
    if all > 0 {
        let [_, near, off, _] = ratings;
        let worst = if off > 0 { Rating::Red } else { Rating::Amber };
        tiles.push(Tile {
            label: "KPIs off target".to_owned(),
            figure: off.to_string(),
            sign: Some(rating_sign(worst)).filter(|_| off + near > 0),
            about: format!("of {all}; {near} near target, {} on target", ratings[0]),
        });
    }
    tiles
}

fn overdue(report: &Report<'_>) -> Tile {
    let late = report.insight.overdue.len();
    let before = report.changes.as_ref().and_then(|changes| changes.overdue_before);
    let about = match (report.insight.judged_when(), before) {
        (None, _) => "not judged: no day is known to judge ends at".to_owned(),
        (Some(_), Some(before)) => format!("past their end and not done; {before} at the last return"),
        (Some(_), None) => "past their end and not done".to_owned(),
    };
    Tile {
        label: "Overdue lines".to_owned(),
        figure: late.to_string(),
        sign: Some(status_sign(Status::MajorProblems)).filter(|_| late > 0),
        about,
    }
}

/// The changes of the counts since the baseline or, without one, since the tracker's last column.
fn deltas(report: &Report<'_>) -> Option<[i64; 7]> {
    if let Some(changes) = &report.changes {
        return Some(changes.deltas());
    }
    match &report.insight.plans[..] {
        [only] => only.deltas.as_ref().map(|deltas| deltas.changes),
        _ => None,
    }
}

/// Since when the counts are told to have changed.
fn since(report: &Report<'_>) -> Option<String> {
    if let Some(changes) = &report.changes {
        return Some(changes.since.clone());
    }
    match &report.insight.plans[..] {
        [only] => only.deltas.as_ref().map(|deltas| deltas.since.clone()),
        _ => None,
    }
}

/// One bar of all lines by status, with the counts in words.
pub(super) fn bar(counts: &Tally, width: f32) -> Block {
    let total = counts.total().max(1) as f32;
    let mut drawing = Drawing { width, height: BAR, shapes: Vec::new() };
    let mut x = 0.0;
    for (status, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let part = width * count as f32 / total;
        // A gap parts two colours, unless the part is as narrow as it.
        let inner = if part > 4.0 { part - 1.5 } else { part };
        drawing.shapes.push(Shape::Rect { x, y: 0.0, width: inner, height: BAR, fill: tone(status).0 });
        let number = count.to_string();
        if part >= ROOM_FOR_DIGIT * number.len() as f32 + 4.0 {
            drawing.shapes.push(Shape::Text {
                x: x + inner / 2.0,
                y: BAR / 2.0,
                text: number,
                size: 11.0,
                strong: true,
                colour: ON_MARK,
                side: Side::Centre,
                most: part,
            });
        }
        x += part;
    }
    let parts: Vec<String> =
        counts.iter().filter(|(_, count)| *count > 0).map(|(status, count)| format!("{} {count}", status.word().to_lowercase())).collect();
    let alt = format!("Bar of {} by status: {}.", counted(counts.total(), "line", "lines"), parts.join(", "));
    Block::Figure(Figure { drawing, alt })
}

/// The counts by status, with what changed.
pub(super) fn counts(report: &Report<'_>) -> Block {
    let counts = &report.insight.counts;
    let deltas = deltas(report);
    let mut columns =
        vec![Column::fitted("Status", Side::Left).naming(), Column::fitted("Lines", Side::Right), Column::fitted("Actions", Side::Right)];
    if let Some(since) = since(report) {
        columns.push(Column::fitted(format!("Lines since {since}"), Side::Right));
    }
    let mut rows: Vec<Row> = report
        .listed()
        .into_iter()
        .map(|(status, lines)| {
            let mut cells = vec![status_cell(status), Cell::of(lines.to_string()), Cell::of(counts.actions.get(status).to_string())];
            if let Some(deltas) = deltas {
                cells.push(Cell::of(signed(deltas[status as usize])));
            }
            Row::Cells(cells)
        })
        .collect();
    let mut all =
        vec![Cell::strong("All"), Cell::strong(counts.lines.total().to_string()), Cell::strong(counts.actions.total().to_string())];
    if let Some(deltas) = deltas {
        all.push(Cell::strong(signed(deltas.iter().sum())));
    }
    rows.push(Row::Cells(all));
    Block::Table(Table { summary: "How many lines and actions have each status.".to_owned(), columns, rows })
}

/// A row a plan, where there are several.
fn plans(report: &Report<'_>) -> Vec<Block> {
    if report.insight.plans.len() < 2 {
        return Vec::new();
    }
    let shown: Vec<Status> = report.insight.counts.lines.listed().map(|(status, _)| status).collect();
    let mut columns = vec![Column::shared("Plan", 1.0).naming()];
    columns.extend(shown.iter().map(|status| Column::fitted(status.word(), Side::Right)));
    columns.extend([Column::fitted("Lines", Side::Right), Column::fitted("Overdue", Side::Right)]);
    let rows = report.insight.plans.iter().filter_map(|plan| {
        let table = report.document.table(plan.table)?;
        let late = report.insight.overdue.iter().filter(|late| late.place.table == Some(plan.table)).count();
        let mut cells = vec![Cell::of(table.title())];
        cells.extend(shown.iter().map(|status| Cell::of(plan.counts.lines.get(*status).to_string())));
        cells.push(Cell::strong(plan.counts.lines.total().to_string()));
        cells.push(Cell::of(if plan.judged.is_some() { late.to_string() } else { "not judged".to_owned() }));
        Some(Row::Cells(cells))
    });
    let rows = rows.collect();
    let table = Table { summary: "How many lines of each plan have each status.".to_owned(), columns, rows };
    vec![heading(3, "Plan by plan"), Block::Table(table)]
}

/// What a report without a plan or KPIs says of itself.
pub(super) fn without_any(report: &Report<'_>) -> Option<Block> {
    let kinds = [TableKind::Plan, TableKind::Kpi];
    let none = kinds.into_iter().all(|kind| report.document.of_kind(kind).next().is_none());
    none.then(|| plain("There is neither a plan nor a table of KPIs in this document."))
}
