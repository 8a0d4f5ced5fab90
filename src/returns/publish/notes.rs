//! The notes of a published workbook: numbered as they are first referred to, and listed on a sheet of their own with the shorthand.

pub(super) use super::super::notes::About;

use super::{
    super::{
        list::owned,
        notes::{Note, noted},
    },
    sheet::{NOT_APPLICABLE, NOT_AVAILABLE, Sheet, text},
};
use crate::insight::Report;

/// The notes there are, and those that were referred to so far, in order.
pub(super) struct Notes {
    all: Vec<Note>,
    referred: Vec<usize>,
}

impl Notes {
    pub(super) fn of(report: &Report<'_>) -> Self {
        // Why a question was passed over is for those a return goes to, and not for all.
        let all = noted(report).into_iter().filter(|note| note.about != About::PassedOver).collect();
        Self { all, referred: Vec::new() }
    }

    /// Refers to the notes about something: `[note 1] [note 2]`; empty where there is none.
    pub(super) fn refer(&mut self, is_about: impl Fn(&About) -> bool) -> String {
        let mut refs = Vec::new();
        for at in (0..self.all.len()).filter(|at| is_about(&self.all[*at].about)) {
            let number = self.referred.iter().position(|held| *held == at).unwrap_or_else(|| {
                self.referred.push(at);
                self.referred.len() - 1
            });
            refs.push(format!("[note {}]", number + 1));
        }
        refs.join(" ")
    }

    /// The sheet of the notes that were referred to, and of the shorthand that is used: for what is not recorded, for what does not apply.
    pub(super) fn sheet<'doc>(self, (not_available, not_applicable): (bool, bool), name: String) -> Option<Sheet<'doc>> {
        let mut sheet = Sheet::new(name, "Notes and shorthand".to_owned());
        sheet.holds = "What the figures rest on, and what shorthand stands for".to_owned();
        sheet.say("The notes that other sheets refer to, and the shorthand that stands in place of data.".to_owned());
        sheet.headings(["Note or shorthand", "What it says"]);
        let mut all = self.all;
        for (at, number) in self.referred.into_iter().zip(1..) {
            let words = std::mem::take(&mut all[at].words);
            sheet.rows.push(vec![owned(format!("[note {number}]")), owned(words)]);
        }
        // As the Government Analysis Function has agreed: x for not available, z for not applicable.
        if not_available {
            sheet.rows.push(vec![text(NOT_AVAILABLE), text("Not available: nothing is recorded in the plan.")]);
        }
        if not_applicable {
            sheet.rows.push(vec![text(NOT_APPLICABLE), text("Not applicable: it has no meaning in this row.")]);
        }
        (!sheet.rows.is_empty()).then_some(sheet)
    }
}
