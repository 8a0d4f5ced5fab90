//! The sheet of changes: what was added, dropped, moved to another status or slipped since an earlier return. Compares nothing itself.

use super::{
    Template,
    list::{self, Entry, Heading, owned},
    long_rows, properties,
    sheet::Sheet,
    style::Style,
};
use crate::{
    insight::{ActionChange, Changed, Changes, KpiChange, KpiWhat, Report, Slip, What},
    model::{General, Stored},
    workbook::{Content, Page, Properties, sentinels},
};

/// The return of changes alone.
pub(super) const TEMPLATE: Template = Template {
    code: "changes",
    name: "Changes since",
    file: "changes",
    about: "What was added, dropped, moved to another status or slipped since an earlier return, with reasons.",
    pages,
    paper: super::paper::changes,
};

const HEADINGS: [Heading; 11] = [
    ("Plan or table", 20.0),
    ("Ref", 9.0),
    ("Action or KPI", 44.0),
    ("Lead", 18.0),
    ("Before", 18.0),
    ("Now", 18.0),
    ("What changed", 34.0),
    ("End before", 14.0),
    ("End now", 14.0),
    ("Months later", 9.0),
    ("Reason", 44.0),
];
/// The last column, who gave the reason, stands only where somebody is named.
const BY: Heading = ("Said by", 14.0);

fn pages<'doc>(report: &Report<'doc>) -> (Vec<Page<'doc>>, Properties) {
    let mut pages = vec![page(report, sentinels::CHANGES.to_owned())];
    long_rows::mark(&mut pages);
    (pages, properties::of(report.document, "Changes"))
}

/// The sheet; without an earlier return it says that there is none.
pub(super) fn page<'doc>(report: &Report<'_>, name: String) -> Page<'doc> {
    let mut sheet = Sheet::new(name);
    sheet.text(0, 0, sentinels::CHANGES_LINE, Style::Heading);
    let Some(changes) = &report.changes else {
        sheet.text(1, 0, "No earlier return was chosen, so nothing says what changed.", Style::Remark);
        return sheet.page;
    };
    sheet.put(1, 0, owned(summary(changes)), Style::Remark);
    sheet.text(2, 0, sentinels::WORKED_OUT, Style::Remark);
    sheet.next = 4;
    let named = changes.actions.iter().any(|action| !action.by.is_empty());
    let headings: Vec<Heading> = HEADINGS.into_iter().chain(named.then_some(BY)).collect();
    let rows: Vec<Vec<Entry<'doc>>> = changes.actions.iter().map(action).chain(changes.kpis.iter().map(kpi)).collect();
    if rows.is_empty() {
        sheet.text(sheet.next, 0, "Nothing changed: no status, end, lead or wording of an action, and no figure of a KPI.", Style::Loose);
    } else {
        let rows = rows.into_iter().map(|row| row.into_iter().take(headings.len()).collect()).collect();
        list::lay(&mut sheet, &headings, rows);
    }
    sheet.page
}

/// What changed, in one line: `Since Q2 2026/27, as at 30 September 2026: 3 added, 1 dropped, 5 moved to another status, 2 slipped`.
#[must_use]
pub fn summary(changes: &Changes) -> String {
    let [added, dropped, moved, slipped] = changes.totals();
    format!(
        "Since {}: {added} added, {dropped} dropped, {moved} moved to another status, {slipped} slipped; {} {} changed",
        changes.since,
        changes.kpis.len(),
        if changes.kpis.len() == 1 { "KPI" } else { "KPIs" }
    )
}

fn body<'doc>(text: impl Into<String>) -> Entry<'doc> {
    (owned(text), Style::Body)
}

fn action<'doc>(action: &ActionChange) -> Vec<Entry<'doc>> {
    let none = Changed::default();
    let (changed, status) = match &action.what {
        What::Added => (&none, (String::new(), String::new())),
        What::Dropped { status } => (&none, (status.clone(), String::new())),
        What::Changed(changed) => (&**changed, changed.status.clone().unwrap_or_default()),
    };
    let slip = changed.slip.as_ref();
    let months = slip
        .and_then(Slip::months)
        .map_or(Content::Blank, |months| Content::Stored(Stored { number: f64::from(months), format: General.into() }));
    vec![
        body(&action.plan),
        body(&action.reference),
        body(&action.words),
        body(&action.lead),
        body(status.0),
        body(status.1),
        body(action.in_words()),
        body(slip.map_or("", |slip| &slip.before)),
        body(slip.map_or("", |slip| &slip.now)),
        (months, Style::Centre),
        body(&action.reason),
        body(&action.by),
    ]
}

fn kpi<'doc>(kpi: &KpiChange) -> Vec<Entry<'doc>> {
    let (before, now) = match &kpi.what {
        KpiWhat::Changed { current: Some((before, now)), .. } => (before.clone(), now.clone()),
        KpiWhat::Added | KpiWhat::Dropped | KpiWhat::Changed { .. } => Default::default(),
    };
    let blank = || body("");
    vec![
        body("KPIs"),
        body(&kpi.reference),
        body(&kpi.name),
        blank(),
        body(before),
        body(now),
        body(kpi.in_words()),
        blank(),
        blank(),
        (Content::Blank, Style::Centre),
        blank(),
        blank(),
    ]
}
