//! The headline on the cover of a return: how far the plan is, what is late, how the KPIs stand, each with its change, and one stacked bar.

use super::{
    counting::Counts,
    list::owned,
    sheet::Sheet,
    style::{Style, fill},
};
use crate::{
    insight::{Judged, Rating, Report, kpi_ratings},
    model::{General, Status, Stored},
    workbook::{Area, Content, PageChart, PageChartKind, Series, sentinels},
};

/// A change is shown with its sign.
const CHANGE: &str = "+0;-0;0";

/// One figure of the headline.
struct Figure {
    words: String,
    style: Style,
    now: f64,
    before: Option<f64>,
    /// What gives it in the workbook, so that it follows what is changed there.
    formula: Option<String>,
    format: &'static str,
}

impl Figure {
    fn count(words: impl Into<String>, style: Style, now: usize, before: Option<usize>) -> Self {
        Self { words: words.into(), style, now: now as f64, before: before.map(|before| before as f64), formula: None, format: General }
    }
}

/// Lays the headline out, its counts by status as formulas where they can be counted so; nothing where there is neither a status nor a KPI.
pub(super) fn lay(sheet: &mut Sheet<'_>, report: &Report<'_>, live: &Counts) {
    let first = sheet.next;
    let mut figures = statuses(report, live, first + 2);
    let bar = figures.len();
    figures.extend(rest(report));
    if figures.is_empty() {
        return;
    }
    sheet.text(first, 0, sentinels::HEADLINE, Style::Header);
    sheet.text(first, 1, "Now", Style::Header);
    if let Some(changes) = &report.changes {
        let heading = format!("Change since {}", changes.since);
        sheet.put(first, 2, owned(heading), Style::Header);
    }
    for (figure, row) in figures.into_iter().zip(first + 1..) {
        sheet.put(row, 0, owned(figure.words), figure.style);
        let change = figure.formula.as_ref().and(figure.before).map(|before| format!("=B{}-{before}", row + 1));
        sheet.put(row, 1, given(figure.formula, figure.now, figure.format), Style::Centre);
        match figure.before {
            Some(before) => sheet.put(row, 2, given(change, figure.now - before, CHANGE), Style::Centre),
            None if report.changes.is_some() => sheet.text(row, 2, "", Style::Centre),
            None => {}
        }
        sheet.next = row + 1;
    }
    if bar > 0 {
        sheet.page.charts.push(status_bar(report, first));
    }
    sheet.next += 1;
}

fn given<'doc>(formula: Option<String>, now: f64, format: &str) -> Content<'doc> {
    let now = Stored { number: now, format: format.into() };
    match formula {
        Some(formula) => Content::Formula { formula, now },
        None => Content::Stored(now),
    }
}

/// The lines by status, then how many are to be delivered and how much of them is done. `top` is the first of their rows as Excel numbers it.
fn statuses(report: &Report<'_>, live: &Counts, top: u32) -> Vec<Figure> {
    let counts = &report.insight.counts.lines;
    if counts.total() == 0 {
        return Vec::new();
    }
    let before = report.changes.as_ref().map(|changes| &changes.before);
    let listed = report.listed();
    let mut figures: Vec<Figure> = listed
        .iter()
        .map(|&(status, now)| Figure {
            formula: live.formula(status).map(str::to_owned),
            ..Figure::count(status.word(), Style::Status(status), now, before.map(|before| before.get(status)))
        })
        .collect();
    let is_live = figures.iter().all(|figure| figure.formula.is_some());
    let row_of = |status: Status| listed.iter().zip(top..).find(|((held, _), _)| *held == status).map(|(_, row)| row);
    let last = top + listed.len() as u32 - 1;
    let less = row_of(Status::Cancelled).map_or_else(String::new, |row| format!("-B{row}"));
    let (done, of) = counts.done();
    figures.push(Figure {
        formula: is_live.then(|| format!("=SUM(B{top}:B{last}){less}")),
        ..Figure::count("Lines to deliver", Style::Label, of, before.map(|before| before.done().1))
    });
    if of > 0 {
        let share = |done: usize, of: usize| done as f64 / of.max(1) as f64;
        let complete = row_of(Status::Complete).filter(|_| is_live);
        figures.push(Figure {
            now: share(done, of),
            formula: complete.map(|row| format!("=IF(B{0}=0,0,B{row}/B{0})", last + 1)),
            format: "0%",
            ..Figure::count("Complete, of those to deliver", Style::Label, 0, None)
        });
    }
    figures
}

/// What no formula counts: what is late, the KPIs by rating, the exceptions that are not finished.
fn rest(report: &Report<'_>) -> Vec<Figure> {
    let changes = report.changes.as_ref();
    let mut figures = Vec::new();
    if let Some(when) = report.insight.judged_when() {
        let before = changes.and_then(|changes| changes.overdue_before);
        let when = report.insight.judged().map_or_else(|| format!("{when}, as this was written"), Judged::when_written);
        figures.push(Figure::count(format!("Past their end {when}"), Style::Label, report.insight.overdue.len(), before));
    }
    let ratings = kpi_ratings(&report.insight);
    if ratings.iter().any(|count| *count > 0) {
        figures.extend(Rating::ALL.into_iter().map(|rating| {
            let before = changes.map(|changes| changes.ratings_before[rating as usize]);
            Figure::count(format!("KPIs: {}", rating.word().to_lowercase()), Style::Rating(rating), ratings[rating as usize], before)
        }));
    }
    let unfinished = report.exceptions.unfinished().count();
    if unfinished > 0 {
        figures.push(Figure::count("Exceptions that lack a reason, corrective action or new date", Style::Label, unfinished, None));
    }
    figures
}

/// One bar of the lines by status, beside the figures, which stand in the second column below a heading in the row `first`.
pub(super) fn status_bar(report: &Report<'_>, first: u32) -> PageChart {
    let counts = report.listed();
    let cell = |row: u32| Area { first_row: row, first_column: 1, last_row: row, last_column: 1 };
    let series = counts.iter().zip(first + 1..).map(|((status, _), row)| Series {
        name: status.word().to_owned(),
        categories: cell(first),
        values: cell(row),
        colour: fill(*status),
    });
    let said: Vec<String> = counts.iter().map(|(status, count)| format!("{} {count}", status.word())).collect();
    PageChart {
        kind: PageChartKind::StackedBar,
        title: "Lines by status".to_owned(),
        alt_text: format!("One bar of {} lines by status: {}.", report.insight.counts.lines.total(), said.join(", ")),
        row: first,
        column: 3,
        width: 560,
        height: 190,
        series: series.collect(),
        data_sheet: None,
        category_title: String::new(),
        value_title: "Lines".to_owned(),
        value_format: "0".to_owned(),
        from_zero: true,
        left: 0,
    }
}
