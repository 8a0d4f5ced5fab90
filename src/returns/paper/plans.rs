//! A plan on paper: its approaches as headings, its groups as bands, its actions as rows. Judges nothing.

use super::{
    looks::{heading, muted, plain, status_cell},
    registers,
};
use crate::{
    insight::Report,
    model::{Field, Role, RowKind, Table as Plan, Value, kinds::Side},
    paper::{Block, Cell, Column, Row, Table},
};

/// The columns of a plan on paper, with how much room each takes; 0 where it is as wide as what stands in it.
const SHOWN: [(Role, f32); 6] =
    [(Role::Ref, 0.0), (Role::Action, 3.0), (Role::Lead, 1.3), (Role::End, 0.0), (Role::Status, 0.0), (Role::Comment, 3.0)];

/// The blocks of a plan.
pub(super) fn blocks(report: &Report<'_>, plan: &Plan) -> Vec<Block> {
    let mut blocks = vec![heading(2, plan.title())];
    if report.insight.plans.len() > 1 {
        let facts = facts(plan, plan.title());
        if !facts.is_empty() {
            blocks.push(Block::Facts(facts));
        }
    }
    let shown = Shown::of(plan);
    if shown.columns.iter().all(|(role, _)| *role != Role::Action) {
        // A plan whose words are in no column of actions is shown as it is.
        blocks.extend(registers::blocks(plan));
        return blocks;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut theme = String::new();
    for row in &plan.rows {
        match row.kind {
            RowKind::Section => {
                blocks.extend(shown.table(std::mem::take(&mut rows)));
                blocks.extend(section(&row.fields));
                theme.clear();
            }
            RowKind::Group => rows.push(Row::Band(words(row.cells.iter().map(|cell| &*cell.text)))),
            RowKind::Entry | RowKind::Line | RowKind::Total => {
                if let Some(next) = shown.theme(row, &theme) {
                    rows.push(Row::Band(next.clone()));
                    theme = next;
                }
                rows.push(shown.row(plan, row));
            }
        }
    }
    let none = rows.is_empty() && plan.rows.is_empty();
    blocks.extend(shown.table(rows));
    if none {
        blocks.push(plain("There is no action in it."));
    }
    blocks.extend(shown.left_out(plan));
    blocks
}

/// The labelled words above a plan, without its name.
pub(super) fn facts(plan: &Plan, name: &str) -> Vec<(String, String)> {
    let says = |field: &&Field| !field.cell.text.trim().is_empty() && *field.cell.text != *name;
    plan.fields.iter().filter(says).map(|field| (field.label.trim().to_owned(), field.cell.text.to_string())).collect()
}

/// An approach and its objective.
fn section(fields: &[Field]) -> Vec<Block> {
    let mut filled = fields.iter().filter(|field| !field.cell.text.trim().is_empty());
    let Some(first) = filled.next() else { return Vec::new() };
    let mut blocks = vec![heading(3, titled(first))];
    blocks.extend(filled.map(|field| {
        let label = field.label.trim();
        if label.is_empty() { muted(&*field.cell.text) } else { muted(format!("{label}: {}", field.cell.text)) }
    }));
    blocks
}

/// The words of an approach, behind what its owner calls it where they do not begin with that.
fn titled(field: &Field) -> String {
    let (label, text) = (field.label.trim(), field.cell.text.trim());
    let general = label.is_empty() || matches!(label, "Section" | "Title") || text.to_lowercase().starts_with(&label.to_lowercase());
    if general { text.to_owned() } else { format!("{label}: {text}") }
}

fn words<'text>(texts: impl Iterator<Item = &'text str>) -> String {
    texts.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Which columns of a plan are shown.
struct Shown {
    columns: Vec<(Role, usize)>,
    headings: Vec<Column>,
    theme: Option<usize>,
    name: String,
}

impl Shown {
    fn of(plan: &Plan) -> Self {
        let mut columns = Vec::new();
        let mut headings: Vec<Column> = Vec::new();
        for (role, share) in SHOWN {
            let at = plan.role_position(role);
            let at = if role == Role::Status && at.is_none() { plan.role_position(Role::Progress).or(at) } else { at };
            // What an action is measured by says how it stands where nothing else does.
            let at = if role == Role::Comment && at.is_none() { plan.role_position(Role::Measure) } else { at };
            let Some(at) = at else { continue };
            let heading = plan.heading(at);
            let column = if share > 0.0 { Column::shared(heading, share) } else { Column::fitted(heading, Side::Left) };
            headings.push(if columns.is_empty() { column.naming() } else { column });
            columns.push((role, at));
        }
        Self { columns, headings, theme: plan.role_position(Role::Theme), name: plan.title().to_owned() }
    }

    /// The rows so far as a table; none where there are none.
    fn table(&self, rows: Vec<Row>) -> Option<Block> {
        let summary = format!("Actions of {}.", self.name);
        (!rows.is_empty()).then(|| Block::Table(Table { summary, columns: self.headings.clone(), rows }))
    }

    /// The theme of a row, where it is another than that of the row before.
    fn theme(&self, row: &crate::model::Row, before: &str) -> Option<String> {
        let cell = row.cells.get(self.theme?)?;
        let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        (row.kind == RowKind::Entry && !text.is_empty() && cell.value != Value::Merged && text != before).then_some(text)
    }

    fn row(&self, plan: &Plan, row: &crate::model::Row) -> Row {
        let strong = row.kind == RowKind::Total;
        let cells = self.columns.iter().map(|&(role, at)| {
            let text = match role {
                Role::End => plan.end_of(row).map(|(_, cell, _)| cell.text.to_string()),
                Role::Status => match plan.status_of(row) {
                    Some(status) if row.is_line() => return status_cell(status),
                    _ => None,
                },
                _ => None,
            };
            let text = text.unwrap_or_else(|| row.cells.get(at).map_or_else(String::new, |cell| cell.text.to_string()));
            Cell { text, strong, ..Cell::default() }
        });
        Row::Cells(cells.collect())
    }

    /// Says which columns are not on the page.
    fn left_out(&self, plan: &Plan) -> Option<Block> {
        let shown = |at: usize| self.columns.iter().any(|(_, held)| *held == at) || self.theme == Some(at);
        let filled = |at: usize| plan.rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_blank()));
        let left: Vec<String> = (0..plan.columns.len()).filter(|&at| !shown(at) && filled(at)).map(|at| plan.heading(at)).collect();
        let several = if left.len() == 1 { "Not shown here is the column" } else { "Not shown here are the columns" };
        (!left.is_empty()).then(|| muted(format!("{several} {}, which the Excel return has.", crate::model::listed(&left))))
    }
}
