//! Edits put into the bytes of an owner's own workbook: what is edited changes, all else stays as it is, byte for byte. Touches no file.

mod cell_styles;
mod content;
mod facts;
pub(crate) mod form;
mod formula_book;
mod paint;
mod parts;
mod recalculation;
mod refused;
mod rows;
mod sheet;
mod shift;
mod tag;
mod write;

pub use content::NewContent;
use paint::Fills;
pub use paint::Paint;
pub use recalculation::Formulas;
pub use refused::{PatchError, Refused};
pub use rows::{NewOrder, PlacedRow, RowsSaid};
pub(crate) use shift::longest_rising;

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use self::{
    cell_styles::CellStyles,
    facts::{Formula, Held, HeldText, SheetFacts},
    parts::Parts,
    write::NewCell,
};
use crate::{
    model::{in_plain_form, is_date_format},
    workbook::{Merge, escaped::coded, recalculate::Stored},
};

/// A cell to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct CellEdit {
    /// Zero-based.
    pub row: u32,
    pub column: u32,
    pub content: NewContent,
    /// What was read of it, which may be a part of what the cell holds: `Fewer falls` of `Objective: Fewer falls`. None where the whole
    /// cell is meant.
    pub before: Option<String>,
    /// How it is painted, where that follows what it holds.
    pub paint: Option<Paint>,
    /// The cell whose look it takes where it is new.
    pub like: Option<(u32, u32)>,
    /// In a cell of a copied row, the label that stands before what was read of it: what else it holds is not of this row and goes.
    pub label: Option<String>,
}

/// The edits of one sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetEdits {
    pub sheet: String,
    /// Each place once, as it is after the rows have moved.
    pub cells: Vec<CellEdit>,
    /// How its rows are to stand.
    pub rows: Option<NewOrder>,
    /// How its columns are, once the rows do.
    pub columns: Option<NewOrder>,
}

/// What may be done beside the edits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allowed {
    /// Whether a workbook with a digital signature is written, which no longer holds then.
    pub signed: bool,
    /// Whether what is typed takes the place of formulas.
    pub formulas: bool,
    /// The year, month and day that formulas take for today.
    pub today: (i32, u32, u32),
}

/// A workbook with edits in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patched {
    pub bytes: Vec<u8>,
    /// The edits that were not made, by the sheet's place among the edits and the cell's among its cells.
    pub refused: Vec<(usize, usize, Refused)>,
    /// What the cells that were written show now, by the same places.
    pub shown: HashMap<(usize, usize), String>,
    /// What became of the formulas that depend on the cells.
    pub formulas: Formulas,
    /// What becomes of formulas as rows move.
    pub said: Vec<RowsSaid>,
    /// The parts whose bytes changed, in order, and how many others there are.
    pub changed: Vec<String>,
    pub kept: usize,
}

/// The workbook with edits in it; the same bytes where none is made.
///
/// # Errors
/// When the workbook cannot be written at all. What keeps a single cell from being written is told beside the others.
pub fn patch(bytes: &[u8], edits: &[SheetEdits], allowed: Allowed, progress: &dyn Fn() -> bool) -> Result<Patched, PatchError> {
    let mut parts = Parts::open(bytes, progress)?;
    if parts.is_signed() && !allowed.signed {
        return Err(PatchError::Signed);
    }
    let (of_rows, mut formulas) = recalculation::formulas_of_rows(&parts, edits, allowed.today, progress)?;
    let said = rows::shift(&mut parts, edits, progress)?;
    let mut styles = parts.styles()?;
    let (mut refused, mut shown, mut before) = (Vec::new(), HashMap::new(), Vec::new());
    let mut formula_gone = false;
    for (at, edit) in edits.iter().enumerate().filter(|(_, edit)| !edit.cells.is_empty()) {
        if !progress() {
            return Err(PatchError::Cancelled);
        }
        let Some(part) = parts.sheet(&edit.sheet) else {
            refused.extend((0..edit.cells.len()).map(|cell| (at, cell, Refused::NoSheet)));
            continue;
        };
        let before_edits = parts.read(&part)?;
        let headers = parts.table_headers(&part)?;
        let (xml, facts) =
            with_own_formulas(&before_edits, edit, &headers, &styles, allowed).ok_or_else(|| PatchError::Sheet(edit.sheet.clone()))?;
        let texts = parts.shared_texts(&facts.shared())?;
        let mut cells = Vec::with_capacity(edit.cells.len());
        let mut fills = Fills::default();
        for (place, cell) in edit.cells.iter().enumerate() {
            let content = why_not(cell, &facts, &headers, &styles, allowed)
                .map_or(Ok(()), Err)
                .and_then(|()| within_its_cell(cell, facts.cell((cell.row, cell.column)), &texts))
                .or_else(|why| behind_its_label(cell, why));
            match content {
                Err(why) => refused.push((at, place, why)),
                Ok(content) => {
                    formula_gone |= facts.cell((cell.row, cell.column)).is_some_and(|held| held.formula.is_some());
                    let style = style(cell, &facts, &mut styles, &mut fills);
                    before.push((edit.sheet.clone(), cell.row, cell.column, stood(facts.cell((cell.row, cell.column)), &texts)));
                    shown.insert((at, place), content.shown(styles.format(style)));
                    cells.push(NewCell { row: cell.row, column: cell.column, content, style });
                }
            }
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        if !cells.is_empty() {
            let written = write::write(&xml, &cells, parts.is_1904()).map_err(|_| PatchError::Sheet(edit.sheet.clone()))?;
            verify(&written, &cells, parts.is_1904()).map_err(|()| PatchError::Unverified)?;
            parts.set_unless_same(&part, &before_edits, written);
        }
    }
    if let Some(changed) = styles.changed() {
        parts.set_styles(changed);
    }
    if formula_gone {
        parts.drop_calculation_chain()?;
    }
    let moved = edits.iter().any(|edit| edit.rows.is_some() || edit.columns.is_some());
    formulas.append(recalculation::recalculate_formulas(&mut parts, &before, (moved, &of_rows, allowed.today), progress)?);
    Ok(Patched { shown, formulas, ..parts.finish(refused, said)? })
}

/// A sheet and what is known of it. Where the first of cells that share a formula is to be written, each of the others gets its own, which
/// says the same; nothing where the sheet is broken.
fn with_own_formulas<'a>(
    xml: &'a [u8],
    edit: &SheetEdits,
    headers: &[Merge],
    styles: &CellStyles,
    allowed: Allowed,
) -> Option<(Cow<'a, [u8]>, SheetFacts)> {
    let facts = SheetFacts::read(xml, &asked(edit)).ok()?;
    let heads = edit.cells.iter().filter(|cell| why_not(cell, &facts, headers, styles, allowed) == Some(Refused::SharedFormula));
    let heads: HashSet<(u32, u32)> = heads.map(|cell| (cell.row, cell.column)).collect();
    if heads.is_empty() {
        return Some((Cow::Borrowed(xml), facts));
    }
    let own = shift::unshare(std::str::from_utf8(xml).ok()?, &heads).ok()?.into_bytes();
    let facts = SheetFacts::read(&own, &asked(edit)).ok()?;
    Some((Cow::Owned(own), facts))
}

/// Reads a sheet that was written again: each cell holds what it was to hold.
fn verify(written: &[u8], cells: &[NewCell], is_1904: bool) -> Result<(), ()> {
    let places: HashSet<(u32, u32)> = cells.iter().map(|cell| (cell.row, cell.column)).collect();
    let facts = SheetFacts::read(written, &places).map_err(|_| ())?;
    let holds = |cell: &NewCell| {
        let held = facts.cell((cell.row, cell.column));
        match (&cell.content, held) {
            (NewContent::Blank, None) => true,
            (NewContent::Blank, Some(held)) => held.text.is_none() && held.number.is_none() && held.formula.is_none(),
            (NewContent::Text(text), Some(held)) => held.text == Some(HeldText::Own(coded(text))),
            (NewContent::Number { number, format }, Some(held)) => {
                held.number.is_none_or(|held| held == content::stored(*number, format, is_1904)) && held.text.is_none()
            }
            (NewContent::Truth(_), Some(_)) => true,
            (NewContent::Text(_) | NewContent::Number { .. } | NewContent::Truth(_), None) => false,
        }
    };
    if cells.iter().all(holds) { Ok(()) } else { Err(()) }
}

/// What stood in a cell, for the formulas that read it.
fn stood(held: Option<&Held>, texts: &HashMap<usize, String>) -> Stored {
    match held {
        None => Stored::Blank,
        Some(Held { text: Some(HeldText::Own(text)), .. }) => Stored::Text(text.clone()),
        Some(Held { text: Some(HeldText::Shared(at)), .. }) => Stored::Text(texts.get(at).cloned().unwrap_or_default()),
        Some(Held { number: Some(number), .. }) => Stored::Number(*number),
        Some(_) => Stored::Blank,
    }
}

/// The cells of which something must be known.
fn asked(edit: &SheetEdits) -> HashSet<(u32, u32)> {
    let of = |cell: &CellEdit| [Some((cell.row, cell.column)), cell.like];
    let painted = edit.cells.iter().filter_map(|cell| cell.paint.as_ref()).flat_map(Paint::cells);
    edit.cells.iter().flat_map(of).flatten().chain(painted).collect()
}

/// Why a cell is not written, where it is not.
fn why_not(cell: &CellEdit, facts: &SheetFacts, headers: &[Merge], styles: &CellStyles, allowed: Allowed) -> Option<Refused> {
    let place = (cell.row, cell.column);
    if let Some(why) = cell.content.refused() {
        return Some(Refused::Content(why));
    }
    if let Some(area) = facts.array(place) {
        return Some(Refused::Array(*area));
    }
    if let Some(merge) = facts.covered(place) {
        return Some(Refused::Covered(*merge));
    }
    if headers.iter().any(|header| facts::within(header, place)) {
        return Some(Refused::TableHeader);
    }
    if facts.protected && styles.is_locked(facts.style(place)) {
        return Some(Refused::Protected);
    }
    match &facts.cell(place)?.formula {
        Some(Formula::Own(text) | Formula::Shared(text)) if !allowed.formulas => Some(Refused::Formula(text.clone())),
        // It is written once each of the others has its own.
        Some(Formula::Shared(_)) => Some(Refused::SharedFormula),
        Some(Formula::Own(_)) | None => None,
    }
}

/// What a cell is to hold as a whole: where it holds more than was read of it, that stays around the new text.
fn within_its_cell(cell: &CellEdit, held: Option<&Held>, texts: &HashMap<usize, String>) -> Result<NewContent, Refused> {
    let text = match held.and_then(|held| held.text.as_ref().filter(|_| held.formula.is_none())) {
        Some(HeldText::Own(text)) => text,
        Some(HeldText::Shared(at)) => texts.get(at).map_or("", String::as_str),
        None => return Ok(cell.content.clone()),
    };
    let Some(before) = cell.before.as_deref().map(str::trim) else { return Ok(cell.content.clone()) };
    if in_plain_form(text) == in_plain_form(before) || text.trim().is_empty() {
        return Ok(cell.content.clone());
    }
    let new = match &cell.content {
        NewContent::Text(new) => new.as_str(),
        NewContent::Blank => "",
        // A number or a day by itself would be without its words.
        NewContent::Truth(_) | NewContent::Number { .. } => return Err(Refused::HoldsMore(text.to_owned())),
    };
    if before.is_empty() {
        let label = text.trim_end();
        return if label.ends_with(':') {
            Ok(NewContent::Text(format!("{label} {new}")))
        } else {
            Err(Refused::HoldsMore(text.to_owned()))
        };
    }
    let mut found = text.match_indices(before);
    match (found.next(), found.next()) {
        (Some((at, _)), None) => Ok(NewContent::Text(format!("{}{new}{}", &text[..at], &text[at + before.len()..]))),
        // A sign that was read as the word for its colour.
        (None, _) if text.trim().chars().count() <= 2 => Ok(cell.content.clone()),
        _ => Err(Refused::HoldsMore(text.to_owned())),
    }
}

/// What a cell of a copied row is to hold where what was read of it was not found there.
fn behind_its_label(cell: &CellEdit, why: Refused) -> Result<NewContent, Refused> {
    let (Refused::HoldsMore(text), Some(label)) = (&why, &cell.label) else { return Err(why) };
    let labelled = text.split_once(':').filter(|(before, _)| !label.is_empty() && in_plain_form(before) == in_plain_form(label));
    match (labelled, &cell.content) {
        (Some((before, _)), NewContent::Text(new)) => Ok(NewContent::Text(format!("{before}: {new}"))),
        (Some((before, _)), NewContent::Blank) => Ok(NewContent::Text(format!("{before}:"))),
        (Some(_), NewContent::Number { .. } | NewContent::Truth(_)) | (None, _) => Ok(cell.content.clone()),
    }
}

/// The style a cell is written in: its own, or one like it that shows what it holds now.
fn style(cell: &CellEdit, facts: &SheetFacts, styles: &mut CellStyles, fills: &mut Fills) -> usize {
    let place = (cell.row, cell.column);
    let like = cell.like.filter(|_| facts.cell(place).is_none_or(|held| held.style.is_none()));
    let own = facts.style(like.unwrap_or(place));
    let painted = match &cell.paint {
        Some(paint) if !facts.is_conditional(place) => paint.style(own, facts, styles, fills),
        Some(_) | None => own,
    };
    match &cell.content {
        NewContent::Number { format, .. } if !shows(styles.format(painted), format) => styles.formatted(painted, format),
        NewContent::Number { .. } | NewContent::Blank | NewContent::Text(_) | NewContent::Truth(_) => painted,
    }
}

/// Whether a number format shows a number as another does: a day as a day, a share as a share, and no other number as either.
fn shows(held: &str, wanted: &str) -> bool {
    let kind = |format: &str| (is_date_format(format), !is_date_format(format) && format.contains('%'));
    kind(held) == kind(wanted)
}
