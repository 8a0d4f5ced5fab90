//! Progress trackers: status counts, one column a period.

use super::{
    Layout,
    columns::{self, Extent},
    headings::is_period,
    preamble,
};
use crate::{
    model::{Role, Row, RowId, RowKind, Status, Table, TableKind, kinds::Kind},
    workbook::Grid,
};

/// A history of status counts.
pub const LAYOUT: Layout = Layout { name: "history", recognise, read };

fn recognise(grid: &Grid) -> bool {
    header(grid).is_some()
}

/// The row of periods: at least two, with three statuses below.
fn header(grid: &Grid) -> Option<usize> {
    let periods = |at: usize| grid.rows[at].cells.iter().filter(|cell| is_period(&cell.text)).count();
    (0..grid.rows.len())
        .find(|&at| periods(at) >= 2 && (1..=3).all(|below| grid.rows.get(at + below).is_some_and(|row| status(row).is_some())))
}

fn status(row: &crate::workbook::GridRow) -> Option<Status> {
    row.first().and_then(|cell| Status::parse(&cell.text))
}

fn read(grid: &mut Grid) -> Vec<Table> {
    let header = header(grid).expect("the layout recognised a row of periods");
    let first_column = grid.rows[header + 1].cells[0].column;
    let counted = |row: &crate::workbook::GridRow| {
        status(row).is_some() || row.cell(first_column).is_some_and(|cell| cell.text.trim().to_lowercase().starts_with("total"))
    };
    let end = (header + 1..grid.rows.len()).find(|&at| !counted(&grid.rows[at])).unwrap_or(grid.rows.len());
    let mut columns = columns::columns(grid, Some(header), header + 1..end, Extent::Filled, columns::period_role);
    for column in &mut columns {
        if column.source == u32::from(first_column) {
            (column.role, column.kind, column.width) = (Some(Role::Status), Kind::Status, 180.0);
        } else {
            column.kind = Kind::Number;
        }
    }
    let preamble = preamble::read(grid, header);
    grid.rows[header].take_all();
    let mut rows = Vec::new();
    for (row, id) in grid.rows[header + 1..end].iter_mut().zip(1..) {
        let source = row.row + 1;
        let cells = columns::cells(row, &columns, |_| false);
        rows.push(Row { id: RowId(id), kind: RowKind::Entry, cells, source, ..Row::default() });
    }
    vec![Table {
        title: preamble.title,
        fields: preamble.fields,
        summary: preamble.summary,
        ..Table::new(TableKind::History, columns, rows)
    }]
}
