//! How high the rows of a page have to be for their texts, from the widths of its columns. Writes nothing.

use std::{collections::HashMap, thread};

use super::{
    page::{Area, Content, Look, Page, PageCell},
    text_width::Letters,
};

/// The highest row Excel has, in points.
pub(crate) const HIGHEST: f64 = 409.0;
/// The height of a row of one line of the usual letters, in points: what a row has of which nothing is said.
pub(crate) const USUAL_HEIGHT: f64 = 15.0;
/// The width of a column of which nothing is said, in characters.
const USUAL_WIDTH: f64 = 8.43;
/// Pixels to a character of a column's width, besides the margins of its cells.
const PIXELS_A_CHARACTER: f64 = 7.0;
/// From how many cells on they are measured on every processor.
const MANY: usize = 10_000;

/// How high a row is to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RowHeight {
    /// Zero-based.
    pub row: u32,
    /// In points.
    pub points: f64,
    /// Whether the height is said for good. Otherwise Excel works it out anew when a text of the row is changed, as it does by itself;
    /// a row with merged cells it does not.
    pub fixed: bool,
}

/// The pixels that the letters of a column of so many characters have.
pub(crate) fn room(characters: f64) -> f64 {
    characters * PIXELS_A_CHARACTER
}

/// The heights of all rows that are not of the usual height, from the top.
pub(crate) fn row_heights(page: &Page<'_>) -> Vec<RowHeight> {
    let sheet = Measured::of(page);
    let rows: Vec<&[PageCell<'_>]> = page.cells.chunk_by(|a, b| a.row == b.row).collect();
    let measured = |rows: &[&[PageCell<'_>]]| rows.iter().map(|cells| sheet.row(cells)).collect::<Vec<RowHeight>>();
    let mut heights = if page.cells.len() < MANY {
        measured(&rows)
    } else {
        let share = rows.len().div_ceil(thread::available_parallelism().map_or(1, usize::from)).max(1);
        thread::scope(|scope| {
            let parts: Vec<_> = rows.chunks(share).map(|part| (part, scope.spawn(|| measured(part)))).collect();
            // What a thread could not do is done here.
            parts.into_iter().flat_map(|(part, thread)| thread.join().unwrap_or_else(|_| measured(part))).collect()
        })
    };
    if page.merges.iter().any(|area| area.last_row > area.first_row) {
        page.cells.iter().for_each(|cell| sheet.reach_down(cell, &mut heights));
    }
    heights.sort_by_key(|height| height.row);
    heights.retain(|height| (height.points - USUAL_HEIGHT).abs() > 0.1);
    heights
}

/// The rows whose texts need more than the highest row Excel has: row and column of the cell that needs most.
pub(crate) fn too_high(page: &Page<'_>) -> Vec<(u32, u16)> {
    let sheet = Measured::of(page);
    let mut found: Vec<(u32, u16, f64)> = Vec::new();
    for cell in &page.cells {
        let area = sheet.reaching.get(&(cell.row, cell.column)).copied();
        let rows = area.map_or(1, |area| area.last_row - area.first_row + 1);
        let need = sheet.need(cell);
        if need > HIGHEST * f64::from(rows) {
            match found.last_mut().filter(|(row, ..)| *row == cell.row) {
                Some(held) if held.2 >= need => {}
                Some(held) => *held = (cell.row, cell.column, need),
                None => found.push((cell.row, cell.column, need)),
            }
        }
    }
    found.into_iter().map(|(row, column, _)| (row, column)).collect()
}

/// What of a page heights depend on.
struct Measured<'page> {
    looks: &'page [Look],
    /// The room of each column, in pixels.
    rooms: Vec<f64>,
    /// The merges by their first cell.
    reaching: HashMap<(u32, u16), Area>,
}

impl<'page> Measured<'page> {
    fn of(page: &'page Page<'_>) -> Self {
        let mut rooms: Vec<f64> = page.widths.iter().map(|width| room(*width)).collect();
        for &hidden in &page.hidden_columns {
            if let Some(room) = rooms.get_mut(usize::from(hidden)) {
                *room = 0.0;
            }
        }
        let reaching = page.merges.iter().map(|area| ((area.first_row, area.first_column), *area)).collect();
        Self { looks: &page.looks, rooms, reaching }
    }

    /// What a cell needs, in points.
    fn need(&self, cell: &PageCell<'_>) -> f64 {
        let Some(look) = self.looks.get(cell.look) else { return USUAL_HEIGHT };
        let letters = Letters::new(look.size, look.bold);
        let text = match &cell.content {
            Content::Text(text) => text,
            Content::Owned(text) | Content::Link { text, .. } => text.as_str(),
            // A number stands on one line.
            Content::Stored(_) | Content::Formula { .. } => return letters.line_height(),
            Content::Blank => return USUAL_HEIGHT,
        };
        if !look.wrap {
            return letters.line_height();
        }
        let last = self.reaching.get(&(cell.row, cell.column)).map_or(cell.column, |area| area.last_column);
        let rooms = (cell.column..=last).map(|column| self.rooms.get(usize::from(column)).copied().unwrap_or_else(|| room(USUAL_WIDTH)));
        letters.lines(text, rooms.sum()) as f64 * letters.line_height()
    }

    /// The height of a row by the cells that do not reach into others.
    fn row(&self, cells: &[PageCell<'_>]) -> RowHeight {
        let mut height = RowHeight { row: cells[0].row, points: USUAL_HEIGHT, fixed: false };
        for cell in cells {
            match self.reaching.get(&(cell.row, cell.column)) {
                Some(area) if area.last_row > area.first_row => {}
                reaching => {
                    let need = self.need(cell);
                    // Excel does not look at merged cells when it works out the height of a row.
                    height.fixed |= reaching.is_some() && need > USUAL_HEIGHT;
                    height.points = height.points.max(need);
                }
            }
        }
        height.points = height.points.min(HIGHEST);
        height
    }

    /// Makes the rows that a text reaches down over high enough for it, from the last on.
    fn reach_down(&self, cell: &PageCell<'_>, heights: &mut [RowHeight]) {
        let Some(area) = self.reaching.get(&(cell.row, cell.column)).filter(|area| area.last_row > area.first_row) else { return };
        let from = heights.partition_point(|height| height.row < area.first_row);
        let to = heights.partition_point(|height| height.row <= area.last_row);
        let rows = &mut heights[from..to];
        let bare = f64::from(area.last_row - area.first_row + 1) - rows.len() as f64;
        let have = bare * USUAL_HEIGHT + rows.iter().map(|height| height.points).sum::<f64>();
        let mut lacking = self.need(cell) - have;
        for height in rows.iter_mut().rev() {
            if lacking <= 0.0 {
                break;
            }
            let more = lacking.min(HIGHEST - height.points);
            lacking -= more;
            (height.points, height.fixed) = (height.points + more, height.fixed || more > 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "Forty trees were planted along the street, and the residents water them in turn through the summer. ";

    fn page(cells: &[(u32, u16, usize)], merges: &[(u32, u16, u32, u16)]) -> Page<'static> {
        let looks = vec![Look { wrap: true, ..Look::default() }, Look { wrap: true, size: 16, bold: true, ..Look::default() }];
        let cells = cells.iter().map(|&(row, column, times)| PageCell {
            row,
            column,
            content: if times == 0 { Content::Text("A title") } else { Content::Owned(WORDS.repeat(times)) },
            look: usize::from(times == 0),
        });
        let merges =
            merges.iter().map(|&(first_row, first_column, last_row, last_column)| Area { first_row, first_column, last_row, last_column });
        Page { looks, cells: cells.collect(), merges: merges.collect(), widths: vec![10.0, 30.0, 60.0], ..Page::default() }
    }

    fn told(page: &Page<'_>) -> Vec<(u32, f64, bool)> {
        row_heights(page).into_iter().map(|height| (height.row, height.points, height.fixed)).collect()
    }

    #[test]
    fn a_row_is_as_high_as_the_text_that_needs_most() {
        // The words take four lines in thirty characters, two in sixty.
        assert_eq!(told(&page(&[(0, 0, 0), (3, 1, 1), (3, 2, 1), (4, 2, 1)], &[])), [(0, 21.0, false), (3, 60.0, false), (4, 30.0, false)]);
    }

    #[test]
    fn merged_texts_are_measured_over_all_their_columns_and_lines() {
        assert_eq!(told(&page(&[(0, 1, 2)], &[(0, 1, 0, 2)])), [(0, 30.0, true)]);
        // Five lines of the usual height beside the text, which needs seven.
        let down = page(&[(0, 1, 2), (0, 2, 1), (1, 2, 1), (2, 2, 0)], &[(0, 1, 2, 1)]);
        assert_eq!(told(&down), [(0, 30.0, false), (1, 30.0, false), (2, 45.0, true)]);
    }

    #[test]
    fn what_no_row_can_show_is_found() {
        let tall = page(&[(0, 1, 2), (1, 1, 9), (1, 2, 1), (2, 1, 9)], &[(2, 1, 3, 1)]);
        assert_eq!(too_high(&tall), [(1, 1)]);
        assert!(told(&tall).iter().all(|(_, points, _)| *points <= HIGHEST));
    }
}
