//! The actions of the find bar, each with what it has to say of itself.

use super::{
    about::{About, Need, about},
    keys::{ctrl, plain, shift},
};
use crate::app::find::Query;

/// One action of the find bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindCommand {
    Open,
    OpenReplace,
    Next,
    Previous,
    /// What is looked for.
    For(Query),
    /// Puts a text in place of what was found in the cursor's cell, and goes on to the next.
    ReplaceOne(String),
    ReplaceAll(String),
    Close,
}

impl FindCommand {
    /// What it has to say of itself.
    #[must_use]
    pub fn about(&self) -> About {
        let about = match self {
            Self::Open => about("Find…").keys(ctrl("F")).letter('F').needs(&[Need::Table]),
            Self::OpenReplace => about("Replace…").keys(ctrl("H")).letter('E').needs(&[Need::Table]),
            Self::Next => about("Find next").keys(plain("F3")).letter('N').needs(&[Need::Query, Need::Table]),
            Self::Previous => about("Find previous").keys(shift("F3")).letter('V').needs(&[Need::Query, Need::Table]),
            Self::For(_) => about("Look for"),
            Self::ReplaceOne(_) => about("Replace this one"),
            Self::ReplaceAll(_) => about("Replace all"),
            Self::Close => about("Close find"),
        };
        about.heard_while_typing()
    }
}
