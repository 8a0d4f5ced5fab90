//! The words of new approaches: where each stands in the copy of another, and which have no place. Moves no row.

use std::collections::BTreeMap;

use super::{
    SheetChanges, Target, Unwritable,
    cells::{content, edited},
    differs,
    template::templates,
};
use crate::{
    model::{Cell, Field, Row, RowKind, Table},
    workbook::patch::CellEdit,
};

/// Collects the words of new approaches that are to be written.
pub(super) fn collect(before: &Table, after: &Table, sheets: &mut BTreeMap<String, SheetChanges>) {
    let new = after.rows.unshared(&before.rows).filter(|(_, row)| row.kind == RowKind::Section && before.position(row.id).is_none());
    new.for_each(|(_, row)| write(sheets, before, after, row));
}

/// Writes the words of a new approach where those of its template stand in the copy of it.
fn write(sheets: &mut BTreeMap<String, SheetChanges>, before: &Table, after: &Table, row: &Row) {
    let id = (after.id, row.id);
    for sheet in sheets.values_mut() {
        let Some(order) = &sheet.order else { continue };
        let Some(like) = order.template(id).and_then(|like| Some(&before.rows[before.position(like)?])) else { continue };
        let mut edits = Vec::new();
        for (at, held) in like.fields.iter().enumerate() {
            let blank = Field { label: held.label.clone(), ..Field::default() };
            let new = row.fields.get(at).unwrap_or(&blank);
            let place = held.source.and_then(|(row_of, column)| Some((order.copy_place(id, row_of)?, sheet.column(column))));
            let wanted = differs(&held.cell, &new.cell) || !new.cell.is_blank();
            let Some((row_place, column)) = place.filter(|_| wanted) else { continue };
            let before = Some(held.cell.text.to_string());
            let label = Some(held.label.to_string());
            let edit = CellEdit { row: row_place, column, content: content(&new.cell), before, paint: None, like: None, label };
            edits.push((edit, edited(after, Target::Section(row.id, at), &new.label, &Cell::default(), &new.cell)));
        }
        edits.into_iter().for_each(|(edit, edited)| sheet.push(edit, edited));
    }
}

/// The words of approaches that have no place in the workbook: those of an approach laid out like none, and labelled ones that the
/// approach it is laid out like does not have.
pub(super) fn unwritable(before: &Table, after: &Table, all: &mut Vec<Unwritable>) {
    let templates = templates(before, after);
    for (_, row) in after.rows.unshared(&before.rows).filter(|(_, row)| row.kind == RowKind::Section) {
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
