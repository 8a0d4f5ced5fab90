//! A table laid out on a sheet: its banner, header row, sections, rows and the cells that reach over several lines.

use std::ops::Range;

use super::{
    sheet::{Sheet, TALLEST, lines},
    style::Style,
};
use crate::{
    model::{Cell, Column, Field, Role, Row, RowKind, Status, Table, Value, kinds::Kind},
    workbook::{Area, Choices, Content},
};

/// Points a character takes in a column.
const POINTS_A_CHARACTER: f64 = 7.0;
/// The narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 70.0);

/// Where a table came to stand.
pub struct Spot {
    /// Its first header row, if it has one.
    pub header: Option<u32>,
    /// The first row of what is said above it.
    pub above: u32,
    /// The sheet row of each row of the table (of a section: its first).
    pub rows: Vec<u32>,
    /// The last row it takes.
    pub last: u32,
    /// The number of its last column.
    pub last_column: u16,
}

impl Spot {
    /// Its first row: a section, its headings, or a row where it has neither.
    pub fn first(&self) -> u32 {
        self.rows.first().copied().into_iter().chain(self.header).min().unwrap_or(self.last)
    }

    /// The cells of a column between two rows of the table, both included.
    pub fn column(&self, column: usize, rows: (usize, usize)) -> Area {
        let column = column as u16;
        Area { first_row: self.rows[rows.0], first_column: column, last_row: self.rows[rows.1], last_column: column }
    }
}

/// Lays a table out below what stands on the sheet.
pub fn lay<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table) -> Spot {
    for (at, column) in table.columns.iter().enumerate() {
        sheet.widen(at, width(column));
    }
    let last_column = table.columns.len().saturating_sub(1) as u16;
    let mut spot = Spot { header: None, above: sheet.next, rows: Vec::with_capacity(table.rows.len()), last: sheet.next, last_column };
    if let Some(title) = &table.title {
        lay_title(sheet, title, last_column);
    }
    // Where the rows begin with a section, the header row stands below its words, as it does below each other section's.
    let headed = table.columns.iter().any(|column| !column.heading.is_empty());
    if headed && table.rows.first().is_none_or(|row| row.kind != RowKind::Section) {
        spot.header = Some(lay_header(sheet, &table.columns));
    }
    let styles: Vec<Style> = table.columns.iter().map(|column| style_of(column.kind)).collect();
    let mut choices = Vec::new();
    let mut from = sheet.next;
    for (at, row) in table.rows.iter().enumerate() {
        if row.kind == RowKind::Section {
            offer_statuses(table, from, sheet.next, &mut choices);
            sheet.next += u32::from(at > 0);
            spot.rows.push(sheet.next);
            lay_section(sheet, row, last_column);
            // A section at the end or before another has a header row too, so that actions can be typed below it.
            if headed {
                let header = lay_header(sheet, &table.columns);
                spot.header.get_or_insert(header);
            }
            from = sheet.next;
        } else {
            spot.rows.push(sheet.next);
            lay_row(sheet, table, at, &styles);
            sheet.next += 1;
        }
    }
    offer_statuses(table, from, sheet.next, &mut choices);
    sheet.page.choices.append(&mut choices);
    raise_merged(sheet, table, &spot);
    spot.last = sheet.next.saturating_sub(1);
    spot
}

fn lay_title<'doc>(sheet: &mut Sheet<'doc>, title: &'doc Field, last_column: u16) {
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
    sheet.next += 2;
}

fn lay_header<'doc>(sheet: &mut Sheet<'doc>, columns: &'doc [Column]) -> u32 {
    let row = sheet.next;
    for (at, column) in (0..).zip(columns) {
        sheet.text(row, at, &column.heading, Style::Header);
    }
    sheet.next += 1;
    row
}

/// A section's words: each label with a colon, its words beside it over the other columns.
fn lay_section<'doc>(sheet: &mut Sheet<'doc>, row: &'doc Row, last_column: u16) {
    for (at, field) in row.fields.iter().enumerate() {
        let style = if at == 0 { Style::Section } else { Style::Detail };
        let number = sheet.next;
        sheet.put(number, 0, Content::Owned(format!("{}:", field.label)), style);
        sheet.cell(number, 1, &field.cell, style);
        sheet.merge_across(number, 1, last_column.max(1), &field.cell.text);
        sheet.next += 1;
    }
}

fn lay_row<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table, at: usize, styles: &[Style]) {
    let number = sheet.next;
    let row = &table.rows[at];
    let may_reach = row.is_line() && table.rows.get(at + 1).is_some_and(|below| below.kind == RowKind::Line);
    for ((column, cell), style) in (0_u16..).zip(&row.cells).zip(styles) {
        if cell.value == Value::Merged && joins_above(table, at, usize::from(column)) {
            continue;
        }
        let style = match (cell.status(), row.kind) {
            (Some(status), _) => Style::Status(status),
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

/// Offers the status words in the status column between two sheet rows.
fn offer_statuses(table: &Table, first: u32, end: u32, choices: &mut Vec<Choices>) {
    let Some(column) = table.role_position(Role::Status).filter(|_| first < end) else { return };
    let column = column as u16;
    let area = Area { first_row: first, first_column: column, last_row: end - 1, last_column: column };
    choices.push(Choices { area, values: Status::ALL.map(|status| status.word().to_owned()).into() });
}

/// Makes lines high enough for the merged texts beside them, which Excel does not do by itself.
fn raise_merged(sheet: &mut Sheet<'_>, table: &Table, spot: &Spot) {
    let mut at = 0;
    while at < table.rows.len() {
        let below = table.rows[at + 1..].iter().take_while(|row| row.kind == RowKind::Line).count();
        let block = at..at + 1 + below;
        if below > 0 && table.rows[at].is_line() {
            raise_block(sheet, table, spot, block.clone());
        }
        at = block.end;
    }
}

/// Raises the last line below each merged text of an entry that needs more room than its lines have.
fn raise_block(sheet: &mut Sheet<'_>, table: &Table, spot: &Spot, block: Range<usize>) {
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
        sheet.raise(spot.rows[block.start + at], needs[at]);
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
