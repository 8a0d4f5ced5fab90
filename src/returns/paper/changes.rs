//! What changed since an earlier return, on paper. Compares nothing.

use super::{
    looks::{counted, heading, muted, plain, signed},
    made, notes, titled,
};
use crate::{
    insight::{ActionChange, Changes, KpiChange, Report},
    model::kinds::Side,
    paper::{Block, Cell, Column, Orientation, Paper, Row, Table},
};

/// The paper: what changed since the baseline.
pub(in crate::returns) fn paper(report: &Report<'_>) -> Paper {
    let name = "Changes";
    let mut blocks = titled(report, name);
    match &report.changes {
        None => blocks.push(plain("No earlier return was chosen to compare with, so nothing says what changed.")),
        Some(_) => blocks.extend(self::blocks(report)),
    }
    blocks.extend(notes::rests_on(report));
    made(report, name, Orientation::Landscape, blocks)
}

/// The changes of a report; nothing where there is no return to compare with.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let Some(changes) = &report.changes else { return Vec::new() };
    let mut blocks = vec![heading(2, "Changes"), plain(summed_up(changes))];
    if !changes.actions.is_empty() {
        blocks.extend([heading(3, "Actions that changed"), actions(&changes.actions)]);
    }
    if !changes.kpis.is_empty() {
        blocks.extend([heading(3, "KPIs that changed"), kpis(&changes.kpis)]);
    }
    if !changes.unanswered.is_empty() {
        blocks.push(heading(3, "Open actions without news"));
        blocks.push(muted("Neither their status nor their end nor their comment changed since."));
        let rows = changes.unanswered.iter().map(|one| Row::Cells(vec![Cell::of(one.name.clone()), Cell::of(one.lead.clone())]));
        let columns = vec![Column::shared("Action", 2.0).naming(), Column::shared("Lead", 1.0)];
        blocks.push(Block::Table(Table { summary: "Open actions of which nothing changed.".to_owned(), columns, rows: rows.collect() }));
    }
    blocks
}

/// The changes in one sentence.
pub(super) fn summed_up(changes: &Changes) -> String {
    let [added, dropped, moved, slipped] = changes.totals();
    let mut said =
        format!("Since {}: {added} added, {dropped} dropped, {moved} with another status, {slipped} with a later end", changes.since);
    if let Some(before) = changes.overdue_before {
        let by = i64::try_from(changes.overdue_now).unwrap_or(0) - i64::try_from(before).unwrap_or(0);
        said += &format!("; overdue lines {} ({})", changes.overdue_now, signed(by));
    }
    said += &format!("; {} of KPIs.", counted(changes.kpis.len(), "change", "changes"));
    said
}

fn actions(actions: &[ActionChange]) -> Block {
    let several = actions.iter().any(|one| one.plan != actions[0].plan);
    let columns = vec![
        Column::fitted("Ref", Side::Left).naming(),
        Column::shared("Action", 2.0),
        Column::shared("Lead", 0.9),
        Column::shared("What changed", 1.6),
        Column::shared("What its comment says last", 2.0),
    ];
    let mut rows = Vec::new();
    let mut under: Option<&str> = None;
    for one in actions {
        if several && under != Some(&*one.plan) {
            rows.push(Row::Band(one.plan.clone()));
            under = Some(&one.plan);
        }
        let texts = [one.reference.clone(), one.words.clone(), one.lead.clone(), one.in_words(), one.reason.clone()];
        rows.push(Row::Cells(texts.map(Cell::of).into()));
    }
    Block::Table(Table { summary: "Actions that were added, dropped or changed.".to_owned(), columns, rows })
}

fn kpis(kpis: &[KpiChange]) -> Block {
    let columns = vec![Column::fitted("No.", Side::Left).naming(), Column::shared("KPI", 2.0), Column::shared("What changed", 2.0)];
    let rows = kpis.iter().map(|one| Row::Cells([one.reference.clone(), one.name.clone(), one.in_words()].map(Cell::of).into()));
    Block::Table(Table { summary: "KPIs whose figure, target or rating changed.".to_owned(), columns, rows: rows.collect() })
}
