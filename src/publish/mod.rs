//! What of a document may leave it: a copy without what its owner hid in the workbook, and an account of both. Writes nothing.

mod account;
mod table;

use std::borrow::Cow;

pub use account::{Account, Dropped, Section};
pub use table::Hidden;

use crate::{
    model::{Document, LooseText, Row, RowKind, Table},
    notes::Note,
};

/// A document as it leaves the program.
#[derive(Clone, Debug)]
pub struct Publication<'doc> {
    /// What is written: the document itself where nothing of it is hidden, or all of it was chosen.
    pub document: Cow<'doc, Document>,
    pub account: Account,
}

/// Why nothing of a document can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emptiness {
    /// All of it is hidden in the workbook, and not chosen.
    AllHidden,
    /// It holds neither a table nor a text.
    NothingRead,
}

impl Publication<'_> {
    /// Why there is nothing to write, where there is nothing.
    #[must_use]
    pub fn emptiness(&self) -> Option<Emptiness> {
        let Document { tables, loose, .. } = &*self.document;
        let none = tables.is_empty() && loose.is_empty();
        none.then_some(if self.account.has_choice { Emptiness::AllHidden } else { Emptiness::NothingRead })
    }
}

/// Leaves out of a document what its owner hid, unless it is to stay. `notes` are those of its reading, which tell what never came in.
#[must_use]
pub fn publish<'doc>(document: &'doc Document, notes: &[Note], with_hidden: bool) -> Publication<'doc> {
    let mut hidden = Vec::new();
    let seen = without_hidden(document, &mut hidden);
    let written = if with_hidden { Cow::Borrowed(document) } else { seen };
    let account = Account::of((&written, document), notes, hidden, with_hidden);
    Publication { document: written, account }
}

/// The document without what is hidden.
#[must_use]
pub fn seen(document: &Document) -> Cow<'_, Document> {
    without_hidden(document, &mut Vec::new())
}

fn without_hidden<'doc>(document: &'doc Document, left_out: &mut Vec<String>) -> Cow<'doc, Document> {
    let loose_hidden = document.loose.iter().any(|text| text.hidden);
    if !loose_hidden && !document.tables.iter().any(has_hidden) {
        return Cow::Borrowed(document);
    }
    let tables = document.tables.iter().filter_map(|table| table::seen(table, left_out)).collect();
    let (hidden, loose): (Vec<&LooseText>, Vec<&LooseText>) = document.loose.iter().partition(|text| text.hidden);
    for texts in hidden.chunk_by(|a, b| a.sheet == b.sheet) {
        let sheet = &texts[0].sheet;
        let whole = format!("the sheet “{sheet}”");
        let in_sight = loose.iter().any(|text| text.sheet == *sheet) || document.tables.iter().any(|table| *table.sheet == **sheet);
        left_out.push(match texts.len() {
            _ if !in_sight || left_out.contains(&whole) => whole,
            1 => format!("a text beside the tables of “{sheet}”"),
            count => format!("{count} texts beside the tables of “{sheet}”"),
        });
    }
    let mut named = std::collections::HashSet::new();
    left_out.retain(|name| named.insert(name.clone()));
    let loose = loose.into_iter().cloned().collect();
    Cow::Owned(Document {
        tables,
        loose,
        marking: document.marking.clone(),
        identity: document.identity.clone(),
        frozen: document.frozen.clone(),
        given_tables: document.given_tables,
    })
}

/// Whether anything of a table is hidden in its workbook.
#[must_use]
pub fn has_hidden(table: &Table) -> bool {
    let lines = table.summary.iter().flat_map(|summary| &summary.lines);
    let mut above = table.title.iter().chain(&table.fields).chain(lines);
    !table.hidden.is_empty()
        || table.columns.iter().any(|column| column.hidden)
        || table.rows.iter().any(|row| row.hidden || row.fields.iter().any(|field| field.hidden))
        || above.any(|field| field.hidden)
}

/// How many actions, indicators or rows of a table are hidden, and how many only a filter keeps out of sight.
#[must_use]
pub fn out_of_sight(table: &Table) -> (usize, usize) {
    let hidden = Hidden::of(table).rows;
    let counts = |row: &Row| row.kind == RowKind::Entry;
    let by_hand = table.rows.iter().zip(&hidden).filter(|(row, hidden)| counts(row) && **hidden).count();
    let filtered = table.rows.iter().zip(&hidden).filter(|(row, hidden)| counts(row) && row.filtered && !**hidden).count();
    (by_hand, filtered)
}
