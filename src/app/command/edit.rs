//! The actions on the history of the document, each with what it has to say of itself.

use super::{
    about::{About, Need, about},
    keys::ctrl,
};
use crate::{
    edit::Change,
    model::{ColumnId, Scale, TableId},
};

/// One edit, or a way back from it.
#[derive(Clone, Debug, PartialEq)]
pub enum EditCommand {
    Undo,
    Redo,
    /// Edits as one undo step, with its name.
    Make(String, Vec<Change>),
    /// Makes the summary of the plan state what is counted.
    WriteCounts,
    /// Asks what the words of the plan's statuses stand for.
    AskStatuses,
    /// Says what the words of a column of statuses stand for.
    SetStatuses(TableId, ColumnId, Scale),
}

impl EditCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Undo => about("Undo").keys(ctrl("Z")).letter('U').needs(&[Need::Done]),
            Self::Redo => about("Redo").keys(ctrl("Y")).letter('R').needs(&[Need::Undone]),
            Self::Make(..) => about("Edit"),
            Self::AskStatuses => about("Statuses of this plan…")
                .tooltip("See and say what the words, letters and colours of the statuses stand for")
                .letter('F')
                .needs(&[Need::Table, Need::Statuses]),
            Self::SetStatuses(..) => about("Keep these statuses"),
            Self::WriteCounts => about("Write the counts into the summary")
                .tooltip("Make the plan's own summary state what is counted here, with the changes since the last period")
                .letter('S')
                .needs(&[Need::Table, Need::Summary]),
        }
    }
}
