//! Which approach of a workbook a new one is laid out like, and the rows of the sheet that belong to each. Writes and moves nothing.

use std::{collections::HashMap, ops::Range};

use super::sheet_of;
use crate::model::{Row, RowId, RowKind, Table};

/// The most blank rows above an approach that come along with it.
const MOST_BLANK: u32 = 3;

/// The approach that a new one is laid out like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template {
    pub row: RowId,
    /// Its rows in the sheet,
    pub rows: Range<u32>,
    /// those without a row of the table that part it from what is above,
    pub blank: Range<u32>,
    /// and the columns in which something of it may stand, both ends included.
    pub columns: (u32, u32),
}

/// What each new approach is laid out like; nothing where its sheet has none.
pub(super) fn templates(before: &Table, after: &Table) -> HashMap<RowId, Template> {
    let mut found = HashMap::new();
    if before.turned || after.rows.unshared(&before.rows).all(|(_, row)| row.kind != RowKind::Section || before.position(row.id).is_some())
    {
        return found;
    }
    let mut known: HashMap<RowId, Option<Template>> = HashMap::new();
    let mut sheet = before.rows.first().map_or(&*before.sheet, |row| sheet_of(before, row));
    for (at, row) in after.rows.iter().enumerate() {
        match before.position(row.id).map(|at| &before.rows[at]) {
            Some(held) if held.source > 0 => sheet = sheet_of(before, held),
            None if row.kind == RowKind::Section => {
                let template =
                    like(before, after, at, sheet).and_then(|like| known.entry(like.id).or_insert_with(|| template(before, like)).clone());
                found.extend(template.map(|template| (row.id, template)));
            }
            Some(_) | None => {}
        }
    }
    found
}

/// The approach of a sheet that one at a position is laid out like: the nearest above that has the same labels, or else the next below;
/// or else the same whatever its labels are.
fn like<'a>(before: &'a Table, after: &Table, at: usize, sheet: &str) -> Option<&'a Row> {
    let held = |row: &Row| {
        let held = before.position(row.id).map(|at| &before.rows[at])?;
        (held.kind == RowKind::Section && held.source > 0 && sheet_of(before, held) == sheet).then_some(held)
    };
    let nearest = || (0..at).rev().chain(at + 1..after.rows.len()).filter_map(|at| held(&after.rows[at]));
    // Of one that is the last row of its table nothing tells where its headings are.
    let whole = |row: &&Row| before.position(row.id).is_some_and(|at| before.rows.get(at + 1).is_some_and(|next| next.source > row.source));
    let labels = |row: &Row| row.fields.iter().map(|field| field.label.clone()).collect::<Vec<_>>();
    let own = labels(&after.rows[at]);
    let same = |row: &&Row| labels(row) == own;
    nearest().filter(whole).find(same).or_else(|| nearest().find(same)).or_else(|| nearest().find(whole)).or_else(|| nearest().next())
}

fn template(before: &Table, like: &Row) -> Option<Template> {
    let sheet = sheet_of(before, like);
    let rows: Vec<&Row> = before.rows.iter().filter(|row| row.source > 0 && sheet_of(before, row) == sheet).collect();
    let spans = spans(&rows);
    let at = rows.iter().position(|row| row.id == like.id)?;
    // The first approach has what came above the table directly above it, so that another tells how they are parted.
    let blank_above = |at: usize| {
        let (above, start) = (spans.get(at.checked_sub(1)?)?.end, spans[at].start);
        (above <= start && start - above <= MOST_BLANK).then_some(above..start)
    };
    let others = || (0..rows.len()).filter(|at| rows[*at].kind == RowKind::Section).find_map(blank_above);
    let blank = blank_above(at).or_else(others).unwrap_or(0..0);
    let fields = rows.iter().flat_map(|row| &row.fields).filter_map(|field| field.source).map(|(_, column)| column);
    let all: Vec<u32> = before.columns.iter().map(|column| column.source).chain(fields).collect();
    // A label may stand to the left of its words.
    let columns = (all.iter().min()?.saturating_sub(1), *all.iter().max()?);
    Some(Template { row: like.id, rows: spans[at].clone(), blank, columns })
}

/// The rows of the sheet that go where each row of a table goes: an approach has its objective and the headings that are repeated below
/// it, up to the next row of the table.
pub(super) fn spans(rows: &[&Row]) -> Vec<Range<u32>> {
    let starts: Vec<u32> = rows.iter().map(|row| row.source - 1).collect();
    let span = |(at, row): (usize, &&Row)| {
        let start = starts[at];
        let next = starts.get(at + 1).copied().filter(|next| row.kind == RowKind::Section && *next > start);
        let own = row.fields.iter().filter_map(|field| field.source).map(|(row, _)| row + 1).max();
        start..next.or(own).unwrap_or(start + 1).max(start + 1)
    };
    rows.iter().enumerate().map(span).collect()
}
