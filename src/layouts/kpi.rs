//! KPI tables: an indicator, its current value and its target, perhaps with earlier periods.

use super::{
    Layout,
    columns::{self, Extent},
    headings::role_of,
    preamble,
};
use crate::{
    model::{Role, Row, RowId, RowKind, Table, TableKind},
    workbook::{Grid, GridRow, Merge},
};

/// A table of KPIs.
pub const LAYOUT: Layout = Layout { name: "kpi", recognise, read };

fn recognise(grid: &Grid) -> bool {
    grid.rows.iter().any(is_header)
}

fn is_header(row: &GridRow) -> bool {
    let has = |role| row.cells.len() <= 60 && row.cells.iter().any(|cell| role_of(&cell.text) == Some(role));
    has(Role::Kpi) && (has(Role::Current) || has(Role::Target))
}

fn read(grid: &mut Grid) -> Vec<Table> {
    let header = grid.rows.iter().position(is_header).expect("the layout recognised a header row");
    let end = end_of(grid, header);
    let columns = columns::columns(grid, Some(header), header + 1..end, Extent::Filled, columns::period_role);
    let preamble = preamble::read(grid, header);
    grid.rows[header].take_all();
    let kpi = columns.iter().find(|column| column.role == Some(Role::Kpi)).map_or(0, |column| column.source as u16);
    let mut rows = Vec::new();
    let merges: Vec<Merge> = grid.merges.iter().copied().filter(|merge| merge.last.0 > merge.first.0).collect();
    for row in &mut grid.rows[header + 1..end] {
        let (id, source) = (RowId(rows.len() as u32 + 1), row.row + 1);
        let named = row.cell(kpi).is_some();
        let kind = if named || rows.is_empty() { RowKind::Entry } else { RowKind::Line };
        let covers = |merge: &Merge, column| {
            (merge.first.0 + 1..=merge.last.0).contains(&(source - 1)) && (merge.first.1..=merge.last.1).contains(&column)
        };
        let continues = |column| kind == RowKind::Line && merges.iter().any(|merge| covers(merge, column));
        rows.push(Row { id, kind, cells: columns::cells(row, &columns, continues), source, ..Row::default() });
    }
    vec![Table { title: preamble.title, fields: preamble.fields, summary: preamble.summary, ..Table::new(TableKind::Kpi, columns, rows) }]
}

/// Where the table ends: before a lone text after a blank row, which is a remark on it.
fn end_of(grid: &Grid, header: usize) -> usize {
    let is_end = |at: &usize| {
        let row = &grid.rows[*at];
        let gap = row.row > grid.rows[at - 1].row + 1;
        gap && row.cells.len() == 1
    };
    (header + 2..grid.rows.len()).find(is_end).unwrap_or(grid.rows.len())
}
