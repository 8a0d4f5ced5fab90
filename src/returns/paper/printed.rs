//! What is in view, as it is printed: a table with the rows and columns in sight, or the summary. Hides nothing by itself.

use std::collections::HashSet;

use super::{headline, made, plans, registers, tracker};
use crate::{
    insight::{LateGroup, Report},
    model::{ColumnId, RowId, TableId, kinds::Side},
    paper::{Block, Cell, Column, Orientation, Paper, Row, Table},
    returns::paper::looks::{heading, muted, plain, status_cell},
};

/// A table to print, without what the window keeps out of sight.
#[derive(Clone, Debug)]
pub struct PrintedTable {
    pub table: TableId,
    pub rows_out: HashSet<RowId>,
    pub columns_out: HashSet<ColumnId>,
}

/// A table as it is in view; an empty paper where it is gone.
#[must_use]
pub fn printed_table(report: &Report<'_>, printed: &PrintedTable) -> Paper {
    let Some(table) = report.document.table(printed.table) else { return made(report, "Table", Orientation::Landscape, Vec::new()) };
    let mut blocks = vec![heading(1, table.title())];
    let facts = plans::facts(table, table.title());
    if !facts.is_empty() {
        blocks.push(Block::Facts(facts));
    }
    let columns: Vec<usize> = (0..table.columns.len()).filter(|&at| !printed.columns_out.contains(&table.columns[at].id)).collect();
    blocks.extend(registers::blocks_of(table, &columns, &|row| !printed.rows_out.contains(&row.id)));
    if !printed.rows_out.is_empty() || !printed.columns_out.is_empty() {
        blocks.push(muted("Rows and columns that were out of sight when this was printed are not on it."));
    }
    let paper = made(report, "Table", Orientation::Landscape, blocks);
    Paper { title: table.title().to_owned(), running: table.title().to_owned(), ..paper }
}

/// The summary as it is in view: how all stands, and what is overdue.
#[must_use]
pub fn printed_summary(report: &Report<'_>) -> Paper {
    let mut blocks = vec![heading(1, report.document.name())];
    blocks.extend(headline::blocks(report));
    for group in report.insight.overdue_by_day(report.document) {
        blocks.extend(overdue(&group));
    }
    blocks.extend(tracker::blocks(report));
    made(report, "Summary", Orientation::Landscape, blocks)
}

fn overdue(group: &LateGroup<'_>) -> Vec<Block> {
    if group.late.is_empty() {
        return vec![heading(2, &*group.title), plain("Nothing.")];
    }
    let columns = vec![Column::shared("Action", 1.0).naming(), Column::fitted("End", Side::Left), Column::fitted("Status", Side::Left)];
    let rows = group.late.iter().map(|late| {
        let status = late.status.map_or_else(Cell::default, status_cell);
        Row::Cells(vec![Cell::of(late.name.clone()), Cell::of(&*late.end_text), status])
    });
    let table = Table { summary: "What is not done and past its end.".to_owned(), columns, rows: rows.collect() };
    vec![heading(2, &*group.title), Block::Table(table)]
}
