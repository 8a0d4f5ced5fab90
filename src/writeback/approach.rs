//! New approaches: which of the others each is laid out like, and which words go where in it. Moves no row.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use super::{
    SheetChanges, Target, Unwritable,
    cells::{content, edited},
    differs,
    order::spans,
    sheet_of,
};
use crate::{
    model::{Cell, Field, Row, RowId, RowKind, Table},
    workbook::patch::CellEdit,
};

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
    if before.turned || after.rows.iter().all(|row| row.kind != RowKind::Section || before.position(row.id).is_some()) {
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

/// Writes the words of a new approach where those of its template stand in the copy of it.
pub(super) fn write(sheets: &mut BTreeMap<String, SheetChanges>, before: &Table, after: &Table, row: &Row) {
    let id = (after.id, row.id);
    for sheet in sheets.values_mut() {
        let Some(order) = &sheet.order else { continue };
        let Some(like) = order.template(id).and_then(|like| Some(&before.rows[before.position(like)?])) else { continue };
        let mut edits = Vec::new();
        for (at, held) in like.fields.iter().enumerate() {
            let blank = Field { label: held.label.clone(), ..Field::default() };
            let new = row.fields.get(at).unwrap_or(&blank);
            let place = held.source.and_then(|(row_of, column)| Some((order.copy_place(id, row_of)?, sheet.column(column))));
            let Some((row_place, column)) = place.filter(|_| differs(&held.cell, &new.cell)) else { continue };
            let before = Some(held.cell.text.to_string());
            let edit = CellEdit { row: row_place, column, content: content(&new.cell), before, paint: None, like: None };
            edits.push((edit, edited(after, Target::Section(row.id, at), &new.label, &Cell::default(), &new.cell)));
        }
        edits.into_iter().for_each(|(edit, edited)| sheet.push(edit, edited));
    }
}

/// The words of approaches that have no place in the workbook: those of an approach laid out like none, and labelled ones that the
/// approach it is laid out like does not have.
pub(super) fn unwritable(before: &Table, after: &Table, all: &mut Vec<Unwritable>) {
    let templates = templates(before, after);
    for row in after.rows.iter().filter(|row| row.kind == RowKind::Section) {
        let name = row.fields.first().map_or("", |field| &*field.cell.text);
        let held = before.position(row.id).or_else(|| before.position(templates.get(&row.id)?.row));
        let Some(held) = held.map(|at| &before.rows[at]) else {
            all.push(Unwritable {
                what: format!("the new approach “{name}”"),
                why: "an approach with its headings is laid out by its owner. Add it in Excel, and open the workbook again".into(),
            });
            continue;
        };
        let is_new = held.id != row.id;
        for (at, field) in row.fields.iter().enumerate() {
            let old = held.fields.get(at);
            let placed = old.is_some_and(|old| old.source.is_some());
            let changed =
                if is_new { !field.cell.is_blank() } else { differs(&old.map_or_else(Cell::default, |old| old.cell.clone()), &field.cell) };
            if !placed && changed {
                all.push(Unwritable {
                    what: format!("“{}” of the approach “{name}”", field.label),
                    why: "the workbook has no cell for it. Add it in Excel, and open the workbook again".into(),
                });
            }
        }
    }
}
