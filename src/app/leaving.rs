//! What is said of a return or a page before it is written. Writes nothing.

use std::{path::PathBuf, sync::Arc};

use super::{export::Format, jobs::Job, preview::SheetPreview};
use crate::{
    insight::{Answer, Check, Question},
    model::{FrozenReturn, Overridden},
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
    /// What it is written as.
    pub format: Format,
    /// The earlier return that it is held against.
    pub baseline: Option<Arc<FrozenReturn>>,
    /// The earlier returns to choose from, the newest first.
    pub baselines: Vec<Arc<FrozenReturn>>,
    /// The questions that are passed over, each with why.
    pub overridden: Vec<Overridden>,
    /// What it will be, once that is worked out for what is chosen.
    pub prepared: Option<Arc<Prepared>>,
    /// Where it goes, if that is chosen already.
    pub(super) to: Option<PathBuf>,
    /// Without and with what is hidden.
    pub(super) accounts: [Account; 2],
    /// What is in it although the window keeps it out of sight, which is a way of looking and hides nothing.
    pub(super) put_away: Vec<String>,
}

/// A return as it will be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// Those of the workbook; none for a return that is of paper only.
    pub sheets: Vec<SheetPreview>,
    /// The headings of the PDF, each with its page from 1.
    pub contents: Vec<(String, usize)>,
    /// How many pages the PDF has.
    pub pages: usize,
    /// What is asked of it, with the answers.
    pub checks: Vec<Check>,
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

    /// Chooses a return; one that is of paper only is written so.
    pub(super) fn choose(&mut self, template: &'static Template) {
        self.template = template;
        if !self.format.takes(template) {
            self.format = Format::Pdf;
        }
    }

    /// Why a question is passed over; empty where it is not.
    #[must_use]
    pub fn reason(&self, question: Question) -> &str {
        self.overridden.iter().find(|held| &*held.check == question.code()).map_or("", |held| &held.reason)
    }

    /// How many questions are answered with no and passed over without a reason.
    #[must_use]
    pub fn open_questions(&self) -> usize {
        let checks = self.prepared.iter().flat_map(|prepared| &prepared.checks);
        checks.filter(|check| check.answer == Answer::No && self.reason(check.question).is_empty()).count()
    }
}

/// What is being prepared: the work, and for which choice.
#[derive(Debug)]
pub(crate) struct Preparing {
    pub(super) of: Choice,
    pub(super) job: Job<Prepared>,
}

/// What a preparation depends on.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Choice {
    template: &'static str,
    with_hidden: bool,
    baseline: Option<String>,
    revision: u64,
}

impl Choice {
    pub(super) fn of(leaving: &Leaving, revision: u64) -> Self {
        let baseline = leaving.baseline.as_ref().map(|baseline| format!("{} {:?}", baseline.title(), baseline.frozen_on));
        Self { template: leaving.template.code, with_hidden: leaving.with_hidden, baseline, revision }
    }
}
