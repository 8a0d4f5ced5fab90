//! The sheet of figures that a chart cannot take from its table's own cells. Derived, so never read back.

use super::{sheet::Sheet, style::Style};
use crate::{
    model::{General, Stored, Unit},
    workbook::{Area, Content, Page, marks},
};

/// The figures of the charts so far, and the sheet they are to stand on.
pub struct ChartData {
    name: String,
    blocks: Vec<Block>,
    next: u32,
}

struct Block {
    title: String,
    row: u32,
    unit: Unit,
    rows: Vec<(String, f64, f64)>,
}

impl ChartData {
    pub fn new(name: String) -> Self {
        Self { name, blocks: Vec::new(), next: 2 }
    }

    /// The name of the sheet.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds the figures of a chart; returns where its categories, current values and targets will stand.
    pub fn add(&mut self, title: &str, rows: Vec<(String, f64, f64)>, unit: Unit) -> [Area; 3] {
        let (first_row, last_row) = (self.next + 2, self.next + 1 + rows.len() as u32);
        self.blocks.push(Block { title: title.to_owned(), row: self.next, unit, rows });
        self.next = last_row + 2;
        [0, 1, 2].map(|column| Area { first_row, first_column: column, last_row, last_column: column })
    }

    /// The sheet; none where no chart needs it.
    pub fn page<'doc>(self) -> Option<Page<'doc>> {
        if self.blocks.is_empty() {
            return None;
        }
        let mut sheet = Sheet::new(self.name);
        for (column, width) in [40.0, 12.0, 12.0].into_iter().enumerate() {
            sheet.widen(column, width);
        }
        sheet.text(0, 0, marks::CHART_DATA_LINE, Style::Remark);
        for block in self.blocks {
            let row = block.row;
            sheet.put(row, 0, Content::Owned(block.title), Style::Remark);
            for (column, heading) in (0..).zip(["KPI", "Current", "Target"]) {
                sheet.text(row + 1, column, heading, Style::Header);
            }
            let format = if block.unit == Unit::Percent { "0.##%" } else { General };
            for (row, (name, current, target)) in (row + 2..).zip(block.rows) {
                sheet.put(row, 0, Content::Owned(name), Style::Body);
                for (column, number) in [(1, current), (2, target)] {
                    sheet.put(row, column, Content::Stored(Stored { number, format: format.into() }), Style::Centre);
                }
            }
        }
        Some(sheet.page)
    }
}
