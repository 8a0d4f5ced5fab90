//! Tables of their own that count a plan's statuses, as those of a dashboard: each count is held against the plan's. Judges nothing else.

use super::{Insight, Tally};
use crate::model::{Cell, Document, RowKind, Status, Table, TableKind};
use crate::notes::{Code, Note, Noted, Place, Severity};

/// How many statuses a table counts at least.
const LEAST: usize = 3;
/// The most rows of one.
const LONGEST: usize = 40;
/// What else may be counted by colour.
const OTHERS: [&str; 12] =
    ["kpi", "indicator", "measure", "metric", "risk", "issue", "project", "milestone", "recommendation", "target", "score", "%"];

/// One count of a status that a table states.
struct Count {
    status: Status,
    count: usize,
    /// Its row and column.
    at: (usize, usize),
    /// As its owner calls the status.
    word: String,
}

/// Adds a note for each count of a summary that is not the plan's.
pub(super) fn collect(document: &Document, insight: &Insight, notes: &mut Noted) {
    if insight.plans.iter().all(|plan| plan.counts.action_count == 0) {
        return;
    }
    for table in document.tables.iter().filter(|table| table.rows.len() <= LONGEST && !is_of_others(table)) {
        if insight.trackers.iter().any(|tracker| tracker.table == table.id) {
            continue;
        }
        let counts = match table.kind {
            TableKind::Register | TableKind::History => down(table).or_else(|| across(table)),
            TableKind::Plan | TableKind::Kpi => None,
        };
        if let Some(counts) = counts {
            judge(document, table, &counts, insight, notes);
        }
    }
}

/// Whether a table says that it counts something else than actions.
fn is_of_others(table: &Table) -> bool {
    let title = table.title.iter().map(|title| &*title.cell.text);
    let said = title.chain([&*table.name, &*table.sheet]).chain(table.columns.iter().map(|column| &*column.heading));
    said.map(str::to_lowercase).any(|text| OTHERS.iter().any(|other| text.contains(other) && *other != "%"))
}

/// The counts of a table with a status a row: those of the first column of whole numbers that is no percentage.
fn down(table: &Table) -> Option<Vec<Count>> {
    let named: Vec<(usize, Status)> = table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.is_line())
        .filter_map(|(at, row)| Some((at, Status::parse(&row.cells.first()?.text)?)))
        .collect();
    let column = (1..table.columns.len()).find(|&column| {
        !table.columns[column].heading.contains('%') && named.iter().all(|&(row, _)| count(&table.rows[row].cells[column]).is_some())
    })?;
    let counts = named.iter().filter_map(|&(row, status)| {
        let word = table.rows[row].cells[0].text.trim().to_owned();
        Some(Count { status, count: count(&table.rows[row].cells[column])?, at: (row, column), word })
    });
    let counts: Vec<Count> = counts.collect();
    (distinct(&counts) >= LEAST).then_some(counts)
}

/// The counts of a table with a status a column, in its only row or its total.
fn across(table: &Table) -> Option<Vec<Count>> {
    let heads: Vec<(usize, Status)> =
        table.columns.iter().enumerate().filter_map(|(at, column)| Some((at, Status::parse(&column.heading)?))).collect();
    let filled: Vec<usize> =
        (0..table.rows.len()).filter(|&at| table.rows[at].is_line() || table.rows[at].kind == RowKind::Total).collect();
    let is_total = |at: usize| {
        let first = table.rows[at].cells.first().map_or("", |cell| cell.text.trim());
        table.rows[at].kind == RowKind::Total || first.to_lowercase().starts_with("total")
    };
    let row = match filled[..] {
        [only] => only,
        _ => filled.into_iter().find(|&at| is_total(at))?,
    };
    let counts: Vec<Count> = heads
        .into_iter()
        .map(|(column, status)| {
            let count = count(table.rows[row].cells.get(column)?)?;
            Some(Count { status, count, at: (row, column), word: table.columns[column].heading.trim().to_owned() })
        })
        .collect::<Option<_>>()?;
    (distinct(&counts) >= LEAST).then_some(counts)
}

fn distinct(counts: &[Count]) -> usize {
    Status::ALL.into_iter().filter(|status| counts.iter().any(|count| count.status == *status)).count()
}

/// The whole number in a cell; none where it is shown as a percentage.
fn count(cell: &Cell) -> Option<usize> {
    let text = cell.text.trim();
    if text.is_empty() || text == "-" {
        return Some(0);
    }
    text.parse().ok()
}

/// Holds the counts against those of the plan, of all plans, or of one of several.
fn judge(document: &Document, table: &Table, counts: &[Count], insight: &Insight, notes: &mut Noted) {
    let mut stated = Tally::default();
    counts.iter().for_each(|count| stated.add(count.status, count.count));
    let told = |tally: &Tally| Status::ALL.into_iter().all(|status| !is_counted(counts, status) || stated.get(status) == tally.get(status));
    let all = insight.plans.iter().map(|plan| &plan.counts).chain([&insight.counts]);
    if all.into_iter().any(|counts| told(&counts.lines) || told(&counts.actions)) {
        return;
    }
    // What adds up to the indicators of a document counts those.
    let kpis: usize = document.of_kind(TableKind::Kpi).map(|kpis| kpis.rows.iter().filter(|row| row.kind == RowKind::Entry).count()).sum();
    let total: usize = stated.total();
    if kpis > 0 && total == kpis && total != insight.counts.line_count && total != insight.counts.action_count {
        return;
    }
    let plan = if insight.plans.len() == 1 { "the plan has" } else { "the plans have" };
    for status in Status::ALL.into_iter().filter(|&status| is_counted(counts, status)) {
        let counted = insight.counts.lines.get(status);
        let Some(first) = counts.iter().find(|count| count.status == status).filter(|_| stated.get(status) != counted) else { continue };
        let lines = if counted == 1 { "1 line".to_owned() } else { format!("{counted} lines") };
        let message = format!("“{}” says {} {}; {plan} {lines}", table.name, stated.get(status), first.word);
        let place = Place::cell(table, first.at.0, first.at.1);
        notes.push(Note::new(Severity::Warning, Code::SummaryCount, place, message, "Count again, or correct the plan"));
    }
}

fn is_counted(counts: &[Count], status: Status) -> bool {
    counts.iter().any(|count| count.status == status)
}

#[cfg(test)]
mod tests {
    use super::super::{AsOf, seed};
    use super::*;
    use crate::model::{Column, ColumnId, Row, TableId, kinds::Kind};

    fn register(headings: &[&str], rows: &[&[&str]]) -> Table {
        let column =
            |(heading, id): (&&str, u32)| Column { id: ColumnId(id), heading: (*heading).into(), source: id - 1, ..Column::default() };
        let columns = headings.iter().zip(1..).map(column).collect();
        let row = |(texts, at): (&&[&str], u32)| {
            let cells = texts.iter().map(|text| if text.parse::<u32>().is_ok() { Kind::Number.enter(text) } else { Cell::text(*text) });
            Row { id: crate::model::RowId(at), cells: cells.collect(), source: at, ..Row::default() }
        };
        let rows: Vec<Row> = rows.iter().zip(1..).map(row).collect();
        Table {
            id: TableId(90),
            name: "Dashboard".to_owned(),
            sheet: "Dashboard".to_owned(),
            ..Table::new(TableKind::Register, columns, rows)
        }
    }

    fn said(table: Table) -> Vec<String> {
        let document = Document::of(vec![seed::plan(), table]);
        let notes = Insight::of(&document, AsOf::default()).notes;
        notes.into_iter().filter(|note| note.message.starts_with('“') && note.code == Code::SummaryCount).map(|note| note.message).collect()
    }

    #[test]
    fn counts_of_a_dashboard_are_held_against_the_plan() {
        let down = |complete: &str| {
            register(
                &["RAG", "No. of actions"],
                &[&["Complete", complete], &["In progress", "15"], &["Minor problems", "1"], &["Not started", "5"]],
            )
        };
        assert_eq!(said(down("14")), [""; 0]);
        assert_eq!(said(down("12")), ["“Dashboard” says 12 Complete; the plan has 14 lines"]);
        let across = |complete: &str| register(&["", "Complete", "In progress", "Not started"], &[&["Actions", complete, "15", "5"]]);
        assert_eq!(said(across("14")), [""; 0]);
        assert_eq!(said(across("13")), [""; 0], "of actions, an action with two lines is counted by the worse");
        assert_eq!(said(across("3")), ["“Dashboard” says 3 Complete; the plan has 14 lines"]);
        assert_eq!(said(register(&["RAG", "KPIs"], &[&["Complete", "1"], &["In progress", "2"], &["Not started", "3"]])), [""; 0]);
    }
}
