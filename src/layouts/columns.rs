//! The columns of a table from its outline, and its rows' cells from a sheet's.

use super::outline::Outline;
use crate::{
    model::{Cell, Column, ColumnId, Role, Scale, Status, TableKind, is_date_format, kinds::Kind},
    workbook::{RawCell, RawRow, RawSheet},
};

/// How many rows below the header tell what an unnamed column holds.
const SAMPLE: usize = 50;

/// How many columns a table may have lost before its return was written; an id beyond that was never given.
const MOST_COLUMNS_GONE: usize = 20_000;

/// The columns of a table.
pub(super) fn columns(grid: &RawSheet, outline: &Outline) -> Vec<Column> {
    let from = grid.rows.partition_point(|row| row.row < outline.body());
    let to = grid.rows.partition_point(|row| row.row <= outline.last.0);
    let rows = &grid.rows[from.min(to)..to];
    let given = Some(outline.given.1).filter(|given| *given as usize <= outline.columns.len() + MOST_COLUMNS_GONE);
    let mut next = outline.columns.iter().filter_map(|heading| heading.key).map(|id| id.0).chain(given).max().unwrap_or(0);
    let mut id_of = |heading: &super::outline::Heading| {
        heading.key.unwrap_or_else(|| {
            next += 1;
            ColumnId(next)
        })
    };
    let column = |heading: &super::outline::Heading| {
        let place = heading.column;
        let (kind, width) = match (outline.kind, heading.role) {
            (TableKind::History, Some(Role::Status)) if heading.column == outline.first.1 => (Kind::Status, 180.0),
            (TableKind::History, Some(Role::Period)) if heading.column == outline.first.1 => (Kind::Paragraph, 120.0),
            (TableKind::History, role) => (Kind::Number, width(role, rows, place)),
            (_, role) => {
                // A date's heading in two rows is wider than its dates.
                let heading = if matches!(role, Some(Role::Start | Role::End | Role::EarlierEnd | Role::Completed)) {
                    heading.words.chars().count() as f32 * 7.5 + 24.0
                } else {
                    0.0
                };
                (role.map_or_else(|| kind_of(rows, place), Role::kind), width(role, rows, place).max(heading.min(150.0)))
            }
        };
        let hidden = grid.hidden.columns.binary_search(&place).is_ok();
        // Its heading says that it is hidden.
        let width = if hidden { width.max((heading.words.chars().count() as f32 + 9.0) * 7.5 + 24.0).min(420.0) } else { width };
        Column {
            id: id_of(heading),
            heading: heading.words.clone(),
            role: heading.role,
            kind,
            width,
            source: u32::from(place),
            hidden,
            choices: choices(grid, outline, place),
            scale: Scale::default(),
        }
    };
    outline.columns.iter().map(column).collect()
}

/// The values the sheet offers in most of a column.
fn choices(grid: &RawSheet, outline: &Outline, place: u16) -> Vec<Box<str>> {
    let covers = |range: &crate::workbook::Merge| {
        (range.first.1..=range.last.1).contains(&place) && range.first.0 <= outline.last.0 && range.last.0 >= outline.body()
    };
    let offered = grid.offered.iter().find(|offered| offered.ranges.iter().any(covers));
    // The statuses are offered by the program itself, in a return in its owner's words and with what else they write.
    let own = |choices: &[Box<str>]| {
        let words = choices.iter().map(|choice| &**choice);
        words.clone().eq(Status::RAG.map(Status::word))
            || words.clone().eq(Status::ALL.map(Status::word))
            || (outline.key.is_some() && words.take(Status::RAG.len()).map(Status::parse).eq(Status::RAG.map(Some)))
    };
    offered.filter(|offered| !own(&offered.choices)).map_or_else(Vec::new, |offered| offered.choices.clone())
}

/// Turns a sheet row's cells into a table row's. Cells are taken only where a column has their place.
pub(super) fn cells(row: &mut RawRow, columns: &[Column], continues: impl Fn(u16) -> bool) -> Vec<Cell> {
    let mut taken = row.take_all().into_iter().peekable();
    let mut left = Vec::new();
    let cells = columns
        .iter()
        .map(|column| {
            while let Some(early) = taken.next_if(|cell| u32::from(cell.column) < column.source) {
                left.push(early);
            }
            match taken.next_if(|cell| u32::from(cell.column) == column.source) {
                Some(RawCell { text, stored, formula, .. }) => Cell { formula, ..column.kind.read(text, stored) },
                None if continues(column.source as u16) => Cell::merged(),
                None => Cell::default(),
            }
        })
        .collect();
    left.extend(taken);
    row.cells = left;
    cells
}

/// What a column without a role holds, by the cells below its heading.
fn kind_of(rows: &[RawRow], place: u16) -> Kind {
    let mut filled = rows.iter().take(SAMPLE).filter_map(|row| row.cell(place)).peekable();
    if filled.peek().is_none() {
        return Kind::Paragraph;
    }
    let (mut numbers, mut dates) = (true, true);
    for cell in filled {
        let dated = cell.stored.as_ref().is_some_and(|stored| is_date_format(&stored.format));
        dates &= dated;
        numbers &= cell.stored.is_some() && !dated;
    }
    match (numbers, dates) {
        (true, _) => Kind::Number,
        (_, true) => Kind::Date,
        _ => Kind::Paragraph,
    }
}

/// A fitting width in points.
fn width(role: Option<Role>, rows: &[RawRow], place: u16) -> f32 {
    let longest = || rows.iter().take(SAMPLE).map(|row| row.text(place).chars().count()).max().unwrap_or(0) as f32;
    let fitting = |least: f32, most: f32| (longest() * 7.5 + 24.0).clamp(least, most);
    match role {
        Some(Role::Ref) => 64.0,
        Some(Role::Start | Role::End | Role::EarlierEnd | Role::Completed) => fitting(92.0, 150.0),
        Some(Role::Status) => 152.0,
        Some(Role::Action) => 220.0,
        Some(Role::Measure) => 190.0,
        Some(Role::Lead) => 160.0,
        Some(Role::Comment) => 340.0,
        Some(Role::Kpi) => 420.0,
        Some(Role::Current | Role::Target) => 150.0,
        Some(Role::Period) => 88.0,
        Some(Role::Description | Role::Risk | Role::Mitigation) => 300.0,
        Some(Role::Theme) => 180.0,
        Some(Role::Progress | Role::Priority | Role::Unit | Role::Likelihood | Role::Impact | Role::Score | Role::Rating | Role::Trend) => {
            fitting(84.0, 160.0)
        }
        Some(Role::Budget | Role::Polarity | Role::Tolerance) => fitting(96.0, 200.0),
        None => fitting(96.0, 420.0),
    }
}
