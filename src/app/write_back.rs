//! A document's edits written into the bytes of the workbook it was read from, and the receipt of them. Touches no file.

use std::collections::{HashMap, HashSet};

use super::receipt::{Receipt, RefusedEdit, WrittenCell};
use crate::{
    model::{Document, Table, column_letters, place_of},
    workbook::{
        self,
        patch::{self, Allowed, NewContent, PatchError, Refused, SheetEdits},
    },
    writeback::{self, Changes, SheetChanges, Unwritable},
};

/// A cell outside the tables of a document that is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct OutsideCell {
    pub sheet: String,
    /// Zero-based.
    pub row: u32,
    pub column: u32,
    pub content: NewContent,
}

/// What is to be written into a workbook.
#[derive(Debug)]
pub struct ToWrite<'a> {
    /// The tables that were read from it, as they were then.
    pub base: &'a [Table],
    pub now: &'a Document,
    pub outside: &'a [OutsideCell],
    pub allowed: Allowed,
    /// Where others have saved the workbook since it was read, whether a cell that both sides changed is written.
    pub over_theirs: Option<bool>,
}

/// A workbook with edits in it.
#[derive(Debug)]
pub struct WrittenBack {
    pub bytes: Vec<u8>,
    /// The tables as they stand in it now.
    pub base: Vec<Table>,
    pub receipt: Receipt,
}

/// The workbook with the edits in it, and what became of them.
///
/// # Errors
/// When the workbook cannot be written at all, or what was written does not read as it was meant.
pub fn write_back(
    name: &str,
    bytes: &[u8],
    wanted: &ToWrite<'_>,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<WrittenBack, PatchError> {
    let (mut rows_stay, mut columns_stay): (Vec<String>, Vec<String>) = Default::default();
    let mut receipt = Receipt::default();
    let (mut changes, patched) = loop {
        let changes = changes(name, bytes, wanted, (&mut rows_stay, &columns_stay), progress)?;
        let edits: Vec<SheetEdits> = changes.sheets.iter().map(|sheet| sheet.edits.clone()).collect();
        match patch::patch(bytes, &edits, wanted.allowed, &|| progress(0.3)) {
            // What else was edited on the sheet is written all the same.
            Err(PatchError::Rows { sheet, why }) if !rows_stay.contains(&sheet) => {
                receipt.refused_rows.push((sheet.clone(), why));
                rows_stay.push(sheet);
            }
            Err(PatchError::Columns { sheet, why }) if !columns_stay.contains(&sheet) => {
                receipt.refused_rows.push((sheet.clone(), why));
                columns_stay.push(sheet);
            }
            patched => break (changes, patched?),
        }
    };
    (receipt.changed, receipt.kept, receipt.said) = (patched.changed, patched.kept, patched.said);
    receipt.rows = rows_told(wanted, &changes);
    let placed = |(sheet, row, column, said): (String, u32, u32, String)| (place_of(&sheet, row, column), said);
    receipt.recalculated = patched.formulas.changed.into_iter().map(placed).collect();
    receipt.not_recalculated = patched.formulas.kept.into_iter().map(placed).collect();
    let refused: HashMap<(usize, usize), &Refused> = patched.refused.iter().map(|(sheet, cell, why)| ((*sheet, *cell), why)).collect();
    for (at, sheet) in changes.sheets.iter().enumerate() {
        for (place, (edit, edited)) in sheet.edits.cells.iter().zip(&sheet.cells).enumerate() {
            let address = place_of(&sheet.edits.sheet, edit.row, edit.column);
            if let Some(why) = refused.get(&(at, place)) {
                let place = format!("{}{}", column_letters(edit.column), edit.row + 1);
                let formula = matches!(why, Refused::Formula(_));
                receipt.refused.push(RefusedEdit { edited: edited.clone(), place: address, why: format!("{place}: {why}"), formula });
                continue;
            }
            let after = patched.shown.get(&(at, place)).unwrap_or(&edited.after).clone();
            receipt.written.push(WrittenCell { place: address, before: edited.before.clone(), after });
        }
    }
    let refused: HashSet<(usize, usize)> = refused.into_keys().collect();
    let base = writeback::after(wanted.base, wanted.now, &changes, &refused);
    receipt.unwritable = std::mem::take(&mut changes.unwritable);
    Ok(WrittenBack { bytes: patched.bytes, base, receipt })
}

/// What is to be written into the workbook, as it is now.
fn changes(
    name: &str,
    bytes: &[u8],
    wanted: &ToWrite<'_>,
    (rows_stay, columns_stay): (&mut Vec<String>, &[String]),
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<Changes, PatchError> {
    let mut changes = writeback::changes(wanted.base, wanted.now, (rows_stay, columns_stay));
    if let Some(mine_wins) = wanted.over_theirs {
        let (grids, _) = workbook::open(name, bytes, progress)?;
        let moved = writeback::rows_moved(wanted.base, &changes, &grids);
        if !moved.is_empty() {
            rows_stay.extend(moved);
            changes = writeback::changes(wanted.base, wanted.now, (rows_stay, columns_stay));
        }
        let met = writeback::theirs(wanted.base, &mut changes, &grids, mine_wins);
        let left = met.overlaps.into_iter().filter(|_| !mine_wins).map(|overlap| Unwritable {
            what: overlap.place,
            why: format!("theirs stays (“{}”). Yours was “{}”; Undo brings it back", overlap.theirs, overlap.mine).into(),
        });
        let lost = met.lost.into_iter().map(|lost| Unwritable { what: lost, why: "Undo brings your changes back".into() });
        changes.unwritable.extend(left.chain(lost));
    }
    add_outside(name, bytes, wanted.outside, &mut changes.sheets, progress)?;
    Ok(changes)
}

/// The rows that went or moved, and what stood in those that went.
fn rows_told(wanted: &ToWrite<'_>, changes: &Changes) -> Vec<WrittenCell> {
    let mut told = Vec::new();
    for sheet in &changes.sheets {
        let Some(order) = &sheet.order else { continue };
        let name = &sheet.edits.sheet;
        for table in wanted.base {
            let rows = table.rows.iter().filter(|row| row.source > 0 && row.sheet.as_deref().unwrap_or(&table.sheet) == name.as_str());
            for row in rows.filter(|row| order.place(row.source - 1).is_none()) {
                let cells = row.cells.iter().zip(&table.columns).filter(|(cell, _)| !cell.is_blank());
                told.extend(cells.map(|(cell, column)| WrittenCell {
                    place: place_of(name, row.source - 1, column.source),
                    before: cell.text.to_string(),
                    after: String::new(),
                }));
            }
        }
        let moved = order.moved().into_iter().map(|(was, is)| WrittenCell {
            place: format!("{name}!{}:{}", is + 1, is + 1),
            before: format!("row {}", was + 1),
            after: format!("row {}", is + 1),
        });
        told.extend(moved);
    }
    told
}

/// Adds cells outside the tables to the edits of their sheets, with what stands there now.
fn add_outside(
    name: &str,
    bytes: &[u8],
    outside: &[OutsideCell],
    sheets: &mut Vec<SheetChanges>,
    progress: &(dyn Fn(f32) -> bool + Sync),
) -> Result<(), PatchError> {
    if outside.is_empty() {
        return Ok(());
    }
    let (grids, _) = workbook::open(name, bytes, progress)?;
    for cell in outside {
        let grid = grids.iter().find(|grid| grid.sheet == cell.sheet);
        let row = grid.and_then(|grid| Some(&grid.rows[grid.position(cell.row)?]));
        let held = row.and_then(|row| row.cell(u16::try_from(cell.column).ok()?));
        let before = held.map_or_else(String::new, |held| held.text.to_string());
        let same = match (&cell.content, held) {
            (NewContent::Blank, None) => grid.is_some(),
            (NewContent::Text(text), Some(held)) => held.stored.is_none() && *held.text == **text,
            (NewContent::Number { number, .. }, Some(held)) => held.stored.as_ref().is_some_and(|stored| stored.number == *number),
            _ => false,
        };
        if same {
            continue;
        }
        let at = sheets.iter().position(|sheet| sheet.edits.sheet == cell.sheet).unwrap_or_else(|| {
            sheets
                .push(SheetChanges { edits: SheetEdits { sheet: cell.sheet.clone(), ..SheetEdits::default() }, ..SheetChanges::default() });
            sheets.len() - 1
        });
        sheets[at].outside(cell.row, cell.column, cell.content.clone(), before);
    }
    Ok(())
}
