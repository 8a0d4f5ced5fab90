//! Deleting rows, and what becomes of the rows below the heading of an approach that goes. Asks before anything changes its approach.

use std::collections::HashSet;

use super::{
    range::Reach,
    rows,
    run::cursor_in,
    state::{Ask, State},
};
use crate::{
    edit::Change,
    model::{Row, RowId, RowKind, Table, TableId},
};

/// What becomes of the rows below the heading of an approach that is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They come under the approach above.
    Above,
    /// They come first under the approach below, as there is none above.
    Below,
    /// They stand without an approach, as there is no other.
    Alone,
    /// They are deleted too.
    Delete,
    /// Nothing is deleted.
    Keep,
}

impl Fate {
    /// Its words on a button.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Above => "Move them under the approach above",
            Self::Below => "Move them under the approach below",
            Self::Alone => "Leave them without an approach",
            Self::Delete => "Delete them too",
            Self::Keep => "Keep the approach",
        }
    }
}

/// Headings of approaches that are to be deleted, and the rows below them that are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    table: TableId,
    /// What is deleted for sure.
    rows: Vec<RowId>,
    /// What stands below a heading among those and is asked about, also where it is out of sight.
    left: Vec<RowId>,
    /// Where it would go if it is not deleted.
    to: Fate,
    /// The question, in words.
    pub words: String,
}

impl Below {
    /// The headings among some rows with rows below them that are not among them; nothing where there are none.
    #[must_use]
    pub fn of(table: &Table, rows: &[RowId], in_sight: impl Fn(usize) -> bool) -> Option<Self> {
        let goes: HashSet<RowId> = rows.iter().copied().collect();
        let sections = (0..table.rows.len()).filter(|&at| table.rows[at].kind == RowKind::Section);
        let headings: Vec<usize> = sections.clone().filter(|&at| goes.contains(&table.rows[at].id)).collect();
        let below =
            |at: &usize| rows::block(table, *at).skip(1).filter(|&at| !goes.contains(&table.rows[at].id) && is_asked(&table.rows[at]));
        let left: Vec<usize> = headings.iter().flat_map(below).collect();
        let first = *left.first()?;
        let stays = |at: &usize| !goes.contains(&table.rows[*at].id);
        let (above, under) = (sections.clone().rfind(|at| *at < first && stays(at)), sections.clone().find(|at| *at > first && stays(at)));
        let to = match (above, under) {
            (Some(_), _) => Fate::Above,
            (None, Some(_)) => Fate::Below,
            (None, None) => Fate::Alone,
        };
        let named: Vec<String> =
            headings.iter().filter(|at| below(at).next().is_some()).map(|&at| format!("“{}”", table.name_of(&table.rows[at]))).collect();
        let count = |kind: RowKind| left.iter().filter(|&&at| table.rows[at].kind == kind).count();
        let counted = [(count(RowKind::Group), "group", "groups"), (count(RowKind::Entry), "action", "actions")];
        let counted: Vec<String> =
            counted.into_iter().filter(|(count, ..)| *count > 0).map(|(n, one, more)| counted_as(n, one, more)).collect();
        let counted = if counted.is_empty() { counted_as(left.len(), "row", "rows") } else { counted.join(" and ") };
        let hidden = left.iter().filter(|at| !in_sight(**at)).count();
        let hidden = if hidden > 0 { format!(", {} out of sight", counted_as(hidden, "row", "rows")) } else { String::new() };
        let other = above.or(under).map_or_else(
            || " There is no other approach.".to_owned(),
            |at| format!(" The approach {} is “{}”.", if above.is_some() { "above" } else { "below" }, table.name_of(&table.rows[at])),
        );
        let words = format!("{} {} {counted} below{hidden}.{other}", named.join(" and "), if named.len() == 1 { "has" } else { "have" });
        let ids = |rows: &[usize]| rows.iter().map(|&at| table.rows[at].id).collect();
        Some(Self { table: table.id, rows: rows.to_vec(), left: ids(&left), to, words })
    }

    /// What may become of the rows, first what loses least.
    #[must_use]
    pub fn fates(&self) -> [Fate; 3] {
        [self.to, Fate::Delete, Fate::Keep]
    }

    /// The changes that a choice comes to.
    fn changes(&self, table: &Table, fate: Fate) -> Vec<Change> {
        let deleted = |rows: &[RowId]| {
            let goes: HashSet<&RowId> = rows.iter().collect();
            let all: Vec<usize> = (0..table.rows.len()).filter(|&at| goes.contains(&table.rows[at].id)).collect();
            rows::delete_each(table, &all)
        };
        match fate {
            Fate::Keep => Vec::new(),
            Fate::Delete => deleted(&[&*self.rows, &*self.left].concat()),
            Fate::Above | Fate::Alone => deleted(&self.rows),
            Fate::Below => {
                let goes: HashSet<&RowId> = self.rows.iter().collect();
                let first = self.left.first().and_then(|row| table.position(*row));
                let heading = |first: &usize| {
                    table.rows[*first..].iter().find(|row| row.kind == RowKind::Section && !goes.contains(&row.id)).map(|row| row.id)
                };
                let up = first.and_then(|first| Some(Change::MoveRow { table: table.id, row: heading(&first)?, to: first }));
                up.into_iter().chain(deleted(&self.rows)).collect()
            }
        }
    }
}

/// Sums below a table belong to no approach.
fn is_asked(row: &Row) -> bool {
    row.kind != RowKind::Total
}

impl State {
    /// Deletes the cursor's row, or every selected one. Where a heading of an approach goes from above its rows, asks what becomes of them.
    pub(super) fn delete_row(&mut self) {
        let Some((table, at)) = self.cursor_row() else { return };
        // Whoever selects whole columns does not mean all rows, and an action's own lines are not several rows.
        let selected = self.selected().filter(|selection| selection.reach != Reach::Columns);
        let selected = selected.and_then(|selection| selection.area(table)).map(|area| area.rows);
        let own = |at: usize| if table.rows[at].kind == RowKind::Entry { rows::block(table, at).len() } else { 1 };
        let selected = selected.filter(|rows| rows.len() > own(rows.start));
        let (id, at) = (table.id, selected.as_ref().map_or(at, |rows| rows.start));
        let (name, changes, said) = match selected {
            Some(rows) => {
                let changes = self.in_sight(table, rows::delete_all(table, rows));
                let name = format!("Delete {} rows", removed(&changes).count());
                (name.clone(), changes, name)
            }
            None => {
                let row = &table.rows[at];
                let Some(changes) = rows::delete(table, row.id) else { return };
                let lines = removed(&changes).count() - 1;
                (format!("Delete {}", table.name_of(row)), changes, deleted(table, row, lines))
            }
        };
        let rows: Vec<RowId> = removed(&changes).collect();
        if let Some(below) = Below::of(table, &rows, |at| self.is_in_sight(at)) {
            self.prompts.ask = Some(Ask::RowsBelow(Box::new(below)));
            return;
        }
        self.delete(id, name, changes, at, said);
    }

    /// Deletes the headings that were asked about.
    pub(super) fn delete_heading(&mut self, fate: Fate) {
        let Some(Ask::RowsBelow(below)) = self.prompts.ask.take() else { return };
        let Some(table) = self.workspace.document.table(below.table) else { return };
        let changes = below.changes(table, fate);
        let first = below.rows.iter().filter_map(|row| table.position(*row)).min();
        let Some(at) = first.filter(|_| fate != Fate::Keep && !changes.is_empty()) else { return };
        let count = removed(&changes).count();
        let name = match &below.rows[..] {
            [row] if fate != Fate::Delete => format!("Delete {}", table.row(*row).map_or_else(String::new, |row| table.name_of(row))),
            _ => format!("Delete {}", counted_as(count, "row", "rows")),
        };
        let said = match fate {
            Fate::Above => format!("{name}; what stood below is under the approach above now"),
            Fate::Below => format!("{name}; what stood below is under the next approach now"),
            Fate::Alone => format!("{name}; what stood below has no approach now"),
            Fate::Delete | Fate::Keep => name.clone(),
        };
        self.delete(below.table, name, changes, at, said);
    }

    /// Makes the step that deletes rows, and brings the cursor to what then stands at the position of the first of them.
    fn delete(&mut self, id: TableId, name: String, changes: Vec<Change>, at: usize, said: String) {
        let column = self.view.cursor.and_then(|cursor| cursor.column);
        let before = self.workspace.history.depth();
        self.restructure(id, name, changes, None);
        if self.workspace.history.depth() > before {
            self.prompts.said = said;
        }
        let Some(table) = self.workspace.document.table(id) else { return };
        let next = table.rows.get(at).or(table.rows.last());
        self.view.cursor = next.map(|row| cursor_in(table, row, column));
    }
}

/// The rows that changes take away.
fn removed(changes: &[Change]) -> impl Iterator<Item = RowId> {
    changes.iter().filter_map(|change| if let Change::RemoveRow { row, .. } = change { Some(*row) } else { None })
}

/// What the status bar says of a row that was deleted with its lines; of a group's, also where its actions now stand.
fn deleted(table: &Table, row: &Row, lines: usize) -> String {
    let name = match (row.kind, &*table.name_of(row)) {
        (RowKind::Line, _) => "a continuation line".to_owned(),
        (_, "") => "a blank row".to_owned(),
        (_, name) => name.to_owned(),
    };
    let with = match lines {
        0 => String::new(),
        1 => " and its continuation line".to_owned(),
        lines => format!(" and its {lines} continuation lines"),
    };
    let at = table.position(row.id).filter(|&at| row.kind == RowKind::Group && rows::block(table, at).len() > 1);
    let above = at.and_then(|at| table.rows[..at].iter().rfind(|row| matches!(row.kind, RowKind::Group | RowKind::Section)));
    let moved = above.map_or_else(String::new, |above| format!("; its actions are under {} now", table.name_of(above)));
    format!("Deleted {name}{with}{moved}; Undo brings it back")
}

fn counted_as(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
