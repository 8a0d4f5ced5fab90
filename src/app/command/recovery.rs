//! The actions on unsaved work that a window which ended unasked has left, each with what it has to say of itself.

use super::about::{About, about};

/// One action on work that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryCommand {
    /// Brings it back.
    Restore,
    Discard,
    /// Leaves it for another start.
    Leave,
}

impl RecoveryCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(self) -> About {
        match self {
            Self::Restore => about("Restore"),
            Self::Discard => about("Discard them"),
            Self::Leave => about("Decide later"),
        }
    }
}
