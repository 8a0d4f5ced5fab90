//! The columns of a table from its header row, and its rows' cells from a sheet's.

use super::headings::{is_period, role_of};
use crate::{
    model::{Cell, Column, ColumnId, Role, is_date_format, kinds::Kind},
    workbook::{Grid, GridCell, GridRow},
};

/// How many rows below the header tell what an unnamed column holds.
const SAMPLE: usize = 50;

/// Which columns a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those its header row names.
    Headed,
    /// Those and any further ones that its rows fill.
    Filled,
}

/// The columns of a table with a header row, where it has one, and rows.
pub fn columns(
    grid: &Grid,
    header: Option<usize>,
    body: std::ops::Range<usize>,
    extent: Extent,
    default_role: fn(&str) -> Option<Role>,
) -> Vec<Column> {
    let rows = &grid.rows[body.start..body.end.min(grid.rows.len())];
    let mut places: Vec<u16> = header.map_or_else(Vec::new, |at| grid.rows[at].cells.iter().map(|cell| cell.column).collect());
    if extent == Extent::Filled {
        places.extend(rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)));
    }
    places.sort_unstable();
    places.dedup();
    let mut roles_seen = Vec::new();
    let mut columns = Vec::new();
    for (place, id) in places.into_iter().zip(1..) {
        let heading = header.map_or("", |at| grid.rows[at].text(place)).trim();
        // Only the first column of a role plays it; periods are many.
        let role = role_of(heading).or_else(|| default_role(heading)).filter(|role| *role == Role::Period || !roles_seen.contains(role));
        roles_seen.extend(role);
        let kind = role.map_or_else(|| kind_of(rows, place), Role::kind);
        let width = width(role, rows, place);
        columns.push(Column {
            id: ColumnId(id),
            heading: heading.into(),
            role,
            kind,
            width,
            source: u32::from(place),
            ..Column::default()
        });
    }
    columns
}

/// Reads a heading as a period where the table has periods.
pub fn period_role(heading: &str) -> Option<Role> {
    is_period(heading).then_some(Role::Period)
}

/// No role by default.
pub fn no_role(_: &str) -> Option<Role> {
    None
}

/// Turns a sheet row's cells into a table row's. Cells are taken only where a column has their place.
pub fn cells(row: &mut GridRow, columns: &[Column], continues: impl Fn(u16) -> bool) -> Vec<Cell> {
    let mut taken = row.take_all().into_iter().peekable();
    let mut left = Vec::new();
    let cells = columns
        .iter()
        .map(|column| {
            while let Some(early) = taken.next_if(|cell| u32::from(cell.column) < column.source) {
                left.push(early);
            }
            match taken.next_if(|cell| u32::from(cell.column) == column.source) {
                Some(GridCell { text, stored, .. }) => column.kind.read(text, stored),
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
fn kind_of(rows: &[GridRow], place: u16) -> Kind {
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
fn width(role: Option<Role>, rows: &[GridRow], place: u16) -> f32 {
    let longest = || rows.iter().take(SAMPLE).map(|row| row.text(place).chars().count()).max().unwrap_or(0) as f32;
    match role {
        Some(Role::Ref) => 64.0,
        Some(Role::Start | Role::End) => (longest() * 7.5 + 24.0).clamp(92.0, 150.0),
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
            (longest() * 7.5 + 24.0).clamp(84.0, 160.0)
        }
        Some(Role::Budget | Role::Polarity | Role::Tolerance) => (longest() * 7.5 + 24.0).clamp(96.0, 200.0),
        None => (longest() * 7.5 + 24.0).clamp(96.0, 420.0),
    }
}
