//! The actions on rows, each with what it has to say of itself.

use super::{
    about::{About, Need, about},
    keys::{alt_shift, ctrl, ctrl_shift},
};
use crate::{app::below::Fate, model::RowId};

/// One action that adds, takes away, moves or numbers rows, or adds to the comment of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowCommand {
    AddAction,
    AddLine,
    AddGroup,
    AddSection,
    Delete,
    /// Deletes the headings that were asked about; what becomes of the rows below them.
    DeleteHeading(Fate),
    MoveUp,
    MoveDown,
    /// Moves a row of the table in view, with what belongs to it, to stand before another row, or last.
    Place {
        row: RowId,
        before: Option<RowId>,
    },
    Duplicate,
    /// Puts the refs of the approach in order, or of the whole table where that is what is out of order.
    RenumberRefs,
    /// Leaves refs that are out of order.
    LeaveRefs,
    /// Turns which way is better for the KPIs that are selected.
    TurnDirection,
    /// Adds a dated update to the comment of the action; an empty one asks for its words.
    AddUpdate(String),
}

impl RowCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::AddAction => {
                about("Add row below").tooltip("Add a row below this one").keys(ctrl("Plus")).letter('A').needs(&[Need::Table])
            }
            Self::AddLine => about("Add continuation line")
                .tooltip("Add a line that continues this action")
                .keys(alt_shift("L"))
                .letter('C')
                .needs(&[Need::Table]),
            Self::AddGroup => about("Add group heading").keys(alt_shift("G")).letter('G').needs(&[Need::Table]),
            Self::AddSection => about("Add approach").keys(alt_shift("A")).letter('P').needs(&[Need::Table]),
            Self::Delete => about("Delete row")
                .tooltip("Delete this row and its continuation lines")
                .keys(ctrl("Minus"))
                .letter('D')
                .needs(&[Need::Table, Need::Row]),
            Self::DeleteHeading(fate) => about(fate.text()),
            Self::MoveUp => about("Move row up").keys(alt_shift("Up")).letter('M').needs(&[Need::Table, Need::Row]),
            Self::MoveDown => about("Move row down").keys(alt_shift("Down")).letter('W').needs(&[Need::Table, Need::Row]),
            Self::Place { .. } => about("Move row"),
            Self::Duplicate => about("Duplicate action")
                .tooltip("Copy this action and its continuation lines, not started and without its comments")
                .keys(alt_shift("D"))
                .letter('U')
                .needs(&[Need::Table, Need::Row, Need::Action]),
            Self::RenumberRefs => about("Renumber refs")
                .tooltip("Number the refs in their order; texts that speak of them follow")
                .letter('R')
                .needs(&[Need::Table, Need::Refs]),
            Self::LeaveRefs => about("Leave as they are"),
            Self::TurnDirection => about("Turn which way is better")
                .tooltip("Rate these KPIs as if less were better, or more where less was")
                .keys(alt_shift("B"))
                .letter('B')
                .needs(&[Need::Table, Need::Row, Need::Kpi]),
            Self::AddUpdate(_) => about("Add update")
                .tooltip("Add a dated update to the comment of this action")
                .keys(ctrl_shift("U"))
                .letter('T')
                .needs(&[Need::Table, Need::Row, Need::Comment]),
        }
    }
}
