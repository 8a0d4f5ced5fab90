//! Where the tables of a sheet stand: their headers, how far they reach, and what stands above them. Reads no values.

use std::collections::{HashMap, HashSet};

use super::{
    content::{ColumnContent, MOST_JUDGED, counts_statuses},
    header::{Header, Label, header_at, kind_of, names_statuses},
    heading_rows::headings_in,
    outline::Outline,
    roles::name_columns,
    status_legend::{explains, is_key_line},
    words::{Opening, Subject, holds_lists, is_key, is_period, is_remark, is_total, opening},
};
use crate::{
    model::{Status, TableKind},
    workbook::{RawRow, RawSheet},
};

/// How many filled rows of a sheet are searched for headings with typing errors.
const MENDED: usize = 80;
/// The most tables that are looked for on a sheet.
const MOST_TABLES: usize = 100;
/// How many rows of a table are searched for columns that nothing heads.
const LOOKED: usize = 2000;

/// A header with what its table holds.
#[derive(Clone, Debug)]
pub(super) struct Found {
    header: Header,
    kind: TableKind,
    subject: Option<Subject>,
    /// Its first and last column.
    columns: (u16, u16),
    /// The position of its first row below the headings.
    body: usize,
}

/// The tables of a sheet, top to bottom, then left to right.
pub(super) fn tables(grid: &RawSheet) -> Vec<Outline> {
    let lists = holds_lists(&grid.sheet);
    let mut found = if lists { Vec::new() } else { headers(grid, false) };
    if found.is_empty() && !lists {
        found = headers(grid, true);
    }
    let mut outlines: Vec<Outline> = Vec::new();
    let mut at = 0;
    while at < found.len() {
        // Tables side by side share their header's rows.
        let beside = found[at..].iter().take_while(|other| other.header.first == found[at].header.first).count();
        let above = outlines.iter().map(|outline| outline.last.0 + 1).max().unwrap_or(0);
        for table in &found[at..at + beside] {
            let next = found[at + beside..].iter().find(|next| next.columns.0 <= table.columns.1 && table.columns.0 <= next.columns.1);
            outlines.push(extent(grid, table, next, above));
        }
        at += beside;
    }
    let room = MOST_TABLES.saturating_sub(outlines.len());
    let rest = super::blocks::tables(grid, &outlines, room);
    outlines.extend(rest);
    outlines.sort_by_key(|outline| outline.first);
    outlines
}

/// The headers of a sheet, without those that only repeat one above.
fn headers(grid: &RawSheet, mending: bool) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    let rows = if mending { grid.rows.len().min(MENDED) } else { grid.rows.len() };
    while at < rows && found.len() < MOST_TABLES {
        let step = header_rows(grid, at, mending, &found);
        if let Some((tables, next)) = step {
            found.extend(tables);
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

/// The tables whose header begins at a row, and the position of the first row below it.
fn header_rows(grid: &RawSheet, at: usize, mending: bool, before: &[Found]) -> Option<(Vec<Found>, usize)> {
    let row = &grid.rows[at];
    if let Some(history) = history(grid, at) {
        let repeated = before.iter().any(|found| found.header.first == history.header.first);
        return (!repeated).then_some((vec![history], at + 1));
    }
    let named = headings_in(grid, at, mending);
    if named == 0 || (named == 1 && !stands_over_periods(row)) {
        return None;
    }
    // Below one table, another begins after a blank row or a banner; a plan's own words may be headings elsewhere.
    let parted = at == 0 || grid.rows[at - 1].row + 1 < row.row || grid.rows[at - 1].cells.len() == 1;
    if !before.is_empty() && (!parted || named < 3) {
        return None;
    }
    if before.iter().any(|found| found.header.is_said_by(row)) {
        return None;
    }
    let header = header_at(grid, at);
    let body = grid.rows.partition_point(|row| row.row <= header.last);
    let tables: Vec<Found> = split(grid, &header, body)
        .into_iter()
        .filter_map(|labels| {
            let (kind, subject) = kind_of(&labels);
            let columns = (labels.first()?.column, labels.last()?.column);
            // Left to be read as a list.
            if counts_statuses(grid, columns, body) {
                return None;
            }
            let header = Header { labels, ..header.clone() };
            (kind != TableKind::Register || subject.is_some()).then_some(Found { header, kind, subject, columns, body })
        })
        .collect();
    // A line of a table's own words is no header; a header stands over something.
    let over = grid.rows.len() <= body + 1 || grid.rows[body..].iter().take(6).any(|below| below.cells.len() > 1);
    (!tables.is_empty() && over && better_below(grid, at, named, mending).is_none()).then_some((tables, body))
}

/// A row soon below that has far more headings: then this one is a line of labelled values above the table.
fn better_below(grid: &RawSheet, at: usize, named: usize, mending: bool) -> Option<usize> {
    let rows = grid.rows.iter().enumerate().skip(at + 1).take(12);
    rows.filter(|(_, row)| row.cells.len() >= 3).find(|(at, _)| headings_in(grid, *at, mending) >= named * 2).map(|(at, _)| at)
}

fn stands_over_periods(row: &RawRow) -> bool {
    row.cells.iter().filter(|cell| is_period(&cell.text)).count() >= 2
}

/// A table of status counts: at least two periods, with three statuses below.
pub(super) fn history(grid: &RawSheet, at: usize) -> Option<Found> {
    let row = &grid.rows[at];
    let status = |row: &RawRow| {
        row.first().filter(|cell| cell.text.chars().count() > 1 || row.cells.len() > 1).and_then(|cell| Status::parse(&cell.text))
    };
    let counted = |row: &RawRow| {
        let number = |cell: &crate::workbook::RawCell| cell.stored.is_some() || cell.text.parse::<f64>().is_ok();
        row.cells.get(1).is_some_and(number) && status(row).is_some()
    };
    // Every row is asked, so what most rows fail is asked first.
    let periods = || row.cells.iter().filter(|cell| is_period(&cell.text)).count();
    if row.cells.len() < 2 || !(1..=3).all(|below| grid.rows.get(at + below).is_some_and(counted)) || periods() < 2 {
        return None;
    }
    let first = grid.rows[at + 1].cells[0].column;
    let mut labels: Vec<Label> =
        row.cells.iter().map(|cell| Label { column: cell.column, parent: "".into(), child: cell.text.clone() }).collect();
    if labels.first().is_none_or(|label| label.column > first) {
        labels.insert(0, Label { column: first, parent: "".into(), child: "".into() });
    }
    let columns = (first, labels.last().map_or(first, |label| label.column));
    let header = Header { first: row.row, last: row.row, labels };
    Some(Found { header, kind: TableKind::History, subject: None, columns, body: at + 1 })
}

/// The headings of each table that a header row heads: parted by blank columns, where each side names rows of its own.
fn split(grid: &RawSheet, header: &Header, body: usize) -> Vec<Vec<Label>> {
    let rows = &grid.rows[body.min(grid.rows.len())..(body + 60).min(grid.rows.len())];
    let is_blank = |column: u16| rows.iter().filter(|row| row.cell(column).is_some()).count() * 10 <= rows.len();
    let mut parts: Vec<Vec<Label>> = Vec::new();
    for label in &header.labels {
        let apart = parts
            .last()
            .and_then(|part| part.last())
            .is_none_or(|last| label.column > last.column + 1 && (last.column + 1..label.column).all(is_blank));
        if apart {
            parts.push(Vec::new());
        }
        parts.last_mut().expect("one was pushed").push(label.clone());
    }
    let mut tables: Vec<Vec<Label>> = Vec::new();
    for part in parts {
        // A key beside the table may reach into the row of its headings.
        let states = || part.iter().all(|label| Status::parse(&label.child).is_some() || explains(&label.child));
        if part.len() <= 3 && !tables.is_empty() && (is_key(&part[0].child) || states()) {
            continue;
        }
        let own = |labels: &[Label]| labels.len() >= 2 && (kind_of(labels).0 != TableKind::Register || kind_of(labels).1.is_some());
        match tables.last_mut() {
            Some(last) if !(own(last) && own(&part)) => last.extend(part),
            _ => tables.push(part),
        }
    }
    tables
}

/// How far a table reaches.
fn extent(grid: &RawSheet, table: &Found, next: Option<&Found>, above: u32) -> Outline {
    let limit = next.map_or(u32::MAX, |next| next.header.first);
    let mut columns = table.columns;
    let limit_right = rightmost(grid, table);
    let (first, above) = start(grid, table, above);
    let last = last_row(grid, table, columns, limit);
    let body = (table.header.last + 1, last);
    let mut labels = table.header.labels.clone();
    // Columns that are filled though nothing heads them.
    let body_rows = grid.rows.partition_point(|row| row.row < body.0)..grid.rows.partition_point(|row| row.row <= body.1);
    let looked: Vec<&RawRow> = grid.rows[body_rows.start..body_rows.end.max(body_rows.start)].iter().take(LOOKED).collect();
    let filled = looked.iter().flat_map(|row| row.cells.iter().map(|cell| cell.column));
    let painted =
        grid.painted.iter().filter(|painted| (body.0..=body.1).contains(&painted.row)).take(LOOKED * 8).map(|painted| painted.column);
    let mut places: Vec<u16> =
        filled.chain(painted).filter(|column| (columns.0.saturating_sub(1)..=limit_right).contains(column)).collect();
    places.sort_unstable();
    places.dedup();
    let headings: HashSet<u16> = labels.iter().map(|label| label.column).collect();
    // Of a sheet as wide as that nobody heads the rest.
    for column in places.into_iter().filter(|column| !headings.contains(column)).take(MOST_JUDGED) {
        let content = ColumnContent::of(grid, column, body);
        let rows = looked.len().min(200);
        let within = (columns.0..=columns.1).contains(&column);
        let enough = content.filled >= if within { 1 } else { 2.max(rows / 4) } || (content.painted >= 3 && (within || content.hues >= 2));
        if enough && table.kind != TableKind::History {
            labels.push(Label { column, parent: "".into(), child: "".into() });
            columns = (columns.0.min(column), columns.1.max(column));
        }
    }
    labels.sort_by_key(|label| label.column);
    let headings = name_columns(grid, &labels, table.kind, table.subject, body);
    Outline {
        sheet: grid.sheet.clone(),
        kind: table.kind,
        header: Some((table.header.first, table.header.last)),
        first: (first, columns.0),
        last: (last, columns.1),
        above,
        columns: headings,
        joins: false,
        turned: Vec::new(),
        left_out: None,
        key: None,
        given: (0, 0),
    }
}

/// The furthest column that may belong to a table: up to a blank column, or to what stands beside it.
fn rightmost(grid: &RawSheet, table: &Found) -> u16 {
    let row = grid.position(table.header.first).map(|at| &grid.rows[at]);
    let beside = row.and_then(|row| row.cells.iter().find(|cell| cell.column > table.columns.1)).map(|cell| cell.column);
    let from = grid.rows.partition_point(|row| row.row + 4 < table.header.first);
    let key =
        grid.rows[from..].iter().take(24).flat_map(|row| &row.cells).filter(|cell| cell.column > table.columns.1 && is_key(&cell.text));
    let most = key.map(|cell| cell.column).chain(beside).min().unwrap_or(u16::MAX);
    (table.columns.1 + 1).min(most.saturating_sub(1)).max(table.columns.1)
}

/// The first row of a table, which may be a section above its header, and the first row of what is said above it.
fn start(grid: &RawSheet, table: &Found, above: u32) -> (u32, u32) {
    let header = grid.rows.partition_point(|row| row.row < table.header.first);
    // A table beside this one may reach further down.
    let after = grid.rows.partition_point(|row| row.row < above).min(header);
    let opens =
        |row: &RawRow| row.cells.len() <= 2 && row.first().is_some_and(|cell| matches!(opening(&cell.text), Some((Opening::Section, ..))));
    // Only in a plan: a KPI table's `Theme: …` above its header is said of it as a whole.
    // A label that a blank row parts from the header, and that no section below has, is said of the plan.
    let joined = |at: usize| (at..header).all(|at| grid.rows.get(at + 1).is_some_and(|below| below.row == grid.rows[at].row + 1));
    let label = |at: usize| grid.rows[at].first().and_then(|cell| opening(&cell.text)).map_or("", |(_, label, _)| label);
    let says = |row: &RawRow, label: &str| opens(row) && row.first().is_some_and(|cell| cell.text.starts_with(label));
    let again = |at: usize| grid.rows[header..].iter().take(LOOKED).any(|row| says(row, label(at)));
    let opened = |at: &usize| opens(&grid.rows[*at]) && (joined(*at) || again(*at));
    let section = if table.kind == TableKind::Plan { (after..header).find(opened) } else { None };
    let section = section.or_else(|| repeated_banner(grid, table, after, header));
    let first = section.map_or(table.header.first, |at| grid.rows[at].row);
    let top = grid.rows[after..header].first().map_or(first, |row| row.row);
    (first, top.min(first))
}

/// The banner directly above a header that is repeated below, each time under a banner of its own.
fn repeated_banner(grid: &RawSheet, table: &Found, after: usize, header: usize) -> Option<usize> {
    // The lone lines directly above a header: a banner, perhaps with its objective.
    let lines = |at: usize| {
        let lone = |at: &usize| grid.rows[*at].cells.len() <= 2 && grid.rows[*at].row + 2 >= grid.rows[at + 1].row;
        (0..at).rev().take(3).take_while(lone).count()
    };
    // Headings in two rows are said again in two.
    let follows = |at: usize| at > 0 && table.header.is_said_by(&grid.rows[at - 1]);
    let repeats: Vec<usize> =
        (table.body..grid.rows.len()).filter(|&at| table.header.is_said_by(&grid.rows[at])).filter(|&at| !follows(at)).collect();
    let depth = repeats.iter().map(|&at| lines(at)).min()?;
    let own = depth.min(lines(header)).min(header - after);
    // Each banner stands alone in its row, as far above its header as the first one does.
    let apart = |at: usize| grid.rows[at].row - grid.rows[at - own].row;
    let alike = |&at: &usize| grid.rows[at - own].cells.len() == 1 && apart(at) == apart(header);
    (own > 0 && alike(&header) && repeats.iter().all(alike)).then(|| header - own)
}

/// The last row of a table: before what is said of the next one, and before the remarks and keys below it.
fn last_row(grid: &RawSheet, table: &Found, columns: (u16, u16), limit: u32) -> u32 {
    let mut last = table.header.last;
    let mut below = table.header.last;
    let mut keyed = false;
    // A blank row that a merge reaches over is no gap.
    let mut tall: HashMap<u32, u32> = HashMap::new();
    for merge in grid.merges.iter().filter(|merge| merge.first.1 <= columns.1 && columns.0 <= merge.last.1) {
        let last = tall.entry(merge.first.0).or_insert(merge.last.0);
        *last = merge.last.0.max(*last);
    }
    let lying = names_statuses(&table.header.labels);
    let rows = || grid.rows[table.body..].iter().take_while(|row| row.row < limit);
    for row in rows() {
        let mut cells = row.cells.iter().filter(|cell| (columns.0..=columns.1).contains(&cell.column));
        let Some(first) = cells.next() else { continue };
        let count = 1 + cells.count();
        let gap = row.row > below + 1;
        below = row.row.max(tall.get(&row.row).copied().unwrap_or(0));
        if gap && super::blocks::begins(grid, row, (&table.header, columns), table.kind) {
            break;
        }
        if table.kind == TableKind::History && !lying {
            // A tracker ends with its statuses and their sum.
            if Status::parse(&first.text).is_none() && !is_total(&first.text) {
                break;
            }
            last = row.row;
            continue;
        }
        keyed |= gap && is_key(&first.text);
        let remark = count <= 2 && ((is_remark(&first.text) && (gap || count == 1)) || (count == 1 && is_key_line(&first.text)));
        let counts = if count >= 2 {
            !(remark || (keyed && count <= 2))
        } else {
            (!gap && !remark && !keyed && last + 1 >= row.row.min(below)) || first.column > columns.0 + 1
        };
        if counts {
            last = row.row;
        }
    }
    // A single text at the end that only a blank row parted from the table was never counted; what is said of the next table is not either.
    let bounded = limit != u32::MAX;
    if bounded { before_preamble(grid, table, last, limit) } else { last }
}

/// Gives back rows just above the next table's header that are said of that one: lone texts and labelled values after a blank row.
fn before_preamble(grid: &RawSheet, table: &Found, last: u32, limit: u32) -> u32 {
    let end = grid.rows.partition_point(|row| row.row < limit);
    let mut at = end;
    let mut cut = None;
    while at > table.body {
        at -= 1;
        let row = &grid.rows[at];
        if row.cells.len() > 2 {
            break;
        }
        let gap = at > 0 && row.row > grid.rows[at - 1].row + 1;
        if gap {
            cut = Some(at);
            break;
        }
        if row.cells.len() == 1 {
            cut = Some(at);
        }
    }
    cut.and_then(|at| at.checked_sub(1)).map_or(last, |at| last.min(grid.rows[at].row))
}
