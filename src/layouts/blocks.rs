//! Tables that no heading gives away: lists and scores that stand apart, and plans pasted without a header row.

use std::collections::HashMap;

use super::{
    content::{ColumnContent, MOST_JUDGED, counts_statuses},
    header::{Header, Label, header_at, kind_of},
    heading_rows::is_marked,
    outline::Outline,
    roles::name_columns,
    words::{Subject, holds_lists, is_key, is_remark},
};
use crate::{
    model::{Status, TableKind},
    workbook::{RawRow, RawSheet},
};

/// How many rows are looked at for tables side by side.
const LONGEST_BESIDE: usize = 200;

/// The tables in the rows that no other table holds or speaks for, at most so many.
pub(super) fn tables(grid: &RawSheet, known: &[Outline], most: usize) -> Vec<Outline> {
    let taken = |row: &RawRow| known.iter().any(|outline| (outline.above..=outline.last.0).contains(&row.row));
    let free: Vec<usize> = (0..grid.rows.len()).filter(|&at| !taken(&grid.rows[at])).collect();
    let blocks = parted(grid, &free).into_iter();
    let read = |block: std::ops::Range<usize>| {
        let beside = side_by_side(&grid.rows[block.clone()]);
        if beside.len() < 2 {
            return read_block(grid, block, known.is_empty()).into_iter().collect::<Vec<_>>();
        }
        let part = |columns: (u16, u16)| {
            let part = within_columns(grid, &block, columns);
            read_block(&part, 0..part.rows.len(), known.is_empty())
        };
        beside.into_iter().filter_map(part).collect()
    };
    blocks.flat_map(read).take(most).collect()
}

/// The first and last columns of the small tables that stand side by side in some rows, parted by blank columns: each names its rows by
/// words and counts something of them.
fn side_by_side(rows: &[RawRow]) -> Vec<(u16, u16)> {
    if rows.len() > LONGEST_BESIDE {
        return Vec::new();
    }
    let mut columns: Vec<u16> = rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let parts: Vec<(u16, u16)> = columns.chunk_by(|a, b| a + 1 == *b).map(|part| (part[0], part[part.len() - 1])).collect();
    let counts = |&(first, last): &(u16, u16)| {
        let numbers = |row: &&RawRow| {
            let mut cells = row.cells.iter().filter(|cell| (first..=last).contains(&cell.column));
            cells.next().is_some_and(|cell| cell.column == first && cell.stored.is_none())
                && cells.next().is_some_and(|cell| cell.stored.is_some())
        };
        last > first && rows.iter().filter(numbers).count() >= 2
    };
    if parts.iter().all(counts) { parts } else { Vec::new() }
}

/// A block of a sheet without what stands beside some of its columns.
fn within_columns(grid: &RawSheet, block: &std::ops::Range<usize>, (first, last): (u16, u16)) -> RawSheet {
    let within = |row: &RawRow| RawRow {
        row: row.row,
        cells: row.cells.iter().filter(|cell| (first..=last).contains(&cell.column)).cloned().collect(),
    };
    RawSheet {
        sheet: grid.sheet.clone(),
        rows: grid.rows[block.clone()].iter().map(within).filter(|row| !row.is_blank()).collect(),
        merges: grid.merges.clone(),
        painted: grid.painted.clone(),
        ..RawSheet::default()
    }
}

/// Runs of free rows, parted where a lone banner after a blank row, or a bold header, begins another table.
fn parted(grid: &RawSheet, free: &[usize]) -> Vec<std::ops::Range<usize>> {
    let mut blocks: Vec<std::ops::Range<usize>> = Vec::new();
    for &at in free {
        let row = &grid.rows[at];
        let follows = blocks.last().is_some_and(|block| block.end == at);
        let gap = follows && row.row > grid.rows[at - 1].row + 1;
        let below = grid.rows.get(at + 1).is_some_and(|below| below.cells.len() >= 2);
        let begins = (follows && is_styled_header(row, &grid.rows[at - 1]) && heads_between(grid, at))
            || (gap && ((row.cells.len() == 1 && below) || is_styled_header(row, &grid.rows[at - 1]) || heads_between(grid, at)));
        match blocks.last_mut() {
            Some(block) if follows && !begins => block.end = at + 1,
            _ => blocks.push(at..at + 1),
        }
    }
    blocks
}

/// Whether a row is all bold words over a row above that is not.
fn is_styled_header(row: &RawRow, above: &RawRow) -> bool {
    let bold = |row: &RawRow| row.cells.len() >= 2 && row.cells.iter().all(|cell| cell.bold && cell.stored.is_none());
    bold(row) && !bold(above)
}

/// Whether a row of words stands between numbers: in a column of its own the row above it and the one below it hold figures.
fn heads_between(grid: &RawSheet, at: usize) -> bool {
    let row = &grid.rows[at];
    let words = row.cells.len() >= 2 && row.cells.iter().all(|cell| cell.stored.is_none() && cell.text.chars().count() <= 40);
    let (Some(above), Some(below)) = (at.checked_sub(1).map(|above| &grid.rows[above]), grid.rows.get(at + 1)) else { return false };
    let counts = |row: &RawRow, column: u16| row.cell(column).is_some_and(|cell| cell.stored.is_some());
    words && below.row == row.row + 1 && row.cells.iter().any(|cell| counts(above, cell.column) && counts(below, cell.column))
}

/// Whether a row after a blank one begins a table of another shape: a bold header that is none of the table's rows.
pub(super) fn begins(grid: &RawSheet, row: &RawRow, (header, columns): (&Header, (u16, u16)), kind: TableKind) -> bool {
    let at = grid.rows.partition_point(|other| other.row < row.row);
    let headed = |at: usize| {
        let Some(above) = at.checked_sub(1).and_then(|above| grid.rows.get(above)) else { return false };
        let row = &grid.rows[at];
        let short = row.cells.iter().all(|cell| cell.text.chars().count() <= 40 && cell.stored.is_none());
        let width = usize::from(columns.1 - columns.0) + 1;
        (is_styled_header(row, above) || heads_between(grid, at))
            && !header.is_said_by(row)
            && short
            && row.cells.len() >= 2
            && row.cells.len() < width.max(3)
            && kind != TableKind::History
            && row.cells.iter().all(|cell| Status::parse(&cell.text).is_none())
    };
    let next = grid.rows.get(at + 1).filter(|below| below.row == row.row + 1);
    // Below a narrow list, a lone banner begins the next one.
    let below = grid.rows.get(at + 1).filter(|below| below.row <= row.row + 2);
    let lone = row.cells.len() == 1
        && kind == TableKind::Register
        && columns.1 - columns.0 < 2
        && below.is_some_and(|below| below.cells.len() >= 2);
    lone || (row.cells.len() >= 3 && headed(at))
        || (row.cells.len() == 1 && next.is_some_and(|below| below.cells.len() >= 2 && headed(at + 1)))
}

/// One table: banners, perhaps a header row, and rows.
fn read_block(grid: &RawSheet, block: std::ops::Range<usize>, alone: bool) -> Option<Outline> {
    let rows = &grid.rows[block.clone()];
    let first = first_wide(grid, &block)?;
    let wide = rows.iter().filter(|row| row.cells.len() >= 2).count();
    if is_labelled(rows) || is_key_to_colours(rows) || is_lookup(grid, rows) || (wide < 2 && !alone && !is_scored(rows)) {
        return None;
    }
    let start = block.start + first;
    let heads = is_marked(grid, start) || is_header(&grid.rows[start..block.end]);
    let header = heads.then(|| header_at(grid, start));
    let body = header.as_ref().map_or(start, |header| grid.rows.partition_point(|row| row.row <= header.last));
    // A list of sentences is no table.
    let filled = |rows: &[RawRow]| rows.iter().filter(|row| row.cells.len() >= 2).count();
    if filled(&grid.rows[body.min(block.end)..block.end]) == 0 {
        return None;
    }
    let last = trim_end(grid, body..block.end);
    let mut columns: Vec<u16> =
        grid.rows[start..=last.max(start)].iter().flat_map(|row| row.cells.iter().map(|cell| cell.column)).collect();
    columns.sort_unstable();
    columns.dedup();
    let headed: HashMap<u16, &Label> =
        header.iter().flat_map(|header| header.labels.iter().rev()).map(|label| (label.column, label)).collect();
    let named = |column: u16| headed.get(&column).map(|label| (*label).clone());
    let labels: Vec<Label> =
        columns.iter().map(|&column| named(column).unwrap_or(Label { column, parent: "".into(), child: "".into() })).collect();
    let last_row = grid.rows[last.max(start)].row;
    let body_row = header.as_ref().map_or(grid.rows[start].row, |header| header.last + 1);
    let by_words = if header.is_some() { kind_of(&labels) } else { (TableKind::Register, None) };
    let (kind, subject) = match by_words {
        _ if holds_lists(&grid.sheet) => (TableKind::Register, None),
        _ if counts_statuses(grid, (columns[0], columns[columns.len() - 1]), body) => (TableKind::Register, None),
        (TableKind::Register, None) => kind_by_content(grid, &columns, (body_row, last_row)),
        told => told,
    };
    let headings = name_columns(grid, &labels, kind, subject, (body_row, last_row));
    Some(Outline {
        sheet: grid.sheet.clone(),
        kind,
        header: header.map(|header| (header.first, header.last)),
        first: (grid.rows[start].row, columns[0]),
        last: (last_row, columns[columns.len() - 1]),
        above: grid.rows[block.start].row,
        columns: headings,
        joins: false,
        turned: Vec::new(),
        left_out: None,
        key: None,
        given: (0, 0),
    })
}

/// How many rows may stand above the one that heads a block: a title in several cells, and what is said of the table.
const TITLES: usize = 6;

/// The position within a block of its first row of several cells, unless that is a title in two over a far wider row of headings.
fn first_wide(grid: &RawSheet, block: &std::ops::Range<usize>) -> Option<usize> {
    let rows = &grid.rows[block.clone()];
    let first = rows.iter().position(|row| row.cells.len() >= 2)?;
    let last = rows.len().min(first + TITLES);
    if let Some(marked) = (first..last).find(|at| is_marked(grid, block.start + at)) {
        return Some(marked);
    }
    let title = rows[first].cells.len();
    let wider = |at: &usize| title <= 3 && rows[*at].cells.len() >= title * 2 && is_header(&rows[*at..]);
    Some((first + 1..last).find(wider).unwrap_or(first))
}

/// Whether a lone line under a banner counts something.
fn is_scored(rows: &[RawRow]) -> bool {
    rows.len() > 1 && rows.iter().any(|row| row.cells.len() >= 2 && row.cells.iter().skip(1).any(|cell| cell.stored.is_some()))
}

/// The position of the last row that is no remark.
fn trim_end(grid: &RawSheet, rows: std::ops::Range<usize>) -> usize {
    let mut last = rows.end.saturating_sub(1);
    while last > rows.start {
        let row = &grid.rows[last];
        let gap = row.row > grid.rows[last - 1].row + 1;
        let remark = row.cells.len() == 1 && (gap || row.first().is_some_and(|cell| is_remark(&cell.text)));
        if !remark {
            break;
        }
        last -= 1;
    }
    last
}

/// A plan without headings has statuses or dates beside words.
pub(super) fn kind_by_content(grid: &RawSheet, columns: &[u16], rows: (u32, u32)) -> (TableKind, Option<Subject>) {
    let contents: Vec<ColumnContent> = columns.iter().take(MOST_JUDGED).map(|&column| ColumnContent::of(grid, column, rows)).collect();
    let any = |test: &dyn Fn(&ColumnContent) -> bool| contents.iter().any(|content| content.filled >= 2 && test(content));
    let states = any(&|content| content.mostly(content.statuses, 0.7));
    let dated = any(&|content| content.mostly(content.dates, 0.6));
    let worded = any(&|content| content.mostly(content.long + content.short, 0.6));
    if states && worded && (dated || columns.len() >= 4) { (TableKind::Plan, Some(Subject::Plan)) } else { (TableKind::Register, None) }
}

/// Whether rows are labels with their values: a cover rather than a table.
pub(super) fn is_labelled(rows: &[RawRow]) -> bool {
    let pairs = rows.iter().filter(|row| (1..=4).contains(&row.cells.len())).count();
    let labelled =
        rows.iter().filter(|row| row.first().is_some_and(|cell| cell.text.trim_end().ends_with(':') && cell.text.len() <= 60)).count();
    let known =
        rows.iter().filter(|row| row.cells.len() == 2 && row.first().is_some_and(|cell| super::preamble::is_label(&cell.text))).count();
    let counted = |row: &&RawRow| {
        let states = row.first().is_some_and(|cell| Status::parse(&cell.text).is_some());
        states && row.cells.get(1).is_some_and(|cell| cell.stored.is_some())
    };
    if rows.iter().filter(counted).count() >= 3 {
        return false;
    }
    let wide = rows.iter().filter(|row| row.cells.len() >= 2).count();
    pairs == rows.len() && ((labelled * 2 > wide && labelled >= 1) || (known * 2 > wide && rows.len() <= 8))
}

/// Whether rows say what colours or statuses mean.
fn is_key_to_colours(rows: &[RawRow]) -> bool {
    let said = |row: &RawRow| row.cells.iter().take(2).any(|cell| Status::parse(&cell.text).is_some() || is_key(&cell.text));
    let states = rows.iter().filter(|row| row.cells.len() <= 3 && said(row)).count();
    let narrow = rows.iter().all(|row| row.cells.len() <= 3);
    let counted = rows.iter().any(|row| row.cells.iter().skip(1).any(|cell| cell.stored.is_some()));
    rows.first().and_then(RawRow::first).is_some_and(|cell| is_key(&cell.text)) && narrow
        || (states >= 3 && states * 3 >= rows.len() * 2 && narrow && !counted)
}

/// Whether the rows of a sheet are lists that other cells choose from.
fn is_lookup(grid: &RawSheet, rows: &[RawRow]) -> bool {
    grid.hidden.sheet && rows.iter().all(|row| row.cells.iter().all(|cell| cell.text.chars().count() <= 40))
}

/// Whether the first of these rows heads the others: all words, short, and over numbers or more words.
fn is_header(rows: &[RawRow]) -> bool {
    let Some((head, body)) = rows.split_first() else { return false };
    let words = head.cells.iter().all(|cell| cell.stored.is_none() && cell.text.chars().count() <= 60);
    let over_numbers =
        body.iter().take(20).any(|row| row.cells.iter().any(|cell| cell.stored.is_some() && head.cell(cell.column).is_some()));
    let widest = body.iter().take(20).map(|row| row.cells.len()).max().unwrap_or(0);
    let stands_out = head.cells.iter().all(|cell| cell.bold) && !body.iter().take(5).any(|row| row.cells.iter().all(|cell| cell.bold));
    let alike = body.iter().take(8).any(|row| {
        row.cells
            .iter()
            .any(|cell| Status::parse(&cell.text).is_some() && head.cell(cell.column).is_some_and(|top| Status::parse(&top.text).is_some()))
    });
    let dated = head.cells.iter().any(|cell| crate::model::kinds::parse_when(&cell.text).is_some() && !super::words::is_period(&cell.text));
    words && !body.is_empty() && (stands_out || (!alike && !dated && (over_numbers || head.cells.len() >= widest)))
}
