//! The sheet of exceptions: what has problems, is overdue or has slipped, with reason, corrective action and new date, and what is missing.

use super::{
    Template,
    list::{self, Entry, Heading, owned},
    long_rows, properties,
    sheet::Sheet,
    style::Style,
};
use crate::{
    insight::{Exception, Report},
    workbook::{Page, Properties, sentinels},
};

/// The return of exceptions alone.
pub(super) const TEMPLATE: Template = Template {
    code: "exceptions",
    name: "Exceptions",
    file: "exceptions",
    about: "Red, amber, overdue and slipped only, each with its reason, corrective action and new date, or what of these is missing.",
    pages,
    paper: super::paper::exceptions,
};

const HEADINGS: [Heading; 10] = [
    ("Plan or table", 20.0),
    ("Ref", 9.0),
    ("Action or KPI", 44.0),
    ("Lead", 18.0),
    ("Status", 15.0),
    ("Why it is here", 28.0),
    ("Reason", 40.0),
    ("Corrective action", 40.0),
    ("New date", 16.0),
    ("Still missing", 20.0),
];

fn pages<'doc>(report: &Report<'doc>) -> (Vec<Page<'doc>>, Properties) {
    let mut pages = vec![page(report, sentinels::EXCEPTIONS.to_owned())];
    long_rows::mark(&mut pages);
    (pages, properties::of(report.document, "Exceptions"))
}

/// The sheet.
pub(super) fn page<'doc>(report: &Report<'_>, name: String) -> Page<'doc> {
    let mut sheet = Sheet::new(name);
    sheet.text(0, 0, sentinels::EXCEPTIONS_LINE, Style::Heading);
    sheet.put(1, 0, owned(summary(report)), Style::Remark);
    sheet.text(2, 0, sentinels::WORKED_OUT, Style::Remark);
    sheet.next = 4;
    let all = report.exceptions.actions.iter().chain(&report.exceptions.kpis);
    let rows: Vec<Vec<Entry<'doc>>> = all.map(row).collect();
    if rows.is_empty() {
        sheet.text(sheet.next, 0, "Nothing has problems, is overdue, ends later than it did or misses its target.", Style::Loose);
    } else {
        list::lay(&mut sheet, &HEADINGS, rows);
    }
    sheet.page
}

/// How many there are, and of what day.
pub(super) fn summary(report: &Report<'_>) -> String {
    let unfinished = report.exceptions.unfinished().count();
    let count = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let mut words = format!(
        "{} and {}",
        count(report.exceptions.actions.len(), "action", "actions"),
        count(report.exceptions.kpis.len(), "KPI", "KPIs")
    );
    if !report.as_at().is_empty() {
        words += &format!(", as at {}", report.as_at());
    }
    if unfinished > 0 {
        words += &format!("; {unfinished} of them {} what a board asks for", if unfinished == 1 { "lacks" } else { "lack" });
    }
    words
}

fn row<'doc>(exception: &Exception) -> Vec<Entry<'doc>> {
    let status = match (exception.status, exception.rating) {
        (_, Some(rating)) => (owned(rating.word()), Style::Rating(rating)),
        (Some(status), None) => (owned(status.word()), Style::Status(status)),
        (None, None) => (owned("None stated"), Style::Centre),
    };
    let body = |text: &str| (owned(text), Style::Body);
    vec![
        body(&exception.table),
        body(&exception.reference),
        body(&exception.words),
        body(&exception.lead),
        status,
        body(&exception.why.join("; ")),
        body(&exception.reason.words()),
        body(&exception.corrective.words()),
        body(&exception.new_date.words()),
        (owned(exception.missing_words()), if exception.missing.is_empty() { Style::Body } else { Style::Label }),
    ]
}
