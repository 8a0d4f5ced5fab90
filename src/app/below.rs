//! Headings of approaches that are to be deleted with rows below them, and what may become of those. Deletes nothing.

use std::collections::HashSet;

use super::rows;
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
    pub(super) table: TableId,
    /// What is deleted for sure.
    pub(super) rows: Vec<RowId>,
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
    pub(super) fn changes(&self, table: &Table, fate: Fate) -> Vec<Change> {
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

pub(super) fn counted_as(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
