//! The sheets a return adds beside the tables: its cover gives back header fields, stated summaries and table names; counts are dropped.

use super::preamble::value_field;
use crate::{
    model::{Field, Summary, Table, TableId, kinds::Kind},
    workbook::{RawCell, RawRow, RawSheet, keys::Keys, sentinels},
};

/// Whether a sheet is the cover of a return, or one that was worked out for it.
#[must_use]
pub(super) fn recognise(grid: &RawSheet) -> bool {
    top(grid).is_some() || is_worked_out(grid)
}

/// Whether a sheet holds what is worked out anew for each return.
fn is_worked_out(grid: &RawSheet) -> bool {
    sentinels::WORKED_OUT_LINES.contains(&line(grid, 0))
}

fn line(grid: &RawSheet, row: u32) -> &str {
    grid.position(row).map_or("", |at| grid.rows[at].text(0))
}

/// The row of a cover's title: its first, or its second where a protective marking stands above it.
fn top(grid: &RawSheet) -> Option<u32> {
    (0..2).find(|top| line(grid, top + 1) == sentinels::COVER_LINE)
}

/// Takes every cell it understands out of the sheet, and gives the tables what they state.
pub(super) fn read(grid: &mut RawSheet, tables: &mut [Table]) {
    if is_worked_out(grid) {
        grid.rows.clear();
        return;
    }
    let mut cover = Cover { keys: std::mem::take(&mut grid.keys), ..Cover::default() };
    let second = top(grid).map_or(1, |top| top + 1);
    for row in grid.rows.iter_mut().take_while(|row| row.row <= second) {
        let keep = usize::from(row.row == second) + 1;
        row.cells.retain(|cell| usize::from(cell.column) >= keep);
    }
    let mut start = 0;
    while start < grid.rows.len() {
        let end = run_end(&grid.rows, start);
        cover.read_run(&mut grid.rows[start..end]);
        start = end;
    }
    grid.rows.retain(|row| !row.is_blank());
    cover.give(tables);
}

/// The end of the rows that follow one another without a blank one between.
fn run_end(rows: &[RawRow], start: usize) -> usize {
    (start + 1..rows.len()).find(|&at| rows[at].row > rows[at - 1].row + 1).unwrap_or(rows.len())
}

/// What the cover states.
#[derive(Default)]
struct Cover {
    keys: Keys,
    blocks: Vec<Block>,
    /// Sheets and the names of their tables, in order.
    names: Vec<Named>,
}

/// A table of the list of contents.
struct Named {
    key: Option<TableId>,
    sheet: Box<str>,
    name: Box<str>,
}

/// What it states of one table.
struct Block {
    key: Option<TableId>,
    table: Box<str>,
    sheet: Box<str>,
    fields: Vec<Field>,
    summary: Option<Summary>,
}

impl Cover {
    fn read_run(&mut self, rows: &mut [RawRow]) {
        let is_key = |row: &RawRow| row.text(0) == sentinels::KEY && row.text(1) == sentinels::LINES_NOW;
        if let [head, on, fields @ ..] = &mut *rows
            && head.text(0) == sentinels::BLOCK
            && on.text(0) == sentinels::BLOCK_SHEET
        {
            let key = self.keys.row(head.row).map(|key| key.table);
            let [table, sheet] = [head, on].map(|row| labelled(row).1.map_or_else(Box::default, |cell| cell.text));
            let fields = fields.iter_mut().filter_map(field).collect();
            self.blocks.push(Block { key, table, sheet, fields, summary: None });
        } else if let Some(key) = rows.iter().take(2).position(is_key)
            && let Some(block) = self.blocks.last_mut()
        {
            let title = (key == 1).then(|| labelled(&mut rows[0]).0).flatten().map_or_else(Box::default, |cell| cell.text);
            block.summary = read_key(&mut rows[key..], title);
        } else if [sentinels::HEADLINE, sentinels::ALSO].contains(&rows[0].text(0)) {
            // Worked out anew for each return.
            rows.iter_mut().for_each(|row| row.cells.retain(|cell| cell.column > 2));
        } else if rows[0].text(0) == sentinels::CONTENTS[0] && rows[0].text(1) == sentinels::CONTENTS[1] {
            labelled(&mut rows[0]);
            for row in &mut rows[1..] {
                let key = self.keys.row(row.row).map(|key| key.table);
                let (sheet, name) = labelled(row);
                self.names.push(Named { key, sheet: text(sheet), name: text(name) });
            }
        }
    }

    /// Gives the tables their names, fields and summaries: by their keys, or else by their sheets and names.
    fn give(self, tables: &mut [Table]) {
        let keyed = |tables: &[Table], key: Option<TableId>| tables.iter().position(|table| Some(table.id) == key);
        for (at, named) in self.names.iter().enumerate() {
            let before = self.names[..at].iter().filter(|other| other.sheet == named.sheet).count();
            let mut on_sheet = tables.iter().enumerate().filter(|(_, table)| *table.sheet == *named.sheet).map(|(at, _)| at);
            if let Some(table) = keyed(tables, named.key).or_else(|| on_sheet.nth(before)) {
                tables[table].name = named.name.to_string();
            }
        }
        for block in self.blocks {
            let on_sheet = |table: &Table| *table.sheet == *block.sheet;
            let named = tables.iter().position(|table| on_sheet(table) && *table.name == *block.table);
            if let Some(at) = keyed(tables, block.key).or(named).or_else(|| tables.iter().position(on_sheet)) {
                tables[at].fields.extend(block.fields);
                tables[at].summary = block.summary.or(tables[at].summary.take());
            }
        }
    }
}

/// The owner's own summary out of the key; what was counted beside it is dropped.
fn read_key(rows: &mut [RawRow], title: Box<str>) -> Option<Summary> {
    let mut lines = Vec::new();
    let stated = rows[0].text(3) == sentinels::AS_STATED;
    for (at, row) in rows.iter_mut().enumerate() {
        let [label, value] = [3, 4].map(|column| row.take(column));
        row.cells.retain(|cell| cell.column > 4);
        if at > 0 && (label.is_some() || value.is_some()) {
            lines.push(match value {
                Some(value) => value_field(&text(label), row.row, value, Kind::Number),
                None => Field { label: text(label), source: Some((row.row, 3)), ..Field::default() },
            });
        }
    }
    stated.then_some(Summary { title, lines })
}

/// A header field from its row; none where someone emptied the row.
fn field(row: &mut RawRow) -> Option<Field> {
    let number = row.row;
    match labelled(row) {
        (None, None) => None,
        (label, Some(value)) => Some(value_field(&text(label), number, value, Kind::Paragraph)),
        (label, None) => Some(Field { label: text(label), source: Some((number, 1)), ..Field::default() }),
    }
}

/// Takes the first two cells of a row.
fn labelled(row: &mut RawRow) -> (Option<RawCell>, Option<RawCell>) {
    (row.take(0), row.take(1))
}

fn text(cell: Option<RawCell>) -> Box<str> {
    cell.map_or_else(Box::default, |cell| cell.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[(u32, &[(u16, &str)])]) -> RawSheet {
        let cell = |(column, text): &(u16, &str)| RawCell { column: *column, text: (*text).into(), stored: None, ..RawCell::default() };
        let rows = rows.iter().map(|(row, cells)| RawRow { row: *row, cells: cells.iter().map(cell).collect() }).collect();
        RawSheet { sheet: sentinels::COVER.to_owned(), rows, ..RawSheet::default() }
    }

    #[test]
    fn what_someone_adds_to_the_cover_stays_in_the_sheet() {
        let mut cover = grid(&[
            (0, &[(0, "Good Neighbours Plan")]),
            (1, &[(0, sentinels::COVER_LINE), (1, "as at 1 January 2019"), (4, "draft")]),
            (3, &[(0, sentinels::BLOCK), (1, "Plan")]),
            (4, &[(0, sentinels::BLOCK_SHEET), (1, "Plan"), (7, "sent on Monday")]),
            (6, &[(0, sentinels::KEY), (1, sentinels::LINES_NOW)]),
            (7, &[(0, "Complete"), (1, "14")]),
            (9, &[(0, "Read by the chair")]),
        ]);
        assert!(recognise(&cover));
        read(&mut cover, &mut []);
        let left: Vec<&str> = cover.rows.iter().flat_map(|row| &row.cells).map(|cell| &*cell.text).collect();
        assert_eq!(left, ["draft", "sent on Monday", "Read by the chair"]);
    }

    #[test]
    fn another_sheet_called_cover_is_not_one() {
        assert!(!recognise(&grid(&[(0, &[(0, "Cover")]), (1, &[(0, "Name:"), (1, "A plan")])])));
        assert!(!recognise(&RawSheet::default()));
    }
}
