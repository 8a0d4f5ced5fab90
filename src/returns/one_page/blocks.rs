//! A list that stands beside others on the page, in rows of one line each. Knows nothing of what it lists.

use super::{fitted, more, width};
use crate::{
    returns::{list::owned, sheet::Sheet, style::Style},
    workbook::Content,
};

/// One cell of a list.
pub(super) type Entry<'doc> = (Content<'doc>, Style);

/// A list: its headings over as many columns as they are, then its rows.
pub(super) struct Block<'doc> {
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Entry<'doc>>>,
    /// What is said where it has no rows.
    pub none: &'static str,
}

impl<'doc> Block<'doc> {
    /// How many rows it takes, its headings among them.
    pub(super) fn height(&self) -> usize {
        1 + self.rows.len().max(1)
    }

    /// Lays its row of a number out below a top, where it may have so many rows in all: what does not fit is counted in the last.
    pub(super) fn lay(&self, sheet: &mut Sheet<'doc>, (top, row): (u32, u32), column: u16, most: usize) {
        let at = row as usize;
        let columns = (column..).take(self.headings.len());
        let left = (self.height() > most).then(|| self.rows.len() + 2 - most);
        match at.checked_sub(1) {
            None => {
                for (heading, column) in self.headings.iter().zip(columns) {
                    sheet.put(top, column, owned(fitted(heading, width((column, column)), 1)), Style::Header);
                }
            }
            Some(_) if left.is_some() && at + 1 == most => {
                sheet.put(top + row, column, owned(left.map_or_else(String::new, more)), Style::Remark);
            }
            Some(0) if self.rows.is_empty() => {
                sheet.put(top + row, column, owned(fitted(self.none, width((column, column)), 1)), Style::Remark);
            }
            Some(at) if at + 1 < most => {
                for ((content, style), column) in self.rows.get(at).into_iter().flatten().zip(columns) {
                    sheet.put(top + row, column, on_one_line(content, column), *style);
                }
            }
            Some(_) => {}
        }
    }
}

/// What a cell holds, cut to what its column shows.
fn on_one_line<'doc>(content: &Content<'doc>, column: u16) -> Content<'doc> {
    match content {
        Content::Text(text) => owned(fitted(text, width((column, column)), 1)),
        Content::Owned(text) => owned(fitted(text, width((column, column)), 1)),
        other => other.clone(),
    }
}
