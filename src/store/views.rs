//! How a user looks at a table: which columns and rows are put away. Changes nothing in the document.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{RecentlyUsed, recently_used::Remembered};
use crate::model::{Column, Status, Table};

/// A column as it is found again in another run: by its heading and where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnKey {
    heading: Box<str>,
    source: u32,
}

impl ColumnKey {
    /// The key of a column.
    #[must_use]
    pub fn of(column: &Column) -> Self {
        Self { heading: column.heading.clone(), source: column.source }
    }

    /// Whether this is a column's key.
    #[must_use]
    pub fn is(&self, column: &Column) -> bool {
        self.heading == column.heading && self.source == column.source
    }
}

/// Which columns on the left stay in view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frozen {
    /// Those that name a row.
    #[default]
    Usual,
    Off,
    /// All up to this one.
    To(ColumnKey),
}

/// What actions must be to stay in sight; everything that is set must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Any of these; `None` among them for actions without a status. Empty for all.
    pub statuses: BTreeSet<Option<Status>>,
    /// A lead as the filter bar names it; empty for all.
    pub lead: String,
    /// Past their end and not complete.
    pub overdue: bool,
    /// Changed since the last return.
    pub changed: bool,
    /// Words that stand somewhere in the action, in any case; empty for all.
    pub text: String,
}

impl Filter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// How a table is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableView {
    pub frozen: Frozen,
    pub hidden: Vec<ColumnKey>,
    pub filter: Filter,
    /// The headings that are closed over their rows, each with those above it.
    pub closed: Vec<String>,
}

impl TableView {
    /// Whether a column is put away.
    #[must_use]
    pub fn hides(&self, column: &Column) -> bool {
        self.hidden.iter().any(|key| key.is(column))
    }

    /// How many columns of a table are put away.
    #[must_use]
    pub fn hidden_count(&self, table: &Table) -> usize {
        table.columns.iter().filter(|column| self.hides(column)).count()
    }
}

/// How one table of a document is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownView {
    document: String,
    table: String,
    view: TableView,
}

impl Remembered for KnownView {
    const FILE: &'static str = "views.json";
    const MOST: usize = 200;

    fn replaces(&self, other: &Self) -> bool {
        (&self.document, &self.table) == (&other.document, &other.table)
    }
}

/// How tables are looked at, the newest first.
pub type Views = RecentlyUsed<KnownView>;

impl Views {
    /// How a table of a document is looked at.
    #[must_use]
    pub fn of(&self, document: &str, table: &str) -> Option<&TableView> {
        self.all().iter().find(|known| known.document == document && known.table == table).map(|known| &known.view)
    }

    /// Remembers how a table of a document is looked at; the usual need not be remembered.
    pub fn set(&mut self, document: &str, table: &str, view: TableView) {
        if view == TableView::default() {
            self.forget(|known| known.document == document && known.table == table);
        } else {
            self.put(KnownView { document: document.to_owned(), table: table.to_owned(), view });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Folder;

    #[test]
    fn a_view_is_remembered_by_document_and_table() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = Folder::at(temporary.path());
        let column = Column { heading: "Lead".into(), source: 4, ..Column::default() };
        let mut views = Views::load(&folder);
        let view = TableView { frozen: Frozen::Off, hidden: vec![ColumnKey::of(&column)], ..TableView::default() };
        views.set("Plan", "Sheet1", view.clone());
        views.save(&folder).unwrap();
        let mut views = Views::load(&folder);
        assert_eq!(views.of("Plan", "Sheet1"), Some(&view));
        assert!(view.hides(&column) && !view.hides(&Column { source: 5, ..column.clone() }));
        assert_eq!(views.of("Plan", "Sheet2"), None);
        views.set("Plan", "Sheet1", TableView::default());
        assert_eq!(views, Views::default(), "the usual need not be remembered");
    }
}
