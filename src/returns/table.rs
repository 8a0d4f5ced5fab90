//! A table laid out on a sheet: its banner, header row, sections, rows and the cells that reach over several lines.

use super::{
    beside::Beside,
    long_rows, parts,
    placement::{Block, Placement},
    plan, scores,
    sheet::Sheet,
    statuses,
    style::Style,
};
use crate::{
    model::{Cell, Column, Field, Row, RowKind, Table, Value, kinds::Kind},
    workbook::{
        Area, Content, Letters,
        keys::{Part, column_key},
        room,
    },
};

/// Points a character takes in a column.
const POINTS_A_CHARACTER: f64 = 7.0;
/// The narrowest and widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 70.0);
/// As much as a column is widened for a number, a date or a word of its heading, in characters.
const WIDEST_WORD: f64 = 24.0;

/// Lays a table out below what stands on the sheet.
pub(crate) fn lay<'doc>(sheet: &mut Sheet<'doc>, part: &parts::Part<'doc>, beside: &Beside<'_>) -> Placement {
    let table = part.table;
    for (at, column) in table.columns.iter().enumerate() {
        sheet.widen(at, width(column).max(least_width(table, at)));
    }
    let last_column = (table.columns.len() + beside.columns()).saturating_sub(1) as u16;
    sheet.widen(0, label_width(part));
    lay_column_keys(sheet, table, beside);
    let mut placement = Placement {
        header: None,
        above: sheet.next,
        fields: Vec::new(),
        rows: vec![sheet.next; table.rows.len()],
        last: sheet.next,
        blocks: Vec::new(),
    };
    if let Some(title) = part.title {
        lay_title(sheet, table, title, last_column);
    }
    placement.fields = lay_fields(sheet, part, last_column);
    // Where the rows begin with a section, the header row stands below its words, as it does below each other section's.
    let rows = &table.rows[part.rows.clone()];
    let headed = table.columns.iter().any(|column| !column.heading.is_empty());
    if headed && rows.first().is_none_or(|row| row.kind != RowKind::Section) {
        let header = lay_header(sheet, table, beside);
        begin_block(sheet, &mut placement, header, header);
    }
    let styles: Vec<Style> = table.columns.iter().map(|column| style_of(column.kind)).collect();
    let begin = placement.header.unwrap_or(sheet.next);
    for (at, row) in part.rows.clone().zip(rows) {
        if row.kind == RowKind::Section {
            // Headings that follow one another, and one at the end, have a header row too, so that actions can be typed below.
            sheet.next += u32::from(at > part.rows.start);
            let first = sheet.next;
            placement.rows[at] = first;
            lay_section(sheet, table, row, last_column);
            if headed {
                let header = lay_header(sheet, table, beside);
                begin_block(sheet, &mut placement, first, header);
            }
        } else {
            placement.rows[at] = sheet.next;
            lay_row(sheet, table, at, (&styles, beside));
            go_on_in_block(sheet, &mut placement, row, at);
        }
    }
    placement.last = sheet.next.saturating_sub(1);
    statuses::colour(sheet, table, (begin, placement.last));
    beside.colour(sheet, table.columns.len(), (begin, placement.last));
    statuses::offer(sheet, table, &placement, part.rows.clone());
    plan::set_filters(sheet, table, beside, &placement);
    scores::colour(sheet, table, (begin, placement.last));
    placement
}

/// A header row begins a block; a printed page ends above its heading rather than between that and the first row.
fn begin_block(sheet: &mut Sheet<'_>, placement: &mut Placement, heading: u32, header: u32) {
    placement.header.get_or_insert(header);
    placement.blocks.push(Block { header, last: header, sorts: true });
    sheet.page.kept_together.push((heading, header + 1));
}

/// Takes a row that was laid into its block.
fn go_on_in_block(sheet: &mut Sheet<'_>, placement: &mut Placement, row: &Row, at: usize) {
    let first = placement.rows[at];
    if row.kind == RowKind::Group {
        // Headings that follow one another stay together with the first row below them.
        match sheet.page.kept_together.last_mut().filter(|(_, last)| *last == first) {
            Some((_, last)) => *last = sheet.next,
            None => sheet.page.kept_together.push((first, sheet.next)),
        }
    }
    let Some(block) = placement.blocks.last_mut() else { return };
    match row.kind {
        RowKind::Entry => {
            // A row below a sum would be sorted with it.
            block.sorts &= block.last + 1 == first;
            block.last = sheet.next - 1;
        }
        RowKind::Line | RowKind::Group | RowKind::Section => (block.sorts, block.last) = (false, sheet.next - 1),
        RowKind::Total => {}
    }
}

/// The hidden row above a table with a key over each column.
fn lay_column_keys(sheet: &mut Sheet<'_>, table: &Table, beside: &Beside<'_>) {
    let row = sheet.next;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.put(row, at, Content::Owned(column_key(column.id)), Style::Remark);
    }
    beside.lay_keys(sheet, row, table.columns.len());
    sheet.key(row, table.id, Part::Columns);
    sheet.page.hidden_rows.push(row);
    sheet.next += 1;
}

fn lay_title<'doc>(sheet: &mut Sheet<'doc>, table: &Table, title: &'doc Field, last_column: u16) {
    let row = sheet.next;
    if title.label.is_empty() || last_column == 0 {
        sheet.cell(row, 0, &title.cell, Style::Title);
        sheet.merge_across(row, 0, last_column);
    } else {
        sheet.put(row, 0, Content::Owned(format!("{}:", title.label)), Style::Title);
        sheet.cell(row, 1, &title.cell, Style::Title);
        sheet.merge_across(row, 1, last_column);
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

fn lay_header<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table, beside: &Beside<'_>) -> u32 {
    let row = sheet.next;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.text(row, at, &column.heading, Style::Header);
    }
    let sums = beside.lay_headings(sheet, row, table);
    sheet.key_beside(row, table.id, Part::Header, &sums);
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
    sheet.merge_across(number, 1, last_column.max(1));
    sheet.next += 1;
}

/// Lays a row with its key, and below it what of its texts does not fit into it.
fn lay_row<'doc>(sheet: &mut Sheet<'doc>, table: &'doc Table, at: usize, (styles, beside): (&[Style], &Beside<'_>)) {
    let row = &table.rows[at];
    let may_reach = row.is_line() && table.rows.get(at + 1).is_some_and(|below| below.kind == RowKind::Line);
    // A line stands beside merged cells, which a row below would part.
    let cuts = if may_reach || row.kind == RowKind::Line { Vec::new() } else { long_rows::cuts(sheet, row) };
    let pieces = cuts.iter().map(Vec::len).max().unwrap_or(0);
    for number in 0..=pieces {
        let line = sheet.next;
        for ((column, cell), style) in (0_u16..).zip(&row.cells).zip(styles) {
            if cell.value == Value::Merged && joins_above(table, at, usize::from(column)) {
                continue;
            }
            let style = cell_style(row, cell, *style);
            let cuts = cuts.get(usize::from(column)).map_or(&[][..], Vec::as_slice);
            match long_rows::piece(&cell.text, cuts, number) {
                Some(_) if cuts.is_empty() => sheet.cell(line, column, cell, style),
                Some(piece) => sheet.text(line, column, piece, style),
                None => sheet.text(line, column, "", style),
            }
            let reach = if may_reach { table.merged_lines(at, usize::from(column)) } else { 1 };
            if reach > 1 {
                let last_row = line + reach as u32 - 1;
                sheet.page.merges.push(Area { first_row: line, first_column: column, last_row, last_column: column });
            }
        }
        if number == 0 {
            let sums = beside.lay_row(sheet, line, row, table.columns.len());
            sheet.key_beside(line, table.id, Part::Row(row.kind, row.id), &sums);
        } else {
            sheet.key(line, table.id, Part::More(row.id, number as u32));
        }
        sheet.next += 1;
    }
}

/// The colour of a status comes from its word, by a conditional format; that of a remark is its own.
fn cell_style(row: &Row, cell: &Cell, style: Style) -> Style {
    match (cell.status(), row.kind) {
        (Some(status), _) if !statuses::is_word(&cell.text) => Style::Status(status),
        (Some(_), _) => Style::Centre,
        (None, RowKind::Group) => Style::Group,
        (None, _) => style,
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

/// The width in which the numbers and dates of a column stand whole, and each word of its heading on a line, in characters.
fn least_width(table: &Table, at: usize) -> f64 {
    let bold = Letters::new(0, true);
    let words = table.columns[at].heading.split_whitespace().map(|word| bold.width(word));
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| cell.format.is_some());
    let pixels = words.chain(cells.map(|cell| Letters::USUAL.width(&cell.text))).fold(0.0, f64::max);
    // A little more than the letters take, as others draw them a little wider.
    (pixels * 1.05 / room(1.0) + 0.5).min(WIDEST_WORD)
}

/// The width in which the labels of a table's sections stand on a line, in characters.
fn label_width(part: &parts::Part<'_>) -> f64 {
    // Colon and all, in the larger letters of a section's title.
    let letters = Letters::new(12, true);
    let sections = part.table.rows[part.rows.clone()].iter().flat_map(|row| &row.fields);
    let pixels = sections.chain(part.fields).map(|field| letters.width(&field.label) + letters.width(":")).fold(0.0, f64::max);
    if pixels > 0.0 { (pixels * 1.05 / room(1.0) + 0.5).min(WIDEST_WORD) } else { 0.0 }
}
