//! The actions of the find bar, each with its words and its keys.

use super::keys::{Shortcut, ctrl, plain, shift};
use crate::app::find::Query;

/// One action of the find bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find {
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

impl Find {
    /// Its words in a menu or on a button.
    #[must_use]
    pub fn text(&self) -> &'static str {
        match self {
            Self::Open => "Find…",
            Self::OpenReplace => "Replace…",
            Self::Next => "Find next",
            Self::Previous => "Find previous",
            Self::For(_) => "Look for",
            Self::ReplaceOne(_) => "Replace this one",
            Self::ReplaceAll(_) => "Replace all",
            Self::Close => "Close find",
        }
    }

    /// The keys for it.
    #[must_use]
    pub fn shortcut(&self) -> Option<Shortcut> {
        match self {
            Self::Open => ctrl("F"),
            Self::OpenReplace => ctrl("H"),
            Self::Next => plain("F3"),
            Self::Previous => shift("F3"),
            Self::For(_) | Self::ReplaceOne(_) | Self::ReplaceAll(_) | Self::Close => None,
        }
    }
}
