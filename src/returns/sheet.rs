//! A page while it is laid out, row by row: its cells, merges and widths. Knows no plan.

use super::style::{Style, looks};
use crate::{
    model::{Cell, TableId},
    workbook::{
        Area, Content, Look, Page, PageCell,
        keys::{Part, RowKey},
    },
};

/// The width of a column nothing is said of, in characters.
const USUAL_WIDTH: f64 = 9.0;

/// The most rows that are kept on one printed page.
const MOST_KEPT: usize = 20;

/// A page being laid out. Cells are put in rising order.
pub(crate) struct Sheet<'doc> {
    pub page: Page<'doc>,
    /// The next free row.
    pub next: u32,
    /// The hidden column that the keys of its rows stand in, right of everything else.
    pub keys: u16,
}

impl<'doc> Sheet<'doc> {
    pub(crate) fn new(name: String) -> Self {
        Self { page: Page { name, looks: looks(), ..Page::default() }, next: 0, keys: 0 }
    }

    /// A page whose rows have keys in the hidden column right of so many others.
    pub(crate) fn keyed(name: String, columns: usize) -> Self {
        let mut sheet = Self::new(name);
        sheet.keys = columns.min(usize::from(u16::MAX)) as u16;
        sheet.page.hidden_columns = vec![sheet.keys];
        sheet
    }

    /// Puts the key of a row beside it, once its other cells are put.
    pub(crate) fn key(&mut self, row: u32, table: TableId, part: Part) {
        self.put(row, self.keys, Content::Owned(RowKey { table, part }.to_string()), Style::Remark);
    }

    /// The same with the sums of what was worked out in the row.
    pub(crate) fn key_beside(&mut self, row: u32, table: TableId, part: Part, sums: &str) {
        self.put(row, self.keys, Content::Owned(format!("{}{sums}", RowKey { table, part })), Style::Remark);
    }

    /// Puts content into a cell.
    pub(crate) fn put(&mut self, row: u32, column: u16, content: Content<'doc>, style: Style) {
        self.page.cells.push(PageCell { row, column, content, look: style.look() });
    }

    /// Paints the cell that was put last in a colour of its owner's, 0xRRGGBB.
    pub(super) fn paint_last(&mut self, fill: u32) {
        if let Some(cell) = self.page.cells.last_mut() {
            let look = painted(&self.page.looks[cell.look], fill);
            cell.look = place_of_look(&mut self.page.looks, look);
        }
    }

    /// The place of the look of a status in a colour of its owner's.
    pub(super) fn look_in(&mut self, style: Style, fill: u32) -> usize {
        let look = painted(&self.page.looks[style.look()], fill);
        place_of_look(&mut self.page.looks, look)
    }

    /// Puts a fixed or borrowed text into a cell.
    pub(crate) fn text(&mut self, row: u32, column: u16, text: &'doc str, style: Style) {
        let content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
        self.put(row, column, content, style);
    }

    /// Puts a document's cell into a cell.
    pub(crate) fn cell(&mut self, row: u32, column: u16, cell: &'doc Cell, style: Style) {
        match cell.stored() {
            Some(stored) => self.put(row, column, Content::Stored(stored), style),
            None => self.text(row, column, &cell.text, style),
        }
    }

    /// Merges cells of a row, from the one put last.
    pub(crate) fn merge_across(&mut self, row: u32, first: u16, last: u16) {
        if first < last {
            self.page.merges.push(Area { first_row: row, first_column: first, last_row: row, last_column: last });
        }
    }

    /// Lets no printed page end among rows that follow one another without a blank one, as long as they are few.
    pub(crate) fn keep_runs_together(&mut self) {
        let mut rows: Vec<u32> = self.page.cells.iter().map(|cell| cell.row).collect();
        rows.dedup();
        let runs = rows.chunk_by(|above, below| *below == above + 1).filter(|run| run.len() <= MOST_KEPT);
        self.page.kept_together = runs.map(|run| (run[0], run[run.len() - 1])).collect();
    }

    /// The width of a column, in characters.
    pub(crate) fn width(&self, column: u16) -> f64 {
        self.page.widths.get(usize::from(column)).copied().unwrap_or(USUAL_WIDTH)
    }

    /// Makes a column at least so wide, in characters.
    pub(crate) fn widen(&mut self, column: usize, width: f64) {
        if self.page.widths.len() <= column {
            self.page.widths.resize(column + 1, USUAL_WIDTH);
        }
        let held = &mut self.page.widths[column];
        *held = held.max(width);
    }
}

/// A look on another ground, its text black or white, whichever is the easier to read.
fn painted(look: &Look, fill: u32) -> Look {
    let [_, red, green, blue] = fill.to_be_bytes().map(|part| (f64::from(part) / 255.0).powf(2.2));
    let is_dark = 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.18;
    Look { fill: Some(fill), colour: is_dark.then_some(0xFF_FFFF), bold: is_dark, ..look.clone() }
}

/// Where a look stands among others, put there where it does not.
fn place_of_look(looks: &mut Vec<Look>, look: Look) -> usize {
    looks.iter().position(|held| *held == look).unwrap_or_else(|| {
        looks.push(look);
        looks.len() - 1
    })
}
