//! An earlier return without what is hidden now, so that nothing is told of it as dropped or changed. Compares nothing else.

use std::{borrow::Cow, collections::HashSet};

use super::{
    AsOf, Insight,
    freeze::freeze,
    matching::{Known, pairs},
};
use crate::model::{Document, FrozenAction, FrozenKpi, FrozenReturn, Role, RowId, Status, TableId, stable_hash};

/// An earlier return as it may be told of beside what leaves the program: as it is where nothing of the document is hidden, or all of it is in.
#[must_use]
pub fn told_of<'a>(baseline: &'a FrozenReturn, with_hidden: bool, whole: &Document, seen: &Document) -> Cow<'a, FrozenReturn> {
    if with_hidden || (std::ptr::eq(whole, seen) && !baseline.with_hidden) {
        return Cow::Borrowed(baseline);
    }
    Cow::Owned(in_sight(baseline, whole, seen))
}

/// An earlier return beside a document of which something is hidden: without the actions and KPIs that are hidden
/// now, and without what stood in columns that are. `whole` is the document with what is hidden, `seen` what leaves the program.
fn in_sight(baseline: &FrozenReturn, whole: &Document, seen: &Document) -> FrozenReturn {
    let state = freeze(whole, &Insight::figures(whole, AsOf::default()), AsOf::default(), "");
    let shown: HashSet<(TableId, RowId)> = seen.tables.iter().flat_map(|table| table.rows.iter().map(|row| (table.id, row.id))).collect();
    let mut told = baseline.clone();
    actions(&mut told, &state, (whole, seen), &shown);
    kpis(&mut told, &state, (whole, seen), &shown);
    told
}

/// Whether a column of a role is in a table and hidden in it.
fn is_hidden((whole, seen): (&Document, &Document), table: TableId, role: Role) -> bool {
    let has = |document: &Document| document.table(table).is_some_and(|table| table.role_position(role).is_some());
    has(whole) && !has(seen)
}

fn actions(told: &mut FrozenReturn, state: &FrozenReturn, documents: (&Document, &Document), shown: &HashSet<(TableId, RowId)>) {
    let has_ids = told.has_ids;
    let known =
        |table: TableId, action: &FrozenAction| Known::new(has_ids.then_some((table.0, action.row.0)), &action.reference, &action.words);
    let all = |state: &FrozenReturn| -> Vec<Known> {
        state.plans.iter().flat_map(|plan| plan.actions.iter().map(move |action| known(plan.table, action))).collect()
    };
    let now: Vec<(TableId, RowId)> =
        state.plans.iter().flat_map(|plan| plan.actions.iter().map(move |action| (plan.table, action.row))).collect();
    // For each action of the earlier return the one of now.
    let mut of_now = pairs(&all(state), &all(told)).into_iter().map(|at| at.map(|at| now[at]));
    let with_hidden = told.with_hidden;
    for plan in &mut told.plans {
        let before = plan.actions.len();
        plan.actions.retain_mut(|action| match of_now.next().flatten() {
            Some(row) if !shown.contains(&row) => false,
            Some((table, _)) => {
                blank(action, |role| is_hidden(documents, table, role));
                true
            }
            // What is gone cannot be told from what was hidden then.
            None => !with_hidden,
        });
        plan.lines = [0; 7];
        plan.actions.iter().flat_map(|action| &action.statuses).for_each(|status| plan.lines[*status as usize] += 1);
        plan.overdue = plan.overdue.filter(|_| plan.actions.len() == before);
    }
}

/// Takes from an action what stood in columns that are hidden.
fn blank(action: &mut FrozenAction, hidden: impl Fn(Role) -> bool) {
    if hidden(Role::Ref) {
        action.reference = Box::default();
    }
    if hidden(Role::Action) {
        action.words = Box::default();
    }
    if hidden(Role::Lead) {
        action.lead = Box::default();
    }
    if hidden(Role::Status) {
        action.statuses = Vec::<Status>::new();
    }
    if hidden(Role::End) || hidden(Role::EarlierEnd) {
        (action.end, action.ends_on) = Default::default();
    }
    if hidden(Role::Comment) {
        action.comments = stable_hash([]);
    }
}

fn kpis(told: &mut FrozenReturn, state: &FrozenReturn, documents: (&Document, &Document), shown: &HashSet<(TableId, RowId)>) {
    let (has_ids, with_hidden) = (told.has_ids, told.with_hidden);
    let known = |kpi: &FrozenKpi| Known::new(has_ids.then_some((kpi.table.0, kpi.row.0)), &kpi.reference, &kpi.name);
    let all = |state: &FrozenReturn| -> Vec<Known> { state.kpis.iter().map(known).collect() };
    let mut of_now = pairs(&all(state), &all(told)).into_iter().map(|at| at.map(|at| (state.kpis[at].table, state.kpis[at].row)));
    told.kpis.retain_mut(|kpi| match of_now.next().flatten() {
        Some(row) if !shown.contains(&row) => false,
        Some((table, _)) => {
            let hidden = |role: Role| is_hidden(documents, table, role);
            if hidden(Role::Current) || hidden(Role::Period) {
                (kpi.current, kpi.amount, kpi.rating) = (Box::default(), None, "grey".into());
            }
            if hidden(Role::Target) {
                (kpi.target, kpi.rating) = (Box::default(), "grey".into());
            }
            true
        }
        None => !with_hidden,
    });
}

#[cfg(test)]
mod tests {
    use super::super::{changes, seed};
    use super::*;

    #[test]
    fn what_is_hidden_now_is_neither_dropped_nor_changed() {
        let mut whole = Document::of(vec![seed::plan_of(&[
            ["1", "Dig the pond", "", "31/03/2026", "In progress", "Jo is off sick"],
            ["2", "Secret talks", "", "31/03/2026", "Major problems", ""],
        ])]);
        let as_of = AsOf { given: "2026-06-30".parse().ok(), today: None };
        for has_ids in [true, false] {
            let frozen = FrozenReturn { has_ids, ..freeze(&whole, &Insight::of(&whole, as_of), as_of, "Q1") };
            whole.tables[0].rows[2].hidden = true;
            whole.tables[0].columns[5].hidden = true;
            let seen = crate::publish::seen(&whole);
            let told = in_sight(&frozen, &whole, &seen);
            let changes = changes(&told, &seen, &Insight::of(&seen, as_of));
            assert!(changes.actions.is_empty(), "{:?}", changes.actions);
            assert_eq!(changes.deltas(), [0; 7]);
        }
    }

    #[test]
    fn what_is_gone_is_not_told_where_it_may_have_been_hidden() {
        let whole = Document::of(vec![seed::plan_of(&[["1", "Dig the pond", "", "", "", ""], ["2", "Secret talks", "", "", "", ""]])]);
        let frozen = freeze(&whole, &Insight::of(&whole, AsOf::default()), AsOf::default(), "Q1");
        let mut now = whole.clone();
        now.tables[0].rows.pop();
        let dropped = |with_hidden| {
            let told = in_sight(&FrozenReturn { with_hidden, ..frozen.clone() }, &now, &now);
            changes(&told, &now, &Insight::of(&now, AsOf::default())).totals()[1]
        };
        assert_eq!((dropped(false), dropped(true)), (1, 0));
    }
}
