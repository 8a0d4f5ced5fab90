//! A table or the summary as a page to print, in HTML that any browser shows. Writes no file.

use std::{collections::HashSet, fmt::Write};

use crate::{
    insight::Insight,
    model::{Cell, Column, Document, Marking, Row, RowId, RowKind, Status, Table},
    returns,
    store::ColumnKey,
};

const HEAD: &str = "<!doctype html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>";
/// Rows are not broken over pages, headings are repeated on each, and statuses keep their colours.
const STYLE: &str = "</title><style>@page{size:A4 landscape;margin:12mm}\
    body{font:10pt/1.35 \"Segoe UI\",Arial,sans-serif;color:#1b2430;-webkit-print-color-adjust:exact;print-color-adjust:exact}\
    h1{font-size:16pt;margin:0 0 4pt}h2{font-size:12pt;margin:12pt 0 4pt}p{margin:2pt 0}table{border-collapse:collapse;width:100%}\
    th,td{border:1px solid #8a94a0;padding:3pt 5pt;text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere}\
    thead{display:table-header-group}th{background:#e7ebf0}tr{break-inside:avoid}.s td{background:#f4f6f8}.g td,.t td{font-weight:bold}\
    .page>*>tr{break-inside:auto}.page>*>tr>td{border:0;padding:0;white-space:normal}.page>tfoot{display:table-footer-group}\
    .page>thead>tr>td,.page>tfoot>tr>td{text-align:center;font-weight:bold;padding:0 0 4pt}.few{width:auto}.n{text-align:right}@media screen{body{margin:24px}}</style></head><body onload=\"print()\">";

/// The words that stand on every page of a document.
#[must_use]
pub(crate) fn marking(document: &Document) -> String {
    document.marking.as_ref().map_or_else(String::new, Marking::words)
}

/// The rows of a table that are in sight, in the columns that are, below its header.
#[must_use]
pub(crate) fn table(table: &Table, out_of_sight: &HashSet<RowId>, hidden: &[ColumnKey], marking: &str) -> String {
    let mut page = begun(table.title(), marking);
    fields(&mut page, table);
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| !is_hidden(&table.columns[at], hidden)).collect();
    page.push_str("<table><thead><tr>");
    for &at in &columns {
        add(&mut page, format_args!("<th>{}</th>", escaped(&table.columns[at].heading)));
    }
    page.push_str("</tr></thead><tbody>");
    for row in table.rows.iter().filter(|row| !out_of_sight.contains(&row.id)) {
        add_row(&mut page, row, &columns);
    }
    page.push_str("</tbody></table>");
    ended(page, marking)
}

/// Each plan's header and counts, and what is overdue.
#[must_use]
pub(crate) fn summary(document: &Document, insight: &Insight) -> String {
    let marking = marking(document);
    let mut page = begun(document.name(), &marking);
    for standing in &insight.plans {
        let Some(table) = document.table(standing.table) else { continue };
        if table.title() != document.name() {
            add(&mut page, format_args!("<h2>{}</h2>", escaped(table.title())));
        }
        fields(&mut page, table);
        page.push_str("<h2>Status</h2><table class=few><thead><tr><th>Status</th><th>Lines</th><th>Actions</th></tr></thead><tbody>");
        for (status, lines) in standing.counts.lines.listed() {
            let actions = standing.counts.actions.get(status);
            let (fill, word) = (fill(Some(status)), status.word());
            add(&mut page, format_args!("<tr><td{fill}>{word}</td><td class=n>{lines}</td><td class=n>{actions}</td></tr>"));
        }
        page.push_str("</tbody></table>");
    }
    for group in insight.overdue_by_day(document) {
        add(&mut page, format_args!("<h2>{}</h2>", escaped(&group.title)));
        if group.late.is_empty() {
            page.push_str("<p>Nothing</p>");
            continue;
        }
        page.push_str("<table><thead><tr><th>Action</th><th>End</th><th>Status</th></tr></thead><tbody>");
        for late in group.late {
            let (name, end) = (escaped(&late.name), escaped(&late.end_text));
            let (fill, word) = (fill(late.status), late.status.map_or("", Status::word));
            add(&mut page, format_args!("<tr><td>{name}</td><td>{end}</td><td{fill}>{word}</td></tr>"));
        }
        page.push_str("</tbody></table>");
    }
    ended(page, &marking)
}

/// Where the document is marked, all of it stands in a table whose head and foot browsers repeat on every page.
fn begun(title: &str, marking: &str) -> String {
    let (title, marking) = (escaped(title), escaped(marking));
    let frame = if marking.is_empty() {
        String::new()
    } else {
        format!(
            "<table class=page role=presentation><thead><tr><td>{marking}</td></tr></thead><tfoot><tr><td>{marking}</td></tr></tfoot><tbody><tr><td>"
        )
    };
    format!("{HEAD}{title}{STYLE}{frame}<h1>{title}</h1>")
}

fn ended(mut page: String, marking: &str) -> String {
    page.push_str(if marking.is_empty() { "" } else { "</td></tr></tbody></table>" });
    page.push_str("</body></html>");
    page
}

fn fields(page: &mut String, table: &Table) {
    for field in table.fields.iter().filter(|field| !field.cell.text.is_empty() && *field.cell.text != *table.title()) {
        add(page, format_args!("<p>{}: {}</p>", escaped(&field.label), escaped(&field.cell.text)));
    }
}

fn add_row(page: &mut String, row: &Row, columns: &[usize]) {
    let class = match row.kind {
        RowKind::Section => " class=s",
        RowKind::Group => " class=g",
        RowKind::Total => " class=t",
        RowKind::Entry | RowKind::Line => "",
    };
    add(page, format_args!("<tr{class}>"));
    if row.kind == RowKind::Section {
        add(page, format_args!("<td colspan={}>", columns.len().max(1)));
        for field in row.fields.iter().filter(|field| !field.cell.text.is_empty()) {
            add(page, format_args!("<p><b>{}:</b> {}</p>", escaped(&field.label), escaped(&field.cell.text)));
        }
        page.push_str("</td>");
    } else {
        for cell in columns.iter().map(|&at| row.cells.get(at)) {
            add(
                page,
                format_args!("<td{}>{}</td>", fill(cell.and_then(Cell::status)), cell.map_or_else(String::new, |cell| escaped(&cell.text))),
            );
        }
    }
    page.push_str("</tr>");
}

fn is_hidden(column: &Column, hidden: &[ColumnKey]) -> bool {
    hidden.iter().any(|key| key.is(column))
}

/// The colour a status has in the return.
fn fill(status: Option<Status>) -> String {
    status.map_or_else(String::new, |status| format!(" style=\"background:#{:06X}\"", returns::fill(status)))
}

fn add(page: &mut String, what: std::fmt::Arguments<'_>) {
    page.write_fmt(what).expect("a string takes what is written");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{app::open::open_sample, insight::AsOf, model::TableKind};

    #[test]
    fn a_page_has_the_rows_and_columns_in_sight_and_nothing_that_runs_from_a_cell() {
        let mut document = open_sample().document;
        let plan = document.tables.iter_mut().find(|table| table.kind == TableKind::Plan).unwrap();
        let entries: Vec<usize> = (0..plan.rows.len()).filter(|&at| plan.rows[at].kind == RowKind::Entry).collect();
        plan.rows[entries[0]].cells[1] = Cell::text("<script>alert(1)</script> & more");
        plan.rows[entries[1]].cells[1] = Cell::text("Not in sight");
        let out = HashSet::from([plan.rows[entries[1]].id]);
        let hidden = [ColumnKey::of(&plan.columns[0])];
        let page = table(plan, &out, &hidden, "");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more") && !page.contains("<script"));
        assert!(!page.contains("Not in sight") && !page.contains("<th>Ref</th>") && page.contains("<th>Action"));
        assert_eq!(page.matches("<tr").count(), 1 + plan.rows.len() - 1);
    }

    #[test]
    fn a_marking_stands_at_the_head_and_the_foot_of_every_page() {
        let document = open_sample().document;
        for page in [table(&document.tables[0], &HashSet::new(), &[], "OFFICIAL <S>"), {
            let marking = Marking { lines: vec!["OFFICIAL <S>".into()], ..Marking::default() };
            let document = Document { marking: Some(marking), ..document.clone() };
            summary(&document, &Insight::of(&document, AsOf::default()))
        }] {
            let frame =
                "<table class=page role=presentation><thead><tr><td>OFFICIAL &lt;S&gt;</td></tr></thead><tfoot><tr><td>OFFICIAL &lt;S&gt;";
            assert!(page.contains(frame) && page.ends_with("</td></tr></tbody></table></body></html>"));
            assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
        }
    }

    #[test]
    fn the_summary_tells_counts_and_what_is_overdue() {
        let document = open_sample().document;
        let page = summary(&document, &Insight::of(&document, AsOf::default()));
        assert!(!page.contains("class=page"), "an unmarked page has no frame");
        for words in [
            "<h1>Good Neighbours Plan</h1>",
            "<h2>Overdue at the plan's review date, 31 January 2019</h2>",
            ">In progress</td><td class=n>15</td>",
        ] {
            assert!(page.contains(words), "{words}");
        }
    }
}
