//! Rows whose texts are longer than Excel shows in one: cut behind words into rows below, which are put together again at reading.

use super::{sheet::Sheet, widths};
use crate::{
    model::{Document, Row, RowKind, Table},
    workbook::{Letters, Page, PageRemark, room, sentinels, too_high},
};

/// The most lines in a row: Excel has 409 points, and a line takes 15.
const MOST_LINES: usize = 27;
/// The widest letter, in pixels: no text is wider than so many of it.
const WIDEST: f64 = 15.0;

/// How many rows of a document go on in a row below when they are written.
#[must_use]
pub fn long_rows(document: &Document) -> usize {
    let of_table = |table: &Table| {
        let mut sheet = Sheet::new(String::new());
        widths::set_widths(&mut sheet, table);
        let alone = |at: usize| goes_on(table, at) && cuts(&sheet, &table.rows[at]).iter().any(|cuts| !cuts.is_empty());
        (0..table.rows.len()).filter(|&at| alone(at)).count()
    };
    document.tables.iter().map(of_table).sum()
}

/// Whether a row may go on below: one with lines, and a line, stands beside merged cells, which a row below would part.
pub(super) fn goes_on(table: &Table, at: usize) -> bool {
    let has_lines = || table.rows[at].is_line() && table.rows.get(at + 1).is_some_and(|below| below.kind == RowKind::Line);
    !matches!(table.rows[at].kind, RowKind::Line | RowKind::Section) && !has_lines()
}

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
