//! Any other table, kept as it is: risks, scores, lists. A sheet may hold several, one under another.

use super::{
    Layout,
    columns::{self, Extent},
    history, kpi, plan,
    preamble::value_field,
};
use crate::{
    model::{Row, RowId, RowKind, Table, TableKind, kinds::Kind},
    workbook::{Grid, GridRow},
};

/// A plain table.
pub const LAYOUT: Layout = Layout { name: "register", recognise, read };

fn recognise(grid: &Grid) -> bool {
    let other = [plan::LAYOUT, kpi::LAYOUT, history::LAYOUT].iter().any(|layout| (layout.recognise)(grid));
    !other && grid.rows.iter().any(|row| row.cells.len() >= 2)
}

fn read(grid: &mut Grid) -> Vec<Table> {
    let starts = starts(grid);
    let ends = starts.iter().skip(1).copied().chain([grid.rows.len()]);
    let blocks: Vec<_> = starts.iter().copied().zip(ends).collect();
    blocks.into_iter().filter_map(|(start, end)| read_block(grid, start, end)).collect()
}

/// Where tables begin: at the top, and at a lone banner after a blank row with a table below it.
fn starts(grid: &Grid) -> Vec<usize> {
    let begins = |at: &usize| {
        let (row, above) = (&grid.rows[*at], &grid.rows[at - 1]);
        row.row > above.row + 1 && row.cells.len() == 1 && grid.rows.get(at + 1).is_some_and(|below| below.cells.len() >= 2)
    };
    [0].into_iter().chain((1..grid.rows.len()).filter(begins)).collect()
}

/// One table: banners, perhaps a header row, and rows.
fn read_block(grid: &mut Grid, start: usize, end: usize) -> Option<Table> {
    let first = (start..end).find(|&at| grid.rows[at].cells.len() >= 2)?;
    let title_row = &mut grid.rows[start];
    let title = (first > start).then(|| title_row.take_all().pop()).flatten();
    let title = title.map(|cell| value_field("", grid.rows[start].row, cell, Kind::Paragraph));
    let header = is_header(&grid.rows[first..end]).then_some(first);
    let body = header.map_or(first, |at| at + 1);
    let columns = columns::columns(grid, header, body..end, Extent::Filled, columns::no_role);
    if let Some(at) = header {
        grid.rows[at].take_all();
    }
    let mut rows = Vec::new();
    for (row, id) in grid.rows[body..end].iter_mut().zip(1..) {
        let source = row.row + 1;
        let cells = columns::cells(row, &columns, |_| false);
        rows.push(Row { id: RowId(id), kind: RowKind::Entry, cells, source, ..Row::default() });
    }
    Some(Table { title, ..Table::new(TableKind::Register, columns, rows) })
}

/// Whether the first of these rows heads the others: all words, short, and over numbers or more words.
fn is_header(rows: &[GridRow]) -> bool {
    let Some((head, body)) = rows.split_first() else { return false };
    let words = head.cells.iter().all(|cell| cell.stored.is_none() && cell.text.chars().count() <= 60);
    let over_numbers =
        body.iter().take(20).any(|row| row.cells.iter().any(|cell| cell.stored.is_some() && head.cell(cell.column).is_some()));
    let widest = body.iter().take(20).map(|row| row.cells.len()).max().unwrap_or(0);
    words && !body.is_empty() && (over_numbers || head.cells.len() >= widest)
}
