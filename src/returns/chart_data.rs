//! The sheet of figures that a chart cannot take from its table's own cells. Derived, so never read back.

use super::{sheet::Sheet, style::Style};
use crate::{
    model::{General, Stored, Unit},
    workbook::{Area, Content, Page, sentinels},
};

/// The figures of the charts so far, and the sheet they are to stand on.
pub(crate) struct ChartData {
    name: String,
    blocks: Vec<(u32, Figures)>,
    next: u32,
}

/// The figures of one chart: a row a category, a column a series.
pub(crate) struct Figures {
    pub title: String,
    /// The heading of the categories, then one a series.
    pub headings: Vec<String>,
    /// The name of a category, and its figure of each series; none where it has none.
    pub rows: Vec<(String, Vec<Option<Datum>>)>,
    pub unit: Unit,
}

/// A figure of a chart.
pub(crate) struct Datum {
    pub number: f64,
    /// What gives it in the workbook, so that the chart follows what is changed there.
    pub formula: Option<String>,
}

impl ChartData {
    pub(crate) fn new(name: String) -> Self {
        Self { name, blocks: Vec::new(), next: 2 }
    }

    /// The name of the sheet.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Adds the figures of a chart; returns where its categories will stand, then each series.
    pub(crate) fn add(&mut self, figures: Figures) -> Vec<Area> {
        let (first_row, last_row) = (self.next + 2, self.next + 1 + figures.rows.len() as u32);
        let columns = 0..figures.headings.len() as u16;
        self.blocks.push((self.next, figures));
        self.next = last_row + 2;
        columns.map(|column| Area { first_row, first_column: column, last_row, last_column: column }).collect()
    }

    /// The sheet; none where no chart needs it.
    pub(crate) fn page<'doc>(self) -> Option<Page<'doc>> {
        if self.blocks.is_empty() {
            return None;
        }
        let mut sheet = Sheet::new(self.name);
        sheet.widen(0, 40.0);
        sheet.text(0, 0, sentinels::CHART_DATA_LINE, Style::Remark);
        for (row, figures) in self.blocks {
            let format = figures.format();
            sheet.put(row, 0, Content::Owned(figures.title), Style::Remark);
            for (heading, column) in figures.headings.into_iter().zip(0_u16..) {
                sheet.widen(usize::from(column), 14.0);
                sheet.put(row + 1, column, Content::Owned(heading), Style::Header);
            }
            for (row, (name, numbers)) in (row + 2..).zip(figures.rows) {
                sheet.put(row, 0, Content::Owned(name), Style::Body);
                for (datum, column) in numbers.into_iter().zip(1..) {
                    sheet.put(row, column, datum.map_or(Content::Blank, |datum| datum.content(format)), Style::Centre);
                }
            }
        }
        Some(sheet.page)
    }
}

impl Datum {
    fn content<'doc>(self, format: &str) -> Content<'doc> {
        let now = Stored { number: self.number, format: format.into() };
        match self.formula {
            Some(formula) => Content::Formula { formula, now },
            None => Content::Stored(now),
        }
    }
}

impl Figures {
    /// The number format that shows its numbers in full.
    fn format(&self) -> &'static str {
        let whole = |datum: &Datum| (datum.number * 100.0 - (datum.number * 100.0).round()).abs() < 1e-9;
        match self.unit {
            Unit::Plain | Unit::Points | Unit::Money(_) | Unit::Time(_) | Unit::OutOf(_) => General,
            Unit::Percent if self.rows.iter().flat_map(|(_, numbers)| numbers.iter().flatten()).all(whole) => "0%",
            Unit::Percent => "0.00%",
        }
    }
}
