//! The actions on a period that is closed, and on the returns that were frozen, each with what it has to say of itself.

use std::path::PathBuf;

use super::about::{About, Need, about};
use crate::app::closing::Draft;

/// One action on periods and frozen returns.
#[derive(Clone, Debug, PartialEq)]
pub enum PeriodCommand {
    /// Asks what the period is called, and what is recorded and written.
    Close,
    /// Asks what the period is called that the table in view keeps.
    AskToRecord,
    /// What was chosen or typed of it.
    Choose(Box<Draft>),
    /// Records it in the table it was asked of.
    Record,
    /// Goes on to where the return is written.
    Write,
    /// Back to the period that is about to be closed.
    Back,
    /// Asks where the return goes instead of where it was refused.
    WriteElsewhere(String),
    WriteTo(PathBuf),
    /// Writes it under a name that was offered instead of the chosen one.
    WriteInstead(PathBuf),
    /// Writes it over a file that is there.
    Replace(PathBuf),
    /// Shows the returns that were frozen.
    ShowFrozen,
    /// Calls a frozen return otherwise, by its place among them.
    Rename(usize, String),
    Delete(usize),
    /// Holds what is written next against it, or against the last one.
    CompareWith(Option<usize>),
}

impl PeriodCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Close => about("Close the period…")
                .tooltip("Record the period in the tracker, freeze the return and write it")
                .letter('L')
                .needs(&[Need::Reporting]),
            Self::AskToRecord => about("Record current values as a period")
                .tooltip("Keep how things stand now as a period of this table, so that the trend can be drawn")
                .letter('O')
                .needs(&[Need::Periods]),
            Self::Choose(_) => about("Choose"),
            Self::Record => about("Record the period"),
            Self::Write => about("Close the period…"),
            Self::Back => about("Back to the period"),
            Self::WriteElsewhere(_) => about("Write it under another name…"),
            Self::WriteTo(_) | Self::WriteInstead(_) => about("Write the return"),
            Self::Replace(_) => about("Replace it"),
            Self::ShowFrozen => about("Frozen returns…")
                .tooltip("See, rename or delete the returns that were frozen, and choose which the next is compared with")
                .letter('Z')
                .needs(&[Need::Frozen]),
            Self::Rename(..) => about("Rename"),
            Self::Delete(_) => about("Delete"),
            Self::CompareWith(_) => about("Compare with it"),
        }
    }
}
