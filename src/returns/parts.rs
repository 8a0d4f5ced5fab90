//! A table in the parts it is written in: a plan that was read from a sheet a department goes back to a sheet each. Lays nothing out.

use std::ops::Range;

use crate::model::{Field, RowKind, Table};

/// What stands on one sheet of a table.
pub(crate) struct Part<'doc> {
    pub table: &'doc Table,
    /// Its rows, by position, without the section that stands for its sheet.
    pub rows: Range<usize>,
    /// The sheet it was read from.
    pub sheet: &'doc str,
    pub title: Option<&'doc Field>,
    /// The labelled words above its columns; those of a table's first sheet stand on the cover.
    pub fields: &'doc [Field],
    /// Whether it is the first of its table.
    pub first: bool,
}

/// The label of the section that stands for a sheet's title.
const TITLE: &str = "Title";

/// The parts of a table: one, unless it was read from several sheets.
pub(crate) fn parts(table: &Table) -> Vec<Part<'_>> {
    let mut starts: Vec<(usize, &str)> = Vec::new();
    for (at, row) in table.rows.iter().enumerate().filter(|(_, row)| row.kind == RowKind::Section) {
        let Some(sheet) = row.sheet.as_deref() else { continue };
        if starts.last().is_none_or(|(_, before)| *before != sheet) {
            starts.push((at, sheet));
        }
    }
    let whole = Part { table, rows: 0..table.rows.len(), sheet: &table.sheet, title: table.title.as_ref(), fields: &[], first: true };
    // Rows above the first sheet's section, as its owner may have moved them there, leave no sheet of their own to go to.
    if starts.first().is_none_or(|(at, _)| *at > 0)
        || starts.iter().enumerate().any(|(at, (_, sheet))| starts[..at].iter().any(|(_, before)| before == sheet))
    {
        return vec![whole];
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([table.rows.len()]);
    let parts = starts.iter().zip(ends).enumerate().map(|(number, (&(at, sheet), end))| {
        let section = &table.rows[at];
        let words = section.fields.first().map_or(sheet, |field| &*field.cell.text);
        let rest = section.fields.get(1..).unwrap_or_default();
        let (title, fields) = match rest {
            [title, fields @ ..] if number > 0 && &*title.label == TITLE => (Some(title), fields),
            fields if number > 0 => (None, fields),
            fields => (table.title.as_ref(), fields),
        };
        Part { table, rows: at + 1..end, sheet: if words.trim().is_empty() { sheet } else { words }, title, fields, first: number == 0 }
    });
    parts.collect()
}

/// The labelled values that are written: one with neither label nor value would be a blank row, which ends its block.
pub(crate) fn shown(fields: &[Field]) -> impl Iterator<Item = &Field> {
    fields.iter().filter(|field| !field.label.is_empty() || !field.cell.is_blank())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Row, RowId, TableKind};

    fn section(id: u32, sheet: &str, fields: &[(&str, &str)]) -> Row {
        let fields = fields.iter().map(|(label, text)| Field { label: (*label).into(), cell: Cell::text(*text), ..Field::default() });
        Row { id: RowId(id), kind: RowKind::Section, fields: fields.collect(), sheet: Some(sheet.into()), ..Row::default() }
    }

    #[test]
    fn a_plan_of_two_sheets_has_two_parts_and_any_other_one() {
        let row = |id| Row { id: RowId(id), ..Row::default() };
        let rows = vec![
            section(1, "Place", &[("Section", "Place")]),
            row(2),
            section(3, "People", &[("Section", "People"), ("Title", "People directorate"), ("Director", "A. Khan")]),
            row(4),
            row(5),
        ];
        let table = Table { sheet: "Place".to_owned(), ..Table::new(TableKind::Plan, Vec::new(), rows) };
        let told: Vec<_> =
            parts(&table).iter().map(|part| (part.sheet, part.rows.clone(), part.fields.len(), part.title.is_some())).collect();
        assert_eq!(told, [("Place", 1..2, 0, false), ("People", 3..5, 1, true)]);
        let alone = Table::new(TableKind::Plan, Vec::new(), vec![Row { kind: RowKind::Section, ..row(1) }, row(2)]);
        let whole = parts(&alone);
        assert_eq!((whole.len(), whole[0].rows.clone()), (1, 0..2));
    }
}
