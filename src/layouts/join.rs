//! Sheets that hold one plan between them, an approach or a department each: told by their columns, joined under their names.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use super::{
    heading_text::plain,
    outline::{Heading, Outline, grid_of},
    rows::name_column,
};
use crate::{
    model::{Cell, ColumnId, Field, Hiding, Role, Row, RowId, RowKind, Table, TableKind},
    workbook::RawSheet,
};

/// The fewest columns by which two sheets are known to be of one plan.
const LEAST: usize = 3;
/// What the section of a sheet is labelled.
const LABEL: &str = "Section";

/// Marks the plans that go on from sheet to sheet.
pub(super) fn mark(outlines: &mut [Outline], grids: &[RawSheet]) {
    let mut groups: HashMap<Vec<String>, Vec<usize>> = HashMap::new();
    for (at, outline) in outlines.iter().enumerate() {
        let alone = outlines.iter().filter(|other| other.sheet == outline.sheet && other.kind == TableKind::Plan).count() == 1;
        if outline.kind == TableKind::Plan
            && outline.left_out.is_none()
            && alone
            && outline.columns.len() >= LEAST
            && outline.header.is_some()
        {
            groups.entry(outline.fingerprint().into_iter().map(plain).collect()).or_default().push(at);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let names: Vec<HashSet<&str>> = group.iter().map(|&at| names(&outlines[at], grids)).collect();
        if !are_copies(&names) {
            group[1..].iter().for_each(|&at| outlines[at].joins = true);
            // What one sheet shows of a column holds for all; statuses are seen, not guessed.
            let rank = |heading: &Heading| (heading.role == Some(Role::Status), heading.role.is_some(), heading.surety);
            for column in 0..outlines[group[0]].columns.len() {
                let all = group.iter().map(|&at| &outlines[at].columns[column]);
                let surest = all.max_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(std::cmp::Ordering::Equal));
                let Some(surest) = surest.cloned() else { continue };
                for &at in &group {
                    let heading = &mut outlines[at].columns[column];
                    (heading.role, heading.surety, heading.why) = (surest.role, surest.surety, surest.why);
                }
            }
        }
    }
}

/// The names of an outline's entries.
fn names<'grids>(outline: &Outline, grids: &'grids [RawSheet]) -> HashSet<&'grids str> {
    let column = name_column(outline);
    let rows = grid_of(outline, grids).map_or(&[][..], |grid| &grid.rows);
    rows.iter()
        .filter(|row| (outline.body()..=outline.last.0).contains(&row.row))
        .map(|row| row.text(column))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Whether the sheets hold the same actions again, as one sheet a quarter does.
fn are_copies(names: &[HashSet<&str>]) -> bool {
    names.windows(2).any(|pair| {
        let shared = pair[0].intersection(&pair[1]).count();
        shared * 2 > pair[0].len().min(pair[1].len()) && shared > 1
    })
}

/// Whether an outline goes on from another.
pub(super) fn goes_on(outline: &Outline, from: &Outline) -> bool {
    if outline.key.is_some() || from.key.is_some() {
        return outline.key == from.key;
    }
    let same = |(a, b): (&str, &str)| plain(a) == plain(b);
    from.kind == outline.kind
        && from.columns.len() == outline.columns.len()
        && from.fingerprint().into_iter().zip(outline.fingerprint()).all(same)
}

/// Puts a section of the sheet's name over a table's rows, with what its sheet says above them.
pub(super) fn put_under_its_sheet(table: &mut Table, keep_fields: bool) {
    let sheet: Arc<str> = table.sheet.as_str().into();
    let mut fields = vec![Field { label: LABEL.into(), cell: Cell::text(&*sheet), ..Field::default() }];
    if !keep_fields {
        fields.extend(table.title.take().map(|title| Field { label: "Title".into(), ..title }));
        fields.append(&mut table.fields);
    }
    // A banner over the whole sheet says the same as the sheet's name.
    let sections = table.rows.iter().filter(|row| row.kind == RowKind::Section).count();
    if sections == 1 && table.rows[0].kind == RowKind::Section {
        fields.append(&mut table.rows.remove(0).fields);
    }
    let section = Row { id: table.next_row_id(), kind: RowKind::Section, fields, sheet: Some(sheet), ..Row::default() };
    table.rows.insert(0, section);
}

/// Adds the rows of another sheet's table to a plan; those of a return keep their ids.
pub(super) fn append(plan: &mut Table, other: Table, keyed: bool) {
    hide_by_sheet(plan, &other);
    let sheet: Arc<str> = other.sheet.as_str().into();
    let mut ids: HashMap<RowId, RowId> = HashMap::new();
    let mut used: HashSet<RowId> = plan.rows.iter().map(|row| row.id).collect();
    let mut next = if keyed { plan.rows.iter().chain(&other.rows).map(|row| row.id.0).max().unwrap_or(0) } else { plan.rows.len() as u32 };
    for row in other.rows {
        let id = if keyed && used.insert(row.id) {
            row.id
        } else {
            next += 1;
            RowId(next)
        };
        ids.insert(row.id, id);
        plan.rows.push(Row { id, sheet: Some(sheet.clone()), ..row });
    }
    let columns: HashMap<_, _> = other.columns.iter().zip(&plan.columns).map(|(from, to)| (from.id, to.id)).collect();
    for mut remark in other.remarks {
        if let (Some(row), Some(column)) = (ids.get(&remark.row), columns.get(&remark.column)) {
            (remark.row, remark.column) = (*row, *column);
            plan.remarks.push(remark);
        }
    }
    plan.summary = plan.summary.take().or(other.summary);
    plan.hidden.extend(other.hidden);
}

/// A column that only some of a plan's sheets hide is hidden in their rows.
fn hide_by_sheet(plan: &mut Table, other: &Table) {
    let on = |sheet: &str, column: ColumnId| Hiding { sheet: sheet.into(), column: Some(column) };
    let mut sheets: Vec<&str> = plan.rows.iter().filter_map(|row| row.sheet.as_deref()).collect();
    sheets.dedup();
    for (own, theirs) in plan.columns.iter_mut().zip(&other.columns) {
        match (own.hidden, theirs.hidden) {
            (true, false) => {
                own.hidden = false;
                plan.hidden.extend(sheets.iter().map(|sheet| on(sheet, own.id)));
            }
            (false, true) => plan.hidden.push(on(&other.sheet, own.id)),
            _ => {}
        }
    }
}
