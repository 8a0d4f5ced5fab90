//! Why rows or columns cannot move, in words for the owner of the workbook. Judges nothing.

use std::fmt::{Display, Formatter, Result};

use super::Axis;

/// What is in the way of a change. Nothing has been changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CannotShift {
    /// The change itself names a row twice, or one outside of its stretch.
    WrongOrder { axis: Axis },
    /// A part is not XML that can be read.
    Unreadable(String),
    /// A part that another speaks of is not there, or none is called so.
    Missing { part: String },
    /// Something in the named part is in the way.
    InPart { part: String, why: Box<CannotShift> },
    /// Cells with content would fall off the end of the sheet.
    Full { axis: Axis },
    /// An array formula would be cut.
    ArrayFormula { place: String },
    /// A what-if data table would be cut.
    DataTable { place: String },
    /// A merged cell would be pulled apart.
    Merge { place: String },
    /// A pivot table would be cut.
    PivotTable { name: String, place: String },
    /// The headings of the source of a pivot table would go.
    PivotSource { place: String },
    /// A table would lose its heading, its totals or all its rows, or a column of it would be put in or taken out.
    Table { name: String, why: &'static str },
    /// A reference goes through several sheets.
    SeveralSheets { reference: String },
    /// The parts are too much entangled to be worked out in good time.
    TooMany { what: &'static str },
}

impl Display for CannotShift {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::WrongOrder { axis } => write!(f, "the new order of the {} is not one of those that stood there", axis.words()),
            Self::Unreadable(why) => write!(f, "the XML cannot be read: {why}"),
            Self::Missing { part } => write!(f, "{part} is not in the workbook"),
            Self::InPart { part, why } => write!(f, "{why} (in {part})"),
            Self::Full { axis } => write!(f, "the sheet has no room: its last {} hold something", axis.words()),
            Self::ArrayFormula { place } => write!(f, "an array formula covers {place}"),
            Self::DataTable { place } => write!(f, "a what-if data table covers {place}"),
            Self::Merge { place } => write!(f, "the merged cell {place} would be pulled apart"),
            Self::PivotTable { name, place } => write!(f, "the pivot table {name} stands in {place}"),
            Self::PivotSource { place } => write!(f, "a pivot table takes its headings from {place}"),
            Self::Table { name, why } => write!(f, "the table {name} {why}"),
            Self::SeveralSheets { reference } => write!(f, "a formula refers to {reference}, the same cells of several sheets"),
            Self::TooMany { what } => write!(f, "there are too many {what}"),
        }
    }
}

impl std::error::Error for CannotShift {}
