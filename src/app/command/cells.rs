//! The actions on the selected cells, each with what it has to say of itself.

use super::{
    Cursor,
    about::{About, Need, about},
    keys::{ctrl, plain, shift},
};
use crate::{
    app::range::{Corner, Selection},
    model::Status,
};

/// One action on the selected cells.
#[derive(Clone, Debug, PartialEq)]
pub enum CellCommand {
    /// Selects more than the cursor's cell.
    Select(Selection),
    /// Moves the cursor and leaves what is selected.
    MoveWithin(Cursor),
    SelectAll,
    SelectRow,
    SelectColumn,
    Copy,
    Cut,
    /// Puts a text of one cell or several over what is selected; an empty one asks the clipboard for it.
    Paste(String),
    Clear,
    /// Puts what typing a text makes into every selected cell.
    PutInAll(String),
    FillDown,
    FillRight,
    /// Carries what is selected on as far as a cell.
    FillTo(Corner),
    Today,
    /// Sets the status of every selected row.
    SetStatus(Status),
    /// Sets the lead of every selected row; without a name, asks for it.
    SetLead(Option<String>),
    /// Moves the dates of every selected row by months; without a number, asks for it.
    MoveDates(Option<i32>),
}

/// What an action needs on cells, or on the words of an approach.
const CELL: &[Need] = &[Need::Table, Need::CellOrWords];
/// What an action needs on cells alone.
const CELLS: &[Need] = &[Need::Table, Need::Cells];

impl CellCommand {
    /// What it has to say of itself. The grid reads the keys itself of what is done to the words of an approach too, which are no cells.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Select(_) => about("Select cells").needs(CELL),
            Self::MoveWithin(_) => about("Go on within the selection").needs(CELL),
            Self::SelectAll => about("Select all").keys(ctrl("A")).letter('A').needs(&[Need::Table]),
            Self::SelectRow => about("Select whole rows").keys(shift("Space")).letter('W').needs(CELL),
            Self::SelectColumn => about("Select whole columns").keys(ctrl("Space")).letter('M').needs(CELL),
            Self::Copy => about("Copy").keys(ctrl("C")).letter('C').needs(CELL).read_by_grid(),
            Self::Cut => about("Cut").keys(ctrl("X")).letter('T').needs(CELL).read_by_grid(),
            Self::Paste(_) => about("Paste").keys(ctrl("V")).letter('P').needs(CELL).read_by_grid(),
            Self::Clear => about("Clear").keys(plain("Delete")).letter('L').needs(CELL).read_by_grid(),
            Self::PutInAll(_) => about("Put in all selected cells").needs(CELL),
            Self::FillDown => {
                about("Fill down").tooltip("Copy the first selected row down over the others").keys(ctrl("D")).letter('D').needs(CELLS)
            }
            Self::FillRight => {
                about("Fill right").tooltip("Copy the first selected column over the others").keys(ctrl("R")).letter('G').needs(CELLS)
            }
            Self::FillTo(_) => about("Fill").needs(CELL),
            Self::Today => {
                about("Today's date").tooltip("Put today's date into the selected cells").keys(ctrl("Semicolon")).letter('Y').needs(CELLS)
            }
            Self::SetStatus(status) => {
                let about = match status {
                    Status::NotStarted => about("Set to not started").letter('N'),
                    Status::MajorProblems => about("Set to major problems").letter('J'),
                    Status::MinorProblems => about("Set to minor problems").letter('M'),
                    Status::InProgress => about("Set to in progress").letter('I'),
                    Status::Complete => about("Set to complete").letter('C'),
                    Status::OnHold => about("Set to on hold").letter('H'),
                    Status::Cancelled => about("Set to cancelled").letter('L'),
                };
                about.tooltip("Set the status of every selected row").needs(&[Need::Table, Need::CellOrWords, Need::Statuses])
            }
            Self::SetLead(name) => about(if name.is_some() { "Set lead" } else { "Set lead of selected rows…" }).letter('L').needs(&[
                Need::Table,
                Need::CellOrWords,
                Need::Leads,
            ]),
            Self::MoveDates(months) => {
                about(if months.is_some() { "Move dates" } else { "Move dates of selected rows…" }).letter('E').needs(CELLS)
            }
        }
    }
}
