//! A document as it stands, as a frozen return. Writes nothing.

use super::{AsOf, Insight, judged, kpi_standings, lines::columns_of, overdue};
use crate::model::{
    Document, FrozenAction, FrozenKpi, FrozenPlan, FrozenReturn, Role, Row, RowKind, Status, Table, TableKind, When, stable_hash,
};

/// How many characters of an action's words a frozen return keeps.
const LONGEST: usize = 160;

/// How a document stands now: what is in it of a return that is frozen. `name` is the period; `insight` is of the same document and days.
#[must_use]
pub fn freeze(document: &Document, insight: &Insight, as_of: AsOf, name: &str) -> FrozenReturn {
    let kpis = kpi_standings(document, insight).into_iter().map(|kpi| FrozenKpi {
        table: kpi.place.table.unwrap_or_default(),
        row: kpi.place.row.unwrap_or_default(),
        reference: kpi.reference.into(),
        name: kpi.name.into(),
        current: kpi.current.into(),
        target: kpi.target.into(),
        amount: kpi.amount.filter(|amount| amount.is_finite()),
        rating: kpi.rated.rating.code().into(),
    });
    FrozenReturn {
        name: name.trim().into(),
        as_at: insight.as_of,
        has_ids: true,
        plans: document.of_kind(TableKind::Plan).map(|table| plan(document, table, as_of)).collect(),
        kpis: kpis.collect(),
        ..FrozenReturn::default()
    }
}

fn plan(document: &Document, table: &Table, as_of: AsOf) -> FrozenPlan {
    let mut lines = [0; 7];
    for (status, count) in super::counts(table).lines.iter() {
        lines[status as usize] = count;
    }
    let overdue = judged(document, table, as_of).map(|judged| overdue(table, judged.day).len());
    FrozenPlan { table: table.id, name: table.title().into(), lines, overdue, actions: actions(table).collect() }
}

/// The actions of a plan with the lines of each.
fn actions(table: &Table) -> impl Iterator<Item = FrozenAction> {
    let comments = columns_of(table, Role::Comment);
    entries(table).map(move |(at, rows)| action(table, at, rows, &comments))
}

/// Each entry of a table by position, with its rows.
pub(super) fn entries(table: &Table) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    let is_entry = |at: &usize| table.rows[*at].kind == RowKind::Entry;
    (0..table.rows.len()).filter(is_entry).map(|at| {
        let below = (at + 1..table.rows.len()).take_while(|below| table.rows[*below].kind == RowKind::Line).count();
        (at, at..at + 1 + below)
    })
}

fn action(table: &Table, at: usize, rows: std::ops::Range<usize>, comments: &[usize]) -> FrozenAction {
    let entry = &table.rows[at];
    let text = |role: Role| table.cell(entry, role).map_or("", |cell| cell.text.trim());
    // Of several lines the last end decides.
    let end = rows.clone().filter_map(|row| end(table, &table.rows[row])).max_by_key(|(_, when)| when.and_then(When::last_day));
    let said = rows.clone().flat_map(|row| comments.iter().filter_map(move |&column| table.rows[row].cells.get(column)));
    let words = match text(Role::Action) {
        "" if text(Role::Ref).is_empty() => table.name_of(entry),
        words => words.to_owned(),
    };
    FrozenAction {
        row: entry.id,
        reference: text(Role::Ref).into(),
        words: shortened(&words),
        lead: shortened(text(Role::Lead)),
        statuses: rows.filter_map(|row| table.status_of(&table.rows[row])).collect::<Vec<Status>>(),
        end: end.as_ref().map_or_else(Box::default, |(text, _)| text.clone()),
        ends_on: end.and_then(|(_, when)| When::last_day(when?)),
        comments: stable_hash(said.flat_map(|cell| cell.text.trim().bytes().chain([0xff]))),
    }
}

/// When a row is to end, as it is written and as a date where it is one: the date that decides, or else what its end says in words.
fn end(table: &Table, row: &Row) -> Option<(Box<str>, Option<When>)> {
    if let Some((_, cell, when)) = table.end_of(row) {
        return Some((cell.text.trim().into(), Some(when)));
    }
    table.cell(row, Role::End).filter(|cell| !cell.is_blank()).map(|cell| (cell.text.trim().into(), None))
}

/// A text on one line, as far as it is kept.
fn shortened(text: &str) -> Box<str> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::seed;
    use super::*;

    #[test]
    fn a_document_is_frozen_with_its_counts_actions_and_kpis() {
        let document = seed::document();
        let frozen = freeze(&document, &Insight::of(&document, AsOf::default()), AsOf::default(), " Q3 2018/19 ");
        assert_eq!((&*frozen.title(), frozen.kpis.len()), ("Q3 2018/19, as at 31 January 2019", 21));
        let plan = &frozen.plans[0];
        assert_eq!((plan.lines, plan.overdue, plan.actions.len()), ([5, 0, 1, 15, 14, 0, 0], Some(10), 34));
        let two = plan.actions.iter().find(|action| &*action.reference == "1.2.1").expect("the action");
        assert_eq!(two.statuses, [Status::Complete, Status::InProgress]);
        assert_eq!((&*two.words, &*two.end), ("Do 1.2.1", "Jul-20"));
    }
}
