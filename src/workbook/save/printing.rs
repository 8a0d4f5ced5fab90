//! How a page is printed: its paper, its header and footer, what is repeated and where a sheet of paper ends. Moves no cell.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::plain;
use crate::workbook::{
    page::{MadeFor, Page, Properties},
    row_heights::{RowHeight, USUAL_HEIGHT},
};

/// The paper size number of A4.
const A4: u8 = 9;
/// The margins, in inches: left, right, top, bottom, and of the header and the footer.
const MARGINS: [f64; 6] = [0.4, 0.4, 0.7, 0.7, 0.3, 0.3];
/// The sides of A4 in inches, the shorter first.
const SIDES: (f64, f64) = (8.27, 11.69);
/// Pixels and points to an inch.
const PIXELS: f64 = 96.0;
const POINTS: f64 = 72.0;
/// Columns up to this width, in pixels, are printed upright, at four fifths of their size or more; one alone up to this, as LibreOffice
/// makes no page smaller for a single column.
const UPRIGHT: (f64, f64) = (900.0, 710.0);
/// Other programs' fonts and printers take a little more or less: rows are kept together where a sheet of paper may end, within a tenth;
/// the doubt grows with each sheet since the last that was ended here, down to half of one.
const DOUBT: f64 = 0.9;
const MOST_DOUBT: f64 = 0.5;
/// Excel takes 1,026 page ends of one's own.
const MOST_ENDS: usize = 1_000;
/// The longest marking, in UTF-16 units: Excel takes 255 in a footer, where a sheet's name and its pages stand beside it.
const LONGEST_MARKING: usize = 225;
/// The most of a header, without the codes between its parts.
const LONGEST_HEADER: usize = 240;

/// Sets the paper, what is repeated, and where a sheet of paper is to end so that no heading stands alone.
pub(super) fn set_paper(sheet: &mut Worksheet, page: &Page<'_>, heights: &[RowHeight]) -> Result<(), XlsxError> {
    if let Some((first, last)) = page.repeat_rows {
        sheet.set_repeat_rows(first, last)?;
    }
    let paper = Paper::of(page);
    if paper.upright {
        sheet.set_portrait();
    } else {
        sheet.set_landscape();
    }
    let [left, right, top, bottom, header, footer] = MARGINS;
    let down = u16::from(page.made_for == MadeFor::OnePage);
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, down).set_margins(left, right, top, bottom, header, footer);
    sheet.set_page_breaks(&page_ends(page, heights, paper.points))?;
    Ok(())
}

/// A sheet of paper for a page.
struct Paper {
    upright: bool,
    /// How many points of rows it takes at the scale at which all columns stand on it.
    points: f64,
}

impl Paper {
    fn of(page: &Page<'_>) -> Self {
        let shown = (0_u16..).zip(&page.widths).filter(|(column, _)| !page.hidden_columns.contains(column));
        let widths: Vec<f64> = shown.map(|(_, width)| width * 7.0 + 5.0).collect();
        let (width, widest) = (widths.iter().sum::<f64>(), widths.iter().copied().fold(0.0, f64::max));
        let upright = width <= UPRIGHT.0 && widest <= UPRIGHT.1;
        let (across, down) = if upright { SIDES } else { (SIDES.1, SIDES.0) };
        let scale = ((across - MARGINS[0] - MARGINS[1]) * PIXELS / width.max(1.0)).min(1.0);
        Self { upright, points: (down - MARGINS[2] - MARGINS[3]) * POINTS / scale }
    }
}

/// The rows before which a sheet of paper ends: where rows that are kept together would otherwise be parted.
fn page_ends(page: &Page<'_>, heights: &[RowHeight], points: f64) -> Vec<u32> {
    let height = |row: u32| {
        let said = heights.binary_search_by_key(&row, |height| height.row);
        if page.hidden_rows.binary_search(&row).is_ok() { 0.0 } else { said.map_or(USUAL_HEIGHT, |at| heights[at].points) }
    };
    let last = page.cells.iter().map(|cell| cell.row).chain(page.kept_together.iter().map(|(_, last)| *last)).max();
    let (Some(last), false) = (last, page.kept_together.is_empty()) else { return Vec::new() };
    let repeated: f64 = page.repeat_rows.map_or(0.0, |(first, last)| (first..=last).map(height).sum());
    let (mut ends, mut used, mut room, mut sure) = (Vec::new(), 0.0, points, DOUBT);
    let mut kept = page.kept_together.iter().peekable();
    for row in 0..=last {
        let mut end = None;
        while let Some((_, last)) = kept.next_if(|(first, _)| *first <= row) {
            end = end.max(Some(*last));
        }
        if let Some(end) = end.filter(|end| *end >= row) {
            let need: f64 = (row..=end).map(height).sum();
            if used > 0.0 && used + need > room * sure && need < room && ends.len() < MOST_ENDS {
                ends.push(row);
                (used, room, sure) = (0.0, points - repeated, DOUBT);
            }
        }
        used += height(row);
        if used > room {
            (used, room, sure) = (height(row), points - repeated, (sure * DOUBT).max(MOST_DOUBT));
        }
    }
    ends
}

/// The header and the footer of a sheet's pages: whose plan it is and what it is called, the sheet and the page, and the marking in the
/// middle of both.
pub(super) fn set_margins(sheet: &mut Worksheet, properties: &Properties) {
    let marking = coded(&properties.marking, LONGEST_MARKING);
    let middle = if marking.is_empty() { String::new() } else { format!("&C&B{marking}&B") };
    let mut room = LONGEST_HEADER.saturating_sub(middle.encode_utf16().count());
    let mut beside = |code: &str, text: &str| {
        let text = coded(text, room.min(LONGEST_HEADER / 3));
        room = room.saturating_sub(text.encode_utf16().count());
        if text.is_empty() { text } else { format!("{code}{text}") }
    };
    let (left, right) = (beside("&L", &properties.author), beside("&R", &properties.title));
    sheet.set_header(format!("{left}{middle}{right}")).set_footer(format!("&L&A{middle}&RPage &P of &N"));
}

/// A text for a header, never read as its codes: as much of it as there is room for, in UTF-16 units.
fn coded(text: &str, mut room: usize) -> String {
    let fits = |letter: &char| {
        // An ampersand begins a code unless there are two.
        let taken = if *letter == '&' { 2 } else { letter.len_utf16() };
        room.checked_sub(taken).map(|left| room = left).is_some()
    };
    plain(text).chars().take_while(fits).collect::<String>().replace('&', "&&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::page::{Content, PageCell};

    #[test]
    fn a_heading_goes_to_the_next_sheet_of_paper_rather_than_stand_alone_at_the_end_of_one() {
        let cells = (0..60).map(|row| PageCell { row, column: 0, content: Content::Text("x"), look: 0 }).collect();
        let page = Page { cells, kept_together: vec![(10, 12), (28, 31), (40, 43)], repeat_rows: Some((0, 0)), ..Page::default() };
        // Thirty rows stand on a sheet of paper; the heading of row 29 would have one row below it.
        assert_eq!(page_ends(&page, &[], 450.0), [28]);
        assert_eq!(page_ends(&Page { kept_together: Vec::new(), ..page }, &[], 450.0), [0_u32; 0]);
    }

    #[test]
    fn narrow_pages_stand_upright() {
        let page = |width| Page { widths: vec![width; 5], ..Page::default() };
        assert!(Paper::of(&page(20.0)).upright && !Paper::of(&page(30.0)).upright);
        // A wider page is printed smaller, so that more rows stand on a sheet of paper.
        assert!(Paper::of(&page(60.0)).points > Paper::of(&page(30.0)).points);
    }

    #[test]
    fn a_header_is_no_longer_than_excel_takes() {
        let long = "Wrenbridge & District Council ".repeat(20);
        for text in [coded(&long, 80), coded("A&B", 4)] {
            assert!(text.encode_utf16().count() <= 80 && !text.replace("&&", "").contains('&'), "{text}");
        }
        assert_eq!((coded("A&B", 3), coded("A&B", 1)), ("A&&".to_owned(), "A".to_owned()));
    }
}
