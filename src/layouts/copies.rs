//! Sheets that hold the same actions again: periods of one plan, and old copies of it. One of them counts; the others are marked as left out.

use std::collections::{HashMap, HashSet};

use super::{
    order::{Order, order},
    outline::{LeftOut, Outline, Sameness, grid_of},
    rows::name_column,
    set_aside::is_superseded,
};
use crate::{
    model::{Role, TableKind, in_plain_form},
    workbook::{RawRow, RawSheet},
};

/// The most tables of a workbook that are compared.
const MOST: usize = 100;
/// How many rows of each are compared.
const ROWS: usize = 3_000;
/// The fewest actions that two sheets share before one is a copy.
const LEAST: usize = 2;

/// Marks the plans whose actions another sheet holds more lately.
pub(super) fn mark(outlines: &mut [Outline], grids: &[RawSheet]) {
    let places: Vec<usize> = (0..outlines.len()).filter(|&at| may_be_copy(&outlines[at])).take(MOST).collect();
    if places.len() < 2 {
        return;
    }
    let plans: Vec<Plan<'_>> = places.iter().filter_map(|&at| Plan::of(at, &outlines[at], grids)).collect();
    let mut groups: Vec<Vec<&Plan<'_>>> = Vec::new();
    for plan in plans.iter().filter(|plan| plan.actions.len() >= LEAST) {
        match groups.iter_mut().find(|group| group.iter().any(|other| plan.is_like(other))) {
            Some(group) => group.push(plan),
            None => groups.push(vec![plan]),
        }
    }
    let found: Vec<(usize, LeftOut)> = groups.iter().filter(|group| group.len() > 1).flat_map(|group| judge(group)).collect();
    for (at, left_out) in found {
        outlines[at].left_out = Some(left_out);
    }
}

fn may_be_copy(outline: &Outline) -> bool {
    outline.kind == TableKind::Plan && outline.key.is_none() && outline.columns.iter().any(|heading| heading.role == Some(Role::Action))
}

/// One action as far as it is compared.
struct Action<'grid> {
    reference: &'grid str,
    name: String,
    /// Who leads it, and when it ends.
    details: [&'grid str; 2],
}

/// A plan on its sheet.
struct Plan<'grid> {
    at: usize,
    sheet: &'grid str,
    hidden: bool,
    /// What tells its time, and among times of one sort where it stands.
    order: Option<Order>,
    actions: Vec<Action<'grid>>,
    by_name: HashMap<String, usize>,
    by_ref: HashMap<&'grid str, usize>,
    /// How much is written in it: updates gather.
    letters: usize,
}

impl<'grid> Plan<'grid> {
    fn of(at: usize, outline: &Outline, grids: &'grid [RawSheet]) -> Option<Self> {
        let grid = grid_of(outline, grids)?;
        let name = name_column(outline);
        let columns = [Role::Ref, Role::Lead, Role::End].map(|role| outline.column_of(role));
        let from = grid.rows.partition_point(|row| row.row < outline.body());
        let rows = grid.rows[from..].iter().take(ROWS).take_while(|row| row.row <= outline.last.0);
        let rows: Vec<&RawRow> = rows.filter(|row| row.cells.len() > 1 && row.cell(name).is_some()).collect();
        let text = |row: &&'grid RawRow, column: Option<u16>| column.map_or("", |column| row.text(column).trim());
        let action = |row: &&'grid RawRow| Action {
            reference: text(row, columns[0]),
            name: in_plain_form(row.text(name)),
            details: [text(row, columns[1]), text(row, columns[2])],
        };
        let actions: Vec<Action<'_>> = rows.iter().map(action).collect();
        let above = &grid.rows[grid.rows.partition_point(|row| row.row < outline.above).min(from)..from];
        let said = above.iter().flat_map(|row| &row.cells).map(|cell| &*cell.text).take(40);
        Some(Self {
            at,
            sheet: &grid.sheet,
            hidden: grid.hidden.sheet,
            order: order(&grid.sheet).or_else(|| said.filter(|text| text.len() <= 60).find_map(order)),
            by_name: actions.iter().enumerate().rev().map(|(at, action)| (action.name.clone(), at)).collect(),
            by_ref: actions.iter().enumerate().rev().map(|(at, action)| (action.reference, at)).collect(),
            letters: rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text.len()).sum(),
            actions,
        })
    }

    /// Whether it is put aside by its sheet: hidden, or called old.
    fn is_aside(&self) -> bool {
        self.hidden || is_superseded(self.sheet)
    }

    /// The action of another plan that one of this plan is too: of the same words, or of the same ref and most of the words.
    fn same<'other>(&self, action: &Action<'_>, other: &'other Plan<'grid>) -> Option<&'other Action<'grid>> {
        let named = other.by_name.get(&action.name).map(|&at| &other.actions[at]);
        let agrees = |found: &&Action<'_>| found.reference == action.reference || found.reference.is_empty() || action.reference.is_empty();
        let numbered = || {
            let found = &other.actions[*other.by_ref.get(action.reference).filter(|_| !action.reference.is_empty())?];
            let words: HashSet<&str> = found.name.split(' ').collect();
            let shared = action.name.split(' ').filter(|word| words.contains(word)).count();
            (shared * 2 >= action.name.split(' ').count().max(words.len())).then_some(found)
        };
        named.filter(agrees).or_else(numbered)
    }

    /// Whether it holds the actions of another sheet again: most of the fewer, told by what the sheets are called, or by who leads them
    /// and when they end.
    fn is_like(&self, other: &Self) -> bool {
        if self.sheet == other.sheet {
            return false;
        }
        let (fewer, more) = if self.actions.len() <= other.actions.len() { (self, other) } else { (other, self) };
        let shared: Vec<_> = fewer.actions.iter().filter_map(|action| Some((action, fewer.same(action, more)?))).collect();
        let told = self.is_aside() || other.is_aside() || self.order != other.order;
        let agree = shared.iter().filter(|(a, b)| a.details == b.details).count();
        shared.len() >= LEAST && shared.len() * 2 > fewer.actions.len() && (told || agree * 5 >= shared.len() * 3)
    }
}

/// Which plans of a group are left out.
fn judge(group: &[&Plan<'_>]) -> Vec<(usize, LeftOut)> {
    if let Some(latest) = latest(group) {
        let earlier = |plan: &&Plan<'_>| if plan.order.is_some() { Sameness::Earlier } else { Sameness::Old };
        return left_out(group, latest, earlier);
    }
    let current: Vec<&Plan<'_>> = group.iter().filter(|plan| !plan.is_aside()).copied().collect();
    let candidates = if current.is_empty() { group } else { &current[..] };
    // What holds all of the others is the whole of them; of copies that nothing tells apart the one that more is written in is the later.
    let most = candidates.iter().map(|plan| plan.actions.len()).max().unwrap_or(0);
    let Some(keeper) = candidates.iter().filter(|plan| plan.actions.len() == most).max_by_key(|plan| plan.letters) else {
        return Vec::new();
    };
    let why = |plan: &&Plan<'_>| match () {
        () if plan.is_aside() => Sameness::Old,
        () if plan.actions.len() < keeper.actions.len() => Sameness::Part,
        () => Sameness::Untold,
    };
    left_out(group, keeper, why)
}

fn left_out(group: &[&Plan<'_>], keeper: &Plan<'_>, why: impl Fn(&&Plan<'_>) -> Sameness) -> Vec<(usize, LeftOut)> {
    let of = |plan: &&Plan<'_>| {
        let shared = plan.actions.iter().filter(|action| plan.same(action, keeper).is_some()).count();
        LeftOut { why: why(plan), of: keeper.sheet.to_owned(), shared, actions: plan.actions.len(), called: None }
    };
    group.iter().filter(|plan| plan.at != keeper.at).map(|plan| (plan.at, of(plan))).collect()
}

/// The latest of plans that all have a time of one sort, but perhaps one in sight, which is then of now.
fn latest<'plan, 'grid>(group: &[&'plan Plan<'grid>]) -> Option<&'plan Plan<'grid>> {
    let (timed, untimed): (Vec<&Plan<'_>>, Vec<&Plan<'_>>) =
        group.iter().filter(|plan| !is_superseded(plan.sheet)).partition(|plan| plan.order.is_some());
    let mut orders: Vec<Order> = timed.iter().filter_map(|plan| plan.order).collect();
    orders.sort_unstable();
    orders.dedup();
    let alike = orders.windows(2).all(|pair| pair[0].is_of_the_sort_of(pair[1]));
    if timed.is_empty() || orders.len() < timed.len() || !alike {
        return None;
    }
    match untimed[..] {
        [] => timed.into_iter().max_by_key(|plan| plan.order),
        [now] if !now.hidden => Some(now),
        _ => None,
    }
}
