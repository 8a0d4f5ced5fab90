//! Rows whose texts are longer than Excel shows in one: cut behind words into rows below, which are put together again at reading.

use super::sheet::Sheet;
use crate::{
    model::Row,
    workbook::{Letters, Page, PageRemark, room, sentinels, too_high},
};

/// The most lines in a row: Excel has 409 points, and a line takes 15.
const MOST_LINES: usize = 27;
/// The widest letter, in pixels: no text is wider than so many of it.
const WIDEST: f64 = 15.0;

/// Where the texts of a row are cut so that each piece stands in a row of its own, one list a cell; empty lists where all of it fits.
/// A text that has no space to be cut at stays whole.
pub(super) fn cuts(sheet: &Sheet<'_>, row: &Row) -> Vec<Vec<usize>> {
    let cut = |(column, text): (u16, &str)| {
        let room = room(sheet.width(column));
        let most = text.bytes().filter(|byte| *byte == b'\n').count() as f64 + 2.0 * text.len() as f64 * WIDEST / room.max(1.0);
        if most < MOST_LINES as f64 {
            return Vec::new();
        }
        Letters::USUAL.pieces(text, room, MOST_LINES).unwrap_or_default()
    };
    let texts = (0..).zip(&row.cells).map(|(column, cell)| (column, if cell.format.is_some() { "" } else { &*cell.text }));
    texts.map(cut).collect()
}

/// The piece of a text between its cuts; `None` behind the last.
pub(super) fn piece<'text>(text: &'text str, cuts: &[usize], number: usize) -> Option<&'text str> {
    let from = if number == 0 { 0 } else { *cuts.get(number - 1)? };
    text.get(from..cuts.get(number).copied().unwrap_or(text.len()))
}

/// Puts a note beside each text that no row of Excel shows whole.
pub(super) fn mark(pages: &mut [Page<'_>]) {
    for page in pages.iter_mut().filter(|page| !page.hidden) {
        let found = too_high(page);
        page.remarks.extend(found.into_iter().map(|(row, column)| PageRemark { row, column, text: sentinels::TOO_HIGH }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, RowId};

    #[test]
    fn a_long_comment_is_cut_into_pieces_and_a_short_one_is_not() {
        let mut sheet = Sheet::new("Plan".to_owned());
        sheet.widen(0, 40.0);
        sheet.widen(1, 40.0);
        let long = "Work goes on as planned and the next stage is being prepared. ".repeat(50);
        let row = Row { id: RowId(1), cells: vec![Cell::text("Short"), Cell::text(&*long)], ..Row::default() };
        let cuts = cuts(&sheet, &row);
        assert!(cuts[0].is_empty() && cuts[1].len() >= 2);
        let pieces: Vec<&str> = (0..).map_while(|number| piece(&long, &cuts[1], number)).collect();
        assert_eq!((pieces.concat(), pieces.len()), (long.clone(), cuts[1].len() + 1));
        assert_eq!((piece("Short", &[], 0), piece("Short", &[], 1)), (Some("Short"), None));
    }
}
