//! A sheet of a form as its part describes it: the styles of its cells, blank ones too, what is hidden, merged and locked. Works nothing out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::validations::Validation;
use super::{
    super::sheet::{Broken, Met, walk},
    super::tag::Tag,
    validations,
};
use crate::workbook::{Merge, parts::range};

/// The most blank cells of a sheet that are looked at: an input has a cell of its own, and a column that is open to its end has none.
const MOST_BLANK: usize = 200_000;
/// The most merges of a sheet.
const MOST_MERGES: usize = 100_000;
/// The last column that a style for the rest of a sheet is asked about.
const LAST_COLUMN: u32 = 255;

/// What a part says of its cells beside what they hold.
#[derive(Debug, Default)]
pub(super) struct Described {
    /// The style of each cell, in reading order.
    pub styles: BTreeMap<(u32, u32), usize>,
    pub columns: Vec<(u32, u32, usize)>,
    pub rows: HashMap<u32, usize>,
    pub merges: Vec<Merge>,
    pub protected: bool,
    pub hidden_rows: HashSet<u32>,
    pub hidden_columns: Vec<(u32, u32)>,
    pub validations: Vec<Validation>,
}

impl Described {
    /// Reads a part. Of blank cells those are kept whose style `wanted` wants.
    ///
    /// # Errors
    /// When the part is broken.
    pub(super) fn read(part: &[u8], wanted: &dyn Fn(usize) -> bool) -> Result<Self, Broken> {
        let text = std::str::from_utf8(part).map_err(|_| Broken)?;
        let (mut found, mut blank, mut end) = (Self::default(), 0, None);
        let mut last_column = 0;
        walk(part, &|_| true, |met| {
            match met {
                Met::Row { row, tag, .. } => {
                    let tag = Tag::new(&text[tag]);
                    if tag.is("hidden") {
                        found.hidden_rows.insert(row);
                    }
                    if let Some(style) = tag.number("s").filter(|_| tag.is("customFormat")) {
                        found.rows.insert(row, style);
                    }
                }
                Met::Cell { row, column, whole, tag } => {
                    let style = Tag::new(&text[tag.clone()]).number("s").unwrap_or(0);
                    let is_blank = whole.len() == tag.len() || text[tag.end..whole.end].starts_with("</");
                    blank += usize::from(is_blank);
                    last_column = last_column.max(column);
                    if !is_blank || (blank < MOST_BLANK && wanted(style)) {
                        found.styles.insert((row, column), style);
                    }
                }
                Met::Data(at) => end = Some(at.end),
                Met::DataEnd { at } => end = Some(at),
                Met::Outside { tag } => found.outside(&Tag::new(&text[tag])),
                Met::RowEnd { .. } | Met::Text { .. } => {}
            }
            true
        })?;
        found.validations = end.map(|at| validations::read(&part[at..])).unwrap_or_default();
        found.add_open_rest(last_column.min(LAST_COLUMN), wanted, MOST_BLANK.saturating_sub(blank));
        Ok(found)
    }

    fn outside(&mut self, tag: &Tag) {
        match tag.name().rsplit(':').next().unwrap_or_default() {
            "col" => {
                let (Some(first), Some(last)) = (tag.number::<u32>("min"), tag.number::<u32>("max")) else { return };
                let run = (first.saturating_sub(1), last.saturating_sub(1));
                if tag.is("hidden") {
                    self.hidden_columns.push(run);
                }
                self.columns.extend(tag.number("style").map(|style| (run.0, run.1, style)));
            }
            "mergeCell" if self.merges.len() < MOST_MERGES => self.merges.extend(tag.get("ref").and_then(|text| range(&text))),
            "sheetProtection" => self.protected = tag.is("sheet"),
            _ => {}
        }
    }

    /// Adds the cells that a sheet does not write, where their column or row has a style that is wanted and their row holds something.
    fn add_open_rest(&mut self, last_column: u32, wanted: &dyn Fn(usize) -> bool, mut room: usize) {
        if !self.columns.iter().any(|(.., style)| wanted(*style)) && !self.rows.values().any(|style| wanted(*style)) {
            return;
        }
        let rows: Vec<u32> = self.styles.keys().map(|(row, _)| *row).collect::<std::collections::BTreeSet<u32>>().into_iter().collect();
        for row in rows {
            for column in 0..=last_column {
                let style = self.style((row, column));
                if !self.styles.contains_key(&(row, column)) && wanted(style) && room > 0 {
                    self.styles.insert((row, column), style);
                    room -= 1;
                }
            }
        }
    }

    /// The style of a cell, or the one that a cell there would have.
    pub(super) fn style(&self, place: (u32, u32)) -> usize {
        let of_column = || self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&place.1)).map(|run| run.2);
        self.styles.get(&place).or_else(|| self.rows.get(&place.0)).copied().or_else(of_column).unwrap_or(0)
    }
}
