//! Which rows of a table are out of sight, by a filter and by headings that are closed. Changes no document.

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use super::find::{Pattern, Query};
use crate::{
    insight::Insight,
    model::{Role, Row, RowId, RowKind, Table, TableId, in_pieces},
    store::{Filter, RowMarks},
};

/// How a table's rows are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    pub filter: Filter,
    /// The sections and groups that are closed over their rows.
    pub closed: BTreeSet<RowId>,
}

/// What is out of sight, and of what that was worked out.
#[derive(Debug, Default)]
pub(super) struct Sight {
    pub(super) of: Option<SightOf>,
    pub out: Arc<OutOfSight>,
}

/// What something out of sight was worked out of.
#[derive(Debug)]
pub(super) struct SightOf {
    pub(super) table: TableId,
    pub(super) revision: u64,
    pub(super) returned: Option<RowMarks>,
    pub(super) insight: Arc<Insight>,
    pub(super) arrangement: Arrangement,
}

impl Arrangement {
    /// A filter and the headings of a table that stand under these names.
    #[must_use]
    pub fn recalled(table: &Table, filter: &Filter, closed: &[String]) -> Self {
        let names: HashSet<&str> = closed.iter().map(String::as_str).collect();
        let named = |&at: &usize| !names.is_empty() && is_heading(table, at) && names.contains(&*path_of(table, at));
        Self { filter: filter.clone(), closed: (0..table.rows.len()).filter(named).map(|at| table.rows[at].id).collect() }
    }

    /// The names of its closed headings, by which they are found again in another run.
    #[must_use]
    pub fn closed_names(&self, table: &Table) -> Vec<String> {
        let is_closed = |&at: &usize| self.closed.contains(&table.rows[at].id);
        (0..table.rows.len()).filter(is_closed).map(|at| path_of(table, at)).collect()
    }
}

fn is_heading(table: &Table, at: usize) -> bool {
    matches!(table.rows[at].kind, RowKind::Section | RowKind::Group)
}

/// A heading's name after the one above it, as groups of several approaches may share theirs.
fn path_of(table: &Table, at: usize) -> String {
    let own = table.name_of(&table.rows[at]);
    let above = table.rows[..at].iter().rfind(|row| row.kind == RowKind::Section && table.rows[at].kind == RowKind::Group);
    above.map_or_else(|| own.clone(), |above| format!("{} \u{203a} {own}", table.name_of(above)))
}

/// What of a table is out of sight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutOfSight {
    /// By the position of the row; empty where nothing is.
    pub rows: Vec<bool>,
    /// How many actions there are, or rows where the table has none.
    pub actions: usize,
    /// How many of them the filter keeps out.
    pub filtered: usize,
    /// How many a closed heading keeps out.
    pub folded: usize,
}

/// What is known of rows beside their words.
#[derive(Clone, Copy, Debug)]
pub struct FilterFacts<'a> {
    pub overdue: &'a HashSet<RowId>,
    pub changed: &'a HashSet<RowId>,
}

/// What an arrangement keeps out of sight. A heading over rows that are all filtered out goes with them; an action stays or goes with
/// its continuation lines.
#[must_use]
pub fn out_of_sight(table: &Table, arrangement: &Arrangement, known: FilterFacts<'_>) -> OutOfSight {
    let mut out = OutOfSight { actions: table.rows.iter().filter(|row| row.kind == RowKind::Entry).count(), ..OutOfSight::default() };
    let is_filtered = !arrangement.filter.is_open();
    if !is_filtered && arrangement.closed.is_empty() {
        return out;
    }
    let passing = if is_filtered { passing(table, &arrangement.filter, known) } else { vec![true; table.rows.len()] };
    let mut hidden = vec![false; table.rows.len()];
    // The headings above, each with whether it is closed; a filtered one shows once a row below it stays.
    let (mut section, mut group): (Option<usize>, Option<usize>) = (None, None);
    let closed = |at: Option<usize>| at.is_some_and(|at| arrangement.closed.contains(&table.rows[at].id));
    let mut at = 0;
    while at < table.rows.len() {
        match table.rows[at].kind {
            RowKind::Section => {
                (section, group) = (Some(at), None);
                hidden[at] = is_filtered;
                at += 1;
            }
            RowKind::Group => {
                group = Some(at);
                hidden[at] = is_filtered || closed(section);
                at += 1;
            }
            RowKind::Total => {
                hidden[at] = is_filtered || closed(section) || closed(group);
                at += 1;
            }
            RowKind::Entry | RowKind::Line => {
                let end = at + 1 + table.rows[at + 1..].iter().take_while(|row| row.kind == RowKind::Line).count();
                let stays = passing[at..end].contains(&true);
                let folded = closed(section) || closed(group);
                hidden[at..end].fill(!stays || folded);
                if stays {
                    section.into_iter().for_each(|at| hidden[at] = false);
                    group.into_iter().for_each(|at| hidden[at] = closed(section));
                }
                out.filtered += usize::from(!stays);
                out.folded += usize::from(stays && folded);
                at = end;
            }
        }
    }
    if hidden.iter().any(|hidden| *hidden) {
        out.rows = hidden;
    }
    out
}

/// Where the columns stand that a filter asks for.
struct Places {
    status: bool,
    lead: Vec<usize>,
}

impl Places {
    fn of(table: &Table) -> Self {
        let lead = |(at, column): (usize, &crate::model::Column)| (column.role == Some(Role::Lead)).then_some(at);
        Self {
            status: table.columns.iter().any(|column| column.role == Some(Role::Status)),
            lead: table.columns.iter().enumerate().filter_map(lead).collect(),
        }
    }
}

/// Which rows are what a filter asks for; headings and totals are not asked.
fn passing(table: &Table, filter: &Filter, known: FilterFacts<'_>) -> Vec<bool> {
    let places = Places::of(table);
    let pattern = Query { text: filter.text.clone(), ..Query::default() }.pattern();
    let passes = |at: usize| {
        let row = &table.rows[at];
        matches!(row.kind, RowKind::Entry | RowKind::Line) && passes(table, &places, row, filter, known, pattern.as_ref())
    };
    in_pieces(table.rows.len(), |rows| rows.map(passes).collect::<Vec<_>>()).concat()
}

/// Whether a line is what a filter asks for.
fn passes(table: &Table, places: &Places, row: &Row, filter: &Filter, known: FilterFacts<'_>, pattern: Option<&Pattern>) -> bool {
    let status = || {
        let status = table.status_of(row);
        // A line of an action that states a status elsewhere is not one without.
        filter.statuses.contains(&status) && (status.is_some() || row.kind == RowKind::Entry) && (places.status || status.is_some())
    };
    let leads =
        || places.lead.iter().filter_map(|&place| row.cells.get(place)).any(|cell| names(&cell.text).any(|name| name == filter.lead));
    // Words that no pattern can be made of stand in no cell.
    let says = || pattern.is_some_and(|pattern| row.cells.iter().any(|cell| pattern.finds(&cell.text)));
    (filter.statuses.is_empty() || status())
        && (filter.lead.is_empty() || leads())
        && (!filter.overdue || known.overdue.contains(&row.id))
        && (!filter.changed || known.changed.contains(&row.id))
        && (filter.text.is_empty() || says())
}

/// The names in a cell of leads.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', ',']).map(str::trim).filter(|name| !name.is_empty())
}

/// Who leads in a table, each once, in alphabetical order.
#[must_use]
pub fn leads(table: &Table) -> Vec<&str> {
    let places = Places::of(table).lead;
    let cells = table.rows.iter().flat_map(|row| places.iter().filter_map(|&place| row.cells.get(place)));
    let names: BTreeSet<&str> = cells.flat_map(|cell| names(&cell.text)).collect();
    names.into_iter().collect()
}

/// The heading that a row stands under, itself where it is one: the nearest above that can be closed.
#[must_use]
pub fn heading_of(table: &Table, at: usize) -> Option<RowId> {
    (0..=at).rfind(|&at| is_heading(table, at)).map(|at| table.rows[at].id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Status;
    use crate::model::{Cell, Column, ColumnId, Row, TableKind, kinds::Kind};

    fn table() -> Table {
        let column = |id, heading: &str, role, kind| Column {
            id: ColumnId(id),
            heading: heading.into(),
            role: Some(role),
            kind,
            ..Column::default()
        };
        let columns = vec![
            column(1, "Action", Role::Action, Kind::Paragraph),
            column(2, "Lead", Role::Lead, Kind::Paragraph),
            column(3, "Status", Role::Status, Kind::Status),
        ];
        let row = |id, kind, texts: [&str; 3]| Row {
            id: RowId(id),
            kind,
            cells: vec![Cell::text(texts[0]), Cell::text(texts[1]), Kind::Status.enter(texts[2])],
            ..Row::default()
        };
        let rows = vec![
            Row { id: RowId(1), kind: RowKind::Section, ..Row::default() },
            row(2, RowKind::Group, ["Streets", "", ""]),
            row(3, RowKind::Entry, ["Plant trees", "Ann\nBob", "Complete"]),
            row(4, RowKind::Line, ["", "Cy", "Not started"]),
            row(5, RowKind::Entry, ["Sweep leaves", "Bob", ""]),
            row(6, RowKind::Group, ["Parks", "", ""]),
            row(7, RowKind::Entry, ["Mend gates", "Dee", "In progress"]),
        ];
        Table::new(TableKind::Plan, columns, rows)
    }

    fn seen(arrangement: &Arrangement, overdue: &[u32]) -> (Vec<u32>, usize, usize) {
        let table = table();
        let overdue = overdue.iter().map(|id| RowId(*id)).collect();
        let out = out_of_sight(&table, arrangement, FilterFacts { overdue: &overdue, changed: &HashSet::new() });
        let rows = table.rows.iter().enumerate().filter(|(at, _)| !out.rows.get(*at).copied().unwrap_or(false));
        (rows.map(|(_, row)| row.id.0).collect(), out.filtered, out.folded)
    }

    fn filtered(filter: Filter) -> Vec<u32> {
        seen(&Arrangement { filter, ..Arrangement::default() }, &[5]).0
    }

    #[test]
    fn an_action_stays_with_its_lines_and_its_headings() {
        assert_eq!(filtered(Filter { statuses: [Some(Status::NotStarted)].into(), ..Filter::default() }), [1, 2, 3, 4]);
        assert_eq!(filtered(Filter { statuses: [None].into(), ..Filter::default() }), [1, 2, 5]);
        assert_eq!(filtered(Filter { lead: "Bob".into(), ..Filter::default() }), [1, 2, 3, 4, 5]);
        assert_eq!(filtered(Filter { overdue: true, ..Filter::default() }), [1, 2, 5]);
        assert_eq!(filtered(Filter { text: "GATES".into(), ..Filter::default() }), [1, 6, 7]);
        assert_eq!(filtered(Filter { text: "gates".into(), lead: "Bob".into(), ..Filter::default() }), [0; 0]);
        assert_eq!(filtered(Filter::default()), [1, 2, 3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_closed_heading_keeps_its_rows_out_of_sight() {
        let closed = |ids: &[u32]| Arrangement { closed: ids.iter().map(|id| RowId(*id)).collect(), ..Arrangement::default() };
        assert_eq!(seen(&closed(&[2]), &[]), (vec![1, 2, 6, 7], 0, 2));
        assert_eq!(seen(&closed(&[1]), &[]), (vec![1], 0, 3));
        let both = Arrangement { filter: Filter { lead: "Dee".into(), ..Filter::default() }, ..closed(&[6]) };
        assert_eq!(seen(&both, &[]), (vec![1, 6], 2, 1));
    }

    #[test]
    fn leads_are_named_once() {
        assert_eq!(leads(&table()), ["Ann", "Bob", "Cy", "Dee"]);
        assert_eq!(
            (heading_of(&table(), 4), heading_of(&table(), 5), heading_of(&table(), 0)),
            (Some(RowId(2)), Some(RowId(6)), Some(RowId(1)))
        );
    }
}
