//! The return on one sheet of A4 for a leadership team: statuses, what moved, what is overdue, KPIs, exceptions. Works out no figure.

mod blocks;
mod lists;

use self::blocks::Block;
use super::{
    Template,
    headline::status_bar,
    list::owned,
    properties,
    sheet::Sheet,
    style::{Style, looks},
};
use crate::{
    insight::Report,
    model::{Marking, TableKind},
    workbook::{Area, Content, Letters, MadeFor, Page, PageCell, Properties, room},
};

/// The return on one sheet of paper.
pub(super) const TEMPLATE: Template = Template {
    code: "one-page",
    name: "One page",
    file: "one page",
    about: "One sheet of A4 for a leadership team: statuses with their change, what moved, overdue by lead, KPIs and the first exceptions.",
    pages,
    paper: super::paper::one_page,
};

/// The name of the sheet.
const NAME: &str = "One page";
/// The widths of the columns, in characters: the statuses and leads, a gap, what moved, a gap, the KPIs.
const WIDTHS: [f64; 11] = [21.0, 7.0, 8.0, 1.5, 31.0, 1.5, 44.0, 11.0, 11.0, 13.0, 18.0];
const LAST: u16 = WIDTHS.len() as u16 - 1;
/// The size of letters: at 8.2 inches of height and the widths above, Excel prints them at 8 points or more.
const SIZE: u8 = 10;
/// The size of its title, as the style of headings has it.
const TITLE: f64 = 16.0;
/// How high the page may be at that size, in points: A4 on its side, less its margins, at four fifths of its size, less a little.
const HIGHEST: f64 = 600.0;
/// The height of a row of one line, in points.
const LINE: f64 = 15.0;
/// The bar of statuses, in pixels, and how many rows it stands over.
const BAR: (u32, u32) = (1_180, 118);
const BAR_ROWS: u32 = 6;
/// The most rows of the lists side by side, their headings among them.
const MOST_ROWS: usize = 19;
/// The most rows of the leads, where the lists beside them are no longer.
const MOST_LEADS: usize = 6;
/// The most lines of a text among the exceptions.
const MOST_LINES: usize = 3;
/// The columns of an exception: from the first to the last that it reaches over.
const EXCEPTION: [(u16, u16); 6] = [(0, 0), (1, 2), (3, 4), (5, 6), (7, 9), (10, 10)];
const EXCEPTION_HEADINGS: [&str; 6] = ["Ref and lead", "Status", "Action or KPI", "Why, and the reason", "Corrective action", "New date"];

fn pages<'doc>(report: &Report<'doc>) -> (Vec<Page<'doc>>, Properties) {
    (vec![page(report)], properties::of(report.document, "One page"))
}

fn page<'doc>(report: &Report<'doc>) -> Page<'doc> {
    let document = report.document;
    let mut sheet = Sheet::new(NAME.to_owned());
    sheet.page.made_for = MadeFor::OnePage;
    sheet.page.looks = one_page_looks();
    for (column, width) in WIDTHS.into_iter().enumerate() {
        sheet.widen(column, width);
    }
    let across = width((0, LAST));
    sheet.put(0, 0, owned(fitted(document.name(), across * f64::from(SIZE) / TITLE, 1)), Style::Heading);
    sheet.put(1, 0, owned(fitted(&standing(report), across, 1)), Style::Remark);
    let has = |kind: TableKind| document.of_kind(kind).next().is_some();
    if !has(TableKind::Plan) && !has(TableKind::Kpi) {
        sheet.text(
            3,
            0,
            "There is neither a plan nor a table of KPIs in this document, so there is nothing to show on one page.",
            Style::Loose,
        );
        return sheet.page;
    }
    let has_bar = report.insight.counts.lines.total() > 0;
    let top = if has_bar { 3 + BAR_ROWS } else { 3 };
    let (left, rest) = lists::left(report);
    let blocks = [left, lists::moved(report), lists::kpis(report)];
    if has_bar {
        let bar = status_bar(report, top);
        sheet.page.charts.push(crate::workbook::PageChart { row: 2, column: 0, width: BAR.0, height: BAR.1, ..bar });
    }
    let leads = rest.as_ref().map_or(0, |leads| 1 + leads.height().min(MOST_LEADS));
    let heights = blocks.iter().map(Block::height).chain([blocks[0].height() + leads]);
    let rows = heights.max().unwrap_or(0).min(MOST_ROWS) as u32;
    lay_side_by_side(&mut sheet, &blocks, top, rows, rest);
    sheet.next = top + rows + 1;
    let used = f64::from(sheet.next) * LINE + LINE;
    lay_exceptions(&mut sheet, report, HIGHEST - used);
    sheet.page
}

/// The day it stands at, what it is held against, and its marking.
fn standing(report: &Report<'_>) -> String {
    let as_at = report.as_at();
    let as_at = (!as_at.is_empty()).then(|| format!("As at {as_at}"));
    let since = report.changes.as_ref().map(|changes| format!("changes since {}", changes.since));
    let marking = report.document.marking.as_ref().map(Marking::words).filter(|words| !words.is_empty());
    let said: Vec<String> = marking.into_iter().chain(as_at).chain(since).collect();
    if said.is_empty() { "On one page".to_owned() } else { said.join("; ") }
}

/// The looks of a return in smaller letters on one line each, then the same wrapped.
fn one_page_looks() -> Vec<crate::workbook::Look> {
    let mut looks = looks();
    for (at, look) in looks.iter_mut().enumerate() {
        look.wrap = false;
        if at != Style::Heading.look() {
            look.size = SIZE;
        }
    }
    let wrapped: Vec<_> = looks.iter().cloned().map(|look| crate::workbook::Look { wrap: true, ..look }).collect();
    looks.into_iter().chain(wrapped).collect()
}

/// Lays the lists beside each other, row by row.
fn lay_side_by_side<'doc>(sheet: &mut Sheet<'doc>, blocks: &[Block<'doc>; 3], top: u32, rows: u32, rest: Option<Block<'doc>>) {
    let first = blocks[0].height() as u32;
    for row in 0..rows {
        for (block, column) in blocks.iter().zip([0, 4, 6]) {
            block.lay(sheet, (top, row), column, rows as usize);
        }
        // Below the statuses stand the leads.
        if let Some(rest) = rest.as_ref().filter(|_| row > first) {
            rest.lay(sheet, (top + first + 1, row - first - 1), 0, (rows - first).saturating_sub(1) as usize);
        }
    }
    sheet.page.cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// Lays the first exceptions out, as many as there is room for in points, and says how many are left.
fn lay_exceptions(sheet: &mut Sheet<'_>, report: &Report<'_>, room_left: f64) {
    let all = lists::exceptions(report);
    sheet.text(sheet.next, 0, "Exceptions, the gravest first", Style::Group);
    for column in 1..=LAST {
        sheet.text(sheet.next, column, "", Style::Group);
    }
    sheet.merge_across(sheet.next, 0, LAST);
    sheet.next += 1;
    if all.is_empty() {
        sheet.text(sheet.next, 0, "Nothing has problems, is overdue, ends later than it did or misses its target.", Style::Loose);
        return;
    }
    put_wide(sheet, EXCEPTION_HEADINGS.map(|heading| (heading.to_owned(), Style::Header)));
    // The headings, and a line that says what is left.
    let mut used = 3.0 * LINE;
    let mut shown = 0;
    for cells in &all {
        let cells: Vec<(String, Style)> =
            cells.iter().zip(EXCEPTION).map(|((text, style), columns)| (fitted(text, width(columns), MOST_LINES), *style)).collect();
        let lines = cells.iter().zip(EXCEPTION).map(|((text, _), columns)| letters().lines(text, width(columns))).max().unwrap_or(1);
        let height = (lines as f64 * letters().line_height()).max(LINE);
        if used + height > room_left {
            break;
        }
        used += height;
        shown += 1;
        put_wide(sheet, cells);
    }
    let left = all.len() - shown;
    if left > 0 {
        sheet.put(sheet.next, 0, owned(more(left)), Style::Remark);
    }
}

/// A row of cells that reach over several columns each, wrapped.
fn put_wide(sheet: &mut Sheet<'_>, cells: impl IntoIterator<Item = (String, Style)>) {
    let row = sheet.next;
    let wrapped = looks().len();
    for ((text, style), (first, last)) in cells.into_iter().zip(EXCEPTION) {
        sheet.page.cells.push(PageCell { row, column: first, content: owned(text), look: style.look() + wrapped });
        for column in first + 1..=last {
            sheet.page.cells.push(PageCell { row, column, content: Content::Blank, look: style.look() + wrapped });
        }
        if first < last {
            sheet.page.merges.push(Area { first_row: row, first_column: first, last_row: row, last_column: last });
        }
    }
    sheet.next += 1;
}

/// What does not fit, and where it stands.
fn more(left: usize) -> String {
    format!("and {left} more in the board return")
}

/// The letters of the page.
fn letters() -> Letters {
    Letters::new(SIZE, false)
}

/// The room of some columns for letters, in pixels.
fn width((first, last): (u16, u16)) -> f64 {
    room(WIDTHS[usize::from(first)..=usize::from(last)].iter().sum())
}

/// As much of a text as so many lines hold, cut behind a word with an ellipsis.
fn fitted(text: &str, room: f64, lines: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A bold letter is wider than a plain one.
    let fits = |text: &str| Letters::new(SIZE, true).lines(text, room) <= lines;
    if fits(&text) {
        return text;
    }
    let ends: Vec<usize> = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).collect();
    let cut = |at: usize| format!("{}…", text[..at].trim_end_matches([',', ';', '.', ':', ' ']));
    let words = ends.partition_point(|at| fits(&cut(*at)));
    if words > 0 {
        return cut(ends[words - 1]);
    }
    // Its first word alone does not fit.
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let letters = ends.partition_point(|at| fits(&cut(*at)));
    cut(ends[letters.saturating_sub(1)])
}
