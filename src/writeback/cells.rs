//! The cells of a table that differ from those that were read, each with its place in the workbook. Moves no row.

use std::{collections::BTreeMap, sync::Arc};

use super::{Edited, SheetChanges, Target, differs, painting::Paints, sheet_of, unshared};
use crate::{
    model::{Cell, Column, Field, Row, RowKind, Table, TableId, Value},
    workbook::patch::{CellEdit, NewContent, Paint},
};

/// Collects the cells of a table that are to be written.
pub(super) fn collect(before: &Table, after: &Table, sheets: &mut BTreeMap<String, SheetChanges>) {
    let mut paints = Paints::default();
    let (mut last, mut next): (Option<&Row>, usize) = (None, 0);
    for (at, row) in unshared(before, after) {
        // A row that is passed over is one that was read.
        last = if at > next { after.rows.get(at - 1) } else { last };
        next = at + 1;
        match before.row(row.id) {
            Some(old) => {
                for (at, column) in after.columns.iter().enumerate() {
                    let Some(held) = before.column_position(column.id).and_then(|at| old.cells.get(at)) else { continue };
                    let Some(new) = row.cells.get(at).filter(|new| differs(held, new) && new.value != Value::Merged) else { continue };
                    let spot = before.column_position(column.id).and_then(|held| before.source_cell(old, Some(held)));
                    let Some((place_row, place_column)) = spot else { continue };
                    let place = Place { sheet: sheet_of(before, old), row: Some(place_row), column: place_column };
                    let sheet = sheets.entry(place.sheet.to_owned()).or_default();
                    let paint = paints.of(before, after, at, new, sheet);
                    put(sheet, &place, (held, new), paint, edited(after, Target::Cell(row.id, column.id), &after.heading(at), held, new));
                }
                let fields = old.fields.iter().zip(&row.fields).enumerate();
                fields.for_each(|(at, fields)| field_of(sheets, after, Target::Section(row.id, at), sheet_of(before, old), fields));
                last = Some(old);
            }
            // The words of a new approach have places of their own.
            None if row.kind == RowKind::Section => {}
            None => new_row(sheets, before, after, row, last),
        }
    }
    headings(before, after, sheets);
    let fields = before.fields.iter().zip(&after.fields).enumerate().map(|(at, fields)| (Target::Header(at), fields));
    let title = before.title.iter().zip(&after.title).map(|fields| (Target::Title, fields));
    let stated = before.summary.iter().zip(&after.summary).flat_map(|(old, new)| old.lines.iter().zip(&new.lines));
    let stated = stated.enumerate().map(|(at, fields)| (Target::Summary(at), fields));
    fields.chain(title).chain(stated).for_each(|(target, fields)| field_of(sheets, after, target, &before.sheet, fields));
}

/// Where a column of a table is to stand in its sheet; nothing where it has no place there.
fn column_place(before: &Table, sheet: &SheetChanges, table: TableId, column: &Column) -> Option<u32> {
    match before.column_position(column.id) {
        Some(at) => Some(sheet.column(before.columns[at].source)),
        None => sheet.columns.as_ref()?.new_place((table, column.id)),
    }
}

/// The headings of columns that are new or called otherwise, and the cells of those that are new.
fn headings(before: &Table, after: &Table, sheets: &mut BTreeMap<String, SheetChanges>) {
    if before.turned {
        return;
    }
    for (at, column) in after.columns.iter().enumerate() {
        let held = before.column_position(column.id).map(|at| &before.columns[at]);
        let sheet = sheets.entry(before.sheet.clone()).or_default();
        let Some(place) = column_place(before, sheet, after.id, column) else { continue };
        let text = Cell::text(&*column.heading);
        let was = Cell::text(held.map_or("", |held| &*held.heading));
        let row = before.heading_row.checked_sub(1).and_then(|row| sheet.place(row));
        if let Some(row) = row.filter(|_| was.text != text.text) {
            let edit = CellEdit {
                row,
                column: place,
                content: content(&text),
                before: Some(was.text.to_string()),
                paint: None,
                like: None,
                label: None,
            };
            sheet.push(edit, edited(after, Target::Heading(column.id), &column.heading, &was, &text));
        }
        if held.is_some() {
            continue;
        }
        for row in &after.rows {
            let Some(place_row) = before.row(row.id).and_then(|old| sheet.place(old.source.checked_sub(1)?)) else { continue };
            let Some(new) = row.cells.get(at).filter(|cell| !cell.is_blank() && cell.value != Value::Merged) else { continue };
            let edit =
                CellEdit { row: place_row, column: place, content: content(new), before: None, paint: None, like: None, label: None };
            sheet.push(edit, edited(after, Target::Cell(row.id, column.id), &after.heading(at), &Cell::default(), new));
        }
    }
}

/// Where a cell stands in the workbook as it was read.
struct Place<'a> {
    sheet: &'a str,
    row: Option<u32>,
    column: u32,
}

pub(super) fn edited(table: &Table, target: Target, heading: &str, before: &Cell, after: &Cell) -> Edited {
    Edited {
        table: table.id,
        target,
        was: None,
        heading: heading.to_owned(),
        before: before.text.to_string(),
        after: after.text.to_string(),
    }
}

fn put(sheet: &mut SheetChanges, place: &Place<'_>, (held, new): (&Cell, &Cell), paint: Option<Paint>, mut edited: Edited) {
    edited.was = place.row.map(|row| (row, place.column));
    let Some(row) = place.row.and_then(|row| sheet.place(row)) else { return };
    let column = sheet.column(place.column);
    let edit = CellEdit { row, column, content: content(new), before: Some(held.text.to_string()), paint, like: None, label: None };
    sheet.push(edit, edited);
}

/// A labelled value, whose label may stand in the same cell.
fn field_of(sheets: &mut BTreeMap<String, SheetChanges>, table: &Table, target: Target, sheet: &str, (old, new): (&Field, &Field)) {
    if let Some((at, column)) = old.source.filter(|_| differs(&old.cell, &new.cell)) {
        let place = Place { sheet, row: Some(at), column };
        let sheet = sheets.entry(sheet.to_owned()).or_default();
        put(sheet, &place, (&old.cell, &new.cell), None, edited(table, target, &new.label, &old.cell, &new.cell));
    }
}

/// The cells of a row that is new, which looks like the one it was put below.
fn new_row(sheets: &mut BTreeMap<String, SheetChanges>, before: &Table, after: &Table, row: &Row, above: Option<&Row>) {
    let sheet = above.map_or(&*before.sheet, |above| sheet_of(before, above));
    let sheet = sheets.entry(sheet.to_owned()).or_default();
    let Some(place) = sheet.order.as_ref().and_then(|order| order.new_place((after.id, row.id))) else { return };
    for (at, column) in after.columns.iter().enumerate() {
        let Some(new) = row.cells.get(at).filter(|cell| !cell.is_blank()) else { continue };
        let Some(place_column) = column_place(before, sheet, after.id, column) else { continue };
        let edit = CellEdit {
            row: place,
            column: place_column,
            content: content(new),
            before: Some(String::new()),
            paint: Paints::default().of(before, after, at, new, sheet),
            like: None,
            label: None,
        };
        sheet.push(edit, edited(after, Target::Cell(row.id, column.id), &after.heading(at), &Cell::default(), new));
    }
}

/// What a cell of a document is in a workbook.
pub(super) fn content(cell: &Cell) -> NewContent {
    match cell.stored() {
        _ if cell.is_blank() => NewContent::Blank,
        Some(stored) => NewContent::Number { number: stored.number, format: Arc::clone(&stored.format) },
        None => NewContent::Text(cell.text.to_string()),
    }
}
