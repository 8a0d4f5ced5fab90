//! Looking for words in a table: which cells hold them, in reading order, and what their texts become when they are replaced.

use std::{borrow::Cow, ops::Range};

use regex::{NoExpand, Regex, RegexBuilder};

use super::range::{cell_at, holds, put};
use crate::{
    edit::{Change, FieldPlace},
    model::{Cell, RowKind, Table, TableId, in_pieces},
};

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    pub match_case: bool,
    /// Whether the words must be all that a cell holds.
    pub whole_cell: bool,
}

/// Words ready to be found, in any case or exactly.
#[derive(Clone, Debug)]
pub struct Pattern(Regex);

/// The find bar while it is open, and what it has found in the table in view.
#[derive(Clone, Debug, Default)]
pub struct Finding {
    pub query: Query,
    /// What is looked for, made ready.
    pub pattern: Option<Pattern>,
    /// Whether replacing is offered too.
    pub replacing: bool,
    /// Rises each time it is asked for, so that its field takes the keyboard.
    pub asked: u64,
    /// Found cells by position, in reading order; an approach's words count as columns.
    pub found: Vec<(usize, usize)>,
    pub(super) of: Option<(u64, TableId, Query)>,
}

impl Finding {
    /// Looks through a table where it, at its revision, or what is looked for is another than before.
    pub(super) fn look_through(&mut self, table: Option<&Table>, revision: u64) {
        let Some(table) = table else {
            (self.found, self.of) = (Vec::new(), None);
            return;
        };
        let of = (revision, table.id, self.query.clone());
        if self.of.as_ref() != Some(&of) {
            self.pattern = self.query.pattern();
            self.found = self.pattern.as_ref().map_or_else(Vec::new, |pattern| pattern.places(table));
            self.of = Some(of);
        }
    }
}

impl Query {
    /// It made ready to be found; none where nothing is looked for, or so much that no cell holds it.
    #[must_use]
    pub fn pattern(&self) -> Option<Pattern> {
        let words = regex::escape(&self.text);
        let whole = if self.whole_cell { format!("^{words}$") } else { words };
        let built = RegexBuilder::new(&whole).case_insensitive(!self.match_case).build().ok();
        built.filter(|_| !self.text.is_empty()).map(Pattern)
    }
}

impl Pattern {
    /// Whether a text holds it.
    #[must_use]
    pub fn finds(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Every place in a text.
    pub fn ranges<'text>(&'text self, text: &'text str) -> impl Iterator<Item = Range<usize>> + 'text {
        self.0.find_iter(text).map(|place| place.range())
    }

    /// A text with every place replaced; `None` when there is none.
    #[must_use]
    pub fn replaced(&self, text: &str, with: &str) -> Option<String> {
        match self.0.replace_all(text, NoExpand(with)) {
            Cow::Owned(replaced) => Some(replaced),
            Cow::Borrowed(_) => None,
        }
    }

    /// Every cell of a table that holds it, by position, in reading order. A long table is looked through on several threads.
    #[must_use]
    pub fn places(&self, table: &Table) -> Vec<(usize, usize)> {
        in_pieces(table.rows.len(), |rows| self.places_in(table, rows)).concat()
    }

    fn places_in(&self, table: &Table, rows: Range<usize>) -> Vec<(usize, usize)> {
        let mut places = Vec::new();
        for at in rows {
            let row = &table.rows[at];
            if row.kind == RowKind::Section {
                let fields = row.fields.iter().enumerate().filter(|(_, field)| self.finds(&field.cell.text));
                places.extend(fields.map(|(field, _)| (at, field)));
                continue;
            }
            let cells = row.cells.iter().take(table.columns.len()).enumerate();
            let found = cells.filter(|(column, cell)| self.finds(&cell.text) && holds(table, at, *column));
            places.extend(found.map(|(column, _)| (at, column)));
        }
        places
    }

    /// The change that replaces it in a found cell.
    #[must_use]
    pub fn change(&self, table: &Table, (row, column): (usize, usize), with: &str) -> Option<Change> {
        let held = table.rows.get(row)?;
        if held.kind == RowKind::Section {
            let text = self.replaced(&held.fields.get(column)?.cell.text, with)?;
            return Some(Change::SetField { table: table.id, field: FieldPlace::Section(held.id, column), cell: Cell::text(text) });
        }
        let text = self.replaced(&cell_at(table, row, column)?.text, with)?;
        put::change(table, row, column, table.columns[column].enter(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_replaced_in_any_case_or_exactly() {
        let query = |text: &str, match_case, whole_cell| Query { text: text.into(), match_case, whole_cell }.pattern();
        for (text, words, match_case, whole_cell, replaced) in [
            ("The team and the Team", "team", false, false, Some("The X and the X")),
            ("The team and the Team", "Team", true, false, Some("The team and the X")),
            ("Étude, étude", "éTUDE", false, false, Some("X, X")),
            ("İx é", "É", false, false, Some("İx X")),
            ("aaa", "aa", false, false, Some("Xa")),
            ("On hold", "on HOLD", false, true, Some("X")),
            ("On hold now", "on hold", false, true, None),
            ("", "x", false, false, None),
            ("short", "longer than it", false, false, None),
        ] {
            assert_eq!(query(words, match_case, whole_cell).unwrap().replaced(text, "X").as_deref(), replaced, "{text} {words}");
        }
        let long = format!("{}needle", "n".repeat(200));
        assert!(query("NEEDLE", false, false).unwrap().finds(&long) && query("", false, false).is_none());
        assert!(!query("1.1", false, false).unwrap().finds("1x1"), "a dot is a dot");
    }
}
