//! The tables under review and their owner's corrections: where each stands, what it is, which are drawn or left out. Reads no rows.

use crate::{
    layouts::{self, Correction, Outline},
    model::{Role, TableKind},
    workbook::RawSheet,
};

/// A table under review.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub outline: Outline,
    /// As the program would read it by itself; `None` where its owner drew it.
    pub automatic: Option<Outline>,
    pub left_out: bool,
    /// Whether its last row was set by hand.
    pub last_set: bool,
}

/// Where a table is to stand, zero-based and with both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    pub first: (u32, u16),
    pub last: (u32, u16),
    /// Its heading rows.
    pub header: Option<(u32, u32)>,
}

/// One correction of a table under review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correct {
    Role {
        column: u16,
        role: Option<Role>,
    },
    Extent(Extent),
    Kind(TableKind),
    /// Leaves the table out, or takes it in again.
    LeaveOut(bool),
    /// Reads it as the program would.
    Reset,
    /// Takes away a table that was drawn.
    Remove,
}

impl Draft {
    /// A table as the program would read it.
    #[must_use]
    pub fn found(outline: &Outline) -> Self {
        Self { outline: outline.clone(), automatic: Some(outline.clone()), left_out: outline.left_out.is_some(), last_set: false }
    }

    /// A table as it was remembered.
    #[must_use]
    pub fn remembered(held: Correction, automatic: &[Outline]) -> Self {
        let outline = held.outline;
        let found = automatic.iter().find(|other| other.overlaps(&outline)).unwrap_or(&outline);
        let automatic = (!held.drawn).then(|| found.clone());
        Self { automatic, left_out: held.left_out, last_set: held.last_set, outline }
    }

    /// What is remembered of it.
    #[must_use]
    pub fn to_correction(&self, grids: &[RawSheet]) -> Correction {
        let mut held = Correction::new(grids, self.outline.clone());
        (held.left_out, held.last_set) = (self.left_out, self.last_set);
        (held.corrected, held.drawn) = (self.is_corrected(), self.is_drawn());
        held
    }

    /// How it stands in its sheet.
    #[must_use]
    pub fn extent(&self) -> Extent {
        Extent { first: self.outline.first, last: self.outline.last, header: self.outline.header }
    }

    /// Whether its owner drew it where the program found none.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.automatic.is_none()
    }

    /// Whether it is read otherwise than the program would.
    #[must_use]
    pub fn is_corrected(&self) -> bool {
        self.automatic.as_ref().is_none_or(|automatic| *automatic != self.outline || automatic.left_out.is_some() != self.left_out)
    }

    /// What is read of it: nothing where its owner leaves it out.
    #[must_use]
    pub fn to_outline(&self) -> Option<Outline> {
        match (self.left_out, &self.outline.left_out) {
            (true, None) => None,
            (true, Some(_)) => Some(self.outline.clone()),
            (false, _) => Some(Outline { left_out: None, ..self.outline.clone() }),
        }
    }

    fn set_extent(&mut self, grids: &[RawSheet], extent: Extent) {
        if extent != self.extent() {
            self.last_set |= extent.last.0 != self.outline.last.0;
            (self.outline.first, self.outline.last, self.outline.header) = (extent.first, extent.last, extent.header);
            layouts::rename(grids, &mut self.outline);
        }
    }

    fn set_kind(&mut self, grids: &[RawSheet], kind: TableKind) {
        if kind != self.outline.kind {
            self.outline.kind = kind;
            self.outline.joins &= kind == TableKind::Plan;
            layouts::rename(grids, &mut self.outline);
        }
    }

    fn set_role(&mut self, column: u16, role: Option<Role>) {
        let present = self.outline.columns.iter().find(|heading| heading.column == column);
        if present.is_some_and(|heading| heading.role != role || !heading.is_chosen()) {
            self.outline.choose(column, role);
        }
    }

    /// Takes the cells of a drawn table out of it; what then has nothing left is left out.
    fn make_room(&mut self, drawn: &Outline) {
        self.left_out |= !layouts::make_room(&mut self.outline, drawn);
    }
}

/// Makes a correction of one of the tables under review, by position.
pub(crate) fn correct(drafts: &mut Vec<Draft>, grids: &[RawSheet], at: usize, correct: Correct) {
    let Some(draft) = drafts.get_mut(at) else { return };
    match correct {
        Correct::Role { column, role } => draft.set_role(column, role),
        Correct::Extent(extent) => draft.set_extent(grids, extent),
        Correct::Kind(kind) => draft.set_kind(grids, kind),
        Correct::LeaveOut(left_out) => draft.left_out = left_out,
        Correct::Reset => {
            let drawn = drawn(drafts);
            let draft = &mut drafts[at];
            if let Some(automatic) = &draft.automatic {
                *draft = beside(automatic, &drawn);
            }
        }
        Correct::Remove => remove(drafts, at),
    }
}

/// Reads an area of a sheet as a table, for which the others make room; its position among them. A table that begins there already
/// reaches over the area. `None` where no table can be read.
pub(crate) fn draw(drafts: &mut Vec<Draft>, grids: &[RawSheet], sheet: usize, (first, last): ((u32, u16), (u32, u16))) -> Option<usize> {
    let grid = grids.get(sheet)?;
    let others: Vec<Outline> = drafts.iter().filter(|draft| !draft.left_out).map(|draft| draft.outline.clone()).collect();
    let outline = layouts::draw(grids, &others, &grid.sheet, first, last)?;
    let here = |draft: &Draft| draft.outline.sheet == outline.sheet && draft.outline.corner() == outline.corner();
    let at = if let Some(at) = drafts.iter().position(here) {
        drafts[at].left_out = false;
        drafts[at].set_extent(grids, Extent { first: outline.first, last: outline.last, header: outline.header });
        at
    } else {
        let place = |outline: &Outline| (grids.iter().position(|grid| grid.sheet == outline.sheet), outline.first);
        let at = drafts.partition_point(|draft| place(&draft.outline) <= place(&outline));
        let last_set = outline.last.0 != layouts::end(grid, &outline);
        drafts.insert(at, Draft { outline: outline.clone(), automatic: None, left_out: false, last_set });
        at
    };
    let others = drafts.iter_mut().enumerate().filter(|(other, draft)| *other != at && !draft.left_out);
    others.for_each(|(_, draft)| draft.make_room(&outline));
    Some(at)
}

/// Takes a drawn table away; the others get the room back that they made for it.
fn remove(drafts: &mut Vec<Draft>, at: usize) {
    if !drafts[at].is_drawn() {
        return;
    }
    let before = drawn(drafts);
    drafts.remove(at);
    let after = drawn(drafts);
    for draft in drafts.iter_mut() {
        if let Some(automatic) = &draft.automatic
            && *draft == beside(automatic, &before)
        {
            *draft = beside(automatic, &after);
        }
    }
}

/// The outlines of the tables that were drawn.
fn drawn(drafts: &[Draft]) -> Vec<Outline> {
    drafts.iter().filter(|draft| draft.is_drawn()).map(|draft| draft.outline.clone()).collect()
}

/// A table as the program would read it beside those that were drawn.
fn beside(automatic: &Outline, drawn: &[Outline]) -> Draft {
    let mut draft = Draft::found(automatic);
    drawn.iter().for_each(|drawn| draft.make_room(drawn));
    draft
}
