//! The actions on a central body's form that is being filled, each with what it has to say of itself.

use std::path::PathBuf;

use super::about::{About, Need, about};
use crate::app::fill_template::FormEdit;

/// One action on a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormCommand {
    /// Asks which form.
    Choose,
    Read(PathBuf),
    Edit(FormEdit),
    /// Whether values may be taken from what is hidden in the plan's workbook.
    WithHidden(bool),
    /// Asks where the filled form goes.
    Save,
    SaveTo(PathBuf),
    Close,
}

impl FormCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        match self {
            Self::Choose => about("Fill a template workbook…")
                .tooltip("Fill a form that a central body sent from this plan, and check it by its own rules")
                .letter('F')
                .needs(&[Need::AnyTable]),
            Self::Read(_) => about("Fill this form"),
            Self::Edit(_) => about("Change what fills the form"),
            Self::WithHidden(_) => about("Also take what is hidden in the plan's workbook"),
            Self::Save => about("Save the filled form…"),
            Self::SaveTo(_) => about("Save the filled form"),
            Self::Close => about("Close"),
        }
    }
}
