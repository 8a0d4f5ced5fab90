//! Exceptions on paper: what has problems, is overdue or slipped, with reason, corrective action and new date. Judges nothing.

use super::{
    headline,
    looks::{counted, heading, plain, rating_cell, status_cell},
    made, notes, titled,
};
use crate::{
    insight::{Exception, Report},
    model::{TableKind, kinds::Side},
    paper::{Block, Cell, Column, Orientation, Paper, Row, Table},
};

/// What it is called.
const NAME: &str = "Exception report";

/// The paper: only what has problems, is overdue or slipped.
pub(in crate::returns) fn paper(report: &Report<'_>) -> Paper {
    let mut blocks = titled(report, NAME);
    blocks.extend(headline::blocks(report));
    blocks.extend(headline::without_any(report));
    blocks.extend(self::blocks(report));
    blocks.extend(notes::rests_on(report));
    made(report, NAME, Orientation::Landscape, blocks)
}

/// The exceptions of a report; that there are none is said.
pub(super) fn blocks(report: &Report<'_>) -> Vec<Block> {
    let document = report.document;
    let has = |kind| document.of_kind(kind).next().is_some();
    if !has(TableKind::Plan) && !has(TableKind::Kpi) {
        return Vec::new();
    }
    let exceptions = &report.exceptions;
    let mut blocks = vec![heading(2, "Exceptions")];
    let lacking = exceptions.unfinished().count();
    if lacking > 0 {
        blocks.push(plain(format!(
            "{} a reason, a corrective action or a new date.",
            counted(lacking, "exception lacks", "exceptions lack")
        )));
    }
    if has(TableKind::Plan) {
        blocks.push(heading(3, "Actions"));
        blocks.push(match exceptions.actions.is_empty() {
            true => plain("No action has problems, is overdue or slipped."),
            false => table(&exceptions.actions, "Actions that have problems, are overdue or slipped."),
        });
    }
    if has(TableKind::Kpi) {
        blocks.push(heading(3, "KPIs"));
        blocks.push(match exceptions.kpis.is_empty() {
            true => plain("No rated KPI is off or near its target."),
            false => table(&exceptions.kpis, "KPIs that are off or near their target."),
        });
    }
    blocks
}

fn table(exceptions: &[Exception], summary: &str) -> Block {
    let several = exceptions.iter().any(|one| one.table != exceptions[0].table);
    let refs = exceptions.iter().any(|one| !one.reference.is_empty());
    let leads = exceptions.iter().any(|one| !one.lead.is_empty());
    let kpis = exceptions.iter().all(|one| one.rating.is_some());
    let dates = !kpis;
    let mut columns = Vec::new();
    if refs {
        columns.push(Column::fitted("Ref", Side::Left).naming());
    }
    let words = Column::shared(if kpis { "KPI" } else { "Action" }, 2.0);
    columns.push(if refs { words } else { words.naming() });
    if leads {
        columns.push(Column::shared("Lead", 0.9));
    }
    columns.extend([Column::fitted(if kpis { "Rating" } else { "Status" }, Side::Left), Column::shared("Why", 1.4)]);
    columns.extend([Column::shared("Reason", 1.6), Column::shared("Corrective action", 1.6)]);
    if dates {
        columns.push(Column::shared("New date", 0.8));
    }
    let mut rows = Vec::new();
    let mut under: Option<&str> = None;
    for one in exceptions {
        if several && under != Some(&*one.table) {
            rows.push(Row::Band(one.table.clone()));
            under = Some(&one.table);
        }
        let mut cells = Vec::new();
        if refs {
            cells.push(Cell::of(one.reference.clone()));
        }
        cells.push(Cell::of(one.words.clone()));
        if leads {
            cells.push(Cell::of(one.lead.clone()));
        }
        let stands = one.status.map(status_cell).or_else(|| one.rating.map(rating_cell));
        cells.push(stands.unwrap_or_else(|| Cell::of("No status")));
        cells.push(Cell::of(one.why.join("\n")));
        cells.extend(said(one).into_iter().take(if dates { 3 } else { 2 }));
        rows.push(Row::Cells(cells));
    }
    Block::Table(Table { summary: summary.to_owned(), columns, rows })
}

/// What is said of the reason, the corrective action and the new date, or that it is missing.
fn said(one: &Exception) -> [Cell; 3] {
    use crate::insight::Missing::{Corrective, NewDate, Reason};
    [(&one.reason, Reason), (&one.corrective, Corrective), (&one.new_date, NewDate)]
        .map(|(said, missing)| if one.missing.contains(&missing) { Cell::strong("Not given") } else { Cell::of(said.words()) })
}
