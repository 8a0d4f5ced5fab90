//! What stands on the page, as lists: statuses with their change, overdue by lead, what moved, KPIs and exceptions, the worst first.

use std::collections::HashMap;

use super::blocks::{Block, Entry};
use crate::{
    insight::{BETWEEN_LEADS, Exception, KpiStanding, Rating, Report, Slip, What, kpi_ratings},
    model::{General, Role, Status, Stored},
    returns::{list::owned, style::Style},
    workbook::Content,
};

/// A change is shown with its sign.
const CHANGE: &str = "+0;-0;0";

fn number<'doc>(number: f64, format: &str) -> Entry<'doc> {
    (Content::Stored(Stored { number, format: format.into() }), Style::Centre)
}

fn body<'doc>(text: impl Into<String>) -> Entry<'doc> {
    (owned(text), Style::Body)
}

/// The statuses with their change, and below them the leads with most that is overdue.
pub(super) fn left<'doc>(report: &Report<'_>) -> (Block<'doc>, Option<Block<'doc>>) {
    let changes = report.changes.as_ref();
    let counts = &report.insight.counts;
    let change = |change: Option<f64>| change.map_or((Content::Blank, Style::Centre), |change| number(change, CHANGE));
    let mut rows: Vec<Vec<Entry<'doc>>> = Vec::new();
    if counts.lines.total() > 0 {
        for (status, lines) in report.listed() {
            let delta = changes.map(|changes| changes.deltas()[status as usize] as f64);
            rows.push(vec![(owned(status.word()), Style::Status(status)), number(lines as f64, General), change(delta)]);
        }
        let ((done, of), before) = (counts.lines.done(), changes.map(|changes| changes.before.done()));
        rows.push(vec![body("To deliver"), number(of as f64, General), change(before.map(|(_, before)| of as f64 - before as f64))]);
        rows.push(vec![body("Complete, of those"), number(done as f64 / of.max(1) as f64, "0%"), change(None)]);
    }
    if report.insight.judged_when().is_some() {
        let late = report.insight.overdue.len();
        let delta = changes.and_then(|changes| changes.overdue_before).map(|before| late as f64 - before as f64);
        rows.push(vec![body("Overdue"), number(late as f64, General), change(delta)]);
    }
    let ratings = kpi_ratings(&report.insight);
    for rating in Rating::ALL.into_iter().filter(|rating| ratings[*rating as usize] > 0) {
        let at = rating as usize;
        let delta = changes.map(|changes| ratings[at] as f64 - changes.ratings_before[at] as f64);
        let word = format!("KPIs {}", rating.word().to_lowercase());
        rows.push(vec![(owned(word), Style::Rating(rating)), number(ratings[at] as f64, General), change(delta)]);
    }
    let headings = ["Lines by status", "Now", "Change"].map(str::to_owned).into();
    let block = Block { headings, rows, none: "No status is stated" };
    let leads = overdue_by_lead(report);
    let rows = leads.into_iter().map(|(lead, late)| vec![body(lead), number(late as f64, General)]).collect::<Vec<_>>();
    let leads = (!rows.is_empty()).then(|| Block { headings: ["Overdue by lead", "Lines"].map(str::to_owned).into(), rows, none: "" });
    (block, leads)
}

/// How many lines are overdue of each lead, the most first. A line of several leads counts for each.
fn overdue_by_lead(report: &Report<'_>) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for late in &report.insight.overdue {
        let named = late.place.table.and_then(|table| report.document.table(table)).and_then(|table| {
            let at = table.position(late.place.row?)?;
            let of = |row| table.cell(row, Role::Lead).filter(|cell| !cell.is_blank()).map(|cell| cell.text.to_string());
            of(&table.rows[at]).or_else(|| table.entry_of(at).and_then(of))
        });
        let names = named.unwrap_or_default();
        let mut names: Vec<String> =
            names.split(BETWEEN_LEADS).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            names.push("No lead named".to_owned());
        }
        names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
    counts.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| a.cmp(b)));
    counts
}

/// What moved since the earlier return, what got worse first.
pub(super) fn moved<'doc>(report: &Report<'_>) -> Block<'doc> {
    let Some(changes) = &report.changes else {
        return Block { headings: vec!["What moved".to_owned()], rows: Vec::new(), none: "No earlier return was chosen" };
    };
    let rank = |what: &What| match what {
        What::Changed(changed) if changed.is_worse => 0,
        What::Changed(changed) if changed.slip.as_ref().is_some_and(Slip::is_later) => 1,
        What::Changed(changed) if changed.status.is_some() => 2,
        What::Added => 3,
        What::Dropped { .. } => 4,
        What::Changed(_) => 5,
    };
    let mut moved: Vec<_> = changes.actions.iter().collect();
    moved.sort_by_key(|action| rank(&action.what));
    let name = |reference: &str, words: &str| if reference.is_empty() { words.to_owned() } else { reference.to_owned() };
    let actions = moved.iter().map(|action| format!("{}: {}", name(&action.reference, &action.words), action.in_words()));
    let kpis = changes.kpis.iter().map(|kpi| format!("KPI {}: {}", name(&kpi.reference, &kpi.name), kpi.in_words()));
    let rows = actions.chain(kpis).map(|words| vec![body(words)]).collect();
    Block { headings: vec![format!("What moved since {}", changes.since)], rows, none: "Nothing changed" }
}

/// The KPIs, those off their target first.
pub(super) fn kpis<'doc>(report: &Report<'_>) -> Block<'doc> {
    let rank = |kpi: &&KpiStanding| match kpi.rated.rating {
        Rating::Red => 0,
        Rating::Amber => 1,
        Rating::Green => 2,
        Rating::Grey => 3,
    };
    let mut all: Vec<&KpiStanding> = report.kpis.iter().collect();
    if all.is_empty() {
        return Block { headings: vec!["KPI".to_owned()], rows: Vec::new(), none: "There are no KPIs" };
    }
    all.sort_by_key(rank);
    let centre = |text: &str| (owned(text), Style::Centre);
    let row = |kpi: &KpiStanding| {
        let rating = kpi.rated.rating;
        vec![
            body(kpi.title()),
            centre(&kpi.current),
            centre(&kpi.target),
            (owned(rating.word()), Style::Rating(rating)),
            centre(&travel(kpi)),
        ]
    };
    Block {
        headings: ["KPI", "Figure", "Target", "Rating", "Before, change"].map(str::to_owned).into(),
        rows: all.into_iter().map(row).collect(),
        none: "",
    }
}

/// The figure before with the arrow of where it went since: `98% ▲ Better`.
fn travel(kpi: &KpiStanding) -> String {
    [kpi.previous.as_str(), &kpi.travel_words()].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The exceptions as cells of the page, the gravest first.
pub(super) fn exceptions(report: &Report<'_>) -> Vec<Vec<(String, Style)>> {
    let rank = |exception: &&Exception| match (exception.status, exception.rating) {
        (Some(Status::MajorProblems), _) => 0,
        (_, Some(Rating::Red)) => 1,
        (Some(Status::MinorProblems), _) => 2,
        (_, Some(_)) => 4,
        _ => 3,
    };
    let mut all: Vec<&Exception> = report.exceptions.actions.iter().chain(&report.exceptions.kpis).collect();
    all.sort_by_key(rank);
    all.into_iter().map(row).collect()
}

fn row(exception: &Exception) -> Vec<(String, Style)> {
    let joined = |parts: [&str; 2], between: &str| {
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
    };
    let status = match (exception.status, exception.rating) {
        (_, Some(rating)) => (rating.word().to_owned(), Style::Rating(rating)),
        (Some(status), None) => (status.word().to_owned(), Style::Status(status)),
        (None, None) => ("None stated".to_owned(), Style::Centre),
    };
    let missing = exception.missing_words();
    let new_date = exception.new_date.words();
    vec![
        (joined([&exception.reference, &exception.lead], ", "), Style::Body),
        status,
        (exception.words.clone(), Style::Body),
        (joined([&exception.why.join("; "), &exception.reason.words()], ". "), Style::Body),
        (exception.corrective.words(), Style::Body),
        (joined([&new_date, &missing], "; "), Style::Body),
    ]
}
