//! Who has how many overdue lines, on paper. Judges nothing.

use std::collections::BTreeMap;

use super::looks::{counted, heading, muted, plain, shortened};
use crate::{
    insight::{BETWEEN_LEADS, Overdue, Report},
    model::{Role, kinds::Side},
    paper::{Block, Cell, Column, Row, Table},
};

/// The most letters of a lead's name, of an action's and of all of those.
const NAME: usize = 60;
const ACTION: usize = 24;
const ACTIONS: usize = 90;

/// The leads with the most overdue lines under a heading of a level, at most so many; the others are counted.
pub(super) fn blocks(report: &Report<'_>, level: u8, most: usize) -> Vec<Block> {
    let mut blocks = vec![heading(level, "Overdue by lead")];
    if report.insight.overdue.is_empty() {
        let none = if report.insight.judged_when().is_some() { "Nothing is overdue." } else { "No day is known to judge ends at." };
        blocks.push(plain(none));
        return blocks;
    }
    let leads = leads(report);
    let rows = leads.iter().take(most).map(|(lead, late)| {
        let names = late.iter().map(|name| shortened(name, ACTION)).collect::<Vec<_>>().join(", ");
        Row::Cells(vec![Cell::of(shortened(lead, NAME)), Cell::of(late.len().to_string()), Cell::of(shortened(&names, ACTIONS))])
    });
    let columns = vec![Column::shared("Lead", 1.0).naming(), Column::fitted("Lines", Side::Right), Column::shared("Actions", 1.0)];
    blocks.push(Block::Table(Table { summary: "How many overdue lines each lead has.".to_owned(), columns, rows: rows.collect() }));
    let over = leads.len().saturating_sub(most);
    if over > 0 {
        blocks.push(muted(format!("and {}", counted(over, "more lead", "more leads"))));
    }
    blocks
}

/// Each lead with what is overdue of theirs, who has most first. A line of several leads is one of each.
fn leads(report: &Report<'_>) -> Vec<(String, Vec<String>)> {
    let mut leads: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for late in &report.insight.overdue {
        for lead in leads_of(report, late) {
            leads.entry(lead).or_default().push(late.name.clone());
        }
    }
    let mut leads: Vec<(String, Vec<String>)> = leads.into_iter().collect();
    // Those of as many stay in the order of their names.
    leads.sort_by_key(|(_, late)| std::cmp::Reverse(late.len()));
    leads
}

/// The leads of an overdue line: those of its row, or of the action it continues.
fn leads_of(report: &Report<'_>, late: &Overdue) -> Vec<String> {
    let found = late.place.table.and_then(|table| report.document.table(table)).zip(late.place.row).and_then(|(table, row)| {
        let at = table.position(row)?;
        let own = table.cell(&table.rows[at], Role::Lead).filter(|cell| !cell.is_blank());
        own.or_else(|| table.cell(table.entry_of(at)?, Role::Lead)).map(|cell| cell.text.to_string())
    });
    let text = found.unwrap_or_default();
    let names: Vec<String> = text.split(BETWEEN_LEADS).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    if names.is_empty() { vec!["No lead named".to_owned()] } else { names }
}
