//! A table laid out on a sheet: its banner, header row, sections, rows and the cells that reach over several lines.

use std::ops::Range;

use super::{
    parts,
    placement::Placement,
    sheet::{Sheet, TALLEST, lines},
    statuses,
    style::Style,
};
use crate::{
    model::{Cell, Column, Field, Row, RowKind, Table, Value, kinds::Kind},
    workbook::{
        Area, Content,
        keys::{Part, column_key},
    },
};

/// Points a character takes in a column.
const POINTS_A_CHARACTER: f64 = 7.0;
/// The narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 70.0);

/// Lays a table out below what stands on the sheet.
pub(crate) fn lay<'doc>(sheet: &mut Sheet<'doc>, part: &parts::Part<'doc>) -> Placement {
    let table = part.table;
    for (at, column) in table.columns.iter().enumerate() {
        sheet.widen(at, width(column));
    }
    let last_column = table.columns.len().saturating_sub(1) as u16;
    lay_column_keys(sheet, table);
    let mut placement =
        Placement { header: None, above: sheet.next, fields: Vec::new(), rows: vec![sheet.next; table.rows.len()], last: sheet.next };
    if let Some(title) = part.title {
        lay_title(sheet, table, title, last_column);
    }
    placement.fields = lay_fields(sheet, part, last_column);
    // Where the rows begin with a section, the header row stands below its words, as it does below each other section's.
    let rows = &table.rows[part.rows.clone()];
    let headed = table.columns.iter().any(|column| !column.heading.is_empty());
    if headed && rows.first().is_none_or(|row| row.kind != RowKind::Section) {
        placement.header = Some(lay_header(sheet, table));
    }
    let styles: Vec<Style> = table.columns.iter().map(|column| style_of(column.kind)).collect();
    let begin = placement.header.unwrap_or(sheet.next);
    for (at, row) in part.rows.clone().zip(rows) {
        if row.kind == RowKind::Section {
            // Headings that follow one another, and one at the end, have a header row too, so that actions can be typed below.
            sheet.next += u32::from(at > part.rows.start);
            placement.rows[at] = sheet.next;
            lay_section(sheet, table, row, last_column);
            if headed {
                let header = lay_header(sheet, table);
                placement.header.get_or_insert(header);
            }
        } else {
            placement.rows[at] = sheet.next;
            lay_row(sheet, table, at, &styles);
            sheet.key(sheet.next, table.id, Part::Row(row.kind, row.id));
            sheet.next += 1;
        }
    }
    placement.last = sheet.next.saturating_sub(1);
    statuses::colour(sheet, table, (begin, placement.last));
    statuses::offer(sheet, table, &placement, part.rows.clone());
    raise_merged(sheet, part, &placement);
    placement
}

/// The hidden row above a table with a key over each column.
fn lay_column_keys(sheet: &mut Sheet<'_>, table: &Table) {
    let row = sheet.next;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.put(row, at, Content::Owned(column_key(column.id)), Style::Remark);
    }
    sheet.key(row, table.id, Part::Columns);
    sheet.page.hidden_rows.push(row);
    sheet.next += 1;
}

fn lay_title<'doc>(sheet: &mut Sheet<'doc>, table: &Table, title: &'doc Field, last_column: u16) {
    let row = sheet.next;
    if title.label.is_empty() || last_column == 0 {
        sheet.cell(row, 0, &title.cell, Style::Title);
        // A banner is larger than the text the widths are counted in.
        sheet.merge_across(row, 0, last_column, &title.cell.text);
    } else {
        sheet.put(row, 0, Content::Owned(format!("{}:", title.label)), Style::Title);
        sheet.cell(row, 1, &title.cell, Style::Title);
        sheet.merge_across(row, 1, last_column, &title.cell.text);
    }
    if let Some(raised) = sheet.page.heights.last_mut().filter(|(raised, _)| *raised == row) {
        raised.1 = (raised.1 * 1.5).min(TALLEST);
    }
    sheet.key(row, table.id, Part::Above);
    sheet.next += 2;
}

/// The labelled words that a sheet of a plan has above its columns; their rows.
fn lay_fields<'doc>(sheet: &mut Sheet<'doc>, part: &parts::Part<'doc>, last_column: u16) -> Vec<u32> {
    let mut rows = Vec::new();
    for field in parts::shown(part.fields) {
        let row = sheet.next;
        rows.push(row);
        let style = if part.first { Style::Section } else { Style::Detail };
        lay_labelled(sheet, field, style, last_column);
        let section = part.rows.start.checked_sub(1).map(|at| part.table.rows[at].id).filter(|_| part.first);
        sheet.key(row, part.table.id, section.map_or(Part::Above, |id| Part::Row(RowKind::Section, id)));
    }
    sheet.next += u32::from(!part.fields.is_empty() && !part.first);
    rows
}

fn lay_header<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table) -> u32 {
    let row = sheet.next;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.text(row, at, &column.heading, Style::Header);
    }
    sheet.key(row, table.id, Part::Header);
    sheet.next += 1;
    row
}

/// A section's words: each label with a colon, its words beside it over the other columns.
fn lay_section<'doc>(sheet: &mut Sheet<'doc>, table: &Table, row: &'doc Row, last_column: u16) {
    for (at, field) in row.fields.iter().enumerate() {
        let number = sheet.next;
        lay_labelled(sheet, field, if at == 0 { Style::Section } else { Style::Detail }, last_column);
        sheet.key(number, table.id, Part::Row(RowKind::Section, row.id));
    }
}

/// A label with a colon and its words, merged over the other columns.
fn lay_labelled<'doc>(sheet: &mut Sheet<'doc>, field: &'doc Field, style: Style, last_column: u16) {
    let number = sheet.next;
    sheet.put(number, 0, Content::Owned(format!("{}:", field.label)), style);
    sheet.cell(number, 1, &field.cell, style);
    sheet.merge_across(number, 1, last_column.max(1), &field.cell.text);
    sheet.next += 1;
}

fn lay_row<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table, at: usize, styles: &[Style]) {
    let number = sheet.next;
    let row = &table.rows[at];
    let may_reach = row.is_line() && table.rows.get(at + 1).is_some_and(|below| below.kind == RowKind::Line);
    for ((column, cell), style) in (0_u16..).zip(&row.cells).zip(styles) {
        if cell.value == Value::Merged && joins_above(table, at, usize::from(column)) {
            continue;
        }
        // The colour of a status comes from its word, by a conditional format; that of a remark is its own.
        let style = match (cell.status(), row.kind) {
            (Some(status), _) if !statuses::is_word(&cell.text) => Style::Status(status),
            (Some(_), _) => Style::Centre,
            (None, RowKind::Group) => Style::Group,
            (None, _) => *style,
        };
        sheet.cell(number, column, cell, style);
        let reach = if may_reach { table.merged_lines(at, usize::from(column)) } else { 1 };
        if reach > 1 {
            let last_row = number + reach as u32 - 1;
            sheet.page.merges.push(Area { first_row: number, first_column: column, last_row, last_column: column });
        }
    }
}

/// Whether a merged cell is covered by one above it: the lines between are merged too, up to a line with a cell of its own.
fn joins_above(table: &Table, at: usize, column: usize) -> bool {
    let mut below = &table.rows[at];
    for above in table.rows[..at].iter().rev() {
        if below.kind != RowKind::Line || !above.is_line() {
            return false;
        }
        if above.cells.get(column).is_some_and(|cell| cell.value != Value::Merged) {
            return true;
        }
        below = above;
    }
    false
}

/// Makes lines high enough for the merged texts beside them, which Excel does not do by itself.
fn raise_merged(sheet: &mut Sheet<'_>, part: &parts::Part<'_>, placement: &Placement) {
    let table = part.table;
    let mut at = part.rows.start;
    while at < part.rows.end {
        let below = table.rows[at + 1..].iter().take_while(|row| row.kind == RowKind::Line).count();
        let block = at..at + 1 + below;
        if below > 0 && table.rows[at].is_line() {
            raise_block(sheet, table, placement, block.clone());
        }
        at = block.end;
    }
}

/// Raises the last line below each merged text of an entry that needs more room than its lines have.
fn raise_block(sheet: &mut Sheet<'_>, table: &Table, placement: &Placement, block: Range<usize>) {
    let need = |cell: &Cell, column: usize| lines(&cell.text, sheet.width(column as u16));
    let mut needs = vec![1; block.len()];
    let mut reaching = Vec::new();
    for row in block.clone() {
        for (column, cell) in table.rows[row].cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let (at, reach) = (row - block.start, table.merged_lines(row, column));
            if reach == 1 {
                needs[at] = need(cell, column).max(needs[at]);
            } else {
                reaching.push((at, at + reach - 1, need(cell, column)));
            }
        }
    }
    let mut raised = Vec::new();
    for (first, last, lines) in reaching {
        let have: usize = needs[first..=last].iter().sum();
        if lines > have {
            needs[last] += lines - have;
            raised.push(last);
        }
    }
    raised.sort_unstable();
    raised.dedup();
    for at in raised {
        sheet.raise(placement.rows[block.start + at], needs[at]);
    }
}

fn style_of(kind: Kind) -> Style {
    match kind {
        Kind::Ref | Kind::Paragraph => Style::Body,
        Kind::Date | Kind::Status | Kind::Figure | Kind::Number => Style::Centre,
    }
}

/// A column's width in characters.
fn width(column: &Column) -> f64 {
    (f64::from(column.width) / POINTS_A_CHARACTER).clamp(WIDTHS.0, WIDTHS.1)
}
