//! The actions on the selected cells, each with its words, its keys and what it does.

use super::{
    Cursor,
    keys::{Shortcut, ctrl, plain, shift},
};
use crate::{
    app::range::{Corner, Selection},
    model::Status,
};

/// One action on the selected cells.
#[derive(Clone, Debug, PartialEq)]
pub enum OnCells {
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

impl OnCells {
    /// Its words in a menu or on a button.
    #[must_use]
    pub fn text(&self) -> &'static str {
        match self {
            Self::Select(_) => "Select cells",
            Self::MoveWithin(_) => "Go on within the selection",
            Self::SelectAll => "Select all",
            Self::SelectRow => "Select whole rows",
            Self::SelectColumn => "Select whole columns",
            Self::Copy => "Copy",
            Self::Cut => "Cut",
            Self::Paste(_) => "Paste",
            Self::Clear => "Clear",
            Self::PutInAll(_) => "Put in all selected cells",
            Self::FillDown => "Fill down",
            Self::FillRight => "Fill right",
            Self::FillTo(_) => "Fill",
            Self::Today => "Today's date",
            Self::SetStatus(Status::NotStarted) => "Set to not started",
            Self::SetStatus(Status::MajorProblems) => "Set to major problems",
            Self::SetStatus(Status::MinorProblems) => "Set to minor problems",
            Self::SetStatus(Status::InProgress) => "Set to in progress",
            Self::SetStatus(Status::Complete) => "Set to complete",
            Self::SetLead(None) => "Set lead of selected rows…",
            Self::SetLead(Some(_)) => "Set lead",
            Self::MoveDates(None) => "Move dates of selected rows…",
            Self::MoveDates(Some(_)) => "Move dates",
        }
    }

    /// The keys for it.
    #[must_use]
    pub fn shortcut(&self) -> Option<Shortcut> {
        match self {
            Self::SelectAll => ctrl("A"),
            Self::SelectRow => shift("Space"),
            Self::SelectColumn => ctrl("Space"),
            Self::Copy => ctrl("C"),
            Self::Cut => ctrl("X"),
            Self::Paste(_) => ctrl("V"),
            Self::Clear => plain("Delete"),
            Self::FillDown => ctrl("D"),
            Self::FillRight => ctrl("R"),
            Self::Today => ctrl("Semicolon"),
            Self::Select(_)
            | Self::MoveWithin(_)
            | Self::PutInAll(_)
            | Self::FillTo(_)
            | Self::SetStatus(_)
            | Self::SetLead(_)
            | Self::MoveDates(_) => None,
        }
    }

    /// What it does, where its words do not say it all.
    #[must_use]
    pub fn about(&self) -> &'static str {
        match self {
            Self::FillDown => "Copy the first selected row down over the others",
            Self::FillRight => "Copy the first selected column over the others",
            Self::Today => "Put today's date into the selected cells",
            Self::SetStatus(_) => "Set the status of every selected row",
            other => other.text().trim_end_matches('…'),
        }
    }

    /// Whether the grid reads its keys itself, as the words of an approach are copied and cleared too, and are no cells.
    #[must_use]
    pub fn is_read_by_grid(&self) -> bool {
        matches!(self, Self::Copy | Self::Cut | Self::Paste(_) | Self::Clear)
    }
}
