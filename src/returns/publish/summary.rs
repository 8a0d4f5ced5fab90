//! The sheet of figures in words: how many of each status, what is overdue, how the KPIs stand, each with its change. Counts nothing itself.

use super::{
    notes::{About, Notes},
    one_line,
    sheet::{NOT_APPLICABLE, Sheet, count, text},
};
use crate::{
    insight::{Changes, Judged, PlanStanding, Rating, Report, StatusCounts, kpi_ratings},
    model::{Status, Stored, TableId, TableKind},
    returns::list::owned,
    workbook::Content,
};

/// A change is shown with its sign.
const CHANGE: &str = "+0;-0;0";

/// The sheet; none where the document has no table.
pub(super) fn sheet<'doc>(report: &Report<'_>, notes: &mut Notes, name: String) -> Option<Sheet<'doc>> {
    let mut rows = Rows { all: Vec::new(), compared: report.changes.is_some() };
    plans(report, notes, &mut rows);
    kpis(report, notes, &mut rows);
    for table in report.document.tables.iter().filter(|table| table.kind == TableKind::Register && !table.rows.is_empty()) {
        rows.add(&one_line(table.title()), "Rows".to_owned(), count(table.rows.iter().filter(|row| row.is_line()).count()), None);
    }
    if rows.all.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new(name, format!("Summary of {}", one_line(report.document.name())));
    sheet.holds = "How many actions have each status, what is overdue, and how the KPIs stand".to_owned();
    let as_at = report.as_at();
    let when = if as_at.is_empty() { String::new() } else { format!(", as at {as_at}") };
    sheet.say(format!("This sheet holds one table of the plan's main figures{when}."));
    let change = report.changes.as_ref().map(|changes| {
        let refs = notes.refer(|about| *about == About::Since);
        format!("Change since {} {refs}", changes.since)
    });
    sheet.headings(["Plan or table", "What is counted", "Now"].map(str::to_owned).into_iter().chain(change));
    sheet.rows = rows.all;
    Some(sheet)
}

/// The rows of the table so far.
struct Rows<'doc> {
    all: Vec<Vec<Content<'doc>>>,
    /// Whether there is a column of changes.
    compared: bool,
}

impl<'doc> Rows<'doc> {
    fn add(&mut self, of: &str, what: String, now: Content<'doc>, change: Option<f64>) {
        let change = self.compared.then(|| match change {
            Some(change) => Content::Stored(Stored { number: change, format: CHANGE.into() }),
            None => text(NOT_APPLICABLE),
        });
        self.all.push([owned(of), owned(what), now].into_iter().chain(change).collect());
    }
}

/// The figures of each plan, below those of all where there are several.
fn plans(report: &Report<'_>, notes: &mut Notes, rows: &mut Rows<'_>) {
    let insight = &report.insight;
    let name = |plan: &PlanStanding| report.document.table(plan.table).map_or_else(String::new, |table| one_line(table.title()));
    let late = |plan: &PlanStanding| insight.overdue.iter().filter(|late| late.place.table == Some(plan.table)).count();
    let changes = report.changes.as_ref();
    match &insight.plans[..] {
        [] => {}
        [plan] => {
            let of = name(plan);
            let judged = plan.judged.map(Judged::when);
            counted(&of, &plan.counts, changes.map(Changes::deltas), notes, rows);
            let before = changes.and_then(|changes| changes.overdue_before);
            overdue(&of, (judged, late(plan)), before, notes.refer(|about| is_of_overdue(about, Some(plan.table))), rows);
        }
        all => {
            counted("All plans", &insight.counts, changes.map(Changes::deltas), notes, rows);
            let before = changes.and_then(|changes| changes.overdue_before);
            let refs = notes.refer(|about| is_of_overdue(about, None));
            overdue("All plans", (insight.judged_when(), insight.overdue.len()), before, refs, rows);
            for plan in all {
                let of = name(plan);
                counted(&of, &plan.counts, None, notes, rows);
                let refs = notes.refer(|about| is_of_overdue(about, Some(plan.table)));
                overdue(&of, (plan.judged.map(Judged::when), late(plan)), None, refs, rows);
            }
        }
    }
}

/// The lines by status, then the actions, and how much of what is to be delivered is done.
fn counted(of: &str, counts: &StatusCounts, deltas: Option<[i64; 7]>, notes: &mut Notes, rows: &mut Rows<'_>) {
    // What there was before and is no more has a change to show.
    let moved = |status: Status| deltas.is_some_and(|deltas| deltas[status as usize] != 0);
    let listed = counts.lines.iter().filter(|(status, count)| *count > 0 || Status::RAG.contains(status) || moved(*status));
    for (status, lines) in listed {
        rows.add(of, format!("Status: {}", status.word()), count(lines), deltas.map(|deltas| deltas[status as usize] as f64));
    }
    let refs = notes.refer(|about| *about == About::Lines);
    rows.add(of, spaced("Lines with a status", &refs), count(counts.lines.total()), deltas.map(|deltas| deltas.iter().sum::<i64>() as f64));
    rows.add(of, "Actions".to_owned(), count(counts.action_count), None);
    if counts.without_status > 0 {
        let refs = notes.refer(|about| *about == About::WithoutStatus);
        rows.add(of, spaced("Actions without a status", &refs), count(counts.without_status), None);
    }
    let (done, to_deliver) = counts.lines.done();
    if to_deliver > 0 {
        let share = Content::Stored(Stored { number: done as f64 / to_deliver as f64, format: "0%".into() });
        let left = if counts.lines.get(Status::Cancelled) > 0 { ", of lines that are not cancelled" } else { ", of all lines" };
        rows.add(of, format!("Share that is complete{left}"), share, None);
    }
}

fn overdue(of: &str, (judged, late): (Option<String>, usize), before: Option<usize>, refs: String, rows: &mut Rows<'_>) {
    let Some(judged) = judged else { return };
    let change = before.map(|before| late as f64 - before as f64);
    rows.add(of, spaced(&format!("Lines overdue {judged}"), &refs), count(late), change);
}

/// Whether a note is about what is overdue, of one plan or of any.
fn is_of_overdue(about: &About, plan: Option<TableId>) -> bool {
    match about {
        About::Overdue(table) => plan.is_none_or(|plan| plan == *table),
        About::EarlierEnds => true,
        _ => false,
    }
}

/// How many KPIs have each rating.
fn kpis(report: &Report<'_>, notes: &mut Notes, rows: &mut Rows<'_>) {
    if report.kpis.is_empty() {
        return;
    }
    const OF: &str = "Key performance indicators (KPIs)";
    let now = kpi_ratings(&report.insight);
    let before = report.changes.as_ref().map(|changes| changes.ratings_before);
    for rating in Rating::ALL {
        let at = rating as usize;
        let refs = if rating == Rating::Grey { notes.refer(|about| *about == About::NotRated) } else { String::new() };
        let change = before.map(|before| now[at] as f64 - before[at] as f64);
        rows.add(OF, spaced(&format!("Rating: {}", rating.word()), &refs), count(now[at]), change);
    }
}

/// Words with the notes they refer to behind them.
fn spaced(words: &str, refs: &str) -> String {
    if refs.is_empty() { words.to_owned() } else { format!("{words} {refs}") }
}
