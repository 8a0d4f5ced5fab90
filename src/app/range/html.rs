//! Cells as an HTML table, so that a word processor or a mail keeps the table and the colours of its statuses.

use std::fmt::Write;

use super::{cell_at, holds};
use crate::{
    model::{Cell, RowKind, Table, kinds::Kind},
    returns,
};

/// The table of some rows and columns. A worksheet reads it too, so that texts are marked as such and a cell of several lines stays one.
/// What `hidden` says of is blank in it.
#[must_use]
pub fn write(table: &Table, columns: &[usize], rows: &[usize], hidden: &dyn Fn(usize, usize) -> bool) -> String {
    let mut html = String::from("<meta charset=\"utf-8\"><table border=\"1\" cellpadding=\"4\" style=\"border-collapse:collapse\">");
    for &row in rows {
        html.push_str("<tr>");
        for &column in columns {
            cell(&mut html, table, (row, column), hidden(row, column));
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    html
}

fn cell(html: &mut String, table: &Table, (row, column): (usize, usize), hidden: bool) {
    let held = cell_at(table, row, column).filter(|_| holds(table, row, column) && !hidden);
    let fill = held.and_then(Cell::status).map_or_else(String::new, |status| format!("background:#{:06X};", returns::fill(status)));
    let text = match table.columns[column].kind {
        Kind::Ref | Kind::Paragraph | Kind::Status => "mso-number-format:'\\@';",
        Kind::Date | Kind::Figure | Kind::Number => "",
    };
    let bold = if matches!(table.rows[row].kind, RowKind::Group | RowKind::Total) { "font-weight:bold;" } else { "" };
    let words = held.map_or_else(String::new, |cell| escaped(&cell.text));
    write!(html, "<td style=\"vertical-align:top;{fill}{text}{bold}\">{words}</td>").expect("a string takes what is written");
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\n', "<br style=\"mso-data-placement:same-cell;\">")
}
