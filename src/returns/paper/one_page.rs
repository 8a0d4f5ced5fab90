//! One page for a leadership team: how it stands, what moved, who is late, KPIs and the gravest exceptions. What does not fit is counted.

use super::{
    changes, headline, kpis, leads,
    looks::{counted, heading, muted, plain, rating_cell, shortened, status_cell},
    made, titled,
};
use crate::{
    insight::{ActionChange, Exception, KpiStanding, Rating, Report, Slip, What},
    model::{Status, kinds::Side},
    paper::{Block, Cell, Column, Orientation, Paper, Row, Table, page_count},
    returns::Template,
};

/// The template.
pub(in crate::returns) const TEMPLATE: Template = Template {
    code: "one-page",
    name: "One page",
    file: "on one page",
    about: "A PDF of one page for a leadership team: the statuses, what moved, overdue by lead, KPIs and the gravest exceptions.",
    pages: None,
    paper,
};

/// How much of a report is shown: of each list the rows, and of words the letters.
#[derive(Clone, Copy)]
struct Shown {
    leads: usize,
    exceptions: usize,
    kpis: usize,
    moved: usize,
    letters: usize,
}

/// The most of each list, and the letters that are tried until the least fits.
const MOST: usize = 14;
const LETTERS: [usize; 3] = [100, 60, 30];

fn paper(report: &Report<'_>) -> Paper {
    let of = |shown: Shown| made(report, TEMPLATE.name, Orientation::Portrait, body(report, shown));
    let fits = |shown: Shown| page_count(&of(shown), &mut |_| true).is_ok_and(|pages| pages <= 1);
    let least = LETTERS.map(|letters| Shown { leads: 1, exceptions: 1, kpis: 1, moved: 0, letters });
    let mut shown = least.into_iter().find(|shown| fits(*shown)).unwrap_or(least[2]);
    // Each list in turn grows by a row, as long as the page holds it.
    let lists: [fn(&mut Shown) -> &mut usize; 4] =
        [|shown| &mut shown.exceptions, |shown| &mut shown.leads, |shown| &mut shown.kpis, |shown| &mut shown.moved];
    let lengths = [report.exceptions.actions.len(), report.insight.overdue.len(), report.kpis.len(), moves(report).len()];
    let mut grows = [true; 4];
    while grows.contains(&true) {
        for (number, list) in lists.iter().enumerate() {
            let mut more = shown;
            *list(&mut more) += 1;
            grows[number] = grows[number] && *list(&mut more) <= lengths[number].min(MOST) && fits(more);
            if grows[number] {
                shown = more;
            }
        }
    }
    of(shown)
}

fn body(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let mut blocks = titled(report, TEMPLATE.name);
    if let Block::Heading { text, .. } = &mut blocks[0] {
        *text = shortened(text, 140);
    }
    blocks.push(Block::Tiles(headline::tiles(report)));
    if report.insight.counts.lines.total() > 0 {
        blocks.push(headline::bar(&report.insight.counts.lines, Orientation::Portrait.width()));
        let mut left = vec![headline::counts(report)];
        left.extend(moved(report, shown));
        blocks.push(Block::Columns(vec![left, leads::blocks(report, 2, shown.leads)]));
    }
    blocks.extend(exceptions(report, shown));
    blocks.extend(kpi_rows(report, shown));
    blocks.extend(headline::without_any(report));
    blocks.push(muted(format!("{}The board return has all of it.", judged(report))));
    blocks
}

fn judged(report: &Report<'_>) -> String {
    report.insight.judged_when().map_or_else(String::new, |when| format!("Overdue is judged {when}. "))
}

/// What moved since the baseline.
fn moved(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let Some(changes) = &report.changes else { return Vec::new() };
    let mut blocks = vec![heading(2, "What moved"), plain(changes::summed_up(changes))];
    let moves = moves(report);
    let mut told: Vec<String> = moves
        .iter()
        .take(shown.moved)
        .map(|action| {
            let name = if action.reference.is_empty() { shortened(&action.words, 40) } else { action.reference.clone() };
            format!("{name}: {}", shortened(&action.in_words(), shown.letters))
        })
        .collect();
    let over = moves.len().saturating_sub(told.len());
    if over > 0 {
        told.push(format!("and {} that went back or slipped", if shown.moved == 0 { over.to_string() } else { format!("{over} more") }));
    }
    if !told.is_empty() {
        blocks.push(Block::List(told));
    }
    blocks
}

/// The actions that went back to problems or slipped.
fn moves<'report>(report: &'report Report<'_>) -> Vec<&'report ActionChange> {
    let went_back = |action: &&ActionChange| match &action.what {
        What::Changed(changed) => changed.is_worse || changed.slip.as_ref().is_some_and(Slip::is_later),
        What::Added | What::Dropped { .. } => false,
    };
    report.changes.iter().flat_map(|changes| &changes.actions).filter(went_back).collect()
}

/// The gravest exceptions.
fn exceptions(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let all = &report.exceptions.actions;
    if report.insight.plans.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(2, "Exceptions")];
    if all.is_empty() {
        blocks.push(plain("No action has problems, is overdue or slipped."));
        return blocks;
    }
    let mut sorted: Vec<&Exception> = all.iter().collect();
    sorted.sort_by_key(|one| match one.status {
        Some(Status::MajorProblems) => 0,
        Some(Status::MinorProblems) => 1,
        _ => 2,
    });
    let rows = sorted.iter().take(shown.exceptions).map(|one| {
        let stands = one.status.map_or_else(|| Cell::of("No status"), status_cell);
        let said = if one.missing.is_empty() { one.corrective.words() } else { one.missing_words() };
        let texts = [&*one.why.join("; "), &*said].map(|text| Cell::of(shortened(text, shown.letters)));
        let mut cells = vec![Cell::of(shortened(&one.reference, 16)), Cell::of(shortened(&one.words, shown.letters)), stands];
        cells.extend(texts);
        Row::Cells(cells)
    });
    let columns = vec![
        Column::fitted("Ref", Side::Left).naming(),
        Column::shared("Action", 2.0),
        Column::fitted("Status", Side::Left),
        Column::shared("Why", 1.3),
        Column::shared("What is done", 1.5),
    ];
    blocks.push(Block::Table(Table { summary: "The gravest exceptions.".to_owned(), columns, rows: rows.collect() }));
    let over = all.len().saturating_sub(shown.exceptions);
    if over > 0 {
        blocks.push(muted(format!("and {}", counted(over, "more exception", "more exceptions"))));
    }
    blocks
}

/// The KPIs that are worst off, with how many are how.
fn kpi_rows(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    if report.kpis.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![heading(2, "KPIs")];
    blocks.push(Block::Tiles(kpis::ratings(&report.kpis)));
    let mut sorted: Vec<&KpiStanding> = report.kpis.iter().collect();
    sorted.sort_by_key(|kpi| match kpi.rated.rating {
        Rating::Red => 0,
        Rating::Amber => 1,
        Rating::Green => 2,
        Rating::Grey => 3,
    });
    let rows = sorted.iter().take(shown.kpis).map(|kpi| {
        let title = Cell::of(shortened(&kpi.title(), shown.letters));
        let [current, target, travel] = [&kpi.current, &kpi.target, &kpi.travel_words()].map(|text| shortened(text, 24));
        Row::Cells(vec![title, Cell::strong(current), Cell::of(target), Cell::of(travel), rating_cell(kpi.rated.rating)])
    });
    let columns = vec![
        Column::shared("KPI", 1.0).naming(),
        Column::fitted("Figure", Side::Right),
        Column::fitted("Target", Side::Right),
        Column::fitted("Travel", Side::Left),
        Column::fitted("Rating", Side::Left),
    ];
    blocks.push(Block::Table(Table { summary: "The KPIs, the worst first.".to_owned(), columns, rows: rows.collect() }));
    let over = report.kpis.len().saturating_sub(shown.kpis);
    if over > 0 {
        blocks.push(muted(format!("and {}", counted(over, "more KPI", "more KPIs"))));
    }
    blocks
}
