//! Turning which way is better for the KPIs that are selected.

use super::{
    editing::edit,
    state::{Prompts, ViewState, Workspace},
};
use crate::{
    edit::Change,
    insight::{rule_of, stated_rule},
    model::{Polarity, RowId, RowKind, Rule, Table, TableKind},
};

/// Turns which way is better for the KPIs in the selection, or the one the cursor is in.
pub(super) fn turn_direction(workspace: &mut Workspace, view: &ViewState, prompts: &mut Prompts) {
    let Some(table) = view.table(&workspace.document).filter(|table| table.kind == TableKind::Kpi) else { return };
    let rows = chosen_kpis(workspace, view, table);
    let turned = |row: &RowId| {
        let polarity = match workspace.insight.rating(table.id, *row)?.polarity {
            Polarity::LowerIsBetter => Polarity::HigherIsBetter,
            Polarity::HigherIsBetter | Polarity::Maintain | Polarity::FromTarget => Polarity::LowerIsBetter,
        };
        let held = table.row(*row)?;
        let rule = Rule { polarity, ..rule_of(table, held) };
        let kept = (Some(rule) != stated_rule(table, held)).then_some(rule);
        Some((Change::SetRule { table: table.id, row: *row, rule: kept }, polarity))
    };
    let changes: Vec<(Change, Polarity)> = rows.iter().filter_map(turned).collect();
    let name = match (&rows[..], changes.first()) {
        (_, None) => return,
        ([row], Some((_, polarity))) => {
            let way = if *polarity == Polarity::LowerIsBetter { "Lower" } else { "Higher" };
            let named = table.row(*row).map_or_else(String::new, |row| table.name_of(row));
            format!("{way} is better for {named}")
        }
        (rows, Some(_)) => format!("Turn which way is better for {} KPIs", rows.len()),
    };
    edit(workspace, prompts, name, changes.into_iter().map(|(change, _)| change).collect());
}

/// The KPIs of the selected rows, else the one that the cursor is in.
fn chosen_kpis(workspace: &Workspace, view: &ViewState, table: &Table) -> Vec<RowId> {
    let is_kpi = |at: &usize| table.rows.get(*at).is_some_and(|row| row.kind == RowKind::Entry);
    let mut at: Vec<usize> = match view.area(&workspace.document) {
        Some((table, area)) => area.cells(table).map(|(row, _)| row).collect(),
        None => view.cursor_row(&workspace.document).map(|(_, at)| at).into_iter().collect(),
    };
    at.dedup();
    at.into_iter().filter(is_kpi).map(|at| table.rows[at].id).collect()
}
