//! What a save into a workbook wrote, cell by cell, and what it did not, with the reasons. Writes nothing.

use serde::Serialize;

use crate::{
    workbook::patch::RowsSaid,
    writeback::{Edited, Unwritable},
};

/// Lines under titles.
pub type Sections = Vec<(&'static str, Vec<String>)>;

/// The most cells that are listed in the window.
const MOST_SHOWN: usize = 500;
/// The most letters of a text that are.
const LONGEST_SHOWN: usize = 80;

/// A cell that was written: where it stands now, and what its owner reads there, before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WrittenCell {
    pub place: String,
    pub before: String,
    pub after: String,
}

/// An edit that was not written, with the reason and what to do.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedEdit {
    /// What was to be written.
    pub edited: Edited,
    pub place: String,
    pub why: String,
    /// Whether a formula is in the way, which may be replaced.
    pub formula: bool,
}

/// What became of a save into a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Receipt {
    pub written: Vec<WrittenCell>,
    pub refused: Vec<RefusedEdit>,
    /// What was edited and has no place in the workbook.
    pub unwritable: Vec<Unwritable>,
    /// The sheets whose rows could not be added, deleted or moved, with the reasons.
    pub refused_rows: Vec<(String, String)>,
    /// What stood in rows that went, and which rows moved.
    pub rows: Vec<WrittenCell>,
    /// The formulas that show another value now, and those that keep theirs until Excel opens the workbook, with the reason.
    pub recalculated: Vec<(String, String)>,
    pub not_recalculated: Vec<(String, String)>,
    /// What became of formulas as rows moved.
    pub said: Vec<RowsSaid>,
    /// Where the workbook is kept as it was before its first save here, where that was this one.
    pub kept_as: Option<String>,
    /// The parts of the workbook that changed, and how many did not.
    pub changed: Vec<String>,
    pub kept: usize,
}

impl Receipt {
    /// Whether nothing was written and nothing refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.written.is_empty() && self.changed.is_empty() && self.is_whole()
    }

    /// Whether all that was edited was written.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.refused.is_empty() && self.unwritable.is_empty() && self.refused_rows.is_empty()
    }

    /// The cells that were written as the audit log keeps them: where each stands, before and after.
    pub fn audited(&self) -> impl Iterator<Item = [&str; 3]> {
        self.written.iter().map(|cell| [&*cell.place, &*cell.before, &*cell.after])
    }

    /// How many edits were not written.
    #[must_use]
    pub fn refusals(&self) -> usize {
        self.refused.len() + self.unwritable.len() + self.refused_rows.len()
    }

    /// What became of the save in words: the cells that were written, and what was not, each under a title.
    #[must_use]
    pub fn sections(&self) -> Sections {
        let shown = |text: &str| if text.is_empty() { "nothing".to_owned() } else { format!("“{}”", short(text)) };
        let written = |cell: &WrittenCell| format!("{}: {} is now {}", cell.place, shown(&cell.before), shown(&cell.after));
        let refused = self.refused.iter().map(|edit| format!("{}: {}", edit.edited.heading, edit.why));
        let unwritable = self.unwritable.iter().map(|edit| format!("{}: {}", edit.what, edit.why));
        let rows = self.refused_rows.iter().map(|(sheet, why)| format!("The rows of {sheet}: {why}"));
        let formulas = self.said.iter().take(MOST_SHOWN).map(|said| match said {
            RowsSaid::Broken { place, formula } => format!("{place} refers to a row that is gone: ={formula}"),
            RowsSaid::EndsAbove { place, formula } => format!("{place} ends above a new row and does not count it: ={formula}"),
        });
        let anew = self.recalculated.iter().take(MOST_SHOWN).map(|(place, value)| format!("{place} is now {}", shown(value)));
        let keeping = self.not_recalculated.iter().take(MOST_SHOWN).map(|(place, why)| format!("{place}: {why}"));
        let mut cells: Vec<String> = self.written.iter().chain(&self.rows).take(MOST_SHOWN).map(written).collect();
        if self.written.len() + self.rows.len() > MOST_SHOWN {
            cells.push(format!("… and {} more", self.written.len() + self.rows.len() - MOST_SHOWN));
        }
        let all = [
            ("Not written", refused.chain(unwritable).chain(rows).collect()),
            ("Formulas to look at", formulas.collect()),
            ("Worked out anew", anew.collect()),
            ("Keeping their value until Excel opens the workbook", keeping.collect()),
            ("Written", cells),
            ("The workbook as it was", self.kept_as.iter().map(|name| format!("It is kept beside it as {name}")).collect()),
        ];
        all.into_iter().filter(|(_, lines): &(_, Vec<String>)| !lines.is_empty()).collect()
    }

    /// What became of a save in a sentence, with the number of edits that were not made: `7 cells written to Plan.xlsx, nothing else changed`.
    #[must_use]
    pub fn summary(&self, file: &str, refused: usize) -> String {
        let cells = match self.written.len() {
            0 if self.changed.is_empty() => return format!("Nothing was written to {file}"),
            0 => "Rows".to_owned(),
            1 => "1 cell".to_owned(),
            count => format!("{count} cells"),
        };
        let rest = match refused {
            0 if !self.recalculated.is_empty() => "with the formulas that depend on them; nothing else changed".to_owned(),
            0 => "nothing else changed".to_owned(),
            1 => "1 edit could not be written".to_owned(),
            count => format!("{count} edits could not be written"),
        };
        format!("{cells} written to {file}, {rest}")
    }
}

/// The beginning of a text that fits a line.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST_SHOWN).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        short.push('…');
    }
    short
}
