//! Rows and columns of one sheet that move, and what that changes in every part of its package. Writes bytes, opens no file.
//!
//! References through several sheets (`One:Three!A1`) stay as they are where the moved sheet is not among them or nothing they name moves;
//! otherwise the change is refused, as they name the same cells of other sheets too.

mod address;
mod adjust;
mod anchors;
mod cells;
mod columns;
mod decoded;
mod formula;
mod frames;
mod markup;
mod moves;
mod names;
mod new_lines;
mod others;
mod package;
mod patch;
mod pivots;
mod refusals;
mod rules;
mod shared;
mod sheet;
mod tables;
mod unshare;
mod view;
mod vml;

#[cfg(test)]
mod tests;

pub(crate) use moves::{Axis, Placed, Shift, longest_rising};
pub(crate) use package::shift_package;
pub(crate) use refusals::CannotShift;
pub(crate) use unshare::unshare;

use adjust::Context;
pub(crate) use adjust::displaced;
use frames::{Job, finished};

/// What a part is, as its relationship says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PartKind<'a> {
    /// The worksheet whose rows or columns move.
    MovedSheet,
    /// Another worksheet, a macro sheet or a dialogue sheet, by its name.
    OtherSheet { name: &'a str },
    /// `xl/workbook.xml`, for its defined names.
    Workbook,
    /// A table of the moved sheet or of another.
    Table { on_moved_sheet: bool },
    /// The single cells mapped to XML on the moved sheet.
    SingleCells,
    /// The comments of the moved sheet.
    Comments,
    /// The threaded comments of the moved sheet.
    ThreadedComments,
    /// The old drawing of a sheet: its notes and form controls.
    VmlDrawing { on_moved_sheet: bool },
    /// The drawing of a sheet.
    Drawing { on_moved_sheet: bool },
    /// A chart, old or new.
    Chart,
    /// The properties of a form control.
    ControlProperties { on_moved_sheet: bool },
    /// The definition of a pivot table's cache, for its source.
    PivotCacheDefinition,
    /// A pivot table that stands on the moved sheet.
    PivotTable,
    /// A `_rels` file, for links to places of the workbook.
    Relationships,
}

/// What the owner may want to know of a formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SaidWhat {
    /// A cell that it referred to is gone.
    Broken,
    /// A range of it ends directly above something new, which it does not count.
    EndsAbove,
}

/// A formula that says something else after a change, and where it stands then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub place: String,
    pub what: SaidWhat,
    /// The formula after the change.
    pub formula: String,
}

/// A part after a change.
#[derive(Debug)]
pub(crate) struct Shifted {
    pub bytes: Vec<u8>,
    /// What is to be told, at most 1,000 of it.
    pub said: Vec<Said>,
    /// How much more there was.
    pub unsaid: usize,
}

/// What a part is judged by beside the shift itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around<'a> {
    /// The name of the sheet whose rows or columns move, as the workbook writes it.
    pub moved_sheet: &'a str,
    /// The names of all sheets in their order. When it is empty, every reference through several sheets may go through the moved one.
    pub sheets: &'a [String],
}

/// A part of the package after rows or columns of a sheet moved. Only the bytes that must differ do.
///
/// # Errors
/// When the part cannot be read, or when something in it cannot be moved so; then nothing of the change may be kept.
pub(crate) fn shift_part(part: PartKind<'_>, xml: &[u8], shift: &Shift, around: Around<'_>) -> Result<Shifted, CannotShift> {
    let source = markup::text(xml)?;
    let context = |sheet, own| Context { shift, moved_sheet: around.moved_sheet, sheets: around.sheets, sheet, own };
    let place = |own: bool| context(if own { around.moved_sheet } else { "" }, own);
    if shift.is_identity() {
        return Ok(Shifted { bytes: xml.to_vec(), said: Vec::new(), unsaid: 0 });
    }
    match part {
        PartKind::MovedSheet => sheet::moved(Job::new(source, place(true))),
        PartKind::OtherSheet { name } => sheet::other(Job::new(source, context(name, false))),
        PartKind::Workbook => names::shifted(Job::new(source, place(false))),
        PartKind::Table { on_moved_sheet } => tables::shifted(Job::new(source, place(on_moved_sheet))),
        PartKind::SingleCells | PartKind::Comments | PartKind::ThreadedComments => others::addressed(Job::new(source, place(true))),
        PartKind::VmlDrawing { on_moved_sheet } => vml::shifted(Job::new(source, place(on_moved_sheet))),
        PartKind::Drawing { on_moved_sheet } => anchors::shifted(Job::new(source, place(on_moved_sheet))),
        PartKind::Chart => others::chart(Job::new(source, place(false))),
        PartKind::ControlProperties { on_moved_sheet } => others::control(Job::new(source, place(on_moved_sheet))),
        PartKind::PivotCacheDefinition => pivots::cache(Job::new(source, place(false))),
        PartKind::PivotTable => pivots::table(Job::new(source, place(true))),
        PartKind::Relationships => others::relationships(Job::new(source, place(false))),
    }
    .map(finished)
}
