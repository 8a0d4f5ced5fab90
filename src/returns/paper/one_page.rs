//! One page for a leadership team: how it stands, what moved, who is late, KPIs and the gravest exceptions. What does not fit is counted.

use super::{
    PaperTemplate, changes, headline, kpis,
    looks::{counted, heading, muted, plain, rating_cell, shortened, status_cell},
    paper, titled,
};
use crate::{
    insight::{BETWEEN_LEADS, Exception, Rating, Report},
    model::{Role, Status, kinds::Side},
    paper::{Block, Cell, Column, Orientation, Paper, Row, Table, page_count},
};

/// The template.
pub(super) const TEMPLATE: PaperTemplate = PaperTemplate {
    code: "one-page",
    name: "One page",
    about: "One page of A4 for a leadership team: the statuses, what moved, overdue by lead, KPIs and the gravest exceptions.",
    paper: of,
};

/// How much is shown of each list, the most first; the first that fits a page is taken.
const TRIED: [Shown; 8] = [
    Shown { rows: 14, letters: 110, tiles: true },
    Shown { rows: 10, letters: 110, tiles: true },
    Shown { rows: 8, letters: 90, tiles: true },
    Shown { rows: 6, letters: 80, tiles: true },
    Shown { rows: 5, letters: 60, tiles: true },
    Shown { rows: 4, letters: 50, tiles: true },
    Shown { rows: 2, letters: 40, tiles: true },
    Shown { rows: 1, letters: 30, tiles: false },
];

/// How much of a report is shown.
#[derive(Clone, Copy)]
struct Shown {
    /// Of each list.
    rows: usize,
    /// Of an action's or a KPI's words.
    letters: usize,
    /// Whether KPIs are counted by rating in boxes.
    tiles: bool,
}

fn of(report: &Report<'_>) -> Paper {
    let papers = TRIED.into_iter().map(|shown| paper(report, TEMPLATE.name, Orientation::Portrait, body(report, shown)));
    let mut last = None;
    for paper in papers {
        let fits = page_count(&paper, &mut |_| true).is_ok_and(|pages| pages <= 1);
        last = Some(paper);
        if fits {
            break;
        }
    }
    last.unwrap_or_else(|| paper(report, TEMPLATE.name, Orientation::Portrait, Vec::new()))
}

fn body(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let mut blocks = titled(report, TEMPLATE.name);
    if let Block::Heading { text, .. } = &mut blocks[0] {
        *text = shortened(text, 140);
    }
    let width = Orientation::Portrait.width();
    blocks.push(Block::Tiles(headline::tiles(report)));
    if report.insight.counts.lines.total() > 0 {
        blocks.push(headline::bar(&report.insight.counts.lines, width));
        let mut left = vec![heading(2, "Lines by status"), headline::counts(report)];
        left.extend(moved(report, shown));
        blocks.push(Block::Columns(vec![left, by_lead(report, shown)]));
    }
    blocks.extend(exceptions(report, shown));
    blocks.extend(kpi_rows(report, shown));
    blocks.extend(headline::without_any(report));
    blocks.push(muted(format!("{}{}", judged(report), "The board return has all of it.")));
    blocks
}

fn judged(report: &Report<'_>) -> String {
    report.insight.judged_when().map_or_else(String::new, |when| format!("Overdue is judged {when}. "))
}

/// What moved since the baseline.
fn moved(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let Some(changes) = &report.changes else { return Vec::new() };
    let mut blocks = vec![heading(2, "What moved"), plain(changes::summed_up(changes))];
    let worse = changes.actions.iter().filter(|action| match &action.what {
        crate::insight::What::Changed(changed) => changed.is_worse || changed.slip.as_ref().is_some_and(crate::insight::Slip::is_later),
        crate::insight::What::Added | crate::insight::What::Dropped { .. } => false,
    });
    let all: Vec<String> = worse
        .map(|action| {
            let name = if action.reference.is_empty() { shortened(&action.words, 40) } else { action.reference.clone() };
            format!("{name}: {}", shortened(&action.in_words(), shown.letters))
        })
        .collect();
    blocks.extend(first(all, shown.rows.min(6), "more that went back or slipped").map(Block::List));
    blocks
}

/// The first of a list, and how many more there are.
fn first(all: Vec<String>, most: usize, more: &str) -> Option<Vec<String>> {
    let over = all.len().saturating_sub(most);
    let mut kept: Vec<String> = all.into_iter().take(most).collect();
    if over > 0 {
        kept.push(format!("and {over} {more}"));
    }
    (!kept.is_empty()).then_some(kept)
}

/// Who has how many overdue lines.
fn by_lead(report: &Report<'_>, shown: Shown) -> Vec<Block> {
    let mut blocks = vec![heading(2, "Overdue by lead")];
    let late = &report.insight.overdue;
    if late.is_empty() {
        let none = if report.insight.judged_when().is_some() { "Nothing is overdue." } else { "No day is known to judge ends at." };
        blocks.push(plain(none));
        return blocks;
    }
    let mut leads: Vec<(String, usize, String)> = Vec::new();
    for one in late {
        for lead in leads_of(report, one) {
            match leads.iter_mut().find(|(name, ..)| *name == lead) {
                Some((_, count, names)) => {
                    *count += 1;
                    *names += &format!(", {}", shortened(&one.name, 24));
                }
                None => leads.push((lead, 1, shortened(&one.name, 24))),
            }
        }
    }
    leads.sort_by(|(a, many, _), (b, more, _)| more.cmp(many).then_with(|| a.cmp(b)));
    let over = leads.len().saturating_sub(shown.rows);
    let rows = leads.iter().take(shown.rows).map(|(lead, count, names)| {
        Row::Cells(vec![Cell::of(shortened(lead, 48)), Cell::of(count.to_string()), Cell::of(shortened(names, 48))])
    });
    let columns = vec![Column::shared("Lead", 1.3).naming(), Column::fitted("Lines", Side::Right), Column::shared("Actions", 1.0)];
    blocks.push(Block::Table(Table { summary: "How many overdue lines each lead has.".to_owned(), columns, rows: rows.collect() }));
    if over > 0 {
        blocks.push(muted(format!("and {}", counted(over, "more lead", "more leads"))));
    }
    blocks
}

/// The leads of an overdue line: those of its row, or of the action it continues.
fn leads_of(report: &Report<'_>, late: &crate::insight::Overdue) -> Vec<String> {
    let found = late.place.table.and_then(|table| report.document.table(table)).zip(late.place.row).and_then(|(table, row)| {
        let at = table.position(row)?;
        let own = table.cell(&table.rows[at], Role::Lead).filter(|cell| !cell.is_blank());
        own.or_else(|| table.cell(table.entry_of(at)?, Role::Lead)).map(|cell| cell.text.to_string())
    });
    let text = found.unwrap_or_default();
    let names: Vec<String> = text.split(BETWEEN_LEADS).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.is_empty() { vec!["No lead named".to_owned()] } else { names }
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
    let rows = sorted.iter().take(shown.rows).map(|one| {
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
    let over = all.len().saturating_sub(shown.rows);
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
    if shown.tiles {
        blocks.push(Block::Tiles(kpis::ratings(&report.kpis)));
    }
    let mut sorted: Vec<&crate::insight::KpiStanding> = report.kpis.iter().collect();
    sorted.sort_by_key(|kpi| match kpi.rated.rating {
        Rating::Red => 0,
        Rating::Amber => 1,
        Rating::Green => 2,
        Rating::Grey => 3,
    });
    let rows = sorted.iter().take(shown.rows).map(|kpi| {
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
    let over = report.kpis.len().saturating_sub(shown.rows);
    if over > 0 {
        blocks.push(muted(format!("and {}", counted(over, "more KPI", "more KPIs"))));
    }
    blocks
}
