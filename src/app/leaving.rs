//! What is said of a return or a page before it is written. Writes nothing.

use std::{path::PathBuf, sync::Arc};

use crate::{
    model::FrozenReturn,
    publish::{Account, Section},
    returns::Template,
};

/// What is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Return,
    /// The page of what is in view.
    Print,
}

/// What is said of something before it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaving {
    pub purpose: Purpose,
    /// Whether what is hidden in the workbook is in it.
    pub with_hidden: bool,
    /// Which return it is.
    pub template: &'static Template,
    /// The earlier return that it is held against.
    pub baseline: Option<Arc<FrozenReturn>>,
    /// Where it goes, if that is chosen already.
    pub(super) to: Option<PathBuf>,
    /// Without and with what is hidden.
    pub(super) accounts: [Account; 2],
    /// What is in it although the window keeps it out of sight, which is a way of looking and hides nothing.
    pub(super) put_away: Vec<String>,
}

impl Leaving {
    /// What is said of it as it is chosen.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.accounts[usize::from(self.with_hidden)]
    }

    /// All that is said, under headings.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = self.account().sections();
        if !self.put_away.is_empty() {
            sections.push(("In it, although out of sight in this window", self.put_away.clone()));
        }
        sections
    }

    /// Whether there is something hidden to choose.
    #[must_use]
    pub fn has_choice(&self) -> bool {
        self.accounts[0].has_choice
    }

    /// Whether nothing would be in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.account().tables.is_empty()
    }
}
